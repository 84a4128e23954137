/*
** The hidden parameters of a table-valued function: columns that are given a
** value by an argument, or by an equation in WHERE.
**
** In xBestIndex a parameter whose value is not to be had yet makes the plan
** unusable (SQLITE_CONSTRAINT); one that is absent is left to xFilter, which names
** the remedy.  xColumn gives each back exactly as it came: `omit` is only a hint.
** A parameter that is NULL counts as left out.
*/
#ifndef H2040_PARAMETERS_H
#define H2040_PARAMETERS_H

#include "sqlite.h"

enum { MOST_PARAMETERS = 10 };

struct parameters {
  int count;
  sqlite3_value *value[MOST_PARAMETERS]; /* NULL: not given */
};

/* Parameter i is the column first_column + i.  Bit i of idxNum says that it was
** given; the arguments come in this order, *arguments of them. */
int h2040_parameters_plan(sqlite3_index_info *info, int first_column, int count, int *arguments);

/* Takes them out of xFilter's arguments; returns how many those were. */
int h2040_parameters_take(struct parameters *parameters, struct fault *fault, int plan, int count, sqlite3_value **argv);
void h2040_parameters_clear(struct parameters *parameters);

const char *h2040_parameter_text(const struct parameters *parameters, struct fault *fault, int parameter);
void h2040_result_parameter(sqlite3_context *context, const struct parameters *parameters, int parameter);

#endif
