/* See reader.h. */
#include "reader.h"

#include <string.h>

static const char pointer_type[] = "h2040_read";

static void read_step(sqlite3_context *context, int count, sqlite3_value **value) {
  struct reader *reader = count > 0 ? sqlite3_value_pointer(value[0], pointer_type) : NULL;
  if (!reader) {
    sqlite3_result_error(context, "h2040_read is for the table functions of h2040 only", -1);
    return;
  }
  struct row row = { reader->at, value + 1 };
  reader->each(reader->host, reader->fault, &row);
  if (reader->fault->rc != SQLITE_OK || reader->stop) sqlite3_result_error(context, "h2040 stopped reading", -1);
}

static void wanted(sqlite3_context *context, int count, sqlite3_value **value) {
  struct reader *reader = count == 2 ? sqlite3_value_pointer(value[0], pointer_type) : NULL;
  if (!reader) sqlite3_result_error(context, "h2040_wanted is for the table functions of h2040 only", -1);
  else sqlite3_result_int(context, reader->wanted(reader->host, reader->fault, value[1]) || reader->fault->rc != SQLITE_OK);
}

static void read_final(sqlite3_context *context) {
  sqlite3_result_null(context);
}

void h2040_register_reading(struct fault *fault, sqlite3 *db) {
  if (fault->rc != SQLITE_OK) return;
  int rc = sqlite3_create_function_v2(db, "h2040_read", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, read_step,
                                      read_final, NULL);
  if (rc == SQLITE_OK) {
    rc = sqlite3_create_function_v2(db, "h2040_wanted", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, wanted, NULL, NULL,
                                    NULL);
  }
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
}

enum { ROWID = -1 };

int h2040_reader_want_rowid(struct reader *reader, struct fault *fault, sqlite3 *db) {
  reader->rowid = h2040_source_rowid(reader->source, fault, db);
  return reader->rowid ? h2040_reader_want(reader, ROWID) : -1;
}

int h2040_reader_want(struct reader *reader, int our) {
  reader->our[reader->count] = our;
  return reader->count++;
}

/* The fields of lines have this name for it; tables of other names have no rowid to show. */
static bool is_claim_id(const struct source *source, int our) {
  return strcmp(source->ours[our], "claim_id") == 0;
}

/* Appends a column, or claim_id's rowid; false: the source has neither. */
static bool append_our(const struct reader *reader, sqlite3_str *sql, const char *before, int our, const char *rowid) {
  const struct source *source = reader->source;
  if (our == NOT_READ) return false;
  if (our == ROWID) {
    sqlite3_str_appendf(sql, "%ss.%s", before, reader->rowid);
    return true;
  }
  bool has = source_has(source, our);
  if (!has && !(rowid && is_claim_id(source, our))) return false;
  sqlite3_str_appendall(sql, before);
  if (has) h2040_source_append_column(source, sql, our);
  else sqlite3_str_appendf(sql, "s.%s", rowid);
  return true;
}

static bool looks_like_a_number(sqlite3_value *value) {
  const char *text = sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  if (!text) return false;
  while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
  return is_digit(*text) || *text == '-' || *text == '+' || *text == '.';
}

enum { POINTER = 1, EQUAL = 2 };

/* A text that reads as a number may stand there as one, or as one that was. */
static void append_equal(const struct reader *reader, sqlite3_str *sql, const char *rowid) {
  if (!reader->equal || !append_our(reader, sql, " WHERE ", reader->by, rowid)) return;
  sqlite3_str_appendall(sql, looks_like_a_number(reader->equal)
    ? " IN (?2, CAST(?2 AS NUMERIC), CAST(CAST(?2 AS NUMERIC) AS TEXT), CAST(CAST(?2 AS REAL) AS TEXT))" : " = ?2");
}

bool h2040_reader_can_find(const struct source *source, int our, sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) return false;
  if (!source_has(source, our)) return is_claim_id(source, our); /* the rowid is a number */
  return (type != SQLITE_INTEGER && type != SQLITE_FLOAT) || source_affinity(source, our) == AFFINITY_NUMBER;
}

static const char *rowid_of_claims(const struct reader *reader, struct fault *fault, sqlite3 *db) {
  for (int i = 0; i < reader->count; i++) {
    int our = reader->our[i];
    if (our >= 0 && is_claim_id(reader->source, our) && !source_has(reader->source, our)) {
      return h2040_source_rowid(reader->source, fault, db);
    }
  }
  return NULL;
}

static sqlite3_stmt *prepare_rows(struct reader *reader, struct fault *fault, sqlite3 *db, bool at_rowid) {
  const char *rowid = rowid_of_claims(reader, fault, db);
  int columns = 0;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, OUR_SQL "SELECT h2040_read(?1");
  for (int i = 0; i < reader->count; i++) {
    reader->at[i] = append_our(reader, sql, ", ", reader->our[i], rowid) ? columns++ : -1;
  }
  sqlite3_str_appendall(sql, ")");
  h2040_source_append_from(reader->source, sql);
  if (reader->in_order && !reader->equal) sqlite3_str_appendall(sql, " NOT INDEXED");
  append_equal(reader, sql, rowid);
  if (reader->wanted && append_our(reader, sql, " WHERE h2040_wanted(?1, ", reader->wanted_by, NULL)) {
    sqlite3_str_appendall(sql, ")");
  }
  if (at_rowid) sqlite3_str_appendf(sql, " WHERE s.%s = ?2", reader->rowid);
  sqlite3_stmt *rows = h2040_prepare_built(fault, db, sql);
  if (!rows) return NULL;
  sqlite3_bind_pointer(rows, POINTER, reader, pointer_type, NULL);
  if (reader->equal && sqlite3_bind_value(rows, EQUAL, reader->equal) == SQLITE_NOMEM) h2040_fail_memory(fault);
  return rows;
}

void h2040_read_rows(struct reader *reader, struct fault *fault, sqlite3 *db) {
  if (fault->rc != SQLITE_OK) return;
  sqlite3_stmt *rows = prepare_rows(reader, fault, db, false);
  reader->fault = fault;
  reader->stop = false;
  if (rows && fault->rc == SQLITE_OK) {
    int rc = sqlite3_step(rows);
    /* A fault of ours came first: the step's error is only how it stopped. */
    if (rc != SQLITE_ROW && !reader->stop) h2040_fail_db(fault, db, rc);
    reader->scanned = sqlite3_stmt_status(rows, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0) > 0;
  }
  sqlite3_finalize(rows);
}

void h2040_read_rows_at(struct reader *reader, struct fault *fault, sqlite3 *db, const int64_t *rowid, size_t count) {
  if (fault->rc != SQLITE_OK) return;
  sqlite3_stmt *rows = prepare_rows(reader, fault, db, true);
  reader->fault = fault;
  for (size_t i = 0; i < count && rows && fault->rc == SQLITE_OK; i++) {
    sqlite3_bind_int64(rows, EQUAL, rowid[i]);
    int rc = sqlite3_step(rows);
    if (rc != SQLITE_ROW) h2040_fail_db(fault, db, rc);
    sqlite3_reset(rows);
  }
  sqlite3_finalize(rows);
}

int64_t h2040_source_rows(const struct source *source, struct fault *fault, sqlite3 *db) {
  int64_t rows = 0;
  const char *rowid = h2040_source_rowid(source, fault, db);
  if (!rowid || fault->rc != SQLITE_OK) return 0;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, OUR_SQL "SELECT max(s.%s)", rowid);
  h2040_source_append_from(source, sql);
  sqlite3_stmt *last = h2040_prepare_built(fault, db, sql);
  if (last && h2040_step(fault, last)) rows = sqlite3_column_int64(last, 0);
  sqlite3_finalize(last);
  return rows;
}
