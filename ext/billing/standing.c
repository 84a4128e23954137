/* See standing.h.  Originals are found by two hash tables, of numbers and of numbers
** with a day; circles by Tarjan's strongly connected components. */
#include "standing.h"
#include "value.h"
#include "memory.h"
#include "quote.h"
#include "sort.h"

#include <stdio.h>
#include <string.h>

enum {
  NONE = 0, /* of indexes that count from 1 */
  ANY_DAY = INT32_MAX,
  MOST_LOOKED_AT = 256, /* claims of one number, the latest first */
  MOST_ORIGINALS = 16,
  LINES_BETWEEN_QUESTIONS = 4096
};

struct claim {
  uint32_t claim_id, claim_number, own; /* its own number: by which a correction may be known */
  int64_t received;
  uint8_t frequency, fate, trouble;
  uint32_t first_line, last_line, lines; /* chained by standing.next_line; counted from 1 */
  uint32_t first_original, originals;    /* in standing.original */
  uint32_t order, lowest;                /* of Tarjan's walk: from 1 */
  uint32_t circle;                       /* those of one circle share it */
  bool on_path;
  uint64_t content; /* of its lines together, in any order */
  uint32_t stands;  /* SENT_AGAIN: the claim that does */
};

/* A claim that bears a number, on a day of service or on any. */
struct bearer {
  uint32_t claim, next;
};

struct number_on_day {
  uint32_t number;
  int32_t day;
  uint32_t first; /* bearer, from 1: the latest received */
};

/* A hash table of places in an array, counted from 1. */
struct claim_places {
  uint32_t *place;
  size_t room; /* that is used: a power of two */
  size_t widest;
};

struct standing {
  bool (*proceed)(void *host);
  void *host;
  bool by_claim_id, may_resend, no_memory;
  /* The group at hand. */
  struct standing_line *line;
  size_t count;
  uint32_t *next_line; /* of a claim, or of lines alike; from 1 */
  struct claim *claim;
  size_t claims;
  struct claim_places places;
  struct number_on_day *number;
  size_t numbers, number_room;
  struct bearer *bearer;
  size_t bearers, bearer_room;
  uint32_t *original; /* of the claims, one after the other */
  size_t originals, original_room;
  const void **order; /* of claims, and room to sort them */
  uint32_t *path;     /* Tarjan's two stacks */
  uint32_t *walk;
  size_t room; /* of what is one for each line */
};

struct standing *h2040_standing_open(bool (*proceed)(void *host), void *host) {
  struct standing *s = h2040_realloc(NULL, sizeof *s);
  if (s) *s = (struct standing){ .proceed = proceed, .host = host };
  return s;
}

void h2040_standing_columns(struct standing *s, bool by_claim_id, bool may_resend) {
  s->by_claim_id = by_claim_id;
  s->may_resend = may_resend;
}

void h2040_standing_close(struct standing *s) {
  if (!s) return;
  h2040_free(s->next_line);
  h2040_free(s->claim);
  h2040_free(s->places.place);
  h2040_free(s->number);
  h2040_free(s->bearer);
  h2040_free(s->original);
  h2040_free(s->order);
  h2040_free(s->path);
  h2040_free(s->walk);
  h2040_free(s);
}

/* ---- memory ---- */

/* The array, wider; the old one where memory has run out. */
static void *widened(struct standing *s, void *array, size_t count, size_t size) {
  void *wider = count > SIZE_MAX / size ? NULL : h2040_realloc(array, count * size);
  if (!wider) s->no_memory = true;
  return wider ? wider : array;
}

static bool make_room(struct standing *s, size_t count) {
  if (count <= s->room) return true;
  size_t room = count + count / 2;
  s->next_line = widened(s, s->next_line, room + 1, sizeof *s->next_line);
  s->claim = widened(s, s->claim, room, sizeof *s->claim);
  s->order = widened(s, s->order, 2 * room, sizeof *s->order);
  s->path = widened(s, s->path, room, sizeof *s->path);
  s->walk = widened(s, s->walk, 2 * room, sizeof *s->walk);
  if (s->no_memory) return false;
  s->room = room;
  return true;
}

static size_t twice(size_t room) {
  return room > 0 ? room * 2 : 64;
}

/* Empty, and half empty still when it holds so many. */
static bool clear_places(struct standing *s, size_t count) {
  size_t room = 16;
  while (room < 2 * count) room *= 2;
  if (room > s->places.widest) {
    s->places.place = widened(s, s->places.place, room, sizeof *s->places.place);
    if (s->no_memory) return false;
    s->places.widest = room;
  }
  s->places.room = room;
  memset(s->places.place, 0, room * sizeof *s->places.place);
  return true;
}

/* `same` says whether what lies in a place, counted from 1, is what is looked for. */
static uint32_t *place_of(const struct standing *s, uint64_t hash,
                          bool (*same)(const struct standing *s, uint32_t place, const void *key), const void *key) {
  size_t i = (size_t)hash & (s->places.room - 1);
  while (s->places.place[i] && !same(s, s->places.place[i], key)) i = (i + 1) & (s->places.room - 1);
  return s->places.place + i;
}

static uint64_t with(uint64_t hash, uint64_t part) {
  return mix_bits(hash ^ (part + 1) * 0x9E3779B97F4A7C15u);
}

/* ---- claims ---- */

static bool same_claim(const struct standing *s, uint32_t place, const void *key) {
  const struct claim *claim = s->claim + place - 1;
  const struct standing_line *line = key;
  return claim->claim_id == line->claim_id && claim->claim_number == line->claim_number
         && claim->frequency == line->frequency && claim->received == line->received;
}

static void start_claim(struct claim *claim, const struct standing *s, const struct standing_line *line) {
  *claim = (struct claim){
    .claim_id = line->claim_id, .claim_number = line->claim_number, .received = line->received,
    .own = s->by_claim_id ? line->claim_id : line->claim_number, .frequency = line->frequency,
    .fate = line->frequency == VOID_CLAIM ? VOIDS : STANDS,
  };
}

static uint64_t content_of(const struct standing_line *line) {
  uint64_t hash = with(with(line->claim_line_number, line->hcpcs_code), line->modifiers);
  return with(with(hash, (uint64_t)line->units), (uint32_t)line->day);
}

static bool gather_claims(struct standing *s) {
  s->claims = 0;
  if (!clear_places(s, s->count)) return false;
  for (size_t i = 0; i < s->count; i++) {
    const struct standing_line *line = s->line + i;
    bool named = line->claim_id != 0 || line->claim_number != 0; /* what bears no id is a claim of its own */
    uint64_t hash = with(with(with(line->claim_id, line->claim_number), line->frequency), (uint64_t)line->received);
    uint32_t none = NONE;
    uint32_t *place = named ? place_of(s, hash, same_claim, line) : &none;
    if (*place == NONE) {
      start_claim(s->claim + s->claims, s, line);
      *place = (uint32_t)++s->claims;
    }
    struct claim *claim = s->claim + *place - 1;
    if (claim->lines++ == 0) claim->first_line = (uint32_t)i + 1;
    else s->next_line[claim->last_line] = (uint32_t)i + 1;
    claim->last_line = (uint32_t)i + 1;
    s->next_line[i + 1] = NONE;
    claim->content += content_of(line);
  }
  return true;
}

static int by_received(const void *left, const void *right, const void *context) {
  const struct claim *a = left;
  const struct claim *b = right;
  (void)context;
  if (a->received != b->received) return a->received < b->received ? -1 : 1;
  return a->first_line < b->first_line ? -1 : 1;
}

static bool sort_claims(struct standing *s) {
  const struct sorting sorting = { by_received, NULL, s->proceed, s->host };
  for (size_t i = 0; i < s->claims; i++) s->order[i] = s->claim + i;
  return h2040_sort(&sorting, s->order, s->order + s->claims, s->claims);
}

/* ---- who bears a number ---- */

static bool same_number(const struct standing *s, uint32_t place, const void *key) {
  const struct number_on_day *number = s->number + place - 1;
  const struct number_on_day *asked = key;
  return number->number == asked->number && number->day == asked->day;
}

static uint32_t *place_of_number(const struct standing *s, uint32_t number, int32_t day) {
  const struct number_on_day asked = { .number = number, .day = day };
  return place_of(s, with(number, (uint32_t)day), same_number, &asked);
}

static bool bear(struct standing *s, uint32_t claim, uint32_t number, int32_t day) {
  if (number == 0) return true;
  uint32_t *place = place_of_number(s, number, day);
  if (*place == NONE) {
    if (s->numbers == s->number_room) {
      s->number = widened(s, s->number, twice(s->number_room), sizeof *s->number);
      if (s->no_memory) return false;
      s->number_room = twice(s->number_room);
    }
    s->number[s->numbers] = (struct number_on_day){ .number = number, .day = day };
    *place = (uint32_t)++s->numbers;
  }
  struct number_on_day *on_day = s->number + *place - 1;
  if (on_day->first != NONE && s->bearer[on_day->first - 1].claim == claim) return true;
  if (s->bearers == s->bearer_room) {
    s->bearer = widened(s, s->bearer, twice(s->bearer_room), sizeof *s->bearer);
    if (s->no_memory) return false;
    s->bearer_room = twice(s->bearer_room);
  }
  s->bearer[s->bearers] = (struct bearer){ .claim = claim, .next = on_day->first };
  on_day->first = (uint32_t)++s->bearers;
  return true;
}

static bool bear_numbers(struct standing *s) {
  enum { NUMBERS_OF_A_LINE = 3, DAYS_OF_A_LINE = 2 };
  s->numbers = 0;
  s->bearers = 0;
  if (!clear_places(s, s->count * NUMBERS_OF_A_LINE * DAYS_OF_A_LINE)) return false;
  for (size_t i = 0; i < s->claims; i++) {
    uint32_t claim = (uint32_t)((const struct claim *)s->order[i] - s->claim);
    for (uint32_t l = s->claim[claim].first_line; l != NONE; l = s->next_line[l]) {
      const struct standing_line *line = s->line + l - 1;
      uint32_t number[NUMBERS_OF_A_LINE] = { line->claim_id, line->claim_number, line->payer_claim_number };
      for (int n = 0; n < NUMBERS_OF_A_LINE; n++) {
        if (!bear(s, claim, number[n], ANY_DAY) || !bear(s, claim, number[n], line->day)) return false;
      }
    }
  }
  return true;
}

/* ---- originals ---- */

/* May it be the original of a correction that bears the same number? */
static bool comes_before(const struct claim *original, const struct claim *claim) {
  bool told = original->received != RECEIVED_UNKNOWN && claim->received != RECEIVED_UNKNOWN;
  if (told && original->received != claim->received) return original->received < claim->received;
  return original->frequency != claim->frequency && original->frequency != VOID_CLAIM;
}

static bool is_original(const struct standing *s, const struct claim *claim, uint32_t candidate, bool by_own_number) {
  const struct claim *original = s->claim + candidate;
  if (original == claim) return false;
  return !by_own_number || (original->own == claim->own && comes_before(original, claim));
}

/* How many of the claims that bear a number may be the original: 0, 1, or 2 for more. */
static int count_originals(const struct standing *s, const struct claim *claim, uint32_t number, bool by_own_number,
                           uint32_t *only) {
  uint32_t place = *place_of_number(s, number, ANY_DAY);
  int found = 0;
  int looked_at = 0;
  for (uint32_t b = place ? s->number[place - 1].first : NONE; b != NONE; b = s->bearer[b - 1].next) {
    if (++looked_at > MOST_LOOKED_AT) return 2;
    if (!is_original(s, claim, s->bearer[b - 1].claim, by_own_number)) continue;
    *only = s->bearer[b - 1].claim;
    if (++found == 2) return 2;
  }
  return found;
}

static bool add_original(struct standing *s, struct claim *claim, uint32_t original) {
  for (uint32_t i = 0; i < claim->originals; i++) {
    if (s->original[claim->first_original + i] == original) return true;
  }
  if (claim->originals == MOST_ORIGINALS) return true; /* each of them removes the ones before it */
  if (s->originals == s->original_room) {
    s->original = widened(s, s->original, twice(s->original_room), sizeof *s->original);
    if (s->no_memory) return false;
    s->original_room = twice(s->original_room);
  }
  s->original[s->originals++] = original;
  claim->originals++;
  return true;
}

static bool add_of_day(struct standing *s, struct claim *claim, uint32_t number, int32_t day, bool by_own_number) {
  uint32_t place = *place_of_number(s, number, day);
  int looked_at = 0;
  for (uint32_t b = place ? s->number[place - 1].first : NONE; b != NONE; b = s->bearer[b - 1].next) {
    if (++looked_at > MOST_LOOKED_AT) break;
    if (!is_original(s, claim, s->bearer[b - 1].claim, by_own_number)) continue;
    if (!add_original(s, claim, s->bearer[b - 1].claim)) return false;
  }
  return true;
}

static bool add_of_days(struct standing *s, struct claim *claim, uint32_t number, bool by_own_number) {
  int32_t last = ANY_DAY;
  for (uint32_t l = claim->first_line; l != NONE; l = s->next_line[l]) {
    int32_t day = s->line[l - 1].day;
    if (day == last) continue;
    last = day;
    if (day != INT32_MIN && !add_of_day(s, claim, number, day, by_own_number)) return false;
  }
  return true;
}

/* The lines of a claim name one original as a rule; those that name another than the
** first are looked at with their own day only. */
static bool find_named(struct standing *s, struct claim *claim, bool *several) {
  uint32_t first = s->line[claim->first_line - 1].original_claim_id;
  uint32_t only = 0;
  for (uint32_t l = claim->first_line; l != NONE; l = s->next_line[l]) {
    const struct standing_line *line = s->line + l - 1;
    uint32_t named = line->original_claim_id;
    if (named == 0 || named == claim->own || (named == first && l != claim->first_line)) continue;
    int found = count_originals(s, claim, named, false, &only);
    if (found == 0) continue;
    if (found == 2) *several = true;
    bool done = found == 1       ? add_original(s, claim, only)
                : named == first ? add_of_days(s, claim, named, false)
                                 : add_of_day(s, claim, named, line->day, false);
    if (!done) return false;
  }
  return true;
}

static bool find_by_own_number(struct standing *s, struct claim *claim) {
  uint32_t only = 0;
  int found = claim->own != 0 ? count_originals(s, claim, claim->own, true, &only) : 0;
  if (found == 0) return true;
  return found == 1 ? add_original(s, claim, only) : add_of_days(s, claim, claim->own, true);
}

static bool find_originals(struct standing *s) {
  s->originals = 0;
  for (size_t i = 0; i < s->claims; i++) {
    struct claim *claim = s->claim + i;
    bool several = false;
    if (i % LINES_BETWEEN_QUESTIONS == LINES_BETWEEN_QUESTIONS - 1 && !s->proceed(s->host)) return false;
    if (claim->frequency != REPLACEMENT_CLAIM && claim->frequency != VOID_CLAIM) continue;
    claim->first_original = (uint32_t)s->originals;
    if (!find_named(s, claim, &several)) return false;
    if (claim->originals == 0 && !several && !find_by_own_number(s, claim)) return false;
    if (claim->originals == 0) claim->trouble = ORIGINAL_NOT_FOUND;
  }
  return true;
}

/* ---- circles ---- */

/* Closes the component of which `root` is the first that was reached. */
static void close_circle(struct standing *s, uint32_t root, size_t *path) {
  uint32_t claim;
  do {
    claim = s->path[--*path];
    s->claim[claim].on_path = false;
    s->claim[claim].circle = root;
  } while (claim != root);
}

static void walk_from(struct standing *s, uint32_t start, uint32_t *reached) {
  size_t path = 0;
  size_t depth = 0;
  s->walk[0] = start; /* two words a step: a claim, and how many of its originals are done */
  s->walk[1] = 0;
  for (;;) {
    uint32_t at = s->walk[2 * depth];
    struct claim *claim = s->claim + at;
    if (claim->order == 0) {
      claim->order = claim->lowest = ++*reached;
      claim->on_path = true;
      s->path[path++] = at;
    }
    if (s->walk[2 * depth + 1] < claim->originals) {
      uint32_t to = s->original[claim->first_original + s->walk[2 * depth + 1]++];
      if (s->claim[to].order == 0) {
        depth++;
        s->walk[2 * depth] = to;
        s->walk[2 * depth + 1] = 0;
      } else if (s->claim[to].on_path && s->claim[to].order < claim->lowest) {
        claim->lowest = s->claim[to].order;
      }
      continue;
    }
    if (claim->lowest == claim->order) close_circle(s, at, &path);
    if (depth == 0) return;
    depth--;
    struct claim *before = s->claim + s->walk[2 * depth];
    if (claim->lowest < before->lowest) before->lowest = claim->lowest;
  }
}

static void remove_originals(struct standing *s) {
  uint32_t reached = 0;
  for (size_t i = 0; i < s->claims; i++) {
    if (s->claim[i].order == 0) walk_from(s, (uint32_t)i, &reached);
  }
  for (size_t i = 0; i < s->claims; i++) {
    struct claim *claim = s->claim + i;
    for (uint32_t k = 0; k < claim->originals; k++) {
      struct claim *original = s->claim + s->original[claim->first_original + k];
      if (original->circle == claim->circle) claim->trouble = ORIGINAL_IN_CIRCLE;
      else if (original->fate != VOIDS) original->fate = REPLACED;
    }
  }
}

/* ---- sent again ---- */

static int by_content(const void *left, const void *right, const void *context) {
  const struct standing_line *a = left;
  const struct standing_line *b = right;
  (void)context;
  if (a->claim_line_number != b->claim_line_number) return a->claim_line_number < b->claim_line_number ? -1 : 1;
  if (a->hcpcs_code != b->hcpcs_code) return a->hcpcs_code < b->hcpcs_code ? -1 : 1;
  if (a->modifiers != b->modifiers) return a->modifiers < b->modifiers ? -1 : 1;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  return (a->units > b->units) - (a->units < b->units);
}

static bool same_content(const struct standing *s, uint32_t place, const void *key) {
  const struct claim *a = s->claim + place - 1;
  const struct claim *b = key;
  return a->own == b->own && a->lines == b->lines && a->content == b->content;
}

/* Alike by their hash; are they so line by line?  sorted: room for the lines of both,
** twice. */
static bool alike(struct standing *s, const struct claim *a, const struct claim *b, const void **sorted) {
  const struct sorting sorting = { by_content, NULL, s->proceed, s->host };
  const struct claim *pair[2] = { a, b };
  for (int i = 0; i < 2; i++) {
    const void **item = sorted + (size_t)i * a->lines;
    size_t n = 0;
    for (uint32_t l = pair[i]->first_line; l != NONE; l = s->next_line[l]) item[n++] = s->line + l - 1;
    if (!h2040_sort(&sorting, item, sorted + 2 * (size_t)a->lines, n)) return false;
  }
  for (size_t i = 0; i < a->lines; i++) {
    if (by_content(sorted[i], sorted[a->lines + i], NULL) != 0) return false;
  }
  return true;
}

/* The claims come in the order in which they were received. */
static bool find_resent(struct standing *s) {
  const void **sorted = h2040_realloc(NULL, (3 * s->count + 1) * sizeof *sorted);
  if (!sorted || !clear_places(s, s->claims)) {
    h2040_free(sorted);
    return false;
  }
  for (size_t i = 0; i < s->claims; i++) {
    uint32_t at = (uint32_t)((const struct claim *)s->order[i] - s->claim);
    struct claim *claim = s->claim + at;
    if (claim->frequency != ORIGINAL_CLAIM || claim->own == 0) continue;
    uint32_t *place = place_of(s, with(claim->content, claim->own), same_content, claim);
    if (*place != NONE && alike(s, s->claim + *place - 1, claim, sorted)) {
      struct claim *earlier = s->claim + *place - 1;
      if (earlier->fate == STANDS) earlier->fate = SENT_AGAIN;
      earlier->stands = claim->first_line - 1;
    }
    *place = at + 1;
  }
  h2040_free(sorted);
  return true;
}

/* ---- taken back ---- */

struct taking {
  const struct standing_line *line;
  int64_t units;  /* that are looked for */
  bool any_claim; /* else of the line's own */
};

static bool same_session(const struct standing *s, uint32_t place, const void *key) {
  const struct standing_line *line = s->line + place - 1;
  const struct taking *asked = key;
  return line->units == asked->units && line->day == asked->line->day && line->hcpcs_code == asked->line->hcpcs_code
         && line->modifiers == asked->line->modifiers && (asked->any_claim || line->claim_id == asked->line->claim_id);
}

static uint32_t *place_of_session(const struct standing *s, const struct standing_line *line, int64_t units,
                                  bool any_claim) {
  const struct taking asked = { line, units, any_claim };
  uint64_t hash = with(with(line->hcpcs_code, line->modifiers), (uint32_t)line->day);
  return place_of(s, with(with(hash, (uint64_t)units), any_claim ? 0 : line->claim_id), same_session, &asked);
}

/* First within a claim, then among all of the member's. */
static bool take_back(struct standing *s, bool any_claim) {
  if (!clear_places(s, s->count)) return false;
  for (size_t i = s->count; i-- > 0;) { /* so that chains begin with the first */
    struct standing_line *line = s->line + i;
    if (line->fate != STANDS || line->units <= 0 || line->day == INT32_MIN) continue;
    uint32_t *place = place_of_session(s, line, line->units, any_claim);
    s->next_line[i + 1] = *place;
    *place = (uint32_t)i + 1;
  }
  for (size_t i = 0; i < s->count; i++) {
    struct standing_line *line = s->line + i;
    if (line->fate != STANDS || line->units >= 0 || line->day == INT32_MIN || line->units == INT64_MIN) continue;
    uint32_t *place = place_of_session(s, line, -line->units, any_claim);
    uint32_t taken = *place;
    while (taken != NONE && s->line[taken - 1].fate != STANDS) taken = s->next_line[taken];
    if (taken != NONE) {
      s->line[taken - 1].fate = TAKEN_BACK;
      s->line[taken - 1].trouble = NO_TROUBLE;
      line->fate = TAKES_BACK;
      line->trouble = NO_TROUBLE;
    }
    /* What is taken stays as the place's key, its successors behind it. */
    if (taken != NONE && taken != *place) s->next_line[*place] = taken;
  }
  return true;
}

static bool take_all_back(struct standing *s) {
  if (!take_back(s, false) || !take_back(s, true)) return false;
  for (size_t i = 0; i < s->count; i++) {
    struct standing_line *line = s->line + i;
    if (line->fate == STANDS && line->units < 0) line->trouble = NOTHING_TO_TAKE_BACK;
  }
  return true;
}

/* ---- all of it ---- */

static bool may_be_resent(const struct standing *s) {
  size_t originals = 0;
  for (size_t i = 0; i < s->claims; i++) originals += s->claim[i].frequency == ORIGINAL_CLAIM && s->claim[i].own != 0;
  return originals > 1;
}

static bool judge_claims(struct standing *s, bool corrections) {
  if (!gather_claims(s)) return false;
  bool resent = s->may_resend && may_be_resent(s);
  if (!corrections && !resent) return true;
  if (!sort_claims(s)) return false;
  if (corrections) {
    if (!bear_numbers(s) || !find_originals(s)) return false;
    remove_originals(s);
  }
  if (resent && !find_resent(s)) return false;
  for (size_t i = 0; i < s->claims; i++) {
    const struct claim *claim = s->claim + i;
    bool told = claim->fate == STANDS || claim->fate == VOIDS;
    for (uint32_t l = claim->first_line; l != NONE; l = s->next_line[l]) {
      s->line[l - 1].fate = claim->fate;
      s->line[l - 1].trouble = told ? claim->trouble : NO_TROUBLE;
      s->line[l - 1].stands = claim->stands;
    }
  }
  return true;
}

bool h2040_stand(struct standing *s, struct standing_line *line, size_t count) {
  bool corrections = false;
  bool reversals = false;
  for (size_t i = 0; i < count; i++) {
    line[i].fate = STANDS;
    line[i].trouble = NO_TROUBLE;
    corrections |= line[i].frequency == REPLACEMENT_CLAIM || line[i].frequency == VOID_CLAIM;
    reversals |= line[i].units < 0;
  }
  if (!corrections && !reversals && !(s->may_resend && count > 1)) return true;
  s->line = line;
  s->count = count;
  if (!make_room(s, count)) return false;
  if ((corrections || s->may_resend) && !judge_claims(s, corrections)) return false;
  return !reversals || take_all_back(s);
}

const char *h2040_standing_words(char words[STANDING_WORDS], const struct standing_line *line, struct text original,
                                 bool elsewhere) {
  const char *counted = line->frequency == VOID_CLAIM ? "it is counted" : "both are counted";
  struct quoted quoted = h2040_quote(h2040_trim(original));
  switch (line->trouble) {
    case NOTHING_TO_TAKE_BACK:
      snprintf(words, STANDING_WORDS, "units %lld take back a line of as many units of the same payer, member, code, "
               "modifiers and day, and there is none: not counted", (long long)line->units);
      break;
    case ORIGINAL_IN_CIRCLE:
      snprintf(words, STANDING_WORDS, "original_claim_id %s: claims replace each other in a circle: none of them is "
               "removed", quoted.z);
      break;
    case ORIGINAL_NOT_FOUND:
      if (h2040_blank(original)) {
        snprintf(words, STANDING_WORDS, "claim_frequency_code %d, and no original is named or bears the claim's own "
                 "number: if the original is there under another number, %s", line->frequency, counted);
      } else if (elsewhere) {
        snprintf(words, STANDING_WORDS, "original_claim_id %s is a claim of another member or payer, and is not "
                 "removed: if the original is there under another number, %s", quoted.z, counted);
      } else {
        snprintf(words, STANDING_WORDS, "original_claim_id %s is not there: if the original is there under another "
                 "number, %s", quoted.z, counted);
      }
      break;
    default:
      words[0] = 0;
  }
  return words;
}
