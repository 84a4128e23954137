/*
** The session lines that are counted against caps, as they are kept.
**
** Ids are forms of id_number.h, so that they can be shown as they stand.
*/
#ifndef H2040_SESSION_LINE_H
#define H2040_SESSION_LINE_H

#include "id_number.h"
#include "session_cap.h"

/* What the code and the modifiers of a line come to: lines of one kind share it. */
struct session_kind {
  struct text hcpcs_code;      /* in upper case, without its dressing; as it stands where it is no code */
  struct text modifiers;       /* a list, each once, in order */
  bool any_code;               /* the lines have no code, and all count */
  const uint64_t *caps;        /* that count it, whoever the payer: one bit each */
  const uint64_t *would_count; /* miswritten: those that would, were hcpcs_code what it reads as; else NULL */
  uint32_t number;               /* from 1: of the code and the modifiers as they are compared */
};

/* What a claim says of itself: see standing.h. */
struct claim_marks {
  uint32_t claim_id, claim_number, payer_claim_number, original_claim_id; /* forms of one numbering */
  uint32_t claim_line_number;
  int64_t received;
  uint8_t frequency;
};

/* What of a line cannot be read, as it stands there. */
struct unreadable_line {
  struct value service_date, units, prior_auth_number;
  const char *problem;
};

struct session_line {
  /* What the sweep looks at comes first, and together. */
  const struct session_kind *kind;
  int64_t units;
  uint32_t payer, member, provider;
  uint32_t number;              /* of the authorization that it names; 0: none */
  uint32_t group[SCOPES];       /* of each scope that is used, from 1: see cap_sweep.h */
  int32_t day, last_day, birth; /* birth: INT32_MIN where it is not known */
  bool stands, counts;          /* counts: it stands, and all of it can be read */
  uint8_t trouble;              /* enum standing_trouble */
  bool elsewhere;               /* ORIGINAL_NOT_FOUND: it is another member's or payer's */
  struct value claim_id, claim_line_number;
  uint64_t claim_order;         /* sorts as claim_id does, as far as it goes */
  const struct claim_marks *marks;          /* NULL: the source has none */
  const struct unreadable_line *unreadable; /* NULL: all of it can be read */
  const char *told;             /* what is to be said of a line that counts all the same; or NULL */
};

/* The ids by which lines are grouped and matched. */
struct session_ids {
  struct id_numbers payers, members, providers, numbers; /* numbers: of authorizations */
  struct id_numbers claims; /* what marks compare */
};

/* A number that sorts as the values do, and is the same for those that it cannot tell
** apart. */
uint64_t h2040_value_prefix(const struct value *v);

/* By day, claim, line: the order in which the lines of a group count. */
int h2040_session_order(const struct session_line *a, const struct session_line *b);

#endif
