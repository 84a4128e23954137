/*
** h2040_audit(source [, policy [, columns [, schema [, dates [, as_of]]]]])
**
** Every finding of a table or view, one row each:
**
**   SELECT rule, severity, count(*) FROM h2040_audit('claims') GROUP BY rule;
**
** Columns: claim_id, claim_line_number, rule, severity, field, value, message,
** remedy, carc, owner; exactly what h2040_explain says of each line, in the source's
** order.  A source without claim_id gives its rowid there, where it has one.
**
** Parameters, each an argument or a WHERE term (table.h):
**   source    the table or view (required)
**   policy    a pack's name, a JSON object, or an array of these (each line is judged
**             by the one of its code); left out, a column named policy judges each line
**             by its own, else the session pack
**   columns   JSON: our name -> theirs, null where they have none (source.h)
**   schema    the database that the source is in
**   dates     how its dates are written: iso, mdy, dmy, excel
**   as_of     the day on which it is audited; left out, a column of that name
**
** Errors: a source that does not exist, that has no column which is a field, or
** neither has nor waives hcpcs_code and service_date: the error suggests the column
** that it may be; what h2040_check refuses.
**
** The source is read to its end before the first row is given, so that nothing
** of it is locked and INSERT INTO claims SELECT … FROM h2040_audit('claims')
** ends.  What is kept is the findings, and of those only what the query asks
** for: some bytes each, and the words where field, value, message, remedy or carc are
** wanted.
** Where one claim_id is asked for and the source has an index of it, only its lines
** are read.
*/
#include "call_source.h"
#include "line_layout.h"
#include "reader.h"
#include "register.h"

#include "../billing/arena.h"

#include <string.h>

static const char *const columns[] = {
  "claim_id", "claim_line_number", "rule", "severity", "field", "value", "message", "remedy", "carc", "owner",
  NULL
};
static const char *const parameters[] = { "source", "policy", "columns", "schema", "dates", "as_of", NULL };

enum {
  COLUMN_CLAIM_ID, COLUMN_CLAIM_LINE_NUMBER, COLUMN_RULE, COLUMN_SEVERITY, COLUMN_FIELD, COLUMN_VALUE,
  COLUMN_MESSAGE, COLUMN_REMEDY, COLUMN_CARC, COLUMN_OWNER
};
enum { POLICY = 1, AS_OF = 5 }; /* parameters */

struct audited_line {
  struct value claim_id, claim_line_number; /* NULL where not wanted */
};

struct audit_finding {
  size_t line;
  struct value value;  /* it and the message: where words are wanted */
  const char *message, *carc;
  unsigned char rule, severity, field, remedy;
};

struct audit {
  struct list lines;    /* of struct audited_line */
  struct list findings; /* of struct audit_finding */
  struct arena arena;   /* what both point to */
};

static void close_audit(void *result) {
  struct audit *audit = result;
  h2040_list_free(&audit->lines);
  h2040_list_free(&audit->findings);
  h2040_arena_free(&audit->arena);
  sqlite3_free(audit);
}

/* --- the scan ------------------------------------------------------------- */

struct scan {
  struct audit *audit;
  struct line_layout layout;
  struct source source;
  struct reader reader;
  struct report *report; /* NULL: no words wanted */
  bool with_claim;
};

enum { ROW_CLAIM_ID, ROW_CLAIM_LINE_NUMBER, ROW_FIRST_FIELD };

/* Whether a field is given by a parameter, for every line. */
static bool given(const struct table_call *call, int field) {
  return (field == FIELD_POLICY && call->parameter[POLICY]) || (field == FIELD_AS_OF && call->parameter[AS_OF]);
}

static void no_field(const struct source *source, struct fault *fault) {
  const char *code = h2040_source_likely(source, FIELD_HCPCS_CODE);
  const char *date = h2040_source_likely(source, FIELD_SERVICE_DATE);
  h2040_fail(fault, "h2040_audit: no column of '%s' is a field; name them, as in columns = "
             "'{\"hcpcs_code\": \"%s\", \"service_date\": \"%s\"}'", source->name, code ? code : "their_column",
             date ? date : "their_column");
}

static void lay_out(struct scan *scan, struct fault *fault, const struct table_call *call) {
  const struct source *source = &scan->source;
  if (fault->rc != SQLITE_OK) return;
  h2040_reader_want(&scan->reader, FIELD_CLAIM_ID);
  h2040_reader_want(&scan->reader, FIELD_CLAIM_LINE_NUMBER);
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (given(call, field) || !source_has(source, field)) continue;
    h2040_layout_add(&scan->layout, (enum field)field);
    h2040_reader_want(&scan->reader, field);
  }
  if (set_empty(set_without(scan->layout.line.passed,
                            SET3(FIELD_POLICY, FIELD_CLAIM_ID, FIELD_CLAIM_LINE_NUMBER)))) {
    no_field(source, fault);
  }
  h2040_source_require(source, fault, FIELD_HCPCS_CODE, "every line bears the policy's code");
  h2040_source_require(source, fault, FIELD_SERVICE_DATE, "no rule that needs the day is judged");
  if (given(call, FIELD_POLICY)) set_add(&scan->layout.line.passed, FIELD_POLICY);
  if (given(call, FIELD_AS_OF)) set_add(&scan->layout.line.passed, FIELD_AS_OF);
}

static void keep_value(struct scan *scan, struct fault *fault, struct value *value) {
  if (!h2040_value_keep(value, &scan->audit->arena)) h2040_fail_memory(fault);
}

static void keep_id(struct scan *scan, struct fault *fault, sqlite3_value *from, struct value *to) {
  *to = (struct value){ .kind = VALUE_NULL };
  if (!from) return;
  h2040_read_value(fault, from, to);
  if (fault->rc == SQLITE_OK) keep_value(scan, fault, to);
}

static void keep_line(struct scan *scan, struct fault *fault, const struct row *row) {
  struct audited_line *kept = h2040_list_add(&scan->audit->lines, sizeof *kept);
  if (!kept) {
    h2040_fail_memory(fault);
    return;
  }
  keep_id(scan, fault, row_value(row, ROW_CLAIM_ID), &kept->claim_id);
  keep_id(scan, fault, row_value(row, ROW_CLAIM_LINE_NUMBER), &kept->claim_line_number);
}

static void keep_words(struct scan *scan, struct fault *fault, const struct finding *finding,
                       struct audit_finding *kept) {
  size_t size = strlen(finding->message) + 1;
  char *message = h2040_arena_take(&scan->audit->arena, size);
  if (!message) {
    h2040_fail_memory(fault);
    return;
  }
  memcpy(message, finding->message, size);
  kept->message = message;
  kept->field = (unsigned char)finding->field;
  kept->remedy = (unsigned char)finding->remedy;
  kept->carc = finding->carc;
  if (!finding->value.z) return;
  kept->value = value_of_text(finding->value);
  keep_value(scan, fault, &kept->value);
}

static void keep_findings(struct scan *scan, struct fault *fault, const struct row *row, const struct judgment *j) {
  struct audit *audit = scan->audit;
  size_t line = audit->lines.count;
  if (scan->with_claim) keep_line(scan, fault, row);
  for (int rule = 0; rule < LINE_RULE_COUNT && fault->rc == SQLITE_OK; rule++) {
    if (!set_has(j->broken, rule)) continue;
    struct audit_finding *kept = h2040_list_add(&audit->findings, sizeof *kept);
    if (!kept) {
      h2040_fail_memory(fault);
      return;
    }
    kept->line = line;
    kept->rule = (unsigned char)rule;
    kept->severity = (unsigned char)h2040_policy_severity(j->policy, (enum rule)rule);
    if (scan->report) keep_words(scan, fault, &scan->report->finding[rule], kept);
  }
}

/* A column of that name may hold the numbers of insurance policies. */
static void blame_policy_column(const struct scan *scan, struct fault *fault) {
  const struct source *source = &scan->source;
  if (fault->rc != SQLITE_ERROR || !fault->message) return;
  char *words = sqlite3_mprintf("%s; that is in the column '%s' of '%s': if it holds no policies of h2040, waive it with "
                                "columns = '{\"policy\": null}'",
                                fault->message, source_column(source, FIELD_POLICY), source->name);
  sqlite3_free(fault->message);
  *fault = (struct fault){ 0 };
  if (words) h2040_fail(fault, "%s", words);
  else h2040_fail_memory(fault);
  sqlite3_free(words);
}

static void judge_row(void *host, struct fault *fault, const struct row *row) {
  struct scan *scan = host;
  struct line_layout *layout = &scan->layout;
  struct judgment j;
  for (int i = 0; i < layout->count; i++) {
    sqlite3_value *value = row_value(row, ROW_FIRST_FIELD + i);
    if (layout->field[i] == FIELD_POLICY) {
      h2040_layout_use_policy(layout, fault, value);
      blame_policy_column(scan, fault);
    }
    h2040_read_value(fault, value, &layout->line.value[layout->field[i]]);
  }
  if (h2040_layout_judge(layout, fault, &j, scan->report) == JUDGED && !set_empty(j.broken)) {
    keep_findings(scan, fault, row, &j);
  }
}

static void take_parameters(struct scan *scan, struct fault *fault, const struct table_call *call) {
  sqlite3_value *policy = call->parameter[POLICY];
  sqlite3_value *as_of = call->parameter[AS_OF];
  if (as_of) h2040_read_value(fault, as_of, &scan->layout.line.value[FIELD_AS_OF]);
  if (policy) {
    h2040_read_value(fault, policy, &scan->layout.line.value[FIELD_POLICY]);
    h2040_layout_use_policy(&scan->layout, fault, policy);
  } else if (!layout_has(&scan->layout, FIELD_POLICY)) {
    h2040_layout_use_policy(&scan->layout, fault, NULL);
  }
}

static void scan_source(struct scan *scan, struct fault *fault, struct table_call *call) {
  sqlite3_value *claim_id = call->equal[COLUMN_CLAIM_ID];
  scan->layout.line.dates = h2040_call_dates(fault, call);
  h2040_call_source(&scan->source, fault, call, NULL);
  lay_out(scan, fault, call);
  take_parameters(scan, fault, call);
  if (fault->rc == SQLITE_OK && claim_id && h2040_reader_can_find(&scan->source, FIELD_CLAIM_ID, claim_id)) {
    scan->reader.equal = claim_id;
    scan->reader.by = FIELD_CLAIM_ID;
    call->narrowed = true;
    call->lines = h2040_source_rows(&scan->source, fault, call->db);
  }
  h2040_read_rows(&scan->reader, fault, call->db);
  call->scanned = scan->reader.scanned;
}

static void *run(struct fault *fault, struct table_call *call) {
  bool with_words = call_wants(call, COLUMN_FIELD) || call_wants(call, COLUMN_VALUE)
                    || call_wants(call, COLUMN_MESSAGE) || call_wants(call, COLUMN_REMEDY)
                    || call_wants(call, COLUMN_CARC); /* a rule may bear several */
  struct scan *scan = sqlite3_malloc64(sizeof *scan);
  struct audit *audit = sqlite3_malloc64(sizeof *audit);
  struct report *report = with_words ? sqlite3_malloc64(sizeof *report) : NULL;
  if (audit) memset(audit, 0, sizeof *audit);
  if (!scan || !audit || (with_words && !report)) {
    h2040_fail_memory(fault);
  } else {
    memset(scan, 0, sizeof *scan);
    scan->audit = audit;
    scan->report = report;
    scan->with_claim = call_wants(call, COLUMN_CLAIM_ID) || call_wants(call, COLUMN_CLAIM_LINE_NUMBER);
    scan->reader = (struct reader){ .source = &scan->source, .each = judge_row, .host = scan, .in_order = true };
    h2040_layout_init(&scan->layout, call->context, "h2040_audit");
    scan_source(scan, fault, call);
    h2040_source_close(&scan->source);
    h2040_layout_clear(&scan->layout);
  }
  sqlite3_free(report);
  sqlite3_free(scan);
  return audit;
}

/* --- the rows ------------------------------------------------------------- */

static size_t rows(const void *result) {
  return ((const struct audit *)result)->findings.count;
}

static void show(struct fault *fault, const void *result, size_t row, int column, struct shown *shown) {
  const struct audit *audit = result;
  const struct audit_finding *finding = (const struct audit_finding *)audit->findings.items + row;
  const struct audited_line *line = audit->lines.count > 0 ? audit->lines.items : NULL;
  const struct rule_entry *rule = &h2040_rules[finding->rule];
  (void)fault;
  switch (column) {
    case COLUMN_CLAIM_ID: if (line) show_value(shown, &line[finding->line].claim_id); break;
    case COLUMN_CLAIM_LINE_NUMBER: if (line) show_value(shown, &line[finding->line].claim_line_number); break;
    case COLUMN_RULE: show_static(shown, rule->id); break;
    case COLUMN_SEVERITY: show_static(shown, h2040_severity_text((enum severity)finding->severity)); break;
    case COLUMN_FIELD: show_static(shown, h2040_field_names[finding->field]); break;
    case COLUMN_VALUE: show_value(shown, &finding->value); break;
    case COLUMN_MESSAGE: if (finding->message) show_text(shown, h2040_text(finding->message)); break;
    case COLUMN_REMEDY:
      show_static(shown, h2040_remedy_text((enum rule)finding->rule, (enum remedy)finding->remedy));
      break;
    case COLUMN_CARC: if (finding->carc && finding->carc[0]) show_static(shown, finding->carc); break;
    default: show_static(shown, rule->owner); /* COLUMN_OWNER */
  }
}

static const struct table_function audit_function = {
  .name = "h2040_audit",
  .columns = columns,
  .parameters = parameters,
  .narrows = 1 << COLUMN_CLAIM_ID,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_audit,
};

void h2040_register_audit(struct fault *fault, sqlite3 *db, struct policies *policies) {
  h2040_policies_hold(policies);
  h2040_register_table_function(fault, db, &audit_function, policies, h2040_policies_release);
}
