/*
** h2040_mapping(source [, schema])
**
** The mapping that h2040_columns suggests, as JSON, to be read and then passed as
** `columns`:
**
**   SELECT h2040_mapping('visits');   {"hcpcs_code":"CPT Code","service_date":"DOS"}
**
**   SELECT * FROM h2040_audit('visits') WHERE columns = h2040_mapping('visits') AND dates = 'mdy';
**
** Columns that bear our names need no mapping and are not in it; nor is a field that
** two columns may be.  {} where there is nothing to suggest.
**
** Errors: a source that does not exist.  It reads the names of a source's columns, not
** its rows; so it is neither INNOCUOUS nor DETERMINISTIC.
*/
#include "column_match.h"
#include "json_text.h"
#include "register.h"

static void append_mapping(sqlite3_str *out, const struct source *source, const struct column_match *matches) {
  for (int field = 0; field < FIELD_COUNT; field++) {
    for (int i = 0; i < source->column_count; i++) {
      if (matches[i].match != MATCH_SUGGESTED || matches[i].field != field || matches[i].rivals > 1) continue;
      sqlite3_str_appendf(out, "%s\"%s\":", sqlite3_str_length(out) > 0 ? "," : "{", h2040_field_names[field]);
      h2040_json_string(out, h2040_text(source->column[i]));
    }
  }
  sqlite3_str_appendall(out, sqlite3_str_length(out) > 0 ? "}" : "{}");
}

static void mapping(sqlite3_context *context, int argc, sqlite3_value **argv) {
  struct fault fault = { 0 };
  struct source source = { 0 };
  sqlite3 *db = sqlite3_context_db_handle(context);
  const char *name = h2040_value_text(&fault, argv[0]);
  const char *schema = argc > 1 ? h2040_value_text(&fault, argv[1]) : NULL;
  if (!name) {
    h2040_fail(&fault, "h2040_mapping: source is missing; name a table or view, as in h2040_mapping('claims')");
  }
  if (fault.rc == SQLITE_OK) h2040_source_open_as_it_is(&source, &fault, db, "h2040_mapping", schema, name);
  struct column_match *matches = h2040_match_columns(&fault, &source);
  if (matches) {
    sqlite3_str *out = sqlite3_str_new(db);
    append_mapping(out, &source, matches);
    h2040_result_built(context, out);
  }
  sqlite3_free(matches);
  h2040_source_close(&source);
  h2040_fault_to_function(&fault, context);
}

void h2040_register_mapping(struct fault *fault, sqlite3 *db) {
  for (int arguments = 1; arguments <= 2 && fault->rc == SQLITE_OK; arguments++) {
    int rc = sqlite3_create_function_v2(db, "h2040_mapping", arguments, SQLITE_UTF8, NULL, mapping, NULL, NULL, NULL);
    if (rc != SQLITE_OK) h2040_fail_db(fault, db, rc);
  }
}
