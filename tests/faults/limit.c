/*
** set_limit(id, value): sqlite3_limit() of the connection, and the limit that it
** had, as an SQL function.
*/
#include <sqlite3.h>
#include <stddef.h>

static void set_limit(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  sqlite3_result_int(context, sqlite3_limit(sqlite3_context_db_handle(context), sqlite3_value_int(argv[0]),
                                            sqlite3_value_int(argv[1])));
}

int sqlite3_limit_init(sqlite3 *db, char **error, const void *api) {
  (void)error;
  (void)api;
  return sqlite3_create_function(db, "set_limit", 2, SQLITE_UTF8, NULL, set_limit, NULL, NULL);
}
