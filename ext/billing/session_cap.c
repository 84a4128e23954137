/* See session_cap.h. */
#include "session_cap.h"
#include "date.h"

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

bool h2040_list_has(struct text list, struct text member) {
  struct text one;
  while (h2040_next_member(&list, &one)) {
    if (h2040_same(one, member)) return true;
  }
  return false;
}

bool h2040_list_covers(struct text list, struct text of) {
  struct text one;
  while (h2040_next_member(&list, &one)) {
    if (!h2040_list_has(of, one)) return false;
  }
  return true;
}

static bool any_of(struct text list, struct text of) {
  struct text one;
  while (h2040_next_member(&list, &one)) {
    if (h2040_list_has(of, one)) return true;
  }
  return false;
}

bool h2040_cap_takes_modifiers(const struct session_cap *cap, struct text modifiers) {
  if (!h2040_list_covers(cap->modifiers, modifiers)) return false;
  if (cap->one_of_modifiers.n > 0 && !any_of(cap->one_of_modifiers, modifiers)) return false;
  return !any_of(cap->without_modifiers, modifiers);
}

bool h2040_cap_takes_age(const struct session_cap *cap, int age) {
  return (cap->age_from < 0 || age >= cap->age_from) && (cap->age_to < 0 || age <= cap->age_to);
}

int h2040_age(int32_t birth, int32_t day) {
  struct date b = h2040_date_of(birth);
  struct date d = h2040_date_of(day);
  bool to_come = d.month < b.month || (d.month == b.month && d.day < b.day);
  return d.year - b.year - to_come;
}
