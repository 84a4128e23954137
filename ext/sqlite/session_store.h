/*
** The lines of the source that caps look at, read and kept.
**
** A line that cannot be read is kept too, with the words that say why.  Where the
** source says anything of claims (their frequency, their numbers, when they were
** received), lines of other codes are kept beside those that count, for what stands is
** a matter of whole claims.
*/
#ifndef H2040_SESSION_STORE_H
#define H2040_SESSION_STORE_H

#include "../billing/cap_index.h"
#include "../billing/session_kind.h"
#include "../billing/session_line.h"
#include "../billing/short_id.h"
#include "authorization_table.h"
#include "cap_context.h"
#include "reader.h"

enum { SEEN_PAYERS = 64 };

struct session_store {
  /* Given. */
  struct cap_context *context;
  const struct source *source;
  struct cap_index *index;
  bool find_last_day;
  bool in_sum;          /* rows of single lines are not shown, nor is anything drawn: no more is read than that takes */
  bool compare_numbers; /* of authorizations */
  const struct authorization_file *authorized; /* lines of its codes are kept as well; or NULL */
  int32_t until;        /* the last day of which lines are kept */
  /* Found. */
  struct session_ids ids;
  struct blocks lines;  /* of struct session_line */
  int32_t last_day;     /* of service, of all lines that were read, up to `until`; INT32_MIN: none */
  bool marks;           /* lines bear marks */
  bool by_claim_id, may_resend;
  struct list cap_payer; /* of uint32_t: see cap_sweep.h */
  /* Its own. */
  struct session_kinds kinds;
  uint32_t cap_payers;
  struct short_ids members_seen;
  uint32_t payer_seen[SEEN_PAYERS]; /* forms, by the last byte of their values */
};

static inline uint32_t cap_payer_of(const struct session_store *store, uint32_t payer) {
  return ((const uint32_t *)store->cap_payer.items)[payer];
}

/* Opens the source that the call names, with the columns that must be there. */
void h2040_open_sessions(struct cap_context *context, struct source *source);

/* Those that the caps ask for. */
void h2040_require_for_caps(struct cap_context *context, const struct source *source, const struct cap_index *index);

void h2040_session_store_open(struct session_store *store, struct cap_context *context, const struct source *source,
                              struct cap_index *index);
void h2040_session_store_close(struct session_store *store);

/* A line at a glance: what its units add up to, whose they are. */
struct session_glance {
  const struct session_kind *kind;
  uint64_t member, provider;    /* hashes of ids */
  uint32_t payer_id, cap_payer;
  int32_t day;
  int64_t units;
  bool doubtful; /* there is something to tell of it, or of what stands beside it: it must be read */
};

enum { SESSION_ROWID = 21 }; /* where h2040_glance_columns puts it */

/* What the reader wants for it; true: rowids, too. */
bool h2040_glance_columns(struct session_store *store, struct reader *reader);

/* false: no cap looks at it. */
bool h2040_glance_at_session(struct session_store *store, const struct row *row, struct session_glance *glance);
uint64_t h2040_session_member(const struct session_store *store, struct fault *fault, sqlite3_value *value);

/* Reads the lines of these rowids, or of the members of whom wanted says yes. */
void h2040_read_sessions_at(struct session_store *store, const int64_t *rowid, size_t count);
void h2040_read_sessions_of(struct session_store *store,
                            bool (*wanted)(void *host, struct fault *fault, sqlite3_value *member), void *host);

/* Reads the lines; those of one member where `reader` can find it by an index. */
void h2040_read_sessions(struct session_store *store, sqlite3_value *member, bool *scanned);

/* Of the lines whose original was not found, says which is a claim of another member or
** payer: reads the numbers of all claims once more, if there is such a line. */
void h2040_find_elsewhere(struct session_store *store);

/* Does some cap look at the line? */
static inline bool session_matters(const struct session_store *store, const struct session_line *line) {
  uint32_t payer = cap_payer_of(store, line->payer);
  const struct session_kind *kind = line->kind;
  return h2040_caps_count_payer(store->index, kind->caps, payer)
         || (kind->would_count && h2040_caps_count_payer(store->index, kind->would_count, payer));
}

#endif
