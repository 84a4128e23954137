/*
** Judges the lines of one group (a payer's member, or a payer's provider) by the
** caps that count them, and keeps a row for each line and cap that it passes.
**
** Groups of one kind must come in the order of payer, then member or provider:
** authorizations are drawn on in the order in which rows are kept.
*/
#ifndef H2040_CAP_JUDGE_H
#define H2040_CAP_JUDGE_H

#include "authorization.h"
#include "cap_counter.h"
#include "session_cap.h"

struct cap_row {
  const struct session_line *line;
  const struct session_cap *cap; /* NULL: the line is unreadable */
  struct day_span span;
  int64_t units_before, units_over, authorized_units;
  const struct authorization *authorization; /* the first drawn on, or NULL */
};

struct cap_judge {
  /* Given. */
  const struct session_cap *cap;
  size_t caps;
  bool allowed; /* counting: units past a cap and not authorized do not count later */
  const struct authorizations *authorizations;
  enum matching cap_payer;               /* how a line's payer is brought to the terms of the caps' */
  enum matching payer, member, number;   /* and to those of the authorizations' */
  bool (*proceed)(void *host);           /* asked now and then; false: stop */
  void *host;
  /* Found. */
  struct cap_row *row;
  size_t rows, row_room;
  /* Its own. */
  int64_t **balance; /* of each cap, once it has drawn */
  const void **order;
  struct counted_session *counted;
  size_t group_room;
};

/* Each is false when memory has run out, or when told to stop. */
bool h2040_judge_open(struct cap_judge *judge);
bool h2040_judge_keep(struct cap_judge *judge, const struct cap_row *row);

/* The group: `count` lines, chained by next_of_group in the order in which they
** were read.  by_provider: a provider's, for the caps of that scope; else a
** member's, for the others. */
bool h2040_judge_group(struct cap_judge *judge, const struct session_line *first, size_t count, bool by_provider);

/* Puts the rows in the order in which they are shown. */
bool h2040_judge_sort(struct cap_judge *judge);
void h2040_judge_close(struct cap_judge *judge);

#endif
