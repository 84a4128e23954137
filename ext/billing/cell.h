/*
** A value to group, match and sort by: who pays, who is treated, which claim.
**
** Two cells are the same, and one stands before another, as SQL has it without
** collation: NULL, then numbers, then text by its bytes, then blobs.  The
** integer 7 and 7.0 are the same; 7 and the text '7' are two members.
*/
#ifndef H2040_CELL_H
#define H2040_CELL_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

enum cell_kind { CELL_NULL, CELL_INTEGER, CELL_REAL, CELL_TEXT, CELL_BLOB };

struct cell {
  enum cell_kind kind;
  uint32_t size; /* of bytes */
  union {
    int64_t integer;
    double real;
    const char *bytes;
  };
};

int h2040_cell_order(const struct cell *a, const struct cell *b); /* negative, 0, positive */
bool h2040_cell_same(const struct cell *a, const struct cell *b);
uint64_t h2040_cell_hash(const struct cell *cell);

/* Copies the bytes into the arena; false when memory has run out. */
bool h2040_cell_keep(struct cell *cell, struct arena *arena);

/* Spreads the bits of a word, for keys that are made of several. */
static inline uint64_t mix_bits(uint64_t word) {
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  return word ^ (word >> 32);
}

/* How the cells of two tables' columns are matched.  SQL compares a column of
** numbers with any other as numbers: so the member 7 of one table is the member
** '007' of another; and a value of no type, as a view computes it, with a column of
** text as text.  A column of a table without a type counts as the latter, too: its 7
** and another table's '7' are one member to everybody.  Each side is brought to the
** same terms: text that spells a whole number becomes it. */
enum matching {
  MATCH_AS_THEY_ARE,
  MATCH_AS_NUMBERS, /* '007' is 7 */
  MATCH_AS_TEXT     /* '7' is 7, '007' is not */
};

struct cell h2040_cell_in_terms(const struct cell *cell, enum matching matching);

#endif
