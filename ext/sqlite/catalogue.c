/*
** h2040_rules       rule, scope, category, severity, carc, needs, title, remedy, source, owner
** h2040_codes       hcpcs_code, unit_basis, added, terminated
** h2040_modifiers   modifier, owner, added, terminated, meaning
** h2040_places      place_of_service, meaning
**
** What is built in, as tables: the rule catalogue (ext/billing/rule.h) and the
** dated code set (ext/code_set).  Days are YYYY-MM-DD, NULL where open.
**
**   SELECT rule, title FROM h2040_rules WHERE category = 'documentation';
**
** They read nothing but what is built in: INNOCUOUS, so that views may join them
** with trusted_schema=OFF.  The first column finds its row (idxNum 1: the value
** to find is the argument; 0: every row).
*/
#include "../billing/code_set.h"
#include "../billing/date.h"
#include "register.h"

#include <limits.h>
#include <string.h>

/* A list of rows: one of the four tables. */
struct catalogue {
  const char *name;
  const char *schema;
  int slots;                         /* rows, and places that hold none; 0: as many as there are codes */
  const char *(*key)(int slot);      /* of the first column; "" where there is no row */
  void (*column)(sqlite3_context *context, int slot, int column);
};

/* --- the four tables ----------------------------------------------------- */

static void result_text(sqlite3_context *context, const char *text) {
  if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void result_day(sqlite3_context *context, int32_t day) {
  char text[DATE_SIZE];
  if (day == INT32_MIN || day == INT32_MAX) return;
  sqlite3_result_text(context, h2040_date_text(day, text), -1, SQLITE_TRANSIENT);
}

static const char *rule_key(int slot) {
  return h2040_rules[slot].id;
}

static void rule_column(sqlite3_context *context, int slot, int column) {
  const struct rule_entry *rule = &h2040_rules[slot];
  char needs[NEEDS_SIZE];
  switch (column) {
    case 0: result_text(context, rule->id); break;
    case 1: result_text(context, slot < LINE_RULE_COUNT ? "line" : "cross"); break;
    case 2: result_text(context, rule->category); break;
    case 3: result_text(context, h2040_severity_text(rule->severity)); break;
    case 4:
      if (rule->carc[0]) result_text(context, rule->carc);
      break;
    case 5:
      if (!set_empty(rule->needs)) sqlite3_result_text(context, h2040_needs_text(rule->needs, needs), -1, SQLITE_TRANSIENT);
      break;
    case 6: result_text(context, rule->title); break;
    case 7: result_text(context, rule->remedy); break;
    case 8: result_text(context, rule->source); break;
    default: result_text(context, rule->owner); /* 9 */
  }
}

static const char *code_key(int slot) {
  return h2040_code_at(slot)->hcpcs_code;
}

static void code_column(sqlite3_context *context, int slot, int column) {
  const struct code *code = h2040_code_at(slot);
  switch (column) {
    case 0: result_text(context, code->hcpcs_code); break;
    case 1: result_text(context, code->unit_basis); break;
    case 2: result_day(context, code->added); break;
    default: result_day(context, code->terminated); /* 3 */
  }
}

static const char *modifier_key(int slot) {
  const struct modifier *modifier = h2040_modifier(slot);
  return modifier ? modifier->modifier : "";
}

static void modifier_column(sqlite3_context *context, int slot, int column) {
  const struct modifier *modifier = h2040_modifier(slot);
  switch (column) {
    case 0: result_text(context, modifier->modifier); break;
    case 1: result_text(context, modifier->owner); break;
    case 2: result_day(context, modifier->added); break;
    case 3: result_day(context, modifier->terminated); break;
    default: result_text(context, modifier->meaning); /* 4 */
  }
}

static const char *place_key(int slot) {
  const struct place *place = h2040_place(slot);
  return place ? place->place_of_service : "";
}

static void place_column(sqlite3_context *context, int slot, int column) {
  const struct place *place = h2040_place(slot);
  result_text(context, column == 0 ? place->place_of_service : place->meaning);
}

static const struct catalogue catalogues[] = {
  { "h2040_rules", "CREATE TABLE x(rule, scope, category, severity, carc, needs, title, remedy, source, owner)", RULE_COUNT,
    rule_key, rule_column },
  { "h2040_codes", "CREATE TABLE x(hcpcs_code, unit_basis, added, terminated)", 0, code_key, code_column },
  { "h2040_modifiers", "CREATE TABLE x(modifier, owner, added, terminated, meaning)", MODIFIER_COUNT, modifier_key,
    modifier_column },
  { "h2040_places", "CREATE TABLE x(place_of_service, meaning)", PLACE_COUNT, place_key, place_column },
};

static int slots(const struct catalogue *catalogue) {
  return catalogue->slots > 0 ? catalogue->slots : h2040_code_count();
}

/* --- the virtual table ---------------------------------------------------- */

struct catalogue_table {
  sqlite3_vtab base;
  const struct catalogue *catalogue;
};

struct catalogue_cursor {
  sqlite3_vtab_cursor base;
  int slot;
  bool one_row;
};

static int catalogue_connect(sqlite3 *db, void *user_data, int argc, const char *const *argv, sqlite3_vtab **table,
                             char **error) {
  const struct catalogue *catalogue = user_data;
  struct catalogue_table *t;
  int rc = sqlite3_declare_vtab(db, catalogue->schema);
  (void)argc;
  (void)argv;
  (void)error;
  if (rc != SQLITE_OK) return rc;
  t = sqlite3_malloc64(sizeof *t);
  if (!t) return SQLITE_NOMEM;
  memset(t, 0, sizeof *t);
  t->catalogue = catalogue;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  *table = &t->base;
  return SQLITE_OK;
}

static int catalogue_disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int catalogue_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  const struct catalogue *catalogue = ((struct catalogue_table *)table)->catalogue;
  info->estimatedRows = slots(catalogue);
  info->estimatedCost = (double)info->estimatedRows;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (constraint->op != SQLITE_INDEX_CONSTRAINT_EQ || constraint->iColumn != 0 || !constraint->usable) continue;
    if (strcmp(sqlite3_vtab_collation(info, i), "BINARY") != 0) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->idxNum = 1;
    info->estimatedRows = 1;
    info->estimatedCost = 1;
    info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    break;
  }
  return SQLITE_OK;
}

static int catalogue_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
  struct catalogue_cursor *c = sqlite3_malloc64(sizeof *c);
  (void)table;
  if (!c) return SQLITE_NOMEM;
  memset(c, 0, sizeof *c);
  *cursor = &c->base;
  return SQLITE_OK;
}

static int catalogue_close(sqlite3_vtab_cursor *cursor) {
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static const struct catalogue *catalogue_of(sqlite3_vtab_cursor *cursor) {
  return ((struct catalogue_table *)cursor->pVtab)->catalogue;
}

static void skip_empty_slots(struct catalogue_cursor *c) {
  const struct catalogue *catalogue = catalogue_of(&c->base);
  while (c->slot < slots(catalogue) && catalogue->key(c->slot)[0] == 0) c->slot++;
}

static int catalogue_filter(sqlite3_vtab_cursor *cursor, int plan, const char *unused, int argc, sqlite3_value **argv) {
  struct catalogue_cursor *c = (struct catalogue_cursor *)cursor;
  const struct catalogue *catalogue = catalogue_of(cursor);
  const char *key;
  (void)unused;
  (void)argc;
  c->slot = 0;
  /* A number may be the modifier '22' to a join with a column of numbers: SQLite
  ** compares each row again. */
  c->one_row = plan == 1 && sqlite3_value_type(argv[0]) == SQLITE_TEXT;
  if (c->one_row) {
    key = (const char *)sqlite3_value_text(argv[0]);
    if (!key) return SQLITE_NOMEM;
    while (c->slot < slots(catalogue) && (key[0] == 0 || strcmp(catalogue->key(c->slot), key) != 0)) c->slot++;
  } else {
    skip_empty_slots(c);
  }
  return SQLITE_OK;
}

static int catalogue_next(sqlite3_vtab_cursor *cursor) {
  struct catalogue_cursor *c = (struct catalogue_cursor *)cursor;
  if (c->one_row) {
    c->slot = INT_MAX;
  } else {
    c->slot++;
    skip_empty_slots(c);
  }
  return SQLITE_OK;
}

static int catalogue_eof(sqlite3_vtab_cursor *cursor) {
  return ((struct catalogue_cursor *)cursor)->slot >= slots(catalogue_of(cursor));
}

static int catalogue_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
  catalogue_of(cursor)->column(context, ((struct catalogue_cursor *)cursor)->slot, column);
  return SQLITE_OK;
}

static int catalogue_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
  *rowid = ((struct catalogue_cursor *)cursor)->slot + 1;
  return SQLITE_OK;
}

static const sqlite3_module catalogue_module = {
  .xConnect = catalogue_connect,
  .xBestIndex = catalogue_best_index,
  .xDisconnect = catalogue_disconnect,
  .xOpen = catalogue_open,
  .xClose = catalogue_close,
  .xFilter = catalogue_filter,
  .xNext = catalogue_next,
  .xEof = catalogue_eof,
  .xColumn = catalogue_column,
  .xRowid = catalogue_rowid,
};

void h2040_register_catalogue(struct fault *fault, sqlite3 *db) {
  for (size_t i = 0; i < sizeof catalogues / sizeof *catalogues; i++) {
    h2040_register_table(fault, db, catalogues[i].name, &catalogue_module, (void *)&catalogues[i], NULL);
  }
}
