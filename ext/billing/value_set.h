/*
** Values, each kept once: what is the same as h2040_value_same has it is found
** again under the same address.
*/
#ifndef H2040_VALUE_SET_H
#define H2040_VALUE_SET_H

#include "arena.h"
#include "value.h"

struct kept_value {
  struct value value;
  uint64_t hash;
  void *belongs; /* whatever the owner of the set hangs on it */
};

struct value_set {
  struct arena *arena; /* where they are kept */
  struct kept_value **slot;
  size_t slots; /* a power of two, or 0 */
  size_t used;
};

/* hash: h2040_value_hash of the value.  The set must have been given something to
** keep.  NULL: not there. */
struct kept_value *h2040_value_set_find(const struct value_set *set, const struct value *value, uint64_t hash);

/* The one that is there, or a new one; NULL when memory has run out. */
struct kept_value *h2040_value_set_keep(struct value_set *set, const struct value *value, uint64_t hash);

void h2040_value_set_free(struct value_set *set); /* the arena is its owner's */

#endif
