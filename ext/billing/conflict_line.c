/*
** Reading a line (conflict.h): what of it is compared becomes numbers and minutes; what
** is only shown, or asked now and then, is packed beside.
*/
#include "conflict_parts.h"
#include "code_set.h"
#include "procedure_code.h"

#include <stdio.h>
#include <string.h>

/* ---- packed values: a byte with a bit for each that is there; then of each a byte with
** the kind and a size, and what it says ---- */

enum { KIND_BITS = 3, LONGEST_SHORT = 31, PACKED_HEAD = 5 };

static size_t bytes_of_integer(int64_t integer) {
  size_t n = 0;
  for (uint64_t left = (uint64_t)(integer < 0 ? ~integer : integer); left > 0; left >>= 8) n++;
  return n;
}

static size_t size_packed(const struct value *v) {
  switch (v->kind) {
    case VALUE_NULL: return 0;
    case VALUE_INTEGER: return 1 + bytes_of_integer(v->integer);
    case VALUE_REAL: return 1 + sizeof v->real;
    default: return (v->size < LONGEST_SHORT ? 1 : PACKED_HEAD) + (size_t)v->size;
  }
}

/* An integer's size counts up to 8, or from 16 on where it is negative. */
static unsigned char *pack_integer(unsigned char *to, int64_t integer) {
  size_t n = bytes_of_integer(integer);
  uint64_t left = (uint64_t)(integer < 0 ? ~integer : integer);
  *to++ = (unsigned char)(VALUE_INTEGER | (n + (integer < 0 ? 16 : 0)) << KIND_BITS);
  for (; n > 0; n--, left >>= 8) *to++ = (unsigned char)left;
  return to;
}

static unsigned char *pack(unsigned char *to, const struct value *v) {
  if (v->kind == VALUE_NULL) return to;
  if (v->kind == VALUE_INTEGER) return pack_integer(to, v->integer);
  if (v->kind == VALUE_REAL) {
    *to++ = (unsigned char)v->kind;
    memcpy(to, &v->real, sizeof v->real);
    return to + sizeof v->real;
  }
  *to++ = (unsigned char)((unsigned)v->kind | (v->size < LONGEST_SHORT ? v->size : LONGEST_SHORT) << KIND_BITS);
  if (v->size >= LONGEST_SHORT) {
    memcpy(to, &v->size, sizeof v->size);
    to += sizeof v->size;
  }
  if (v->size > 0) memcpy(to, v->bytes, v->size);
  return to + v->size;
}

static const unsigned char *unpack(const unsigned char *from, struct value *v) {
  unsigned size = *from >> KIND_BITS;
  *v = (struct value){ .kind = (enum value_kind)(*from & ((1 << KIND_BITS) - 1)) };
  from++;
  if (v->kind == VALUE_INTEGER) {
    uint64_t whole = 0;
    for (unsigned i = 0; i < (size & 15); i++) whole |= (uint64_t)*from++ << 8 * i;
    v->integer = size & 16 ? ~(int64_t)whole : (int64_t)whole;
  } else if (v->kind == VALUE_REAL) {
    memcpy(&v->real, from, sizeof v->real);
    from += sizeof v->real;
  } else {
    v->size = size;
    if (size == LONGEST_SHORT) {
      memcpy(&v->size, from, sizeof v->size);
      from += sizeof v->size;
    }
    v->bytes = (const char *)from;
    from += v->size;
  }
  return from;
}

_Static_assert(KEPT_COUNT <= 8, "a byte has a bit for each value that is kept");

void h2040_conflict_kept(const struct conflict_line *line, int count, struct value kept[]) {
  unsigned there = *line->kept;
  const unsigned char *at = line->kept + 1;
  for (int i = 0; i < count; i++) {
    kept[i] = (struct value){ .kind = VALUE_NULL };
    if (there >> i & 1) at = unpack(at, &kept[i]);
  }
}

static void keep(struct conflicts *c, struct conflict_line *line, const struct value kept[KEPT_COUNT]) {
  size_t size = 1;
  unsigned there = 0;
  for (int i = 0; i < KEPT_COUNT; i++) {
    size += size_packed(&kept[i]);
    if (kept[i].kind != VALUE_NULL) there |= 1u << i;
  }
  unsigned char *to = h2040_arena_take(&c->arena, size);
  if (!h2040_conflict_has(c, to)) return;
  line->kept = to;
  *to++ = (unsigned char)there;
  for (int i = 0; i < KEPT_COUNT; i++) to = pack(to, &kept[i]);
}

/* ---- what is told ---- */

struct told_line *h2040_conflict_tell(struct conflicts *c, struct conflict_line *line, struct text sentence) {
  if (line->told == 0) {
    if (!h2040_conflict_has(c, h2040_blocks_add(&c->told, sizeof(struct told_line)))) return NULL;
    line->told = (uint32_t)c->told.count;
  }
  struct told_line *told = told_of(c, line);
  c->joined.count = 0;
  if (told->words != 0) {
    struct text before = value_bytes(&id_form(&c->words, told->words)->value);
    if (!h2040_conflict_join(c, before, "") || !h2040_conflict_join(c, sentence, "; ")) return NULL;
    sentence = (struct text){ c->joined.items, c->joined.count };
  }
  struct value words = value_of_text(sentence);
  told->words = h2040_id_form(&c->words, &words, NULL);
  return told->words != 0 || h2040_conflict_has(c, NULL) ? told : NULL;
}

static void tell(struct conflicts *c, struct conflict_line *line, const char *format, enum field field,
                 const struct value *v) {
  char number[NUMBER_SIZE];
  char sentence[256];
  int n = snprintf(sentence, sizeof sentence, format, h2040_field_names[field],
                   h2040_quote(h2040_value_shown(v, number)).z);
  h2040_conflict_tell(c, line, (struct text){ sentence, (size_t)n });
}

/* ---- ids ---- */

/* Blank, or with white space around it: nobody's, and the latter is told. */
static const struct value *told_apart(struct conflicts *c, struct conflict_line *line, enum field field,
                                      const struct value *v) {
  if (h2040_value_blank(v)) return NULL;
  if (!h2040_id_spaced(v)) return v;
  tell(c, line, "%s is %s, with white space around it, and to the database another id than without; trim it",
       field, v);
  return NULL;
}

static uint32_t form_of(struct conflicts *c, struct id_numbers *numbers, const struct value *v,
                        const struct value *id) {
  uint32_t form = v->kind != VALUE_NULL ? h2040_id_form(numbers, v, id) : 0;
  if (form == 0 && v->kind != VALUE_NULL) c->fault = CONFLICTS_NO_MEMORY;
  return form;
}

static void read_payer(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  const struct value *v = &line->value[FIELD_PAYER_ID];
  if (!has_field(c, FIELD_PAYER_ID)) return;
  told_apart(c, to, FIELD_PAYER_ID, v);
  to->payer_form = form_of(c, &c->payers, v, h2040_value_blank(v) ? NULL : v); /* with its white space another payer */
}

static void read_member(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  const struct value *v = &line->value[FIELD_MEMBER_ID];
  if (!has_field(c, FIELD_MEMBER_ID)) return;
  to->member_form = form_of(c, &c->members, v, told_apart(c, to, FIELD_MEMBER_ID, v));
  to->member = id_of_form(&c->members, to->member_form);
}

/* Numbers of providers are read trimmed. */
static uint32_t read_npi(struct conflicts *c, const struct value *v) {
  struct value trimmed = *v;
  if (v->kind == VALUE_TEXT) trimmed = value_of_text(h2040_trim(value_bytes(v)));
  return form_of(c, &c->providers, v, h2040_value_blank(v) ? NULL : &trimmed);
}

static void read_provider(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  const struct value *staff = &line->value[FIELD_STAFF_ID];
  if (has_field(c, FIELD_RENDERING_NPI)) {
    to->npi_form = read_npi(c, &line->value[FIELD_RENDERING_NPI]);
    to->who = id_of_form(&c->providers, to->npi_form);
  }
  if (has_field(c, FIELD_STAFF_ID) && !h2040_value_blank(staff)) {
    const struct value *id = told_apart(c, to, FIELD_STAFF_ID, staff);
    to->who = id ? id_of_form(&c->providers, form_of(c, &c->providers, id, id)) : 0;
  }
  if (to->who == 0 || !has_field(c, FIELD_BILLING_NPI)) return;
  if (id_of_form(&c->providers, read_npi(c, &line->value[FIELD_BILLING_NPI])) == to->who) to->flags |= LINE_AGENCY;
}

/* ---- the code ---- */

static struct code_known *code_known(struct conflicts *c, uint32_t form) {
  while (c->code_known.count < form) {
    if (!h2040_conflict_has(c, h2040_list_add(&c->code_known, sizeof(struct code_known)))) return NULL;
  }
  return (struct code_known *)c->code_known.items + form - 1;
}

static uint8_t minutes_of_unit(const char hcpcs_code[6]) {
  const struct code *code = h2040_code(hcpcs_code);
  if (!code || !code->unit_basis) return 0;
  return strcmp(code->unit_basis, "15 minutes") == 0 ? 15 : strcmp(code->unit_basis, "hour") == 0 ? 60 : 0;
}

/* The form under which a code is known: itself in capitals, without its dressing; what
** is no procedure code, as it stands. */
static uint32_t code_form(struct conflicts *c, const struct value *v) {
  struct procedure_code read;
  uint32_t form = form_of(c, &c->codes, v, NULL);
  struct code_known *known = form != 0 ? code_known(c, form) : NULL;
  if (!known || known->read) return form;
  h2040_read_procedure_code(v, &read);
  struct value plain = read.code[0]                         ? value_of_text(h2040_text(read.code))
                       : v->kind == VALUE_TEXT ? value_of_text(h2040_trim(value_bytes(v)))
                                                            : *v;
  uint32_t code = form_of(c, &c->codes, &plain, NULL);
  struct code_known *of_code = code != 0 ? code_known(c, code) : NULL; /* may move the others */
  if (!of_code) return form;
  if (!of_code->read) {
    *of_code = (struct code_known){ .code = read.form == CODE_BLANK ? 0 : code, .read = true };
    if (read.code[0]) of_code->minutes = minutes_of_unit(read.code);
  }
  known = code_known(c, form);
  if (known->read) return form;
  *known = *of_code;
  /* The value's bytes are kept with its form; of a number nothing is glued on. */
  if (read.glued.n > 0 && has_bytes(v) && read.glued.z >= v->bytes && read.glued.z <= v->bytes + v->size) {
    known->glued = (struct text){ id_form(&c->codes, form)->value.bytes + (read.glued.z - v->bytes), read.glued.n };
  }
  return form;
}

/* ---- modifiers ---- */

static struct modifiers_known *modifiers_known(struct conflicts *c, uint32_t form) {
  while (c->modifiers_known.count < form) {
    if (!h2040_conflict_has(c, h2040_list_add(&c->modifiers_known, sizeof(struct modifiers_known)))) return NULL;
  }
  return (struct modifiers_known *)c->modifiers_known.items + form - 1;
}

bool h2040_conflict_join(struct conflicts *c, struct text t, const char *before) {
  for (int part = 0; part < 2; part++) {
    struct text add = part == 0 ? h2040_text(before) : t;
    for (size_t i = 0; i < add.n; i++) {
      char *to = h2040_list_add(&c->joined, 1);
      if (!h2040_conflict_has(c, to)) return false;
      *to = add.z[i];
    }
  }
  return true;
}

static uint8_t flags_of_modifier(struct text t) {
  int modifier = h2040_modifier_number(t);
  switch (modifier) {
    case MODIFIER('7', '6'): case MODIFIER('7', '7'): return LINE_REPEATED;
    case MODIFIER('5', '9'): case MODIFIER('X', 'E'): case MODIFIER('X', 'P'): case MODIFIER('X', 'S'):
    case MODIFIER('X', 'U'): return LINE_REPEATED | LINE_DISTINCT;
    case MODIFIER('H', 'Q'): return LINE_GROUP;
    case MODIFIER('H', 'T'): return LINE_TEAM;
    default: return 0;
  }
}

static int order_of_texts(const void *left, const void *right, const void *context) {
  const struct text *a = left;
  const struct text *b = right;
  size_t shorter = a->n < b->n ? a->n : b->n;
  (void)context;
  for (size_t i = 0; i < shorter; i++) {
    if (upper(a->z[i]) != upper(b->z[i])) return (unsigned char)upper(a->z[i]) < (unsigned char)upper(b->z[i]) ? -1 : 1;
  }
  return (a->n > b->n) - (a->n < b->n);
}

static bool go_on(void *host) {
  return h2040_conflict_proceed(host, (size_t)1 << 16);
}

/* The members of a list, sorted; NULL after a fault. */
static const void **sorted_members(struct conflicts *c, struct text list) {
  const struct sorting sorting = { .order = order_of_texts, .proceed = go_on, .host = c };
  struct text member;
  c->token.count = 0;
  while (h2040_next_modifier(&list, &member)) {
    struct text *token = h2040_list_add(&c->token, sizeof *token);
    if (!h2040_conflict_has(c, token)) return NULL;
    *token = member;
  }
  const void **sorted = h2040_conflict_room(c, ROOM_ALL, (2 * c->token.count + 1) * sizeof *sorted);
  if (!sorted) return NULL;
  for (size_t i = 0; i < c->token.count; i++) sorted[i] = (const struct text *)c->token.items + i;
  return h2040_sort(&sorting, sorted, sorted + c->token.count, c->token.count) ? sorted : NULL;
}

/* A list as the set that it is: its members in capitals, each once, in order. */
static struct modifiers_known read_list(struct conflicts *c, struct text list) {
  struct modifiers_known known = { 0, 0 };
  const void **member = sorted_members(c, list);
  c->joined.count = 0;
  if (!member) return known;
  for (size_t i = 0; i < c->token.count; i++) {
    const struct text *t = member[i];
    if (i > 0 && order_of_texts(member[i - 1], t, NULL) == 0) continue;
    known.flags |= flags_of_modifier(*t);
    if (!h2040_conflict_join(c, *t, i > 0 ? " " : "")) return known;
  }
  for (size_t i = 0; i < c->joined.count; i++) {
    char *z = (char *)c->joined.items + i;
    *z = upper(*z);
  }
  struct value set = value_of_text((struct text){ c->joined.items, c->joined.count });
  if (set.size == 0) set.bytes = "";
  known.set = form_of(c, &c->modifiers, &set, NULL);
  return known;
}

static struct modifiers_known known_list(struct conflicts *c, const struct value *list) {
  struct modifiers_known none = { 0, 0 };
  uint32_t form = form_of(c, &c->modifiers, list, NULL);
  struct modifiers_known *known = form != 0 ? modifiers_known(c, form) : NULL;
  if (!known) return none;
  if (known->set == 0) {
    struct text kept = value_bytes(&id_form(&c->modifiers, form)->value);
    struct modifiers_known read = read_list(c, kept);
    known = modifiers_known(c, form); /* may have moved */
    if (known) *known = read;
  }
  return known ? *known : none;
}

static void read_modifiers(struct conflicts *c, struct conflict_line *to, const struct claim_line *line,
                           struct text glued) {
  char number[NUMBER_SIZE];
  struct text only = TEXT("");
  bool any = glued.n > 0;
  c->joined.count = 0;
  for (int field = FIELD_MODIFIERS; field <= FIELD_MODIFIER_4 + 1; field++) {
    struct text list = glued;
    if (field <= FIELD_MODIFIER_4) {
      if (!set_has(c->terms.passed, field)) continue;
      any = true;
      if (h2040_value_blank(&line->value[field])) continue;
      list = h2040_value_shown(&line->value[field], number);
    }
    if (list.n == 0) continue;
    if (only.n == 0 && c->joined.count == 0 && list.z != number) { /* mostly it is the only one */
      only = list;
      continue;
    }
    if (only.n > 0 && !h2040_conflict_join(c, only, "")) return;
    only = TEXT("");
    if (!h2040_conflict_join(c, list, " ")) return;
  }
  if (!any) return;
  if (c->joined.count > 0) only = (struct text){ c->joined.items, c->joined.count };
  struct value list = value_of_text(only);
  struct modifiers_known known = known_list(c, &list);
  to->modifiers = known.set;
  to->flags |= known.flags;
}

static struct text read_code(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  /* Where there is no column of codes, all lines are of one. */
  struct value one = value_of_text(TEXT("*"));
  const struct value *v = has_field(c, FIELD_HCPCS_CODE) ? &line->value[FIELD_HCPCS_CODE] : &one;
  to->code_form = v->kind == VALUE_NULL ? 0 : code_form(c, v);
  if (to->code_form == 0 || c->fault != CONFLICTS_SOUND) return TEXT("");
  const struct code_known *known = code_known(c, to->code_form);
  if (known->of_group) to->flags |= LINE_GROUP;
  return known->glued;
}

/* ---- times and minutes ---- */

static void read_day(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  const struct value *v = &line->value[FIELD_SERVICE_DATE];
  to->day = NO_DAY;
  if (!has_field(c, FIELD_SERVICE_DATE)) return;
  enum reading reading = h2040_read_date(v, line->dates, &to->day);
  if (reading == READ) return;
  to->day = NO_DAY;
  tell(c, to, reading == BLANK ? "%s is blank%.0s: compared with no other line"
                               : "%s is %s, no day that can be read for sure: compared with no other line; write it"
                                 " YYYY-MM-DD, or declare how it is written with dates", FIELD_SERVICE_DATE, v);
  struct told_line *told = c->fault == CONFLICTS_SOUND ? told_of(c, to) : NULL;
  if (!told) return;
  told->service_date = *v;
  h2040_conflict_has(c, h2040_value_keep(&told->service_date, &c->arena) ? told : NULL);
}

/* A minute of the day, or NO_TIME. */
static int read_time(struct conflicts *c, struct conflict_line *to, const struct claim_line *line, enum field field) {
  int second = 0;
  if (!has_field(c, field)) return NO_TIME;
  enum reading reading = h2040_read_time(&line->value[field], line->dates, &second);
  if (reading == UNREADABLE) {
    tell(c, to, "%s is %s, no time that can be read: compared as if it had none; write it HH:MM", field,
         &line->value[field]);
  }
  return reading == READ ? second / 60 : NO_TIME;
}

static int32_t thousandths(double minutes) {
  if (!(minutes > 0)) return 0;
  return minutes < INT32_MAX / 1000.0 ? (int32_t)(minutes * 1000 + 0.5) : INT32_MAX;
}

static void read_times(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  double minutes = 0;
  int starts = read_time(c, to, line, FIELD_START_TIME);
  int ends = read_time(c, to, line, FIELD_END_TIME);
  bool known = starts != NO_TIME && ends != NO_TIME;
  to->starts = (int16_t)(known ? starts : NO_TIME);
  to->ends = (int16_t)(!known ? NO_TIME : ends < starts ? ends + MINUTES_OF_DAY : ends);
  if (has_length(to) || !has_field(c, FIELD_DURATION_MINUTES)) return;
  if (h2040_read_number(&line->value[FIELD_DURATION_MINUTES], &minutes) == READ) to->minutes = thousandths(minutes);
}

static void read_billed(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  double units = 0;
  uint8_t minutes = to->code_form != 0 ? code_known(c, to->code_form)->minutes : 0;
  if (!has_field(c, FIELD_UNITS) || h2040_read_number(&line->value[FIELD_UNITS], &units) != READ) return;
  if (has_field(c, FIELD_UNIT_MEASURE)) {
    char number[NUMBER_SIZE];
    struct text measure = h2040_trim(h2040_value_shown(&line->value[FIELD_UNIT_MEASURE], number));
    if (h2040_same(measure, TEXT("MJ"))) minutes = 1;
  }
  to->billed = thousandths(units * minutes);
}

/* ---- a line ---- */

static struct value value_if(const struct conflicts *c, const struct claim_line *line, enum field field) {
  return has_field(c, field) ? line->value[field] : (struct value){ .kind = VALUE_NULL };
}

static void read_claim(struct conflicts *c, struct conflict_line *to, const struct claim_line *line) {
  static const enum field ids[] = { FIELD_CLAIM_NUMBER, FIELD_PAYER_CLAIM_NUMBER, FIELD_ORIGINAL_CLAIM_ID };
  struct value kept[KEPT_COUNT] = { { .kind = VALUE_NULL } };
  int64_t units, frequency = ORIGINAL_CLAIM;
  int32_t day;
  int second;
  char excerpt[EXCERPT_SIZE];
  kept[KEPT_CLAIM_ID] = value_if(c, line, FIELD_CLAIM_ID);
  kept[KEPT_LINE_NUMBER] = value_if(c, line, FIELD_CLAIM_LINE_NUMBER);
  if (h2040_id_spaced(&kept[KEPT_CLAIM_ID])) told_apart(c, to, FIELD_CLAIM_ID, &kept[KEPT_CLAIM_ID]);
  if (has_field(c, FIELD_UNITS) && h2040_read_whole_number(&line->value[FIELD_UNITS], &units) == READ) {
    kept[KEPT_UNITS] = (struct value){ .kind = VALUE_INTEGER, .integer = units };
  }
  if (has_field(c, FIELD_RECEIVED_DATE)
      && h2040_read_timestamp(&line->value[FIELD_RECEIVED_DATE], line->dates, &day, &second) == READ) {
    int64_t received = (int64_t)day * SECONDS_OF_DAY + (second > 0 ? second : 0);
    kept[KEPT_RECEIVED] = (struct value){ .kind = VALUE_INTEGER, .integer = received };
  }
  for (int i = 0; i < 3; i++) {
    struct value v = value_if(c, line, ids[i]);
    if (!h2040_value_blank(&v)) kept[KEPT_CLAIM_NUMBER + i] = v;
  }
  if (has_field(c, FIELD_CLAIM_FREQUENCY_CODE)
      && h2040_read_whole_number(&line->value[FIELD_CLAIM_FREQUENCY_CODE], &frequency) == UNREADABLE) frequency = 0;
  to->frequency = h2040_frequency(frequency);
  bool takes_back = kept[KEPT_UNITS].kind == VALUE_INTEGER && kept[KEPT_UNITS].integer < 0;
  if (to->frequency == REPLACEMENT_CLAIM || to->frequency == VOID_CLAIM || takes_back) {
    to->flags |= LINE_MATTERS;
    c->matters = true;
  }
  if (to->note > 0) kept[KEPT_EXCERPT] = h2040_conflict_excerpt(c, to->note, &line->value[FIELD_ACTIVITIES], excerpt);
  if (c->fault == CONFLICTS_SOUND) keep(c, to, kept);
}

bool h2040_conflicts_add(struct conflicts *c, const struct claim_line *line) {
  if (c->lines.count >= UINT32_MAX / 2) c->fault = CONFLICTS_TOO_MANY;
  if (c->fault != CONFLICTS_SOUND) return false;
  struct conflict_line *to = h2040_blocks_add(&c->lines, sizeof *to);
  if (!h2040_conflict_has(c, to)) return false;
  struct id_ahead member = { 0 };
  bool has_member = has_field(c, FIELD_MEMBER_ID);
  if (has_member) h2040_id_look_ahead(&c->members, &member, &line->value[FIELD_MEMBER_ID]);
  if (has_field(c, FIELD_ACTIVITIES) && has_field(c, FIELD_CLIENT_RESPONSE)) {
    to->note = h2040_conflict_note(c, &line->value[FIELD_ACTIVITIES], &line->value[FIELD_CLIENT_RESPONSE]);
  }
  read_day(c, to, line);
  read_times(c, to, line);
  if (has_member) h2040_id_look_for_form(&c->members, &member);
  read_payer(c, to, line);
  read_provider(c, to, line);
  h2040_id_look_for_bytes(&member);
  read_modifiers(c, to, line, read_code(c, to, line));
  if (c->fault == CONFLICTS_SOUND) read_billed(c, to, line);
  read_claim(c, to, line);
  read_member(c, to, line);
  return c->fault == CONFLICTS_SOUND;
}

/* ---- pairs of codes, codes of groups ---- */

static uint32_t code_named(struct conflicts *c, struct text code) {
  struct value v = value_of_text(code);
  uint32_t form = code_form(c, &v);
  return c->fault == CONFLICTS_SOUND ? code_known(c, form)->code : 0;
}

bool h2040_conflicts_pair(struct conflicts *c, struct text code_1, struct text code_2, const struct code_pair *terms) {
  uint32_t a = code_named(c, code_1);
  uint32_t b = code_named(c, code_2);
  struct code_pair *pair = c->fault == CONFLICTS_SOUND ? h2040_list_add(&c->pair, sizeof *pair) : NULL;
  if (!h2040_conflict_has(c, pair)) return false;
  *pair = *terms;
  pair->code_1 = a < b ? a : b;
  pair->code_2 = a < b ? b : a;
  return true;
}

bool h2040_conflicts_group_code(struct conflicts *c, struct text code) {
  uint32_t number = code_named(c, code);
  if (c->fault == CONFLICTS_SOUND) code_known(c, number)->of_group = true;
  return c->fault == CONFLICTS_SOUND;
}
