/*
** `x12_837p`: the input, as it is, to h2040_837p.  A row that is told of nothing has a
** key, a line, a code and a day; dates and places that it shows are ones.
*/
#include "x12.h"

static void row(sqlite3_stmt *statement) {
  if (sqlite3_column_type(statement, 4) != SQLITE_NULL) return;
  for (int i = 0; i < 4; i++) MUST(sqlite3_column_type(statement, i) != SQLITE_NULL);
  const char *day = (const char *)sqlite3_column_text(statement, 3);
  MUST(strlen(day) == 10 && day[4] == '-' && day[7] == '-');
  const char *place = (const char *)sqlite3_column_text(statement, 5);
  MUST(!place || strlen(place) == 2);
  MUST(sqlite3_column_type(statement, 6) != SQLITE_TEXT && sqlite3_column_type(statement, 7) != SQLITE_TEXT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return fuzz_x12("SELECT claim_id, claim_line_number, hcpcs_code, service_date, problem, place_of_service, units,"
                  " charge_amount, * FROM h2040_837p(?1)",
                  row, data, size);
}
