/*
** date.malformed, date.span_reversed, date.future, date.untimely
*/
#include "judgment.h"

static void future(struct judgment *j) {
  char day[DATE_SIZE], today[DATE_SIZE];
  int32_t as_of;
  read_date(j, FIELD_AS_OF, &as_of); /* h2040_judge has seen that it can be read */
  if (j->service_day <= as_of) return;
  BROKEN(j, RULE_DATE_FUTURE, FIELD_SERVICE_DATE, "the service of %s lies after %s",
         h2040_date_text(j->service_day, day), h2040_date_text(as_of, today));
}

static void span_reversed(struct judgment *j) {
  char first[DATE_SIZE], last[DATE_SIZE];
  int32_t end;
  enum reading reading = read_date(j, FIELD_SERVICE_END_DATE, &end);
  if (reading == UNREADABLE) {
    h2040_date_unreadable(j, RULE_DATE_SPAN_REVERSED, FIELD_SERVICE_END_DATE);
  } else if (reading == READ && j->has_service_day && end < j->service_day) {
    BROKEN(j, RULE_DATE_SPAN_REVERSED, FIELD_SERVICE_END_DATE, "the service ends on %s, before it begins on %s",
           h2040_date_text(end, last), h2040_date_text(j->service_day, first));
  }
}

/* The same day of the month so many months later, or that month's last. */
static int64_t months_later(int32_t day, int64_t months) {
  struct date d = h2040_date_of(day);
  if (months > 12 * 9999) return INT64_MAX;
  int64_t month = d.month - 1 + months;
  struct date later = { d.year + (int)(month / 12), (int)(month % 12) + 1, d.day };
  int last = h2040_days_in_month(later.year, later.month);
  if (later.day > last) later.day = last;
  return h2040_day_of(later);
}

/* Whether so few days are within the limits that the calendar need not be asked. */
static bool surely_in_time(int64_t late, int64_t days, int64_t months) {
  enum { SHORTEST_MONTH = 28 };
  return late <= days && (months > late || late <= months * SHORTEST_MONTH);
}

static void received_in_time(struct judgment *j, int32_t received, int64_t days, int64_t months) {
  int64_t late = (int64_t)received - j->service_day;
  if (surely_in_time(late, days, months)) return;
  int64_t last_of_days = days < NO_LIMIT / 2 ? j->service_day + days : INT64_MAX; /* days may be any number */
  int64_t last_of_months = months != NO_LIMIT ? months_later(j->service_day, months) : INT64_MAX;
  if (received <= last_of_days && received <= last_of_months) return;
  if (last_of_days <= last_of_months) {
    BROKEN(j, RULE_DATE_UNTIMELY, FIELD_RECEIVED_DATE, "received %lld day%s after the service; the limit is %lld",
           (long long)late, plural(late), (long long)days);
  } else {
    char last[DATE_SIZE];
    BROKEN(j, RULE_DATE_UNTIMELY, FIELD_RECEIVED_DATE,
           "received %lld day%s after the service; the limit is %lld month%s, which ended on %s", (long long)late,
           plural(late), (long long)months, plural(months), h2040_date_text((int32_t)last_of_months, last));
  }
}

/* A replacement of a claim has a limit of its own, or none. */
static void untimely(struct judgment *j) {
  const struct policy *policy = j->policy;
  bool replaces = j->frequency == FREQUENCY_REPLACEMENT;
  int64_t days = replaces ? policy->timely_replacement_days : policy->timely_filing_days;
  int64_t months = replaces ? NO_LIMIT : policy->timely_filing_months;
  int32_t received;
  if (days == NO_LIMIT && months == NO_LIMIT) return;
  enum reading reading = read_date(j, FIELD_RECEIVED_DATE, &received);
  if (reading == UNREADABLE) h2040_date_unreadable(j, RULE_DATE_UNTIMELY, FIELD_RECEIVED_DATE);
  else if (reading == READ && j->has_service_day) received_in_time(j, received, days, months);
}

void h2040_judge_dates(struct judgment *j) {
  if (judged(j, RULE_DATE_MALFORMED) && !j->has_service_day) {
    if (blank(j, FIELD_SERVICE_DATE)) BROKEN(j, RULE_DATE_MALFORMED, FIELD_SERVICE_DATE, "service_date is blank");
    else BROKEN(j, RULE_DATE_MALFORMED, FIELD_SERVICE_DATE, "service_date %s is no day that can be read for sure",
                quoted_value(j, FIELD_SERVICE_DATE).z);
  }
  if (judged(j, RULE_DATE_SPAN_REVERSED)) span_reversed(j);
  if (judged(j, RULE_DATE_FUTURE) && j->has_service_day) future(j);
  if (judged(j, RULE_DATE_UNTIMELY)) untimely(j);
}
