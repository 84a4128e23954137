/* See session_order.h. */
#include "session_order.h"
#include "memory.h"
#include "pair_number.h"

#include <string.h>

/* A line where it is sorted, with what it is sorted by. */
struct line_in_group {
  uint64_t claim_order;
  struct session_line *line;
  int32_t day;
  bool counts, matters; /* before claims are looked at; and whether they must be */
};

struct ordering {
  const struct session_order *given;
  struct cap_sweep *sweep;
  struct pair_numbers groups[SCOPES];
  struct line_in_group *in_group;
  const struct session_line **line; /* by group: the groups in the order of payer and member */
  size_t lines;               /* those with a group */
  uint32_t *start;            /* of each group, in line; one more for the end */
  uint32_t *rank;             /* of a group's number */
  const void **item;
  bool all_count;             /* every line can be read, and no claim says otherwise */
};

static void *room_for(struct ordering *o, size_t count, size_t size) {
  void *room = count > SIZE_MAX / size - 1 ? NULL : h2040_realloc(NULL, (count + 1) * size);
  if (!room) o->sweep->no_memory = true;
  return room;
}

static struct session_line *line_at(const struct ordering *o, size_t i) {
  return block_item(o->given->lines, i, sizeof(struct session_line));
}

/* ---- groups ---- */

static uint32_t number_pair(struct ordering *o, enum cap_scope scope, uint32_t a, uint32_t b) {
  uint32_t number = h2040_pair_number(o->groups + scope, a, b);
  if (number == 0) o->sweep->no_memory = true;
  return number;
}

static bool find_groups(struct ordering *o) {
  const struct session_order *given = o->given;
  const struct session_ids *ids = given->ids;
  for (size_t i = 0; i < given->lines->count; i++) {
    struct session_line *line = line_at(o, i);
    uint32_t payer = id_of_form(&ids->payers, line->payer);
    uint32_t member = id_of_form(&ids->members, line->member);
    if (member == 0) continue; /* nobody's: it cannot be read */
    line->group[SCOPE_MEMBER] = number_pair(o, SCOPE_MEMBER, payer, member);
    if (given->scope[SCOPE_MEMBER_AND_PROVIDER] || given->scope[SCOPE_PROVIDER]) {
      uint32_t provider = id_of_form(&ids->providers, line->provider);
      line->group[SCOPE_PROVIDER] = number_pair(o, SCOPE_PROVIDER, payer, provider);
      line->group[SCOPE_MEMBER_AND_PROVIDER] =
        number_pair(o, SCOPE_MEMBER_AND_PROVIDER, line->group[SCOPE_MEMBER], provider);
    }
    if (o->sweep->no_memory) return false;
    o->all_count &= !line->unreadable;
    o->sweep->spans |= line->last_day != line->day;
    o->lines++;
  }
  for (int scope = 0; scope < SCOPES; scope++) o->sweep->groups[scope] = o->groups[scope].count;
  return true;
}

/* ---- in order of the groups ---- */

static int order_of_ids(const struct id_numbers *numbers, uint32_t a, uint32_t b) {
  if (a == b) return 0;
  if (a == 0 || b == 0) return a == 0 ? -1 : 1;
  return h2040_value_order(id_value(numbers, a), id_value(numbers, b));
}

static int order_of_groups(const void *left, const void *right, const void *context) {
  const struct session_ids *ids = context;
  uint64_t a = *(const uint64_t *)left;
  uint64_t b = *(const uint64_t *)right;
  int order = order_of_ids(&ids->payers, (uint32_t)(a >> 32), (uint32_t)(b >> 32));
  return order != 0 ? order : order_of_ids(&ids->members, (uint32_t)a, (uint32_t)b);
}

static bool rank_groups(struct ordering *o) {
  const struct pair_numbers *groups = o->groups + SCOPE_MEMBER;
  const struct sorting sorting = { order_of_groups, o->given->ids, o->given->proceed, o->given->host };
  const void **item = room_for(o, 2 * (size_t)groups->count, sizeof *item);
  o->rank = room_for(o, groups->count, sizeof *o->rank);
  o->sweep->ranked = room_for(o, groups->count, sizeof *o->sweep->ranked);
  bool done = item && o->rank && o->sweep->ranked;
  for (uint32_t i = 0; i < groups->count && done; i++) item[i] = groups->key + i;
  done = done && h2040_sort(&sorting, item, item + groups->count, groups->count);
  for (uint32_t i = 0; i < groups->count && done; i++) {
    uint32_t group = (uint32_t)((const uint64_t *)item[i] - groups->key);
    o->rank[group] = i;
    o->sweep->ranked[i] = group;
  }
  h2040_free(item);
  return done;
}

static void put_line(struct ordering *o, struct session_line *line) {
  const struct claim_marks *marks = line->marks;
  uint32_t place = o->start[o->rank[line->group[SCOPE_MEMBER] - 1]]++;
  line->counts = !line->unreadable; /* unless its claim says otherwise */
  line->stands = true;
  o->in_group[place] = (struct line_in_group){
    .claim_order = line->claim_order, .day = line->day, .line = line, .counts = line->counts,
    .matters = line->units < 0 || (marks && (marks->frequency == REPLACEMENT_CLAIM || marks->frequency == VOID_CLAIM)),
  };
}

static bool put_by_group(struct ordering *o) {
  uint32_t groups = o->groups[SCOPE_MEMBER].count;
  o->in_group = room_for(o, o->lines, sizeof *o->in_group);
  o->line = room_for(o, o->lines, sizeof *o->line);
  o->start = room_for(o, groups + (size_t)1, sizeof *o->start);
  if (o->sweep->no_memory || !rank_groups(o)) return false;
  memset(o->start, 0, (groups + (size_t)2) * sizeof *o->start);
  for (size_t i = 0; i < o->given->lines->count; i++) {
    const struct session_line *line = line_at(o, i);
    if (line->group[SCOPE_MEMBER] != 0) o->start[o->rank[line->group[SCOPE_MEMBER] - 1] + 1]++;
  }
  for (uint32_t i = 0; i < groups; i++) o->start[i + 1] += o->start[i];
  for (size_t i = 0; i < o->given->lines->count; i++) {
    struct session_line *line = line_at(o, i);
    if (line->group[SCOPE_MEMBER] != 0) put_line(o, line);
  }
  for (uint32_t i = groups; i > 0; i--) o->start[i] = o->start[i - 1]; /* each had come to its end */
  o->start[0] = 0;
  return true;
}

static int order_in_group(const void *left, const void *right, const void *context) {
  const struct line_in_group *a = left;
  const struct line_in_group *b = right;
  (void)context;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  if (a->claim_order != b->claim_order) return a->claim_order < b->claim_order ? -1 : 1;
  return h2040_session_order(a->line, b->line);
}

/* Most groups are small: their lines are put in order where they stand. */
static void insert_lines(struct line_in_group *line, size_t count) {
  for (size_t i = 1; i < count; i++) {
    struct line_in_group one = line[i];
    size_t j = i;
    for (; j > 0 && order_in_group(line + j - 1, &one, NULL) > 0; j--) line[j] = line[j - 1];
    line[j] = one;
  }
}

/* The lines of a group by day, claim and line. */
static bool sort_group(struct ordering *o, size_t first, size_t count, bool *matters) {
  enum { FEW = 48 };
  const struct sorting sorting = { order_in_group, NULL, o->given->proceed, o->given->host };
  struct line_in_group *line = o->in_group + first;
  const void **item = o->item;
  if (count <= FEW) {
    insert_lines(line, count);
    for (size_t i = 0; i < count; i++) o->line[first + i] = line[i].line;
  } else {
    for (size_t i = 0; i < count; i++) item[i] = line + i;
    if (!h2040_sort(&sorting, item, item + count, count)) return false;
    for (size_t i = 0; i < count; i++) o->line[first + i] = ((const struct line_in_group *)item[i])->line;
  }
  *matters = o->given->may_resend && count > 1;
  for (size_t i = 0; i < count; i++) *matters |= line[i].matters;
  return true;
}

static int order_of_lines(const void *left, const void *right, const void *context) {
  (void)context;
  return h2040_session_order(left, right);
}

/* ---- what stands ---- */

static void say_claim(const struct session_order *given, const struct session_line *line, struct standing_line *out) {
  const struct claim_marks *marks = line->marks;
  const struct id_numbers *claims = &given->ids->claims;
  *out = (struct standing_line){
    .hcpcs_code = line->kind->number, .day = line->day, .units = line->units, .received = RECEIVED_UNKNOWN,
    .frequency = ORIGINAL_CLAIM,
  };
  if (!marks) return;
  out->claim_id = id_of_form(claims, marks->claim_id);
  out->claim_number = id_of_form(claims, marks->claim_number);
  out->payer_claim_number = id_of_form(claims, marks->payer_claim_number);
  out->original_claim_id = id_of_form(claims, marks->original_claim_id);
  out->claim_line_number = marks->claim_line_number;
  out->received = marks->received;
  out->frequency = marks->frequency;
}

/* A group's lines; those that do not count are left out. */
static bool judge_group(struct ordering *o, struct standing *standing, struct standing_line *room, size_t first,
                        size_t count) {
  for (size_t i = 0; i < count; i++) say_claim(o->given, o->line[first + i], room + i);
  if (!h2040_stand(standing, room, count)) return false;
  for (size_t i = 0; i < count; i++) {
    struct session_line *line = (struct session_line *)o->line[first + i];
    line->counts = room[i].fate == STANDS && room[i].trouble != NOTHING_TO_TAKE_BACK && !line->unreadable;
    line->trouble = room[i].trouble;
    line->stands = room[i].fate == STANDS;
  }
  return true;
}

static bool judge_groups(struct ordering *o, struct standing *standing, struct standing_line **room, size_t *widest) {
  enum { GROUPS_BETWEEN_QUESTIONS = 256 };
  for (uint32_t g = 0; g < o->groups[SCOPE_MEMBER].count; g++) {
    size_t first = o->start[g];
    size_t count = o->start[g + 1] - first;
    if (g % GROUPS_BETWEEN_QUESTIONS == 0 && !o->given->proceed(o->given->host)) return false;
    bool matters = false;
    if (!sort_group(o, first, count, &matters)) return false;
    if (!matters) continue;
    o->all_count = false;
    if (count > *widest) {
      h2040_free(*room);
      *widest = count + count / 2;
      *room = room_for(o, *widest, sizeof **room);
      if (!*room) return false;
    }
    if (!judge_group(o, standing, *room, first, count)) return false;
  }
  return true;
}

static bool judge_claims(struct ordering *o) {
  struct standing *standing = h2040_standing_open(o->given->proceed, o->given->host);
  struct standing_line *room = NULL;
  size_t widest = 0;
  if (!standing) {
    o->sweep->no_memory = true;
    return false;
  }
  h2040_standing_columns(standing, o->given->by_claim_id, o->given->may_resend);
  bool done = judge_groups(o, standing, &room, &widest);
  h2040_standing_close(standing);
  h2040_free(room);
  return done;
}

/* ---- the two orders ---- */

static int order_by_member(const void *left, const void *right, const void *context) {
  const struct session_ids *ids = context;
  const struct session_line *a = left;
  const struct session_line *b = right;
  int order = order_of_ids(&ids->members, id_of_form(&ids->members, a->member), id_of_form(&ids->members, b->member));
  return order != 0 ? order : h2040_session_order(a, b);
}

/* by_group already holds the lines that count, by group and day. */
static bool put_in_orders(struct ordering *o) {
  const struct session_order *given = o->given;
  struct cap_sweep *s = o->sweep;
  bool by_day = given->scope[SCOPE_PROVIDER] || given->across_members;
  struct sorting sorting = { order_of_lines, given->ids, given->proceed, given->host };
  const void **item = o->item;
  if (by_day) {
    s->by_day = room_for(o, s->lines, sizeof *s->by_day);
    if (!s->by_day) return false;
    memcpy(item, s->by_group, s->lines * sizeof *item);
    if (!h2040_sort(&sorting, item, item + s->lines, s->lines)) return false;
    memcpy(s->by_day, item, s->lines * sizeof *item);
  }
  if (given->across_members) {
    memcpy(s->by_group, s->by_day, s->lines * sizeof *item);
  } else if (given->across_payers) {
    sorting.order = order_by_member;
    memcpy(item, s->by_group, s->lines * sizeof *item);
    if (!h2040_sort(&sorting, item, item + s->lines, s->lines)) return false;
    memcpy(s->by_group, item, s->lines * sizeof *item);
  }
  return true;
}

static bool keep_those_that_count(struct ordering *o) {
  struct cap_sweep *s = o->sweep;
  s->by_group = o->line;
  o->line = NULL;
  if (o->all_count) {
    s->lines = o->lines;
    return true;
  }
  for (size_t i = 0; i < o->lines; i++) {
    if (s->by_group[i]->counts) s->by_group[s->lines++] = s->by_group[i];
  }
  return true;
}

bool h2040_order_sessions(const struct session_order *order, struct cap_sweep *sweep) {
  struct ordering o = { .given = order, .sweep = sweep, .all_count = true };
  bool done = find_groups(&o);
  o.item = done ? room_for(&o, 2 * o.lines, sizeof *o.item) : NULL;
  done = o.item && put_by_group(&o) && judge_claims(&o) && keep_those_that_count(&o) && put_in_orders(&o);
  for (int scope = 0; scope < SCOPES; scope++) h2040_pair_numbers_free(o.groups + scope);
  h2040_free(o.in_group);
  h2040_free(o.line);
  h2040_free(o.start);
  h2040_free(o.rank);
  h2040_free(o.item);
  return done;
}
