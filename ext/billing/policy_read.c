/*
** Reading policies (policy.h) from what a user gives: a pack's name, a JSON object, or an
** array of these.
**
** A policy starts as the pack that it extends and is then told each member of its
** object, top to bottom: a key replaces what the pack says of it.  null means no limit.
** What cannot be right is answered by a sentence in `problem`, written for whoever wrote
** the policy.
**
** A key is a row of the table `keys`, with the place in struct policy that it fills; that
** row, the member of the struct and the packs are all that a new one touches.
*/
#include "date.h"
#include "json.h"
#include "memory.h"
#include "pack.h"
#include "policy.h"
#include "quote.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
  LONGEST_POLICY = 100000, /* bytes: bounds what a hostile policy can cost */
  LONGEST_SET = 1000000,
  MOST_POLICIES = 1000 /* of a set */
};

struct reader;

struct key {
  const char *name;
  void (*read)(struct reader *r, const struct json_value *v);
  size_t member;              /* its offset in struct policy */
  const char *const *choices; /* of a key that is one of some words; NULL ends them */
  int64_t least;              /* of a limit */
  uint8_t flag;               /* of a list of modifiers */
};

struct reader {
  struct policy *policy;
  const struct json_document *document;
  const struct key *key; /* that is being read */
  struct set seen;       /* keys of the object that is being read */
  bool out_of_memory;
  char problem[PROBLEM_SIZE]; /* "" while the policy is sound */
};

static bool failed(const struct reader *r) {
  return r->problem[0] != 0 || r->out_of_memory;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void problem(struct reader *r, const char *format, ...) {
  va_list arguments;
  if (failed(r)) return;
  va_start(arguments, format);
  vsnprintf(r->problem, sizeof r->problem, format, arguments);
  va_end(arguments);
}

static void *add(struct reader *r, struct list *list, size_t item_size) {
  void *item = h2040_list_add(list, item_size);
  if (!item) r->out_of_memory = true;
  return item;
}

/* What the key fills. */
static void *member(const struct reader *r) {
  return (char *)r->policy + r->key->member;
}

/* The members of an array, or of an object, that a key holds, until something fails.
** null has none, and neither has what must be one and is not: that is a problem. */
static struct json_cursor members_of(struct reader *r, const struct json_value *v, enum json_type type) {
  if (v->type != JSON_NULL && v->type != type) {
    problem(r, "%s is %s; it must be a JSON %s, or null", r->key->name, h2040_quote(v->text).z,
            type == JSON_ARRAY ? "array" : "object");
  }
  return h2040_json_enter(r->document, v);
}

static bool next(struct reader *r, struct json_cursor *members, struct text *name, struct json_value *v) {
  return !failed(r) && h2040_json_next(members, name, v);
}

static bool next_item(struct reader *r, struct json_cursor *items, struct json_value *v) {
  struct text none;
  return next(r, items, &none, v);
}

/* --- words and numbers ------------------------------------------------------ */

/* Which of the words a text is; else a problem that lists them, and 0. */
static int which_of(struct reader *r, const struct json_value *v, const char *const *words, const char *verb) {
  char list[200];
  size_t n = 0;
  list[0] = 0;
  for (int i = 0; words[i]; i++) {
    if (v->type == JSON_TEXT && h2040_same(v->text, h2040_text(words[i]))) return i;
    n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i > 0 ? ", " : "", words[i]);
  }
  problem(r, "%s %s %s; it must be one of: %s", r->key->name, verb, h2040_quote(v->text).z, list);
  return 0;
}

static void read_choice(struct reader *r, const struct json_value *v) {
  *(int *)member(r) = which_of(r, v, r->key->choices, "is");
}

static void read_limit(struct reader *r, const struct json_value *v) {
  int64_t *limit = member(r);
  *limit = NO_LIMIT;
  if (v->type == JSON_NULL) return;
  if (v->type == JSON_INTEGER && v->integer >= r->key->least) {
    *limit = v->integer < NO_LIMIT ? v->integer : NO_LIMIT - 1;
  } else {
    problem(r, "%s is %s; it must be a whole number, %d or more, or null for no limit", r->key->name,
            h2040_quote(v->text).z, (int)r->key->least);
  }
}

static void read_code(struct reader *r, const struct json_value *v) {
  struct text code = h2040_trim(v->text);
  if (v->type != JSON_TEXT || !h2040_is_procedure_code(code)) {
    problem(r, "hcpcs_code is %s; it must be a procedure code like \"H2040\"", h2040_quote(v->text).z);
    return;
  }
  for (size_t i = 0; i < 5; i++) r->policy->hcpcs_code[i] = upper(code.z[i]);
  r->policy->code = h2040_code(r->policy->hcpcs_code);
}

/* The policy began with that pack. */
static void read_extends(struct reader *r, const struct json_value *v) {
  (void)r;
  (void)v;
}

/* --- modifiers ---------------------------------------------------------------- */

static void forget_flag(struct reader *r) {
  for (int m = 0; m < MODIFIER_COUNT; m++) r->policy->modifier[m] &= (uint8_t)~r->key->flag;
}

/* A modifier named in the policy, flagged; NO_MODIFIER after a problem. */
static int name_modifier(struct reader *r, struct text t, bool is_text) {
  int modifier = is_text ? h2040_modifier_number(h2040_trim(t)) : NO_MODIFIER;
  if (modifier == NO_MODIFIER) {
    problem(r, "%s names the modifier %s; a modifier is two letters or digits in quotes, like \"GT\"", r->key->name,
            h2040_quote(t).z);
  } else {
    r->policy->modifier[modifier] |= (uint8_t)(MODIFIER_NAMED | r->key->flag);
  }
  return modifier;
}

/* The modifier that is the name of a member: each only once. */
static int name_modifier_once(struct reader *r, struct text name) {
  int modifier = h2040_modifier_number(h2040_trim(name));
  if (modifier != NO_MODIFIER && (r->policy->modifier[modifier] & r->key->flag)) {
    problem(r, "%s names the modifier %s twice", r->key->name, h2040_quote(name).z);
  }
  return name_modifier(r, name, true);
}

static void read_modifiers(struct reader *r, const struct json_value *v) {
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  forget_flag(r);
  while (next_item(r, &items, &item)) name_modifier(r, item.text, item.type == JSON_TEXT);
}

static void read_accepted_modifiers(struct reader *r, const struct json_value *v) {
  read_modifiers(r, v);
  r->policy->accepts_any_modifier = v->type == JSON_NULL;
}

static void read_required_modifiers(struct reader *r, const struct json_value *v) {
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  forget_flag(r);
  h2040_list_free(&r->policy->required);
  while (next_item(r, &items, &item)) {
    int modifier = item.type == JSON_TEXT ? h2040_modifier_number(h2040_trim(item.text)) : NO_MODIFIER;
    bool again = modifier != NO_MODIFIER && (r->policy->modifier[modifier] & MODIFIER_REQUIRED);
    if (name_modifier(r, item.text, item.type == JSON_TEXT) == NO_MODIFIER || again) continue;
    int *required = add(r, &r->policy->required, sizeof *required);
    if (required) *required = modifier;
  }
}

static void must_be_array(struct reader *r, const struct json_value *v, const char *like) {
  if (v->type == JSON_ARRAY) return;
  problem(r, "%s holds %s; it must hold arrays, like %s", r->key->name, h2040_quote(v->text).z, like);
}

/* An array of arrays: each is a group. */
static void read_groups(struct reader *r, const struct json_value *v) {
  struct list *list = member(r);
  struct json_cursor groups = members_of(r, v, JSON_ARRAY);
  struct json_value group, item;
  forget_flag(r);
  h2040_list_free(list);
  for (int number = 0; next_item(r, &groups, &group); number++) {
    must_be_array(r, &group, "[[\"GT\", \"95\"], [\"76\", \"77\"]]");
    struct json_cursor items = h2040_json_enter(r->document, &group);
    while (next_item(r, &items, &item)) {
      int modifier = name_modifier(r, item.text, item.type == JSON_TEXT);
      struct grouped_modifier *grouped = modifier == NO_MODIFIER ? NULL : add(r, list, sizeof *grouped);
      if (grouped) *grouped = (struct grouped_modifier){ modifier, number };
    }
  }
}

static void read_one_of(struct reader *r, const struct json_value *v) {
  struct json_cursor groups = h2040_json_enter(r->document, v);
  struct json_value group;
  read_groups(r, v);
  while (next_item(r, &groups, &group)) {
    struct json_cursor items = h2040_json_enter(r->document, &group);
    struct json_value item;
    if (!next_item(r, &items, &item)) problem(r, "%s holds an empty array: no line could bear one of none", r->key->name);
  }
}

static void read_modifier_dates(struct reader *r, const struct json_value *v) {
  static const char like[] = "modifier_dates holds %s; write the first and the last valid day, like [\"2027-01-01\", null]";
  struct json_cursor modifiers = members_of(r, v, JSON_OBJECT);
  struct json_value days, day;
  struct text name;
  forget_flag(r);
  h2040_list_free(&r->policy->modifier_dates);
  while (next(r, &modifiers, &name, &days)) {
    char first[DATE_SIZE], last[DATE_SIZE], text[3];
    must_be_array(r, &days, "{\"QZ\": [\"2027-01-01\", null]}");
    struct modifier_dates dates = { name_modifier_once(r, name), INT32_MIN, INT32_MAX };
    struct json_cursor items = h2040_json_enter(r->document, &days);
    for (int i = 0; next_item(r, &items, &day); i++) {
      struct value written = value_of_text(h2040_trim(day.text));
      if (day.type == JSON_NULL && i < 2) continue;
      if (i > 1 || day.type != JSON_TEXT
          || h2040_read_date(&written, DATES_ISO, i == 0 ? &dates.added : &dates.terminated) != READ) {
        problem(r, like, h2040_quote(day.text).z);
      }
    }
    if (!failed(r) && dates.terminated < dates.added) {
      problem(r, "modifier_dates ends %s before it begins: the last valid day is %s, the first %s",
              h2040_modifier_text(dates.modifier, text), h2040_date_text(dates.terminated, last),
              h2040_date_text(dates.added, first));
    }
    struct modifier_dates *kept = failed(r) ? NULL : add(r, &r->policy->modifier_dates, sizeof *kept);
    if (kept) *kept = dates;
  }
}

/* --- places -------------------------------------------------------------------- */

static void read_place(struct reader *r, const struct json_value *v, bool place[PLACE_COUNT]) {
  int found = v->type == JSON_TEXT || v->type == JSON_INTEGER ? h2040_place_of_service(h2040_trim(v->text)) : -1;
  if (found >= 0) {
    place[found] = true;
  } else {
    problem(r, "%s names the place of service %s, which is not an assigned code like \"11\"", r->key->name,
            h2040_quote(v->text).z);
  }
}

static void read_places(struct reader *r, const struct json_value *v) {
  struct place_list *places = member(r);
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  *places = (struct place_list){ .any = v->type == JSON_NULL };
  while (next_item(r, &items, &item)) read_place(r, &item, places->place);
}

static void read_settings(struct reader *r, const struct json_value *v) {
  struct policy *p = r->policy;
  struct json_cursor settings = members_of(r, v, JSON_OBJECT);
  struct json_value places, item;
  struct text name;
  forget_flag(r);
  h2040_list_free(&p->settings);
  memset(p->setting_place, 0, sizeof p->setting_place);
  while (next(r, &settings, &name, &places)) {
    must_be_array(r, &places, "{\"U1\": [\"14\"]}");
    int modifier = name_modifier_once(r, name);
    struct setting *setting = failed(r) ? NULL : add(r, &p->settings, sizeof *setting);
    if (!setting) return;
    setting->modifier = modifier;
    struct json_cursor items = h2040_json_enter(r->document, &places);
    while (next_item(r, &items, &item)) read_place(r, &item, setting->place);
    for (int place = 0; place < PLACE_COUNT; place++) p->setting_place[place] |= setting->place[place];
  }
}

/* --- codes and names ------------------------------------------------------------- */

/* How codes of a kind are written: the longest, and of what their first characters
** are (9 a digit, A none, * either; of a diagnosis whose second is a letter the third is a
** digit, as in QA0). */
struct code_shape {
  size_t longest;
  const char *begin;
  const char *like;
};

/* A code or the beginning of one; dots are for the reader. */
static bool read_prefix(struct text t, const struct code_shape *shape, char out[12], struct text *prefix,
                        uint64_t *number) {
  size_t begin = strlen(shape->begin);
  size_t n = 0;
  t = h2040_trim(t);
  for (size_t i = 0; i < t.n; i++) {
    if (t.z[i] == '.' && i == 3) continue;
    if (n == shape->longest) return false;
    if (n < begin && shape->begin[n] != '*' && is_digit(t.z[i]) != (shape->begin[n] == '9')) return false;
    if (n == 2 && begin == 2 && !is_digit(out[1]) && !is_digit(t.z[i])) return false;
    out[n++] = t.z[i];
  }
  *prefix = (struct text){ out, n };
  return h2040_code_number(*prefix, number);
}

static void add_range(struct reader *r, const struct json_value *v, struct list *ranges,
                      const struct code_shape *shape) {
  char low_text[12], high_text[12];
  struct text low, high;
  struct code_range found = { 0, 0 };
  const char *dash = v->type == JSON_TEXT ? memchr(v->text.z, '-', v->text.n) : NULL;
  size_t head = dash ? (size_t)(dash - v->text.z) : v->text.n;
  bool sound = v->type == JSON_TEXT
               && read_prefix((struct text){ v->text.z, head }, shape, low_text, &low, &found.first);
  if (sound && dash) {
    sound = read_prefix((struct text){ dash + 1, v->text.n - head - 1 }, shape, high_text, &high, &found.last);
    found.last = sound ? h2040_last_with_prefix(high, found.last) : 0;
  } else if (sound) {
    found.last = h2040_last_with_prefix(low, found.first);
  }
  if (!sound || found.last < found.first) {
    problem(r, "%s holds %s; write a prefix or a range like %s", r->key->name, h2040_quote(v->text).z, shape->like);
    return;
  }
  struct code_range *range = add(r, ranges, sizeof *range);
  if (range) *range = found;
}

static void read_ranges(struct reader *r, const struct json_value *v, const struct code_shape *shape) {
  struct code_ranges *ranges = member(r);
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  h2040_list_free(&ranges->list);
  ranges->any = v->type == JSON_NULL;
  while (next_item(r, &items, &item)) add_range(r, &item, &ranges->list, shape);
}

static void read_taxonomies(struct reader *r, const struct json_value *v) {
  static const struct code_shape shape = { 10, "999", "\"101Y\"" };
  read_ranges(r, v, &shape);
}

static void read_diagnoses(struct reader *r, const struct json_value *v) {
  static const struct code_shape shape = { 7, "A*", "\"F84\" or \"F20-F29\"" };
  read_ranges(r, v, &shape);
}

static void free_names(struct name_list *names) {
  char **item = names->list.items;
  for (size_t i = 0; i < names->list.count; i++) h2040_free(item[i]);
  h2040_list_free(&names->list);
}

static void add_name(struct reader *r, struct name_list *names, struct text name) {
  char **kept = add(r, &names->list, sizeof *kept);
  if (!kept) return;
  *kept = h2040_realloc(NULL, name.n + 1);
  if (!*kept) {
    names->list.count--;
    r->out_of_memory = true;
    return;
  }
  memcpy(*kept, name.z, name.n);
  (*kept)[name.n] = 0;
}

static void read_names(struct reader *r, const struct json_value *v) {
  struct name_list *names = member(r);
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  free_names(names);
  names->any = v->type == JSON_NULL;
  while (next_item(r, &items, &item)) {
    struct text name = h2040_trim(item.text);
    if (item.type != JSON_TEXT || name.n == 0 || memchr(name.z, 0, name.n)) {
      problem(r, "%s holds %s; it must hold names of %s", r->key->name, h2040_quote(item.text).z, r->key->name);
      return;
    }
    add_name(r, names, name);
  }
}

/* --- rules -------------------------------------------------------------------------- */

static int read_rule(struct reader *r, struct text id) {
  const char *ids[RULE_COUNT];
  int rule = h2040_rule_named(id);
  if (rule >= 0) return rule;
  for (int i = 0; i < RULE_COUNT; i++) ids[i] = h2040_rules[i].id;
  const char *near = h2040_nearest(id, ids, RULE_COUNT);
  problem(r, "%s names the rule %s, which is not in h2040_rules%s%s%s", r->key->name, h2040_quote(id).z,
          near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return -1;
}

/* The subjects of `documentation`, and the rules that each of them opens. */
static void read_documentation(struct reader *r, const struct json_value *v) {
  static const char *const subjects[] = {
    "date", "duration", "purpose", "goal_link", "activities", "response", "progress", "next_steps", "medical_necessity",
    "effectiveness", "signature", NULL
  };
  struct set *documentation = member(r);
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  *documentation = (struct set)SET_INIT0;
  while (next_item(r, &items, &item)) {
    int subject = which_of(r, &item, subjects, "holds");
    /* The date opens two; from there on the rules are in the order of the subjects. */
    set_add(documentation, subject == 0 ? (int)RULE_DOCUMENTATION_NO_DATE : (int)RULE_DOCUMENTATION_DATE_MISMATCH + subject);
    if (subject == 0) set_add(documentation, RULE_DOCUMENTATION_DATE_MISMATCH);
  }
}

static void read_off(struct reader *r, const struct json_value *v) {
  struct set *off = member(r);
  struct json_cursor items = members_of(r, v, JSON_ARRAY);
  struct json_value item;
  *off = (struct set)SET_INIT0;
  while (next_item(r, &items, &item)) {
    int rule = read_rule(r, item.text);
    if (rule >= 0) set_add(off, rule);
  }
}

static struct set default_errors(void) {
  struct set errors = SET_INIT0;
  for (int rule = 0; rule < RULE_COUNT; rule++) {
    if (h2040_rules[rule].severity == SEVERITY_ERROR) set_add(&errors, rule);
  }
  return errors;
}

static void read_severity(struct reader *r, const struct json_value *v) {
  static const char *const severities[] = { "warning", "error", NULL };
  struct set *errors = member(r);
  struct set graded = SET_INIT0;
  struct json_cursor rules = members_of(r, v, JSON_OBJECT);
  struct json_value severity;
  struct text id;
  *errors = default_errors();
  while (next(r, &rules, &id, &severity)) {
    int rule = read_rule(r, id);
    int found = which_of(r, &severity, severities, "is");
    if (failed(r)) return;
    if (set_has(graded, rule)) problem(r, "severity names the rule %s twice", h2040_quote(id).z);
    set_add(&graded, rule);
    set_remove(errors, rule);
    if (found == SEVERITY_ERROR) set_add(errors, rule);
  }
}

/* --- the keys ------------------------------------------------------------------------- */

static const char *const unit_bases[] = { "session", "15 minutes", "hour", "day", "month", "encounter", NULL };
static const char *const unit_roundings[] = { "half", "down", NULL };
static const char *const prior_authorizations[] = { "never", "over_cap", "always", NULL };

const char *h2040_unit_basis_text(int unit_basis) {
  return unit_bases[unit_basis];
}

#define MEMBER(name) offsetof(struct policy, name)
static const struct key keys[] = {
  { .name = "extends", .read = read_extends },
  { .name = "hcpcs_code", .read = read_code },
  { .name = "unit_basis", .read = read_choice, .member = MEMBER(unit_basis), .choices = unit_bases },
  { .name = "unit_rounding", .read = read_choice, .member = MEMBER(unit_rounding), .choices = unit_roundings },
  { .name = "max_units_per_line", .read = read_limit, .member = MEMBER(max_units_per_line), .least = 1 },
  { .name = "min_minutes", .read = read_limit, .member = MEMBER(min_minutes) },
  { .name = "age_from", .read = read_limit, .member = MEMBER(age_from) },
  { .name = "age_to", .read = read_limit, .member = MEMBER(age_to) },
  { .name = "timely_filing_months", .read = read_limit, .member = MEMBER(timely_filing_months) },
  { .name = "timely_filing_days", .read = read_limit, .member = MEMBER(timely_filing_days) },
  { .name = "timely_replacement_days", .read = read_limit, .member = MEMBER(timely_replacement_days) },
  { .name = "appeal_days", .read = read_limit, .member = MEMBER(appeal_days) },
  { .name = "review_days", .read = read_limit, .member = MEMBER(review_days) },
  { .name = "prior_authorization", .read = read_choice, .member = MEMBER(prior_authorization),
    .choices = prior_authorizations },
  { .name = "accepted_modifiers", .read = read_accepted_modifiers, .flag = MODIFIER_ACCEPTED },
  { .name = "refused_modifiers", .read = read_modifiers, .flag = MODIFIER_REFUSED },
  { .name = "required_modifiers", .read = read_required_modifiers, .flag = MODIFIER_REQUIRED },
  { .name = "required_one_of", .read = read_one_of, .member = MEMBER(one_of) },
  { .name = "telehealth_modifiers", .read = read_modifiers, .flag = MODIFIER_TELEHEALTH },
  { .name = "telehealth_places", .read = read_places, .member = MEMBER(telehealth_places) },
  { .name = "exclusive_modifiers", .read = read_groups, .member = MEMBER(exclusive), .flag = MODIFIER_EXCLUSIVE },
  { .name = "settings", .read = read_settings, .flag = MODIFIER_SETTING },
  { .name = "modifier_dates", .read = read_modifier_dates, .flag = MODIFIER_DATED },
  { .name = "places", .read = read_places, .member = MEMBER(places) },
  { .name = "taxonomies", .read = read_taxonomies, .member = MEMBER(taxonomies) },
  { .name = "diagnoses", .read = read_diagnoses, .member = MEMBER(diagnoses) },
  { .name = "treatments", .read = read_names, .member = MEMBER(treatments) },
  { .name = "focuses", .read = read_names, .member = MEMBER(focuses) },
  { .name = "documentation", .read = read_documentation, .member = MEMBER(documentation) },
  { .name = "off", .read = read_off, .member = MEMBER(off) },
  { .name = "severity", .read = read_severity, .member = MEMBER(errors) },
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

static int key_named(struct text name) {
  for (int key = 0; key < KEY_COUNT; key++) {
    if (strlen(keys[key].name) == name.n && memcmp(keys[key].name, name.z, name.n) == 0) return key;
  }
  return -1;
}

static bool has_seen(const struct reader *r, const char *name) {
  return set_has(r->seen, key_named(h2040_text(name)));
}

static void read_key(struct reader *r, struct text name, const struct json_value *v) {
  int key = key_named(name);
  if (key < 0) {
    const char *names[KEY_COUNT];
    for (int i = 0; i < KEY_COUNT; i++) names[i] = keys[i].name;
    const char *near = h2040_nearest(name, names, KEY_COUNT);
    problem(r, "unknown key %s%s%s%s", h2040_quote(name).z, near ? " (did you mean '" : "", near ? near : "",
            near ? "'?)" : "");
    return;
  }
  if (set_has(r->seen, key)) {
    problem(r, "the key '%s' stands in it twice", keys[key].name);
    return;
  }
  set_add(&r->seen, key);
  r->key = &keys[key];
  r->key->read(r, v);
}

/* The focuses of another code's policy are not those of the pack that it extends, where
** the code has a pack of its own. */
static void focuses_of_code(struct reader *r) {
  struct name_list *focuses = &r->policy->focuses;
  const struct pack_focus *focus;
  bool known = false;
  for (int i = 0; (focus = h2040_pack_focus(i)) != NULL; i++) {
    if (strcmp(focus->hcpcs_code, r->policy->hcpcs_code) != 0) continue;
    if (!known) free_names(focuses);
    known = true;
    focuses->any = false;
    add_name(r, focuses, h2040_text(focus->focus));
  }
}

/* What follows from several keys. */
static void settle(struct reader *r) {
  struct policy *p = r->policy;
  if (has_seen(r, "hcpcs_code") && !has_seen(r, "focuses")) focuses_of_code(r);
  bool days = has_seen(r, "timely_filing_days");
  bool months = has_seen(r, "timely_filing_months");
  if (days && !months) p->timely_filing_months = NO_LIMIT;
  if (months && !days) p->timely_filing_days = NO_LIMIT;
  p->has_telehealth_modifiers = false;
  for (int m = 0; m < MODIFIER_COUNT; m++) p->has_telehealth_modifiers |= (p->modifier[m] & MODIFIER_TELEHEALTH) != 0;
  if (p->age_from != NO_LIMIT && p->age_to < p->age_from) {
    problem(r, "age_to is %lld and age_from %lld: nobody is of that age", (long long)p->age_to, (long long)p->age_from);
  }
}

/* --- a policy ---------------------------------------------------------------------------- */

static void clear(struct policy *policy) {
  h2040_list_free(&policy->required);
  h2040_list_free(&policy->one_of);
  h2040_list_free(&policy->exclusive);
  h2040_list_free(&policy->settings);
  h2040_list_free(&policy->modifier_dates);
  h2040_list_free(&policy->taxonomies.list);
  h2040_list_free(&policy->diagnoses.list);
  free_names(&policy->treatments);
  free_names(&policy->focuses);
}

/* otherwise: what else may be given there */
static void no_such_pack(struct reader *r, const char *where, struct text name, bool sets, const char *otherwise) {
  char list[PACK_NAMES_SIZE];
  const char *near = h2040_pack_near(name, sets);
  problem(r, "%sthere is no pack %s%s%s%s; give one of %s%s", where, h2040_quote(name).z,
          near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", h2040_pack_names(list, sets), otherwise);
}

static void read_pack(struct reader *r, const struct pack *pack);

/* Begins with the pack that the policy extends; without a word, with the first one. */
static void read_base(struct reader *r, const struct json_value *policy) {
  struct json_cursor members = h2040_json_enter(r->document, policy);
  const struct pack *base = h2040_pack_at(0);
  struct json_value v;
  struct text name;
  while (next(r, &members, &name, &v)) {
    if (key_named(name) != 0) continue; /* extends */
    base = v.type == JSON_TEXT ? h2040_pack_named(h2040_trim(v.text)) : NULL;
    if (!base) no_such_pack(r, "extends: ", v.text, false, "");
    else if (pack_is_set(base)) problem(r, "extends: %s is a set of policies; extend one of them", h2040_quote(v.text).z);
    break;
  }
  if (!failed(r)) read_pack(r, base);
}

static void read_members(struct reader *r, const struct json_value *policy) {
  struct json_cursor members = h2040_json_enter(r->document, policy);
  struct json_value v;
  struct text name;
  while (next(r, &members, &name, &v)) read_key(r, name, &v);
  if (!failed(r)) settle(r);
}

static void read_object(struct reader *r, const struct json_value *policy) {
  read_base(r, policy);
  if (!failed(r)) read_members(r, policy);
}

/* A pack that is one policy. */
static void read_pack(struct reader *r, const struct pack *pack) {
  struct json_document document;
  struct json_value top;
  struct json_problem none;
  struct reader of_pack = { .policy = r->policy, .document = &document };
  if (h2040_json_open(&document, h2040_text(pack->json), &top, &none) == JSON_NO_MEMORY) r->out_of_memory = true;
  else if (pack == h2040_pack_at(0)) read_members(&of_pack, &top);
  else read_object(&of_pack, &top);
  h2040_json_close(&document);
  r->out_of_memory |= of_pack.out_of_memory;
}

/* --- a set ---------------------------------------------------------------------------------- */

static struct policy *add_policy(struct reader *r, struct policy_set *set) {
  if (set->policies.count == MOST_POLICIES) problem(r, "a set holds at most %d policies", MOST_POLICIES);
  struct policy *policy = failed(r) ? NULL : add(r, &set->policies, sizeof *policy);
  if (policy) policy->errors = default_errors();
  return policy;
}

static void read_array(struct reader *r, struct policy_set *set, const struct json_value *array);

/* A pack's name; also that of a set. */
static void read_name(struct reader *r, struct policy_set *set, struct text name, const char *otherwise) {
  const struct pack *pack = h2040_pack_named(name);
  if (!pack) {
    no_such_pack(r, "", name, true, otherwise);
  } else if (!pack_is_set(pack)) {
    r->policy = add_policy(r, set);
    if (r->policy) read_pack(r, pack);
  } else {
    struct json_document document;
    struct json_value top;
    struct json_problem none;
    struct reader of_pack = { .document = &document };
    if (h2040_json_open(&document, h2040_text(pack->json), &top, &none) == JSON_NO_MEMORY) r->out_of_memory = true;
    else read_array(&of_pack, set, &top);
    h2040_json_close(&document);
    r->out_of_memory |= of_pack.out_of_memory;
  }
}

static void read_array(struct reader *r, struct policy_set *set, const struct json_value *array) {
  struct json_cursor items = h2040_json_enter(r->document, array);
  struct json_value item;
  int number = 1;
  for (; next_item(r, &items, &item); number++) {
    char why[PROBLEM_SIZE];
    if (item.type == JSON_TEXT) {
      read_name(r, set, h2040_trim(item.text), "");
    } else if (item.type == JSON_OBJECT) {
      r->seen = (struct set)SET_INIT0;
      r->policy = add_policy(r, set);
      if (r->policy) read_object(r, &item);
    } else {
      problem(r, "%s is neither a pack's name nor a JSON object", h2040_quote(item.text).z);
    }
    if (!r->problem[0]) continue;
    memcpy(why, r->problem, sizeof why);
    snprintf(r->problem, sizeof r->problem, "policy %d of the set: %.*s", number, PROBLEM_SIZE - 40, why);
  }
  if (number == 1) problem(r, "the set holds no policy");
}

static void read_json(struct reader *r, struct policy_set *set, struct text json) {
  struct json_document document;
  struct json_problem malformed;
  struct json_value top;
  enum json_reading reading = h2040_json_open(&document, json, &top, &malformed);
  r->document = &document;
  r->out_of_memory |= reading == JSON_NO_MEMORY;
  if (reading == JSON_MALFORMED) {
    problem(r, "%s is not well-formed JSON: %s after %llu bytes", h2040_quote(json).z, malformed.why,
            (unsigned long long)malformed.at);
  } else if (reading == JSON_READ && top.type == JSON_ARRAY) {
    read_array(r, set, &top);
  } else if (reading == JSON_READ) {
    r->policy = add_policy(r, set);
    if (r->policy) read_object(r, &top);
  }
  h2040_json_close(&document);
}

/* Makes the look-up of the codes; two policies of one are a problem. */
static void index_codes(struct reader *r, struct policy_set *set) {
  size_t count = set->policies.count;
  set->slots = 4;
  while (set->slots < 2 * count) set->slots *= 2;
  set->slot = h2040_realloc(NULL, set->slots * sizeof *set->slot);
  set->judged = h2040_realloc(NULL, count * sizeof *set->judged);
  if (!set->slot || !set->judged) {
    r->out_of_memory = true;
    return;
  }
  memset(set->judged, 0, count * sizeof *set->judged);
  for (unsigned slot = 0; slot < set->slots; slot++) set->slot[slot] = -1;
  for (size_t i = 0; i < count && !failed(r); i++) {
    const struct policy *policy = policy_at(set, i);
    const struct policy *other = h2040_policy_for(set, policy->hcpcs_code);
    if (other) {
      problem(r, "policies %d and %d of the set are both of %s; give one policy for each code",
              (int)(other - policy_at(set, 0)) + 1, (int)i + 1, policy->hcpcs_code);
    }
    set->slot[h2040_policy_slot(set, policy->hcpcs_code)] = (short)i;
  }
}

bool h2040_policy_read(struct text text, struct policy_set *set, char problem_text[PROBLEM_SIZE]) {
  struct reader r = { .policy = NULL };
  struct text trimmed = h2040_trim(text);
  char first = trimmed.n > 0 ? trimmed.z[0] : 0;
  int longest = first == '[' ? LONGEST_SET : LONGEST_POLICY;
  *set = (struct policy_set){ .slots = 0 };
  if (text.n > (size_t)longest) problem(&r, "it is longer than %d bytes", longest);
  else if (first == '{' || first == '[') read_json(&r, set, trimmed);
  else read_name(&r, set, trimmed, ", or a JSON object");
  if (!failed(&r)) index_codes(&r, set);
  snprintf(problem_text, PROBLEM_SIZE, "%s%.*s", r.problem[0] ? "policy: " : "", PROBLEM_SIZE - 10, r.problem);
  return !r.out_of_memory;
}

void h2040_policy_set_clear(struct policy_set *set) {
  struct policy *policy = set->policies.items;
  for (size_t i = 0; i < set->policies.count; i++) clear(&policy[i]);
  h2040_list_free(&set->policies);
  h2040_free(set->judged);
  h2040_free(set->slot);
  *set = (struct policy_set){ .slots = 0 };
}
