/* See source.h. */
#include "source.h"
#include "../billing/column_name.h"
#include "../billing/json.h"
#include "../billing/quote.h"

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
  if (!type || !*type || sqlite3_stricmp(type, "ANY") == 0) return AFFINITY_NONE;
  if (type_says(type, "INT")) return AFFINITY_NUMBER;
  if (type_says(type, "CHAR") || type_says(type, "CLOB") || type_says(type, "TEXT")) return AFFINITY_TEXT;
  return type_says(type, "BLOB") ? AFFINITY_NONE : AFFINITY_NUMBER;
}

/* --- where it is, and which columns it has -------------------------------- */

/* "did you mean": the nearest name of a table or view of the schema. */
static char *near_source(const struct source *source, struct fault *fault, sqlite3 *db, const char *schema) {
  sqlite3_str *sql = sqlite3_str_new(db);
  if (schema) sqlite3_str_appendf(sql, "SELECT name FROM \"%w\".sqlite_master", schema);
  else sqlite3_str_appendall(sql, "SELECT name FROM sqlite_temp_master UNION ALL SELECT name FROM main.sqlite_master");
  sqlite3_stmt *names = h2040_prepare_built(fault, db, sql);
  char *near = NULL;
  while (names && !near && h2040_step(fault, names)) {
    const char *name = h2040_value_text(fault, sqlite3_column_value(names, 0));
    if (name && h2040_nearest(h2040_text(source->name), &name, 1)) near = copy(fault, name);
  }
  sqlite3_finalize(names);
  return near;
}

static void no_such_source(const struct source *source, struct fault *fault, sqlite3 *db, const char *schema) {
  char *near = near_source(source, fault, db, schema);
  bool dotted = !schema && strchr(source->name, '.');
  h2040_fail(fault, "%s: there is no table or view '%s'%s%s%s%s%s%s%s", source->function, source->name,
             schema ? " in schema '" : "", schema ? schema : "", schema ? "'" : "", near ? " (did you mean '" : "",
             near ? near : "", near ? "'?)" : "",
             dotted ? "; a schema is given by itself, as in schema = 'main'" : "");
  sqlite3_free(near);
}

static void add_column(struct source *source, struct fault *fault, const char *name, const char *type) {
  size_t count = (size_t)source->column_count + 1;
  char **grown = sqlite3_realloc64(source->column, sizeof *grown * count);
  if (grown) source->column = grown;
  enum affinity *wider = sqlite3_realloc64(source->affinity, sizeof *wider * count);
  if (wider) source->affinity = wider;
  char *copied = grown && wider && name ? copy(fault, name) : NULL;
  if (!copied) {
    h2040_fail_memory(fault);
    return;
  }
  source->affinity[source->column_count] = affinity_of(type);
  source->column[source->column_count++] = copied;
}

/* false: the schema has no such table or view. */
static bool read_columns(struct source *source, struct fault *fault, sqlite3 *db, const char *schema) {
  enum { NAME = 1, TYPE = 2, HIDDEN = 6 };
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, "PRAGMA \"%w\".table_xinfo(\"%w\")", schema, source->name);
  sqlite3_stmt *list = h2040_prepare_built(fault, db, sql);
  while (list && h2040_step(fault, list)) {
    /* Hidden columns (1) are the parameters of table-valued functions; generated
    ** ones (2, 3) are columns like any other. */
    if (sqlite3_column_int(list, HIDDEN) == 1) continue;
    add_column(source, fault, (const char *)sqlite3_column_text(list, NAME),
               (const char *)sqlite3_column_text(list, TYPE));
  }
  sqlite3_finalize(list);
  if (fault->rc == SQLITE_OK && source->column_count > 0) source->schema = copy(fault, schema);
  return fault->rc != SQLITE_OK || source->column_count > 0;
}

/* An attached database that is locked cannot say what it has; SQLite may know. */
static bool may_have(const struct source *source, struct fault *fault, sqlite3 *db, const char *schema) {
  struct fault looking = { 0 };
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, "SELECT 1 FROM \"%w\".\"%w\"", schema, source->name);
  sqlite3_finalize(h2040_prepare_built(&looking, db, sql));
  sqlite3_free(looking.message);
  if (looking.rc == SQLITE_NOMEM) h2040_fail_memory(fault);
  return looking.rc != SQLITE_ERROR;
}

/* temp comes first, then main, then what is attached. */
static void find_unqualified(struct source *source, struct fault *fault, sqlite3 *db) {
  enum { NAME = 1 };
  if (read_columns(source, fault, db, "temp") || read_columns(source, fault, db, "main")) return;
  sqlite3_stmt *list = h2040_prepare(fault, db, "PRAGMA database_list");
  bool found = false;
  while (list && !found && h2040_step(fault, list)) {
    const char *schema = (const char *)sqlite3_column_text(list, NAME);
    if (!schema || sqlite3_stricmp(schema, "main") == 0 || sqlite3_stricmp(schema, "temp") == 0) continue;
    found = may_have(source, fault, db, schema) && read_columns(source, fault, db, schema);
  }
  sqlite3_finalize(list);
  if (!found) no_such_source(source, fault, db, NULL);
}

/* SQLite has a word for a schema that is not there, too, but one that names neither
** who asks nor what there is. */
static void find_in_schema(struct source *source, struct fault *fault, sqlite3 *db, const char *schema) {
  enum { NAME = 1 };
  bool known = sqlite3_stricmp(schema, "main") == 0 || sqlite3_stricmp(schema, "temp") == 0;
  sqlite3_str *others = sqlite3_str_new(db);
  sqlite3_stmt *list = known ? NULL : h2040_prepare(fault, db, "PRAGMA database_list");
  while (list && h2040_step(fault, list)) {
    const char *name = h2040_value_text(fault, sqlite3_column_value(list, NAME));
    if (!name || sqlite3_stricmp(name, "main") == 0 || sqlite3_stricmp(name, "temp") == 0) continue;
    known |= sqlite3_stricmp(name, schema) == 0;
    sqlite3_str_appendf(others, ", %s", name);
  }
  sqlite3_finalize(list);
  char *names = h2040_finish(fault, others);
  if (!known) {
    h2040_fail(fault, "%s: there is no schema %s; give one of main, temp%s", source->function,
               h2040_quote(h2040_text(schema)).z, names ? names : "");
  }
  sqlite3_free(names);
  if (fault->rc == SQLITE_OK && !read_columns(source, fault, db, schema)) no_such_source(source, fault, db, schema);
}

/* --- which of them are ours ----------------------------------------------- */

static int find(const char *const *names, int count, struct text name) {
  for (int i = 0; i < count; i++) {
    if (h2040_same(h2040_text(names[i]), name)) return i;
  }
  return -1;
}

/* The column of a name that the caller wrote: as it is written, else in any case, else
** by letters and digits. */
static int find_column(const struct source *source, struct fault *fault, const char *ours, struct text name) {
  int found = -1;
  for (int i = 0; i < source->column_count; i++) {
    struct text column = h2040_text(source->column[i]);
    if (column.n == name.n && memcmp(column.z, name.z, name.n) == 0) return i;
  }
  int same = find((const char *const *)source->column, source->column_count, name);
  if (same >= 0) return same;
  for (int i = 0; i < source->column_count; i++) {
    if (!h2040_same_name(h2040_text(source->column[i]), name)) continue;
    if (found >= 0) {
      h2040_fail(fault, "%s: columns maps %s to %s, which may be '%s' or '%s' of '%s'; write one of them",
                 source->function, ours, h2040_quote(name).z, source->column[found], source->column[i], source->name);
    }
    found = i;
  }
  return found;
}

/* The column whose name is this one of ours; what is mapped already stays. */
static void match_by_name(struct source *source, struct fault *fault, int our) {
  struct text name = h2040_text(source->ours[our]);
  int found = COLUMN_ABSENT;
  for (int i = 0; i < source->column_count && fault->rc == SQLITE_OK; i++) {
    if (!h2040_same_name(h2040_text(source->column[i]), name)) continue;
    if (found >= 0) {
      h2040_fail(fault, "%s: '%s' has two columns that are %s, '%s' and '%s'; say which, as in columns = "
                 "'{\"%s\": \"%s\"}'", source->function, source->name, source->ours[our], source->column[found],
                 source->column[i], source->ours[our], source->column[found]);
    }
    found = i;
  }
  source->mapped[our] = found;
}

enum { NOT_MAPPED = -3 };

static void match_columns(struct source *source, struct fault *fault) {
  for (int our = 0; our < source->our_count && fault->rc == SQLITE_OK; our++) {
    if (source->mapped[our] == NOT_MAPPED) match_by_name(source, fault, our);
  }
}

/* The place of a name of ours; what is a field's and has no use here comes after them. */
static int our_place(const struct source *source, struct text name) {
  int our = find(source->ours, source->our_count, name);
  int field = our < 0 ? h2040_field_named(name) : -1;
  return field < 0 ? our : source->our_count + field;
}

static const char *our_name(const struct source *source, int our) {
  return our < source->our_count ? source->ours[our] : h2040_field_names[our - source->our_count];
}

static int mapped_column(const struct source *source, struct fault *fault, const char *ours,
                         const struct json_value *column) {
  static const char *const types[] = { "null", "boolean", "integer", "real", "text", "array", "object" };
  if (column->type == JSON_NULL) return COLUMN_WAIVED;
  if (column->type != JSON_TEXT) {
    h2040_fail(fault, "%s: columns maps %s to a JSON %s; give the name of a column in quotes, or null where there is "
               "none", source->function, ours, types[column->type]);
    return COLUMN_ABSENT;
  }
  int found = find_column(source, fault, ours, column->text);
  if (found >= 0) return found;
  const char *near = h2040_nearest(column->text, (const char *const *)source->column, source->column_count);
  h2040_fail(fault, "%s: columns maps %s to %s, but '%s' has no such column%s%s%s", source->function, ours,
             h2040_quote(column->text).z, source->name, near ? " (did you mean '" : "", near ? near : "",
             near ? "'?)" : "");
  return COLUMN_ABSENT;
}

/* seen: of each of our names, whether it was mapped already. */
static void map_one(struct source *source, struct fault *fault, bool *seen, struct text name,
                    const struct json_value *column) {
  int our = our_place(source, name);
  if (our < 0) {
    const char *near = h2040_nearest(name, h2040_field_names, FIELD_COUNT);
    h2040_fail(fault, "%s: columns maps %s, which is not a name of ours%s%s%s", source->function,
               h2040_quote(name).z, near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
    return;
  }
  if (seen[our]) h2040_fail(fault, "%s: columns maps %s twice", source->function, our_name(source, our));
  seen[our] = true;
  int found = mapped_column(source, fault, our_name(source, our), column);
  if (our < source->our_count && fault->rc == SQLITE_OK) source->mapped[our] = found;
}

static void read_mapping(struct source *source, struct fault *fault, struct text columns, bool *seen) {
  struct json_document document;
  struct json_problem problem;
  struct json_value top, column;
  struct text name;
  enum json_reading reading = h2040_json_open(&document, columns, &top, &problem);
  if (reading == JSON_NO_MEMORY) {
    h2040_fail_memory(fault);
  } else if (reading == JSON_MALFORMED || top.type != JSON_OBJECT) {
    h2040_fail(fault, "%s: columns is not a JSON object: %.*s; write it like {\"member_id\": \"patient_no\"}",
               source->function, columns.n < 60 ? (int)columns.n : 60, columns.z);
  } else {
    struct json_cursor members = h2040_json_enter(&document, &top);
    while (fault->rc == SQLITE_OK && h2040_json_next(&members, &name, &column)) {
      map_one(source, fault, seen, name, &column);
    }
  }
  h2040_json_close(&document);
}

static void map_columns(struct source *source, struct fault *fault, struct text columns) {
  size_t size = (size_t)(source->our_count + FIELD_COUNT) * sizeof(bool);
  if (!columns.z || fault->rc != SQLITE_OK) return;
  bool *seen = sqlite3_malloc64(size);
  if (!seen) {
    h2040_fail_memory(fault);
    return;
  }
  memset(seen, 0, size);
  read_mapping(source, fault, columns, seen);
  sqlite3_free(seen);
}

void h2040_source_open(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                       const char *schema, const char *name, struct text columns,
                       const char *const *ours, int our_count) {
  *source = (struct source){ .function = function, .ours = ours, .our_count = our_count };
  source->name = copy(fault, name);
  if (fault->rc == SQLITE_OK) source->mapped = sqlite3_malloc64(sizeof(int) * (size_t)(our_count + 1));
  if (!source->mapped) {
    h2040_fail_memory(fault);
    return;
  }
  for (int our = 0; our < our_count; our++) source->mapped[our] = NOT_MAPPED;
  if (schema) find_in_schema(source, fault, db, schema);
  else find_unqualified(source, fault, db);
  map_columns(source, fault, columns);
  match_columns(source, fault);
}

void h2040_source_open_as_it_is(struct source *source, struct fault *fault, sqlite3 *db, const char *function,
                                const char *schema, const char *name) {
  h2040_source_open(source, fault, db, function, schema, name, (struct text){ 0 }, NULL, 0);
  if (fault->rc != SQLITE_OK) return;
  int *mapped = sqlite3_realloc64(source->mapped, sizeof *mapped * (size_t)source->column_count);
  if (!mapped) {
    h2040_fail_memory(fault);
    return;
  }
  for (int i = 0; i < source->column_count; i++) mapped[i] = i;
  source->mapped = mapped;
  source->ours = (const char *const *)source->column;
  source->our_count = source->column_count;
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

/* Some builds of SQLite let a view have a rowid, which is NULL. */
static bool is_view(const struct source *source, struct fault *fault, sqlite3 *db) {
  if (fault->rc != SQLITE_OK) return false;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendf(sql, "SELECT 1 FROM \"%w\".sqlite_master WHERE type = 'view' AND name = ?1 COLLATE NOCASE",
                      source->schema);
  sqlite3_stmt *look = h2040_prepare_built(fault, db, sql);
  h2040_bind_text(fault, look, 1, source->name);
  bool found = look && h2040_step(fault, look);
  sqlite3_finalize(look);
  return found;
}

const char *h2040_source_rowid(const struct source *source, struct fault *fault, sqlite3 *db) {
  const char *name = rowid_name(source);
  struct fault none = { 0 };
  if (!name || is_view(source, fault, db)) return NULL;
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
  sqlite3_str_appendf(sql, " FROM \"%w\".\"%w\" AS s", source->schema, source->name);
}

enum collation h2040_source_collation(const struct source *source, sqlite3 *db, int our) {
  const char *collation = NULL;
  if (!source_has(source, our)) return COLLATION_BINARY;
  int rc = sqlite3_table_column_metadata(db, source->schema, source->name, source_column(source, our), NULL, &collation,
                                         NULL, NULL, NULL);
  if (rc != SQLITE_OK || !collation) return COLLATION_BINARY; /* a view */
  if (sqlite3_stricmp(collation, "NOCASE") == 0) return COLLATION_NOCASE;
  return sqlite3_stricmp(collation, "RTRIM") == 0 ? COLLATION_RTRIM : COLLATION_BINARY;
}

sqlite3_stmt *h2040_source_hold(struct fault *fault, sqlite3 *db, const struct source *const *sources, int count) {
  if (fault->rc != SQLITE_OK) return NULL;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, OUR_SQL "SELECT 1");
  for (int i = 0; i < count; i++) {
    sqlite3_str_appendall(sql, " UNION ALL SELECT 1");
    h2040_source_append_from(sources[i], sql);
  }
  sqlite3_stmt *held = h2040_prepare_built(fault, db, sql);
  if (held) h2040_step(fault, held);
  return held;
}

/* Whether a column is some name of ours already. */
static bool is_ours(const struct source *source, int column) {
  for (int our = 0; our < source->our_count; our++) {
    if (source->mapped[our] == column) return true;
  }
  return false;
}

/* A name that can stand in JSON within a text of SQL as it is. */
static bool is_plain(const char *name) {
  for (; *name; name++) {
    if (*name == '"' || *name == '\\' || *name == '\'' || (unsigned char)*name < ' ') return false;
  }
  return true;
}

static const char *likely_column(const struct source *source, int our) {
  int field = h2040_field_named(h2040_text(source->ours[our]));
  const char *maybe = NULL;
  for (int i = 0; i < source->column_count; i++) {
    bool likely;
    if (h2040_field_exported_as(h2040_text(source->column[i]), &likely) != field || is_ours(source, i)) continue;
    if (likely) return source->column[i];
    if (!maybe) maybe = source->column[i];
  }
  if (maybe && field >= 0) return maybe;
  return h2040_nearest(h2040_text(source->ours[our]), (const char *const *)source->column, source->column_count);
}

const char *h2040_source_likely(const struct source *source, int our) {
  const char *likely = likely_column(source, our);
  return likely && is_plain(likely) ? likely : NULL;
}

void h2040_source_require(const struct source *source, struct fault *fault, int our, const char *means) {
  if (fault->rc != SQLITE_OK || source_has(source, our) || (means && source_waives(source, our))) return;
  const char *likely = h2040_source_likely(source, our);
  const char *name = source->ours[our];
  if (!means) {
    h2040_fail(fault, "%s: '%s' has no column %s; map it with columns = '{\"%s\": \"%s\"}'", source->function,
               source->name, name, name, likely ? likely : "their column");
    return;
  }
  h2040_fail(fault, "%s: '%s' has no column %s; map it with columns = '{\"%s\": \"%s\"}', or waive it with "
             "{\"%s\": null} (%s)", source->function, source->name, name, name, likely ? likely : "their column", name,
             means);
}
