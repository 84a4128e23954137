/*
** code.malformed, code.not_effective, code.similar
**
** A code is the policy's, or reads as it: a digit's place is taken by a letter
** that looks like it (O/0, I and l/1, S/5, B/8, Z/2), or something is glued on:
** modifiers (H2040U1, H2040:GT, H2040 GT), 837P's qualifier (HC:H2040).  Anything
** else is another code, and not judged here.
*/
#include "judgment.h"

#include <string.h>

enum { CODE_LENGTH = 5, MOST_GLUED = 8 };

static char digit_look_alike(char c) {
  switch (c) {
    case 'O': case 'o': return '0';
    case 'I': case 'i': case 'l': return '1';
    case 'Z': case 'z': return '2';
    case 'S': case 's': return '5';
    case 'B': case 'b': return '8';
    default: return c;
  }
}

/* Whether five characters read as the code; *exact: and are written so. */
static bool reads_as(const char *z, const char *code, bool *exact) {
  *exact = true;
  for (int i = 0; i < CODE_LENGTH; i++) {
    if (upper(z[i]) == code[i]) continue;
    if (!is_digit(code[i]) || digit_look_alike(z[i]) != code[i]) return false;
    *exact = false;
  }
  return true;
}

/* What is glued to a code is taken for modifiers where it can be some: pieces of
** one or two letters or digits, or a single piece of an even number of them.
** Words ("H2040 skills training") are none. */
static bool could_be_modifiers(struct text t) {
  int pieces = 0;
  int longer = 0;
  for (size_t i = 0; i < t.n;) {
    size_t length = 0;
    while (i + length < t.n && is_alnum(t.z[i + length])) length++;
    if (length > 2 && length % 2 == 1) return false;
    longer += length > 2;
    if (longer > 0 && pieces > 0 && length > 0) return false;
    pieces += (int)(length <= MOST_GLUED * 2 ? (length + 1) / 2 : MOST_GLUED + 1);
    if (pieces > MOST_GLUED) return false;
    i += length > 0 ? length : 1;
  }
  return pieces > 0;
}

enum code_reading h2040_read_code(struct text t, const char *hcpcs_code, struct text *glued) {
  bool exact;
  *glued = (struct text){ t.z, 0 };
  if (t.n == CODE_LENGTH && memcmp(t.z, hcpcs_code, CODE_LENGTH) == 0) return CODE_EXACT;
  if (h2040_blank(t)) return CODE_BLANK;
  t = h2040_trim(t);
  bool qualified = t.n > 3 && upper(t.z[0]) == 'H' && upper(t.z[1]) == 'C' && memchr(":*^>|", t.z[2], 5);
  if (qualified) t = (struct text){ t.z + 3, t.n - 3 };
  if (t.n < CODE_LENGTH || !reads_as(t.z, hcpcs_code, &exact)) return CODE_OTHER;
  if (t.n > CODE_LENGTH) {
    struct text rest = { t.z + CODE_LENGTH, t.n - CODE_LENGTH };
    if (could_be_modifiers(rest)) *glued = rest;
    exact = false;
  }
  return exact && !qualified ? CODE_EXACT : CODE_MISWRITTEN;
}

static void not_effective(struct judgment *j) {
  const char *hcpcs_code = j->policy->hcpcs_code;
  const struct code *code = j->policy->code;
  char day[DATE_SIZE], edge[DATE_SIZE];
  if (!code) {
    /* Of other codes than H and T the code set knows nothing. */
    if (hcpcs_code[0] != 'H' && hcpcs_code[0] != 'T') return;
    BROKEN(j, RULE_CODE_NOT_EFFECTIVE, FIELD_HCPCS_CODE, "%s is not in the code set", hcpcs_code);
  } else if (j->service_day < code->added) {
    BROKEN(j, RULE_CODE_NOT_EFFECTIVE, FIELD_SERVICE_DATE, "%s came into the code set on %s, after the service of %s",
           hcpcs_code, h2040_date_text(code->added, edge), h2040_date_text(j->service_day, day));
  } else if (j->service_day > code->terminated) {
    BROKEN(j, RULE_CODE_NOT_EFFECTIVE, FIELD_SERVICE_DATE, "%s was last valid on %s, before the service of %s",
           hcpcs_code, h2040_date_text(code->terminated, edge), h2040_date_text(j->service_day, day));
  }
}

static void similar(struct judgment *j) {
  static const struct {
    const char *focus, *hcpcs_code;
  } neighbour[] = {
    { "skills", NULL }, { "habilitation", "H2014" }, { "rehabilitation", "H2017" }, { "behavior", "H2019" },
  };
  const struct value *v = value_of(j, FIELD_SERVICE_FOCUS);
  if (h2040_value_blank(v)) return;
  for (size_t i = 0; i < sizeof neighbour / sizeof *neighbour; i++) {
    const char *code = neighbour[i].hcpcs_code;
    if (!has_bytes(v) || !h2040_same(h2040_trim(value_bytes(v)), h2040_text(neighbour[i].focus))) continue;
    if (code && strcmp(code, j->policy->hcpcs_code) != 0) {
      BROKEN(j, RULE_CODE_SIMILAR, FIELD_SERVICE_FOCUS, "a focus on %s is what %s describes, not %s",
             neighbour[i].focus, code, j->policy->hcpcs_code);
    }
    return;
  }
  BROKEN(j, RULE_CODE_SIMILAR, FIELD_SERVICE_FOCUS,
         "the focus %s is none of skills, habilitation, rehabilitation, behavior: it cannot be told from another code's",
         quoted_value(j, FIELD_SERVICE_FOCUS).z);
  use_remedy(j, RULE_CODE_SIMILAR, REMEDY_FOCUS);
}

void h2040_judge_code(struct judgment *j) {
  if (judged(j, RULE_CODE_NOT_EFFECTIVE) && j->has_service_day) not_effective(j);
  if (judged(j, RULE_CODE_SIMILAR)) similar(j);
}
