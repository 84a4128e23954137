/*
** What the fuzz harnesses share: a connection with h2040 linked into it, whose
** allocator does not round up, so that AddressSanitizer sees one byte too far;
** and words for what must hold.
**
** A harness is one file with LLVMFuzzerTestOneInput; its seeds are the files of
** corpus/<harness>.  See the Makefile: `make fuzz`, `make fuzz-short`.
*/
#ifndef H2040_FUZZ_H
#define H2040_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../ext/sqlite/h2040.h"

/* What must hold whatever the input. */
#define MUST(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort(); \
    } \
  } while (0)

static inline int fuzz_roundup(int size) {
  return size;
}

/* The one connection of the process. */
static inline sqlite3 *fuzz_db(const char *schema) {
  static sqlite3 *db;
  if (db) return db;
  sqlite3_mem_methods methods;
  MUST(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &methods) == SQLITE_OK);
  methods.xRoundup = fuzz_roundup;
  MUST(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
  MUST(sqlite3_open(":memory:", &db) == SQLITE_OK);
  char *error = NULL;
  MUST(sqlite3_h2040_init(db, &error, NULL) == SQLITE_OK);
  if (schema) {
    if (sqlite3_exec(db, schema, NULL, NULL, &error) != SQLITE_OK) {
      fprintf(stderr, "%s\n", error);
      abort();
    }
  }
  return db;
}

static inline sqlite3_stmt *fuzz_prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
    fprintf(stderr, "%s\n%s\n", sqlite3_errmsg(db), sql);
    abort();
  }
  return statement;
}

/* Steps to the end; false: an error, which must have words that are not a shortage. */
static inline int fuzz_run(sqlite3_stmt *statement, void (*row)(sqlite3_stmt *)) {
  int rc;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    if (row) row(statement);
  }
  if (rc == SQLITE_DONE) return 1;
  const char *words = sqlite3_errmsg(sqlite3_db_handle(statement));
  MUST(rc != SQLITE_NOMEM && rc != SQLITE_MISUSE && rc != SQLITE_INTERNAL);
  MUST(words && *words && strcmp(words, "SQL logic error") != 0);
  return 0;
}

/* Lines, each of which is a value: ~ is NULL, # an integer, % a real number, @ a
** blob, anything else text. */
struct fuzz_line {
  const char *z;
  size_t n;
};

static inline int fuzz_next_line(struct fuzz_line *rest, struct fuzz_line *line) {
  if (rest->n == 0) return 0;
  const char *end = memchr(rest->z, '\n', rest->n);
  size_t n = end ? (size_t)(end - rest->z) : rest->n;
  *line = (struct fuzz_line){ rest->z, n };
  rest->z += n + (end != NULL);
  rest->n -= n + (end != NULL);
  return 1;
}

static inline void fuzz_bind(sqlite3_stmt *statement, int parameter, struct fuzz_line v) {
  char number[64];
  size_t n = v.n > 1 ? v.n - 1 : 0;
  if (n >= sizeof number) n = sizeof number - 1;
  if (v.n > 0) memcpy(number, v.z + 1, n);
  number[n] = 0;
  switch (v.n > 0 ? v.z[0] : 0) {
    case '~': sqlite3_bind_null(statement, parameter); break;
    case '#': sqlite3_bind_int64(statement, parameter, strtoll(number, NULL, 10)); break;
    case '%': sqlite3_bind_double(statement, parameter, strtod(number, NULL)); break;
    case '@': sqlite3_bind_blob64(statement, parameter, v.z + 1, v.n - 1, SQLITE_TRANSIENT); break;
    default: sqlite3_bind_text64(statement, parameter, v.z, v.n, SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

#endif
