/* See policy.h.  The remarks stand in policy_notes.c. */
#include "policy.h"
#include "date.h"
#include "memory.h"
#include "quote.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const key_names[KEY_COUNT] = {
#define KEY(symbol, name) #name,
  POLICY_KEYS(KEY)
#undef KEY
};

static const char *const unit_basis_names[] = { "session", "15 minutes", "hour", "day", "month", "encounter" };
static const char *const unit_rounding_names[] = { "half", "down" };
static const char *const prior_authorization_names[] = { "never", "over_cap", "always" };

/* The subjects of `documentation` and the rules that each of them opens. */
static const struct {
  const char *name;
  struct set rules;
} subject[] = {
  { "date", SET_INIT2(RULE_DOCUMENTATION_NO_DATE, RULE_DOCUMENTATION_DATE_MISMATCH) },
  { "duration", SET_INIT1(RULE_DOCUMENTATION_NO_DURATION) },
  { "purpose", SET_INIT1(RULE_DOCUMENTATION_NO_PURPOSE) },
  { "goal_link", SET_INIT1(RULE_DOCUMENTATION_NO_GOAL_LINK) },
  { "activities", SET_INIT1(RULE_DOCUMENTATION_NO_ACTIVITIES) },
  { "response", SET_INIT1(RULE_DOCUMENTATION_NO_RESPONSE) },
  { "progress", SET_INIT1(RULE_DOCUMENTATION_NO_PROGRESS) },
  { "next_steps", SET_INIT1(RULE_DOCUMENTATION_NO_NEXT_STEPS) },
  { "medical_necessity", SET_INIT1(RULE_DOCUMENTATION_NO_MEDICAL_NECESSITY) },
  { "effectiveness", SET_INIT1(RULE_DOCUMENTATION_NO_EFFECTIVENESS) },
  { "signature", SET_INIT1(RULE_DOCUMENTATION_UNSIGNED) },
};

enum { SUBJECT_COUNT = sizeof subject / sizeof *subject };

static struct set every_documentation_rule(void) {
  struct set rules = { { 0 } };
  for (int i = 0; i < SUBJECT_COUNT; i++) rules = set_union(rules, subject[i].rules);
  return rules;
}

static struct set default_errors(void) {
  struct set errors = { { 0 } };
  for (int rule = 0; rule < RULE_COUNT; rule++) {
    if (h2040_rules[rule].severity == SEVERITY_ERROR) set_add(&errors, rule);
  }
  return errors;
}

void h2040_policy_init(struct policy *policy) {
  *policy = (struct policy){
    .max_units_per_line = NO_LIMIT,
    .min_minutes = NO_LIMIT,
    .timely_filing_days = NO_LIMIT,
    .review_days = NO_LIMIT,
    .accepts_any_modifier = true,
    .takes_any_place = true,
    .takes_any_taxonomy = true,
    .takes_any_diagnosis = true,
    .takes_any_treatment = true,
    .errors = default_errors(),
  };
}

static void free_treatments(struct policy *policy) {
  struct treatment *treatment = policy->treatments.items;
  for (size_t i = 0; i < policy->treatments.count; i++) h2040_free(treatment[i].name);
  h2040_list_free(&policy->treatments);
}

void h2040_policy_clear(struct policy *policy) {
  h2040_list_free(&policy->required);
  h2040_list_free(&policy->exclusive);
  h2040_list_free(&policy->settings);
  h2040_list_free(&policy->modifier_dates);
  h2040_list_free(&policy->taxonomies);
  h2040_list_free(&policy->diagnoses);
  free_treatments(policy);
}

struct set h2040_rules_judged(const struct policy *policy, struct set passed) {
  struct set met = h2040_needs_met(passed);
  struct set judged = { { 0 } };
  for (int rule = 0; rule < LINE_RULE_COUNT; rule++) {
    if (set_covers(met, h2040_rules[rule].needs)) set_add(&judged, rule);
  }
  judged = set_without(judged, set_without(every_documentation_rule(), policy->documentation));
  return set_without(judged, policy->off);
}

void h2040_policy_modifier_dates(const struct policy *policy, int modifier, int32_t *added, int32_t *terminated) {
  const struct modifier *m = h2040_modifier(modifier);
  const struct modifier_dates *dates = policy->modifier_dates.items;
  *added = m ? m->added : INT32_MIN;
  *terminated = m ? m->terminated : INT32_MAX;
  if (!(policy->modifier[modifier] & MODIFIER_DATED)) return;
  for (size_t i = 0; i < policy->modifier_dates.count; i++) {
    if (dates[i].modifier != modifier) continue;
    *added = dates[i].added;
    *terminated = dates[i].terminated;
  }
}

enum severity h2040_policy_severity(const struct policy *policy, enum rule rule) {
  return set_has(policy->errors, (int)rule) ? SEVERITY_ERROR : SEVERITY_WARNING;
}

const char *h2040_unit_basis_text(enum unit_basis basis) {
  return unit_basis_names[basis];
}

/* --- reading -------------------------------------------------------------- */

void h2040_policy_problem(struct policy_reader *r, const char *format, ...) {
  va_list arguments;
  if (policy_reader_failed(r)) return;
  va_start(arguments, format);
  vsnprintf(r->problem, sizeof r->problem, format, arguments);
  va_end(arguments);
}

static void *add(struct policy_reader *r, struct list *list, size_t item_size) {
  void *item = h2040_list_add(list, item_size);
  if (!item) r->out_of_memory = true;
  return item;
}

/* Which of the names a text is; else a problem that lists them. */
static int one_of(struct policy_reader *r, const struct json_value *v, const char *const *names, int count,
                  const char *verb) {
  char list[160];
  size_t n = 0;
  for (int i = 0; i < count; i++) {
    if (v->type == JSON_TEXT && h2040_same(v->text, h2040_text(names[i]))) return i;
  }
  list[0] = 0;
  for (int i = 0; i < count && n < sizeof list; i++) {
    n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i > 0 ? ", " : "", names[i]);
  }
  h2040_policy_problem(r, "%s %s %s; it must be one of: %s", key_names[r->key], verb, h2040_quote(v->text).z, list);
  return 0;
}

static int64_t limit(struct policy_reader *r, const struct json_value *v, int64_t least) {
  if (v->type == JSON_NULL) return NO_LIMIT;
  if (v->type == JSON_INTEGER && v->integer >= least) return v->integer < NO_LIMIT ? v->integer : NO_LIMIT - 1;
  h2040_policy_problem(r, "%s is %s; it must be a whole number, %d or more, or null for no limit", key_names[r->key],
                       h2040_quote(v->text).z, (int)least);
  return NO_LIMIT;
}

static void set_hcpcs_code(struct policy_reader *r, const struct json_value *v) {
  struct text code = h2040_trim(v->text);
  if (v->type != JSON_TEXT || !h2040_is_procedure_code(code)) {
    h2040_policy_problem(r, "hcpcs_code is %s; it must be a procedure code like \"H2040\"",
                         h2040_quote(v->text).z);
    return;
  }
  for (size_t i = 0; i < 5; i++) r->policy->hcpcs_code[i] = upper(code.z[i]);
  r->policy->code = h2040_code(r->policy->hcpcs_code);
}

static void forget_modifiers(struct policy *policy, uint8_t flag) {
  for (int m = 0; m < MODIFIER_COUNT; m++) policy->modifier[m] &= (uint8_t)~flag;
}

/* What an array or object must be; what it replaces is emptied. */
static void start_collection(struct policy_reader *r, const struct json_value *v, enum json_type type) {
  struct policy *p = r->policy;
  bool none = v->type == JSON_NULL;
  if (!none && v->type != type) {
    h2040_policy_problem(r, "%s is %s; it must be a JSON %s, or null", key_names[r->key], h2040_quote(v->text).z,
                         type == JSON_ARRAY ? "array" : "object");
    return;
  }
  switch (r->key) {
    case KEY_ACCEPTED_MODIFIERS:
      forget_modifiers(p, MODIFIER_ACCEPTED);
      p->accepts_any_modifier = none;
      break;
    case KEY_REFUSED_MODIFIERS: forget_modifiers(p, MODIFIER_REFUSED); break;
    case KEY_REQUIRED_MODIFIERS:
      forget_modifiers(p, MODIFIER_REQUIRED);
      h2040_list_free(&p->required);
      break;
    case KEY_TELEHEALTH_MODIFIERS:
      forget_modifiers(p, MODIFIER_TELEHEALTH);
      p->has_telehealth_modifiers = false;
      break;
    case KEY_EXCLUSIVE_MODIFIERS:
      forget_modifiers(p, MODIFIER_EXCLUSIVE);
      h2040_list_free(&p->exclusive);
      break;
    case KEY_SETTINGS:
      forget_modifiers(p, MODIFIER_SETTING);
      h2040_list_free(&p->settings);
      memset(p->setting_place, 0, sizeof p->setting_place);
      break;
    case KEY_MODIFIER_DATES:
      forget_modifiers(p, MODIFIER_DATED);
      h2040_list_free(&p->modifier_dates);
      break;
    case KEY_PLACES:
      memset(p->place, 0, sizeof p->place);
      p->takes_any_place = none;
      break;
    case KEY_TAXONOMIES:
      h2040_list_free(&p->taxonomies);
      p->takes_any_taxonomy = none;
      break;
    case KEY_DIAGNOSES:
      h2040_list_free(&p->diagnoses);
      p->takes_any_diagnosis = none;
      break;
    case KEY_TREATMENTS:
      free_treatments(p);
      p->takes_any_treatment = none;
      break;
    case KEY_DOCUMENTATION: p->documentation = (struct set){ { 0 } }; break;
    case KEY_OFF: p->off = (struct set){ { 0 } }; break;
    default: p->errors = default_errors(); break; /* KEY_SEVERITY */
  }
}

void h2040_policy_read_key(struct policy_reader *r, struct text name, const struct json_value *v) {
  struct policy *p = r->policy;
  int key = 0;
  while (key < KEY_COUNT && !(strlen(key_names[key]) == name.n && memcmp(key_names[key], name.z, name.n) == 0)) key++;
  if (key == KEY_COUNT) {
    const char *near = h2040_nearest(name, key_names, KEY_COUNT);
    h2040_policy_problem(r, "unknown key %s%s%s%s", h2040_quote(name).z, near ? " (did you mean '" : "",
                         near ? near : "", near ? "'?)" : "");
    return;
  }
  r->key = (enum policy_key)key;
  if (set_has(r->seen, key)) {
    h2040_policy_problem(r, "the key '%s' stands in it twice", key_names[key]);
    return;
  }
  set_add(&r->seen, key);
  switch (r->key) {
    case KEY_EXTENDS: break; /* the caller began with that pack */
    case KEY_HCPCS_CODE: set_hcpcs_code(r, v); break;
    case KEY_UNIT_BASIS: p->unit_basis = (enum unit_basis)one_of(r, v, unit_basis_names, 6, "is"); break;
    case KEY_UNIT_ROUNDING: p->unit_rounding = (enum unit_rounding)one_of(r, v, unit_rounding_names, 2, "is"); break;
    case KEY_PRIOR_AUTHORIZATION:
      p->prior_authorization = (enum prior_authorization)one_of(r, v, prior_authorization_names, 3, "is");
      break;
    case KEY_MAX_UNITS_PER_LINE: p->max_units_per_line = limit(r, v, 1); break;
    case KEY_MIN_MINUTES: p->min_minutes = limit(r, v, 0); break;
    case KEY_TIMELY_FILING_DAYS: p->timely_filing_days = limit(r, v, 0); break;
    case KEY_REVIEW_DAYS: p->review_days = limit(r, v, 0); break;
    case KEY_SETTINGS:
    case KEY_MODIFIER_DATES:
    case KEY_SEVERITY: start_collection(r, v, JSON_OBJECT); break;
    default: start_collection(r, v, JSON_ARRAY); break;
  }
}

/* A modifier named in the policy, flagged; NO_MODIFIER after a problem. */
static int read_modifier(struct policy_reader *r, struct text t, bool is_text, uint8_t flag) {
  int modifier = is_text ? h2040_modifier_number(h2040_trim(t)) : NO_MODIFIER;
  if (modifier == NO_MODIFIER) {
    h2040_policy_problem(r, "%s names the modifier %s; a modifier is two letters or digits in quotes, like \"GT\"",
                         key_names[r->key], h2040_quote(t).z);
  } else {
    r->policy->modifier[modifier] |= MODIFIER_NAMED | flag;
  }
  return modifier;
}

static int read_modifier_value(struct policy_reader *r, const struct json_value *v, uint8_t flag) {
  return read_modifier(r, v->text, v->type == JSON_TEXT, flag);
}

/* The modifier that is the name of a member: each only once. */
static int read_modifier_name(struct policy_reader *r, struct text name, uint8_t flag) {
  int modifier = h2040_modifier_number(h2040_trim(name));
  if (modifier != NO_MODIFIER && (r->policy->modifier[modifier] & flag)) {
    h2040_policy_problem(r, "%s names the modifier %s twice", key_names[r->key], h2040_quote(name).z);
  }
  return read_modifier(r, name, true, flag);
}

static int read_place(struct policy_reader *r, const struct json_value *v) {
  int place = v->type == JSON_TEXT || v->type == JSON_INTEGER ? h2040_place_of_service(h2040_trim(v->text)) : -1;
  if (place < 0) {
    h2040_policy_problem(r, "%s names the place of service %s, which is not an assigned code like \"11\"",
                         key_names[r->key], h2040_quote(v->text).z);
  }
  return place;
}

/* How codes of a kind are written: the longest, and of what their first characters
** are (9 a digit, A none). */
struct code_shape {
  size_t longest;
  const char *begin;
  const char *like;
};

static const struct code_shape taxonomy_shape = { 10, "999", "\"101Y\"" };
static const struct code_shape diagnosis_shape = { 7, "A9", "\"F84\" or \"F20-F29\"" };

/* A code or the beginning of one; dots are for the reader. */
static bool read_prefix(struct text t, const struct code_shape *shape, char out[12], struct text *prefix,
                        uint64_t *number) {
  size_t begin = strlen(shape->begin);
  size_t n = 0;
  t = h2040_trim(t);
  for (size_t i = 0; i < t.n; i++) {
    if (t.z[i] == '.' && i == 3) continue;
    if (n == shape->longest) return false;
    if (n < begin && is_digit(t.z[i]) != (shape->begin[n] == '9')) return false;
    out[n++] = t.z[i];
  }
  *prefix = (struct text){ out, n };
  return h2040_code_number(*prefix, number);
}

static void add_range(struct policy_reader *r, const struct json_value *v, struct list *ranges,
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
    h2040_policy_problem(r, "%s holds %s; write a prefix or a range like %s", key_names[r->key],
                         h2040_quote(v->text).z, shape->like);
    return;
  }
  struct code_range *range = add(r, ranges, sizeof *range);
  if (range) *range = found;
}

static void add_treatment(struct policy_reader *r, const struct json_value *v) {
  struct text name = h2040_trim(v->text);
  if (v->type != JSON_TEXT || name.n == 0 || memchr(name.z, 0, name.n)) {
    h2040_policy_problem(r, "treatments holds %s; it must hold names of treatments", h2040_quote(v->text).z);
    return;
  }
  struct treatment *treatment = add(r, &r->policy->treatments, sizeof *treatment);
  if (!treatment) return;
  treatment->name = h2040_realloc(NULL, name.n + 1);
  if (!treatment->name) {
    r->policy->treatments.count--;
    r->out_of_memory = true;
    return;
  }
  memcpy(treatment->name, name.z, name.n);
  treatment->name[name.n] = 0;
}

static void add_subject(struct policy_reader *r, const struct json_value *v) {
  const char *names[SUBJECT_COUNT];
  for (int i = 0; i < SUBJECT_COUNT; i++) names[i] = subject[i].name;
  int found = one_of(r, v, names, SUBJECT_COUNT, "holds");
  r->policy->documentation = set_union(r->policy->documentation, subject[found].rules);
}

static int read_rule(struct policy_reader *r, struct text id) {
  const char *ids[RULE_COUNT];
  int rule = h2040_rule_named(id);
  if (rule >= 0) return rule;
  for (int i = 0; i < RULE_COUNT; i++) ids[i] = h2040_rules[i].id;
  const char *near = h2040_nearest(id, ids, RULE_COUNT);
  h2040_policy_problem(r, "%s names the rule %s, which is not in h2040_rules%s%s%s", key_names[r->key],
                       h2040_quote(id).z, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
  return -1;
}

static void read_severity(struct policy_reader *r, struct text id, const struct json_value *v) {
  static const char *const names[] = { "warning", "error" };
  int rule = read_rule(r, id);
  int severity = one_of(r, v, names, 2, "is");
  if (policy_reader_failed(r)) return;
  if (set_has(r->graded, rule)) h2040_policy_problem(r, "severity names the rule %s twice", h2040_quote(id).z);
  set_add(&r->graded, rule);
  if (severity == SEVERITY_ERROR) set_add(&r->policy->errors, rule);
  else set_remove(&r->policy->errors, rule);
}

static void must_be_array(struct policy_reader *r, const struct json_value *v, const char *like) {
  if (v->type == JSON_ARRAY) return;
  h2040_policy_problem(r, "%s holds %s; it must hold arrays, like %s", key_names[r->key], h2040_quote(v->text).z, like);
}

void h2040_policy_read_member(struct policy_reader *r, struct text name, int64_t index, const struct json_value *v) {
  struct policy *p = r->policy;
  int found;
  switch (r->key) {
    case KEY_ACCEPTED_MODIFIERS: read_modifier_value(r, v, MODIFIER_ACCEPTED); break;
    case KEY_REFUSED_MODIFIERS: read_modifier_value(r, v, MODIFIER_REFUSED); break;
    case KEY_TELEHEALTH_MODIFIERS:
      read_modifier_value(r, v, MODIFIER_TELEHEALTH);
      p->has_telehealth_modifiers = true;
      break;
    case KEY_REQUIRED_MODIFIERS:
      found = read_modifier_value(r, v, 0);
      if (found != NO_MODIFIER && !(p->modifier[found] & MODIFIER_REQUIRED)) {
        int *required = add(r, &p->required, sizeof *required);
        if (required) *required = found;
        p->modifier[found] |= MODIFIER_REQUIRED;
      }
      break;
    case KEY_EXCLUSIVE_MODIFIERS:
      must_be_array(r, v, "[[\"GT\", \"95\"], [\"76\", \"77\"]]");
      r->current = (int32_t)index;
      break;
    case KEY_SETTINGS:
      must_be_array(r, v, "{\"U1\": [\"14\"]}");
      r->current = read_modifier_name(r, name, MODIFIER_SETTING);
      if (!policy_reader_failed(r)) {
        struct setting *setting = add(r, &p->settings, sizeof *setting);
        if (setting) setting->modifier = r->current;
      }
      break;
    case KEY_MODIFIER_DATES:
      must_be_array(r, v, "{\"QZ\": [\"2027-01-01\", null]}");
      r->current = read_modifier_name(r, name, MODIFIER_DATED);
      if (!policy_reader_failed(r)) {
        struct modifier_dates *dates = add(r, &p->modifier_dates, sizeof *dates);
        if (dates) *dates = (struct modifier_dates){ r->current, INT32_MIN, INT32_MAX };
      }
      break;
    case KEY_PLACES:
      found = read_place(r, v);
      if (found >= 0) p->place[found] = true;
      break;
    case KEY_TAXONOMIES: add_range(r, v, &p->taxonomies, &taxonomy_shape); break;
    case KEY_DIAGNOSES: add_range(r, v, &p->diagnoses, &diagnosis_shape); break;
    case KEY_TREATMENTS: add_treatment(r, v); break;
    case KEY_DOCUMENTATION: add_subject(r, v); break;
    case KEY_OFF:
      found = read_rule(r, v->text);
      if (found >= 0) set_add(&p->off, found);
      break;
    default: read_severity(r, name, v); break; /* KEY_SEVERITY: no other key has members */
  }
}

static bool read_day(struct text t, int32_t *day) {
  struct value v = value_of_text(t);
  return h2040_read_date(&v, DATES_ISO, day) == READ;
}

static void read_modifier_date(struct policy_reader *r, int64_t index, const struct json_value *v) {
  struct modifier_dates *dates = r->policy->modifier_dates.items;
  char first[DATE_SIZE], last[DATE_SIZE], text[3];
  int32_t day;
  dates += r->policy->modifier_dates.count - 1;
  if (v->type == JSON_NULL && index < 2) return;
  if (index > 1 || v->type != JSON_TEXT || !read_day(v->text, &day)) {
    h2040_policy_problem(r, "modifier_dates holds %s; write the first and the last valid day, like [\"2027-01-01\", null]",
                         h2040_quote(v->text).z);
    return;
  }
  if (index == 0) dates->added = day;
  else dates->terminated = day;
  if (dates->terminated < dates->added) {
    h2040_policy_problem(r, "modifier_dates ends %s before it begins: the last valid day is %s, the first %s",
                         h2040_modifier_text(dates->modifier, text), h2040_date_text(dates->terminated, last),
                         h2040_date_text(dates->added, first));
  }
}

void h2040_policy_read_element(struct policy_reader *r, int64_t index, const struct json_value *v) {
  struct policy *p = r->policy;
  int found;
  switch (r->key) {
    case KEY_EXCLUSIVE_MODIFIERS:
      found = read_modifier_value(r, v, MODIFIER_EXCLUSIVE);
      if (found != NO_MODIFIER) {
        struct exclusive_modifier *exclusive = add(r, &p->exclusive, sizeof *exclusive);
        if (exclusive) *exclusive = (struct exclusive_modifier){ found, r->current };
      }
      break;
    case KEY_SETTINGS:
      found = read_place(r, v);
      if (found >= 0) {
        struct setting *settings = p->settings.items;
        settings[p->settings.count - 1].place[found] = true;
        p->setting_place[found] = true;
      }
      break;
    default: read_modifier_date(r, index, v); break; /* KEY_MODIFIER_DATES: no other key's members have elements */
  }
}
