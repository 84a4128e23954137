/*
** What Debian's Tcl interface calls and SQLite 3.34 does not have yet, so that it
** runs the suite on 3.34 too.  Linked into the libsqlite3.so.0 of matrix.sh only;
** the extension never sees it.
*/
#include "sqlite3.h"

sqlite3_int64 sqlite3_changes64(sqlite3 *db) { return sqlite3_changes(db); }

sqlite3_int64 sqlite3_total_changes64(sqlite3 *db) { return sqlite3_total_changes(db); }

int sqlite3_error_offset(sqlite3 *db) {
  (void)db;
  return -1; /* as for an error that has no place in the text */
}
