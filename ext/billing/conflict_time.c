/*
** All lines of one provider, or of one member, day after day (conflict.h): where two
** sessions take place at once, and which days hold more minutes than they can.
**
** Sessions at once.  The lines are taken in the order in which they begin; of those
** begun before, the one that ends last is remembered, and beside it the one that ends
** last of another party than that one's: one of the two answers for any line.  Lines of
** a group are no conflict of each other, so there is a second pair for the lines that
** are of none.
**
** The minutes of a day are reckoned only where the sum of all that could count would
** pass the limit.
*/
#include "conflict_parts.h"

/* A line begun before: when it ends, in minutes since 1970, and with whom it is. */
struct begun {
  int64_t ends;
  uint32_t place; /* NO_PLACE: none */
  uint32_t party;
};

struct latest {
  struct begun one, of_another; /* the second: of another party than the first */
};

static const struct latest none = { { 0, NO_PLACE, 0 }, { 0, NO_PLACE, 0 } };

static void note_begun(struct latest *latest, struct begun line) {
  if (latest->one.place == NO_PLACE) {
    latest->one = line;
  } else if (line.party == latest->one.party) {
    if (line.ends > latest->one.ends) latest->one = line;
  } else if (line.ends > latest->one.ends) {
    latest->of_another = latest->one;
    latest->one = line;
  } else if (latest->of_another.place == NO_PLACE || line.ends > latest->of_another.ends) {
    latest->of_another = line;
  }
}

static const struct begun *latest_of_another(const struct latest *latest, uint32_t party) {
  return latest->one.place == NO_PLACE || latest->one.party != party ? &latest->one : &latest->of_another;
}

struct sweep {
  struct conflicts *c;
  bool of_provider;       /* else of a member */
  struct latest all, of_no_group;
  struct places yesterday;
  int16_t carried;        /* minutes of today that yesterday's sessions take */
  struct keyed *keyed, *keyed_room;
};

static uint32_t party_of(const struct sweep *sweep, const struct conflict_line *line) {
  return sweep->of_provider ? line->member : provider_of(line);
}

/* ---- at once ---- */

static bool may_overlap(const struct sweep *sweep, const struct conflict_line *line) {
  return known_time(line) && party_of(sweep, line) != 0 && (sweep->of_provider || !(line->flags & LINE_TEAM));
}

static void look_for_overlap(struct sweep *sweep, const struct conflict_line *line, uint32_t place) {
  const struct latest *latest = line->flags & LINE_GROUP ? &sweep->of_no_group : &sweep->all;
  const struct begun *begun = latest_of_another(latest, party_of(sweep, line));
  if (begun->place == NO_PLACE || begun->ends <= (int64_t)line->day * MINUTES_OF_DAY + line->starts) return;
  h2040_conflict_found(sweep->c, sweep->of_provider ? RULE_TIME_OVERLAP : RULE_TIME_MEMBER_OVERLAP, place,
                       begun->place, 0);
}

/* keyed: the lines of a day, by their starts. */
static void compare_overlaps(struct sweep *sweep, const struct keyed *keyed, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(sweep->c, keyed[i].item);
    if (!may_overlap(sweep, line)) continue;
    look_for_overlap(sweep, line, keyed[i].item);
    struct begun begun = { (int64_t)line->day * MINUTES_OF_DAY + line->ends, keyed[i].item, party_of(sweep, line) };
    note_begun(&sweep->all, begun);
    if (!(line->flags & LINE_GROUP)) note_begun(&sweep->of_no_group, begun);
  }
}

/* ---- the minutes of a day ---- */

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

/* All that could count. */
static bool could_pass(const struct sweep *sweep, const struct keyed *keyed, size_t count) {
  int64_t documented = (int64_t)sweep->carried * 1000;
  int64_t billed = 0;
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(sweep->c, keyed[i].item);
    documented += line->minutes + (int64_t)(line->ends - line->starts) * 1000;
    billed += line->billed;
  }
  return most(documented, billed) > sweep->c->day_thousandths;
}

/* The union of the times, from midnight to midnight. */
static int64_t union_of_times(const struct sweep *sweep, const struct keyed *keyed, size_t count) {
  int64_t minutes = sweep->carried;
  int64_t busy = sweep->carried;
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(sweep->c, keyed[i].item);
    if (!known_time(line)) continue;
    int64_t ends = least(line->ends, MINUTES_OF_DAY);
    minutes += most(0, ends - most(line->starts, busy));
    busy = most(busy, ends);
  }
  return minutes * 1000;
}

struct minutes {
  int64_t documented, billed; /* thousandths */
};

/* The lines of one group: those of one of the party's others that has most.  A line
** that names no other stands for itself. */
static struct minutes of_a_group(struct sweep *sweep, struct keyed *keyed, size_t count) {
  struct minutes largest = { 0, 0 }, one = { 0, 0 };
  for (size_t i = 0; i < count; i++) {
    keyed[i].key = party_of(sweep, line_at(sweep->c, keyed[i].item));
  }
  h2040_sort_keyed(keyed, sweep->keyed_room, count);
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(sweep->c, keyed[i].item);
    if (i == 0 || keyed[i].key == 0 || keyed[i].key != keyed[i - 1].key) one = (struct minutes){ 0, 0 };
    one.documented += line->minutes;
    one.billed += line->billed;
    largest.documented = most(largest.documented, one.documented);
    largest.billed = most(largest.billed, one.billed);
  }
  return largest;
}

/* Groups: lines of one code whose times meet, or that have none.  keyed: the day's lines
** of groups, by code and then by start; lines without times stand before the others. */
static struct minutes of_groups(struct sweep *sweep, struct keyed *keyed, size_t count) {
  struct minutes sum = { 0, 0 };
  for (size_t i = 0, end; i < count; i = end) {
    const struct conflict_line *first = line_at(sweep->c, keyed[i].item);
    int until = first->ends;
    for (end = i + 1; end < count; end++) {
      const struct conflict_line *line = line_at(sweep->c, keyed[end].item);
      bool meets = known_time(first) ? line->starts < until || line->starts == first->starts : !known_time(line);
      if (code_of(sweep->c, line) != code_of(sweep->c, first) || !meets) break;
      if (line->ends > until) until = line->ends;
    }
    struct minutes group = of_a_group(sweep, keyed + i, end - i);
    sum.documented += group.documented;
    sum.billed += group.billed;
  }
  return sum;
}

static struct minutes minutes_of_day(struct sweep *sweep, const struct keyed *keyed, size_t count, struct keyed *room) {
  struct minutes sum = { union_of_times(sweep, keyed, count), 0 };
  size_t of_group = 0;
  for (size_t i = 0; i < count; i++) {
    const struct conflict_line *line = line_at(sweep->c, keyed[i].item);
    if (line->flags & LINE_GROUP) {
      uint64_t key = (uint64_t)code_of(sweep->c, line) << 16 | (uint16_t)(line->starts + 1);
      room[of_group++] = (struct keyed){ key, keyed[i].item };
    } else {
      sum.documented += line->minutes;
      sum.billed += line->billed;
    }
  }
  h2040_sort_keyed(room, sweep->keyed_room, of_group);
  struct minutes of_all_groups = of_groups(sweep, room, of_group);
  sum.documented += of_all_groups.documented;
  sum.billed += of_all_groups.billed;
  return sum;
}

static void tell_day(struct sweep *sweep, int32_t day, struct minutes minutes, struct places lines) {
  struct conflict_day *full = h2040_blocks_add(&sweep->c->full_days, sizeof *full);
  if (!h2040_conflict_has(sweep->c, full)) return;
  *full = (struct conflict_day){ .day = day, .of_provider = sweep->of_provider, .documented = minutes.documented,
                                 .billed = minutes.billed, .lines = lines.count };
  uint32_t detail = (uint32_t)sweep->c->full_days.count; /* from 1 */
  for (size_t i = 0; i < lines.count; i++) {
    h2040_conflict_found(sweep->c, RULE_TIME_IMPOSSIBLE_DAY, lines.place[i], NO_PLACE, detail);
  }
}

/* A day that has nothing but what the evening before took of it. */
static void tell_carried(struct sweep *sweep, int32_t day) {
  struct minutes minutes = { (int64_t)sweep->carried * 1000, 0 };
  struct places lines = { sweep->yesterday.place, 0 };
  if (minutes.documented <= sweep->c->day_thousandths) return;
  uint32_t *reaching = h2040_conflict_room(sweep->c, ROOM_NUMBERS, sweep->yesterday.count * sizeof *reaching);
  if (!reaching) return;
  for (size_t i = 0; i < sweep->yesterday.count; i++) {
    const struct conflict_line *line = line_at(sweep->c, sweep->yesterday.place[i]);
    if (line->ends > MINUTES_OF_DAY) reaching[lines.count++] = sweep->yesterday.place[i];
  }
  lines.place = reaching;
  tell_day(sweep, day, minutes, lines);
}

/* ---- one day after the other ---- */

static void sweep_day(struct sweep *sweep, struct places lines) {
  int16_t carries = 0;
  for (size_t i = 0; i < lines.count; i++) {
    const struct conflict_line *line = line_at(sweep->c, lines.place[i]);
    /* Those without length first: at the same minute they meet nobody. */
    uint64_t key = (uint64_t)(uint16_t)(line->starts + 1) << 1 | has_length(line);
    sweep->keyed[i] = (struct keyed){ key, lines.place[i] };
    if (line->ends - MINUTES_OF_DAY > carries) carries = (int16_t)(line->ends - MINUTES_OF_DAY);
  }
  if (lines.count > 1) h2040_sort_keyed(sweep->keyed, sweep->keyed_room, lines.count);
  compare_overlaps(sweep, sweep->keyed, lines.count);
  if (could_pass(sweep, sweep->keyed, lines.count)) {
    int32_t day = line_at(sweep->c, lines.place[0])->day;
    struct keyed *room = h2040_conflict_room(sweep->c, ROOM_GROUPS, lines.count * sizeof *room);
    if (!room) return;
    struct minutes minutes = minutes_of_day(sweep, sweep->keyed, lines.count, room);
    if (most(minutes.documented, minutes.billed) > sweep->c->day_thousandths) tell_day(sweep, day, minutes, lines);
  }
  sweep->carried = carries;
  sweep->yesterday = lines;
}

void h2040_compare_times(struct conflicts *c, struct places lines, bool of_provider) {
  struct sweep sweep = { .c = c, .of_provider = of_provider, .all = none, .of_no_group = none };
  for (size_t i = 0, end; i < lines.count; i = end) {
    int32_t day = line_at(c, lines.place[i])->day;
    for (end = i + 1; end < lines.count && line_at(c, lines.place[end])->day == day;) end++;
    sweep.keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * (end - i) * sizeof *sweep.keyed);
    if (!sweep.keyed || !h2040_conflict_proceed(c, end - i)) return;
    sweep.keyed_room = sweep.keyed + (end - i);
    if (sweep.carried > 0 && line_at(c, sweep.yesterday.place[0])->day != day - 1) {
      tell_carried(&sweep, line_at(c, sweep.yesterday.place[0])->day + 1);
      sweep.carried = 0;
    }
    sweep_day(&sweep, (struct places){ lines.place + i, end - i });
  }
  if (sweep.carried > 0) tell_carried(&sweep, line_at(c, sweep.yesterday.place[0])->day + 1);
}
