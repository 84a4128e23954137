/*
** modifier_valid(modifiers [, hcpcs_code [, service_date [, policy]]])     1 or 0
** modifier_problem(…)                                  NULL, or one sentence: why
**
**   SELECT modifier_valid('GT U1', 'H2040', '2026-01-05');              1
**   SELECT modifier_problem('GT 95');
**   modifiers GT and 95 exclude each other
**
** Judged are the form, the code set (on service_date where it is given),
** duplicates, the count and conflicts; where hcpcs_code is given and is the
** policy's, also what the policy accepts, refuses and requires.
**
** A NULL list gives NULL, an empty one is valid.  NULL for a later argument means
** that it is not given.  A service_date that cannot be read makes the list
** invalid: nothing can be said for sure.  A policy that is not sound is an error.
*/
#include "../billing/judgment.h"
#include "register.h"

enum { VALID, PROBLEM };

struct modifier_question {
  struct claim_line line;
  struct set rules;
  bool unreadable_date;
};

static struct set form_rules(void) {
  return set_union(SET3(RULE_MODIFIER_MALFORMED, RULE_MODIFIER_UNKNOWN, RULE_MODIFIER_NOT_EFFECTIVE),
                   SET3(RULE_MODIFIER_DUPLICATE, RULE_MODIFIER_TOO_MANY, RULE_MODIFIER_CONFLICT));
}

static void pass(struct modifier_question *q, struct fault *fault, enum field field, sqlite3_value *value) {
  h2040_read_value(fault, value, &q->line.value[field]);
  set_add(&q->line.passed, (int)field);
}

/* The policy of the code; where no code is given, or one without a policy, what the first
** policy says of modifiers anywhere (modifier_dates, exclusive_modifiers) still holds. */
static const struct policy *ask(struct modifier_question *q, struct fault *fault, const struct policy_set *policies,
                                int argc, sqlite3_value **argv) {
  struct procedure_code code = { .form = CODE_BLANK };
  int32_t day;
  q->line.dates = DATES_ISO;
  q->line.passed = (struct set){ { 0 } };
  q->rules = form_rules();
  q->unreadable_date = false;
  pass(q, fault, FIELD_MODIFIERS, argv[0]);
  if (argc > 1) pass(q, fault, FIELD_HCPCS_CODE, argv[1]);
  if (argc > 2) pass(q, fault, FIELD_SERVICE_DATE, argv[2]);
  if (fault->rc != SQLITE_OK) return NULL;
  if (argc > 1) h2040_read_procedure_code(&q->line.value[FIELD_HCPCS_CODE], &code);
  if (argc > 2) q->unreadable_date = h2040_read_date(&q->line.value[FIELD_SERVICE_DATE], DATES_ISO, &day) == UNREADABLE;
  const struct policy *policy = h2040_policy_for_code(policies, &code);
  if (policy) {
    q->rules = set_union(q->rules, SET3(RULE_MODIFIER_NOT_ACCEPTED, RULE_MODIFIER_REQUIRED, RULE_MODIFIER_ONE_OF));
  } else {
    policy = policy_at(policies, 0);
  }
  q->rules = set_without(q->rules, policy->off);
  return policy;
}

static void modifier_function(sqlite3_context *context, int argc, sqlite3_value **argv, int wanted,
                              const char *function) {
  struct policies *policies = sqlite3_user_data(context);
  struct fault fault = { 0 };
  struct modifier_question q;
  struct report report;
  struct judgment j;
  struct held_policy *held;

  if (argc < 1 || argc > 4) {
    h2040_fail(&fault, "%s: %d arguments; pass modifiers, then if you like hcpcs_code, service_date, policy", function,
               argc);
    h2040_fault_to_function(&fault, context);
    return;
  }
  held = argc == 4 ? h2040_policy_hold_value(policies, &fault, function, argv[3])
                   : h2040_policy_hold(policies, &fault, function, TEXT("session"));
  if (held && sqlite3_value_type(argv[0]) != SQLITE_NULL) {
    const struct policy *policy = ask(&q, &fault, &held->set, argc, argv);
    if (fault.rc == SQLITE_OK) {
      h2040_judge_modifier_list(&j, &q.line, policy, q.rules, wanted == PROBLEM ? &report : NULL);
    }
    if (fault.rc == SQLITE_OK && wanted == VALID) {
      sqlite3_result_int(context, set_empty(j.broken) && !q.unreadable_date);
    } else if (fault.rc == SQLITE_OK && !set_empty(j.broken)) {
      int rule = 0;
      while (!set_has(j.broken, rule)) rule++;
      sqlite3_result_text(context, report.finding[rule].message, -1, SQLITE_TRANSIENT);
    } else if (fault.rc == SQLITE_OK && q.unreadable_date) {
      char number[NUMBER_SIZE];
      struct text day = h2040_value_shown(&q.line.value[FIELD_SERVICE_DATE], number);
      char *sentence = sqlite3_mprintf("service_date %s cannot be read as a date", h2040_quote(day).z);
      if (sentence) sqlite3_result_text(context, sentence, -1, sqlite3_free);
      else h2040_fail_memory(&fault);
    }
  }
  h2040_policy_release(held);
  h2040_fault_to_function(&fault, context);
}

static void modifier_valid(sqlite3_context *context, int argc, sqlite3_value **argv) {
  modifier_function(context, argc, argv, VALID, "modifier_valid");
}

static void modifier_problem(sqlite3_context *context, int argc, sqlite3_value **argv) {
  modifier_function(context, argc, argv, PROBLEM, "modifier_problem");
}

void h2040_register_modifier(struct fault *fault, sqlite3 *db, struct policies *policies) {
  h2040_policies_hold(policies);
  h2040_register_function(fault, db, "modifier_valid", -1, modifier_valid, policies, h2040_policies_release);
  h2040_policies_hold(policies);
  h2040_register_function(fault, db, "modifier_problem", -1, modifier_problem, policies, h2040_policies_release);
}
