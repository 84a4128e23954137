/* See list.h. */
#include "list.h"
#include "memory.h"

#include <string.h>

void *h2040_list_add(struct list *list, size_t item_size) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 8;
    void *items = h2040_realloc(list->items, capacity * item_size);
    if (!items) return NULL;
    list->items = items;
    list->capacity = capacity;
  }
  char *item = (char *)list->items + list->count++ * item_size;
  memset(item, 0, item_size);
  return item;
}

void h2040_list_free(struct list *list) {
  h2040_free(list->items);
  *list = (struct list){ 0 };
}
