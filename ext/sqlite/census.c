/*
** h2040_census(source [, policy [, columns [, schema [, dates]]]])
**
** Which procedure codes the lines of a table or view bear, how many, and which of them
** are judged: so that a table of other codes does not pass for a clean one.
**
**   SELECT * FROM h2040_census('claims');
**
**   H2040|940|1|judged by session
**   H2014|310|0|no policy for this code
**   H2O40|3|1|miswritten H2040: judged
**   H2040|2|0|void
**
** Columns: hcpcs_code (as it is written), lines, judged (1 or 0), reason.  A row for each
** code and reason, those with most lines first.
**
** Parameters: those of h2040_audit; hcpcs_code must be there, or waived.
*/
#include "call_source.h"
#include "policies.h"
#include "reader.h"
#include "register.h"

#include "../billing/arena.h"
#include "../billing/judgment.h"
#include "../billing/sort.h"

#include <stdio.h>
#include <string.h>

static const char *const columns[] = { "hcpcs_code", "lines", "judged", "reason", NULL };
static const char *const parameters[] = { "source", "policy", "columns", "schema", "dates", NULL };

enum { COLUMN_HCPCS_CODE, COLUMN_LINES, COLUMN_JUDGED, COLUMN_REASON };
enum { POLICY = 1 }; /* a parameter */

enum { REASON_SIZE = 160 };

struct counted {
  struct value code;
  int64_t lines;
  size_t place; /* in the order in which they were met */
  bool judged;
  const char *reason;
  uint64_t hash;
  struct counted *next; /* of the same slot */
};

struct census {
  struct arena arena;
  struct counted **slot;
  size_t slots, count; /* slots: a power of two */
  const void **row; /* of struct counted, as they are shown */
};

static void close_census(void *result) {
  struct census *census = result;
  h2040_arena_free(&census->arena);
  sqlite3_free(census->slot);
  sqlite3_free(census->row);
  sqlite3_free(census);
}

/* --- counting ------------------------------------------------------------- */

struct count {
  struct census *census;
  struct policies *policies;
  struct source source;
  struct reader reader;
  int code, frequency, policy; /* where they are among what is read; -1: nowhere */
  struct held_policy *held;
  uint64_t seed;
  struct counted *last;        /* mostly the next line is like the last */
  struct held_policy *last_held;
  bool last_void;
};

static bool grow(struct census *census) {
  size_t slots = census->slots > 0 ? census->slots * 2 : 64;
  struct counted **slot = sqlite3_malloc64(slots * sizeof *slot);
  if (!slot) return false;
  memset(slot, 0, slots * sizeof *slot);
  for (size_t i = 0; i < census->slots; i++) {
    for (struct counted *c = census->slot[i], *next; c; c = next) {
      next = c->next;
      c->next = slot[c->hash & (slots - 1)];
      slot[c->hash & (slots - 1)] = c;
    }
  }
  sqlite3_free(census->slot);
  census->slot = slot;
  census->slots = slots;
  return true;
}

static char *keep_text(struct census *census, const char *text) {
  size_t size = strlen(text) + 1;
  char *kept = h2040_arena_take(&census->arena, size);
  if (kept) memcpy(kept, text, size);
  return kept;
}

static struct counted *find(struct census *census, const struct value *code, const char *reason, uint64_t hash) {
  struct counted *c = census->slots > 0 ? census->slot[hash & (census->slots - 1)] : NULL;
  while (c && !(c->hash == hash && c->code.kind == code->kind && h2040_value_same(&c->code, code)
                && strcmp(c->reason, reason) == 0)) {
    c = c->next;
  }
  return c;
}

/* The one that is there, or a new one; NULL: no memory. */
static struct counted *counted_as(struct census *census, const struct value *code, bool judged, const char *reason,
                                  uint64_t seed) {
  struct value words = value_of_text(h2040_text(reason));
  uint64_t hash = mix_bits(h2040_value_hash(code, seed)) ^ h2040_value_hash(&words, seed);
  struct counted *c = find(census, code, reason, hash);
  if (c) return c;
  if (census->count >= census->slots && !grow(census)) return NULL;
  c = h2040_arena_take(&census->arena, sizeof *c);
  if (!c) return NULL;
  *c = (struct counted){ .code = *code, .judged = judged, .hash = hash, .place = census->count };
  c->reason = keep_text(census, reason);
  if (!c->reason || !h2040_value_keep(&c->code, &census->arena)) return NULL;
  c->next = census->slot[hash & (census->slots - 1)];
  census->slot[hash & (census->slots - 1)] = c;
  census->count++;
  return c;
}

/* A pack is called by its name. */
static const char *name_of(const struct held_policy *held, char out[REASON_SIZE]) {
  struct text text = h2040_trim(held->text);
  if (h2040_blank(text)) text = TEXT("session");
  if (text.z[0] == '{' || text.z[0] == '[' || text.n > 40) return "the policy given";
  snprintf(out, REASON_SIZE, "%.*s", (int)text.n, text.z);
  return out;
}

static bool judge(const struct count *count, const struct value *code, bool is_void, char reason[REASON_SIZE]) {
  const struct policy_set *set = &count->held->set;
  const struct policy *policy = NULL;
  struct procedure_code read = { .form = CODE_BLANK };
  char name[REASON_SIZE];
  if (count->reader.at[count->code] < 0) {
    policy = set->policies.count == 1 ? policy_at(set, 0) : NULL;
  } else {
    h2040_read_procedure_code(code, &read);
    policy = h2040_policy_for_code(set, &read);
  }
  if (!policy) {
    snprintf(reason, REASON_SIZE, "%s", read.form == CODE_BLANK  ? "no code"
                                        : read.form == CODE_NONE ? "no procedure code"
                                                                 : "no policy for this code");
  } else if (is_void) {
    snprintf(reason, REASON_SIZE, "void");
  } else if (read.form == CODE_MISWRITTEN) {
    snprintf(reason, REASON_SIZE, "miswritten %s: judged", read.code);
  } else {
    snprintf(reason, REASON_SIZE, "judged by %.100s", name_of(count->held, name));
  }
  return policy && !is_void;
}

static void use_policy(struct count *count, struct fault *fault, sqlite3_value *value) {
  struct held_policy *held = value ? h2040_policy_hold_value(count->policies, fault, "h2040_census", value)
                                   : h2040_policy_hold(count->policies, fault, "h2040_census", TEXT("session"));
  h2040_policy_release(count->held);
  count->held = held;
}

static bool is_void(struct fault *fault, sqlite3_value *v) {
  enum { VOID = 8 };
  struct value frequency;
  int64_t number;
  if (!v) return false;
  h2040_read_value(fault, v, &frequency);
  return h2040_read_whole_number(&frequency, &number) == READ && number == VOID;
}

static void count_row(void *host, struct fault *fault, const struct row *row) {
  struct count *count = host;
  struct value code = { .kind = VALUE_NULL };
  char reason[REASON_SIZE];
  sqlite3_value *v = row_value(row, count->code);
  bool voided = is_void(fault, count->frequency >= 0 ? row_value(row, count->frequency) : NULL);
  if (v) h2040_read_value(fault, v, &code);
  if (count->policy >= 0) use_policy(count, fault, row_value(row, count->policy));
  if (fault->rc != SQLITE_OK) return;
  bool same = count->last && count->last_held == count->held && count->last_void == voided
              && count->last->code.kind == code.kind && h2040_value_same(&count->last->code, &code);
  if (!same) {
    bool judged = judge(count, &code, voided, reason);
    count->last = counted_as(count->census, &code, judged, reason, count->seed);
    count->last_held = count->held;
    count->last_void = voided;
  }
  if (count->last) count->last->lines++;
  else h2040_fail_memory(fault);
}

/* --- the rows ------------------------------------------------------------- */

static int by_lines(const void *a, const void *b, const void *context) {
  const struct counted *x = a;
  const struct counted *y = b;
  (void)context;
  if (x->lines != y->lines) return x->lines > y->lines ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* Whether to go on sorting. */
struct asking {
  struct fault *fault;
  sqlite3 *db;
  sqlite3_stmt *question;
};

static bool go_on(void *host) {
  struct asking *asking = host;
  return h2040_proceed(asking->fault, asking->db, &asking->question);
}

static void order_rows(struct fault *fault, sqlite3 *db, struct census *census) {
  struct asking asking = { fault, db, NULL };
  const struct sorting sorting = { .order = by_lines, .proceed = go_on, .host = &asking };
  size_t size = (census->count + 1) * sizeof *census->row;
  const void **room = fault->rc == SQLITE_OK ? sqlite3_malloc64(size) : NULL;
  if (room) census->row = sqlite3_malloc64(size);
  if (census->row) {
    size_t n = 0;
    for (size_t i = 0; i < census->slots; i++) {
      for (const struct counted *c = census->slot[i]; c; c = c->next) census->row[n++] = c;
    }
    h2040_sort(&sorting, census->row, room, n);
  } else {
    h2040_fail_memory(fault);
  }
  sqlite3_finalize(asking.question);
  sqlite3_free(room);
}

static void count_lines(struct count *count, struct fault *fault, struct table_call *call) {
  sqlite3_value *policy = call->parameter[POLICY];
  h2040_call_dates(fault, call);
  h2040_call_source(&count->source, fault, call, NULL);
  if (fault->rc != SQLITE_OK) return;
  h2040_source_require(&count->source, fault, FIELD_HCPCS_CODE, "every line bears the policy's code");
  count->code = h2040_reader_want(&count->reader, FIELD_HCPCS_CODE);
  count->frequency = count->policy = -1;
  if (source_has(&count->source, FIELD_CLAIM_FREQUENCY_CODE)) {
    count->frequency = h2040_reader_want(&count->reader, FIELD_CLAIM_FREQUENCY_CODE);
  }
  if (!policy && source_has(&count->source, FIELD_POLICY)) {
    count->policy = h2040_reader_want(&count->reader, FIELD_POLICY);
  } else if (fault->rc == SQLITE_OK) {
    use_policy(count, fault, policy);
  }
  h2040_read_rows(&count->reader, fault, call->db);
}

static void *run(struct fault *fault, struct table_call *call) {
  struct census *census = sqlite3_malloc64(sizeof *census);
  struct count *count = sqlite3_malloc64(sizeof *count);
  if (census) memset(census, 0, sizeof *census);
  if (!census || !count) {
    h2040_fail_memory(fault);
  } else {
    memset(count, 0, sizeof *count);
    count->census = census;
    count->policies = call->context;
    count->reader = (struct reader){ .source = &count->source, .each = count_row, .host = count, .in_order = true };
    sqlite3_randomness(sizeof count->seed, &count->seed);
    count_lines(count, fault, call);
    h2040_policy_release(count->held);
    h2040_source_close(&count->source);
    order_rows(fault, call->db, census);
  }
  sqlite3_free(count);
  return census;
}

static size_t rows(const void *result) {
  return ((const struct census *)result)->count;
}

static void show(struct fault *fault, const void *result, size_t row, int column, struct shown *shown) {
  const struct counted *counted = ((const struct census *)result)->row[row];
  (void)fault;
  switch (column) {
    case COLUMN_HCPCS_CODE: show_value(shown, &counted->code); break;
    case COLUMN_LINES: show_integer(shown, counted->lines); break;
    case COLUMN_JUDGED: show_integer(shown, counted->judged); break;
    default: show_text(shown, h2040_text(counted->reason)); /* COLUMN_REASON */
  }
}

static const struct table_function census_function = {
  .name = "h2040_census",
  .columns = columns,
  .parameters = parameters,
  .run = run,
  .rows = rows,
  .show = show,
  .close = close_census,
};

void h2040_register_census(struct fault *fault, sqlite3 *db, struct policies *policies) {
  h2040_policies_hold(policies);
  h2040_register_table_function(fault, db, &census_function, policies, h2040_policies_release);
}
