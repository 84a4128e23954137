/*
** The one reader of a source's rows.
**
**   struct reader reader = { .source = &source, .each = each, .host = &my_own };
**   int code = h2040_reader_want(&reader, FIELD_HCPCS_CODE);
**   int day = h2040_reader_want(&reader, FIELD_SERVICE_DATE);
**   h2040_read_rows(&reader, fault, db);
**
**   static void each(void *host, struct fault *fault, const struct row *row) {
**     sqlite3_value *v = row_value(row, code);      NULL: the source has no such column
**     …
**   }
**
** Rows come through an aggregate function of ours, h2040_read, which does nothing
** without a pointer that only we can bind.  So one sqlite3_step reads the whole source,
** without a return to us, and without the locks that each sqlite3_column_… takes, for
** every row; and SQLite polls for interruption as it does in any query.
**
** claim_id is the rowid where the source has no claim_id, and has that.
*/
#ifndef H2040_READER_H
#define H2040_READER_H

#include "source.h"

enum { MOST_WANTED = 120 }; /* a function takes 127 arguments */

struct row {
  const int *at; /* where the values of what is wanted lie; -1: the source has no such column */
  sqlite3_value **value;
};

/* Of what was wanted as number i. */
static inline sqlite3_value *row_value(const struct row *row, int i) {
  return row->at[i] >= 0 ? row->value[row->at[i]] : NULL;
}

struct reader {
  const struct source *source;
  void (*each)(void *host, struct fault *fault, const struct row *row);
  void *host;
  bool in_order; /* of the source, whatever indexes it has */

  /* The rows whose column `by` of ours is this value as SQL may compare the two, and
  ** maybe a few more; NULL: all.  For h2040_reader_can_find only. */
  sqlite3_value *equal;
  int by;

  /* The rows of whose column `wanted_by` of ours this says yes, before anything else is
  ** read of them; NULL: all.  It may be asked of a row more often than once. */
  bool (*wanted)(void *host, struct fault *fault, sqlite3_value *value);
  int wanted_by;

  /* h2040_reader_want fills these; what was wanted, and where it comes. */
  int count;
  int our[MOST_WANTED];
  int at[MOST_WANTED];
  const char *rowid; /* its name, where it is wanted */

  /* To be told. */
  bool stop;    /* by each: enough */
  bool scanned; /* no index served: the whole source was read */

  struct fault *fault; /* while it reads */
};

/* Its number; our is one of the source's `ours`, or NOT_READ: a number that has no value. */
enum { NOT_READ = -2 };
int h2040_reader_want(struct reader *reader, int our);

/* The rowid of each row, where the source has that; -1: it has none. */
int h2040_reader_want_rowid(struct reader *reader, struct fault *fault, sqlite3 *db);

/* Whether `equal` can be asked of the source without losing a row that SQL may find
** equal: a number is any text that reads as it where the other side is a number, so it
** can be asked of a column of numbers only. */
bool h2040_reader_can_find(const struct source *source, int our, sqlite3_value *value);

void h2040_read_rows(struct reader *reader, struct fault *fault, sqlite3 *db);

/* The rows of these rowids, one after the other. */
void h2040_read_rows_at(struct reader *reader, struct fault *fault, sqlite3 *db, const int64_t *rowid, size_t count);

/* About how many rows the source has; 0: it would have to be read to know. */
int64_t h2040_source_rows(const struct source *source, struct fault *fault, sqlite3 *db);

void h2040_register_reading(struct fault *fault, sqlite3 *db);

#endif
