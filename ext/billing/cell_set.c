/* See cell_set.h. */
#include "cell_set.h"
#include "memory.h"

#include <string.h>

static struct kept_cell **place_of(struct kept_cell **slot, size_t slots, const struct cell *cell, uint64_t hash) {
  size_t i = (size_t)hash & (slots - 1);
  while (slot[i] && (slot[i]->hash != hash || !h2040_cell_same(&slot[i]->cell, cell))) i = (i + 1) & (slots - 1);
  return slot + i;
}

static bool widen(struct cell_set *set) {
  size_t slots = set->slots > 0 ? set->slots * 2 : 16;
  struct kept_cell **wider = h2040_realloc(NULL, slots * sizeof *wider);
  if (!wider) return false;
  memset(wider, 0, slots * sizeof *wider);
  for (size_t i = 0; i < set->slots; i++) {
    struct kept_cell *kept = set->slot[i];
    if (kept) *place_of(wider, slots, &kept->cell, kept->hash) = kept;
  }
  h2040_free(set->slot);
  set->slot = wider;
  set->slots = slots;
  return true;
}

struct kept_cell *h2040_cell_set_find(const struct cell_set *set, const struct cell *cell, uint64_t hash) {
  return *place_of(set->slot, set->slots, cell, hash);
}

struct kept_cell *h2040_cell_set_keep(struct cell_set *set, const struct cell *cell, uint64_t hash) {
  if (set->used * 2 >= set->slots && !widen(set)) return NULL;
  struct kept_cell **place = place_of(set->slot, set->slots, cell, hash);
  if (!*place) {
    struct kept_cell *kept = h2040_arena_take(set->arena, sizeof *kept);
    if (!kept) return NULL;
    *kept = (struct kept_cell){ .cell = *cell, .hash = hash };
    if (!h2040_cell_keep(&kept->cell, set->arena)) return NULL;
    *place = kept;
    set->used++;
  }
  return *place;
}

void h2040_cell_set_free(struct cell_set *set) {
  h2040_free(set->slot);
  *set = (struct cell_set){ 0 };
}
