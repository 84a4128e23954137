/* See conflict.h: what a row says. */
#include "conflict_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ID_SIZE = 64 };

/* A sentence that is written. */
struct sentence {
  char *z;
  size_t n;
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void say(struct sentence *s, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(s->z + s->n, CONFLICT_TEXT_SIZE - s->n, format, arguments);
  va_end(arguments);
  if (n > 0) s->n += (size_t)n < CONFLICT_TEXT_SIZE - s->n ? (size_t)n : CONFLICT_TEXT_SIZE - s->n - 1;
}

/* An id as a sentence names it: as it is, shortened where it is long. */
struct named {
  char z[ID_SIZE];
};

static struct named named(const struct value *v) {
  char number[NUMBER_SIZE];
  struct quoted quoted = h2040_quote(h2040_value_shown(v, number));
  struct named named = { "" };
  size_t n = strlen(quoted.z);
  memcpy(named.z, quoted.z + 1, n - 2);
  return named;
}

static struct value form_value(const struct id_numbers *numbers, uint32_t form) {
  return form == 0 ? (struct value){ .kind = VALUE_NULL } : id_form(numbers, form)->value;
}

static struct named name_of_provider(const struct conflicts *c, const struct conflict_line *line) {
  return named(block_item(&c->providers.ids, line->who - 1, sizeof(struct value)));
}

static struct named name_of_member(const struct conflicts *c, const struct conflict_line *line) {
  struct value v = form_value(&c->members, line->member_form);
  return named(&v);
}

static void say_claim(struct sentence *s, const struct conflict_line *line) {
  struct value kept[KEPT_LINE_NUMBER + 1];
  h2040_conflict_kept(line, KEPT_LINE_NUMBER + 1, kept);
  if (kept[KEPT_CLAIM_ID].kind == VALUE_NULL) say(s, "another line");
  else say(s, "claim %s", named(&kept[KEPT_CLAIM_ID]).z);
  if (kept[KEPT_LINE_NUMBER].kind != VALUE_NULL) say(s, " line %s", named(&kept[KEPT_LINE_NUMBER]).z);
}

static void say_time(struct sentence *s, int minute) {
  say(s, "%02d:%02d", minute / 60 % 24, minute % 60);
}

static void say_minutes(struct sentence *s, int64_t thousandths) {
  char number[NUMBER_SIZE];
  say(s, "%s", h2040_number_said((double)thousandths / 1000, number));
}

/* ---- a sentence for each rule ---- */

static void say_duplicate(struct sentence *s, const struct conflict_line *line, const struct conflict_line *other) {
  bool known = provider_of(line) != 0 && provider_of(other) != 0;
  say(s, known ? "the same member, provider, day and code as " : "the same member, day and code as ");
  say_claim(s, other);
  if (!known) say(s, "; no provider tells them apart");
}

static void say_similar(const struct conflicts *c, struct sentence *s, const struct conflict_line *other) {
  struct value code = form_value(&c->codes, code_of(c, other));
  say(s, "%s for the same member on the same day, ", named(&code).z);
  say_claim(s, other);
}

static void say_overlap(const struct conflicts *c, struct sentence *s, const struct conflict_line *line,
                        const struct conflict_line *other, bool of_provider) {
  char day[DATE_SIZE];
  if (of_provider) say(s, "provider %s is also with another member from ", name_of_provider(c, line).z);
  else say(s, "member %s is also with provider %s from ", name_of_member(c, line).z, name_of_provider(c, other).z);
  say_time(s, other->starts);
  if (other->day != line->day) say(s, " on %s", h2040_date_text(other->day, day));
  say(s, " to ");
  say_time(s, other->ends);
  say(s, ", ");
  say_claim(s, other);
}

static void say_day(const struct conflicts *c, struct sentence *s, const struct conflict_line *line,
                    const struct conflict_day *day) {
  char text[DATE_SIZE];
  if (s->n > 0) say(s, "; ");
  if (day->of_provider) say(s, "provider %s has ", name_of_provider(c, line).z);
  else say(s, "member %s has ", name_of_member(c, line).z);
  say_minutes(s, day->documented);
  say(s, " minutes documented");
  if (day->billed > 0) {
    say(s, " and ");
    say_minutes(s, day->billed);
    say(s, " billed");
  }
  say(s, " on %s, over %lld line%s", h2040_date_text(day->day, text), (long long)day->lines,
      plural((int64_t)day->lines));
}

/* A day of the member with one line is left to the provider, who has that line, too. */
static void say_days(const struct conflicts *c, struct sentence *s, const struct conflict_line *line,
                     const struct conflict_row *row) {
  for (int i = 0; i < 2; i++) {
    if (row->detail[i] == 0) continue;
    const struct conflict_day *day = full_day(c, row->detail[i]);
    if (i == 0 || day->lines > 1 || row->detail[0] == 0) say_day(c, s, line, day);
  }
}

static void say_cloned(struct sentence *s, const struct conflict_line *other, bool of_another) {
  struct value kept[KEPT_CLAIM_ID + 1];
  char day[DATE_SIZE];
  h2040_conflict_kept(other, KEPT_CLAIM_ID + 1, kept);
  say(s, of_another ? "the note of another member's " : "the note of this member's ");
  if (kept[KEPT_CLAIM_ID].kind == VALUE_NULL) say(s, "line");
  else say(s, "claim %s", named(&kept[KEPT_CLAIM_ID]).z);
  if (other->day != NO_DAY) say(s, " of %s", h2040_date_text(other->day, day));
  say(s, ", word for word");
}

static void say_resent(struct sentence *s, const struct conflict_line *other) {
  struct value kept[KEPT_COUNT];
  char day[DATE_SIZE];
  h2040_conflict_kept(other, KEPT_COUNT, kept);
  say(s, "sent again as ");
  say_claim(s, other);
  if (kept[KEPT_RECEIVED].kind == VALUE_INTEGER) {
    int64_t second = kept[KEPT_RECEIVED].integer;
    int64_t days = second / SECONDS_OF_DAY - (second % SECONDS_OF_DAY < 0);
    say(s, ", received %s", h2040_date_text((int32_t)days, day));
  }
  say(s, ", which counts in its place");
}

void h2040_conflict_tell_agency(struct conflicts *c, struct conflict_line *line, uint32_t lines) {
  char text[CONFLICT_TEXT_SIZE];
  struct sentence s = { text, 0 };
  say(&s, "provider %s is the billing provider of %lu line%s: an agency, not a person, so %s not compared by provider;"
          " staff_id says who gave a service", name_of_provider(c, line).z, (unsigned long)lines,
      plural((int64_t)lines), lines == 1 ? "it is" : "they are");
  h2040_conflict_tell(c, line, (struct text){ s.z, s.n });
}

static struct value message_of(const struct conflicts *c, const struct conflict_row *row, char *text) {
  const struct conflict_line *line = line_at(c, row->place);
  const struct conflict_line *other = row->other != NO_PLACE ? line_at(c, row->other) : NULL;
  struct sentence s = { text, 0 };
  switch (row->rule) {
    case RULE_DUPLICATE_SESSION: say_duplicate(&s, line, other); break;
    case RULE_SIMILAR_SAME_DAY: say_similar(c, &s, other); break;
    case RULE_TIME_OVERLAP: say_overlap(c, &s, line, other, true); break;
    case RULE_TIME_MEMBER_OVERLAP: say_overlap(c, &s, line, other, false); break;
    case RULE_TIME_IMPOSSIBLE_DAY: say_days(c, &s, line, row); break;
    case RULE_NOTE_CLONED: say_cloned(&s, other, row->detail[0] > 0); break;
    case RULE_CLAIM_RESENT: say_resent(&s, other); break;
    default: return (struct value){ .kind = VALUE_NULL };
  }
  return value_of_text((struct text){ s.z, s.n });
}

/* ---- the parts of a row ---- */

struct value h2040_conflict_date(const struct conflicts *c, const struct conflict_row *row, char *text) {
  const struct conflict_line *line = line_at(c, row->place);
  if (line->day != NO_DAY) return value_of_text(h2040_text(h2040_date_text(line->day, text)));
  if (line->told == 0) return (struct value){ .kind = VALUE_NULL };
  const struct told_line *told = told_of(c, line);
  return told->service_date;
}

/* The field at fault. */
static struct value value_of_row(const struct conflicts *c, const struct conflict_row *row, char *text) {
  const struct conflict_line *line = line_at(c, row->place);
  struct value kept[KEPT_COUNT];
  struct sentence s = { text, 0 };
  switch (row->rule) {
    case RULE_DUPLICATE_SESSION: case RULE_SIMILAR_SAME_DAY:
      return form_value(&c->codes, has_field(c, FIELD_HCPCS_CODE) ? line->code_form : 0);
    case RULE_TIME_OVERLAP: case RULE_TIME_MEMBER_OVERLAP:
      say_time(&s, line->starts);
      return value_of_text((struct text){ s.z, s.n });
    case RULE_TIME_IMPOSSIBLE_DAY: {
      const struct conflict_day *day = full_day(c, row->detail[row->detail[0] == 0]);
      return value_of_text(h2040_text(h2040_date_text(day->day, text)));
    }
    case RULE_NOTE_CLONED: /* of the two the one that was read later has it */
      h2040_conflict_kept(line, KEPT_COUNT, kept);
      if (kept[KEPT_EXCERPT].kind == VALUE_NULL) h2040_conflict_kept(line_at(c, row->other), KEPT_COUNT, kept);
      return kept[KEPT_EXCERPT];
    case RULE_CLAIM_RESENT:
      h2040_conflict_kept(line, KEPT_COUNT, kept);
      return kept[kept[KEPT_CLAIM_NUMBER].kind != VALUE_NULL ? KEPT_CLAIM_NUMBER : KEPT_CLAIM_ID];
    default:
      return (struct value){ .kind = VALUE_NULL };
  }
}

static struct value problem_of(const struct conflicts *c, const struct conflict_row *row) {
  const struct conflict_line *line = line_at(c, row->place);
  if (row->rule != RULE_COUNT) return (struct value){ .kind = VALUE_NULL };
  const struct told_line *told = told_of(c, line);
  return id_form(&c->words, told->words)->value;
}

struct value h2040_conflicts_show(const struct conflicts *c, size_t at, enum conflict_part part, char *text) {
  const struct conflict_row *row = block_item(&c->rows, c->shown[at], sizeof *row);
  const struct conflict_line *line = line_at(c, row->place);
  struct value kept[KEPT_LINE_NUMBER + 1] = { { .kind = VALUE_NULL } };
  switch (part) {
    case CONFLICT_RULE:
      return row->rule == RULE_COUNT ? kept[0] : value_of_text(h2040_text(h2040_rules[row->rule].id));
    case CONFLICT_CLAIM_ID: case CONFLICT_LINE_NUMBER:
      h2040_conflict_kept(line, KEPT_LINE_NUMBER + 1, kept);
      return kept[part == CONFLICT_CLAIM_ID ? KEPT_CLAIM_ID : KEPT_LINE_NUMBER];
    case CONFLICT_OTHER_CLAIM_ID: case CONFLICT_OTHER_LINE_NUMBER:
      if (row->other != NO_PLACE) h2040_conflict_kept(line_at(c, row->other), KEPT_LINE_NUMBER + 1, kept);
      return kept[part == CONFLICT_OTHER_CLAIM_ID ? KEPT_CLAIM_ID : KEPT_LINE_NUMBER];
    case CONFLICT_PAYER_ID: return form_value(&c->payers, line->payer_form);
    case CONFLICT_MEMBER_ID: return form_value(&c->members, line->member_form);
    case CONFLICT_RENDERING_NPI: return form_value(&c->providers, line->npi_form);
    case CONFLICT_SERVICE_DATE: return h2040_conflict_date(c, row, text);
    case CONFLICT_VALUE: return value_of_row(c, row, text);
    case CONFLICT_MESSAGE: return message_of(c, row, text);
    default: return problem_of(c, row);
  }
}
