/*
** Opens the source that a call of a table function names, by the function's
** parameters of these names, whichever of them it has:
**
**   source    the table or view; required, unless there is another by default
**   columns   JSON: our name -> theirs, null where they have none (source.h)
**   schema    the database that the source is in
*/
#ifndef H2040_CALL_SOURCE_H
#define H2040_CALL_SOURCE_H

#include "../billing/date.h"
#include "source.h"
#include "table.h"

/* by_default: NULL: it must be named.  Our names are those of field.h. */
void h2040_call_source(struct source *source, struct fault *fault, const struct table_call *call,
                       const char *by_default);

/* The same with the source's own names for ours; there is no mapping. */
void h2040_call_source_as_it_is(struct source *source, struct fault *fault, const struct table_call *call);

/* The parameter of a name; NULL: left out, or the function has none. */
sqlite3_value *h2040_call_parameter(const struct table_call *call, const char *name);

/* How its dates are written, as the parameter `dates` says; iso where it is left out. */
enum dates h2040_call_dates(struct fault *fault, const struct table_call *call);

#endif
