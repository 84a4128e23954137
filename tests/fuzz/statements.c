/*
** Whole statements against a small database.  The first line chooses the
** statement, the others are its parameters.
**
** What is pushed down says the same as what is not; the two forms of h2040_explain
** say the same of each line of a table with the fuzzed values in it; and an error
** names who complains.
*/
#include "fuzz.h"

static const char schema[] =
  "CREATE TABLE claims(claim_id, claim_line_number, payer_id, member_id, rendering_npi, service_date, units, hcpcs_code,"
  "  modifiers, prior_auth_number, claim_frequency_code, original_claim_id);"
  "WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 30)"
  " INSERT INTO claims SELECT CASE WHEN i % 7 THEN i ELSE 'C' || i END, 1, CASE i % 4 WHEN 3 THEN NULL ELSE 'P' || i % 2 END,"
  "  CASE WHEN i % 5 THEN 'M' || i % 3 ELSE i % 3 END, i % 2, date('2026-01-01', i * 3 || ' days'), 1 + i % 2,"
  "  CASE WHEN i % 6 THEN 'H2040' ELSE 'H2014' END, 'GT', CASE i % 8 WHEN 5 THEN 'A1' END,"
  "  CASE i WHEN 9 THEN 7 WHEN 11 THEN '8' ELSE 1 END, CASE i WHEN 9 THEN 3 WHEN 11 THEN 4 END FROM n;"
  "CREATE TABLE texts AS SELECT * FROM claims;"
  "CREATE TABLE typed(member_id TEXT COLLATE NOCASE, payer_id INTEGER, service_date TEXT, units INTEGER, hcpcs_code TEXT,"
  "  claim_id INTEGER PRIMARY KEY);"
  "INSERT INTO typed SELECT member_id, i, service_date, units, hcpcs_code, i FROM (SELECT rowid AS i, * FROM claims);"
  "CREATE INDEX typed_member ON typed(member_id, service_date);"
  "CREATE TABLE session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to);"
  "INSERT INTO session_cap VALUES ('a', NULL, NULL, 2, 'month', 'member', NULL, NULL),"
  " ('b', 'P1', 'H2040 H2014', 3, '20 days', 'provider', '2026-01-05', NULL), (1, NULL, '*', 1, 'week', 'member+provider', NULL, NULL);"
  "CREATE TABLE prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units);"
  "INSERT INTO prior_authorization VALUES ('A1', NULL, 'M1', NULL, NULL, NULL, 2), ('A2', 'P0', 'M2', 'H2040', '2026-01-10', NULL, NULL),"
  " ('A3', NULL, 1, NULL, NULL, '2026-02-10', 3);"
  "CREATE TABLE fuzzed_cap AS SELECT * FROM session_cap WHERE 0;"
  "CREATE TABLE fuzzed_line AS SELECT * FROM claims WHERE 0;"
  "CREATE VIEW itself AS SELECT * FROM sessions_over_cap('itself', 1, 'month');"
  "CREATE VIEW audited AS SELECT * FROM h2040_audit('audited');";

/* Each is run with its parameters; a second, if any, must then say the same. */
static const struct {
  const char *sql, *same;
} choice[] = {
  { "SELECT * FROM sessions_over_cap(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", NULL },
  { "SELECT * FROM sessions_over_cap('claims', ?1, ?2) WHERE member_id = ?3",
    "SELECT * FROM sessions_over_cap('claims', ?1, ?2) WHERE +member_id = ?3" },
  { "SELECT * FROM sessions_over_cap('typed', ?1, ?2) WHERE member_id = ?3 AND payer_id = ?4",
    "SELECT * FROM sessions_over_cap('typed', ?1, ?2) WHERE +member_id = ?3 AND +payer_id = ?4" },
  { "SELECT * FROM sessions_over_cap('claims', ?1, ?2) WHERE service_date >= ?3 AND service_date < ?4 AND counting = 'allowed'",
    "SELECT * FROM sessions_over_cap('claims', ?1, ?2) WHERE +service_date >= ?3 AND +service_date < ?4 AND counting = 'allowed'" },
  { "SELECT * FROM sessions_over_cap('claims') WHERE cap_id = ?1 AND service_date = ?2",
    "SELECT * FROM sessions_over_cap('claims') WHERE +cap_id = ?1 AND +service_date = ?2" },
  { "SELECT * FROM sessions_over_cap('claims') WHERE hcpcs_codes = ?1 AND authorizations = ?2 AND payer_id = ?3",
    "SELECT * FROM sessions_over_cap('claims') WHERE hcpcs_codes = ?1 AND authorizations = ?2 AND +payer_id = ?3" },
  { "INSERT INTO fuzzed_cap VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "SELECT * FROM sessions_over_cap('claims') WHERE caps = 'fuzzed_cap'" },
  { "INSERT INTO fuzzed_line SELECT ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?1 FROM claims LIMIT 3",
    "SELECT * FROM sessions_over_cap('fuzzed_line', 1, 'month')" },
  { "SELECT * FROM h2040_audit(?1, ?2, ?3, ?4)", NULL },
  { "SELECT * FROM h2040_audit('typed') WHERE claim_id = ?1", "SELECT * FROM h2040_audit('typed') WHERE +claim_id = ?1" },
  { "SELECT * FROM h2040_coverage(?1, ?2, ?3, ?4)", NULL },
  { "SELECT h2040_explain(?1, modifiers, ?2, ?3, 'service_date', service_date, 'policy', ?4) FROM claims LIMIT 5",
    "SELECT h2040_explain(json_object(?1, modifiers, ?2, ?3, 'service_date', service_date, 'policy', ?4)) FROM claims LIMIT 5" },
  { "SELECT h2040_policy(?1), h2040_policy_problem(?1), (SELECT count(*) FROM h2040_rules WHERE rule = ?1),"
    " (SELECT unit_basis FROM h2040_codes WHERE hcpcs_code = ?1), (SELECT meaning FROM h2040_modifiers WHERE modifier = ?1)", NULL },
};

enum { CHOICES = sizeof choice / sizeof *choice, LIST_SIZE = 1 << 16 };

/* The rows of a statement, as one text. */
struct answer {
  int failed;
  size_t n;
  char z[LIST_SIZE];
};

static void run(sqlite3_stmt *statement, struct answer *answer) {
  int rc;
  answer->n = 0;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
      const char *text = (const char *)sqlite3_column_text(statement, i);
      size_t n = text ? strlen(text) : 1;
      if (answer->n + n + 1 > LIST_SIZE) break;
      memcpy(answer->z + answer->n, text ? text : "~", n);
      answer->n += n;
      answer->z[answer->n++] = '|';
    }
  }
  answer->failed = rc != SQLITE_DONE;
  if (answer->failed) {
    const char *words = sqlite3_errmsg(sqlite3_db_handle(statement));
    MUST(rc == SQLITE_ERROR);
    MUST(strncmp(words, "h2040_", 6) == 0 || strncmp(words, "sessions_over_cap: ", 19) == 0 || strncmp(words, "json_object", 11) == 0
         || strcmp(words, "JSON cannot hold BLOB values") == 0);
  }
  sqlite3_reset(statement);
}

static int is_plain(struct fuzz_line v) {
  for (size_t i = 0; i < v.n; i++) {
    if ((unsigned char)v.z[i] >= 0x80 || v.z[i] == 0) return 0;
  }
  return v.n == 0 || !strchr("%@", v.z[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *first[CHOICES], *second[CHOICES];
  static struct answer one, other;
  sqlite3 *db = fuzz_db(schema);
  struct fuzz_line rest = { (const char *)data, size };
  struct fuzz_line line;
  if (!fuzz_next_line(&rest, &line) || line.n == 0) return 0;
  int chosen = (unsigned char)(line.z[0] - '0') % CHOICES;
  int inserts = strncmp(choice[chosen].sql, "INSERT", 6) == 0;
  if (!first[chosen]) {
    first[chosen] = fuzz_prepare(db, choice[chosen].sql);
    if (choice[chosen].same) second[chosen] = fuzz_prepare(db, choice[chosen].same);
  }
  int plain = 1;
  sqlite3_clear_bindings(first[chosen]);
  if (second[chosen]) sqlite3_clear_bindings(second[chosen]);
  for (int i = 1; i <= sqlite3_bind_parameter_count(first[chosen]) && fuzz_next_line(&rest, &line); i++) {
    fuzz_bind(first[chosen], i, line);
    if (second[chosen] && !inserts) fuzz_bind(second[chosen], i, line);
    plain &= is_plain(line);
  }
  if (inserts) sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
  run(first[chosen], &one);
  if (second[chosen]) run(second[chosen], &other);
  if (inserts) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  int json = second[chosen] && strstr(choice[chosen].same, "json_object") != NULL;
  if (second[chosen] && !inserts && !(json && (!plain || other.failed))) {
    if (one.failed != other.failed || (!one.failed && (one.n != other.n || memcmp(one.z, other.z, one.n) != 0))) {
      fprintf(stderr, "one:   %d %.*s\nother: %d %.*s\n", one.failed, (int)one.n, one.z, other.failed, (int)other.n, other.z);
      abort();
    }
  }
  MUST(sqlite3_get_autocommit(db));
  return 0;
}
