/*
** Prior authorizations, and what they cover of the units past a cap.
**
** A line that names an authorization draws on that one only; any other draws on
** those that cover it, the one that ends first before the others (open ends
** last; then by number), until its units past the cap are covered.  Whoever
** counts several caps keeps a balance for each.
*/
#ifndef H2040_AUTHORIZATION_H
#define H2040_AUTHORIZATION_H

#include "value.h"
#include "text.h"

struct authorization {
  struct value number;
  struct value payer, member;        /* in the terms of the lines: see matching.h.  No payer: any */
  struct value number_to_match;      /* likewise */
  struct text hcpcs_codes;          /* a list; blank: any */
  int32_t first_day, last_day;      /* INT32_MIN, INT32_MAX: open */
  bool unlimited;
  int64_t units;
};

struct authorizations {
  struct authorization *list; /* in the order of h2040_authorizations_sort */
  size_t count;
  size_t room;
};

/* A session, as far as authorizations look at it; cells in the terms of theirs. */
struct covered_session {
  struct value payer, member;
  struct value number; /* of the authorization that it names; VALUE_NULL: none */
  struct text hcpcs_code;
  bool any_code; /* its code is not known, and does not matter */
  int32_t day;
};

struct drawn {
  int64_t units;
  const struct authorization *first; /* NULL: none was drawn on */
};

/* Is the code a member of the list, or the list blank? */
bool h2040_code_in(struct text code, struct text list);

/* false when memory has run out; the cells stay the caller's. */
bool h2040_authorizations_add(struct authorizations *all, const struct authorization *authorization);

/* By member, end, number.  false when memory has run out, or when told to stop. */
bool h2040_authorizations_sort(struct authorizations *all, bool (*proceed)(void *host), void *host);
void h2040_authorizations_free(struct authorizations *all);

/* One balance for each of the list. */
void h2040_authorizations_fill(const struct authorizations *all, int64_t *balance);

struct drawn h2040_authorizations_draw(const struct authorizations *all, int64_t *balance,
                                       const struct covered_session *session, int64_t units);

#endif
