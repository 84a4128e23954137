/*
** Numbers, from 1, for pairs of numbers: the groups of a payer's members, and the like.
*/
#ifndef H2040_PAIR_NUMBER_H
#define H2040_PAIR_NUMBER_H

#include <stddef.h>
#include <stdint.h>

struct pair_numbers {
  uint64_t *key; /* of number n: key[n - 1] */
  uint32_t count;
  uint32_t room;
  uint32_t *slot;
  uint32_t slots; /* a power of two, or 0 */
};

/* The number of a pair, a new one if need be; 0 when memory has run out. */
uint32_t h2040_pair_number(struct pair_numbers *numbers, uint32_t a, uint32_t b);
void h2040_pair_numbers_free(struct pair_numbers *numbers);

#endif
