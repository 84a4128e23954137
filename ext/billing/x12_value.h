/*
** What an element of an X12 text means, and how it is shown.
**
**   number   digits with a sign and a fraction: 100, -80.5, .5
**   day      CCYYMMDD, a real one
**   span     by its qualifier: D8 a day, RD8 two days and a hyphen
**
** Texts are shown as UTF-8: bytes that are none are Latin-1, and a NUL, which would
** end the text for most programs, is U+FFFD.
*/
#ifndef H2040_X12_VALUE_H
#define H2040_X12_VALUE_H

#include "value.h"
#include "x12.h"

/* number × 10^scale is digits. */
struct x12_number {
  int64_t digits;
  int scale;
};

enum reading h2040_x12_read_number(struct text t, struct x12_number *number);

/* Dollars in ten-thousandths; false: finer, or more than there is. */
bool h2040_x12_money(const struct x12_number *number, int64_t *money);
void h2040_x12_add_money(int64_t *sum, int64_t money); /* never past what 64 bits hold */

enum reading h2040_x12_read_day(struct text t, int32_t *day);

struct x12_span {
  enum reading reading;
  int32_t first, last;
  bool has_last;
};

void h2040_x12_read_span(struct text qualifier, struct text t, struct x12_span *span);

/* --- what is shown ---------------------------------------------------------------- */

/* A text that is built; its memory serves the next one. */
struct x12_buffer {
  char *z;
  size_t n, size;
  bool no_memory;
};

void h2040_x12_append(struct x12_buffer *buffer, struct text t);
void h2040_x12_append_number(struct x12_buffer *buffer, const struct x12_number *number);
void h2040_x12_append_day(struct x12_buffer *buffer, int32_t day);
void h2040_x12_buffer_free(struct x12_buffer *buffer);

/* The text of an element in UTF-8: t itself, where it is. */
void h2040_x12_append_utf8(struct x12_buffer *buffer, struct text t);

/* One column of a row; its text lasts until the next is asked for. */
struct x12_shown {
  enum { X12_SHOWN_NULL, X12_SHOWN_INTEGER, X12_SHOWN_REAL, X12_SHOWN_TEXT } kind;
  int64_t integer;
  double real;
  struct text text;
};

/* z NULL: nothing. */
void h2040_x12_show_text(struct x12_shown *shown, struct x12_buffer *buffer, struct text t);
void h2040_x12_show_built(struct x12_shown *shown, const struct x12_buffer *buffer); /* empty: nothing */
void h2040_x12_show_day(struct x12_shown *shown, struct x12_buffer *buffer, int32_t day);
void h2040_x12_show_number(struct x12_shown *shown, const struct x12_number *number);

/* A number that could be read, or the text as it stands. */
void h2040_x12_show_reading(struct x12_shown *shown, struct x12_buffer *buffer, enum reading reading,
                            const struct x12_number *number, struct text t);

/* "segment 27, DTP02: 'RD9' is neither D8 nor RD8; segment 30, …"; nothing for none. */
void h2040_x12_show_problems(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_problems *problems);

#endif
