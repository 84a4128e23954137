/* See cap_judge.h. */
#include "cap_judge.h"
#include "date.h"
#include "memory.h"
#include "sort.h"

#include <string.h>

bool h2040_judge_open(struct cap_judge *judge) {
  judge->balance = h2040_realloc(NULL, (judge->caps + 1) * sizeof *judge->balance);
  if (!judge->balance) return false;
  for (size_t i = 0; i < judge->caps; i++) judge->balance[i] = NULL;
  return true;
}

bool h2040_judge_keep(struct cap_judge *judge, const struct cap_row *row) {
  if (judge->rows == judge->row_room) {
    size_t room = judge->row_room > 0 ? judge->row_room * 2 : 64;
    struct cap_row *wider = h2040_realloc(judge->row, room * sizeof *wider);
    if (!wider) return false;
    judge->row = wider;
    judge->row_room = room;
  }
  judge->row[judge->rows++] = *row;
  return true;
}

static bool make_room(struct cap_judge *judge, size_t count) {
  if (count <= judge->group_room) return true;
  size_t room = count + count / 2;
  const void **order = h2040_realloc(judge->order, 2 * room * sizeof *order);
  if (order) judge->order = order;
  struct counted_session *counted = h2040_realloc(judge->counted, room * sizeof *counted);
  if (counted) judge->counted = counted;
  if (!order || !counted) return false;
  judge->group_room = room;
  return true;
}

/* The order of lines within a group: day, claim, line. */
static int by_day(const void *left, const void *right, const void *context) {
  const struct session_line *a = left;
  const struct session_line *b = right;
  (void)context;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  int order = h2040_value_order(&a->claim_id, &b->claim_id);
  return order != 0 ? order : h2040_value_order(&a->claim_line_number, &b->claim_line_number);
}

static int by_provider_and_day(const void *left, const void *right, const void *context) {
  const struct session_line *a = left;
  const struct session_line *b = right;
  int order = h2040_value_order(a->provider, b->provider);
  return order != 0 ? order : by_day(a, b, context);
}

/* One cap's balances, filled when it first draws. */
static int64_t *balance_of(struct cap_judge *judge, size_t cap) {
  if (!judge->balance[cap]) {
    judge->balance[cap] = h2040_realloc(NULL, (judge->authorizations->count + 1) * sizeof(int64_t));
    if (judge->balance[cap]) h2040_authorizations_fill(judge->authorizations, judge->balance[cap]);
  }
  return judge->balance[cap];
}

static bool keep_over(struct cap_judge *judge, size_t cap, const struct session_line *line,
                      const struct cap_count *count, int64_t *authorized_units) {
  struct cap_row row = {
    .line = line, .cap = judge->cap + cap, .span = count->span, .units_before = count->units_before,
    .units_over = count->units_over,
  };
  if (judge->authorizations->count > 0) {
    struct covered_session session = {
      .payer = h2040_in_terms(line->payer, judge->payer),
      .member = h2040_in_terms(line->member, judge->member),
      .number = h2040_in_terms(&line->prior_auth_number, judge->number),
      .hcpcs_code = line->code->code,
      .any_code = line->code->any,
      .day = line->day,
    };
    int64_t *balance = balance_of(judge, cap);
    if (!balance) return false;
    struct drawn drawn = h2040_authorizations_draw(judge->authorizations, balance, &session, count->units_over);
    row.authorized_units = drawn.units;
    row.authorization = drawn.first;
  }
  *authorized_units = row.authorized_units;
  return h2040_judge_keep(judge, &row);
}

/* Lines of one group in the order of their days, against one cap. */
static bool judge_in_order(struct cap_judge *judge, size_t index, const void **line, size_t count) {
  enum { LINES_BETWEEN_QUESTIONS = 4096 };
  const struct session_cap *cap = judge->cap + index;
  struct cap_counter counter;
  h2040_cap_counter_start(&counter, &cap->period, cap->max_units, judge->counted);
  for (size_t i = 0; i < count; i++) {
    const struct session_line *l = line[i];
    if (i % LINES_BETWEEN_QUESTIONS == LINES_BETWEEN_QUESTIONS - 1 && !judge->proceed(judge->host)) return false;
    if (!cap_bit(l->code->caps, index)) continue;
    struct cap_count c = h2040_cap_count(&counter, l->day, l->units);
    int64_t counted = l->units;
    if (c.units_over > 0 && l->day >= cap->effective_from && l->day <= cap->effective_to) {
      int64_t authorized;
      if (!keep_over(judge, index, l, &c, &authorized)) return false;
      if (judge->allowed) counted -= c.units_over - authorized;
    }
    h2040_cap_counter_add(&counter, l->day, counted);
  }
  return true;
}

/* Runs of the same provider, each a group of its own. */
static bool judge_each_provider(struct cap_judge *judge, size_t index, const void **line, size_t count) {
  for (size_t start = 0, end; start < count; start = end) {
    const struct session_line *first = line[start];
    for (end = start + 1; end < count; end++) {
      if (!h2040_value_same(first->provider, ((const struct session_line *)line[end])->provider)) break;
    }
    if (!judge_in_order(judge, index, line + start, end - start)) return false;
  }
  return true;
}

static bool judge_scope(struct cap_judge *judge, enum cap_scope scope, const struct session_line *first,
                        size_t count) {
  const struct sorting sorting = {
    scope == SCOPE_MEMBER_AND_PROVIDER ? by_provider_and_day : by_day, NULL, judge->proceed, judge->host,
  };
  struct value payer = h2040_in_terms(first->payer, judge->cap_payer);
  bool sorted = false;
  for (size_t i = 0; i < judge->caps; i++) {
    const struct session_cap *cap = judge->cap + i;
    if (cap->scope != scope) continue;
    if (cap->payer.kind != VALUE_NULL && !h2040_value_same(&cap->payer, &payer)) continue;
    if (!sorted) {
      size_t n = 0;
      for (const struct session_line *line = first; n < count; line = line->next_of_group) judge->order[n++] = line;
      if (!h2040_sort(&sorting, judge->order, judge->order + count, count)) return false;
      sorted = true;
    }
    bool done = scope == SCOPE_MEMBER_AND_PROVIDER ? judge_each_provider(judge, i, judge->order, count)
                                                   : judge_in_order(judge, i, judge->order, count);
    if (!done) return false;
  }
  return true;
}

bool h2040_judge_group(struct cap_judge *judge, const struct session_line *first, size_t count, bool by_provider) {
  if (!make_room(judge, count)) return false;
  if (by_provider) return judge_scope(judge, SCOPE_PROVIDER, first, count);
  return judge_scope(judge, SCOPE_MEMBER, first, count)
         && judge_scope(judge, SCOPE_MEMBER_AND_PROVIDER, first, count);
}

/* The date that is shown: the day's text, or what stands there. */
static struct value shown_date(const struct session_line *line, char text[DATE_SIZE]) {
  if (line->unreadable) return line->unreadable->service_date;
  h2040_date_text(line->day, text);
  return (struct value){ .kind = VALUE_TEXT, .size = (uint32_t)strlen(text), .bytes = text };
}

static int order_of_dates(const struct session_line *a, const struct session_line *b) {
  char left_text[DATE_SIZE];
  char right_text[DATE_SIZE];
  if (!a->unreadable && !b->unreadable) return (a->day > b->day) - (a->day < b->day);
  struct value left = shown_date(a, left_text);
  struct value right = shown_date(b, right_text);
  return h2040_value_order(&left, &right);
}

static int order_of_rows(const void *left, const void *right, const void *context) {
  const struct cap_row *x = left;
  const struct cap_row *y = right;
  const struct session_line *a = x->line;
  const struct session_line *b = y->line;
  enum cap_scope scope = x->cap ? x->cap->scope : SCOPE_MEMBER;
  enum cap_scope other = y->cap ? y->cap->scope : SCOPE_MEMBER;
  int order;
  (void)context;
  if (x->cap && y->cap) order = (x->cap->rank > y->cap->rank) - (x->cap->rank < y->cap->rank);
  else if (x->cap) order = x->cap->cap_id.kind != VALUE_NULL;
  else order = -(y->cap && y->cap->cap_id.kind != VALUE_NULL);
  if (order == 0 && a->payer != b->payer) order = h2040_value_order(a->payer, b->payer);
  if (order == 0) order = (int)scope - (int)other;
  if (order == 0 && scope != SCOPE_PROVIDER && a->member != b->member) order = h2040_value_order(a->member, b->member);
  if (order == 0 && scope != SCOPE_MEMBER && a->provider != b->provider) {
    order = h2040_value_order(a->provider, b->provider);
  }
  if (order == 0) order = order_of_dates(a, b);
  if (order == 0) order = h2040_value_order(&a->claim_id, &b->claim_id);
  return order != 0 ? order : h2040_value_order(&a->claim_line_number, &b->claim_line_number);
}

bool h2040_judge_sort(struct cap_judge *judge) {
  const struct sorting sorting = { order_of_rows, NULL, judge->proceed, judge->host };
  size_t in_order = 1;
  while (in_order < judge->rows
         && order_of_rows(judge->row + in_order - 1, judge->row + in_order, NULL) <= 0) in_order++;
  if (in_order >= judge->rows) return true; /* one cap, and nothing unreadable: as a rule */
  const void **item = h2040_realloc(NULL, 2 * judge->rows * sizeof *item);
  struct cap_row *sorted = h2040_realloc(NULL, judge->rows * sizeof *sorted);
  bool done = false;
  if (item && sorted) {
    for (size_t i = 0; i < judge->rows; i++) item[i] = judge->row + i;
    done = h2040_sort(&sorting, item, item + judge->rows, judge->rows);
  }
  if (done) {
    for (size_t i = 0; i < judge->rows; i++) sorted[i] = *(const struct cap_row *)item[i];
    h2040_free(judge->row);
    judge->row = sorted;
    judge->row_room = judge->rows;
  } else {
    h2040_free(sorted);
  }
  h2040_free(item);
  return done;
}

void h2040_judge_close(struct cap_judge *judge) {
  if (judge->balance) {
    for (size_t i = 0; i < judge->caps; i++) h2040_free(judge->balance[i]);
  }
  h2040_free(judge->balance);
  h2040_free(judge->row);
  h2040_free(judge->order);
  h2040_free(judge->counted);
  *judge = (struct cap_judge){ 0 };
}
