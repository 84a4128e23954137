/* See sort.h.  The first: insertion into short runs, which are then merged, two by two.
** The second: by one byte after the other, the last first. */
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

enum { BYTES_OF_KEY = 8, VALUES_OF_BYTE = 256, FEW_KEYED = 24 };

static void insert_keyed(struct keyed *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    struct keyed item = items[i];
    size_t j = i;
    for (; j > 0 && items[j - 1].key > item.key; j--) items[j] = items[j - 1];
    items[j] = item;
  }
}

static void by_byte(const struct keyed *from, struct keyed *to, size_t count, unsigned shift) {
  size_t at[VALUES_OF_BYTE] = { 0 };
  size_t before = 0;
  for (size_t i = 0; i < count; i++) at[from[i].key >> shift & 0xFF]++;
  for (int value = 0; value < VALUES_OF_BYTE; value++) {
    size_t here = at[value];
    at[value] = before;
    before += here;
  }
  for (size_t i = 0; i < count; i++) to[at[from[i].key >> shift & 0xFF]++] = from[i];
}

void h2040_sort_keyed(struct keyed *items, struct keyed *room, size_t count) {
  uint64_t all = ~UINT64_C(0), any = 0;
  struct keyed *from = items;
  struct keyed *to = room;
  if (count <= FEW_KEYED) {
    insert_keyed(items, count);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    all &= items[i].key;
    any |= items[i].key;
  }
  for (unsigned shift = 0; shift < 8 * BYTES_OF_KEY; shift += 8) {
    if (((all ^ any) >> shift & 0xFF) == 0) continue; /* alike in all */
    by_byte(from, to, count, shift);
    struct keyed *sorted = to;
    to = from;
    from = sorted;
  }
  if (from != items) memcpy(items, from, count * sizeof *items);
}
