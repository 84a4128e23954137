/* See call_source.h. */
#include "call_source.h"
#include "json_text.h"

#include "../billing/memory.h"

#include <string.h>

sqlite3_value *h2040_call_parameter(const struct table_call *call, const char *name) {
  for (int p = 0; call->function->parameters[p]; p++) {
    if (strcmp(call->function->parameters[p], name) == 0) return call->parameter[p];
  }
  return NULL;
}

static const char *text_of(struct fault *fault, const struct table_call *call, const char *name) {
  sqlite3_value *value = h2040_call_parameter(call, name);
  return value ? h2040_value_text(fault, value) : NULL;
}

static const char *source_name(struct fault *fault, const struct table_call *call, const char *by_default) {
  const char *function = call->function->name;
  const char *name = text_of(fault, call, "source");
  if (!name) name = by_default;
  if (!name) {
    h2040_fail(fault, "%s: source is missing; name a table or view, as in %s('claims')", function, function);
  }
  return name;
}

void h2040_call_source(struct source *source, struct fault *fault, const struct table_call *call,
                       const char *by_default) {
  const char *name = source_name(fault, call, by_default);
  const char *schema = text_of(fault, call, "schema");
  sqlite3_value *mapping = h2040_call_parameter(call, "columns");
  struct text columns = { 0 };
  char *made = NULL;
  *source = (struct source){ 0 };
  if (mapping) h2040_read_json(fault, mapping, &columns, &made);
  if (fault->rc == SQLITE_OK) {
    h2040_source_open(source, fault, call->db, call->function->name, schema, name, columns, h2040_field_names,
                      FIELD_COUNT);
  }
  h2040_free(made);
}

void h2040_call_source_as_it_is(struct source *source, struct fault *fault, const struct table_call *call) {
  const char *name = source_name(fault, call, NULL);
  const char *schema = text_of(fault, call, "schema");
  *source = (struct source){ 0 };
  if (fault->rc == SQLITE_OK) {
    h2040_source_open_as_it_is(source, fault, call->db, call->function->name, schema, name);
  }
}

enum dates h2040_call_dates(struct fault *fault, const struct table_call *call) {
  sqlite3_value *value = h2040_call_parameter(call, "dates");
  return value ? h2040_declared_dates(fault, call->function->name, h2040_text_of(fault, value)) : DATES_ISO;
}
