/* See cap_left.h. */
#include "cap_left.h"
#include "date.h"
#include "memory.h"

#include <string.h>

enum { RECENT_DAYS = 28, DAYS_AHEAD = 21, LAST_DAY_OF_ALL = 2932896 /* 9999-12-31 */ };

int32_t h2040_recent_from(int32_t last_day) {
  return last_day == NO_DAY ? INT32_MAX : last_day - (RECENT_DAYS - 1);
}

const char *h2040_left_status_text(enum left_status status) {
  static const char *const text[] = { "open", "near", "reached", "over" };
  return text[status];
}

/* ---- what is authorized past a cap ---- */

struct authorized {
  uint32_t first;    /* to be shown */
  int64_t left;      /* of those in force */
  int32_t last_day;  /* of those that have something left; NO_DAY: none has */
};

static bool in_force(const struct authorization *a, int32_t day) {
  return day >= a->first_day && day <= a->last_day;
}

static struct text codes_of(const struct cap_left *left, const struct session_cap *cap) {
  if (cap->hcpcs_codes.n > 0) return cap->hcpcs_codes;
  return left->asked_codes.n > 0 ? left->asked_codes : TEXT("H2040");
}

/* Is an authorization for any of the codes that a cap counts? */
static bool shares_codes(const struct cap_left *left, const struct session_cap *cap, const struct authorization *a) {
  struct text codes = codes_of(left, cap);
  struct text code;
  if (!left->index->by_code || a->hcpcs_codes.n == 0 || h2040_list_has(a->hcpcs_codes, TEXT("*"))) return true;
  while (h2040_next_member(&codes, &code)) {
    if (h2040_same(code, TEXT("*")) || h2040_list_has(a->hcpcs_codes, code)) return true;
  }
  return false;
}

static int64_t plus(int64_t a, int64_t b) {
  return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static struct authorized authorized_past(const struct cap_left *left, const struct session_cap *cap,
                                         const struct session_line *line) {
  const struct cap_sweep *s = left->sweep;
  struct authorized found = { .last_day = NO_DAY };
  if (cap->scope == SCOPE_PROVIDER || !cap->authorizable || line->member == 0) return found;
  struct value payer = { 0 };
  if (line->payer != 0) payer = id_form(&s->ids->payers, line->payer)->value;
  uint32_t i = h2040_authorizations_of_member(s->authorizations, &id_form(&s->ids->members, line->member)->value);
  bool something = false;
  for (; i != 0; i = s->authorizations->list[i - 1].next_of_member) {
    const struct authorization *a = s->authorizations->list + i - 1;
    if (!in_force(a, left->as_of) || !h2040_authorization_pays(s->authorizations, a, &payer)) continue;
    if (!shares_codes(left, cap, a) || !h2040_list_covers(a->modifiers, line->kind->modifiers)) continue;
    if (found.first == 0 || (!something && s->use[i - 1].left > 0)) found.first = i;
    if (s->use[i - 1].left == 0) continue;
    something = true;
    found.left = plus(found.left, s->use[i - 1].left);
    if (a->last_day > found.last_day) found.last_day = a->last_day;
  }
  return found;
}

/* ---- when it runs out ---- */

/* The day, counted from as_of and rounded up, on which so many units are used up at a
** pace; NO_DAY: not before the calendar ends. */
static int32_t used_up_on(int32_t as_of, int64_t units, int64_t recent) {
  if (units == 0) return as_of;
  if (recent == 0 || units > INT64_MAX / RECENT_DAYS - recent) return NO_DAY;
  int64_t days = (units * RECENT_DAYS + recent - 1) / recent;
  return days > LAST_DAY_OF_ALL - as_of ? NO_DAY : as_of + (int32_t)days;
}

/* The first day on which a part of that day is no longer in the window. */
static int32_t leaves_on(const struct cap_period *period, int32_t day) {
  int32_t low = day + 1;
  int32_t high = day;
  if (period->kind == PERIOD_ROLLING_DAYS) return day + period->length;
  for (int32_t step = 32; high <= day || h2040_cap_period_around(period, high).first <= day; step *= 2) high += step;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (h2040_cap_period_around(period, middle).first > day) high = middle;
    else low = middle + 1;
  }
  return low;
}

/* Of a rolling period: the first day whose window holds more than the limit, what is in
** it now leaving it day by day, and the pace coming in. */
static int32_t window_passes_on(const struct cap_left *left, const struct session_cap *cap,
                                const struct group_count *count, int64_t limit) {
  const struct cap_sweep *s = left->sweep;
  struct unit_sum within = count->counted;
  uint32_t part = count->first_part;
  int32_t from = left->as_of + 1;
  int64_t most = INT64_MAX / (2 * RECENT_DAYS);
  if (count->recent == 0 || limit > most || sum_units(within) > most) return NO_DAY;
  for (;;) {
    int32_t change = part != 0 ? leaves_on(&cap->period, s->part[part - 1].day) : leaves_on(&cap->period, left->as_of);
    int64_t room = (limit - sum_units(within)) * RECENT_DAYS;
    int64_t days = room < 0 ? 1 : room / count->recent + 1; /* the first on which it is more */
    int64_t day = left->as_of + days;
    if (day < from) day = from;
    if (day < change) return day > LAST_DAY_OF_ALL ? NO_DAY : (int32_t)day;
    if (part == 0) return NO_DAY; /* a window of the pace alone does not pass it */
    if (change > from) from = change;
    within = sum_without(within, s->part[part - 1].units);
    part = s->part[part - 1].next;
  }
}

static int32_t runs_out_on(const struct cap_left *left, const struct session_cap *cap,
                           const struct group_count *count, const struct left_row *row, int32_t last_authorized) {
  if (row->left == 0 && row->authorized_left == 0) return left->as_of;
  if (row->authorized_left == INT64_MAX) return NO_DAY;
  int32_t day;
  if (cap_period_rolls(&cap->period)) {
    day = window_passes_on(left, cap, count, plus(cap->max_units, row->authorized_left));
  } else {
    day = used_up_on(left->as_of, plus(row->left, row->authorized_left), count->recent);
    if (day > row->span.last) day = NO_DAY;
  }
  return row->authorized_left > 0 && day > last_authorized ? NO_DAY : day;
}

/* ---- rows ---- */

static enum left_status status_of(const struct cap_left *left, const struct left_row *row, bool over, int32_t ends) {
  int32_t soon = left->as_of + DAYS_AHEAD;
  int64_t rest = plus(row->left, row->authorized_left);
  if (over) return LEFT_OVER;
  if (rest == 0) return LEFT_REACHED;
  if (row->used / 4 >= rest) return LEFT_NEAR; /* four fifths of both together */
  if (row->runs_out != NO_DAY && row->runs_out <= soon) return LEFT_NEAR;
  return ends <= soon ? LEFT_NEAR : LEFT_OPEN;
}

static bool add_row(struct cap_left *left, const struct left_row *row) {
  struct left_row *added = h2040_list_add(&left->rows, sizeof *added);
  if (added) *added = *row;
  else left->sweep->no_memory = true;
  return added != NULL;
}

static bool add_group(struct cap_left *left, const struct session_cap *cap, struct group_count *count) {
  struct cap_sweep *s = left->sweep;
  if (cap_period_rolls(&cap->period)) h2040_sweep_move(s, cap, count, left->as_of);
  bool within = cap_period_rolls(&cap->period) ? count->first_part != 0
                                               : left->as_of >= count->span.first && left->as_of <= count->span.last;
  if (!within) return true;
  struct authorized authorized = authorized_past(left, cap, count->line);
  struct left_row row = {
    .cap = cap, .line = count->line, .authorization = authorized.first, .span = count->span,
    .used = sum_units(count->counted), .authorized_left = authorized.left, .recent = count->recent,
    .last_day = count->last_day,
  };
  row.left = row.used < cap->max_units ? cap->max_units - row.used : 0;
  row.runs_out = runs_out_on(left, cap, count, &row, authorized.last_day);
  int32_t ends = authorized.first != 0 ? s->authorizations->list[authorized.first - 1].last_day : INT32_MAX;
  row.status = status_of(left, &row, sum_units(count->uncovered) > 0, ends);
  return add_row(left, &row);
}

bool h2040_left_of_cap(struct cap_left *left, size_t cap) {
  struct cap_sweep *s = left->sweep;
  if (!cap_in_force(s->cap + cap, left->as_of)) return true;
  enum cap_scope scope = s->cap[cap].scope;
  for (uint32_t i = 0; i < s->groups[scope]; i++) {
    uint32_t group = scope == SCOPE_MEMBER ? s->ranked[i] : i;
    if (s->count[group].cap != cap + 1) continue;
    if (!add_group(left, s->cap + cap, s->count + group)) return false;
  }
  return true;
}

/* ---- authorizations that no cap stands before ---- */

static bool cap_stands_before(const struct cap_left *left, const struct authorization *a) {
  const struct cap_sweep *s = left->sweep;
  for (size_t i = 0; i < s->caps; i++) {
    const struct session_cap *cap = s->cap + i;
    if (!cap->authorizable || !cap_in_force(cap, left->as_of) || !shares_codes(left, cap, a)) continue;
    if (cap->payer == 0 || h2040_value_blank(&a->payer)) return true;
    struct value ours = h2040_id_of(&a->payer, left->index->payers.collation);
    if (h2040_id_same(&ours, id_value(&left->index->payers, cap->payer), left->index->payers.collation)) return true;
  }
  return false;
}

static bool counted_by_none(const struct cap_left *left, const struct session_line *line) {
  return !h2040_caps_count_payer(left->index, line->kind->caps, left->sweep->cap_payer[line->payer]);
}

static bool add_authorization(struct cap_left *left, size_t i) {
  const struct authorization *a = left->sweep->authorizations->list + i;
  const struct authorization_use *use = left->sweep->use + i;
  struct left_row row = {
    .authorization = (uint32_t)i + 1, .span = { a->first_day, a->last_day }, .line = use->last_line,
    .used = use->drawn, .authorized_left = use->left, .recent = use->recent, .runs_out = NO_DAY,
    .last_day = use->last_line ? use->last_line->day : NO_DAY,
  };
  if (use->left != INT64_MAX) row.runs_out = used_up_on(left->as_of, use->left, use->recent);
  if (row.runs_out > a->last_day) row.runs_out = NO_DAY;
  row.status = status_of(left, &row, use->uncovered > 0, a->last_day);
  return add_row(left, &row);
}

bool h2040_left_of_authorizations(struct cap_left *left) {
  struct cap_sweep *s = left->sweep;
  const struct session_line **line = s->by_day ? s->by_day : s->by_group;
  h2040_authorizations_fill(s->authorizations, s->use);
  for (size_t i = 0; i < s->lines && s->authorizations->count > 0; i++) {
    if (counted_by_none(left, line[i])) h2040_sweep_draw(s, line[i]);
    if (i % 4096 == 4095 && !s->proceed(s->host)) return false;
  }
  for (size_t i = 0; i < s->authorizations->count; i++) {
    const struct authorization *a = s->authorizations->list + i;
    if (!in_force(a, left->as_of) || cap_stands_before(left, a)) continue;
    if (!add_authorization(left, i)) return false;
  }
  return true;
}

/* ---- their order ---- */

static struct value payer_of(const struct cap_sweep *s, const struct left_row *row) {
  if (!row->cap) return s->authorizations->list[row->authorization - 1].payer;
  return row->line->payer != 0 ? id_form(&s->ids->payers, row->line->payer)->value : (struct value){ 0 };
}

static struct value member_of(const struct cap_sweep *s, const struct left_row *row) {
  if (!row->cap) return s->authorizations->list[row->authorization - 1].member;
  if (row->cap->scope == SCOPE_PROVIDER || row->line->member == 0) return (struct value){ 0 };
  return id_form(&s->ids->members, row->line->member)->value;
}

static struct value provider_of(const struct cap_sweep *s, const struct left_row *row) {
  if (!row->cap || row->cap->scope == SCOPE_MEMBER || row->line->provider == 0) return (struct value){ 0 };
  return id_form(&s->ids->providers, row->line->provider)->value;
}

static int order_of_rows(const void *left, const void *right, const void *context) {
  const struct cap_sweep *s = context;
  const struct left_row *a = left;
  const struct left_row *b = right;
  int order = 0;
  if (a->cap && b->cap) order = (a->cap->rank > b->cap->rank) - (a->cap->rank < b->cap->rank);
  else if (a->cap || b->cap) order = a->cap ? a->cap->cap_id.kind != VALUE_NULL : -(b->cap->cap_id.kind != VALUE_NULL);
  struct value (*const part[])(const struct cap_sweep *, const struct left_row *) = { payer_of, member_of, provider_of };
  for (int i = 0; i < 3 && order == 0; i++) {
    struct value x = part[i](s, a);
    struct value y = part[i](s, b);
    order = h2040_value_order(&x, &y);
  }
  return order != 0 ? order : (a->authorization > b->authorization) - (a->authorization < b->authorization);
}

bool h2040_left_sort(struct cap_left *left) {
  const struct sorting sorting = { order_of_rows, left->sweep, left->sweep->proceed, left->sweep->host };
  size_t count = left->rows.count;
  struct left_row *rows = left->rows.items;
  size_t in_order = 1;
  while (in_order < count && order_of_rows(rows + in_order - 1, rows + in_order, left->sweep) <= 0) in_order++;
  if (in_order >= count) return true;
  const void **item = h2040_realloc(NULL, (2 * count + 1) * sizeof *item);
  struct left_row *sorted = h2040_realloc(NULL, (count + 1) * sizeof *sorted);
  bool done = item && sorted;
  if (!done) left->sweep->no_memory = true;
  for (size_t i = 0; i < count && done; i++) item[i] = rows + i;
  done = done && h2040_sort(&sorting, item, item + count, count);
  for (size_t i = 0; i < count && done; i++) sorted[i] = *(const struct left_row *)item[i];
  if (done && count > 0) memcpy(rows, sorted, count * sizeof *rows);
  h2040_free(item);
  h2040_free(sorted);
  return done;
}
