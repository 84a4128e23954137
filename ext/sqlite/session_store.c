/* See session_store.h. */
#include "session_store.h"

#include "../billing/authorization.h"
#include "../billing/memory.h"
#include "../billing/quote.h"
#include "../billing/standing.h"

#include <string.h>

/* What is read of a line, in this order. */
enum wanted {
  MEMBER, SERVICE_DATE, SERVICE_END_DATE, UNITS, CODE, MODIFIERS, MODIFIER_1, MODIFIER_2, MODIFIER_3, MODIFIER_4, PAYER,
  NPI, BIRTH_DATE, CLAIM_ID, LINE_NUMBER, AUTH_NUMBER, FREQUENCY, ORIGINAL, CLAIM_NUMBER, PAYER_CLAIM_NUMBER, RECEIVED,
  WANTED
};

_Static_assert(SESSION_ROWID == (int)WANTED, "the rowid comes behind all that is wanted");

static const enum field wanted_fields[WANTED] = {
  FIELD_MEMBER_ID, FIELD_SERVICE_DATE, FIELD_SERVICE_END_DATE, FIELD_UNITS, FIELD_HCPCS_CODE, FIELD_MODIFIERS,
  FIELD_MODIFIER_1, FIELD_MODIFIER_2, FIELD_MODIFIER_3, FIELD_MODIFIER_4, FIELD_PAYER_ID, FIELD_RENDERING_NPI,
  FIELD_BIRTH_DATE, FIELD_CLAIM_ID, FIELD_CLAIM_LINE_NUMBER, FIELD_PRIOR_AUTH_NUMBER, FIELD_CLAIM_FREQUENCY_CODE,
  FIELD_ORIGINAL_CLAIM_ID, FIELD_CLAIM_NUMBER, FIELD_PAYER_CLAIM_NUMBER, FIELD_RECEIVED_DATE,
};

/* ---- the columns that must be there ---- */

void h2040_open_sessions(struct cap_context *context, struct source *source) {
  struct fault *fault = context->fault;
  const char *asked = h2040_cap_parameter(context, "hcpcs_codes");
  h2040_call_source(source, fault, context->call, "claim_line");
  if (fault->rc != SQLITE_OK) return;
  h2040_source_require(source, fault, FIELD_MEMBER_ID, NULL);
  h2040_source_require(source, fault, FIELD_SERVICE_DATE, NULL);
  h2040_source_require(source, fault, FIELD_UNITS, "one unit a line");
  if (!asked || !h2040_code_in(TEXT("*"), h2040_text(asked))) {
    h2040_source_require(source, fault, FIELD_HCPCS_CODE, "every line counts; so does hcpcs_codes = '*'");
  }
}

static bool has_modifiers(const struct source *source) {
  return source_has(source, FIELD_MODIFIERS) || source_has(source, FIELD_MODIFIER_1);
}

void h2040_require_for_caps(struct cap_context *context, const struct source *source, const struct cap_index *index) {
  struct fault *fault = context->fault;
  if (fault->rc != SQLITE_OK) return;
  if (!h2040_call_parameter(context->call, "max_units")) {
    h2040_source_require(source, fault, FIELD_PAYER_ID, "no payer is known");
  }
  if (index->scope[SCOPE_PROVIDER] || index->scope[SCOPE_MEMBER_AND_PROVIDER]) {
    h2040_source_require(source, fault, FIELD_RENDERING_NPI, "one provider, for a cap counts by provider");
  }
  if (index->asks_modifiers && !has_modifiers(source)) {
    h2040_source_require(source, fault, FIELD_MODIFIERS, "no line bears any, for a cap counts by modifiers");
  }
  if (index->asks_age) h2040_source_require(source, fault, FIELD_BIRTH_DATE, NULL);
}

/* ---- a line, as it lies in a row ---- */

struct line_reading {
  struct session_store *store;
  const struct row *row;
  int columns_of_modifiers;
  sqlite3_str *problem; /* what cannot be read; NULL: all can so far */
  sqlite3_str *told;    /* and what is said of a line that counts */
};

static struct value read_wanted(struct line_reading *r, enum wanted wanted) {
  struct value value = { 0 };
  sqlite3_value *from = row_value(r->row, wanted);
  if (from) h2040_read_value(r->store->context->fault, from, &value);
  return value;
}

static const char *their_name(const struct line_reading *r, enum wanted wanted) {
  const struct source *source = r->store->source;
  enum field field = wanted_fields[wanted];
  return source_has(source, field) ? source_column(source, field) : h2040_field_names[field];
}

static sqlite3_str *one_more(const struct line_reading *r, sqlite3_str **words) {
  if (!*words) *words = sqlite3_str_new(r->store->context->call->db);
  else sqlite3_str_appendall(*words, "; ");
  return *words;
}

/* "units is 'two'; units are whole numbers" */
static void tell_unreadable(struct line_reading *r, enum wanted wanted, enum reading how, const struct value *value,
                            const char *remedy) {
  char number[NUMBER_SIZE];
  if (how == READ) return;
  sqlite3_str *problem = one_more(r, &r->problem);
  if (how == BLANK) sqlite3_str_appendf(problem, "%s is blank", their_name(r, wanted));
  else sqlite3_str_appendf(problem, "%s is %s; %s", their_name(r, wanted),
                           h2040_quote(h2040_value_shown(value, number)).z, remedy);
}

static const char *kept_words(struct line_reading *r, sqlite3_str **built) {
  if (!*built) return NULL;
  char *words = h2040_finish(r->store->context->fault, *built);
  *built = NULL;
  return h2040_cap_keep_words(r->store->context, words);
}

static bool is_spaced(const struct value *value, enum collation collation) {
  struct value id = h2040_id_of(value, collation); /* RTRIM: without what does not tell it apart */
  return has_bytes(&id) && h2040_id_spaced(&id);
}

static void tell_spaced(struct line_reading *r, sqlite3_str **words, enum wanted wanted, const struct value *value,
                        enum collation collation) {
  if (!is_spaced(value, collation)) return;
  sqlite3_str_appendf(one_more(r, words), "%s is %s; trim the white space around it", their_name(r, wanted),
                      h2040_quote(value_bytes(value)).z);
}

static uint32_t number_id(struct line_reading *r, struct id_numbers *numbers, const struct value *value) {
  if (value->kind == VALUE_NULL) return 0;
  uint32_t form = h2040_id_form(numbers, value, h2040_value_blank(value) ? NULL : value);
  if (form == 0) h2040_fail_memory(r->store->context->fault);
  return form;
}

/* An NPI's id is the number, whatever stands around it. */
static uint32_t number_provider(struct line_reading *r) {
  struct value value = read_wanted(r, NPI);
  if (value.kind == VALUE_NULL) return 0;
  struct value id = has_bytes(&value) ? value_of_text(h2040_trim(value_bytes(&value))) : value;
  uint32_t form = h2040_id_form(&r->store->ids.providers, &value, h2040_value_blank(&value) ? NULL : &id);
  if (form == 0) h2040_fail_memory(r->store->context->fault);
  return form;
}

static struct value keep(struct line_reading *r, struct value value) {
  if (!h2040_value_keep(&value, r->store->context->arena)) h2040_fail_memory(r->store->context->fault);
  return value;
}

/* ---- payers ---- */

/* The number by which caps know it is worked out once for each form, also for those that
** authorizations brought. */
static uint32_t number_payer(struct line_reading *r) {
  struct session_store *store = r->store;
  struct value value = read_wanted(r, PAYER);
  if (value.kind == VALUE_NULL) return 0;
  unsigned place = has_bytes(&value) && value.size > 0 ? (unsigned char)value.bytes[value.size - 1] % SEEN_PAYERS : 0;
  uint32_t *seen = store->payer_seen + place;
  if (*seen != 0) {
    const struct value *last = &id_form(&store->ids.payers, *seen)->value;
    if (last->kind == value.kind && h2040_value_same(last, &value)) return *seen;
  }
  uint32_t form = number_id(r, &store->ids.payers, &value);
  while (store->cap_payers < form && store->context->fault->rc == SQLITE_OK) {
    const struct value *payer = &id_form(&store->ids.payers, store->cap_payers + 1)->value;
    bool blank = h2040_value_blank(payer);
    uint32_t number = blank ? 0 : h2040_cap_payer(store->index, payer);
    uint32_t *added = h2040_list_add(&store->cap_payer, sizeof *added);
    if (!added || (!blank && number == 0)) h2040_fail_memory(store->context->fault);
    else *added = number;
    store->cap_payers++;
  }
  if (store->context->fault->rc == SQLITE_OK) *seen = form;
  return form;
}

/* ---- code and modifiers ---- */

static const struct session_kind *kind_of(struct line_reading *r) {
  struct value modifiers[MODIFIER_FIELDS];
  int columns = 0;
  struct value code = read_wanted(r, CODE);
  for (int i = MODIFIERS; i <= MODIFIER_4; i++) {
    if (r->row->at[i] >= 0) modifiers[columns++] = read_wanted(r, (enum wanted)i);
  }
  const struct session_kind *kind = h2040_session_kind(&r->store->kinds, &code, modifiers, columns);
  if (!kind) h2040_fail_memory(r->store->context->fault);
  return kind;
}

/* ---- what a line says ---- */

enum { LONGEST_SPAN = 3660 }; /* days */

static void read_days(struct line_reading *r, struct session_line *line) {
  enum dates dates = r->store->context->dates;
  struct value value = read_wanted(r, SERVICE_DATE);
  enum reading reading = h2040_read_date(&value, dates, &line->day);
  tell_unreadable(r, SERVICE_DATE, reading, &value, "that is no day that can be read for sure; write it YYYY-MM-DD");
  if (reading != READ) line->day = INT32_MIN;
  line->last_day = line->day;
  value = read_wanted(r, SERVICE_END_DATE);
  int32_t last;
  reading = h2040_read_date(&value, dates, &last);
  if (reading == BLANK) return;
  if (reading == READ && line->day != INT32_MIN) {
    if (last < line->day) reading = UNREADABLE;
    else if (last - line->day < LONGEST_SPAN) line->last_day = last;
    else reading = UNREADABLE;
  }
  tell_unreadable(r, SERVICE_END_DATE, reading, &value,
                  "give the last day of service, not before the first and within ten years of it");
}

static void read_units(struct line_reading *r, struct session_line *line) {
  line->units = 1;
  if (r->row->at[UNITS] < 0) return; /* waived: one unit a line */
  struct value value = read_wanted(r, UNITS);
  enum reading reading = h2040_read_whole_number(&value, &line->units);
  if (reading == READ && line->units == INT64_MIN) reading = UNREADABLE;
  tell_unreadable(r, UNITS, reading, &value, "units are whole numbers, 0 or more");
  if (reading != READ) line->units = 0;
}

static void read_birth(struct line_reading *r, struct session_line *line) {
  line->birth = INT32_MIN;
  if (!r->store->index->asks_age) return;
  struct value value = read_wanted(r, BIRTH_DATE);
  int32_t service = line->day != INT32_MIN ? line->day : INT32_MAX;
  if (h2040_read_birth(&value, r->store->context->dates, service, &line->birth) != READ) line->birth = INT32_MIN;
}

static uint32_t read_claim_number(struct line_reading *r, enum wanted wanted, bool matters) {
  struct value value = read_wanted(r, wanted);
  if (matters) tell_spaced(r, &r->told, wanted, &value, r->store->ids.claims.collation);
  return number_id(r, &r->store->ids.claims, &value);
}

static void read_marks(struct line_reading *r, struct session_line *line, bool matters) {
  struct claim_marks *marks = h2040_cap_take(r->store->context, sizeof *marks);
  if (!marks) return;
  *marks = (struct claim_marks){ .received = RECEIVED_UNKNOWN, .frequency = ORIGINAL_CLAIM };
  /* A rowid that stands for it is no number that anybody could name. */
  if (source_has(r->store->source, FIELD_CLAIM_ID)) marks->claim_id = read_claim_number(r, CLAIM_ID, matters);
  marks->claim_number = read_claim_number(r, CLAIM_NUMBER, matters);
  marks->payer_claim_number = read_claim_number(r, PAYER_CLAIM_NUMBER, matters);
  marks->original_claim_id = read_claim_number(r, ORIGINAL, matters);
  marks->claim_line_number = number_id(r, &r->store->ids.claims, &line->claim_line_number);
  struct value value = read_wanted(r, FREQUENCY);
  int64_t code = 0;
  enum reading reading = h2040_read_whole_number(&value, &code);
  if (reading != BLANK) marks->frequency = h2040_frequency(reading == READ ? code : 0);
  int32_t day;
  int second;
  value = read_wanted(r, RECEIVED);
  if (h2040_read_timestamp(&value, r->store->context->dates, &day, &second) == READ) {
    marks->received = (int64_t)day * 86400 + (second > 0 ? second : 0);
  }
  line->marks = marks;
}

static void read_parties(struct line_reading *r, struct session_line *line) {
  struct session_store *store = r->store;
  struct value member = read_wanted(r, MEMBER);
  line->member = h2040_short_id(&store->members_seen, &member);
  if (line->member == 0) {
    line->member = number_id(r, &store->ids.members, &member);
    if (!h2040_short_id_keep(&store->members_seen, &member, line->member)) h2040_fail_memory(store->context->fault);
  }
  tell_unreadable(r, MEMBER, h2040_value_blank(&member) ? BLANK : READ, &member, "");
  tell_spaced(r, &r->problem, MEMBER, &member, store->ids.members.collation);
  if (line->payer != 0) {
    const struct value *payer = &id_form(&store->ids.payers, line->payer)->value;
    if (!h2040_value_blank(payer)) tell_spaced(r, &r->problem, PAYER, payer, store->ids.payers.collation);
  }
  line->provider = number_provider(r);
  struct value number = read_wanted(r, AUTH_NUMBER);
  if (h2040_value_blank(&number)) return;
  line->number = number_id(r, &store->ids.numbers, &number);
  if (store->compare_numbers) tell_spaced(r, &r->told, AUTH_NUMBER, &number, store->ids.numbers.collation);
}

static void tell_miswritten(struct line_reading *r, bool counts, const struct session_kind *kind) {
  struct value code = read_wanted(r, CODE);
  char number[NUMBER_SIZE];
  sqlite3_str *words = one_more(r, counts ? &r->told : &r->problem);
  sqlite3_str_appendf(words, "%s %s should be written %.*s: not counted", their_name(r, CODE),
                      h2040_quote(h2040_value_shown(&code, number)).z, (int)kind->hcpcs_code.n, kind->hcpcs_code.z);
}

static void keep_unreadable(struct line_reading *r, struct session_line *line) {
  const char *problem = kept_words(r, &r->problem);
  if (!problem) return;
  struct unreadable_line *unreadable = h2040_cap_take(r->store->context, sizeof *unreadable);
  if (!unreadable) return;
  *unreadable = (struct unreadable_line){ .problem = problem };
  unreadable->service_date = keep(r, read_wanted(r, SERVICE_DATE));
  unreadable->units = keep(r, read_wanted(r, UNITS));
  line->unreadable = unreadable;
}

/* Some cap counts it, or would if its code were written right; else it is kept for its
** claim's sake. */
static void read_line(struct line_reading *r, struct session_line *line, bool counts, bool would_count) {
  bool matters = counts || would_count;
  if (would_count) tell_miswritten(r, counts, line->kind);
  read_parties(r, line);
  read_days(r, line);
  read_units(r, line);
  read_birth(r, line);
  line->claim_id = keep(r, read_wanted(r, CLAIM_ID));
  line->claim_order = h2040_value_prefix(&line->claim_id);
  line->claim_line_number = keep(r, read_wanted(r, LINE_NUMBER));
  if (r->store->marks) read_marks(r, line, matters);
  if (matters && r->problem) keep_unreadable(r, line);
  if (matters) line->told = kept_words(r, &r->told);
}

/* Of lines that nothing else is read of, too. */
static void note_last_day(struct line_reading *r) {
  struct session_store *store = r->store;
  enum dates dates = store->context->dates;
  struct value value = read_wanted(r, SERVICE_DATE);
  int32_t day, last;
  if (h2040_read_date(&value, dates, &day) != READ || day > store->until) return;
  value = read_wanted(r, SERVICE_END_DATE);
  if (h2040_read_date(&value, dates, &last) == READ && last > day && last - day < LONGEST_SPAN) day = last;
  if (day > store->until) day = store->until;
  if (day > store->last_day) store->last_day = day;
}

static void read_each(void *host, struct fault *fault, const struct row *row) {
  struct session_store *store = host;
  struct line_reading r = { .store = store, .row = row };
  if (store->find_last_day) note_last_day(&r);
  const struct session_kind *kind = kind_of(&r);
  uint32_t payer = number_payer(&r);
  if (fault->rc != SQLITE_OK) return;
  uint32_t cap_payer = cap_payer_of(store, payer);
  bool counts = h2040_caps_count_payer(store->index, kind->caps, cap_payer);
  bool would_count = kind->would_count && h2040_caps_count_payer(store->index, kind->would_count, cap_payer);
  bool authorized = store->authorized && h2040_authorized_code(store->authorized, kind->hcpcs_code);
  if (!counts && !would_count && !store->marks && !authorized) return;
  struct session_line line = { .kind = kind, .payer = payer };
  read_line(&r, &line, counts, would_count);
  sqlite3_free(r.problem ? sqlite3_str_finish(r.problem) : NULL);
  sqlite3_free(r.told ? sqlite3_str_finish(r.told) : NULL);
  if (line.day != INT32_MIN && line.day > store->until) return;
  struct session_line *kept = h2040_blocks_add(&store->lines, sizeof *kept);
  if (kept) *kept = line;
  else h2040_fail_memory(fault);
}

/* ---- reading ---- */

void h2040_session_store_open(struct session_store *store, struct cap_context *context, const struct source *source,
                              struct cap_index *index) {
  sqlite3 *db = context->call->db;
  struct arena *arena = context->arena;
  uint64_t seed = context->seed;
  *store = (struct session_store){
    .context = context, .source = source, .index = index, .until = INT32_MAX, .last_day = INT32_MIN,
    .by_claim_id = !source_has(source, FIELD_CLAIM_NUMBER),
    .may_resend = source_has(source, FIELD_CLAIM_NUMBER) || source_has(source, FIELD_RECEIVED_DATE),
    .ids = {
      .payers = { arena, h2040_source_collation(source, db, FIELD_PAYER_ID), seed },
      .members = { arena, h2040_source_collation(source, db, FIELD_MEMBER_ID), seed },
      .providers = { .arena = arena, .seed = seed },
      .numbers = { arena, h2040_source_collation(source, db, FIELD_PRIOR_AUTH_NUMBER), seed },
      .claims = { arena, h2040_source_collation(source, db, FIELD_CLAIM_ID), seed },
    },
  };
  store->members_seen.seed = seed;
  store->marks = store->may_resend || source_has(source, FIELD_CLAIM_FREQUENCY_CODE);
  h2040_session_kinds_open(&store->kinds, arena, index, !source_has(source, FIELD_HCPCS_CODE), seed);
  /* The first is that of the blank payer: zero. */
  if (!h2040_list_add(&store->cap_payer, sizeof(uint32_t))) h2040_fail_memory(context->fault);
}

void h2040_session_store_close(struct session_store *store) {
  h2040_session_kinds_close(&store->kinds);
  h2040_id_numbers_free(&store->ids.payers);
  h2040_id_numbers_free(&store->ids.members);
  h2040_id_numbers_free(&store->ids.providers);
  h2040_id_numbers_free(&store->ids.numbers);
  h2040_id_numbers_free(&store->ids.claims);
  h2040_blocks_free(&store->lines);
  h2040_short_ids_free(&store->members_seen);
  h2040_list_free(&store->cap_payer);
}

static void want_all(const struct session_store *store, struct reader *reader) {
  const bool *scope = store->index->scope;
  bool provider = !store->in_sum || scope[SCOPE_PROVIDER] || scope[SCOPE_MEMBER_AND_PROVIDER];
  for (int i = 0; i < WANTED; i++) {
    bool wanted = true;
    if (i == NPI) wanted = provider;
    if (i == CLAIM_ID || i == LINE_NUMBER || i == AUTH_NUMBER) wanted = !store->in_sum;
    h2040_reader_want(reader, wanted ? (int)wanted_fields[i] : NOT_READ);
  }
}

void h2040_read_sessions(struct session_store *store, sqlite3_value *member, bool *scanned) {
  struct cap_context *context = store->context;
  struct reader reader = { .source = store->source, .each = read_each, .host = store };
  if (member) {
    reader.equal = member;
    reader.by = FIELD_MEMBER_ID;
  }
  want_all(store, &reader);
  h2040_read_rows(&reader, context->fault, context->call->db);
  *scanned = reader.scanned;
}

/* The host of a reader is the store; whom it asks is another. */
struct asking {
  struct session_store *store;
  bool (*wanted)(void *host, struct fault *fault, sqlite3_value *member);
  void *host;
};

static void read_asked(void *host, struct fault *fault, const struct row *row) {
  read_each(((struct asking *)host)->store, fault, row);
}

static bool is_wanted(void *host, struct fault *fault, sqlite3_value *member) {
  const struct asking *asking = host;
  return asking->wanted(asking->host, fault, member);
}

void h2040_read_sessions_of(struct session_store *store,
                            bool (*wanted)(void *host, struct fault *fault, sqlite3_value *member), void *host) {
  struct asking asking = { store, wanted, host };
  struct reader reader = { .source = store->source, .each = read_asked, .host = &asking, .wanted = is_wanted };
  reader.wanted_by = FIELD_MEMBER_ID;
  want_all(store, &reader);
  h2040_read_rows(&reader, store->context->fault, store->context->call->db);
}

void h2040_read_sessions_at(struct session_store *store, const int64_t *rowid, size_t count) {
  struct reader reader = { .source = store->source, .each = read_each, .host = store };
  want_all(store, &reader);
  h2040_reader_want_rowid(&reader, store->context->fault, store->context->call->db);
  h2040_read_rows_at(&reader, store->context->fault, store->context->call->db, rowid, count);
}

/* ---- at a glance ---- */

uint64_t h2040_session_member(const struct session_store *store, struct fault *fault, sqlite3_value *from) {
  struct value value;
  h2040_read_value(fault, from, &value);
  struct value id = h2040_id_of(&value, store->ids.members.collation);
  return h2040_id_hash(&id, store->ids.members.collation, store->context->seed);
}

/* What is read of a line in full and not at a glance is left out. */
bool h2040_glance_columns(struct session_store *store, struct reader *reader) {
  const struct cap_index *index = store->index;
  for (int i = 0; i < WANTED; i++) {
    bool wanted = true;
    if (i == NPI) wanted = index->scope[SCOPE_MEMBER_AND_PROVIDER];
    if (i == BIRTH_DATE) wanted = index->asks_age;
    if (i >= MODIFIERS && i <= MODIFIER_4) wanted = index->asks_modifiers;
    if (i == LINE_NUMBER || i == RECEIVED) wanted = false;
    if (i == CLAIM_ID) wanted = store->marks && source_has(store->source, FIELD_CLAIM_ID);
    if (i == AUTH_NUMBER) wanted = store->compare_numbers;
    h2040_reader_want(reader, wanted ? (int)wanted_fields[i] : NOT_READ);
  }
  return h2040_reader_want_rowid(reader, store->context->fault, store->context->call->db) == SESSION_ROWID;
}

/* Most values have no space at either end, and that is seen at once. */
static bool may_be_spaced(const struct value *value) {
  if (!has_bytes(value) || value->size == 0) return false;
  return !is_graphic(value->bytes[0]) || !is_graphic(value->bytes[value->size - 1]);
}

static bool is_doubtful_claim(struct line_reading *r) {
  static const enum wanted numbers[] = { CLAIM_ID, ORIGINAL, CLAIM_NUMBER, PAYER_CLAIM_NUMBER, AUTH_NUMBER };
  for (int i = 0; i < 5; i++) {
    if (r->row->at[numbers[i]] < 0) continue;
    struct value value = read_wanted(r, numbers[i]);
    if (may_be_spaced(&value)) return true;
  }
  if (r->row->at[FREQUENCY] < 0) return false;
  struct value value = read_wanted(r, FREQUENCY);
  int64_t code;
  if (h2040_read_whole_number(&value, &code) != READ) return false;
  return h2040_frequency(code) == REPLACEMENT_CLAIM || h2040_frequency(code) == VOID_CLAIM;
}

static bool is_doubtful(struct line_reading *r, struct session_glance *glance, const struct value *member) {
  const struct cap_index *index = r->store->index;
  enum dates dates = r->store->context->dates;
  if (may_be_spaced(member) || h2040_value_blank(member)) return true;
  struct value value = read_wanted(r, SERVICE_DATE);
  if (h2040_read_date(&value, dates, &glance->day) != READ) return true;
  int32_t last;
  if (r->row->at[SERVICE_END_DATE] >= 0) {
    value = read_wanted(r, SERVICE_END_DATE);
    enum reading reading = h2040_read_date(&value, dates, &last);
    if (reading == UNREADABLE || (reading == READ && last != glance->day)) return true;
  }
  glance->units = 1;
  value = read_wanted(r, UNITS);
  if (r->row->at[UNITS] >= 0 && (h2040_read_whole_number(&value, &glance->units) != READ || glance->units < 0)) return true;
  if (index->asks_age) {
    value = read_wanted(r, BIRTH_DATE);
    if (h2040_read_birth(&value, dates, glance->day, &last) != READ) return true;
  }
  glance->provider = 0;
  if (r->row->at[NPI] >= 0) {
    value = read_wanted(r, NPI);
    if (h2040_value_blank(&value) || may_be_spaced(&value)) return true;
    struct value id = h2040_id_of(&value, COLLATION_BINARY);
    glance->provider = h2040_id_hash(&id, COLLATION_BINARY, r->store->context->seed);
  }
  value = read_wanted(r, PAYER);
  return may_be_spaced(&value) || is_doubtful_claim(r);
}

bool h2040_glance_at_session(struct session_store *store, const struct row *row, struct session_glance *glance) {
  struct fault *fault = store->context->fault;
  struct line_reading r = { .store = store, .row = row };
  const struct session_kind *kind = kind_of(&r);
  uint32_t payer = number_payer(&r);
  if (fault->rc != SQLITE_OK) return false;
  glance->kind = kind;
  glance->payer_id = id_of_form(&store->ids.payers, payer);
  glance->cap_payer = cap_payer_of(store, payer);
  bool counts = h2040_caps_count_payer(store->index, kind->caps, glance->cap_payer);
  bool would_count = kind->would_count && h2040_caps_count_payer(store->index, kind->would_count, glance->cap_payer);
  if (!counts && !would_count) return false;
  struct value member = read_wanted(&r, MEMBER);
  struct value id = h2040_id_of(&member, store->ids.members.collation);
  glance->member = h2040_id_hash(&id, store->ids.members.collation, store->context->seed);
  glance->doubtful = is_doubtful(&r, glance, &member) || would_count;
  return true;
}

/* ---- originals that are somebody else's ---- */

/* Who bears a number that is sought: an id of ids.payers and of ids.members. */
struct bearer {
  uint32_t payer, member;
  bool there, several;
};

struct seeking {
  struct session_store *store;
  struct id_numbers sought;
  struct bearer *bearer; /* of an id of sought, from 1 */
};

static bool is_sought(const struct session_line *line) {
  return line->trouble == ORIGINAL_NOT_FOUND && line->marks->original_claim_id != 0;
}

static uint32_t number_sought(struct seeking *s, const struct session_line *line) {
  const struct value *original = &id_form(&s->store->ids.claims, line->marks->original_claim_id)->value;
  if (h2040_value_blank(original)) return 0;
  uint32_t form = h2040_id_form(&s->sought, original, original);
  if (form == 0) h2040_fail_memory(s->store->context->fault);
  return id_of_form(&s->sought, form);
}

static void note_bearer(struct line_reading *r, struct seeking *s, uint32_t id) {
  struct bearer *bearer = s->bearer + id;
  struct value value = read_wanted(r, MEMBER);
  uint32_t member = id_of_form(&s->store->ids.members, number_id(r, &s->store->ids.members, &value));
  value = read_wanted(r, PAYER);
  uint32_t payer = id_of_form(&s->store->ids.payers, number_id(r, &s->store->ids.payers, &value));
  if (!bearer->there) *bearer = (struct bearer){ payer, member, true, false };
  else bearer->several |= bearer->payer != payer || bearer->member != member;
}

static void seek_each(void *host, struct fault *fault, const struct row *row) {
  static const enum wanted numbers[] = { CLAIM_ID, CLAIM_NUMBER, PAYER_CLAIM_NUMBER };
  struct seeking *s = host;
  struct line_reading r = { .store = s->store, .row = row };
  for (int i = 0; i < 3 && fault->rc == SQLITE_OK; i++) {
    struct value value = read_wanted(&r, numbers[i]);
    if (h2040_value_blank(&value)) continue;
    uint32_t id = h2040_id_known(&s->sought, &value);
    if (id != 0) note_bearer(&r, s, id);
  }
}

static void seek(struct seeking *s) {
  struct cap_context *context = s->store->context;
  struct reader reader = { .source = s->store->source, .each = seek_each, .host = s };
  size_t count = s->sought.ids.count + 1;
  s->bearer = sqlite3_malloc64(count * sizeof *s->bearer);
  if (!s->bearer) {
    h2040_fail_memory(context->fault);
    return;
  }
  memset(s->bearer, 0, count * sizeof *s->bearer);
  for (int i = 0; i < WANTED; i++) {
    bool wanted = i == MEMBER || i == PAYER || i == CLAIM_ID || i == CLAIM_NUMBER || i == PAYER_CLAIM_NUMBER;
    h2040_reader_want(&reader, wanted ? (int)wanted_fields[i] : NOT_READ);
  }
  h2040_read_rows(&reader, context->fault, context->call->db);
}

void h2040_find_elsewhere(struct session_store *store) {
  struct cap_context *context = store->context;
  struct seeking s = { .store = store, .sought = { context->arena, store->ids.claims.collation, context->seed } };
  for (size_t i = 0; i < store->lines.count && context->fault->rc == SQLITE_OK; i++) {
    const struct session_line *line = block_item(&store->lines, i, sizeof *line);
    if (line->marks && is_sought(line)) number_sought(&s, line);
  }
  if (s.sought.ids.count > 0 && context->fault->rc == SQLITE_OK) seek(&s);
  for (size_t i = 0; i < store->lines.count && s.bearer && context->fault->rc == SQLITE_OK; i++) {
    struct session_line *line = block_item(&store->lines, i, sizeof *line);
    if (!line->marks || !is_sought(line)) continue;
    const struct bearer *bearer = s.bearer + number_sought(&s, line);
    uint32_t payer = id_of_form(&store->ids.payers, line->payer);
    uint32_t member = id_of_form(&store->ids.members, line->member);
    line->elsewhere = bearer->several || (bearer->there && (bearer->payer != payer || bearer->member != member));
  }
  sqlite3_free(s.bearer);
  h2040_id_numbers_free(&s.sought);
}
