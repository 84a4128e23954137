/*
** Names of columns, as people write them.
**
** Two names are one when their letters and digits are: `Service Date`,
** `SERVICE-DATE`, `service_date ` and one with a byte order mark in front are all
** service_date.  Letters beyond ASCII count as they stand; marks, blanks and
** punctuation do not, theirs beyond ASCII neither.
*/
#ifndef H2040_COLUMN_NAME_H
#define H2040_COLUMN_NAME_H

#include "field.h"

bool h2040_same_name(struct text a, struct text b); /* of two that have a letter or digit at all */

/* The letters and digits of a name, small; its length, 0 where it has none, or more
** than there is room for. */
enum { NAME_ROOM = 64 };
size_t h2040_name_letters(struct text name, char out[NAME_ROOM]);

/* The field that exports call by this name, as ext/column_names has it; -1: none.
** likely: no other column bears this name. */
int h2040_field_exported_as(struct text name, bool *likely);

#endif
