/* See arena.h. */
#include "arena.h"
#include "memory.h"

#include <stdalign.h>
#include <stdint.h>

/* Defined as 1 for tests: then every taking is an allocation, which can fail. */
#ifndef ARENA_LARGEST_BLOCK
#define ARENA_LARGEST_BLOCK ((size_t)1 << 20)
#endif

/* Eight is enough for numbers and pointers, and all that SQLite's memory promises. */
enum { FIRST_BLOCK = 4096, ALIGNMENT = 8 };

struct arena_block {
  struct arena_block *before;
  size_t size;
  alignas(ALIGNMENT) char bytes[];
};

void *h2040_arena_take(struct arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) return NULL;
  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (!arena->block || arena->block->size - arena->used < size) {
    size_t next = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    if (next > ARENA_LARGEST_BLOCK) next = ARENA_LARGEST_BLOCK;
    if (next < size) next = size;
    struct arena_block *block = h2040_realloc(NULL, sizeof(struct arena_block) + next);
    if (!block) return NULL;
    block->before = arena->block;
    block->size = next;
    arena->block = block;
    arena->used = 0;
  }
  void *taken = arena->block->bytes + arena->used;
  arena->used += size;
  return taken;
}

void h2040_arena_rewind(struct arena *arena, struct arena_mark mark) {
  while (arena->block != mark.block) {
    struct arena_block *before = arena->block->before;
    h2040_free(arena->block);
    arena->block = before;
  }
  arena->used = mark.used;
}

void h2040_arena_free(struct arena *arena) {
  h2040_arena_rewind(arena, (struct arena_mark){ NULL, 0 });
}
