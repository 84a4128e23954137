/*
** A policy: what one payer wants of a line with one code.  To the user it is a JSON
** object (its keys are told in README.md), here it is the struct that the rules look
** at.  It is read by policy_read.c, where the table of its keys stands.
**
** A policy set is the policies of several codes: to the user a JSON array of policies,
** or one policy, which is a set of one.  A line is judged by the one of its code.
*/
#ifndef H2040_POLICY_H
#define H2040_POLICY_H

#include "code_range.h"
#include "code_set.h"
#include "list.h"
#include "rule.h"

enum unit_basis { BASIS_SESSION, BASIS_15_MINUTES, BASIS_HOUR, BASIS_DAY, BASIS_MONTH, BASIS_ENCOUNTER };
enum unit_rounding { ROUNDING_HALF, ROUNDING_DOWN };
enum prior_authorization { AUTHORIZATION_NEVER, AUTHORIZATION_OVER_CAP, AUTHORIZATION_ALWAYS };

#define NO_LIMIT INT64_MAX

/* What a policy says of one modifier; a set of these. */
enum {
  MODIFIER_NAMED = 1, /* anywhere in the policy: so it is known, whatever the code set says */
  MODIFIER_ACCEPTED = 2,
  MODIFIER_REFUSED = 4,
  MODIFIER_TELEHEALTH = 8,
  MODIFIER_EXCLUSIVE = 16,
  MODIFIER_SETTING = 32,
  MODIFIER_DATED = 64,
  MODIFIER_REQUIRED = 128
};

/* What a policy takes of a kind; any: whatever there is. */
struct code_ranges {
  bool any;
  struct list list; /* of struct code_range */
};

struct place_list {
  bool any;
  bool place[PLACE_COUNT];
};

struct name_list {
  bool any;
  struct list list; /* of char *, NUL-terminated */
};

static inline bool ranges_hold(const struct code_ranges *ranges, uint64_t code_number) {
  return in_a_range(ranges->list.items, ranges->list.count, code_number);
}

bool h2040_names_hold(const struct name_list *names, struct text name); /* in any case of its letters */

/* The members of one group stand together in their list. */
struct grouped_modifier {
  int modifier;
  int group;
};

struct setting {
  int modifier;
  bool place[PLACE_COUNT];
};

struct modifier_dates {
  int modifier;
  int32_t added, terminated;
};

struct policy {
  char hcpcs_code[6];
  const struct code *code; /* of the code set; NULL: it has no such code */
  int unit_basis;          /* enum unit_basis */
  int unit_rounding;       /* enum unit_rounding */
  int prior_authorization; /* enum prior_authorization */
  /* NO_LIMIT: none */
  int64_t max_units_per_line, min_minutes, age_from, age_to, timely_filing_days, timely_filing_months,
    timely_replacement_days, appeal_days, review_days;

  uint8_t modifier[MODIFIER_COUNT];
  bool accepts_any_modifier;
  bool has_telehealth_modifiers;
  struct list required;       /* of int, each once */
  struct list one_of;         /* of struct grouped_modifier: one of each group is required */
  struct list exclusive;      /* of struct grouped_modifier */
  struct list settings;       /* of struct setting */
  struct list modifier_dates; /* of struct modifier_dates */
  bool setting_place[PLACE_COUNT]; /* a place of any setting */

  struct place_list places, telehealth_places;
  struct code_ranges taxonomies, diagnoses;
  struct name_list treatments, focuses;

  struct set documentation; /* the documentation rules whose subject is demanded */
  struct set off;           /* rules not judged */
  struct set errors;        /* rules of severity error */
};

/* The rules that can be judged on a line for which these fields were passed. */
struct set h2040_rules_judged(const struct policy *policy, struct set passed);

/* Why no line can break a rule by this policy ("no limit is set (max_units_per_line)"), or
** NULL where one can. */
const char *h2040_never_broken(const struct policy *policy, enum rule rule);

/* The first and the last day of a modifier: the code set's, or as the policy amends it. */
void h2040_policy_modifier_dates(const struct policy *policy, int modifier, int32_t *added, int32_t *terminated);

enum severity h2040_policy_severity(const struct policy *policy, enum rule rule);
const char *h2040_unit_basis_text(int unit_basis);

/* --- sets ------------------------------------------------------------------ */

/* The rules that a policy lets be judged, as they were last asked for: the same for all
** lines of a query. */
struct judged_rules {
  bool known;
  struct set passed, rules;
};

struct policy_set {
  struct list policies;        /* of struct policy, each of another code; at least one when it was read well */
  struct judged_rules *judged; /* of each */
  short *slot;                 /* a hash table of the codes: the place in policies, or -1 */
  unsigned slots;              /* a power of two */
};

static inline const struct policy *policy_at(const struct policy_set *set, size_t i) {
  return (const struct policy *)set->policies.items + i;
}

/* Where the look-up has a code, or would have it. */
unsigned h2040_policy_slot(const struct policy_set *set, const char hcpcs_code[5]);

/* The policy of a procedure code in upper case, or NULL. */
const struct policy *h2040_policy_for(const struct policy_set *set, const char hcpcs_code[5]);

/* h2040_rules_judged, kept: policy is one of the set. */
struct set h2040_set_rules(struct policy_set *set, const struct policy *policy, struct set passed);

/* --- reading --------------------------------------------------------------- */

enum { PROBLEM_SIZE = 400 };

/* Reads what a policy is given as: a pack's name, a JSON object, or a JSON array of these.
** problem: "" where it is sound, else a sentence for whoever wrote it.  Clear the set in
** any case.  false: memory has run out. */
bool h2040_policy_read(struct text text, struct policy_set *set, char problem[PROBLEM_SIZE]);
void h2040_policy_set_clear(struct policy_set *set);

/* --- remarks --------------------------------------------------------------- */

/* Calls say for each remark on a sound policy: where it contradicts the code
** set, demands what it also refuses, or can never be met. */
void h2040_policy_notes(const struct policy *policy, void (*say)(void *context, const char *note), void *context);

#endif
