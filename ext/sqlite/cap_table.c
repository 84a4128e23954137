/*
** The caps: the one that was asked for, or the rows of session_cap.
**
**   session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope,
**               effective_from, effective_to)
**
** All of the columns must be there, for each has a meaning when it says nothing
** (every payer, always in force): a misspelt one would quietly change what is
** counted.  Blank payer_id: every payer.  Blank hcpcs_codes: the lines that are
** looked at.  Blank scope: member.  Blank dates: open.
**
** The lines that are looked at are those of the parameter hcpcs_codes.  Where it
** is left out, a cap that lists codes counts those, and one that does not counts
** H2040.  Where it is given, caps count such of its codes as they list.
*/
#include "../billing/date.h"
#include "cap_audit.h"

enum { CAP_ID, PAYER, CODES, MAX_UNITS, PERIOD, SCOPE, EFFECTIVE_FROM, EFFECTIVE_TO, CAP_COLUMNS };

static const char *const cap_columns[CAP_COLUMNS] = {
  "cap_id", "payer_id", "hcpcs_codes", "max_units", "period", "scope", "effective_from", "effective_to",
};

static void open_cap(struct session_cap *cap) {
  *cap = (struct session_cap){
    .effective_from = INT32_MIN, .effective_to = INT32_MAX, .needed_from = INT32_MIN, .needed_to = INT32_MAX,
  };
}

static void take_one_cap(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  const char *period = request->period ? request->period : "year";
  struct session_cap *cap = h2040_cap_audit_take(audit, sizeof *cap);
  struct value value = { 0 };
  if (!cap) return;
  open_cap(cap);
  h2040_read_value(audit->fault, request->cap, &value);
  if (value.kind == VALUE_NULL) {
    h2040_fail(audit->fault, "sessions_over_cap: cap is NULL; leave it out to use the caps of session_cap, "
                             "or give a whole number of units, 0 or more");
  } else if (h2040_read_whole_number(&value, &cap->max_units) != READ || cap->max_units < 0) {
    h2040_fail(audit->fault, "sessions_over_cap: cap is '%.60s'; give a whole number of units, 0 or more",
               h2040_text_of(audit->fault, request->cap).z);
  } else if (!h2040_read_cap_period(h2040_text(period), &cap->period)) {
    h2040_fail(audit->fault, "sessions_over_cap: period is '%.60s'; give " H2040_CAP_PERIODS, period);
  }
  audit->cap = cap;
  audit->caps = 1;
}

/* A row of the table that cannot be read is an error: nothing can be judged by it. */
static void fail_cap(struct cap_audit *audit, const char *table, sqlite3_stmt *row, int column, const char *remedy) {
  const char *id = h2040_value_text(audit->fault, sqlite3_column_value(row, CAP_ID));
  const char *text = h2040_value_text(audit->fault, sqlite3_column_value(row, column));
  const char *quote = text ? "'" : "";
  h2040_fail(audit->fault, "sessions_over_cap: cap '%.60s' of %s has %s %s%.60s%s; give %s", id ? id : "NULL", table,
             cap_columns[column], quote, text ? text : "NULL", quote, remedy);
}

static bool read_effective_day(struct cap_audit *audit, sqlite3_stmt *row, int column, int32_t *day) {
  struct value value = { 0 };
  h2040_read_value(audit->fault, sqlite3_column_value(row, column), &value);
  return h2040_read_date(&value, DATES_ISO, day) != UNREADABLE;
}

static void read_cap(struct cap_audit *audit, const struct source *table, sqlite3_stmt *row,
                     struct session_cap *cap) {
  struct value value = { 0 };
  open_cap(cap);
  cap->cap_id = h2040_kept_value(audit, sqlite3_column_value(row, CAP_ID));
  h2040_read_value(audit->fault, sqlite3_column_value(row, PAYER), &value);
  if (!h2040_value_blank(&value)) {
    struct value payer = h2040_kept_value(audit, sqlite3_column_value(row, PAYER));
    cap->payer = h2040_in_terms(&payer, audit->judge.cap_payer);
  }
  h2040_read_value(audit->fault, sqlite3_column_value(row, CODES), &value);
  if (!h2040_value_blank(&value)) cap->hcpcs_codes = h2040_kept_text(audit, sqlite3_column_value(row, CODES));
  if (!h2040_lists_codes(cap->hcpcs_codes, true)) {
    fail_cap(audit, table->name, row, CODES, "procedure codes like 'H2040 H2014', * for every line, or NULL");
  }
  h2040_read_value(audit->fault, sqlite3_column_value(row, MAX_UNITS), &value);
  if (h2040_read_whole_number(&value, &cap->max_units) != READ || cap->max_units < 0) {
    fail_cap(audit, table->name, row, MAX_UNITS, "a whole number of units, 0 or more");
  }
  if (!h2040_read_cap_period(h2040_text_of(audit->fault, sqlite3_column_value(row, PERIOD)), &cap->period)) fail_cap(audit, table->name, row, PERIOD, H2040_CAP_PERIODS);
  struct text scope = h2040_text_of(audit->fault, sqlite3_column_value(row, SCOPE));
  if (!h2040_blank(scope) && !h2040_read_cap_scope(scope, &cap->scope)) {
    fail_cap(audit, table->name, row, SCOPE, H2040_CAP_SCOPES);
  }
  if (!read_effective_day(audit, row, EFFECTIVE_FROM, &cap->effective_from)) {
    fail_cap(audit, table->name, row, EFFECTIVE_FROM, "a day as YYYY-MM-DD, or NULL");
  }
  if (!read_effective_day(audit, row, EFFECTIVE_TO, &cap->effective_to)) {
    fail_cap(audit, table->name, row, EFFECTIVE_TO, "a day as YYYY-MM-DD, or NULL");
  }
}

/* Could the outer query's `cap_id = value` hold for this cap?  Unlike kinds may be
** made alike by an affinity that we do not see. */
static bool may_be_asked(struct cap_audit *audit, const struct session_cap *cap) {
  if (!audit->request->cap_id) return true;
  struct value asked;
  h2040_read_value(audit->fault, audit->request->cap_id, &asked);
  if ((asked.kind == VALUE_TEXT) != (cap->cap_id.kind == VALUE_TEXT)) return true;
  return h2040_value_same(&asked, &cap->cap_id);
}

static void read_caps(struct cap_audit *audit, const struct source *table) {
  sqlite3_str *sql = sqlite3_str_new(audit->db);
  size_t room = 0;
  struct value last = { 0 };
  size_t rank = 0;
  for (int i = 0; i < CAP_COLUMNS; i++) {
    sqlite3_str_appendall(sql, i == 0 ? "SELECT " : ", ");
    h2040_source_append_column(table, sql, i);
  }
  h2040_source_append_from(table, sql);
  sqlite3_str_appendall(sql, " ORDER BY 1 COLLATE BINARY");
  sqlite3_stmt *row = h2040_prepare_built(audit->fault, audit->db, sql);
  while (h2040_step(audit->fault, row)) {
    if (audit->caps == room) {
      size_t wider = room > 0 ? room * 2 : 8;
      struct session_cap *cap = h2040_cap_audit_take(audit, wider * sizeof *cap);
      if (!cap) break;
      for (size_t i = 0; i < audit->caps; i++) cap[i] = audit->cap[i];
      audit->cap = cap;
      room = wider;
    }
    struct session_cap *cap = audit->cap + audit->caps;
    read_cap(audit, table, row, cap);
    if (audit->fault->rc != SQLITE_OK) break;
    if (!may_be_asked(audit, cap)) continue;
    if (audit->caps > 0 && !h2040_value_same(&last, &cap->cap_id)) rank++;
    last = cap->cap_id;
    cap->rank = rank;
    audit->caps++;
  }
  sqlite3_finalize(row);
}

static void take_table(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  const char *name = request->caps ? request->caps : "session_cap";
  struct source table = { 0 };
  if (request->period) {
    h2040_fail(audit->fault, "sessions_over_cap: period is given without cap; give cap too, or leave period out: "
                             "each row of %s has its own", name);
  }
  if (!request->caps && !h2040_table_exists(audit->fault, audit->db, request->schema, name)) {
    h2040_fail(audit->fault, "sessions_over_cap: there is no cap: give cap a whole number of units, or name the table "
                             "of caps in caps (there is no session_cap)");
  }
  if (audit->fault->rc != SQLITE_OK) return;
  h2040_source_open(&table, audit->fault, audit->db, "sessions_over_cap", request->schema, name, (struct text){ 0 }, cap_columns,
                    CAP_COLUMNS);
  if (audit->fault->rc == SQLITE_OK) h2040_require_columns(audit->fault, &table);
  if (audit->fault->rc == SQLITE_OK) {
    audit->judge.cap_payer = h2040_matching(source_affinity(&audit->source, PAYER_ID),
                                            source_affinity(&table, PAYER));
    read_caps(audit, &table);
  }
  h2040_source_close(&table);
}

void h2040_read_session_caps(struct cap_audit *audit) {
  if (audit->request->cap) take_one_cap(audit);
  else take_table(audit);
  for (size_t i = 0; i < audit->caps && audit->fault->rc == SQLITE_OK; i++) audit->scope[audit->cap[i].scope] = true;
}

/* ---- which caps count which codes and payers ---- */

static void keep_codes(struct cap_audit *audit, struct text list, bool looked_at) {
  size_t words = cap_words(audit->caps);
  struct text member;
  while (audit->fault->rc == SQLITE_OK && h2040_next_member(&list, &member)) {
    struct counted_code *code = h2040_code_keep(&audit->codes, member);
    if (!code) {
      h2040_fail_memory(audit->fault);
    } else if (!code->caps && (code->caps = h2040_cap_audit_take(audit, words * sizeof *code->caps)) != NULL) {
      for (size_t i = 0; i < words; i++) code->caps[i] = 0;
    }
    if (code && looked_at) code->looked_at = true;
  }
}

/* The codes that are asked for: by name, or all of them (*), or (given false) as
** each cap has it. */
struct looked_at {
  bool given, every;
};

static void count_code(struct counted_code *code, size_t cap, struct looked_at looked_at) {
  if (!looked_at.given || looked_at.every || code->looked_at) set_cap_bit(code->caps, cap);
}

static void index_cap(struct cap_audit *audit, size_t cap, struct looked_at looked_at) {
  struct text list = audit->cap[cap].hcpcs_codes;
  struct text member;
  bool every = list.n > 0 ? h2040_code_in(TEXT("*"), list) : looked_at.given;
  if (list.n == 0 && !looked_at.given) list = TEXT("H2040");
  if (every && (!looked_at.given || looked_at.every)) set_cap_bit(audit->other_code.caps, cap);
  for (size_t i = 0; every && i < audit->codes.slots; i++) {
    for (struct counted_code *code = audit->codes.slot[i]; code; code = code->next) count_code(code, cap, looked_at);
  }
  while (!every && h2040_next_member(&list, &member)) {
    count_code(h2040_code_find(&audit->codes, member), cap, looked_at); /* keep_codes has kept it */
  }
}

static void index_codes(struct cap_audit *audit) {
  const char *asked = audit->request->hcpcs_codes;
  struct looked_at looked_at = { .given = asked != NULL, .every = asked && h2040_code_in(TEXT("*"), h2040_text(asked)) };
  size_t words = cap_words(audit->caps);
  audit->codes.arena = &audit->arena;
  keep_codes(audit, asked ? h2040_text(asked) : TEXT("H2040"), true);
  for (size_t i = 0; i < audit->caps; i++) keep_codes(audit, audit->cap[i].hcpcs_codes, false);
  for (size_t i = 0; i < audit->authorizations.count; i++) {
    keep_codes(audit, audit->authorizations.list[i].hcpcs_codes, false);
  }
  audit->other_code.any = !source_has(&audit->source, HCPCS_CODE);
  audit->other_code.caps = h2040_cap_audit_take(audit, words * sizeof *audit->other_code.caps);
  if (audit->fault->rc != SQLITE_OK) return;
  for (size_t i = 0; i < words; i++) audit->other_code.caps[i] = 0;
  for (size_t i = 0; i < audit->caps; i++) {
    if (audit->other_code.any) set_cap_bit(audit->other_code.caps, i);
    else index_cap(audit, i, looked_at);
  }
}

static void index_payers(struct cap_audit *audit) {
  size_t words = cap_words(audit->caps);
  audit->payers.arena = &audit->arena;
  audit->caps_of_others = h2040_cap_audit_take(audit, words * sizeof(uint64_t));
  if (!audit->caps_of_others) return;
  for (size_t i = 0; i < words; i++) audit->caps_of_others[i] = 0;
  for (size_t i = 0; i < audit->caps; i++) {
    if (audit->cap[i].payer.kind == VALUE_NULL) set_cap_bit(audit->caps_of_others, i);
  }
  for (size_t i = 0; i < audit->caps; i++) {
    const struct value *payer = &audit->cap[i].payer;
    if (payer->kind == VALUE_NULL) continue;
    struct kept_value *kept = h2040_value_set_keep(&audit->payers, payer, h2040_value_hash(payer, audit->seed));
    if (!kept) {
      h2040_fail_memory(audit->fault);
      return;
    }
    if (!kept->belongs) {
      uint64_t *caps = h2040_cap_audit_take(audit, words * sizeof *caps);
      if (!caps) return;
      for (size_t k = 0; k < words; k++) caps[k] = audit->caps_of_others[k];
      kept->belongs = caps;
    }
    set_cap_bit(kept->belongs, i);
  }
}

void h2040_index_caps(struct cap_audit *audit) {
  if (audit->fault->rc != SQLITE_OK) return;
  index_codes(audit);
  index_payers(audit);
}
