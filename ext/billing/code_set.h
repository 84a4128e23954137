/*
** The built-in, dated code set: HCPCS Level II H and T codes, the modifiers of
** CMS and of CPT, the assigned places of service.
**
** The facts are the CSV files of ext/code_set, turned into C by the build;
** whoever replaces one of them and types `make` has the next release.
**
** A code or modifier is valid from the day it was added to its last valid day,
** both counted; one without a start was there before anybody asked.
*/
#ifndef H2040_CODE_SET_H
#define H2040_CODE_SET_H

#include "text.h"

#include <stdint.h>

struct code {
  char hcpcs_code[6];
  const char *unit_basis; /* NULL where the official text states none */
  int32_t added, terminated;
};

struct modifier {
  char modifier[3]; /* "" in a slot of the table that holds none */
  int32_t added, terminated;
  const char *owner;   /* "CMS" or "CPT" */
  const char *meaning; /* in our words; NULL where we have none */
};

static inline bool in_force(int32_t added, int32_t terminated, int32_t day) {
  return added <= day && day <= terminated;
}

/* Two letters or digits, as one number: 00 is 0, ZZ the last. */
#define ALNUM(c) ((c) >= 'A' ? (c) - 'A' + 10 : (c) - '0')
#define MODIFIER(a, b) (ALNUM(a) * 36 + ALNUM(b))
enum { MODIFIER_COUNT = 36 * 36, NO_MODIFIER = -1 };

/* The number of a modifier written in either case; NO_MODIFIER where the text
** is not two letters or digits. */
int h2040_modifier_number(struct text t);
const char *h2040_modifier_text(int modifier, char out[3]);

const struct modifier *h2040_modifier(int modifier); /* NULL: not in the code set */
const struct code *h2040_code(const char hcpcs_code[5]); /* the same */

/* A letter and four digits (HCPCS), or five digits of which the last may be a letter
** (CPT). */
bool h2040_is_procedure_code(struct text t);

/* Codes from 0 to h2040_code_count() - 1, in order. */
int h2040_code_count(void);
const struct code *h2040_code_at(int i);

struct place {
  char place_of_service[3]; /* "" in a slot of the table that holds none */
  const char *meaning;      /* in our words; NULL where we have none */
};

/* The number of a place of service, or -1: 02, 2, or with its description behind
** (02 - Telehealth); and the same of an assigned one. */
enum { PLACE_COUNT = 100 };
int h2040_read_place(struct text t);
int h2040_place_of_service(struct text t);
const struct place *h2040_place(int place); /* NULL: not assigned */

/* Of which release it is (ext/code_set/release.csv): "January 2026, plus AC (208 codes, 427 modifiers)" */
const char *h2040_code_set_version(void);

#endif
