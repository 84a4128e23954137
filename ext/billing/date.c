/* See date.h.  The calendar arithmetic counts years from March, so that the
** leap day is the last of its year. */
#include "date.h"

#include <stdio.h>

enum {
  DAYS_PER_ERA = 146097, /* 400 years */
  EPOCH = 719468,        /* days from 0000-03-01 to 1970-01-01 */
  ERAS_BEFORE = 25       /* reckoned with, so that no year is negative */
};

int32_t h2040_day_of(struct date d) {
  int year = d.year - (d.month <= 2) + ERAS_BEFORE * 400;
  int day_of_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
  return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - ERAS_BEFORE * DAYS_PER_ERA - EPOCH;
}

struct date h2040_date_of(int32_t day) {
  int shifted = day + EPOCH;
  int era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = shifted - era * DAYS_PER_ERA;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;
  struct date d;
  d.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  d.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  d.year = era * 400 + year_of_era + (d.month <= 2);
  return d;
}

int h2040_days_in_month(int year, int month) {
  static const char days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

int h2040_weekday(int32_t day) {
  int from_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

static bool real_day(int year, int month, int day_of_month, int32_t *day) {
  if (year < 1 || month < 1 || month > 12 || day_of_month < 1) return false;
  if (day_of_month > 28 && day_of_month > h2040_days_in_month(year, month)) return false;
  *day = h2040_day_of((struct date){ year, month, day_of_month });
  return true;
}

bool h2040_day_of_yyyymmdd(int64_t number, int32_t *day) {
  if (number < 10101 || number > 99991231) return false;
  int n = (int)number;
  return real_day(n / 10000, n / 100 % 100, n % 100, day);
}

/* Two digits, or a negative number. */
static inline int two_digits(const char *z) {
  unsigned tens = (unsigned char)z[0] - '0';
  unsigned ones = (unsigned char)z[1] - '0';
  return tens > 9 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

static inline bool four_digits(const char *z, int *number) {
  int high = two_digits(z);
  int low = two_digits(z + 2);
  *number = high * 100 + low;
  return (high | low) >= 0;
}

/* Takes HH:MM[:SS] off the front of *t. */
static bool take_time(struct text *t, int *second_of_day) {
  int hour, minute, second = 0;
  size_t used = 5;
  if (t->n < 5 || t->z[2] != ':') return false;
  hour = two_digits(t->z);
  minute = two_digits(t->z + 3);
  if (t->n >= 8 && t->z[5] == ':') {
    second = two_digits(t->z + 6);
    used = 8;
  }
  if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return false;
  *second_of_day = hour * 3600 + minute * 60 + second;
  *t = (struct text){ t->z + used, t->n - used };
  return true;
}

bool h2040_time_of_text(struct text t, int *second_of_day) {
  return take_time(&t, second_of_day) && t.n == 0;
}

/* What may follow the time of a timestamp: a fraction of a second, then Z or an
** offset of hours and minutes, with or without a space before it. */
static bool fraction_and_offset(struct text t) {
  size_t i = 0;
  int hour, minute;
  if (i < t.n && t.z[i] == '.') {
    size_t first = ++i;
    while (i < t.n && is_digit(t.z[i])) i++;
    if (i == first) return false;
  }
  if (i == t.n) return true;
  if (t.z[i] == ' ') i++;
  if (i + 1 == t.n) return t.z[i] == 'Z' || t.z[i] == 'z';
  if (i == t.n || (t.z[i] != '+' && t.z[i] != '-')) return false;
  i++;
  if (t.n - i < 2) return false;
  hour = two_digits(t.z + i);
  if (hour < 0 || hour > 14) return false;
  i += 2;
  if (i == t.n) return true;
  if (t.z[i] == ':') i++;
  if (t.n - i != 2) return false;
  minute = two_digits(t.z + i);
  return minute >= 0 && minute <= 59;
}

static bool month_of_name(const char *z, int *month) {
  static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  for (int m = 0; m < 12; m++) {
    const char *name = names + 3 * m;
    if (upper(z[0]) == name[0] && upper(z[1]) == name[1] && upper(z[2]) == name[2]) {
      *month = m + 1;
      return true;
    }
  }
  return false;
}

bool h2040_day_of_text(struct text t, int32_t *day) {
  int year, month, second;
  if (t.n == 8) {
    if (!four_digits(t.z, &year)) return false;
    return real_day(year, two_digits(t.z + 4), two_digits(t.z + 6), day);
  }
  if (t.n == 11 && t.z[2] == '-' && t.z[6] == '-') {
    return month_of_name(t.z + 3, &month) && four_digits(t.z + 7, &year)
           && real_day(year, month, two_digits(t.z), day);
  }
  if (t.n < 10 || t.z[4] != '-' || t.z[7] != '-' || !four_digits(t.z, &year)) return false;
  if (!real_day(year, two_digits(t.z + 5), two_digits(t.z + 8), day)) return false;
  if (t.n == 10) return true;
  if (t.z[10] != ' ' && t.z[10] != 'T' && t.z[10] != 't') return false;
  struct text rest = { t.z + 11, t.n - 11 };
  return take_time(&rest, &second) && fraction_and_offset(rest);
}

const char *h2040_date_text(int32_t day, char out[DATE_SIZE]) {
  struct date d = h2040_date_of(day);
  snprintf(out, DATE_SIZE, "%04d-%02d-%02d", d.year, d.month, d.day);
  return out;
}
