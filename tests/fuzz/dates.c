/*
** Dates, times and numbers as texts: the input, as it is, and its first bytes as
** a number.  A day that was read, written out and read again is the same day; what is
** read as iso is read alike whatever is declared.
*/
#include "fuzz.h"

#include "../../ext/billing/date.h"
#include "../../ext/billing/value.h"

static void same_again(int32_t day) {
  char text[DATE_SIZE];
  int32_t again;
  h2040_date_text(day, text);
  MUST(h2040_iso_day(text, &again) && again == day);
  struct date d = h2040_date_of(day);
  MUST(d.year >= 1 && d.year <= 9999 && d.day <= h2040_days_in_month(d.year, d.month));
  struct value digits = { .kind = VALUE_INTEGER, .integer = d.year * 10000 + d.month * 100 + d.day };
  if (d.year >= 1000) MUST(h2040_read_date(&digits, DATES_ISO, &again) == READ && again == day);
  int weekday = h2040_weekday(day);
  MUST(weekday >= 1 && weekday <= 7 && h2040_weekday(day + 1) == weekday % 7 + 1);
}

static void read_dates(const struct value *v) {
  int32_t day, iso, birth;
  int second;
  enum reading reading = h2040_read_date(v, DATES_ISO, &iso);
  if (reading == READ) same_again(iso);
  for (int dates = DATES_ISO; dates <= DATES_EXCEL; dates++) {
    enum reading declared = h2040_read_timestamp(v, (enum dates)dates, &day, &second);
    if (declared == READ) same_again(day);
    if (declared == READ) MUST(second >= -1 && second < 24 * 3600);
    if (reading == READ) MUST(declared == READ && day == iso);
    MUST((reading == BLANK) == (declared == BLANK));
    MUST((h2040_read_birth(v, (enum dates)dates, INT32_MAX, &birth) == READ) == (declared == READ));
    if (declared == READ) MUST(birth == day);
    if (h2040_read_time(v, (enum dates)dates, &second) == READ) MUST(second >= 0 && second < 24 * 3600);
  }
}

/* A number's text is short; and an id is one with itself. */
static void write_out(const struct value *v) {
  char text[NUMBER_SIZE];
  MUST(h2040_value_code(v, text).n < NUMBER_SIZE || has_bytes(v));
  if (!has_bytes(v)) MUST(h2040_number_text(v, text).n < NUMBER_SIZE);
  for (int collation = COLLATION_BINARY; collation <= COLLATION_NOCASE; collation++) {
    struct value id = h2040_id_of(v, (enum collation)collation);
    MUST(id.kind == VALUE_REAL || h2040_id_same(&id, &id, (enum collation)collation));
    h2040_id_hash(&id, (enum collation)collation, 0x12345);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* A block of its very size, so that a read past it is seen. */
  char *z = malloc(size + (size == 0));
  if (size > 0) memcpy(z, data, size);
  struct value v = value_of_text((struct text){ z, size });
  int64_t whole = 0;
  double number = 0, amount = 0;
  read_dates(&v);
  write_out(&v);
  enum reading reading = h2040_read_whole_number(&v, &whole);
  enum reading of_number = h2040_read_number(&v, &number);
  enum reading of_amount = h2040_read_amount(&v, &amount);
  MUST((reading == BLANK) == (of_number == BLANK) && (of_number == BLANK) == (of_amount == BLANK));
  if (reading == READ) MUST(of_number == READ);
  if (of_number == READ) MUST(of_amount == READ && amount == number);
  MUST((reading == BLANK) == h2040_value_blank(&v));
  struct text list = { z, size };
  struct text member;
  size_t seen = 0;
  while (h2040_next_member(&list, &member)) {
    MUST(member.n > 0 && member.z >= z && member.z + member.n <= z + size);
    seen += member.n;
  }
  MUST(seen <= size && list.n == 0);
  if (size >= sizeof whole) {
    struct value n = { .kind = VALUE_INTEGER };
    struct value same = { .kind = VALUE_REAL };
    memcpy(&n.integer, z, sizeof n.integer);
    read_dates(&n);
    write_out(&n);
    /* What is the same hashes alike, beyond what a real number tells apart, too. */
    same.real = (double)n.integer;
    MUST(h2040_value_same(&n, &same) == (h2040_value_order(&n, &same) == 0));
    if (h2040_value_same(&n, &same)) MUST(h2040_value_hash(&n, 0x9E37) == h2040_value_hash(&same, 0x9E37));
    n.kind = VALUE_REAL;
    memcpy(&n.real, z, sizeof n.real);
    read_dates(&n);
    write_out(&n);
    h2040_read_whole_number(&n, &whole);
    h2040_read_number(&n, &number);
  }
  free(z);
  return 0;
}
