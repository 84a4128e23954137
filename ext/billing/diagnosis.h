/*
** The diagnoses of a line: a list (diagnosis_codes), or diagnosis_1 … diagnosis_12, of
** which diagnosis_pointers chooses; or both.
**
** An ICD-10-CM code is a letter, a digit (since the release of 2025-10-01 a letter, too:
** QA0.0109), a digit or A or B, then up to four letters or digits; the dot after the
** third may be left out.
**
** Pointers are numbers or, as the paper form has them, letters, apart or in one piece:
** 1:2, A,B, AB, 12 (1 and 2).  Blank: all.
*/
#ifndef H2040_DIAGNOSIS_H
#define H2040_DIAGNOSIS_H

#include "value.h"

enum {
  MOST_DIAGNOSES = 12,
  LONGEST_DIAGNOSIS = 7, /* without the dot */
  ICD_10_FROM = 16709,           /* 2015-10-01; ICD-9 on the days before */
  ICD_10_SECOND_LETTER = 20362   /* 2025-10-01 */
};

struct diagnosis {
  char code[LONGEST_DIAGNOSIS]; /* in capitals, without its dot */
  size_t length;
  uint64_t number; /* h2040_code_number of it */
};

/* day: of the service; INT32_MAX where none is known. */
bool h2040_read_diagnosis(struct text t, int32_t day, struct diagnosis *out);

/* Writes it with its dot. */
struct text h2040_diagnosis_text(const struct diagnosis *d, char out[LONGEST_DIAGNOSIS + 1]);

/* Bit i: diagnosis_<i + 1> is meant. */
enum reading h2040_read_pointers(const struct value *v, unsigned *diagnoses);

#endif
