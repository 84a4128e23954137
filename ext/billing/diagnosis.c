/* See diagnosis.h. */
#include "diagnosis.h"
#include "code_range.h"

#include <string.h>

bool h2040_read_diagnosis(struct text t, int32_t day, struct diagnosis *out) {
  size_t n = 0;
  out->number = 0;
  for (size_t i = 0; i < t.n; i++) {
    unsigned rank = alnum_rank(t.z[i]);
    if (rank == 0 && t.z[i] == '.' && i == 3 && t.n > 4) continue;
    if (n == LONGEST_DIAGNOSIS || rank == 0) return false;
    out->number += h2040_code_scale[n] * rank;
    out->code[n++] = upper(t.z[i]);
  }
  out->length = n;
  return n >= 3 && !is_digit(out->code[0]) && (is_digit(out->code[1]) || day >= ICD_10_SECOND_LETTER)
         && (is_digit(out->code[2]) || out->code[2] == 'A' || out->code[2] == 'B');
}

struct text h2040_diagnosis_text(const struct diagnosis *d, char out[LONGEST_DIAGNOSIS + 1]) {
  enum { BEFORE_DOT = 3 };
  memcpy(out, d->code, BEFORE_DOT);
  if (d->length == BEFORE_DOT) return (struct text){ out, BEFORE_DOT };
  out[BEFORE_DOT] = '.';
  memcpy(out + BEFORE_DOT + 1, d->code + BEFORE_DOT, d->length - BEFORE_DOT);
  return (struct text){ out, d->length + 1 };
}

/* One of 1 … 12, as its number or its letter; 0: neither.  No pointer is 0: so 10 is ten,
** though 12 is one and two. */
static int pointer_at(struct text t, size_t *used) {
  *used = 1;
  if (t.n > 1 && t.z[0] == '1' && t.z[1] == '0') {
    *used = 2;
    return 10;
  }
  if (is_digit(t.z[0])) return t.z[0] - '0';
  int letter = upper(t.z[0]) - 'A' + 1;
  return letter >= 1 && letter <= MOST_DIAGNOSES ? letter : 0;
}

enum reading h2040_read_pointers(const struct value *v, unsigned *diagnoses) {
  char number[NUMBER_SIZE];
  struct text list = h2040_value_code(v, number);
  struct text member;
  size_t used;
  *diagnoses = 0;
  if (h2040_value_blank(v)) return BLANK;
  while (h2040_next_modifier(&list, &member)) {
    for (; member.n > 0; member = (struct text){ member.z + used, member.n - used }) {
      int pointer = pointer_at(member, &used);
      if (pointer == 0) return UNREADABLE;
      *diagnoses |= 1u << (pointer - 1);
    }
  }
  return *diagnoses != 0 ? READ : BLANK;
}
