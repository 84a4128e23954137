/*
** Memory that is given back all at once, or back to a mark.
*/
#ifndef H2040_ARENA_H
#define H2040_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
  struct arena_block *block; /* the newest; each knows the one before it */
  size_t used;               /* of the newest */
};

struct arena_mark {
  struct arena_block *block;
  size_t used;
};

/* Aligned for numbers and pointers; NULL when memory has run out.  Zero bytes are a place, too. */
void *h2040_arena_take(struct arena *arena, size_t size);

static inline struct arena_mark arena_mark(const struct arena *arena) {
  return (struct arena_mark){ arena->block, arena->used };
}

/* What was taken since the mark is gone. */
void h2040_arena_rewind(struct arena *arena, struct arena_mark mark);
void h2040_arena_free(struct arena *arena);

#endif
