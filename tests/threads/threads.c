/*
** Many threads: a connection each; one connection for all (serialized mode), with
** another thread that interrupts; connections closed while statements are alive;
** and how much stack is used, views that read themselves among the questions: musl
** gives a thread 128 KB.
**
**   threads [library]     the loadable library; not where h2040 is linked in
**
** Every answer is compared with what one thread alone was answered.
*/
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef SQLITE_CORE
#include "../../ext/sqlite/h2040.h"
#endif

enum { THREADS = 8, ROUNDS = 8, SMALL_STACK = 128 * 1024 };

static const char setup[] =
  "CREATE TABLE claims(claim_id, claim_line_number, payer_id, member_id, rendering_npi, service_date, units, hcpcs_code,"
  "  modifiers, place_of_service, prior_auth_number, claim_frequency_code, original_claim_id, policy);"
  "WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
  " INSERT INTO claims SELECT 'C' || i, 1, 'P' || i % 2, 'M' || i % 9, i % 4, date('2026-01-01', i || ' days'), 1 + i % 3,"
  "  'H2040', CASE i % 4 WHEN 0 THEN 'GT' WHEN 1 THEN 'ZZ 95' END, 11, CASE i % 8 WHEN 5 THEN 'A1' END,"
  "  CASE i % 50 WHEN 9 THEN 7 ELSE 1 END, CASE i % 50 WHEN 9 THEN 'C' || (i - 9) END,"
  "  '{\"max_units_per_line\": ' || (1 + i % 30) || '}' FROM n;"
  "CREATE TABLE session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to);"
  "INSERT INTO session_cap VALUES ('a', NULL, NULL, 2, 'month', 'member', NULL, NULL),"
  " ('b', 'P1', NULL, 9, '30 days', 'provider', NULL, NULL), ('c', NULL, NULL, 5, 'quarter', 'member+provider', NULL, NULL);"
  "CREATE TABLE prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units);"
  "INSERT INTO prior_authorization VALUES ('A1', NULL, 'M1', NULL, NULL, NULL, 2), ('A2', 'P0', 'M2', NULL, NULL, NULL, NULL);"
  "CREATE VIEW a1 AS SELECT claim_id, modifier_problem(modifiers, hcpcs_code, service_date, policy) AS purpose, hcpcs_code, service_date FROM claims;"
  "CREATE VIEW a2 AS SELECT claim_id, value AS purpose, 'H2040' AS hcpcs_code, '2026-01-05' AS service_date, message AS modifiers FROM h2040_audit('a1');"
  "CREATE VIEW a3 AS SELECT claim_id, value AS purpose, 'H2040' AS hcpcs_code, '2026-01-05' AS service_date, message AS modifiers FROM h2040_audit('a2');"
  "CREATE VIEW itself AS SELECT claim_id, value AS purpose, 'H2040' AS hcpcs_code, '2026-01-05' AS service_date, modifier_problem(message) AS modifiers FROM h2040_audit('itself');"
  "CREATE VIEW over AS SELECT claim_id, member_id, service_date, units, 'H2040' AS hcpcs_code, payer_id FROM sessions_over_cap('over', 1, 'day');"
  "CREATE VIEW both AS SELECT claim_id, member_id, service_date, units, 'H2040' AS hcpcs_code, payer_id,"
  "   (SELECT group_concat(message) FROM h2040_audit('both')) AS modifiers FROM sessions_over_cap('both', 1, 'day');";

static const char *const question[] = {
  "SELECT group_concat(h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units, 'policy', policy)) FROM claims",
  "SELECT group_concat(h2040_explain('service_date', service_date, 'modifiers', modifiers, 'place_of_service', place_of_service)) FROM claims",
  "SELECT group_concat(h2040_check(json_object('hcpcs_code', hcpcs_code, 'units', units, 'policy', policy))) FROM claims",
  "SELECT group_concat(coalesce(modifier_problem(modifiers, hcpcs_code, service_date, policy), modifier_valid(modifiers))) FROM claims",
  "SELECT group_concat(claim_id || rule || message) FROM h2040_audit('claims')",
  "SELECT group_concat(rule || coalesce(missing, '')) FROM h2040_coverage('claims')",
  "SELECT group_concat(cap_id || claim_id || units_over || status) FROM sessions_over_cap('claims')",
  "SELECT group_concat(claim_id || units_before || units_over) FROM sessions_over_cap('claims', 3, '2 months') WHERE counting = 'allowed'",
  "SELECT group_concat(claim_id || units_over) FROM sessions_over_cap('claims', 3, 'year') WHERE member_id = 'M3'",
  "SELECT group_concat(h2040_policy_problem(policy) || h2040_policy_notes(policy)) FROM claims",
  "SELECT count(*), max(message) FROM h2040_audit('a3')",
  "SELECT count(*) FROM h2040_audit('itself')",
  "SELECT count(*) FROM sessions_over_cap('over', 1, 'day')",
  "SELECT count(*) FROM sessions_over_cap('both', 1, 'day')",
};

enum { QUESTIONS = sizeof question / sizeof *question };

static char *answer[QUESTIONS];
static const char *library;
static const char *file;
static sqlite3 *shared;
static atomic_int wrong, interrupted, running;

static sqlite3 *open_connection(void) {
  sqlite3 *db = NULL;
  char *error = NULL;
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK) abort();
  sqlite3_busy_timeout(db, 10000);
#ifdef SQLITE_CORE
  if (sqlite3_h2040_init(db, &error, NULL) != SQLITE_OK) abort();
#else
  sqlite3_enable_load_extension(db, 1);
  if (sqlite3_load_extension(db, library, NULL, &error) != SQLITE_OK) {
    fprintf(stderr, "%s\n", error);
    abort();
  }
#endif
  return db;
}

/* The rows, or the error, as one text; NULL: interrupted. */
static char *ask(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  sqlite3_str *out = sqlite3_str_new(NULL);
  /* The words of an error are the connection's: another thread may change them. */
  sqlite3_mutex_enter(sqlite3_db_mutex(db));
  int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  sqlite3_mutex_leave(sqlite3_db_mutex(db));
  if (rc == SQLITE_OK) {
    for (;;) {
      sqlite3_mutex_enter(sqlite3_db_mutex(db));
      rc = sqlite3_step(statement);
      if (rc == SQLITE_ERROR) sqlite3_str_appendall(out, sqlite3_errmsg(db));
      sqlite3_mutex_leave(sqlite3_db_mutex(db));
      if (rc != SQLITE_ROW) break;
      for (int i = 0; i < sqlite3_column_count(statement); i++) {
        sqlite3_str_appendf(out, "%s|", sqlite3_column_text(statement, i));
      }
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ERROR && rc != SQLITE_INTERRUPT) sqlite3_str_appendf(out, "error %d", rc);
  } else if (rc != SQLITE_INTERRUPT) {
    sqlite3_str_appendf(out, "prepare: error %d", rc);
  }
  sqlite3_finalize(statement);
  char *text = sqlite3_str_finish(out);
  if (rc != SQLITE_INTERRUPT) return text ? text : sqlite3_mprintf("");
  sqlite3_free(text);
  return NULL;
}

static void check(sqlite3 *db, int i, int may_be_interrupted) {
  char *got = ask(db, question[i]);
  if (!got && may_be_interrupted) {
    interrupted++;
  } else if (!got || strcmp(got, answer[i]) != 0) {
    wrong++;
    fprintf(stderr, "FAILED %s\n  got %.300s\n  not %.300s\n", question[i], got ? got : "(interrupted)", answer[i]);
  }
  sqlite3_free(got);
}

static void *with_own_connection(void *number) {
  for (int round = 0; round < ROUNDS; round++) {
    sqlite3 *db = open_connection();
    for (int i = 0; i < QUESTIONS; i++) check(db, (i + (int)(size_t)number) % QUESTIONS, 0);
    sqlite3_close(db);
  }
  return NULL;
}

static void *with_shared_connection(void *number) {
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < QUESTIONS; i++) check(shared, (i + (int)(size_t)number) % QUESTIONS, 0);
  }
  return NULL;
}

/* An interruption lasts until no statement of the connection is under way: most are hit. */
static void *with_interruptions(void *number) {
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < QUESTIONS; i++) check(shared, (i + (int)(size_t)number) % QUESTIONS, 1);
  }
  running--;
  return NULL;
}

static void *interrupting(void *unused) {
  (void)unused;
  while (running > 0) {
    sqlite3_sleep(50);
    sqlite3_interrupt(shared);
  }
  return NULL;
}

/* Statements outlive their connection's close, half-way through. */
static void *closing_early(void *number) {
  for (int round = 0; round < ROUNDS; round++) {
    sqlite3 *db = open_connection();
    sqlite3_stmt *statement[2] = { NULL, NULL };
    sqlite3_prepare_v2(db, "SELECT h2040_explain('units', units, 'policy', policy) FROM claims", -1, &statement[0], NULL);
    sqlite3_prepare_v2(db, round % 2 ? "SELECT * FROM sessions_over_cap('claims', 2)" : "SELECT * FROM h2040_audit('claims')",
                       -1, &statement[1], NULL);
    for (int i = 0; i < 3; i++) {
      if (sqlite3_step(statement[0]) != SQLITE_ROW || sqlite3_step(statement[1]) != SQLITE_ROW) wrong++;
    }
    if (sqlite3_close(db) != SQLITE_BUSY) wrong++;
    sqlite3_close_v2(db);
    if (sqlite3_step(statement[1]) != SQLITE_ROW) wrong++;
    sqlite3_finalize(statement[(round + (int)(size_t)number) % 2]);
    sqlite3_finalize(statement[(round + (int)(size_t)number + 1) % 2]);
  }
  return NULL;
}

static void *with_small_stack(void *unused) {
  sqlite3 *db = open_connection();
  (void)unused;
  for (int i = 0; i < QUESTIONS; i++) check(db, i, 0);
  sqlite3_close(db);
  return NULL;
}

/* How much of its stack a thread has used: it is painted before. */
static size_t stack_used(void) {
  enum { LARGE = 1024 * 1024, PAINT = 0xA5 };
  unsigned char *stack = NULL;
  pthread_attr_t attributes;
  pthread_t thread;
  size_t untouched = 0;
  if (posix_memalign((void **)&stack, 4096, LARGE) != 0) abort();
  memset(stack, PAINT, LARGE);
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, LARGE);
  if (pthread_create(&thread, &attributes, with_small_stack, NULL) != 0) abort();
  pthread_join(thread, NULL);
  while (untouched < LARGE && stack[untouched] == PAINT) untouched++;
  free(stack);
  return LARGE - untouched;
}

static void run(const char *title, void *(*body)(void *), int threads) {
  pthread_t thread[THREADS + 1];
  int before = wrong;
  running = threads;
  for (int i = 0; i < threads; i++) {
    if (pthread_create(&thread[i], NULL, body, (void *)(size_t)i) != 0) abort();
  }
  if (body == with_interruptions) pthread_create(&thread[threads], NULL, interrupting, NULL);
  for (int i = 0; i < threads + (body == with_interruptions); i++) pthread_join(thread[i], NULL);
  printf("%s: %d threads, %d wrong\n", title, threads, wrong - before);
  fflush(stdout);
}

int main(int argc, char **argv) {
  char *error = NULL;
  library = argc > 1 ? argv[1] : NULL;
  file = argc > 2 ? argv[2] : "threads.db";
  remove(file);
  sqlite3 *db = open_connection();
  if (sqlite3_exec(db, setup, NULL, NULL, &error) != SQLITE_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  for (int i = 0; i < QUESTIONS; i++) {
    answer[i] = ask(db, question[i]);
    if (i < QUESTIONS - 3 ? !strchr(answer[i], '|') : !strstr(answer[i], "its source")) {
      fprintf(stderr, "FAILED %s\n  %s\n", question[i], answer[i]);
      wrong++;
    }
  }
  sqlite3_close(db);
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
  size_t used = stack_used();
  printf("the stack: %zu KB used, %d are allowed\n", used / 1024, SMALL_STACK / 1024);
  if (used > SMALL_STACK) wrong++;
#endif
  run("a connection each", with_own_connection, THREADS);
  shared = open_connection();
  run("one connection for all", with_shared_connection, THREADS);
  run("the same, interrupted", with_interruptions, THREADS);
  printf("  %d of %d statements were interrupted\n", interrupted, THREADS * ROUNDS * QUESTIONS);
  sqlite3_close(shared);
  run("closed with statements alive", closing_early, THREADS);
  for (int i = 0; i < QUESTIONS; i++) sqlite3_free(answer[i]);
  remove(file);
  if (sqlite3_memory_used() != 0) {
    printf("FAILED: %lld bytes in use at the end\n", (long long)sqlite3_memory_used());
    wrong++;
  }
  printf("threads: %d wrong\n", (int)wrong);
  return wrong > 0;
}
