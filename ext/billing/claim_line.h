/*
** One claim line: the values of its fields, as they were handed over.
*/
#ifndef H2040_CLAIM_LINE_H
#define H2040_CLAIM_LINE_H

#include "date.h"
#include "field.h"

struct claim_line {
  enum dates dates;                   /* how its dates are written */
  struct set passed;                  /* the fields that the caller has */
  struct value value[ARGUMENT_COUNT]; /* of those */
};

#endif
