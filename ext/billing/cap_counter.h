/*
** Counts the units of one group of sessions, in order of their days, against a
** cap over a period.
**
**   h2040_cap_counter_start(&counter, &period, 24, room);
**   for each session, by day:
**     struct cap_count count = h2040_cap_count(&counter, day, units);
**     h2040_cap_counter_add(&counter, day, units, or fewer where the payer denied some);
**
** Sums saturate at the largest 64-bit number.
*/
#ifndef H2040_CAP_COUNTER_H
#define H2040_CAP_COUNTER_H

#include "cap_period.h"

struct counted_session {
  int32_t day;
  int64_t units;
};

struct cap_counter {
  const struct cap_period *period;
  int64_t max_units;
  struct day_span span;             /* of the latest session */
  int64_t counted;                  /* units within it */
  struct counted_session *session;  /* rolling periods: those within it and before it */
  size_t first, end;                /* those within it: [first, end) */
};

struct cap_count {
  struct day_span span;
  int64_t units_before;
  int64_t units_over;
};

/* room: for as many sessions as the group has; a period that does not roll needs none. */
void h2040_cap_counter_start(struct cap_counter *counter, const struct cap_period *period, int64_t max_units,
                             struct counted_session *room);
struct cap_count h2040_cap_count(struct cap_counter *counter, int32_t day, int64_t units);
void h2040_cap_counter_add(struct cap_counter *counter, int32_t day, int64_t units);

/* a + b of numbers from 0 on, saturating */
static inline int64_t add_units(int64_t a, int64_t b) {
  return a > INT64_MAX - b ? INT64_MAX : a + b;
}

#endif
