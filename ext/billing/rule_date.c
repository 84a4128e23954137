/*
** date.malformed, date.future, date.untimely
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

static void untimely(struct judgment *j) {
  int32_t received;
  enum reading reading = read_date(j, FIELD_RECEIVED_DATE, &received);
  int64_t limit = j->policy->timely_filing_days;
  if (reading == UNREADABLE) {
    h2040_date_unreadable(j, RULE_DATE_UNTIMELY, FIELD_RECEIVED_DATE);
  } else if (reading == READ && j->has_service_day && (int64_t)received - j->service_day > limit) {
    int64_t days = (int64_t)received - j->service_day;
    BROKEN(j, RULE_DATE_UNTIMELY, FIELD_RECEIVED_DATE, "received %lld day%s after the service; the limit is %lld",
           (long long)days, plural(days), (long long)limit);
  }
}

void h2040_judge_dates(struct judgment *j) {
  if (judged(j, RULE_DATE_MALFORMED) && !j->has_service_day) {
    if (blank(j, FIELD_SERVICE_DATE)) BROKEN(j, RULE_DATE_MALFORMED, FIELD_SERVICE_DATE, "service_date is blank");
    else BROKEN(j, RULE_DATE_MALFORMED, FIELD_SERVICE_DATE, "service_date %s is no day that can be read for sure",
                quoted_value(j, FIELD_SERVICE_DATE).z);
  }
  if (judged(j, RULE_DATE_FUTURE) && j->has_service_day) future(j);
  if (judged(j, RULE_DATE_UNTIMELY)) untimely(j);
}
