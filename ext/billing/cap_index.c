/* See cap_index.h. */
#include "cap_index.h"
#include "authorization.h"
#include "code_set.h"

#include <string.h>

bool h2040_lists_codes(struct text list, bool star) {
  struct text member;
  while (h2040_next_member(&list, &member)) {
    if (!h2040_is_procedure_code(member) && !(star && h2040_same(member, TEXT("*")))) return false;
  }
  return true;
}

static uint64_t *no_caps(const struct cap_index *index) {
  size_t size = cap_words(index->caps) * sizeof(uint64_t);
  uint64_t *caps = h2040_arena_take(index->arena, size);
  if (caps) memset(caps, 0, size);
  return caps;
}

static size_t slot_of(const struct cap_index *index, struct text code) {
  uint64_t hash = code.n;
  for (size_t i = 0; i < code.n; i++) hash = mix_bits(hash ^ (unsigned char)upper(code.z[i]));
  return (size_t)hash & (index->slots - 1);
}

static struct counted_code *find(const struct cap_index *index, struct text code) {
  struct counted_code *found = index->slot[slot_of(index, code)];
  while (found && !h2040_same(found->code, code)) found = found->next;
  return found;
}

static bool keep_codes(struct cap_index *index, struct text list, bool looked_at) {
  struct text member;
  while (h2040_next_member(&list, &member)) {
    struct counted_code *code = find(index, member);
    if (!code) {
      code = h2040_arena_take(index->arena, sizeof *code);
      if (!code) return false;
      struct counted_code **slot = index->slot + slot_of(index, member);
      *code = (struct counted_code){ .code = member, .caps = no_caps(index), .next = *slot };
      if (!code->caps) return false;
      *slot = code;
    }
    code->looked_at |= looked_at;
  }
  return true;
}

static bool keep_all_codes(struct cap_index *index, struct text asked) {
  size_t count = asked.n / 2;
  for (size_t i = 0; i < index->caps; i++) count += index->cap[i].hcpcs_codes.n / 2;
  for (index->slots = 16; index->slots < count && index->slots < (size_t)1 << 20;) index->slots *= 2;
  index->slot = h2040_arena_take(index->arena, index->slots * sizeof *index->slot);
  if (!index->slot) return false;
  for (size_t i = 0; i < index->slots; i++) index->slot[i] = NULL;
  if (!keep_codes(index, asked, true)) return false;
  for (size_t i = 0; i < index->caps; i++) {
    if (!keep_codes(index, index->cap[i].hcpcs_codes, false)) return false;
  }
  return true;
}

/* The codes that are asked for: by name, or all of them, or (given false) as each cap
** has it. */
struct looked_at {
  bool given, every;
};

static void count_codes_of(struct cap_index *index, size_t cap, struct looked_at looked_at) {
  struct text list = index->cap[cap].hcpcs_codes;
  struct text member;
  bool every = list.n > 0 ? h2040_list_has(list, TEXT("*")) : looked_at.given;
  if (list.n == 0 && !looked_at.given) list = TEXT("H2040");
  if (every && (!looked_at.given || looked_at.every)) {
    set_cap_bit(index->every_code, cap);
    return;
  }
  index->by_code = true;
  for (size_t i = 0; every && i < index->slots; i++) {
    for (struct counted_code *code = index->slot[i]; code; code = code->next) {
      if (code->looked_at) set_cap_bit(code->caps, cap);
    }
  }
  while (!every && h2040_next_member(&list, &member)) {
    struct counted_code *code = find(index, member); /* keep_codes has kept it */
    if (!looked_at.given || looked_at.every || code->looked_at) set_cap_bit(code->caps, cap);
  }
}

static bool index_codes(struct cap_index *index, const char *asked, bool any_code) {
  struct text list = asked ? h2040_text(asked) : TEXT("H2040");
  struct looked_at looked_at = { asked != NULL, asked && h2040_list_has(list, TEXT("*")) };
  index->every_code = no_caps(index);
  if (!index->every_code || !keep_all_codes(index, list)) return false;
  for (size_t i = 0; i < index->caps; i++) {
    if (any_code) set_cap_bit(index->every_code, i);
    else count_codes_of(index, i, looked_at);
  }
  for (size_t i = 0; i < index->slots; i++) {
    for (struct counted_code *code = index->slot[i]; code; code = code->next) {
      for (size_t word = 0; word < cap_words(index->caps); word++) code->caps[word] |= index->every_code[word];
    }
  }
  return true;
}

static bool index_payers(struct cap_index *index) {
  index->payer_ids = (uint32_t)index->payers.ids.count;
  index->every_payer = no_caps(index);
  index->first_of_payer = h2040_arena_take(index->arena, (index->payer_ids + 1) * sizeof *index->first_of_payer);
  index->next_of_payer = h2040_arena_take(index->arena, (index->caps + 1) * sizeof *index->next_of_payer);
  if (!index->every_payer || !index->first_of_payer || !index->next_of_payer) return false;
  for (uint32_t i = 0; i <= index->payer_ids; i++) index->first_of_payer[i] = 0;
  for (size_t i = index->caps; i-- > 0;) {
    uint32_t payer = index->cap[i].payer;
    index->next_of_payer[i] = payer != 0 ? index->first_of_payer[payer] : 0;
    if (payer != 0) index->first_of_payer[payer] = (uint32_t)i + 1;
    else set_cap_bit(index->every_payer, i);
  }
  return true;
}

bool h2040_cap_index(struct cap_index *index, const char *asked, bool any_code) {
  for (size_t i = 0; i < index->caps; i++) {
    const struct session_cap *cap = index->cap + i;
    index->scope[cap->scope] = true;
    index->asks_age |= cap_asks_age(cap);
    index->asks_modifiers |= cap_asks_modifiers(cap);
  }
  return index_codes(index, asked, any_code) && index_payers(index);
}

const uint64_t *h2040_caps_of_code(const struct cap_index *index, struct text code) {
  const struct counted_code *listed = find(index, code);
  return listed ? listed->caps : index->every_code;
}

const uint64_t *h2040_caps_of_modifiers(const struct cap_index *index, const uint64_t *caps, struct text modifiers) {
  if (!index->asks_modifiers) return caps;
  uint64_t *taken = no_caps(index);
  if (!taken) return NULL;
  for (size_t i = 0; i < index->caps; i++) {
    if (cap_bit(caps, i) && h2040_cap_takes_modifiers(index->cap + i, modifiers)) set_cap_bit(taken, i);
  }
  return taken;
}

uint32_t h2040_cap_payer(struct cap_index *index, const struct value *payer) {
  return id_of_form(&index->payers, h2040_id_form(&index->payers, payer, payer));
}

bool h2040_caps_count_payer(const struct cap_index *index, const uint64_t *caps, uint32_t payer) {
  for (size_t word = 0; word < cap_words(index->caps); word++) {
    if (caps[word] & index->every_payer[word]) return true;
  }
  if (payer == 0 || payer > index->payer_ids) return false;
  for (uint32_t cap = index->first_of_payer[payer]; cap != 0; cap = index->next_of_payer[cap - 1]) {
    if (cap_bit(caps, cap - 1)) return true;
  }
  return false;
}
