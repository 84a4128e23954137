/* See adjustment.h. */
#include "adjustment.h"

#include "final_adjustments.h" /* made by ext/code_set/final_adjustments.awk */

bool h2040_adjustment_is_final(struct text group, struct text carc) {
  for (size_t i = 0; i < sizeof final_adjustments / sizeof *final_adjustments; i++) {
    const struct final_adjustment *final = &final_adjustments[i];
    if (h2040_same(carc, final->carc) && (final->group.n == 0 || h2040_same(group, final->group))) return true;
  }
  return false;
}
