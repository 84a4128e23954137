/*
** Units added up by a key, in as little memory as will do to say which keys may
** have passed a cap: eight bytes a slot, so between eleven and twenty-two a key,
** and for a moment thirty-two when the table grows.
**
** A key is told from another by 32 bits of its hash, and units are added up to
** 32 bits.  Both err to one side only: keys that share their bits share their
** total, which is too high then, and a total that has reached TOTAL_UNKNOWN may
** be anything from there on.  So what is asked of it is "could it be more than
** the cap?", and whoever hears yes counts again exactly.
*/
#ifndef H2040_UNIT_TOTALS_H
#define H2040_UNIT_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unit_total {
  uint32_t key; /* 0: empty */
  uint32_t units;
};

struct unit_totals {
  struct unit_total *slot;
  size_t mask; /* slots - 1; a power of two less one */
  size_t used;
  size_t most_slots;
};

enum unit_totals_result { TOTALS_ADDED, TOTALS_FULL, TOTALS_NO_MEMORY };

#define TOTAL_UNKNOWN UINT32_MAX

/* most_bytes: the slots never take more. */
bool h2040_unit_totals_open(struct unit_totals *totals, size_t most_bytes);
void h2040_unit_totals_close(struct unit_totals *totals);

enum unit_totals_result h2040_unit_totals_add(struct unit_totals *totals, uint64_t hash, int64_t units,
                                              uint32_t *total);
/* Says that a key will be asked for soon, so that its slot is at hand by then. */
void h2040_unit_totals_expect(const struct unit_totals *totals, uint64_t hash);
uint32_t h2040_unit_totals_of(const struct unit_totals *totals, uint64_t hash);

/* Could the sum of two totals be more than max_units? */
static inline bool totals_may_exceed(uint32_t a, uint32_t b, int64_t max_units) {
  return a == TOTAL_UNKNOWN || b == TOTAL_UNKNOWN || (int64_t)a + (int64_t)b > max_units;
}

#endif
