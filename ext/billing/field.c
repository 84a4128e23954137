/* See field.h. */
#include "field.h"

#include <stdio.h>

#include "field_slots.h"

const char *const h2040_field_names[ARGUMENT_COUNT] = {
#define FIELD(symbol, name, kind) #name,
  FIELDS(FIELD)
#undef FIELD
  "dates",
};

const unsigned char h2040_field_kinds[FIELD_COUNT] = {
#define FIELD(symbol, name, kind) KIND_##kind,
  FIELDS(FIELD)
#undef FIELD
};

_Static_assert((int)NEED_COUNT <= (int)SET_ROOM, "fields and needs are members of sets");

/* As ext/billing/field_slots.awk reckons it. */
static unsigned slot_of(struct text name) {
  unsigned hash = 0;
  for (size_t i = 0; i < name.n; i++) hash = (hash * 37 + alnum_rank(name.z[i])) & 0xFFFF;
  return (hash + (hash >> 8)) % FIELD_SLOTS;
}

int h2040_field_named(struct text name) {
  for (unsigned slot = slot_of(name); field_slot[slot] != NO_FIELD; slot = (slot + 1) % FIELD_SLOTS) {
    if (h2040_same(name, h2040_text(h2040_field_names[field_slot[slot]]))) return field_slot[slot];
  }
  return -1;
}

int h2040_argument_named(struct text name) {
  int field = h2040_field_named(name);
  return field < 0 && h2040_same(name, TEXT("dates")) ? (int)FIELD_DATES : field;
}

static const struct set duration_needs = SET_INIT2(NEED_A_DURATION, NEED_ANY_OF_DURATION);
static const struct set time_fields = SET_INIT2(FIELD_START_TIME, FIELD_END_TIME);
static const struct set needs_of_several =
  { { SET_BIT(0, NEED_A_DURATION) | SET_BIT(0, NEED_ANY_OF_DURATION) | SET_BIT(0, NEED_A_TIME) | SET_BIT(0, NEED_AN_ID),
      SET_BIT(1, NEED_A_DURATION) | SET_BIT(1, NEED_ANY_OF_DURATION) | SET_BIT(1, NEED_A_TIME) | SET_BIT(1, NEED_AN_ID) } };

static struct set ids(void) {
  struct set fields = SET_INIT0;
  for (int i = 0; h2040_id_fields[i] < FIELD_COUNT; i++) set_add(&fields, h2040_id_fields[i]);
  return fields;
}

static struct set modifier_fields(void) {
  return set_union(modifier_slots(), SET1(FIELD_MODIFIERS));
}

static struct set diagnosis_fields(void) {
  return set_union(numbered_diagnoses(), SET1(FIELD_DIAGNOSIS_CODES));
}

struct set h2040_needs_met(struct set passed) {
  struct set met = passed;
  if (set_meets(passed, modifier_fields())) set_add(&met, NEED_MODIFIERS);
  if (set_meets(passed, diagnosis_fields())) set_add(&met, NEED_DIAGNOSIS_CODES);
  if (set_has(passed, FIELD_DURATION_MINUTES)) met = set_union(met, duration_needs);
  if (set_meets(passed, time_fields)) {
    set_add(&met, NEED_ANY_OF_DURATION);
    set_add(&met, NEED_A_TIME);
  }
  if (set_meets(passed, ids())) set_add(&met, NEED_AN_ID);
  if (set_covers(passed, time_fields)) set_add(&met, NEED_A_DURATION);
  return met;
}

struct set h2040_fields_that_meet(struct set needs) {
  struct set fields = set_without(needs, needs_of_several);
  if (set_has(needs, NEED_MODIFIERS)) fields = set_union(fields, modifier_fields());
  if (set_has(needs, NEED_DIAGNOSIS_CODES)) {
    fields = set_union(fields, diagnosis_fields());
    set_add(&fields, FIELD_DIAGNOSIS_POINTERS);
  }
  if (set_meets(needs, duration_needs)) {
    fields = set_union(fields, time_fields);
    set_add(&fields, FIELD_DURATION_MINUTES);
  }
  if (set_has(needs, NEED_A_TIME)) fields = set_union(fields, time_fields);
  if (set_has(needs, NEED_AN_ID)) fields = set_union(fields, ids());
  return fields;
}

static const char *need_text(int need) {
  switch (need) {
    case NEED_A_DURATION: return "duration_minutes (or start_time with end_time)";
    case NEED_ANY_OF_DURATION: return "duration_minutes (or start_time, end_time)";
    case NEED_A_TIME: return "start_time or end_time";
    case NEED_AN_ID: return "an id (member_id, payer_id, claim_number, prior_auth_number ...)";
    case NEED_MODIFIERS: return "modifiers (or modifier_1 to modifier_4)";
    case NEED_DIAGNOSIS_CODES: return "diagnosis_codes (or diagnosis_1 to diagnosis_12)";
    default: return h2040_field_names[need];
  }
}

const char *h2040_needs_text(struct set needs, char out[NEEDS_SIZE]) {
  size_t n = 0;
  out[0] = 0;
  for (int need = 0; need < NEED_COUNT; need++) {
    if (!set_has(needs, need)) continue;
    n += (size_t)snprintf(out + n, NEEDS_SIZE - n, "%s%s", n > 0 ? ", " : "", need_text(need));
  }
  return out;
}
