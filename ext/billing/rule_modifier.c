/*
** modifier.malformed … modifier.complexity_unsupported
**
** The modifiers of a line come in up to three forms: glued to the procedure
** code, as a list (`modifiers`), in slots (`modifier_1` to `modifier_4`).  They
** are one set: what stands in two forms is the same modifier told twice, what
** stands twice in one form is a duplicate.
**
** A modifier that is malformed, unknown or not effective is passed over by the
** rules that follow: they would only repeat that it is wrong.
*/
#include "judgment.h"

#include <stdio.h>
#include <string.h>

enum { SLOTS_OF_LINE = 4, WORDS = (MODIFIER_COUNT + 63) / 64 };

struct modifier_set {
  uint64_t word[WORDS];
};

static bool contains(const struct modifier_set *set, int modifier) {
  return set->word[modifier / 64] >> modifier % 64 & 1;
}

static void insert(struct modifier_set *set, int modifier) {
  set->word[modifier / 64] |= UINT64_C(1) << modifier % 64;
}

struct modifiers {
  struct modifier_set all;  /* cleared when the first of them comes: most lines have none or one */
  struct modifier_set form; /* those of the form that is being read; cleared when its second comes */
  int first_of_form;        /* its first */
  size_t form_count;
  size_t count;      /* slots that they would fill */
  unsigned flags;    /* what the policy says of any of them */
  int exclusive;     /* how many are in an exclusive group */
};

static bool any(const struct modifiers *ms, int modifier) {
  return ms->count > 0 && contains(&ms->all, modifier);
}

/* Takes a modifier of the form that is being read; false where it has it already. */
static bool new_in_form(struct modifiers *ms, int modifier) {
  if (ms->form_count++ == 0) {
    ms->first_of_form = modifier;
    return true;
  }
  if (ms->form_count == 2) {
    memset(&ms->form, 0, sizeof ms->form);
    insert(&ms->form, ms->first_of_form);
  }
  if (contains(&ms->form, modifier)) return false;
  insert(&ms->form, modifier);
  return true;
}

/* Whether the code set, as the policy amends it, has the modifier on that day. */
static bool in_code_set(struct judgment *j, enum field field, struct text t, int modifier) {
  const struct policy *policy = j->policy;
  char day[DATE_SIZE], edge[DATE_SIZE];
  int32_t added, terminated;
  if (!h2040_modifier(modifier) && !(policy->modifier[modifier] & MODIFIER_NAMED)) {
    if (!judged(j, RULE_MODIFIER_UNKNOWN)) return true;
    if (j->has_service_day) {
      BROKEN_BY(j, RULE_MODIFIER_UNKNOWN, field, t, "modifier %.2s is not in the code set on %s", t.z,
                h2040_date_text(j->service_day, day));
    } else {
      BROKEN_BY(j, RULE_MODIFIER_UNKNOWN, field, t, "modifier %.2s is not in the code set", t.z);
    }
    return false;
  }
  if (!judged(j, RULE_MODIFIER_NOT_EFFECTIVE) || !j->has_service_day) return true;
  h2040_policy_modifier_dates(policy, modifier, &added, &terminated);
  if (in_force(added, terminated, j->service_day)) return true;
  if (j->service_day < added) {
    BROKEN_BY(j, RULE_MODIFIER_NOT_EFFECTIVE, field, t, "modifier %.2s was added on %s, after the service of %s", t.z,
              h2040_date_text(added, edge), h2040_date_text(j->service_day, day));
  } else {
    BROKEN_BY(j, RULE_MODIFIER_NOT_EFFECTIVE, field, t, "modifier %.2s was last valid on %s, before the service of %s",
              t.z, h2040_date_text(terminated, edge), h2040_date_text(j->service_day, day));
  }
  return false;
}

static void accepted(struct judgment *j, enum field field, struct text t, int modifier) {
  unsigned flags = j->policy->modifier[modifier];
  if (flags & MODIFIER_REFUSED) {
    BROKEN_BY(j, RULE_MODIFIER_NOT_ACCEPTED, field, t, "this payer refuses modifier %.2s with %s", t.z,
              j->policy->hcpcs_code);
  } else if (!j->policy->accepts_any_modifier && !(flags & MODIFIER_ACCEPTED)) {
    BROKEN_BY(j, RULE_MODIFIER_NOT_ACCEPTED, field, t, "modifier %.2s is not among those that this payer accepts with %s",
              t.z, j->policy->hcpcs_code);
  }
}

static void take_modifier(struct judgment *j, struct modifiers *ms, enum field field, struct text t, int modifier) {
  if (!in_code_set(j, field, t, modifier)) return;
  if (!new_in_form(ms, modifier)) {
    ms->count++;
    if (judged(j, RULE_MODIFIER_DUPLICATE)) {
      BROKEN_BY(j, RULE_MODIFIER_DUPLICATE, field, t, "modifier %.2s stands on the line more than once", t.z);
    }
    return;
  }
  if (any(ms, modifier)) return;
  if (ms->count++ == 0) memset(&ms->all, 0, sizeof ms->all);
  insert(&ms->all, modifier);
  ms->flags |= j->policy->modifier[modifier];
  ms->exclusive += (j->policy->modifier[modifier] & MODIFIER_EXCLUSIVE) != 0;
  if (judged(j, RULE_MODIFIER_NOT_ACCEPTED)) accepted(j, field, t, modifier);
}

static void take(struct judgment *j, struct modifiers *ms, enum field field, struct text t) {
  int modifier = h2040_modifier_number(t);
  if (modifier != NO_MODIFIER) {
    take_modifier(j, ms, field, t, modifier);
  } else if (judged(j, RULE_MODIFIER_MALFORMED)) {
    BROKEN_BY(j, RULE_MODIFIER_MALFORMED, field, t, "modifier %s is not two letters or digits", h2040_quote(t).z);
  }
}

static void take_glued(struct judgment *j, struct modifiers *ms) {
  struct text rest = j->code.glued;
  while (rest.n > 0) {
    size_t length = 0;
    while (length < rest.n && length < 2 && is_alnum(rest.z[length])) length++;
    if (length > 0) take(j, ms, FIELD_HCPCS_CODE, (struct text){ rest.z, length });
    size_t used = length > 0 ? length : 1;
    rest = (struct text){ rest.z + used, rest.n - used };
  }
  ms->form_count = 0;
}

/* Mostly there is none, or it is one modifier. */
static void take_list(struct judgment *j, struct modifiers *ms, enum field field) {
  const struct value *v = value_of(j, field);
  char digits[NUMBER_SIZE];
  struct text member;
  if (v->kind == VALUE_NULL) return;
  if (v->kind == VALUE_TEXT && v->size == 2) {
    int modifier = h2040_modifier_number(value_bytes(v));
    if (modifier != NO_MODIFIER && modifier != MODIFIER('N', 'A')) { /* na: none */
      take_modifier(j, ms, field, value_bytes(v), modifier);
      return;
    }
  }
  struct text rest = h2040_value_list(v, digits);
  if (h2040_blank(rest)) return;
  while (h2040_next_modifier(&rest, &member)) take(j, ms, field, member);
}

/* The field to name where no single modifier is to blame. */
static enum field modifier_field(const struct judgment *j) {
  for (int field = FIELD_MODIFIERS; field <= FIELD_MODIFIER_4; field++) {
    if (passed(j, (enum field)field)) return (enum field)field;
  }
  return FIELD_HCPCS_CODE; /* glued to it */
}

/* One group's members stand together in the list. */
static void conflict(struct judgment *j, const struct modifiers *ms) {
  const struct grouped_modifier *exclusive = j->policy->exclusive.items;
  int first = NO_MODIFIER;
  for (size_t i = 0; i < j->policy->exclusive.count; i++) {
    if (i == 0 || exclusive[i].group != exclusive[i - 1].group) first = NO_MODIFIER;
    if (!any(ms, exclusive[i].modifier) || exclusive[i].modifier == first) continue;
    if (first == NO_MODIFIER) {
      first = exclusive[i].modifier;
    } else {
      char one[3], other[3];
      BROKEN(j, RULE_MODIFIER_CONFLICT, modifier_field(j), "modifiers %s and %s exclude each other",
             h2040_modifier_text(first, one), h2040_modifier_text(exclusive[i].modifier, other));
    }
  }
}

static void required(struct judgment *j, const struct modifiers *ms) {
  const int *modifier = j->policy->required.items;
  char text[3];
  for (size_t i = 0; i < j->policy->required.count; i++) {
    if (any(ms, modifier[i])) continue;
    BROKEN(j, RULE_MODIFIER_REQUIRED, modifier_field(j), "this payer requires modifier %s with %s",
           h2040_modifier_text(modifier[i], text), j->policy->hcpcs_code);
  }
}

/* A group as a sentence lists it: "HP, HO, HN". */
static void list_group(const struct grouped_modifier *modifier, size_t count, char *out, size_t size) {
  size_t n = 0;
  for (size_t i = 0; i < count && n + 8 < size; i++) {
    char text[3];
    n += (size_t)snprintf(out + n, size - n, "%s%s", i > 0 ? ", " : "", h2040_modifier_text(modifier[i].modifier, text));
  }
}

static void one_of(struct judgment *j, const struct modifiers *ms) {
  const struct list *groups = &j->policy->one_of;
  const struct grouped_modifier *modifier = groups->items;
  for (size_t i = 0; i < groups->count;) {
    char list[100];
    bool met = false;
    size_t first = i;
    for (int group = modifier[i].group; i < groups->count && modifier[i].group == group; i++) {
      met |= any(ms, modifier[i].modifier);
    }
    if (met) continue;
    list_group(modifier + first, i - first, list, sizeof list);
    BROKEN(j, RULE_MODIFIER_ONE_OF, modifier_field(j), "this payer requires one of %s with %s", list,
           j->policy->hcpcs_code);
  }
}

static int first_telehealth(const struct judgment *j, const struct modifiers *ms) {
  int m = 0;
  while (!((j->policy->modifier[m] & MODIFIER_TELEHEALTH) && contains(&ms->all, m))) m++;
  return m;
}

static void telehealth(struct judgment *j, const struct modifiers *ms) {
  bool place = j->policy->telehealth_places.place[j->place];
  bool modifier = (ms->flags & MODIFIER_TELEHEALTH) != 0;
  if (j->policy->telehealth_places.any) return;
  if (place && !modifier && judged(j, RULE_MODIFIER_TELEHEALTH_MISSING) && j->policy->has_telehealth_modifiers) {
    BROKEN(j, RULE_MODIFIER_TELEHEALTH_MISSING, modifier_field(j),
           "place of service %02d is telehealth, but no telehealth modifier stands on the line", j->place);
  }
  if (modifier && !place && judged(j, RULE_MODIFIER_TELEHEALTH_PLACE)) {
    char text[3];
    BROKEN(j, RULE_MODIFIER_TELEHEALTH_PLACE, FIELD_PLACE_OF_SERVICE,
           "modifier %s is a telehealth modifier, but place of service %02d is not telehealth",
           h2040_modifier_text(first_telehealth(j, ms), text), j->place);
  }
}

static void settings(struct judgment *j, const struct modifiers *ms) {
  const struct setting *setting = j->policy->settings.items;
  char text[3];
  if (!j->policy->setting_place[j->place] && !(ms->flags & MODIFIER_SETTING)) return;
  for (size_t i = 0; i < j->policy->settings.count; i++) {
    bool place = setting[i].place[j->place];
    bool modifier = any(ms, setting[i].modifier);
    if (place && !modifier && judged(j, RULE_MODIFIER_SETTING_MISSING)) {
      BROKEN(j, RULE_MODIFIER_SETTING_MISSING, modifier_field(j), "place of service %02d calls for modifier %s", j->place,
             h2040_modifier_text(setting[i].modifier, text));
    }
    if (modifier && !place && judged(j, RULE_MODIFIER_SETTING_PLACE)) {
      BROKEN(j, RULE_MODIFIER_SETTING_PLACE, FIELD_PLACE_OF_SERVICE,
             "modifier %s belongs to other places of service than %02d",
             h2040_modifier_text(setting[i].modifier, text), j->place);
    }
  }
}

void h2040_judge_modifiers(struct judgment *j) {
  struct modifiers ms;
  ms.form_count = ms.count = 0;
  ms.flags = 0;
  ms.exclusive = 0;
  if (j->code.glued.n > 0) take_glued(j, &ms);
  if (passed(j, FIELD_MODIFIERS)) {
    take_list(j, &ms, FIELD_MODIFIERS);
    ms.form_count = 0;
  }
  if (passed(j, FIELD_MODIFIER_1)) take_list(j, &ms, FIELD_MODIFIER_1);
  if (passed(j, FIELD_MODIFIER_2)) take_list(j, &ms, FIELD_MODIFIER_2);
  if (passed(j, FIELD_MODIFIER_3)) take_list(j, &ms, FIELD_MODIFIER_3);
  if (passed(j, FIELD_MODIFIER_4)) take_list(j, &ms, FIELD_MODIFIER_4);
  if (judged(j, RULE_MODIFIER_TOO_MANY) && ms.count > SLOTS_OF_LINE) {
    BROKEN(j, RULE_MODIFIER_TOO_MANY, modifier_field(j), "%d modifiers; a line carries four", (int)ms.count);
  }
  if (judged(j, RULE_MODIFIER_CONFLICT) && ms.exclusive > 1) conflict(j, &ms);
  if (judged(j, RULE_MODIFIER_REQUIRED)) required(j, &ms);
  if (judged(j, RULE_MODIFIER_ONE_OF)) one_of(j, &ms);
  if (j->place >= 0) {
    telehealth(j, &ms);
    settings(j, &ms);
  }
  if (judged(j, RULE_MODIFIER_COMPLEXITY_UNSUPPORTED) && any(&ms, MODIFIER('2', '2'))
      && blank(j, FIELD_COMPLEXITY)) {
    BROKEN(j, RULE_MODIFIER_COMPLEXITY_UNSUPPORTED, FIELD_COMPLEXITY, "modifier 22 is billed, but complexity is blank");
  }
}
