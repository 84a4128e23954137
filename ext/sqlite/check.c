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
**   NULL   not judged: another code than the policy's or none, or a void
**   '[]'   judged, nothing broken
**   else   a JSON array of rule ids in catalogue order; of objects {"rule",
**          "severity", "field", "value", "message", "remedy", "carc"}
**
** Errors: an unknown field, the same field twice, an odd number of arguments, a
** JSON text that is no object, a policy that is not sound, an as_of that cannot
** be read.  Bad data is a finding, never an error.
**
** The layout of the arguments is worked out once and kept with the statement, as
** auxiliary data of each name.  SQLite discards such data when its argument
** changes, which for a constant is never: so a name whose data is still there
** need not be looked at again.  A name that may change (it comes from a column,
** or stands beyond the 32 arguments that SQLite watches) is compared in each row.
** Each value is read once.
*/
#include "json_text.h"
#include "line_layout.h"
#include "register.h"

#include <string.h>

/* What a function's user data says of it. */
struct check_function {
  const char *name;
  bool explains;
  struct policies *policies;
};

/* The auxiliary data of one name. */
struct name_watch {
  struct check *check;
  int position;
};

struct check {
  struct line_layout layout;
  int policy_argument; /* -1: none */
  struct text name[FIELD_COUNT];
  struct report *report; /* NULL: ids only */

  int holders; /* the watches, and who makes it */
  int unwatched_count;
  int unwatched[FIELD_COUNT]; /* the positions whose names may change */
  struct name_watch watch[FIELD_COUNT];
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
  int field = h2040_field_named(name);
  if (fault->rc != SQLITE_OK) return;
  if (field < 0) {
    const char *near = h2040_nearest(name, h2040_field_names, FIELD_COUNT);
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
    struct value name;
    h2040_read_value(fault, argv[i], &name, true);
    if (name.kind == VALUE_NULL) {
      h2040_fail(fault, "%s: argument %d is NULL; it must be the name of a field", check->layout.function, i + 1);
    }
    add_field(check, fault, name.text, i + 1);
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
  for (int rule = 0; rule < LINE_RULE_COUNT; rule++) {
    size_t length = strlen(h2040_rules[rule].id);
    if (!set_has(broken, rule)) continue;
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
  for (int rule = 0; rule < LINE_RULE_COUNT; rule++) {
    const struct rule_entry *entry = &h2040_rules[rule];
    const struct finding *finding = &j->report->finding[rule];
    if (!set_has(j->broken, rule)) continue;
    sqlite3_str_appendf(out, "%s{\"rule\":\"%s\",\"severity\":\"%s\",\"field\":\"%s\",\"value\":", separator, entry->id,
                        h2040_severity_text(h2040_policy_severity(j->policy, (enum rule)rule)),
                        h2040_field_names[finding->field]);
    h2040_json_string(out, finding->value);
    sqlite3_str_appendall(out, ",\"message\":");
    h2040_json_string(out, h2040_text(finding->message));
    sqlite3_str_appendall(out, ",\"remedy\":");
    h2040_json_string(out, h2040_text(h2040_remedy_text((enum rule)rule, finding->remedy)));
    if (entry->carc) sqlite3_str_appendf(out, ",\"carc\":%d}", entry->carc);
    else sqlite3_str_appendall(out, ",\"carc\":null}");
    separator = ",";
  }
  sqlite3_str_appendall(out, set_empty(j->broken) ? "[]" : "]");
  h2040_result_built(context, out);
}

/* Judges one row: value i is argv[first + step * i]. */
static void judge(sqlite3_context *context, struct fault *fault, struct check *check, sqlite3_value **argv, int first,
                  int step) {
  struct line_layout *layout = &check->layout;
  struct judgment j;
  if (check->policy_argument >= 0) h2040_layout_use_policy(layout, fault, argv[check->policy_argument]);
  else if (!layout->held) h2040_layout_use_policy(layout, fault, NULL);
  for (int i = 0; i < layout->count; i++) {
    h2040_read_value(fault, argv[first + step * i], &layout->line.value[layout->field[i]], check->report != NULL);
  }
  enum verdict verdict = h2040_layout_judge(layout, fault, &j, check->report);
  if (fault->rc != SQLITE_OK || verdict == NOT_JUDGED) return;
  if (check->report) result_findings(context, &j);
  else result_ids(context, j.broken);
}

static void check_pairs(sqlite3_context *context, struct fault *fault, const struct check_function *function, int argc,
                        sqlite3_value **argv) {
  struct name_watch *first = sqlite3_get_auxdata(context, 0);
  struct check *check;
  if (first && same_names(first->check, argv)) {
    judge(context, fault, first->check, argv, 1, 2);
    return;
  }
  check = check_new(fault, function);
  if (check) add_pairs(check, fault, argc, argv);
  if (fault->rc == SQLITE_OK) judge(context, fault, check, argv, 1, 2);
  if (fault->rc == SQLITE_OK) watch_names(context, check);
  check_release(check);
}

/* The same from the members of a JSON object.  Lists may be arrays; an empty
** one is blank. */
static void check_json(sqlite3_context *context, struct fault *fault, const struct check_function *function,
                       sqlite3_value *object) {
  sqlite3_value *values[FIELD_COUNT] = { NULL };
  int count = 0;
  struct check *check;
  sqlite3_stmt *each;
  struct value json;

  if (sqlite3_value_type(object) == SQLITE_NULL) return;
  h2040_read_value(fault, object, &json, true);
  check = check_new(fault, function);
  each = h2040_prepare(fault, sqlite3_context_db_handle(context),
    "SELECT key, CASE WHEN type IN ('true', 'false') THEN type"
    " WHEN type = 'array' AND key NOT LIKE 'policy'"
    " THEN (SELECT group_concat(value, ' ') FROM json_each(member.value)) ELSE value END"
    " FROM json_each(CASE WHEN json_valid(?1) AND json_type(?1) = 'object' THEN ?1 ELSE '[0]' END) AS member");
  if (each) h2040_bind_json(fault, each, json.text);
  while (each && h2040_step(fault, each)) {
    struct value name;
    if (sqlite3_column_type(each, 0) == SQLITE_INTEGER) {
      enum json_shape shape = h2040_json_shape(fault, sqlite3_context_db_handle(context), json.text);
      if (shape == JSON_IS_OBJECT) h2040_fail_memory(fault); /* then json_valid had none */
      else h2040_fail(fault, "%s: one argument, and it is not a JSON object: %s", function->name, h2040_quote(json.text).z);
      break;
    }
    h2040_read_value(fault, sqlite3_column_value(each, 0), &name, true);
    add_field(check, fault, name.text, count);
    if (fault->rc != SQLITE_OK) break;
    values[count] = sqlite3_value_dup(sqlite3_column_value(each, 1));
    if (values[count]) count++;
    else h2040_fail_memory(fault);
  }
  sqlite3_finalize(each);
  if (fault->rc == SQLITE_OK) judge(context, fault, check, values, 0, 1);
  for (int i = 0; i < count; i++) sqlite3_value_free(values[i]);
  check_release(check);
}

static void check_or_explain(sqlite3_context *context, int argc, sqlite3_value **argv) {
  const struct check_function *function = sqlite3_user_data(context);
  struct fault fault = { 0 };
  if (argc == 1) check_json(context, &fault, function, argv[0]);
  else check_pairs(context, &fault, function, argc, argv);
  h2040_fault_to_function(&fault, context);
}

static void check_function_free(void *pointer) {
  struct check_function *function = pointer;
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
  *function = (struct check_function){ name, explains, policies };
  h2040_policies_hold(policies);
  h2040_register_function(fault, db, name, -1, check_or_explain, function, check_function_free);
}

void h2040_register_check(struct fault *fault, sqlite3 *db, struct policies *policies) {
  register_one(fault, db, policies, "h2040_check", false);
  register_one(fault, db, policies, "h2040_explain", true);
}
