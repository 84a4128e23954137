/*
** A procedure code as files bear it: five characters, a letter and four digits (HCPCS) or
** five digits of which the last may be a letter (CPT), in any case.
**
** Read through is what is only dressing: white space around it, 837P's qualifier
** (HC:H2040, CPT H2040), the armour of spreadsheets (="H2040", 'H2040), and a description
** behind it (H2040 - Skills training).
**
** Miswritten is a code in which a letter stands for the digit that it looks like (O/0, I
** and l/1, Z/2, S/5, B/8), a space or a hyphen stands within, or something is glued on:
** H2O40, H 2040, H2040U1, H2040:GT, H2040 GT.  What is a code as it stands is never
** another one miswritten: B4035 is not 84035.
**
** A value has one reading, whatever codes somebody looks for: so it can be held beside
** one code, or looked up among many.
*/
#ifndef H2040_PROCEDURE_CODE_H
#define H2040_PROCEDURE_CODE_H

#include "value.h"

#include <string.h>

enum code_form {
  CODE_BLANK,
  CODE_NONE, /* no procedure code */
  CODE_WRITTEN,
  CODE_MISWRITTEN
};

struct procedure_code {
  enum code_form form;
  char code[6];       /* what it is or should be, in capitals; "" where it is none */
  struct text glued;  /* modifiers glued to it, in bytes of the value or in number */
  char number[NUMBER_SIZE];
};

void h2040_read_procedure_code(const struct value *v, struct procedure_code *out);

/* Whether it is that code, or should be. */
static inline bool code_is(const struct procedure_code *c, const char hcpcs_code[6]) {
  return memcmp(c->code, hcpcs_code, 6) == 0;
}

#endif
