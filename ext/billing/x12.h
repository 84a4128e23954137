/*
** X12 as it is sent: interchanges (ISA … IEA) of groups (GS … GE) of transaction
** sets (ST … SE) of segments, read one after the other from a text in memory.
** Nothing is copied: segments, elements and components are slices of it.
**
** The separators are what ISA says, found by counting: the character behind ISA
** parts elements; the one behind the sixteenth of these parts components, and the
** next one ends segments, whatever it is.  (Real ISA are a byte too short or too
** long, so an offset finds the wrong ones.)  Blanks, line ends, byte order marks
** and other control characters between segments are passed over, and so are
** segments without a byte.  A separator may be a character of several bytes.
**
**   struct x12 x;
**   struct x12_segment s;
**   h2040_x12_open(&x, text);
**   while ((event = h2040_x12_next(&x, &s)) != X12_END) …
**
** X12_SET       a set begins: s is its ST; what ISA, GS and ST say is in x
** X12_SEGMENT   a segment within the set
** X12_SET_END   its SE, or what came in place of it
** X12_PROBLEM   x.problem says what is wrong with the envelope: a segment that does
**               not belong there, counts and numbers that do not agree, a text that
**               ends within a segment
**
** An interchange or a group that is not closed is read and not told, for many come
** so; a set that is not closed is told, because lines may be missing.
**
** Segments are counted from their ISA, which is number 1.
*/
#ifndef H2040_X12_H
#define H2040_X12_H

#include "text.h"

#include <stdint.h>

/* No text. */
#define NOTHING ((struct text){ 0 })

struct x12_separator {
  char z[4];
  unsigned char n;
};

struct x12_separators {
  struct x12_separator element, component, terminator;
};

/* Up to three letters and digits of a segment's name, or of a short code. */
#define X12_NAME3(a, b, c) ((uint32_t)(unsigned char)(a) << 16 | (uint32_t)(unsigned char)(b) << 8 | (unsigned char)(c))
#define X12_NAME2(a, b) X12_NAME3(a, b, 0)
uint32_t h2040_x12_name(struct text t); /* 0: longer, or none */

struct x12_segment {
  struct text text; /* without its terminator */
  uint32_t name;
  int64_t number;
};

/* A segment's elements: element[1] is the first behind the name.  Use x12_element,
** which gives those that are not there as blank ones. */
enum { X12_MOST_ELEMENTS = 22 };

struct x12_elements {
  int count;
  struct text element[X12_MOST_ELEMENTS];
};

void h2040_x12_split(struct text segment, const struct x12_separator *separator, struct x12_elements *out);

/* What an element says: trimmed; blank (text.h): z is NULL.  Most are told by their
** first byte and their length. */
struct text h2040_x12_other_value(struct text t);

static inline struct text h2040_x12_value(struct text t) {
  if (t.n == 0) return NOTHING;
  return is_digit(t.z[0]) && is_graphic(t.z[t.n - 1]) ? t : h2040_x12_other_value(t);
}

static inline struct text x12_written(const struct x12_elements *e, int n) {
  return n < e->count ? h2040_trim(e->element[n]) : (struct text){ "", 0 };
}

static inline struct text x12_element(const struct x12_elements *e, int n) {
  return n < e->count ? h2040_x12_value(e->element[n]) : NOTHING;
}

/* The nth component of a composite, from 1; blank where it has fewer. */
struct text h2040_x12_component(struct text composite, int n, const struct x12_separator *separator);

/* --- what is wrong ---------------------------------------------------------- */

struct x12_problem {
  int64_t segment;     /* 0: of the text as a whole */
  const char *element; /* "SV104"; a segment as a whole: "LX" */
  const char *words;   /* with % for the value, # for the number, $ for the number as money */
  struct text value;
  int64_t number;      /* money: in ten-thousandths */
};

enum { X12_MOST_PROBLEMS = 8 };

/* Those of a loop, or of a row; what is past the most is counted. */
struct x12_problems {
  int count;
  struct x12_problem problem[X12_MOST_PROBLEMS];
};

void h2040_x12_tell(struct x12_problems *problems, int64_t segment, const char *element, const char *words,
                    struct text value);
void h2040_x12_tell_count(struct x12_problems *problems, int64_t segment, const char *element, const char *words,
                          struct text value, int64_t number);
void h2040_x12_tell_problem(struct x12_problems *problems, struct x12_problem problem);
void h2040_x12_tell_all(struct x12_problems *problems, const struct x12_problems *more);

/* An element that stands once in its loop; segment 0: it did not come.  twice: with
** two values, and counts for none. */
struct x12_slot {
  struct text text;
  int64_t segment;
  bool twice;
};

bool h2040_x12_same(struct text a, struct text b); /* bytes */

/* Fills a slot.  The same segment sent twice does no harm. */
void h2040_x12_put(struct x12_slot *slot, struct text value, const struct x12_segment *s, const char *element,
                   struct x12_problems *problems);

/* --- rows ---------------------------------------------------------------------- */

/* Places in an array of rows that were found.  The last one waits for what may be wrong
** behind it, so that it is handed out only when there is another, or when nothing more
** comes. */
enum { X12_QUEUE_ROOM = 4 };

struct x12_queue {
  int first, count;
  bool handed_out; /* the first */
  bool ended;      /* nothing more comes */
  int64_t total;   /* of all rows that were ever in it */
};

static inline int x12_last_row(const struct x12_queue *queue) {
  return (queue->first + queue->count - 1) % X12_QUEUE_ROOM;
}

static inline int x12_add_row(struct x12_queue *queue) {
  queue->count++;
  queue->total++;
  return x12_last_row(queue);
}

/* Is done with the row that was handed out. */
static inline void x12_drop_row(struct x12_queue *queue) {
  if (!queue->handed_out) return;
  queue->first = (queue->first + 1) % X12_QUEUE_ROOM;
  queue->count--;
  queue->handed_out = false;
}

/* --- the reader ----------------------------------------------------------------- */

struct x12 {
  struct text rest; /* what is not read yet */
  struct x12_separators separators;
  enum { X12_OUTSIDE, X12_INTERCHANGE, X12_IN_SET } inside;
  bool grouped; /* within GS */

  struct text sender, date, time, interchange;        /* ISA06, ISA09, ISA10, ISA13 */
  struct text group, group_implementation;            /* GS06, GS08 */
  struct text set_type, set, implementation;          /* ST01, ST02, ST03, else GS08 */
  int64_t set_number;                                 /* in the text, from 1 */

  struct x12_problem problem; /* of X12_PROBLEM */

  int64_t segments;     /* read of this interchange */
  int64_t groups, sets; /* of this interchange, of this group */
  int64_t set_segment;  /* the number of ST */
  bool astray;          /* segments outside a set have been told */
  bool again;           /* the segment that ended a set without SE is to be looked at */
  bool kept_cut;        /* the text ended within it */
  struct x12_segment kept;
  int told, untold;     /* of waiting */
  struct x12_problem waiting[4];
};

enum x12_event { X12_END, X12_SET, X12_SEGMENT, X12_SET_END, X12_PROBLEM };

void h2040_x12_open(struct x12 *x, struct text text);
enum x12_event h2040_x12_next(struct x12 *x, struct x12_segment *s);

/* Takes the next segment off the front of *rest, whatever it is; false: there is none.
** *cut: the text ended before its terminator.  For whoever looks ahead. */
bool h2040_x12_take(struct text *rest, const struct x12_separators *separators, struct x12_segment *s, bool *cut);

#endif
