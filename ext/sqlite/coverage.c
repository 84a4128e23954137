/*
** h2040_coverage(source [, mapping [, schema]])
**
** Which rules can be judged on a table or view, and which columns the others
** miss: a row for each line rule, so that an unjudged rule never passes for a
** clean one.
**
**   SELECT rule, missing FROM h2040_coverage('claims') WHERE NOT judged;
**
** Columns: rule, judged (1 or 0), needs, columns (theirs, that serve it), missing
** (our names, NULL where nothing is).
**
** Hidden parameters: source (required), mapping (what `columns` is to
** h2040_audit, a name that is taken here), schema.  idxNum: bit i says that
** parameter i was given, in this order.
**
** Reads no row of the source, only the names of its columns; the flags are those
** of h2040_audit all the same.
*/
#include "../billing/rule.h"
#include "json_text.h"
#include "parameters.h"
#include "register.h"
#include "source.h"

#include <string.h>

enum { COLUMN_RULE, COLUMN_JUDGED, COLUMN_NEEDS, COLUMN_COLUMNS, COLUMN_MISSING, FIRST_PARAMETER };
enum { SOURCE, MAPPING, SCHEMA, PARAMETER_COUNT };

struct coverage_table {
  sqlite3_vtab base;
  sqlite3 *db;
};

struct coverage_cursor {
  sqlite3_vtab_cursor base;
  struct parameters parameters;
  struct source source;
  struct set passed;
  int rule;
};

static int coverage_connect(sqlite3 *db, void *user_data, int argc, const char *const *argv, sqlite3_vtab **table,
                            char **error) {
  struct coverage_table *t;
  int rc = sqlite3_declare_vtab(db,
    "CREATE TABLE x(rule, judged, needs, columns, missing, source HIDDEN, mapping HIDDEN, schema HIDDEN)");
  (void)user_data;
  (void)argc;
  (void)argv;
  (void)error;
  if (rc != SQLITE_OK) return rc;
  t = sqlite3_malloc64(sizeof *t);
  if (!t) return SQLITE_NOMEM;
  memset(t, 0, sizeof *t);
  t->db = db;
  *table = &t->base;
  return SQLITE_OK;
}

static int coverage_disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int coverage_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  int arguments;
  int rc = h2040_parameters_plan(info, FIRST_PARAMETER, PARAMETER_COUNT, &arguments);
  (void)table;
  /* Without a source there is only an error to give: any other plan is better. */
  info->estimatedCost = (info->idxNum & 1 << SOURCE) ? 1000 : 1e15;
  info->estimatedRows = LINE_RULE_COUNT;
  return rc;
}

static int coverage_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
  struct coverage_cursor *c = sqlite3_malloc64(sizeof *c);
  (void)table;
  if (!c) return SQLITE_NOMEM;
  memset(c, 0, sizeof *c);
  *cursor = &c->base;
  return SQLITE_OK;
}

static void coverage_reset(struct coverage_cursor *c) {
  h2040_source_close(&c->source);
  h2040_parameters_clear(&c->parameters);
  c->rule = 0;
  c->passed = (struct set){ { 0 } };
}

static int coverage_close(sqlite3_vtab_cursor *cursor) {
  coverage_reset((struct coverage_cursor *)cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int coverage_filter(sqlite3_vtab_cursor *cursor, int plan, const char *unused, int argc, sqlite3_value **argv) {
  struct coverage_cursor *c = (struct coverage_cursor *)cursor;
  struct fault fault = { 0 };
  (void)unused;
  (void)argc;
  coverage_reset(c);
  h2040_parameters_take(&c->parameters, &fault, plan, PARAMETER_COUNT, argv);
  const char *source = h2040_parameter_text(&c->parameters, &fault, SOURCE);
  const char *mapping = h2040_parameter_text(&c->parameters, &fault, MAPPING);
  const char *schema = h2040_parameter_text(&c->parameters, &fault, SCHEMA);
  if (!source) {
    h2040_fail(&fault, "h2040_coverage: source is missing; name a table or view, as in h2040_coverage('claims')");
  }
  h2040_source_open(&c->source, &fault, ((struct coverage_table *)cursor->pVtab)->db, "h2040_coverage", schema, source,
                    mapping, h2040_field_names, FIELD_COUNT);
  for (int field = 0; field < FIELD_COUNT && fault.rc == SQLITE_OK; field++) {
    if (source_has(&c->source, field)) set_add(&c->passed, field);
  }
  return h2040_fault_to_table(&fault, cursor->pVtab);
}

static int coverage_next(sqlite3_vtab_cursor *cursor) {
  ((struct coverage_cursor *)cursor)->rule++;
  return SQLITE_OK;
}

static int coverage_eof(sqlite3_vtab_cursor *cursor) {
  return ((struct coverage_cursor *)cursor)->rule >= LINE_RULE_COUNT;
}

static void result_their_columns(sqlite3_context *context, const struct coverage_cursor *c, struct set needs) {
  struct set serving = set_common(c->passed, h2040_fields_that_meet(needs));
  sqlite3_str *out;
  if (set_empty(serving)) return;
  out = sqlite3_str_new(sqlite3_context_db_handle(context));
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (!set_has(serving, field)) continue;
    sqlite3_str_appendf(out, "%s%s", sqlite3_str_length(out) > 0 ? ", " : "", source_column(&c->source, field));
  }
  h2040_result_built(context, out);
}

static int coverage_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
  const struct coverage_cursor *c = (const struct coverage_cursor *)cursor;
  const struct rule_entry *rule = &h2040_rules[c->rule];
  struct set missing = set_without(rule->needs, h2040_needs_met(c->passed));
  char text[NEEDS_SIZE];
  switch (column) {
    case COLUMN_RULE: sqlite3_result_text(context, rule->id, -1, SQLITE_STATIC); break;
    case COLUMN_JUDGED: sqlite3_result_int(context, set_empty(missing)); break;
    case COLUMN_NEEDS: sqlite3_result_text(context, h2040_needs_text(rule->needs, text), -1, SQLITE_TRANSIENT); break;
    case COLUMN_COLUMNS: result_their_columns(context, c, rule->needs); break;
    case COLUMN_MISSING:
      if (!set_empty(missing)) sqlite3_result_text(context, h2040_needs_text(missing, text), -1, SQLITE_TRANSIENT);
      break;
    default:
      h2040_result_parameter(context, &c->parameters, column - FIRST_PARAMETER);
  }
  return SQLITE_OK;
}

static int coverage_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
  *rowid = ((struct coverage_cursor *)cursor)->rule + 1;
  return SQLITE_OK;
}

static const sqlite3_module coverage_module = {
  .xConnect = coverage_connect,
  .xBestIndex = coverage_best_index,
  .xDisconnect = coverage_disconnect,
  .xOpen = coverage_open,
  .xClose = coverage_close,
  .xFilter = coverage_filter,
  .xNext = coverage_next,
  .xEof = coverage_eof,
  .xColumn = coverage_column,
  .xRowid = coverage_rowid,
};

void h2040_register_coverage(struct fault *fault, sqlite3 *db) {
  h2040_register_table(fault, db, "h2040_coverage", &coverage_module, NULL, NULL);
}
