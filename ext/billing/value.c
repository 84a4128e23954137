/* See value.h. */
#include "value.h"
#include "date.h"

#include <stdio.h>

static enum reading unreadable_or_blank(const struct value *v) {
  return h2040_value_blank(v) ? BLANK : UNREADABLE;
}

static bool whole_number_of_real(double r, int64_t *number) {
  if (!(r >= -9.2e18 && r <= 9.2e18)) { /* infinite, or beyond 64 bits */
    if (r - r != 0) return false;
    *number = r > 0 ? INT64_MAX : INT64_MIN;
    return true;
  }
  *number = (int64_t)r;
  return (double)*number == r;
}

struct decimal {
  bool negative;
  bool fractional; /* a digit other than 0 stands after the point */
  int64_t whole;   /* what stands before it, saturating */
  double fraction;
};

/* Digits with an optional sign and an optional fraction. */
static bool scan_decimal(struct text t, struct decimal *d) {
  size_t i = 0;
  size_t digits = 0;
  double place = 1;
  *d = (struct decimal){ 0 };
  if (i < t.n && (t.z[i] == '+' || t.z[i] == '-')) d->negative = t.z[i++] == '-';
  for (; i < t.n && is_digit(t.z[i]); i++, digits++) {
    int digit = t.z[i] - '0';
    d->whole = d->whole > (INT64_MAX - digit) / 10 ? INT64_MAX : d->whole * 10 + digit;
  }
  if (i < t.n && t.z[i] == '.') {
    for (i++; i < t.n && is_digit(t.z[i]); i++, digits++) {
      place /= 10;
      d->fraction += place * (t.z[i] - '0');
      d->fractional |= t.z[i] != '0';
    }
  }
  return i == t.n && digits > 0;
}

enum reading h2040_read_whole_number(const struct value *v, int64_t *number) {
  struct decimal d;
  switch (v->kind) {
    case VALUE_INTEGER:
      *number = v->integer;
      return READ;
    case VALUE_REAL:
      return whole_number_of_real(v->real, number) ? READ : UNREADABLE;
    case VALUE_TEXT:
      if (!scan_decimal(h2040_trim(v->text), &d)) return unreadable_or_blank(v);
      *number = d.negative ? -d.whole : d.whole;
      return d.fractional ? UNREADABLE : READ;
    default:
      return BLANK;
  }
}

enum reading h2040_read_number(const struct value *v, double *number) {
  struct decimal d;
  switch (v->kind) {
    case VALUE_INTEGER:
      *number = (double)v->integer;
      return READ;
    case VALUE_REAL:
      *number = v->real;
      return v->real - v->real == 0 ? READ : UNREADABLE;
    case VALUE_TEXT:
      if (!scan_decimal(h2040_trim(v->text), &d)) return unreadable_or_blank(v);
      *number = ((double)d.whole + d.fraction) * (d.negative ? -1 : 1);
      return READ;
    default:
      return BLANK;
  }
}

enum reading h2040_read_date(const struct value *v, int32_t *day) {
  switch (v->kind) {
    case VALUE_INTEGER:
      return h2040_day_of_yyyymmdd(v->integer, day) ? READ : UNREADABLE;
    case VALUE_TEXT:
      if (h2040_day_of_text(v->text, day)) return READ;
      if (h2040_day_of_text(h2040_trim(v->text), day)) return READ;
      return unreadable_or_blank(v);
    case VALUE_REAL:
      return UNREADABLE;
    default:
      return BLANK;
  }
}

enum reading h2040_read_time(const struct value *v, int *second_of_day) {
  switch (v->kind) {
    case VALUE_TEXT:
      if (h2040_time_of_text(h2040_trim(v->text), second_of_day)) return READ;
      return unreadable_or_blank(v);
    case VALUE_INTEGER:
    case VALUE_REAL:
      return UNREADABLE;
    default:
      return BLANK;
  }
}

struct text h2040_value_code(const struct value *v, char digits[DIGITS_SIZE]) {
  int64_t number;
  int n = 0;
  if (v->kind == VALUE_TEXT) return h2040_trim(v->text);
  if (h2040_read_whole_number(v, &number) == READ) n = snprintf(digits, DIGITS_SIZE, "%lld", (long long)number);
  else if (v->kind == VALUE_REAL) n = snprintf(digits, DIGITS_SIZE, "%g", v->real);
  return (struct text){ digits, (size_t)n };
}
