/*
** The canonical form of a line.  The first line of the input is what `dates` says, each
** other is field=value.  What is canonical stays so; and the rules that a line breaks are
** those that its canonical form breaks.
*/
#include "fuzz.h"

#include "../../ext/billing/canonical.h"
#include "../../ext/billing/diagnosis.h"
#include "../../ext/billing/judgment.h"

static struct value value_of_line(struct fuzz_line v) {
  char number[64];
  size_t n = v.n > 1 ? v.n - 1 : 0;
  if (n >= sizeof number) n = sizeof number - 1;
  if (v.n > 0) memcpy(number, v.z + 1, n);
  number[n] = 0;
  switch (v.n > 0 ? v.z[0] : 0) {
    case '~': return (struct value){ .kind = VALUE_NULL };
    case '#': return (struct value){ .kind = VALUE_INTEGER, .integer = strtoll(number, NULL, 10) };
    case '%': return (struct value){ .kind = VALUE_REAL, .real = strtod(number, NULL) };
    default: return value_of_text((struct text){ v.z, v.n });
  }
}

/* Whether a canonical line has the field: lists stand for what else may hold their members. */
static int stays(struct set passed, int field) {
  if (field == FIELD_MODIFIERS) return set_has(passed, field) || set_meets(passed, modifier_slots());
  if (field == FIELD_DIAGNOSIS_CODES) return set_has(passed, field) || set_meets(passed, numbered_diagnoses());
  return set_has(passed, field) && !set_has(modifier_slots(), field) && !set_has(numbered_diagnoses(), field)
         && field != FIELD_DIAGNOSIS_POINTERS;
}

static struct arena arena;

static int make_canonical(const struct claim_line *line, struct claim_line *out) {
  static char problem[FIELD_COUNT][CANONICAL_PROBLEM_SIZE];
  int problems = 0;
  *out = (struct claim_line){ .dates = DATES_ISO };
  for (int field = 0; field < FIELD_COUNT; field++) {
    struct canonical c;
    if (!stays(line->passed, field)) continue;
    MUST(h2040_canonical(line, (enum field)field, &arena, &c));
    MUST(strlen(c.problem) < CANONICAL_PROBLEM_SIZE);
    memcpy(problem[field], c.problem, sizeof c.problem);
    problems += c.problem[0] != 0;
    MUST(h2040_value_keep(&c.value, &arena));
    out->value[field] = c.value;
    set_add(&out->passed, field);
  }
  return problems;
}

/* But for white space around ids, which the canonical line has not. */
static struct set broken(const struct claim_line *line, struct policy_set *policies) {
  struct judgment j;
  enum verdict verdict = h2040_judge(&j, line, policies, NULL);
  if (verdict == NOT_JUDGED) return SET1(SET_ROOM - 1);
  if (verdict == UNREADABLE_AS_OF) return SET1(SET_ROOM - 2);
  return set_without(j.broken, SET1(RULE_ID_WHITE_SPACE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct policy_set policies;
  static char problem[PROBLEM_SIZE];
  struct fuzz_line rest = { (const char *)data, size };
  struct fuzz_line text;
  struct claim_line line = { .dates = DATES_ISO };
  struct claim_line once, twice;
  fuzz_db(NULL);
  if (policies.policies.count == 0) MUST(h2040_policy_read(h2040_text("session"), &policies, problem) && !problem[0]);
  if (!fuzz_next_line(&rest, &text)) return 0;
  int dates = h2040_dates_named((struct text){ text.z, text.n });
  if (dates > 0) line.dates = (enum dates)dates;
  while (fuzz_next_line(&rest, &text)) {
    const char *equals = memchr(text.z, '=', text.n);
    int field = equals ? h2040_field_named((struct text){ text.z, (size_t)(equals - text.z) }) : -1;
    if (field < 0 || field == FIELD_POLICY) continue;
    size_t n = (size_t)(equals - text.z) + 1;
    line.value[field] = value_of_line((struct fuzz_line){ text.z + n, text.n - n });
    set_add(&line.passed, field);
  }
  /* What cannot be read under the declared style might be read as iso, and the other way
  ** round is not possible; so a line is canonical once all of it was read. */
  int problems = make_canonical(&line, &once);
  make_canonical(&once, &twice);
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (!set_has(once.passed, field)) continue;
    if (!h2040_value_same(&once.value[field], &twice.value[field])) {
      fprintf(stderr, "%s: '%.*s' then '%.*s'\n", h2040_field_names[field], (int)once.value[field].size,
              has_bytes(&once.value[field]) ? once.value[field].bytes : "", (int)twice.value[field].size,
              has_bytes(&twice.value[field]) ? twice.value[field].bytes : "");
      abort();
    }
  }
  unsigned pointers;
  if (problems == 0
      || !(set_has(line.passed, FIELD_DIAGNOSIS_POINTERS)
           && h2040_read_pointers(&line.value[FIELD_DIAGNOSIS_POINTERS], &pointers) == UNREADABLE)) {
    struct set of_line = broken(&line, &policies), of_canonical = broken(&once, &policies);
    for (int rule = 0; rule < SET_ROOM; rule++) {
      if (set_has(of_line, rule) == set_has(of_canonical, rule)) continue;
      fprintf(stderr, "%s: line %d, canonical %d\n", rule < LINE_RULE_COUNT ? h2040_rules[rule].id : "verdict",
              set_has(of_line, rule), set_has(of_canonical, rule));
      abort();
    }
  }
  h2040_arena_free(&arena);
  return 0;
}
