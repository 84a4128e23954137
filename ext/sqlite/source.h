/*
** A table or view of the user's, read under our names.
**
** The columns of the source are matched to a list of names of ours by name,
** case-blind.  `columns`, a JSON object, says otherwise:
**
**   {"member_id": "patient_no", "units": null}
**
** member_id is their column patient_no; they have no units, and know it
** (waived).  A name that is not ours, or a column that they do not have, is an
** error that names the mend: a misspelt column must never quietly change what
** is counted.
**
** Everything that goes into SQL is quoted and qualified: an unqualified
** misspelt "memberx" would silently be a string.
*/
#ifndef H2040_SOURCE_H
#define H2040_SOURCE_H

#include "sqlite.h"

enum { COLUMN_ABSENT = -1, COLUMN_WAIVED = -2 };

/* What SQL makes of a column's declared type when it compares; a view's column
** has the type of the column that it shows, or none. */
enum affinity { AFFINITY_NONE, AFFINITY_TEXT, AFFINITY_NUMBER };

struct source {
  const char *function; /* for messages: who asks */
  char *schema;         /* NULL: found as SQL finds an unqualified name, TEMP first */
  char *name;
  char **column; /* theirs */
  enum affinity *affinity; /* of each */
  int column_count;
  const char *const *ours;
  int our_count;
  int *mapped; /* per name of ours: an index of column, COLUMN_ABSENT or COLUMN_WAIVED */
};

/* schema, columns: NULL where not given.  Close it also after a fault. */
void h2040_source_open(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                       const char *schema, const char *name, const char *columns,
                       const char *const *ours, int our_count);
void h2040_source_close(struct source *source);

static inline bool source_has(const struct source *source, int our) {
  return source->mapped[our] >= 0;
}

/* Their name of one of our columns that source_has. */
static inline const char *source_column(const struct source *source, int our) {
  return source->column[source->mapped[our]];
}

static inline enum affinity source_affinity(const struct source *source, int our) {
  return source_has(source, our) ? source->affinity[source->mapped[our]] : AFFINITY_NONE;
}

/* The name by which the source gives its rowid; NULL: a view and a table WITHOUT ROWID
** have none. */
const char *h2040_source_rowid(const struct source *source, struct fault *fault, sqlite3 *db);

/* s."their column" */
void h2040_source_append_column(const struct source *source, sqlite3_str *sql, int our);
/* FROM "schema"."name" AS s */
void h2040_source_append_from(const struct source *source, sqlite3_str *sql);

#endif
