/*
** Procedure codes that caps and authorizations list, each once, and which caps
** count them.  Case does not matter.
*/
#ifndef H2040_CODE_LIST_H
#define H2040_CODE_LIST_H

#include "arena.h"
#include "text.h"

#include <stdint.h>

struct counted_code {
  struct text code;
  bool any;        /* the lines have no code, and all count */
  bool looked_at;  /* is a member of the list of codes that was asked for */
  uint64_t *caps;  /* one bit each: cap_bit */
  uint64_t hash;
  struct counted_code *next; /* of the same slot */
};

struct code_list {
  struct arena *arena; /* where they are kept */
  struct counted_code **slot;
  size_t slots; /* a power of two, or 0 */
  size_t count;
};

/* Whether a list holds procedure codes and nothing else; a typing error in it would
** quietly count nothing.  star: * will do, too. */
bool h2040_lists_codes(struct text list, bool star);

struct counted_code *h2040_code_find(const struct code_list *list, struct text code); /* NULL: not there */

/* The one that is there, or a new one without caps; NULL when memory has run out. */
struct counted_code *h2040_code_keep(struct code_list *list, struct text code);

#endif
