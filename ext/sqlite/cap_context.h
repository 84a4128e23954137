/*
** What the files that read caps, authorizations and lines for one run share: who asks,
** and where what they keep lies.
*/
#ifndef H2040_CAP_CONTEXT_H
#define H2040_CAP_CONTEXT_H

#include "../billing/arena.h"
#include "call_source.h"

struct cap_context {
  struct fault *fault;
  struct table_call *call;
  struct arena *arena; /* what lasts as long as the rows */
  enum dates dates;
  uint64_t seed;
  sqlite3_stmt *question; /* stepped to hear whether to go on */
};

/* false: a fault, or interrupted, which is one. */
bool h2040_cap_proceed(void *context);

/* From the arena; NULL: a fault. */
void *h2040_cap_take(struct cap_context *context, size_t size);

/* A value, or the text of one, with bytes of its own.  The text of NULL is "". */
struct value h2040_cap_keep(struct cap_context *context, sqlite3_value *value);
struct text h2040_cap_keep_text(struct cap_context *context, sqlite3_value *value);
const char *h2040_cap_keep_words(struct cap_context *context, char *words); /* and frees them */

/* A parameter's text; NULL: left out, or the function has none. */
const char *h2040_cap_parameter(struct cap_context *context, const char *name);

/* The schema in which a table stands that nobody named: the one that is asked for, else
** temp, main or that of the lines; NULL: there is none.  Others are not looked into. */
const char *h2040_cap_default(struct cap_context *context, const struct source *lines, const char *name);

/* Opens a table of caps or authorizations.  Of its columns the first `required` must be
** there, for each has a meaning when it says nothing: a misspelt one would quietly
** change what is counted. */
void h2040_cap_open(struct cap_context *context, struct source *table, const char *schema, const char *name,
                    const char *const *columns, int count, int required);

/* A statement that reads it: what the source has not is NULL.  order: SQL, or "". */
sqlite3_stmt *h2040_cap_rows(struct cap_context *context, const struct source *table, const char *order);

#endif
