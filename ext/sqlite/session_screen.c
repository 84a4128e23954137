/* See session_screen.h. */
#include "session_screen.h"

#include "../billing/memory.h"
#include "../billing/unit_totals.h"

#ifndef SESSION_TOTALS_BYTES
#define SESSION_TOTALS_BYTES ((size_t)1 << 29)
#endif

/* Asked for are too many where they are one line in so many, of so many at least. */
enum { ONE_IN = 8, LINES_TO_SEE = 1 << 16 };

/* Units that are to be added; while they wait, their slot is fetched. */
struct awaited {
  uint64_t key;
  int64_t units;
  const struct session_cap *cap;
  uint32_t member;
};

enum { AWAITED = 16 };

struct screen {
  struct session_store *store;
  struct reader *reader;
  struct unit_totals totals; /* units of a group and period */
  struct unit_totals asked;  /* members: a set */
  struct awaited awaited[AWAITED];
  unsigned next;             /* of them to be added */
  bool with_rowids;
  int64_t *rowid;            /* of the lines that caps look at */
  uint32_t *member;          /* and of each the head of its member's hash */
  size_t logged, room;
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

static void ask_for(struct screen *screen, uint32_t member) {
  uint32_t times;
  screen->asked_lines++;
  add(screen, &screen->asked, key_of_member(member), 1, &times);
}

/* Is a sum now such that its cap may be passed? */
static void add_awaited(struct screen *screen, const struct awaited *awaited) {
  uint32_t total;
  if (!awaited->cap || !add(screen, &screen->totals, awaited->key, awaited->units, &total)) return;
  /* A rolling window lies in two of the periods that are added up: one of them has at
  ** least half of it. */
  uint32_t before = cap_period_rolls(&awaited->cap->period) ? total : 0;
  if (totals_may_exceed(total, before, awaited->cap->max_units)) ask_for(screen, awaited->member);
}

static void await(struct screen *screen, const struct awaited *awaited) {
  struct awaited *place = screen->awaited + screen->next++ % AWAITED;
  add_awaited(screen, place);
  *place = *awaited;
  h2040_unit_totals_expect(&screen->totals, awaited->key);
}

static void add_all_awaited(struct screen *screen) {
  for (unsigned i = 0; i < AWAITED; i++) add_awaited(screen, screen->awaited + i);
}

/* To the sums of the caps that count it. */
static void add_line(struct screen *screen, const struct session_glance *line) {
  const struct cap_index *index = screen->store->index;
  uint64_t group = mix_bits(line->member ^ (line->payer_id + (uint64_t)1) * 0x9E3779B97F4A7C15u);
  for (size_t i = 0; i < index->caps; i++) {
    const struct session_cap *cap = index->cap + i;
    if (!cap_bit(line->kind->caps, i) || (cap->payer != 0 && cap->payer != line->cap_payer)) continue;
    uint64_t period = (uint64_t)i << 32 | (uint32_t)h2040_cap_period_number(&cap->period, line->day);
    uint64_t key = group ^ (period + 1) * 0xD1B54A32D192ED03u;
    if (cap->scope == SCOPE_MEMBER_AND_PROVIDER) key = mix_bits(key) ^ line->provider;
    await(screen, &(struct awaited){ mix_bits(key), line->units, cap, head_of(line->member) });
  }
}

static void log_line(struct screen *screen, const struct row *row, uint32_t member) {
  enum { FIRST_ROOM = 1024 };
  sqlite3_value *rowid = row_value(row, SESSION_ROWID);
  if (!screen->with_rowids || !rowid) return;
  if (screen->logged == screen->room) {
    size_t room = screen->room > 0 ? screen->room * 2 : FIRST_ROOM;
    int64_t *rowids = h2040_realloc(screen->rowid, room * sizeof *rowids);
    if (rowids) screen->rowid = rowids;
    uint32_t *members = h2040_realloc(screen->member, room * sizeof *members);
    if (members) screen->member = members;
    if (!rowids || !members) {
      h2040_fail_memory(screen->store->context->fault);
      return;
    }
    screen->room = room;
  }
  screen->rowid[screen->logged] = sqlite3_value_int64(rowid);
  screen->member[screen->logged++] = member;
}

static void look_at(void *host, struct fault *fault, const struct row *row) {
  struct screen *screen = host;
  struct session_glance line;
  if (!h2040_glance_at_session(screen->store, row, &line) || fault->rc != SQLITE_OK) return;
  uint32_t member = head_of(line.member);
  screen->lines++;
  if (line.doubtful) ask_for(screen, member);
  else add_line(screen, &line);
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
  int64_t *rowid = screen->rowid;
  size_t count = 0;
  for (size_t i = 0; i < screen->logged; i++) {
    if (is_asked(screen, screen->member[i])) rowid[count++] = rowid[i];
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
  if (fault->rc == SQLITE_OK && !screen.useless) add_all_awaited(&screen);
  h2040_unit_totals_close(&screen.totals);
  if (fault->rc == SQLITE_OK && !screen.useless && screen.asked.used > 0) read_asked(&screen);
  h2040_unit_totals_close(&screen.asked);
  h2040_free(screen.rowid);
  h2040_free(screen.member);
  return !screen.useless;
}
