/*
** Cells, each kept once: what is the same as h2040_cell_same has it is found
** again under the same address.
*/
#ifndef H2040_CELL_SET_H
#define H2040_CELL_SET_H

#include "cell.h"

struct kept_cell {
  struct cell cell;
  uint64_t hash;
  void *belongs; /* whatever the owner of the set hangs on it */
};

struct cell_set {
  struct arena *arena; /* where they are kept */
  struct kept_cell **slot;
  size_t slots; /* a power of two, or 0 */
  size_t used;
};

/* hash: h2040_cell_hash of the cell.  The set must have been given something to
** keep.  NULL: not there. */
struct kept_cell *h2040_cell_set_find(const struct cell_set *set, const struct cell *cell, uint64_t hash);

/* The one that is there, or a new one; NULL when memory has run out. */
struct kept_cell *h2040_cell_set_keep(struct cell_set *set, const struct cell *cell, uint64_t hash);

void h2040_cell_set_free(struct cell_set *set); /* the arena is its owner's */

#endif
