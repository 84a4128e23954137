/*
** h2040_columns(source [, dates [, schema]])
**
** Which column of a table or view is which field, how its values read, and what is to
** be decided before it is audited:
**
**   SELECT field, column, match, unreadable, note FROM h2040_columns('visits');
**
**   hcpcs_code|CPT Code|suggested|0|
**   service_date|DOS|suggested|1200|01/05/2026 needs dates = 'mdy' (a day above 12 stands second in 61 % of rows)
**
** Columns:
**   field       our name; NULL: the column is left over
**   column      theirs
**   match       name: found by its letters and digits; suggested: exports call it so,
**               and h2040_mapping maps it; NULL
**   filled      rows in which it is not blank, unreadable ones too
**   blank
**   unreadable  filled in, and not to be read as the field
**   example     the first value that is filled in, shortened
**   reads_as    what that is in its canonical form; NULL where it cannot be read
**   note        what to decide; NULL: nothing
**
** A row for each field that has or may have a column, in the order of the fields, then
** for each column left over, in the table's.
**
** Parameters: source (required), dates (iso, mdy, dmy, excel; iso), schema.
**
** The source is read once, all of its columns together (120 at a time).
*/
#include "call_source.h"
#include "column_match.h"
#include "reader.h"
#include "register.h"

#include "../billing/canonical.h"
#include "../billing/quote.h"

#include <string.h>

static const char *const columns[] = {
  "field", "column", "match", "filled", "blank", "unreadable", "example", "reads_as", "note", NULL
};
static const char *const parameters[] = { "source", "dates", "schema", NULL };

enum {
  COLUMN_FIELD, COLUMN_COLUMN, COLUMN_MATCH, COLUMN_FILLED, COLUMN_BLANK, COLUMN_UNREADABLE, COLUMN_EXAMPLE,
  COLUMN_READS_AS, COLUMN_NOTE
};

enum { LONGEST_EXAMPLE = 80 };

/* What stands in one column. */
struct seen_column {
  int64_t filled, blank, unreadable;
  int64_t lost;              /* of the unreadable: those that no `dates` reads */
  struct value example;      /* its bytes lie in bytes */
  char bytes[LONGEST_EXAMPLE];
  struct quoted first_lost;
  /* Of days that are not written so that there is but one to read: */
  int64_t month_first, day_first; /* which a day above 12 tells; */
  int64_t either;                 /* nothing tells; */
  int64_t serial;                 /* numbers of a spreadsheet */
  struct quoted mdy, dmy, ambiguous, number; /* the first of each */
};

struct column_row {
  char *column;
  const char *field; /* NULL: left over */
  enum match match;
  struct seen_column seen;
  struct value reads_as;
  char *note;
};

struct column_rows {
  size_t count;
  struct arena arena; /* of what they read as */
  struct column_row row[];
};

static void close_columns(void *result) {
  struct column_rows *all = result;
  for (size_t i = 0; i < all->count; i++) {
    sqlite3_free(all->row[i].column);
    sqlite3_free(all->row[i].note);
  }
  h2040_arena_free(&all->arena);
  sqlite3_free(all);
}

/* --- looking at values ---------------------------------------------------- */

struct look {
  enum dates dates;
  int count;                     /* of the columns that are read together */
  const struct column_match *match; /* of each */
  struct seen_column *seen;      /* of each */
};

static struct quoted shown_value(const struct value *v) {
  char number[NUMBER_SIZE];
  return h2040_quote(h2040_value_shown(v, number));
}

static void keep_first(struct quoted *first, int64_t count, const struct value *v) {
  if (count == 0) *first = shown_value(v);
}

static void keep_example(struct seen_column *seen, const struct value *v) {
  seen->example = *v;
  if (!has_bytes(v)) return;
  size_t n = v->size < LONGEST_EXAMPLE ? v->size : LONGEST_EXAMPLE;
  while (n > 0 && n < v->size && ((unsigned char)v->bytes[n] & 0xC0) == 0x80) n--;
  memcpy(seen->bytes, v->bytes, n);
  seen->example.size = (uint32_t)n;
  seen->example.bytes = seen->bytes;
}

/* A serial number of the days that a practice may have billed. */
static bool is_recent(int32_t day) {
  enum { YEAR_1970 = 0, YEAR_2100 = 47482 };
  return day >= YEAR_1970 && day < YEAR_2100;
}

/* false: no `dates` reads it. */
static bool look_at_day(struct seen_column *seen, const struct value *v) {
  int32_t day;
  if (h2040_read_date(v, DATES_ISO, &day) == READ) return true;
  bool month_first = h2040_read_date(v, DATES_MDY, &day) == READ;
  bool day_first = h2040_read_date(v, DATES_DMY, &day) == READ;
  if (month_first && day_first) {
    keep_first(&seen->ambiguous, seen->either, v);
    seen->either++;
  } else if (month_first) {
    keep_first(&seen->mdy, seen->month_first, v);
    seen->month_first++;
  } else if (day_first) {
    keep_first(&seen->dmy, seen->day_first, v);
    seen->day_first++;
  } else if (h2040_read_date(v, DATES_EXCEL, &day) == READ && is_recent(day)) {
    keep_first(&seen->number, seen->serial, v);
    seen->serial++;
  } else {
    return false;
  }
  return true;
}

static enum reading read_value(const struct look *look, int field, const struct value *v) {
  if (field >= 0) return h2040_read_as((enum field_kind)h2040_field_kinds[field], v, look->dates);
  return h2040_value_blank(v) ? BLANK : READ;
}

static void look_at(struct look *look, int i, const struct value *v) {
  struct seen_column *seen = &look->seen[i];
  int field = look->match[i].field;
  enum reading reading = read_value(look, field, v);
  if (reading == BLANK) {
    seen->blank++;
    return;
  }
  if (seen->filled++ == 0) keep_example(seen, v);
  bool is_day = field >= 0 && (h2040_field_kinds[field] == KIND_DATE || h2040_field_kinds[field] == KIND_TIMESTAMP);
  bool known = is_day && look_at_day(seen, v);
  if (reading != UNREADABLE) return;
  seen->unreadable++;
  if (known) return;
  keep_first(&seen->first_lost, seen->lost, v);
  seen->lost++;
}

static void look_at_row(void *host, struct fault *fault, const struct row *row) {
  struct look *look = host;
  for (int i = 0; i < look->count; i++) {
    struct value value;
    h2040_read_value(fault, row_value(row, i), &value);
    if (fault->rc == SQLITE_OK) look_at(look, i, &value);
  }
}

static void read_all(struct fault *fault, sqlite3 *db, const struct source *source, enum dates dates,
                     const struct column_match *matches, struct seen_column *seen) {
  for (int first = 0; first < source->column_count; first += MOST_WANTED) {
    struct look look = { .dates = dates, .match = matches + first, .seen = seen + first };
    struct reader reader = { .source = source, .each = look_at_row, .host = &look, .in_order = true };
    for (int i = first; i < source->column_count && look.count < MOST_WANTED; i++) {
      h2040_reader_want(&reader, i);
      look.count++;
    }
    h2040_read_rows(&reader, fault, db);
  }
}

/* --- notes ---------------------------------------------------------------- */

static void begin_note(sqlite3_str *note) {
  if (sqlite3_str_length(note) > 0) sqlite3_str_appendall(note, "; ");
}

/* A value in a note stands without its quotes. */
static void append_bare(sqlite3_str *note, const struct quoted *value) {
  size_t n = strlen(value->z);
  bool in_quotes = n >= 2 && value->z[0] == '\'' && value->z[n - 1] == '\'';
  sqlite3_str_append(note, value->z + in_quotes, (int)(n - 2 * (size_t)in_quotes));
}

static void note_order(sqlite3_str *note, const struct quoted *value, const char *dates, const char *place,
                       int64_t count, int64_t filled) {
  int64_t percent = (int64_t)((double)count * 100 / (double)filled + 0.5);
  append_bare(note, value);
  sqlite3_str_appendf(note, " needs dates = '%s' (a day above 12 stands %s in ", dates, place);
  if (percent > 0) sqlite3_str_appendf(note, "%lld %% of rows)", (long long)percent);
  else sqlite3_str_appendf(note, "%lld row%s)", (long long)count, plural(count));
}

/* What `dates` should say. */
static void note_days(sqlite3_str *note, const struct seen_column *seen, enum dates dates) {
  bool month_first = seen->month_first > 0;
  bool day_first = seen->day_first > 0;
  const struct quoted *first = seen->either > 0 ? &seen->ambiguous : month_first ? &seen->mdy : &seen->dmy;
  if (month_first && day_first) {
    begin_note(note);
    sqlite3_str_appendall(note, "day and month stand in both orders: ");
    append_bare(note, &seen->mdy);
    sqlite3_str_appendall(note, " and ");
    append_bare(note, &seen->dmy);
  } else if (month_first && dates != DATES_MDY) {
    begin_note(note);
    note_order(note, first, "mdy", "second", seen->month_first, seen->filled);
  } else if (day_first && dates != DATES_DMY) {
    begin_note(note);
    note_order(note, first, "dmy", "first", seen->day_first, seen->filled);
  } else if (seen->either > 0 && dates != DATES_MDY && dates != DATES_DMY) {
    begin_note(note);
    append_bare(note, &seen->ambiguous);
    sqlite3_str_appendall(note, " needs dates = 'mdy' or 'dmy' (no day above 12 tells which)");
  }
  if (seen->serial > 0 && dates != DATES_EXCEL) {
    begin_note(note);
    append_bare(note, &seen->number);
    sqlite3_str_appendall(note, " needs dates = 'excel'");
  }
}

static const char *unreadable_words(enum field_kind kind) {
  return kind == KIND_CODE || kind == KIND_CODES ? "miswritten or no procedure code" : "not to be read";
}

static char *note_of(struct fault *fault, sqlite3 *db, const struct column_match *match, const struct seen_column *seen,
                     enum dates dates) {
  if (match->field < 0 || fault->rc != SQLITE_OK) return NULL;
  sqlite3_str *note = sqlite3_str_new(db);
  enum field_kind kind = (enum field_kind)h2040_field_kinds[match->field];
  if (match->rivals > 1) {
    if (match->rivals == 2) sqlite3_str_appendall(note, "two");
    else sqlite3_str_appendf(note, "%d", match->rivals);
    sqlite3_str_appendall(note, match->match == MATCH_NAME ? " columns are this" : " columns may be this");
  }
  note_days(note, seen, dates);
  if (kind == KIND_ID && seen->unreadable > 0) {
    begin_note(note);
    sqlite3_str_appendf(note, "white space around %lld id%s", (long long)seen->unreadable, plural(seen->unreadable));
  } else if (seen->lost > 0) {
    begin_note(note);
    sqlite3_str_appendf(note, "%lld %s, such as %s", (long long)seen->lost, unreadable_words(kind), seen->first_lost.z);
  }
  bool none = sqlite3_str_length(note) == 0;
  char *text = h2040_finish(fault, note);
  if (!none) return text;
  sqlite3_free(text);
  return NULL;
}

/* --- what an example reads as ---------------------------------------------- */

/* A slot is a list of its own. */
static enum field list_field(int field) {
  if (field >= FIELD_MODIFIER_1 && field <= FIELD_MODIFIER_4) return FIELD_MODIFIERS;
  if (field >= FIELD_DIAGNOSIS_1 && field <= FIELD_DIAGNOSIS_12) return FIELD_DIAGNOSIS_CODES;
  return (enum field)field;
}

static void read_example(struct fault *fault, struct claim_line *line, int column_field, struct column_rows *all,
                         struct column_row *row) {
  struct canonical canonical;
  if (fault->rc != SQLITE_OK || column_field < 0 || row->seen.filled == 0) return;
  enum field field = list_field(column_field);
  line->passed = SET1(field);
  line->value[field] = row->seen.example;
  if (!h2040_canonical(line, field, &all->arena, &canonical)) {
    h2040_fail_memory(fault);
  } else if (!canonical.problem[0]) {
    row->reads_as = canonical.value;
    if (!h2040_value_keep(&row->reads_as, &all->arena)) h2040_fail_memory(fault);
  }
}

/* --- the rows ------------------------------------------------------------- */

/* While the source is looked at. */
struct survey {
  sqlite3 *db;
  enum dates dates;
  struct source source;
  struct column_match *matches;
  struct seen_column *seen;
  struct claim_line *line;
};

static void add_row(struct fault *fault, struct survey *survey, struct column_rows *all, int i) {
  struct column_row *row = &all->row[all->count++];
  const struct column_match *match = &survey->matches[i];
  row->column = sqlite3_mprintf("%s", survey->source.column[i]);
  if (!row->column) h2040_fail_memory(fault);
  row->field = match->field >= 0 ? h2040_field_names[match->field] : NULL;
  row->match = match->match;
  row->seen = survey->seen[i];
  if (has_bytes(&row->seen.example)) row->seen.example.bytes = row->seen.bytes;
  row->note = note_of(fault, survey->db, match, &row->seen, survey->dates);
  read_example(fault, survey->line, match->field, all, row);
}

static struct column_rows *make_rows(struct fault *fault, struct survey *survey) {
  int count = survey->source.column_count;
  size_t size = sizeof(struct column_rows) + (size_t)count * sizeof(struct column_row);
  struct column_rows *all = fault->rc == SQLITE_OK ? sqlite3_malloc64(size) : NULL;
  if (!all) {
    h2040_fail_memory(fault);
    return NULL;
  }
  memset(all, 0, size);
  for (int field = 0; field < FIELD_COUNT; field++) {
    for (int i = 0; i < count; i++) {
      if (survey->matches[i].field == field) add_row(fault, survey, all, i);
    }
  }
  for (int i = 0; i < count; i++) {
    if (survey->matches[i].field < 0) add_row(fault, survey, all, i);
  }
  return all;
}

static void *take_zeros(struct fault *fault, size_t size) {
  void *memory = fault->rc == SQLITE_OK ? sqlite3_malloc64(size) : NULL;
  if (memory) memset(memory, 0, size);
  else h2040_fail_memory(fault);
  return memory;
}

static void *run(struct fault *fault, struct table_call *call) {
  struct survey survey = { .db = call->db, .dates = h2040_call_dates(fault, call) };
  h2040_call_source_as_it_is(&survey.source, fault, call);
  survey.matches = h2040_match_columns(fault, &survey.source);
  survey.seen = take_zeros(fault, (size_t)survey.source.column_count * sizeof *survey.seen);
  survey.line = take_zeros(fault, sizeof *survey.line);
  if (survey.line) survey.line->dates = survey.dates;
  if (fault->rc == SQLITE_OK) {
    read_all(fault, call->db, &survey.source, survey.dates, survey.matches, survey.seen);
  }
  struct column_rows *all = make_rows(fault, &survey);
  sqlite3_free(survey.line);
  sqlite3_free(survey.seen);
  sqlite3_free(survey.matches);
  h2040_source_close(&survey.source);
  return all;
}

static size_t rows(const void *result) {
  return ((const struct column_rows *)result)->count;
}

static void show(struct fault *fault, const void *result, size_t i, int column, struct shown *shown) {
  static const char *const matches[] = { NULL, "name", "suggested" };
  const struct column_row *row = &((const struct column_rows *)result)->row[i];
  (void)fault;
  switch (column) {
    case COLUMN_FIELD: show_static(shown, row->field); break;
    case COLUMN_COLUMN: show_text(shown, h2040_text(row->column)); break;
    case COLUMN_MATCH: show_static(shown, matches[row->match]); break;
    case COLUMN_FILLED: show_integer(shown, row->seen.filled); break;
    case COLUMN_BLANK: show_integer(shown, row->seen.blank); break;
    case COLUMN_UNREADABLE: show_integer(shown, row->seen.unreadable); break;
    case COLUMN_EXAMPLE: show_value(shown, &row->seen.example); break;
    case COLUMN_READS_AS: show_value(shown, &row->reads_as); break;
    default: /* COLUMN_NOTE */
      if (row->note) show_text(shown, h2040_text(row->note));
  }
}

static const struct table_function columns_function = {
  .name = "h2040_columns",
  .columns = columns,
  .parameters = parameters,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_columns,
};

void h2040_register_columns(struct fault *fault, sqlite3 *db) {
  h2040_register_table_function(fault, db, &columns_function, NULL, NULL);
}
