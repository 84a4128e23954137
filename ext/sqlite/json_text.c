/* See json_text.h. */
#include "json_text.h"
#include "../billing/quote.h"

#include <string.h>

void h2040_bind_json(struct fault *fault, sqlite3_stmt *statement, struct text json) {
  int rc;
  if (fault->rc != SQLITE_OK) return;
  rc = sqlite3_bind_text64(statement, 1, json.z, json.n, SQLITE_STATIC, SQLITE_UTF8);
  if (rc != SQLITE_OK) h2040_fail_db(fault, sqlite3_db_handle(statement), rc);
}

enum json_shape h2040_json_shape(struct fault *fault, sqlite3 *db, struct text json) {
  enum { KNOWS_JSON5 = 3042000 }; /* json_type reads it, and json_valid says truly that it is no JSON */
  enum json_shape shape = JSON_MALFORMED;
  struct fault reading = { 0 };
  sqlite3_stmt *ask = h2040_prepare(fault, db, "SELECT json_valid(?1), json_type(?1)");
  if (!ask) return shape;
  h2040_bind_json(fault, ask, json);
  if (fault->rc == SQLITE_OK && h2040_step(&reading, ask)) {
    const char *type = h2040_value_text(fault, sqlite3_column_value(ask, 1));
    if (sqlite3_column_int(ask, 0)) {
      shape = type && strcmp(type, "object") == 0 ? JSON_IS_OBJECT : JSON_BUT_NO_OBJECT;
    } else if (sqlite3_libversion_number() < KNOWS_JSON5) {
      h2040_fail_memory(fault);
    }
  } else if (reading.rc == SQLITE_ERROR) { /* "malformed JSON" */
    sqlite3_free(reading.message);
  } else if (reading.rc != SQLITE_OK) {
    *fault = reading;
  }
  sqlite3_finalize(ask);
  return shape;
}

void h2040_json_string(sqlite3_str *out, struct text t) {
  if (!t.z) {
    sqlite3_str_appendall(out, "null");
    return;
  }
  sqlite3_str_appendchar(out, 1, '"');
  while (t.n > 0) {
    size_t length = h2040_utf8_length(t);
    unsigned char c = (unsigned char)t.z[0];
    if (length == 0) {
      sqlite3_str_appendall(out, "\xEF\xBF\xBD");
      length = 1;
    } else if (c == '"' || c == '\\') {
      sqlite3_str_appendf(out, "\\%c", c);
    } else if (c < ' ') {
      sqlite3_str_appendf(out, "\\u%04x", c);
    } else {
      sqlite3_str_append(out, t.z, (int)length);
    }
    t = (struct text){ t.z + length, t.n - length };
  }
  sqlite3_str_appendchar(out, 1, '"');
}

void h2040_result_built(sqlite3_context *context, sqlite3_str *built) {
  int rc = sqlite3_str_errcode(built);
  int length = sqlite3_str_length(built);
  char *text = sqlite3_str_finish(built);
  if (rc == SQLITE_TOOBIG) sqlite3_result_error_toobig(context);
  else if (rc != SQLITE_OK || !text) sqlite3_result_error_nomem(context);
  else sqlite3_result_text(context, text, length, sqlite3_free);
  if (rc != SQLITE_OK) sqlite3_free(text);
}
