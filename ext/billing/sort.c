/* See sort.h: insertion into short runs, which are then merged, two by two. */
#include "sort.h"

#include <string.h>

enum { RUN = 8, MERGED_BETWEEN_QUESTIONS = 1 << 16 };

static void insert_run(const struct sorting *s, const void **items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    const void *item = items[i];
    size_t j = i;
    for (; j > 0 && s->order(items[j - 1], item, s->context) > 0; j--) items[j] = items[j - 1];
    items[j] = item;
  }
}

static void merge(const struct sorting *s, const void **from, size_t middle, size_t end, const void **to) {
  size_t a = 0;
  size_t b = middle;
  if (middle >= end || s->order(from[middle - 1], from[middle], s->context) <= 0) {
    memcpy(to, from, end * sizeof *to); /* in order already, as much is */
    return;
  }
  while (a < middle && b < end) *to++ = s->order(from[a], from[b], s->context) <= 0 ? from[a++] : from[b++];
  while (a < middle) *to++ = from[a++];
  while (b < end) *to++ = from[b++];
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

bool h2040_sort(const struct sorting *sorting, const void **items, const void **room, size_t count) {
  const void **from = items;
  const void **to = room;
  size_t merged = 0;
  for (size_t i = 0; i < count; i += RUN) insert_run(sorting, items + i, least(RUN, count - i));
  for (size_t run = RUN; run < count; run *= 2) {
    for (size_t i = 0; i < count; i += 2 * run) {
      size_t end = least(2 * run, count - i);
      merge(sorting, from + i, least(run, end), end, to + i);
      merged += end;
      if (merged < MERGED_BETWEEN_QUESTIONS) continue;
      merged = 0;
      if (!sorting->proceed(sorting->host)) return false;
    }
    const void **sorted = to;
    to = from;
    from = sorted;
  }
  if (from != items) memcpy(items, from, count * sizeof *items);
  return true;
}
