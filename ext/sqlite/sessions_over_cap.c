/*
** sessions_over_cap: the session lines past a payer's cap, with prior
** authorizations netted.
**
**   SELECT * FROM sessions_over_cap;                        caps from session_cap
**   SELECT * FROM sessions_over_cap('claims', 24, 'year');  any table or view, one cap
**
**   SELECT claim_id, service_date, units_before, units_over, status
**     FROM sessions_over_cap('visits', 2, 'month')
**    WHERE columns = '{"member_id":"patient","service_date":"dos","units":null,"hcpcs_code":null}';
**
**   C-3|2026-01-20|2|1|over_cap
**
** One row per line that passes a cap, per cap that it passes, and one for each
** line or authorization that cannot be read:
**
**   CREATE TABLE x(
**     cap_id,             -- NULL where cap was given, or the row is unreadable
**     payer_id, member_id, rendering_npi,
**     claim_id,           -- where the source has none: its rowid, if it has that
**     claim_line_number,
**     service_date,       -- YYYY-MM-DD; as it stands there where it is unreadable
**     units,
**     period_start, period_end,  -- both counted; NULL: lifetime
**     cap,                -- units
**     units_before,       -- counted in the period before this line
**     units_over,         -- of this line's units, those past the cap
**     authorized_units,   -- of those, covered by prior authorizations
**     prior_auth_number,  -- the first that was drawn on
**     status,             -- over_cap, authorized, unreadable
**     problem,            -- what cannot be read, and where
**     source HIDDEN,         -- claim_line
**     max_units HIDDEN,      -- the cap; left out: the rows of session_cap
**     period HIDDEN,         -- year
**     caps HIDDEN,           -- session_cap
**     authorizations HIDDEN, -- prior_authorization, where there is one; '': none
**     hcpcs_codes HIDDEN,    -- H2040; a list; *: every line
**     counting HIDDEN,       -- billed; allowed: what the payer denied does not count
**     columns HIDDEN,        -- JSON: our name -> theirs, null: they have none
**     schema HIDDEN          -- of the source, the caps and the authorizations
**   );
**
** The second parameter is the column max_units, for no table can have two columns
** named cap; but `cap = 24` says the same, for in every row the cap is then 24.
** A parameter that is NULL counts as left out, except max_units.
**
** Rows come in the order cap_id, payer_id, member_id, service_date, claim_id,
** claim_line_number; with the provider scopes rendering_npi stands before
** service_date, and for `provider` in member_id's place.  Lines that these cannot
** tell apart count in the order in which the source gives them.
**
** How values are compared.  Lines are grouped as SQL compares without affinity or
** collation: 7 and '7' are two members, 'a' and 'A' too.  The payer of a cap, and
** payer, member and number of an authorization, are compared with those of a line
** as SQL compares the two columns: an INTEGER column matches a TEXT one, and a column
** without a type (also one that a view computes) matches 7 with '7'.
** hcpcs_codes match without regard to case and outer white space.
**
** Authorizations are drawn on in the order of the rows, each cap for itself: a
** member's authorization for any payer is used up by the payer that sorts first.
**
** Errors name the parameter, its value and the remedy; a row of session_cap that
** cannot be read is one too.  The whole source is read before the first row is
** shown, so that INSERT INTO claims SELECT ... FROM sessions_over_cap('claims')
** ends, and no lock is held while rows are shown.
**
** On the right of a LEFT JOIN give parameters in parentheses: SQLite does not hand
** us what stands in WHERE there.  On the right of a RIGHT or FULL JOIN it hands us
** none at all: put the call into a subquery.
**
** Flags.  It reads whatever table it is told to, so it is not SQLITE_VTAB_INNOCUOUS:
** a hostile schema could aim it.  Nor SQLITE_VTAB_DIRECTONLY: analysts keep
** reporting views over it.  With trusted_schema=OFF SQLite refuses it in a schema.
*/
#include "cap_audit.h"
#include "register.h"

#include "../billing/date.h"

#include <string.h>

static const char declaration[] =
  "CREATE TABLE x(cap_id, payer_id, member_id, rendering_npi, claim_id, claim_line_number, service_date, units,"
  " period_start, period_end, cap, units_before, units_over, authorized_units, prior_auth_number, status, problem,"
  " source HIDDEN, max_units HIDDEN, period HIDDEN, caps HIDDEN, authorizations HIDDEN, hcpcs_codes HIDDEN,"
  " counting HIDDEN, columns HIDDEN, schema HIDDEN)";

enum column {
  COLUMN_CAP_ID, COLUMN_PAYER_ID, COLUMN_MEMBER_ID, COLUMN_RENDERING_NPI, COLUMN_CLAIM_ID, COLUMN_CLAIM_LINE_NUMBER,
  COLUMN_SERVICE_DATE, COLUMN_UNITS, COLUMN_PERIOD_START, COLUMN_PERIOD_END, COLUMN_CAP, COLUMN_UNITS_BEFORE,
  COLUMN_UNITS_OVER, COLUMN_AUTHORIZED_UNITS, COLUMN_PRIOR_AUTH_NUMBER, COLUMN_STATUS, COLUMN_PROBLEM,
  FIRST_PARAMETER
};

enum parameter {
  PARAMETER_SOURCE, PARAMETER_CAP, PARAMETER_PERIOD, PARAMETER_CAPS, PARAMETER_AUTHORIZATIONS, PARAMETER_HCPCS_CODES,
  PARAMETER_COUNTING, PARAMETER_COLUMNS, PARAMETER_SCHEMA, PARAMETERS
};

/* What a query may hand us beside the parameters, in this order. */
enum pushed {
  PUSHED_MEMBER_ID = PARAMETERS, PUSHED_PAYER_ID, PUSHED_CAP_ID, PUSHED_DATE, PUSHED_FROM_DATE, PUSHED_TO_DATE,
  ARGUMENTS
};

/* Views over sessions_over_cap may be its source in turn, but not without end. */
enum { DEEPEST = 4 };

struct connection {
  int depth;
};

struct table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct connection *connection;
};

struct cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *argument[PARAMETERS]; /* as given, or NULL */
  bool cap_by_name;                    /* given as `cap = ...` */
  struct cap_audit audit;
  size_t row;
};

static void reset_cursor(struct cursor *cursor) {
  h2040_cap_audit_close(&cursor->audit);
  for (int i = 0; i < PARAMETERS; i++) {
    sqlite3_value_free(cursor->argument[i]);
    cursor->argument[i] = NULL;
  }
  cursor->row = 0;
}

static int connect_table(sqlite3 *db, void *connection, int argc, const char *const *argv, sqlite3_vtab **result,
                         char **error) {
  (void)argc;
  (void)argv;
  (void)error;
  int rc = sqlite3_declare_vtab(db, declaration);
  if (rc != SQLITE_OK) return rc;
  struct table *table = sqlite3_malloc64(sizeof *table);
  if (!table) return SQLITE_NOMEM;
  *table = (struct table){ .db = db, .connection = connection };
  *result = &table->base;
  return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

/* The argument that a constraint fills, or -1.  Of the bounds only BINARY ones
** say what we take them to say. */
static int argument_of(const struct sqlite3_index_constraint *constraint, const char *collation, bool cap_by_name) {
  bool binary = sqlite3_stricmp(collation, "BINARY") == 0;
  bool same = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ;
  switch (constraint->op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
    case SQLITE_INDEX_CONSTRAINT_IS:
      if (constraint->iColumn >= FIRST_PARAMETER) return constraint->iColumn - FIRST_PARAMETER;
      if (constraint->iColumn == COLUMN_CAP && same && cap_by_name) return PARAMETER_CAP;
      if (!binary || !same) return -1;
      if (constraint->iColumn == COLUMN_MEMBER_ID) return PUSHED_MEMBER_ID;
      if (constraint->iColumn == COLUMN_PAYER_ID) return PUSHED_PAYER_ID;
      if (constraint->iColumn == COLUMN_CAP_ID) return PUSHED_CAP_ID;
      return constraint->iColumn == COLUMN_SERVICE_DATE ? PUSHED_DATE : -1;
    case SQLITE_INDEX_CONSTRAINT_GT:
    case SQLITE_INDEX_CONSTRAINT_GE:
      return binary && constraint->iColumn == COLUMN_SERVICE_DATE ? PUSHED_FROM_DATE : -1;
    case SQLITE_INDEX_CONSTRAINT_LT:
    case SQLITE_INDEX_CONSTRAINT_LE:
      return binary && constraint->iColumn == COLUMN_SERVICE_DATE ? PUSHED_TO_DATE : -1;
    default:
      return -1; /* LIMIT and OFFSET carry a column that means nothing */
  }
}

static bool names_cap_parameter(const sqlite3_index_info *info) {
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = info->aConstraint + i;
    bool same = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ || constraint->op == SQLITE_INDEX_CONSTRAINT_IS;
    if (same && constraint->iColumn == FIRST_PARAMETER + PARAMETER_CAP) return true;
  }
  return false;
}

/* Our order is cap_id, payer_id, and after that depends on the scopes; where cap
** is given there is one scope, and cap_id is NULL throughout. */
static bool comes_in_order(const sqlite3_index_info *info, bool one_cap) {
  static const int order[] = {
    COLUMN_CAP_ID, COLUMN_PAYER_ID, COLUMN_MEMBER_ID, COLUMN_SERVICE_DATE, COLUMN_CLAIM_ID, COLUMN_CLAIM_LINE_NUMBER,
  };
  int known = one_cap ? (int)(sizeof order / sizeof *order) : 2;
  if (info->nOrderBy == 0) return false;
  for (int term = 0, at = 0; term < info->nOrderBy; term++, at++) {
    if (info->aOrderBy[term].desc) return false;
    if (one_cap && at == 0 && info->aOrderBy[term].iColumn != COLUMN_CAP_ID) at++;
    if (at >= known || info->aOrderBy[term].iColumn != order[at]) return false;
  }
  return true;
}

/*
** idxNum has a bit for each argument that xFilter is handed, in this order:
**
**   bits 0-8    source, max_units (or cap), period, caps, authorizations,
**               hcpcs_codes, counting, columns, schema
**   bits 9-11   member_id, payer_id, cap_id = ?
**   bits 12-14  service_date = ?, >= or > ?, <= or < ?
**   bit 15      the second argument came as `cap = ?`
**
** A parameter that cannot be had yet makes a plan impossible (SQLITE_CONSTRAINT);
** one that is absent is left to xFilter, which can say what is wrong.  What is
** pushed down is only a hint to read less: SQLite checks it again.
*/
enum { CAP_BY_NAME = 1 << ARGUMENTS };

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  int constraint_of[ARGUMENTS];
  bool cap_by_name = !names_cap_parameter(info);
  (void)table;
  for (int i = 0; i < ARGUMENTS; i++) constraint_of[i] = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = info->aConstraint + i;
    const char *collation = constraint->usable ? sqlite3_vtab_collation(info, i) : "BINARY";
    int argument = argument_of(constraint, collation, cap_by_name);
    if (argument < 0) continue;
    if (constraint->usable) {
      if (constraint_of[argument] < 0) constraint_of[argument] = i;
    } else if (argument < PARAMETERS) {
      return SQLITE_CONSTRAINT;
    }
  }
  int count = 0;
  info->idxNum = 0;
  for (int argument = 0; argument < ARGUMENTS; argument++) {
    if (constraint_of[argument] < 0) continue;
    struct sqlite3_index_constraint_usage *usage = info->aConstraintUsage + constraint_of[argument];
    usage->argvIndex = ++count;
    usage->omit = argument < PARAMETERS;
    info->idxNum |= 1 << argument;
  }
  bool one_cap = constraint_of[PARAMETER_CAP] >= 0;
  if (one_cap && cap_by_name) info->idxNum |= CAP_BY_NAME;
  bool one_member = constraint_of[PUSHED_MEMBER_ID] >= 0;
  info->estimatedRows = one_member ? 10 : 10000;
  info->estimatedCost = one_member ? 1000 : 10000000;
  info->orderByConsumed = comes_in_order(info, one_cap);
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **result) {
  (void)table;
  struct cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (!cursor) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  *result = &cursor->base;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  struct cursor *cursor = (struct cursor *)base;
  reset_cursor(cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static const char *text_of(struct fault *fault, sqlite3_value *value) {
  return value ? h2040_value_text(fault, value) : NULL;
}

/* A bound that is a day as we write it narrows what must be counted; any other is
** left to SQLite. */
static void read_bound(struct fault *fault, sqlite3_value *value, int32_t *from, int32_t *to) {
  int32_t day;
  if (!value || sqlite3_value_type(value) != SQLITE_TEXT) return;
  struct text text = h2040_text_of(fault, value);
  if (text.n != 10 || !h2040_iso_day(text.z, &day)) return;
  if (from && day > *from) *from = day;
  if (to && day < *to) *to = day;
}

static int filter(sqlite3_vtab_cursor *base, int idx_num, const char *idx_str, int argc, sqlite3_value **argv) {
  struct cursor *cursor = (struct cursor *)base;
  struct table *table = (struct table *)base->pVtab;
  struct fault fault = { 0 };
  sqlite3_value *pushed[ARGUMENTS] = { NULL };
  (void)idx_str;
  (void)argc;
  reset_cursor(cursor);
  cursor->cap_by_name = idx_num & CAP_BY_NAME;
  for (int i = 0, next = 0; i < ARGUMENTS; i++) {
    if (!(idx_num & 1 << i)) continue;
    if (i < PARAMETERS) {
      cursor->argument[i] = sqlite3_value_dup(argv[next]);
      if (!cursor->argument[i]) h2040_fail_memory(&fault);
    } else {
      pushed[i] = argv[next];
    }
    next++;
  }
  struct cap_request request = {
    .source = text_of(&fault, cursor->argument[PARAMETER_SOURCE]),
    .cap = cursor->argument[PARAMETER_CAP],
    .period = text_of(&fault, cursor->argument[PARAMETER_PERIOD]),
    .caps = text_of(&fault, cursor->argument[PARAMETER_CAPS]),
    .authorizations = text_of(&fault, cursor->argument[PARAMETER_AUTHORIZATIONS]),
    .hcpcs_codes = text_of(&fault, cursor->argument[PARAMETER_HCPCS_CODES]),
    .counting = text_of(&fault, cursor->argument[PARAMETER_COUNTING]),
    .columns = text_of(&fault, cursor->argument[PARAMETER_COLUMNS]),
    .schema = text_of(&fault, cursor->argument[PARAMETER_SCHEMA]),
    .member_id = pushed[PUSHED_MEMBER_ID],
    .payer_id = pushed[PUSHED_PAYER_ID],
    .cap_id = pushed[PUSHED_CAP_ID],
    .from_day = INT32_MIN,
    .to_day = INT32_MAX,
  };
  read_bound(&fault, pushed[PUSHED_DATE], &request.from_day, &request.to_day);
  read_bound(&fault, pushed[PUSHED_FROM_DATE], &request.from_day, NULL);
  read_bound(&fault, pushed[PUSHED_TO_DATE], NULL, &request.to_day);
  if (table->connection->depth >= DEEPEST) {
    h2040_fail(&fault, "sessions_over_cap: its source '%s' is read through %d views over sessions_over_cap; "
                       "give a table, or a view that does not read itself",
               request.source ? request.source : "claim_line", DEEPEST);
  }
  if (fault.rc == SQLITE_OK) {
    table->connection->depth++;
    h2040_cap_audit_run(&cursor->audit, &fault, table->db, &request);
    table->connection->depth--;
  }
  return h2040_fault_to_table(&fault, &table->base);
}

static int next_row(sqlite3_vtab_cursor *base) {
  ((struct cursor *)base)->row++;
  return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base) {
  const struct cursor *cursor = (const struct cursor *)base;
  return cursor->row >= cursor->audit.judge.rows;
}

/* The rows stay where they are until the cursor is reset, but SQLite may keep a
** value for longer. */
static void show_value(sqlite3_context *context, const struct value *value) {
  switch (value->kind) {
    case VALUE_INTEGER: sqlite3_result_int64(context, value->integer); break;
    case VALUE_REAL: sqlite3_result_double(context, value->real); break;
    case VALUE_TEXT: sqlite3_result_text64(context, value->bytes, value->size, SQLITE_TRANSIENT, SQLITE_UTF8); break;
    case VALUE_BLOB: sqlite3_result_blob64(context, value->bytes, value->size, SQLITE_TRANSIENT); break;
    default: break;
  }
}

static void show_day(sqlite3_context *context, int32_t day) {
  char text[DATE_SIZE];
  sqlite3_result_text(context, h2040_date_text(day, text), -1, SQLITE_TRANSIENT);
}

static void show_unreadable(sqlite3_context *context, const struct unreadable_line *unreadable, int column) {
  switch (column) {
    case COLUMN_SERVICE_DATE: show_value(context, &unreadable->service_date); break;
    case COLUMN_UNITS: show_value(context, &unreadable->units); break;
    case COLUMN_PRIOR_AUTH_NUMBER: show_value(context, &unreadable->prior_auth_number); break;
    case COLUMN_STATUS: sqlite3_result_text(context, "unreadable", -1, SQLITE_STATIC); break;
    case COLUMN_PROBLEM: sqlite3_result_text(context, unreadable->problem, -1, SQLITE_TRANSIENT); break;
    default: break;
  }
}

static void show_over_cap(sqlite3_context *context, const struct cap_row *row, int column) {
  bool lifetime = row->cap->period.kind == PERIOD_LIFETIME;
  switch (column) {
    case COLUMN_CAP_ID: show_value(context, &row->cap->cap_id); break;
    case COLUMN_SERVICE_DATE: show_day(context, row->line->day); break;
    case COLUMN_UNITS: sqlite3_result_int64(context, row->line->units); break;
    case COLUMN_PERIOD_START: if (!lifetime) show_day(context, row->span.first); break;
    case COLUMN_PERIOD_END: if (!lifetime) show_day(context, row->span.last); break;
    case COLUMN_CAP: sqlite3_result_int64(context, row->cap->max_units); break;
    case COLUMN_UNITS_BEFORE: sqlite3_result_int64(context, row->units_before); break;
    case COLUMN_UNITS_OVER: sqlite3_result_int64(context, row->units_over); break;
    case COLUMN_AUTHORIZED_UNITS: sqlite3_result_int64(context, row->authorized_units); break;
    case COLUMN_PRIOR_AUTH_NUMBER: if (row->authorization) show_value(context, &row->authorization->number); break;
    case COLUMN_STATUS:
      sqlite3_result_text(context, row->authorized_units < row->units_over ? "over_cap" : "authorized", -1,
                          SQLITE_STATIC);
      break;
    default: break;
  }
}

static int show_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  const struct cursor *cursor = (const struct cursor *)base;
  const struct cap_row *row = cursor->audit.judge.row + cursor->row;
  if (column == COLUMN_CAP && cursor->cap_by_name) {
    sqlite3_result_value(context, cursor->argument[PARAMETER_CAP]);
    return SQLITE_OK;
  }
  switch (column) {
    case COLUMN_PAYER_ID: show_value(context, row->line->payer); break;
    case COLUMN_MEMBER_ID: show_value(context, row->line->member); break;
    case COLUMN_RENDERING_NPI: show_value(context, row->line->provider); break;
    case COLUMN_CLAIM_ID: show_value(context, &row->line->claim_id); break;
    case COLUMN_CLAIM_LINE_NUMBER: show_value(context, &row->line->claim_line_number); break;
    default:
      if (column >= FIRST_PARAMETER) {
        sqlite3_value *given = cursor->argument[column - FIRST_PARAMETER];
        bool by_name = column == FIRST_PARAMETER + PARAMETER_CAP && cursor->cap_by_name;
        if (given && !by_name) sqlite3_result_value(context, given);
      } else if (row->line->unreadable) {
        show_unreadable(context, row->line->unreadable, column);
      } else {
        show_over_cap(context, row, column);
      }
  }
  return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  *rowid = (sqlite3_int64)((struct cursor *)base)->row + 1;
  return SQLITE_OK;
}

static const sqlite3_module module = {
  .xConnect = connect_table, /* and no xCreate: eponymous only */
  .xBestIndex = best_index,
  .xDisconnect = disconnect_table,
  .xOpen = open_cursor,
  .xClose = close_cursor,
  .xFilter = filter,
  .xNext = next_row,
  .xEof = at_end,
  .xColumn = show_column,
  .xRowid = row_number,
};

void h2040_register_sessions_over_cap(struct fault *fault, sqlite3 *db) {
  h2040_register_session_reading(fault, db);
  if (fault->rc != SQLITE_OK) return;
  struct connection *connection = sqlite3_malloc64(sizeof *connection);
  if (!connection) {
    h2040_fail_memory(fault);
    return;
  }
  *connection = (struct connection){ 0 };
  int rc = sqlite3_create_module_v2(db, "sessions_over_cap", &module, connection, sqlite3_free);
  if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc); /* the connection is freed already */
}
