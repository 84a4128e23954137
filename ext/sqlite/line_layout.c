/* See line_layout.h. */
#include "line_layout.h"

#include <string.h>

void h2040_layout_init(struct line_layout *layout, struct policies *policies, const char *function) {
  layout->function = function;
  layout->policies = policies;
  layout->count = 0;
  layout->held = NULL;
  layout->line.dates = DATES_ISO;
  layout->line.passed = (struct set){ { 0 } };
}

void h2040_layout_clear(struct line_layout *layout) {
  h2040_policy_release(layout->held);
  layout->held = NULL;
}

void h2040_layout_add(struct line_layout *layout, enum field field) {
  layout->field[layout->count++] = field;
  set_add(&layout->line.passed, (int)field);
}

void h2040_layout_cut(struct line_layout *layout, int count) {
  while (layout->count > count) set_remove(&layout->line.passed, (int)layout->field[--layout->count]);
  if (!layout_has(layout, FIELD_DATES)) layout->line.dates = DATES_ISO;
}

static void use(struct line_layout *layout, struct held_policy *held) {
  if (held == layout->held) {
    h2040_policy_release(held);
    return;
  }
  h2040_policy_release(layout->held);
  layout->held = held;
}

void h2040_layout_use_policy(struct line_layout *layout, struct fault *fault, sqlite3_value *value) {
  if (value) use(layout, h2040_policy_hold_value(layout->policies, fault, layout->function, value));
  else h2040_layout_use_policy_text(layout, fault, TEXT("session"));
}

void h2040_layout_use_policy_text(struct line_layout *layout, struct fault *fault, struct text text) {
  if (h2040_blank(text)) text = TEXT("session");
  use(layout, h2040_policy_hold(layout->policies, fault, layout->function, text));
}

static void read_dates(struct line_layout *layout, struct fault *fault) {
  char number[NUMBER_SIZE];
  struct text name = h2040_value_shown(&layout->line.value[FIELD_DATES], number);
  layout->line.dates = h2040_declared_dates(fault, layout->function, name);
}

enum verdict h2040_layout_judge(struct line_layout *layout, struct fault *fault, struct judgment *j,
                                struct report *report) {
  enum verdict verdict;
  if (layout_has(layout, FIELD_DATES)) read_dates(layout, fault);
  if (fault->rc != SQLITE_OK) return NOT_JUDGED;
  verdict = h2040_judge(j, &layout->line, &layout->held->set, report);
  if (verdict == UNREADABLE_AS_OF) {
    h2040_fail(fault, "%s: as_of cannot be read as a date; pass one like date('now') or '2026-01-31'",
               layout->function);
  } else if (verdict == NO_CODE) {
    h2040_fail(fault, "%s: a set of policies judges a line by the one of its code: pass hcpcs_code, or one policy",
               layout->function);
  }
  return verdict;
}
