/*
** A policy as JSON: the input, as it is.  What has a problem is refused, in the
** same words, by all that take a policy; what has none is taken by all.
*/
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *problem, *notes, *check;
  sqlite3 *db = fuzz_db(NULL);
  if (!problem) {
    problem = fuzz_prepare(db, "SELECT h2040_policy_problem(?1)");
    notes = fuzz_prepare(db, "SELECT json_valid(h2040_policy_notes(?1))");
    check = fuzz_prepare(db,
      "SELECT e IS NULL OR json_valid(e) FROM (SELECT h2040_explain('policy', ?1, 'hcpcs_code', json_extract(h2040_policy('session'), '$.hcpcs_code'),"
      "  'modifiers', 'GT 95 22 U1 HE', 'service_date', '2026-01-05', 'place_of_service', 11, 'units', 4,"
      "  'duration_minutes', 60, 'diagnosis_codes', 'F84.0', 'rendering_taxonomy', '101YM0800X', 'treatment', 'CBT',"
      "  'received_date', '2026-03-01', 'plan_reviewed', NULL, 'signed_by', 'x', 'prior_auth_number', '') AS e)");
  }
  sqlite3_bind_text64(problem, 1, (const char *)data, size, SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_bind_text64(notes, 1, (const char *)data, size, SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_bind_text64(check, 1, (const char *)data, size, SQLITE_STATIC, SQLITE_UTF8);
  MUST(sqlite3_step(problem) == SQLITE_ROW);
  const char *words = (const char *)sqlite3_column_text(problem, 0);
  MUST(!words || strncmp(words, "policy: ", 8) == 0);
  int noted = sqlite3_step(notes);
  if (words) MUST(noted == SQLITE_ERROR && strstr(sqlite3_errmsg(db), words));
  else MUST(noted == SQLITE_ROW && sqlite3_column_int(notes, 0) == 1);
  sqlite3_reset(notes);
  int checked = sqlite3_step(check);
  if (checked == SQLITE_ROW) {
    MUST(sqlite3_column_int(check, 0) == 1); /* a blank policy is the session pack */
  } else {
    MUST(words && checked == SQLITE_ERROR && strstr(sqlite3_errmsg(db), words));
  }
  sqlite3_reset(check);
  sqlite3_reset(problem);
  return 0;
}
