/*
** The kinds of lines: each code with each set of modifiers, and the caps that count it.
**
** A code is read once for each way in which it is written.
*/
#ifndef H2040_SESSION_KIND_H
#define H2040_SESSION_KIND_H

#include "cap_index.h"
#include "pair_number.h"
#include "session_line.h"

enum { MODIFIER_FIELDS = 5 }; /* modifiers, modifier_1 … modifier_4 */

struct session_kinds {
  /* Given. */
  struct arena *arena;
  const struct cap_index *index;
  bool any_code; /* the lines have no code */
  /* Its own. */
  struct id_numbers codes, texts; /* codes as they are written; codes and modifiers as they are compared */
  struct list code;               /* of struct read_code, for each form of codes */
  struct pair_numbers pairs;      /* of a code as it is written and modifiers */
  struct pair_numbers alike;      /* of a code as it is compared and modifiers */
  struct list kind;               /* of pointers, for each pair */
  uint32_t last_code;
  const struct session_kind *last_kind; /* of that code, without modifiers; or NULL */
};

void h2040_session_kinds_open(struct session_kinds *kinds, struct arena *arena, const struct cap_index *index,
                              bool any_code, uint64_t seed);
void h2040_session_kinds_close(struct session_kinds *kinds);

/* code: NULL is blank.  modifiers: values of up to MODIFIER_FIELDS columns.  NULL when
** memory has run out. */
const struct session_kind *h2040_session_kind(struct session_kinds *kinds, const struct value *code,
                                              const struct value *modifiers, int columns);

#endif
