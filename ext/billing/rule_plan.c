/*
** plan.missing, plan.not_in_force, plan.no_goals, plan.no_benchmarks,
** plan.review_overdue
*/
#include "date.h"
#include "judgment.h"

static void in_force_on_service_day(struct judgment *j, enum reading start_reading, int32_t start) {
  char day[DATE_SIZE], edge[DATE_SIZE];
  int32_t end;
  enum reading end_reading =
    passed(j, FIELD_PLAN_END) ? h2040_read_date(value_of(j, FIELD_PLAN_END), &end) : BLANK;
  if (start_reading == UNREADABLE) {
    BROKEN(j, RULE_PLAN_NOT_IN_FORCE, FIELD_PLAN_START, "plan_start %s cannot be read as a date",
           quoted_value(j, FIELD_PLAN_START).z);
  } else if (end_reading == UNREADABLE) {
    BROKEN(j, RULE_PLAN_NOT_IN_FORCE, FIELD_PLAN_END, "plan_end %s cannot be read as a date",
           quoted_value(j, FIELD_PLAN_END).z);
  } else if (start_reading == READ && j->has_service_day && j->service_day < start) {
    BROKEN(j, RULE_PLAN_NOT_IN_FORCE, FIELD_PLAN_START, "the plan starts on %s, after the service of %s",
           h2040_date_text(start, edge), h2040_date_text(j->service_day, day));
  } else if (end_reading == READ && j->has_service_day && j->service_day > end) {
    BROKEN(j, RULE_PLAN_NOT_IN_FORCE, FIELD_PLAN_END, "the plan ended on %s, before the service of %s",
           h2040_date_text(end, edge), h2040_date_text(j->service_day, day));
  }
}

static void review_overdue(struct judgment *j) {
  int32_t reviewed;
  switch (h2040_read_date(value_of(j, FIELD_PLAN_REVIEWED), &reviewed)) {
    case BLANK:
      BROKEN(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED, "plan_reviewed is blank");
      break;
    case UNREADABLE:
      BROKEN(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED, "plan_reviewed %s cannot be read as a date",
             quoted_value(j, FIELD_PLAN_REVIEWED).z);
      break;
    case READ:
      if (j->has_service_day && (int64_t)j->service_day - reviewed > j->policy->review_days) {
        BROKEN(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED,
               "the plan was reviewed %lld days before the service; this payer wants it every %lld",
               (long long)j->service_day - reviewed, (long long)j->policy->review_days);
      }
      break;
  }
}

void h2040_judge_plan(struct judgment *j) {
  if (passed(j, FIELD_PLAN_START)) {
    int32_t start = 0;
    enum reading reading = h2040_read_date(value_of(j, FIELD_PLAN_START), &start);
    if (judged(j, RULE_PLAN_MISSING) && reading == BLANK) {
      BROKEN(j, RULE_PLAN_MISSING, FIELD_PLAN_START, "plan_start is blank: no treatment plan");
    }
    if (judged(j, RULE_PLAN_NOT_IN_FORCE)) in_force_on_service_day(j, reading, start);
  }
  if (judged(j, RULE_PLAN_NO_GOALS) && blank(j, FIELD_PLAN_GOALS)) {
    BROKEN(j, RULE_PLAN_NO_GOALS, FIELD_PLAN_GOALS, "plan_goals is blank");
  }
  if (judged(j, RULE_PLAN_NO_BENCHMARKS) && blank(j, FIELD_PLAN_BENCHMARKS)) {
    BROKEN(j, RULE_PLAN_NO_BENCHMARKS, FIELD_PLAN_BENCHMARKS, "plan_benchmarks is blank");
  }
  if (judged(j, RULE_PLAN_REVIEW_OVERDUE)) review_overdue(j);
}
