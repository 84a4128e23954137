/*
** An array that grows by blocks: its items stay where they are, and growing never needs
** twice the memory.
*/
#ifndef H2040_BLOCKS_H
#define H2040_BLOCKS_H

#include "list.h"

enum { BLOCK_ITEMS = 4096 };

struct blocks {
  struct list block; /* of pointers */
  size_t count;      /* of items */
};

/* A new item of zeros at the end; NULL when there is no memory. */
void *h2040_blocks_add(struct blocks *blocks, size_t item_size);
void h2040_blocks_free(struct blocks *blocks);

static inline void *block_item(const struct blocks *blocks, size_t i, size_t item_size) {
  return ((char **)blocks->block.items)[i / BLOCK_ITEMS] + i % BLOCK_ITEMS * item_size;
}

#endif
