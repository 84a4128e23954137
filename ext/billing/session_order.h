/*
** Lines that were kept, made ready to be counted: in groups, in order, and without
** those that do not stand.
*/
#ifndef H2040_SESSION_ORDER_H
#define H2040_SESSION_ORDER_H

#include "cap_sweep.h"
#include "standing.h"

struct session_order {
  /* Given. */
  const struct blocks *lines;   /* of struct session_line, in any order */
  const struct session_ids *ids;
  bool scope[SCOPES];           /* that caps have */
  bool by_claim_id, may_resend; /* as h2040_standing_columns has them */
  bool across_payers;           /* a member's lines of all payers draw on the same authorizations */
  bool across_members;          /* and those of members who are one to the authorizations only */
  bool (*proceed)(void *host);
  void *host;
};

/* Finds the groups, says of each line whether it counts, and gives the sweep the lines
** that do, in its two orders.  false when memory has run out (sweep->no_memory), or
** when told to stop. */
bool h2040_order_sessions(const struct session_order *order, struct cap_sweep *sweep);

#endif
