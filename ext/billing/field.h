/*
** The fields: one list of all names under which values of a claim line, its note, its
** plan and its authorization come in, whatever reads them: h2040_check's pairs, the
** columns of a table, an X12 file.  Where 837P or CMS has a name for one, it is that
** name.  The kind says how a value of it is read (value.h, and the files named there).
**
** h2040_check takes every one of them; those that no rule looks at (claim_id,
** paid_amount …) change nothing.  It also takes `dates`, which says how the others write
** their days; that is never taken from a column, for a line cannot know it of itself.
*/
#ifndef H2040_FIELD_H
#define H2040_FIELD_H

#include "set.h"
#include "text.h"

enum field_kind {
  KIND_ID,        /* as it stands, but 7, 7.0, '7' and '7.0' are one */
  KIND_CODE,      /* a procedure code */
  KIND_CODES,     /* a list of them, or * */
  KIND_MODIFIERS, /* a list */
  KIND_DIAGNOSES, /* a list */
  KIND_POINTERS,  /* which of diagnosis_1 … diagnosis_12 a line means */
  KIND_NUMBER,
  KIND_AMOUNT,
  KIND_DATE,
  KIND_TIMESTAMP, /* a date, whose time is kept */
  KIND_TIME,
  KIND_PLACE,
  KIND_DIGITS,    /* an NPI, a taxonomy, a frequency code: trimmed, 1.0 is 1 */
  KIND_WORD,      /* one of a few words, in any case */
  KIND_TEXT,
  KIND_POLICY
};

#define FIELDS(FIELD) \
  /* what names the line */ \
  FIELD(CLAIM_ID, claim_id, ID) \
  FIELD(CLAIM_LINE_NUMBER, claim_line_number, ID) \
  FIELD(PAYER_ID, payer_id, ID) \
  FIELD(MEMBER_ID, member_id, ID) \
  FIELD(CLAIM_NUMBER, claim_number, ID) \
  FIELD(CLAIM_FREQUENCY_CODE, claim_frequency_code, DIGITS) \
  FIELD(ORIGINAL_CLAIM_ID, original_claim_id, ID) \
  FIELD(PAYER_CLAIM_NUMBER, payer_claim_number, ID) \
  /* the line */ \
  FIELD(HCPCS_CODE, hcpcs_code, CODE) \
  FIELD(MODIFIERS, modifiers, MODIFIERS) \
  FIELD(MODIFIER_1, modifier_1, MODIFIERS) \
  FIELD(MODIFIER_2, modifier_2, MODIFIERS) \
  FIELD(MODIFIER_3, modifier_3, MODIFIERS) \
  FIELD(MODIFIER_4, modifier_4, MODIFIERS) \
  FIELD(UNITS, units, NUMBER) \
  FIELD(UNIT_MEASURE, unit_measure, WORD) \
  FIELD(CHARGE_AMOUNT, charge_amount, AMOUNT) \
  FIELD(PAID_AMOUNT, paid_amount, AMOUNT) \
  FIELD(SERVICE_DATE, service_date, DATE) \
  FIELD(SERVICE_END_DATE, service_end_date, DATE) \
  FIELD(PLACE_OF_SERVICE, place_of_service, PLACE) \
  FIELD(DIAGNOSIS_CODES, diagnosis_codes, DIAGNOSES) \
  FIELD(DIAGNOSIS_1, diagnosis_1, DIAGNOSES) \
  FIELD(DIAGNOSIS_2, diagnosis_2, DIAGNOSES) \
  FIELD(DIAGNOSIS_3, diagnosis_3, DIAGNOSES) \
  FIELD(DIAGNOSIS_4, diagnosis_4, DIAGNOSES) \
  FIELD(DIAGNOSIS_5, diagnosis_5, DIAGNOSES) \
  FIELD(DIAGNOSIS_6, diagnosis_6, DIAGNOSES) \
  FIELD(DIAGNOSIS_7, diagnosis_7, DIAGNOSES) \
  FIELD(DIAGNOSIS_8, diagnosis_8, DIAGNOSES) \
  FIELD(DIAGNOSIS_9, diagnosis_9, DIAGNOSES) \
  FIELD(DIAGNOSIS_10, diagnosis_10, DIAGNOSES) \
  FIELD(DIAGNOSIS_11, diagnosis_11, DIAGNOSES) \
  FIELD(DIAGNOSIS_12, diagnosis_12, DIAGNOSES) \
  FIELD(DIAGNOSIS_POINTERS, diagnosis_pointers, POINTERS) \
  FIELD(RENDERING_NPI, rendering_npi, DIGITS) \
  FIELD(RENDERING_TAXONOMY, rendering_taxonomy, DIGITS) \
  FIELD(BILLING_NPI, billing_npi, DIGITS) \
  FIELD(STAFF_ID, staff_id, ID) \
  FIELD(RECEIVED_DATE, received_date, TIMESTAMP) \
  FIELD(AS_OF, as_of, DATE) \
  FIELD(TREATMENT, treatment, TEXT) \
  FIELD(SERVICE_FOCUS, service_focus, WORD) \
  /* the member, the provider */ \
  FIELD(BIRTH_DATE, birth_date, DATE) \
  FIELD(COVERAGE_START, coverage_start, DATE) \
  FIELD(COVERAGE_END, coverage_end, DATE) \
  FIELD(PROVIDER_START, provider_start, DATE) \
  FIELD(PROVIDER_END, provider_end, DATE) \
  /* the prior authorization */ \
  FIELD(PRIOR_AUTH_NUMBER, prior_auth_number, ID) \
  FIELD(PRIOR_AUTH_START, prior_auth_start, DATE) \
  FIELD(PRIOR_AUTH_END, prior_auth_end, DATE) \
  FIELD(AUTHORIZED_UNITS, authorized_units, NUMBER) \
  FIELD(AUTHORIZED_CODES, authorized_codes, CODES) \
  /* the session's note */ \
  FIELD(NOTE_DATE, note_date, DATE) \
  FIELD(DURATION_MINUTES, duration_minutes, NUMBER) \
  FIELD(START_TIME, start_time, TIME) \
  FIELD(END_TIME, end_time, TIME) \
  FIELD(PURPOSE, purpose, TEXT) \
  FIELD(PLAN_GOAL, plan_goal, TEXT) \
  FIELD(ACTIVITIES, activities, TEXT) \
  FIELD(CLIENT_RESPONSE, client_response, TEXT) \
  FIELD(PROGRESS, progress, TEXT) \
  FIELD(NEXT_STEPS, next_steps, TEXT) \
  FIELD(MEDICAL_NECESSITY, medical_necessity, TEXT) \
  FIELD(EFFECTIVENESS, effectiveness, TEXT) \
  FIELD(COMPLEXITY, complexity, TEXT) \
  FIELD(SIGNED_BY, signed_by, TEXT) \
  /* the treatment plan */ \
  FIELD(PLAN_START, plan_start, DATE) \
  FIELD(PLAN_END, plan_end, DATE) \
  FIELD(PLAN_GOALS, plan_goals, TEXT) \
  FIELD(PLAN_BENCHMARKS, plan_benchmarks, TEXT) \
  FIELD(PLAN_REVIEWED, plan_reviewed, DATE) \
  /* by what it is judged */ \
  FIELD(POLICY, policy, POLICY)

enum field {
#define FIELD(symbol, name, kind) FIELD_##symbol,
  FIELDS(FIELD)
#undef FIELD
  FIELD_COUNT,
  FIELD_DATES = FIELD_COUNT, /* of h2040_check alone */
  ARGUMENT_COUNT
};

extern const char *const h2040_field_names[ARGUMENT_COUNT];
extern const unsigned char h2040_field_kinds[FIELD_COUNT]; /* of enum field_kind */

#define FIELD(symbol, name, kind) + (KIND_##kind == KIND_ID)
enum { ID_FIELD_COUNT = 0 FIELDS(FIELD) };
#undef FIELD
extern const unsigned char h2040_id_fields[ID_FIELD_COUNT + 1]; /* those of KIND_ID; FIELD_COUNT ends them */

/* In any case of its letters; -1: none. */
int h2040_field_named(struct text name);
int h2040_argument_named(struct text name); /* `dates`, too */

/*
** What a rule needs: fields, and needs that can be met by more than one field, as a
** duration by `duration_minutes` or by `start_time` with `end_time`.  So can modifiers,
** by `modifiers` or any of `modifier_1` to `modifier_4`, and diagnoses, by
** `diagnosis_codes` or any of `diagnosis_1` to `diagnosis_12`.  h2040_needs_met adds what
** is met to the set of fields passed.
*/
enum need {
#define FIELD(symbol, name, kind) NEED_##symbol,
  FIELDS(FIELD)
#undef FIELD
  NEED_A_DURATION = ARGUMENT_COUNT, /* minutes, or both times */
  NEED_ANY_OF_DURATION,             /* at least one of the three */
  NEED_A_TIME,                      /* start_time or end_time */
  NEED_AN_ID,                       /* a field of KIND_ID */
  NEED_COUNT
};

struct set h2040_needs_met(struct set passed);
struct set h2040_fields_that_meet(struct set needs); /* any of the fields that can serve */

/* Writes what is asked of a caller: "units, duration_minutes (or start_time with
** end_time)".  Returns out. */
enum { NEEDS_SIZE = 200 };
const char *h2040_needs_text(struct set needs, char out[NEEDS_SIZE]);

static inline struct set numbered_diagnoses(void) {
  return set_union(set_union(SET3(FIELD_DIAGNOSIS_1, FIELD_DIAGNOSIS_2, FIELD_DIAGNOSIS_3),
                             SET3(FIELD_DIAGNOSIS_4, FIELD_DIAGNOSIS_5, FIELD_DIAGNOSIS_6)),
                   set_union(SET3(FIELD_DIAGNOSIS_7, FIELD_DIAGNOSIS_8, FIELD_DIAGNOSIS_9),
                             SET3(FIELD_DIAGNOSIS_10, FIELD_DIAGNOSIS_11, FIELD_DIAGNOSIS_12)));
}

static inline struct set modifier_slots(void) {
  return set_union(SET2(FIELD_MODIFIER_1, FIELD_MODIFIER_2), SET2(FIELD_MODIFIER_3, FIELD_MODIFIER_4));
}

#endif
