/* See canonical.h. */
#include "canonical.h"
#include "code_set.h"
#include "diagnosis.h"
#include "procedure_code.h"
#include "quote.h"

#include <stdio.h>
#include <string.h>

/* --- what is told ---------------------------------------------------------- */

static struct quoted shown(const struct value *v) {
  char number[NUMBER_SIZE];
  return h2040_quote(h2040_value_shown(v, number));
}

/* The value stays as it was. */
static void stays(struct canonical *out, enum field field, const struct value *v, const char *why) {
  out->value = *v;
  snprintf(out->problem, sizeof out->problem, "%s %s %s", h2040_field_names[field], shown(v).z, why);
}

static const char *why_unreadable(enum field_kind kind) {
  switch (kind) {
    case KIND_NUMBER: return "cannot be read as a number";
    case KIND_AMOUNT: return "cannot be read as an amount";
    case KIND_DATE:
    case KIND_TIMESTAMP: return "cannot be read as a date";
    case KIND_TIME: return "cannot be read as a time";
    case KIND_PLACE: return "cannot be read as a place of service";
    case KIND_CODES: return "holds what is no procedure code";
    default: return "is no procedure code"; /* KIND_CODE */
  }
}

/* --- values of one field ---------------------------------------------------- */

static struct value of_integer(int64_t integer) { return (struct value){ .kind = VALUE_INTEGER, .integer = integer }; }

static struct value of_room(struct canonical *out, size_t n) {
  return value_of_text((struct text){ out->room, n });
}

static void take_id(struct canonical *out, const struct value *v) {
  out->value = *v;
  if (v->kind == VALUE_TEXT) out->value = value_of_text(h2040_trim(value_bytes(v)));
  struct value id = h2040_id_of(&out->value, COLLATION_BINARY);
  if (id.kind != VALUE_INTEGER) return;
  if (v->kind != VALUE_TEXT) out->value = id;
  const char *point = v->kind == VALUE_TEXT ? memchr(out->value.bytes, '.', out->value.size) : NULL;
  if (point) out->value.size = (uint32_t)(point - out->value.bytes);
}

static void take_digits(struct canonical *out, const struct value *v) {
  char number[NUMBER_SIZE];
  if (has_bytes(v)) out->value = value_of_text(h2040_value_code(v, number));
  else out->value = h2040_id_of(v, COLLATION_BINARY);
}

/* Whole numbers without a fraction, as SQL would store what is read.  Text with more digits
** than a number holds stays. */
static void take_number(struct canonical *out, double number, const struct value *v) {
  const double exact = 9007199254740992.0; /* 2 to the 53rd */
  int64_t whole;
  if (h2040_read_whole_number(v, &whole) == READ && whole != INT64_MAX && whole != INT64_MIN) {
    out->value = of_integer(whole);
  } else if (number <= -exact || number >= exact) {
    out->value = *v;
  } else if ((double)(int64_t)number == number) {
    out->value = of_integer((int64_t)number);
  } else {
    out->value = (struct value){ .kind = VALUE_REAL, .real = number };
  }
}

static size_t write_time(char *out, size_t size, int second) {
  int n = second % 60 == 0 ? snprintf(out, size, "%02d:%02d", second / 3600 % 24, second / 60 % 60)
                           : snprintf(out, size, "%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60);
  return (size_t)n;
}

/* second: -1 where it has no time that is kept. */
static void take_day(struct canonical *out, const struct value *v, int32_t day, int second) {
  char text[DATE_SIZE];
  size_t n;
  if (second < 0 && v->kind == VALUE_TEXT && v->size == 10 && h2040_iso_day(v->bytes, &day)) {
    out->value = *v;
    return;
  }
  h2040_date_text(day, text);
  n = strlen(text);
  if (n > 10) n = 10;
  memcpy(out->room, text, n);
  if (second >= 0) {
    out->room[n++] = ' ';
    n += write_time(out->room + n, sizeof out->room - n, second);
  }
  out->value = of_room(out, n);
}

static bool take_place(struct canonical *out, const struct value *v) {
  char number[NUMBER_SIZE];
  int place = h2040_read_place(h2040_value_code(v, number));
  if (place < 0) return false;
  out->room[0] = (char)('0' + place / 10);
  out->room[1] = (char)('0' + place % 10);
  out->value = of_room(out, 2);
  return true;
}

static void take_code(struct canonical *out, enum field field, const struct value *v) {
  struct procedure_code code;
  h2040_read_procedure_code(v, &code);
  if (code.form == CODE_NONE) {
    stays(out, field, v, why_unreadable(KIND_CODE));
  } else if (code.form == CODE_MISWRITTEN) {
    char why[32];
    snprintf(why, sizeof why, "should be written %s", code.code);
    stays(out, field, v, why);
  } else if (code.form == CODE_WRITTEN) {
    if (v->kind == VALUE_TEXT && v->size == 5 && memcmp(v->bytes, code.code, 5) == 0) {
      out->value = *v;
    } else {
      memcpy(out->room, code.code, sizeof code.code);
      out->value = of_room(out, 5);
    }
  }
}

/* The day of service, which decides how a birth and a diagnosis are read. */
static int32_t service_day(const struct claim_line *line) {
  int32_t day;
  bool known = set_has(line->passed, FIELD_SERVICE_DATE)
               && h2040_read_date(&line->value[FIELD_SERVICE_DATE], line->dates, &day) == READ;
  return known ? day : INT32_MAX;
}

/* --- lists ------------------------------------------------------------------ */

/* A list that is being written, its members apart by spaces. */
struct writing {
  char *z;
  size_t n;
};

static void write_member(struct writing *w, struct text member) {
  if (w->n > 0) w->z[w->n++] = ' ';
  memcpy(w->z + w->n, member.z, member.n);
  w->n += member.n;
}

static bool begin_writing(struct writing *w, struct arena *arena, size_t room) {
  *w = (struct writing){ h2040_arena_take(arena, room), 0 };
  return w->z != NULL;
}

static struct text list_of(const struct claim_line *line, enum field field, char number[NUMBER_SIZE]) {
  if (!set_has(line->passed, (int)field) || h2040_value_blank(&line->value[field])) return TEXT("");
  return h2040_value_list(&line->value[field], number);
}

/* What was written.  A lone member that would read as blank (":x:") stays as it was. */
static void take_written(const struct claim_line *line, struct canonical *out, const struct writing *w,
                         enum field list, enum field first, enum field last) {
  struct text written = { w->z, w->n };
  char number[NUMBER_SIZE];
  out->value = (struct value){ .kind = VALUE_NULL };
  if (w->n == 0) return;
  out->value = value_of_text(written);
  if (!h2040_blank(written)) return;
  for (int field = (int)last; field >= (int)first; field--) {
    if (list_of(line, (enum field)field, number).n > 0) out->value = line->value[field];
  }
  if (list_of(line, list, number).n > 0) out->value = line->value[list];
}

/* The modifiers that stand in a form: the list, or the slots together. */
struct modifier_form {
  bool has[MODIFIER_COUNT];
};

static void bad_member(struct canonical *out, enum field field, struct text member, const char *why) {
  if (out->problem[0]) return;
  snprintf(out->problem, sizeof out->problem, "%s: %s %s", h2040_field_names[field], h2040_quote(member).z, why);
}

/* Writes the modifiers of a list.  form: those of its form so far; other: those of the
** form before, which this one only tells again.  What stands twice in one form stays
** twice.  Each may be NULL. */
static void write_modifiers(struct writing *w, struct canonical *out, enum field field, struct text list,
                            struct modifier_form *form, const struct modifier_form *other) {
  struct text member;
  char text[3];
  while (h2040_next_modifier(&list, &member)) {
    int modifier = h2040_modifier_number(member);
    if (modifier == NO_MODIFIER) {
      bad_member(out, field, member, "is not two letters or digits");
      write_member(w, member);
      continue;
    }
    bool told = other && other->has[modifier] && !form->has[modifier];
    if (form) form->has[modifier] = true;
    if (!told) write_member(w, (struct text){ h2040_modifier_text(modifier, text), 2 });
  }
}

static bool take_modifiers(const struct claim_line *line, struct arena *arena, struct canonical *out) {
  struct modifier_form form[2];
  struct writing w;
  char number[NUMBER_SIZE];
  struct text list = list_of(line, FIELD_MODIFIERS, number);
  bool both = list.n > 0 && set_meets(line->passed, modifier_slots());
  size_t room = list.n + 1;
  for (int slot = FIELD_MODIFIER_1; slot <= FIELD_MODIFIER_4; slot++) {
    char other[NUMBER_SIZE];
    room += list_of(line, (enum field)slot, other).n + 1;
  }
  if (!begin_writing(&w, arena, room)) return false;
  if (both) memset(form, 0, sizeof form);
  write_modifiers(&w, out, FIELD_MODIFIERS, list, both ? &form[0] : NULL, NULL);
  for (int slot = FIELD_MODIFIER_1; slot <= FIELD_MODIFIER_4; slot++) {
    list = list_of(line, (enum field)slot, number);
    write_modifiers(&w, out, (enum field)slot, list, both ? &form[1] : NULL, both ? &form[0] : NULL);
  }
  take_written(line, out, &w, FIELD_MODIFIERS, FIELD_MODIFIER_1, FIELD_MODIFIER_4);
  return true;
}

static void write_diagnoses(struct writing *w, struct canonical *out, enum field field, struct text list, int32_t day) {
  char text[LONGEST_DIAGNOSIS + 1];
  struct diagnosis d;
  struct text member;
  while (h2040_next_diagnosis(&list, &member)) {
    if (day < ICD_10_FROM) {
      write_member(w, member);
    } else if (h2040_read_diagnosis(member, day, &d)) {
      write_member(w, h2040_diagnosis_text(&d, text));
    } else {
      bad_member(out, field, member, "is not written as an ICD-10-CM code");
      write_member(w, member);
    }
  }
}

static bool take_diagnoses(const struct claim_line *line, struct arena *arena, struct canonical *out) {
  struct writing w;
  char number[NUMBER_SIZE];
  unsigned meant;
  struct text list = list_of(line, FIELD_DIAGNOSIS_CODES, number);
  int32_t day = service_day(line);
  bool numbered = set_meets(line->passed, numbered_diagnoses());
  enum reading pointers = BLANK;
  size_t room = 2 * list.n + 1; /* each has at most a dot and a space more */
  for (int field = FIELD_DIAGNOSIS_1; numbered && field <= FIELD_DIAGNOSIS_12; field++) {
    char other[NUMBER_SIZE];
    room += 2 * list_of(line, (enum field)field, other).n + 1;
  }
  if (!begin_writing(&w, arena, room)) return false;
  write_diagnoses(&w, out, FIELD_DIAGNOSIS_CODES, list, day);
  if (numbered && set_has(line->passed, FIELD_DIAGNOSIS_POINTERS)) {
    const struct value *v = &line->value[FIELD_DIAGNOSIS_POINTERS];
    pointers = h2040_read_pointers(v, &meant);
    if (pointers == UNREADABLE) stays(out, FIELD_DIAGNOSIS_POINTERS, v, "cannot be read: all diagnoses are taken");
  }
  for (int i = 0; numbered && i < MOST_DIAGNOSES; i++) {
    if (pointers == READ && !(meant >> i & 1)) continue;
    enum field field = (enum field)(FIELD_DIAGNOSIS_1 + i);
    write_diagnoses(&w, out, field, list_of(line, field, number), day);
  }
  take_written(line, out, &w, FIELD_DIAGNOSIS_CODES, FIELD_DIAGNOSIS_1, FIELD_DIAGNOSIS_12);
  return true;
}

/* Codes apart by spaces, or *. */
static bool take_codes(struct canonical *out, enum field field, const struct value *v, struct arena *arena) {
  struct writing w;
  char number[NUMBER_SIZE];
  struct text list = h2040_value_list(v, number);
  struct text member;
  if (!begin_writing(&w, arena, list.n + 1)) return false;
  while (h2040_next_member(&list, &member)) {
    if (!h2040_is_procedure_code(member) && !h2040_same(member, TEXT("*"))) {
      stays(out, field, v, why_unreadable(KIND_CODES));
      return true;
    }
    write_member(&w, member);
  }
  for (size_t i = 0; i < w.n; i++) w.z[i] = upper(w.z[i]);
  if (w.n > 0) out->value = value_of_text((struct text){ w.z, w.n });
  return true;
}

/* --- the fields -------------------------------------------------------------- */

static enum reading read_codes(const struct value *v) {
  char number[NUMBER_SIZE];
  struct text list = h2040_value_list(v, number);
  struct text member;
  while (h2040_next_member(&list, &member)) {
    if (!h2040_is_procedure_code(member) && !h2040_same(member, TEXT("*"))) return UNREADABLE;
  }
  return READ;
}

static enum reading read_modifiers(const struct value *v) {
  char number[NUMBER_SIZE];
  struct text list = h2040_value_list(v, number);
  struct text member;
  while (h2040_next_modifier(&list, &member)) {
    if (h2040_modifier_number(member) == NO_MODIFIER) return UNREADABLE;
  }
  return READ;
}

static enum reading read_diagnoses(const struct value *v) {
  char number[NUMBER_SIZE];
  struct diagnosis d;
  struct text list = h2040_value_list(v, number);
  struct text member;
  while (h2040_next_diagnosis(&list, &member)) {
    if (!h2040_read_diagnosis(member, INT32_MAX, &d)) return UNREADABLE;
  }
  return READ;
}

enum reading h2040_read_as(enum field_kind kind, const struct value *v, enum dates dates) {
  struct procedure_code code;
  char text[NUMBER_SIZE];
  double number;
  int32_t day;
  int second;
  unsigned diagnoses;
  if (h2040_value_blank(v)) return BLANK;
  switch (kind) {
    case KIND_ID: return h2040_id_spaced(v) ? UNREADABLE : READ;
    case KIND_CODE:
      h2040_read_procedure_code(v, &code);
      return code.form == CODE_WRITTEN ? READ : code.form == CODE_BLANK ? BLANK : UNREADABLE;
    case KIND_CODES: return read_codes(v);
    case KIND_MODIFIERS: return read_modifiers(v);
    case KIND_DIAGNOSES: return read_diagnoses(v);
    case KIND_POINTERS: return h2040_read_pointers(v, &diagnoses);
    case KIND_NUMBER: return h2040_read_number(v, &number);
    case KIND_AMOUNT: return h2040_read_amount(v, &number);
    case KIND_DATE:
    case KIND_TIMESTAMP: return h2040_read_date(v, dates, &day);
    case KIND_TIME: return h2040_read_time(v, dates, &second);
    case KIND_PLACE: return h2040_read_place(h2040_value_code(v, text)) >= 0 ? READ : UNREADABLE;
    default: return READ;
  }
}

static enum reading take_date(const struct claim_line *line, enum field field, struct canonical *out) {
  const struct value *v = &line->value[field];
  bool stamp = h2040_field_kinds[field] == KIND_TIMESTAMP;
  int32_t day;
  int second = -1;
  enum reading reading = field == FIELD_BIRTH_DATE ? h2040_read_birth(v, line->dates, service_day(line), &day)
                         : stamp                   ? h2040_read_timestamp(v, line->dates, &day, &second)
                                                   : h2040_read_date(v, line->dates, &day);
  if (reading == READ) take_day(out, v, day, second);
  return reading;
}

static enum reading take_time(const struct claim_line *line, const struct value *v, struct canonical *out) {
  int second;
  enum reading reading = h2040_read_time(v, line->dates, &second);
  if (reading == READ) out->value = of_room(out, write_time(out->room, sizeof out->room, second));
  return reading;
}

bool h2040_canonical(const struct claim_line *line, enum field field, struct arena *arena, struct canonical *out) {
  const struct value *v = &line->value[field];
  enum field_kind kind = (enum field_kind)h2040_field_kinds[field];
  enum reading reading = READ;
  double number;
  out->value = (struct value){ .kind = VALUE_NULL };
  out->problem[0] = 0;
  if (field == FIELD_MODIFIERS) return take_modifiers(line, arena, out);
  if (field == FIELD_DIAGNOSIS_CODES) return take_diagnoses(line, arena, out);
  if (!set_has(line->passed, (int)field) || h2040_value_blank(v)) return true;
  switch (kind) {
    case KIND_ID: take_id(out, v); break;
    case KIND_DIGITS: take_digits(out, v); break;
    case KIND_CODE: take_code(out, field, v); break;
    case KIND_CODES: return take_codes(out, field, v, arena);
    case KIND_NUMBER:
      reading = h2040_read_number(v, &number);
      if (reading == READ) take_number(out, number, v);
      break;
    case KIND_AMOUNT:
      reading = h2040_read_amount(v, &number);
      if (reading == READ) take_number(out, number, v);
      break;
    case KIND_DATE:
    case KIND_TIMESTAMP: reading = take_date(line, field, out); break;
    case KIND_TIME: reading = take_time(line, v, out); break;
    case KIND_PLACE: reading = take_place(out, v) ? READ : UNREADABLE; break;
    case KIND_WORD: out->value = has_bytes(v) ? value_of_text(h2040_trim(value_bytes(v))) : *v; break;
    default: out->value = *v;
  }
  if (reading == UNREADABLE) stays(out, field, v, why_unreadable(kind));
  return true;
}
