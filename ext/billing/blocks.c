/* See blocks.h. */
#include "blocks.h"
#include "memory.h"

#include <string.h>

void *h2040_blocks_add(struct blocks *blocks, size_t item_size) {
  if (blocks->count == blocks->block.count * BLOCK_ITEMS) {
    char **block = h2040_list_add(&blocks->block, sizeof *block);
    if (!block) return NULL;
    *block = h2040_realloc(NULL, BLOCK_ITEMS * item_size);
    if (!*block) {
      blocks->block.count--;
      return NULL;
    }
  }
  void *item = block_item(blocks, blocks->count++, item_size);
  memset(item, 0, item_size);
  return item;
}

void h2040_blocks_free(struct blocks *blocks) {
  for (size_t i = 0; i < blocks->block.count; i++) h2040_free(((char **)blocks->block.items)[i]);
  h2040_list_free(&blocks->block);
  blocks->count = 0;
}
