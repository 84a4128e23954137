/*
** Which caps count which codes and which payers.
**
** The lines that are looked at are those of a list of codes that is asked for.  Where
** none is, a cap that lists codes counts those, and one that does not counts H2040.
** Where it is given, caps count such of its codes as they list; * is every line.
*/
#ifndef H2040_CAP_INDEX_H
#define H2040_CAP_INDEX_H

#include "arena.h"
#include "id_number.h"
#include "session_cap.h"

/* A code that caps list, and which of them count it. */
struct counted_code {
  struct text code;
  bool looked_at;        /* is a member of the list that was asked for */
  uint64_t *caps;        /* one bit each */
  struct counted_code *next; /* of the same slot */
};

struct cap_index {
  /* Given: where all is kept, the caps, how their payers and the lines' compare. */
  struct arena *arena;
  struct session_cap *cap;
  size_t caps;
  struct id_numbers payers;  /* those that caps name; then those of the lines, too */
  /* Found. */
  bool scope[SCOPES];        /* that are used */
  bool asks_age, asks_modifiers, by_code; /* by_code: some cap does not count every line */
  uint64_t *every_payer;     /* the caps of no payer in particular */
  uint64_t *every_code;      /* those that count every line */
  struct counted_code **slot;
  size_t slots;
  uint32_t *first_of_payer;  /* of an id of payers: its first cap, from 1 */
  uint32_t payer_ids;        /* that caps name */
  uint32_t *next_of_payer;   /* of a cap, from 0 */
};

/* asked: the list of codes, or NULL.  any_code: the lines have no code.  false when memory has run out. */
bool h2040_cap_index(struct cap_index *index, const char *asked, bool any_code);

/* The caps that count a code, as it is written in upper case. */
const uint64_t *h2040_caps_of_code(const struct cap_index *index, struct text code);

/* Of those, as many as take the modifiers: a copy in the arena; NULL when memory has run out. */
const uint64_t *h2040_caps_of_modifiers(const struct cap_index *index, const uint64_t *caps, struct text modifiers);

/* The number by which caps know a payer of the lines, for cap.payer; 0 when memory has run out. */
uint32_t h2040_cap_payer(struct cap_index *index, const struct value *payer);

/* Does any of these caps count lines of the payer, numbered so (0: blank)? */
bool h2040_caps_count_payer(const struct cap_index *index, const uint64_t *caps, uint32_t payer);

/* Whether a list holds procedure codes and nothing else; a typing error in it would
** quietly count nothing.  star: * will do, too. */
bool h2040_lists_codes(struct text list, bool star);

#endif
