/* See code_range.h. */
#include "code_range.h"

const uint64_t h2040_code_scale[LONGEST_CODE] = { /* 37 to the 11th, 10th, … */
  177917621779460413, 4808584372417849, 129961739795077, 3512479453921, 94931877133, 2565726409,
  69343957,           1874161,          50653,           1369,          37,          1,
};

bool h2040_code_number(struct text code, uint64_t *number) {
  uint64_t n = 0;
  if (code.n == 0 || code.n > LONGEST_CODE) return false;
  for (size_t i = 0; i < code.n; i++) {
    unsigned rank = alnum_rank(code.z[i]);
    if (rank == 0) return false;
    n += h2040_code_scale[i] * rank;
  }
  *number = n;
  return true;
}

uint64_t h2040_last_with_prefix(struct text prefix, uint64_t number) {
  return number + (prefix.n < LONGEST_CODE ? 37 * h2040_code_scale[prefix.n] - 1 : 0);
}
