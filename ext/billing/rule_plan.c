/*
** plan.missing, plan.not_in_force, plan.no_goals, plan.no_benchmarks,
** plan.review_overdue
*/
#include "judgment.h"

static void review_overdue(struct judgment *j) {
  int32_t reviewed;
  enum reading reading = read_date(j, FIELD_PLAN_REVIEWED, &reviewed);
  if (reading == BLANK) {
    BROKEN(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED, "plan_reviewed is blank");
  } else if (reading == UNREADABLE) {
    h2040_date_unreadable(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED);
  } else if (j->has_service_day && (int64_t)j->service_day - reviewed > j->policy->review_days) {
    int64_t days = (int64_t)j->service_day - reviewed;
    BROKEN(j, RULE_PLAN_REVIEW_OVERDUE, FIELD_PLAN_REVIEWED,
           "the plan was reviewed %lld day%s before the service; the limit is %lld", (long long)days, plural(days),
           (long long)j->policy->review_days);
  }
}

static const struct term plan = { RULE_PLAN_NOT_IN_FORCE, "plan", FIELD_PLAN_START, FIELD_PLAN_END, "272", "272" };

void h2040_judge_plan(struct judgment *j) {
  if (judged(j, RULE_PLAN_MISSING) && blank(j, FIELD_PLAN_START)) {
    BROKEN(j, RULE_PLAN_MISSING, FIELD_PLAN_START, "plan_start is blank: no treatment plan");
  }
  if (judged(j, RULE_PLAN_NOT_IN_FORCE)) h2040_judge_in_force(j, &plan);
  if (judged(j, RULE_PLAN_NO_GOALS) && blank(j, FIELD_PLAN_GOALS)) {
    BROKEN(j, RULE_PLAN_NO_GOALS, FIELD_PLAN_GOALS, "plan_goals is blank");
  }
  if (judged(j, RULE_PLAN_NO_BENCHMARKS) && blank(j, FIELD_PLAN_BENCHMARKS)) {
    BROKEN(j, RULE_PLAN_NO_BENCHMARKS, FIELD_PLAN_BENCHMARKS, "plan_benchmarks is blank");
  }
  if (judged(j, RULE_PLAN_REVIEW_OVERDUE)) review_overdue(j);
}
