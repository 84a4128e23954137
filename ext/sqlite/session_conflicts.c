/*
** session_conflicts(source [, pairs [, day_minutes [, group_codes [, columns [, schema [, dates]]]]]])
**
** Lines of a table or view that contradict each other: one session on two lines, one
** person at two places at once, a day of more hours than a day has, a note that was
** written before.
**
**   SELECT rule, claim_id, message FROM session_conflicts('claims');
**
**   duplicate.session|C-2|the same member, provider, day and code as claim C-1 line 1
**
** One row for each line and rule, in the order service_date, claim_id,
** claim_line_number.  What each rule means is told in ext/billing/conflict.h.
**
** Columns:
**   rule                  duplicate.session, claim.resent, similar.same_day, time.overlap,
**                         time.member_overlap, time.impossible_day, note.cloned;
**                         NULL: something is told in `problem`
**   claim_id              where the source has none: its rowid, if it has that
**   claim_line_number
**   other_claim_id, other_claim_line_number   the line that it contradicts, where it is
**                         one: of sessions at once that which ends last of those begun
**                         before; else the first
**   payer_id, member_id, rendering_npi        as they stand there
**   service_date          YYYY-MM-DD; as it stands there where it cannot be read
**   value                 what is at fault: the code, the time, the day, the note
**   message               what contradicts what
**   problem               what cannot be compared, and why: no day that can be read; times
**                         that are filled in and cannot be; ids with white space around
**                         them; a correction whose original is not there; a provider's
**                         number that is the agency's
**
** Parameters, each an argument or a WHERE term (table.h):
**   source       the table or view (required)
**   pairs        a table of codes that do not go together on one day; '': none; left out:
**                any two of H2014, H2017, H2019, H2038, H2040, H2041.  Its columns:
**                  code_1, code_2      in either order
**                  effective_from, effective_to   both counted; blank: open
**                  modifier_allowed    1: 59, XE, XP, XS, XU explain it; 0 or blank: nothing
**                                      does; 9: the pair is no longer looked at
**                  scope               member, or member+provider; blank: member
**                all but the codes where they are wanted.  So NCCI's edits fit in.
**   day_minutes  more than these on one day are impossible; 1440
**   group_codes  codes of group sessions, beside the modifier HQ; 90853
**   columns      JSON: our name -> theirs, null where they have none (source.h)
**   schema       the database that the source and the pairs are in
**   dates        how their dates are written: iso, mdy, dmy, excel
**
** member_id, service_date and hcpcs_code must be there or be waived: without a member
** or a day nothing of members or days is compared, and without a code all lines are of
** one.  Used where they are: claim_id, claim_line_number, payer_id, modifiers (or
** modifier_1 to modifier_4), units, unit_measure, rendering_npi, staff_id, billing_npi,
** start_time, end_time, duration_minutes, activities, client_response; and for what
** stands (standing.h) claim_number, claim_frequency_code, original_claim_id,
** payer_claim_number, received_date.
**
** Errors: what source.h says; a parameter, or a row of the pairs, that cannot be read.
**
** Cost: one reading, one sort, one sweep; no lock is held while rows are shown.  At most
** 128 bytes a line are kept, and 70 for each member (conflict.h).
*/
#include "../billing/conflict.h"
#include "../billing/procedure_code.h"
#include "call_source.h"
#include "reader.h"
#include "register.h"

#include <string.h>

static const char *const columns[] = {
  "rule", "claim_id", "claim_line_number", "other_claim_id", "other_claim_line_number", "payer_id", "member_id",
  "rendering_npi", "service_date", "value", "message", "problem", NULL
};
static const char *const parameters[] = {
  "source", "pairs", "day_minutes", "group_codes", "columns", "schema", "dates", NULL
};

enum { PAIRS = 1, DAY_MINUTES, GROUP_CODES };

struct session_conflicts {
  struct conflicts *conflicts;
  char text[CONFLICT_TEXT_SIZE]; /* of the message that is shown */
};

static void close_conflicts(void *result) {
  struct session_conflicts *found = result;
  h2040_conflicts_close(found->conflicts);
  sqlite3_free(found);
}

/* --- the run -------------------------------------------------------------- */

struct comparing {
  const struct table_call *call;
  struct fault *fault;
  struct conflicts *conflicts;
  struct source source, pairs;
  struct reader reader;
  struct claim_line line;
  sqlite3_stmt *question;
};

static const enum field fields[] = {
  FIELD_CLAIM_ID, FIELD_CLAIM_LINE_NUMBER, FIELD_PAYER_ID, FIELD_MEMBER_ID, FIELD_RENDERING_NPI, FIELD_STAFF_ID,
  FIELD_BILLING_NPI, FIELD_HCPCS_CODE, FIELD_MODIFIERS, FIELD_MODIFIER_1, FIELD_MODIFIER_2, FIELD_MODIFIER_3,
  FIELD_MODIFIER_4, FIELD_UNITS, FIELD_UNIT_MEASURE, FIELD_SERVICE_DATE, FIELD_START_TIME, FIELD_END_TIME,
  FIELD_DURATION_MINUTES, FIELD_ACTIVITIES, FIELD_CLIENT_RESPONSE, FIELD_CLAIM_NUMBER, FIELD_CLAIM_FREQUENCY_CODE,
  FIELD_ORIGINAL_CLAIM_ID, FIELD_PAYER_CLAIM_NUMBER, FIELD_RECEIVED_DATE,
};
enum { FIELDS_READ = (int)(sizeof fields / sizeof *fields) };

static bool go_on(void *host) {
  struct comparing *comparing = host;
  return h2040_proceed(comparing->fault, comparing->call->db, &comparing->question);
}

/* What the lower layer could not do. */
static void take_fault(struct comparing *comparing) {
  switch (h2040_conflicts_fault(comparing->conflicts)) {
    case CONFLICTS_NO_MEMORY: h2040_fail_memory(comparing->fault); break;
    case CONFLICTS_TOO_MANY:
      h2040_fail(comparing->fault, "session_conflicts: '%s' has more than 2,147,483,647 lines; compare them in parts,"
                                   " by views", comparing->source.name);
      break;
    default: break; /* whoever told it to stop has said why */
  }
}

/* --- parameters ------------------------------------------------------------ */

static double day_minutes(struct comparing *comparing) {
  enum { DAY = 1440 };
  sqlite3_value *given = comparing->call->parameter[DAY_MINUTES];
  struct value value;
  double minutes = DAY;
  if (!given) return DAY;
  h2040_read_value(comparing->fault, given, &value);
  if (h2040_read_number(&value, &minutes) == READ && minutes >= 0 && minutes <= 1e9) return minutes;
  h2040_fail(comparing->fault, "session_conflicts: day_minutes is '%.60s'; give a number of minutes, like 1440",
             h2040_text_of(comparing->fault, given).z);
  return DAY;
}

static void take_group_codes(struct comparing *comparing) {
  sqlite3_value *given = comparing->call->parameter[GROUP_CODES];
  struct text list = given ? h2040_text_of(comparing->fault, given) : TEXT("90853");
  struct text code;
  while (comparing->fault->rc == SQLITE_OK && h2040_next_member(&list, &code)) {
    if (!h2040_is_procedure_code(code)) {
      h2040_fail(comparing->fault, "session_conflicts: group_codes has '%.*s', which is no procedure code; give a list"
                                   " like '90853 H2014', or '' for none", (int)(code.n < 60 ? code.n : 60), code.z);
    } else if (!h2040_conflicts_group_code(comparing->conflicts, code)) {
      take_fault(comparing);
    }
  }
}

/* --- pairs of codes ---------------------------------------------------------- */

enum { CODE_1, CODE_2, EFFECTIVE_FROM, EFFECTIVE_TO, MODIFIER_ALLOWED, SCOPE, PAIR_COLUMNS };

static const char *const pair_columns[PAIR_COLUMNS] = {
  "code_1", "code_2", "effective_from", "effective_to", "modifier_allowed", "scope",
};

static void open_pairs(struct comparing *comparing) {
  struct fault *fault = comparing->fault;
  const char *name = h2040_call_text(fault, comparing->call, PAIRS);
  const char *schema = NULL;
  sqlite3_value *given = h2040_call_parameter(comparing->call, "schema");
  if (!name || !*name) return;
  if (given) schema = h2040_value_text(fault, given);
  h2040_source_open(&comparing->pairs, fault, comparing->call->db, "session_conflicts", schema, name,
                    (struct text){ NULL, 0 }, pair_columns, PAIR_COLUMNS);
  for (int column = CODE_1; column <= CODE_2 && fault->rc == SQLITE_OK; column++) {
    if (source_has(&comparing->pairs, column)) continue;
    h2040_fail(fault, "session_conflicts: pairs: '%s' has no column %s; give a table or view of code_1, code_2 and,"
                      " where they are wanted, effective_from, effective_to, modifier_allowed, scope",
               name, pair_columns[column]);
  }
}

/* A row that cannot be read is an error: a pair would quietly not be looked at. */
static void fail_pair(struct comparing *comparing, const struct row *row, int column, const char *remedy) {
  char text[2][48];
  for (int i = 0; i < 2; i++) {
    sqlite3_value *code = row_value(row, CODE_1 + i);
    sqlite3_snprintf(sizeof text[i], text[i], "%.40s", h2040_text_of(comparing->fault, code).z);
  }
  h2040_fail(comparing->fault, "session_conflicts: pair '%s', '%s' of %s has %s '%.60s'; give %s", text[0], text[1],
             comparing->pairs.name, pair_columns[column],
             h2040_text_of(comparing->fault, row_value(row, column)).z, remedy);
}

static struct value pair_value(struct comparing *comparing, const struct row *row, int column) {
  struct value value = { .kind = VALUE_NULL };
  sqlite3_value *given = row_value(row, column);
  if (given) h2040_read_value(comparing->fault, given, &value);
  return value;
}

static void read_pair_day(struct comparing *comparing, const struct row *row, int column, int32_t *day) {
  struct value value = pair_value(comparing, row, column);
  int32_t open = *day;
  enum reading reading = h2040_read_date(&value, comparing->line.dates, day);
  if (reading != READ) *day = open;
  if (reading == UNREADABLE) fail_pair(comparing, row, column, "a day as YYYY-MM-DD, or NULL");
}

static void read_pair_code(struct comparing *comparing, const struct row *row, int column,
                           struct procedure_code *code) {
  struct value value = pair_value(comparing, row, column);
  h2040_read_procedure_code(&value, code);
  if (code->form != CODE_WRITTEN) fail_pair(comparing, row, column, "a procedure code like H2040");
}

/* false: the pair is no longer looked at. */
static bool read_pair_modifier(struct comparing *comparing, const struct row *row, bool *allowed) {
  enum { NOT_LOOKED_AT = 9 };
  struct value value = pair_value(comparing, row, MODIFIER_ALLOWED);
  int64_t number = 0;
  enum reading reading = h2040_read_whole_number(&value, &number);
  if (reading == UNREADABLE || (reading == READ && number != 0 && number != 1 && number != NOT_LOOKED_AT)) {
    fail_pair(comparing, row, MODIFIER_ALLOWED,
              "1 where a modifier explains it, 0 where none does, or 9 where it is no longer looked at");
  }
  *allowed = reading == READ && number == 1;
  return reading != READ || number != NOT_LOOKED_AT;
}

static bool read_pair_scope(struct comparing *comparing, const struct row *row) {
  char number[NUMBER_SIZE];
  struct value value = pair_value(comparing, row, SCOPE);
  struct text scope = h2040_trim(h2040_value_shown(&value, number));
  if (h2040_value_blank(&value) || h2040_same(scope, TEXT("member"))) return false;
  if (!h2040_same(scope, TEXT("member+provider"))) fail_pair(comparing, row, SCOPE, "member or member+provider");
  return true;
}

static void read_pair(void *host, struct fault *fault, const struct row *row) {
  struct comparing *comparing = host;
  struct code_pair pair = { .effective_from = INT32_MIN, .effective_to = INT32_MAX };
  struct procedure_code code[2];
  read_pair_code(comparing, row, CODE_1, &code[0]);
  read_pair_code(comparing, row, CODE_2, &code[1]);
  bool looked_at = read_pair_modifier(comparing, row, &pair.modifier_allowed);
  read_pair_day(comparing, row, EFFECTIVE_FROM, &pair.effective_from);
  read_pair_day(comparing, row, EFFECTIVE_TO, &pair.effective_to);
  pair.same_provider = read_pair_scope(comparing, row);
  if (looked_at && pair.effective_to < pair.effective_from) {
    fail_pair(comparing, row, EFFECTIVE_TO, "a day not before its effective_from, or NULL");
  }
  if (fault->rc != SQLITE_OK || !looked_at) return;
  if (!h2040_conflicts_pair(comparing->conflicts, h2040_text(code[0].code), h2040_text(code[1].code), &pair)) {
    take_fault(comparing);
  }
}

static void take_usual_pairs(struct comparing *comparing) {
  static const char *const usual[] = { "H2014", "H2017", "H2019", "H2038", "H2040", "H2041" };
  const struct code_pair any = { .effective_from = INT32_MIN, .effective_to = INT32_MAX };
  for (int a = 0; a < 6; a++) {
    for (int b = a + 1; b < 6 && comparing->fault->rc == SQLITE_OK; b++) {
      if (!h2040_conflicts_pair(comparing->conflicts, h2040_text(usual[a]), h2040_text(usual[b]), &any)) {
        take_fault(comparing);
      }
    }
  }
}

static void take_pairs(struct comparing *comparing) {
  struct reader reader = { .source = &comparing->pairs, .each = read_pair, .host = comparing };
  if (!comparing->call->parameter[PAIRS]) {
    take_usual_pairs(comparing);
  } else if (comparing->pairs.name) {
    for (int column = 0; column < PAIR_COLUMNS; column++) h2040_reader_want(&reader, column);
    h2040_read_rows(&reader, comparing->fault, comparing->call->db);
  }
}

/* --- the lines --------------------------------------------------------------- */

static void open_lines(struct comparing *comparing) {
  struct fault *fault = comparing->fault;
  struct source *source = &comparing->source;
  comparing->line.dates = h2040_call_dates(fault, comparing->call);
  h2040_call_source(source, fault, comparing->call, NULL);
  if (fault->rc != SQLITE_OK) return;
  h2040_source_require(source, fault, FIELD_MEMBER_ID, "nothing of one member is compared");
  h2040_source_require(source, fault, FIELD_SERVICE_DATE, "no days are compared");
  h2040_source_require(source, fault, FIELD_HCPCS_CODE, "all lines are of one code");
  for (int i = 0; i < FIELDS_READ; i++) {
    h2040_reader_want(&comparing->reader, fields[i]);
    if (source_has(source, fields[i]) || fields[i] == FIELD_CLAIM_ID) set_add(&comparing->line.passed, fields[i]);
  }
}

static void read_line(void *host, struct fault *fault, const struct row *row) {
  struct comparing *comparing = host;
  for (int i = 0; i < FIELDS_READ; i++) {
    sqlite3_value *value = row_value(row, i);
    struct value *to = &comparing->line.value[fields[i]];
    if (value) h2040_read_value(fault, value, to);
    else to->kind = VALUE_NULL;
  }
  if (fault->rc == SQLITE_OK && !h2040_conflicts_add(comparing->conflicts, &comparing->line)) take_fault(comparing);
}

static enum collation laxer(enum collation a, enum collation b) {
  return a > b ? a : b;
}

static void open_conflicts(struct comparing *comparing) {
  const struct source *source = &comparing->source;
  sqlite3 *db = comparing->call->db;
  struct conflict_terms terms = {
    .passed = comparing->line.passed,
    .day_minutes = day_minutes(comparing),
    .proceed = go_on,
    .host = comparing,
  };
  if (comparing->fault->rc != SQLITE_OK) return;
  terms.payer = h2040_source_collation(source, db, FIELD_PAYER_ID);
  terms.member = h2040_source_collation(source, db, FIELD_MEMBER_ID);
  terms.provider = laxer(h2040_source_collation(source, db, FIELD_RENDERING_NPI),
                         laxer(h2040_source_collation(source, db, FIELD_STAFF_ID),
                               h2040_source_collation(source, db, FIELD_BILLING_NPI)));
  terms.claim = laxer(h2040_source_collation(source, db, FIELD_CLAIM_ID),
                      laxer(h2040_source_collation(source, db, FIELD_CLAIM_NUMBER),
                            laxer(h2040_source_collation(source, db, FIELD_PAYER_CLAIM_NUMBER),
                                  h2040_source_collation(source, db, FIELD_ORIGINAL_CLAIM_ID))));
  sqlite3_randomness(sizeof terms.seed, &terms.seed);
  comparing->conflicts = h2040_conflicts_open(&terms);
  if (!comparing->conflicts) h2040_fail_memory(comparing->fault);
}

static void compare(struct comparing *comparing) {
  struct fault *fault = comparing->fault;
  sqlite3 *db = comparing->call->db;
  const struct source *both[] = { &comparing->source, &comparing->pairs };
  comparing->reader = (struct reader){
    .source = &comparing->source, .each = read_line, .host = comparing, .in_order = true,
  };
  open_lines(comparing);
  open_pairs(comparing);
  open_conflicts(comparing);
  sqlite3_stmt *held = h2040_source_hold(fault, db, both, comparing->pairs.name ? 2 : 1);
  if (fault->rc == SQLITE_OK) take_group_codes(comparing);
  if (fault->rc == SQLITE_OK) take_pairs(comparing);
  h2040_read_rows(&comparing->reader, fault, db);
  sqlite3_finalize(held);
  if (fault->rc == SQLITE_OK && !h2040_conflicts_find(comparing->conflicts)) take_fault(comparing);
  sqlite3_finalize(comparing->question);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct session_conflicts *found = sqlite3_malloc64(sizeof *found);
  struct comparing *comparing = sqlite3_malloc64(sizeof *comparing);
  if (found) memset(found, 0, sizeof *found);
  if (!found || !comparing) {
    h2040_fail_memory(fault);
  } else {
    memset(comparing, 0, sizeof *comparing);
    comparing->call = call;
    comparing->fault = fault;
    compare(comparing);
    h2040_source_close(&comparing->source);
    h2040_source_close(&comparing->pairs);
    found->conflicts = comparing->conflicts;
  }
  sqlite3_free(comparing);
  return found;
}

/* --- the rows ------------------------------------------------------------- */

static size_t rows(const void *result) {
  return h2040_conflicts_rows(((const struct session_conflicts *)result)->conflicts);
}

/* The columns are the parts of a row, in their order. */
static void show(struct fault *fault, const void *result, size_t row, int column, struct shown *shown) {
  struct session_conflicts *found = (struct session_conflicts *)result;
  bool is_message = column == CONFLICT_MESSAGE;
  (void)fault;
  struct value value = h2040_conflicts_show(found->conflicts, row, (enum conflict_part)column,
                                            is_message ? found->text : shown->room);
  show_value(shown, &value);
  shown->is_static = column == CONFLICT_RULE;
}

static const struct table_function conflicts_function = {
  .name = "session_conflicts",
  .columns = columns,
  .parameters = parameters,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_conflicts,
};

void h2040_register_session_conflicts(struct fault *fault, sqlite3 *db) {
  h2040_register_table_function(fault, db, &conflicts_function, NULL, NULL);
}
