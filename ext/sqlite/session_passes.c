/*
** Reads the source, line by line, in one of three ways:
**
** by hash    A first pass, in no order, adds up the units of each group and
**            period (unit_totals.h).  Only where a total may be more than its cap
**            a second pass keeps the lines of those groups and periods, which are
**            then put in order and counted exactly; of members and providers that
**            are not among them it looks at nothing else.  The totals may be too
**            high, never too low: they still contain lines that another line voids.
** at once    Where a member is asked for: its lines are kept, all of them.
** in order   Where the source gives the order by itself, or where the totals would
**            take more memory than SESSION_TOTALS_BYTES: SQLite sorts (on disk, if
**            it must), and groups are counted one after the other.
*/
#include "session_lines.h"

#include "../billing/sort.h"

#ifndef SESSION_TOTALS_BYTES
#define SESSION_TOTALS_BYTES ((size_t)1 << 29)
#endif

/* ---- the first pass ---- */

struct group_hash {
  uint64_t of[SCOPE_PROVIDER + 1];
};

static struct group_hash hash_groups(const struct cap_audit *audit, const struct seen_line *seen) {
  struct group_hash hash = { 0 };
  uint64_t payer = seen->payer.kind == VALUE_NULL ? 0 : h2040_value_hash(&seen->payer, audit->seed) * 0x9E3779B97F4A7C15u;
  if (audit->scope[SCOPE_MEMBER] || audit->scope[SCOPE_MEMBER_AND_PROVIDER]) {
    hash.of[SCOPE_MEMBER] = payer ^ h2040_value_hash(&seen->member, audit->seed);
  }
  if (audit->scope[SCOPE_MEMBER_AND_PROVIDER] || audit->scope[SCOPE_PROVIDER]) {
    uint64_t provider = h2040_value_hash(&seen->provider, audit->seed);
    hash.of[SCOPE_PROVIDER] = payer ^ provider;
    hash.of[SCOPE_MEMBER_AND_PROVIDER] = mix_bits(hash.of[SCOPE_MEMBER]) ^ provider;
  }
  return hash;
}

static uint64_t total_key(const struct group_hash *hash, const struct session_cap *cap, size_t index,
                          int32_t number) {
  uint64_t period = (uint64_t)index << 32 | (uint32_t)number;
  return mix_bits(hash->of[cap->scope] ^ (period + 1) * 0xD1B54A32D192ED03u);
}

/* Does the cap count the line, and is anything asked for that the line could change? */
static bool counts(const struct session_cap *cap, const struct seen_line *seen) {
  return seen->day >= cap->needed_from && seen->day <= cap->needed_to;
}

/* ---- who is asked for in the second pass ---- */

static bool add_or_stop(struct cap_audit *audit, struct unit_totals *totals, uint64_t hash, int64_t units,
                        uint32_t *total) {
  enum unit_totals_result result = h2040_unit_totals_add(totals, hash, units, total);
  if (result == TOTALS_FULL) audit->totals_full = true;
  if (result == TOTALS_NO_MEMORY) h2040_fail_memory(audit->fault);
  return result == TOTALS_ADDED;
}

static void ask_for(struct cap_audit *audit, const struct value *party, bool by_provider) {
  uint32_t times;
  add_or_stop(audit, &audit->asked, h2040_party_hash(audit, party, by_provider), 1, &times);
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
  if (!h2040_look_at_line(scan, value, &seen)) return;
  if (h2040_is_unreadable(&seen)) {
    ask_for(audit, &seen.member, false);
    return;
  }
  seen.provider = h2040_field_value(scan, value, RENDERING_NPI);
  add_to_totals(audit, &seen);
}

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

/* ---- the second pass, and the lines of one member ---- */

static const struct value *keep_once(struct cap_audit *audit, struct value_set *set, const struct value *value) {
  struct kept_value *kept = h2040_value_set_keep(set, value, h2040_value_hash(value, audit->seed));
  if (!kept) h2040_fail_memory(audit->fault);
  return kept ? &kept->value : NULL; /* never looked at after a fault */
}

static void chain_line(struct scan *scan, sqlite3_value **value, const struct seen_line *seen) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = h2040_keep_line(scan, value, seen, &audit->arena);
  if (!line) return;
  line->payer = keep_once(audit, &audit->kept_payers, &seen->payer);
  line->member = keep_once(audit, &audit->kept_members, &seen->member);
  line->provider = keep_once(audit, &audit->kept_providers, &seen->provider);
  *audit->last_line = line;
  audit->last_line = &line->next;
}

static void keep_candidate(struct scan *scan, sqlite3_value **value) {
  struct cap_audit *audit = scan->audit;
  struct seen_line seen;
  if (!h2040_look_at_line(scan, value, &seen)) return;
  bool unreadable = h2040_is_unreadable(&seen);
  seen.provider = h2040_field_value(scan, value, RENDERING_NPI);
  if (!unreadable && !may_pass_a_cap(audit, &seen)) return;
  struct value claim = h2040_field_value(scan, value, CLAIM_ID);
  if (h2040_is_replaced(audit, &claim)) return;
  if (unreadable) h2040_keep_unreadable(scan, value, &seen);
  else chain_line(scan, value, &seen);
}

static void keep_each(struct scan *scan, sqlite3_value **value) {
  struct seen_line seen;
  if (!h2040_look_at_line(scan, value, &seen)) return;
  seen.provider = h2040_field_value(scan, value, RENDERING_NPI);
  if (h2040_is_unreadable(&seen)) h2040_keep_unreadable(scan, value, &seen);
  else chain_line(scan, value, &seen);
}

/* ---- groups of kept lines ---- */

struct line_group {
  struct line_group *next_of_party; /* the same member or provider with another payer */
  const struct value *payer, *party;
  struct session_line *first, **last;
  size_t count;
};

/* The values are kept once, so a group is known by their addresses. */
static struct line_group *group_of(struct cap_audit *audit, const struct session_line *line, bool by_provider,
                                   size_t *groups) {
  /* A kept value begins with its value. */
  struct kept_value *party = (struct kept_value *)(by_provider ? line->provider : line->member);
  struct line_group *group = party->belongs;
  while (group && group->payer != line->payer) group = group->next_of_party;
  if (group) return group;
  group = h2040_cap_audit_take(audit, sizeof *group);
  if (!group) return NULL;
  *group = (struct line_group){ .next_of_party = party->belongs, .payer = line->payer, .party = &party->value };
  group->last = &group->first;
  party->belongs = group;
  (*groups)++;
  return group;
}

static int order_of_groups(const void *left, const void *right, const void *context) {
  const struct line_group *a = left;
  const struct line_group *b = right;
  (void)context;
  int order = a->payer == b->payer ? 0 : h2040_value_order(a->payer, b->payer);
  return order != 0 ? order : h2040_value_order(a->party, b->party);
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

/* false: the totals would have taken too much memory. */
static bool read_by_hash(struct cap_audit *audit) {
  bool replacements = h2040_has_replacements(audit);
  bool wanted[SESSION_FIELDS] = {
    [MEMBER_ID] = true, [SERVICE_DATE] = true, [UNITS] = true, [HCPCS_CODE] = true, [PAYER_ID] = true,
    [RENDERING_NPI] = audit->scope[SCOPE_PROVIDER] || audit->scope[SCOPE_MEMBER_AND_PROVIDER],
    [CLAIM_FREQUENCY_CODE] = true,
    [ORIGINAL_CLAIM_ID] = replacements, [CLAIM_ID] = replacements,
  };
  if (audit->payer) h2040_read_replaced(audit); /* a line of another payer may replace one of this */
  if (audit->fault->rc != SQLITE_OK) return true;
  if (!h2040_unit_totals_open(&audit->totals, SESSION_TOTALS_BYTES)
      || !h2040_unit_totals_open(&audit->asked, SESSION_TOTALS_BYTES)) h2040_fail_memory(audit->fault);
  h2040_read_lines(audit, wanted, PUSHED_LINES, add_up);
  if (!audit->totals_full) {
    audit->replaced_known = true;
    if (audit->asked.used > 0) h2040_read_lines(audit, h2040_every_field, ASKED_LINES, keep_candidate);
    h2040_unit_totals_close(&audit->totals);
    judge_all_kept(audit);
    return true;
  }
  h2040_unit_totals_close(&audit->totals);
  audit->totals_full = false;
  return false;
}

/* ---- at once: the lines of one member ---- */

static void bind_value(struct fault *fault, sqlite3_stmt *statement, const struct value *value) {
  int rc;
  switch (value->kind) {
    case VALUE_INTEGER: rc = sqlite3_bind_int64(statement, 1, value->integer); break;
    case VALUE_REAL: rc = sqlite3_bind_double(statement, 1, value->real); break;
    case VALUE_TEXT: rc = sqlite3_bind_text64(statement, 1, value->bytes, value->size, SQLITE_STATIC, SQLITE_UTF8); break;
    default: rc = sqlite3_bind_blob64(statement, 1, value->bytes, value->size, SQLITE_STATIC); /* VALUE_BLOB: never NULL */
  }
  if (rc != SQLITE_OK) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
}

static void look_up_claim(struct scan *scan, sqlite3_stmt *statement, const struct value *claim_id) {
  struct cap_audit *audit = scan->audit;
  if (audit->fault->rc != SQLITE_OK || claim_id->kind == VALUE_NULL || h2040_is_replaced(audit, claim_id)) return;
  bind_value(audit->fault, statement, claim_id);
  while (h2040_step(audit->fault, statement)) {
    sqlite3_value *value[3];
    for (int i = 0; i < 3; i++) value[i] = sqlite3_column_value(statement, i);
    h2040_note_replaced_only(scan, value);
  }
  sqlite3_reset(statement);
}

/* Looks for the lines that replace a claim of the kept lines, or of those that
** cannot be read (the rows from first_row on), by an index on original_claim_id.
** false: there is none. */
static bool look_up_replaced(struct cap_audit *audit, size_t first_row) {
  const struct source *source = &audit->source;
  static const bool wanted[SESSION_FIELDS] = {
    [CLAIM_ID] = true, [CLAIM_FREQUENCY_CODE] = true, [ORIGINAL_CLAIM_ID] = true,
  };
  struct scan scan = { .audit = audit };
  if (audit->claims != MATCH_AS_THEY_ARE) return false;
  sqlite3_str *text = sqlite3_str_new(audit->db);
  h2040_append_fields(&scan, text, wanted, "SELECT ");
  h2040_source_append_from(source, text);
  sqlite3_str_appendall(text, " WHERE ");
  h2040_source_append_column(source, text, ORIGINAL_CLAIM_ID);
  sqlite3_str_appendall(text, " = ?1");
  char *sql = h2040_finish(audit->fault, text);
  bool indexed = sql && h2040_plan_says(audit, sql, "SEARCH");
  sqlite3_stmt *statement = indexed ? h2040_prepare(audit->fault, audit->db, sql) : NULL;
  sqlite3_free(sql);
  for (struct session_line *line = audit->first_line; line && statement; line = line->next) {
    look_up_claim(&scan, statement, &line->claim_id);
  }
  for (size_t i = first_row; i < audit->judge.rows && statement; i++) {
    look_up_claim(&scan, statement, &audit->judge.row[i].line->claim_id);
  }
  sqlite3_finalize(statement);
  return indexed;
}

static void drop_replaced(struct cap_audit *audit) {
  struct session_line **link = &audit->first_line;
  while (*link) {
    if (h2040_is_replaced(audit, &(*link)->claim_id)) *link = (*link)->next;
    else link = &(*link)->next;
  }
}

static void read_at_once(struct cap_audit *audit) {
  bool lookups = h2040_has_replacements(audit);
  /* The line that replaces one of this member's may be another member's. */
  audit->replaced_known = true;
  size_t unreadable = audit->judge.rows;
  h2040_read_lines(audit, h2040_every_field, PUSHED_LINES, keep_each);
  audit->replaced_known = false;
  if (lookups && audit->fault->rc == SQLITE_OK) {
    if (!look_up_replaced(audit, unreadable)) h2040_read_replaced(audit);
    drop_replaced(audit);
    size_t kept = unreadable;
    for (size_t i = unreadable; i < audit->judge.rows; i++) {
      if (!h2040_is_replaced(audit, &audit->judge.row[i].line->claim_id)) audit->judge.row[kept++] = audit->judge.row[i];
    }
    audit->judge.rows = kept;
  }
  judge_all_kept(audit);
}

/* ---- in order ---- */

struct group_at_hand {
  struct value payer, party;
  struct session_line *first, **last;
  size_t count;
  size_t rows; /* that there were before it */
  struct arena_mark mark;
};

static void start_group(struct cap_audit *audit, struct group_at_hand *group, const struct seen_line *seen,
                        bool by_provider) {
  *group = (struct group_at_hand){ .rows = audit->judge.rows, .mark = arena_mark(&audit->passing) };
  group->last = &group->first;
  group->payer = h2040_keep_value(audit, &audit->passing, seen->payer);
  group->party = h2040_keep_value(audit, &audit->passing, by_provider ? seen->provider : seen->member);
}

static const struct value *keep_alone(struct cap_audit *audit, const struct value *value) {
  struct value *kept = h2040_arena_take(&audit->passing, sizeof *kept);
  if (!kept) h2040_fail_memory(audit->fault);
  else *kept = h2040_keep_value(audit, &audit->passing, *value);
  return kept;
}

static void add_to_group(struct scan *scan, sqlite3_value **value, const struct seen_line *seen,
                         struct group_at_hand *group, bool by_provider) {
  struct cap_audit *audit = scan->audit;
  struct session_line *line = h2040_keep_line(scan, value, seen, &audit->passing);
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
  h2040_append_fields(scan, sql, h2040_every_field, "SELECT ");
  h2040_append_source(audit, sql);
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
  h2040_bind_source(audit, statement);
  int columns = statement ? sqlite3_column_count(statement) : 0;
  while (h2040_step(audit->fault, statement)) {
    struct seen_line seen;
    for (int i = 0; i < columns; i++) value[i] = sqlite3_column_value(statement, i);
    if (!h2040_look_at_line(&scan, value, &seen)) continue;
    struct value claim = h2040_field_value(&scan, value, CLAIM_ID);
    if (h2040_is_replaced(audit, &claim)) continue;
    if (h2040_is_unreadable(&seen)) {
      if (tell_unreadable) h2040_keep_unreadable(&scan, value, &seen);
      continue;
    }
    seen.provider = h2040_field_value(&scan, value, RENDERING_NPI);
    const struct value *party = by_provider ? &seen.provider : &seen.member;
    if (!group.first || !h2040_value_same(&group.payer, &seen.payer) || !h2040_value_same(&group.party, party)) {
      end_group(audit, &group, by_provider);
      start_group(audit, &group, &seen, by_provider);
    }
    add_to_group(&scan, value, &seen, &group, by_provider);
  }
  end_group(audit, &group, by_provider);
  sqlite3_finalize(statement);
}

static void read_all_in_order(struct cap_audit *audit) {
  if (!audit->replaced_known) h2040_read_replaced(audit);
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
  char *sql = h2040_finish(audit->fault, text);
  bool ordered = sql && !h2040_plan_says(audit, sql, "USE TEMP B-TREE") && !h2040_plan_says(audit, sql, " USING INDEX ");
  sqlite3_free(sql);
  return ordered;
}

void h2040_read_session_lines(struct cap_audit *audit) {
  h2040_require_parties(audit);
  if (audit->fault->rc != SQLITE_OK || audit->caps == 0) return;
  h2040_open_day_memo(audit);
  audit->last_line = &audit->first_line;
  audit->replaced.arena = &audit->arena;
  audit->kept_payers.arena = &audit->arena;
  audit->kept_members.arena = &audit->arena;
  audit->kept_providers.arena = &audit->arena;
  audit->replaced_known = !h2040_has_replacements(audit); /* then there is nothing to know */
  audit->claims = h2040_matching(source_affinity(&audit->source, CLAIM_ID),
                                 source_affinity(&audit->source, ORIGINAL_CLAIM_ID));
  if (audit->member) {
    read_at_once(audit);
    return;
  }
  if (!ordered_by_itself(audit) && read_by_hash(audit)) return;
  read_all_in_order(audit);
}
