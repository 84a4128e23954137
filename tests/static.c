/*
** A program that has h2040 built in: linked, not loaded.
**
**   make static
**   cc -DSQLITE_CORE -Ibuild -o example tests/static.c build/libh2040.a -lsqlite3
**   ./example "SELECT modifier_problem('GT 95')"
**
** Runs each argument as SQL, all in one database, and prints the rows.
*/
#include <stdio.h>

#include "sqlite3.h"
#include "h2040.h"

static int print_row(void *unused, int columns, char **values, char **names) {
  int i;
  (void)unused;
  (void)names;
  for (i = 0; i < columns; i++) printf("%s%s", i ? "|" : "", values[i] ? values[i] : "");
  printf("\n");
  return 0;
}

int main(int argc, char **argv) {
  sqlite3 *db;
  char *error = NULL;
  int i;

  /* Every connection opened from here on has h2040's functions and tables. */
  sqlite3_auto_extension((void (*)(void))sqlite3_h2040_init);

  if (sqlite3_open(":memory:", &db) != SQLITE_OK) {
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    return 1;
  }
  for (i = 1; i < argc; i++) {
    if (sqlite3_exec(db, argv[i], print_row, NULL, &error) != SQLITE_OK) {
      fprintf(stderr, "%s\n", error);
      return 1;
    }
  }
  return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
