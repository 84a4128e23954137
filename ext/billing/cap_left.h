/*
** What is left of a cap, and when it runs out.
**
** Of each group with a line in the period of a day, as_of: the units used in that
** period, those left of the cap and of what is authorized past it, and at the pace of
** the last four weeks of the source the day on which both are used up.  Lines after
** as_of were not swept.
**
**   over      units past the cap that nothing covers
**   reached   nothing is left
**   near      four fifths are used, or it runs out or the authorization ends within
**             three weeks
**   open      none of these
**
** An authorization that no cap stands before is a row of its own: every unit draws on
** it.
*/
#ifndef H2040_CAP_LEFT_H
#define H2040_CAP_LEFT_H

#include "cap_index.h"
#include "cap_sweep.h"
#include "list.h"

enum left_status { LEFT_OPEN, LEFT_NEAR, LEFT_REACHED, LEFT_OVER };

enum { NO_DAY = INT32_MIN };

struct left_row {
  const struct session_cap *cap;   /* NULL: an authorization's own row */
  const struct session_line *line; /* the latest that counted; NULL: none */
  uint32_t authorization;          /* the first that has something left, else that is in force, from 1; 0: none */
  struct day_span span;
  int64_t used, left, authorized_left; /* INT64_MAX: without limit */
  int64_t recent;                  /* units of the four weeks to the last day of service */
  int32_t last_day, runs_out;      /* NO_DAY: none */
  enum left_status status;
};

struct cap_left {
  /* Given. */
  struct cap_sweep *sweep;
  const struct cap_index *index;
  struct text asked_codes; /* blank: H2040, where a cap lists none */
  int32_t as_of;
  /* Found. */
  struct list rows; /* of struct left_row */
};

/* The first day of the four weeks to the source's last day of service; INT32_MIN: none. */
int32_t h2040_recent_from(int32_t last_day);

/* Adds the rows of a cap that was just swept.  false when memory has run out. */
bool h2040_left_of_cap(struct cap_left *left, size_t cap);

/* Lets the lines that no cap counts draw, and adds a row for each authorization in force
** that no cap stands before. */
bool h2040_left_of_authorizations(struct cap_left *left);

/* The order in which rows are shown. */
bool h2040_left_sort(struct cap_left *left);

const char *h2040_left_status_text(enum left_status status);

#endif
