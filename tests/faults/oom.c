/*
** Makes SQLite run out of memory, at the n-th allocation or from it on.
**
** Preloaded (LD_PRELOAD), it puts itself between SQLite and its allocator before
** anybody else can; loaded as an extension too, it has SQL functions:
**
**   oom_arm(n, persistent)   the n-th allocation from now fails; persistent: and
**                            every one after it
**   oom_disarm()             how many have failed since; none does from now on
**   oom_used()               bytes that are in use
**
** oom_disarm must not allocate while armed: call it from a statement that has
** been prepared and run before.
**
** Lookaside is off, so that every allocation is seen; sizes are not rounded, so
** that one byte too far is seen by ASan or valgrind.  At the end of the process
** the bytes still in use are written to standard error, unless there are none.
*/
#include <sqlite3.h>
#include <stdio.h>

static sqlite3_mem_methods real;
static long countdown; /* to the failing one; 0: not armed */
static int persistent;
static long failed;

static int fails(void) {
  if (countdown == 0) return 0;
  if (countdown > 1) {
    countdown--;
    return 0;
  }
  if (!persistent) countdown = 0;
  failed++;
  return 1;
}

static void *oom_malloc(int size) {
  return fails() ? NULL : real.xMalloc(size);
}

static void *oom_realloc(void *memory, int size) {
  return fails() ? NULL : real.xRealloc(memory, size);
}

static int oom_roundup(int size) {
  return size;
}

__attribute__((constructor)) static void put_between(void) {
  sqlite3_mem_methods methods;
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) return;
  methods = real;
  methods.xMalloc = oom_malloc;
  methods.xRealloc = oom_realloc;
  methods.xRoundup = oom_roundup;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

__attribute__((destructor)) static void tell_leaks(void) {
  sqlite3_int64 used = sqlite3_memory_used();
  if (used != 0) fprintf(stderr, "oom: %lld bytes in use at the end\n", (long long)used);
}

static void arm(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  (void)context;
  failed = 0;
  persistent = sqlite3_value_int(argv[1]);
  countdown = (long)sqlite3_value_int64(argv[0]);
}

static void disarm(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  (void)argv;
  countdown = 0;
  sqlite3_result_int64(context, failed);
}

static void used(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  (void)argv;
  sqlite3_result_int64(context, sqlite3_memory_used());
}

int sqlite3_oom_init(sqlite3 *db, char **error, const void *api) {
  (void)error;
  (void)api;
  sqlite3_create_function(db, "oom_arm", 2, SQLITE_UTF8, NULL, arm, NULL, NULL);
  sqlite3_create_function(db, "oom_disarm", 0, SQLITE_UTF8, NULL, disarm, NULL, NULL);
  return sqlite3_create_function(db, "oom_used", 0, SQLITE_UTF8, NULL, used, NULL, NULL);
}
