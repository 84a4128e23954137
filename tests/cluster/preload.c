/*
** Test code: puts h2040 into a program that has no way to load an extension.
**
**   LD_PRELOAD=build/cluster/preload.so H2040=/abs/build/h2040.so dqlite-demo ...
**
** dqlite opens its databases itself, inside its own library, and offers no hook.
** Preloaded, the functions below stand in front of SQLite's: before the first
** connection is opened they hand h2040's entry point to sqlite3_auto_extension,
** and then call the function that they stand for.  An extension that cannot be
** loaded ends the program: a node without it must not join the others unnoticed.
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "sqlite3.h"

typedef void (*function)(void);

/* ISO C has no cast from dlsym's pointer to a function's. */
static function symbol(void *library, const char *name) {
  union {
    void *data;
    function code;
  } found;
  found.data = library ? dlsym(library, name) : NULL;
  if (!found.data) {
    fprintf(stderr, "preload: %s\n", dlerror());
    exit(1);
  }
  return found.code;
}

static void load_once(void) {
  const char *path = getenv("H2040");
  int (*auto_extension)(function) = (int (*)(function))symbol(RTLD_NEXT, "sqlite3_auto_extension");
  void *library = dlopen(path ? path : "h2040.so", RTLD_NOW);
  int rc = auto_extension(symbol(library, "sqlite3_h2040_init"));
  if (rc != SQLITE_OK) {
    fprintf(stderr, "preload: sqlite3_auto_extension: %d\n", rc);
    exit(1);
  }
}

static void load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_once);
}

int sqlite3_open(const char *file, sqlite3 **db) {
  load();
  return ((int (*)(const char *, sqlite3 **))symbol(RTLD_NEXT, "sqlite3_open"))(file, db);
}

int sqlite3_open_v2(const char *file, sqlite3 **db, int flags, const char *vfs) {
  load();
  return ((int (*)(const char *, sqlite3 **, int, const char *))symbol(RTLD_NEXT, "sqlite3_open_v2"))(file, db, flags,
                                                                                                   vfs);
}
