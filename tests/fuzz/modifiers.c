/*
** modifier_valid and modifier_problem: the lines of the input are the modifiers,
** the code, the day, the policy.  Valid is what has no problem.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *statement[5];
  sqlite3 *db = fuzz_db(NULL);
  struct fuzz_line rest = { (const char *)data, size };
  struct fuzz_line value[4];
  int count = 0;
  while (count < 4 && fuzz_next_line(&rest, &value[count])) count++;
  if (count == 0) return 0;
  if (!statement[1]) {
    for (int n = 1; n <= 4; n++) {
      const char *list = "?1,?2,?3,?4";
      char *sql = sqlite3_mprintf("SELECT modifier_valid(%.*s), modifier_problem(%.*s)", 3 * n - 1, list, 3 * n - 1, list);
      statement[n] = fuzz_prepare(db, sql);
      sqlite3_free(sql);
    }
  }
  for (int i = 0; i < count; i++) fuzz_bind(statement[count], i + 1, value[i]);
  int rc = sqlite3_step(statement[count]);
  if (rc == SQLITE_ROW) {
    int valid = sqlite3_column_type(statement[count], 0) == SQLITE_NULL ? -1 : sqlite3_column_int(statement[count], 0);
    int problem = sqlite3_column_type(statement[count], 1) != SQLITE_NULL;
    MUST((valid == -1) == (value[0].n > 0 && value[0].z[0] == '~'));
    MUST(problem == (valid == 0));
  } else {
    MUST(rc == SQLITE_ERROR && strncmp(sqlite3_errmsg(db), "modifier_", 9) == 0);
  }
  sqlite3_reset(statement[count]);
  sqlite3_clear_bindings(statement[count]);
  return 0;
}
