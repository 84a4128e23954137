/*
** h2040_coverage(source [, policy [, columns [, schema [, dates]]]])
**
** Which rules can be judged on a table or view, and which columns the others
** miss: a row for each line rule, so that an unjudged rule never passes for a
** clean one.
**
**   SELECT rule, missing FROM h2040_coverage('claims') WHERE NOT judged;
**
** Columns: rule, judged (1 or 0), needs, their_columns (that serve it), missing
** (our names, NULL where nothing is).
**
** Parameters: source (required), policy, columns, schema and dates as in h2040_audit.
** With a policy, a rule that no line can break by it (no limit is set, not asked for, off)
** is not judged, and missing says why; by a set of policies, where that is so of each.
**
** Reads no row of the source, only the names of its columns.
*/
#include "call_source.h"
#include "policies.h"
#include "register.h"

#include <string.h>

static const char *const columns[] = { "rule", "judged", "needs", "their_columns", "missing", NULL };
static const char *const parameters[] = { "source", "policy", "columns", "schema", "dates", NULL };

enum { COLUMN_RULE, COLUMN_JUDGED, COLUMN_NEEDS, COLUMN_THEIR_COLUMNS, COLUMN_MISSING };

struct covered_rule {
  char *their_columns; /* NULL: none serves it */
  char needs[NEEDS_SIZE];
  char missing[NEEDS_SIZE];
};

enum { POLICY = 1 }; /* a parameter */

static void close_coverage(void *result) {
  struct covered_rule *rule = result;
  for (int i = 0; i < LINE_RULE_COUNT; i++) sqlite3_free(rule[i].their_columns);
  sqlite3_free(rule);
}

static char *their_columns(struct fault *fault, sqlite3 *db, const struct source *source, struct set serving) {
  if (fault->rc != SQLITE_OK || set_empty(serving)) return NULL;
  sqlite3_str *out = sqlite3_str_new(db);
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (!set_has(serving, field)) continue;
    sqlite3_str_appendf(out, "%s%s", sqlite3_str_length(out) > 0 ? ", " : "", source_column(source, field));
  }
  return h2040_finish(fault, out);
}

static void cover(struct fault *fault, sqlite3 *db, const struct source *source, struct covered_rule *covered) {
  struct set passed = SET_INIT0;
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (source_has(source, field)) set_add(&passed, field);
  }
  for (int i = 0; i < LINE_RULE_COUNT; i++) {
    struct set needs = h2040_rules[i].needs;
    struct set missing = set_without(needs, h2040_needs_met(passed));
    h2040_needs_text(needs, covered[i].needs);
    h2040_needs_text(missing, covered[i].missing);
    covered[i].their_columns = their_columns(fault, db, source, set_common(passed, h2040_fields_that_meet(needs)));
  }
}

/* Why no policy of the set lets the rule be broken, or NULL. */
static const char *never_broken(const struct policy_set *set, enum rule rule) {
  const char *why = NULL;
  for (size_t i = 0; i < set->policies.count; i++) {
    why = h2040_never_broken(policy_at(set, i), rule);
    if (!why) return NULL;
  }
  return why;
}

static void cover_policy(struct fault *fault, struct table_call *call, struct covered_rule *covered) {
  sqlite3_value *policy = call->parameter[POLICY];
  if (!policy) return;
  struct held_policy *held = h2040_policy_hold_value(call->context, fault, "h2040_coverage", policy);
  for (int rule = 0; held && rule < LINE_RULE_COUNT; rule++) {
    const char *why = covered[rule].missing[0] ? NULL : never_broken(&held->set, (enum rule)rule);
    if (why) sqlite3_snprintf(NEEDS_SIZE, covered[rule].missing, "%s", why);
  }
  h2040_policy_release(held);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct source source = { 0 };
  struct covered_rule *covered = sqlite3_malloc64(sizeof *covered * LINE_RULE_COUNT);
  if (!covered) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(covered, 0, sizeof *covered * LINE_RULE_COUNT);
  h2040_call_dates(fault, call);
  h2040_call_source(&source, fault, call, NULL);
  if (fault->rc == SQLITE_OK) cover(fault, call->db, &source, covered);
  cover_policy(fault, call, covered);
  h2040_source_close(&source);
  return covered;
}

static size_t rows(const void *result) {
  (void)result;
  return LINE_RULE_COUNT;
}

static void show(struct fault *fault, const void *result, size_t row, int column, struct shown *shown) {
  const struct covered_rule *covered = (const struct covered_rule *)result + row;
  (void)fault;
  switch (column) {
    case COLUMN_RULE: show_static(shown, h2040_rules[row].id); break;
    case COLUMN_JUDGED: show_integer(shown, covered->missing[0] == 0); break;
    case COLUMN_NEEDS: show_text(shown, h2040_text(covered->needs)); break;
    case COLUMN_THEIR_COLUMNS:
      if (covered->their_columns) show_text(shown, h2040_text(covered->their_columns));
      break;
    default: /* COLUMN_MISSING */
      if (covered->missing[0]) show_text(shown, h2040_text(covered->missing));
  }
}

static const struct table_function coverage_function = {
  .name = "h2040_coverage",
  .columns = columns,
  .parameters = parameters,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_coverage,
};

void h2040_register_coverage(struct fault *fault, sqlite3 *db, struct policies *policies) {
  h2040_policies_hold(policies);
  h2040_register_table_function(fault, db, &coverage_function, policies, h2040_policies_release);
}
