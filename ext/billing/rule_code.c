/*
** code.malformed, code.not_effective, code.similar
**
** How a procedure code reads is told in procedure_code.h.  What is another code than the
** policy's is not judged here.
*/
#include "judgment.h"
#include "pack.h"

#include <stdio.h>
#include <string.h>

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

/* Writes the other codes whose packs name the focus as their own, "H2040 and H2014"; none: "". */
static void codes_of_focus(struct text word, const char *hcpcs_code, char *out, size_t size) {
  const struct pack_focus *focus;
  size_t n = 0;
  out[0] = 0;
  for (int i = 0; (focus = h2040_pack_focus(i)) != NULL; i++) {
    if (!h2040_same(word, h2040_text(focus->focus)) || strcmp(focus->hcpcs_code, hcpcs_code) == 0) continue;
    if (n + 12 > size) break;
    n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? " and " : "", focus->hcpcs_code);
  }
}

/* The words that a focus can be: the policy's own, then those of the packs. */
static void all_focuses(const struct policy *policy, char *out, size_t size) {
  char *const *own = policy->focuses.list.items;
  const struct pack_focus *focus;
  size_t n = 0;
  out[0] = 0;
  for (size_t i = 0; i < policy->focuses.list.count && n < size; i++) {
    n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? ", " : "", own[i]);
  }
  for (int i = 0; (focus = h2040_pack_focus(i)) != NULL && n < size; i++) {
    bool told = h2040_names_hold(&policy->focuses, h2040_text(focus->focus));
    for (int k = 0; k < i; k++) told |= strcmp(h2040_pack_focus(k)->focus, focus->focus) == 0;
    if (!told) n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? ", " : "", focus->focus);
  }
}

/* The service is another code's by the focus that the line gives. */
static void similar(struct judgment *j) {
  const struct policy *policy = j->policy;
  const struct value *v = value_of(j, FIELD_SERVICE_FOCUS);
  char list[100];
  if (policy->focuses.any || h2040_value_blank(v)) return;
  struct text word = has_bytes(v) ? h2040_trim(value_bytes(v)) : TEXT("");
  if (h2040_names_hold(&policy->focuses, word)) return;
  codes_of_focus(word, policy->hcpcs_code, list, sizeof list);
  if (list[0]) {
    BROKEN(j, RULE_CODE_SIMILAR, FIELD_SERVICE_FOCUS, "a focus on %.*s is what %s describe%s, not %s", (int)word.n,
           word.z, list, strchr(list, ' ') ? "" : "s", policy->hcpcs_code);
  } else {
    all_focuses(policy, list, sizeof list);
    BROKEN(j, RULE_CODE_SIMILAR, FIELD_SERVICE_FOCUS,
           "the focus %s is none of %s: it cannot be told from another code's",
           quoted_value(j, FIELD_SERVICE_FOCUS).z, list);
    use_remedy(j, RULE_CODE_SIMILAR, REMEDY_FOCUS);
  }
}

void h2040_judge_code(struct judgment *j) {
  if (judged(j, RULE_CODE_MALFORMED) && j->code.form == CODE_MISWRITTEN) {
    BROKEN(j, RULE_CODE_MALFORMED, FIELD_HCPCS_CODE, "the procedure code %s should be written %s",
           quoted_value(j, FIELD_HCPCS_CODE).z, j->policy->hcpcs_code);
  }
  if (judged(j, RULE_CODE_NOT_EFFECTIVE) && j->has_service_day) not_effective(j);
  if (judged(j, RULE_CODE_SIMILAR)) similar(j);
}
