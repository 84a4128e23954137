/* See session_kind.h. */
#include "session_kind.h"
#include "procedure_code.h"

#include <string.h>

struct read_code {
  struct text hcpcs_code;
  const uint64_t *caps, *would_count;
  uint32_t number; /* of those that are the same */
};

enum { MOST_MODIFIERS = 32, LONGEST_LIST = 256 };

void h2040_session_kinds_open(struct session_kinds *kinds, struct arena *arena, const struct cap_index *index,
                              bool any_code, uint64_t seed) {
  *kinds = (struct session_kinds){
    .arena = arena, .index = index, .any_code = any_code,
    .codes = { .arena = arena, .seed = seed }, .texts = { .arena = arena, .seed = seed },
  };
}

void h2040_session_kinds_close(struct session_kinds *kinds) {
  h2040_id_numbers_free(&kinds->codes);
  h2040_id_numbers_free(&kinds->texts);
  h2040_list_free(&kinds->code);
  h2040_list_free(&kinds->kind);
  h2040_pair_numbers_free(&kinds->pairs);
  h2040_pair_numbers_free(&kinds->alike);
}

/* ---- codes ---- */

static struct text kept_text(struct session_kinds *kinds, struct text text, bool *kept) {
  struct value value = value_of_text(text);
  *kept = *kept && h2040_value_keep(&value, kinds->arena);
  return value_bytes(&value);
}

/* Those of the caps that do not count the line anyway, in the arena; NULL: none. */
static const uint64_t *added_by(struct session_kinds *kinds, const uint64_t *caps, bool *kept) {
  const struct cap_index *index = kinds->index;
  size_t words = cap_words(index->caps);
  bool any = false;
  uint64_t *added = h2040_arena_take(kinds->arena, words * sizeof *added);
  if (!added) *kept = false;
  for (size_t word = 0; word < words && added; word++) {
    added[word] = caps[word] & ~index->every_code[word];
    any |= added[word] != 0;
  }
  return any ? added : NULL;
}

static bool read_code(struct session_kinds *kinds, const struct value *written, struct read_code *code) {
  const struct cap_index *index = kinds->index;
  struct procedure_code read;
  bool kept = true;
  h2040_read_procedure_code(written, &read);
  *code = (struct read_code){ .caps = index->every_code };
  if (read.form == CODE_WRITTEN || read.form == CODE_MISWRITTEN) {
    const uint64_t *caps = h2040_caps_of_code(index, h2040_text(read.code));
    code->hcpcs_code = kept_text(kinds, h2040_text(read.code), &kept);
    if (read.form == CODE_WRITTEN) code->caps = caps;
    else code->would_count = added_by(kinds, caps, &kept);
  } else if (has_bytes(written)) {
    code->hcpcs_code = kept_text(kinds, h2040_trim(value_bytes(written)), &kept);
  }
  struct value text = value_of_text(code->hcpcs_code);
  if (kept && code->hcpcs_code.n > 0) kept = (code->number = h2040_id_form(&kinds->texts, &text, NULL)) != 0;
  return kept;
}

/* Mostly it is the code of the line before. */
static const struct read_code *code_of(struct session_kinds *kinds, const struct value *written, uint32_t *form) {
  *form = 0;
  if (kinds->last_code != 0) {
    const struct value *last = &id_form(&kinds->codes, kinds->last_code)->value;
    if (last->kind == written->kind && h2040_value_same(last, written)) *form = kinds->last_code;
  }
  if (*form == 0) *form = h2040_id_form(&kinds->codes, written, NULL);
  if (*form == 0) return NULL;
  if (*form > kinds->code.count) {
    struct read_code code;
    if (!read_code(kinds, written, &code)) return NULL;
    struct read_code *added = h2040_list_add(&kinds->code, sizeof *added);
    if (!added) return NULL;
    *added = code;
  }
  kinds->last_code = *form;
  return (const struct read_code *)kinds->code.items + *form - 1;
}

/* ---- modifiers ---- */

static int order_of_modifiers(struct text a, struct text b) {
  size_t shorter = a.n < b.n ? a.n : b.n;
  for (size_t i = 0; i < shorter; i++) {
    if (upper(a.z[i]) != upper(b.z[i])) return upper(a.z[i]) < upper(b.z[i]) ? -1 : 1;
  }
  return (a.n > b.n) - (a.n < b.n);
}

static int add_modifier(struct text *list, int count, struct text one) {
  int at = count;
  if (count == MOST_MODIFIERS) return count;
  while (at > 0 && order_of_modifiers(list[at - 1], one) > 0) at--;
  if (at > 0 && order_of_modifiers(list[at - 1], one) == 0) return count;
  for (int i = count; i > at; i--) list[i] = list[i - 1];
  list[at] = one;
  return count + 1;
}

/* Each once, in order, in upper case. */
static struct text modifiers_of(const struct value *modifiers, int columns, char out[LONGEST_LIST],
                                char digits[MODIFIER_FIELDS][NUMBER_SIZE]) {
  struct text list[MOST_MODIFIERS];
  struct text one;
  int count = 0;
  size_t n = 0;
  for (int i = 0; i < columns; i++) {
    if (modifiers[i].kind == VALUE_NULL) continue;
    struct text text = h2040_value_code(modifiers + i, digits[i]);
    if (h2040_blank(text)) continue;
    while (h2040_next_member(&text, &one)) count = add_modifier(list, count, one);
  }
  for (int i = 0; i < count && n + list[i].n + 1 < LONGEST_LIST; i++) {
    if (n > 0) out[n++] = ' ';
    for (size_t k = 0; k < list[i].n; k++) out[n++] = upper(list[i].z[k]);
  }
  return (struct text){ out, n };
}

/* ---- kinds ---- */

static const struct session_kind *new_kind(struct session_kinds *kinds, const struct read_code *code, uint32_t list,
                                           struct text modifiers) {
  const struct session_kind **added = h2040_list_add(&kinds->kind, sizeof *added);
  struct session_kind *kind = h2040_arena_take(kinds->arena, sizeof *kind);
  if (!added || !kind) return NULL;
  *kind = (struct session_kind){
    .hcpcs_code = code->hcpcs_code, .modifiers = modifiers, .any_code = kinds->any_code,
    .caps = h2040_caps_of_modifiers(kinds->index, code->caps, modifiers), .would_count = code->would_count,
    .number = h2040_pair_number(&kinds->alike, code->number, list),
  };
  if (code->would_count) kind->would_count = h2040_caps_of_modifiers(kinds->index, code->would_count, modifiers);
  if (kind->number == 0 || !kind->caps || (code->would_count && !kind->would_count)) return NULL;
  *added = kind;
  return kind;
}

const struct session_kind *h2040_session_kind(struct session_kinds *kinds, const struct value *code,
                                              const struct value *modifiers, int columns) {
  static const struct value none = { 0 };
  char out[LONGEST_LIST];
  char digits[MODIFIER_FIELDS][NUMBER_SIZE];
  uint32_t code_form;
  uint32_t list_form = 0;
  uint32_t last = kinds->last_code;
  bool bare = true;
  const struct read_code *read = code_of(kinds, code ? code : &none, &code_form);
  if (!read) return NULL;
  for (int i = 0; i < columns && bare; i++) bare = modifiers[i].kind == VALUE_NULL;
  if (bare && code_form == last && kinds->last_kind) return kinds->last_kind;
  if (code_form != last) kinds->last_kind = NULL;
  struct text list = modifiers_of(modifiers, columns, out, digits);
  if (list.n > 0) {
    struct value value = value_of_text(list);
    list_form = h2040_id_form(&kinds->texts, &value, NULL);
    if (list_form == 0) return NULL;
    list = value_bytes(&id_form(&kinds->texts, list_form)->value);
  }
  uint32_t pair = h2040_pair_number(&kinds->pairs, code_form, list_form);
  if (pair == 0) return NULL;
  const struct session_kind *kind = pair > kinds->kind.count ? new_kind(kinds, read, list_form, list)
                                                              : ((const struct session_kind **)kinds->kind.items)[pair - 1];
  if (bare) kinds->last_kind = kind;
  return kind;
}
