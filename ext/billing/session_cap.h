/*
** What payers cap.
**
** A cap chooses the lines that it counts: by payer, by code, by modifiers (all of
** some, at least one of others, none of a third kind), by the member's age on the day
** of service.
*/
#ifndef H2040_SESSION_CAP_H
#define H2040_SESSION_CAP_H

#include "cap_period.h"
#include "value.h"

enum cap_scope { SCOPE_MEMBER, SCOPE_MEMBER_AND_PROVIDER, SCOPE_PROVIDER, SCOPES };

/* For messages: the scopes that can be written. */
#define H2040_CAP_SCOPES "member, member+provider or provider"

bool h2040_read_cap_scope(struct text text, enum cap_scope *scope);

struct session_cap {
  struct value cap_id;
  size_t rank;             /* among cap_ids in their order; those that are the same share it */
  uint32_t payer;          /* a number of cap_codes.payers; 0: every payer */
  struct text hcpcs_codes; /* a list; blank: those that are looked at */
  struct text modifiers, one_of_modifiers, without_modifiers; /* lists; blank: whatever a line bears */
  int32_t age_from, age_to; /* years; -1: of any age */
  bool authorizable;        /* an authorization lifts it */
  int64_t max_units;
  struct cap_period period;
  enum cap_scope scope;
  int32_t effective_from, effective_to; /* INT32_MIN, INT32_MAX: open */
};

static inline bool cap_asks_age(const struct session_cap *cap) {
  return cap->age_from >= 0 || cap->age_to >= 0;
}

static inline bool cap_asks_modifiers(const struct session_cap *cap) {
  return cap->modifiers.n > 0 || cap->one_of_modifiers.n > 0 || cap->without_modifiers.n > 0;
}

static inline bool cap_in_force(const struct session_cap *cap, int32_t day) {
  return day >= cap->effective_from && day <= cap->effective_to;
}

/* Does it count a line of these modifiers, a list? */
bool h2040_cap_takes_modifiers(const struct session_cap *cap, struct text modifiers);
bool h2040_cap_takes_age(const struct session_cap *cap, int age);

/* Is every member of the list one of the other's, without regard to case? */
bool h2040_list_covers(struct text list, struct text of);
bool h2040_list_has(struct text list, struct text member);

/* Completed years on a day; born on 29 February: a year older on 1 March. */
int h2040_age(int32_t birth, int32_t day);

/* Which caps count something: one bit each. */
static inline size_t cap_words(size_t caps) {
  return (caps + 63) / 64;
}

static inline bool cap_bit(const uint64_t *caps, size_t cap) {
  return caps[cap / 64] >> cap % 64 & 1;
}

static inline void set_cap_bit(uint64_t *caps, size_t cap) {
  caps[cap / 64] |= (uint64_t)1 << cap % 64;
}

#endif
