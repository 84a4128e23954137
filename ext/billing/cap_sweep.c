/* See cap_sweep.h. */
#include "cap_sweep.h"
#include "date.h"
#include "memory.h"
#include "quote.h"
#include "standing.h"

#include <stdio.h>
#include <string.h>

enum { LINES_BETWEEN_QUESTIONS = 4096, LINES_AHEAD = 12 };
#define NOT_LOOKED_UP UINT32_MAX

/* Lines lie in the order in which they were read, not in that in which they count. */
#ifdef __GNUC__
#define PREFETCH(line) __builtin_prefetch(line)
#else
#define PREFETCH(line) ((void)(line))
#endif

/* What of a line counts at once. */
struct line_part {
  const struct session_line *line;
  int32_t day;
  int64_t units;
};

/* ---- memory ---- */

static void *widened(struct cap_sweep *s, void *array, size_t count, size_t size) {
  void *wider = count > SIZE_MAX / size ? NULL : h2040_realloc(array, count * size);
  if (!wider) s->no_memory = true;
  return wider ? wider : array;
}

bool h2040_sweep_open(struct cap_sweep *s) {
  s->use = widened(s, NULL, s->authorizations->count + 1, sizeof *s->use);
  size_t members = s->ids->members.forms.count + 1;
  s->first_authorization = widened(s, NULL, members, sizeof *s->first_authorization);
  if (s->no_memory) return false;
  for (size_t i = 0; i < members; i++) s->first_authorization[i] = NOT_LOOKED_UP;
  return true;
}

void h2040_sweep_close(struct cap_sweep *s) {
  h2040_free(s->by_group);
  h2040_free(s->by_day);
  h2040_free(s->ranked);
  h2040_free(s->row);
  h2040_free(s->count);
  h2040_free(s->use);
  h2040_free(s->part);
  h2040_free(s->spread);
  h2040_free(s->first_authorization);
  *s = (struct cap_sweep){ 0 };
}

bool h2040_sweep_keep(struct cap_sweep *s, const struct cap_row *row) {
  if (s->rows == s->row_room) {
    size_t room = s->row_room > 0 ? s->row_room * 2 : 64;
    s->row = widened(s, s->row, room, sizeof *s->row);
    if (s->no_memory) return false;
    s->row_room = room;
  }
  s->row[s->rows++] = *row;
  return true;
}

/* ---- which lines a cap counts ---- */

/* Does the cap look at the line, whatever its day, and if so, what keeps it from counting
** it?  As far as that is not a matter of the span. */
static bool looks_at(const struct cap_sweep *s, size_t cap, const struct session_line *line,
                     enum cap_trouble *trouble) {
  const struct session_cap *c = s->cap + cap;
  *trouble = NO_CAP_TROUBLE;
  if (!cap_bit(line->kind->caps, cap)) return false;
  if (c->payer != 0 && c->payer != s->cap_payer[line->payer]) return false;
  if (cap_asks_age(c)) {
    if (line->birth == INT32_MIN) *trouble = AGE_UNKNOWN;
    else if (!h2040_cap_takes_age(c, h2040_age(line->birth, line->day))) return false;
  }
  if (c->scope != SCOPE_MEMBER && s->by_provider && id_of_form(&s->ids->providers, line->provider) == 0) {
    *trouble = PROVIDER_UNKNOWN;
  }
  return true;
}

static bool tell(struct cap_sweep *s, const struct session_cap *cap, const struct session_line *line,
                 enum cap_trouble trouble) {
  if (!s->keep_rows || line->last_day < cap->effective_from || line->day > cap->effective_to) return true;
  return h2040_sweep_keep(s, &(struct cap_row){ .line = line, .cap = cap, .day = line->day, .trouble = trouble });
}

/* ---- counting ---- */

static struct group_count *count_of(struct cap_sweep *s, size_t cap, uint32_t group) {
  struct group_count *count = s->count + group - 1;
  if (count->cap != cap + 1) *count = (struct group_count){ .cap = (uint32_t)cap + 1, .span = { INT32_MAX, INT32_MIN } };
  return count;
}

static void move_window(struct cap_sweep *s, const struct cap_period *period, struct group_count *count, int32_t day) {
  if (cap_period_rolls(period)) {
    if (day != count->span.last) count->span = h2040_cap_period_around(period, day);
    while (count->first_part != 0 && s->part[count->first_part - 1].day < count->span.first) {
      const struct counted_part *gone = s->part + count->first_part - 1;
      count->counted = sum_without(count->counted, gone->units);
      count->uncovered = sum_without(count->uncovered, gone->uncovered);
      count->first_part = gone->next;
    }
  } else if (day < count->span.first || day > count->span.last) {
    count->span = h2040_cap_period_around(period, day);
    count->counted = count->uncovered = (struct unit_sum){ 0 };
  }
}

void h2040_sweep_move(struct cap_sweep *s, const struct session_cap *cap, struct group_count *count, int32_t day) {
  move_window(s, &cap->period, count, day);
}

static int64_t plus(int64_t a, int64_t b) {
  return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* A line's units from recent_from on; of a span what falls on those days. */
static int64_t recent_units(const struct cap_sweep *s, const struct session_line *line) {
  int32_t first = line->day < s->recent_from ? s->recent_from : line->day;
  int32_t last = line->last_day > s->until ? s->until : line->last_day;
  int64_t days = (int64_t)line->last_day - line->day + 1;
  if (first > last) return 0;
  return line->units % days == 0 ? line->units / days * (last - first + 1) : line->units;
}

static bool add_to_window(struct cap_sweep *s, struct group_count *count, int32_t day, int64_t units,
                          int64_t uncovered) {
  if (s->parts == s->part_room) {
    size_t room = s->part_room > 0 ? s->part_room * 2 : 1024;
    s->part = widened(s, s->part, room, sizeof *s->part);
    if (s->no_memory) return false;
    s->part_room = room;
  }
  s->part[s->parts++] = (struct counted_part){ .day = day, .units = units, .uncovered = uncovered };
  if (count->first_part != 0) s->part[count->last_part - 1].next = (uint32_t)s->parts;
  else count->first_part = (uint32_t)s->parts;
  count->last_part = (uint32_t)s->parts;
  return true;
}

static uint32_t authorizations_of(struct cap_sweep *s, uint32_t member) {
  uint32_t *first = s->first_authorization + member;
  if (*first == NOT_LOOKED_UP) {
    *first = member == 0 ? 0 : h2040_authorizations_of_member(s->authorizations,
                                                              &id_form(&s->ids->members, member)->value);
  }
  return *first;
}

static struct drawn draw(struct cap_sweep *s, const struct session_cap *cap, const struct session_line *line,
                         int32_t day, int64_t units) {
  struct covered_session session = {
    .hcpcs_code = line->kind->hcpcs_code, .any_code = line->kind->any_code, .modifiers = line->kind->modifiers,
    .day = day, .first = authorizations_of(s, line->member), .line = line,
  };
  if (line->payer != 0) session.payer = id_form(&s->ids->payers, line->payer)->value;
  if (line->number != 0) session.number = id_form(&s->ids->numbers, line->number)->value;
  return h2040_authorizations_draw(s->authorizations, cap->authorizable ? s->use : NULL, &session, units);
}

void h2040_sweep_draw(struct cap_sweep *s, const struct session_line *line) {
  static const struct session_cap none = { .authorizable = true };
  struct drawn drawn = draw(s, &none, line, line->day, line->units);
  uint32_t own = 0;
  if (drawn.first != 0) s->use[drawn.first - 1].recent = plus(s->use[drawn.first - 1].recent, recent_units(s, line));
  if (drawn.units == line->units || line->number == 0) return;
  for (uint32_t i = authorizations_of(s, line->member); i != 0 && own == 0; i = s->authorizations->list[i - 1].next_of_member) {
    if (h2040_authorization_named(s->authorizations, s->authorizations->list + i - 1,
                                  &id_form(&s->ids->numbers, line->number)->value)) own = i;
  }
  if (own != 0) s->use[own - 1].uncovered = plus(s->use[own - 1].uncovered, line->units - drawn.units);
}

static bool count_part(struct cap_sweep *s, size_t index, const struct session_line *line, int32_t day,
                       int64_t units) {
  const struct session_cap *cap = s->cap + index;
  struct group_count *count = count_of(s, index, line->group[cap->scope]);
  if (day > s->until) return true;
  move_window(s, &cap->period, count, day);
  int64_t before = sum_units(count->counted);
  int64_t left = before < cap->max_units ? cap->max_units - before : 0;
  int64_t uncovered = 0;
  if (units > left && cap_in_force(cap, day)) {
    struct cap_row row = {
      .line = line, .cap = cap, .day = day, .span = count->span, .units = units, .units_before = before,
      .units_over = units - left,
    };
    if (s->on_file) {
      struct drawn drawn = draw(s, cap, line, day, row.units_over);
      row.authorized_units = drawn.units;
      row.authorization = drawn.first;
      row.why = (uint8_t)drawn.why;
      row.used_up_by = drawn.used_up_by;
    }
    uncovered = row.units_over - row.authorized_units;
    if (s->keep_rows && !h2040_sweep_keep(s, &row)) return false;
  }
  int64_t counted = s->allowed ? units - uncovered : units;
  count->counted = sum_with(count->counted, counted);
  count->uncovered = sum_with(count->uncovered, uncovered);
  count->line = line;
  count->last_day = day;
  if (day == line->day) count->recent = plus(count->recent, recent_units(s, line));
  return !cap_period_rolls(&cap->period) || add_to_window(s, count, day, counted, uncovered);
}

/* ---- spans ---- */

static bool spread(struct cap_sweep *s, const struct session_line *line, int32_t day, int64_t units, size_t *parts) {
  if (*parts == s->spread_room) {
    size_t room = s->spread_room > 0 ? s->spread_room * 2 : 1024;
    s->spread = widened(s, s->spread, room, sizeof *s->spread);
    if (s->no_memory) return false;
    s->spread_room = room;
  }
  s->spread[(*parts)++] = (struct line_part){ line, day, units };
  return true;
}

static bool spread_line(struct cap_sweep *s, const struct session_cap *cap, const struct session_line *line,
                        size_t *parts) {
  int64_t days = (int64_t)line->last_day - line->day + 1;
  bool by_day = cap->period.kind == PERIOD_DAY || cap_period_rolls(&cap->period);
  if (days == 1 || cap->period.kind == PERIOD_LIFETIME) return spread(s, line, line->day, line->units, parts);
  if (line->units % days != 0) {
    bool within = !by_day && h2040_cap_period_around(&cap->period, line->day).last >= line->last_day;
    return within ? spread(s, line, line->day, line->units, parts) : tell(s, cap, line, SPAN_NOT_PARTED);
  }
  for (int32_t day = line->day; day <= line->last_day;) {
    int32_t last = by_day ? day : h2040_cap_period_around(&cap->period, day).last;
    if (last > line->last_day) last = line->last_day;
    if (!spread(s, line, day, line->units / days * (last - day + 1), parts)) return false;
    day = last + 1;
  }
  return true;
}

/* context: the sweep.  By member where that is what the lines are in order of. */
static int order_of_parts(const void *left, const void *right, const void *context) {
  const struct line_part *a = left;
  const struct line_part *b = right;
  (void)context;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  return h2040_session_order(a->line, b->line);
}

/* Parts in the order of their days, over all groups: each group's are in theirs, and so
** are those that share authorizations. */
static bool sort_parts(struct cap_sweep *s, size_t parts, const void ***order) {
  const struct sorting sorting = { order_of_parts, NULL, s->proceed, s->host };
  *order = widened(s, NULL, 2 * parts + 1, sizeof **order);
  if (s->no_memory) return false;
  for (size_t i = 0; i < parts; i++) (*order)[i] = s->spread + i;
  return h2040_sort(&sorting, *order, *order + parts, parts);
}

static bool sweep_spans(struct cap_sweep *s, size_t cap, const struct session_line **line) {
  size_t parts = 0;
  const void **order = NULL;
  bool done = true;
  for (size_t i = 0; i < s->lines && done; i++) {
    enum cap_trouble trouble;
    if (!looks_at(s, cap, line[i], &trouble)) continue;
    done = trouble ? tell(s, s->cap + cap, line[i], trouble) : spread_line(s, s->cap + cap, line[i], &parts);
    if (i % LINES_BETWEEN_QUESTIONS == LINES_BETWEEN_QUESTIONS - 1) done = done && s->proceed(s->host);
  }
  done = done && sort_parts(s, parts, &order);
  for (size_t i = 0; i < parts && done; i++) {
    const struct line_part *part = order[i];
    done = count_part(s, cap, part->line, part->day, part->units);
    if (i % LINES_BETWEEN_QUESTIONS == LINES_BETWEEN_QUESTIONS - 1) done = done && s->proceed(s->host);
  }
  h2040_free(order);
  return done;
}

/* ---- one cap ---- */

static bool make_room_for_groups(struct cap_sweep *s, uint32_t groups) {
  if (groups <= s->count_room) return true;
  s->count = widened(s, s->count, groups, sizeof *s->count);
  if (s->no_memory) return false;
  memset(s->count, 0, groups * sizeof *s->count);
  s->count_room = groups;
  return true;
}

bool h2040_sweep_cap(struct cap_sweep *s, size_t cap) {
  enum cap_scope scope = s->cap[cap].scope;
  const struct session_line **line = scope == SCOPE_PROVIDER ? s->by_day : s->by_group;
  if (!make_room_for_groups(s, s->groups[scope])) return false;
  h2040_authorizations_fill(s->authorizations, s->use);
  s->parts = 0;
  if (s->spans) return sweep_spans(s, cap, line);
  for (size_t i = 0; i < s->lines; i++) {
    enum cap_trouble trouble;
    if (i + LINES_AHEAD < s->lines) PREFETCH(line[i + LINES_AHEAD]);
    if (i % LINES_BETWEEN_QUESTIONS == LINES_BETWEEN_QUESTIONS - 1 && !s->proceed(s->host)) return false;
    if (!looks_at(s, cap, line[i], &trouble)) continue;
    bool done = trouble ? tell(s, s->cap + cap, line[i], trouble)
                        : count_part(s, cap, line[i], line[i]->day, line[i]->units);
    if (!done) return false;
  }
  return true;
}

/* ---- the order of rows ---- */

/* The date that is shown: the day's text, or what stands there. */
static struct value shown_date(const struct cap_row *row, char text[DATE_SIZE]) {
  if (row->line->unreadable) return row->line->unreadable->service_date;
  return value_of_text(h2040_text(h2040_date_text(row->day, text)));
}

static int order_of_dates(const struct cap_row *a, const struct cap_row *b) {
  char left_text[DATE_SIZE];
  char right_text[DATE_SIZE];
  if (!a->line->unreadable && !b->line->unreadable) return (a->day > b->day) - (a->day < b->day);
  struct value left = shown_date(a, left_text);
  struct value right = shown_date(b, right_text);
  return h2040_value_order(&left, &right);
}

static int order_of_forms(const struct id_numbers *numbers, uint32_t a, uint32_t b) {
  if (a == b) return 0;
  if (a == 0 || b == 0) return a == 0 ? -1 : 1;
  return h2040_value_order(&id_form(numbers, a)->value, &id_form(numbers, b)->value);
}

static int order_of_caps(const struct session_cap *a, const struct session_cap *b) {
  if (a && b) return (a->rank > b->rank) - (a->rank < b->rank);
  if (a) return a->cap_id.kind != VALUE_NULL;
  return -(b && b->cap_id.kind != VALUE_NULL);
}

static int order_of_rows(const void *left, const void *right, const void *context) {
  const struct cap_sweep *s = context;
  const struct cap_row *x = left;
  const struct cap_row *y = right;
  const struct session_line *a = x->line;
  const struct session_line *b = y->line;
  enum cap_scope scope = x->cap ? x->cap->scope : SCOPE_MEMBER;
  enum cap_scope other = y->cap ? y->cap->scope : SCOPE_MEMBER;
  int order = order_of_caps(x->cap, y->cap);
  if (order == 0) order = order_of_forms(&s->ids->payers, a->payer, b->payer);
  if (order == 0) order = (int)scope - (int)other;
  if (order == 0 && scope != SCOPE_PROVIDER) order = order_of_forms(&s->ids->members, a->member, b->member);
  if (order == 0 && scope != SCOPE_MEMBER) order = order_of_forms(&s->ids->providers, a->provider, b->provider);
  if (order == 0) order = order_of_dates(x, y);
  if (order == 0) order = h2040_value_order(&a->claim_id, &b->claim_id);
  if (order == 0) order = h2040_value_order(&a->claim_line_number, &b->claim_line_number);
  return order != 0 ? order : (y->trouble != NO_CAP_TROUBLE) - (x->trouble != NO_CAP_TROUBLE);
}

bool h2040_sweep_sort(struct cap_sweep *s) {
  const struct sorting sorting = { order_of_rows, s, s->proceed, s->host };
  size_t in_order = 1;
  while (in_order < s->rows && order_of_rows(s->row + in_order - 1, s->row + in_order, s) <= 0) in_order++;
  if (in_order >= s->rows) return true; /* one cap, and nothing unreadable: as a rule */
  const void **item = widened(s, NULL, 2 * s->rows, sizeof *item);
  struct cap_row *sorted = widened(s, NULL, s->rows, sizeof *sorted);
  bool done = false;
  if (item && sorted) {
    for (size_t i = 0; i < s->rows; i++) item[i] = s->row + i;
    done = h2040_sort(&sorting, item, item + s->rows, s->rows);
  }
  if (done) {
    for (size_t i = 0; i < s->rows; i++) sorted[i] = *(const struct cap_row *)item[i];
    h2040_free(s->row);
    s->row = sorted;
    s->row_room = s->rows;
  } else {
    h2040_free(sorted);
  }
  h2040_free(item);
  return done;
}

/* ---- words ---- */

static struct quoted quoted_value(const struct value *v) {
  char number[NUMBER_SIZE];
  return h2040_quote(h2040_value_shown(v, number));
}

static const char *used_up(char words[CAP_WORDS], struct quoted number, const struct session_line *by) {
  char text[NUMBER_SIZE];
  if (by->claim_id.kind == VALUE_NULL) {
    snprintf(words, CAP_WORDS, "prior_auth_number %s is used up by an earlier line", number.z);
  } else {
    struct text claim = h2040_value_shown(&by->claim_id, text);
    snprintf(words, CAP_WORDS, "prior_auth_number %s is used up by claim %.*s", number.z,
             (int)(claim.n < 60 ? claim.n : 60), claim.z);
  }
  return words;
}

static const char *why_nothing(char words[CAP_WORDS], const struct cap_sweep *s, const struct cap_row *row) {
  static const char *const reason[] = {
    [NOT_ON_FILE] = "is not on file", [NOT_OF_MEMBER] = "is another member's", [NOT_OF_PAYER] = "is another payer's",
    [NOT_FOR_CODE] = "is not for the code", [NOT_FOR_MODIFIERS] = "is not for the code with these modifiers",
    [NOT_IN_FORCE] = "is not in force on the day", [NOTHING_AUTHORIZED] = "is for 0 units",
  };
  const struct value *value = &id_form(&s->ids->numbers, row->line->number)->value;
  struct quoted number = quoted_value(value);
  if (!row->cap->authorizable) {
    snprintf(words, CAP_WORDS, "prior_auth_number %s lifts nothing: no authorization lifts this cap", number.z);
  } else if (h2040_id_spaced(value)) {
    snprintf(words, CAP_WORDS, "prior_auth_number %s is not on file: trim the white space around it", number.z);
  } else if (row->why == USED_UP) {
    return used_up(words, number, row->used_up_by);
  } else {
    snprintf(words, CAP_WORDS, "prior_auth_number %s %s", number.z, reason[row->why]);
  }
  return words;
}

static const char *span_words(char words[CAP_WORDS], const struct session_line *line) {
  char first[DATE_SIZE];
  char last[DATE_SIZE];
  snprintf(words, CAP_WORDS, "%lld units from %s to %s cannot be parted between the periods of the cap: bill each day, "
           "or each period, on a line of its own", (long long)line->units, h2040_date_text(line->day, first),
           h2040_date_text(line->last_day, last));
  return words;
}

const char *h2040_cap_words(char words[CAP_WORDS], const struct cap_sweep *s, const struct cap_row *row) {
  const struct session_line *line = row->line;
  char number[NUMBER_SIZE];
  char standing[STANDING_WORDS];
  switch (row->trouble) {
    case LINE_UNREADABLE:
      return line->unreadable->problem;
    case LINE_TOLD:
      return line->told;
    case SPAN_NOT_PARTED:
      return span_words(words, line);
    case AGE_UNKNOWN:
      snprintf(words, CAP_WORDS, "birth_date is blank or cannot be read, and the cap is for ages: not counted");
      return words;
    case PROVIDER_UNKNOWN:
      snprintf(words, CAP_WORDS, "rendering_npi is blank, and the cap counts by provider: not counted");
      return words;
    case CLAIM_IN_TROUBLE: {
      struct standing_line claim = { .trouble = line->trouble, .frequency = line->marks ? line->marks->frequency : 0,
                                     .units = line->units };
      uint32_t original = line->marks ? line->marks->original_claim_id : 0;
      struct text named = TEXT("");
      if (original != 0) named = h2040_value_shown(&id_form(&s->ids->claims, original)->value, number);
      snprintf(words, CAP_WORDS, "%s", h2040_standing_words(standing, &claim, named, line->elsewhere));
      return words;
    }
    default:
      return row->why == COVERS || line->number == 0 ? NULL : why_nothing(words, s, row);
  }
}
