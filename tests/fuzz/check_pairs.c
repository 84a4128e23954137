/*
** h2040_check and h2040_explain as pairs.  Each line of the input is name=value.
**
** Both say the same rules, and what comes out is JSON; and the form of one JSON
** object says the same as the pairs, where its values can be told in JSON.
*/
#include "fuzz.h"

enum { MOST_PAIRS = 45 };

/* UTF-8 as RFC 3629 has it, and no NUL: what json_object tells unchanged. */
static int plain_text(struct fuzz_line t) {
  const unsigned char *z = (const unsigned char *)t.z;
  for (size_t i = 0; i < t.n;) {
    size_t length = z[i] < 0x80 ? 1 : z[i] >= 0xC2 && z[i] < 0xE0 ? 2 : z[i] >= 0xE1 && z[i] < 0xED ? 3 : 0;
    if (length == 0 || z[i] == 0 || i + length > t.n) return 0;
    for (size_t k = 1; k < length; k++) {
      if ((z[i + k] & 0xC0) != 0x80) return 0;
    }
    i += length;
  }
  return 1;
}

/* Whether a value is the same as a member of json_object: neither a blob nor a
** real number, which is written with fewer digits. */
static int plain_value(struct fuzz_line v) {
  return v.n == 0 || (v.z[0] != '@' && v.z[0] != '%' && plain_text(v));
}

static sqlite3_stmt *statement_of(sqlite3 *db, int pairs) {
  static sqlite3_stmt *statement[MOST_PAIRS + 1];
  if (statement[pairs]) return statement[pairs];
  char list[MOST_PAIRS * 12 + 1] = "";
  for (int i = 1; i <= 2 * pairs; i++) sprintf(list + strlen(list), "%s?%d", i > 1 ? "," : "", i);
  char *sql = sqlite3_mprintf("SELECT h2040_check(%s), h2040_explain(%s), h2040_explain(json_object(%s))", list, list, list);
  statement[pairs] = fuzz_prepare(db, sql);
  sqlite3_free(sql);
  return statement[pairs];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3_stmt *same_rules;
  sqlite3 *db = fuzz_db(NULL);
  struct fuzz_line rest = { (const char *)data, size };
  struct fuzz_line line, name[MOST_PAIRS], value[MOST_PAIRS];
  int pairs = 0, plain = 1;
  while (pairs < MOST_PAIRS && fuzz_next_line(&rest, &line)) {
    const char *equals = memchr(line.z, '=', line.n);
    size_t n = equals ? (size_t)(equals - line.z) : line.n;
    name[pairs] = (struct fuzz_line){ line.z, n };
    value[pairs] = (struct fuzz_line){ line.z + n + (equals != NULL), line.n - n - (equals != NULL) };
    plain &= plain_value(value[pairs]) && plain_text(name[pairs]) && name[pairs].n > 0 && !strchr("~#%@", name[pairs].z[0]);
    pairs++;
  }
  if (pairs == 0) return 0;
  if (!same_rules) {
    same_rules = fuzz_prepare(db,
      "SELECT json_valid(?1) AND ?1 = (SELECT coalesce(json_group_array(json_extract(value, '$.rule')), '[]') FROM json_each(?2))");
  }
  sqlite3_stmt *statement = statement_of(db, pairs);
  for (int i = 0; i < pairs; i++) {
    fuzz_bind(statement, 2 * i + 1, name[i]);
    fuzz_bind(statement, 2 * i + 2, value[i]);
  }
  int rc = sqlite3_step(statement);
  if (rc == SQLITE_ROW) {
    MUST((sqlite3_column_type(statement, 0) == SQLITE_NULL) == (sqlite3_column_type(statement, 1) == SQLITE_NULL));
    if (sqlite3_column_type(statement, 0) != SQLITE_NULL) {
      sqlite3_bind_value(same_rules, 1, sqlite3_column_value(statement, 0));
      sqlite3_bind_value(same_rules, 2, sqlite3_column_value(statement, 1));
      MUST(sqlite3_step(same_rules) == SQLITE_ROW && sqlite3_column_int(same_rules, 0));
      sqlite3_reset(same_rules);
    }
    if (plain) {
      const char *of_pairs = (const char *)sqlite3_column_text(statement, 1);
      const char *of_object = (const char *)sqlite3_column_text(statement, 2);
      if (strcmp(of_pairs ? of_pairs : "NULL", of_object ? of_object : "NULL") != 0) {
        fprintf(stderr, "pairs:  %s\nobject: %s\n", of_pairs, of_object);
        abort();
      }
    }
  } else {
    const char *words = sqlite3_errmsg(db);
    MUST(rc == SQLITE_ERROR);
    /* Labels of json_object must be text, and blobs cannot be told in JSON: then it
    ** is json_object that complains. */
    MUST(strncmp(words, "h2040_", 6) == 0 || !plain);
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return 0;
}
