/*
** A stable sort of pointers that can be told to stop.
*/
#ifndef H2040_SORT_H
#define H2040_SORT_H

#include <stdbool.h>
#include <stddef.h>

struct sorting {
  int (*order)(const void *a, const void *b, const void *context);
  const void *context;
  bool (*proceed)(void *host); /* asked now and then; false: stop */
  void *host;
};

/* room: for as many pointers again.  False when it was told to stop. */
bool h2040_sort(const struct sorting *sorting, const void **items, const void **room, size_t count);

#endif
