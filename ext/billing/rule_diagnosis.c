/*
** diagnosis.missing, diagnosis.malformed, diagnosis.not_qualifying
**
** Where the diagnoses of a line stand and how they are written is told in diagnosis.h.
** Before ICD-10 none is judged.
*/
#include "diagnosis.h"
#include "judgment.h"

#include <string.h>

struct diagnoses {
  int32_t day;          /* of the service, for the reading */
  bool any, qualified;
  enum field field;     /* the first that was passed */
  char numbered[64];    /* those of diagnosis_1 …, for a message */
  size_t numbered_size;
};

static bool take(struct judgment *j, struct diagnoses *all, struct text t) {
  struct diagnosis d;
  if (!h2040_read_diagnosis(t, all->day, &d)) return false;
  all->any = true;
  if (!all->qualified) all->qualified = ranges_hold(&j->policy->diagnoses, d.number);
  return true;
}

/* Mostly a list is one diagnosis. */
static void take_list(struct judgment *j, struct diagnoses *all, enum field field) {
  char number[NUMBER_SIZE];
  struct text rest = h2040_value_list(value_of(j, field), number);
  struct text member;
  if (take(j, all, rest) || h2040_blank(rest)) return;
  while (h2040_next_diagnosis(&rest, &member)) {
    if (take(j, all, member)) continue;
    all->any = true;
    if (judged(j, RULE_DIAGNOSIS_MALFORMED)) {
      BROKEN_BY(j, RULE_DIAGNOSIS_MALFORMED, field, member, "%s is not written as an ICD-10-CM code",
                h2040_quote(member).z);
    }
  }
}

static void show_numbered(struct judgment *j, struct diagnoses *all, enum field field) {
  char number[NUMBER_SIZE];
  struct text t = h2040_value_list(value_of(j, field), number);
  if (!j->report || h2040_blank(t) || all->numbered_size + t.n + 1 > sizeof all->numbered) return;
  if (all->numbered_size > 0) all->numbered[all->numbered_size++] = ' ';
  memcpy(all->numbered + all->numbered_size, t.z, t.n);
  all->numbered_size += t.n;
}

/* Those of diagnosis_1 … diagnosis_12 that the line points to. */
static void take_numbered(struct judgment *j, struct diagnoses *all) {
  unsigned meant = 0;
  enum reading reading = BLANK;
  if (passed(j, FIELD_DIAGNOSIS_POINTERS)) {
    reading = h2040_read_pointers(value_of(j, FIELD_DIAGNOSIS_POINTERS), &meant);
  }
  if (reading == UNREADABLE && judged(j, RULE_DIAGNOSIS_MALFORMED)) {
    BROKEN(j, RULE_DIAGNOSIS_MALFORMED, FIELD_DIAGNOSIS_POINTERS,
           "diagnosis_pointers %s cannot be read: they are numbers from 1 to 12, or letters from A to L",
           quoted_value(j, FIELD_DIAGNOSIS_POINTERS).z);
  }
  for (int i = 0; i < MOST_DIAGNOSES; i++) {
    enum field field = (enum field)(FIELD_DIAGNOSIS_1 + i);
    if (!passed(j, field)) continue;
    if (all->field == FIELD_DIAGNOSIS_POINTERS) all->field = field;
    if (reading == READ && !(meant >> i & 1)) continue;
    take_list(j, all, field);
    show_numbered(j, all, field);
  }
}

void h2040_judge_diagnosis(struct judgment *j) {
  struct diagnoses all = {
    .day = j->has_service_day ? j->service_day : INT32_MAX,
    .qualified = j->policy->diagnoses.any,
    .field = FIELD_DIAGNOSIS_POINTERS,
  };
  bool numbered = set_meets(j->line->passed, numbered_diagnoses());
  if ((!numbered && !passed(j, FIELD_DIAGNOSIS_CODES)) || all.day < ICD_10_FROM) return;
  if (passed(j, FIELD_DIAGNOSIS_CODES)) {
    all.field = FIELD_DIAGNOSIS_CODES;
    take_list(j, &all, FIELD_DIAGNOSIS_CODES);
  }
  if (numbered) take_numbered(j, &all);
  if (!all.any) {
    if (judged(j, RULE_DIAGNOSIS_MISSING)) {
      BROKEN(j, RULE_DIAGNOSIS_MISSING, all.field, "%s is blank", h2040_field_names[all.field]);
    }
  } else if (!all.qualified && judged(j, RULE_DIAGNOSIS_NOT_QUALIFYING)) {
    struct text shown = { all.numbered, all.numbered_size };
    struct quoted list = numbered ? h2040_quote(shown) : quoted_value(j, all.field);
    BROKEN(j, RULE_DIAGNOSIS_NOT_QUALIFYING, all.field, "no diagnosis of %s qualifies for %s with this payer", list.z,
           j->policy->hcpcs_code);
  }
}
