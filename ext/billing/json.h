/*
** JSON text, read strictly (RFC 8259): what SQLite's json_valid of 3.40 takes, and
** nothing of JSON5.
**
**   struct json_document document;
**   struct json_value top, value;
**   struct text name;
**   struct json_problem problem;
**   if (h2040_json_open(&document, text, &top, &problem) == JSON_READ && top.type == JSON_OBJECT) {
**     struct json_cursor members = h2040_json_enter(&document, &top);
**     while (h2040_json_next(&members, &name, &value)) …
**   }
**   h2040_json_close(&document);
**
** The text is looked through once, before anything of it is handed out: what comes
** after that is well formed.  It must stay where it is until the document is closed.
**
** Values are slices of the text.  Memory is taken only where a string has escapes,
** once, and no more than the text is long.  Bytes of a string that are not UTF-8 stay
** as they are (a claim file's Latin-1 is no reason to refuse the line); half a
** surrogate pair becomes U+FFFD, and \u0000 a NUL byte.
**
** Arrays and objects stand at most JSON_DEEPEST in one another, as in SQLite.
*/
#ifndef H2040_JSON_H
#define H2040_JSON_H

#include "text.h"

#include <stdint.h>

enum { JSON_DEEPEST = 1000 };

enum json_type { JSON_NULL, JSON_BOOLEAN, JSON_INTEGER, JSON_REAL, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_value {
  enum json_type type;
  struct text text; /* of a text what it says; of anything else how it is written */
  int64_t integer;  /* beyond 64 bits the nearest that there is */
};

enum json_reading { JSON_READ, JSON_MALFORMED, JSON_NO_MEMORY };

struct json_problem {
  size_t at;       /* bytes before it */
  const char *why; /* "a comma or } is missing" */
};

struct json_document {
  const char *start, *end; /* of the text */
  char *room;        /* for the strings with escapes, each where it stands in the text; NULL: there is none */
};

/* problem is filled where the text is malformed.  Close the document in any case. */
enum json_reading h2040_json_open(struct json_document *document, struct text text, struct json_value *top,
                                  struct json_problem *problem);
void h2040_json_close(struct json_document *document);

/* The members of an object, or of an array, in their order. */
struct json_cursor {
  const struct json_document *document;
  const char *at;
  bool object;
};

/* Of anything else there are no members. */
struct json_cursor h2040_json_enter(const struct json_document *document, const struct json_value *value);
/* name is empty in an array.  false: there is no more. */
bool h2040_json_next(struct json_cursor *cursor, struct text *name, struct json_value *value);

/* What a number says; infinite where it is too large. */
double h2040_json_real(const struct json_value *value);

#endif
