/* See pair_number.h. */
#include "pair_number.h"
#include "memory.h"
#include "value.h"

#include <string.h>

static uint32_t *place_of(const struct pair_numbers *numbers, uint64_t key) {
  uint32_t i = (uint32_t)mix_bits(key) & (numbers->slots - 1);
  while (numbers->slot[i] && numbers->key[numbers->slot[i] - 1] != key) i = (i + 1) & (numbers->slots - 1);
  return numbers->slot + i;
}

static bool widen(struct pair_numbers *numbers) {
  uint32_t slots = numbers->slots > 0 ? numbers->slots * 2 : 64;
  uint64_t *key = h2040_realloc(numbers->key, slots / 2 * sizeof *key);
  if (!key) return false;
  numbers->key = key;
  numbers->room = slots / 2;
  uint32_t *slot = h2040_realloc(numbers->slot, slots * sizeof *slot);
  if (!slot) return false;
  numbers->slot = slot;
  numbers->slots = slots;
  memset(slot, 0, slots * sizeof *slot);
  for (uint32_t n = 1; n <= numbers->count; n++) *place_of(numbers, numbers->key[n - 1]) = n;
  return true;
}

uint32_t h2040_pair_number(struct pair_numbers *numbers, uint32_t a, uint32_t b) {
  uint64_t key = (uint64_t)a << 32 | b;
  if ((numbers->slots == 0 || numbers->count == numbers->slots / 2) && !widen(numbers)) return 0;
  uint32_t *place = place_of(numbers, key);
  if (!*place) {
    numbers->key[numbers->count] = key;
    *place = ++numbers->count;
  }
  return *place;
}

void h2040_pair_numbers_free(struct pair_numbers *numbers) {
  h2040_free(numbers->key);
  h2040_free(numbers->slot);
  *numbers = (struct pair_numbers){ 0 };
}
