/* See json_text.h. */
#include "json_text.h"
#include "../billing/jsonb.h"
#include "../billing/quote.h"

#include <string.h>

/* What is JSON in letters is not taken for JSON in binary: '{' is the head of an array
** there, too. */
static bool is_json(struct fault *fault, struct text text) {
  struct json_document document;
  struct json_value top;
  struct json_problem problem;
  enum json_reading reading = h2040_json_open(&document, text, &top, &problem);
  h2040_json_close(&document);
  if (reading == JSON_NO_MEMORY) h2040_fail_memory(fault);
  return reading == JSON_READ;
}

void h2040_read_json(struct fault *fault, sqlite3_value *from, struct text *to, char **made) {
  struct value v;
  struct text text;
  *made = NULL;
  h2040_read_value(fault, from, &v);
  *to = has_bytes(&v) ? value_bytes(&v) : h2040_text_of(fault, from);
  if (v.kind != VALUE_BLOB || fault->rc != SQLITE_OK || is_json(fault, h2040_trim(*to))) return;
  enum json_reading reading = h2040_jsonb_text(*to, made, &text);
  if (reading == JSON_NO_MEMORY) h2040_fail_memory(fault);
  if (reading == JSON_READ) *to = text;
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
