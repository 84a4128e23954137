/*
** SQLite's binary form of JSON (JSONB, from 3.45 on), written out as text.  By
** ourselves: the host's own json() is a name that somebody may have given to another
** function, and an older host that is handed such a value has none that reads it.
**
** An element is a header of one to nine bytes (the kind in the low four bits, the size
** of what follows in the high four, or in the next 1, 2, 4 or 8 bytes), then its text,
** or its elements.
*/
#ifndef H2040_JSONB_H
#define H2040_JSONB_H

#include "json.h"

enum { JSONB_DEEPEST = 100 };

/* An object or an array as JSON text; *made is to be freed by h2040_free.  JSON_MALFORMED: the
** blob is none, or arrays and objects stand too deep in one another. */
enum json_reading h2040_jsonb_text(struct text blob, char **made, struct text *text);

#endif
