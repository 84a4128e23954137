/*
** Two stable sorts: of pointers, by an order that is asked for and that can be told to
** stop; and of items by a number, whose work does not depend on what the numbers are.
*/
#ifndef H2040_SORT_H
#define H2040_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sorting {
  int (*order)(const void *a, const void *b, const void *context);
  const void *context;
  bool (*proceed)(void *host); /* asked now and then; false: stop */
  void *host;
};

/* room: for as many pointers again.  False when it was told to stop. */
bool h2040_sort(const struct sorting *sorting, const void **items, const void **room, size_t count);

struct keyed {
  uint64_t key;
  uint32_t item;
};

/* room: for as many again.  A pass for each byte in which the keys differ. */
void h2040_sort_keyed(struct keyed *items, struct keyed *room, size_t count);

#endif
