/* See unit_totals.h. */
#include "unit_totals.h"
#include "memory.h"

#include <string.h>

enum { FIRST_SLOTS = 1024 };

static struct unit_total *empty_slots(size_t slots) {
  struct unit_total *slot = h2040_realloc(NULL, slots * sizeof *slot);
  if (slot) memset(slot, 0, slots * sizeof *slot);
  return slot;
}

bool h2040_unit_totals_open(struct unit_totals *totals, size_t most_bytes) {
  size_t most_slots = 16;
  while (most_slots * 2 <= most_bytes / sizeof(struct unit_total)) most_slots *= 2;
  size_t slots = FIRST_SLOTS < most_slots ? FIRST_SLOTS : most_slots;
  *totals = (struct unit_totals){ .slot = empty_slots(slots), .mask = slots - 1, .most_slots = most_slots };
  return totals->slot != NULL;
}

void h2040_unit_totals_close(struct unit_totals *totals) {
  h2040_free(totals->slot);
  *totals = (struct unit_totals){ 0 };
}

static uint32_t key_of(uint64_t hash) {
  uint32_t key = (uint32_t)(hash >> 32);
  return key != 0 ? key : 1;
}

static size_t place_of(uint32_t key, size_t mask) {
  return (size_t)((key * 0x9E3779B97F4A7C15u) >> 24) & mask;
}

void h2040_unit_totals_expect(const struct unit_totals *totals, uint64_t hash) {
#ifdef __GNUC__
  __builtin_prefetch(totals->slot + place_of(key_of(hash), totals->mask), 1);
#else
  (void)totals;
  (void)hash;
#endif
}

/* The slot of the key, or the empty one where it belongs. */
static struct unit_total *find(struct unit_total *slot, size_t mask, uint32_t key) {
  size_t i = place_of(key, mask);
  while (slot[i].key != key && slot[i].key != 0) i = (i + 1) & mask;
  return slot + i;
}

static enum unit_totals_result grow(struct unit_totals *totals) {
  size_t slots = totals->mask + 1;
  if (slots >= totals->most_slots) return TOTALS_FULL;
  struct unit_total *wider = empty_slots(slots * 2);
  if (!wider) return TOTALS_NO_MEMORY;
  for (size_t i = 0; i < slots; i++) {
    if (totals->slot[i].key != 0) *find(wider, slots * 2 - 1, totals->slot[i].key) = totals->slot[i];
  }
  h2040_free(totals->slot);
  totals->slot = wider;
  totals->mask = slots * 2 - 1;
  return TOTALS_ADDED;
}

enum unit_totals_result h2040_unit_totals_add(struct unit_totals *totals, uint64_t hash, int64_t units,
                                              uint32_t *total) {
  uint32_t key = key_of(hash);
  struct unit_total *slot = find(totals->slot, totals->mask, key);
  if (slot->key == 0) {
    if ((totals->used + 1) * 4 > (totals->mask + 1) * 3) {
      enum unit_totals_result result = grow(totals);
      if (result != TOTALS_ADDED) return result;
      slot = find(totals->slot, totals->mask, key);
    }
    totals->used++;
    slot->key = key;
  }
  slot->units = units < (int64_t)(TOTAL_UNKNOWN - slot->units) ? slot->units + (uint32_t)units : TOTAL_UNKNOWN;
  *total = slot->units;
  return TOTALS_ADDED;
}

uint32_t h2040_unit_totals_of(const struct unit_totals *totals, uint64_t hash) {
  return find(totals->slot, totals->mask, key_of(hash))->units;
}
