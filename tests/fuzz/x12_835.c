/*
** `x12_835`: the input, as it is, to h2040_835.  What it shows as JSON is JSON, and the
** adjustments of a line that balances are its charge less what was paid.
*/
#include "x12.h"

static void row(sqlite3_stmt *statement) {
  const char *kind = (const char *)sqlite3_column_text(statement, 0);
  MUST(kind || sqlite3_column_type(statement, 1) != SQLITE_NULL);
  MUST(!kind || sqlite3_column_int(statement, 2));
  if (!kind || strcmp(kind, "line") != 0 || sqlite3_column_type(statement, 1) != SQLITE_NULL) return;
  double charge = sqlite3_column_double(statement, 3);
  double rest = charge - sqlite3_column_double(statement, 4) - sqlite3_column_double(statement, 5);
  MUST(sqlite3_column_type(statement, 3) == SQLITE_NULL || rest * rest < 1e-6 * (1 + charge * charge));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_x12("SELECT kind, problem, json_valid(adjustments), charge_amount, paid_amount,"
                  " (SELECT sum(value ->> '$.amount') FROM json_each(adjustments)), * FROM h2040_835(?1)",
                  row, data, size);
}
