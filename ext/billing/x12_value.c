/* See x12_value.h. */
#include "x12_value.h"
#include "date.h"
#include "memory.h"
#include "quote.h"

#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 18 };

/* Takes the digits at the head of a text; false: more than there is room for. */
static bool take_digits(struct text *t, struct x12_number *number, int *digits) {
  while (t->n > 0 && is_digit(t->z[0])) {
    if (*digits == MOST_DIGITS) return false;
    number->digits = number->digits * 10 + (t->z[0] - '0');
    ++*digits;
    *t = (struct text){ t->z + 1, t->n - 1 };
  }
  return true;
}

enum reading h2040_x12_read_number(struct text t, struct x12_number *number) {
  int digits = 0;
  bool negative;
  *number = (struct x12_number){ 0 };
  if (t.n == 0) return BLANK;
  negative = t.z[0] == '-';
  if (negative || t.z[0] == '+') t = (struct text){ t.z + 1, t.n - 1 };
  if (!take_digits(&t, number, &digits)) return UNREADABLE;
  if (t.n > 0 && t.z[0] == '.') {
    int whole = digits;
    t = (struct text){ t.z + 1, t.n - 1 };
    if (!take_digits(&t, number, &digits)) return UNREADABLE;
    number->scale = digits - whole;
  }
  if (t.n > 0 || digits == 0) return UNREADABLE;
  for (; number->scale > 0 && number->digits % 10 == 0; number->scale--) number->digits /= 10;
  if (negative) number->digits = -number->digits;
  return READ;
}

static const int64_t MOST_MONEY = INT64_C(1000000000000000); /* a hundred billion dollars */

bool h2040_x12_money(const struct x12_number *number, int64_t *money) {
  enum { SCALE = 4 };
  int64_t digits = number->digits;
  if (number->scale > SCALE) return false;
  for (int scale = number->scale; scale < SCALE; scale++) {
    if (digits > MOST_MONEY || digits < -MOST_MONEY) return false;
    digits *= 10;
  }
  *money = digits;
  return digits <= MOST_MONEY && digits >= -MOST_MONEY;
}

void h2040_x12_add_money(int64_t *sum, int64_t money) {
  if (money > 0 ? *sum < INT64_MAX - money : *sum > -INT64_MAX - money) *sum += money;
}

static bool read_day(struct text t, int32_t *day) {
  char iso[10] = { [4] = '-', [7] = '-' };
  if (t.n != 8) return false;
  memcpy(iso, t.z, 4);
  memcpy(iso + 5, t.z + 4, 2);
  memcpy(iso + 8, t.z + 6, 2);
  return h2040_iso_day(iso, day);
}

enum reading h2040_x12_read_day(struct text t, int32_t *day) {
  if (t.n == 0) return BLANK;
  return read_day(t, day) ? READ : UNREADABLE;
}

void h2040_x12_read_span(struct text qualifier, struct text t, struct x12_span *span) {
  *span = (struct x12_span){ .reading = UNREADABLE };
  if (t.n == 0) {
    span->reading = BLANK;
  } else if (h2040_same(qualifier, TEXT("D8"))) {
    span->reading = h2040_x12_read_day(t, &span->first);
  } else if (h2040_same(qualifier, TEXT("RD8")) && t.n == 17 && t.z[8] == '-'
             && read_day((struct text){ t.z, 8 }, &span->first) && read_day((struct text){ t.z + 9, 8 }, &span->last)) {
    span->has_last = true;
    span->reading = READ;
  }
}

/* --- texts that are built ------------------------------------------------------------ */

void h2040_x12_append(struct x12_buffer *buffer, struct text t) {
  if (buffer->size - buffer->n < t.n) {
    size_t size = buffer->size ? buffer->size * 2 : 256;
    while (size - buffer->n < t.n) size *= 2;
    char *z = h2040_realloc(buffer->z, size);
    if (!z) {
      buffer->no_memory = true;
      return;
    }
    buffer->z = z;
    buffer->size = size;
  }
  if (t.n > 0) memcpy(buffer->z + buffer->n, t.z, t.n);
  buffer->n += t.n;
}

void h2040_x12_buffer_free(struct x12_buffer *buffer) {
  h2040_free(buffer->z);
  *buffer = (struct x12_buffer){ 0 };
}

/* digits as a decimal with at least `least` places. */
static void append_decimal(struct x12_buffer *buffer, int64_t digits, int scale, int least) {
  char reversed[48];
  size_t n = sizeof reversed;
  uint64_t rest = digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
  for (; scale > least && rest % 10 == 0; scale--) rest /= 10;
  for (int place = 0; rest > 0 || place <= scale; place++) {
    if (place == scale && scale > 0) reversed[--n] = '.';
    reversed[--n] = (char)('0' + rest % 10);
    rest /= 10;
  }
  if (digits < 0) reversed[--n] = '-';
  h2040_x12_append(buffer, (struct text){ reversed + n, sizeof reversed - n });
}

void h2040_x12_append_number(struct x12_buffer *buffer, const struct x12_number *number) {
  append_decimal(buffer, number->digits, number->scale, 0);
}

/* A whole number without a point, else cents. */
static void append_money(struct x12_buffer *buffer, int64_t money) {
  if (money % 10000 == 0) append_decimal(buffer, money / 10000, 0, 0);
  else append_decimal(buffer, money, 4, 2);
}

void h2040_x12_append_day(struct x12_buffer *buffer, int32_t day) {
  struct date d = h2040_date_of(day);
  char text[10] = { [4] = '-', [7] = '-' };
  for (int i = 3, year = d.year; i >= 0; i--, year /= 10) text[i] = (char)('0' + year % 10);
  text[5] = (char)('0' + d.month / 10);
  text[6] = (char)('0' + d.month % 10);
  text[8] = (char)('0' + d.day / 10);
  text[9] = (char)('0' + d.day % 10);
  h2040_x12_append(buffer, (struct text){ text, sizeof text });
}

/* ASCII, and no NUL. */
static bool is_plain(struct text t) {
  unsigned other = 0;
  for (size_t i = 0; i < t.n; i++) {
    unsigned c = (unsigned char)t.z[i];
    other |= c | (c - 1);
  }
  return other <= 0x7F;
}

void h2040_x12_append_utf8(struct x12_buffer *buffer, struct text t) {
  if (is_plain(t)) {
    h2040_x12_append(buffer, t);
    return;
  }
  while (t.n > 0) {
    size_t length = h2040_utf8_length(t);
    unsigned char c = (unsigned char)t.z[0];
    char two[2] = { (char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F)) };
    if (length == 0) h2040_x12_append(buffer, (struct text){ two, 2 });
    else if (c == 0) h2040_x12_append(buffer, TEXT("\xEF\xBF\xBD"));
    else h2040_x12_append(buffer, (struct text){ t.z, length });
    length += length == 0;
    t = (struct text){ t.z + length, t.n - length };
  }
}

/* --- what is shown ------------------------------------------------------------------- */

void h2040_x12_show_text(struct x12_shown *shown, struct x12_buffer *buffer, struct text t) {
  if (!t.z) return;
  if (!is_plain(t)) {
    buffer->n = 0;
    h2040_x12_append_utf8(buffer, t);
    t = (struct text){ buffer->z, buffer->n };
  }
  shown->kind = X12_SHOWN_TEXT;
  shown->text = t;
}

void h2040_x12_show_built(struct x12_shown *shown, const struct x12_buffer *buffer) {
  if (buffer->n == 0) return;
  shown->kind = X12_SHOWN_TEXT;
  shown->text = (struct text){ buffer->z, buffer->n };
}

void h2040_x12_show_day(struct x12_shown *shown, struct x12_buffer *buffer, int32_t day) {
  buffer->n = 0;
  h2040_x12_append_day(buffer, day);
  h2040_x12_show_built(shown, buffer);
}

void h2040_x12_show_number(struct x12_shown *shown, const struct x12_number *number) {
  static const double power[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18 };
  if (number->scale == 0) {
    shown->kind = X12_SHOWN_INTEGER;
    shown->integer = number->digits;
  } else {
    shown->kind = X12_SHOWN_REAL;
    shown->real = (double)number->digits / power[number->scale];
  }
}

void h2040_x12_show_reading(struct x12_shown *shown, struct x12_buffer *buffer, enum reading reading,
                            const struct x12_number *number, struct text t) {
  if (reading == READ) h2040_x12_show_number(shown, number);
  else if (reading == UNREADABLE) h2040_x12_show_text(shown, buffer, t);
}

static void append_integer(struct x12_buffer *buffer, int64_t number) {
  append_decimal(buffer, number, 0, 0);
}

static void append_problem(struct x12_buffer *buffer, const struct x12_problem *problem) {
  if (problem->segment > 0) {
    h2040_x12_append(buffer, TEXT("segment "));
    append_integer(buffer, problem->segment);
    if (problem->element) {
      h2040_x12_append(buffer, TEXT(", "));
      h2040_x12_append(buffer, h2040_text(problem->element));
    }
    h2040_x12_append(buffer, TEXT(": "));
  }
  for (const char *z = problem->words; *z; z++) {
    struct quoted quoted;
    switch (*z) {
      case '%':
        quoted = h2040_quote(problem->value);
        h2040_x12_append(buffer, h2040_text(quoted.z));
        break;
      case '#': append_integer(buffer, problem->number); break;
      case '$': append_money(buffer, problem->number); break;
      default: h2040_x12_append(buffer, (struct text){ z, 1 });
    }
  }
}

void h2040_x12_show_problems(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_problems *problems) {
  int kept = problems->count < X12_MOST_PROBLEMS ? problems->count : X12_MOST_PROBLEMS;
  buffer->n = 0;
  for (int i = 0; i < kept; i++) {
    if (i > 0) h2040_x12_append(buffer, TEXT("; "));
    append_problem(buffer, &problems->problem[i]);
  }
  if (problems->count > kept) {
    h2040_x12_append(buffer, TEXT("; and "));
    append_integer(buffer, problems->count - kept);
    h2040_x12_append(buffer, TEXT(" more"));
  }
  h2040_x12_show_built(shown, buffer);
}
