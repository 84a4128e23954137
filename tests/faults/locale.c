/*
** set_locale(name): setlocale(LC_NUMERIC, name) of the process, as an SQL function; what
** a decimal point is then, or NULL where there is no such locale.
*/
#include <locale.h>
#include <sqlite3.h>
#include <stddef.h>

static void set_locale(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  if (setlocale(LC_NUMERIC, (const char *)sqlite3_value_text(argv[0]))) {
    sqlite3_result_text(context, localeconv()->decimal_point, -1, SQLITE_TRANSIENT);
  }
}

int sqlite3_locale_init(sqlite3 *db, char **error, const void *api) {
  (void)error;
  (void)api;
  return sqlite3_create_function(db, "set_locale", 1, SQLITE_UTF8, NULL, set_locale, NULL, NULL);
}
