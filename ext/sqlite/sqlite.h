/*
** What every file of this folder includes: SQLite's interface, and the one way
** in which errors travel.
**
** A fault is carried along by pointer.  A helper that is handed a fault does
** nothing when one has already happened, so that a method reads straight down
** and looks at the fault once, at its end.
*/
#ifndef H2040_SQLITE_H
#define H2040_SQLITE_H

#include "sqlite3ext.h"

#ifndef H2040_ENTRY_POINT
SQLITE_EXTENSION_INIT3
#endif

#include "../billing/date.h"
#include "../billing/text.h"
#include "../billing/value.h"

struct fault {
  int rc;        /* SQLITE_OK: none */
  char *message; /* by sqlite3_mprintf, or NULL: the words of rc */
};

/* Each keeps the first fault and drops a later one. */
void h2040_fail(struct fault *fault, const char *format, ...);
void h2040_fail_memory(struct fault *fault);
void h2040_fail_db(struct fault *fault, sqlite3 *db, int rc); /* in the connection's words */

/* Hands the fault to the caller of a function, or of a virtual table's method,
** and is done with it. */
void h2040_fault_to_function(struct fault *fault, sqlite3_context *context);
int h2040_fault_to_table(struct fault *fault, sqlite3_vtab *table);

/* The text that was built, to be freed by sqlite3_free; NULL where nothing was, or
** after a fault: no memory, or more than the connection takes. */
char *h2040_finish(struct fault *fault, sqlite3_str *built);

/* What our longer statements begin with, so that they are told from the user's. */
#define OUR_SQL "/* h2040 */ "

/* NULL after a fault. */
sqlite3_stmt *h2040_prepare(struct fault *fault, sqlite3 *db, const char *sql);
sqlite3_stmt *h2040_prepare_built(struct fault *fault, sqlite3 *db, sqlite3_str *sql); /* finishes sql */
void h2040_bind_text(struct fault *fault, sqlite3_stmt *statement, int parameter, const char *text); /* NULL: SQL NULL; not copied */
bool h2040_step(struct fault *fault, sqlite3_stmt *statement); /* true: a row */

/* Whether to go on: a statement is stepped, which hears of sqlite3_interrupt and of a
** progress handler (sqlite3_is_interrupted came with 3.41, and asks no handler).  It is
** kept in *question for the next time, and the caller's to finalize. */
bool h2040_proceed(struct fault *fault, sqlite3 *db, sqlite3_stmt **question);

/* The text of a value, NUL-terminated; NULL for SQL NULL.  Out of memory is a fault. */
const char *h2040_value_text(struct fault *fault, sqlite3_value *value);

/* The same with its length; "" for SQL NULL. */
struct text h2040_text_of(struct fault *fault, sqlite3_value *value);

/* How dates are written, by its name; blank: iso.  Any other is a fault. */
enum dates h2040_declared_dates(struct fault *fault, const char *function, struct text name);

/* Reads a value where it lies: good until the statement is stepped. */
void h2040_read_other_value(struct fault *fault, sqlite3_value *from, int type, struct value *to);

static inline void h2040_read_value(struct fault *fault, sqlite3_value *from, struct value *to) {
  int type = sqlite3_value_type(from);
  if (type == SQLITE_TEXT && (to->bytes = (const char *)sqlite3_value_text(from)) != NULL) {
    to->kind = VALUE_TEXT;
    to->size = (uint32_t)sqlite3_value_bytes(from);
  } else if (type == SQLITE_NULL) {
    to->kind = VALUE_NULL;
  } else {
    h2040_read_other_value(fault, from, type, to);
  }
}

#endif
