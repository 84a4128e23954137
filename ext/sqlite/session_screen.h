/*
** Which lines of the source need be kept at all: most members never pass a cap.
**
** One pass adds up the units of each group and period (unit_totals.h): the sums may be
** too high, for they hold lines that do not stand, never too low.  Asked for are the
** members of whom a sum may be more than its cap, and those of lines of which there is
** something to tell.  Their lines are then read: by their rowids where they are few, else
** in a second pass that looks at nothing else of the others.
*/
#ifndef H2040_SESSION_SCREEN_H
#define H2040_SESSION_SCREEN_H

#include "session_store.h"

/* Reads into the store the lines of the members that are asked for.  false: where that
** would be most of them, or a cap counts across members, nothing was read. */
bool h2040_screen_sessions(struct session_store *store);

#endif
