/* See session_screen.h. */
#include "session_screen.h"

#include "../billing/memory.h"
#include "../billing/unit_totals.h"

#ifndef SESSION_TOTALS_BYTES
#define SESSION_TOTALS_BYTES ((size_t)1 << 29)
#endif

/* Asked for are too many where they are one line in so many, of so many at least. */
enum { ONE_IN = 8, LINES_TO_SEE = 1 << 16 };

struct screen {
  struct session_store *store;
  struct reader *reader;
  struct unit_totals totals; /* units of a group and period */
  struct unit_totals asked;  /* members: a set */
  bool with_rowids;
  struct list rowids;        /* of int64_t: of the lines that caps look at */
  struct list members;       /* of uint32_t: of each of those the head of its member's hash */
  size_t lines, asked_lines;
  bool useless;
};

static uint32_t head_of(uint64_t hash) {
  return (uint32_t)(hash >> 32);
}

/* The set knows a member by the head of the hash, and so does the list. */
static uint64_t key_of_member(uint32_t head) {
  return mix_bits(head + (uint64_t)1);
}

static bool add(struct screen *screen, struct unit_totals *totals, uint64_t hash, int64_t units, uint32_t *total) {
  enum unit_totals_result result = h2040_unit_totals_add(totals, hash, units, total);
  if (result == TOTALS_NO_MEMORY) h2040_fail_memory(screen->store->context->fault);
  if (result == TOTALS_FULL) screen->useless = true;
  return result == TOTALS_ADDED;
}

/* ---- a line ---- */

/* The caps that count it: is a sum now such that one may be passed? */
static bool may_pass(struct screen *screen, const struct session_glance *line, uint64_t member) {
  const struct cap_index *index = screen->store->index;
  uint64_t group = mix_bits(member ^ (line->payer_id + (uint64_t)1) * 0x9E3779B97F4A7C15u);
  bool may = false;
  for (size_t i = 0; i < index->caps; i++) {
    const struct session_cap *cap = index->cap + i;
    uint32_t total;
    if (!cap_bit(line->kind->caps, i) || (cap->payer != 0 && cap->payer != line->cap_payer)) continue;
    uint64_t period = (uint64_t)i << 32 | (uint32_t)h2040_cap_period_number(&cap->period, line->day);
    uint64_t key = group ^ (period + 1) * 0xD1B54A32D192ED03u;
    if (cap->scope == SCOPE_MEMBER_AND_PROVIDER) key = mix_bits(key) ^ line->provider;
    if (!add(screen, &screen->totals, mix_bits(key), line->units, &total)) return true;
    /* A rolling window lies in two of the periods that are added up: one of them has at
    ** least half of it. */
    may |= totals_may_exceed(total, cap_period_rolls(&cap->period) ? total : 0, cap->max_units);
  }
  return may;
}

static void log_line(struct screen *screen, const struct row *row, uint32_t member) {
  sqlite3_value *rowid = row_value(row, SESSION_ROWID);
  if (!screen->with_rowids || !rowid) return;
  int64_t *number = h2040_list_add(&screen->rowids, sizeof *number);
  uint32_t *head = h2040_list_add(&screen->members, sizeof *head);
  if (!number || !head) {
    h2040_fail_memory(screen->store->context->fault);
    return;
  }
  *number = sqlite3_value_int64(rowid);
  *head = member;
}

static void look_at(void *host, struct fault *fault, const struct row *row) {
  struct screen *screen = host;
  struct session_glance line;
  uint32_t times;
  if (!h2040_glance_at_session(screen->store, row, &line) || fault->rc != SQLITE_OK) return;
  uint32_t member = head_of(line.member);
  bool ask = line.doubtful || may_pass(screen, &line, line.member);
  screen->lines++;
  screen->asked_lines += ask;
  if (ask) add(screen, &screen->asked, key_of_member(member), 1, &times);
  log_line(screen, row, member);
  if (screen->lines >= LINES_TO_SEE && screen->asked_lines > screen->lines / ONE_IN) screen->useless = true;
  if (screen->useless) screen->reader->stop = true;
}

/* ---- those that are asked for ---- */

static bool is_asked(const struct screen *screen, uint32_t member) {
  return h2040_unit_totals_of(&screen->asked, key_of_member(member)) > 0;
}

static bool wanted(void *host, struct fault *fault, sqlite3_value *value) {
  struct screen *screen = host;
  return is_asked(screen, head_of(h2040_session_member(screen->store, fault, value)));
}

static void read_asked(struct screen *screen) {
  const uint32_t *member = screen->members.items;
  int64_t *rowid = screen->rowids.items;
  size_t count = 0;
  for (size_t i = 0; i < screen->rowids.count; i++) {
    if (is_asked(screen, member[i])) rowid[count++] = rowid[i];
  }
  if (screen->with_rowids && !screen->store->marks && count <= screen->lines / ONE_IN) {
    h2040_read_sessions_at(screen->store, rowid, count);
  } else {
    h2040_read_sessions_of(screen->store, wanted, screen);
  }
}

bool h2040_screen_sessions(struct session_store *store) {
  struct fault *fault = store->context->fault;
  struct screen screen = { .store = store };
  bool across = store->index->scope[SCOPE_PROVIDER];
  if (fault->rc != SQLITE_OK || across || store->index->caps == 0) return false;
  if (!h2040_unit_totals_open(&screen.totals, SESSION_TOTALS_BYTES)
      || !h2040_unit_totals_open(&screen.asked, SESSION_TOTALS_BYTES)) h2040_fail_memory(fault);
  struct reader reader = { .source = store->source, .each = look_at, .host = &screen };
  screen.reader = &reader;
  screen.with_rowids = h2040_glance_columns(store, &reader);
  h2040_read_rows(&reader, fault, store->context->call->db);
  h2040_unit_totals_close(&screen.totals);
  if (fault->rc == SQLITE_OK && !screen.useless && screen.asked.used > 0) read_asked(&screen);
  h2040_unit_totals_close(&screen.asked);
  h2040_list_free(&screen.rowids);
  h2040_list_free(&screen.members);
  return !screen.useless;
}
