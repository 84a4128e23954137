/*
** code.malformed, code.not_effective, code.similar
**
** How a procedure code reads is told in procedure_code.h.  What is another code than the
** policy's is not judged here.
*/
#include "judgment.h"

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
  if (judged(j, RULE_CODE_MALFORMED) && j->code.form == CODE_MISWRITTEN) {
    BROKEN(j, RULE_CODE_MALFORMED, FIELD_HCPCS_CODE, "the procedure code %s should be written %s",
           quoted_value(j, FIELD_HCPCS_CODE).z, j->policy->hcpcs_code);
  }
  if (judged(j, RULE_CODE_NOT_EFFECTIVE) && j->has_service_day) not_effective(j);
  if (judged(j, RULE_CODE_SIMILAR)) similar(j);
}
