/* See authorization_table.h. */
#include "authorization_table.h"

#include "../billing/authorization.h"
#include "../billing/quote.h"

enum {
  NUMBER, PAYER, MEMBER, CODES, START, END, AUTHORIZED_UNITS, REQUIRED_COLUMNS, MODIFIERS = REQUIRED_COLUMNS,
  AUTHORIZATION_COLUMNS
};

static const char *const authorization_columns[AUTHORIZATION_COLUMNS] = {
  "prior_auth_number", "payer_id", "member_id", "hcpcs_codes", "start_date", "end_date", "units", "modifiers",
};

struct reading_authorization {
  struct cap_context *context;
  const struct source *table;
  struct session_ids *ids;
  struct authorization_file *file;
  sqlite3_stmt *row;
  sqlite3_str *problem;
};

static struct value read_column(struct reading_authorization *r, int column) {
  struct value value;
  h2040_read_value(r->context->fault, sqlite3_column_value(r->row, column), &value);
  return value;
}

/* Why a column cannot be read. */
static void append_problem(struct reading_authorization *r, int column, const char *remedy) {
  struct value value = read_column(r, column);
  char number[NUMBER_SIZE];
  const char *text = value.kind == VALUE_NULL ? "NULL" : h2040_quote(h2040_value_shown(&value, number)).z;
  sqlite3_str_appendf(r->problem, "%s%s is %s; give %s", sqlite3_str_length(r->problem) > 0 ? "; " : "",
                      authorization_columns[column], text, remedy);
}

static void read_day(struct reading_authorization *r, int column, int32_t *day) {
  struct value value = read_column(r, column);
  if (h2040_read_date(&value, r->context->dates, day) == UNREADABLE) append_problem(r, column, "a day as YYYY-MM-DD");
}

static void read_units(struct reading_authorization *r, struct authorization *a) {
  struct value value = read_column(r, AUTHORIZED_UNITS);
  enum reading reading = h2040_read_whole_number(&value, &a->units);
  a->unlimited = reading == BLANK;
  if (reading == UNREADABLE || (reading == READ && a->units < 0)) {
    append_problem(r, AUTHORIZED_UNITS, "a whole number, 0 or more, or NULL for unlimited");
  }
}

static struct value read_id(struct reading_authorization *r, int column, enum collation collation) {
  struct value value = read_column(r, column);
  if (h2040_value_blank(&value)) return (struct value){ 0 };
  if (collation != COLLATION_RTRIM && h2040_id_spaced(&value)) {
    append_problem(r, column, "it without the white space around it");
  }
  return h2040_cap_keep(r->context, sqlite3_column_value(r->row, column));
}

static struct text read_list(struct reading_authorization *r, int column) {
  struct value value = read_column(r, column);
  if (h2040_value_blank(&value)) return TEXT("");
  return h2040_cap_keep_text(r->context, sqlite3_column_value(r->row, column));
}

/* ---- those that cannot be read ---- */

static uint32_t number_id(struct reading_authorization *r, struct id_numbers *numbers, int column) {
  struct value value = read_column(r, column);
  if (value.kind == VALUE_NULL) return 0;
  uint32_t form = h2040_id_form(numbers, &value, h2040_value_blank(&value) ? NULL : &value);
  if (form == 0) h2040_fail_memory(r->context->fault);
  return form;
}

static void keep_unreadable(struct reading_authorization *r, const char *problem) {
  static const struct session_kind no_kind = { 0 };
  struct cap_context *context = r->context;
  struct session_line *line = h2040_cap_take(context, sizeof *line);
  struct unreadable_line *unreadable = h2040_cap_take(context, sizeof *unreadable);
  struct session_line **kept = h2040_list_add(&r->file->unreadable, sizeof *kept);
  if (!kept) h2040_fail_memory(context->fault);
  if (context->fault->rc != SQLITE_OK) return;
  *unreadable = (struct unreadable_line){
    .units = h2040_cap_keep(context, sqlite3_column_value(r->row, AUTHORIZED_UNITS)),
    .prior_auth_number = h2040_cap_keep(context, sqlite3_column_value(r->row, NUMBER)),
    .problem = h2040_cap_keep_words(context, sqlite3_mprintf("authorization in %s: %s", r->table->name, problem)),
  };
  *line = (struct session_line){
    .kind = &no_kind, .payer = number_id(r, &r->ids->payers, PAYER), .member = number_id(r, &r->ids->members, MEMBER),
    .unreadable = unreadable,
  };
  *kept = line;
}

/* ---- all of them ---- */

/* Does any cap look at one of its codes? */
static bool codes_matter(const struct cap_index *index, struct text codes) {
  struct text code;
  if (codes.n == 0 || !index->by_code || h2040_list_has(codes, TEXT("*"))) return true;
  while (h2040_next_member(&codes, &code)) {
    const uint64_t *caps = h2040_caps_of_code(index, code);
    for (size_t word = 0; word < cap_words(index->caps); word++) {
      if (caps[word]) return true;
    }
  }
  return false;
}

static void keep_codes(struct reading_authorization *r, struct text codes) {
  struct text code;
  r->file->every_code |= codes.n == 0;
  while (h2040_next_member(&codes, &code)) {
    char upper_case[6] = "";
    if (h2040_same(code, TEXT("*"))) r->file->every_code = true;
    if (code.n >= sizeof upper_case) continue;
    for (size_t i = 0; i < code.n; i++) upper_case[i] = upper(code.z[i]);
    struct value value = value_of_text((struct text){ upper_case, code.n });
    if (h2040_id_form(&r->file->codes, &value, &value) == 0) h2040_fail_memory(r->context->fault);
  }
}

bool h2040_authorized_code(const struct authorization_file *file, struct text code) {
  struct value value = value_of_text(code);
  return file->every_code || h2040_id_known(&file->codes, &value) != 0;
}

static void read_authorization(struct reading_authorization *r, const struct cap_index *index) {
  const struct authorization_collations *collation = &r->file->list.collation;
  struct fault *fault = r->context->fault;
  struct authorization a = { .first_day = INT32_MIN, .last_day = INT32_MAX };
  r->problem = sqlite3_str_new(r->context->call->db);
  a.hcpcs_codes = read_list(r, CODES);
  if (!h2040_lists_codes(a.hcpcs_codes, true)) {
    append_problem(r, CODES, "procedure codes like 'H2040 H2014', or NULL or * for any");
    a.hcpcs_codes = TEXT("");
  }
  a.modifiers = read_list(r, MODIFIERS);
  a.number = read_id(r, NUMBER, collation->number);
  a.payer = read_id(r, PAYER, collation->payer);
  a.member = read_id(r, MEMBER, collation->member);
  if (a.member.kind == VALUE_NULL) append_problem(r, MEMBER, "the member's");
  read_day(r, START, &a.first_day);
  read_day(r, END, &a.last_day);
  read_units(r, &a);
  char *problem = h2040_finish(fault, r->problem);
  keep_codes(r, a.hcpcs_codes);
  bool matters = fault->rc == SQLITE_OK && codes_matter(index, a.hcpcs_codes);
  if (fault->rc == SQLITE_OK && problem && matters) keep_unreadable(r, problem);
  if (fault->rc == SQLITE_OK && !problem) {
    if (!h2040_authorizations_add(&r->file->list, &a)) h2040_fail_memory(fault);
    r->file->limited |= matters && !a.unlimited;
    r->file->across_payers |= matters && !a.unlimited && a.payer.kind == VALUE_NULL;
  }
  sqlite3_free(problem);
}

static enum collation laxer(enum collation a, enum collation b) {
  return a > b ? a : b;
}

static void compare_columns(struct cap_context *context, const struct source *lines, const struct source *table,
                            struct authorization_file *file) {
  sqlite3 *db = context->call->db;
  enum collation payer = h2040_source_collation(lines, db, FIELD_PAYER_ID);
  enum collation member = h2040_source_collation(lines, db, FIELD_MEMBER_ID);
  struct authorization_collations *c = &file->list.collation;
  c->payer = laxer(payer, h2040_source_collation(table, db, PAYER));
  c->member = laxer(member, h2040_source_collation(table, db, MEMBER));
  c->number = laxer(h2040_source_collation(lines, db, FIELD_PRIOR_AUTH_NUMBER),
                    h2040_source_collation(table, db, NUMBER));
  /* What is one to the authorizations may be two to the lines. */
  file->across_payers = c->payer != payer;
  file->across_members = c->member != member;
}

static void read_file(struct cap_context *context, const struct source *lines, const struct source *table,
                      const struct cap_index *index, struct session_ids *ids, struct authorization_file *file) {
  struct reading_authorization r = { .context = context, .table = table, .ids = ids, .file = file };
  file->there = true;
  file->list.seed = context->seed;
  file->codes = (struct id_numbers){ .arena = context->arena, .seed = context->seed };
  compare_columns(context, lines, table, file);
  r.row = h2040_cap_rows(context, table, "");
  while (h2040_step(context->fault, r.row)) read_authorization(&r, index);
  sqlite3_finalize(r.row);
  file->across_payers = file->across_payers && file->limited;
  file->across_members = file->across_members && file->limited;
  if (context->fault->rc != SQLITE_OK) return;
  if (!h2040_authorizations_index(&file->list, h2040_cap_proceed, context)) h2040_fail_memory(context->fault);
}

void h2040_read_authorizations(struct cap_context *context, const struct source *lines, const struct cap_index *index,
                               struct session_ids *ids, struct authorization_file *file) {
  const char *given = h2040_cap_parameter(context, "authorizations");
  const char *name = given ? given : "prior_authorization";
  struct source table = { 0 };
  *file = (struct authorization_file){ 0 };
  if (context->fault->rc != SQLITE_OK || !*name) return;
  const char *schema = given ? h2040_cap_parameter(context, "schema") : h2040_cap_default(context, lines, name);
  if (!given && !schema) return;
  h2040_cap_open(context, &table, schema, name, authorization_columns, AUTHORIZATION_COLUMNS, REQUIRED_COLUMNS);
  if (context->fault->rc == SQLITE_OK) read_file(context, lines, &table, index, ids, file);
  h2040_source_close(&table);
}

void h2040_authorization_file_close(struct authorization_file *file) {
  h2040_authorizations_free(&file->list);
  h2040_id_numbers_free(&file->codes);
  h2040_list_free(&file->unreadable);
}
