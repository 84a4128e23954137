/* See cap_context.h. */
#include "cap_context.h"

#include <string.h>

bool h2040_cap_proceed(void *host) {
  struct cap_context *context = host;
  /* sqlite3_is_interrupted came with 3.41, and asks no progress handler: so a
  ** statement is stepped, which hears of both. */
  if (!context->question) context->question = h2040_prepare(context->fault, context->call->db, OUR_SQL "SELECT 1");
  if (!context->question) return false;
  h2040_step(context->fault, context->question);
  sqlite3_reset(context->question);
  return context->fault->rc == SQLITE_OK;
}

void *h2040_cap_take(struct cap_context *context, size_t size) {
  void *taken = h2040_arena_take(context->arena, size);
  if (!taken) h2040_fail_memory(context->fault);
  return taken;
}

struct value h2040_cap_keep(struct cap_context *context, sqlite3_value *from) {
  struct value value;
  h2040_read_value(context->fault, from, &value);
  if (h2040_value_keep(&value, context->arena)) return value;
  h2040_fail_memory(context->fault);
  return (struct value){ 0 };
}

struct text h2040_cap_keep_text(struct cap_context *context, sqlite3_value *from) {
  struct value value = value_of_text(h2040_text_of(context->fault, from));
  if (value.size > 0 && h2040_value_keep(&value, context->arena)) return value_bytes(&value);
  if (value.size > 0) h2040_fail_memory(context->fault);
  return TEXT("");
}

const char *h2040_cap_keep_words(struct cap_context *context, char *words) {
  struct value value = { .kind = VALUE_TEXT, .bytes = words };
  if (words) value.size = (uint32_t)strlen(words) + 1;
  if (!words || !h2040_value_keep(&value, context->arena)) h2040_fail_memory(context->fault);
  sqlite3_free(words);
  return context->fault->rc == SQLITE_OK ? value.bytes : NULL;
}

const char *h2040_cap_parameter(struct cap_context *context, const char *name) {
  sqlite3_value *value = h2040_call_parameter(context->call, name);
  return value ? h2040_value_text(context->fault, value) : NULL;
}

static bool stands_in(struct cap_context *context, const char *schema, const char *name) {
  if (context->fault->rc != SQLITE_OK) return false;
  sqlite3_str *sql = sqlite3_str_new(context->call->db);
  sqlite3_str_appendf(sql, "PRAGMA \"%w\".table_xinfo(\"%w\")", schema, name);
  sqlite3_stmt *list = h2040_prepare_built(context->fault, context->call->db, sql);
  bool found = list && h2040_step(context->fault, list);
  sqlite3_finalize(list);
  return found;
}

const char *h2040_cap_default(struct cap_context *context, const struct source *lines, const char *name) {
  const char *asked = h2040_cap_parameter(context, "schema");
  if (asked) return stands_in(context, asked, name) ? asked : NULL;
  const char *const schema[] = { "temp", "main", lines->schema };
  for (int i = 0; i < 3; i++) {
    if (schema[i] && stands_in(context, schema[i], name)) return schema[i];
  }
  return NULL;
}

void h2040_cap_open(struct cap_context *context, struct source *table, const char *schema, const char *name,
                    const char *const *columns, int count, int required) {
  struct fault *fault = context->fault;
  *table = (struct source){ 0 };
  if (fault->rc != SQLITE_OK) return;
  h2040_source_open(table, fault, context->call->db, context->call->function->name, schema, name, (struct text){ 0 },
                    columns, count);
  for (int i = 0; i < required && fault->rc == SQLITE_OK; i++) {
    if (source_has(table, i)) continue;
    const char *near = h2040_nearest(h2040_text(columns[i]), (const char *const *)table->column, table->column_count);
    h2040_fail(fault, "%s: '%s' has no column %s%s%s%s; add it, or give a view that has it (NULL where it says nothing)",
               context->call->function->name, table->name, columns[i], near ? " (did you mean its column '" : "",
               near ? near : "", near ? "'?)" : "");
  }
}

sqlite3_stmt *h2040_cap_rows(struct cap_context *context, const struct source *table, const char *order) {
  if (context->fault->rc != SQLITE_OK) return NULL;
  sqlite3_str *sql = sqlite3_str_new(context->call->db);
  for (int i = 0; i < table->our_count; i++) {
    sqlite3_str_appendall(sql, i == 0 ? OUR_SQL "SELECT " : ", ");
    if (source_has(table, i)) h2040_source_append_column(table, sql, i);
    else sqlite3_str_appendall(sql, "NULL");
  }
  h2040_source_append_from(table, sql);
  sqlite3_str_appendall(sql, order);
  return h2040_prepare_built(context->fault, context->call->db, sql);
}
