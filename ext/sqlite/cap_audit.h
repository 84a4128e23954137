/*
** One run of sessions_over_cap or sessions_left, from its arguments to what was
** counted.
**
**   cap_table.h            reads session_cap
**   authorization_table.h  reads prior_authorization
**   session_store.h        reads the lines
**   session_order.h        says which of them stand, and puts them in order
**   cap_sweep.h            counts them, cap by cap
**
** What is shown points into the audit: close it when it has been shown.
*/
#ifndef H2040_CAP_AUDIT_H
#define H2040_CAP_AUDIT_H

#include "../billing/cap_sweep.h"
#include "authorization_table.h"
#include "cap_table.h"
#include "session_store.h"

struct cap_audit {
  struct arena arena; /* what lasts as long as the rows */
  struct cap_index index;
  struct authorization_file file;
  struct session_store store;
  struct cap_sweep sweep;
};

struct cap_wanted {
  sqlite3_value *member; /* of one member; NULL: of all */
  int32_t until;         /* the last day of which lines count */
  bool left;             /* what is left of authorizations, too, that no cap stands before */
};

/* What is common to both: opens the source, reads the caps, the authorizations and the
** lines that are wanted, and finds those that count.  call->narrowed and its like are
** told.  The source is the caller's to close; so is the audit, after a fault, too. */
void h2040_cap_audit_read(struct cap_audit *audit, struct cap_context *context, struct source *source,
                          const struct cap_wanted *wanted);

/* Counts the lines against each cap, and calls finish after each (NULL: nothing). */
void h2040_cap_audit_count(struct cap_audit *audit, struct cap_context *context,
                           void (*finish)(void *host, size_t cap), void *host);

/* Rows for what cannot be counted: lines, claims and authorizations. */
void h2040_cap_audit_tell(struct cap_audit *audit, struct cap_context *context);

/* Puts into words what each row has to say. */
void h2040_cap_audit_word(struct cap_audit *audit, struct cap_context *context);

void h2040_cap_audit_close(struct cap_audit *audit);

#endif
