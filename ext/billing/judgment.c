/* See judgment.h. */
#include "judgment.h"

#include <string.h>

static void begin(struct judgment *j, const struct claim_line *line, struct report *report) {
  *j = (struct judgment){ .line = line, .report = report, .place = -1 };
  if (report) {
    for (int rule = 0; rule < LINE_RULE_COUNT; rule++) report->finding[rule].sentences = 0;
  }
  if (passed(j, FIELD_SERVICE_DATE)) {
    j->has_service_day = read_date(j, FIELD_SERVICE_DATE, &j->service_day) == READ;
  }
}

/* The claim frequency code; blank is an original, 6 a replacement, as 7 is. */
static enum frequency frequency_of(const struct judgment *j) {
  int64_t code;
  if (!passed(j, FIELD_CLAIM_FREQUENCY_CODE)) return FREQUENCY_ORIGINAL;
  switch (h2040_read_whole_number(value_of(j, FIELD_CLAIM_FREQUENCY_CODE), &code)) {
    case BLANK: return FREQUENCY_ORIGINAL;
    case UNREADABLE: return FREQUENCY_UNKNOWN;
    default: break;
  }
  if (code == 8) return FREQUENCY_VOID;
  if (code == 6 || code == 7) return FREQUENCY_REPLACEMENT;
  return code == 1 ? FREQUENCY_ORIGINAL : FREQUENCY_UNKNOWN;
}

static enum reading read_time(const struct judgment *j, enum field field, int *second_of_day) {
  return h2040_read_time(value_of(j, field), j->line->dates, second_of_day);
}

/* The documented minutes of the session, if any can be read. */
static void read_minutes(struct judgment *j) {
  int start, end;
  if (passed(j, FIELD_DURATION_MINUTES)
      && h2040_read_number(value_of(j, FIELD_DURATION_MINUTES), &j->minutes) == READ && j->minutes > 0) {
    j->has_minutes = true;
    j->minutes_field = FIELD_DURATION_MINUTES;
  } else if (passed(j, FIELD_START_TIME) && passed(j, FIELD_END_TIME)
             && read_time(j, FIELD_START_TIME, &start) == READ
             && read_time(j, FIELD_END_TIME, &end) == READ && start != end) {
    enum { DAY = 24 * 3600 };
    j->minutes = ((end - start + DAY) % DAY) / 60.0;
    j->has_minutes = true;
    j->minutes_field = FIELD_START_TIME;
  }
}

/* Modifiers that are glued to the code are judged also where the caller passed
** none.  Whether one is missing cannot be told then: it may stand elsewhere. */
static void judge_glued_modifiers_too(struct judgment *j) {
  const struct set missing =
    SET3(RULE_MODIFIER_REQUIRED, RULE_MODIFIER_TELEHEALTH_MISSING, RULE_MODIFIER_SETTING_MISSING);
  struct set fields = j->line->passed;
  if (set_has(h2040_needs_met(fields), NEED_MODIFIERS)) return;
  set_add(&fields, FIELD_MODIFIERS);
  j->judged = set_union(j->judged, set_without(h2040_rules_judged(j->policy, fields), missing));
}

/* Finds the policy of the line, and what it lets be judged.  Mostly the code stands as it
** should be. */
static enum verdict choose_policy(struct judgment *j, struct policy_set *policies) {
  const struct value *v = value_of(j, FIELD_HCPCS_CODE);
  if (!passed(j, FIELD_HCPCS_CODE)) {
    if (policies->policies.count > 1) return NO_CODE;
    j->policy = policy_at(policies, 0);
  } else if (v->kind == VALUE_TEXT && v->size == 5 && (j->policy = h2040_policy_for(policies, v->bytes)) != NULL) {
    j->code.form = CODE_WRITTEN;
    memcpy(j->code.code, j->policy->hcpcs_code, sizeof j->code.code);
  } else {
    h2040_read_procedure_code(v, &j->code);
    j->policy = h2040_policy_for_code(policies, &j->code);
  }
  if (!j->policy) return NOT_JUDGED;
  j->judged = h2040_set_rules(policies, j->policy, j->line->passed);
  return JUDGED;
}

enum verdict h2040_judge(struct judgment *j, const struct claim_line *line, struct policy_set *policies,
                         struct report *report) {
  char number[NUMBER_SIZE];
  int32_t as_of;
  begin(j, line, report);
  if (passed(j, FIELD_AS_OF) && read_date(j, FIELD_AS_OF, &as_of) != READ) return UNREADABLE_AS_OF;
  enum verdict verdict = choose_policy(j, policies);
  if (verdict != JUDGED) return verdict;
  j->frequency = frequency_of(j);
  if (j->frequency == FREQUENCY_VOID) return NOT_JUDGED;
  if (j->code.glued.n > 0) judge_glued_modifiers_too(j);
  if (passed(j, FIELD_PLACE_OF_SERVICE)) {
    j->place = h2040_place_of_service(h2040_value_code(value_of(j, FIELD_PLACE_OF_SERVICE), number));
  }
  read_minutes(j);

  h2040_judge_code(j);
  h2040_judge_claim(j);
  h2040_judge_units(j);
  h2040_judge_dates(j);
  h2040_judge_member(j);
  h2040_judge_provider(j);
  h2040_judge_diagnosis(j);
  h2040_judge_plan(j);
  h2040_judge_modifiers(j);
  h2040_judge_place(j);
  h2040_judge_documentation(j);
  h2040_judge_authorization(j);
  if (judged(j, RULE_POLICY_MISSING) && blank(j, FIELD_POLICY)) {
    BROKEN(j, RULE_POLICY_MISSING, FIELD_POLICY, "no policy was given for this line; the session pack judged it");
  }
  return JUDGED;
}

void h2040_judge_modifier_list(struct judgment *j, const struct claim_line *line, const struct policy *policy,
                               struct set rules, struct report *report) {
  begin(j, line, report);
  j->policy = policy;
  j->judged = rules;
  if (passed(j, FIELD_HCPCS_CODE)) {
    h2040_read_procedure_code(value_of(j, FIELD_HCPCS_CODE), &j->code);
    if (!code_is(&j->code, policy->hcpcs_code)) j->code.glued.n = 0;
  }
  h2040_judge_modifiers(j);
}
