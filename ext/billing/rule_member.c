/*
** member.missing, member.not_covered, member.age, id.white_space
*/
#include "date.h"
#include "judgment.h"

static const struct term coverage = {
  RULE_MEMBER_NOT_COVERED, "coverage", FIELD_COVERAGE_START, FIELD_COVERAGE_END, "26", "27"
};

/* In whole years; who was born on 29 February is a year older on 1 March. */
static int age_on(int32_t birth_day, int32_t day) {
  struct date born = h2040_date_of(birth_day);
  struct date on = h2040_date_of(day);
  bool had_birthday = on.month > born.month || (on.month == born.month && on.day >= born.day);
  return on.year - born.year - !had_birthday;
}

static void age(struct judgment *j) {
  const struct policy *policy = j->policy;
  char day[DATE_SIZE], birth[DATE_SIZE];
  int32_t born;
  int32_t service_day = j->has_service_day ? j->service_day : INT32_MAX;
  if (policy->age_from == NO_LIMIT && policy->age_to == NO_LIMIT) return;
  enum reading reading = h2040_read_birth(value_of(j, FIELD_BIRTH_DATE), j->line->dates, service_day, &born);
  if (reading == UNREADABLE) {
    h2040_date_unreadable(j, RULE_MEMBER_AGE, FIELD_BIRTH_DATE);
  } else if (reading == READ && j->has_service_day) {
    int years = age_on(born, j->service_day);
    if (policy->age_from != NO_LIMIT && years < policy->age_from) {
      BROKEN(j, RULE_MEMBER_AGE, FIELD_BIRTH_DATE, "born on %s, the member was %d on %s; this payer covers %s from %lld",
             h2040_date_text(born, birth), years, h2040_date_text(j->service_day, day), policy->hcpcs_code, (long long)policy->age_from);
    } else if (years > policy->age_to) {
      BROKEN(j, RULE_MEMBER_AGE, FIELD_BIRTH_DATE, "born on %s, the member was %d on %s; this payer covers %s to %lld",
             h2040_date_text(born, birth), years, h2040_date_text(j->service_day, day), policy->hcpcs_code, (long long)policy->age_to);
    }
  }
}

static void white_space(struct judgment *j) {
  for (int i = 0; h2040_id_fields[i] < FIELD_COUNT; i++) {
    enum field field = (enum field)h2040_id_fields[i];
    if (!passed(j, field) || !h2040_id_spaced(value_of(j, field))) continue;
    BROKEN(j, RULE_ID_WHITE_SPACE, field, "white space stands around %s %s", h2040_field_names[field],
           quoted_value(j, field).z);
  }
}

void h2040_judge_member(struct judgment *j) {
  if (judged(j, RULE_MEMBER_MISSING) && blank(j, FIELD_MEMBER_ID)) {
    BROKEN(j, RULE_MEMBER_MISSING, FIELD_MEMBER_ID, "member_id is blank");
  }
  if (judged(j, RULE_MEMBER_NOT_COVERED)) h2040_judge_in_force(j, &coverage);
  if (judged(j, RULE_MEMBER_AGE)) age(j);
  if (judged(j, RULE_ID_WHITE_SPACE)) white_space(j);
}
