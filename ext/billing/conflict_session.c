/*
** The lines of one member on one day (conflict.h): which of them are one session, and
** which are of codes that do not go together.
**
** All questions are of one shape: for each line of a list, the first line of another
** list that comes before it and whose times meet its own; times that are not known meet
** any.  Short lists are compared each with each.  For long ones there is, for every
** minute of the two days on which a session can lie, the first line that covers it: so
** the work is in proportion to the lines and the minutes that they last, however many
** stand on one day.
**
** "Of another payer": beside the first line that covers a minute stands the first one
** of another payer than that line's; one of the two answers for any payer.
*/
#include "conflict_parts.h"

#include <string.h>

enum { MINUTES = 2 * MINUTES_OF_DAY, FEW = 24 };

#define NOBODY UINT32_MAX

/* A line of the day.  Its number is its position among them. */
struct session {
  uint32_t place;
  uint32_t payer, who, code, modifiers;
  int16_t starts, ends;
  uint8_t flags;
};

struct numbers {
  const uint32_t *number; /* of sessions, ascending */
  size_t count;
};

/* A day's work: rooms for as many as there are lines. */
struct day {
  struct conflicts *c;
  int32_t day;
  struct session *session;
  size_t count;
  struct keyed *keyed, *keyed_room;
  uint32_t *list;     /* the numbers in the order of what is asked */
  uint32_t *part[4];  /* some of them */
  uint32_t *first;    /* what was found for each; NOBODY: nothing */
  struct run *run;    /* the codes of the day */
};

struct run {
  uint32_t code;
  struct numbers lines;
};

/* ---- for each line, the first that comes before it and meets it ---- */

/* The first line, and the first of another payer than that one's. */
struct firsts {
  uint32_t line, of_another;
};

struct meetings {
  struct firsts any, untimed;
  struct firsts minute[MINUTES];
};

static uint32_t earlier(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

static void note_first(const struct session *session, struct firsts *firsts, uint32_t line) {
  if (firsts->line == NOBODY) {
    firsts->line = line;
  } else if (firsts->of_another == NOBODY && session[line].payer != session[firsts->line].payer) {
    firsts->of_another = line;
  }
}

static uint32_t first_for(const struct session *session, const struct firsts *firsts, uint32_t payer, bool another) {
  if (!another || firsts->line == NOBODY || session[firsts->line].payer != payer) return firsts->line;
  return firsts->of_another;
}

/* A session without length is at its minute. */
static int end_of(const struct session *session) {
  return session->ends > session->starts ? session->ends : session->starts + 1;
}

static bool meet(const struct session *a, const struct session *b) {
  return a->starts == NO_TIME || b->starts == NO_TIME || (a->starts < end_of(b) && b->starts < end_of(a));
}

static void enter(const struct session *session, struct meetings *meetings, uint32_t line) {
  note_first(session, &meetings->any, line);
  if (session[line].starts == NO_TIME) {
    note_first(session, &meetings->untimed, line);
    return;
  }
  for (int minute = session[line].starts; minute < end_of(&session[line]); minute++) {
    note_first(session, &meetings->minute[minute], line);
  }
}

static uint32_t ask(const struct session *session, const struct meetings *meetings, uint32_t line, bool another) {
  uint32_t payer = session[line].payer;
  if (session[line].starts == NO_TIME) return first_for(session, &meetings->any, payer, another);
  uint32_t first = first_for(session, &meetings->untimed, payer, another);
  for (int minute = session[line].starts; minute < end_of(&session[line]); minute++) {
    first = earlier(first, first_for(session, &meetings->minute[minute], payer, another));
  }
  return first;
}

static uint32_t first_of_few(const struct session *session, uint32_t line, struct numbers among, bool another) {
  for (size_t i = 0; i < among.count && among.number[i] < line; i++) {
    const struct session *b = session + among.number[i];
    if (another && b->payer == session[line].payer) continue;
    if (meet(session + line, b)) return among.number[i];
  }
  return NOBODY;
}

/* another: only lines of another payer are asked for. */
static void find_first(struct day *day, struct numbers lines, struct numbers among, bool another) {
  struct session *session = day->session;
  struct meetings *meetings = NULL;
  size_t entered = 0;
  if (lines.count == 0 || among.count == 0 || !h2040_conflict_proceed(day->c, lines.count + among.count)) return;
  if (lines.count > FEW && among.count > FEW) {
    meetings = h2040_conflict_room(day->c, ROOM_MEETINGS, sizeof *meetings);
    if (!meetings) return;
    memset(meetings, 0xFF, sizeof *meetings); /* NOBODY */
  }
  for (size_t i = 0; i < lines.count; i++) {
    uint32_t line = lines.number[i];
    uint32_t found;
    if (meetings) {
      for (; entered < among.count && among.number[entered] < line; entered++) {
        enter(session, meetings, among.number[entered]);
      }
      found = ask(session, meetings, line, another);
    } else {
      found = first_of_few(session, line, among, another);
    }
    day->first[line] = earlier(day->first[line], found);
  }
}

static void forget_found(struct day *day) {
  memset(day->first, 0xFF, day->count * sizeof *day->first); /* NOBODY */
}

/* ---- lists of lines ---- */

enum sorted_by { BY_CODE_AND_MODIFIERS, BY_CODE, BY_PAYER, BY_PROVIDER };

static uint64_t key_of(const struct session *session, enum sorted_by by) {
  switch (by) {
    case BY_CODE_AND_MODIFIERS: return (uint64_t)session->code << 32 | session->modifiers;
    case BY_CODE: return session->code;
    case BY_PAYER: return session->payer;
    default: return session->who;
  }
}

/* Writes the lines to out, sorted; day->keyed has their keys then. */
static void sort_lines(struct day *day, struct numbers lines, enum sorted_by by, uint32_t *out) {
  for (size_t i = 0; i < lines.count; i++) {
    day->keyed[i] = (struct keyed){ key_of(day->session + lines.number[i], by), lines.number[i] };
  }
  h2040_sort_keyed(day->keyed, day->keyed_room, lines.count);
  for (size_t i = 0; i < lines.count; i++) out[i] = day->keyed[i].item;
}

/* The run of lines alike that begins at i. */
static struct numbers run_at(const struct day *day, struct numbers sorted, enum sorted_by by, size_t i) {
  uint64_t key = key_of(day->session + sorted.number[i], by);
  size_t end = i + 1;
  while (end < sorted.count && key_of(day->session + sorted.number[end], by) == key) end++;
  return (struct numbers){ sorted.number + i, end - i };
}

static struct numbers without(const struct day *day, struct numbers lines, unsigned flags, uint32_t *out) {
  size_t count = 0;
  for (size_t i = 0; i < lines.count; i++) {
    if (!(day->session[lines.number[i]].flags & flags)) out[count++] = lines.number[i];
  }
  return (struct numbers){ out, count };
}

/* ---- one session ---- */

/* Of lines that are alike in all but these: the same provider, where both know theirs,
** and times that meet. */
static void find_same(struct day *day, struct numbers alike, bool another) {
  uint32_t *sorted = day->part[0];
  uint32_t *known = day->part[1];
  struct numbers by_provider = { sorted, alike.count };
  struct numbers unknown = { sorted, 0 };
  size_t known_count = 0;
  if (alike.count < 2) return;
  sort_lines(day, alike, BY_PROVIDER, sorted);
  for (size_t i = 0; i < alike.count;) {
    struct numbers run = run_at(day, by_provider, BY_PROVIDER, i);
    if (day->session[run.number[0]].who == 0) unknown = run;
    else find_first(day, run, run, another);
    i += run.count;
  }
  if (unknown.count == 0) return;
  for (size_t i = 0; i < alike.count; i++) {
    if (day->session[alike.number[i]].who != 0) known[known_count++] = alike.number[i];
  }
  find_first(day, (struct numbers){ known, known_count }, unknown, another);
  find_first(day, unknown, alike, another);
}

/* The lines of a session that another payer was sent as well: all but the first are
** set aside. */
static void set_aside(struct day *day, struct numbers alike) {
  find_same(day, alike, true);
  for (size_t i = 0; i < alike.count; i++) {
    struct session *session = day->session + alike.number[i];
    if (day->first[alike.number[i]] == NOBODY) continue;
    session->flags |= LINE_ASIDE;
    line_at(day->c, session->place)->flags |= LINE_ASIDE;
  }
}

static void find_duplicates(struct day *day, struct numbers alike) {
  struct numbers once = without(day, alike, LINE_REPEATED, day->part[2]);
  struct numbers by_payer = { day->part[3], once.count };
  sort_lines(day, once, BY_PAYER, day->part[3]);
  for (size_t i = 0; i < by_payer.count;) {
    struct numbers run = run_at(day, by_payer, BY_PAYER, i);
    find_same(day, run, false);
    i += run.count;
  }
  for (size_t i = 0; i < once.count; i++) {
    uint32_t first = day->first[once.number[i]];
    if (first == NOBODY) continue;
    h2040_conflict_found(day->c, RULE_DUPLICATE_SESSION, day->session[once.number[i]].place,
                         day->session[first].place, 0);
  }
}

static bool several_payers(const struct day *day, struct numbers lines) {
  for (size_t i = 1; i < lines.count; i++) {
    if (day->session[lines.number[i]].payer != day->session[lines.number[0]].payer) return true;
  }
  return false;
}

static void compare_alike(struct day *day, struct numbers all) {
  struct numbers sorted = { day->list, all.count };
  sort_lines(day, all, BY_CODE_AND_MODIFIERS, day->list);
  for (size_t i = 0; i < sorted.count;) {
    struct numbers alike = run_at(day, sorted, BY_CODE_AND_MODIFIERS, i);
    i += alike.count;
    if (alike.count < 2 || day->session[alike.number[0]].code == 0) continue;
    find_duplicates(day, alike);
    if (!several_payers(day, alike)) continue;
    for (size_t k = 0; k < alike.count; k++) day->first[alike.number[k]] = NOBODY;
    set_aside(day, alike);
  }
}

/* ---- codes that do not go together ---- */

/* Both lists in parts by provider; only the same one's are compared. */
static void find_similar_of_provider(struct day *day, struct numbers a, struct numbers b) {
  struct numbers by_provider_a = { day->part[2], a.count };
  struct numbers by_provider_b = { day->part[3], b.count };
  sort_lines(day, a, BY_PROVIDER, day->part[2]);
  sort_lines(day, b, BY_PROVIDER, day->part[3]);
  for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
    struct numbers of_a = run_at(day, by_provider_a, BY_PROVIDER, i);
    struct numbers of_b = run_at(day, by_provider_b, BY_PROVIDER, k);
    uint32_t who_a = day->session[of_a.number[0]].who;
    uint32_t who_b = day->session[of_b.number[0]].who;
    if (who_a == who_b && who_a != 0) {
      find_first(day, of_a, of_b, false);
      find_first(day, of_b, of_a, false);
    }
    if (who_a <= who_b) i += of_a.count;
    if (who_b <= who_a) k += of_b.count;
  }
}

static void find_similar(struct day *day, const struct code_pair *pair, struct numbers a, struct numbers b) {
  if (day->day < pair->effective_from || day->day > pair->effective_to) return;
  if (pair->modifier_allowed) {
    a = without(day, a, LINE_DISTINCT, day->part[0]);
    b = without(day, b, LINE_DISTINCT, day->part[1]);
  }
  if (pair->same_provider) {
    find_similar_of_provider(day, a, b);
    return;
  }
  find_first(day, a, b, false);
  find_first(day, b, a, false);
}

static size_t lower_bound_of_runs(const struct run *run, size_t count, uint32_t code) {
  size_t low = 0;
  while (low < count) {
    size_t middle = low + (count - low) / 2;
    if (run[middle].code < code) low = middle + 1;
    else count = middle;
  }
  return low;
}

static const struct code_pair *lower_bound_of_pairs(const struct code_pair *pair, const struct code_pair *end,
                                                    uint32_t code_2) {
  while (pair < end) {
    const struct code_pair *middle = pair + (end - pair) / 2;
    if (middle->code_2 < code_2) pair = middle + 1;
    else end = middle;
  }
  return pair;
}

/* A code with those of the day that come behind it: by its own pairs, or by the codes of
** the day, whichever are fewer. */
static void compare_code(struct day *day, const struct run *run, size_t count) {
  const struct conflicts *c = day->c;
  const struct code_pair *pair = (const struct code_pair *)c->pair.items + c->pairs_of[run->code];
  const struct code_pair *end = (const struct code_pair *)c->pair.items + c->pairs_of[run->code + 1];
  if ((size_t)(end - pair) < count) {
    for (; pair < end; pair++) {
      size_t k = lower_bound_of_runs(run, count, pair->code_2);
      if (k < count && run[k].code == pair->code_2) find_similar(day, pair, run->lines, run[k].lines);
    }
    return;
  }
  for (size_t k = 0; k < count; k++) {
    const struct code_pair *at = lower_bound_of_pairs(pair, end, run[k].code);
    for (; at < end && at->code_2 == run[k].code; at++) find_similar(day, at, run->lines, run[k].lines);
  }
}

static void compare_codes(struct day *day, struct numbers all) {
  uint32_t *listed = day->list + all.count;
  struct numbers sorted = { day->list, 0 };
  size_t runs = 0;
  for (size_t i = 0; i < all.count; i++) {
    const struct session *session = day->session + all.number[i];
    if (session->code == 0 || session->code >= day->c->paired_codes || session->flags & LINE_ASIDE) continue;
    listed[sorted.count++] = all.number[i];
  }
  if (sorted.count < 2) return;
  sort_lines(day, (struct numbers){ listed, sorted.count }, BY_CODE, day->list);
  for (size_t i = 0; i < sorted.count; runs++) {
    struct numbers lines = run_at(day, sorted, BY_CODE, i);
    day->run[runs] = (struct run){ day->session[lines.number[0]].code, lines };
    i += lines.count;
  }
  forget_found(day);
  for (size_t k = 0; k < runs; k++) compare_code(day, day->run + k, runs - k);
  for (size_t i = 0; i < sorted.count; i++) {
    uint32_t first = day->first[sorted.number[i]];
    if (first == NOBODY) continue;
    h2040_conflict_found(day->c, RULE_SIMILAR_SAME_DAY, day->session[sorted.number[i]].place,
                         day->session[first].place, 0);
  }
}

/* ---- the day ---- */

static void open_day(struct day *day, struct places lines) {
  struct conflicts *c = day->c;
  uint32_t *numbers = h2040_conflict_room(c, ROOM_NUMBERS, 7 * lines.count * sizeof *numbers);
  day->session = h2040_conflict_room(c, ROOM_SESSIONS, lines.count * sizeof *day->session);
  day->keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * lines.count * sizeof *day->keyed);
  day->run = h2040_conflict_room(c, ROOM_RUNS, lines.count * sizeof *day->run);
  if (c->fault != CONFLICTS_SOUND) return;
  day->keyed_room = day->keyed + lines.count;
  day->first = numbers;
  day->list = numbers + lines.count; /* two of them */
  for (int i = 0; i < 4; i++) day->part[i] = numbers + (size_t)(3 + i) * lines.count;
  for (size_t i = 0; i < lines.count; i++) {
    const struct conflict_line *line = line_at(c, lines.place[i]);
    if (is_aside(line)) continue;
    day->session[day->count++] = (struct session){
      .place = lines.place[i], .payer = payer_of(c, line), .who = provider_of(line), .code = code_of(c, line),
      .modifiers = line->modifiers, .starts = line->starts, .ends = line->ends, .flags = line->flags,
    };
  }
}

void h2040_compare_sessions(struct conflicts *c, struct places lines) {
  struct day day = { .c = c };
  if (lines.count < 2) return;
  open_day(&day, lines);
  if (c->fault != CONFLICTS_SOUND || day.count < 2) return;
  day.day = line_at(c, lines.place[0])->day;
  uint32_t *numbers = h2040_conflict_room(c, ROOM_ALL, day.count * sizeof *numbers);
  if (!numbers) return;
  for (size_t i = 0; i < day.count; i++) numbers[i] = (uint32_t)i;
  struct numbers all = { numbers, day.count };
  forget_found(&day);
  compare_alike(&day, all);
  if (c->paired_codes > 0) compare_codes(&day, all);
}
