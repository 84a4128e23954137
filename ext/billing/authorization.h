/*
** Prior authorizations, and what they cover of the units past a cap.
**
** A number may stand in several rows, each with its codes, modifiers and units; each
** is an authorization of its own.  A line that names a number draws on those only;
** any other draws on those that cover it, the one that ends first before the others
** (open ends last; then by number, then as they stand), until its units past the cap
** are covered.  Whoever counts several caps keeps a balance for each.
*/
#ifndef H2040_AUTHORIZATION_H
#define H2040_AUTHORIZATION_H

#include "value.h"

struct session_line;

struct authorization {
  struct value number, payer, member; /* as they stand; a blank payer: any */
  struct text hcpcs_codes;            /* a list; blank or *: any */
  struct text modifiers;              /* a list, all of which the line bears */
  int32_t first_day, last_day;        /* INT32_MIN, INT32_MAX: open */
  bool unlimited;
  int64_t units;
  /* Set by h2040_authorizations_index: the ids as they compare, and places in the list, from 1. */
  struct value payer_id, member_id, number_id;
  uint32_t next_of_member, next_of_number;
};

/* How ids of two tables compare: the laxer of the two columns. */
struct authorization_collations {
  enum collation payer, member, number;
};

struct authorizations {
  struct authorization *list; /* after h2040_authorizations_index: in the order of use */
  size_t count, room;
  struct authorization_collations collation;
  uint64_t seed;
  uint32_t *slot; /* two tables of places: the first of each member, the first of each number */
  size_t slots;   /* of each, a power of two */
};

/* What a cap has drawn on each so far. */
struct authorization_use {
  int64_t left; /* INT64_MAX: unlimited */
  int64_t drawn;
  const struct session_line *last_line; /* that drew on it */
  int64_t recent, uncovered; /* kept by whoever looks ahead: cap_left.h */
};

/* A session, as far as authorizations look at it. */
struct covered_session {
  struct value payer;
  struct value number;    /* that it names; VALUE_NULL: none */
  struct text hcpcs_code;
  bool any_code;          /* its code is not known, and does not matter */
  struct text modifiers;  /* a list */
  int32_t day;
  uint32_t first;         /* of the member's authorizations: h2040_authorizations_of_member */
  const struct session_line *line;
};

/* Why a line's own number covers nothing; of several rows the one that came nearest. */
enum not_covering {
  COVERS, NOT_ON_FILE, NOT_OF_MEMBER, NOT_OF_PAYER, NOT_FOR_CODE, NOT_FOR_MODIFIERS, NOT_IN_FORCE, NOTHING_AUTHORIZED,
  USED_UP
};

struct drawn {
  int64_t units;
  uint32_t first;         /* that was drawn on, from 1; 0: none */
  enum not_covering why;  /* where the line names a number, and nothing was drawn */
  const struct session_line *used_up_by; /* USED_UP */
};

/* false when memory has run out; the values stay the caller's. */
bool h2040_authorizations_add(struct authorizations *all, const struct authorization *authorization);

/* Puts them in the order of use, and makes them findable.  false when memory has run
** out, or when told to stop. */
bool h2040_authorizations_index(struct authorizations *all, bool (*proceed)(void *host), void *host);
void h2040_authorizations_free(struct authorizations *all);

/* The first of a member's, from 1; 0: none. */
uint32_t h2040_authorizations_of_member(const struct authorizations *all, const struct value *member);

/* One use for each of the list. */
void h2040_authorizations_fill(const struct authorizations *all, struct authorization_use *use);

/* use: NULL where the cap takes none: then only the reason is told. */
struct drawn h2040_authorizations_draw(const struct authorizations *all, struct authorization_use *use,
                                       const struct covered_session *session, int64_t units);

/* Has it this number, and is it for this payer? */
bool h2040_authorization_named(const struct authorizations *all, const struct authorization *a,
                               const struct value *number);
bool h2040_authorization_pays(const struct authorizations *all, const struct authorization *a,
                              const struct value *payer);

/* Is the code a member of the list, or the list blank? */
bool h2040_code_in(struct text code, struct text list);

#endif
