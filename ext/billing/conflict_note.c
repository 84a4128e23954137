/*
** note.cloned (conflict.h): notes whose activities and response are word for word those
** of another.
**
** A note is known by a keyed hash of 128 bits of its two texts, without the white space
** around them; the texts are not kept.  Two maps of bits say of each hash, as far as
** bits can, whether it was read before, and whether it was read twice: only notes of the
** second kind are compared.  A line whose note may have been read before keeps the
** beginning of its activities, to be shown: of two lines that are alike at least one has.
*/
#include "conflict_parts.h"
#include "memory.h"
#include "quote.h"

#include <string.h>

enum { EXCERPT = 60, BITS_OF_A_NOTE = 16, FEWEST_BITS = 1 << 14 };

struct note {
  uint64_t hash[2];
};

static const struct note *note_at(const struct conflicts *c, uint32_t number) {
  return block_item(&c->note, number - 1, sizeof(struct note));
}

/* ---- bits ---- */

static uint64_t *word_of(const struct note_bits *bits, bool twice, uint64_t hash) {
  size_t bit = (size_t)hash & (bits->count - 1);
  return bits->word + (twice ? bits->count / 64 : 0) + bit / 64;
}

static bool has_bit(const struct note_bits *bits, bool twice, uint64_t hash) {
  return *word_of(bits, twice, hash) >> (hash & 63) & 1;
}

/* Whether it may have been read before. */
static bool set_bit(struct note_bits *bits, uint64_t hash) {
  uint64_t bit = UINT64_C(1) << (hash & 63);
  uint64_t *word = word_of(bits, false, hash);
  bool before = (*word & bit) != 0;
  *word |= bit;
  if (before) *word_of(bits, true, hash) |= bit;
  return before;
}

static bool widen(struct conflicts *c) {
  struct note_bits wider = { .count = c->note_bits.count > 0 ? c->note_bits.count * 2 : FEWEST_BITS };
  if (c->note_bits.count / BITS_OF_A_NOTE > c->note.count) return true;
  wider.word = h2040_realloc(NULL, wider.count / 64 * 2 * sizeof *wider.word);
  if (!h2040_conflict_has(c, wider.word)) return false;
  memset(wider.word, 0, wider.count / 64 * 2 * sizeof *wider.word);
  for (uint32_t number = 1; number <= c->note.count; number++) set_bit(&wider, note_at(c, number)->hash[0]);
  h2040_free(c->note_bits.word);
  c->note_bits = wider;
  return h2040_conflict_proceed(c, c->note.count);
}

/* ---- reading ---- */

/* The beginning of a text, which ends with a whole character; out has room for a few
** bytes more than EXCERPT. */
static struct text excerpt_of(struct text t, char out[EXCERPT_SIZE]) {
  static const struct text more = { "...", 3 };
  size_t kept = 0;
  while (kept < t.n && kept < EXCERPT) {
    size_t length = h2040_utf8_length((struct text){ t.z + kept, t.n - kept });
    kept += length > 0 ? length : 1;
  }
  if (kept == t.n) return t;
  memcpy(out, t.z, kept);
  memcpy(out + kept, more.z, more.n);
  return (struct text){ out, kept + more.n };
}

uint32_t h2040_conflict_note(struct conflicts *c, const struct value *activities, const struct value *response) {
  char number[2][NUMBER_SIZE];
  uint64_t seed[2] = { c->terms.seed, ~c->terms.seed };
  if (h2040_value_blank(activities) || h2040_value_blank(response) || !widen(c)) return 0;
  struct value first = value_of_text(h2040_trim(h2040_value_shown(activities, number[0])));
  struct value second = value_of_text(h2040_trim(h2040_value_shown(response, number[1])));
  struct note *note = h2040_blocks_add(&c->note, sizeof *note);
  if (!h2040_conflict_has(c, note)) return 0;
  for (int i = 0; i < 2; i++) {
    note->hash[i] = h2040_value_hash(&second, mix_bits(h2040_value_hash(&first, seed[i]) + seed[i]));
  }
  FETCH(word_of(&c->note_bits, false, note->hash[0]));
  return (uint32_t)c->note.count;
}

struct value h2040_conflict_excerpt(struct conflicts *c, uint32_t note, const struct value *activities,
                                    char room[EXCERPT_SIZE]) {
  if (!set_bit(&c->note_bits, note_at(c, note)->hash[0]) || !has_bytes(activities)) {
    return (struct value){ .kind = VALUE_NULL };
  }
  return value_of_text(excerpt_of(h2040_trim(value_bytes(activities)), room));
}

/* In the order in which they were read, which is that in which they lie. */
void h2040_forget_single_notes(struct conflicts *c) {
  for (size_t i = 0; c->note.count > 0 && i < c->lines.count; i++) {
    struct conflict_line *line = block_item(&c->lines, i, sizeof *line);
    if (line->note > 0 && !has_bit(&c->note_bits, true, note_at(c, line->note)->hash[0])) line->note = 0;
  }
  h2040_conflict_proceed(c, c->lines.count);
}

uint32_t h2040_conflict_note_group(const struct conflicts *c, uint32_t note, uint32_t groups) {
  return 1 + (uint32_t)((note_at(c, note)->hash[0] >> 32) % groups);
}

/* ---- comparing ---- */

/* Lines of one note, in order; what a line repeats. */
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

static void compare_note(struct conflicts *c, struct compared *compared) {
  for (size_t i = 0; i < compared->lines.count; i++) compared->repeated[i] = (struct repeated){ NO_PLACE, false };
  sort_by(compared, false);
  each_run(compared, of_the_member);
  sort_by(compared, true);
  each_run(compared, of_another_member);
  for (size_t i = 0; i < compared->lines.count; i++) {
    const struct repeated *repeated = compared->repeated + i;
    if (repeated->place == NO_PLACE) continue;
    h2040_conflict_found(c, RULE_NOTE_CLONED, compared->lines.place[i], repeated->place, repeated->of_another);
  }
}

static const struct note *note_of(const struct conflicts *c, uint32_t place) {
  return note_at(c, line_at(c, place)->note);
}

/* Lines of one part of all hashes: sorted by one word of theirs, and then by the other. */
static void sort_by_hash(struct compared *compared, uint32_t *place) {
  for (int word = 1; word >= 0; word--) {
    for (size_t i = 0; i < compared->lines.count; i++) {
      compared->keyed[i] = (struct keyed){ note_of(compared->c, place[i])->hash[word], place[i] };
    }
    h2040_sort_keyed(compared->keyed, compared->room, compared->lines.count);
    for (size_t i = 0; i < compared->lines.count; i++) place[i] = compared->keyed[i].item;
  }
}

void h2040_compare_notes(struct conflicts *c, struct places lines) {
  struct compared compared = { .c = c, .lines = lines };
  if (lines.count < 2 || !h2040_conflict_proceed(c, lines.count)) return;
  compared.keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * lines.count * sizeof *compared.keyed);
  compared.repeated = h2040_conflict_room(c, ROOM_NUMBERS, lines.count * sizeof *compared.repeated);
  uint32_t *place = h2040_conflict_room(c, ROOM_ALL, lines.count * sizeof *place);
  if (c->fault != CONFLICTS_SOUND) return;
  compared.room = compared.keyed + lines.count;
  memcpy(place, lines.place, lines.count * sizeof *place);
  sort_by_hash(&compared, place);
  for (size_t i = 0, end; i < lines.count; i = end) {
    const struct note *note = note_of(c, place[i]);
    for (end = i + 1; end < lines.count && memcmp(note_of(c, place[end]), note, sizeof *note) == 0;) end++;
    compared.lines = (struct places){ place + i, end - i };
    if (end - i > 1) compare_note(c, &compared);
  }
}
