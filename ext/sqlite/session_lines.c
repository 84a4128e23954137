/*
** Reads the source, line by line, in one of three ways:
**
** by hash    A first pass, in no order, adds up the units of each group and
**            period (unit_totals.h).  Only where a total may be more than its cap
**            a second pass keeps the lines of those groups and periods, which are
**            then put in order and counted exactly; it looks at no other column of
**            the members and providers that are not among them.  The totals may be too high,
**            never too low: they still contain lines that another line voids.
** at once    Where a member is asked for: its lines are kept, all of them.
** in order   Where the source gives the order by itself, or where the totals would
**            take more memory than SESSION_TOTALS_BYTES: SQLite sorts (on disk, if
**            it must), and groups are counted one after the other.
**
** The first two hand the lines to an aggregate function, sessions_over_cap_read,
** that is registered for this alone (as is sessions_over_cap_asked, the filter of
** the second pass): they do nothing without a pointer that only we can bind.  So one sqlite3_step reads the whole source, without a return to
** us, and without the locks that each sqlite3_column_... takes, for every line.
** And SQLite polls for interruption as it does in any query.
*/
#include "cap_audit.h"

#include "../billing/date.h"
#include "../billing/sort.h"

#include <string.h>

#ifndef SESSION_TOTALS_BYTES
#define SESSION_TOTALS_BYTES ((size_t)1 << 29)
#endif

const char *const h2040_session_fields[SESSION_FIELDS] = {
  "member_id", "service_date", "units", "hcpcs_code", "payer_id", "rendering_npi", "claim_id",
  "claim_line_number", "prior_auth_number", "claim_frequency_code", "original_claim_id",
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
  h2040_source_open(&audit->source, audit->fault, audit->db, "sessions_over_cap", request->schema,
                    request->source ? request->source : "claim_line", request->columns, h2040_session_fields,
                    SESSION_FIELDS);
  require(audit, MEMBER_ID, false, "");
  require(audit, SERVICE_DATE, false, "");
  require(audit, UNITS, false, ", or waive it with {\"units\": null} (one unit a line)");
  require(audit, HCPCS_CODE, every_code,
          ", or waive it with {\"hcpcs_code\": null} or hcpcs_codes = '*' (every line counts)");
  require(audit, PAYER_ID, request->cap != NULL, ", or waive it with {\"payer_id\": null} (no payer is known)");
}

/* A cap by provider, and nothing that tells providers apart. */
static void require_provider(struct cap_audit *audit) {
  if (!audit->scope[SCOPE_PROVIDER] && !audit->scope[SCOPE_MEMBER_AND_PROVIDER]) return;
  require(audit, RENDERING_NPI, false, ", or waive it with {\"rendering_npi\": null} (one provider), for a cap counts by provider");
}

/* ---- one line, as it lies in a statement ---- */

struct scan {
  struct cap_audit *audit;
  void (*each)(struct scan *scan, sqlite3_value **value);
  int at[SESSION_FIELDS]; /* where the statement has a column of ours; -1: nowhere */
};

struct seen_line {
  struct cell payer, member, provider;
  const struct counted_code *code;
  const uint64_t *caps_of_payer;
  int64_t units;
  int32_t day;
  bool voids; /* and is not counted itself */
  enum reading read_member, read_date, read_units;
};

static sqlite3_value *value_of(const struct scan *scan, sqlite3_value **value, enum session_field field) {
  return scan->at[field] >= 0 ? value[scan->at[field]] : NULL;
}

static struct cell cell_in(const struct scan *scan, sqlite3_value **value, enum session_field field) {
  sqlite3_value *v = value_of(scan, value, field);
  return v ? h2040_cell_of(scan->audit->fault, v) : (struct cell){ 0 };
}

static const struct counted_code *code_in(const struct scan *scan, sqlite3_value **value) {
  struct cap_audit *audit = scan->audit;
  sqlite3_value *v = value_of(scan, value, HCPCS_CODE);
  if (!v || sqlite3_value_type(v) == SQLITE_NULL) return &audit->other_code;
  const char *z = (const char *)sqlite3_value_text(v);
  struct text code = { z, (size_t)sqlite3_value_bytes(v) };
  if (!z) return &audit->other_code;
  for (size_t i = 0; i < audit->codes; i++) {
    struct text listed = audit->code[i].code;
    if (code.n == listed.n && memcmp(code.z, listed.z, code.n) == 0) return audit->code + i;
  }
  code = h2040_trim(code);
  for (size_t i = 0; i < audit->codes; i++) {
    if (h2040_same(code, audit->code[i].code)) return audit->code + i;
  }
  return &audit->other_code;
}

static const uint64_t *caps_of_payer(const struct cap_audit *audit, const struct cell *payer) {
  if (audit->payers.used == 0) return audit->caps_of_others;
  struct cell in_terms = h2040_cell_in_terms(payer, audit->judge.cap_payer);
  const struct kept_cell *kept = h2040_cell_set_find(&audit->payers, &in_terms, h2040_cell_hash(&in_terms));
  return kept ? kept->belongs : audit->caps_of_others;
}

/* Most identifiers are seen at once not to be blank: longer than any placeholder,
** and no space at either end; or a number. */
static enum reading read_member(const struct cell *member) {
  enum { LONGEST_PLACEHOLDER = 7 };
  if (member->kind == CELL_NULL) return BLANK;
  if (member->kind < CELL_TEXT) return READ;
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
    h2040_read_value(audit->fault, v, &value, false);
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
  h2040_read_value(audit->fault, v, &value, false);
  if (value.kind == VALUE_TEXT && value.text.n == ISO_SIZE) {
    uint64_t head, tail;
    memcpy(&head, value.text.z, 8);
    memcpy(&tail, value.text.z + 2, 8);
    struct day_memo *memo = audit->day_memo + ((head ^ tail) * 0x9E3779B97F4A7C15u >> 54);
    if (memo->head == head && memo->tail == tail) {
      *day = memo->day;
      return READ;
    }
    if (!h2040_day_of_text(value.text, day)) return h2040_read_date(&value, day);
    *memo = (struct day_memo){ head, tail, *day };
    return READ;
  }
  return h2040_read_date(&value, day);
}

static void open_day_memo(struct cap_audit *audit) {
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
  struct cell original = cell_in(scan, value, ORIGINAL_CLAIM_ID);
  struct cell own = cell_in(scan, value, CLAIM_ID);
  original = h2040_cell_in_terms(&original, audit->claims);
  own = h2040_cell_in_terms(&own, audit->claims);
  if (original.kind == CELL_NULL || h2040_cell_same(&original, &own)) return;
  if (!h2040_cell_set_keep(&audit->replaced, &original, h2040_cell_hash(&original))) h2040_fail_memory(audit->fault);
}

static bool is_replaced(const struct cap_audit *audit, const struct cell *claim_id) {
  if (audit->replaced.used == 0 || claim_id->kind == CELL_NULL) return false;
  struct cell claim = h2040_cell_in_terms(claim_id, audit->claims);
  return h2040_cell_set_find(&audit->replaced, &claim, h2040_cell_hash(&claim)) != NULL;
}

static int64_t frequency_of(struct scan *scan, sqlite3_value **value) {
  sqlite3_value *v = value_of(scan, value, CLAIM_FREQUENCY_CODE);
  struct value frequency = { 0 };
  int64_t number = 0;
  if (!v) return 0;
  h2040_read_value(scan->audit->fault, v, &frequency, false);
  return h2040_read_whole_number(&frequency, &number) == READ ? number : 0;
}

/* false: no cap counts it. */
static bool look_at(struct scan *scan, sqlite3_value **value, struct seen_line *seen) {
  enum { VOID = 8 };
  struct cap_audit *audit = scan->audit;
  int64_t frequency = frequency_of(scan, value);
  if (frequency != 0) note_replaced(scan, value, frequency);
  if (frequency == VOID) return false;
  seen->code = code_in(scan, value);
  seen->payer = cell_in(scan, value, PAYER_ID);
  seen->caps_of_payer = caps_of_payer(audit, &seen->payer);
  if (!share_a_cap(audit, seen->code->caps, seen->caps_of_payer)) return false;
  seen->member = cell_in(scan, value, MEMBER_ID);
  seen->read_member = read_member(&seen->member);
  seen->read_date = read_day(audit, value_of(scan, value, SERVICE_DATE), &seen->day);
  seen->read_units = read_units(audit, value_of(scan, value, UNITS), &seen->units);
  return audit->fault->rc == SQLITE_OK;
}

static bool is_unreadable(const struct seen_line *seen) {
  return seen->read_member != READ || seen->read_date != READ || seen->read_units != READ;
}

/* ---- the first pass ---- */

struct group_hash {
  uint64_t of[SCOPE_PROVIDER + 1];
};

static struct group_hash hash_groups(const struct cap_audit *audit, const struct seen_line *seen) {
  struct group_hash hash = { 0 };
  uint64_t payer = seen->payer.kind == CELL_NULL ? 0 : h2040_cell_hash(&seen->payer) * 0x9E3779B97F4A7C15u;
  if (audit->scope[SCOPE_MEMBER] || audit->scope[SCOPE_MEMBER_AND_PROVIDER]) {
    hash.of[SCOPE_MEMBER] = payer ^ h2040_cell_hash(&seen->member);
  }
  if (audit->scope[SCOPE_MEMBER_AND_PROVIDER] || audit->scope[SCOPE_PROVIDER]) {
    uint64_t provider = h2040_cell_hash(&seen->provider);
    hash.of[SCOPE_PROVIDER] = payer ^ provider;
    hash.of[SCOPE_MEMBER_AND_PROVIDER] = mix_bits(hash.of[SCOPE_MEMBER]) ^ provider;
  }
  return hash;
}

static uint64_t total_key(const struct group_hash *hash, const struct session_cap *cap, size_t index, int32_t number) {
  uint64_t period = (uint64_t)index << 32 | (uint32_t)number;
  return mix_bits(hash->of[cap->scope] ^ (period + 1) * 0xD1B54A32D192ED03u);
}

/* Does the cap count the line, and is anything asked for that the line could change? */
static bool counts(const struct session_cap *cap, const struct seen_line *seen) {
  return seen->day >= cap->needed_from && seen->day <= cap->needed_to;
}

/* ---- who is asked for in the second pass ---- */

static uint64_t party_hash(const struct cell *party, bool by_provider) {
  return mix_bits(h2040_cell_hash(party) + by_provider);
}

static bool add_or_stop(struct cap_audit *audit, struct unit_totals *totals, uint64_t hash, int64_t units,
                        uint32_t *total) {
  enum unit_totals_result result = h2040_unit_totals_add(totals, hash, units, total);
  if (result == TOTALS_FULL) audit->totals_full = true;
  if (result == TOTALS_NO_MEMORY) h2040_fail_memory(audit->fault);
  return result == TOTALS_ADDED;
}

static void ask_for(struct cap_audit *audit, const struct cell *party, bool by_provider) {
  uint32_t times;
  add_or_stop(audit, &audit->asked, party_hash(party, by_provider), 1, &times);
}

static bool is_asked(const struct cap_audit *audit, const struct cell *party, bool by_provider) {
  return h2040_unit_totals_of(&audit->asked, party_hash(party, by_provider)) > 0;
}

/* A rolling window lies in two of the periods that are added up: one of them has
** at least half of it. */
static bool total_asks(const struct session_cap *cap, int64_t total) {
  uint32_t units = total < (int64_t)TOTAL_UNKNOWN ? (uint32_t)total : TOTAL_UNKNOWN;
  return totals_may_exceed(units, cap_period_rolls(&cap->period) ? units : 0, cap->max_units);
}

static void add_to_totals(struct cap_audit *audit, const struct seen_line *seen) {
  struct group_hash hash = hash_groups(audit, seen);
  for (size_t word = 0; word < cap_words(audit->caps); word++) {
    uint64_t bits = seen->code->caps[word] & seen->caps_of_payer[word];
    for (size_t i = word * 64; bits; i++, bits >>= 1) {
      const struct session_cap *cap = audit->cap + i;
      bool by_provider = cap->scope == SCOPE_PROVIDER;
      uint32_t total;
      if (!(bits & 1) || !counts(cap, seen)) continue;
      uint64_t key = total_key(&hash, cap, i, h2040_cap_period_number(&cap->period, seen->day));
      if (!add_or_stop(audit, &audit->totals, key, seen->units, &total)) return;
      /* Not only the line that tips the total: where two groups share one, each has
      ** a line by which its own units alone would ask. */
      if (total_asks(cap, total)) ask_for(audit, by_provider ? &seen->provider : &seen->member, by_provider);
    }
  }
}

static void add_up(struct scan *scan, sqlite3_value **value) {
  struct cap_audit *audit = scan->audit;
  struct seen_line seen;
  if (!look_at(scan, value, &seen)) return;
  if (is_unreadable(&seen)) {
    ask_for(audit, &seen.member, false);
    return;
  }
  seen.provider = cell_in(scan, value, RENDERING_NPI);
  add_to_totals(audit, &seen);
}

/* ---- keeping lines ---- */

static bool may_pass_a_cap(const struct cap_audit *audit, const struct seen_line *seen) {
  struct group_hash hash = hash_groups(audit, seen);
  for (size_t word = 0; word < cap_words(audit->caps); word++) {
    uint64_t bits = seen->code->caps[word] & seen->caps_of_payer[word];
    for (size_t i = word * 64; bits; i++, bits >>= 1) {
      const struct session_cap *cap = audit->cap + i;
      if (!(bits & 1) || !counts(cap, seen)) continue;
      int32_t number = h2040_cap_period_number(&cap->period, seen->day);
      uint32_t total = h2040_unit_totals_of(&audit->totals, total_key(&hash, cap, i, number));
      uint32_t before = 0;
      uint32_t after = 0;
      if (cap_period_rolls(&cap->period)) {
        before = h2040_unit_totals_of(&audit->totals, total_key(&hash, cap, i, number - 1));
        after = h2040_unit_totals_of(&audit->totals, total_key(&hash, cap, i, number + 1));
      }
      if (totals_may_exceed(total, before > after ? before : after, cap->max_units)) return true;
    }
  }
  return false;
}

static const struct cell *keep_once(struct cap_audit *audit, struct cell_set *set, const struct cell *cell) {
  struct kept_cell *kept = h2040_cell_set_keep(set, cell, h2040_cell_hash(cell));
  if (!kept) h2040_fail_memory(audit->fault);
  return kept ? &kept->cell : NULL; /* never looked at after a fault */
}

static struct cell keep_cell(struct cap_audit *audit, struct arena *arena, struct cell cell) {
  if (!h2040_cell_keep(&cell, arena)) h2040_fail_memory(audit->fault);
  return cell;
}

static struct session_line *keep_line(struct scan *scan, sqlite3_value **value, const struct seen_line *seen,
                                      struct arena *arena) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = h2040_arena_take(arena, sizeof *line);
  if (!line) {
    h2040_fail_memory(audit->fault);
    return NULL;
  }
  *line = (struct session_line){ .code = seen->code, .units = seen->units, .day = seen->day };
  line->claim_id = keep_cell(audit, arena, cell_in(scan, value, CLAIM_ID));
  line->claim_line_number = keep_cell(audit, arena, cell_in(scan, value, CLAIM_LINE_NUMBER));
  struct cell number = cell_in(scan, value, PRIOR_AUTH_NUMBER);
  bool named = number.kind != CELL_NULL
               && !(number.kind >= CELL_TEXT && h2040_blank((struct text){ number.bytes, number.size }));
  if (named) line->prior_auth_number = keep_cell(audit, arena, number);
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
                 "that is no day, or more than one; write it YYYY-MM-DD");
  if (seen->read_units != READ) {
    append_problem(scan, problem, UNITS, seen->read_units, value_of(scan, value, UNITS),
                   "units are whole numbers, 0 or more");
  }
  char *text = sqlite3_str_finish(problem);
  struct cell words = { .kind = CELL_TEXT, .bytes = text };
  if (text) words.size = (uint32_t)strlen(text) + 1;
  if (!text || !h2040_cell_keep(&words, &audit->arena)) h2040_fail_memory(audit->fault);
  sqlite3_free(text);
  return words.bytes;
}

static void keep_unreadable(struct scan *scan, sqlite3_value **value, const struct seen_line *seen) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = keep_line(scan, value, seen, &audit->arena);
  struct unreadable_line *unreadable = h2040_cap_audit_take(audit, sizeof *unreadable);
  struct cell *who = h2040_cap_audit_take(audit, 3 * sizeof *who);
  if (audit->fault->rc != SQLITE_OK) return;
  sqlite3_value *units = value_of(scan, value, UNITS);
  who[0] = keep_cell(audit, &audit->arena, seen->payer);
  who[1] = keep_cell(audit, &audit->arena, seen->member);
  who[2] = keep_cell(audit, &audit->arena, cell_in(scan, value, RENDERING_NPI));
  line->payer = who;
  line->member = who + 1;
  line->provider = who + 2;
  *unreadable = (struct unreadable_line){ .problem = problem_of(scan, value, seen) };
  unreadable->service_date = keep_cell(audit, &audit->arena, cell_in(scan, value, SERVICE_DATE));
  if (units) unreadable->units = keep_cell(audit, &audit->arena, cell_in(scan, value, UNITS));
  line->unreadable = unreadable;
  if (audit->fault->rc == SQLITE_OK && !h2040_judge_keep(&audit->judge, &(struct cap_row){ .line = line })) {
    h2040_fail_memory(audit->fault);
  }
}

/* ---- the second pass, and the lines of one member ---- */

static void chain_line(struct scan *scan, sqlite3_value **value, const struct seen_line *seen) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = keep_line(scan, value, seen, &audit->arena);
  if (!line) return;
  line->payer = keep_once(audit, &audit->kept_payers, &seen->payer);
  line->member = keep_once(audit, &audit->kept_members, &seen->member);
  line->provider = keep_once(audit, &audit->kept_providers, &seen->provider);
  *audit->last_line = line;
  audit->last_line = &line->next;
  audit->lines++;
}

static void keep_candidate(struct scan *scan, sqlite3_value **value) {
  struct cap_audit *audit = scan->audit;
  struct seen_line seen;
  if (!look_at(scan, value, &seen)) return;
  bool unreadable = is_unreadable(&seen);
  seen.provider = cell_in(scan, value, RENDERING_NPI);
  if (!unreadable && !may_pass_a_cap(audit, &seen)) return;
  struct cell claim = cell_in(scan, value, CLAIM_ID);
  if (is_replaced(audit, &claim)) return;
  if (unreadable) keep_unreadable(scan, value, &seen);
  else chain_line(scan, value, &seen);
}

static void keep_each(struct scan *scan, sqlite3_value **value) {
  struct seen_line seen;
  if (!look_at(scan, value, &seen)) return;
  struct cell claim = cell_in(scan, value, CLAIM_ID);
  if (is_replaced(scan->audit, &claim)) return;
  seen.provider = cell_in(scan, value, RENDERING_NPI);
  if (is_unreadable(&seen)) keep_unreadable(scan, value, &seen);
  else chain_line(scan, value, &seen);
}

static void note_only(struct scan *scan, sqlite3_value **value) {
  note_replaced(scan, value, frequency_of(scan, value));
}

/* ---- statements ---- */

static void append_field(struct scan *scan, sqlite3_str *sql, enum session_field field, int *columns,
                         const char *before) {
  scan->at[field] = -1;
  if (!source_has(&scan->audit->source, field)) return;
  sqlite3_str_appendall(sql, *columns == 0 ? before : ", ");
  h2040_source_append_column(&scan->audit->source, sql, (int)field);
  scan->at[field] = (*columns)++;
}

static void append_fields(struct scan *scan, sqlite3_str *sql, const bool wanted[SESSION_FIELDS],
                          const char *before) {
  int columns = 0;
  for (int field = 0; field < SESSION_FIELDS; field++) {
    if (wanted[field]) append_field(scan, sql, (enum session_field)field, &columns, before);
    else scan->at[field] = -1;
  }
}

enum { MEMBER_PARAMETER = 2, PAYER_PARAMETER = 3 };

static const char *append_source(struct cap_audit *audit, sqlite3_str *sql) {
  const char *glue = " WHERE ";
  h2040_source_append_from(&audit->source, sql);
  if (audit->member) h2040_append_same(&audit->source, sql, &glue, MEMBER_ID, audit->member, MEMBER_PARAMETER);
  if (audit->payer) h2040_append_same(&audit->source, sql, &glue, PAYER_ID, audit->payer, PAYER_PARAMETER);
  return glue;
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

static void bind_source(struct cap_audit *audit, sqlite3_stmt *statement) {
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
    struct cell party = h2040_cell_of(scan->audit->fault, value[i]);
    yes = is_asked(scan->audit, &party, i > 1);
  }
  /* Where the caps by provider see one provider only, nobody can be left out. */
  if (count == 2 && scan->audit->scope[SCOPE_PROVIDER]) yes = true;
  sqlite3_result_int(context, yes || scan->audit->fault->rc != SQLITE_OK);
}

void h2040_register_session_reading(struct fault *fault, sqlite3 *db) {
  int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
  if (fault->rc != SQLITE_OK) return;
  int rc = sqlite3_create_function_v2(db, "sessions_over_cap_read", -1, flags, NULL, NULL, read_step, read_final, NULL);
  if (rc == SQLITE_OK) {
    rc = sqlite3_create_function_v2(db, "sessions_over_cap_asked", -1, flags, NULL, asked, NULL, NULL, NULL);
  }
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
}

enum lines_read { EVERY_LINE, PUSHED_LINES, ASKED_LINES };

/* Hands lines to each, in no order. */
static void read_all(struct cap_audit *audit, const bool wanted[SESSION_FIELDS], enum lines_read which,
                     void (*each)(struct scan *scan, sqlite3_value **value)) {
  struct scan scan = { .audit = audit, .each = each };
  if (audit->fault->rc != SQLITE_OK) return;
  sqlite3_str *sql = sqlite3_str_new(audit->db);
  sqlite3_str_appendall(sql, "SELECT sessions_over_cap_read(?1");
  append_fields(&scan, sql, wanted, ", ");
  sqlite3_str_appendall(sql, ")");
  if (which == EVERY_LINE) {
    h2040_source_append_from(&audit->source, sql);
  } else {
    const char *glue = append_source(audit, sql);
    if (which == ASKED_LINES) append_asked(audit, sql, glue);
  }
  sqlite3_stmt *statement = h2040_prepare_built(audit->fault, audit->db, sql);
  if (!statement) return;
  if (which != EVERY_LINE) bind_source(audit, statement);
  int rc = sqlite3_bind_pointer(statement, 1, &scan, pointer_type, NULL);
  if (rc != SQLITE_OK) h2040_fail_db(audit->fault, audit->db, rc);
  if (audit->fault->rc == SQLITE_OK) {
    rc = sqlite3_step(statement);
    /* A fault of ours came first: the step's error is only how it stopped. */
    if (rc != SQLITE_ROW && !audit->totals_full) h2040_fail_db(audit->fault, audit->db, rc);
  }
  sqlite3_finalize(statement);
}

static bool has_replacements(const struct cap_audit *audit) {
  const struct source *source = &audit->source;
  return source_has(source, CLAIM_FREQUENCY_CODE) && source_has(source, ORIGINAL_CLAIM_ID) && source_has(source, CLAIM_ID);
}

static void read_replaced(struct cap_audit *audit) {
  static const bool wanted[SESSION_FIELDS] = {
    [CLAIM_ID] = true, [CLAIM_FREQUENCY_CODE] = true, [ORIGINAL_CLAIM_ID] = true,
  };
  if (has_replacements(audit)) read_all(audit, wanted, EVERY_LINE, note_only);
  audit->replaced_known = true;
}

/* Does SQLite's plan for a statement say that? */
static bool plan_says(struct cap_audit *audit, const char *sql, const char *words) {
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

/* ---- groups of kept lines ---- */

struct line_group {
  struct line_group *next_of_party; /* the same member or provider with another payer */
  const struct cell *payer, *party;
  struct session_line *first, **last;
  size_t count;
};

/* The cells are kept once, so a group is known by their addresses. */
static struct line_group *group_of(struct cap_audit *audit, const struct session_line *line, bool by_provider,
                                   size_t *groups) {
  /* A kept cell begins with its cell. */
  struct kept_cell *party = (struct kept_cell *)(by_provider ? line->provider : line->member);
  struct line_group *group = party->belongs;
  while (group && group->payer != line->payer) group = group->next_of_party;
  if (group) return group;
  group = h2040_cap_audit_take(audit, sizeof *group);
  if (!group) return NULL;
  *group = (struct line_group){ .next_of_party = party->belongs, .payer = line->payer, .party = &party->cell };
  group->last = &group->first;
  party->belongs = group;
  (*groups)++;
  return group;
}

static int order_of_groups(const void *left, const void *right, const void *context) {
  const struct line_group *a = left;
  const struct line_group *b = right;
  (void)context;
  int order = a->payer == b->payer ? 0 : h2040_cell_order(a->payer, b->payer);
  return order != 0 ? order : h2040_cell_order(a->party, b->party);
}

static void judge_groups(struct cap_audit *audit, const void **group, size_t groups, bool by_provider) {
  enum { GROUPS_BETWEEN_QUESTIONS = 256 };
  const struct sorting sorting = { order_of_groups, NULL, h2040_cap_audit_proceed, audit };
  if (!h2040_sort(&sorting, group, group + groups, groups)) return;
  for (size_t i = 0; i < groups; i++) {
    const struct line_group *g = group[i];
    if (!h2040_judge_group(&audit->judge, g->first, g->count, by_provider)) h2040_fail_memory(audit->fault);
    if (audit->fault->rc != SQLITE_OK) return;
    if (i % GROUPS_BETWEEN_QUESTIONS == 0 && !h2040_cap_audit_proceed(audit)) return;
  }
}

/* Counts the kept lines exactly. */
static void judge_kept(struct cap_audit *audit, bool by_provider) {
  size_t groups = 0;
  size_t listed = 0;
  for (struct session_line *line = audit->first_line; line; line = line->next) {
    struct line_group *group = group_of(audit, line, by_provider, &groups);
    if (!group) return;
    line->next_of_group = NULL;
    *group->last = line;
    group->last = &line->next_of_group;
    group->count++;
  }
  const void **group = sqlite3_malloc64(2 * groups * sizeof *group + 1);
  if (!group) {
    h2040_fail_memory(audit->fault);
    return;
  }
  for (struct session_line *line = audit->first_line; line; line = line->next) {
    struct line_group *of_line = group_of(audit, line, by_provider, &groups);
    if (of_line->first == line) group[listed++] = of_line;
  }
  judge_groups(audit, group, listed, by_provider);
  sqlite3_free(group);
}

static bool by_member(const struct cap_audit *audit) {
  return audit->scope[SCOPE_MEMBER] || audit->scope[SCOPE_MEMBER_AND_PROVIDER];
}

static void judge_all_kept(struct cap_audit *audit) {
  if (audit->fault->rc == SQLITE_OK && by_member(audit)) judge_kept(audit, false);
  if (audit->fault->rc == SQLITE_OK && audit->scope[SCOPE_PROVIDER]) judge_kept(audit, true);
}

/* ---- by hash ---- */

static const bool every_field[SESSION_FIELDS] = {
  true, true, true, true, true, true, true, true, true, true, true,
};

/* false: the totals would have taken too much memory. */
static bool read_by_hash(struct cap_audit *audit) {
  bool replacements = has_replacements(audit);
  bool wanted[SESSION_FIELDS] = {
    [MEMBER_ID] = true, [SERVICE_DATE] = true, [UNITS] = true, [HCPCS_CODE] = true, [PAYER_ID] = true,
    [RENDERING_NPI] = audit->scope[SCOPE_PROVIDER] || audit->scope[SCOPE_MEMBER_AND_PROVIDER],
    [CLAIM_FREQUENCY_CODE] = true,
    [ORIGINAL_CLAIM_ID] = replacements, [CLAIM_ID] = replacements,
  };
  if (audit->payer) read_replaced(audit); /* a line of another payer may replace one of this */
  if (audit->fault->rc != SQLITE_OK) return true;
  if (!h2040_unit_totals_open(&audit->totals, SESSION_TOTALS_BYTES)
      || !h2040_unit_totals_open(&audit->asked, SESSION_TOTALS_BYTES)) h2040_fail_memory(audit->fault);
  read_all(audit, wanted, PUSHED_LINES, add_up);
  if (!audit->totals_full) {
    audit->replaced_known = true;
    if (audit->asked.used > 0) read_all(audit, every_field, ASKED_LINES, keep_candidate);
    h2040_unit_totals_close(&audit->totals);
    judge_all_kept(audit);
    return true;
  }
  h2040_unit_totals_close(&audit->totals);
  audit->totals_full = false;
  return false;
}

/* ---- at once: the lines of one member ---- */

static void bind_cell(struct fault *fault, sqlite3_stmt *statement, const struct cell *cell) {
  int rc;
  switch (cell->kind) {
    case CELL_INTEGER: rc = sqlite3_bind_int64(statement, 1, cell->integer); break;
    case CELL_REAL: rc = sqlite3_bind_double(statement, 1, cell->real); break;
    case CELL_TEXT: rc = sqlite3_bind_text64(statement, 1, cell->bytes, cell->size, SQLITE_STATIC, SQLITE_UTF8); break;
    case CELL_BLOB: rc = sqlite3_bind_blob64(statement, 1, cell->bytes, cell->size, SQLITE_STATIC); break;
    default: rc = sqlite3_bind_null(statement, 1);
  }
  if (rc != SQLITE_OK) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
}

/* Looks for the lines that replace a claim of the kept lines, by an index on
** original_claim_id.  false: there is none. */
static bool look_up_replaced(struct cap_audit *audit) {
  const struct source *source = &audit->source;
  static const bool wanted[SESSION_FIELDS] = {
    [CLAIM_ID] = true, [CLAIM_FREQUENCY_CODE] = true, [ORIGINAL_CLAIM_ID] = true,
  };
  struct scan scan = { .audit = audit };
  if (audit->claims != MATCH_AS_THEY_ARE) return false;
  sqlite3_str *text = sqlite3_str_new(audit->db);
  append_fields(&scan, text, wanted, "SELECT ");
  h2040_source_append_from(source, text);
  sqlite3_str_appendall(text, " WHERE ");
  h2040_source_append_column(source, text, ORIGINAL_CLAIM_ID);
  sqlite3_str_appendall(text, " = ?1");
  char *sql = sqlite3_str_finish(text);
  if (!sql) h2040_fail_memory(audit->fault);
  bool indexed = sql && plan_says(audit, sql, "SEARCH");
  sqlite3_stmt *statement = indexed ? h2040_prepare(audit->fault, audit->db, sql) : NULL;
  sqlite3_free(sql);
  for (struct session_line *line = audit->first_line; line && statement; line = line->next) {
    if (line->claim_id.kind == CELL_NULL || is_replaced(audit, &line->claim_id)) continue;
    bind_cell(audit->fault, statement, &line->claim_id);
    while (h2040_step(audit->fault, statement)) {
      sqlite3_value *value[3];
      for (int i = 0; i < 3; i++) value[i] = sqlite3_column_value(statement, i);
      note_only(&scan, value);
    }
    sqlite3_reset(statement);
    if (audit->fault->rc != SQLITE_OK) break;
  }
  sqlite3_finalize(statement);
  return indexed;
}

static void drop_replaced(struct cap_audit *audit) {
  struct session_line **link = &audit->first_line;
  while (*link) {
    if (is_replaced(audit, &(*link)->claim_id)) *link = (*link)->next;
    else link = &(*link)->next;
  }
}

static void read_at_once(struct cap_audit *audit) {
  bool lookups = has_replacements(audit);
  /* The line that replaces one of this member's may be another member's. */
  audit->replaced_known = true;
  size_t unreadable = audit->judge.rows;
  read_all(audit, every_field, PUSHED_LINES, keep_each);
  audit->replaced_known = false;
  if (lookups && audit->fault->rc == SQLITE_OK) {
    if (!look_up_replaced(audit)) read_replaced(audit);
    drop_replaced(audit);
    size_t kept = unreadable;
    for (size_t i = unreadable; i < audit->judge.rows; i++) {
      if (!is_replaced(audit, &audit->judge.row[i].line->claim_id)) audit->judge.row[kept++] = audit->judge.row[i];
    }
    audit->judge.rows = kept;
  }
  judge_all_kept(audit);
}

/* ---- in order ---- */

struct group_at_hand {
  struct cell payer, party;
  struct session_line *first, **last;
  size_t count;
  size_t rows; /* that there were before it */
  struct arena_mark mark;
};

static void start_group(struct cap_audit *audit, struct group_at_hand *group, const struct seen_line *seen,
                        bool by_provider) {
  *group = (struct group_at_hand){ .rows = audit->judge.rows, .mark = arena_mark(&audit->passing) };
  group->last = &group->first;
  group->payer = keep_cell(audit, &audit->passing, seen->payer);
  group->party = keep_cell(audit, &audit->passing, by_provider ? seen->provider : seen->member);
}

static const struct cell *keep_alone(struct cap_audit *audit, const struct cell *cell) {
  struct cell *kept = h2040_arena_take(&audit->passing, sizeof *kept);
  if (!kept) h2040_fail_memory(audit->fault);
  else *kept = keep_cell(audit, &audit->passing, *cell);
  return kept;
}

static void add_to_group(struct scan *scan, sqlite3_value **value, const struct seen_line *seen,
                         struct group_at_hand *group, bool by_provider) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = keep_line(scan, value, seen, &audit->passing);
  if (!line) return;
  const struct session_line *first = group->first ? group->first : NULL;
  line->payer = first ? first->payer : keep_alone(audit, &group->payer);
  line->member = first && !by_provider ? first->member : keep_alone(audit, &seen->member);
  line->provider = first && by_provider ? first->provider : keep_alone(audit, &seen->provider);
  *group->last = line;
  group->last = &line->next_of_group;
  group->count++;
}

static void end_group(struct cap_audit *audit, struct group_at_hand *group, bool by_provider) {
  if (!group->first || audit->fault->rc != SQLITE_OK) return;
  if (!h2040_judge_group(&audit->judge, group->first, group->count, by_provider)) h2040_fail_memory(audit->fault);
  if (audit->judge.rows == group->rows) h2040_arena_rewind(&audit->passing, group->mark);
  group->first = NULL;
}

static void append_in_order(struct cap_audit *audit, struct scan *scan, sqlite3_str *sql, bool by_provider) {
  enum session_field party = by_provider ? RENDERING_NPI : MEMBER_ID;
  const char *before = " ORDER BY ";
  append_fields(scan, sql, every_field, "SELECT ");
  append_source(audit, sql);
  if (source_has(&audit->source, PAYER_ID)) {
    sqlite3_str_appendall(sql, before);
    h2040_source_append_column(&audit->source, sql, PAYER_ID);
    sqlite3_str_appendall(sql, " COLLATE BINARY");
    before = ", ";
  }
  if (source_has(&audit->source, party)) {
    sqlite3_str_appendall(sql, before);
    h2040_source_append_column(&audit->source, sql, (int)party);
    sqlite3_str_appendall(sql, " COLLATE BINARY");
  }
}

static void read_in_order(struct cap_audit *audit, bool by_provider, bool tell_unreadable) {
  struct scan scan = { .audit = audit };
  struct group_at_hand group = { 0 };
  sqlite3_value *value[SESSION_FIELDS];
  if (audit->fault->rc != SQLITE_OK) return;
  sqlite3_str *sql = sqlite3_str_new(audit->db);
  append_in_order(audit, &scan, sql, by_provider);
  sqlite3_stmt *statement = h2040_prepare_built(audit->fault, audit->db, sql);
  bind_source(audit, statement);
  int columns = statement ? sqlite3_column_count(statement) : 0;
  while (h2040_step(audit->fault, statement)) {
    struct seen_line seen;
    for (int i = 0; i < columns; i++) value[i] = sqlite3_column_value(statement, i);
    if (!look_at(&scan, value, &seen)) continue;
    struct cell claim = cell_in(&scan, value, CLAIM_ID);
    if (is_replaced(audit, &claim)) continue;
    if (is_unreadable(&seen)) {
      if (tell_unreadable) keep_unreadable(&scan, value, &seen);
      continue;
    }
    seen.provider = cell_in(&scan, value, RENDERING_NPI);
    const struct cell *party = by_provider ? &seen.provider : &seen.member;
    if (!group.first || !h2040_cell_same(&group.payer, &seen.payer) || !h2040_cell_same(&group.party, party)) {
      end_group(audit, &group, by_provider);
      start_group(audit, &group, &seen, by_provider);
    }
    add_to_group(&scan, value, &seen, &group, by_provider);
  }
  end_group(audit, &group, by_provider);
  sqlite3_finalize(statement);
}

static void read_all_in_order(struct cap_audit *audit) {
  if (!audit->replaced_known) read_replaced(audit);
  if (by_member(audit)) read_in_order(audit, false, true);
  if (audit->scope[SCOPE_PROVIDER]) read_in_order(audit, true, !by_member(audit));
}

/* Does the source give its lines in order without sorting, and without going from
** an index to the table for each? */
static bool ordered_by_itself(struct cap_audit *audit) {
  struct scan scan = { .audit = audit };
  if (by_member(audit) && audit->scope[SCOPE_PROVIDER]) return false;
  sqlite3_str *text = sqlite3_str_new(audit->db);
  append_in_order(audit, &scan, text, audit->scope[SCOPE_PROVIDER]);
  char *sql = sqlite3_str_finish(text);
  if (!sql) h2040_fail_memory(audit->fault);
  bool ordered = sql && !plan_says(audit, sql, "USE TEMP B-TREE") && !plan_says(audit, sql, " USING INDEX ");
  sqlite3_free(sql);
  return ordered;
}

void h2040_read_session_lines(struct cap_audit *audit) {
  require_provider(audit);
  if (audit->fault->rc != SQLITE_OK || audit->caps == 0) return;
  open_day_memo(audit);
  audit->last_line = &audit->first_line;
  audit->replaced.arena = &audit->arena;
  audit->kept_payers.arena = &audit->arena;
  audit->kept_members.arena = &audit->arena;
  audit->kept_providers.arena = &audit->arena;
  audit->claims = h2040_matching(source_affinity(&audit->source, CLAIM_ID), source_affinity(&audit->source, ORIGINAL_CLAIM_ID));
  if (audit->member) {
    read_at_once(audit);
    return;
  }
  if (!ordered_by_itself(audit) && read_by_hash(audit)) return;
  read_all_in_order(audit);
}
