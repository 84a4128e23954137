/*
** What each file of this folder adds to a connection.
*/
#ifndef H2040_REGISTER_H
#define H2040_REGISTER_H

#include "policies.h"

/* A scalar function that reads only its arguments and what is built in:
** DETERMINISTIC and INNOCUOUS, so that it serves in views, indexes, generated
** columns, CHECK constraints and triggers, also with trusted_schema=OFF.
** destroy, if any, gets user_data, also when the registration fails. */
void h2040_register_function(struct fault *fault, sqlite3 *db, const char *name, int arguments,
                             void (*function)(sqlite3_context *, int, sqlite3_value **), void *user_data,
                             void (*destroy)(void *));

/* h2040_version, which is not DETERMINISTIC: an index on it would outlive it. */
void h2040_register_version(struct fault *fault, sqlite3 *db,
                            void (*function)(sqlite3_context *, int, sqlite3_value **));

/* An eponymous table.  The same of user_data and destroy. */
void h2040_register_table(struct fault *fault, sqlite3 *db, const char *name, const sqlite3_module *module,
                          void *user_data, void (*destroy)(void *));

void h2040_register_check(struct fault *fault, sqlite3 *db, struct policies *policies);
void h2040_register_modifier(struct fault *fault, sqlite3 *db, struct policies *policies);
void h2040_register_date(struct fault *fault, sqlite3 *db);
void h2040_register_policy(struct fault *fault, sqlite3 *db);
void h2040_register_catalogue(struct fault *fault, sqlite3 *db);
void h2040_register_audit(struct fault *fault, sqlite3 *db, struct policies *policies);
void h2040_register_coverage(struct fault *fault, sqlite3 *db, struct policies *policies);
void h2040_register_census(struct fault *fault, sqlite3 *db, struct policies *policies);
void h2040_register_columns(struct fault *fault, sqlite3 *db);
void h2040_register_mapping(struct fault *fault, sqlite3 *db);
void h2040_register_lines(struct fault *fault, sqlite3 *db);
void h2040_register_sessions_over_cap(struct fault *fault, sqlite3 *db);
void h2040_register_sessions_left(struct fault *fault, sqlite3 *db);
void h2040_register_x12(struct fault *fault, sqlite3 *db);
void h2040_register_session_conflicts(struct fault *fault, sqlite3 *db);

#endif
