/*
** The entry points, and everything that is registered.
**
** Three names are exported, because hosts derive the name of an entry point
** from the name of the file in different ways:
**
**   sqlite3_h2040_init      `.load ./h2040` from SQLite 3.53 on
**   sqlite3_h_init          the same up to 3.51 (letters only)
**   sqlite3_extension_init  a file that was renamed
**
** A program that links h2040 statically (-DSQLITE_CORE) uses the first only.
*/
#define H2040_ENTRY_POINT
#include "sqlite3ext.h"
SQLITE_EXTENSION_INIT1

#include "h2040.h"
#include "reader.h"
#include "register.h"

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { OLDEST_SQLITE = 3034000 };

static char *version_text(void) {
  return sqlite3_mprintf(H2040_VERSION ", code set of %s", h2040_code_set_version());
}

/*
** h2040_version()   version of the extension and of its code set
**
**   SELECT h2040_version();   1.1.0, code set of January 2026, plus AC (208 codes, 427 modifiers)
**
** The release is the one that ext/code_set/release.csv names.
*/
static void version(sqlite3_context *context, int argc, sqlite3_value **argv) {
  char *text = version_text();
  (void)argc;
  (void)argv;
  if (text) sqlite3_result_text(context, text, -1, sqlite3_free);
  else sqlite3_result_error_nomem(context);
}

static bool knows_a_version(sqlite3 *db) {
  struct fault fault = { 0 };
  sqlite3_stmt *list = h2040_prepare(&fault, db, "PRAGMA function_list");
  bool known = false;
  while (!known && h2040_step(&fault, list)) {
    const char *name = h2040_value_text(&fault, sqlite3_column_value(list, 0));
    known = name && sqlite3_stricmp(name, "h2040_version") == 0;
  }
  sqlite3_finalize(list);
  sqlite3_free(fault.message);
  return known;
}

/* Whether this very version is on the connection already.  Functions cannot be
** added anew while a statement runs, not even by SELECT load_extension(), so
** that loading twice would be an error; it has nothing to do. */
static bool loaded_already(sqlite3 *db) {
  struct fault fault = { 0 };
  char *text = knows_a_version(db) ? version_text() : NULL;
  if (!text) return false;
  sqlite3_stmt *look = h2040_prepare(&fault, db, "SELECT h2040_version() = ?1");
  h2040_bind_text(&fault, look, 1, text);
  bool yes = h2040_step(&fault, look) && sqlite3_column_int(look, 0) > 0;
  sqlite3_finalize(look);
  sqlite3_free(fault.message);
  sqlite3_free(text);
  return yes;
}

static int register_all(sqlite3 *db, char **error) {
  struct fault fault = { 0 };
  struct policies *policies;
  if (loaded_already(db)) return SQLITE_OK;
  policies = h2040_policies_new();
  if (!policies) return SQLITE_NOMEM;
  h2040_register_reading(&fault, db);
  h2040_register_check(&fault, db, policies);
  h2040_register_modifier(&fault, db, policies);
  h2040_register_date(&fault, db);
  h2040_register_policy(&fault, db);
  h2040_register_catalogue(&fault, db);
  h2040_register_audit(&fault, db, policies);
  h2040_register_coverage(&fault, db, policies);
  h2040_register_census(&fault, db, policies);
  h2040_register_columns(&fault, db);
  h2040_register_mapping(&fault, db);
  h2040_register_lines(&fault, db);
  h2040_register_sessions_over_cap(&fault, db);
  h2040_register_sessions_left(&fault, db);
  h2040_register_x12(&fault, db);
  h2040_register_session_conflicts(&fault, db);
  h2040_register_version(&fault, db, version);
  h2040_policies_release(policies);
  *error = fault.rc == SQLITE_NOMEM ? sqlite3_mprintf("out of memory") : fault.message;
  return fault.rc;
}

static int initialize(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api);
  (void)api;
  /* Older hosts lack functions that are called here: reading past the end of
  ** their table of functions would crash them. */
  if (sqlite3_libversion_number() < OLDEST_SQLITE) {
    *error = sqlite3_mprintf("h2040 needs SQLite 3.34 or newer; this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  return register_all(db, error);
}

/* None of them calls another: where two copies of this file are loaded, that
** could be the other copy's. */
EXPORT int sqlite3_h2040_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  return initialize(db, error, api);
}

#ifndef SQLITE_CORE
EXPORT int sqlite3_h_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  return initialize(db, error, api);
}

EXPORT int sqlite3_extension_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  return initialize(db, error, api);
}
#endif
