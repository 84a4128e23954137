/* See lookup.h. */
#include "lookup.h"

#include <string.h>

/* What a value can be equal as. */
enum way {
  AS_NULL = 1,
  AS_BYTES,        /* a blob's */
  AS_TEXT,         /* without case and trailing spaces */
  AS_WHOLE_NUMBER, /* within 64 bits */
  AS_REAL,         /* about this number */
  AS_DIGITS        /* the same, of a text */
};

enum { MOST_WAYS = 8 };

struct ways {
  uint64_t hash[MOST_WAYS];
  int count;
};

static uint64_t hash_word(uint64_t seed, enum way way, uint64_t word) {
  return mix_bits(mix_bits(word ^ seed) + (seed | 1) * (uint64_t)way);
}

static uint64_t hash_bytes(uint64_t seed, enum way way, struct text t, bool fold) {
  uint64_t hash = hash_word(seed, way, t.n);
  for (size_t i = 0; i < t.n; i += 8) {
    uint64_t word = 0;
    for (size_t k = i; k < t.n && k < i + 8; k++) {
      unsigned char c = (unsigned char)t.z[k];
      if (fold && c >= 'A' && c <= 'Z') c = (unsigned char)(c + ('a' - 'A'));
      word = word << 8 | c;
    }
    hash = mix_bits(hash ^ mix_bits(word ^ seed));
  }
  return hash;
}

static void add_way(struct ways *ways, uint64_t hash) {
  ways->hash[ways->count++] = hash;
}

/* Numbers that are about the same share all but the last bits. */
enum { LOOSE_BITS = 8 };

static uint64_t about(double real) {
  uint64_t bits;
  if (real == 0) real = 0; /* not -0 */
  memcpy(&bits, &real, sizeof bits);
  return bits >> LOOSE_BITS;
}

static void add_about(struct ways *ways, uint64_t seed, enum way way, double real, bool with_neighbours) {
  uint64_t word = about(real);
  add_way(ways, hash_word(seed, way, word));
  if (!with_neighbours) return;
  add_way(ways, hash_word(seed, way, word - 1));
  add_way(ways, hash_word(seed, way, word + 1));
}

static bool whole(double real, int64_t *integer) {
  if (!(real >= -9.2e18 && real <= 9.2e18)) return false;
  *integer = (int64_t)real;
  return (double)*integer == real;
}

static void add_whole(struct ways *ways, uint64_t seed, int64_t integer) {
  add_way(ways, hash_word(seed, AS_WHOLE_NUMBER, (uint64_t)integer));
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The number that a text is to SQLite where it compares as numbers. */
struct number {
  bool plain; /* a whole number of 64 bits, written as digits */
  int64_t integer;
  double real;
};

static double scaled(double real, int exponent) {
  static const double power[] = { 1e1, 1e2, 1e4, 1e8, 1e16, 1e32, 1e64, 1e128, 1e256 };
  int size = exponent < 0 ? -exponent : exponent;
  if (size > 511) size = 511;
  for (int i = 0; i < 9; i++) {
    if (size >> i & 1) real = exponent < 0 ? real / power[i] : real * power[i];
  }
  return real;
}

static bool number_of(struct text t, struct number *number) {
  size_t i = 0;
  bool negative = false;
  bool exact = true;
  int digits = 0;
  int exponent = 0;
  uint64_t kept = 0;
  *number = (struct number){ 0 };
  while (t.n > 0 && is_space(t.z[t.n - 1])) t.n--;
  while (i < t.n && is_space(t.z[i])) i++;
  if (i < t.n && (t.z[i] == '-' || t.z[i] == '+')) negative = t.z[i++] == '-';
  if (t.n - i == 3 && sqlite3_strnicmp(t.z + i, "inf", 3) == 0) {
    number->real = scaled(negative ? -1e300 : 1e300, 300);
    return true;
  }
  const uint64_t limit = (UINT64_C(1) << 63) / 10;
  bool fraction = false;
  for (; i < t.n && (is_digit(t.z[i]) || (t.z[i] == '.' && !fraction)); i++) {
    if (t.z[i] == '.') {
      fraction = true;
      continue;
    }
    unsigned digit = (unsigned)(t.z[i] - '0');
    digits++;
    if (kept < limit || (kept == limit && digit <= (negative ? 8u : 7u))) {
      kept = kept * 10 + digit;
      if (fraction) exponent--;
    } else {
      exact = false;
      if (!fraction) exponent++;
    }
  }
  if (digits == 0) return false;
  number->plain = i == t.n && !fraction && exact;
  if (i < t.n && (t.z[i] == 'e' || t.z[i] == 'E')) {
    int sign = 1;
    int power = 0;
    i++;
    if (i < t.n && (t.z[i] == '-' || t.z[i] == '+')) sign = t.z[i++] == '-' ? -1 : 1;
    if (i == t.n) return false;
    for (; i < t.n && is_digit(t.z[i]); i++) power = power < 10000 ? power * 10 + (t.z[i] - '0') : power;
    exponent += sign * power;
  }
  if (i < t.n) return false;
  number->real = scaled((double)kept, exponent);
  if (negative) number->real = -number->real;
  number->integer = (int64_t)(negative ? 0 - kept : kept);
  return true;
}

static void add_text(struct ways *ways, uint64_t seed, struct text t, bool asked) {
  struct number number;
  int64_t integer;
  struct text folded = t;
  while (folded.n > 0 && folded.z[folded.n - 1] == ' ') folded.n--;
  add_way(ways, hash_bytes(seed, AS_TEXT, folded, true));
  if (!number_of(t, &number)) return;
  if (number.plain) add_whole(ways, seed, number.integer);
  else if (whole(number.real, &integer)) add_whole(ways, seed, integer);
  if (!number.plain) add_about(ways, seed, asked ? AS_REAL : AS_DIGITS, number.real, asked);
}

static void add_real(struct ways *ways, uint64_t seed, double real, bool asked) {
  int64_t integer;
  if (whole(real, &integer)) add_whole(ways, seed, integer);
  add_about(ways, seed, AS_REAL, real, asked);
  if (asked) add_about(ways, seed, AS_DIGITS, real, true);
}

/* --- rows ----------------------------------------------------------------- */

static void ways_of_row(struct ways *ways, uint64_t seed, const struct value *value) {
  ways->count = 0;
  switch (value->kind) {
    case VALUE_NULL: add_way(ways, hash_word(seed, AS_NULL, 0)); break;
    case VALUE_INTEGER: add_whole(ways, seed, value->integer); break;
    case VALUE_REAL: add_real(ways, seed, value->real, false); break;
    case VALUE_TEXT: add_text(ways, seed, value_bytes(value), false); break;
    default: add_way(ways, hash_bytes(seed, AS_BYTES, value_bytes(value), false)); /* VALUE_BLOB */
  }
}

static bool add_entry(struct lookup *lookup, uint64_t hash, size_t row) {
  if (lookup->count == lookup->room) {
    size_t room = lookup->room > 0 ? lookup->room * 2 : 64;
    struct lookup_entry *grown = sqlite3_realloc64(lookup->entry, room * sizeof *grown);
    if (!grown) return false;
    lookup->entry = grown;
    lookup->room = room;
  }
  lookup->entry[lookup->count++] = (struct lookup_entry){ .hash = hash, .row = row };
  return true;
}

bool h2040_lookup_add(struct lookup *lookup, const struct value *value, size_t row) {
  struct ways ways;
  ways_of_row(&ways, lookup->seed, value);
  for (int i = 0; i < ways.count; i++) {
    if (!add_entry(lookup, ways.hash[i], row)) return false;
  }
  return true;
}

bool h2040_lookup_ready(struct lookup *lookup) {
  size_t slots = 16;
  while (slots < lookup->count * 2) slots *= 2;
  lookup->slot = sqlite3_malloc64(slots * sizeof *lookup->slot);
  if (!lookup->slot) return false;
  memset(lookup->slot, 0, slots * sizeof *lookup->slot);
  lookup->slots = slots;
  /* From the last: so the entries of a slot stand in the order of their rows. */
  for (size_t i = lookup->count; i-- > 0;) {
    size_t *head = &lookup->slot[lookup->entry[i].hash & (slots - 1)];
    lookup->entry[i].next = *head;
    *head = i + 1;
  }
  return true;
}

/* --- finding -------------------------------------------------------------- */

/* false: no memory. */
static bool ways_of_asked(struct ways *ways, uint64_t seed, sqlite3_value *value) {
  struct text t;
  ways->count = 0;
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      add_way(ways, hash_word(seed, AS_NULL, 0));
      return true;
    case SQLITE_INTEGER:
      add_whole(ways, seed, sqlite3_value_int64(value));
      return true;
    case SQLITE_FLOAT:
      add_real(ways, seed, sqlite3_value_double(value), true);
      return true;
    case SQLITE_TEXT:
      t.z = (const char *)sqlite3_value_text(value);
      t.n = (size_t)sqlite3_value_bytes(value);
      if (t.z) add_text(ways, seed, t, true);
      return t.z != NULL;
    default:
      t.z = sqlite3_value_blob(value);
      t.n = t.z ? (size_t)sqlite3_value_bytes(value) : 0;
      add_way(ways, hash_bytes(seed, AS_BYTES, t, false));
      return true;
  }
}

/* The first entry of a hash from a place on; 0: there is none. */
static size_t entry_of(const struct lookup *lookup, size_t at, uint64_t hash) {
  while (at > 0 && lookup->entry[at - 1].hash != hash) at = lookup->entry[at - 1].next;
  return at;
}

/* Takes the least row off the ways, all of which are in order; false: there is none. */
static bool next_row(const struct lookup *lookup, const struct ways *ways, size_t at[MOST_WAYS], size_t *row) {
  bool found = false;
  for (int i = 0; i < ways->count; i++) {
    if (at[i] == 0 || (found && lookup->entry[at[i] - 1].row >= *row)) continue;
    *row = lookup->entry[at[i] - 1].row;
    found = true;
  }
  for (int i = 0; found && i < ways->count; i++) {
    while (at[i] > 0 && lookup->entry[at[i] - 1].row == *row) {
      at[i] = entry_of(lookup, lookup->entry[at[i] - 1].next, ways->hash[i]);
    }
  }
  return found;
}

bool h2040_lookup_find(const struct lookup *lookup, sqlite3_value *value, size_t **row, size_t *count) {
  struct ways ways;
  size_t at[MOST_WAYS];
  size_t room = 0;
  size_t next = 0;
  *count = 0;
  if (!ways_of_asked(&ways, lookup->seed, value)) return false;
  for (int i = 0; i < ways.count; i++) {
    at[i] = entry_of(lookup, lookup->slot[ways.hash[i] & (lookup->slots - 1)], ways.hash[i]);
  }
  while (next_row(lookup, &ways, at, &next)) {
    if (*count == room) {
      room = room > 0 ? room * 2 : 16;
      size_t *grown = sqlite3_realloc64(*row, room * sizeof *grown);
      if (!grown) return false;
      *row = grown;
    }
    (*row)[(*count)++] = next;
  }
  return true;
}

void h2040_lookup_free(struct lookup *lookup) {
  sqlite3_free(lookup->entry);
  sqlite3_free(lookup->slot);
  *lookup = (struct lookup){ .seed = lookup->seed };
}
