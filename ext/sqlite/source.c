/* See source.h. */
#include "source.h"
#include "../billing/json.h"
#include "../billing/quote.h"
#include "../billing/set.h"

#include <string.h>

static char *copy(struct fault *fault, const char *text) {
  if (fault->rc != SQLITE_OK || !text) return NULL;
  char *z = sqlite3_mprintf("%s", text);
  if (!z) h2040_fail_memory(fault);
  return z;
}

static bool type_says(const char *type, const char *word) {
  size_t n = strlen(word);
  for (; *type; type++) {
    if (sqlite3_strnicmp(type, word, (int)n) == 0) return true;
  }
  return false;
}

/* As section 3.1 of SQLite's "Datatypes" has it. */
static enum affinity affinity_of(const char *type) {
  if (!type || !*type) return AFFINITY_NONE;
  if (type_says(type, "INT")) return AFFINITY_NUMBER;
  if (type_says(type, "CHAR") || type_says(type, "CLOB") || type_says(type, "TEXT")) return AFFINITY_TEXT;
  return type_says(type, "BLOB") ? AFFINITY_NONE : AFFINITY_NUMBER;
}

/* "did you mean": the nearest name of a table or view of the schema. */
static void no_such_source(struct source *source, struct fault *fault, sqlite3 *db) {
  sqlite3_str *sql = sqlite3_str_new(db);
  if (source->schema) sqlite3_str_appendf(sql, "SELECT name FROM \"%w\".sqlite_master", source->schema);
  else sqlite3_str_appendall(sql, "SELECT name FROM sqlite_temp_master UNION ALL SELECT name FROM main.sqlite_master");
  sqlite3_stmt *names = h2040_prepare_built(fault, db, sql);
  char *near = NULL;
  while (names && h2040_step(fault, names)) {
    const char *name = h2040_value_text(fault, sqlite3_column_value(names, 0));
    if (!name || !h2040_nearest(h2040_text(source->name), &name, 1)) continue;
    near = copy(fault, name);
    break;
  }
  const char *dot = source->schema ? NULL : strchr(source->name, '.');
  h2040_fail(fault, "%s: there is no table or view '%s'%s%s%s%s%s%s%s", source->function, source->name,
             source->schema ? " in schema '" : "", source->schema ? source->schema : "", source->schema ? "'" : "",
             near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "",
             dot ? "; a schema is given by itself, as in schema = 'main'" : "");
  sqlite3_free(near);
  sqlite3_finalize(names);
}

/* SQLite has a word for this, too, but one that names neither who asks nor what
** there is. */
static void check_schema(const struct source *source, struct fault *fault, sqlite3 *db) {
  sqlite3_stmt *list = h2040_prepare(fault, db,
    "SELECT max(name = ?1 COLLATE NOCASE), group_concat(name, ', ')"
    " FROM (SELECT 'main' AS name UNION SELECT 'temp' UNION SELECT name FROM pragma_database_list)");
  h2040_bind_text(fault, list, 1, source->schema);
  if (h2040_step(fault, list) && !sqlite3_column_int(list, 0)) {
    h2040_fail(fault, "%s: there is no schema %s; give one of %s", source->function,
               h2040_quote(h2040_text(source->schema)).z, (const char *)sqlite3_column_text(list, 1));
  }
  sqlite3_finalize(list);
}

static void read_columns(struct source *source, struct fault *fault, sqlite3 *db) {
  /* Hidden columns (1) are the parameters of table-valued functions; generated
  ** ones (2, 3) are columns like any other. */
  sqlite3_stmt *list = h2040_prepare(fault, db,
    "SELECT name, type FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1");
  if (!list) return;
  h2040_bind_text(fault, list, 1, source->name);
  h2040_bind_text(fault, list, 2, source->schema);
  while (h2040_step(fault, list)) {
    size_t count = (size_t)source->column_count + 1;
    char **grown = sqlite3_realloc64(source->column, sizeof *grown * count);
    if (grown) source->column = grown;
    enum affinity *wider = sqlite3_realloc64(source->affinity, sizeof *wider * count);
    if (wider) source->affinity = wider;
    if (!grown || !wider) {
      h2040_fail_memory(fault);
      break;
    }
    source->affinity[source->column_count] = affinity_of((const char *)sqlite3_column_text(list, 1));
    char *name = copy(fault, (const char *)sqlite3_column_text(list, 0));
    if (!name) h2040_fail_memory(fault);
    else source->column[source->column_count++] = name;
  }
  sqlite3_finalize(list);
  if (source->column_count == 0) no_such_source(source, fault, db);
}

static int find(const char *const *names, int count, struct text name) {
  for (int i = 0; i < count; i++) {
    if (h2040_same(h2040_text(names[i]), name)) return i;
  }
  return -1;
}

static void match_by_name(struct source *source, struct fault *fault) {
  if (fault->rc != SQLITE_OK) return;
  source->mapped = sqlite3_malloc64(sizeof(int) * (size_t)source->our_count);
  if (!source->mapped) {
    h2040_fail_memory(fault);
    return;
  }
  for (int our = 0; our < source->our_count; our++) {
    int column = find((const char *const *)source->column, source->column_count, h2040_text(source->ours[our]));
    source->mapped[our] = column >= 0 ? column : COLUMN_ABSENT;
  }
}

/* seen: our names that were mapped already, a set. */
static void map_one(struct source *source, struct fault *fault, struct set *seen, struct text our_name,
                    const struct json_value *column) {
  static const char *const types[] = { "null", "boolean", "integer", "real", "text", "array", "object" };
  int our = find(source->ours, source->our_count, our_name);
  if (our < 0) {
    const char *near = h2040_nearest(our_name, source->ours, source->our_count);
    h2040_fail(fault, "%s: columns maps %s, which is not a name of ours%s%s%s", source->function,
               h2040_quote(our_name).z, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
    return;
  }
  if (set_has(*seen, our)) {
    h2040_fail(fault, "%s: columns maps %s twice", source->function, source->ours[our]);
    return;
  }
  set_add(seen, our);
  if (column->type == JSON_NULL) {
    source->mapped[our] = COLUMN_WAIVED;
    return;
  }
  if (column->type != JSON_TEXT) {
    h2040_fail(fault, "%s: columns maps %s to a JSON %s; give the name of a column in quotes, or null where there is none",
               source->function, source->ours[our], types[column->type]);
    return;
  }
  int found = find((const char *const *)source->column, source->column_count, column->text);
  if (found < 0) {
    const char *near = h2040_nearest(column->text, (const char *const *)source->column, source->column_count);
    h2040_fail(fault, "%s: columns maps %s to %s, but '%s' has no such column%s%s%s", source->function,
               source->ours[our], h2040_quote(column->text).z, source->name, near ? " (did you mean '" : "",
               near ? near : "", near ? "'?)" : "");
    return;
  }
  source->mapped[our] = found;
}

static void map_columns(struct source *source, struct fault *fault, const char *columns) {
  struct json_document document;
  struct json_problem problem;
  struct json_value top, column;
  struct text our_name;
  struct set seen = SET_INIT0;
  if (!columns) return;
  enum json_reading reading = h2040_json_open(&document, h2040_text(columns), &top, &problem);
  if (reading == JSON_NO_MEMORY) {
    h2040_fail_memory(fault);
  } else if (reading == JSON_MALFORMED || top.type != JSON_OBJECT) {
    h2040_fail(fault, "%s: columns is not a JSON object: %.60s; write it like {\"member_id\": \"patient_no\"}",
               source->function, columns);
  } else {
    struct json_cursor members = h2040_json_enter(&document, &top);
    while (fault->rc == SQLITE_OK && h2040_json_next(&members, &our_name, &column)) {
      map_one(source, fault, &seen, our_name, &column);
    }
  }
  h2040_json_close(&document);
}

void h2040_source_open(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                       const char *schema, const char *name, const char *columns,
                       const char *const *ours, int our_count) {
  *source = (struct source){ .function = function, .ours = ours, .our_count = our_count };
  source->schema = copy(fault, schema);
  source->name = copy(fault, name);
  if (source->schema) check_schema(source, fault, db);
  if (fault->rc == SQLITE_OK) read_columns(source, fault, db);
  match_by_name(source, fault);
  if (fault->rc == SQLITE_OK) map_columns(source, fault, columns);
}

void h2040_source_close(struct source *source) {
  for (int i = 0; i < source->column_count; i++) sqlite3_free(source->column[i]);
  sqlite3_free(source->column);
  sqlite3_free(source->affinity);
  sqlite3_free(source->mapped);
  sqlite3_free(source->schema);
  sqlite3_free(source->name);
  *source = (struct source){ 0 };
}

/* A name of the rowid that no column hides. */
static const char *rowid_name(const struct source *source) {
  static const char *const names[] = { "rowid", "_rowid_", "oid" };
  for (int i = 0; i < 3; i++) {
    if (find((const char *const *)source->column, source->column_count, h2040_text(names[i])) < 0) return names[i];
  }
  return NULL;
}

const char *h2040_source_rowid(const struct source *source, struct fault *fault, sqlite3 *db) {
  const char *name = rowid_name(source);
  struct fault none = { 0 };
  if (!name) return NULL;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, "SELECT s.%s", name);
  h2040_source_append_from(source, sql);
  sqlite3_finalize(h2040_prepare_built(&none, db, sql));
  sqlite3_free(none.message);
  if (none.rc == SQLITE_NOMEM) h2040_fail_memory(fault);
  return none.rc == SQLITE_OK ? name : NULL;
}

void h2040_source_append_column(const struct source *source, sqlite3_str *sql, int our) {
  sqlite3_str_appendf(sql, "s.\"%w\"", source_column(source, our));
}

void h2040_source_append_from(const struct source *source, sqlite3_str *sql) {
  sqlite3_str_appendall(sql, " FROM ");
  if (source->schema) sqlite3_str_appendf(sql, "\"%w\".", source->schema);
  sqlite3_str_appendf(sql, "\"%w\" AS s", source->name);
}
