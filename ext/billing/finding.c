/*
** What the families of rules share (judgment.h): how a broken rule gets its words,
** and the one question that two families ask alike.
*/
#include "date.h"
#include "judgment.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SENTENCES = 4 }; /* of one finding: enough to act on */

static struct finding *open_finding(struct judgment *j, enum rule rule, enum field field) {
  struct finding *finding = &j->report->finding[rule];
  /* The bit is set by now; the first sentence is told by its count, which
  ** h2040_judge cleared. */
  if (finding->sentences == 0) {
    bool has_value = passed(j, field) && value_of(j, field)->kind != VALUE_NULL;
    finding->field = field;
    finding->value = has_value ? value_of(j, field)->text : (struct text){ NULL, 0 };
    finding->message[0] = 0;
  }
  return finding;
}

static void add_sentence(struct finding *finding, const char *format, va_list arguments) {
  size_t n = strlen(finding->message);
  if (finding->sentences == MOST_SENTENCES) {
    snprintf(finding->message + n, sizeof finding->message - n, "; and more");
  } else if (finding->sentences < MOST_SENTENCES) {
    if (finding->sentences > 0) snprintf(finding->message + n, sizeof finding->message - n, "; ");
    n = strlen(finding->message);
    vsnprintf(finding->message + n, sizeof finding->message - n, format, arguments);
  }
  finding->sentences++;
}

void h2040_report(struct judgment *j, enum rule rule, enum field field, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add_sentence(open_finding(j, rule, field), format, arguments);
  va_end(arguments);
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
  va_list arguments;
  add_member(finding, member);
  va_start(arguments, format);
  add_sentence(finding, format, arguments);
  va_end(arguments);
}

void h2040_judge_in_force(struct judgment *j, enum rule rule, const char *what, enum field start_field,
                          enum field end_field) {
  char day[DATE_SIZE], edge[DATE_SIZE];
  int32_t start, end;
  enum reading start_reading = h2040_read_date(value_of(j, start_field), &start);
  enum reading end_reading = passed(j, end_field) ? h2040_read_date(value_of(j, end_field), &end) : BLANK;
  if (start_reading == UNREADABLE || end_reading == UNREADABLE) {
    enum field field = start_reading == UNREADABLE ? start_field : end_field;
    BROKEN(j, rule, field, "%s %s cannot be read as a date", h2040_field_names[field], quoted_value(j, field).z);
  } else if (start_reading == READ && j->has_service_day && j->service_day < start) {
    BROKEN(j, rule, start_field, "the %s starts on %s, after the service of %s", what, h2040_date_text(start, edge),
           h2040_date_text(j->service_day, day));
  } else if (end_reading == READ && j->has_service_day && j->service_day > end) {
    BROKEN(j, rule, end_field, "the %s ended on %s, before the service of %s", what, h2040_date_text(end, edge),
           h2040_date_text(j->service_day, day));
  }
}
