/* See cap_period.h. */
#include "cap_period.h"
#include "date.h"

/* Takes the next word, of white space on both sides, off the front. */
static struct text take_word(struct text *text) {
  *text = h2040_trim(*text);
  size_t n = 0;
  while (n < text->n && text->z[n] != ' ' && !(text->z[n] >= '\t' && text->z[n] <= '\r')) n++;
  struct text word = { text->z, n };
  *text = h2040_trim((struct text){ text->z + n, text->n - n });
  return word;
}

static bool read_count(struct text word, int most, int *count) {
  *count = 0;
  if (word.n > 5) return false;
  for (size_t i = 0; i < word.n; i++) {
    if (!is_digit(word.z[i])) return false;
    *count = *count * 10 + (word.z[i] - '0');
  }
  return *count >= 1 && *count <= most;
}

static bool read_month_and_day(struct text word, int *month, int *day) {
  enum { SOME_LEAP_YEAR = 2000 };
  if (word.n != 5 || word.z[2] != '-') return false;
  if (!read_count((struct text){ word.z, 2 }, 12, month)) return false;
  return read_count((struct text){ word.z + 3, 2 }, h2040_days_in_month(SOME_LEAP_YEAR, *month), day);
}

bool h2040_read_cap_period(struct text text, struct cap_period *period) {
  static const struct {
    struct text word;
    enum cap_period_kind kind;
  } plain[] = {
    { { "day", 3 }, PERIOD_DAY },         { { "week", 4 }, PERIOD_WEEK }, { { "month", 5 }, PERIOD_MONTH },
    { { "quarter", 7 }, PERIOD_QUARTER }, { { "year", 4 }, PERIOD_YEAR }, { { "lifetime", 8 }, PERIOD_LIFETIME },
  };
  *period = (struct cap_period){ 0 };
  struct text first = take_word(&text);
  struct text second = take_word(&text);
  struct text third = take_word(&text);
  if (text.n > 0) return false;
  if (second.n == 0) {
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
      if (h2040_same(first, plain[i].word)) {
        period->kind = plain[i].kind;
        return true;
      }
    }
    return false;
  }
  if (third.n > 0) {
    period->kind = PERIOD_YEAR_FROM;
    return h2040_same(first, TEXT("year")) && h2040_same(second, TEXT("from"))
           && read_month_and_day(third, &period->first_month, &period->first_day);
  }
  if (h2040_same(second, TEXT("days")) || h2040_same(second, TEXT("day"))) {
    period->kind = PERIOD_ROLLING_DAYS;
    return read_count(first, LONGEST_ROLLING_DAYS, &period->length);
  }
  if (h2040_same(second, TEXT("months")) || h2040_same(second, TEXT("month"))) {
    period->kind = PERIOD_ROLLING_MONTHS;
    return read_count(first, LONGEST_ROLLING_MONTHS, &period->length);
  }
  return false;
}

/* The day of that month, or the month's last. */
static int32_t day_or_last(int year, int month, int day) {
  int days = h2040_days_in_month(year, month);
  return h2040_day_of((struct date){ year, month, day < days ? day : days });
}

static int32_t months_back(int32_t day, int months) {
  struct date d = h2040_date_of(day);
  int month = d.year * 12 + d.month - 1 - months; /* counted from the year 0; may lie before it */
  int year = (month >= 0 ? month : month - 11) / 12;
  return day_or_last(year, month - year * 12 + 1, d.day);
}

static int32_t start_of_plan_year(const struct cap_period *period, int year) {
  return day_or_last(year, period->first_month, period->first_day);
}

static struct day_span months_of(int year, int first_month, int months) {
  int last_month = first_month + months - 1;
  struct date first = { year, first_month, 1 };
  struct date last = { year, last_month, h2040_days_in_month(year, last_month) };
  return (struct day_span){ h2040_day_of(first), h2040_day_of(last) };
}

static struct day_span unclamped(const struct cap_period *period, int32_t day) {
  struct date d;
  int32_t start;
  switch (period->kind) {
    case PERIOD_DAY:
      return (struct day_span){ day, day };
    case PERIOD_WEEK:
      start = day - h2040_weekday(day) + 1;
      return (struct day_span){ start, start + 6 };
    case PERIOD_MONTH:
      d = h2040_date_of(day);
      return months_of(d.year, d.month, 1);
    case PERIOD_QUARTER:
      d = h2040_date_of(day);
      return months_of(d.year, (d.month - 1) / 3 * 3 + 1, 3);
    case PERIOD_YEAR:
      d = h2040_date_of(day);
      return months_of(d.year, 1, 12);
    case PERIOD_YEAR_FROM:
      d = h2040_date_of(day);
      if (day < start_of_plan_year(period, d.year)) d.year--;
      return (struct day_span){ start_of_plan_year(period, d.year), start_of_plan_year(period, d.year + 1) - 1 };
    case PERIOD_ROLLING_DAYS:
      return (struct day_span){ day - period->length + 1, day };
    case PERIOD_ROLLING_MONTHS:
      return (struct day_span){ months_back(day, period->length) + 1, day };
    default:
      return (struct day_span){ INT32_MIN, INT32_MAX };
  }
}

struct day_span h2040_cap_period_around(const struct cap_period *period, int32_t day) {
  struct day_span span = unclamped(period, day);
  if (period->kind != PERIOD_LIFETIME) {
    int32_t earliest = h2040_day_of((struct date){ 0, 1, 1 });
    int32_t latest = h2040_day_of((struct date){ 9999, 12, 31 });
    if (span.first < earliest) span.first = earliest;
    if (span.last > latest) span.last = latest;
  }
  return span;
}

int32_t h2040_cap_period_number(const struct cap_period *period, int32_t day) {
  enum { LONGEST_MONTH = 31, EARLIEST = -800000 }; /* before every day, so that division rounds down */
  struct date d;
  switch (period->kind) {
    case PERIOD_DAY:
      return day;
    case PERIOD_WEEK:
      return (day - h2040_weekday(day) - EARLIEST) / 7;
    case PERIOD_MONTH:
      d = h2040_date_of(day);
      return d.year * 12 + d.month;
    case PERIOD_QUARTER:
      d = h2040_date_of(day);
      return d.year * 4 + (d.month - 1) / 3;
    case PERIOD_YEAR:
      return h2040_date_of(day).year;
    case PERIOD_YEAR_FROM:
      d = h2040_date_of(day);
      return d.year - (day < start_of_plan_year(period, d.year));
    case PERIOD_ROLLING_DAYS:
      return (day - EARLIEST) / period->length;
    case PERIOD_ROLLING_MONTHS:
      return (day - EARLIEST) / (period->length * LONGEST_MONTH);
    default:
      return 0;
  }
}
