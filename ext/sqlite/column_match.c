/* See column_match.h. */
#include "column_match.h"

#include "../billing/column_name.h"

#include <string.h>

static int field_by_name(struct text name) {
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (h2040_same_name(name, h2040_text(h2040_field_names[field]))) return field;
  }
  return -1;
}

/* How well a field's best column matches it. */
enum { NOT_AT_ALL, MAYBE, LIKELY, BY_NAME };

struct tried {
  int field;
  int rank;
};

static struct tried try_column(const char *column) {
  struct text name = h2040_text(column);
  bool likely;
  int field = field_by_name(name);
  if (field >= 0) return (struct tried){ field, BY_NAME };
  field = h2040_field_exported_as(name, &likely);
  return (struct tried){ field, field < 0 ? NOT_AT_ALL : likely ? LIKELY : MAYBE };
}

struct column_match *h2040_match_columns(struct fault *fault, const struct source *source) {
  int best[FIELD_COUNT] = { 0 };
  int rivals[FIELD_COUNT] = { 0 };
  size_t size = (size_t)source->column_count * sizeof(struct column_match);
  struct column_match *matches = fault->rc == SQLITE_OK ? sqlite3_malloc64(size) : NULL;
  if (!matches) {
    h2040_fail_memory(fault);
    return NULL;
  }
  for (int i = 0; i < source->column_count; i++) {
    struct tried tried = try_column(source->column[i]);
    if (tried.field < 0) continue;
    if (tried.rank > best[tried.field]) rivals[tried.field] = 0;
    if (tried.rank >= best[tried.field]) {
      best[tried.field] = tried.rank;
      rivals[tried.field]++;
    }
  }
  for (int i = 0; i < source->column_count; i++) {
    struct tried tried = try_column(source->column[i]);
    matches[i] = (struct column_match){ .match = MATCH_NONE, .field = -1 };
    if (tried.field < 0 || tried.rank < best[tried.field]) continue;
    matches[i] = (struct column_match){ tried.rank == BY_NAME ? MATCH_NAME : MATCH_SUGGESTED, tried.field,
                                        rivals[tried.field] };
  }
  return matches;
}
