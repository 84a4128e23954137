/*
** time.unreadable, documentation.no_date … documentation.unsigned
**
** Which of them are judged, the policy's `documentation` says.  Most ask only
** whether the note says anything under a heading.
*/
#include "judgment.h"

static void date(struct judgment *j) {
  char noted[DATE_SIZE], day[DATE_SIZE];
  int32_t note_day;
  enum reading reading = read_date(j, FIELD_NOTE_DATE, &note_day);
  if (reading == READ) {
    if (judged(j, RULE_DOCUMENTATION_DATE_MISMATCH) && j->has_service_day && note_day != j->service_day) {
      BROKEN(j, RULE_DOCUMENTATION_DATE_MISMATCH, FIELD_NOTE_DATE, "the note is of %s, the service of %s",
             h2040_date_text(note_day, noted), h2040_date_text(j->service_day, day));
    }
  } else if (judged(j, RULE_DOCUMENTATION_NO_DATE)) {
    if (reading == BLANK) BROKEN(j, RULE_DOCUMENTATION_NO_DATE, FIELD_NOTE_DATE, "note_date is blank");
    else h2040_date_unreadable(j, RULE_DOCUMENTATION_NO_DATE, FIELD_NOTE_DATE);
  }
}

static struct quoted time_shown(const struct judgment *j, enum field field) {
  static const struct quoted not_passed = { "(not passed)" };
  static const struct quoted empty = { "(blank)" };
  if (!passed(j, field)) return not_passed;
  return blank(j, field) ? empty : quoted_value(j, field);
}

static void no_duration(struct judgment *j) {
  if (passed(j, FIELD_DURATION_MINUTES) && !blank(j, FIELD_DURATION_MINUTES)) {
    BROKEN(j, RULE_DOCUMENTATION_NO_DURATION, FIELD_DURATION_MINUTES, "duration_minutes %s is no number of minutes above 0",
           quoted_value(j, FIELD_DURATION_MINUTES).z);
  } else if ((passed(j, FIELD_START_TIME) && !blank(j, FIELD_START_TIME))
             || (passed(j, FIELD_END_TIME) && !blank(j, FIELD_END_TIME))) {
    BROKEN(j, RULE_DOCUMENTATION_NO_DURATION, passed(j, FIELD_START_TIME) ? FIELD_START_TIME : FIELD_END_TIME,
           "no duration can be read from start_time %s and end_time %s",
           time_shown(j, FIELD_START_TIME).z, time_shown(j, FIELD_END_TIME).z);
  } else {
    enum field field = passed(j, FIELD_DURATION_MINUTES) ? FIELD_DURATION_MINUTES
                       : passed(j, FIELD_START_TIME)     ? FIELD_START_TIME
                                                         : FIELD_END_TIME;
    BROKEN(j, RULE_DOCUMENTATION_NO_DURATION, field, "neither minutes nor start and end times are documented");
  }
}

/* Whether the note says anything there.  Inline, so that rule and field are known. */
static inline void demand(struct judgment *j, enum rule rule, enum field field) {
  if (judged(j, rule) && blank(j, field)) BROKEN(j, rule, field, "%s is blank", h2040_field_names[field]);
}

static void time_unreadable(struct judgment *j, enum field field) {
  int second;
  if (!passed(j, field) || h2040_read_time(value_of(j, field), j->line->dates, &second) != UNREADABLE) return;
  BROKEN(j, RULE_TIME_UNREADABLE, field, "%s %s cannot be read as a time", h2040_field_names[field],
         quoted_value(j, field).z);
}

void h2040_judge_documentation(struct judgment *j) {
  if (judged(j, RULE_TIME_UNREADABLE)) {
    time_unreadable(j, FIELD_START_TIME);
    time_unreadable(j, FIELD_END_TIME);
  }
  if (judged(j, RULE_DOCUMENTATION_NO_DATE) || judged(j, RULE_DOCUMENTATION_DATE_MISMATCH)) date(j);
  if (judged(j, RULE_DOCUMENTATION_NO_DURATION) && !j->has_minutes) no_duration(j);
  demand(j, RULE_DOCUMENTATION_NO_PURPOSE, FIELD_PURPOSE);
  demand(j, RULE_DOCUMENTATION_NO_GOAL_LINK, FIELD_PLAN_GOAL);
  demand(j, RULE_DOCUMENTATION_NO_ACTIVITIES, FIELD_ACTIVITIES);
  demand(j, RULE_DOCUMENTATION_NO_RESPONSE, FIELD_CLIENT_RESPONSE);
  demand(j, RULE_DOCUMENTATION_NO_PROGRESS, FIELD_PROGRESS);
  demand(j, RULE_DOCUMENTATION_NO_NEXT_STEPS, FIELD_NEXT_STEPS);
  demand(j, RULE_DOCUMENTATION_NO_MEDICAL_NECESSITY, FIELD_MEDICAL_NECESSITY);
  demand(j, RULE_DOCUMENTATION_NO_EFFECTIVENESS, FIELD_EFFECTIVENESS);
  demand(j, RULE_DOCUMENTATION_UNSIGNED, FIELD_SIGNED_BY);
}
