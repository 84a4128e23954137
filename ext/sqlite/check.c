/*
** h2040_check(field, value, …)     the ids of the rules that a claim line breaks
** h2040_explain(field, value, …)   the same with words
**
**   SELECT h2040_check('hcpcs_code', 'H2040', 'units', 0, 'modifiers', 'GT GT');
**   ["unit.not_whole","modifier.duplicate"]
**
** Field and value take turns, in any order of the fields (ext/billing/field.h);
** or the one argument is a JSON object of them.  A field that is left out is not
** judged; one that is passed as NULL or blank is judged missing.
**
** 'dates' with iso (the default), mdy, dmy or excel says how the dates of the others are
** written (ext/billing/date.h).
**
**   NULL   not judged: another code than the policy's or none, or a void
**   '[]'   judged, nothing broken
**   else   a JSON array of rule ids in catalogue order; of objects {"rule",
**          "severity", "field", "value", "message", "remedy", "carc"}
**
** Errors: an unknown field, the same field twice, an odd number of arguments, a
** JSON text that is no object, a policy that is not sound, an as_of that cannot
** be read, an unknown 'dates'.  Bad data is a finding, never an error.
**
** The layout of the arguments is worked out once and kept with the statement, as
** auxiliary data of each name.  SQLite discards such data when its argument
** changes, which for a constant is never: so a name whose data is still there
** need not be looked at again.  A name that may change (it comes from a column,
** or stands beyond the 32 arguments that SQLite watches) is compared in each row.
** Each value is read once.
*/
#include "../billing/json.h"
#include "../billing/memory.h"
#include "json_text.h"
#include "line_layout.h"
#include "register.h"

#include <string.h>

/* What a function's user data says of it. */
struct check_function {
  const char *name;
  bool explains;
  struct policies *policies;
  struct check *json; /* the layout of the last JSON object: mostly that of the next one */
};

/* The auxiliary data of one name. */
struct name_watch {
  struct check *check;
  int position;
};

struct check {
  struct line_layout layout;
  int policy_argument; /* -1: none */
  struct text name[ARGUMENT_COUNT];
  struct report *report; /* NULL: ids only */

  int holders; /* the watches, and who makes it */
  int unwatched_count;
  int unwatched[ARGUMENT_COUNT]; /* the positions whose names may change */
  struct name_watch watch[ARGUMENT_COUNT];
};

static void check_release(struct check *check) {
  if (!check || --check->holders > 0) return;
  h2040_layout_clear(&check->layout);
  sqlite3_free(check->report);
  sqlite3_free(check);
}

static void name_discarded(void *pointer) {
  struct name_watch *watch = pointer;
  struct check *check = watch->check;
  check->unwatched[check->unwatched_count++] = watch->position;
  check_release(check);
}

/* Gives the layout to the statement: the last thing a call does with it, for the
** data may be discarded at once. */
static void watch_names(sqlite3_context *context, struct check *check) {
  check->unwatched_count = 0;
  /* The first name's last: what was set last is found soonest. */
  for (int i = check->layout.count - 1; i >= 0; i--) {
    check->watch[i] = (struct name_watch){ check, i };
    check->holders++;
    sqlite3_set_auxdata(context, 2 * i, &check->watch[i], name_discarded);
  }
}

static struct check *check_new(struct fault *fault, const struct check_function *function) {
  struct check *check = sqlite3_malloc64(sizeof *check);
  if (!check) {
    h2040_fail_memory(fault);
    return NULL;
  }
  h2040_layout_init(&check->layout, function->policies, function->name);
  check->policy_argument = -1;
  check->holders = 1;
  check->report = NULL;
  if (function->explains) {
    check->report = sqlite3_malloc64(sizeof *check->report);
    if (!check->report) h2040_fail_memory(fault);
  }
  return check;
}

static void add_field(struct check *check, struct fault *fault, struct text name, int argument) {
  const char *function = check->layout.function;
  int field = h2040_argument_named(name);
  if (fault->rc != SQLITE_OK) return;
  if (field < 0) {
    const char *near = h2040_nearest(name, h2040_field_names, ARGUMENT_COUNT);
    h2040_fail(fault, "%s: unknown field %s%s%s%s", function, h2040_quote(name).z, near ? " (did you mean '" : "",
               near ? near : "", near ? "'?)" : "");
  } else if (layout_has(&check->layout, (enum field)field)) {
    h2040_fail(fault, "%s: the field '%s' is passed twice", function, h2040_field_names[field]);
  } else {
    check->name[check->layout.count] = h2040_text(h2040_field_names[field]);
    h2040_layout_add(&check->layout, (enum field)field);
    if (field == FIELD_POLICY) check->policy_argument = argument;
  }
}

static void add_pairs(struct check *check, struct fault *fault, int argc, sqlite3_value **argv) {
  if (argc == 0 || argc % 2 == 1) {
    h2040_fail(fault, "%s: %d arguments; pass pairs of a field's name and its value, or one JSON object",
               check->layout.function, argc);
  }
  for (int i = 0; i < argc && fault->rc == SQLITE_OK; i += 2) {
    struct text name = h2040_text_of(fault, argv[i]);
    if (sqlite3_value_type(argv[i]) == SQLITE_NULL) {
      h2040_fail(fault, "%s: argument %d is NULL; it must be the name of a field", check->layout.function, i + 1);
    }
    add_field(check, fault, name, i + 1);
  }
}

/* Whether the names are still those of the layout. */
static bool same_names(const struct check *check, sqlite3_value **argv) {
  for (int i = 0; i < check->unwatched_count; i++) {
    int position = check->unwatched[i];
    const char *name = (const char *)sqlite3_value_text(argv[2 * position]);
    if (!name || (size_t)sqlite3_value_bytes(argv[2 * position]) != check->name[position].n
        || memcmp(name, check->name[position].z, check->name[position].n) != 0) {
      return false;
    }
  }
  return true;
}

static void result_ids(sqlite3_context *context, struct set broken) {
  enum { LONGEST_ID = 40 };
  char text[LINE_RULE_COUNT * (LONGEST_ID + 3) + 2];
  size_t n = 0;
  char separator = '[';
  if (set_empty(broken)) {
    sqlite3_result_text(context, "[]", 2, SQLITE_STATIC);
    return;
  }
  for (int rule = set_next(broken, 0); rule < LINE_RULE_COUNT; rule = set_next(broken, rule + 1)) {
    size_t length = strlen(h2040_rules[rule].id);
    text[n++] = separator;
    text[n++] = '"';
    memcpy(text + n, h2040_rules[rule].id, length);
    n += length;
    text[n++] = '"';
    separator = ',';
  }
  text[n++] = ']';
  sqlite3_result_text(context, text, (int)n, SQLITE_TRANSIENT);
}

static void result_findings(sqlite3_context *context, const struct judgment *j) {
  sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
  const char *separator = "[";
  for (int rule = set_next(j->broken, 0); rule < LINE_RULE_COUNT; rule = set_next(j->broken, rule + 1)) {
    const struct rule_entry *entry = &h2040_rules[rule];
    const struct finding *finding = &j->report->finding[rule];
    sqlite3_str_appendf(out, "%s{\"rule\":\"%s\",\"severity\":\"%s\",\"field\":\"%s\",\"value\":", separator, entry->id,
                        h2040_severity_text(h2040_policy_severity(j->policy, (enum rule)rule)),
                        h2040_field_names[finding->field]);
    h2040_json_string(out, finding->value);
    sqlite3_str_appendall(out, ",\"message\":");
    h2040_json_string(out, h2040_text(finding->message));
    sqlite3_str_appendall(out, ",\"remedy\":");
    h2040_json_string(out, h2040_text(h2040_remedy_text((enum rule)rule, finding->remedy)));
    if (finding->carc[0]) sqlite3_str_appendf(out, ",\"carc\":\"%s\"}", finding->carc);
    else sqlite3_str_appendall(out, ",\"carc\":null}");
    separator = ",";
  }
  sqlite3_str_appendall(out, set_empty(j->broken) ? "[]" : "]");
  h2040_result_built(context, out);
}

/* Judges the line whose values and policy the layout has been given. */
static void conclude(sqlite3_context *context, struct fault *fault, struct check *check) {
  struct judgment j;
  enum verdict verdict = h2040_layout_judge(&check->layout, fault, &j, check->report);
  if (fault->rc != SQLITE_OK || verdict == NOT_JUDGED) return;
  if (check->report) result_findings(context, &j);
  else result_ids(context, j.broken);
}

/* Value i is argv[2 * i + 1]. */
static void judge_pairs(sqlite3_context *context, struct fault *fault, struct check *check, sqlite3_value **argv) {
  struct line_layout *layout = &check->layout;
  if (check->policy_argument >= 0) h2040_layout_use_policy(layout, fault, argv[check->policy_argument]);
  else if (!layout->held) h2040_layout_use_policy(layout, fault, NULL);
  for (int i = 0; i < layout->count; i++) {
    h2040_read_value(fault, argv[2 * i + 1], &layout->line.value[layout->field[i]]);
  }
  conclude(context, fault, check);
}

static void check_pairs(sqlite3_context *context, struct fault *fault, const struct check_function *function, int argc,
                        sqlite3_value **argv) {
  struct name_watch *first = sqlite3_get_auxdata(context, 0);
  struct check *check;
  if (first && same_names(first->check, argv)) {
    judge_pairs(context, fault, first->check, argv);
    return;
  }
  check = check_new(fault, function);
  if (check) add_pairs(check, fault, argc, argv);
  if (fault->rc == SQLITE_OK) judge_pairs(context, fault, check, argv);
  if (fault->rc == SQLITE_OK) watch_names(context, check);
  check_release(check);
}

/* --- one JSON object ------------------------------------------------------ */

/* What stands in a list is one text, apart by spaces; an empty list is blank. */
static struct text joined(const struct json_document *document, const struct json_value *list, char *room) {
  struct json_cursor members = h2040_json_enter(document, list);
  struct json_value member;
  struct text none;
  size_t n = 0;
  while (h2040_json_next(&members, &none, &member)) {
    if (member.type == JSON_NULL) continue;
    if (n > 0) room[n++] = ' ';
    memcpy(room + n, member.text.z, member.text.n);
    n += member.text.n;
  }
  return (struct text){ room, n };
}

/* A JSON object while it is read.  The lists that were joined are shorter than they are
** written, so that room for as much as the whole text is room for all of them. */
struct json_line {
  struct json_document document;
  struct json_value top;
  size_t length;
  char *room; /* NULL: no list yet */
  size_t used;
};

/* Of those that stand for any beyond them only the one that is written so. */
static bool fits_64_bits(const struct json_value *number) {
  if (number->integer == INT64_MAX) return h2040_same(number->text, TEXT("9223372036854775807"));
  return number->integer != INT64_MIN || h2040_same(number->text, TEXT("-9223372036854775808"));
}

static void read_member(struct json_line *object, struct fault *fault, const struct json_value *member, bool policy,
                        struct value *v) {
  struct text list;
  *v = value_of_text(member->text);
  switch (member->type) {
    case JSON_NULL: v->kind = VALUE_NULL; break;
    case JSON_INTEGER:
      v->kind = VALUE_INTEGER;
      v->integer = member->integer;
      if (fits_64_bits(member)) break;
      v->kind = VALUE_REAL; /* as SQL has a number that does not fit */
      v->real = h2040_json_real(member);
      break;
    case JSON_REAL:
      v->kind = VALUE_REAL;
      v->real = h2040_json_real(member);
      break;
    case JSON_ARRAY:
      if (policy) break;
      if (!object->room) object->room = h2040_realloc(NULL, object->length);
      if (!object->room) {
        h2040_fail_memory(fault);
        break;
      }
      list = joined(&object->document, member, object->room + object->used);
      *v = value_of_text(list);
      object->used += list.n;
      break;
    default: break;
  }
}

/* The field that member i of the object is: that of member i of the last one, if it has its name. */
static enum field field_of_member(struct check *check, struct fault *fault, int i, struct text name) {
  if (i < check->layout.count && h2040_same(name, check->name[i])) return check->layout.field[i];
  h2040_layout_cut(&check->layout, i);
  if (check->policy_argument >= i) check->policy_argument = -1;
  add_field(check, fault, name, i);
  return fault->rc == SQLITE_OK ? check->layout.field[i] : FIELD_POLICY;
}

static void judge_object(sqlite3_context *context, struct fault *fault, struct check *check, struct json_line *object) {
  struct line_layout *layout = &check->layout;
  struct json_cursor members = h2040_json_enter(&object->document, &object->top);
  struct json_value member;
  struct text name;
  int count = 0;
  for (; fault->rc == SQLITE_OK && h2040_json_next(&members, &name, &member); count++) {
    enum field field = field_of_member(check, fault, count, name);
    if (fault->rc == SQLITE_OK) read_member(object, fault, &member, field == FIELD_POLICY, &layout->line.value[field]);
  }
  if (fault->rc != SQLITE_OK) return;
  if (count < layout->count) h2040_layout_cut(layout, count);
  if (check->policy_argument >= count) check->policy_argument = -1;
  if (check->policy_argument >= 0) {
    char number[NUMBER_SIZE];
    struct text policy = h2040_value_shown(&layout->line.value[FIELD_POLICY], number);
    h2040_layout_use_policy_text(layout, fault, policy);
  } else {
    h2040_layout_use_policy(layout, fault, NULL);
  }
  conclude(context, fault, check);
}

static void check_json(sqlite3_context *context, struct fault *fault, struct check_function *function,
                       sqlite3_value *argument) {
  struct json_line object = { .length = 0 };
  struct json_problem problem;
  struct text json;
  char *made;
  if (sqlite3_value_type(argument) == SQLITE_NULL) return;
  if (!function->json) function->json = check_new(fault, function);
  h2040_read_json(fault, argument, &json, &made);
  if (fault->rc == SQLITE_OK) {
    object.length = json.n;
    enum json_reading reading = h2040_json_open(&object.document, json, &object.top, &problem);
    if (reading == JSON_NO_MEMORY) {
      h2040_fail_memory(fault);
    } else if (reading == JSON_MALFORMED && json.n > 0 && json.z[0] == '{') {
      h2040_fail(fault, "%s: one argument, and it is not a JSON object: %s: %s after %lld bytes", function->name,
                 h2040_quote(json).z, problem.why, (sqlite3_int64)problem.at);
    } else if (reading == JSON_MALFORMED || object.top.type != JSON_OBJECT) {
      h2040_fail(fault, "%s: one argument, and it is not a JSON object: %s", function->name, h2040_quote(json).z);
    } else {
      judge_object(context, fault, function->json, &object);
    }
    h2040_json_close(&object.document);
  }
  h2040_free(object.room);
  h2040_free(made);
}

static void check_or_explain(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct check_function *function = sqlite3_user_data(context);
  struct fault fault = { 0 };
  if (argc == 1) check_json(context, &fault, function, argv[0]);
  else check_pairs(context, &fault, function, argc, argv);
  h2040_fault_to_function(&fault, context);
}

static void check_function_free(void *pointer) {
  struct check_function *function = pointer;
  check_release(function->json);
  h2040_policies_release(function->policies);
  sqlite3_free(function);
}

static void register_one(struct fault *fault, sqlite3 *db, struct policies *policies, const char *name, bool explains) {
  struct check_function *function;
  if (fault->rc != SQLITE_OK) return;
  function = sqlite3_malloc64(sizeof *function);
  if (!function) {
    h2040_fail_memory(fault);
    return;
  }
  *function = (struct check_function){ name, explains, policies, NULL };
  h2040_policies_hold(policies);
  h2040_register_function(fault, db, name, -1, check_or_explain, function, check_function_free);
}

void h2040_register_check(struct fault *fault, sqlite3 *db, struct policies *policies) {
  register_one(fault, db, policies, "h2040_check", false);
  register_one(fault, db, policies, "h2040_explain", true);
}
