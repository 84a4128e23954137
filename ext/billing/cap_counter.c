/* See cap_counter.h. */
#include "cap_counter.h"

void h2040_cap_counter_start(struct cap_counter *counter, const struct cap_period *period, int64_t max_units,
                             struct counted_session *room) {
  *counter = (struct cap_counter){
    .period = period, .max_units = max_units, .span = { INT32_MAX, INT32_MIN }, .session = room,
  };
}

static void let_go_of_earlier(struct cap_counter *counter) {
  size_t first = counter->first;
  bool saturated = counter->counted == INT64_MAX;
  while (first < counter->end && counter->session[first].day < counter->span.first) {
    counter->counted -= counter->session[first++].units;
  }
  /* What has been cut off at the largest number cannot be subtracted from. */
  if (saturated && first > counter->first) {
    counter->counted = 0;
    for (size_t i = first; i < counter->end; i++) {
      counter->counted = add_units(counter->counted, counter->session[i].units);
    }
  }
  counter->first = first;
}

struct cap_count h2040_cap_count(struct cap_counter *counter, int32_t day, int64_t units) {
  if (cap_period_rolls(counter->period)) {
    if (day != counter->span.last) counter->span = h2040_cap_period_around(counter->period, day);
    let_go_of_earlier(counter);
  } else if (day < counter->span.first || day > counter->span.last) {
    counter->span = h2040_cap_period_around(counter->period, day);
    counter->counted = 0;
  }
  struct cap_count count = { counter->span, counter->counted, 0 };
  int64_t left = count.units_before < counter->max_units ? counter->max_units - count.units_before : 0;
  if (units > left) count.units_over = units - left;
  return count;
}

void h2040_cap_counter_add(struct cap_counter *counter, int32_t day, int64_t units) {
  counter->counted = add_units(counter->counted, units);
  if (cap_period_rolls(counter->period)) counter->session[counter->end++] = (struct counted_session){ day, units };
}
