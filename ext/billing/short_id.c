/* See short_id.h. */
#include "short_id.h"
#include "memory.h"

#include <string.h>

enum { LONGEST = 15, FIRST_SLOTS = 1024 };

/* The key of a text of up to fifteen bytes; false: it is none. */
static bool key_of(const struct value *value, struct short_id *key) {
  if (value->kind != VALUE_TEXT || value->size > LONGEST || value->size == 0) return false;
  uint64_t head = 0;
  uint64_t tail = 0;
  if (value->size >= 8) {
    memcpy(&head, value->bytes, 8);
    memcpy(&tail, value->bytes + 8, value->size - 8);
  } else {
    memcpy(&head, value->bytes, value->size);
  }
  *key = (struct short_id){ .head = head, .tail = tail ^ (uint64_t)value->size << 56 };
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  key->tail = tail ^ value->size; /* the last byte of the tail is free in either order */
#endif
  return true;
}

static struct short_id *place_of(struct short_id *slot, size_t slots, const struct short_id *key, uint64_t seed) {
  size_t i = (size_t)mix_bits((key->head ^ seed) * (seed | 1) + key->tail) & (slots - 1);
  while (slot[i].form != 0 && (slot[i].head != key->head || slot[i].tail != key->tail)) i = (i + 1) & (slots - 1);
  return slot + i;
}

uint32_t h2040_short_id(const struct short_ids *ids, const struct value *value) {
  struct short_id key;
  if (ids->slots == 0 || !key_of(value, &key)) return 0;
  return place_of(ids->slot, ids->slots, &key, ids->seed)->form;
}

static bool widen(struct short_ids *ids) {
  size_t slots = ids->slots > 0 ? ids->slots * 2 : FIRST_SLOTS;
  struct short_id *wider = h2040_realloc(NULL, slots * sizeof *wider);
  if (!wider) return false;
  memset(wider, 0, slots * sizeof *wider);
  for (size_t i = 0; i < ids->slots; i++) {
    if (ids->slot[i].form != 0) *place_of(wider, slots, ids->slot + i, ids->seed) = ids->slot[i];
  }
  h2040_free(ids->slot);
  ids->slot = wider;
  ids->slots = slots;
  return true;
}

bool h2040_short_id_keep(struct short_ids *ids, const struct value *value, uint32_t form) {
  struct short_id key;
  if (form == 0 || !key_of(value, &key)) return true;
  if (ids->used * 2 >= ids->slots && !widen(ids)) return false;
  struct short_id *place = place_of(ids->slot, ids->slots, &key, ids->seed);
  ids->used += place->form == 0;
  key.form = form;
  *place = key;
  return true;
}

void h2040_short_ids_free(struct short_ids *ids) {
  h2040_free(ids->slot);
  *ids = (struct short_ids){ 0 };
}
