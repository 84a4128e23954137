/*
** h2040_lines(source [, columns [, schema [, dates]]])
**
** Any table or view as canonical claim lines: whatever its columns are called and
** however its values are written, what says the same is the same
** (ext/billing/canonical.h):
**
**   SELECT claim_id, hcpcs_code, modifiers, service_date, problem
**     FROM h2040_lines('visits') WHERE columns = h2040_mapping('visits') AND dates = 'mdy';
**
**   C-1|H2040|GT 76|2026-01-05|
**   C-2|H2O40||2026-01-06|hcpcs_code 'H2O40' should be written H2040
**
** Columns: what the table LINE_FIELDS below says, in its order, and last `problem`: what
** is miswritten or cannot be read, and stays as it was; NULL where nothing is.  A field
** that the source has not is NULL, too, so whoever audits these rows waives it.
**
** Row for row the source, in its order; claim_id is the rowid where the source has none.
** No column is demanded: a table of notes, plans or authorizations reads as well.
**
** Parameters: source (required), columns, schema, dates (iso, mdy, dmy, excel; iso).
**
** The rows go through SQLite's sorter, by a number that is counted as they are read: so
** the source is read to its end before the first row comes out (INSERT INTO t SELECT …
** FROM h2040_lines('t') ends), and memory stays bounded, for the sorter keeps to its
** temporary files.  Rows that are looked up, or read again, are kept in memory.
*/
#include "call_source.h"
#include "register.h"

#include "../billing/canonical.h"

#include <string.h>

#define LINE_FIELDS(FIELD) \
  FIELD(CLAIM_ID, claim_id) \
  FIELD(CLAIM_LINE_NUMBER, claim_line_number) \
  FIELD(PAYER_ID, payer_id) \
  FIELD(MEMBER_ID, member_id) \
  FIELD(HCPCS_CODE, hcpcs_code) \
  FIELD(MODIFIERS, modifiers) \
  FIELD(UNITS, units) \
  FIELD(UNIT_MEASURE, unit_measure) \
  FIELD(SERVICE_DATE, service_date) \
  FIELD(SERVICE_END_DATE, service_end_date) \
  FIELD(PLACE_OF_SERVICE, place_of_service) \
  FIELD(DIAGNOSIS_CODES, diagnosis_codes) \
  FIELD(RENDERING_NPI, rendering_npi) \
  FIELD(RENDERING_TAXONOMY, rendering_taxonomy) \
  FIELD(TREATMENT, treatment) \
  FIELD(SERVICE_FOCUS, service_focus) \
  FIELD(RECEIVED_DATE, received_date) \
  FIELD(CLAIM_NUMBER, claim_number) \
  FIELD(CLAIM_FREQUENCY_CODE, claim_frequency_code) \
  FIELD(ORIGINAL_CLAIM_ID, original_claim_id) \
  FIELD(PAYER_CLAIM_NUMBER, payer_claim_number) \
  FIELD(CHARGE_AMOUNT, charge_amount) \
  FIELD(PAID_AMOUNT, paid_amount) \
  FIELD(BIRTH_DATE, birth_date) \
  FIELD(STAFF_ID, staff_id) \
  FIELD(BILLING_NPI, billing_npi) \
  FIELD(COVERAGE_START, coverage_start) \
  FIELD(COVERAGE_END, coverage_end) \
  FIELD(PROVIDER_START, provider_start) \
  FIELD(PROVIDER_END, provider_end) \
  FIELD(POLICY, policy) \
  FIELD(PRIOR_AUTH_NUMBER, prior_auth_number) \
  FIELD(PRIOR_AUTH_START, prior_auth_start) \
  FIELD(PRIOR_AUTH_END, prior_auth_end) \
  FIELD(AUTHORIZED_UNITS, authorized_units) \
  FIELD(AUTHORIZED_CODES, authorized_codes) \
  FIELD(NOTE_DATE, note_date) \
  FIELD(DURATION_MINUTES, duration_minutes) \
  FIELD(START_TIME, start_time) \
  FIELD(END_TIME, end_time) \
  FIELD(PURPOSE, purpose) \
  FIELD(PLAN_GOAL, plan_goal) \
  FIELD(ACTIVITIES, activities) \
  FIELD(CLIENT_RESPONSE, client_response) \
  FIELD(PROGRESS, progress) \
  FIELD(NEXT_STEPS, next_steps) \
  FIELD(MEDICAL_NECESSITY, medical_necessity) \
  FIELD(EFFECTIVENESS, effectiveness) \
  FIELD(COMPLEXITY, complexity) \
  FIELD(SIGNED_BY, signed_by) \
  FIELD(PLAN_START, plan_start) \
  FIELD(PLAN_END, plan_end) \
  FIELD(PLAN_GOALS, plan_goals) \
  FIELD(PLAN_BENCHMARKS, plan_benchmarks) \
  FIELD(PLAN_REVIEWED, plan_reviewed)

static const unsigned char line_fields[] = {
#define FIELD(symbol, name) FIELD_##symbol,
  LINE_FIELDS(FIELD)
#undef FIELD
};

enum { LINE_COLUMNS = sizeof line_fields, COLUMN_PROBLEM = LINE_COLUMNS };

static const char *const columns[] = {
#define FIELD(symbol, name) #name,
  LINE_FIELDS(FIELD)
#undef FIELD
  "problem", NULL
};
static const char *const parameters[] = { "source", "columns", "schema", "dates", NULL };

/* A run: the rows that are still to come, and the one that stands. */
struct lines {
  struct source source;
  sqlite3_stmt *rows;
  int64_t counted;         /* rows that went into the sorter */
  int read_count;          /* the fields that are read, and in which order */
  enum field read[FIELD_COUNT];
  int shown_count;         /* the columns that are made of them */
  int shown[LINE_COLUMNS];
  bool with_problem;
  struct claim_line line;
  struct canonical canonical[LINE_COLUMNS];
  struct text problem;     /* z NULL: none */
  struct arena arena;      /* of the row */
  struct arena_mark row_start;
};

static void close_lines(void *stream) {
  struct lines *lines = stream;
  sqlite3_finalize(lines->rows);
  h2040_source_close(&lines->source);
  h2040_arena_free(&lines->arena);
  sqlite3_free(lines);
}

/* --- the statement -------------------------------------------------------- */

static const char pointer_type[] = "h2040_order";
enum { POINTER = 1 };

static void next_number(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct lines *lines = sqlite3_value_pointer(argv[0], pointer_type);
  (void)argc;
  if (lines) sqlite3_result_int64(context, ++lines->counted);
  else sqlite3_result_error(context, "h2040_order is for h2040_lines only", -1);
}

/* Whether a column that is asked for needs a field of the source to be read. */
static void want(struct set *wanted, const struct source *source, int field) {
  if (source_has(source, field)) set_add(wanted, field);
}

static void want_column(struct set *wanted, const struct source *source, int field) {
  want(wanted, source, field);
  if (field == FIELD_MODIFIERS) {
    for (int slot = FIELD_MODIFIER_1; slot <= FIELD_MODIFIER_4; slot++) want(wanted, source, slot);
  } else if (field == FIELD_DIAGNOSIS_CODES) {
    for (int slot = FIELD_DIAGNOSIS_1; slot <= FIELD_DIAGNOSIS_POINTERS; slot++) want(wanted, source, slot);
    want(wanted, source, FIELD_SERVICE_DATE);
  } else if (field == FIELD_BIRTH_DATE) {
    want(wanted, source, FIELD_SERVICE_DATE);
  }
}

static void choose_fields(struct lines *lines, const struct table_call *call, const char *rowid) {
  struct set wanted = SET_INIT0;
  lines->with_problem = call_wants(call, COLUMN_PROBLEM);
  for (int column = 0; column < LINE_COLUMNS; column++) {
    if (!lines->with_problem && !call_wants(call, column)) continue;
    want_column(&wanted, &lines->source, line_fields[column]);
    if (line_fields[column] == FIELD_CLAIM_ID && rowid) set_add(&wanted, FIELD_CLAIM_ID);
    lines->shown[lines->shown_count++] = column;
  }
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (set_has(wanted, field)) lines->read[lines->read_count++] = (enum field)field;
  }
  lines->line.passed = wanted;
}

/* A view's own order would be lost to ours, but for the LIMIT, and that to SQLite's
** flattening, but for a WHERE, which is always true (a pointer is NULL). */
static void append_rows_from(struct lines *lines, sqlite3_str *sql, bool has_rowid) {
  const struct source *source = &lines->source;
  if (has_rowid) {
    h2040_source_append_from(source, sql);
    sqlite3_str_appendall(sql, " NOT INDEXED");
  } else {
    sqlite3_str_appendf(sql, " FROM (SELECT * FROM \"%w\".\"%w\" LIMIT -1) AS s WHERE ?1 IS NULL", source->schema, source->name);
  }
}

static void prepare_rows(struct lines *lines, struct fault *fault, struct table_call *call) {
  if (fault->rc != SQLITE_OK) return;
  const char *rowid = h2040_source_rowid(&lines->source, fault, call->db);
  choose_fields(lines, call, rowid);
  sqlite3_str *sql = sqlite3_str_new(call->db);
  sqlite3_str_appendall(sql, OUR_SQL "SELECT 1");
  for (int i = 0; i < lines->read_count; i++) {
    sqlite3_str_appendall(sql, ", ");
    if (source_has(&lines->source, (int)lines->read[i])) {
      h2040_source_append_column(&lines->source, sql, (int)lines->read[i]);
    } else {
      sqlite3_str_appendf(sql, "s.%s", rowid); /* claim_id */
    }
  }
  append_rows_from(lines, sql, rowid != NULL);
  sqlite3_str_appendall(sql, " ORDER BY h2040_order(?1)");
  lines->rows = h2040_prepare_built(fault, call->db, sql);
  if (lines->rows) sqlite3_bind_pointer(lines->rows, POINTER, lines, pointer_type, NULL);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct lines *lines = sqlite3_malloc64(sizeof *lines);
  if (!lines) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(lines, 0, sizeof *lines);
  /* A place of no bytes: so the first block stays from row to row. */
  if (!h2040_arena_take(&lines->arena, 0)) h2040_fail_memory(fault);
  lines->row_start = arena_mark(&lines->arena);
  lines->line.dates = h2040_call_dates(fault, call);
  h2040_call_source(&lines->source, fault, call, NULL);
  prepare_rows(lines, fault, call);
  return lines;
}

/* --- the rows ------------------------------------------------------------- */

static void join_problems(struct lines *lines, struct fault *fault) {
  size_t room = 0;
  lines->problem = (struct text){ 0 };
  for (int i = 0; i < lines->shown_count; i++) {
    size_t n = strlen(lines->canonical[lines->shown[i]].problem);
    if (n > 0) room += n + 2;
  }
  if (room == 0) return;
  char *z = h2040_arena_take(&lines->arena, room);
  size_t n = 0;
  if (!z) {
    h2040_fail_memory(fault);
    return;
  }
  for (int i = 0; i < lines->shown_count; i++) {
    const char *problem = lines->canonical[lines->shown[i]].problem;
    size_t length = strlen(problem);
    if (length == 0) continue;
    if (n > 0) {
      memcpy(z + n, "; ", 2);
      n += 2;
    }
    memcpy(z + n, problem, length);
    n += length;
  }
  lines->problem = (struct text){ z, n };
}

static void read_row(struct lines *lines, struct fault *fault) {
  for (int i = 0; i < lines->read_count; i++) {
    h2040_read_value(fault, sqlite3_column_value(lines->rows, i + 1), &lines->line.value[lines->read[i]]);
  }
  for (int i = 0; i < lines->shown_count && fault->rc == SQLITE_OK; i++) {
    int column = lines->shown[i];
    if (!h2040_canonical(&lines->line, (enum field)line_fields[column], &lines->arena, &lines->canonical[column])) {
      h2040_fail_memory(fault);
    }
  }
  if (lines->with_problem && fault->rc == SQLITE_OK) join_problems(lines, fault);
}

static bool step(struct fault *fault, void *stream) {
  struct lines *lines = stream;
  h2040_arena_rewind(&lines->arena, lines->row_start);
  if (!lines->rows) return false;
  if (h2040_step(fault, lines->rows)) {
    read_row(lines, fault);
    return fault->rc == SQLITE_OK;
  }
  sqlite3_finalize(lines->rows); /* and lets go of the source */
  lines->rows = NULL;
  return false;
}

static void show(struct fault *fault, const void *stream, size_t row, int column, struct shown *shown) {
  const struct lines *lines = stream;
  (void)fault;
  (void)row;
  if (column == COLUMN_PROBLEM) show_text(shown, lines->problem);
  else show_value(shown, &lines->canonical[column].value);
}

static const struct table_function lines_function = {
  .name = "h2040_lines",
  .columns = columns,
  .parameters = parameters,
  .run = run,
  .step = step,
  .show = show,
  .close = close_lines,
};

void h2040_register_lines(struct fault *fault, sqlite3 *db) {
  if (fault->rc != SQLITE_OK) return;
  int rc = sqlite3_create_function_v2(db, "h2040_order", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, next_number, NULL,
                                      NULL, NULL);
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
  else h2040_register_table_function(fault, db, &lines_function, NULL, NULL);
}
