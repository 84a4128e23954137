/* See sqlite.h. */
#include "sqlite.h"

#include "../billing/quote.h"

#include <stdarg.h>
#include <string.h>

/* A message whose bytes are all UTF-8, whatever a file's names and values are, and
** SQLite's own words about them: hosts fail on others.  Takes the message. */
static char *in_utf8(char *message) {
  struct text t = message ? h2040_text(message) : (struct text){ 0 };
  sqlite3_str *out = NULL;
  const char *from = message;
  while (t.n > 0) {
    size_t length = h2040_utf8_length(t);
    if (length == 0) {
      if (!out) out = sqlite3_str_new(NULL);
      sqlite3_str_append(out, from, (int)(t.z - from));
      sqlite3_str_appendall(out, "\xEF\xBF\xBD");
      from = t.z + 1;
      length = 1;
    }
    t = (struct text){ t.z + length, t.n - length };
  }
  if (!out) return message;
  sqlite3_str_appendall(out, from);
  sqlite3_free(message);
  return sqlite3_str_finish(out);
}

void h2040_fail(struct fault *fault, const char *format, ...) {
  va_list arguments;
  if (fault->rc != SQLITE_OK) return;
  va_start(arguments, format);
  fault->message = in_utf8(sqlite3_vmprintf(format, arguments));
  va_end(arguments);
  fault->rc = fault->message ? SQLITE_ERROR : SQLITE_NOMEM;
}

void h2040_fail_memory(struct fault *fault) {
  if (fault->rc == SQLITE_OK) fault->rc = SQLITE_NOMEM;
}

void h2040_fail_db(struct fault *fault, sqlite3 *db, int rc) {
  if (fault->rc != SQLITE_OK) return;
  fault->rc = rc;
  if (rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT) return; /* the message may be of what was going on */
  fault->message = in_utf8(sqlite3_mprintf("%s", sqlite3_errmsg(db)));
  if (!fault->message) fault->rc = SQLITE_NOMEM;
}

void h2040_fault_to_function(struct fault *fault, sqlite3_context *context) {
  if (fault->rc == SQLITE_OK) return;
  if (fault->rc == SQLITE_NOMEM) {
    sqlite3_result_error_nomem(context);
  } else {
    if (fault->message) sqlite3_result_error(context, fault->message, -1);
    sqlite3_result_error_code(context, fault->rc);
  }
  sqlite3_free(fault->message);
}

int h2040_fault_to_table(struct fault *fault, sqlite3_vtab *table) {
  if (fault->rc == SQLITE_OK) return SQLITE_OK;
  if (fault->rc == SQLITE_NOMEM) {
    sqlite3_free(fault->message);
  } else {
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = fault->message;
  }
  return fault->rc;
}

char *h2040_finish(struct fault *fault, sqlite3_str *built) {
  int rc = sqlite3_str_errcode(built);
  char *text = sqlite3_str_finish(built);
  if (fault->rc == SQLITE_OK) fault->rc = rc;
  if (fault->rc == SQLITE_OK) return text;
  sqlite3_free(text);
  return NULL;
}

sqlite3_stmt *h2040_prepare(struct fault *fault, sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  int rc;
  if (fault->rc != SQLITE_OK) return NULL;
  rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
  return statement;
}

sqlite3_stmt *h2040_prepare_built(struct fault *fault, sqlite3 *db, sqlite3_str *sql) {
  char *text = h2040_finish(fault, sql);
  sqlite3_stmt *statement = h2040_prepare(fault, db, text);
  sqlite3_free(text);
  return statement;
}

void h2040_bind_text(struct fault *fault, sqlite3_stmt *statement, int parameter, const char *text) {
  int rc;
  if (fault->rc != SQLITE_OK) return;
  rc = sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC);
  if (rc != SQLITE_OK) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
}

bool h2040_step(struct fault *fault, sqlite3_stmt *statement) {
  int rc;
  if (fault->rc != SQLITE_OK) return false;
  rc = sqlite3_step(statement);
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
  return false;
}

bool h2040_proceed(struct fault *fault, sqlite3 *db, sqlite3_stmt **question) {
  if (!*question) *question = h2040_prepare(fault, db, OUR_SQL "SELECT 1");
  if (!*question) return false;
  h2040_step(fault, *question);
  sqlite3_reset(*question);
  return fault->rc == SQLITE_OK;
}

const char *h2040_value_text(struct fault *fault, sqlite3_value *value) {
  if (fault->rc != SQLITE_OK || sqlite3_value_type(value) == SQLITE_NULL) return NULL;
  const char *text = (const char *)sqlite3_value_text(value);
  if (!text) h2040_fail_memory(fault);
  return text;
}

struct text h2040_text_of(struct fault *fault, sqlite3_value *value) {
  const char *text = h2040_value_text(fault, value);
  return text ? (struct text){ text, (size_t)sqlite3_value_bytes(value) } : TEXT("");
}

enum dates h2040_declared_dates(struct fault *fault, const char *function, struct text name) {
  int dates = h2040_blank(name) ? DATES_ISO : h2040_dates_named(name);
  if (dates < 0) h2040_fail(fault, "%s: dates is %s; give one of " H2040_DATES, function, h2040_quote(name).z);
  return dates < 0 ? DATES_ISO : (enum dates)dates;
}

void h2040_read_other_value(struct fault *fault, sqlite3_value *from, int type, struct value *to) {
  switch (type) {
    case SQLITE_INTEGER:
      to->kind = VALUE_INTEGER;
      to->integer = sqlite3_value_int64(from);
      return;
    case SQLITE_FLOAT:
      to->kind = VALUE_REAL;
      to->real = sqlite3_value_double(from);
      return;
    case SQLITE_TEXT:
      to->kind = VALUE_TEXT;
      to->bytes = (const char *)sqlite3_value_text(from);
      break;
    default:
      to->kind = VALUE_BLOB;
      to->bytes = sqlite3_value_blob(from);
  }
  to->size = (uint32_t)sqlite3_value_bytes(from);
  if (to->bytes) return;
  /* An empty blob has no bytes; anything else means that memory ran out, and a
  ** blob that it ran out for is NULL by now. */
  if (sqlite3_value_type(from) != SQLITE_BLOB) h2040_fail_memory(fault);
  to->bytes = "";
  to->size = 0;
}
