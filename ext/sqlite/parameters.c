/* See parameters.h. */
#include "parameters.h"

int h2040_parameters_plan(sqlite3_index_info *info, int first_column, int count, int *arguments) {
  int given[MOST_PARAMETERS];
  *arguments = 0;
  for (int p = 0; p < count; p++) given[p] = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    int parameter = constraint->iColumn - first_column;
    /* The operator first: LIMIT and OFFSET bear a column that means nothing. */
    if (constraint->op != SQLITE_INDEX_CONSTRAINT_EQ || parameter < 0) continue;
    if (!constraint->usable) return SQLITE_CONSTRAINT;
    if (given[parameter] < 0) given[parameter] = i;
  }
  for (int p = 0; p < count; p++) {
    if (given[p] < 0) continue;
    info->aConstraintUsage[given[p]].argvIndex = ++*arguments;
    info->aConstraintUsage[given[p]].omit = 1;
    info->idxNum |= 1 << p;
  }
  return SQLITE_OK;
}

int h2040_parameters_take(struct parameters *parameters, struct fault *fault, int plan, int count,
                          sqlite3_value **argv) {
  int taken = 0;
  parameters->count = count;
  for (int p = 0; p < count; p++) {
    if (!(plan & 1 << p)) continue;
    parameters->value[p] = sqlite3_value_dup(argv[taken++]);
    if (!parameters->value[p]) h2040_fail_memory(fault);
  }
  return taken;
}

void h2040_parameters_clear(struct parameters *parameters) {
  for (int p = 0; p < parameters->count; p++) sqlite3_value_free(parameters->value[p]);
  *parameters = (struct parameters){ 0 };
}

const char *h2040_parameter_text(const struct parameters *parameters, struct fault *fault, int parameter) {
  sqlite3_value *value = parameters->value[parameter];
  return value ? h2040_value_text(fault, value) : NULL;
}

void h2040_result_parameter(sqlite3_context *context, const struct parameters *parameters, int parameter) {
  if (parameters->value[parameter]) sqlite3_result_value(context, parameters->value[parameter]);
}
