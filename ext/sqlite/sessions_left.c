/*
** sessions_left: what is left of every cap, and when it runs out, before it is passed.
**
**   SELECT member_id, cap, units_used, units_left, runs_out_on, status
**     FROM sessions_left('claims', 24, 'year') WHERE as_of = '2026-03-01' AND status <> 'open';
**
**   M2|24|20|4|2026-03-20|near
**
** A row for each cap and group with a line in the period of as_of, and for each
** authorization in force that no cap stands before; also one for each line or
** authorization that cannot be read:
**
**   CREATE TABLE x(
**     cap_id,             -- NULL where cap was given, and of an authorization's own row
**     payer_id, member_id, rendering_npi, -- those that the cap's scope has
**     period_start, period_end,  -- of as_of, both counted; an authorization's own days
**     cap,                -- units; NULL: the authorization is all there is
**     units_used,         -- within the period
**     units_left,         -- of the cap; never negative
**     authorized_left,    -- past it, by authorizations in force; NULL: without limit
**     prior_auth_number, auth_end, -- of the first of those that has something left
**     last_service_date,
**     units_4_weeks,      -- in the 28 days to the source's last day of service
**     runs_out_on,        -- at that pace, counted from as_of: the day on which the cap
**                         -- and what is authorized past it are used up; of a rolling
**                         -- period the first whose window passes it.  NULL: not within
**                         -- the period or the authorization
**     status,             -- over, reached, near, open (cap_left.h); unreadable
**     problem,            -- what cannot be read, and where
**     source HIDDEN, max_units HIDDEN, period HIDDEN, caps HIDDEN, authorizations HIDDEN,
**     hcpcs_codes HIDDEN, counting HIDDEN, columns HIDDEN, schema HIDDEN, dates HIDDEN,
**                         -- as those of sessions_over_cap, which says what they mean
**     as_of HIDDEN        -- the day; left out: today.  Later lines do not count
**   );
**
** It counts as sessions_over_cap does, to the unit: the line that passes a cap is one
** that was announced, near or reached, before, wherever the pace allowed it.
**
** Neither INNOCUOUS nor DIRECTONLY, as sessions_over_cap is not.
*/
#include "cap_audit.h"
#include "register.h"

#include "../billing/cap_left.h"
#include "../billing/quote.h"

#include <string.h>

static const char *const columns[] = {
  "cap_id", "payer_id", "member_id", "rendering_npi", "period_start", "period_end", "cap", "units_used", "units_left",
  "authorized_left", "prior_auth_number", "auth_end", "last_service_date", "units_4_weeks", "runs_out_on", "status",
  "problem", NULL
};
static const char *const parameters[] = {
  "source", "max_units", "period", "caps", "authorizations", "hcpcs_codes", "counting", "columns", "schema", "dates",
  "as_of", NULL
};

enum column {
  COLUMN_CAP_ID, COLUMN_PAYER_ID, COLUMN_MEMBER_ID, COLUMN_RENDERING_NPI, COLUMN_PERIOD_START, COLUMN_PERIOD_END,
  COLUMN_CAP, COLUMN_UNITS_USED, COLUMN_UNITS_LEFT, COLUMN_AUTHORIZED_LEFT, COLUMN_PRIOR_AUTH_NUMBER, COLUMN_AUTH_END,
  COLUMN_LAST_SERVICE_DATE, COLUMN_UNITS_4_WEEKS, COLUMN_RUNS_OUT_ON, COLUMN_STATUS, COLUMN_PROBLEM
};

enum { PARAMETER_CAP = 1, DEEPEST = 4 };

/* The rows that were counted come first, then those that were told, as its own order has
** NULLs of cap_id first: told, then an authorization's, then the caps'. */
struct answer {
  struct cap_audit audit;
  struct cap_left left;
};

/* ---- the run ---- */

static void close_answer(void *result) {
  struct answer *answer = result;
  h2040_list_free(&answer->left.rows);
  h2040_cap_audit_close(&answer->audit);
  sqlite3_free(answer);
}

static int32_t today(struct cap_context *context) {
  sqlite3_stmt *statement = h2040_prepare(context->fault, context->call->db, OUR_SQL "SELECT date('now')");
  int32_t day = 0;
  if (statement && h2040_step(context->fault, statement)) {
    struct value value;
    h2040_read_value(context->fault, sqlite3_column_value(statement, 0), &value);
    h2040_read_date(&value, DATES_ISO, &day);
  }
  sqlite3_finalize(statement);
  return day;
}

static int32_t read_as_of(struct cap_context *context) {
  sqlite3_value *given = h2040_call_parameter(context->call, "as_of");
  struct value value;
  char number[NUMBER_SIZE];
  int32_t day = 0;
  if (!given) return today(context);
  h2040_read_value(context->fault, given, &value);
  if (h2040_read_date(&value, context->dates, &day) != READ) {
    h2040_fail(context->fault, "sessions_left: as_of is %s; give a day like date('now') or '2026-01-31'",
               h2040_quote(h2040_value_shown(&value, number)).z);
  }
  return day;
}

static void add_cap(void *host, size_t cap) {
  struct answer *answer = host;
  h2040_left_of_cap(&answer->left, cap); /* no_memory is seen at the end */
}

static void find_what_is_left(struct answer *answer, struct cap_context *context, struct source *source) {
  struct fault *fault = context->fault;
  struct cap_sweep *sweep = &answer->audit.sweep;
  const char *asked = h2040_cap_parameter(context, "hcpcs_codes");
  struct cap_wanted wanted = { .until = read_as_of(context), .left = true };
  h2040_cap_audit_read(&answer->audit, context, source, &wanted);
  if (fault->rc != SQLITE_OK) return;
  answer->left = (struct cap_left){
    .sweep = sweep, .index = &answer->audit.index, .asked_codes = asked ? h2040_text(asked) : TEXT(""),
    .as_of = wanted.until,
  };
  sweep->recent_from = h2040_recent_from(answer->audit.store.last_day);
  h2040_cap_audit_count(&answer->audit, context, add_cap, answer);
  if (fault->rc == SQLITE_OK) h2040_left_of_authorizations(&answer->left);
  if (fault->rc == SQLITE_OK) h2040_left_sort(&answer->left);
  h2040_cap_audit_tell(&answer->audit, context);
  if (sweep->no_memory || (fault->rc == SQLITE_OK && !h2040_sweep_sort(sweep))) h2040_fail_memory(fault);
  h2040_cap_audit_word(&answer->audit, context);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct cap_context context = { .fault = fault, .call = call, .dates = h2040_call_dates(fault, call) };
  struct source source = { 0 };
  struct answer *answer = sqlite3_malloc64(sizeof *answer);
  if (!answer) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(answer, 0, sizeof *answer);
  sqlite3_randomness(sizeof context.seed, &context.seed);
  find_what_is_left(answer, &context, &source);
  sqlite3_finalize(context.question);
  h2040_source_close(&source);
  return answer;
}

/* ---- the rows ---- */

static size_t rows(const void *result) {
  const struct answer *answer = result;
  return answer->audit.sweep.rows + answer->left.rows.count;
}

static void show_form(struct shown *shown, const struct id_numbers *numbers, uint32_t form) {
  if (form != 0) show_value(shown, &id_form(numbers, form)->value);
}

static void show_told(struct shown *shown, const struct cap_audit *audit, const struct cap_row *row, int column) {
  const struct session_line *line = row->line;
  switch (column) {
    case COLUMN_CAP_ID: if (row->cap) show_value(shown, &row->cap->cap_id); break;
    case COLUMN_PAYER_ID: show_form(shown, &audit->store.ids.payers, line->payer); break;
    case COLUMN_MEMBER_ID: show_form(shown, &audit->store.ids.members, line->member); break;
    case COLUMN_RENDERING_NPI: show_form(shown, &audit->store.ids.providers, line->provider); break;
    case COLUMN_PRIOR_AUTH_NUMBER: if (line->unreadable) show_value(shown, &line->unreadable->prior_auth_number); break;
    case COLUMN_LAST_SERVICE_DATE:
      if (line->unreadable) show_value(shown, &line->unreadable->service_date);
      else h2040_show_day(shown, line->day);
      break;
    case COLUMN_STATUS: show_static(shown, "unreadable"); break;
    case COLUMN_PROBLEM: if (row->problem) show_text(shown, h2040_text(row->problem)); break;
    default: break;
  }
}

static void show_units(struct shown *shown, int64_t units) {
  if (units != INT64_MAX) show_integer(shown, units);
}

static void show_open_day(struct shown *shown, int32_t day) {
  if (day != INT32_MIN && day != INT32_MAX) h2040_show_day(shown, day);
}

static void show_party(struct shown *shown, const struct answer *answer, const struct left_row *row, int column) {
  const struct session_ids *ids = &answer->audit.store.ids;
  const struct authorization *own = row->cap ? NULL : answer->audit.file.list.list + row->authorization - 1;
  if (own) {
    if (column == COLUMN_PAYER_ID) show_value(shown, &own->payer);
    if (column == COLUMN_MEMBER_ID) show_value(shown, &own->member);
    return;
  }
  enum cap_scope scope = row->cap->scope;
  if (column == COLUMN_CAP_ID) show_value(shown, &row->cap->cap_id);
  if (column == COLUMN_PAYER_ID) show_form(shown, &ids->payers, row->line->payer);
  if (column == COLUMN_MEMBER_ID && scope != SCOPE_PROVIDER) show_form(shown, &ids->members, row->line->member);
  if (column == COLUMN_RENDERING_NPI && scope != SCOPE_MEMBER) show_form(shown, &ids->providers, row->line->provider);
}

static void show_left(struct shown *shown, const struct answer *answer, const struct left_row *row, int column) {
  const struct authorization *a = row->authorization ? answer->audit.file.list.list + row->authorization - 1 : NULL;
  switch (column) {
    case COLUMN_PERIOD_START: show_open_day(shown, row->span.first); break;
    case COLUMN_PERIOD_END: show_open_day(shown, row->span.last); break;
    case COLUMN_CAP: if (row->cap) show_integer(shown, row->cap->max_units); break;
    case COLUMN_UNITS_USED: show_integer(shown, row->used); break;
    case COLUMN_UNITS_LEFT: if (row->cap) show_integer(shown, row->left); break;
    case COLUMN_AUTHORIZED_LEFT: show_units(shown, row->authorized_left); break;
    case COLUMN_PRIOR_AUTH_NUMBER: if (a) show_value(shown, &a->number); break;
    case COLUMN_AUTH_END: if (a) show_open_day(shown, a->last_day); break;
    case COLUMN_LAST_SERVICE_DATE: show_open_day(shown, row->last_day); break;
    case COLUMN_UNITS_4_WEEKS: show_integer(shown, row->recent); break;
    case COLUMN_RUNS_OUT_ON: show_open_day(shown, row->runs_out); break;
    case COLUMN_STATUS: show_static(shown, h2040_left_status_text(row->status)); break;
    case COLUMN_PROBLEM: break;
    default: show_party(shown, answer, row, column);
  }
}

static void show(struct fault *fault, const void *result, size_t row, int column, struct shown *shown) {
  const struct answer *answer = result;
  const struct cap_sweep *sweep = &answer->audit.sweep;
  (void)fault;
  if (row < sweep->rows) show_told(shown, &answer->audit, sweep->row + row, column);
  else show_left(shown, answer, (const struct left_row *)answer->left.rows.items + (row - sweep->rows), column);
}

static const struct table_function sessions_left = {
  .name = "sessions_left",
  .columns = columns,
  .parameters = parameters,
  .takes_null = 1 << PARAMETER_CAP,
  .column_for = { .column = COLUMN_CAP, .parameter = PARAMETER_CAP },
  .deepest = DEEPEST,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_answer,
};

void h2040_register_sessions_left(struct fault *fault, sqlite3 *db) {
  h2040_register_table_function(fault, db, &sessions_left, NULL, NULL);
}
