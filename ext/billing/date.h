/*
** Days of the calendar, as numbers since 1970-01-01 (Gregorian, also backwards).
** What a value of a database means as a date is told in value.h.
*/
#ifndef H2040_DATE_H
#define H2040_DATE_H

#include "text.h"

#include <stdint.h>

struct date {
  int year, month, day;
};

int32_t h2040_day_of(struct date d); /* d is a real day of a year after -10000 */
struct date h2040_date_of(int32_t day);
int h2040_days_in_month(int year, int month);

/* Monday 1 to Sunday 7, as ISO 8601 counts. */
int h2040_weekday(int32_t day);

bool h2040_day_of_yyyymmdd(int64_t number, int32_t *day);
bool h2040_day_of_text(struct text t, int32_t *day);

/* HH:MM or HH:MM:SS */
bool h2040_time_of_text(struct text t, int *second_of_day);

enum { DATE_SIZE = 40 };
/* Writes YYYY-MM-DD and returns its start. */
const char *h2040_date_text(int32_t day, char out[DATE_SIZE]);

#endif
