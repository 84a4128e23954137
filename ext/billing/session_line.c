/* See session_line.h. */
#include "session_line.h"

#include <string.h>

enum { CLASS_SHIFT = 62 };

/* A real number as an integer that sorts alike. */
static uint64_t order_of_real(double r) {
  uint64_t bits;
  if (r == 0) r = 0; /* -0.0 is 0 */
  memcpy(&bits, &r, sizeof bits);
  return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

uint64_t h2040_value_prefix(const struct value *v) {
  uint64_t prefix = 0;
  switch (v->kind) {
    case VALUE_NULL:
      return 0;
    case VALUE_INTEGER:
      return (uint64_t)1 << CLASS_SHIFT | order_of_real((double)v->integer) >> 2;
    case VALUE_REAL:
      return (uint64_t)1 << CLASS_SHIFT | order_of_real(v->real) >> 2;
    default:
      for (uint32_t i = 0; i < sizeof prefix; i++) {
        prefix = prefix << 8 | (i < v->size ? (unsigned char)v->bytes[i] : 0);
      }
      return (uint64_t)(v->kind == VALUE_TEXT ? 2 : 3) << CLASS_SHIFT | prefix >> 2;
  }
}

int h2040_session_order(const struct session_line *a, const struct session_line *b) {
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  if (a->claim_order != b->claim_order) return a->claim_order < b->claim_order ? -1 : 1;
  int order = h2040_value_order(&a->claim_id, &b->claim_id);
  return order != 0 ? order : h2040_value_order(&a->claim_line_number, &b->claim_line_number);
}
