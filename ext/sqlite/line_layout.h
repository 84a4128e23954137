/*
** Which values of a row are which fields of a claim line.  A row is the
** arguments of a call of h2040_check, or a row of the source of h2040_audit;
** its layout is the same from row to row, so it is worked out once.
*/
#ifndef H2040_LINE_LAYOUT_H
#define H2040_LINE_LAYOUT_H

#include "../billing/judgment.h"
#include "policies.h"

struct line_layout {
  const char *function; /* for messages */
  struct policies *policies;
  int count;
  enum field field[ARGUMENT_COUNT]; /* of each value, in the order in which they come */
  struct held_policy *held;      /* the policies of the last line */
  struct claim_line line;
};

void h2040_layout_init(struct line_layout *layout, struct policies *policies, const char *function);
void h2040_layout_clear(struct line_layout *layout);

/* One more value of the row is this field. */
void h2040_layout_add(struct line_layout *layout, enum field field);
static inline bool layout_has(const struct line_layout *layout, enum field field) {
  return set_has(layout->line.passed, (int)field);
}

/* Only the first of them are. */
void h2040_layout_cut(struct line_layout *layout, int count);

/* Takes the policy for the lines to come; value is NULL where none was passed. */
void h2040_layout_use_policy(struct line_layout *layout, struct fault *fault, sqlite3_value *value);
void h2040_layout_use_policy_text(struct line_layout *layout, struct fault *fault, struct text text);

/* Judges the line whose values h2040_read_value has put into layout->line. */
enum verdict h2040_layout_judge(struct line_layout *layout, struct fault *fault, struct judgment *j,
                                struct report *report);

#endif
