/* See rule.h. */
#include "rule.h"

#include <string.h>

const struct rule_entry h2040_rules[RULE_COUNT] = {
#define RULE(symbol, id, severity, carc, needs, category, owner, title, remedy, source) \
  [RULE_##symbol] = { id, SEVERITY_##severity, carc, needs, category, owner, title, remedy, source },
  LINE_RULES(RULE)
  CROSS_RULES(RULE)
#undef RULE
};

_Static_assert((int)RULE_COUNT <= (int)SET_ROOM, "rules are members of sets");

int h2040_rule_named(struct text id) {
  for (int rule = 0; rule < RULE_COUNT; rule++) {
    if (strlen(h2040_rules[rule].id) == id.n && memcmp(h2040_rules[rule].id, id.z, id.n) == 0) return rule;
  }
  return -1;
}

const char *h2040_severity_text(enum severity severity) {
  return severity == SEVERITY_ERROR ? "error" : "warning";
}
