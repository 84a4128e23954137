/*
** What the two harnesses of X12 share.  The input is the text, as a BLOB and as TEXT.
**
** Both give the same rows.  A row that is told of nothing is a line or a payment; what
** is shown is UTF-8; the rows of the text twice are at least as many; and a text ends.
*/
#ifndef H2040_FUZZ_X12_H
#define H2040_FUZZ_X12_H

#include "fuzz.h"

#include "../../ext/billing/quote.h"

static inline void is_utf8(sqlite3_stmt *statement, int column) {
  struct text t = { (const char *)sqlite3_column_text(statement, column), 0 };
  if (!t.z) return;
  t.n = (size_t)sqlite3_column_bytes(statement, column);
  MUST(memchr(t.z, 0, t.n) == NULL);
  for (size_t length; t.n > 0; t = (struct text){ t.z + length, t.n - length }) {
    length = h2040_utf8_length(t);
    MUST(length > 0);
  }
}

static inline int rows_of(sqlite3_stmt *statement, void (*row)(sqlite3_stmt *)) {
  int rows = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    rows++;
    for (int i = 0; i < sqlite3_column_count(statement); i++) is_utf8(statement, i);
    if (row) row(statement);
  }
  MUST(sqlite3_reset(statement) == SQLITE_OK);
  return rows;
}

static inline int fuzz_x12(const char *sql, void (*row)(sqlite3_stmt *), const uint8_t *data, size_t size) {
  static sqlite3_stmt *statement;
  if (!statement) statement = fuzz_prepare(fuzz_db(NULL), sql);
  /* A block of its very size, so that a read past it is seen. */
  char *z = malloc(size * 2 + 1);
  memcpy(z, data, size);
  memcpy(z + size, data, size);
  sqlite3_bind_blob64(statement, 1, z, size, SQLITE_STATIC);
  int rows = rows_of(statement, row);
  MUST(rows > 0);
  sqlite3_bind_text64(statement, 1, z, size, SQLITE_STATIC, SQLITE_UTF8);
  MUST(rows_of(statement, row) == rows);
  sqlite3_bind_blob64(statement, 1, z, size * 2, SQLITE_STATIC);
  rows_of(statement, row);
  sqlite3_clear_bindings(statement);
  free(z);
  return 0;
}

#endif
