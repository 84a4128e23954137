/*
** JSON text as SQLite hands it over, and how it is written, piece by piece.
*/
#ifndef H2040_JSON_TEXT_H
#define H2040_JSON_TEXT_H

#include "sqlite.h"

/* Reads a value that is to be JSON text: of a blob in SQLite's binary form (JSONB) that form,
** written out; "" of NULL.  *made, if not NULL, holds the text and is to be freed by h2040_free. */
void h2040_read_json(struct fault *fault, sqlite3_value *from, struct text *to, char **made);

/* A string in quotes; z NULL: null.  What is not UTF-8 becomes U+FFFD, so that
** the result is JSON whatever a claim file held. */
void h2040_json_string(sqlite3_str *out, struct text t);

/* Gives a finished text to the caller of a function. */
void h2040_result_built(sqlite3_context *context, sqlite3_str *built);

#endif
