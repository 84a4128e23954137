/*
** How the values of two tables' columns are matched.  SQL compares a column of
** numbers with any other as numbers: so the member 7 of one table is the member
** '007' of another; and a value of no type, as a view computes it, with a column of
** text as text.  A column of a table without a type counts as the latter, too: its 7
** and another table's '7' are one member to everybody.  Each side is brought to the
** same terms: text that spells a whole number becomes it.
*/
#ifndef H2040_MATCHING_H
#define H2040_MATCHING_H

#include "value.h"

enum matching {
  MATCH_AS_THEY_ARE,
  MATCH_AS_NUMBERS, /* '007' is 7 */
  MATCH_AS_TEXT     /* '7' is 7, '007' is not */
};

struct value h2040_in_terms(const struct value *v, enum matching matching);

#endif
