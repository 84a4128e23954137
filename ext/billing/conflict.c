/* See conflict.h: the order of the lines, who is compared with whom, the rows. */
#include "conflict_parts.h"
#include "memory.h"

#include <string.h>

/* ---- opening, closing, faults ---- */

struct conflicts *h2040_conflicts_open(const struct conflict_terms *terms) {
  struct conflicts *c = h2040_realloc(NULL, sizeof *c);
  if (!c) return NULL;
  memset(c, 0, sizeof *c);
  c->terms = *terms;
  c->day_thousandths = (int64_t)(terms->day_minutes * 1000 + 0.5);
  struct id_numbers *numbers[] = { &c->payers, &c->members, &c->providers, &c->codes, &c->modifiers, &c->words };
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    *numbers[i] = (struct id_numbers){ .arena = &c->arena, .seed = terms->seed };
  }
  c->payers.collation = terms->payer;
  c->members.collation = terms->member;
  c->providers.collation = terms->provider;
  return c;
}

void h2040_conflicts_close(struct conflicts *c) {
  if (!c) return;
  struct id_numbers *numbers[] = { &c->payers, &c->members, &c->providers, &c->codes, &c->modifiers, &c->words };
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) h2040_id_numbers_free(numbers[i]);
  struct list *lists[] = { &c->code_known, &c->modifiers_known, &c->joined, &c->token, &c->pair };
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) h2040_list_free(lists[i]);
  struct blocks *blocks[] = { &c->note, &c->lines, &c->told, &c->full_days, &c->rows };
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) h2040_blocks_free(blocks[i]);
  for (int i = 0; i < ROOM_COUNT; i++) h2040_free(c->room[i].memory);
  h2040_free(c->note_bits.word);
  h2040_free(c->pairs_of);
  h2040_free(c->order);
  h2040_free(c->shown);
  h2040_arena_free(&c->arena);
  h2040_free(c);
}

enum conflicts_fault h2040_conflicts_fault(const struct conflicts *c) {
  return c->fault;
}

bool h2040_conflict_has(struct conflicts *c, const void *memory) {
  if (!memory && c->fault == CONFLICTS_SOUND) c->fault = CONFLICTS_NO_MEMORY;
  return memory != NULL && c->fault == CONFLICTS_SOUND;
}

void *h2040_conflict_room(struct conflicts *c, enum room_of of, size_t size) {
  enum { SMALL = 1 << 20 };
  struct room *room = c->room + of;
  if (c->fault != CONFLICTS_SOUND) return NULL;
  if (room->memory && size <= room->size) return room->memory;
  h2040_free(room->memory);
  room->size = size < SMALL ? size + size / 4 + 64 : size;
  room->memory = h2040_realloc(NULL, room->size);
  return h2040_conflict_has(c, room->memory) ? room->memory : NULL;
}

static void give_up(struct conflicts *c, enum room_of room) {
  h2040_free(c->room[room].memory);
  c->room[room] = (struct room){ NULL, 0 };
}

static void give_up_rooms(struct conflicts *c) {
  for (int i = 0; i < ROOM_COUNT; i++) give_up(c, (enum room_of)i);
}

bool h2040_conflict_proceed(struct conflicts *c, size_t work) {
  enum { WORK_BETWEEN_QUESTIONS = 1 << 16 };
  if (c->fault != CONFLICTS_SOUND) return false;
  c->worked += work;
  if (c->worked < WORK_BETWEEN_QUESTIONS) return true;
  c->worked = 0;
  if (!c->terms.proceed(c->terms.host)) c->fault = CONFLICTS_STOPPED;
  return c->fault == CONFLICTS_SOUND;
}

static bool go_on(void *host) {
  return h2040_conflict_proceed(host, (size_t)1 << 16);
}

void h2040_conflict_found(struct conflicts *c, enum rule rule, uint32_t place, uint32_t other, uint32_t detail) {
  struct conflict_row *row = h2040_blocks_add(&c->rows, sizeof *row);
  if (!h2040_conflict_has(c, row)) return;
  *row = (struct conflict_row){ .place = place, .other = other, .detail = { detail, 0 }, .rule = (uint8_t)rule };
}

/* ---- pairs ---- */

static int order_of_pairs(const void *left, const void *right, const void *context) {
  const struct code_pair *a = left;
  const struct code_pair *b = right;
  (void)context;
  if (a->code_1 != b->code_1) return a->code_1 < b->code_1 ? -1 : 1;
  return (a->code_2 > b->code_2) - (a->code_2 < b->code_2);
}

static void sort_pairs(struct conflicts *c) {
  const struct sorting sorting = { .order = order_of_pairs, .proceed = go_on, .host = c };
  size_t count = c->pair.count;
  const void **sorted = h2040_conflict_room(c, ROOM_KEYED, (2 * count + 1) * sizeof *sorted);
  struct code_pair *pair = h2040_realloc(NULL, (count + 1) * sizeof *pair);
  if (!h2040_conflict_has(c, pair) || !sorted) {
    h2040_free(pair);
    return;
  }
  for (size_t i = 0; i < count; i++) sorted[i] = (struct code_pair *)c->pair.items + i;
  if (h2040_sort(&sorting, sorted, sorted + count, count)) {
    for (size_t i = 0; i < count; i++) pair[i] = *(const struct code_pair *)sorted[i];
    if (count > 0) memcpy(c->pair.items, pair, count * sizeof *pair);
  }
  h2040_free(pair);
}

static void prepare_pairs(struct conflicts *c) {
  const struct code_pair *pair = c->pair.items;
  if (c->pair.count == 0) return;
  sort_pairs(c);
  for (size_t i = 0; i < c->pair.count; i++) {
    if (pair[i].code_2 >= c->paired_codes) c->paired_codes = pair[i].code_2 + 1;
  }
  c->pairs_of = h2040_realloc(NULL, ((size_t)c->paired_codes + 1) * sizeof *c->pairs_of);
  if (!h2040_conflict_has(c, c->pairs_of)) return;
  size_t at = 0;
  for (uint32_t code = 0; code <= c->paired_codes; code++) {
    while (at < c->pair.count && pair[at].code_1 < code) at++;
    c->pairs_of[code] = (uint32_t)at;
  }
}

/* ---- the order: day, claim_id, claim_line_number ---- */

static int order_of_claims(const void *left, const void *right, const void *context) {
  struct value a[KEPT_LINE_NUMBER + 1], b[KEPT_LINE_NUMBER + 1];
  (void)context;
  h2040_conflict_kept(left, KEPT_LINE_NUMBER + 1, a);
  h2040_conflict_kept(right, KEPT_LINE_NUMBER + 1, b);
  int order = h2040_value_order(&a[KEPT_CLAIM_ID], &b[KEPT_CLAIM_ID]);
  return order != 0 ? order : h2040_value_order(&a[KEPT_LINE_NUMBER], &b[KEPT_LINE_NUMBER]);
}

/* A day as a number that sorts as it does; no day comes first. */
static uint64_t key_of_day(const struct conflict_line *line) {
  return (uint32_t)line->day ^ UINT32_C(0x80000000);
}

/* Writes the lines in the order of their days, and of their reading within a day.  Days
** and the numbers of lines are sorted, not the lines: these lie far apart. */
static void order_by_day(struct conflicts *c) {
  uint64_t *from = h2040_conflict_room(c, ROOM_PARTY, ((size_t)c->count + 1) * sizeof *from);
  uint64_t *to = h2040_conflict_room(c, ROOM_KEYED, ((size_t)c->count + 1) * sizeof *to);
  uint64_t all = UINT64_MAX, any = 0;
  if (c->fault != CONFLICTS_SOUND) return;
  for (uint32_t i = 0; i < c->count; i++) {
    const struct conflict_line *line = block_item(&c->lines, i, sizeof *line);
    from[i] = key_of_day(line) << 32 | i;
    all &= from[i];
    any |= from[i];
  }
  for (unsigned shift = 32; shift < 64; shift += 8) {
    size_t at[256] = { 0 };
    size_t before = 0;
    if (((all ^ any) >> shift & 0xFF) == 0) continue; /* alike in all */
    for (uint32_t i = 0; i < c->count; i++) at[from[i] >> shift & 0xFF]++;
    for (int value = 0; value < 256; value++) {
      size_t here = at[value];
      at[value] = before;
      before += here;
    }
    for (uint32_t i = 0; i < c->count; i++) to[at[from[i] >> shift & 0xFF]++] = from[i];
    uint64_t *sorted = to;
    to = from;
    from = sorted;
    if (!h2040_conflict_proceed(c, c->count)) return;
  }
  give_up(c, from == c->room[ROOM_KEYED].memory ? ROOM_PARTY : ROOM_KEYED);
  c->order = h2040_realloc(NULL, ((size_t)c->count + 1) * sizeof *c->order);
  if (!h2040_conflict_has(c, c->order)) return;
  for (uint32_t i = 0; i < c->count; i++) c->order[i] = block_item(&c->lines, (uint32_t)from[i], sizeof **c->order);
  give_up_rooms(c);
}

static void put_in_order(struct conflicts *c) {
  const struct sorting sorting = { .order = order_of_claims, .proceed = go_on, .host = c };
  c->count = (uint32_t)c->lines.count;
  order_by_day(c);
  for (uint32_t i = 0, end; i < c->count && c->fault == CONFLICTS_SOUND; i = end) {
    for (end = i + 1; end < c->count && c->order[end]->day == c->order[i]->day;) end++;
    const void **room = h2040_conflict_room(c, ROOM_ALL, (end - i) * sizeof *room);
    if (!room) return;
    h2040_sort(&sorting, (const void **)(c->order + i), room, end - i);
    h2040_conflict_proceed(c, end - i);
  }
}

/* ---- lines by somebody ---- */

bool h2040_conflict_walk(struct conflicts *c, struct walk *walk, uint32_t numbers, number_of_line *number_of) {
  size_t size = ((size_t)numbers + 2) * sizeof *walk->from;
  *walk = (struct walk){ .number = 1, .numbers = numbers };
  walk->from = h2040_conflict_room(c, ROOM_COUNTS, size);
  walk->place = h2040_conflict_room(c, ROOM_PARTY, ((size_t)c->count + 1) * sizeof *walk->place);
  uint32_t *number_at = h2040_conflict_room(c, ROOM_KEYED, ((size_t)c->count + 1) * sizeof *number_at);
  if (c->fault != CONFLICTS_SOUND) return false;
  memset(walk->from, 0, size);
  for (uint32_t place = 0; place < c->count; place++) {
    number_at[place] = number_of(c, line_at(c, place), numbers);
    walk->from[number_at[place] + 1]++;
  }
  walk->from[1] = 0; /* nobody's */
  for (uint32_t number = 1; number <= numbers; number++) walk->from[number + 1] += walk->from[number];
  if (!h2040_conflict_proceed(c, c->count)) return false;
  for (uint32_t place = 0; place < c->count; place++) {
    if (number_at[place] != 0) walk->place[walk->from[number_at[place]]++] = place;
  }
  /* Each has moved to where the next begins. */
  memmove(walk->from + 1, walk->from, ((size_t)numbers + 1) * sizeof *walk->from);
  walk->from[1] = 0;
  return h2040_conflict_proceed(c, c->count);
}

bool h2040_conflict_next(struct walk *walk, struct places *lines) {
  while (walk->number <= walk->numbers && walk->from[walk->number + 1] == walk->from[walk->number]) walk->number++;
  if (walk->number > walk->numbers) return false;
  lines->place = walk->place + walk->from[walk->number];
  lines->count = walk->from[walk->number + 1] - walk->from[walk->number];
  walk->number++;
  return true;
}

/* ---- who is compared with whom ---- */

static uint32_t member_of(const struct conflicts *c, const struct conflict_line *line, uint32_t numbers) {
  (void)c;
  (void)numbers;
  return line->member;
}

static uint32_t provider_with_day(const struct conflicts *c, const struct conflict_line *line, uint32_t numbers) {
  (void)c;
  (void)numbers;
  return line->day == NO_DAY || is_aside(line) ? 0 : provider_of(line);
}

static uint32_t group_of_note(const struct conflicts *c, const struct conflict_line *line, uint32_t groups) {
  bool has_day = line->day != NO_DAY || !has_field(c, FIELD_SERVICE_DATE);
  return line->note == 0 || !has_day || is_aside(line) ? 0 : h2040_conflict_note_group(c, line->note, groups);
}

/* Nobody's lines can stand or fall, each by itself. */
static void stand_alone(struct conflicts *c, struct standings *standings) {
  if (!c->matters) return;
  for (uint32_t place = 0; place < c->count && c->fault == CONFLICTS_SOUND; place++) {
    if (line_at(c, place)->member == 0) h2040_find_standing(standings, (struct places){ &place, 1 });
  }
}

/* Those that can be compared: of a day that can be read, and not set aside. */
static struct places comparable(const struct conflicts *c, uint32_t *place, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(c, place[i]);
    if (line->day != NO_DAY && !is_aside(line)) place[kept++] = place[i];
  }
  return (struct places){ place, kept };
}

/* Days of a member; whether any line was set aside. */
static void compare_days(struct conflicts *c, struct places lines) {
  for (size_t i = 0, end; i < lines.count; i = end) {
    int32_t day = line_at(c, lines.place[i])->day;
    for (end = i + 1; end < lines.count && line_at(c, lines.place[end])->day == day;) end++;
    if (end - i > 1) h2040_compare_sessions(c, (struct places){ lines.place + i, end - i });
  }
}

static void compare_members(struct conflicts *c, struct standings *standings) {
  struct walk walk;
  struct places lines;
  if (!h2040_conflict_walk(c, &walk, (uint32_t)c->members.ids.count, member_of)) return;
  while (c->fault == CONFLICTS_SOUND && h2040_conflict_next(&walk, &lines)) {
    uint32_t *place = walk.place + (lines.place - walk.place);
    h2040_find_standing(standings, lines);
    lines = comparable(c, place, lines.count);
    compare_days(c, lines);
    h2040_compare_times(c, comparable(c, place, lines.count), false);
  }
}

static void compare_providers(struct conflicts *c) {
  struct walk walk;
  struct places lines;
  if (!h2040_conflict_walk(c, &walk, (uint32_t)c->providers.ids.count, provider_with_day)) return;
  while (c->fault == CONFLICTS_SOUND && h2040_conflict_next(&walk, &lines)) h2040_compare_times(c, lines, true);
}

static void compare_notes(struct conflicts *c) {
  enum { LINES_OF_A_GROUP = 64 };
  struct walk walk;
  struct places lines;
  if (c->note.count == 0) return;
  if (!h2040_conflict_walk(c, &walk, c->count / LINES_OF_A_GROUP + 1, group_of_note)) return;
  while (c->fault == CONFLICTS_SOUND && h2040_conflict_next(&walk, &lines)) h2040_compare_notes(c, lines);
}

static void compare(struct conflicts *c) {
  struct standings *standings = h2040_standings_open(c);
  if (c->fault == CONFLICTS_SOUND) {
    stand_alone(c, standings);
    compare_members(c, standings);
    if (c->fault == CONFLICTS_SOUND) h2040_tell_troubles(standings);
  }
  h2040_standings_close(standings);
  if (c->fault == CONFLICTS_SOUND) compare_providers(c);
  if (c->fault == CONFLICTS_SOUND) compare_notes(c);
}

/* ---- what is told ---- */

struct agency {
  uint32_t lines, place;
};

static void tell_agencies(struct conflicts *c) {
  size_t size = (c->providers.ids.count + 1) * sizeof(struct agency);
  struct agency *agency = h2040_conflict_room(c, ROOM_COUNTS, size);
  if (!agency || !has_field(c, FIELD_BILLING_NPI)) return;
  memset(agency, 0, size);
  for (uint32_t place = 0; place < c->count; place++) {
    const struct conflict_line *line = line_at(c, place);
    if (line->flags & LINE_FALLEN || !(line->flags & LINE_AGENCY)) continue;
    if (agency[line->who].lines++ == 0) agency[line->who].place = place;
  }
  for (uint32_t who = 1; who <= c->providers.ids.count && h2040_conflict_proceed(c, 1); who++) {
    if (agency[who].lines > 0) h2040_conflict_tell_agency(c, line_at(c, agency[who].place), agency[who].lines);
  }
}

static void tell(struct conflicts *c) {
  for (uint32_t place = 0; c->told.count > 0 && place < c->count && c->fault == CONFLICTS_SOUND; place++) {
    const struct conflict_line *line = line_at(c, place);
    const struct told_line *told = line->told ? told_of(c, line) : NULL;
    if (told && (told->always || !(line->flags & LINE_FALLEN))) {
      h2040_conflict_found(c, RULE_COUNT, place, NO_PLACE, 0);
    }
  }
}

/* ---- the rows ---- */

static struct conflict_row *row_at(const struct conflicts *c, uint32_t row) {
  return block_item(&c->rows, row, sizeof(struct conflict_row));
}

/* A day that is too long for the provider and for the member is one row.  So is that of
** a line which reaches into another that is: then its own day is told. */
static bool is_of_row_before(const struct conflicts *c, struct conflict_row *row) {
  struct conflict_row *before = c->shown_count > 0 ? row_at(c, c->shown[c->shown_count - 1]) : NULL;
  if (row->rule == RULE_TIME_IMPOSSIBLE_DAY && !full_day(c, row->detail[0])->of_provider) {
    row->detail[1] = row->detail[0];
    row->detail[0] = 0;
  }
  if (!before || before->place != row->place || before->rule != row->rule) return false;
  for (int i = 0; i < 2; i++) {
    if (before->detail[i] == 0) before->detail[i] = row->detail[i];
  }
  return true;
}

static void sort_rows(struct conflicts *c) {
  size_t count = c->rows.count;
  struct keyed *keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * count * sizeof *keyed);
  c->shown = h2040_realloc(NULL, (count + 1) * sizeof *c->shown);
  if (!h2040_conflict_has(c, c->shown) || !keyed) return;
  for (size_t i = 0; i < count; i++) {
    const struct conflict_row *row = row_at(c, (uint32_t)i);
    keyed[i] = (struct keyed){ (uint64_t)row->place << 8 | row->rule, (uint32_t)i };
  }
  h2040_sort_keyed(keyed, keyed + count, count);
  for (size_t i = 0; i < count; i++) {
    if (!is_of_row_before(c, row_at(c, keyed[i].item))) c->shown[c->shown_count++] = keyed[i].item;
  }
  h2040_conflict_proceed(c, count);
}

/* Lines without a day come where what stands there sorts. */
static int order_of_undated(const void *left, const void *right, const void *context) {
  const struct conflicts *c = context;
  struct value a = h2040_conflict_date(c, row_at(c, *(const uint32_t *)left), NULL);
  struct value b = h2040_conflict_date(c, row_at(c, *(const uint32_t *)right), NULL);
  return h2040_value_order(&a, &b);
}

static void place_undated(struct conflicts *c) {
  const struct sorting sorting = { .order = order_of_undated, .context = c, .proceed = go_on, .host = c };
  size_t undated = 0;
  while (undated < c->shown_count && line_at(c, row_at(c, c->shown[undated])->place)->day == NO_DAY) undated++;
  if (undated == 0 || c->fault != CONFLICTS_SOUND) return;
  const void **sorted = h2040_conflict_room(c, ROOM_KEYED, 2 * undated * sizeof *sorted);
  uint32_t *merged = h2040_realloc(NULL, (c->shown_count + 1) * sizeof *merged);
  if (!h2040_conflict_has(c, merged) || !sorted) {
    h2040_free(merged);
    return;
  }
  for (size_t i = 0; i < undated; i++) sorted[i] = c->shown + i;
  h2040_sort(&sorting, sorted, sorted + undated, undated);
  for (size_t i = 0, u = 0, d = undated; i < c->shown_count; i++) {
    bool undated_first = d == c->shown_count;
    if (u < undated && !undated_first) {
      char text[DATE_SIZE];
      struct value a = h2040_conflict_date(c, row_at(c, *(const uint32_t *)sorted[u]), NULL);
      struct value b = h2040_conflict_date(c, row_at(c, c->shown[d]), text);
      undated_first = h2040_value_order(&a, &b) <= 0;
    }
    merged[i] = u < undated && undated_first ? *(const uint32_t *)sorted[u++] : c->shown[d++];
  }
  h2040_free(c->shown);
  c->shown = merged;
}

bool h2040_conflicts_find(struct conflicts *c) {
  h2040_forget_single_notes(c);
  prepare_pairs(c);
  if (c->fault == CONFLICTS_SOUND) put_in_order(c);
  if (c->fault == CONFLICTS_SOUND) compare(c);
  if (c->fault == CONFLICTS_SOUND) tell_agencies(c);
  tell(c);
  give_up_rooms(c);
  if (c->fault == CONFLICTS_SOUND) sort_rows(c);
  if (c->fault == CONFLICTS_SOUND) place_undated(c);
  give_up_rooms(c);
  h2040_blocks_free(&c->note);
  h2040_free(c->note_bits.word);
  c->note_bits = (struct note_bits){ NULL, 0 };
  return c->fault == CONFLICTS_SOUND;
}

size_t h2040_conflicts_rows(const struct conflicts *c) {
  return c->shown_count;
}
