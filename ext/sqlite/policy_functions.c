/*
** h2040_policy(name)             a built-in policy pack as JSON
** h2040_policy_problem(policy)   NULL where the policy is sound, else one sentence
** h2040_policy_notes(policy)     a JSON array of remarks on a sound policy
**
**   SELECT json_extract(h2040_policy('cms'), '$.unit_basis');           month
**   SELECT h2040_policy_problem('{"unit_basis": "week"}');
**   policy: unit_basis is 'week'; it must be one of: session, 15 minutes, hour, …
**
** h2040_policy_problem never fails for what a policy says, so it is fit for a
** CHECK constraint: CHECK (h2040_policy_problem(policy) IS NULL).  NULL gives NULL
** everywhere.  h2040_policy of an unknown name, and h2040_policy_notes of a policy
** that is not sound, are errors.
*/
#include "../billing/memory.h"
#include "../billing/quote.h"
#include "json_text.h"
#include "register.h"

static void policy_pack(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  char names[PACK_NAMES_SIZE];
  (void)argc;
  struct text name = h2040_text_of(&fault, argv[0]);
  if (fault.rc == SQLITE_OK && sqlite3_value_type(argv[0]) != SQLITE_NULL) {
    const char *json = h2040_pack_text(name);
    if (json) sqlite3_result_text(context, json, -1, SQLITE_STATIC);
    else h2040_fail(&fault, "h2040_policy: there is no pack %s; the packs are %s", h2040_quote(name).z,
                    h2040_pack_names(names));
  }
  h2040_fault_to_function(&fault, context);
}

/* Reads the policy that is a function's argument; false for NULL and after a fault. */
static bool read_argument(struct fault *fault, sqlite3_value *argument, struct policy *policy,
                          char problem[PROBLEM_SIZE]) {
  bool given = sqlite3_value_type(argument) != SQLITE_NULL;
  struct text text;
  char *made;
  h2040_policy_init(policy);
  h2040_read_json(fault, argument, &text, &made);
  if (fault->rc == SQLITE_OK && given && !h2040_policy_read(text, policy, problem)) h2040_fail_memory(fault);
  h2040_free(made);
  return fault->rc == SQLITE_OK && given;
}

static void policy_problem(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct policy policy;
  char problem[PROBLEM_SIZE];
  (void)argc;
  if (read_argument(&fault, argv[0], &policy, problem) && problem[0]) {
    sqlite3_result_text(context, problem, -1, SQLITE_TRANSIENT);
  }
  h2040_policy_clear(&policy);
  h2040_fault_to_function(&fault, context);
}

struct note_list {
  sqlite3_str *out;
  int count;
};

static void add_note(void *context, const char *note) {
  struct note_list *list = context;
  sqlite3_str_appendchar(list->out, 1, list->count++ == 0 ? '[' : ',');
  h2040_json_string(list->out, h2040_text(note));
}

static void policy_notes(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct policy policy;
  char problem[PROBLEM_SIZE];
  (void)argc;
  if (read_argument(&fault, argv[0], &policy, problem)) {
    if (problem[0]) {
      h2040_fail(&fault, "h2040_policy_notes: %s", problem);
    } else {
      struct note_list list = { sqlite3_str_new(sqlite3_context_db_handle(context)), 0 };
      h2040_policy_notes(&policy, add_note, &list);
      sqlite3_str_appendall(list.out, list.count > 0 ? "]" : "[]");
      h2040_result_built(context, list.out);
    }
  }
  h2040_policy_clear(&policy);
  h2040_fault_to_function(&fault, context);
}

void h2040_register_policy(struct fault *fault, sqlite3 *db) {
  h2040_register_function(fault, db, "h2040_policy", 1, policy_pack, NULL, NULL);
  h2040_register_function(fault, db, "h2040_policy_problem", 1, policy_problem, NULL, NULL);
  h2040_register_function(fault, db, "h2040_policy_notes", 1, policy_notes, NULL, NULL);
}
