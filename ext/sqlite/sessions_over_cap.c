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
**     problem,            -- what cannot be read, and where; why the authorization
**                         -- that a line names covers nothing
**     source HIDDEN,         -- claim_line
**     max_units HIDDEN,      -- the cap; left out: the rows of session_cap
**     period HIDDEN,         -- year
**     caps HIDDEN,           -- session_cap
**     authorizations HIDDEN, -- prior_authorization, where there is one; '': none
**     hcpcs_codes HIDDEN,    -- H2040; a list; *: every line
**     counting HIDDEN,       -- billed; allowed: what the payer denied does not count
**     columns HIDDEN,        -- JSON: our name -> theirs, null: they have none
**     schema HIDDEN,         -- of the source, the caps and the authorizations
**     dates HIDDEN           -- how their dates are written: iso, mdy, dmy, excel
**   );
**
** The second parameter is the column max_units, for no table can have two columns
** named cap; but `cap = 24` says the same, for in every row the cap is then 24.
** A parameter that is NULL counts as left out, except max_units.
**
** A line that spans several days (service_end_date) counts in parts, and has a row
** for each period that it passes; units and service_date are then those of the part
** (cap_sweep.h).
**
** Which lines stand is told in standing.h: voids, replacements, claims sent again,
** units taken back.  A claim whose original cannot be found counts, and is told.
**
** Rows come in the order cap_id, payer_id, member_id, service_date, claim_id,
** claim_line_number; with the provider scopes rendering_npi stands before
** service_date, and for `provider` in member_id's place.  Lines that these cannot
** tell apart count in the order in which the source gives them.
**
** Ids.  7, 7.0, '7' and '7.0' are one member, payer or number, '07' is another; 'a' and
** 'A' are one where a column that they stand in is COLLATE NOCASE.  White space around
** an id is told: to every join it is another id.  hcpcs_codes match without regard to
** case, white space and dressing (procedure_code.h); a miswritten one is told.
**
** Authorizations are drawn on in the order of service_date, claim_id and
** claim_line_number over all lines of a cap, each cap for itself.
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

static const char *const columns[] = {
  "cap_id", "payer_id", "member_id", "rendering_npi", "claim_id", "claim_line_number", "service_date", "units",
  "period_start", "period_end", "cap", "units_before", "units_over", "authorized_units", "prior_auth_number", "status",
  "problem", NULL
};
static const char *const parameters[] = {
  "source", "max_units", "period", "caps", "authorizations", "hcpcs_codes", "counting", "columns", "schema", "dates",
  NULL
};

enum column {
  COLUMN_CAP_ID, COLUMN_PAYER_ID, COLUMN_MEMBER_ID, COLUMN_RENDERING_NPI, COLUMN_CLAIM_ID, COLUMN_CLAIM_LINE_NUMBER,
  COLUMN_SERVICE_DATE, COLUMN_UNITS, COLUMN_PERIOD_START, COLUMN_PERIOD_END, COLUMN_CAP, COLUMN_UNITS_BEFORE,
  COLUMN_UNITS_OVER, COLUMN_AUTHORIZED_UNITS, COLUMN_PRIOR_AUTH_NUMBER, COLUMN_STATUS, COLUMN_PROBLEM
};

enum { PARAMETER_CAP = 1 };

/* Views over sessions_over_cap may be its source in turn, but not without end. */
enum { DEEPEST = 4 };

/* ---- the run ---- */

static void close_audit(void *result) {
  struct cap_audit *audit = result;
  h2040_cap_audit_close(audit);
  sqlite3_free(audit);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct cap_context context = { .fault = fault, .call = call, .dates = h2040_call_dates(fault, call) };
  struct source source = { 0 };
  struct cap_audit *audit = sqlite3_malloc64(sizeof *audit);
  if (!audit) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(audit, 0, sizeof *audit);
  sqlite3_randomness(sizeof context.seed, &context.seed);
  const struct cap_wanted wanted = { .member = call->equal[COLUMN_MEMBER_ID], .until = INT32_MAX };
  h2040_cap_audit_read(audit, &context, &source, &wanted);
  audit->sweep.keep_rows = true;
  h2040_cap_audit_count(audit, &context, NULL, NULL);
  h2040_cap_audit_tell(audit, &context);
  if (fault->rc == SQLITE_OK && !h2040_sweep_sort(&audit->sweep)) h2040_fail_memory(fault);
  if (call_wants(call, COLUMN_PROBLEM)) h2040_cap_audit_word(audit, &context);
  sqlite3_finalize(context.question);
  h2040_source_close(&source);
  return audit;
}

/* ---- the rows ---- */

static size_t rows(const void *result) {
  return ((const struct cap_audit *)result)->sweep.rows;
}

static void show_unreadable(struct shown *shown, const struct cap_row *row, int column) {
  const struct unreadable_line *unreadable = row->line->unreadable;
  switch (column) {
    case COLUMN_SERVICE_DATE:
      if (unreadable) show_value(shown, &unreadable->service_date);
      else h2040_show_day(shown, row->line->day);
      break;
    case COLUMN_UNITS:
      if (unreadable) show_value(shown, &unreadable->units);
      else show_integer(shown, row->line->units);
      break;
    case COLUMN_PRIOR_AUTH_NUMBER:
      if (unreadable) show_value(shown, &unreadable->prior_auth_number);
      break;
    case COLUMN_STATUS: show_static(shown, "unreadable"); break;
    default: break;
  }
}

static void show_over_cap(struct shown *shown, const struct cap_audit *audit, const struct cap_row *row, int column) {
  bool lifetime = row->cap->period.kind == PERIOD_LIFETIME;
  switch (column) {
    case COLUMN_SERVICE_DATE: h2040_show_day(shown, row->day); break;
    case COLUMN_UNITS: show_integer(shown, row->units); break;
    case COLUMN_PERIOD_START: if (!lifetime) h2040_show_day(shown, row->span.first); break;
    case COLUMN_PERIOD_END: if (!lifetime) h2040_show_day(shown, row->span.last); break;
    case COLUMN_CAP: show_integer(shown, row->cap->max_units); break;
    case COLUMN_UNITS_BEFORE: show_integer(shown, row->units_before); break;
    case COLUMN_UNITS_OVER: show_integer(shown, row->units_over); break;
    case COLUMN_AUTHORIZED_UNITS: show_integer(shown, row->authorized_units); break;
    case COLUMN_PRIOR_AUTH_NUMBER:
      if (row->authorization != 0) show_value(shown, &audit->file.list.list[row->authorization - 1].number);
      break;
    case COLUMN_STATUS:
      show_static(shown, row->authorized_units < row->units_over ? "over_cap" : "authorized");
      break;
    default: break;
  }
}

static void show(struct fault *fault, const void *result, size_t row_number, int column, struct shown *shown) {
  const struct cap_audit *audit = result;
  const struct session_ids *ids = &audit->store.ids;
  const struct cap_row *row = audit->sweep.row + row_number;
  const struct session_line *line = row->line;
  (void)fault;
  switch (column) {
    case COLUMN_CAP_ID: if (row->cap) show_value(shown, &row->cap->cap_id); break;
    case COLUMN_PAYER_ID: if (line->payer) show_value(shown, &id_form(&ids->payers, line->payer)->value); break;
    case COLUMN_MEMBER_ID:
      if (line->member) show_value(shown, &id_form(&ids->members, line->member)->value);
      break;
    case COLUMN_RENDERING_NPI:
      if (line->provider) show_value(shown, &id_form(&ids->providers, line->provider)->value);
      break;
    case COLUMN_CLAIM_ID: show_value(shown, &line->claim_id); break;
    case COLUMN_CLAIM_LINE_NUMBER: show_value(shown, &line->claim_line_number); break;
    case COLUMN_PROBLEM: if (row->problem) show_text(shown, h2040_text(row->problem)); break;
    default:
      if (row->trouble != NO_CAP_TROUBLE) show_unreadable(shown, row, column);
      else show_over_cap(shown, audit, row, column);
  }
}

static const struct table_function sessions_over_cap = {
  .name = "sessions_over_cap",
  .columns = columns,
  .parameters = parameters,
  .takes_null = 1 << PARAMETER_CAP,
  .narrows = 1 << COLUMN_MEMBER_ID,
  .column_for = { .column = COLUMN_CAP, .parameter = PARAMETER_CAP },
  .deepest = DEEPEST,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_audit,
};

void h2040_register_sessions_over_cap(struct fault *fault, sqlite3 *db) {
  h2040_register_table_function(fault, db, &sessions_over_cap, NULL, NULL);
}
