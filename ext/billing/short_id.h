/*
** Forms of short ids, found at once: their bytes are the key, so that a table of ids
** that come again and again, in no order, is looked into only for the others.
*/
#ifndef H2040_SHORT_ID_H
#define H2040_SHORT_ID_H

#include "value.h"

struct short_id {
  uint64_t head, tail; /* the bytes, and their number; both 0: empty */
  uint32_t form;
};

struct short_ids {
  uint64_t seed; /* given: random bits */
  struct short_id *slot;
  size_t slots, used; /* slots: a power of two, or 0 */
};

/* The form that was kept of a value; 0: none was. */
uint32_t h2040_short_id(const struct short_ids *ids, const struct value *value);

/* Keeps it, if the value is short.  false when memory has run out. */
bool h2040_short_id_keep(struct short_ids *ids, const struct value *value, uint32_t form);
void h2040_short_ids_free(struct short_ids *ids);

#endif
