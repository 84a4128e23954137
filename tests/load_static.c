/*
** A program with h2040 linked into it: every connection that it opens has the
** functions.  Prints the results of the statements given as arguments.
*/
#include "h2040.h"

#include <stdio.h>

static int print_row(void *unused, int columns, char **values, char **names) {
  (void)unused;
  (void)names;
  for (int i = 0; i < columns; i++) printf("%s%s", i > 0 ? "|" : "", values[i] ? values[i] : "");
  printf("\n");
  return 0;
}

int main(int argc, char **argv) {
  sqlite3_auto_extension((void (*)(void))sqlite3_h2040_init);
  for (int i = 1; i < argc; i++) {
    sqlite3 *db = NULL;
    char *error = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_exec(db, argv[i], print_row, NULL, &error) != SQLITE_OK) {
      printf("%s\n", error ? error : sqlite3_errmsg(db));
    }
    sqlite3_free(error);
    sqlite3_close(db);
  }
  printf("%lld bytes left\n", (sqlite3_reset_auto_extension(), sqlite3_shutdown(), (long long)sqlite3_memory_used()));
  return 0;
}
