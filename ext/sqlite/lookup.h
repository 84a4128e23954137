/*
** Finds the rows of a result that may show a value in a column, by hash.
**
** SQLite compares by rules that we are not told of (the affinity of the other side, a
** collation), and checks again what is found; so all that could be equal by any of
** them must be found: '07' beside 7, 'a' beside 'A' and 'a ', 7 beside 7.0 and '7e0'.
** A row stands under each of the ways in which it could be equal: as bytes without
** case and trailing spaces, as a whole number, as a number that is none.  Of the
** last, numbers that are about the same stand together, for SQLite's own reading of
** digits is not exact; but long strings of digits do not, unless a number is asked
** for, or all the claim numbers of a clearinghouse would be one.
**
** Hashes are keyed by a seed, so that no file can be made whose values collide.
*/
#ifndef H2040_LOOKUP_H
#define H2040_LOOKUP_H

#include "sqlite.h"

struct lookup_entry {
  uint64_t hash;
  size_t row;
  size_t next; /* of the same slot, from 1; 0: the last */
};

struct lookup {
  uint64_t seed;
  struct lookup_entry *entry;
  size_t count, room;
  size_t *slot; /* of entries, from 1 */
  size_t slots; /* a power of two */
};

/* false: no memory. */
bool h2040_lookup_add(struct lookup *lookup, const struct value *value, size_t row);
bool h2040_lookup_ready(struct lookup *lookup); /* when all rows are added */

/* The rows, in order, each once, into *row (by sqlite3_realloc64); false: no memory. */
bool h2040_lookup_find(const struct lookup *lookup, sqlite3_value *value, size_t **row, size_t *count);
void h2040_lookup_free(struct lookup *lookup);

#endif
