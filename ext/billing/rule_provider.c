/*
** provider.missing, provider.taxonomy_malformed, provider.not_eligible,
** provider.npi_invalid, provider.not_enrolled
*/
#include "judgment.h"

/* Luhn over 80840 (the prefix of health applications in the United States)
** followed by the ten digits; the prefix adds 24. */
bool h2040_npi_valid(struct text npi) {
  static const unsigned char doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
  unsigned sum = 24;
  if (npi.n != 10 || (npi.z[0] != '1' && npi.z[0] != '2')) return false;
  for (int i = 0; i < 10; i += 2) {
    unsigned even = (unsigned char)npi.z[i] - '0';
    unsigned odd = (unsigned char)npi.z[i + 1] - '0';
    if (even > 9 || odd > 9) return false;
    sum += doubled[even] + odd;
  }
  return sum % 10 == 0;
}

static const struct term enrollment = {
  RULE_PROVIDER_NOT_ENROLLED, "enrollment", FIELD_PROVIDER_START, FIELD_PROVIDER_END, "B7", "B7"
};

static void taxonomy(struct judgment *j) {
  const struct policy *policy = j->policy;
  const struct value *v = value_of(j, FIELD_RENDERING_TAXONOMY);
  char digits[NUMBER_SIZE];
  uint64_t number;
  if (h2040_value_blank(v)) {
    if (judged(j, RULE_PROVIDER_MISSING)) {
      BROKEN(j, RULE_PROVIDER_MISSING, FIELD_RENDERING_TAXONOMY, "rendering_taxonomy is blank");
    }
    return;
  }
  struct text code = h2040_value_code(v, digits);
  bool readable = h2040_code_number(code, &number);
  if (judged(j, RULE_PROVIDER_TAXONOMY_MALFORMED) && (code.n != 10 || !readable)) {
    BROKEN(j, RULE_PROVIDER_TAXONOMY_MALFORMED, FIELD_RENDERING_TAXONOMY, "the taxonomy %s is not ten letters and digits",
           quoted_value(j, FIELD_RENDERING_TAXONOMY).z);
  }
  if (!judged(j, RULE_PROVIDER_NOT_ELIGIBLE) || policy->taxonomies.any) return;
  if (readable && ranges_hold(&policy->taxonomies, number)) return;
  BROKEN(j, RULE_PROVIDER_NOT_ELIGIBLE, FIELD_RENDERING_TAXONOMY,
         "the taxonomy %s is not one that this payer accepts for %s", quoted_value(j, FIELD_RENDERING_TAXONOMY).z,
         policy->hcpcs_code);
}

/* Why a filled-in NPI is none. */
static const char *npi_fault(struct text npi) {
  bool ten_digits = npi.n == 10;
  for (size_t i = 0; ten_digits && i < npi.n; i++) ten_digits = is_digit(npi.z[i]);
  if (!ten_digits) return "is not ten digits";
  return npi.z[0] == '1' || npi.z[0] == '2' ? "has a wrong check digit: one of its digits is mistyped"
                                            : "begins with neither 1 nor 2";
}

static void npi(struct judgment *j) {
  char digits[NUMBER_SIZE];
  struct text npi = h2040_value_code(value_of(j, FIELD_RENDERING_NPI), digits);
  if (h2040_npi_valid(npi)) return;
  if (blank(j, FIELD_RENDERING_NPI)) {
    BROKEN(j, RULE_PROVIDER_NPI_INVALID, FIELD_RENDERING_NPI, "rendering_npi is blank");
  } else {
    BROKEN(j, RULE_PROVIDER_NPI_INVALID, FIELD_RENDERING_NPI, "the NPI %s %s",
           quoted_value(j, FIELD_RENDERING_NPI).z, npi_fault(npi));
  }
}

void h2040_judge_provider(struct judgment *j) {
  if (passed(j, FIELD_RENDERING_TAXONOMY)) taxonomy(j);
  if (judged(j, RULE_PROVIDER_NPI_INVALID)) npi(j);
  if (judged(j, RULE_PROVIDER_NOT_ENROLLED)) h2040_judge_in_force(j, &enrollment);
}
