/*
** A table or view of the user's, read under our names.
**
** A column of the source is one of ours when their names have the same letters and
** digits (column_name.h); two columns of one name of ours are an error, unless
** `columns`, a JSON object, says which:
**
**   {"member_id": "patient_no", "units": null}
**
** member_id is their column patient_no, found as it is written, else in any case,
** else by letters and digits; they have no units, and know it (waived).  A name that
** is not ours, or a column that they do not have, is an error that names the mend: a
** misspelt column must never quietly change what is counted.  All names of field.h
** are known to every function; those that it has no use for are passed over.
**
** The layout comes from PRAGMA "schema".table_xinfo, which no table of the user's can
** stand in for, and which looks into that one database only: another that is attached
** and locked is none of our business.  Without a schema the source is found as SQL
** finds an unqualified name: temp, main, then the attached ones.
**
** Everything that goes into SQL is quoted and qualified: an unqualified
** misspelt "memberx" would silently be a string.
*/
#ifndef H2040_SOURCE_H
#define H2040_SOURCE_H

#include "../billing/field.h"
#include "sqlite.h"

enum { COLUMN_ABSENT = -1, COLUMN_WAIVED = -2 };

/* What SQL makes of a column's declared type when it compares; a view's column has
** the type of the column that it shows, or none; ANY may be none (a STRICT table's). */
enum affinity { AFFINITY_NONE, AFFINITY_TEXT, AFFINITY_NUMBER };

struct source {
  const char *function; /* for messages: who asks */
  char *schema;         /* where it was found */
  char *name;
  char **column; /* theirs */
  enum affinity *affinity; /* of each */
  int column_count;
  const char *const *ours;
  int our_count;
  int *mapped; /* per name of ours: an index of column, COLUMN_ABSENT or COLUMN_WAIVED */
};

/* schema, columns.z: NULL where not given.  Close it also after a fault. */
void h2040_source_open(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                       const char *schema, const char *name, struct text columns,
                       const char *const *ours, int our_count);
/* The same with the source's own names for ours. */
void h2040_source_open_as_it_is(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                                const char *schema, const char *name);
void h2040_source_close(struct source *source);

static inline bool source_has(const struct source *source, int our) {
  return source->mapped[our] >= 0;
}

static inline bool source_waives(const struct source *source, int our) {
  return source->mapped[our] == COLUMN_WAIVED;
}

/* Their name of one of our columns that source_has. */
static inline const char *source_column(const struct source *source, int our) {
  return source->column[source->mapped[our]];
}

static inline enum affinity source_affinity(const struct source *source, int our) {
  return source_has(source, our) ? source->affinity[source->mapped[our]] : AFFINITY_NONE;
}

/* How text compares in one of our columns, as it is declared; a view's as bytes. */
enum collation h2040_source_collation(const struct source *source, sqlite3 *db, int our);

/* Their column that is likely what a name of ours is, and is none of ours; NULL: none is,
** or its name cannot stand in a mapping as it is. */
const char *h2040_source_likely(const struct source *source, int our);

/* Fails where one of ours is neither there nor waived: "… has no column units; map it
** with columns = '{"units": "Qty"}', or waive it with {"units": null} (one unit a line)";
** `means` is what stands in the parentheses.  NULL: it cannot be waived. */
void h2040_source_require(const struct source *source, struct fault *fault, int our, const char *means);

/* The name by which the source gives its rowid; NULL: a view and a table WITHOUT ROWID
** have none. */
const char *h2040_source_rowid(const struct source *source, struct fault *fault, sqlite3 *db);

/* s."their column" */
void h2040_source_append_column(const struct source *source, sqlite3_str *sql, int our);
/* FROM "schema"."name" AS s */
void h2040_source_append_from(const struct source *source, sqlite3_str *sql);

/* Holds one state of the sources' databases, where several statements read them:
** until the statement is finalized.  NULL after a fault. */
sqlite3_stmt *h2040_source_hold(struct fault *fault, sqlite3 *db, const struct source *const *sources, int count);

#endif
