/*
** Counts session lines against caps, in the order in which they came.
**
** A cap's lines count in the order of day, claim and line, each in its group (the
** payer's member, the payer's member with one provider, or the payer's provider), and
** draw on authorizations in that order over all groups.  So there is one sweep per
** cap: by member and day or, for caps by provider, by day alone.
**
** A line that spans several days counts in parts.  Units that are a multiple of the
** days are spread evenly over them: a part for each day where the period is a day or
** rolls, else for each period, on its first day.  Units of a span that lies within one
** period are one part.  Any other cannot be counted by that cap, and is told.
**
** A row is kept for each part that passes its cap, and for each line that cannot be
** counted.
*/
#ifndef H2040_CAP_SWEEP_H
#define H2040_CAP_SWEEP_H

#include "authorization.h"
#include "session_line.h"
#include "sort.h"

/* Why a line has a row although it passes no cap. */
enum cap_trouble {
  NO_CAP_TROUBLE,
  LINE_UNREADABLE,     /* line->unreadable says what */
  LINE_TOLD,           /* line->told: it counts all the same */
  CLAIM_IN_TROUBLE,    /* line->trouble says which */
  SPAN_NOT_PARTED,
  AGE_UNKNOWN,
  PROVIDER_UNKNOWN
};

struct cap_row {
  const struct session_line *line;
  const struct session_cap *cap; /* NULL: none in particular */
  int32_t day;                   /* of the part */
  uint8_t trouble, why;          /* enum cap_trouble; enum not_covering */
  uint32_t authorization;        /* the first drawn on, from 1; 0: none */
  const struct session_line *used_up_by;
  const char *problem;           /* its owner's: h2040_cap_words, kept */
  struct day_span span;
  int64_t units, units_before, units_over, authorized_units; /* units: of the part */
};

/* Units without end: exact, so that what was added can be taken away again. */
struct unit_sum {
  uint64_t low, high;
};

/* A part of a line within a rolling window. */
struct counted_part {
  int32_t day;
  uint32_t next; /* of its group, from 1 */
  int64_t units, uncovered;
};

/* One group against the cap at hand. */
struct group_count {
  uint32_t cap;                      /* whose count this is, from 1 */
  struct day_span span;              /* the period of the latest part */
  struct unit_sum counted, uncovered; /* within it; uncovered: past the cap and what is authorized */
  uint32_t first_part, last_part;    /* rolling: those within it, in sweep.part, from 1 */
  int32_t last_day;
  int64_t recent;                    /* units from sweep.recent_from on */
  const struct session_line *line;   /* its latest */
};

struct cap_sweep {
  /* Given. */
  const struct session_cap *cap;
  size_t caps;
  const struct session_ids *ids;
  const struct authorizations *authorizations;
  const uint32_t *cap_payer; /* of a form of a payer: the number by which caps name it, 0 where none does */
  bool allowed;              /* counting: units past a cap and not authorized do not count later */
  bool on_file;              /* there is a file of authorizations, so that a number can be missing there */
  bool by_provider;          /* the lines say who the provider is */
  bool keep_rows;
  int32_t until;             /* parts after this day do not count */
  int32_t recent_from;       /* the first day of the units that group_count.recent has */
  bool (*proceed)(void *host); /* asked now and then; false: stop */
  void *host;
  /* The lines that count, in two orders: by group (or member) and day, and by day. */
  const struct session_line **by_group, **by_day;
  size_t lines;
  uint32_t groups[SCOPES]; /* how many */
  uint32_t *ranked;        /* those of members, from 0, in the order of payer and member */
  bool spans;              /* some line has more than one day */
  /* Found. */
  struct cap_row *row;
  size_t rows, row_room;
  struct group_count *count; /* of each group of the cap's scope, once it was swept */
  struct authorization_use *use;
  /* Its own. */
  size_t count_room;
  struct counted_part *part;
  size_t parts, part_room;
  struct line_part *spread;
  size_t spread_room;
  uint32_t *first_authorization; /* of a form of a member */
  bool no_memory;
};

/* Each is false when memory has run out (no_memory), or when told to stop. */
bool h2040_sweep_open(struct cap_sweep *sweep);
bool h2040_sweep_cap(struct cap_sweep *sweep, size_t cap);
bool h2040_sweep_keep(struct cap_sweep *sweep, const struct cap_row *row);

/* Lets a line draw on authorizations all that it has, as if there were a cap of 0. */
void h2040_sweep_draw(struct cap_sweep *sweep, const struct session_line *line);

/* Moves the window of a group to that of a day, after its latest. */
void h2040_sweep_move(struct cap_sweep *sweep, const struct session_cap *cap, struct group_count *count, int32_t day);

/* Puts the rows in the order in which they are shown. */
bool h2040_sweep_sort(struct cap_sweep *sweep);
void h2040_sweep_close(struct cap_sweep *sweep);

/* The words for a row that is told, or for the number that covers nothing; NULL: none. */
enum { CAP_WORDS = 400 };
const char *h2040_cap_words(char words[CAP_WORDS], const struct cap_sweep *sweep, const struct cap_row *row);

/* As far as 64 bits go. */
static inline int64_t sum_units(struct unit_sum sum) {
  return sum.high > 0 || sum.low > INT64_MAX ? INT64_MAX : (int64_t)sum.low;
}

static inline struct unit_sum sum_with(struct unit_sum sum, int64_t units) {
  sum.low += (uint64_t)units;
  sum.high += sum.low < (uint64_t)units;
  return sum;
}

static inline struct unit_sum sum_without(struct unit_sum sum, int64_t units) {
  sum.high -= sum.low < (uint64_t)units;
  sum.low -= (uint64_t)units;
  return sum;
}

#endif
