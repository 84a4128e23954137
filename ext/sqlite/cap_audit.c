/* See cap_audit.h. */
#include "cap_audit.h"

#include <string.h>

bool h2040_cap_audit_proceed(void *host) {
  struct cap_audit *audit = host;
  /* sqlite3_is_interrupted came with 3.41, and asks no progress handler: so a
  ** statement is stepped, which hears of both. */
  if (!audit->question) audit->question = h2040_prepare(audit->fault, audit->db, "SELECT 1");
  if (!audit->question) return false;
  h2040_step(audit->fault, audit->question);
  sqlite3_reset(audit->question);
  return audit->fault->rc == SQLITE_OK;
}

void *h2040_cap_audit_take(struct cap_audit *audit, size_t size) {
  void *taken = h2040_arena_take(&audit->arena, size);
  if (!taken) h2040_fail_memory(audit->fault);
  return taken;
}

/* ---- values ---- */

struct value h2040_kept_value(struct cap_audit *audit, sqlite3_value *value) {
  struct value kept;
  h2040_read_value(audit->fault, value, &kept);
  if (!h2040_value_keep(&kept, &audit->arena)) {
    h2040_fail_memory(audit->fault);
    kept = (struct value){ 0 };
  }
  return kept;
}

struct text h2040_kept_text(struct cap_audit *audit, sqlite3_value *value) {
  struct value kept = value_of_text(h2040_text_of(audit->fault, value));
  if (!h2040_value_keep(&kept, &audit->arena)) {
    h2040_fail_memory(audit->fault);
    return TEXT("");
  }
  return value_bytes(&kept);
}

enum matching h2040_matching(enum affinity lines, enum affinity theirs) {
  if (lines == theirs) return MATCH_AS_THEY_ARE;
  return lines == AFFINITY_NUMBER || theirs == AFFINITY_NUMBER ? MATCH_AS_NUMBERS : MATCH_AS_TEXT;
}

/* ---- pushing an equality down ---- */

/* The outer query compares what we show with `value`, under an affinity that we
** do not see, and checks again what we let through.  A text equals the same text,
** or a number that is written so: both are looked for (and the number that any
** other text begins with, which does no harm).  A number equals a number,
** or any text that reads as one ('7', '07'): it can be looked for only where the
** column holds numbers as numbers. */
bool h2040_can_push(const struct source *source, int column, sqlite3_value *value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT:
      return source_has(source, column);
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return source_affinity(source, column) == AFFINITY_NUMBER;
    default:
      return false;
  }
}

bool h2040_append_same(const struct source *source, sqlite3_str *sql, const char **glue, int column,
                       sqlite3_value *value, int parameter) {
  if (!h2040_can_push(source, column, value)) return false;
  sqlite3_str_appendall(sql, *glue);
  *glue = " AND ";
  h2040_source_append_column(source, sql, column);
  sqlite3_str_appendf(sql, " IN (?%d, CAST(?%d AS NUMERIC))", parameter, parameter);
  return true;
}

/* Not sqlite3_value_numeric_type of a copy: SQLite 3.52 looks for the mutex of the
** value's connection, and a copy has none. */
void h2040_bind_same(struct fault *fault, sqlite3_stmt *statement, int parameter, sqlite3_value *value) {
  if (fault->rc != SQLITE_OK) return;
  int rc = sqlite3_bind_value(statement, parameter, value);
  if (rc != SQLITE_OK) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
}

/* ---- tables ---- */

bool h2040_table_exists(struct fault *fault, sqlite3 *db, const char *schema, const char *name) {
  sqlite3_stmt *list = h2040_prepare(fault, db, "SELECT 1 FROM pragma_table_xinfo(?1, ?2) LIMIT 1");
  if (!list) return false;
  h2040_bind_text(fault, list, 1, name);
  h2040_bind_text(fault, list, 2, schema);
  bool exists = h2040_step(fault, list);
  sqlite3_finalize(list);
  return exists;
}

void h2040_require_columns(struct fault *fault, const struct source *source) {
  for (int i = 0; i < source->our_count; i++) {
    if (source_has(source, i)) continue;
    const char *near = h2040_nearest(h2040_text(source->ours[i]), (const char *const *)source->column,
                                     source->column_count);
    h2040_fail(fault, "sessions_over_cap: '%s' has no column %s%s%s%s; add it, or give a view that has it "
                      "(NULL where it says nothing)",
               source->name, source->ours[i], near ? " (did you mean its column '" : "", near ? near : "",
               near ? "'?)" : "");
    return;
  }
}

/* ---- the run ---- */

/* The outer query holds a read transaction on the main database, so that both
** passes see the same lines.  Attached databases need one of ours. */
static sqlite3_stmt **hold_attached(struct cap_audit *audit, int *held) {
  sqlite3_stmt **hold = NULL;
  *held = 0;
  sqlite3_stmt *list = h2040_prepare(audit->fault, audit->db, "SELECT name FROM pragma_database_list WHERE seq > 1");
  while (h2040_step(audit->fault, list)) {
    sqlite3_stmt **wider = sqlite3_realloc64(hold, sizeof *hold * ((size_t)*held + 1));
    if (!wider) {
      h2040_fail_memory(audit->fault);
      break;
    }
    hold = wider;
    sqlite3_str *sql = sqlite3_str_new(audit->db);
    sqlite3_str_appendf(sql, "PRAGMA \"%w\".schema_version", sqlite3_column_text(list, 0));
    hold[*held] = h2040_prepare_built(audit->fault, audit->db, sql);
    h2040_step(audit->fault, hold[*held]);
    (*held)++;
  }
  sqlite3_finalize(list);
  return hold;
}

static void check_words(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  audit->judge.allowed = request->counting && h2040_same(h2040_text(request->counting), TEXT("allowed"));
  if (request->counting && !audit->judge.allowed && !h2040_same(h2040_text(request->counting), TEXT("billed"))) {
    h2040_fail(audit->fault, "sessions_over_cap: counting is '%.60s'; give billed or allowed", request->counting);
  }
  if (request->hcpcs_codes && h2040_blank(h2040_text(request->hcpcs_codes))) {
    h2040_fail(audit->fault, "sessions_over_cap: hcpcs_codes is '%.60s', which names no code; give one, a list, "
                             "or * for every line", request->hcpcs_codes);
  } else if (request->hcpcs_codes && !h2040_lists_codes(h2040_text(request->hcpcs_codes), true)) {
    h2040_fail(audit->fault, "sessions_over_cap: hcpcs_codes is '%.60s', which holds what is no procedure code; give "
                             "codes like 'H2040 H2014', or * for every line", request->hcpcs_codes);
  }
}

/* Which of the constraints may be pushed into the reading of the source, so that
** what is read is still enough to count right. */
static void choose_what_to_push(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  const struct source *source = &audit->source;
  if (request->member_id && !audit->scope[SCOPE_PROVIDER] && h2040_can_push(source, MEMBER_ID, request->member_id)) {
    /* Unless the members '7' and '07' share the authorization of member 7. */
    enum affinity affinity = source_affinity(source, MEMBER_ID);
    bool shared = (audit->judge.member == MATCH_AS_NUMBERS && affinity != AFFINITY_NUMBER)
                  || (audit->judge.member == MATCH_AS_TEXT && affinity == AFFINITY_NONE);
    if (!shared || !audit->limited_authorizations) audit->member = request->member_id;
  }
  if (request->payer_id && h2040_can_push(source, PAYER_ID, request->payer_id)) {
    bool shared = audit->authorizations_span_payers
                  || (audit->judge.payer != MATCH_AS_THEY_ARE && audit->limited_authorizations);
    if (!shared) audit->payer = request->payer_id;
  }
}

/* Lines of days that can change nothing that is asked for need not be counted:
** those after the last day, and those before the period of the first.  Only where
** they could draw on an authorization, or (allowed, rolling) change what counts
** later, they matter. */
static void choose_days(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  if (audit->limited_authorizations) return;
  for (size_t i = 0; i < audit->caps; i++) {
    struct session_cap *cap = audit->cap + i;
    bool chained = audit->judge.allowed && cap_period_rolls(&cap->period);
    cap->needed_to = request->to_day;
    if (request->from_day > INT32_MIN && !chained) {
      cap->needed_from = h2040_cap_period_around(&cap->period, request->from_day).first;
    }
  }
}

void h2040_cap_audit_run(struct cap_audit *audit, struct fault *fault, sqlite3 *db,
                         const struct cap_request *request) {
  static const struct authorizations none = { 0 };
  int held;
  *audit = (struct cap_audit){ .fault = fault, .db = db, .request = request };
  sqlite3_randomness(sizeof audit->seed, &audit->seed);
  audit->judge.authorizations = &none;
  audit->judge.proceed = h2040_cap_audit_proceed;
  audit->judge.host = audit;
  check_words(audit);
  if (fault->rc == SQLITE_OK) h2040_open_session_lines(audit);
  if (fault->rc != SQLITE_OK) return;
  sqlite3_stmt **hold = hold_attached(audit, &held);
  if (fault->rc == SQLITE_OK) h2040_read_session_caps(audit);
  audit->judge.authorizations = &audit->authorizations;
  h2040_read_authorizations(audit);
  h2040_index_caps(audit);
  if (fault->rc == SQLITE_OK) {
    audit->judge.cap = audit->cap;
    audit->judge.caps = audit->caps;
    if (!h2040_judge_open(&audit->judge)) h2040_fail_memory(fault);
    choose_what_to_push(audit);
    choose_days(audit);
    h2040_read_session_lines(audit);
  }
  if (fault->rc == SQLITE_OK && !h2040_judge_sort(&audit->judge)) h2040_fail_memory(fault);
  for (int i = 0; i < held; i++) sqlite3_finalize(hold[i]);
  sqlite3_free(hold);
  /* No statement of ours is alive while rows are shown. */
  sqlite3_finalize(audit->question);
  audit->question = NULL;
  h2040_source_close(&audit->source);
  h2040_unit_totals_close(&audit->totals);
  h2040_unit_totals_close(&audit->asked);
}

void h2040_cap_audit_close(struct cap_audit *audit) {
  sqlite3_finalize(audit->question);
  h2040_source_close(&audit->source);
  h2040_judge_close(&audit->judge);
  h2040_authorizations_free(&audit->authorizations);
  h2040_unit_totals_close(&audit->totals);
  h2040_unit_totals_close(&audit->asked);
  h2040_value_set_free(&audit->payers);
  h2040_value_set_free(&audit->replaced);
  h2040_value_set_free(&audit->kept_payers);
  h2040_value_set_free(&audit->kept_members);
  h2040_value_set_free(&audit->kept_providers);
  h2040_arena_free(&audit->arena);
  h2040_arena_free(&audit->passing);
  *audit = (struct cap_audit){ 0 };
}
