/*
** The prior authorizations.
**
**   prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes,
**                       start_date, end_date, units [, modifiers])
**
** The first seven must be there, for each has a meaning when it says nothing.  A
** number may stand in several rows, each with its codes and units.  Blank payer_id:
** any payer.  Blank hcpcs_codes, or *: any code.  modifiers: the line bears all of
** them.  Blank dates: open.  Blank units: unlimited.  One whose dates or units cannot
** be read, whose ids have white space around them, or that is nobody's, covers
** nothing and is a row of its own, with the status unreadable.
*/
#ifndef H2040_AUTHORIZATION_TABLE_H
#define H2040_AUTHORIZATION_TABLE_H

#include "../billing/authorization.h"
#include "../billing/cap_index.h"
#include "../billing/session_line.h"
#include "cap_context.h"

struct authorization_file {
  bool there;         /* there is a file, so that a number can be missing in it */
  bool limited;       /* some last only for so many units */
  bool across_payers; /* and are for any payer, or for several that are one to them */
  bool across_members;
  struct authorizations list;
  struct list unreadable; /* of struct session_line * */
  struct id_numbers codes; /* that they are for */
  bool every_code;
};

/* All of them, so that what a line names is found.  Those that cannot be read are told
** where some cap counts their codes; their ids are numbered in ids, to be shown. */
void h2040_read_authorizations(struct cap_context *context, const struct source *lines, const struct cap_index *index,
                               struct session_ids *ids, struct authorization_file *file);
/* Is one of them for a code, as it is written in upper case? */
bool h2040_authorized_code(const struct authorization_file *file, struct text code);

void h2040_authorization_file_close(struct authorization_file *file);

#endif
