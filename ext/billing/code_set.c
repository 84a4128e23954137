/* See code_set.h. */
#include "code_set.h"

#include <string.h>

#include "code_set_data.h"

#define STRING(x) #x
#define STRING_OF(x) STRING(x)

const char *h2040_code_set_version(void) {
  return CODE_SET_RELEASE " (" STRING_OF(CODE_SET_CODE_COUNT) " codes, "
         STRING_OF(CODE_SET_MODIFIER_COUNT) " modifiers)";
}

int h2040_modifier_number(struct text t) {
  if (t.n != 2 || !is_alnum(t.z[0]) || !is_alnum(t.z[1])) return NO_MODIFIER;
  return (int)((alnum_rank(t.z[0]) - 1) * 36 + alnum_rank(t.z[1]) - 1);
}

const char *h2040_modifier_text(int modifier, char out[3]) {
  static const char alnum[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  out[0] = alnum[modifier / 36];
  out[1] = alnum[modifier % 36];
  out[2] = 0;
  return out;
}

const struct modifier *h2040_modifier(int modifier) {
  const struct modifier *m = &modifier_table[modifier];
  return m->modifier[0] ? m : NULL;
}

bool h2040_is_procedure_code(struct text t) {
  if (t.n != 5 || !is_alnum(t.z[0]) || !is_alnum(t.z[4])) return false;
  for (int i = 1; i < 4; i++) {
    if (!is_digit(t.z[i])) return false;
  }
  return is_digit(t.z[0]) || is_digit(t.z[4]);
}

int h2040_code_count(void) {
  return CODE_SET_CODE_COUNT;
}

const struct code *h2040_code_at(int i) {
  return &code_table[i];
}

const struct code *h2040_code(const char hcpcs_code[5]) {
  int low = 0;
  int high = CODE_SET_CODE_COUNT;
  while (low < high) {
    int middle = (low + high) / 2;
    int order = memcmp(hcpcs_code, code_table[middle].hcpcs_code, 5);
    if (order == 0) return &code_table[middle];
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

/* Words that stand apart: the first letter or digit behind one that is neither is a letter. */
static bool is_description(struct text t) {
  size_t i = 0;
  while (i < t.n && !is_alnum(t.z[i])) i++;
  return i > 0 && i < t.n && !is_digit(t.z[i]);
}

int h2040_read_place(struct text t) {
  size_t digits = 0;
  int place = 0;
  while (digits < t.n && digits < 2 && is_digit(t.z[digits])) place = place * 10 + (t.z[digits++] - '0');
  if (digits == 0 || (digits < t.n && !is_description((struct text){ t.z + digits, t.n - digits }))) return -1;
  return place;
}

int h2040_place_of_service(struct text t) {
  int place = h2040_read_place(t);
  return place >= 0 && place_table[place].place_of_service[0] ? place : -1;
}

const struct place *h2040_place(int place) {
  const struct place *p = &place_table[place];
  return p->place_of_service[0] ? p : NULL;
}
