/*
** The periods over which a payer counts sessions, as contracts write them:
**
**   day, week (from Monday), month, quarter, year
**   year from MM-DD       a fiscal or plan year; from 02-29: from the last day of
**                         February
**   N days, N months      rolling: the N days, or months, that end with the day
**                         of service.  N months back is the same day of the
**                         month, or the month's last; the window starts the day
**                         after: one month that ends on 2026-03-31 starts on
**                         2026-03-01, as February has no 31st
**   lifetime
**
** Case and the amount of white space do not matter.
*/
#ifndef H2040_CAP_PERIOD_H
#define H2040_CAP_PERIOD_H

#include "text.h"

#include <stdint.h>

enum cap_period_kind {
  PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, PERIOD_YEAR_FROM,
  PERIOD_ROLLING_DAYS, PERIOD_ROLLING_MONTHS, PERIOD_LIFETIME
};

struct cap_period {
  enum cap_period_kind kind;
  int length;                     /* the N of the rolling periods */
  int first_month, first_day;     /* of PERIOD_YEAR_FROM */
};

enum { LONGEST_ROLLING_DAYS = 36600, LONGEST_ROLLING_MONTHS = 1200 };

/* For messages: the periods that can be written. */
#define H2040_CAP_PERIODS \
  "day, week, month, quarter, year, year from MM-DD, N days (1 to 36600), N months (1 to 1200) or lifetime"

bool h2040_read_cap_period(struct text text, struct cap_period *period);

/* First and last day, both counted; never before 0000-01-01 or after 9999-12-31.
** A lifetime has all days. */
struct day_span {
  int32_t first, last;
};

struct day_span h2040_cap_period_around(const struct cap_period *period, int32_t day);

static inline bool cap_period_rolls(const struct cap_period *period) {
  return period->kind == PERIOD_ROLLING_DAYS || period->kind == PERIOD_ROLLING_MONTHS;
}

/* A number for the period of a day, to add up by.  Of a fixed period, days have
** the same number exactly where they share the period.  Of a rolling one, the
** window that ends with a day touches the day's number and the one before it, and
** no other. */
int32_t h2040_cap_period_number(const struct cap_period *period, int32_t day);

#endif
