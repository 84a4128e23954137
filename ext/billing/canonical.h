/*
** The canonical form of the fields of a line, as h2040_lines shows them: however a file
** writes a value, one that says the same is the same.
**
**   ids                trimmed, 7.0 as 7, '7.0' as '7'; numbers stay numbers
**   procedure codes    in capitals, without their dressing
**   modifiers          those of the list and of the slots: GT 76
**   diagnoses          those that the line points to, with their dots: F84.0 F70
**   units, amounts     numbers, whole ones without a fraction
**   days, times        YYYY-MM-DD, HH:MM (HH:MM:SS where it has seconds); received_date
**                      keeps its time: YYYY-MM-DD HH:MM
**   places             two digits
**   texts              as they are
**
** What is blank, or was not passed, is NULL.  What is miswritten or cannot be read stays
** as it was, and a sentence names the field and the value.
*/
#ifndef H2040_CANONICAL_H
#define H2040_CANONICAL_H

#include "arena.h"
#include "claim_line.h"

enum { CANONICAL_PROBLEM_SIZE = 200 };

struct canonical {
  struct value value; /* its bytes lie in the line, in room or in the arena */
  char problem[CANONICAL_PROBLEM_SIZE]; /* "": none */
  char room[24];
};

/* modifiers stand for modifier_1 …, too, and diagnosis_codes for diagnosis_1 … and what
** points to them.  false: no memory. */
bool h2040_canonical(const struct claim_line *line, enum field field, struct arena *arena, struct canonical *out);

/* How a value reads by itself, as that kind of field. */
enum reading h2040_read_as(enum field_kind kind, const struct value *v, enum dates dates);

#endif
