/*
** diagnosis.missing, diagnosis.malformed, diagnosis.not_qualifying
**
** The shape of an ICD-10-CM code: a letter, a digit, a digit or A or B, then up
** to four letters or digits; the dot after the third may be left out.
*/
#include "judgment.h"

enum { LONGEST_DIAGNOSIS = 7 };

/* Copies the code without its dot; false where it has not the shape. */
static bool read_diagnosis(struct text t, char out[LONGEST_DIAGNOSIS], struct text *code) {
  size_t n = 0;
  for (size_t i = 0; i < t.n; i++) {
    if (t.z[i] == '.' && i == 3 && t.n > 4) continue;
    if (n == LONGEST_DIAGNOSIS || !is_alnum(t.z[i])) return false;
    out[n++] = t.z[i];
  }
  *code = (struct text){ out, n };
  return n >= 3 && !is_digit(out[0]) && is_digit(out[1])
         && (is_digit(out[2]) || upper(out[2]) == 'A' || upper(out[2]) == 'B');
}

static bool qualifies(const struct policy *policy, struct text code) {
  const struct code_range *range = policy->diagnoses.items;
  uint64_t number;
  h2040_code_number(code, &number); /* read_diagnosis lets nothing through that has none */
  for (size_t i = 0; i < policy->diagnoses.count; i++) {
    if (range[i].first <= number && number <= range[i].last) return true;
  }
  return false;
}

void h2040_judge_diagnosis(struct judgment *j) {
  const struct policy *policy = j->policy;
  char digits[NUMBER_SIZE];
  bool qualified = policy->takes_any_diagnosis;
  if (!passed(j, FIELD_DIAGNOSIS_CODES)) return;
  struct text list = h2040_value_code(value_of(j, FIELD_DIAGNOSIS_CODES), digits);
  struct text rest = list;
  struct text member;
  if (h2040_blank(list) || !h2040_next_member(&rest, &member)) {
    if (judged(j, RULE_DIAGNOSIS_MISSING)) {
      BROKEN(j, RULE_DIAGNOSIS_MISSING, FIELD_DIAGNOSIS_CODES, "diagnosis_codes is blank");
    }
    return;
  }
  do {
    char out[LONGEST_DIAGNOSIS];
    struct text code;
    if (read_diagnosis(member, out, &code)) {
      if (!qualified) qualified = qualifies(policy, code);
    } else if (judged(j, RULE_DIAGNOSIS_MALFORMED)) {
      BROKEN_BY(j, RULE_DIAGNOSIS_MALFORMED, FIELD_DIAGNOSIS_CODES, member, "%s is not written as an ICD-10-CM code",
                h2040_quote(member).z);
    }
  } while (h2040_next_member(&rest, &member));
  if (judged(j, RULE_DIAGNOSIS_NOT_QUALIFYING) && !qualified) {
    BROKEN(j, RULE_DIAGNOSIS_NOT_QUALIFYING, FIELD_DIAGNOSIS_CODES, "no diagnosis of %s qualifies for %s with this payer",
           quoted_value(j, FIELD_DIAGNOSIS_CODES).z, policy->hcpcs_code);
  }
}
