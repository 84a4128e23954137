/*
** The caps: the one that was asked for, or the rows of session_cap.
**
**   session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope,
**               effective_from, effective_to
**               [, modifiers, one_of_modifiers, without_modifiers, age_from, age_to,
**                authorizable])
**
** The first eight must be there, for each has a meaning when it says nothing (every
** payer, always in force).  Blank payer_id: every payer.  Blank hcpcs_codes: the
** lines that are looked at (cap_index.h).  Blank scope: member.  Blank dates: open.
** modifiers: the line bears all of them; one_of_modifiers: at least one;
** without_modifiers: none.  age_from, age_to: years on the day of service, both
** counted.  authorizable: 0 where an authorization does not lift the cap, as with
** NCCI's medically unlikely edits; blank is 1.
*/
#ifndef H2040_CAP_TABLE_H
#define H2040_CAP_TABLE_H

#include "../billing/cap_index.h"
#include "cap_context.h"

/* A row that cannot be read is an error: nothing can be judged by it.  lines: the
** source, whose payers are compared with those of the caps.  optional: there may be no
** cap. */
void h2040_read_caps(struct cap_context *context, const struct source *lines, bool optional, struct cap_index *index);

#endif
