/*
** JSON text: what it is, and how it is written, piece by piece.
*/
#ifndef H2040_JSON_TEXT_H
#define H2040_JSON_TEXT_H

#include "sqlite.h"

enum json_shape { JSON_MALFORMED, JSON_BUT_NO_OBJECT, JSON_IS_OBJECT };

/* Asks SQLite what a text is.  json_valid() alone will not do: before 3.42 it also
** says no to what it had no memory to read. */
enum json_shape h2040_json_shape(struct fault *fault, sqlite3 *db, struct text json);

/* Binds it to the parameter ?1; not copied. */
void h2040_bind_json(struct fault *fault, sqlite3_stmt *statement, struct text json);

/* A string in quotes; z NULL: null.  What is not UTF-8 becomes U+FFFD, so that
** the result is JSON whatever a claim file held. */
void h2040_json_string(sqlite3_str *out, struct text t);

/* Gives a finished text to the caller of a function. */
void h2040_result_built(sqlite3_context *context, sqlite3_str *built);

#endif
