/* See cell.h. */
#include "cell.h"
#include "text.h"

#include <string.h>

static int integer_and_real(int64_t i, double r) {
  if (r < -9223372036854775808.0) return 1;
  if (r >= 9223372036854775808.0) return -1;
  int64_t whole = (int64_t)r;
  if (i != whole) return i < whole ? -1 : 1;
  double fraction = r - (double)whole;
  return fraction > 0 ? -1 : fraction < 0;
}

static int numbers(const struct cell *a, const struct cell *b) {
  if (a->kind == CELL_INTEGER && b->kind == CELL_INTEGER) {
    return (a->integer > b->integer) - (a->integer < b->integer);
  }
  if (a->kind == CELL_INTEGER) return integer_and_real(a->integer, b->real);
  if (b->kind == CELL_INTEGER) return -integer_and_real(b->integer, a->real);
  return (a->real > b->real) - (a->real < b->real);
}

static int class_of(enum cell_kind kind) {
  return kind == CELL_REAL ? CELL_INTEGER : (int)kind;
}

int h2040_cell_order(const struct cell *a, const struct cell *b) {
  int class = class_of(a->kind);
  if (class != class_of(b->kind)) return class - class_of(b->kind);
  if (class == CELL_NULL) return 0;
  if (class == CELL_INTEGER) return numbers(a, b);
  uint32_t shorter = a->size < b->size ? a->size : b->size;
  int order = shorter > 0 ? memcmp(a->bytes, b->bytes, shorter) : 0;
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

bool h2040_cell_same(const struct cell *a, const struct cell *b) {
  if (a->kind >= CELL_TEXT && (a->kind != b->kind || a->size != b->size)) return false;
  return h2040_cell_order(a, b) == 0;
}

static uint64_t hash_of_bytes(const char *bytes, size_t size, uint64_t hash) {
  uint64_t word;
  for (; size >= 8; bytes += 8, size -= 8) {
    memcpy(&word, bytes, 8);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
  }
  word = size;
  for (size_t i = 0; i < size; i++) word = word << 8 | (unsigned char)bytes[i];
  return mix_bits(hash ^ word);
}

uint64_t h2040_cell_hash(const struct cell *cell) {
  int64_t integer = 0;
  switch (cell->kind) {
    case CELL_NULL:
      return 1;
    case CELL_REAL:
      if (cell->real >= -9.2e18 && cell->real <= 9.2e18) integer = (int64_t)cell->real;
      if ((double)integer != cell->real) {
        return hash_of_bytes((const char *)&cell->real, sizeof cell->real, CELL_REAL);
      }
      return mix_bits((uint64_t)integer + CELL_INTEGER);
    case CELL_INTEGER:
      return mix_bits((uint64_t)cell->integer + CELL_INTEGER);
    default:
      return hash_of_bytes(cell->bytes, cell->size, (uint64_t)cell->kind);
  }
}

bool h2040_cell_keep(struct cell *cell, struct arena *arena) {
  if (cell->kind < CELL_TEXT) return true;
  char *kept = h2040_arena_take(arena, cell->size);
  if (!kept) return false;
  if (cell->size > 0) memcpy(kept, cell->bytes, cell->size);
  cell->bytes = kept;
  return true;
}

struct cell h2040_cell_in_terms(const struct cell *cell, enum matching matching) {
  enum { MOST_DIGITS = 19 }; /* as many as 64 bits may have */
  if (matching == MATCH_AS_THEY_ARE || cell->kind != CELL_TEXT) return *cell;
  struct text t = { cell->bytes, cell->size };
  if (matching == MATCH_AS_NUMBERS) t = h2040_trim(t);
  bool negative = t.n > 1 && t.z[0] == '-';
  size_t i = negative;
  size_t first = i;
  uint64_t number = 0;
  for (; i < t.n && is_digit(t.z[i]) && i - first < MOST_DIGITS; i++) number = number * 10 + (uint64_t)(t.z[i] - '0');
  if (i < t.n || i == first || number > INT64_MAX) return *cell;
  if (matching == MATCH_AS_TEXT && t.z[first] == '0' && t.n > 1) return *cell;
  return (struct cell){ .kind = CELL_INTEGER, .integer = negative ? -(int64_t)number : (int64_t)number };
}
