/*
** authorization.missing, authorization.not_in_force, treatment.not_authorized
*/
#include "judgment.h"

static const struct term authorization = {
  RULE_AUTHORIZATION_NOT_IN_FORCE, "authorization", FIELD_PRIOR_AUTH_START, FIELD_PRIOR_AUTH_END, "197", "302"
};

static void treatment(struct judgment *j) {
  char digits[NUMBER_SIZE];
  struct text name = h2040_value_code(value_of(j, FIELD_TREATMENT), digits);
  if (blank(j, FIELD_TREATMENT)) {
    BROKEN(j, RULE_TREATMENT_NOT_AUTHORIZED, FIELD_TREATMENT, "treatment is blank, and this payer authorizes only some");
  } else if (!h2040_names_hold(&j->policy->treatments, name)) {
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
  if (judged(j, RULE_AUTHORIZATION_NOT_IN_FORCE) && !none) h2040_judge_in_force(j, &authorization);
  if (judged(j, RULE_TREATMENT_NOT_AUTHORIZED) && !j->policy->treatments.any) treatment(j);
}
