/*
** Reads the prior authorizations.
**
**   prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes,
**                       start_date, end_date, units)
**
** All of the columns must be there, for each has a meaning when it says nothing.
** Blank payer_id: any payer.  Blank hcpcs_codes: any code.  Blank dates: open.
** Blank units: unlimited.  One whose dates or units cannot be read, or that is
** nobody's, covers nothing and is a row of its own, with the status unreadable.
*/
#include "../billing/date.h"
#include "cap_audit.h"

enum { NUMBER, PAYER, MEMBER, CODES, START, END, AUTHORIZED_UNITS, AUTHORIZATION_COLUMNS };

static const char *const authorization_columns[AUTHORIZATION_COLUMNS] = {
  "prior_auth_number", "payer_id", "member_id", "hcpcs_codes", "start_date", "end_date", "units",
};

static bool is_blank(struct cap_audit *audit, sqlite3_value *from) {
  struct value value = { 0 };
  h2040_read_value(audit->fault, from, &value);
  return h2040_value_blank(&value);
}

/* Appends to problem why a column cannot be read. */
static void append_problem(struct cap_audit *audit, sqlite3_str *problem, sqlite3_stmt *row, int column,
                           const char *remedy) {
  const char *text = h2040_value_text(audit->fault, sqlite3_column_value(row, column));
  const char *quote = text ? "'" : "";
  sqlite3_str_appendf(problem, "%s%s is %s%.60s%s; give %s", sqlite3_str_length(problem) > 0 ? "; " : "",
                      authorization_columns[column], quote, text ? text : "NULL", quote, remedy);
}

static void read_day(struct cap_audit *audit, sqlite3_str *problem, sqlite3_stmt *row, int column, int32_t *day) {
  struct value value = { 0 };
  h2040_read_value(audit->fault, sqlite3_column_value(row, column), &value);
  if (h2040_read_date(&value, DATES_ISO, day) == UNREADABLE) append_problem(audit, problem, row, column, "a day as YYYY-MM-DD");
}

static void read_units(struct cap_audit *audit, sqlite3_str *problem, sqlite3_stmt *row, struct authorization *a) {
  struct value value = { 0 };
  h2040_read_value(audit->fault, sqlite3_column_value(row, AUTHORIZED_UNITS), &value);
  enum reading reading = h2040_read_whole_number(&value, &a->units);
  a->unlimited = reading == BLANK;
  if (reading == UNREADABLE || (reading == READ && a->units < 0)) {
    append_problem(audit, problem, row, AUTHORIZED_UNITS, "a whole number, 0 or more, or NULL for unlimited");
  }
}

static void keep_unreadable(struct cap_audit *audit, const struct source *table, sqlite3_stmt *row,
                            const char *problem) {
  struct session_line *line = h2040_cap_audit_take(audit, sizeof *line);
  struct unreadable_line *unreadable = h2040_cap_audit_take(audit, sizeof *unreadable);
  struct value *who = h2040_cap_audit_take(audit, 3 * sizeof *who);
  if (!line || !unreadable || !who) return;
  char *kept = sqlite3_mprintf("authorization in %s: %s", table->name, problem);
  if (!kept) {
    h2040_fail_memory(audit->fault);
    return;
  }
  who[0] = h2040_kept_value(audit, sqlite3_column_value(row, PAYER));
  who[1] = h2040_kept_value(audit, sqlite3_column_value(row, MEMBER));
  who[2] = (struct value){ 0 };
  *unreadable = (struct unreadable_line){
    .units = h2040_kept_value(audit, sqlite3_column_value(row, AUTHORIZED_UNITS)),
    .prior_auth_number = h2040_kept_value(audit, sqlite3_column_value(row, NUMBER)),
  };
  struct value words = { .kind = VALUE_TEXT, .size = (uint32_t)h2040_text(kept).n + 1, .bytes = kept };
  if (!h2040_value_keep(&words, &audit->arena)) h2040_fail_memory(audit->fault);
  unreadable->problem = words.bytes;
  *line = (struct session_line){ .payer = who, .member = who + 1, .provider = who + 2, .unreadable = unreadable };
  if (audit->fault->rc == SQLITE_OK && !h2040_judge_keep(&audit->judge, &(struct cap_row){ .line = line })) {
    h2040_fail_memory(audit->fault);
  }
  sqlite3_free(kept);
}

/* Does any cap look at one of its codes? */
static bool codes_matter(const struct cap_audit *audit, struct text codes) {
  const char *looked_at = audit->request->hcpcs_codes ? audit->request->hcpcs_codes : "H2040";
  struct text code;
  if (codes.n == 0 || !source_has(&audit->source, HCPCS_CODE) || h2040_code_in(TEXT("*"), h2040_text(looked_at))) {
    return true;
  }
  while (h2040_next_member(&codes, &code)) {
    for (size_t i = 0; i < audit->caps; i++) {
      struct text counted = audit->cap[i].hcpcs_codes.n > 0 ? audit->cap[i].hcpcs_codes : h2040_text(looked_at);
      if (h2040_code_in(code, counted) || h2040_code_in(TEXT("*"), counted)) return true;
    }
  }
  return false;
}

static void read_authorization(struct cap_audit *audit, const struct source *table, sqlite3_stmt *row) {
  struct authorization a = { .first_day = INT32_MIN, .last_day = INT32_MAX };
  sqlite3_str *problem = sqlite3_str_new(audit->db);
  if (!is_blank(audit, sqlite3_column_value(row, CODES))) {
    a.hcpcs_codes = h2040_kept_text(audit, sqlite3_column_value(row, CODES));
  }
  if (!h2040_lists_codes(a.hcpcs_codes, false)) {
    append_problem(audit, problem, row, CODES, "procedure codes like 'H2040 H2014', or NULL for any");
    a.hcpcs_codes = TEXT("");
  }
  if (is_blank(audit, sqlite3_column_value(row, MEMBER))) append_problem(audit, problem, row, MEMBER, "the member's");
  read_day(audit, problem, row, START, &a.first_day);
  read_day(audit, problem, row, END, &a.last_day);
  read_units(audit, problem, row, &a);
  char *text = h2040_finish(audit->fault, problem);
  if (audit->fault->rc != SQLITE_OK || !codes_matter(audit, a.hcpcs_codes)) {
    /* none of ours */
  } else if (text) {
    keep_unreadable(audit, table, row, text);
  } else {
    a.number = h2040_kept_value(audit, sqlite3_column_value(row, NUMBER));
    a.number_to_match = h2040_in_terms(&a.number, audit->judge.number);
    struct value member = h2040_kept_value(audit, sqlite3_column_value(row, MEMBER));
    a.member = h2040_in_terms(&member, audit->judge.member);
    if (!is_blank(audit, sqlite3_column_value(row, PAYER))) {
      struct value payer = h2040_kept_value(audit, sqlite3_column_value(row, PAYER));
      a.payer = h2040_in_terms(&payer, audit->judge.payer);
    }
    if (!a.unlimited) audit->limited_authorizations = true;
    if (!a.unlimited && a.payer.kind == VALUE_NULL) audit->authorizations_span_payers = true;
    if (!h2040_authorizations_add(&audit->authorizations, &a)) h2040_fail_memory(audit->fault);
  }
  sqlite3_free(text);
}

static void read_table(struct cap_audit *audit, const struct source *table) {
  /* By provider, what other members are authorized for counts towards the cap, too. */
  sqlite3_value *member = audit->scope[SCOPE_PROVIDER] ? NULL : audit->request->member_id;
  sqlite3_str *sql = sqlite3_str_new(audit->db);
  for (int i = 0; i < AUTHORIZATION_COLUMNS; i++) {
    sqlite3_str_appendall(sql, i == 0 ? "SELECT " : ", ");
    h2040_source_append_column(table, sql, i);
  }
  h2040_source_append_from(table, sql);
  const char *glue = " WHERE ";
  bool pushed = member && h2040_append_same(table, sql, &glue, MEMBER, member, 1);
  sqlite3_stmt *row = h2040_prepare_built(audit->fault, audit->db, sql);
  if (row && pushed) h2040_bind_same(audit->fault, row, 1, member);
  while (h2040_step(audit->fault, row)) read_authorization(audit, table, row);
  sqlite3_finalize(row);
}

void h2040_read_authorizations(struct cap_audit *audit) {
  const char *name = audit->request->authorizations;
  struct source table = { 0 };
  if (audit->fault->rc != SQLITE_OK) return;
  if (!name) {
    name = "prior_authorization";
    if (!h2040_table_exists(audit->fault, audit->db, audit->request->schema, name)) return;
  }
  if (!*name) return;
  h2040_source_open(&table, audit->fault, audit->db, "sessions_over_cap", audit->request->schema, name, (struct text){ 0 },
                    authorization_columns, AUTHORIZATION_COLUMNS);
  if (audit->fault->rc == SQLITE_OK) h2040_require_columns(audit->fault, &table);
  if (audit->fault->rc == SQLITE_OK) {
    const struct source *lines = &audit->source;
    audit->judge.payer = h2040_matching(source_affinity(lines, PAYER_ID), source_affinity(&table, PAYER));
    audit->judge.member = h2040_matching(source_affinity(lines, MEMBER_ID), source_affinity(&table, MEMBER));
    audit->judge.number = h2040_matching(source_affinity(lines, PRIOR_AUTH_NUMBER), source_affinity(&table, NUMBER));
    read_table(audit, &table);
  }
  h2040_source_close(&table);
  if (audit->fault->rc != SQLITE_OK) return;
  if (!h2040_authorizations_sort(&audit->authorizations, h2040_cap_audit_proceed, audit)) {
    h2040_fail_memory(audit->fault);
  }
}
