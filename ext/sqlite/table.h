/*
** The one shape of our table functions.  A function says what it is called,
** which columns it shows, which parameters it takes, and how its rows are found;
** what SQLite wants of a virtual table is done here, once.
**
**   static const struct table_function census = {
**     .name = "h2040_census", .columns = columns, .parameters = parameters,
**     .run = run, .rows = rows, .show = show, .close = close_result,
**   };
**   h2040_register_table_function(fault, db, &census, context, destroy);
**
** Parameters are hidden columns, given by position or by = or IS in WHERE.  One
** that is NULL is left out; one that is given twice must be given the same value.
** Each row gives them back as they came.  One whose value is not to be had yet
** makes a plan impossible (SQLITE_CONSTRAINT); one that is absent is left to run,
** which can name the remedy.
**
** Computed once.  The result of a run belongs to the virtual table and is shared by
** all cursors of one statement: by parameters, columns asked for, and which
** statements are running (each run of a statement counts), so that nothing of one
** statement is shown to the next.  It goes with the last open cursor.  Where a
** column is compared by =, rows are looked up by hash, loosely ('07' beside 7, 'a'
** beside 'A'): SQLite checks them again.  So neither a join nor a correlated
** subquery costs a run for each outer row.
**
** Narrowing.  A function may take values of some of its columns (narrows) and read
** no more of its source than they ask for, which pays where the source has an
** index.  Once such a run has read the whole source, or there were many, the whole
** is computed after all.
**
** Streams.  A function with `step` in place of `rows` finds its rows as they are
** asked for.  The first time they are streamed; whoever reads them again within a
** statement gets them from memory.
**
** rowids.  SQLite marks by them, in OR and in outer joins, which rows it has seen:
** so a row has the same one by whatever plan it was found.  It is a keyed hash of the
** parameters and the row's place in the whole; where a function narrows, a hash of the
** columns asked for, too, and the number among rows that are alike in these.
**
** Why neither INNOCUOUS nor DIRECTONLY: our functions read whatever table they are
** told to, so a hostile schema must not aim them (trusted_schema=OFF refuses them in
** views); but analysts do keep views over them.  A view that is its own source is
** stopped by a depth guard.  Eponymous only: there is nothing to CREATE.
*/
#ifndef H2040_TABLE_H
#define H2040_TABLE_H

#include "sqlite.h"

enum { MOST_PARAMETERS = 16, MOST_COLUMNS = 127 };

struct table_function;

/* One run of a function. */
struct table_call {
  const struct table_function *function;
  sqlite3 *db;
  void *context;                             /* as registered */
  sqlite3_value *parameter[MOST_PARAMETERS]; /* NULL: left out */
  uint64_t columns;                          /* those asked for: bit i; bit 63: any from 63 on */
  sqlite3_value *equal[64];                  /* of the columns that the function narrows: only rows with this value
                                             ** are wanted; NULL: all */
  /* To be told by a run: */
  bool narrowed;    /* its rows are not the whole, but those that `equal` asks for */
  bool scanned;     /* and yet the whole source was read */
  int64_t lines;    /* of the source, about; 0: not known */
};

/* What a column shows. */
enum { SHOWN_ROOM = 64 };

struct shown {
  struct value value;    /* its bytes last until the next row, or lie in room */
  bool is_static;        /* they are there for good */
  char room[SHOWN_ROOM];
};

struct table_function {
  const char *name;
  const char *const *columns;    /* up to a NULL */
  const char *const *parameters; /* up to a NULL */
  uint32_t takes_null;           /* parameters to which NULL is a value like any other: bit i */
  uint64_t narrows;              /* columns: bit i */
  const int *selective;          /* the columns that tell rows apart best, best first, up to -1; NULL: in order */
  struct {
    int column, parameter;
  } column_for;                  /* parameter > 0: where it is not given by its name, `column = value` gives it */
  int deepest;                   /* runs within runs; 0: DEEPEST_RUN */
  bool innocuous;                /* reads nothing but its parameters */

  /* What show shows rows of; NULL after a fault. */
  void *(*run)(struct fault *fault, struct table_call *call);
  size_t (*rows)(const void *result);
  bool (*step)(struct fault *fault, void *stream); /* true: stands on the next row; row is 0 in show */
  /* shown is SQL NULL at first. */
  void (*show)(struct fault *fault, const void *result, size_t row, int column, struct shown *shown);
  void (*close)(void *result);
};

enum { DEEPEST_RUN = 12 };

/* destroy, if any, gets the context, also when the registration fails. */
void h2040_register_table_function(struct fault *fault, sqlite3 *db, const struct table_function *function,
                                   void *context, void (*destroy)(void *));

/* The text of a parameter; NULL: left out. */
const char *h2040_call_text(struct fault *fault, const struct table_call *call, int parameter);

static inline bool call_wants(const struct table_call *call, int column) {
  return call->columns >> (column < 63 ? column : 63) & 1;
}

static inline void show_value(struct shown *shown, const struct value *value) {
  shown->value = *value;
}

static inline void show_integer(struct shown *shown, int64_t integer) {
  shown->value = (struct value){ .kind = VALUE_INTEGER, .integer = integer };
}

static inline void show_real(struct shown *shown, double real) {
  shown->value = (struct value){ .kind = VALUE_REAL, .real = real };
}

/* z NULL: SQL NULL. */
static inline void show_text(struct shown *shown, struct text text) {
  if (text.z) shown->value = value_of_text(text);
}

/* A text of the program; NULL: SQL NULL. */
static inline void show_static(struct shown *shown, const char *text) {
  if (!text) return;
  show_text(shown, h2040_text(text));
  shown->is_static = true;
}

/* YYYY-MM-DD */
void h2040_show_day(struct shown *shown, int32_t day);

#endif
