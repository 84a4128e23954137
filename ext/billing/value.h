/*
** One value of a claim line as a database hands it over: absent (the caller
** has no such column), NULL, an integer, a real number or text (blobs are read
** as the bytes of text).  The readers below say what it means.
**
**   whole number   2, 2.0, '2', ' 2.00 '; anything beyond 64 bits counts as
**                  the largest number that fits
**   number         the same, with a fraction: 45, '52.5'
**   date           YYYY-MM-DD, that with a time after a space or T (offset or
**                  Z is ignored: the written day counts), YYYYMMDD as text or
**                  integer, DD-MON-YYYY; only real days of years 1 to 9999
**   time           HH:MM or HH:MM:SS
**
** Each reader answers BLANK, READ or UNREADABLE, never a guess: 01/02/2026
** could be two days, so it is unreadable.
*/
#ifndef H2040_VALUE_H
#define H2040_VALUE_H

#include "text.h"

#include <stdint.h>

enum value_kind { VALUE_ABSENT, VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT };

/* For a number, text is filled only where somebody will be told of it. */
struct value {
  enum value_kind kind;
  struct text text;
  union {
    int64_t integer;
    double real;
  };
};

enum reading { BLANK, READ, UNREADABLE };

static inline bool h2040_value_blank(const struct value *v) {
  return v->kind == VALUE_TEXT ? h2040_blank(v->text) : v->kind <= VALUE_NULL;
}

enum reading h2040_read_whole_number(const struct value *v, int64_t *number);
enum reading h2040_read_number(const struct value *v, double *number);
enum reading h2040_read_date(const struct value *v, int32_t *day);
enum reading h2040_read_time(const struct value *v, int *second_of_day);

/* The text of a value for code-like fields (a place, an NPI): trimmed; a number
** is written to digits, a whole one without a fraction. */
enum { DIGITS_SIZE = 24 };
struct text h2040_value_code(const struct value *v, char digits[DIGITS_SIZE]);

#endif
