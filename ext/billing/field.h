/*
** The fields of a claim line: the names by which a caller passes its values.
** Where 837P or CMS has a name for one, it is that name.
*/
#ifndef H2040_FIELD_H
#define H2040_FIELD_H

#include "text.h"

#include <stdint.h>

#define FIELDS(FIELD) \
  /* the line */ \
  FIELD(HCPCS_CODE, hcpcs_code) \
  FIELD(MODIFIERS, modifiers) \
  FIELD(MODIFIER_1, modifier_1) \
  FIELD(MODIFIER_2, modifier_2) \
  FIELD(MODIFIER_3, modifier_3) \
  FIELD(MODIFIER_4, modifier_4) \
  FIELD(UNITS, units) \
  FIELD(SERVICE_DATE, service_date) \
  FIELD(PLACE_OF_SERVICE, place_of_service) \
  FIELD(DIAGNOSIS_CODES, diagnosis_codes) \
  FIELD(RENDERING_NPI, rendering_npi) \
  FIELD(RENDERING_TAXONOMY, rendering_taxonomy) \
  FIELD(CLAIM_FREQUENCY_CODE, claim_frequency_code) \
  FIELD(RECEIVED_DATE, received_date) \
  FIELD(AS_OF, as_of) \
  FIELD(TREATMENT, treatment) \
  FIELD(SERVICE_FOCUS, service_focus) \
  /* the prior authorization */ \
  FIELD(PRIOR_AUTH_NUMBER, prior_auth_number) \
  FIELD(PRIOR_AUTH_START, prior_auth_start) \
  FIELD(PRIOR_AUTH_END, prior_auth_end) \
  /* the session's note */ \
  FIELD(NOTE_DATE, note_date) \
  FIELD(DURATION_MINUTES, duration_minutes) \
  FIELD(START_TIME, start_time) \
  FIELD(END_TIME, end_time) \
  FIELD(PURPOSE, purpose) \
  FIELD(PLAN_GOAL, plan_goal) \
  FIELD(ACTIVITIES, activities) \
  FIELD(CLIENT_RESPONSE, client_response) \
  FIELD(PROGRESS, progress) \
  FIELD(NEXT_STEPS, next_steps) \
  FIELD(MEDICAL_NECESSITY, medical_necessity) \
  FIELD(EFFECTIVENESS, effectiveness) \
  FIELD(COMPLEXITY, complexity) \
  FIELD(SIGNED_BY, signed_by) \
  /* the treatment plan */ \
  FIELD(PLAN_START, plan_start) \
  FIELD(PLAN_END, plan_end) \
  FIELD(PLAN_GOALS, plan_goals) \
  FIELD(PLAN_BENCHMARKS, plan_benchmarks) \
  FIELD(PLAN_REVIEWED, plan_reviewed) \
  /* by what it is judged */ \
  FIELD(POLICY, policy)

enum field {
#define FIELD(symbol, name) FIELD_##symbol,
  FIELDS(FIELD)
#undef FIELD
  FIELD_COUNT
};

extern const char *const h2040_field_names[FIELD_COUNT];

int h2040_field_named(struct text name); /* -1: none */

/*
** Sets of fields, and what a rule needs of them.  Two needs can be met by more
** than one field: a list of modifiers by `modifiers` or any of `modifier_1` to
** `modifier_4`; a duration by `duration_minutes` or by `start_time` with
** `end_time`.  h2040_needs_met adds them to the set of fields passed.
*/
#define HAS(set, member) (((set) >> (member)) & 1)
#define SET(member) (UINT64_C(1) << (member))

enum {
  NEED_A_DURATION = FIELD_COUNT, /* minutes, or both times */
  NEED_ANY_OF_DURATION,          /* at least one of the three */
  NEED_COUNT
};

uint64_t h2040_needs_met(uint64_t passed);
uint64_t h2040_fields_that_meet(uint64_t needs); /* any of the fields that can serve */

/* Writes what is asked of a caller: "units, duration_minutes (or start_time with
** end_time)".  Returns out. */
enum { NEEDS_SIZE = 160 };
const char *h2040_needs_text(uint64_t needs, char out[NEEDS_SIZE]);

#endif
