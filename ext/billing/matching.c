/* See matching.h. */
#include "matching.h"

struct value h2040_in_terms(const struct value *v, enum matching matching) {
  enum { MOST_DIGITS = 19 }; /* as many as 64 bits may have */
  if (matching == MATCH_AS_THEY_ARE || v->kind != VALUE_TEXT) return *v;
  struct text t = value_bytes(v);
  if (matching == MATCH_AS_NUMBERS) t = h2040_trim(t);
  bool negative = t.n > 1 && t.z[0] == '-';
  size_t i = negative;
  size_t first = i;
  uint64_t number = 0;
  for (; i < t.n && is_digit(t.z[i]) && i - first < MOST_DIGITS; i++) number = number * 10 + (uint64_t)(t.z[i] - '0');
  if (i < t.n || i == first || number > INT64_MAX) return *v;
  if (matching == MATCH_AS_TEXT && t.z[first] == '0' && t.n > 1) return *v;
  return (struct value){ .kind = VALUE_INTEGER, .integer = negative ? -(int64_t)number : (int64_t)number };
}
