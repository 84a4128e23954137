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
#include "../billing/pack.h"
#include "../billing/policy.h"
#include "../billing/quote.h"
#include "json_text.h"
#include "register.h"

static void policy_pack(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  char names[PACK_NAMES_SIZE];
  (void)argc;
  struct text name = h2040_text_of(&fault, argv[0]);
  if (fault.rc == SQLITE_OK && sqlite3_value_type(argv[0]) != SQLITE_NULL) {
    const struct pack *pack = h2040_pack_named(h2040_trim(name));
    if (pack) sqlite3_result_text(context, pack->json, -1, SQLITE_STATIC);
    else h2040_fail(&fault, "h2040_policy: there is no pack %s; the packs are %s", h2040_quote(name).z,
                    h2040_pack_names(names, true));
  }
  h2040_fault_to_function(&fault, context);
}

/* Reads the policies that are a function's argument; false for NULL and after a fault. */
static bool read_argument(struct fault *fault, sqlite3_value *argument, struct policy_set *set,
                          char problem[PROBLEM_SIZE]) {
  bool given = sqlite3_value_type(argument) != SQLITE_NULL;
  struct text text;
  char *made;
  *set = (struct policy_set){ .slots = 0 };
  h2040_read_json(fault, argument, &text, &made);
  if (fault->rc == SQLITE_OK && given && !h2040_policy_read(text, set, problem)) h2040_fail_memory(fault);
  h2040_free(made);
  return fault->rc == SQLITE_OK && given;
}

static void policy_problem(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct policy_set set;
  char problem[PROBLEM_SIZE];
  (void)argc;
  if (read_argument(&fault, argv[0], &set, problem) && problem[0]) {
    sqlite3_result_text(context, problem, -1, SQLITE_TRANSIENT);
  }
  h2040_policy_set_clear(&set);
  h2040_fault_to_function(&fault, context);
}

struct note_list {
  sqlite3_str *out;
  const char *hcpcs_code; /* of the policy, where there are several; NULL */
  int count;
};

static void add_note(void *context, const char *note) {
  struct note_list *list = context;
  sqlite3_str_appendchar(list->out, 1, list->count++ == 0 ? '[' : ',');
  if (list->hcpcs_code) {
    char told[600];
    sqlite3_snprintf(sizeof told, told, "%s: %s", list->hcpcs_code, note);
    h2040_json_string(list->out, h2040_text(told));
  } else {
    h2040_json_string(list->out, h2040_text(note));
  }
}

static void policy_notes(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct policy_set set;
  char problem[PROBLEM_SIZE];
  (void)argc;
  if (read_argument(&fault, argv[0], &set, problem)) {
    if (problem[0]) {
      h2040_fail(&fault, "h2040_policy_notes: %s", problem);
    } else {
      struct note_list list = { .out = sqlite3_str_new(sqlite3_context_db_handle(context)) };
      for (size_t i = 0; i < set.policies.count; i++) {
        if (set.policies.count > 1) list.hcpcs_code = policy_at(&set, i)->hcpcs_code;
        h2040_policy_notes(policy_at(&set, i), add_note, &list);
      }
      sqlite3_str_appendall(list.out, list.count > 0 ? "]" : "[]");
      h2040_result_built(context, list.out);
    }
  }
  h2040_policy_set_clear(&set);
  h2040_fault_to_function(&fault, context);
}

void h2040_register_policy(struct fault *fault, sqlite3 *db) {
  h2040_register_function(fault, db, "h2040_policy", 1, policy_pack, NULL, NULL);
  h2040_register_function(fault, db, "h2040_policy_problem", 1, policy_problem, NULL, NULL);
  h2040_register_function(fault, db, "h2040_policy_notes", 1, policy_notes, NULL, NULL);
}
