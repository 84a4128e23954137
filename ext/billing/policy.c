/* See policy.h.  Reading is done by policy_read.c; the remarks stand in policy_notes.c. */
#include "policy.h"
#include "memory.h"

#include <string.h>

struct set h2040_rules_judged(const struct policy *policy, struct set passed) {
  struct set met = h2040_needs_met(passed);
  struct set judged = SET_INIT0;
  struct set documentation = SET_INIT0;
  for (int rule = RULE_DOCUMENTATION_NO_DATE; rule <= RULE_DOCUMENTATION_UNSIGNED; rule++) set_add(&documentation, rule);
  for (int rule = 0; rule < LINE_RULE_COUNT; rule++) {
    if (set_covers(met, h2040_rules[rule].needs)) set_add(&judged, rule);
  }
  return set_without(set_without(judged, policy->off), set_without(documentation, policy->documentation));
}

const char *h2040_never_broken(const struct policy *p, enum rule rule) {
  bool timed = p->unit_basis == BASIS_15_MINUTES || p->unit_basis == BASIS_HOUR;
  bool untimely = p->timely_filing_days == NO_LIMIT && p->timely_filing_months == NO_LIMIT
                  && p->timely_replacement_days == NO_LIMIT;
  bool documented = rule >= RULE_DOCUMENTATION_NO_DATE && rule <= RULE_DOCUMENTATION_UNSIGNED;
  if (set_has(p->off, (int)rule)) return "the policy has it off";
  if (documented && !set_has(p->documentation, (int)rule)) return "the policy does not ask for it (documentation)";
  switch (rule) {
    case RULE_CODE_NOT_EFFECTIVE:
      return !p->code && p->hcpcs_code[0] != 'H' && p->hcpcs_code[0] != 'T' ? "the code set does not know the code" : NULL;
    case RULE_CODE_SIMILAR: return p->focuses.any ? "the policy names no focus (focuses)" : NULL;
    case RULE_UNIT_OVER_LINE_MAX: return p->max_units_per_line == NO_LIMIT ? "no limit is set (max_units_per_line)" : NULL;
    case RULE_UNIT_TIME_BASED: return p->unit_basis != BASIS_SESSION ? "the unit is no session (unit_basis)" : NULL;
    case RULE_UNIT_EXCEEDS_TIME: return !timed ? "the unit is no length of time (unit_basis)" : NULL;
    case RULE_UNIT_TOO_SHORT: return p->min_minutes == NO_LIMIT ? "no limit is set (min_minutes)" : NULL;
    case RULE_DATE_UNTIMELY: return untimely ? "no limit is set (timely_filing_months)" : NULL;
    case RULE_MEMBER_AGE:
      return p->age_from == NO_LIMIT && p->age_to == NO_LIMIT ? "no limit is set (age_from, age_to)" : NULL;
    case RULE_PROVIDER_NOT_ELIGIBLE: return p->taxonomies.any ? "the policy takes any (taxonomies)" : NULL;
    case RULE_DIAGNOSIS_NOT_QUALIFYING: return p->diagnoses.any ? "the policy takes any (diagnoses)" : NULL;
    case RULE_MODIFIER_CONFLICT: return p->exclusive.count == 0 ? "the policy names none (exclusive_modifiers)" : NULL;
    case RULE_MODIFIER_REQUIRED: return p->required.count == 0 ? "the policy requires none (required_modifiers)" : NULL;
    case RULE_MODIFIER_ONE_OF: return p->one_of.count == 0 ? "the policy requires none (required_one_of)" : NULL;
    case RULE_MODIFIER_TELEHEALTH_MISSING:
    case RULE_MODIFIER_TELEHEALTH_PLACE:
      if (!p->has_telehealth_modifiers) return "the policy names none (telehealth_modifiers)";
      return p->telehealth_places.any ? "the place is never at fault (telehealth_places)" : NULL;
    case RULE_MODIFIER_SETTING_MISSING:
    case RULE_MODIFIER_SETTING_PLACE: return p->settings.count == 0 ? "the policy names none (settings)" : NULL;
    case RULE_PLACE_NOT_ACCEPTED: return p->places.any ? "the policy takes any (places)" : NULL;
    case RULE_AUTHORIZATION_MISSING:
      return p->prior_authorization != AUTHORIZATION_ALWAYS ? "the policy does not ask for it (prior_authorization)" : NULL;
    case RULE_TREATMENT_NOT_AUTHORIZED: return p->treatments.any ? "the policy takes any (treatments)" : NULL;
    default: return NULL;
  }
}

void h2040_policy_modifier_dates(const struct policy *policy, int modifier, int32_t *added, int32_t *terminated) {
  const struct modifier *m = h2040_modifier(modifier);
  const struct modifier_dates *dates = policy->modifier_dates.items;
  *added = m ? m->added : INT32_MIN;
  *terminated = m ? m->terminated : INT32_MAX;
  if (!(policy->modifier[modifier] & MODIFIER_DATED)) return;
  for (size_t i = 0; i < policy->modifier_dates.count; i++) {
    if (dates[i].modifier != modifier) continue;
    *added = dates[i].added;
    *terminated = dates[i].terminated;
  }
}

enum severity h2040_policy_severity(const struct policy *policy, enum rule rule) {
  return set_has(policy->errors, (int)rule) ? SEVERITY_ERROR : SEVERITY_WARNING;
}

bool h2040_names_hold(const struct name_list *names, struct text name) {
  char *const *item = names->list.items;
  for (size_t i = 0; i < names->list.count; i++) {
    if (h2040_same(name, h2040_text(item[i]))) return true;
  }
  return false;
}

/* --- sets ------------------------------------------------------------------ */

unsigned h2040_policy_slot(const struct policy_set *set, const char hcpcs_code[5]) {
  const struct policy *policies = set->policies.items;
  uint32_t word;
  memcpy(&word, hcpcs_code, sizeof word);
  unsigned slot = (word ^ (uint32_t)(unsigned char)hcpcs_code[4] << 13) * UINT32_C(0x9E3779B1) >> 16;
  for (slot &= set->slots - 1; set->slot[slot] >= 0; slot = (slot + 1) & (set->slots - 1)) {
    if (memcmp(policies[set->slot[slot]].hcpcs_code, hcpcs_code, 5) == 0) break;
  }
  return slot;
}

const struct policy *h2040_policy_for(const struct policy_set *set, const char hcpcs_code[5]) {
  short at = set->slot[h2040_policy_slot(set, hcpcs_code)];
  return at < 0 ? NULL : policy_at(set, (size_t)at);
}

struct set h2040_set_rules(struct policy_set *set, const struct policy *policy, struct set passed) {
  struct judged_rules *judged = set->judged + (policy - policy_at(set, 0));
  if (!judged->known || !set_equal(judged->passed, passed)) {
    *judged = (struct judged_rules){ true, passed, h2040_rules_judged(policy, passed) };
  }
  return judged->rules;
}
