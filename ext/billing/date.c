/* See date.h.  The calendar arithmetic counts years from March, so that the
** leap day is the last of its year. */
#include "date.h"

#include <stdio.h>
#include <string.h>

enum {
  DAYS_PER_ERA = 146097, /* 400 years */
  EPOCH = 719468,        /* days from 0000-03-01 to 1970-01-01 */
  ERAS_BEFORE = 25       /* reckoned with, so that no year is negative */
};

int32_t h2040_day_of(struct date d) {
  static const short days_from_march[12] = { 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275 };
  unsigned year = (unsigned)(d.year - (d.month <= 2) + ERAS_BEFORE * 400);
  unsigned century = year / 100;
  int days = (int)(year * 365 + year / 4 - century + century / 4) + days_from_march[d.month - 1] + d.day - 1;
  return days - ERAS_BEFORE * DAYS_PER_ERA - EPOCH;
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

/* --- shapes ---------------------------------------------------------------- */

/* What is being read: the text that is left, and what was found so far. */
struct reader {
  struct text rest;
  enum dates dates;
  int32_t day;
  int second;      /* -1: no time */
  bool short_year; /* of two digits */
  bool for_time;   /* it is the time that is asked for */
};

static bool real_day(unsigned year, unsigned month, unsigned day_of_month, int32_t *day) {
  if (year - 1 > 9998 || month - 1 > 11 || day_of_month - 1 > 30) return false;
  if (day_of_month > 28 && (int)day_of_month > h2040_days_in_month((int)year, (int)month)) return false;
  *day = h2040_day_of((struct date){ (int)year, (int)month, (int)day_of_month });
  return true;
}

static unsigned digit(char c) { return (unsigned char)c - (unsigned)'0'; }
static unsigned two(const char *z) { return digit(z[0]) * 10 + digit(z[1]); }
static unsigned four(const char *z) { return two(z) * 100 + two(z + 2); }

/* Whether eight bytes are YYYY-MM-, all looked at together.  Without the bits of '0', and
** those of '-', a digit is less than 10 and a hyphen is 0: adding 6, and 15, leaves the
** high half of each byte 0. */
static bool year_and_month(const char *z) {
  const uint64_t high_halves = 0xF0F0F0F0F0F0F0F0u;
  uint64_t bytes, like, room;
  memcpy(&bytes, z, 8);
  memcpy(&like, "0000-00-", 8);
  memcpy(&room, "\6\6\6\6\17\6\6\17", 8);
  bytes ^= like;
  return ((bytes | (bytes + room)) & high_halves) == 0;
}

bool h2040_iso_day(const char z[10], int32_t *day) {
  return year_and_month(z) && digit(z[8]) <= 9 && digit(z[9]) <= 9 && real_day(four(z), two(z + 5), two(z + 8), day);
}

static void skip(struct reader *r, size_t n) {
  r->rest = (struct text){ r->rest.z + n, r->rest.n - n };
}

static void skip_spaces(struct reader *r) {
  while (r->rest.n > 0 && r->rest.z[0] == ' ') skip(r, 1);
}

static bool take(struct reader *r, char c) {
  if (r->rest.n == 0 || r->rest.z[0] != c) return false;
  skip(r, 1);
  return true;
}

/* Takes all digits that follow, at most `most`; how many there were. */
static int take_digits(struct reader *r, int most, unsigned *number) {
  int n = 0;
  *number = 0;
  while ((size_t)n < r->rest.n && is_digit(r->rest.z[n])) {
    if (n == most) return 0;
    *number = *number * 10 + digit(r->rest.z[n++]);
  }
  skip(r, (size_t)n);
  return n;
}

/* Two digits or four. */
static bool take_year(struct reader *r, unsigned *year) {
  int n = take_digits(r, 4, year);
  r->short_year = n == 2;
  if (n == 2) *year += 2000;
  return n == 2 || n == 4;
}

static const char *const month_names[12] = {
  "JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
  "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
};

/* A month's name, or three or more of its first letters. */
static bool take_month(struct reader *r, unsigned *month) {
  size_t n = 0;
  while (n < r->rest.n && is_alnum(r->rest.z[n]) && !is_digit(r->rest.z[n])) n++;
  struct text word = { r->rest.z, n };
  for (unsigned m = 0; m < 12; m++) {
    struct text name = h2040_text(month_names[m]);
    if (n < 3 || n > name.n || !h2040_same(word, (struct text){ name.z, n })) continue;
    *month = m + 1;
    skip(r, n);
    return true;
  }
  return false;
}

/* --- times ----------------------------------------------------------------- */

/* AM or PM, if it stands there: 'A', 'P' or 0. */
static char take_half_of_day(struct reader *r) {
  struct text t = r->rest;
  while (t.n > 0 && t.z[0] == ' ') t = (struct text){ t.z + 1, t.n - 1 };
  if (t.n != 2 || upper(t.z[1]) != 'M') return 0;
  char half = upper(t.z[0]);
  if (half != 'A' && half != 'P') return 0;
  r->rest = (struct text){ t.z + 2, 0 };
  return half;
}

/* What may follow the time of a timestamp: a fraction of a second, then Z or an
** offset of hours and minutes, with or without a space before it. */
static bool take_fraction_and_offset(struct reader *r) {
  unsigned hour, minute = 0;
  if (take(r, '.')) {
    size_t n = 0;
    while (n < r->rest.n && is_digit(r->rest.z[n])) n++;
    if (n == 0) return false;
    skip(r, n);
  }
  if (r->rest.n == 0) return true;
  take(r, ' ');
  if (take(r, 'Z') || take(r, 'z')) return r->rest.n == 0;
  if (!take(r, '+') && !take(r, '-')) return false;
  if (r->rest.n < 2 || digit(r->rest.z[0]) > 9 || digit(r->rest.z[1]) > 9) return false;
  hour = two(r->rest.z);
  skip(r, 2);
  if (r->rest.n > 0) {
    take(r, ':');
    if (take_digits(r, 2, &minute) != 2) return false;
  }
  return hour <= 14 && minute <= 59 && r->rest.n == 0;
}

/* How a clock may be written: in an ISO timestamp, as a time of its own, behind any
** other date. */
enum clock {
  CLOCK_ISO,  /* 09:30 */
  CLOCK_ALONE, /* that, or 9:30 AM */
  CLOCK_ANY   /* that, or 9:30 */
};

/* The rest is a time. */
static bool read_clock(struct reader *r, enum clock clock) {
  unsigned hour, minute, second = 0;
  int digits = take_digits(r, 2, &hour);
  if (digits == 0 || !take(r, ':') || take_digits(r, 2, &minute) != 2) return false;
  if (take(r, ':') && take_digits(r, 2, &second) != 2) return false;
  char half = 0;
  if (clock != CLOCK_ISO) half = take_half_of_day(r);
  if (half) {
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (half == 'P' ? 12 : 0);
  } else if ((digits < 2 && clock != CLOCK_ANY) || !take_fraction_and_offset(r)) {
    return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  r->second = (int)(hour * 3600 + minute * 60 + second);
  return true;
}

/* Nothing, or a time behind spaces (or T). */
static bool read_time_behind(struct reader *r) {
  if (r->rest.n == 0) return true;
  if (r->rest.z[0] != ' ' && upper(r->rest.z[0]) != 'T') return false;
  skip(r, 1);
  skip_spaces(r);
  return read_clock(r, CLOCK_ANY);
}

/* --- dates ----------------------------------------------------------------- */

/* YYYY-MM-DD or YYYY/MM/DD, with or without a time. */
static bool read_year_first(struct reader *r) {
  const char *z = r->rest.z;
  char separator = z[4];
  if (r->rest.n < 10 || z[7] != separator) return false;
  char iso[10] = { z[0], z[1], z[2], z[3], '-', z[5], z[6], '-', z[8], z[9] };
  if (!h2040_iso_day(iso, &r->day)) return false;
  skip(r, 10);
  if (separator == '/') return read_time_behind(r);
  if (r->rest.n == 0) return true;
  return (take(r, ' ') || take(r, 'T') || take(r, 't')) && read_clock(r, r->for_time ? CLOCK_ANY : CLOCK_ISO);
}

/* DD-MON-YYYY and its like: the day, the month's name, the year, with one separator or
** none between them. */
static bool read_day_and_name(struct reader *r) {
  unsigned day, month, year;
  if (take_digits(r, 2, &day) == 0 || r->rest.n == 0) return false;
  char separator = r->rest.z[0];
  bool apart = separator == '-' || separator == ' ' || separator == '/';
  if (apart) skip(r, 1);
  if (!take_month(r, &month) || (apart && !take(r, separator)) || !take_year(r, &year)) return false;
  return real_day(year, month, day, &r->day) && read_time_behind(r);
}

/* Mon D, YYYY */
static bool read_name_first(struct reader *r) {
  unsigned day, month, year;
  if (!take_month(r, &month)) return false;
  take(r, '.');
  if (!take(r, ' ')) return false;
  skip_spaces(r);
  if (take_digits(r, 2, &day) == 0) return false;
  bool comma = take(r, ',');
  if (!take(r, ' ') && !comma) return false;
  skip_spaces(r);
  if (take_digits(r, 4, &year) != 4) return false;
  return real_day(year, month, day, &r->day) && read_time_behind(r);
}

/* Month and day in the declared order, then the year. */
static bool real_declared_day(struct reader *r, unsigned first, unsigned second, unsigned year) {
  return r->dates == DATES_MDY ? real_day(year, first, second, &r->day) : real_day(year, second, first, &r->day);
}

static bool is_declared_order(const struct reader *r) {
  return r->dates == DATES_MDY || r->dates == DATES_DMY;
}

/* 1/5/2026 */
static bool read_declared(struct reader *r) {
  unsigned first, second, year;
  if (!is_declared_order(r) || take_digits(r, 2, &first) == 0 || r->rest.n == 0) return false;
  char separator = r->rest.z[0];
  if (separator != '/' && separator != '-' && separator != '.') return false;
  skip(r, 1);
  if (take_digits(r, 2, &second) == 0 || !take(r, separator) || !take_year(r, &year)) return false;
  return real_declared_day(r, first, second, year) && read_time_behind(r);
}

/* Eight digits, or as many as stand there; as a number they may have lost a zero. */
static bool read_digits(struct reader *r, unsigned number, int digits) {
  if (digits == 8 && real_day(number / 10000, number / 100 % 100, number % 100, &r->day)) return true;
  return (digits == 8 || digits == 7) && is_declared_order(r)
         && real_declared_day(r, number / 1000000, number / 10000 % 100, number % 10000);
}

static bool read_serial(struct reader *r, double serial) {
  enum { LAST = 2958465, NO_DAY = 60, DAY = 86400 }; /* the last is 9999-12-31 */
  const int32_t before_1900 = -25568;                /* 1899-12-31 */
  if (r->dates != DATES_EXCEL || !(serial >= 1 && serial < LAST + 1)) return false;
  int32_t whole = (int32_t)serial;
  if (whole == NO_DAY) return false;
  r->day = before_1900 + whole - (whole > NO_DAY);
  int second = (int)((serial - whole) * DAY + 0.5);
  if (serial > whole) r->second = second < DAY ? second : DAY - 1;
  return true;
}

/* As a number is written: more digits, or zeros in front, are another form of date. */
static bool read_serial_text(struct reader *r) {
  enum { MOST_DIGITS = 7 };
  struct value v = value_of_text(r->rest);
  size_t digits = 0;
  double serial;
  while (digits < r->rest.n && is_digit(r->rest.z[digits])) digits++;
  return r->dates == DATES_EXCEL && digits > 0 && digits <= MOST_DIGITS && r->rest.z[0] != '0'
         && h2040_read_number(&v, &serial) == READ && read_serial(r, serial);
}

static bool read_text(struct reader *r) {
  const struct reader start = *r;
  size_t digits = 0;
  if (r->rest.n < 5) return read_serial_text(r);
  if (!is_digit(r->rest.z[0])) return read_name_first(r);
  while (digits < r->rest.n && is_digit(r->rest.z[digits])) digits++;
  if (digits == r->rest.n && (digits == 7 || digits == 8)) {
    unsigned number;
    take_digits(r, 8, &number);
    if (read_digits(r, number, (int)digits)) return true;
    *r = start;
  }
  if (digits == 4 && (r->rest.z[4] == '-' || r->rest.z[4] == '/')) return read_year_first(r);
  if (digits <= 2) {
    if (read_day_and_name(r)) return true;
    *r = start;
    if (read_declared(r)) return true;
    *r = start;
  }
  return read_serial_text(r);
}

static bool read_integer(struct reader *r, int64_t number) {
  if (r->dates == DATES_EXCEL && number <= 9999999) return read_serial(r, (double)number);
  if (number < 1000000 || number > 99999999) return false;
  return read_digits(r, (unsigned)number, number > 9999999 ? 8 : 7);
}

static enum reading read(const struct value *v, struct reader *r) {
  r->second = -1;
  r->short_year = false;
  switch (v->kind) {
    case VALUE_NULL: return BLANK;
    case VALUE_INTEGER: return read_integer(r, v->integer) ? READ : UNREADABLE;
    case VALUE_REAL: return read_serial(r, v->real) ? READ : UNREADABLE;
    default:
      r->rest = h2040_trim(value_bytes(v));
      if (read_text(r)) return READ;
      return h2040_value_blank(v) ? BLANK : UNREADABLE;
  }
}

enum reading h2040_read_other_date(const struct value *v, enum dates dates, int32_t *day) {
  struct reader r = { .dates = dates };
  enum reading reading = read(v, &r);
  if (reading == READ) *day = r.day;
  return reading;
}

enum reading h2040_read_timestamp(const struct value *v, enum dates dates, int32_t *day, int *second_of_day) {
  struct reader r = { .dates = dates };
  enum reading reading = read(v, &r);
  if (reading != READ) return reading;
  *day = r.day;
  *second_of_day = r.second;
  return READ;
}

enum reading h2040_read_birth(const struct value *v, enum dates dates, int32_t service_day, int32_t *day) {
  struct reader r = { .dates = dates };
  enum reading reading = read(v, &r);
  if (reading != READ) return reading;
  *day = r.day;
  if (!r.short_year || r.day <= service_day) return READ;
  struct date d = h2040_date_of(r.day);
  return real_day((unsigned)d.year - 100, (unsigned)d.month, (unsigned)d.day, day) ? READ : UNREADABLE;
}

/* --- times of their own ---------------------------------------------------- */

/* The time of a timestamp is that whichever day it is: so the order of month and day
** need not be declared for it. */
static bool read_time_of_timestamp(struct text t, enum dates dates, int *second_of_day) {
  const enum dates either[] = { dates, DATES_MDY, DATES_DMY };
  for (size_t i = 0; i < sizeof either / sizeof *either; i++) {
    struct reader r = { .rest = t, .dates = either[i], .second = -1, .for_time = true };
    if (!read_text(&r) || r.second < 0) continue;
    *second_of_day = r.second;
    return true;
  }
  return false;
}

static bool read_time_of_serial(double serial, enum dates dates, int *second_of_day) {
  struct reader r = { .dates = dates, .second = -1 };
  double day = serial >= 0 && serial < 1 ? serial + 1 : serial; /* a time alone: on any day */
  if (!read_serial(&r, day)) return false;
  *second_of_day = r.second < 0 ? 0 : r.second;
  return true;
}

static bool read_time_text(struct text t, enum dates dates, int *second_of_day) {
  struct reader r = { .rest = t };
  struct value v = value_of_text(t);
  double serial;
  if (t.n == 4 && is_digit(t.z[0]) && is_digit(t.z[1]) && is_digit(t.z[2]) && is_digit(t.z[3])) {
    *second_of_day = (int)(two(t.z) * 3600 + two(t.z + 2) * 60);
    return two(t.z) <= 23 && two(t.z + 2) <= 59;
  }
  if (read_clock(&r, CLOCK_ALONE)) {
    *second_of_day = r.second;
    return true;
  }
  if (dates == DATES_EXCEL && memchr(t.z, '.', t.n) && h2040_read_number(&v, &serial) == READ) {
    return read_time_of_serial(serial, dates, second_of_day);
  }
  return read_time_of_timestamp(t, dates, second_of_day);
}

enum reading h2040_read_time(const struct value *v, enum dates dates, int *second_of_day) {
  switch (v->kind) {
    case VALUE_NULL: return BLANK;
    case VALUE_INTEGER: return UNREADABLE;
    case VALUE_REAL: return read_time_of_serial(v->real, dates, second_of_day) ? READ : UNREADABLE;
    default:
      if (h2040_value_blank(v)) return BLANK;
      return read_time_text(h2040_trim(value_bytes(v)), dates, second_of_day) ? READ : UNREADABLE;
  }
}

/* --- names ----------------------------------------------------------------- */

int h2040_dates_named(struct text name) {
  static const char *const names[] = { "iso", "mdy", "dmy", "excel" };
  name = h2040_trim(name);
  for (int i = 0; i < 4; i++) {
    if (h2040_same(name, h2040_text(names[i]))) return i;
  }
  return -1;
}

static void write_two(char *out, int number) {
  out[0] = (char)('0' + number / 10);
  out[1] = (char)('0' + number % 10);
}

const char *h2040_date_text(int32_t day, char out[DATE_SIZE]) {
  struct date d = h2040_date_of(day);
  if (d.year < 0 || d.year > 9999) {
    snprintf(out, DATE_SIZE, "%04d-%02d-%02d", d.year, d.month, d.day);
    return out;
  }
  write_two(out, d.year / 100);
  write_two(out + 2, d.year % 100);
  out[4] = out[7] = '-';
  write_two(out + 5, d.month);
  write_two(out + 8, d.day);
  out[10] = 0;
  return out;
}
