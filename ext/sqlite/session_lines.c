/*
** Reads lines of the source: which columns must be there, what a line says, and the
** statements that bring lines to the passes of session_passes.c.
**
** Passes in no order get their lines through an aggregate function,
** sessions_over_cap_read, that is registered for this alone (as is
** sessions_over_cap_asked, the filter of the second pass): they do nothing without a
** pointer that only we can bind.  So one sqlite3_step reads the whole source, without
** a return to us, and without the locks that each sqlite3_column_... takes, for every
** line.  And SQLite polls for interruption as it does in any query.
*/
#include "session_lines.h"

#include "../billing/date.h"

#include <string.h>

const char *const h2040_session_fields[SESSION_FIELDS] = {
  "member_id", "service_date", "units", "hcpcs_code", "payer_id", "rendering_npi", "claim_id",
  "claim_line_number", "prior_auth_number", "claim_frequency_code", "original_claim_id",
};

const bool h2040_every_field[SESSION_FIELDS] = {
  true, true, true, true, true, true, true, true, true, true, true,
};

/* ---- the columns that must be there ---- */

static void require(struct cap_audit *audit, enum session_field field, bool waived, const char *waiver) {
  const struct source *source = &audit->source;
  const char *name = h2040_session_fields[field];
  if (audit->fault->rc != SQLITE_OK || source_has(source, field) || waived) return;
  if (*waiver && source->mapped[field] == COLUMN_WAIVED) return;
  const char *near = h2040_nearest(h2040_text(name), (const char *const *)source->column, source->column_count);
  h2040_fail(audit->fault, "sessions_over_cap: '%s' has no column %s; map it with columns = '{\"%s\": \"%s\"}'%s",
             source->name, name, name, near ? near : "their column", waiver);
}

void h2040_open_session_lines(struct cap_audit *audit) {
  const struct cap_request *request = audit->request;
  bool every_code = request->hcpcs_codes && h2040_code_in(TEXT("*"), h2040_text(request->hcpcs_codes));
  struct text columns = request->columns ? h2040_text(request->columns) : (struct text){ 0 };
  h2040_source_open(&audit->source, audit->fault, audit->db, "sessions_over_cap", request->schema,
                    request->source ? request->source : "claim_line", columns, h2040_session_fields, SESSION_FIELDS);
  if (audit->fault->rc != SQLITE_OK) return;
  if (!source_has(&audit->source, CLAIM_ID)) audit->rowid = h2040_source_rowid(&audit->source, audit->fault, audit->db);
  require(audit, MEMBER_ID, false, "");
  require(audit, SERVICE_DATE, false, "");
  require(audit, UNITS, false, ", or waive it with {\"units\": null} (one unit a line)");
  require(audit, HCPCS_CODE, every_code,
          ", or waive it with {\"hcpcs_code\": null} or hcpcs_codes = '*' (every line counts)");
}

/* What the caps ask for: the payer whose they are, and, where they count by provider,
** what tells providers apart. */
void h2040_require_parties(struct cap_audit *audit) {
  require(audit, PAYER_ID, audit->request->cap != NULL, ", or waive it with {\"payer_id\": null} (no payer is known)");
  if (!audit->scope[SCOPE_PROVIDER] && !audit->scope[SCOPE_MEMBER_AND_PROVIDER]) return;
  require(audit, RENDERING_NPI, false,
          ", or waive it with {\"rendering_npi\": null} (one provider), for a cap counts by provider");
}

/* ---- one line, as it lies in a statement ---- */

static sqlite3_value *value_of(const struct scan *scan, sqlite3_value **value, enum session_field field) {
  return scan->at[field] >= 0 ? value[scan->at[field]] : NULL;
}

struct value h2040_field_value(const struct scan *scan, sqlite3_value **value, enum session_field field) {
  sqlite3_value *v = value_of(scan, value, field);
  struct value read = { 0 };
  if (v) h2040_read_value(scan->audit->fault, v, &read);
  return read;
}

static const struct counted_code *code_in(const struct scan *scan, sqlite3_value **value) {
  struct cap_audit *audit = scan->audit;
  sqlite3_value *v = value_of(scan, value, HCPCS_CODE);
  if (!v || sqlite3_value_type(v) == SQLITE_NULL) return &audit->other_code;
  const char *z = (const char *)sqlite3_value_text(v);
  struct text code = { z, (size_t)sqlite3_value_bytes(v) };
  if (!z) return &audit->other_code;
  /* Mostly it is the code of the line before. */
  if (audit->last_code && code.n == audit->last_code->code.n && memcmp(code.z, audit->last_code->code.z, code.n) == 0) {
    return audit->last_code;
  }
  struct counted_code *listed = h2040_code_find(&audit->codes, h2040_trim(code));
  if (!listed) return &audit->other_code;
  audit->last_code = listed;
  return listed;
}

static const uint64_t *caps_of_payer(const struct cap_audit *audit, const struct value *payer) {
  if (audit->payers.used == 0) return audit->caps_of_others;
  struct value in_terms = h2040_in_terms(payer, audit->judge.cap_payer);
  const struct kept_value *kept = h2040_value_set_find(&audit->payers, &in_terms, h2040_value_hash(&in_terms, audit->seed));
  return kept ? kept->belongs : audit->caps_of_others;
}

/* Most identifiers are seen at once not to be blank: longer than any placeholder,
** and no space at either end; or a number. */
static enum reading read_member(const struct value *member) {
  enum { LONGEST_PLACEHOLDER = 7 };
  if (member->kind == VALUE_NULL) return BLANK;
  if (member->kind < VALUE_TEXT) return READ;
  struct text text = { member->bytes, member->size };
  if (text.n > 0 && is_digit(text.z[0])) return READ;
  if (text.n > LONGEST_PLACEHOLDER && is_alnum(text.z[0]) && is_alnum(text.z[text.n - 1])) return READ;
  return h2040_blank(text) ? BLANK : READ;
}

static enum reading read_units(struct cap_audit *audit, sqlite3_value *v, int64_t *units) {
  struct value value = { 0 };
  enum reading reading = READ;
  *units = 1;
  if (!v) return READ; /* waived: one unit a line */
  if (sqlite3_value_type(v) == SQLITE_INTEGER) {
    *units = sqlite3_value_int64(v);
  } else {
    h2040_read_value(audit->fault, v, &value);
    reading = h2040_read_whole_number(&value, units);
  }
  return reading == READ && *units < 0 ? UNREADABLE : reading;
}

/* The days of a table are few and come again and again: those last read as
** YYYY-MM-DD are remembered. */
enum { MEMO_DAYS = 1024, ISO_SIZE = 10 };

struct day_memo {
  uint64_t head, tail; /* the first and the last eight of the ten bytes */
  int32_t day;
};

static enum reading read_day(struct cap_audit *audit, sqlite3_value *v, int32_t *day) {
  struct value value = { 0 };
  h2040_read_value(audit->fault, v, &value);
  if (value.kind == VALUE_TEXT && value.size == ISO_SIZE) {
    uint64_t head, tail;
    memcpy(&head, value.bytes, 8);
    memcpy(&tail, value.bytes + 2, 8);
    struct day_memo *memo = audit->day_memo + ((head ^ tail) * 0x9E3779B97F4A7C15u >> 54);
    if (memo->head == head && memo->tail == tail) {
      *day = memo->day;
      return READ;
    }
    enum reading reading = h2040_read_date(&value, DATES_ISO, day);
    if (reading != READ) return reading;
    *memo = (struct day_memo){ head, tail, *day };
    return READ;
  }
  return h2040_read_date(&value, DATES_ISO, day);
}

void h2040_open_day_memo(struct cap_audit *audit) {
  audit->day_memo = h2040_cap_audit_take(audit, MEMO_DAYS * sizeof *audit->day_memo);
  if (audit->day_memo) memset(audit->day_memo, 0, MEMO_DAYS * sizeof *audit->day_memo);
}

static bool share_a_cap(const struct cap_audit *audit, const uint64_t *a, const uint64_t *b) {
  for (size_t i = 0; i < cap_words(audit->caps); i++) {
    if (a[i] & b[i]) return true;
  }
  return false;
}

/* A line that replaces or voids a claim: remember which.  One that names its own
** claim replaces none. */
static void note_replaced(struct scan *scan, sqlite3_value **value, int64_t frequency) {
  enum { REPLACEMENT = 7, VOID = 8 };
  struct cap_audit *audit = scan->audit;
  if ((frequency != REPLACEMENT && frequency != VOID) || audit->replaced_known) return;
  struct value original = h2040_field_value(scan, value, ORIGINAL_CLAIM_ID);
  struct value own = h2040_field_value(scan, value, CLAIM_ID);
  original = h2040_in_terms(&original, audit->claims);
  own = h2040_in_terms(&own, audit->claims);
  if (original.kind == VALUE_NULL || h2040_value_same(&original, &own)) return;
  if (!h2040_value_set_keep(&audit->replaced, &original, h2040_value_hash(&original, audit->seed))) h2040_fail_memory(audit->fault);
}

bool h2040_is_replaced(const struct cap_audit *audit, const struct value *claim_id) {
  if (audit->replaced.used == 0 || claim_id->kind == VALUE_NULL) return false;
  struct value claim = h2040_in_terms(claim_id, audit->claims);
  return h2040_value_set_find(&audit->replaced, &claim, h2040_value_hash(&claim, audit->seed)) != NULL;
}

static int64_t frequency_of(struct scan *scan, sqlite3_value **value) {
  sqlite3_value *v = value_of(scan, value, CLAIM_FREQUENCY_CODE);
  struct value frequency = { 0 };
  int64_t number = 0;
  if (!v) return 0;
  h2040_read_value(scan->audit->fault, v, &frequency);
  return h2040_read_whole_number(&frequency, &number) == READ ? number : 0;
}

/* false: no cap counts it. */
bool h2040_look_at_line(struct scan *scan, sqlite3_value **value, struct seen_line *seen) {
  enum { VOID = 8 };
  struct cap_audit *audit = scan->audit;
  int64_t frequency = frequency_of(scan, value);
  if (frequency != 0) note_replaced(scan, value, frequency);
  if (frequency == VOID) return false;
  seen->code = code_in(scan, value);
  seen->payer = h2040_field_value(scan, value, PAYER_ID);
  seen->caps_of_payer = caps_of_payer(audit, &seen->payer);
  if (!share_a_cap(audit, seen->code->caps, seen->caps_of_payer)) return false;
  seen->member = h2040_field_value(scan, value, MEMBER_ID);
  seen->read_member = read_member(&seen->member);
  seen->read_date = read_day(audit, value_of(scan, value, SERVICE_DATE), &seen->day);
  seen->read_units = read_units(audit, value_of(scan, value, UNITS), &seen->units);
  return audit->fault->rc == SQLITE_OK;
}

bool h2040_is_unreadable(const struct seen_line *seen) {
  return seen->read_member != READ || seen->read_date != READ || seen->read_units != READ;
}

void h2040_note_replaced_only(struct scan *scan, sqlite3_value **value) {
  note_replaced(scan, value, frequency_of(scan, value));
}

/* ---- keeping lines ---- */

struct value h2040_keep_value(struct cap_audit *audit, struct arena *arena, struct value value) {
  if (!h2040_value_keep(&value, arena)) h2040_fail_memory(audit->fault);
  return value;
}

struct session_line *h2040_keep_line(struct scan *scan, sqlite3_value **value, const struct seen_line *seen,
                                      struct arena *arena) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = h2040_arena_take(arena, sizeof *line);
  if (!line) {
    h2040_fail_memory(audit->fault);
    return NULL;
  }
  *line = (struct session_line){ .code = seen->code, .units = seen->units, .day = seen->day };
  line->claim_id = h2040_keep_value(audit, arena, h2040_field_value(scan, value, CLAIM_ID));
  line->claim_line_number = h2040_keep_value(audit, arena, h2040_field_value(scan, value, CLAIM_LINE_NUMBER));
  struct value number = h2040_field_value(scan, value, PRIOR_AUTH_NUMBER);
  bool named = number.kind != VALUE_NULL
               && !(number.kind >= VALUE_TEXT && h2040_blank((struct text){ number.bytes, number.size }));
  if (named) line->prior_auth_number = h2040_keep_value(audit, arena, number);
  return line;
}

/* ---- lines that cannot be read ---- */

static void append_problem(struct scan *scan, sqlite3_str *problem, enum session_field field,
                           enum reading how, sqlite3_value *v, const char *remedy) {
  struct cap_audit *audit = scan->audit;
  const char *column = source_column(&audit->source, field);
  if (how == READ) return;
  if (sqlite3_str_length(problem) > 0) sqlite3_str_appendall(problem, "; ");
  if (how == BLANK) {
    sqlite3_str_appendf(problem, "%s is blank", column);
  } else {
    const char *text = h2040_value_text(audit->fault, v);
    sqlite3_str_appendf(problem, "%s is '%.60s'; %s", column, text ? text : "", remedy);
  }
}

static const char *problem_of(struct scan *scan, sqlite3_value **value, const struct seen_line *seen) {
  struct cap_audit *audit = scan->audit;
  sqlite3_str *problem = sqlite3_str_new(audit->db);
  append_problem(scan, problem, MEMBER_ID, seen->read_member, NULL, "");
  append_problem(scan, problem, SERVICE_DATE, seen->read_date, value_of(scan, value, SERVICE_DATE),
                 "that is no day that can be read for sure; write it YYYY-MM-DD");
  if (seen->read_units != READ) {
    append_problem(scan, problem, UNITS, seen->read_units, value_of(scan, value, UNITS),
                   "units are whole numbers, 0 or more");
  }
  char *text = h2040_finish(audit->fault, problem);
  struct value words = { .kind = VALUE_TEXT, .bytes = text };
  if (text) words.size = (uint32_t)strlen(text) + 1;
  if (!text || !h2040_value_keep(&words, &audit->arena)) h2040_fail_memory(audit->fault);
  sqlite3_free(text);
  return words.bytes;
}

void h2040_keep_unreadable(struct scan *scan, sqlite3_value **value, const struct seen_line *seen) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = h2040_keep_line(scan, value, seen, &audit->arena);
  struct unreadable_line *unreadable = h2040_cap_audit_take(audit, sizeof *unreadable);
  struct value *who = h2040_cap_audit_take(audit, 3 * sizeof *who);
  if (audit->fault->rc != SQLITE_OK) return;
  sqlite3_value *units = value_of(scan, value, UNITS);
  who[0] = h2040_keep_value(audit, &audit->arena, seen->payer);
  who[1] = h2040_keep_value(audit, &audit->arena, seen->member);
  who[2] = h2040_keep_value(audit, &audit->arena, h2040_field_value(scan, value, RENDERING_NPI));
  line->payer = who;
  line->member = who + 1;
  line->provider = who + 2;
  *unreadable = (struct unreadable_line){ .problem = problem_of(scan, value, seen) };
  unreadable->service_date = h2040_keep_value(audit, &audit->arena, h2040_field_value(scan, value, SERVICE_DATE));
  if (units) unreadable->units = h2040_keep_value(audit, &audit->arena, h2040_field_value(scan, value, UNITS));
  line->unreadable = unreadable;
  if (audit->fault->rc == SQLITE_OK && !h2040_judge_keep(&audit->judge, &(struct cap_row){ .line = line })) {
    h2040_fail_memory(audit->fault);
  }
}

/* ---- statements ---- */

static void append_field(struct scan *scan, sqlite3_str *sql, enum session_field field, int *columns,
                         const char *before) {
  const struct cap_audit *audit = scan->audit;
  const char *rowid = field == CLAIM_ID ? audit->rowid : NULL;
  scan->at[field] = -1;
  if (!rowid && !source_has(&audit->source, field)) return;
  sqlite3_str_appendall(sql, *columns == 0 ? before : ", ");
  if (rowid) sqlite3_str_appendf(sql, "s.%s", rowid);
  else h2040_source_append_column(&audit->source, sql, (int)field);
  scan->at[field] = (*columns)++;
}

void h2040_append_fields(struct scan *scan, sqlite3_str *sql, const bool wanted[SESSION_FIELDS],
                          const char *before) {
  int columns = 0;
  for (int field = 0; field < SESSION_FIELDS; field++) {
    if (wanted[field]) append_field(scan, sql, (enum session_field)field, &columns, before);
    else scan->at[field] = -1;
  }
}

enum { MEMBER_PARAMETER = 2, PAYER_PARAMETER = 3 };

const char *h2040_append_source(struct cap_audit *audit, sqlite3_str *sql) {
  const char *glue = " WHERE ";
  h2040_source_append_from(&audit->source, sql);
  if (audit->member) h2040_append_same(&audit->source, sql, &glue, MEMBER_ID, audit->member, MEMBER_PARAMETER);
  if (audit->payer) h2040_append_same(&audit->source, sql, &glue, PAYER_ID, audit->payer, PAYER_PARAMETER);
  return glue;
}

uint64_t h2040_party_hash(const struct cap_audit *audit, const struct value *party, bool by_provider) {
  return mix_bits(h2040_value_hash(party, audit->seed) + by_provider);
}

static bool is_asked(const struct cap_audit *audit, const struct value *party, bool by_provider) {
  return h2040_unit_totals_of(&audit->asked, h2040_party_hash(audit, party, by_provider)) > 0;
}

/* Of the lines, only those of members and providers that are asked for: so that
** nothing else is taken out of the others.  A filter may be asked more often than
** there are lines (in a view), or less: it must do nothing but answer. */
static void append_asked(struct cap_audit *audit, sqlite3_str *sql, const char *glue) {
  const struct source *source = &audit->source;
  sqlite3_str_appendf(sql, "%ssessions_over_cap_asked(?1, ", glue);
  h2040_source_append_column(source, sql, MEMBER_ID);
  if (audit->scope[SCOPE_PROVIDER] && source_has(source, RENDERING_NPI)) {
    sqlite3_str_appendall(sql, ", ");
    h2040_source_append_column(source, sql, RENDERING_NPI);
  }
  sqlite3_str_appendall(sql, ")");
}

void h2040_bind_source(struct cap_audit *audit, sqlite3_stmt *statement) {
  if (!statement) return;
  if (audit->member) h2040_bind_same(audit->fault, statement, MEMBER_PARAMETER, audit->member);
  if (audit->payer) h2040_bind_same(audit->fault, statement, PAYER_PARAMETER, audit->payer);
}

static const char pointer_type[] = "sessions_over_cap_read";

static void read_step(sqlite3_context *context, int count, sqlite3_value **value) {
  struct scan *scan = count > 0 ? sqlite3_value_pointer(value[0], pointer_type) : NULL;
  if (!scan) {
    sqlite3_result_error(context, "sessions_over_cap_read is for sessions_over_cap only", -1);
    return;
  }
  scan->each(scan, value + 1);
  if (scan->audit->fault->rc != SQLITE_OK || scan->audit->totals_full) {
    sqlite3_result_error(context, "sessions_over_cap stopped reading", -1);
  }
}

static void read_final(sqlite3_context *context) {
  sqlite3_result_null(context);
}

static void asked(sqlite3_context *context, int count, sqlite3_value **value) {
  struct scan *scan = count > 1 ? sqlite3_value_pointer(value[0], pointer_type) : NULL;
  bool yes = false;
  if (!scan) {
    sqlite3_result_error(context, "sessions_over_cap_asked is for sessions_over_cap only", -1);
    return;
  }
  for (int i = 1; i < count && !yes; i++) {
    struct value party;
    h2040_read_value(scan->audit->fault, value[i], &party);
    yes = is_asked(scan->audit, &party, i > 1);
  }
  /* Where the caps by provider see one provider only, nobody can be left out. */
  if (count == 2 && scan->audit->scope[SCOPE_PROVIDER]) yes = true;
  sqlite3_result_int(context, yes || scan->audit->fault->rc != SQLITE_OK);
}

void h2040_register_session_reading(struct fault *fault, sqlite3 *db) {
  int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
  if (fault->rc != SQLITE_OK) return;
  int rc = sqlite3_create_function_v2(db, "sessions_over_cap_read", -1, flags, NULL, NULL, read_step, read_final,
                                      NULL);
  if (rc == SQLITE_OK) {
    rc = sqlite3_create_function_v2(db, "sessions_over_cap_asked", -1, flags, NULL, asked, NULL, NULL, NULL);
  }
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
}

/* Hands lines to each, in no order. */
void h2040_read_lines(struct cap_audit *audit, const bool wanted[SESSION_FIELDS], enum lines_read which,
                     void (*each)(struct scan *scan, sqlite3_value **value)) {
  struct scan scan = { .audit = audit, .each = each };
  if (audit->fault->rc != SQLITE_OK) return;
  sqlite3_str *sql = sqlite3_str_new(audit->db);
  sqlite3_str_appendall(sql, "SELECT sessions_over_cap_read(?1");
  h2040_append_fields(&scan, sql, wanted, ", ");
  sqlite3_str_appendall(sql, ")");
  if (which == EVERY_LINE) {
    h2040_source_append_from(&audit->source, sql);
  } else {
    const char *glue = h2040_append_source(audit, sql);
    if (which == ASKED_LINES) append_asked(audit, sql, glue);
  }
  sqlite3_stmt *statement = h2040_prepare_built(audit->fault, audit->db, sql);
  if (!statement) return;
  if (which != EVERY_LINE) h2040_bind_source(audit, statement);
  sqlite3_bind_pointer(statement, 1, &scan, pointer_type, NULL);
  if (audit->fault->rc == SQLITE_OK) {
    int rc = sqlite3_step(statement);
    /* A fault of ours came first: the step's error is only how it stopped. */
    if (rc != SQLITE_ROW && !audit->totals_full) h2040_fail_db(audit->fault, audit->db, rc);
  }
  sqlite3_finalize(statement);
}

bool h2040_has_replacements(const struct cap_audit *audit) {
  const struct source *source = &audit->source;
  return source_has(source, CLAIM_FREQUENCY_CODE) && source_has(source, ORIGINAL_CLAIM_ID)
         && source_has(source, CLAIM_ID);
}

void h2040_read_replaced(struct cap_audit *audit) {
  static const bool wanted[SESSION_FIELDS] = {
    [CLAIM_ID] = true, [CLAIM_FREQUENCY_CODE] = true, [ORIGINAL_CLAIM_ID] = true,
  };
  if (h2040_has_replacements(audit)) h2040_read_lines(audit, wanted, EVERY_LINE, h2040_note_replaced_only);
  audit->replaced_known = true;
}

/* Does SQLite's plan for a statement say that? */
bool h2040_plan_says(struct cap_audit *audit, const char *sql, const char *words) {
  sqlite3_str *explain = sqlite3_str_new(audit->db);
  bool found = false;
  sqlite3_str_appendf(explain, "EXPLAIN QUERY PLAN %s", sql);
  sqlite3_stmt *plan = h2040_prepare_built(audit->fault, audit->db, explain);
  while (!found && h2040_step(audit->fault, plan)) {
    const char *detail = (const char *)sqlite3_column_text(plan, 3);
    found = detail && strstr(detail, words);
  }
  sqlite3_finalize(plan);
  return found;
}
