/* See authorization.h. */
#include "authorization.h"
#include "memory.h"
#include "sort.h"

bool h2040_code_in(struct text code, struct text list) {
  struct text member;
  bool blank = true;
  while (h2040_next_member(&list, &member)) {
    if (h2040_same(member, code)) return true;
    blank = false;
  }
  return blank;
}

bool h2040_authorizations_add(struct authorizations *all, const struct authorization *authorization) {
  if (all->count == all->room) {
    size_t room = all->room > 0 ? all->room * 2 : 16;
    struct authorization *wider = h2040_realloc(all->list, room * sizeof *wider);
    if (!wider) return false;
    all->list = wider;
    all->room = room;
  }
  all->list[all->count++] = *authorization;
  return true;
}

static int order_of_use(const void *left, const void *right, const void *context) {
  const struct authorization *a = left;
  const struct authorization *b = right;
  (void)context;
  int order = h2040_value_order(&a->member, &b->member);
  if (order == 0) order = (a->last_day > b->last_day) - (a->last_day < b->last_day);
  return order != 0 ? order : h2040_value_order(&a->number, &b->number);
}

bool h2040_authorizations_sort(struct authorizations *all, bool (*proceed)(void *host), void *host) {
  const struct sorting sorting = { order_of_use, NULL, proceed, host };
  if (all->count < 2) return true;
  const void **item = h2040_realloc(NULL, 2 * all->count * sizeof *item);
  struct authorization *sorted = h2040_realloc(NULL, all->count * sizeof *sorted);
  bool done = false;
  if (item && sorted) {
    for (size_t i = 0; i < all->count; i++) item[i] = all->list + i;
    done = h2040_sort(&sorting, item, item + all->count, all->count);
  }
  if (done) {
    for (size_t i = 0; i < all->count; i++) sorted[i] = *(const struct authorization *)item[i];
    h2040_free(all->list);
    all->list = sorted;
    all->room = all->count;
  } else {
    h2040_free(sorted);
  }
  h2040_free(item);
  return done;
}

void h2040_authorizations_free(struct authorizations *all) {
  h2040_free(all->list);
  *all = (struct authorizations){ 0 };
}

void h2040_authorizations_fill(const struct authorizations *all, int64_t *balance) {
  for (size_t i = 0; i < all->count; i++) balance[i] = all->list[i].unlimited ? INT64_MAX : all->list[i].units;
}

/* The first of a member's, or the end of the list. */
static size_t first_of(const struct authorizations *all, const struct value *member) {
  size_t low = 0;
  size_t high = all->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (h2040_value_order(&all->list[middle].member, member) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool covers(const struct authorization *a, const struct covered_session *session) {
  if (session->day < a->first_day || session->day > a->last_day) return false;
  if (a->payer.kind != VALUE_NULL && !h2040_value_same(&a->payer, &session->payer)) return false;
  if (session->number.kind != VALUE_NULL && !h2040_value_same(&a->number_to_match, &session->number)) return false;
  return session->any_code || h2040_code_in(session->hcpcs_code, a->hcpcs_codes);
}

struct drawn h2040_authorizations_draw(const struct authorizations *all, int64_t *balance,
                                       const struct covered_session *session, int64_t units) {
  struct drawn drawn = { 0 };
  for (size_t i = first_of(all, &session->member); i < all->count && drawn.units < units; i++) {
    const struct authorization *a = all->list + i;
    if (!h2040_value_same(&a->member, &session->member)) break;
    if (balance[i] == 0 || !covers(a, session)) continue;
    int64_t share = units - drawn.units < balance[i] ? units - drawn.units : balance[i];
    if (!a->unlimited) balance[i] -= share;
    drawn.units += share;
    if (!drawn.first) drawn.first = a;
  }
  return drawn;
}
