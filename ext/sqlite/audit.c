/*
** h2040_audit(source [, policy [, columns [, schema]]])
**
** Every finding of a table or view, one row each:
**
**   SELECT rule, severity, count(*) FROM h2040_audit('claims') GROUP BY rule;
**
** Columns: claim_id, claim_line_number, rule, severity, field, value, message,
** remedy, carc; exactly what h2040_explain says of each line, in the source's
** order.  A source without claim_id gives its rowid there, where it has one.
**
** Hidden parameters, each an argument or a WHERE term:
**   source    the table or view (required)
**   policy    a pack's name or a JSON object for every line; left out, a column
**             named policy judges each line by its own, else the session pack
**   columns   JSON: our name -> theirs, null where they have none (source.h)
**   schema    the database that the source is in
**
** Errors: a source that does not exist, that has no column which is a field, or
** no hcpcs_code and no {"hcpcs_code": null}; what h2040_check refuses.
**
** The source is read to its end before the first row is given, so that nothing
** of it is locked and INSERT INTO claims SELECT … FROM h2040_audit('claims')
** ends.  What is kept is the findings, and of those only what the query asks
** for: 24 bytes each, and the words where field, value, message or remedy are wanted.
**
** Why neither INNOCUOUS nor DIRECTONLY: it reads whatever table it is told to,
** so a hostile schema must not aim it (trusted_schema=OFF refuses it in views);
** but analysts do keep views over it.
**
** idxNum is a set: bit i says that parameter i was given, in this
** order; BY_CLAIM that the next argument is a claim_id to find; WITH_WORDS and
** WITH_CLAIM what must be kept.
*/
#include "line_layout.h"
#include "parameters.h"
#include "register.h"
#include "source.h"

#include <string.h>

enum {
  COLUMN_CLAIM_ID, COLUMN_CLAIM_LINE_NUMBER, COLUMN_RULE, COLUMN_SEVERITY, COLUMN_FIELD, COLUMN_VALUE,
  COLUMN_MESSAGE, COLUMN_REMEDY, COLUMN_CARC, FIRST_PARAMETER
};
enum { SOURCE, POLICY, COLUMNS, SCHEMA, PARAMETER_COUNT };
enum { BY_CLAIM = 1 << PARAMETER_COUNT, WITH_WORDS = 2 << PARAMETER_COUNT, WITH_CLAIM = 4 << PARAMETER_COUNT };

enum { DEEPEST = 12 }; /* views over h2040_audit that read one another */

struct audit_module {
  struct policies *policies;
  int depth; /* scans under way on this connection */
};

struct audit_table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct audit_module *module;
};

struct audited_line {
  sqlite3_value *claim_id, *claim_line_number; /* NULL where not wanted */
};

struct audit_finding {
  size_t line;
  char *words; /* NULL where not wanted: the value's bytes, then the message */
  int value_length; /* -1: NULL */
  unsigned char rule, severity, field, remedy;
};

struct audit_cursor {
  sqlite3_vtab_cursor base;
  struct parameters parameters;
  struct list lines;    /* of struct audited_line */
  struct list findings; /* of struct audit_finding */
  size_t at;
};

/* --- the scan ------------------------------------------------------------- */

struct scan {
  struct audit_cursor *cursor;
  struct line_layout layout;
  struct source source;
  sqlite3_stmt *rows;
  struct report *report; /* NULL: no words wanted */
  bool with_claim;
};

enum { ROW_CLAIM_ID, ROW_CLAIM_LINE_NUMBER, ROW_FIRST_FIELD };

static void append_our(struct scan *scan, sqlite3_str *sql, int our, const char *otherwise) {
  if (source_has(&scan->source, our)) h2040_source_append_column(&scan->source, sql, our);
  else sqlite3_str_appendall(sql, otherwise);
}

static sqlite3_str *select_rows(struct scan *scan, sqlite3 *db, const char *claim_id, bool by_claim) {
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, "SELECT ");
  append_our(scan, sql, FIELD_CLAIM_ID, claim_id);
  sqlite3_str_appendall(sql, ", ");
  append_our(scan, sql, FIELD_CLAIM_LINE_NUMBER, "NULL");
  for (int i = 0; i < scan->layout.count; i++) {
    sqlite3_str_appendall(sql, ", ");
    append_our(scan, sql, scan->layout.field[i], "NULL");
  }
  h2040_source_append_from(&scan->source, sql);
  if (by_claim) {
    sqlite3_str_appendall(sql, " WHERE ");
    append_our(scan, sql, FIELD_CLAIM_ID, claim_id);
    sqlite3_str_appendall(sql, " = ?1");
  }
  return sql;
}

static void prepare_rows(struct scan *scan, struct fault *fault, sqlite3 *db, bool by_claim) {
  char name[16] = "NULL";
  if (fault->rc != SQLITE_OK) return;
  const char *rowid = source_has(&scan->source, FIELD_CLAIM_ID) ? NULL : h2040_source_rowid(&scan->source, fault, db);
  if (rowid) sqlite3_snprintf(sizeof name, name, "s.%s", rowid);
  scan->rows = h2040_prepare_built(fault, db, select_rows(scan, db, name, by_claim));
}

static void lay_out(struct scan *scan, struct fault *fault, bool policy_is_given) {
  const struct source *source = &scan->source;
  if (fault->rc != SQLITE_OK) return;
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (field == FIELD_POLICY && policy_is_given) continue;
    if (source_has(source, field)) h2040_layout_add(&scan->layout, (enum field)field);
  }
  if (set_empty(set_without(scan->layout.line.passed, SET1(FIELD_POLICY)))) {
    h2040_fail(fault, "h2040_audit: no column of '%s' is a field; name them, as in columns = "
               "'{\"hcpcs_code\": \"their_column\", \"service_date\": \"their_column\"}'", source->name);
  } else if (!source_has(source, FIELD_HCPCS_CODE) && source->mapped[FIELD_HCPCS_CODE] != COLUMN_WAIVED) {
    h2040_fail(fault, "h2040_audit: '%s' has no column hcpcs_code; name it, as in columns = "
               "'{\"hcpcs_code\": \"their_column\"}', or say that every line bears the code: "
               "'{\"hcpcs_code\": null}'", source->name);
  }
  if (policy_is_given) set_add(&scan->layout.line.passed, FIELD_POLICY);
}

static sqlite3_value *copy_value(struct fault *fault, sqlite3_value *value) {
  sqlite3_value *copy = sqlite3_value_dup(value);
  if (!copy) h2040_fail_memory(fault);
  return copy;
}

static char *copy_words(struct fault *fault, const struct finding *finding) {
  size_t length = strlen(finding->message) + 1;
  char *words = sqlite3_malloc64(finding->value.n + length);
  if (!words) {
    h2040_fail_memory(fault);
    return NULL;
  }
  if (finding->value.z) memcpy(words, finding->value.z, finding->value.n);
  memcpy(words + finding->value.n, finding->message, length);
  return words;
}

static void keep_findings(struct scan *scan, struct fault *fault, const struct judgment *j) {
  struct audit_cursor *cursor = scan->cursor;
  size_t line = cursor->lines.count;
  if (scan->with_claim) {
    struct audited_line *kept = h2040_list_add(&cursor->lines, sizeof *kept);
    if (!kept) {
      h2040_fail_memory(fault);
      return;
    }
    kept->claim_id = copy_value(fault, sqlite3_column_value(scan->rows, ROW_CLAIM_ID));
    kept->claim_line_number = copy_value(fault, sqlite3_column_value(scan->rows, ROW_CLAIM_LINE_NUMBER));
  }
  for (int rule = 0; rule < LINE_RULE_COUNT && fault->rc == SQLITE_OK; rule++) {
    if (!set_has(j->broken, rule)) continue;
    struct audit_finding *kept = h2040_list_add(&cursor->findings, sizeof *kept);
    if (!kept) {
      h2040_fail_memory(fault);
      return;
    }
    kept->line = line;
    kept->rule = (unsigned char)rule;
    kept->severity = (unsigned char)h2040_policy_severity(j->policy, (enum rule)rule);
    if (!scan->report) continue;
    const struct finding *finding = &scan->report->finding[rule];
    kept->field = (unsigned char)finding->field;
    kept->remedy = (unsigned char)finding->remedy;
    kept->value_length = finding->value.z ? (int)finding->value.n : -1;
    kept->words = copy_words(fault, finding);
  }
}

static void judge_row(struct scan *scan, struct fault *fault) {
  struct line_layout *layout = &scan->layout;
  struct judgment j;
  for (int i = 0; i < layout->count; i++) {
    sqlite3_value *value = sqlite3_column_value(scan->rows, ROW_FIRST_FIELD + i);
    if (layout->field[i] == FIELD_POLICY) h2040_layout_use_policy(layout, fault, value);
    h2040_read_value(fault, value, &layout->line.value[layout->field[i]]);
  }
  if (h2040_layout_judge(layout, fault, &j, scan->report) == JUDGED && !set_empty(j.broken)) {
    keep_findings(scan, fault, &j);
  }
}

/* May the source be asked for this claim_id alone?  The outer query compares again,
** but what the source leaves out is lost; and a number equals any text that reads
** as one ('7', '07'), where the outer comparison has the affinity of numbers. */
static bool can_find(const struct source *source, sqlite3_value *claim_id) {
  if (!claim_id || !source_has(source, FIELD_CLAIM_ID)) return claim_id != NULL; /* the rowid is a number */
  int type = sqlite3_value_type(claim_id);
  return (type != SQLITE_INTEGER && type != SQLITE_FLOAT) || source_affinity(source, FIELD_CLAIM_ID) == AFFINITY_NUMBER;
}

static void run(struct scan *scan, struct fault *fault, struct audit_table *table, sqlite3_value *claim_id,
                bool with_words) {
  const struct parameters *parameters = &scan->cursor->parameters;
  const char *source = h2040_parameter_text(parameters, fault, SOURCE);
  const char *columns = h2040_parameter_text(parameters, fault, COLUMNS);
  const char *schema = h2040_parameter_text(parameters, fault, SCHEMA);
  sqlite3_value *policy = parameters->value[POLICY];

  if (!source) h2040_fail(fault, "h2040_audit: source is missing; name a table or view, as in h2040_audit('claims')");
  h2040_source_open(&scan->source, fault, table->db, "h2040_audit", schema, source, columns, h2040_field_names,
                    FIELD_COUNT);
  lay_out(scan, fault, policy != NULL);
  bool by_claim = fault->rc == SQLITE_OK && can_find(&scan->source, claim_id);
  prepare_rows(scan, fault, table->db, by_claim);
  if (fault->rc == SQLITE_OK && by_claim && sqlite3_bind_value(scan->rows, 1, claim_id) != SQLITE_OK) {
    h2040_fail_memory(fault);
  }
  if (fault->rc == SQLITE_OK && with_words) {
    scan->report = sqlite3_malloc64(sizeof *scan->report);
    if (!scan->report) h2040_fail_memory(fault);
  }
  if (policy) {
    h2040_read_value(fault, policy, &scan->layout.line.value[FIELD_POLICY]);
    h2040_layout_use_policy(&scan->layout, fault, policy);
  } else if (!layout_has(&scan->layout, FIELD_POLICY)) {
    h2040_layout_use_policy(&scan->layout, fault, NULL);
  }
  while (h2040_step(fault, scan->rows)) judge_row(scan, fault);
}

/* --- the virtual table ---------------------------------------------------- */

static int audit_connect(sqlite3 *db, void *user_data, int argc, const char *const *argv, sqlite3_vtab **table,
                         char **error) {
  struct audit_table *t;
  int rc = sqlite3_declare_vtab(db,
    "CREATE TABLE x(claim_id, claim_line_number, rule, severity, field, value, message, remedy, carc,"
    " source HIDDEN, policy HIDDEN, columns HIDDEN, schema HIDDEN)");
  (void)argc;
  (void)argv;
  (void)error;
  if (rc != SQLITE_OK) return rc;
  t = sqlite3_malloc64(sizeof *t);
  if (!t) return SQLITE_NOMEM;
  memset(t, 0, sizeof *t);
  t->db = db;
  t->module = user_data;
  *table = &t->base;
  return SQLITE_OK;
}

static int audit_disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int audit_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  const sqlite3_uint64 words = 1 << COLUMN_FIELD | 1 << COLUMN_VALUE | 1 << COLUMN_MESSAGE | 1 << COLUMN_REMEDY;
  const sqlite3_uint64 claim = 1 << COLUMN_CLAIM_ID | 1 << COLUMN_CLAIM_LINE_NUMBER;
  int by_claim = -1;
  int arguments;
  int rc = h2040_parameters_plan(info, FIRST_PARAMETER, PARAMETER_COUNT, &arguments);
  (void)table;
  if (rc != SQLITE_OK) return rc;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (constraint->op == SQLITE_INDEX_CONSTRAINT_EQ && constraint->iColumn == COLUMN_CLAIM_ID && constraint->usable
        && strcmp(sqlite3_vtab_collation(info, i), "BINARY") == 0) {
      by_claim = i;
    }
  }
  /* The scan of a whole source is dear: the planner should put it outermost. */
  info->estimatedCost = 1e8;
  info->estimatedRows = 100000;
  if (by_claim >= 0) {
    info->aConstraintUsage[by_claim].argvIndex = ++arguments;
    info->idxNum |= BY_CLAIM;
    info->estimatedCost = 1e4;
    info->estimatedRows = 4;
  }
  /* Without a source there is only an error to give: any other plan is better. */
  if (!(info->idxNum & 1 << SOURCE)) info->estimatedCost = 1e15;
  if (info->colUsed & words) info->idxNum |= WITH_WORDS;
  if (info->colUsed & claim) info->idxNum |= WITH_CLAIM;
  return SQLITE_OK;
}

static int audit_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
  struct audit_cursor *c = sqlite3_malloc64(sizeof *c);
  (void)table;
  if (!c) return SQLITE_NOMEM;
  memset(c, 0, sizeof *c);
  *cursor = &c->base;
  return SQLITE_OK;
}

/* Back to how audit_open left it: a cursor is filtered many times. */
static void audit_reset(struct audit_cursor *c) {
  struct audited_line *lines = c->lines.items;
  struct audit_finding *findings = c->findings.items;
  for (size_t i = 0; i < c->lines.count; i++) {
    sqlite3_value_free(lines[i].claim_id);
    sqlite3_value_free(lines[i].claim_line_number);
  }
  for (size_t i = 0; i < c->findings.count; i++) sqlite3_free(findings[i].words);
  h2040_list_free(&c->lines);
  h2040_list_free(&c->findings);
  h2040_parameters_clear(&c->parameters);
  c->at = 0;
}

static int audit_close(sqlite3_vtab_cursor *cursor) {
  audit_reset((struct audit_cursor *)cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int audit_filter(sqlite3_vtab_cursor *cursor, int plan, const char *unused, int argc, sqlite3_value **argv) {
  struct audit_cursor *c = (struct audit_cursor *)cursor;
  struct audit_table *table = (struct audit_table *)cursor->pVtab;
  struct scan *scan;
  struct fault fault = { 0 };
  int taken;
  (void)unused;
  (void)argc;
  audit_reset(c);
  taken = h2040_parameters_take(&c->parameters, &fault, plan, PARAMETER_COUNT, argv);
  scan = sqlite3_malloc64(sizeof *scan);
  if (!scan) {
    h2040_fail_memory(&fault);
    return h2040_fault_to_table(&fault, cursor->pVtab);
  }
  memset(scan, 0, sizeof *scan);
  scan->cursor = c;
  scan->with_claim = (plan & WITH_CLAIM) != 0;
  h2040_layout_init(&scan->layout, table->module->policies, "h2040_audit");
  if (table->module->depth == DEEPEST) {
    h2040_fail(&fault, "h2040_audit: its source reads h2040_audit %d deep; a view must not be its own source", DEEPEST);
  }
  table->module->depth++;
  run(scan, &fault, table, plan & BY_CLAIM ? argv[taken] : NULL, (plan & WITH_WORDS) != 0);
  table->module->depth--;
  sqlite3_finalize(scan->rows);
  h2040_source_close(&scan->source);
  h2040_layout_clear(&scan->layout);
  sqlite3_free(scan->report);
  sqlite3_free(scan);
  return h2040_fault_to_table(&fault, cursor->pVtab);
}

static int audit_next(sqlite3_vtab_cursor *cursor) {
  ((struct audit_cursor *)cursor)->at++;
  return SQLITE_OK;
}

static int audit_eof(sqlite3_vtab_cursor *cursor) {
  struct audit_cursor *c = (struct audit_cursor *)cursor;
  return c->at >= c->findings.count;
}

static void result_claim(sqlite3_context *context, const struct audit_cursor *c, size_t line, int column) {
  const struct audited_line *lines = c->lines.items;
  if (line >= c->lines.count) return;
  sqlite3_result_value(context, column == COLUMN_CLAIM_ID ? lines[line].claim_id : lines[line].claim_line_number);
}

static int audit_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
  const struct audit_cursor *c = (struct audit_cursor *)cursor;
  const struct audit_finding *finding = (const struct audit_finding *)c->findings.items + c->at;
  const struct rule_entry *rule = &h2040_rules[finding->rule];
  switch (column) {
    case COLUMN_CLAIM_ID:
    case COLUMN_CLAIM_LINE_NUMBER: result_claim(context, c, finding->line, column); break;
    case COLUMN_RULE: sqlite3_result_text(context, rule->id, -1, SQLITE_STATIC); break;
    case COLUMN_SEVERITY:
      sqlite3_result_text(context, h2040_severity_text((enum severity)finding->severity), -1, SQLITE_STATIC);
      break;
    case COLUMN_FIELD: sqlite3_result_text(context, h2040_field_names[finding->field], -1, SQLITE_STATIC); break;
    case COLUMN_VALUE:
      if (finding->words && finding->value_length >= 0) {
        sqlite3_result_text(context, finding->words, finding->value_length, SQLITE_TRANSIENT);
      }
      break;
    case COLUMN_MESSAGE:
      if (finding->words) {
        int skip = finding->value_length > 0 ? finding->value_length : 0;
        sqlite3_result_text(context, finding->words + skip, -1, SQLITE_TRANSIENT);
      }
      break;
    case COLUMN_REMEDY:
      sqlite3_result_text(context, h2040_remedy_text((enum rule)finding->rule, (enum remedy)finding->remedy), -1,
                          SQLITE_STATIC);
      break;
    case COLUMN_CARC:
      if (rule->carc) sqlite3_result_int(context, rule->carc);
      break;
    default:
      h2040_result_parameter(context, &c->parameters, column - FIRST_PARAMETER);
  }
  return SQLITE_OK;
}

static int audit_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
  *rowid = (sqlite3_int64)((struct audit_cursor *)cursor)->at + 1;
  return SQLITE_OK;
}

static const sqlite3_module audit_module = {
  .xConnect = audit_connect,
  .xBestIndex = audit_best_index,
  .xDisconnect = audit_disconnect,
  .xOpen = audit_open,
  .xClose = audit_close,
  .xFilter = audit_filter,
  .xNext = audit_next,
  .xEof = audit_eof,
  .xColumn = audit_column,
  .xRowid = audit_rowid,
};

static void audit_module_free(void *pointer) {
  struct audit_module *module = pointer;
  h2040_policies_release(module->policies);
  sqlite3_free(module);
}

void h2040_register_audit(struct fault *fault, sqlite3 *db, struct policies *policies) {
  struct audit_module *module = sqlite3_malloc64(sizeof *module);
  if (!module) {
    h2040_fail_memory(fault);
    return;
  }
  *module = (struct audit_module){ policies, 0 };
  h2040_policies_hold(policies);
  h2040_register_table(fault, db, "h2040_audit", &audit_module, module, audit_module_free);
}
