/*
** Remarks on a sound policy (h2040_policy_notes): nothing that keeps it from
** being used, but what its author should know before trusting its answers.
*/
#include "date.h"
#include "policy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct notes {
  const struct policy *policy;
  void (*say)(void *context, const char *note);
  void *context;
};

static void note(const struct notes *n, const char *format, ...) {
  char sentence[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  n->say(n->context, sentence);
}

/* What rules that are off would find is nothing to be warned of. */
static bool judges(const struct policy *p, enum rule rule) {
  return !set_has(p->off, (int)rule);
}

static bool judges_both(const struct policy *p, enum rule one, enum rule other) {
  return judges(p, one) && judges(p, other);
}

static void against_code_set(const struct notes *n) {
  const struct policy *p = n->policy;
  const struct code *code = p->code;
  const char *basis = h2040_unit_basis_text(p->unit_basis);
  char added[DATE_SIZE];
  if (!code) {
    bool covered = p->hcpcs_code[0] == 'H' || p->hcpcs_code[0] == 'T';
    if (!judges(p, RULE_CODE_NOT_EFFECTIVE)) return;
    note(n, covered ? "%s is not in the built-in code set: code.not_effective finds every line"
                    : "%s is not an H or T code: the built-in code set cannot tell when it was valid",
         p->hcpcs_code);
  } else if (code->unit_basis && strcmp(code->unit_basis, basis) != 0) {
    note(n, "the code set bills %s per %s (since %s), this policy per %s: make sure that the payer does too",
         p->hcpcs_code, code->unit_basis, h2040_date_text(code->added, added), basis);
  }
  for (int m = 0; m < MODIFIER_COUNT; m++) {
    char text[3];
    if (!(p->modifier[m] & MODIFIER_NAMED) || (p->modifier[m] & MODIFIER_DATED) || h2040_modifier(m)) continue;
    note(n, "modifier %s is in no code set: nothing tells when it is valid, unless modifier_dates does",
         h2040_modifier_text(m, text));
  }
}

static bool refused(const struct policy *p, int modifier) {
  return (p->modifier[modifier] & MODIFIER_REFUSED)
         || !(p->accepts_any_modifier || (p->modifier[modifier] & MODIFIER_ACCEPTED));
}

static void demands_what_it_refuses(const struct notes *n) {
  const struct policy *p = n->policy;
  const int *required = p->required.items;
  const struct setting *setting = p->settings.items;
  bool any_telehealth = false;
  char text[3];
  for (size_t i = 0; i < p->required.count && judges_both(p, RULE_MODIFIER_REQUIRED, RULE_MODIFIER_NOT_ACCEPTED); i++) {
    if (refused(p, required[i])) {
      note(n, "modifier %s is required and not accepted: no line can be clean", h2040_modifier_text(required[i], text));
    }
  }
  for (size_t i = 0; i < p->settings.count && judges_both(p, RULE_MODIFIER_SETTING_MISSING, RULE_MODIFIER_NOT_ACCEPTED); i++) {
    if (refused(p, setting[i].modifier)) {
      note(n, "modifier %s marks a setting and is not accepted: no line from there can be clean",
           h2040_modifier_text(setting[i].modifier, text));
    }
  }
  for (int m = 0; m < MODIFIER_COUNT; m++) {
    if ((p->modifier[m] & MODIFIER_ACCEPTED) && (p->modifier[m] & MODIFIER_REFUSED)) {
      note(n, "modifier %s is both accepted and refused: it is refused", h2040_modifier_text(m, text));
    }
    if ((p->modifier[m] & MODIFIER_TELEHEALTH) && !refused(p, m)) any_telehealth = true;
  }
  if (p->has_telehealth_modifiers && !any_telehealth
      && judges_both(p, RULE_MODIFIER_TELEHEALTH_MISSING, RULE_MODIFIER_NOT_ACCEPTED)) {
    note(n, "no telehealth modifier is accepted: no telehealth line can be clean");
  }
}

static bool takes_telehealth_place(const struct policy *p) {
  for (int place = 0; place < PLACE_COUNT; place++) {
    if (p->telehealth_places.place[place] && p->places.place[place]) return true;
  }
  return false;
}

/* Required modifiers that no line can bear. */
static void required_in_vain(const struct notes *n) {
  const struct policy *p = n->policy;
  const int *required = p->required.items;
  bool telehealth_place = p->places.any || takes_telehealth_place(p) || p->telehealth_places.any
                          || !judges_both(p, RULE_MODIFIER_TELEHEALTH_PLACE, RULE_PLACE_NOT_ACCEPTED);
  for (size_t i = 0; i < p->required.count; i++) {
    char text[3], day[DATE_SIZE];
    int32_t added, terminated;
    h2040_policy_modifier_dates(p, required[i], &added, &terminated);
    if (terminated < INT32_MAX && judges(p, RULE_MODIFIER_NOT_EFFECTIVE)) {
      note(n, "modifier %s is required and was last valid on %s: no line after that can be clean",
           h2040_modifier_text(required[i], text), h2040_date_text(terminated, day));
    }
    if ((p->modifier[required[i]] & MODIFIER_TELEHEALTH) && !telehealth_place) {
      note(n, "modifier %s is required and says telehealth, but the policy takes no telehealth place: no line can be clean",
           h2040_modifier_text(required[i], text));
    }
  }
}

/* The settings, the places and the required modifiers that contradict one another. */
static void can_never_be_met(const struct notes *n) {
  const struct policy *p = n->policy;
  const struct grouped_modifier *exclusive = p->exclusive.items;
  const struct setting *setting = p->settings.items;
  int first = NO_MODIFIER;
  bool told = false;
  char one[3], other[3];

  if (p->required.count > 4 && judges_both(p, RULE_MODIFIER_REQUIRED, RULE_MODIFIER_TOO_MANY)) {
    note(n, "%d modifiers are required and a line carries four: no line can be clean", (int)p->required.count);
  }
  /* One group's members stand together in the list; one pair of them will do. */
  for (size_t i = 0; i < p->exclusive.count && judges_both(p, RULE_MODIFIER_REQUIRED, RULE_MODIFIER_CONFLICT); i++) {
    int modifier = exclusive[i].modifier;
    if (i == 0 || exclusive[i].group != exclusive[i - 1].group) {
      first = NO_MODIFIER;
      told = false;
    }
    if (told || !(p->modifier[modifier] & MODIFIER_REQUIRED) || modifier == first) continue;
    if (first == NO_MODIFIER) {
      first = modifier;
    } else {
      note(n, "modifiers %s and %s are both required and exclude each other: no line can be clean",
           h2040_modifier_text(first, one), h2040_modifier_text(modifier, other));
      told = true;
    }
  }
  bool limited = !p->places.any && judges(p, RULE_PLACE_NOT_ACCEPTED);
  bool any_place = false;
  for (int place = 0; place < PLACE_COUNT; place++) any_place |= p->places.place[place];
  if (limited && !any_place) note(n, "places is empty: no place of service is accepted");
  for (size_t i = 0; i < p->settings.count && limited && any_place; i++) {
    bool any = false;
    for (int place = 0; place < PLACE_COUNT; place++) any |= setting[i].place[place] && p->places.place[place];
    if (!any) {
      note(n, "modifier %s marks a setting at none of the places that the policy takes",
           h2040_modifier_text(setting[i].modifier, one));
    }
  }
  if (!p->treatments.any && p->treatments.list.count == 0 && judges(p, RULE_TREATMENT_NOT_AUTHORIZED)) {
    note(n, "treatments is empty: no treatment is authorized");
  }
  if (!p->taxonomies.any && p->taxonomies.list.count == 0 && judges(p, RULE_PROVIDER_NOT_ELIGIBLE)) {
    note(n, "taxonomies is empty: no provider is eligible");
  }
  if (!p->diagnoses.any && p->diagnoses.list.count == 0 && judges(p, RULE_DIAGNOSIS_NOT_QUALIFYING)) {
    note(n, "diagnoses is empty: no diagnosis qualifies");
  }
}

void h2040_policy_notes(const struct policy *policy, void (*say)(void *context, const char *note), void *context) {
  struct notes n = { policy, say, context };
  against_code_set(&n);
  demands_what_it_refuses(&n);
  required_in_vain(&n);
  can_never_be_met(&n);
}
