/*
** Which column of a source is which field, as far as names tell: by its own name
** (source.h), or by one that exports give it (column_name.h), which is a suggestion.
**
** A field that has a column by name is suggested none; one that has a likely column,
** none that only may be it.
*/
#ifndef H2040_COLUMN_MATCH_H
#define H2040_COLUMN_MATCH_H

#include "source.h"

enum match { MATCH_NONE, MATCH_NAME, MATCH_SUGGESTED };

struct column_match {
  enum match match;
  int field;  /* -1: none */
  int rivals; /* columns that match the field as this one does, this one among them */
};

/* One for each column of a source that was opened as it is, by sqlite3_malloc64; NULL
** after a fault. */
struct column_match *h2040_match_columns(struct fault *fault, const struct source *source);

#endif
