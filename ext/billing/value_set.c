/* See value_set.h. */
#include "value_set.h"
#include "arena.h"
#include "memory.h"

#include <string.h>

static struct kept_value **place_of(struct kept_value **slot, size_t slots, const struct value *value, uint64_t hash) {
  size_t i = (size_t)hash & (slots - 1);
  while (slot[i] && (slot[i]->hash != hash || !h2040_value_same(&slot[i]->value, value))) i = (i + 1) & (slots - 1);
  return slot + i;
}

static bool widen(struct value_set *set) {
  size_t slots = set->slots > 0 ? set->slots * 2 : 16;
  struct kept_value **wider = h2040_realloc(NULL, slots * sizeof *wider);
  if (!wider) return false;
  memset(wider, 0, slots * sizeof *wider);
  for (size_t i = 0; i < set->slots; i++) {
    struct kept_value *kept = set->slot[i];
    if (kept) *place_of(wider, slots, &kept->value, kept->hash) = kept;
  }
  h2040_free(set->slot);
  set->slot = wider;
  set->slots = slots;
  return true;
}

struct kept_value *h2040_value_set_find(const struct value_set *set, const struct value *value, uint64_t hash) {
  return *place_of(set->slot, set->slots, value, hash);
}

struct kept_value *h2040_value_set_keep(struct value_set *set, const struct value *value, uint64_t hash) {
  if (set->used * 2 >= set->slots && !widen(set)) return NULL;
  struct kept_value **place = place_of(set->slot, set->slots, value, hash);
  if (!*place) {
    struct kept_value *kept = h2040_arena_take(set->arena, sizeof *kept);
    if (!kept) return NULL;
    *kept = (struct kept_value){ .value = *value, .hash = hash };
    if (!h2040_value_keep(&kept->value, set->arena)) return NULL;
    *place = kept;
    set->used++;
  }
  return *place;
}

void h2040_value_set_free(struct value_set *set) {
  h2040_free(set->slot);
  *set = (struct value_set){ 0 };
}
