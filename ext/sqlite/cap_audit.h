/*
** One call of sessions_over_cap, from its arguments to its rows.
**
**   cap_audit.c            opens what is to be read and chooses how to read it
**   cap_table.c            reads session_cap
**   authorization_table.c  reads prior_authorization
**   session_lines.c        reads a line of the source
**   session_passes.c       reads all of them, in one of three ways
**
** The rows point into the audit: close it when they have been shown.
*/
#ifndef H2040_CAP_AUDIT_H
#define H2040_CAP_AUDIT_H

#include "../billing/cap_judge.h"
#include "../billing/value_set.h"
#include "../billing/unit_totals.h"
#include "source.h"

/* The columns of the source, as we name them. */
enum session_field {
  MEMBER_ID, SERVICE_DATE, UNITS, HCPCS_CODE, PAYER_ID, RENDERING_NPI, CLAIM_ID, CLAIM_LINE_NUMBER,
  PRIOR_AUTH_NUMBER, CLAIM_FREQUENCY_CODE, ORIGINAL_CLAIM_ID, SESSION_FIELDS
};

/* What was asked; NULL where it was left out. */
struct cap_request {
  const char *source, *period, *caps, *authorizations, *hcpcs_codes, *counting, *columns, *schema;
  sqlite3_value *cap;
  /* Pushed down: rows of others need not be found, but may be. */
  sqlite3_value *member_id, *payer_id, *cap_id;
  int32_t from_day, to_day; /* INT32_MIN, INT32_MAX: open */
};

struct cap_audit {
  struct fault *fault;
  sqlite3 *db;
  const struct cap_request *request;
  sqlite3_stmt *question;    /* stepped to hear whether to go on */
  struct arena arena;        /* what lasts as long as the rows */
  struct arena passing;      /* of the ordered stream: the group at hand, unless it has rows */

  struct source source;
  const char *rowid;         /* stands for a claim_id that the source has not; NULL: none can */
  struct session_cap *cap;
  size_t caps;
  bool scope[SCOPE_PROVIDER + 1]; /* which are used */
  struct value_set payers;    /* that caps name; each belongs to the bits of its caps */
  uint64_t *caps_of_others;  /* the bits of the caps of every payer */
  struct code_list codes;    /* every code that caps and authorizations list */
  const struct counted_code *last_code; /* of them, that a line had */
  struct counted_code other_code; /* any code that none lists */

  struct authorizations authorizations;
  bool limited_authorizations;     /* some last only for so many units */
  bool authorizations_span_payers; /* and are for any payer */
  struct cap_judge judge;

  sqlite3_value *member, *payer; /* what is pushed into the reading of the source, or NULL */
  struct unit_totals totals;
  bool totals_full;
  struct unit_totals asked;  /* the members and providers of whom a second pass must see all: a set */
  struct day_memo *day_memo; /* see session_lines.c */

  uint64_t seed;             /* of hashes */
  struct value_set replaced;  /* claims that others replace or void, in the terms of both columns */
  enum matching claims;
  bool replaced_known;
  struct value_set kept_payers, kept_members, kept_providers;
  struct session_line *first_line, **last_line;
};

/* On a fault the audit has no rows; close it all the same. */
void h2040_cap_audit_run(struct cap_audit *audit, struct fault *fault, sqlite3 *db,
                         const struct cap_request *request);
void h2040_cap_audit_close(struct cap_audit *audit);

/* Between the files named above. */

extern const char *const h2040_session_fields[SESSION_FIELDS];

bool h2040_cap_audit_proceed(void *audit);
void *h2040_cap_audit_take(struct cap_audit *audit, size_t size); /* from the arena; NULL: a fault */

struct value h2040_kept_value(struct cap_audit *audit, sqlite3_value *value); /* its own bytes */
struct text h2040_kept_text(struct cap_audit *audit, sqlite3_value *value); /* '' of NULL */

/* How SQL would compare a column of ours with one of another table. */
enum matching h2040_matching(enum affinity lines, enum affinity theirs);

/* A term that lets through whatever the outer query could take for the same as the
** value; *glue is " WHERE " before the first term and " AND " from then on.  false:
** none is safe, and nothing was appended.  h2040_bind_same binds its parameter. */
bool h2040_append_same(const struct source *source, sqlite3_str *sql, const char **glue, int column,
                       sqlite3_value *value, int parameter);
void h2040_bind_same(struct fault *fault, sqlite3_stmt *statement, int parameter, sqlite3_value *value);
bool h2040_can_push(const struct source *source, int column, sqlite3_value *value);

/* Fails where a table lacks one of the columns that it must have. */
void h2040_require_columns(struct fault *fault, const struct source *source);

void h2040_read_session_caps(struct cap_audit *audit);
void h2040_read_authorizations(struct cap_audit *audit);
/* Lists every code of caps and authorizations, and which caps count which. */
void h2040_index_caps(struct cap_audit *audit);

bool h2040_table_exists(struct fault *fault, sqlite3 *db, const char *schema, const char *name);

/* The source: opened before the caps, read after them. */
void h2040_register_session_reading(struct fault *fault, sqlite3 *db);
void h2040_open_session_lines(struct cap_audit *audit);
void h2040_read_session_lines(struct cap_audit *audit);

#endif
