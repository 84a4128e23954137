/* See table.h. */
#include "table.h"
#include "lookup.h"
#include "register.h"

#include "../billing/arena.h"
#include "../billing/date.h"
#include "../billing/list.h"
#include "../billing/quote.h"

#include <string.h>

/* Of one connection. */
struct module {
  const struct table_function *function;
  int columns, parameters; /* how many */
  void *context;
  void (*destroy)(void *);
  uint64_t seed;
  int depth; /* runs under way */
};

/* Rows that are kept of a stream: those columns that are asked for. */
struct kept_rows {
  struct arena arena;
  struct list rows;  /* of struct value *, one for each column kept */
  int place[MOST_COLUMNS]; /* among those kept; -1: not asked for */
  int columns;
};

/* A result, or a stream that was read to its end, and what is known of its rows. */
struct found {
  void *result;
  struct kept_rows *kept;      /* of a stream: in its place */
  struct lookup **lookup;      /* of each column, once a value was looked for */
  int64_t *rowid;              /* of each row, once one was asked for */
};

/* What the cursors of a statement share. */
struct shared {
  struct shared *next;
  int holders; /* cursors */
  sqlite3_value *parameter[MOST_PARAMETERS]; /* NULL: not given */
  uint64_t columns;
  uint64_t statements; /* the runs of statements that it belongs to */
  int changes;
  struct found whole;
  bool is_whole;       /* computed */
  bool scans;          /* a narrowed run read the whole source */
  int64_t narrowed;    /* how many narrowed runs there were */
  int64_t lines;
  bool streamed;
  uint64_t hash;       /* of the parameters, once it was asked for */
  bool has_hash;
};

struct table {
  sqlite3_vtab base;
  sqlite3 *db;
  struct module *module;
  struct shared *shared; /* in use, or just left */
  int cursors;           /* open */
};

struct cursor {
  sqlite3_vtab_cursor base;
  struct shared *shared; /* held; NULL before the first filter */
  struct found own;      /* of a narrowed run */
  void *stream;
  bool at_end;           /* of the stream */
  bool by_column;        /* a parameter was given by the column that stands for it */
  size_t row, rows;      /* in the result, or among those looked up */
  size_t *candidate;     /* rows that were looked up; NULL: all */
};

/* --- what is shown -------------------------------------------------------- */

void h2040_show_day(struct shown *shown, int32_t day) {
  char text[DATE_SIZE];
  size_t n = strlen(h2040_date_text(day, text));
  if (n > sizeof shown->room) n = sizeof shown->room;
  memcpy(shown->room, text, n);
  show_text(shown, (struct text){ shown->room, n });
}

static void result_shown(sqlite3_context *context, const struct shown *shown) {
  sqlite3_destructor_type keep = shown->is_static ? SQLITE_STATIC : SQLITE_TRANSIENT;
  const struct value *v = &shown->value;
  switch (v->kind) {
    case VALUE_NULL: break;
    case VALUE_INTEGER: sqlite3_result_int64(context, v->integer); break;
    case VALUE_REAL: sqlite3_result_double(context, v->real); break;
    case VALUE_TEXT: sqlite3_result_text64(context, v->bytes, v->size, keep, SQLITE_UTF8); break;
    default: sqlite3_result_blob64(context, v->bytes, v->size, keep); /* VALUE_BLOB */
  }
}

static void show_nothing(struct shown *shown) {
  shown->value = (struct value){ .kind = VALUE_NULL };
  shown->is_static = false;
}

/* --- rows of a stream, kept ----------------------------------------------- */

static void keep_row(struct fault *fault, const struct module *module, struct kept_rows *kept, void *stream) {
  struct value *value = h2040_arena_take(&kept->arena, sizeof *value * (size_t)(kept->columns + 1));
  struct value **row = value ? h2040_list_add(&kept->rows, sizeof *row) : NULL;
  if (!row) {
    h2040_fail_memory(fault);
    return;
  }
  *row = value;
  for (int column = 0; column < module->columns && fault->rc == SQLITE_OK; column++) {
    struct shown shown;
    if (kept->place[column] < 0) continue;
    show_nothing(&shown);
    module->function->show(fault, stream, 0, column, &shown);
    if (fault->rc == SQLITE_OK && !h2040_value_keep(&shown.value, &kept->arena)) h2040_fail_memory(fault);
    value[kept->place[column]] = shown.value;
  }
}

static void show_kept(const struct kept_rows *kept, size_t row, int column, struct shown *shown) {
  int place = kept->place[column];
  if (place >= 0) shown->value = ((struct value *const *)kept->rows.items)[row][place];
}

static void free_kept(struct kept_rows *kept) {
  if (!kept) return;
  h2040_arena_free(&kept->arena);
  h2040_list_free(&kept->rows);
  sqlite3_free(kept);
}

static struct kept_rows *keep_stream(struct fault *fault, struct module *module, uint64_t columns, void *stream) {
  struct kept_rows *kept = fault->rc == SQLITE_OK ? sqlite3_malloc64(sizeof *kept) : NULL;
  if (!kept) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(kept, 0, sizeof *kept);
  for (int column = 0; column < module->columns; column++) {
    bool wanted = columns >> (column < 63 ? column : 63) & 1;
    kept->place[column] = wanted ? kept->columns++ : -1;
  }
  while (fault->rc == SQLITE_OK && module->function->step(fault, stream)) keep_row(fault, module, kept, stream);
  return kept;
}

/* --- results -------------------------------------------------------------- */

static size_t row_count(const struct module *module, const struct found *found) {
  if (found->kept) return found->kept->rows.count;
  return found->result ? module->function->rows(found->result) : 0;
}

static void show(struct fault *fault, const struct module *module, const struct found *found, size_t row, int column,
                 struct shown *shown) {
  show_nothing(shown);
  if (found->kept) show_kept(found->kept, row, column, shown);
  else module->function->show(fault, found->result, row, column, shown);
}

static void free_found(const struct module *module, struct found *found) {
  for (int i = 0; found->lookup && i < module->columns; i++) {
    if (!found->lookup[i]) continue;
    h2040_lookup_free(found->lookup[i]);
    sqlite3_free(found->lookup[i]);
  }
  sqlite3_free(found->lookup);
  sqlite3_free(found->rowid);
  free_kept(found->kept);
  if (found->result) module->function->close(found->result);
  *found = (struct found){ 0 };
}

static struct lookup *lookup_of(struct fault *fault, const struct module *module, struct found *found, int column) {
  size_t rows = row_count(module, found);
  if (!found->lookup) {
    size_t size = sizeof *found->lookup * (size_t)module->columns;
    found->lookup = sqlite3_malloc64(size);
    if (found->lookup) memset(found->lookup, 0, size);
  }
  struct lookup *lookup = found->lookup ? found->lookup[column] : NULL;
  if (lookup) return lookup;
  if (found->lookup) lookup = sqlite3_malloc64(sizeof *lookup);
  if (!lookup) {
    h2040_fail_memory(fault);
    return NULL;
  }
  *lookup = (struct lookup){ .seed = module->seed };
  for (size_t row = 0; row < rows && fault->rc == SQLITE_OK; row++) {
    struct shown shown;
    show(fault, module, found, row, column, &shown);
    if (fault->rc == SQLITE_OK && !h2040_lookup_add(lookup, &shown.value, row)) h2040_fail_memory(fault);
  }
  if (fault->rc == SQLITE_OK && !h2040_lookup_ready(lookup)) h2040_fail_memory(fault);
  if (fault->rc == SQLITE_OK) return found->lookup[column] = lookup;
  h2040_lookup_free(lookup);
  sqlite3_free(lookup);
  return NULL;
}

/* --- rowids --------------------------------------------------------------- */

/* How many rows like one were seen: a table of hashes that takes as many. */
struct tally {
  uint64_t *hash; /* 0: a free place */
  size_t *count;
  size_t places; /* a power of two */
};

static size_t tally(struct tally *tally, uint64_t hash) {
  size_t at = hash & (tally->places - 1);
  if (hash == 0) hash = 1;
  while (tally->hash[at] != 0 && tally->hash[at] != hash) at = (at + 1) & (tally->places - 1);
  tally->hash[at] = hash;
  return tally->count[at]++;
}

/* What the rowids of a call begin with: rows of two calls are not one because they stand
** at the same place (SQLite merges them where OR joins two sources). */
static uint64_t call_hash(struct fault *fault, const struct module *module, struct shared *shared) {
  if (shared->has_hash) return shared->hash;
  uint64_t hash = module->seed;
  for (int p = 0; p < module->parameters && fault->rc == SQLITE_OK; p++) {
    struct value value = { .kind = VALUE_NULL };
    if (shared->parameter[p]) h2040_read_value(fault, shared->parameter[p], &value);
    hash = mix_bits(hash + (unsigned)p) ^ h2040_value_hash(&value, module->seed);
  }
  shared->has_hash = fault->rc == SQLITE_OK;
  return shared->hash = hash;
}

static void number_rows(struct fault *fault, const struct module *module, struct found *found, uint64_t columns,
                        uint64_t call) {
  struct tally seen = { .places = 16 };
  size_t rows = row_count(module, found);
  while (seen.places < rows * 2) seen.places *= 2;
  size_t size = seen.places * sizeof(uint64_t);
  seen.hash = sqlite3_malloc64(size);
  seen.count = sqlite3_malloc64(seen.places * sizeof *seen.count);
  found->rowid = sqlite3_malloc64((rows + 1) * sizeof *found->rowid);
  if (seen.hash && seen.count && found->rowid) {
    memset(seen.hash, 0, size);
    memset(seen.count, 0, seen.places * sizeof *seen.count);
  } else {
    h2040_fail_memory(fault);
  }
  for (size_t row = 0; row < rows && fault->rc == SQLITE_OK; row++) {
    uint64_t hash = call;
    for (int column = 0; column < module->columns; column++) {
      struct shown shown;
      if (!(columns >> (column < 63 ? column : 63) & 1)) continue;
      show(fault, module, found, row, column, &shown);
      hash = mix_bits(hash + (unsigned)column) ^ h2040_value_hash(&shown.value, module->seed);
    }
    found->rowid[row] = (int64_t)(hash + tally(&seen, hash) * 0x9E3779B97F4A7C15u);
  }
  sqlite3_free(seen.hash);
  sqlite3_free(seen.count);
  if (fault->rc == SQLITE_OK) return;
  sqlite3_free(found->rowid);
  found->rowid = NULL;
}

/* --- what a statement shares ---------------------------------------------- */

/* Which statements are running, each run of one for itself; ours, within them, do not
** count.  A number that is another once any of them has ended. */
static uint64_t running_statements(sqlite3 *db) {
  uint64_t sum = 0;
  for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s; s = sqlite3_next_stmt(db, s)) {
    const char *sql = sqlite3_stmt_busy(s) ? sqlite3_sql(s) : OUR_SQL;
    if (sql && strncmp(sql, OUR_SQL, sizeof OUR_SQL - 1) == 0) continue;
    uint64_t word = (uint64_t)(uintptr_t)s;
    word += (uint64_t)sqlite3_stmt_status(s, SQLITE_STMTSTATUS_RUN, 0) * 0x9E3779B97F4A7C15u;
    word *= 0xD6E8FEB86659FD93u;
    sum += word ^ word >> 32;
  }
  return sum;
}

static bool same_value(sqlite3_value *a, sqlite3_value *b) {
  if (!a || !b) return a == b;
  int type = sqlite3_value_type(a);
  if (type != sqlite3_value_type(b)) {
    int other = sqlite3_value_type(b);
    bool numbers = (type == SQLITE_INTEGER || type == SQLITE_FLOAT) && (other == SQLITE_INTEGER || other == SQLITE_FLOAT);
    return numbers && sqlite3_value_double(a) == sqlite3_value_double(b);
  }
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) return sqlite3_value_int64(a) == sqlite3_value_int64(b);
  if (type == SQLITE_FLOAT) return sqlite3_value_double(a) == sqlite3_value_double(b);
  const void *x = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(a) : sqlite3_value_blob(a);
  const void *y = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(b) : sqlite3_value_blob(b);
  int n = sqlite3_value_bytes(a);
  return n == sqlite3_value_bytes(b) && (n == 0 || (x && y && memcmp(x, y, (size_t)n) == 0));
}

static bool same_parameters(const struct module *module, const struct shared *shared, sqlite3_value **given) {
  for (int p = 0; p < module->parameters; p++) {
    if (!same_value(shared->parameter[p], given[p])) return false;
  }
  return true;
}

static void free_shared(const struct module *module, struct shared *shared) {
  free_found(module, &shared->whole);
  for (int p = 0; p < module->parameters; p++) sqlite3_value_free(shared->parameter[p]);
  sqlite3_free(shared);
}

/* Frees what no cursor holds. */
static void forget(struct table *table) {
  for (struct shared **link = &table->shared; *link;) {
    struct shared *shared = *link;
    if (shared->holders > 0) {
      link = &shared->next;
      continue;
    }
    *link = shared->next;
    free_shared(table->module, shared);
  }
}

static struct shared *new_shared(struct fault *fault, struct table *table, sqlite3_value **given) {
  struct shared *shared = sqlite3_malloc64(sizeof *shared);
  if (!shared) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(shared, 0, sizeof *shared);
  for (int p = 0; p < table->module->parameters; p++) {
    if (!given[p]) continue;
    shared->parameter[p] = sqlite3_value_dup(given[p]);
    if (!shared->parameter[p]) h2040_fail_memory(fault);
  }
  shared->next = table->shared;
  table->shared = shared;
  return shared;
}

/* The cursor's own, while nothing else is asked of it: a cursor lives within one run
** of one statement.  Else another cursor's of the same statement, or a new one. */
static void share(struct fault *fault, struct table *table, struct cursor *cursor, sqlite3_value **given,
                  uint64_t columns) {
  struct shared *shared = cursor->shared;
  if (shared && shared->columns == columns && same_parameters(table->module, shared, given)) return;
  if (shared) shared->holders--;
  cursor->shared = NULL;
  uint64_t statements = running_statements(table->db);
  int changes = sqlite3_total_changes(table->db);
  for (shared = table->shared; shared; shared = shared->next) {
    if (shared->columns == columns && shared->statements == statements && shared->changes == changes
        && same_parameters(table->module, shared, given)) {
      break;
    }
  }
  if (!shared) {
    forget(table);
    shared = new_shared(fault, table, given);
    if (!shared) return;
    shared->columns = columns;
    shared->statements = statements;
    shared->changes = changes;
  }
  shared->holders++;
  cursor->shared = shared;
}

/* --- plans ---------------------------------------------------------------- */

/*
** idxStr says what the arguments of xFilter are, in their order, and which columns
** are asked for:
**
**   p2    parameter 2
**   c2    the same, given by the column that stands for it
**   n5    a value of column 5, by which the function can narrow
**   l5    the same, and to look up
**   h5    a value of column 5 to look up only
**   u1f   columns 0 to 4 are asked for (in base 16); always the last
*/
static bool is_equation(const struct sqlite3_index_constraint *constraint) {
  return constraint->op == SQLITE_INDEX_CONSTRAINT_EQ || constraint->op == SQLITE_INDEX_CONSTRAINT_IS;
}

/* SQLite finds by these what its own look-up of a row would be equal to. */
static bool can_look_up(sqlite3_index_info *info, int i) {
  const char *collation = sqlite3_vtab_collation(info, i);
  return sqlite3_stricmp(collation, "BINARY") == 0 || sqlite3_stricmp(collation, "NOCASE") == 0
         || sqlite3_stricmp(collation, "RTRIM") == 0;
}

/* A run narrows by what is equal as bytes. */
static bool can_narrow(const struct module *module, sqlite3_index_info *info, int i) {
  int column = info->aConstraint[i].iColumn;
  return column < 63 && module->function->narrows >> column & 1
         && sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0;
}

/* How well a column tells rows apart: the less the better. */
static int rank(const struct table_function *function, int column) {
  int place = 0;
  for (; function->selective && function->selective[place] >= 0; place++) {
    if (function->selective[place] == column) return place;
  }
  return place + column;
}

static void use(sqlite3_index_info *info, sqlite3_str *plan, int i, char what, int number, int *arguments) {
  info->aConstraintUsage[i].argvIndex = ++*arguments;
  info->aConstraintUsage[i].omit = what == 'p' || what == 'c';
  sqlite3_str_appendf(plan, "%c%d", what, number);
}

/* The parameter that a constraint gives, or -1: by its own name or, where it is not given
** by that, by the column that stands for it. */
static int parameter_of(const struct module *module, const sqlite3_index_info *info, int i) {
  const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
  const struct table_function *function = module->function;
  /* The operator first: LIMIT and OFFSET bear a column that means nothing. */
  if (!is_equation(constraint)) return -1;
  if (constraint->iColumn >= module->columns) return constraint->iColumn - module->columns;
  if (function->column_for.parameter == 0 || constraint->iColumn != function->column_for.column) return -1;
  if (constraint->op != SQLITE_INDEX_CONSTRAINT_EQ) return -1;
  for (int k = 0; k < info->nConstraint; k++) {
    if (!is_equation(&info->aConstraint[k])) continue;
    if (info->aConstraint[k].iColumn == module->columns + function->column_for.parameter) return -1;
  }
  return function->column_for.parameter;
}

/* The constraint to look up by, or -1. */
static int best_look_up(const struct module *module, sqlite3_index_info *info) {
  int best = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    if (!is_equation(constraint) || !constraint->usable || parameter_of(module, info, i) >= 0) continue;
    if (constraint->iColumn < 0 || constraint->iColumn >= module->columns || !can_look_up(info, i)) continue;
    if (best < 0 || rank(module->function, constraint->iColumn)
                    < rank(module->function, info->aConstraint[best].iColumn)) {
      best = i;
    }
  }
  return best;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  enum { MOST_ARGUMENTS = 64 };
  const struct module *module = ((struct table *)base)->module;
  int arguments = 0;
  bool has_source = false;
  for (int i = 0; i < info->nConstraint; i++) {
    int parameter = parameter_of(module, info, i);
    if (parameter < 0) continue;
    if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
    if (parameter == 0) has_source = true;
  }
  sqlite3_str *plan = sqlite3_str_new(NULL);
  for (int i = 0; i < info->nConstraint && arguments < MOST_ARGUMENTS; i++) {
    int parameter = parameter_of(module, info, i);
    if (parameter < 0) continue;
    use(info, plan, i, info->aConstraint[i].iColumn < module->columns ? 'c' : 'p', parameter, &arguments);
  }
  int look_up = best_look_up(module, info);
  if (look_up >= 0) {
    use(info, plan, look_up, can_narrow(module, info, look_up) ? 'l' : 'h', info->aConstraint[look_up].iColumn, &arguments);
  }
  uint64_t narrowed = 0;
  for (int i = 0; i < info->nConstraint && arguments < MOST_ARGUMENTS; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    int column = constraint->iColumn;
    if (i == look_up || !is_equation(constraint) || !constraint->usable || parameter_of(module, info, i) >= 0) continue;
    if (column < 0 || column >= module->columns) continue;
    if (!can_narrow(module, info, i) || narrowed >> column & 1) continue;
    if (look_up >= 0 && info->aConstraint[look_up].iColumn == column) continue;
    narrowed |= UINT64_C(1) << column;
    use(info, plan, i, 'n', column, &arguments);
  }
  /* What is asked for of our columns; the parameters are always at hand. */
  uint64_t columns = info->colUsed;
  if (module->columns < 63) columns &= (UINT64_C(1) << module->columns) - 1;
  sqlite3_str_appendf(plan, "u%llx", (unsigned long long)columns);
  int rc = sqlite3_str_errcode(plan);
  info->idxStr = sqlite3_str_finish(plan);
  info->needToFreeIdxStr = 1;
  if (rc != SQLITE_OK) return rc;
  /* A whole source is dear: the planner should put it outermost.  Without a source
  ** there is mostly only an error to give: any other plan is better. */
  info->estimatedCost = look_up >= 0 ? 1e4 : 1e8;
  info->estimatedRows = look_up >= 0 ? 4 : 100000;
  if (!has_source) info->estimatedCost += 1e15;
  return SQLITE_OK;
}

/* The arguments of a filter, by what they are. */
struct arguments {
  sqlite3_value *parameter[MOST_PARAMETERS]; /* NULL: left out */
  sqlite3_value *equal[64];
  bool by_column;                            /* one is given by the column that stands for it */
  int look_up;                               /* a column, or -1 */
  sqlite3_value *value;                      /* that is looked up */
  uint64_t columns;
};

static char *words_of(sqlite3_value *value) {
  const char *text = (const char *)sqlite3_value_text(value);
  if (!text) return NULL;
  return sqlite3_mprintf("%s", h2040_quote((struct text){ text, (size_t)sqlite3_value_bytes(value) }).z);
}

static void given_twice(struct fault *fault, const struct table_function *function, int parameter, sqlite3_value *a,
                        sqlite3_value *b) {
  char *first = words_of(a);
  char *second = words_of(b);
  if (first && second) {
    h2040_fail(fault, "%s: %s is given twice, as %s and as %s; give it once", function->name,
               function->parameters[parameter], first, second);
  } else {
    h2040_fail_memory(fault);
  }
  sqlite3_free(first);
  sqlite3_free(second);
}

static void take_parameter(struct fault *fault, const struct module *module, struct arguments *a, int parameter,
                           sqlite3_value *value) {
  bool null = sqlite3_value_type(value) == SQLITE_NULL;
  if (null && !(module->function->takes_null >> parameter & 1)) return;
  if (!a->parameter[parameter]) a->parameter[parameter] = value;
  else if (!same_value(a->parameter[parameter], value)) {
    given_twice(fault, module->function, parameter, a->parameter[parameter], value);
  }
}

static uint64_t read_hex(const char *digits) {
  uint64_t number = 0;
  for (; *digits; digits++) number = number * 16 + (unsigned)(is_digit(*digits) ? *digits - '0' : *digits - 'a' + 10);
  return number;
}

static void read_plan(struct fault *fault, const struct module *module, const char *plan, sqlite3_value **argv,
                      struct arguments *a) {
  memset(a, 0, sizeof *a);
  a->look_up = -1;
  while (*plan && *plan != 'u') {
    char what = *plan++;
    int number = 0;
    for (; is_digit(*plan); plan++) number = number * 10 + (*plan - '0');
    sqlite3_value *value = *argv++;
    if (what == 'p' || what == 'c') {
      a->by_column |= what == 'c';
      take_parameter(fault, module, a, number, value);
      continue;
    }
    if (what != 'n') {
      a->look_up = number;
      a->value = value;
    }
    if (what != 'h' && sqlite3_value_type(value) != SQLITE_NULL) a->equal[number] = value;
  }
  if (*plan == 'u') a->columns = read_hex(plan + 1);
}

/* --- runs ----------------------------------------------------------------- */

const char *h2040_call_text(struct fault *fault, const struct table_call *call, int parameter) {
  sqlite3_value *value = call->parameter[parameter];
  return value ? h2040_value_text(fault, value) : NULL;
}

static void *run(struct fault *fault, struct table *table, struct table_call *call) {
  struct module *module = table->module;
  int deepest = module->function->deepest > 0 ? module->function->deepest : DEEPEST_RUN;
  if (module->depth >= deepest) {
    h2040_fail(fault, "%s: its source reads %s %d deep; give a table, or a view that does not read itself",
               module->function->name, module->function->name, deepest);
  }
  if (fault->rc != SQLITE_OK) return NULL;
  module->depth++;
  void *result = module->function->run(fault, call);
  module->depth--;
  if (fault->rc == SQLITE_OK || !result) return result;
  module->function->close(result);
  return NULL;
}

/* An index of the source serves a narrowed run in much less time than it takes to read
** the whole, but not so many of them. */
enum { NARROWED_AT_LEAST = 64, LINES_OF_A_NARROWED_RUN = 64 };

static bool may_narrow(const struct shared *shared, const struct table_call *call) {
  int64_t most = shared->lines / LINES_OF_A_NARROWED_RUN;
  if (most < NARROWED_AT_LEAST) most = NARROWED_AT_LEAST;
  if (shared->scans || shared->narrowed >= most) return false;
  for (int i = 0; i < 64; i++) {
    if (call->equal[i]) return true;
  }
  return false;
}

static void prepare_call(struct table_call *call, const struct table *table, const struct shared *shared,
                         const struct arguments *a) {
  memset(call, 0, sizeof *call);
  call->function = table->module->function;
  call->db = table->db;
  call->context = table->module->context;
  call->columns = shared->columns;
  memcpy(call->parameter, shared->parameter, sizeof call->parameter);
  memcpy(call->equal, a->equal, sizeof call->equal);
}

/* Computes the result, narrowed for this cursor or whole for all, where it is not there. */
static void find_rows(struct fault *fault, struct table *table, struct cursor *cursor, const struct arguments *a) {
  struct shared *shared = cursor->shared;
  struct table_call call;
  if (shared->is_whole) return;
  prepare_call(&call, table, shared, a);
  if (!may_narrow(shared, &call)) memset(call.equal, 0, sizeof call.equal);
  void *result = run(fault, table, &call);
  if (fault->rc != SQLITE_OK) return;
  if (call.narrowed) {
    shared->narrowed++;
    shared->scans |= call.scanned;
    shared->lines = call.lines;
    cursor->own.result = result;
  } else if (shared->is_whole) { /* by a run within this one */
    table->module->function->close(result);
  } else {
    shared->whole.result = result;
    shared->is_whole = true;
  }
}

/* The first time rows are streamed; after that they are kept. */
static void find_stream(struct fault *fault, struct table *table, struct cursor *cursor, const struct arguments *a) {
  struct module *module = table->module;
  struct shared *shared = cursor->shared;
  struct table_call call;
  if (shared->is_whole) return;
  prepare_call(&call, table, shared, a);
  memset(call.equal, 0, sizeof call.equal);
  void *stream = run(fault, table, &call);
  if (fault->rc != SQLITE_OK) return;
  module->depth++;
  if (!shared->streamed) {
    cursor->stream = stream;
    cursor->at_end = !module->function->step(fault, stream);
    shared->streamed = true;
  } else {
    shared->whole.kept = keep_stream(fault, module, shared->columns, stream);
    module->function->close(stream);
    shared->is_whole = fault->rc == SQLITE_OK;
    if (!shared->is_whole) free_found(module, &shared->whole);
  }
  module->depth--;
}

static struct found *found_by(struct cursor *cursor) {
  return cursor->own.result ? &cursor->own : &cursor->shared->whole;
}

static void look_up(struct fault *fault, const struct module *module, struct cursor *cursor,
                    const struct arguments *a) {
  if (fault->rc != SQLITE_OK || cursor->stream) return;
  struct found *found = found_by(cursor);
  cursor->rows = row_count(module, found);
  if (a->look_up < 0 || found == &cursor->own) return;
  const struct lookup *lookup = lookup_of(fault, module, found, a->look_up);
  cursor->rows = 0;
  if (!lookup) return;
  /* None found is a list, too. */
  cursor->candidate = sqlite3_malloc64(sizeof *cursor->candidate * 16);
  if (!cursor->candidate || !h2040_lookup_find(lookup, a->value, &cursor->candidate, &cursor->rows)) {
    h2040_fail_memory(fault);
  }
}

/* --- the virtual table ---------------------------------------------------- */

static int declare(sqlite3 *db, const struct table_function *function) {
  struct fault fault = { 0 };
  sqlite3_str *sql = sqlite3_str_new(db);
  for (int i = 0; function->columns[i]; i++) {
    sqlite3_str_appendf(sql, "%s\"%w\"", i == 0 ? "CREATE TABLE x(" : ", ", function->columns[i]);
  }
  for (int i = 0; function->parameters[i]; i++) sqlite3_str_appendf(sql, ", \"%w\" HIDDEN", function->parameters[i]);
  sqlite3_str_appendall(sql, ")");
  char *text = h2040_finish(&fault, sql);
  if (fault.rc == SQLITE_OK) fault.rc = sqlite3_declare_vtab(db, text);
  sqlite3_free(text);
  return fault.rc;
}

static int connect_table(sqlite3 *db, void *module, int argc, const char *const *argv, sqlite3_vtab **result,
                         char **error) {
  (void)argc;
  (void)argv;
  (void)error;
  int rc = declare(db, ((struct module *)module)->function);
  if (rc != SQLITE_OK) return rc;
  struct table *table = sqlite3_malloc64(sizeof *table);
  if (!table) return SQLITE_NOMEM;
  memset(table, 0, sizeof *table);
  table->db = db;
  table->module = module;
  if (table->module->function->innocuous) sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  *result = &table->base;
  return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **result) {
  struct cursor *cursor = sqlite3_malloc64(sizeof *cursor);
  if (!cursor) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof *cursor);
  ((struct table *)table)->cursors++;
  *result = &cursor->base;
  return SQLITE_OK;
}

/* Back to how it was opened, but for what it shares. */
static void reset_cursor(const struct module *module, struct cursor *cursor) {
  free_found(module, &cursor->own);
  if (cursor->stream) module->function->close(cursor->stream);
  sqlite3_free(cursor->candidate);
  cursor->stream = NULL;
  cursor->candidate = NULL;
  cursor->row = cursor->rows = 0;
  cursor->at_end = false;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  struct cursor *cursor = (struct cursor *)base;
  struct table *table = (struct table *)base->pVtab;
  reset_cursor(table->module, cursor);
  if (cursor->shared) cursor->shared->holders--;
  sqlite3_free(cursor);
  /* A correlated subquery opens its next cursor before it closes the last. */
  if (--table->cursors == 0) forget(table);
  return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *plan, int argc, sqlite3_value **argv) {
  struct cursor *cursor = (struct cursor *)base;
  struct table *table = (struct table *)base->pVtab;
  struct fault fault = { 0 };
  struct arguments arguments;
  (void)number;
  (void)argc;
  reset_cursor(table->module, cursor);
  read_plan(&fault, table->module, plan, argv, &arguments);
  cursor->by_column = arguments.by_column;
  if (fault.rc == SQLITE_OK) share(&fault, table, cursor, arguments.parameter, arguments.columns);
  if (fault.rc == SQLITE_OK) {
    if (table->module->function->step) find_stream(&fault, table, cursor, &arguments);
    else find_rows(&fault, table, cursor, &arguments);
  }
  look_up(&fault, table->module, cursor, &arguments);
  return h2040_fault_to_table(&fault, base->pVtab);
}

static int next_row(sqlite3_vtab_cursor *base) {
  struct cursor *cursor = (struct cursor *)base;
  struct module *module = ((struct table *)base->pVtab)->module;
  struct fault fault = { 0 };
  cursor->row++;
  if (cursor->stream) cursor->at_end = !module->function->step(&fault, cursor->stream);
  return h2040_fault_to_table(&fault, base->pVtab);
}

static int at_end(sqlite3_vtab_cursor *base) {
  const struct cursor *cursor = (const struct cursor *)base;
  return cursor->stream ? cursor->at_end : cursor->row >= cursor->rows;
}

static size_t row_at(const struct cursor *cursor) {
  return cursor->candidate ? cursor->candidate[cursor->row] : cursor->row;
}

static int show_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  struct cursor *cursor = (struct cursor *)base;
  const struct module *module = ((struct table *)base->pVtab)->module;
  struct fault fault = { 0 };
  struct shown shown;
  if (cursor->by_column && column == module->function->column_for.column) {
    column = module->columns + module->function->column_for.parameter;
  } else if (cursor->by_column && column == module->columns + module->function->column_for.parameter) {
    return SQLITE_OK; /* it was not given by this name */
  }
  if (column >= module->columns) {
    sqlite3_value *given = cursor->shared->parameter[column - module->columns];
    if (given) sqlite3_result_value(context, given);
    return SQLITE_OK;
  }
  if (cursor->stream) {
    show_nothing(&shown);
    module->function->show(&fault, cursor->stream, 0, column, &shown);
  } else {
    show(&fault, module, found_by(cursor), row_at(cursor), column, &shown);
  }
  if (fault.rc == SQLITE_OK) result_shown(context, &shown);
  return h2040_fault_to_table(&fault, base->pVtab);
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  struct cursor *cursor = (struct cursor *)base;
  const struct module *module = ((struct table *)base->pVtab)->module;
  struct fault fault = { 0 };
  uint64_t call = call_hash(&fault, module, cursor->shared);
  if (!module->function->narrows) {
    *rowid = (sqlite3_int64)((call >> 2) + (cursor->stream ? cursor->row : row_at(cursor)));
  } else {
    struct found *found = found_by(cursor);
    if (!found->rowid) number_rows(&fault, module, found, cursor->shared->columns, call);
    if (fault.rc == SQLITE_OK) *rowid = found->rowid[row_at(cursor)];
  }
  return h2040_fault_to_table(&fault, base->pVtab);
}

static const sqlite3_module methods = {
  .xConnect = connect_table, /* and no xCreate: eponymous only */
  .xBestIndex = best_index,
  .xDisconnect = disconnect_table,
  .xOpen = open_cursor,
  .xClose = close_cursor,
  .xFilter = filter,
  .xNext = next_row,
  .xEof = at_end,
  .xColumn = show_column,
  .xRowid = row_id,
};

static void free_module(void *pointer) {
  struct module *module = pointer;
  if (module->destroy) module->destroy(module->context);
  sqlite3_free(module);
}

void h2040_register_table_function(struct fault *fault, sqlite3 *db, const struct table_function *function,
                                   void *context, void (*destroy)(void *)) {
  struct module *module = sqlite3_malloc64(sizeof *module);
  if (!module) {
    if (destroy) destroy(context);
    h2040_fail_memory(fault);
    return;
  }
  *module = (struct module){ .function = function, .context = context, .destroy = destroy };
  while (function->columns[module->columns]) module->columns++;
  while (function->parameters[module->parameters]) module->parameters++;
  sqlite3_randomness(sizeof module->seed, &module->seed);
  h2040_register_table(fault, db, function->name, &methods, module, free_module);
}
