/*
** What payers cap, and the session lines that are counted against it.
*/
#ifndef H2040_SESSION_CAP_H
#define H2040_SESSION_CAP_H

#include "cap_period.h"
#include "matching.h"
#include "code_list.h"
#include "text.h"

enum cap_scope { SCOPE_MEMBER, SCOPE_MEMBER_AND_PROVIDER, SCOPE_PROVIDER };

/* For messages: the scopes that can be written. */
#define H2040_CAP_SCOPES "member, member+provider or provider"

bool h2040_read_cap_scope(struct text text, enum cap_scope *scope);

struct session_cap {
  struct value cap_id;
  size_t rank;             /* among cap_ids in their order; those that are the same share it */
  struct value payer;       /* in the terms of the lines (see matching.h); VALUE_NULL: every payer */
  struct text hcpcs_codes; /* a list; blank: every line */
  int64_t max_units;
  struct cap_period period;
  enum cap_scope scope;
  int32_t effective_from, effective_to; /* INT32_MIN, INT32_MAX: open */
  int32_t needed_from, needed_to;       /* the days of which lines are asked for */
};

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

/* What could not be read of a line, as it stands there. */
struct unreadable_line {
  struct value service_date, units, prior_auth_number;
  const char *problem;
};

struct session_line {
  struct session_line *next; /* in the order in which they were read */
  struct session_line *next_of_group;
  const struct value *payer, *member, *provider;
  struct value claim_id, claim_line_number;
  struct value prior_auth_number; /* that it names; VALUE_NULL: none */
  const struct counted_code *code;
  const struct unreadable_line *unreadable; /* NULL: all of it can be read */
  int64_t units;
  int32_t day;
};

#endif
