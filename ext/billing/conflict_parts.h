/*
** What the files of conflict.h share: one line, as the comparing of lines sees it, and
** what each of them finds.
**
** Ids, codes and lists of modifiers are numbers here, and alike where the numbers are;
** 0 is nobody.  Lines are compared by their places: the order service_date, claim_id,
** claim_line_number, so that of two the later has the greater place.
**
**   conflict_line.c     reads a line
**   conflict.c          the order, who is compared with whom, the rows
**   conflict_stand.c    which lines stand
**   conflict_session.c  one session on two lines, codes that do not go together
**   conflict_time.c     at two places at once, days that are too long
**   conflict_note.c     notes
**   conflict_words.c    what a row says
*/
#ifndef H2040_CONFLICT_PARTS_H
#define H2040_CONFLICT_PARTS_H

#include "arena.h"
#include "conflict.h"
#include "id_number.h"
#include "sort.h"
#include "standing.h"

enum { NO_TIME = -1, MINUTES_OF_DAY = 1440, SECONDS_OF_DAY = 86400 };

#define NO_DAY INT32_MIN /* also before the first and the last day there is */
#define NO_PLACE UINT32_MAX

enum {
  LINE_GROUP = 1,     /* of a group */
  LINE_TEAM = 2,      /* of one of a team */
  LINE_REPEATED = 4,  /* a modifier says why it is there twice: 76, 77, 59, XE, XP, XS, XU */
  LINE_DISTINCT = 8,  /* one that says that it is a service of its own: 59, XE, XP, XS, XU */
  LINE_AGENCY = 16,   /* who gave the service is the agency that bills */
  LINE_ASIDE = 32,    /* compared no more: it does not stand, or is another payer's line of a session that is seen */
  LINE_FALLEN = 64,   /* it does not stand */
  LINE_MATTERS = 128  /* it voids, replaces, or takes units back */
};

struct conflict_line {
  const unsigned char *kept; /* what is seldom looked at: conflict_line.c */
  int32_t day;
  int16_t starts, ends;      /* minutes after the day's midnight, up to 2879, the next day's 23:59; both or none */
  uint32_t member, who;      /* ids; who gave the service */
  uint32_t modifiers;        /* 0: the source has none */
  uint32_t note;             /* 0: none */
  uint32_t told;             /* of c->told, from 1; 0: nothing is told of it */
  uint32_t payer_form, member_form, npi_form, code_form; /* as they are written */
  int32_t minutes, billed;   /* thousandths: documented, where that is not by times; billed by the clock */
  uint8_t flags, frequency;
};

/* The lines of somebody, in order. */
struct places {
  const uint32_t *place;
  size_t count;
};

struct conflict_row {
  uint32_t place, other; /* other: NO_PLACE, none */
  uint32_t detail[2];    /* time.impossible_day: of full_days, from 1, the provider's and the member's;
                         ** note.cloned: 1, another member's */
  uint8_t rule;          /* RULE_COUNT: something that is told */
};

struct conflict_day {
  int64_t documented, billed; /* thousandths */
  size_t lines;
  int32_t day;
  bool of_provider;
};

/* What is told of a line. */
struct told_line {
  struct value service_date; /* where it cannot be read: as it stands there */
  uint32_t words;            /* a form of c->words; 0: none */
  bool always;               /* whether it stands or not */
};

/* What is known of a code, and of a list of modifiers, as it is written. */
struct code_known {
  uint32_t code;
  uint8_t minutes; /* of a unit, where that is a length of time */
  bool of_group, read;
  struct text glued;
};

struct modifiers_known {
  uint32_t set;
  uint8_t flags;
};

/* Rooms for a part's work, each kept for the next who needs it. */
enum room_of {
  ROOM_PARTY, ROOM_COUNTS, ROOM_SESSIONS, ROOM_NUMBERS, ROOM_ALL, ROOM_KEYED, ROOM_RUNS, ROOM_MEETINGS, ROOM_GROUPS,
  ROOM_STANDING, ROOM_COUNT
};

struct room {
  void *memory;
  size_t size;
};

/* A bit for each hash that was read, and behind those one for each that was read twice. */
struct note_bits {
  uint64_t *word;
  size_t count; /* of bits of each kind: a power of two, or 0 */
};

struct conflicts {
  struct conflict_terms terms;
  int64_t day_thousandths;
  enum conflicts_fault fault;
  size_t worked; /* since proceed was asked */

  struct arena arena;
  struct id_numbers payers, members, providers, codes, modifiers, words;
  struct list code_known;     /* of struct code_known: of each form of codes */
  struct list modifiers_known;
  struct list joined;         /* char: modifiers of several columns, in one list */
  struct list token;          /* of struct text: its members */

  struct list pair;           /* of struct code_pair, by their codes */
  uint32_t *pairs_of;         /* where those of each code begin; and where the last end */
  uint32_t paired_codes;      /* codes from here on have none */

  struct blocks note;         /* conflict_note.c */
  struct note_bits note_bits;

  struct blocks lines;        /* of struct conflict_line */
  bool matters;               /* whether any could do anything but stand */
  struct conflict_line **order; /* of each place */
  uint32_t count;             /* of places */
  struct room room[ROOM_COUNT];

  struct blocks told;         /* of struct told_line */
  struct blocks full_days;    /* of struct conflict_day */
  struct blocks rows;         /* of struct conflict_row */
  uint32_t *shown;            /* rows, in their order */
  size_t shown_count;
};

static inline bool has_field(const struct conflicts *c, enum field field) {
  return set_has(c->terms.passed, (int)field);
}

static inline struct conflict_line *line_at(const struct conflicts *c, uint32_t place) { return c->order[place]; }
static inline bool known_time(const struct conflict_line *line) { return line->starts != NO_TIME; }
static inline bool has_length(const struct conflict_line *line) { return line->ends > line->starts; }
static inline bool is_aside(const struct conflict_line *line) { return line->flags & (LINE_ASIDE | LINE_FALLEN); }

/* Who gave the service, as it is compared. */
static inline uint32_t provider_of(const struct conflict_line *line) {
  return line->flags & LINE_AGENCY ? 0 : line->who;
}

static inline const struct conflict_day *full_day(const struct conflicts *c, uint32_t detail) {
  return block_item(&c->full_days, detail - 1, sizeof(struct conflict_day));
}

/* Of a line of which something is told. */
static inline struct told_line *told_of(const struct conflicts *c, const struct conflict_line *line) {
  return block_item(&c->told, line->told - 1, sizeof(struct told_line));
}

static inline uint32_t code_of(const struct conflicts *c, const struct conflict_line *line) {
  if (line->code_form == 0) return 0;
  return ((const struct code_known *)c->code_known.items)[line->code_form - 1].code;
}

static inline uint32_t payer_of(const struct conflicts *c, const struct conflict_line *line) {
  return id_of_form(&c->payers, line->payer_form);
}

/* What h2040_conflicts_add kept of a line beside. */
enum kept {
  KEPT_CLAIM_ID, KEPT_LINE_NUMBER, KEPT_UNITS, KEPT_RECEIVED, KEPT_CLAIM_NUMBER, KEPT_PAYER_CLAIM_NUMBER,
  KEPT_ORIGINAL_CLAIM_ID,
  KEPT_EXCERPT, /* of the note, where it may have been read before */
  KEPT_COUNT
};

void h2040_conflict_kept(const struct conflict_line *line, int count, struct value kept[]);

/* Something is told of a line: a sentence more.  What is told of it; NULL after a fault. */
struct told_line *h2040_conflict_tell(struct conflicts *c, struct conflict_line *line, struct text sentence);

/* conflict_words.c */
void h2040_conflict_tell_agency(struct conflicts *c, struct conflict_line *line, uint32_t lines);
struct value h2040_conflict_date(const struct conflicts *c, const struct conflict_row *row, char *text);

/* Adds to c->joined; false after a fault. */
bool h2040_conflict_join(struct conflicts *c, struct text t, const char *before);

/* At least so much memory, kept for the next who asks for this room; NULL when there is
** none, which is the fault of c then. */
void *h2040_conflict_room(struct conflicts *c, enum room_of room, size_t size);

/* Asks now and then whether to go on; work: how many lines were looked at since.  False
** after any fault. */
bool h2040_conflict_proceed(struct conflicts *c, size_t work);

/* true, or it is a fault of the memory; both are told. */
bool h2040_conflict_has(struct conflicts *c, const void *memory);

/* Lines by somebody: numbers from 1 to `numbers`, in order; a line of number 0 is left
** out.  Begins a walk; h2040_conflict_next gives the lines of the next number. */
struct walk {
  uint32_t *place, *from; /* of each number where its places begin; one more: where the last end */
  uint32_t number, numbers;
};

typedef uint32_t number_of_line(const struct conflicts *c, const struct conflict_line *line, uint32_t numbers);

bool h2040_conflict_walk(struct conflicts *c, struct walk *walk, uint32_t numbers, number_of_line *number_of);
bool h2040_conflict_next(struct walk *walk, struct places *lines);

void h2040_conflict_found(struct conflicts *c, enum rule rule, uint32_t place, uint32_t other, uint32_t detail);

/* The number of a note, from 1; 0: none, or a fault.  Then, once of each, how it begins,
** if it may have been read before; else NULL. */
enum { EXCERPT_SIZE = 72 };
uint32_t h2040_conflict_note(struct conflicts *c, const struct value *activities, const struct value *response);
struct value h2040_conflict_excerpt(struct conflicts *c, uint32_t note, const struct value *activities,
                                    char room[EXCERPT_SIZE]);

/* Once all are read: lines whose note surely no other has, have none. */
void h2040_forget_single_notes(struct conflicts *c);

/* Of `groups` the one in which all lines of the note are, from 1. */
uint32_t h2040_conflict_note_group(const struct conflicts *c, uint32_t note, uint32_t groups);

/* conflict_stand.c: a member's lines, or one of nobody's; whether any could do anything but
** stand.  At the end, what is told. */
struct standings;
struct standings *h2040_standings_open(struct conflicts *c);
void h2040_standings_close(struct standings *standings);
void h2040_find_standing(struct standings *standings, struct places member);
void h2040_tell_troubles(struct standings *standings);

void h2040_compare_sessions(struct conflicts *c, struct places day);    /* conflict_session.c: of one member */
void h2040_compare_times(struct conflicts *c, struct places lines, bool of_provider); /* conflict_time.c */
void h2040_compare_notes(struct conflicts *c, struct places lines);     /* conflict_note.c: of one group of notes */

#endif
