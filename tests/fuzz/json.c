/*
** The reader of JSON, and the one of SQLite's binary form: the input, as it is.  What
** is JSON to it is JSON to SQLite; all that it hands out lies within the text or the
** room for escapes, in order; what the binary form is written out as is one value, or
** none.
*/
#include "../../ext/billing/jsonb.h"
#include "../../ext/billing/memory.h"
#include "fuzz.h"

static void walk(const struct json_document *document, const struct json_value *value) {
  struct json_cursor members = h2040_json_enter(document, value);
  struct json_value member;
  struct text name;
  volatile unsigned char sum = 0;
  for (size_t i = 0; i < value->text.n; i++) sum = (unsigned char)(sum + (unsigned char)value->text.z[i]);
  if (value->type == JSON_INTEGER || value->type == JSON_REAL) h2040_json_real(value);
  while (h2040_json_next(&members, &name, &member)) {
    for (size_t i = 0; i < name.n; i++) sum = (unsigned char)(sum + (unsigned char)name.z[i]);
    walk(document, &member);
  }
}

static enum json_reading read_all(struct text text) {
  struct json_document document;
  struct json_value top;
  struct json_problem problem = { 0, NULL };
  enum json_reading reading = h2040_json_open(&document, text, &top, &problem);
  if (reading == JSON_READ) walk(&document, &top);
  else MUST(problem.why && problem.at <= text.n);
  h2040_json_close(&document);
  return reading;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *valid;
  sqlite3 *db = fuzz_db(NULL);
  char *copy = malloc(size + 1); /* so that a byte too far is seen */
  struct text written;
  char *made;
  MUST(copy);
  if (size > 0) memcpy(copy, data, size);
  if (!valid) valid = fuzz_prepare(db, "SELECT json_valid(?1)");
  char *exact = malloc(size > 0 ? size : 1);
  MUST(exact);
  if (size > 0) memcpy(exact, data, size);
  enum json_reading reading = read_all((struct text){ exact, size });
  if (!memchr(exact, 0, size)) { /* SQLite's ends at a NUL byte */
    sqlite3_bind_text64(valid, 1, copy, size, SQLITE_STATIC, SQLITE_UTF8);
    MUST(sqlite3_step(valid) == SQLITE_ROW);
    MUST(sqlite3_column_int(valid, 0) == (reading == JSON_READ));
    sqlite3_reset(valid);
  }
  if (h2040_jsonb_text((struct text){ exact, size }, &made, &written) == JSON_READ) read_all(written);
  h2040_free(made);
  free(exact);
  free(copy);
  return 0;
}
