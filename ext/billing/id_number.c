/* See id_number.h. */
#include "id_number.h"
#include "arena.h"
#include "memory.h"

#include <string.h>

/* ---- slots ---- */

static uint64_t hash_of_form(const struct id_numbers *numbers, uint32_t form) {
  return h2040_value_hash(&id_form(numbers, form)->value, numbers->seed);
}

static uint64_t hash_of_id(const struct id_numbers *numbers, uint32_t id) {
  return h2040_id_hash(id_value(numbers, id), numbers->collation, numbers->seed);
}

/* Room for one more; false when memory has run out. */
static bool widen(struct id_numbers *numbers, struct number_slots *slots, size_t used,
                  uint64_t (*hash)(const struct id_numbers *numbers, uint32_t number)) {
  if (used + used / 2 < slots->count) return true;
  struct number_slots wider = { .count = slots->count > 0 ? slots->count * 2 : 64 };
  wider.slot = h2040_realloc(NULL, wider.count * sizeof *wider.slot);
  if (!wider.slot) return false;
  memset(wider.slot, 0, wider.count * sizeof *wider.slot);
  for (uint32_t number = 1; number <= used; number++) {
    size_t i = (size_t)hash(numbers, number) & (wider.count - 1);
    while (wider.slot[i]) i = (i + 1) & (wider.count - 1);
    wider.slot[i] = number;
  }
  h2040_free(slots->slot);
  *slots = wider;
  return true;
}

/* ---- ids and forms ---- */

static uint32_t *slot_of_id(const struct id_numbers *numbers, const struct value *id) {
  const struct number_slots *slots = &numbers->id_slots;
  size_t i = (size_t)h2040_id_hash(id, numbers->collation, numbers->seed) & (slots->count - 1);
  while (slots->slot[i] && !h2040_id_same(id_value(numbers, slots->slot[i]), id, numbers->collation)) {
    i = (i + 1) & (slots->count - 1);
  }
  return slots->slot + i;
}

/* A form is as it is written: 7 and 7.0 are two. */
static bool same_form(const struct value *a, const struct value *b) {
  return a->kind == b->kind && h2040_value_same(a, b);
}

static uint32_t *slot_of_form(const struct id_numbers *numbers, const struct value *value) {
  const struct number_slots *slots = &numbers->form_slots;
  size_t i = (size_t)h2040_value_hash(value, numbers->seed) & (slots->count - 1);
  while (slots->slot[i] && !same_form(&id_form(numbers, slots->slot[i])->value, value)) {
    i = (i + 1) & (slots->count - 1);
  }
  return slots->slot + i;
}

/* The bytes of the id are kept already.  0 when memory has run out. */
static uint32_t number_of(struct id_numbers *numbers, struct value id) {
  if (!widen(numbers, &numbers->id_slots, numbers->ids.count, hash_of_id)) return 0;
  uint32_t *slot = slot_of_id(numbers, &id);
  if (*slot) return *slot;
  struct value *added = numbers->ids.count < UINT32_MAX - 1 ? h2040_blocks_add(&numbers->ids, sizeof *added) : NULL;
  if (!added) return 0;
  *added = id;
  *slot = (uint32_t)numbers->ids.count;
  return *slot;
}

void h2040_id_look_ahead(const struct id_numbers *numbers, struct id_ahead *ahead, const struct value *value) {
  const struct number_slots *slots = &numbers->form_slots;
  ahead->hash = h2040_value_hash(value, numbers->seed);
  if (slots->count > 0) FETCH(slots->slot + ((size_t)ahead->hash & (slots->count - 1)));
}

void h2040_id_look_for_form(const struct id_numbers *numbers, struct id_ahead *ahead) {
  const struct number_slots *slots = &numbers->form_slots;
  uint32_t form = slots->count > 0 ? slots->slot[(size_t)ahead->hash & (slots->count - 1)] : 0;
  ahead->form = form > 0 ? id_form(numbers, form) : NULL;
  if (ahead->form) FETCH(ahead->form);
}

void h2040_id_look_for_bytes(struct id_ahead *ahead) {
  if (ahead->form && has_bytes(&ahead->form->value)) FETCH(ahead->form->value.bytes);
}

uint32_t h2040_id_number_of(const struct id_numbers *numbers, const struct value *value) {
  if (numbers->ids.count == 0 || h2040_value_blank(value)) return 0;
  struct value id = h2040_id_of(value, numbers->collation);
  return *slot_of_id(numbers, &id);
}

uint32_t h2040_id_known(const struct id_numbers *numbers, const struct value *value) {
  struct value id = h2040_id_of(value, numbers->collation);
  return numbers->id_slots.count == 0 || value->kind == VALUE_NULL ? 0 : *slot_of_id(numbers, &id);
}

uint32_t h2040_id_form(struct id_numbers *numbers, const struct value *value, const struct value *id) {
  if (numbers->last != 0 && same_form(&id_form(numbers, numbers->last)->value, value)) return numbers->last;
  if (!widen(numbers, &numbers->form_slots, numbers->forms.count, hash_of_form)) return 0;
  uint32_t *slot = slot_of_form(numbers, value);
  if (*slot) return numbers->last = *slot;
  struct id_form form = { .value = *value };
  if (numbers->forms.count >= UINT32_MAX - 1 || !h2040_value_keep(&form.value, numbers->arena)) return 0;
  if (id) {
    struct value meant = h2040_id_of(id, numbers->collation);
    if (has_bytes(&meant)) meant.bytes = form.value.bytes + (meant.bytes - value->bytes);
    form.id = number_of(numbers, meant);
    if (form.id == 0) return 0;
  }
  struct id_form *added = h2040_blocks_add(&numbers->forms, sizeof *added);
  if (!added) return 0;
  *added = form;
  *slot = (uint32_t)numbers->forms.count;
  return numbers->last = *slot;
}

/* Those of many are given back, so that few are not wiped out of much. */
static void wipe(struct number_slots *slots) {
  enum { FEW = 256 };
  if (slots->count <= FEW) {
    if (slots->count > 0) memset(slots->slot, 0, slots->count * sizeof *slots->slot);
    return;
  }
  h2040_free(slots->slot);
  *slots = (struct number_slots){ 0 };
}

void h2040_id_numbers_clear(struct id_numbers *numbers) {
  wipe(&numbers->form_slots);
  wipe(&numbers->id_slots);
  numbers->forms.count = numbers->ids.count = 0;
  numbers->last = 0;
}

void h2040_id_numbers_free(struct id_numbers *numbers) {
  h2040_blocks_free(&numbers->forms);
  h2040_blocks_free(&numbers->ids);
  h2040_free(numbers->form_slots.slot);
  h2040_free(numbers->id_slots.slot);
  numbers->form_slots = numbers->id_slots = (struct number_slots){ 0 };
  numbers->last = 0;
}
