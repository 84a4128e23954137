/* See field.h. */
#include "field.h"

#include <stdio.h>

const char *const h2040_field_names[FIELD_COUNT] = {
#define FIELD(symbol, name) #name,
  FIELDS(FIELD)
#undef FIELD
};

_Static_assert(NEED_COUNT <= 64, "a set of fields and needs is one word");

int h2040_field_named(struct text name) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (h2040_same(name, h2040_text(h2040_field_names[f]))) return f;
  }
  return -1;
}

static const uint64_t modifier_fields = SET(FIELD_MODIFIERS) | SET(FIELD_MODIFIER_1) | SET(FIELD_MODIFIER_2)
                                        | SET(FIELD_MODIFIER_3) | SET(FIELD_MODIFIER_4);
static const uint64_t time_fields = SET(FIELD_START_TIME) | SET(FIELD_END_TIME);
static const uint64_t duration_needs = SET(NEED_A_DURATION) | SET(NEED_ANY_OF_DURATION);

uint64_t h2040_needs_met(uint64_t passed) {
  uint64_t met = passed;
  if (passed & modifier_fields) met |= SET(FIELD_MODIFIERS);
  if (HAS(passed, FIELD_DURATION_MINUTES)) met |= duration_needs;
  if (passed & time_fields) met |= SET(NEED_ANY_OF_DURATION);
  if ((passed & time_fields) == time_fields) met |= SET(NEED_A_DURATION);
  return met;
}

uint64_t h2040_fields_that_meet(uint64_t needs) {
  uint64_t fields = needs & ~duration_needs;
  if (HAS(needs, FIELD_MODIFIERS)) fields |= modifier_fields;
  if (needs & duration_needs) fields |= SET(FIELD_DURATION_MINUTES) | time_fields;
  return fields;
}

const char *h2040_needs_text(uint64_t needs, char out[NEEDS_SIZE]) {
  size_t n = 0;
  out[0] = 0;
  for (int need = 0; need < NEED_COUNT; need++) {
    const char *name = need == NEED_A_DURATION        ? "duration_minutes (or start_time with end_time)"
                       : need == NEED_ANY_OF_DURATION ? "duration_minutes (or start_time, end_time)"
                       : need == FIELD_MODIFIERS      ? "modifiers (or modifier_1 to modifier_4)"
                                                      : h2040_field_names[need];
    if (!HAS(needs, need)) continue;
    n += (size_t)snprintf(out + n, NEEDS_SIZE - n, "%s%s", n > 0 ? ", " : "", name);
  }
  return out;
}
