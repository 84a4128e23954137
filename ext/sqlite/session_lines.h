/*
** One line of the source, as it lies in a statement, and the statements that bring
** it: what session_lines.c does for the passes of session_passes.c.
*/
#ifndef H2040_SESSION_LINES_H
#define H2040_SESSION_LINES_H

#include "cap_audit.h"

struct scan {
  struct cap_audit *audit;
  void (*each)(struct scan *scan, sqlite3_value **value);
  int at[SESSION_FIELDS]; /* where the statement has a column of ours; -1: nowhere */
};

struct seen_line {
  struct value payer, member, provider;
  const struct counted_code *code;
  const uint64_t *caps_of_payer;
  int64_t units;
  int32_t day;
  bool voids; /* and is not counted itself */
  enum reading read_member, read_date, read_units;
};

enum lines_read {
  EVERY_LINE,
  PUSHED_LINES, /* those that pass what is pushed down */
  ASKED_LINES   /* and of those, the ones of members and providers in audit->asked */
};

extern const bool h2040_every_field[SESSION_FIELDS];

/* The columns that must be there, once it is known whether caps look at providers. */
void h2040_require_parties(struct cap_audit *audit);
void h2040_open_day_memo(struct cap_audit *audit);

/* What a line says.  h2040_look_at_line: false where no cap counts it. */
struct value h2040_field_value(const struct scan *scan, sqlite3_value **value, enum session_field field);
bool h2040_look_at_line(struct scan *scan, sqlite3_value **value, struct seen_line *seen);
bool h2040_is_unreadable(const struct seen_line *seen);
void h2040_note_replaced_only(struct scan *scan, sqlite3_value **value);
bool h2040_is_replaced(const struct cap_audit *audit, const struct value *claim_id);

/* Keeping it.  h2040_keep_line leaves payer, member and provider to the caller. */
struct value h2040_keep_value(struct cap_audit *audit, struct arena *arena, struct value cell);
struct session_line *h2040_keep_line(struct scan *scan, sqlite3_value **value, const struct seen_line *seen,
                                     struct arena *arena);
void h2040_keep_unreadable(struct scan *scan, sqlite3_value **value, const struct seen_line *seen);

/* Statements that read the source.  append_source gives back what glues the next
** term to it: WHERE or AND. */
void h2040_append_fields(struct scan *scan, sqlite3_str *sql, const bool wanted[SESSION_FIELDS], const char *before);
const char *h2040_append_source(struct cap_audit *audit, sqlite3_str *sql);
void h2040_bind_source(struct cap_audit *audit, sqlite3_stmt *statement);
bool h2040_plan_says(struct cap_audit *audit, const char *sql, const char *words);

/* Hands lines to each, in no order. */
void h2040_read_lines(struct cap_audit *audit, const bool wanted[SESSION_FIELDS], enum lines_read which,
                      void (*each)(struct scan *scan, sqlite3_value **value));
bool h2040_has_replacements(const struct cap_audit *audit);
void h2040_read_replaced(struct cap_audit *audit);

/* A key of audit->asked. */
uint64_t h2040_party_hash(const struct cap_audit *audit, const struct value *party, bool by_provider);

#endif
