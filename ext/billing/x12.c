/* See x12.h. */
#include "x12.h"
#include "quote.h"

#include <string.h>

/* --- segments, elements, components ------------------------------------------- */

uint32_t h2040_x12_name(struct text t) {
  if (t.n == 3) return X12_NAME3(t.z[0], t.z[1], t.z[2]);
  if (t.n == 2) return X12_NAME2(t.z[0], t.z[1]);
  return t.n == 1 ? X12_NAME3(t.z[0], 0, 0) : 0;
}

static inline bool starts_with(const char *z, const char *end, const struct x12_separator *s) {
  return *z == s->z[0] && (s->n == 1 || ((size_t)(end - z) >= s->n && memcmp(z, s->z, s->n) == 0));
}

/* Where the separator stands first; end: nowhere.  Elements are short. */
static inline const char *find_near(const char *z, const char *end, const struct x12_separator *s) {
  while (z < end && !starts_with(z, end, s)) z++;
  return z;
}

/* The same, where it may be far. */
static const char *find_far(const char *z, const char *end, const struct x12_separator *s) {
  while (z < end) {
    z = memchr(z, s->z[0], (size_t)(end - z));
    if (!z) return end;
    if (starts_with(z, end, s)) return z;
    z++;
  }
  return end;
}

static inline struct text slice(const char *z, const char *end) {
  return (struct text){ z, (size_t)(end - z) };
}

void h2040_x12_split(struct text segment, const struct x12_separator *separator, struct x12_elements *out) {
  const char *z = segment.z;
  const char *end = z + segment.n;
  out->count = 0;
  while (out->count < X12_MOST_ELEMENTS) {
    const char *stop = find_near(z, end, separator);
    out->element[out->count++] = slice(z, stop);
    if (stop == end) return;
    z = stop + separator->n;
  }
}

/* With what a placeholder begins; most values begin otherwise. */
static bool may_be_placeholder(char c) {
  switch (c) {
    case '-':
    case '.':
    case '?':
    case 'n':
    case 'N':
    case 'p':
    case 'P':
    case 't':
    case 'T':
    case 'u':
    case 'U':
    case 'x':
    case 'X': return true;
    default: return false;
  }
}

struct text h2040_x12_other_value(struct text t) {
  t = h2040_trim(t);
  if (t.n == 0) return NOTHING;
  if (t.n > LONGEST_PLACEHOLDER || !may_be_placeholder(t.z[0])) return t;
  return h2040_is_placeholder(t) ? NOTHING : t;
}

struct text h2040_x12_component(struct text composite, int n, const struct x12_separator *separator) {
  const char *z = composite.z;
  if (!z) return NOTHING;
  const char *end = z + composite.n;
  for (;;) {
    const char *stop = find_near(z, end, separator);
    if (--n == 0) return h2040_x12_value(slice(z, stop));
    if (stop == end) return NOTHING;
    z = stop + separator->n;
  }
}

/* What may stand between segments: blanks, line ends, other control characters, and
** a byte order mark, where files were put one behind the other. */
static struct text skip_blanks(struct text t) {
  for (;;) {
    if (t.n > 0 && ((unsigned char)t.z[0] <= ' ' || t.z[0] == 0x7F)) t = (struct text){ t.z + 1, t.n - 1 };
    else if (t.n >= 3 && memcmp(t.z, "\xEF\xBB\xBF", 3) == 0) t = (struct text){ t.z + 3, t.n - 3 };
    else return t;
  }
}

/* Segments without a byte, too. */
static struct text skip_to_segment(struct text t, const struct x12_separator *terminator) {
  t = skip_blanks(t);
  while (t.n > 0 && starts_with(t.z, t.z + t.n, terminator)) {
    t = skip_blanks((struct text){ t.z + terminator->n, t.n - terminator->n });
  }
  return t;
}

enum { LONGEST_NAME = 3 };

bool h2040_x12_take(struct text *rest, const struct x12_separators *separators, struct x12_segment *s, bool *cut) {
  *rest = skip_to_segment(*rest, &separators->terminator);
  if (rest->n == 0) return false;
  const char *end = rest->z + rest->n;
  const char *stop = find_far(rest->z, end, &separators->terminator);
  size_t head = LONGEST_NAME + (size_t)separators->element.n;
  const char *name_end = (size_t)(stop - rest->z) > head ? rest->z + head : stop;
  *cut = stop == end;
  s->text = slice(rest->z, stop);
  s->name = h2040_x12_name(slice(rest->z, find_near(rest->z, name_end, &separators->element)));
  *rest = *cut ? slice(end, end) : slice(stop + separators->terminator.n, end);
  return true;
}

/* --- what is wrong -------------------------------------------------------------- */

void h2040_x12_tell_problem(struct x12_problems *problems, struct x12_problem problem) {
  if (problems->count < X12_MOST_PROBLEMS) problems->problem[problems->count] = problem;
  problems->count++;
}

void h2040_x12_tell_count(struct x12_problems *problems, int64_t segment, const char *element, const char *words,
                          struct text value, int64_t number) {
  struct x12_problem problem = { segment, element, words, value, number };
  h2040_x12_tell_problem(problems, problem);
}

void h2040_x12_tell(struct x12_problems *problems, int64_t segment, const char *element, const char *words,
                    struct text value) {
  h2040_x12_tell_count(problems, segment, element, words, value, 0);
}

void h2040_x12_tell_all(struct x12_problems *problems, const struct x12_problems *more) {
  int kept = more->count < X12_MOST_PROBLEMS ? more->count : X12_MOST_PROBLEMS;
  for (int i = 0; i < kept; i++) h2040_x12_tell_problem(problems, more->problem[i]);
  problems->count += more->count - kept;
}

bool h2040_x12_same(struct text a, struct text b) {
  return a.n == b.n && (a.n == 0 || memcmp(a.z, b.z, a.n) == 0);
}

void h2040_x12_put(struct x12_slot *slot, struct text value, const struct x12_segment *s, const char *element,
                   struct x12_problems *problems) {
  if (slot->segment == 0) {
    *slot = (struct x12_slot){ value, s->number, false };
  } else if (slot->twice || !h2040_x12_same(slot->text, value)) {
    *slot = (struct x12_slot){ { 0 }, slot->segment, true };
    h2040_x12_tell(problems, s->number, element, "% is a second value, and neither is read", value);
  }
}

/* Of the envelope: told in turn, by h2040_x12_next. */
static void wait_to_tell(struct x12 *x, struct x12_problem problem) {
  if (x->untold < (int)(sizeof x->waiting / sizeof *x->waiting)) x->waiting[x->untold++] = problem;
}

static bool next_told(struct x12 *x) {
  if (x->told < x->untold) {
    x->problem = x->waiting[x->told++];
    return true;
  }
  x->told = x->untold = 0;
  return false;
}

/* --- ISA ---------------------------------------------------------------------------- */

enum { ISA_ELEMENTS = 16, LONGEST_ISA = 600 }; /* 106 bytes, where it is right */

/* A character as a separator: neither letter nor digit. */
static bool take_separator(struct text *t, struct x12_separator *separator) {
  if (t->n == 0 || is_alnum(t->z[0])) return false;
  size_t length = h2040_utf8_length(*t);
  if (length == 0) length = 1; /* Latin-1 */
  memcpy(separator->z, t->z, length);
  separator->n = (unsigned char)length;
  *t = (struct text){ t->z + length, t->n - length };
  return true;
}

static bool same_separator(const struct x12_separator *a, const struct x12_separator *b) {
  return a->n == b->n && memcmp(a->z, b->z, a->n) == 0;
}

static bool begins_isa(struct text t) {
  return t.n > 3 && memcmp(t.z, "ISA", 3) == 0 && !is_alnum(t.z[3]);
}

/* Whether the rest begins as a segment does, so far as there is a rest. */
static bool begins_segment(struct text t, const struct x12_separator *element) {
  size_t n = 0;
  while (n < t.n && n < 4 && is_alnum(t.z[n])) n++;
  if (n == t.n) return true;
  return n >= 2 && n <= 3 && starts_with(t.z + n, t.z + t.n, element);
}

/* Where ISA16 is missing and segments end with a line, their terminator was taken for it:
** the next segment ends with that. */
static bool lacks_component(struct text next, const struct x12_separators *separators) {
  const char *end = next.z + next.n;
  const char *stop = find_far(next.z, end, &separators->terminator);
  return stop < end && stop > next.z && stop[-1] == separators->component.z[0];
}

/* Reads ISA off the front of *rest; false: it cannot be one. */
static bool take_isa(struct text *rest, struct x12_separators *separators, struct x12_elements *isa) {
  struct text t = *rest;
  if (!begins_isa(t)) return false;
  t = (struct text){ t.z + 3, t.n - 3 };
  if (!take_separator(&t, &separators->element)) return false;
  const char *end = t.n > LONGEST_ISA ? t.z + LONGEST_ISA : t.z + t.n;
  isa->count = 1;
  isa->element[0] = slice(rest->z, rest->z + 3);
  while (isa->count < ISA_ELEMENTS) {
    const char *stop = find_near(t.z, end, &separators->element);
    if (stop == end) return false;
    isa->element[isa->count++] = slice(t.z, stop);
    t = slice(stop + separators->element.n, rest->z + rest->n);
  }
  if (!take_separator(&t, &separators->component) || !take_separator(&t, &separators->terminator)) return false;
  if (same_separator(&separators->component, &separators->element)
      || same_separator(&separators->terminator, &separators->element)
      || same_separator(&separators->terminator, &separators->component)) {
    return false;
  }
  struct text next = skip_to_segment(t, &separators->terminator);
  if (!begins_segment(next, &separators->element) || lacks_component(next, separators)) return false;
  *rest = t;
  return true;
}

/* The next ISA that can be read, behind the first byte. */
static struct text seek_isa(struct text t) {
  struct x12_separators separators;
  struct x12_elements isa;
  const char *end = t.z + t.n;
  for (const char *z = t.z + 1; z < end && (z = memchr(z, 'I', (size_t)(end - z))) != NULL; z++) {
    struct text at = slice(z, end);
    if (!is_alnum(z[-1]) && take_isa(&at, &separators, &isa)) return slice(z, end);
  }
  return slice(end, end);
}

/* Goes on to the next interchange; false: there is none. */
static bool enter_interchange(struct x12 *x) {
  struct x12_elements isa;
  x->rest = skip_blanks(x->rest);
  if (x->rest.n == 0) return false;
  if (!take_isa(&x->rest, &x->separators, &isa)) {
    struct text shown = { x->rest.z, x->rest.n < 24 ? x->rest.n : 24 };
    const char *words = begins_isa(x->rest)
                            ? "%: an ISA of 16 elements, and separators behind it, cannot be read from this"
                            : "%: no interchange begins here; an X12 text begins with ISA";
    wait_to_tell(x, (struct x12_problem){ .words = words, .value = shown });
    x->rest = seek_isa(x->rest);
    return true;
  }
  x->inside = X12_INTERCHANGE;
  x->grouped = x->astray = false;
  x->sender = x12_written(&isa, 6);
  x->date = x12_written(&isa, 9);
  x->time = x12_written(&isa, 10);
  x->interchange = x12_written(&isa, 13);
  x->group = x->group_implementation = NOTHING;
  x->segments = 1;
  x->groups = x->sets = 0;
  return true;
}

/* --- the envelope --------------------------------------------------------------------- */

/* Control numbers are numbers to some programs: 0001 is 1. */
static bool same_control(struct text a, struct text b) {
  while (a.n > 1 && a.z[0] == '0') a = (struct text){ a.z + 1, a.n - 1 };
  while (b.n > 1 && b.z[0] == '0') b = (struct text){ b.z + 1, b.n - 1 };
  return h2040_same(a, b);
}

static bool says_count(struct text t, int64_t count) {
  int64_t said = 0;
  for (size_t i = 0; i < t.n; i++) {
    if (!is_digit(t.z[i]) || said > INT64_MAX / 10 - 10) return false;
    said = said * 10 + (t.z[i] - '0');
  }
  return t.n > 0 && said == count;
}

/* A trailer: how many of what it closes came, and the control number of its header. */
static void check_trailer(struct x12 *x, const struct x12_segment *s, const char *const element[2],
                          const char *const words[2], int64_t count, struct text control) {
  struct x12_elements e;
  h2040_x12_split(s->text, &x->separators.element, &e);
  if (!says_count(x12_written(&e, 1), count)) {
    wait_to_tell(x, (struct x12_problem){ s->number, element[0], words[0], x12_written(&e, 1), count });
  }
  if (!same_control(x12_written(&e, 2), control)) {
    wait_to_tell(x, (struct x12_problem){ s->number, element[1], words[1], x12_written(&e, 2), 0 });
  }
}

static void check_set(struct x12 *x, const struct x12_segment *s) {
  static const char *const element[2] = { "SE01", "SE02" };
  static const char *const words[2] = { "% segments are announced, # came", "%: the ST before it has another number" };
  check_trailer(x, s, element, words, s->number - x->set_segment + 1, x->set);
}

static void check_group(struct x12 *x, const struct x12_segment *s) {
  static const char *const element[2] = { "GE01", "GE02" };
  static const char *const words[2] = { "% transaction sets are announced, # came",
                                        "%: the GS before it has another number" };
  check_trailer(x, s, element, words, x->sets, x->group);
}

static void check_interchange(struct x12 *x, const struct x12_segment *s) {
  static const char *const element[2] = { "IEA01", "IEA02" };
  static const char *const words[2] = { "% groups are announced, # came", "%: the ISA before it has another number" };
  check_trailer(x, s, element, words, x->groups, x->interchange);
}

static void begin_group(struct x12 *x, const struct x12_segment *s) {
  struct x12_elements e;
  h2040_x12_split(s->text, &x->separators.element, &e);
  x->grouped = true;
  x->astray = false;
  x->group = x12_written(&e, 6);
  x->group_implementation = x12_written(&e, 8);
  x->groups++;
  x->sets = 0;
}

static void begin_set(struct x12 *x, const struct x12_segment *s) {
  struct x12_elements e;
  h2040_x12_split(s->text, &x->separators.element, &e);
  x->inside = X12_IN_SET;
  x->astray = false;
  x->set_type = x12_written(&e, 1);
  x->set = x12_written(&e, 2);
  x->implementation = x12_written(&e, 3);
  if (x->implementation.n == 0) x->implementation = x->group_implementation;
  x->set_segment = s->number;
  x->set_number++;
  x->sets++;
  if (!x->grouped)
    wait_to_tell(x, (struct x12_problem){ s->number, "ST", "no group (GS) was begun before it", NOTHING, 0 });
}

/* A segment outside of all sets; a run of them is told once. */
static void stray(struct x12 *x, const struct x12_segment *s) {
  struct x12_elements e;
  if (x->astray) return;
  h2040_x12_split(s->text, &x->separators.element, &e);
  wait_to_tell(x, (struct x12_problem){ s->number, NULL,
                                         "% stands outside a transaction set (ST to SE); what follows is not read",
                                         x12_written(&e, 0), 0 });
  x->astray = true;
}

/* The set ends without its SE, at a segment that is looked at again. */
static enum x12_event unclosed_set(struct x12 *x, const struct x12_segment *s, bool cut) {
  x->inside = X12_INTERCHANGE;
  wait_to_tell(x, (struct x12_problem){ x->set_segment, "ST",
                                        "the set is not closed by an SE: the end of it may be missing", NOTHING, 0 });
  x->again = s != NULL;
  x->kept_cut = cut;
  if (s) x->kept = *s;
  return X12_SET_END;
}

static enum x12_event cut_off(struct x12 *x, const struct x12_segment *s) {
  bool in_set = x->inside == X12_IN_SET;
  wait_to_tell(x, (struct x12_problem){ s->number, NULL, "the text is cut off within %", s->text, 0 });
  x->inside = X12_OUTSIDE;
  return in_set ? X12_SET_END : X12_PROBLEM;
}

enum {
  NAME_ST = X12_NAME2('S', 'T'),
  NAME_SE = X12_NAME2('S', 'E'),
  NAME_GS = X12_NAME2('G', 'S'),
  NAME_GE = X12_NAME2('G', 'E'),
  NAME_IEA = X12_NAME3('I', 'E', 'A'),
  NAME_TA1 = X12_NAME3('T', 'A', '1')
};

static bool is_envelope(uint32_t name) {
  return name == NAME_ST || name == NAME_GS || name == NAME_GE || name == NAME_IEA;
}

/* A segment outside a set: X12_SET, or X12_PROBLEM, which stands here for nothing to
** be told at once. */
static enum x12_event envelope(struct x12 *x, const struct x12_segment *s, bool cut) {
  switch (s->name) {
    case NAME_ST:
      begin_set(x, s);
      return X12_SET;
    case NAME_GS:
      begin_group(x, s);
      break;
    case NAME_GE:
      if (!x->grouped) stray(x, s);
      else check_group(x, s);
      x->grouped = x->astray = false;
      break;
    case NAME_IEA:
      if (!cut) check_interchange(x, s);
      x->inside = X12_OUTSIDE;
      x->rest = skip_to_segment(x->rest, &x->separators.terminator);
      break;
    case NAME_TA1:
      break;
    default:
      stray(x, s);
  }
  return X12_PROBLEM;
}

void h2040_x12_open(struct x12 *x, struct text text) {
  memset(x, 0, sizeof *x);
  x->rest = text;
}

enum x12_event h2040_x12_next(struct x12 *x, struct x12_segment *s) {
  for (;;) {
    bool cut = false;
    if (next_told(x)) return X12_PROBLEM;
    if (x->inside == X12_OUTSIDE) {
      if (!enter_interchange(x)) return X12_END;
      continue;
    }
    if (x->again) {
      *s = x->kept;
      cut = x->kept_cut;
      x->again = false;
    } else {
      x->rest = skip_to_segment(x->rest, &x->separators.terminator);
      if (begins_isa(x->rest) || !h2040_x12_take(&x->rest, &x->separators, s, &cut)) {
        enum x12_event event = x->inside == X12_IN_SET ? unclosed_set(x, NULL, false) : X12_PROBLEM;
        x->inside = X12_OUTSIDE;
        if (event == X12_SET_END) return event;
        continue;
      }
      s->number = ++x->segments;
    }
    if (cut && s->name != NAME_SE && s->name != NAME_GE && s->name != NAME_IEA) {
      if (cut_off(x, s) == X12_SET_END) return X12_SET_END;
    } else if (x->inside != X12_IN_SET) {
      if (envelope(x, s, cut) == X12_SET) return X12_SET;
    } else if (is_envelope(s->name)) {
      return unclosed_set(x, s, cut);
    } else if (s->name == NAME_SE) {
      check_set(x, s);
      x->inside = X12_INTERCHANGE;
      return X12_SET_END;
    } else {
      return X12_SEGMENT;
    }
  }
}
