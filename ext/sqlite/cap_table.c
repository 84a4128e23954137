/* See cap_table.h. */
#include "cap_table.h"

enum {
  CAP_ID, PAYER, CODES, MAX_UNITS, PERIOD, SCOPE, EFFECTIVE_FROM, EFFECTIVE_TO, REQUIRED_COLUMNS,
  MODIFIERS = REQUIRED_COLUMNS, ONE_OF_MODIFIERS, WITHOUT_MODIFIERS, AGE_FROM, AGE_TO, AUTHORIZABLE, CAP_COLUMNS
};

static const char *const cap_columns[CAP_COLUMNS] = {
  "cap_id", "payer_id", "hcpcs_codes", "max_units", "period", "scope", "effective_from", "effective_to",
  "modifiers", "one_of_modifiers", "without_modifiers", "age_from", "age_to", "authorizable",
};

static const struct session_cap open_cap = {
  .age_from = -1, .age_to = -1, .authorizable = true, .effective_from = INT32_MIN, .effective_to = INT32_MAX,
};

/* ---- the one that is asked for ---- */

static void take_one_cap(struct cap_context *context, sqlite3_value *given, struct cap_index *index) {
  struct fault *fault = context->fault;
  const char *function = context->call->function->name;
  const char *period = h2040_cap_parameter(context, "period");
  struct session_cap *cap = h2040_cap_take(context, sizeof *cap);
  struct value value;
  char number[NUMBER_SIZE];
  if (!cap) return;
  *cap = open_cap;
  h2040_read_value(fault, given, &value);
  if (value.kind == VALUE_NULL) {
    h2040_fail(fault, "%s: cap is NULL; leave it out to use the caps of session_cap, or give a whole number of units, "
                      "0 or more", function);
  } else if (h2040_read_whole_number(&value, &cap->max_units) != READ || cap->max_units < 0) {
    struct text text = h2040_value_shown(&value, number);
    h2040_fail(fault, "%s: cap is '%.*s'; give a whole number of units, 0 or more", function,
               (int)(text.n < 60 ? text.n : 60), text.z);
  } else if (!h2040_read_cap_period(h2040_text(period ? period : "year"), &cap->period)) {
    h2040_fail(fault, "%s: period is '%.60s'; give " H2040_CAP_PERIODS, function, period);
  }
  index->cap = cap;
  index->caps = 1;
}

/* ---- the rows of a table ---- */

struct cap_reading {
  struct cap_context *context;
  const struct source *table;
  sqlite3_stmt *row;
};

static void fail_cap(struct cap_reading *r, int column, const char *remedy) {
  struct fault *fault = r->context->fault;
  const char *id = h2040_value_text(fault, sqlite3_column_value(r->row, CAP_ID));
  const char *text = h2040_value_text(fault, sqlite3_column_value(r->row, column));
  const char *quote = text ? "'" : "";
  h2040_fail(fault, "%s: cap '%.60s' of %s has %s %s%.60s%s; give %s", r->context->call->function->name,
             id ? id : "NULL", r->table->name, cap_columns[column], quote, text ? text : "NULL", quote, remedy);
}

static struct value read_column(struct cap_reading *r, int column) {
  struct value value;
  h2040_read_value(r->context->fault, sqlite3_column_value(r->row, column), &value);
  return value;
}

static void read_day(struct cap_reading *r, int column, int32_t *day) {
  struct value value = read_column(r, column);
  if (h2040_read_date(&value, r->context->dates, day) == UNREADABLE) {
    fail_cap(r, column, "a day as YYYY-MM-DD, or NULL");
  }
}

static struct text read_modifiers(struct cap_reading *r, int column) {
  struct value value = read_column(r, column);
  if (h2040_value_blank(&value)) return TEXT("");
  struct text list = h2040_cap_keep_text(r->context, sqlite3_column_value(r->row, column));
  struct text rest = list;
  struct text one;
  while (h2040_next_member(&rest, &one)) {
    if (one.n == 2 && is_alnum(one.z[0]) && is_alnum(one.z[1])) continue;
    fail_cap(r, column, "modifiers of two letters or digits, like 'HP HO', or NULL");
  }
  return list;
}

static int32_t read_age(struct cap_reading *r, int column) {
  enum { OLDEST = 200 };
  struct value value = read_column(r, column);
  int64_t age = -1;
  enum reading reading = h2040_read_whole_number(&value, &age);
  if (reading == BLANK) return -1;
  if (reading == READ && age >= 0 && age <= OLDEST) return (int32_t)age;
  fail_cap(r, column, "an age in years, or NULL");
  return -1;
}

static bool read_authorizable(struct cap_reading *r) {
  struct value value = read_column(r, AUTHORIZABLE);
  int64_t number = 1;
  enum reading reading = h2040_read_whole_number(&value, &number);
  if (reading == UNREADABLE || (reading == READ && number != 0 && number != 1)) {
    fail_cap(r, AUTHORIZABLE, "1, or 0 where no authorization lifts the cap");
  }
  return reading == BLANK || number != 0;
}

static uint32_t read_payer(struct cap_reading *r, struct cap_index *index) {
  struct value payer = read_column(r, PAYER);
  if (h2040_value_blank(&payer)) return 0;
  if (h2040_id_spaced(&payer)) fail_cap(r, PAYER, "it without the white space around it");
  uint32_t number = h2040_cap_payer(index, &payer);
  if (number == 0) h2040_fail_memory(r->context->fault);
  return number;
}

static struct text read_codes(struct cap_reading *r) {
  struct value value = read_column(r, CODES);
  struct text codes = TEXT("");
  if (!h2040_value_blank(&value)) codes = h2040_cap_keep_text(r->context, sqlite3_column_value(r->row, CODES));
  if (!h2040_lists_codes(codes, true)) {
    fail_cap(r, CODES, "procedure codes like 'H2040 H2014', * for every line, or NULL");
  }
  return codes;
}

static void read_cap(struct cap_reading *r, struct cap_index *index, struct session_cap *cap) {
  char number[NUMBER_SIZE];
  *cap = open_cap;
  cap->cap_id = h2040_cap_keep(r->context, sqlite3_column_value(r->row, CAP_ID));
  cap->payer = read_payer(r, index);
  cap->hcpcs_codes = read_codes(r);
  struct value value = read_column(r, MAX_UNITS);
  if (h2040_read_whole_number(&value, &cap->max_units) != READ || cap->max_units < 0) {
    fail_cap(r, MAX_UNITS, "a whole number of units, 0 or more");
  }
  value = read_column(r, PERIOD);
  if (!h2040_read_cap_period(h2040_value_shown(&value, number), &cap->period)) fail_cap(r, PERIOD, H2040_CAP_PERIODS);
  value = read_column(r, SCOPE);
  if (!h2040_value_blank(&value) && !h2040_read_cap_scope(h2040_value_shown(&value, number), &cap->scope)) {
    fail_cap(r, SCOPE, H2040_CAP_SCOPES);
  }
  read_day(r, EFFECTIVE_FROM, &cap->effective_from);
  read_day(r, EFFECTIVE_TO, &cap->effective_to);
  if (cap->effective_to < cap->effective_from) fail_cap(r, EFFECTIVE_TO, "a day not before its effective_from, or NULL");
  cap->modifiers = read_modifiers(r, MODIFIERS);
  cap->one_of_modifiers = read_modifiers(r, ONE_OF_MODIFIERS);
  cap->without_modifiers = read_modifiers(r, WITHOUT_MODIFIERS);
  cap->age_from = read_age(r, AGE_FROM);
  cap->age_to = read_age(r, AGE_TO);
  if (cap->age_to >= 0 && cap->age_to < cap->age_from) fail_cap(r, AGE_TO, "an age not below its age_from, or NULL");
  cap->authorizable = read_authorizable(r);
}

static struct session_cap *one_more(struct cap_context *context, struct cap_index *index, size_t *room) {
  if (index->caps == *room) {
    size_t wider = *room > 0 ? *room * 2 : 8;
    struct session_cap *cap = h2040_cap_take(context, wider * sizeof *cap);
    if (!cap) return NULL;
    for (size_t i = 0; i < index->caps; i++) cap[i] = index->cap[i];
    index->cap = cap;
    *room = wider;
  }
  return index->cap + index->caps;
}

static void read_rows(struct cap_context *context, const struct source *table, struct cap_index *index) {
  struct cap_reading r = { context, table, h2040_cap_rows(context, table, " ORDER BY 1 COLLATE BINARY") };
  size_t room = 0;
  while (h2040_step(context->fault, r.row)) {
    struct session_cap *cap = one_more(context, index, &room);
    if (!cap) break;
    read_cap(&r, index, cap);
    if (context->fault->rc != SQLITE_OK) break;
    if (index->caps > 0) cap->rank = cap[-1].rank + !h2040_value_same(&cap[-1].cap_id, &cap->cap_id);
    index->caps++;
  }
  sqlite3_finalize(r.row);
}

static void take_table(struct cap_context *context, const struct source *lines, bool optional, struct cap_index *index) {
  struct fault *fault = context->fault;
  const char *function = context->call->function->name;
  const char *given = h2040_cap_parameter(context, "caps");
  const char *name = given ? given : "session_cap";
  struct source table = { 0 };
  if (h2040_cap_parameter(context, "period")) {
    h2040_fail(fault, "%s: period is given without cap; give cap too, or leave period out: each row of %s has its own",
               function, name);
  }
  const char *schema = given ? h2040_cap_parameter(context, "schema") : h2040_cap_default(context, lines, name);
  if (!given && !schema && optional && h2040_cap_default(context, lines, "prior_authorization")) return;
  if (!given && !schema) {
    h2040_fail(fault, "%s: there is no cap: give cap a whole number of units, or name the table of caps in caps (there "
                      "is no session_cap)", function);
  }
  h2040_cap_open(context, &table, schema, name, cap_columns, CAP_COLUMNS, REQUIRED_COLUMNS);
  if (fault->rc == SQLITE_OK) {
    enum collation ours = h2040_source_collation(lines, context->call->db, FIELD_PAYER_ID);
    enum collation theirs = h2040_source_collation(&table, context->call->db, PAYER);
    index->payers.collation = ours > theirs ? ours : theirs;
    read_rows(context, &table, index);
  }
  h2040_source_close(&table);
}

void h2040_read_caps(struct cap_context *context, const struct source *lines, bool optional, struct cap_index *index) {
  sqlite3_value *cap = h2040_call_parameter(context->call, "max_units");
  const char *asked = h2040_cap_parameter(context, "hcpcs_codes");
  *index = (struct cap_index){ .arena = context->arena, .payers = { .arena = context->arena, .seed = context->seed } };
  if (context->fault->rc != SQLITE_OK) return;
  if (cap) take_one_cap(context, cap, index);
  else take_table(context, lines, optional, index);
  if (context->fault->rc != SQLITE_OK) return;
  if (!h2040_cap_index(index, asked, !source_has(lines, FIELD_HCPCS_CODE))) h2040_fail_memory(context->fault);
}
