/*
** Dates, times and numbers as texts: the input, as it is, and its first bytes as
** a number.  A day that was read, written out and read again is the same day.
*/
#include "fuzz.h"

#include "../../ext/billing/date.h"
#include "../../ext/billing/value.h"

static void same_again(int32_t day) {
  char text[DATE_SIZE];
  int32_t again;
  h2040_date_text(day, text);
  MUST(h2040_day_of_text(h2040_text(text), &again) && again == day);
  struct date d = h2040_date_of(day);
  MUST(d.year >= 1 && d.year <= 9999 && d.day <= h2040_days_in_month(d.year, d.month));
  MUST(h2040_day_of_yyyymmdd(d.year * 10000 + d.month * 100 + d.day, &again) && again == day);
  int weekday = h2040_weekday(day);
  MUST(weekday >= 1 && weekday <= 7 && h2040_weekday(day + 1) == weekday % 7 + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* A block of its very size, so that a read past it is seen. */
  char *z = malloc(size + (size == 0));
  if (size > 0) memcpy(z, data, size);
  struct value v = { .kind = VALUE_TEXT, .text = { z, size } };
  int32_t day;
  int second;
  int64_t whole = 0;
  double number = 0;
  if (h2040_read_date(&v, &day) == READ) same_again(day);
  if (h2040_read_time(&v, &second) == READ) MUST(second >= 0 && second < 24 * 3600);
  enum reading reading = h2040_read_whole_number(&v, &whole);
  enum reading of_number = h2040_read_number(&v, &number);
  MUST((reading == BLANK) == (of_number == BLANK));
  if (reading == READ) MUST(of_number == READ);
  MUST((reading == BLANK) == h2040_value_blank(&v));
  struct text list = v.text;
  struct text member;
  size_t seen = 0;
  while (h2040_next_member(&list, &member)) {
    MUST(member.n > 0 && member.z >= z && member.z + member.n <= z + size);
    seen += member.n;
  }
  MUST(seen <= size && list.n == 0);
  if (size >= sizeof whole) {
    struct value n = { .kind = VALUE_INTEGER };
    char digits[DIGITS_SIZE];
    memcpy(&n.integer, z, sizeof n.integer);
    if (h2040_read_date(&n, &day) == READ) same_again(day);
    MUST(h2040_value_code(&n, digits).n < DIGITS_SIZE);
    n.kind = VALUE_REAL;
    memcpy(&n.real, z, sizeof n.real);
    h2040_read_whole_number(&n, &whole);
    h2040_read_number(&n, &number);
    MUST(h2040_value_code(&n, digits).n < DIGITS_SIZE);
  }
  free(z);
  return 0;
}
