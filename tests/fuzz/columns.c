/*
** `columns`: the input, as it is, to all that take it.  An answer, or an error that
** names who complains.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const sql[] = {
    "SELECT * FROM h2040_audit('claims') WHERE columns = ?1",
    "SELECT * FROM h2040_coverage('claims') WHERE columns = ?1",
    "SELECT * FROM sessions_over_cap('claims', 1, 'month') WHERE columns = ?1",
  };
  static sqlite3_stmt *statement[3];
  sqlite3 *db = fuzz_db(
    "CREATE TABLE claims(claim_id TEXT, patient TEXT, dos TEXT, qty INTEGER, cpt TEXT, \"a \"\" b\" TEXT, service_date);"
    "INSERT INTO claims VALUES ('C1', 'M', '2026-01-05', 2, 'H2040', 'GT', '2026-01-05'),"
    " ('C2', 'M', '2026-01-06', 'x', 'H2040', NULL, 20260106), ('C3', 'N', '2026-01-07', 1, 'H2014', '', NULL)");
  for (int i = 0; i < 3; i++) {
    if (!statement[i]) statement[i] = fuzz_prepare(db, sql[i]);
    sqlite3_bind_text64(statement[i], 1, (const char *)data, size, SQLITE_STATIC, SQLITE_UTF8);
    if (!fuzz_run(statement[i], NULL)) {
      const char *words = sqlite3_errmsg(db);
      MUST(strncmp(words, "h2040_", 6) == 0 || strncmp(words, "sessions_over_cap: ", 19) == 0);
    }
    sqlite3_reset(statement[i]);
    sqlite3_clear_bindings(statement[i]);
  }
  return 0;
}
