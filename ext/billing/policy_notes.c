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

static void against_code_set(const struct notes *n) {
  const struct policy *p = n->policy;
  const struct code *code = p->code;
  const char *basis = h2040_unit_basis_text(p->unit_basis);
  char added[DATE_SIZE];
  if (!code) {
    bool covered = p->hcpcs_code[0] == 'H' || p->hcpcs_code[0] == 'T';
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
  for (size_t i = 0; i < p->required.count; i++) {
    if (refused(p, required[i])) {
      note(n, "modifier %s is required and not accepted: no line can be clean", h2040_modifier_text(required[i], text));
    }
  }
  for (size_t i = 0; i < p->settings.count; i++) {
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
  if (p->has_telehealth_modifiers && !any_telehealth) {
    note(n, "no telehealth modifier is accepted: no telehealth line can be clean");
  }
}

/* The settings, the places and the required modifiers that contradict one another. */
static void can_never_be_met(const struct notes *n) {
  const struct policy *p = n->policy;
  const struct exclusive_modifier *exclusive = p->exclusive.items;
  const struct setting *setting = p->settings.items;
  int first = NO_MODIFIER;
  bool told = false;
  char one[3], other[3];

  if (p->required.count > 4) {
    note(n, "%d modifiers are required and a line carries four: no line can be clean", (int)p->required.count);
  }
  /* One group's members stand together in the list; one pair of them will do. */
  for (size_t i = 0; i < p->exclusive.count; i++) {
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
  for (size_t i = 0; i < p->settings.count && !p->takes_any_place; i++) {
    bool any = false;
    for (int place = 0; place < PLACE_COUNT; place++) any |= setting[i].place[place] && p->place[place];
    if (!any) {
      note(n, "modifier %s marks a setting at none of the places that the policy takes",
           h2040_modifier_text(setting[i].modifier, one));
    }
  }
  if (!p->takes_any_treatment && p->treatments.count == 0) note(n, "treatments is empty: no treatment is authorized");
  if (!p->takes_any_taxonomy && p->taxonomies.count == 0) note(n, "taxonomies is empty: no provider is eligible");
  if (!p->takes_any_diagnosis && p->diagnoses.count == 0) note(n, "diagnoses is empty: no diagnosis qualifies");
}

void h2040_policy_notes(const struct policy *policy, void (*say)(void *context, const char *note), void *context) {
  struct notes n = { policy, say, context };
  against_code_set(&n);
  demands_what_it_refuses(&n);
  can_never_be_met(&n);
}
