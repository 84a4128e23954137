/*
** What the families of rules share (judgment.h): how a broken rule gets its words,
** and the one question that two families ask alike.
*/
#include "judgment.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SENTENCES = 4 }; /* of one finding: enough to act on */

const char *h2040_remedy_text(enum rule rule, enum remedy remedy) {
  switch (remedy) {
    case REMEDY_DATE: return "Enter the day as the record has it, as YYYY-MM-DD, or say by `dates` how days are written.";
    case REMEDY_FOCUS: return "Enter the focus as one of these words, as the note supports it.";
    default: return h2040_rules[rule].remedy;
  }
}

static struct finding *open_finding(struct judgment *j, enum rule rule, enum field field) {
  struct finding *finding = &j->report->finding[rule];
  /* The bit is set by now; the first sentence is told by its count, which
  ** h2040_judge cleared. */
  if (finding->sentences == 0) {
    const struct value *value = value_of(j, field);
    bool has_value = passed(j, field) && value->kind != VALUE_NULL;
    finding->field = field;
    finding->remedy = REMEDY_OF_RULE;
    finding->carc = h2040_rules[rule].carc;
    finding->value = has_value ? h2040_value_shown(value, finding->members) : (struct text){ NULL, 0 };
    finding->message[0] = 0;
  }
  return finding;
}

static void add_sentence(struct finding *finding, const char *sentence) {
  size_t n = strlen(finding->message);
  if (finding->sentences > 0 && strstr(finding->message, sentence)) return; /* a pair that two groups hold */
  if (finding->sentences == MOST_SENTENCES) {
    snprintf(finding->message + n, sizeof finding->message - n, "; and more");
  } else if (finding->sentences < MOST_SENTENCES) {
    snprintf(finding->message + n, sizeof finding->message - n, "%s%s", finding->sentences > 0 ? "; " : "", sentence);
  }
  finding->sentences++;
}

void h2040_report(struct judgment *j, enum rule rule, enum field field, const char *format, ...) {
  struct finding *finding = open_finding(j, rule, field);
  char sentence[sizeof finding->message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  add_sentence(finding, sentence);
}

/* The value of the finding is the list of the members, as far as there is room;
** a first member that is too long for the list is shown where it stands. */
static void add_member(struct finding *finding, struct text member) {
  size_t n = 0;
  if (finding->sentences == 0 && member.n > sizeof finding->members) {
    finding->value = member;
    return;
  }
  if (finding->sentences > 0) {
    if (finding->value.z != finding->members || finding->value.n + 1 + member.n > sizeof finding->members) return;
    n = finding->value.n;
    finding->members[n++] = ' ';
  }
  memcpy(finding->members + n, member.z, member.n);
  finding->value = (struct text){ finding->members, n + member.n };
}

void h2040_report_member(struct judgment *j, enum rule rule, enum field field, struct text member,
                         const char *format, ...) {
  struct finding *finding = open_finding(j, rule, field);
  char sentence[sizeof finding->message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  if (strstr(finding->message, sentence)) return; /* the same member again */
  add_member(finding, member);
  add_sentence(finding, sentence);
}

void h2040_date_unreadable(struct judgment *j, enum rule rule, enum field field) {
  BROKEN(j, rule, field, "%s %s cannot be read as a date", h2040_field_names[field], quoted_value(j, field).z);
  use_remedy(j, rule, REMEDY_DATE);
}

void h2040_judge_in_force(struct judgment *j, const struct term *term) {
  char day[DATE_SIZE], edge[DATE_SIZE];
  int32_t start, end;
  enum reading start_reading = read_date(j, term->start, &start);
  enum reading end_reading = passed(j, term->end) ? read_date(j, term->end, &end) : BLANK;
  if (start_reading == UNREADABLE || end_reading == UNREADABLE) {
    h2040_date_unreadable(j, term->rule, start_reading == UNREADABLE ? term->start : term->end);
    use_carc(j, term->rule, start_reading == UNREADABLE ? term->carc_before : term->carc_after);
  } else if (start_reading == READ && j->has_service_day && j->service_day < start) {
    BROKEN(j, term->rule, term->start, "the %s starts on %s, after the service of %s", term->what,
           h2040_date_text(start, edge), h2040_date_text(j->service_day, day));
    use_carc(j, term->rule, term->carc_before);
  } else if (end_reading == READ && j->has_service_day && j->service_day > end) {
    BROKEN(j, term->rule, term->end, "the %s ended on %s, before the service of %s", term->what,
           h2040_date_text(end, edge), h2040_date_text(j->service_day, day));
    use_carc(j, term->rule, term->carc_after);
  }
}
