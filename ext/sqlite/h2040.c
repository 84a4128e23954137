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
#include "register.h"
#include "sqlite.h"

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { OLDEST_SQLITE = 3034000 };

EXPORT int sqlite3_h2040_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api);
  (void)api;
  /* Older hosts lack functions that are called here: reading past the end of
  ** their table of functions would crash them. */
  if (sqlite3_libversion_number() < OLDEST_SQLITE) {
    *error = sqlite3_mprintf("h2040 needs SQLite 3.34 or newer; this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  struct fault fault = { 0 };
  h2040_register_sessions_over_cap(&fault, db);
  *error = fault.message;
  return fault.rc;
}

#ifndef SQLITE_CORE
EXPORT int sqlite3_h_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  return sqlite3_h2040_init(db, error, api);
}

EXPORT int sqlite3_extension_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  return sqlite3_h2040_init(db, error, api);
}
#endif
