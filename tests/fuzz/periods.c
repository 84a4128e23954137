/*
** Periods: the first four bytes of the input are a day, the rest is a period.
** The period around a day contains it; days that share a period share its number,
** and a rolling window touches its day's number and the one before.
*/
#include "fuzz.h"

#include "../../ext/billing/cap_period.h"
#include "../../ext/billing/date.h"
#include "../../ext/billing/session_cap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint32_t number;
  if (size < sizeof number) return 0;
  memcpy(&number, data, sizeof number);
  size -= sizeof number;
  char *z = malloc(size + (size == 0));
  if (size > 0) memcpy(z, data + sizeof number, size);
  int32_t earliest = h2040_day_of((struct date){ 1, 1, 1 });
  int32_t latest = h2040_day_of((struct date){ 9999, 12, 31 });
  int32_t day = earliest + (int32_t)(number % (uint32_t)(latest - earliest + 1));
  struct cap_period period;
  enum cap_scope scope;
  h2040_read_cap_scope((struct text){ z, size }, &scope);
  if (h2040_read_cap_period((struct text){ z, size }, &period)) {
    struct day_span span = h2040_cap_period_around(&period, day);
    int32_t of_day = h2040_cap_period_number(&period, day);
    MUST(span.first <= day && day <= span.last);
    if (period.kind == PERIOD_LIFETIME) {
      MUST(of_day == h2040_cap_period_number(&period, earliest));
    } else if (cap_period_rolls(&period)) {
      int32_t of_first = h2040_cap_period_number(&period, span.first);
      MUST(span.last == day && (of_first == of_day || of_first == of_day - 1));
    } else {
      MUST(h2040_cap_period_number(&period, span.first) == of_day);
      MUST(h2040_cap_period_number(&period, span.last) == of_day);
      MUST(span.first <= earliest || h2040_cap_period_number(&period, span.first - 1) != of_day);
      MUST(span.last >= latest || h2040_cap_period_number(&period, span.last + 1) != of_day);
      struct day_span of_first = h2040_cap_period_around(&period, span.first);
      MUST(of_first.first == span.first && of_first.last == span.last);
    }
  }
  free(z);
  return 0;
}
