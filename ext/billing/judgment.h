/*
** Judging one claim line by a set of policies: by the one of its code.
**
**   struct claim_line line;      what was passed, and the values
**   struct judgment j;
**   switch (h2040_judge(&j, &line, policies, report)) …
**
** j.broken is then the set of broken rules.  With a report each broken rule
** also leaves its words there: which field, which value, what is wrong.  Without
** one nothing is written and nothing is allocated: that is the fast path.
**
** Each family of rules is judged by one function in rule_<family>.c; it says
**
**   BROKEN(j, RULE_UNIT_TOO_SHORT, FIELD_DURATION_MINUTES, "%d minutes …", …);
**
** so that a rule's condition and its words stand together.
*/
#ifndef H2040_JUDGMENT_H
#define H2040_JUDGMENT_H

#include "claim_line.h"
#include "policy.h"
#include "procedure_code.h"
#include "quote.h"

/* The catalogue's remedy does not fit where a field is filled in with what cannot be
** read: then that is to be mended first. */
enum remedy { REMEDY_OF_RULE, REMEDY_DATE, REMEDY_FOCUS };
const char *h2040_remedy_text(enum rule rule, enum remedy remedy);

/* What a broken rule has to say.  A rule broken by several members of a list
** says so of each, up to a few. */
struct finding {
  enum field field;
  struct text value; /* the field as passed, or the offending members; z is NULL: SQL NULL */
  enum remedy remedy;
  const char *carc; /* its own, where the rule may bear several; "": none */
  int sentences;
  char members[64];
  char message[448]; /* has room for the longest, so that none ends within a character */
};

struct report {
  struct finding finding[LINE_RULE_COUNT]; /* filled for the broken ones */
};

enum frequency { FREQUENCY_ORIGINAL, FREQUENCY_REPLACEMENT, FREQUENCY_VOID, FREQUENCY_UNKNOWN };

struct judgment {
  const struct claim_line *line;
  const struct policy *policy;
  struct set judged; /* rules */
  struct set broken; /* rules */
  struct report *report;

  /* What several families need to know. */
  bool has_service_day;
  int32_t service_day;
  enum frequency frequency;
  int place;          /* -1: not passed, or not an assigned code */
  bool has_minutes;
  double minutes;     /* documented, more than 0 */
  enum field minutes_field; /* where they stand: duration_minutes or start_time */
  struct procedure_code code; /* the line's; CODE_BLANK where none was passed */
};

enum verdict {
  NOT_JUDGED,       /* a code without a policy, no code, or a void */
  JUDGED,
  UNREADABLE_AS_OF, /* the query wrote a day that cannot be read */
  NO_CODE           /* the line has no hcpcs_code, which alone could tell by which policy it is judged */
};

enum verdict h2040_judge(struct judgment *j, const struct claim_line *line, struct policy_set *policies,
                         struct report *report);

/* The policy of a set that judges lines of a code, also of one that is miswritten; NULL: none. */
static inline const struct policy *h2040_policy_for_code(const struct policy_set *policies,
                                                         const struct procedure_code *code) {
  return code->form >= CODE_WRITTEN ? h2040_policy_for(policies, code->code) : NULL;
}

/* The same for the modifiers alone; for modifier_valid.  Whether the code is the
** policy's is in `rules`. */
void h2040_judge_modifier_list(struct judgment *j, const struct claim_line *line, const struct policy *policy,
                               struct set rules, struct report *report);

/* --- for the families ----------------------------------------------------- */

void h2040_judge_code(struct judgment *j);
void h2040_judge_claim(struct judgment *j);
void h2040_judge_units(struct judgment *j);
void h2040_judge_dates(struct judgment *j);
void h2040_judge_member(struct judgment *j);
void h2040_judge_provider(struct judgment *j);
void h2040_judge_diagnosis(struct judgment *j);
void h2040_judge_plan(struct judgment *j);
void h2040_judge_modifiers(struct judgment *j);
void h2040_judge_place(struct judgment *j);
void h2040_judge_documentation(struct judgment *j);
void h2040_judge_authorization(struct judgment *j);

/* What lasts from one field's day to another's: a plan, an authorization, a coverage, an
** enrollment. */
struct term {
  enum rule rule;
  const char *what;
  enum field start, end;
  const char *carc_before, *carc_after; /* of a service before it, and after it */
};

/* Whether it was in force on the day of service.  A blank end is open, and so is one that
** was not passed. */
void h2040_judge_in_force(struct judgment *j, const struct term *term);

/* The rule is broken because a field's date is filled in and cannot be read. */
void h2040_date_unreadable(struct judgment *j, enum rule rule, enum field field);

/* An NPI's ten digits and their check digit. */
bool h2040_npi_valid(struct text npi);

static inline bool judged(const struct judgment *j, enum rule rule) {
  return set_has(j->judged, (int)rule);
}

static inline bool passed(const struct judgment *j, enum field field) {
  return set_has(j->line->passed, (int)field);
}

static inline const struct value *value_of(const struct judgment *j, enum field field) {
  return &j->line->value[field];
}

static inline bool blank(const struct judgment *j, enum field field) {
  return h2040_value_blank(value_of(j, field));
}

#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void h2040_report(struct judgment *j, enum rule rule, enum field field, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
void h2040_report_member(struct judgment *j, enum rule rule, enum field field, struct text member,
                         const char *format, ...);

static inline void use_remedy(struct judgment *j, enum rule rule, enum remedy remedy) {
  if (j->report) j->report->finding[rule].remedy = remedy;
}

static inline void use_carc(struct judgment *j, enum rule rule, const char *carc) {
  if (j->report) j->report->finding[rule].carc = carc;
}

#define BROKEN(j, rule, field, ...) \
  do { \
    set_add(&(j)->broken, rule); \
    if ((j)->report) h2040_report(j, rule, field, __VA_ARGS__); \
  } while (0)

/* Broken by one member of a list. */
#define BROKEN_BY(j, rule, field, member, ...) \
  do { \
    set_add(&(j)->broken, rule); \
    if ((j)->report) h2040_report_member(j, rule, field, member, __VA_ARGS__); \
  } while (0)

/* The value of a field as a message shows it. */
static inline struct quoted quoted_value(const struct judgment *j, enum field field) {
  char number[NUMBER_SIZE];
  return h2040_quote(h2040_value_shown(value_of(j, field), number));
}

/* Many a field's day is that of the service, and is then written as that is. */
static inline enum reading read_date(const struct judgment *j, enum field field, int32_t *day) {
  const struct value *v = value_of(j, field);
  const struct value *service = value_of(j, FIELD_SERVICE_DATE);
  if (j->has_service_day && v->kind == VALUE_TEXT && v->size == 10 && service->kind == VALUE_TEXT && service->size == 10
      && memcmp(v->bytes, service->bytes, 10) == 0) {
    *day = j->service_day;
    return READ;
  }
  return h2040_read_date(v, j->line->dates, day);
}

#endif
