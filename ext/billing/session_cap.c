/* See session_cap.h. */
#include "session_cap.h"

bool h2040_read_cap_scope(struct text text, enum cap_scope *scope) {
  static const struct {
    struct text word;
    enum cap_scope scope;
  } scopes[] = {
    { { "member", 6 }, SCOPE_MEMBER },
    { { "member+provider", 15 }, SCOPE_MEMBER_AND_PROVIDER },
    { { "provider", 8 }, SCOPE_PROVIDER },
  };
  text = h2040_trim(text);
  for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
    if (h2040_same(text, scopes[i].word)) {
      *scope = scopes[i].scope;
      return true;
    }
  }
  return false;
}
