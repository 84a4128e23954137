/*
** note.cloned (conflict.h): notes whose activities and response are word for word those
** of another.
**
** A note is known by a keyed hash of 128 bits of its two texts, without the white space
** around them: the texts are not kept, but for the beginning of activities that were
** read more than once, to be shown.
*/
#include "conflict_parts.h"
#include "memory.h"
#include "quote.h"

#include <string.h>

enum { EXCERPT = 60 };

/* Words of 32 bits: so that it has no holes. */
struct note {
  uint32_t hash[4];
  uint32_t excerpt; /* of c->excerpt, from 1; 0: read once */
};

static struct note *note_at(const struct conflicts *c, uint32_t number) {
  return block_item(&c->note, number - 1, sizeof(struct note));
}

/* ---- reading ---- */

static uint32_t *slot_of(const struct conflicts *c, const uint32_t hash[4]) {
  size_t mask = c->note_slots.count - 1;
  size_t i = hash[0] & mask;
  while (c->note_slots.slot[i] && memcmp(note_at(c, c->note_slots.slot[i])->hash, hash, 4 * sizeof *hash) != 0) {
    i = (i + 1) & mask;
  }
  return c->note_slots.slot + i;
}

static bool widen(struct conflicts *c) {
  if (c->note.count + c->note.count / 3 < c->note_slots.count) return true;
  struct number_slots wider = { .count = c->note_slots.count > 0 ? c->note_slots.count * 2 : 64 };
  wider.slot = h2040_realloc(NULL, wider.count * sizeof *wider.slot);
  if (!h2040_conflict_has(c, wider.slot)) return false;
  memset(wider.slot, 0, wider.count * sizeof *wider.slot);
  h2040_free(c->note_slots.slot);
  c->note_slots = wider;
  for (uint32_t number = 1; number <= c->note.count; number++) *slot_of(c, note_at(c, number)->hash) = number;
  return true;
}

/* The beginning of a text, which ends with a whole character. */
static bool keep_excerpt(struct conflicts *c, struct note *note, struct text t) {
  static const struct text more = { "...", 3 };
  struct text *excerpt = h2040_list_add(&c->excerpt, sizeof *excerpt);
  if (!h2040_conflict_has(c, excerpt)) return false;
  size_t kept = 0;
  while (kept < t.n && kept < EXCERPT) {
    size_t length = h2040_utf8_length((struct text){ t.z + kept, t.n - kept });
    kept += length > 0 ? length : 1;
  }
  bool whole = kept == t.n;
  char *z = h2040_arena_take(&c->arena, kept + more.n);
  if (!h2040_conflict_has(c, z)) return false;
  memcpy(z, t.z, kept);
  if (!whole) memcpy(z + kept, more.z, more.n);
  *excerpt = (struct text){ z, whole ? kept : kept + more.n };
  note->excerpt = (uint32_t)c->excerpt.count;
  return true;
}

uint32_t h2040_conflict_note(struct conflicts *c, const struct value *activities, const struct value *response) {
  char number[2][NUMBER_SIZE];
  uint64_t hash[2] = { c->terms.seed, ~c->terms.seed };
  uint32_t words[4];
  if (h2040_value_blank(activities) || h2040_value_blank(response) || !widen(c)) return 0;
  struct text text[2] = { h2040_trim(h2040_value_shown(activities, number[0])),
                          h2040_trim(h2040_value_shown(response, number[1])) };
  for (int i = 0; i < 2; i++) {
    struct value first = value_of_text(text[0]);
    struct value second = value_of_text(text[1]);
    hash[i] = h2040_value_hash(&second, mix_bits(h2040_value_hash(&first, hash[i]) + hash[i]));
  }
  memcpy(words, hash, sizeof words);
  uint32_t *slot = slot_of(c, words);
  if (*slot) {
    struct note *note = note_at(c, *slot);
    return note->excerpt > 0 || keep_excerpt(c, note, text[0]) ? *slot : 0;
  }
  struct note *note = h2040_blocks_add(&c->note, sizeof *note);
  if (!h2040_conflict_has(c, note)) return 0;
  memcpy(note->hash, words, sizeof words);
  *slot = (uint32_t)c->note.count;
  return *slot;
}

struct text h2040_conflict_excerpt(const struct conflicts *c, uint32_t note) {
  uint32_t excerpt = note_at(c, note)->excerpt;
  if (excerpt == 0) return (struct text){ NULL, 0 };
  return ((const struct text *)c->excerpt.items)[excerpt - 1];
}

/* ---- comparing ---- */

/* What a line repeats. */
struct repeated {
  uint32_t place; /* NO_PLACE: nothing */
  bool of_another;
};

struct compared {
  struct conflicts *c;
  struct places lines;
  struct keyed *keyed, *room; /* item: the number of a line among these */
  struct repeated *repeated;  /* of each */
};

static void sort_by(struct compared *compared, bool provider) {
  for (size_t i = 0; i < compared->lines.count; i++) {
    const struct conflict_line *line = line_at(compared->c, compared->lines.place[i]);
    compared->keyed[i] = (struct keyed){ provider ? provider_of(line) : line->member, (uint32_t)i };
  }
  h2040_sort_keyed(compared->keyed, compared->room, compared->lines.count);
}

static const struct conflict_line *line_of(const struct compared *compared, const struct keyed *keyed) {
  return line_at(compared->c, compared->lines.place[keyed->item]);
}

/* A member's lines.  Earlier is what is of an earlier day, or has ended when the line
** begins: two lines of one session may share its note. */
static void of_the_member(struct compared *compared, const struct keyed *keyed, size_t count) {
  const struct conflict_line *first = line_of(compared, keyed);
  const struct keyed *ended = NULL; /* that ends first, of the first day */
  for (size_t i = 0; i < count && line_of(compared, keyed + i)->day == first->day; i++) {
    const struct conflict_line *line = line_of(compared, keyed + i);
    if (known_time(line) && (!ended || line->ends < line_of(compared, ended)->ends)) ended = keyed + i;
  }
  for (size_t i = 1; i < count; i++) {
    const struct conflict_line *line = line_of(compared, keyed + i);
    if (line->day == first->day) continue;
    compared->repeated[keyed[i].item] = (struct repeated){ compared->lines.place[keyed->item], false };
  }
  for (size_t i = 0; ended && i < count && line_of(compared, keyed + i)->day == first->day; i++) {
    const struct conflict_line *line = line_of(compared, keyed + i);
    if (!has_length(line) || line->starts < line_of(compared, ended)->ends) continue;
    compared->repeated[keyed[i].item] = (struct repeated){ compared->lines.place[ended->item], false };
  }
}

/* A provider's lines: the first, or the first of another member than that one's. */
static void of_another_member(struct compared *compared, const struct keyed *keyed, size_t count) {
  const struct keyed *first = NULL, *second = NULL;
  for (size_t i = 0; i < count; i++) {
    uint32_t member = line_of(compared, keyed + i)->member;
    if (member == 0) continue;
    const struct keyed *other = first && line_of(compared, first)->member == member ? second : first;
    struct repeated *repeated = compared->repeated + keyed[i].item;
    if (other && repeated->place == NO_PLACE) {
      *repeated = (struct repeated){ compared->lines.place[other->item], true };
    }
    if (!first) first = keyed + i;
    else if (!second && line_of(compared, first)->member != member) second = keyed + i;
  }
}

static void each_run(struct compared *compared, void (*compare)(struct compared *compared, const struct keyed *keyed,
                                                                size_t count)) {
  for (size_t i = 0, end; i < compared->lines.count; i = end) {
    for (end = i + 1; end < compared->lines.count && compared->keyed[end].key == compared->keyed[i].key;) end++;
    if (compared->keyed[i].key != 0 && end - i > 1) compare(compared, compared->keyed + i, end - i);
  }
}

void h2040_compare_notes(struct conflicts *c, struct places lines) {
  struct compared compared = { .c = c, .lines = lines };
  if (lines.count < 2 || !h2040_conflict_proceed(c, lines.count)) return;
  compared.keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * lines.count * sizeof *compared.keyed);
  compared.repeated = h2040_conflict_room(c, ROOM_NUMBERS, lines.count * sizeof *compared.repeated);
  if (c->fault != CONFLICTS_SOUND) return;
  compared.room = compared.keyed + lines.count;
  for (size_t i = 0; i < lines.count; i++) compared.repeated[i] = (struct repeated){ NO_PLACE, false };
  sort_by(&compared, false);
  each_run(&compared, of_the_member);
  sort_by(&compared, true);
  each_run(&compared, of_another_member);
  for (size_t i = 0; i < lines.count; i++) {
    const struct repeated *repeated = compared.repeated + i;
    if (repeated->place == NO_PLACE) continue;
    h2040_conflict_found(c, RULE_NOTE_CLONED, lines.place[i], repeated->place, repeated->of_another);
  }
}
