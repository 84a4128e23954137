/*
** Prefixes and ranges of alphanumeric codes (taxonomies, diagnoses): a code is one number
** in base 37, so that order and prefix are comparisons.
*/
#ifndef H2040_CODE_RANGE_H
#define H2040_CODE_RANGE_H

#include "text.h"

struct code_range {
  uint64_t first, last;
};

enum { LONGEST_CODE = 12 }; /* 37 to the 12th fits in 64 bits */
extern const uint64_t h2040_code_scale[LONGEST_CODE]; /* what the rank of each character counts */

bool h2040_code_number(struct text code, uint64_t *number); /* false: not 1 to 12 letters or digits */

/* The last code that begins as this one. */
uint64_t h2040_last_with_prefix(struct text prefix, uint64_t number);

static inline bool in_a_range(const struct code_range *range, size_t count, uint64_t number) {
  for (size_t i = 0; i < count; i++) {
    if (range[i].first <= number && number <= range[i].last) return true;
  }
  return false;
}

#endif
