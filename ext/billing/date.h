/*
** Days of the calendar, as numbers since 1970-01-01 (Gregorian, also backwards), and
** how dates and times are written.
**
** Read whatever is declared, for they can be only one day (years 1 to 9999):
**
**   2026-01-05          also with a time behind a space or T, with a fraction of the
**                       second and an offset or Z; the written day counts
**   2026/01/05
**   20260105            text, or an integer of exactly eight digits
**   05-JAN-2026, 05JAN2026, 5-Jan-26, 5 January 2026
**   Jan 5, 2026         the month's name short or whole
**
** Only as declared by whoever knows where the values come from, never guessed:
**
**   mdy, dmy            1/5/2026, 01-05-26, 01.05.2026; 01052026, also as a number
**                       that has lost its zero (1052026)
**   excel               the serial number of a day, 46027; a fraction is the time.
**                       Serial 60, 29 February 1900, was no day
**
** Two digits of a year are 20YY; for a birth that would lie after the service, 19YY.
** Six digits are no date.  A time may stand behind all but eight digits:
**
**   10:00, 10:00:30     and, where it is a time of its own, 1000 (text)
**   1:30 PM, 01:30:00pm
*/
#ifndef H2040_DATE_H
#define H2040_DATE_H

#include "value.h"

enum dates { DATES_ISO, DATES_MDY, DATES_DMY, DATES_EXCEL };
#define H2040_DATES "iso, mdy, dmy, excel"

int h2040_dates_named(struct text name); /* -1: none of them */

enum reading h2040_read_other_date(const struct value *v, enum dates dates, int32_t *day);
bool h2040_iso_day(const char z[10], int32_t *day); /* YYYY-MM-DD */

static inline enum reading h2040_read_date(const struct value *v, enum dates dates, int32_t *day) {
  if (v->kind == VALUE_TEXT && v->size == 10 && h2040_iso_day(v->bytes, day)) return READ;
  return h2040_read_other_date(v, dates, day);
}

/* second_of_day: -1 where no time stands behind the day. */
enum reading h2040_read_timestamp(const struct value *v, enum dates dates, int32_t *day, int *second_of_day);

/* service_day: INT32_MAX where none is known. */
enum reading h2040_read_birth(const struct value *v, enum dates dates, int32_t service_day, int32_t *day);

/* Of a timestamp the time. */
enum reading h2040_read_time(const struct value *v, enum dates dates, int *second_of_day);

struct date {
  int year, month, day;
};

int32_t h2040_day_of(struct date d); /* d is a real day of a year after -10000 */
struct date h2040_date_of(int32_t day);
int h2040_days_in_month(int year, int month);

/* Monday 1 to Sunday 7, as ISO 8601 counts. */
int h2040_weekday(int32_t day);

enum { DATE_SIZE = 40 };
/* Writes YYYY-MM-DD and returns its start. */
const char *h2040_date_text(int32_t day, char out[DATE_SIZE]);

#endif
