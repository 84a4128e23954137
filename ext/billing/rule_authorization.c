/*
** authorization.missing, authorization.not_in_force, treatment.not_authorized
*/
#include "date.h"
#include "judgment.h"

static void not_in_force(struct judgment *j) {
  char day[DATE_SIZE], edge[DATE_SIZE];
  int32_t start, end;
  enum reading start_reading = h2040_read_date(value_of(j, FIELD_PRIOR_AUTH_START), &start);
  enum reading end_reading =
    passed(j, FIELD_PRIOR_AUTH_END) ? h2040_read_date(value_of(j, FIELD_PRIOR_AUTH_END), &end) : BLANK;
  if (start_reading == UNREADABLE) {
    BROKEN(j, RULE_AUTHORIZATION_NOT_IN_FORCE, FIELD_PRIOR_AUTH_START, "prior_auth_start %s cannot be read as a date",
           quoted_value(j, FIELD_PRIOR_AUTH_START).z);
  } else if (end_reading == UNREADABLE) {
    BROKEN(j, RULE_AUTHORIZATION_NOT_IN_FORCE, FIELD_PRIOR_AUTH_END, "prior_auth_end %s cannot be read as a date",
           quoted_value(j, FIELD_PRIOR_AUTH_END).z);
  } else if (start_reading == READ && j->has_service_day && j->service_day < start) {
    BROKEN(j, RULE_AUTHORIZATION_NOT_IN_FORCE, FIELD_PRIOR_AUTH_START,
           "the authorization starts on %s, after the service of %s", h2040_date_text(start, edge),
           h2040_date_text(j->service_day, day));
  } else if (end_reading == READ && j->has_service_day && j->service_day > end) {
    BROKEN(j, RULE_AUTHORIZATION_NOT_IN_FORCE, FIELD_PRIOR_AUTH_END,
           "the authorization ended on %s, before the service of %s", h2040_date_text(end, edge),
           h2040_date_text(j->service_day, day));
  }
}

static void treatment(struct judgment *j) {
  const struct treatment *authorized = j->policy->treatments.items;
  char digits[DIGITS_SIZE];
  struct text name = h2040_value_code(value_of(j, FIELD_TREATMENT), digits);
  for (size_t i = 0; i < j->policy->treatments.count; i++) {
    if (h2040_same(name, h2040_text(authorized[i].name))) return;
  }
  if (blank(j, FIELD_TREATMENT)) {
    BROKEN(j, RULE_TREATMENT_NOT_AUTHORIZED, FIELD_TREATMENT, "treatment is blank, and this payer authorizes only some");
  } else {
    BROKEN(j, RULE_TREATMENT_NOT_AUTHORIZED, FIELD_TREATMENT, "this payer does not authorize the treatment %s",
           quoted_value(j, FIELD_TREATMENT).z);
  }
}

void h2040_judge_authorization(struct judgment *j) {
  /* A number that was passed and is blank says that there is no authorization
  ** whose dates could be wrong. */
  bool none = passed(j, FIELD_PRIOR_AUTH_NUMBER) && blank(j, FIELD_PRIOR_AUTH_NUMBER);
  if (judged(j, RULE_AUTHORIZATION_MISSING) && none
      && j->policy->prior_authorization == AUTHORIZATION_ALWAYS) {
    BROKEN(j, RULE_AUTHORIZATION_MISSING, FIELD_PRIOR_AUTH_NUMBER,
           "prior_auth_number is blank; this payer wants prior authorization for every session");
  }
  if (judged(j, RULE_AUTHORIZATION_NOT_IN_FORCE) && !none) not_in_force(j);
  if (judged(j, RULE_TREATMENT_NOT_AUTHORIZED) && !j->policy->takes_any_treatment) treatment(j);
}
