/* See code_list.h. */
#include "code_list.h"
#include "value.h"
#include "code_set.h"

bool h2040_lists_codes(struct text list, bool star) {
  struct text member;
  while (h2040_next_member(&list, &member)) {
    if (!h2040_is_procedure_code(member) && !(star && h2040_same(member, TEXT("*")))) return false;
  }
  return true;
}

static uint64_t hash_of(struct text code) {
  uint64_t hash = code.n;
  for (size_t i = 0; i < code.n; i++) hash = (hash ^ (unsigned char)upper(code.z[i])) * 0x9E3779B97F4A7C15u;
  return mix_bits(hash);
}

static struct counted_code *find(const struct code_list *list, struct text code, uint64_t hash) {
  struct counted_code *found = list->slots > 0 ? list->slot[hash & (list->slots - 1)] : NULL;
  while (found && !(found->hash == hash && h2040_same(found->code, code))) found = found->next;
  return found;
}

struct counted_code *h2040_code_find(const struct code_list *list, struct text code) {
  return find(list, code, hash_of(code));
}

static bool widen(struct code_list *list) {
  size_t slots = list->slots > 0 ? list->slots * 2 : 16;
  struct counted_code **wider = h2040_arena_take(list->arena, slots * sizeof *wider);
  if (!wider) return false;
  for (size_t i = 0; i < slots; i++) wider[i] = NULL;
  for (size_t i = 0; i < list->slots; i++) {
    for (struct counted_code *code = list->slot[i], *next; code; code = next) {
      struct counted_code **slot = wider + (code->hash & (slots - 1));
      next = code->next;
      code->next = *slot;
      *slot = code;
    }
  }
  list->slot = wider;
  list->slots = slots;
  return true;
}

struct counted_code *h2040_code_keep(struct code_list *list, struct text code) {
  uint64_t hash = hash_of(code);
  struct counted_code *kept = find(list, code, hash);
  if (kept) return kept;
  if (list->count == list->slots && !widen(list)) return NULL;
  kept = h2040_arena_take(list->arena, sizeof *kept);
  if (!kept) return NULL;
  struct counted_code **slot = list->slot + (hash & (list->slots - 1));
  *kept = (struct counted_code){ .code = code, .hash = hash, .next = *slot };
  *slot = kept;
  list->count++;
  return kept;
}
