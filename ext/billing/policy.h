/*
** A policy: what one payer wants of a line.  To the user it is a JSON object
** (its keys are POLICY_KEYS below; what each means is told in README.md), here
** it is the struct that the rules look at.
**
** A policy starts as a built-in pack and is then told each member of the JSON
** object, top to bottom.  What cannot be right is answered by a sentence in
** `problem`, written for whoever wrote the policy.
**
** null as a value means no limit.
*/
#ifndef H2040_POLICY_H
#define H2040_POLICY_H

#include "code_range.h"
#include "code_set.h"
#include "json.h"
#include "list.h"
#include "rule.h"

#define POLICY_KEYS(KEY) \
  KEY(EXTENDS, extends) \
  KEY(HCPCS_CODE, hcpcs_code) \
  KEY(UNIT_BASIS, unit_basis) \
  KEY(UNIT_ROUNDING, unit_rounding) \
  KEY(MAX_UNITS_PER_LINE, max_units_per_line) \
  KEY(MIN_MINUTES, min_minutes) \
  KEY(TIMELY_FILING_DAYS, timely_filing_days) \
  KEY(REVIEW_DAYS, review_days) \
  KEY(PRIOR_AUTHORIZATION, prior_authorization) \
  KEY(ACCEPTED_MODIFIERS, accepted_modifiers) \
  KEY(REFUSED_MODIFIERS, refused_modifiers) \
  KEY(REQUIRED_MODIFIERS, required_modifiers) \
  KEY(TELEHEALTH_MODIFIERS, telehealth_modifiers) \
  KEY(EXCLUSIVE_MODIFIERS, exclusive_modifiers) \
  KEY(SETTINGS, settings) \
  KEY(MODIFIER_DATES, modifier_dates) \
  KEY(PLACES, places) \
  KEY(TAXONOMIES, taxonomies) \
  KEY(DIAGNOSES, diagnoses) \
  KEY(TREATMENTS, treatments) \
  KEY(DOCUMENTATION, documentation) \
  KEY(OFF, off) \
  KEY(SEVERITY, severity)

enum policy_key {
#define KEY(symbol, name) KEY_##symbol,
  POLICY_KEYS(KEY)
#undef KEY
  KEY_COUNT
};

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

struct exclusive_modifier {
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

struct treatment {
  char *name;
};

struct policy {
  char hcpcs_code[6];
  const struct code *code; /* of the code set; NULL: it has no such code */
  enum unit_basis unit_basis;
  enum unit_rounding unit_rounding;
  int64_t max_units_per_line, min_minutes, timely_filing_days, review_days;
  enum prior_authorization prior_authorization;

  uint8_t modifier[MODIFIER_COUNT];
  bool accepts_any_modifier;
  bool has_telehealth_modifiers;
  struct list required;       /* of int, each once */
  struct list exclusive;      /* of struct exclusive_modifier */
  struct list settings;       /* of struct setting */
  struct list modifier_dates; /* of struct modifier_dates */
  bool setting_place[PLACE_COUNT]; /* a place of any setting */

  bool takes_any_place, takes_any_taxonomy, takes_any_diagnosis, takes_any_treatment;
  bool place[PLACE_COUNT];
  struct list taxonomies; /* of struct code_range */
  struct list diagnoses;  /* of struct code_range */
  struct list treatments; /* of struct treatment */

  struct set documentation; /* the documentation rules whose subject is demanded */
  struct set off;           /* rules not judged */
  struct set errors;        /* rules of severity error */
};

void h2040_policy_init(struct policy *policy);
void h2040_policy_clear(struct policy *policy);

/* The rules that can be judged on a line for which these fields were passed. */
struct set h2040_rules_judged(const struct policy *policy, struct set passed);

/* The first and the last day of a modifier: the code set's, or as the policy amends it. */
void h2040_policy_modifier_dates(const struct policy *policy, int modifier, int32_t *added, int32_t *terminated);

enum severity h2040_policy_severity(const struct policy *policy, enum rule rule);
const char *h2040_unit_basis_text(enum unit_basis basis);

/* --- reading -------------------------------------------------------------- */

enum { PROBLEM_SIZE = 400 };

struct policy_reader {
  struct policy *policy;
  enum policy_key key;      /* the member of the top object that is being read */
  struct set seen;            /* keys already read */
  struct set graded;          /* rules whose severity was read */
  int32_t current;          /* its member that is being read: a modifier, a group */
  bool out_of_memory;
  char problem[PROBLEM_SIZE]; /* "" while the policy is sound */
};

/* Told in order, until policy_reader_failed: each member of the top object, below
** it each element of its array or member of its object, below that each element of
** an inner array.  What stands deeper has failed by then.  name is empty for elements
** of arrays, which count from 0 by index. */
void h2040_policy_read_key(struct policy_reader *r, struct text name, const struct json_value *v);
void h2040_policy_read_member(struct policy_reader *r, struct text name, int64_t index, const struct json_value *v);
void h2040_policy_read_element(struct policy_reader *r, int64_t index, const struct json_value *v);
void h2040_policy_problem(struct policy_reader *r, const char *format, ...);
static inline bool policy_reader_failed(const struct policy_reader *r) {
  return r->problem[0] != 0 || r->out_of_memory;
}

/* What a policy is to be given as: a pack's name, or a JSON object.  problem: "" where it is
** sound.  Clear the policy in any case.  false: memory has run out. */
bool h2040_policy_read(struct text text, struct policy *policy, char problem[PROBLEM_SIZE]);

/* The JSON text of a built-in pack (ext/policy), or NULL. */
const char *h2040_pack_text(struct text name);
enum { PACK_NAMES_SIZE = 80 };
const char *h2040_pack_names(char out[PACK_NAMES_SIZE]); /* "session, commercial, cms" */

/* --- remarks -------------------------------------------------------------- */

/* Calls say for each remark on a sound policy: where it contradicts the code
** set, demands what it also refuses, or can never be met. */
void h2040_policy_notes(const struct policy *policy, void (*say)(void *context, const char *note), void *context);

#endif
