/*
** A list that grows: items of one size, one after the other.
*/
#ifndef H2040_LIST_H
#define H2040_LIST_H

#include <stddef.h>

struct list {
  void *items;
  size_t count, capacity;
};

/* A new item of zeros at the end; NULL when there is no memory. */
void *h2040_list_add(struct list *list, size_t item_size);
void h2040_list_free(struct list *list);

#endif
