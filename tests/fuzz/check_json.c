/*
** h2040_check and h2040_explain of one JSON object: the input, as it is.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *statement;
  sqlite3 *db = fuzz_db(NULL);
  if (!statement) {
    statement = fuzz_prepare(db,
      "SELECT c IS (SELECT CASE WHEN e IS NOT NULL THEN coalesce(json_group_array(json_extract(value, '$.rule')), '[]') END"
      "             FROM json_each(e))"
      "  FROM (SELECT h2040_check(?1) AS c, h2040_explain(?1) AS e)");
  }
  sqlite3_bind_text64(statement, 1, (const char *)data, size, SQLITE_STATIC, SQLITE_UTF8);
  int rc = sqlite3_step(statement);
  if (rc == SQLITE_ROW) MUST(sqlite3_column_int(statement, 0));
  else MUST(rc == SQLITE_ERROR && strncmp(sqlite3_errmsg(db), "h2040_", 6) == 0);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return 0;
}
