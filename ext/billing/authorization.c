/* See authorization.h. */
#include "authorization.h"
#include "memory.h"
#include "session_cap.h"
#include "sort.h"

#include <string.h>

bool h2040_code_in(struct text code, struct text list) {
  return h2040_blank(list) || h2040_list_has(list, code);
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

void h2040_authorizations_free(struct authorizations *all) {
  h2040_free(all->list);
  h2040_free(all->slot);
  *all = (struct authorizations){ 0 };
}

/* ---- in the order of use, and found again ---- */

static int order_of_use(const void *left, const void *right, const void *context) {
  const struct authorization *a = left;
  const struct authorization *b = right;
  (void)context;
  if (a->last_day != b->last_day) return a->last_day < b->last_day ? -1 : 1;
  return h2040_value_order(&a->number, &b->number);
}

static bool sort_by_use(struct authorizations *all, bool (*proceed)(void *host), void *host) {
  const struct sorting sorting = { order_of_use, NULL, proceed, host };
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

/* Of ids as they compare: h2040_id_of. */
static uint32_t *place_of_member(const struct authorizations *all, const struct value *member) {
  size_t i = (size_t)h2040_id_hash(member, all->collation.member, all->seed) & (all->slots - 1);
  while (all->slot[i] && !h2040_id_same(&all->list[all->slot[i] - 1].member_id, member, all->collation.member)) {
    i = (i + 1) & (all->slots - 1);
  }
  return all->slot + i;
}

static uint32_t *place_of_number(const struct authorizations *all, const struct value *number) {
  uint32_t *slot = all->slot + all->slots;
  size_t i = (size_t)h2040_id_hash(number, all->collation.number, all->seed) & (all->slots - 1);
  while (slot[i] && !h2040_id_same(&all->list[slot[i] - 1].number_id, number, all->collation.number)) {
    i = (i + 1) & (all->slots - 1);
  }
  return slot + i;
}

bool h2040_authorizations_index(struct authorizations *all, bool (*proceed)(void *host), void *host) {
  if (all->count == 0) return true;
  if (all->count > 1 && !sort_by_use(all, proceed, host)) return false;
  all->slots = 16;
  while (all->slots < 2 * all->count) all->slots *= 2;
  h2040_free(all->slot);
  all->slot = h2040_realloc(NULL, 2 * all->slots * sizeof *all->slot);
  if (!all->slot) return false;
  memset(all->slot, 0, 2 * all->slots * sizeof *all->slot);
  for (size_t i = all->count; i-- > 0;) { /* from the last, so that chains begin with the first */
    struct authorization *a = all->list + i;
    a->payer_id = h2040_id_of(&a->payer, all->collation.payer);
    a->member_id = h2040_id_of(&a->member, all->collation.member);
    a->number_id = h2040_id_of(&a->number, all->collation.number);
    uint32_t *member = place_of_member(all, &a->member_id);
    a->next_of_member = *member;
    *member = (uint32_t)i + 1;
    a->next_of_number = 0;
    if (h2040_value_blank(&a->number)) continue;
    uint32_t *number = place_of_number(all, &a->number_id);
    a->next_of_number = *number;
    *number = (uint32_t)i + 1;
  }
  return true;
}

uint32_t h2040_authorizations_of_member(const struct authorizations *all, const struct value *member) {
  if (all->count == 0 || h2040_value_blank(member)) return 0;
  struct value id = h2040_id_of(member, all->collation.member);
  return *place_of_member(all, &id);
}

static uint32_t of_number(const struct authorizations *all, const struct value *number) {
  if (all->count == 0 || h2040_value_blank(number)) return 0;
  struct value id = h2040_id_of(number, all->collation.number);
  return *place_of_number(all, &id);
}

/* ---- drawing ---- */

void h2040_authorizations_fill(const struct authorizations *all, struct authorization_use *use) {
  for (size_t i = 0; i < all->count; i++) {
    use[i] = (struct authorization_use){ .left = all->list[i].unlimited ? INT64_MAX : all->list[i].units };
  }
}

static bool takes_code(const struct authorization *a, struct text hcpcs_code, bool any_code) {
  return any_code || h2040_code_in(hcpcs_code, a->hcpcs_codes) || h2040_list_has(a->hcpcs_codes, TEXT("*"));
}

bool h2040_authorization_pays(const struct authorizations *all, const struct authorization *a,
                              const struct value *payer) {
  if (h2040_value_blank(&a->payer)) return true;
  struct value id = h2040_id_of(payer, all->collation.payer);
  return !h2040_value_blank(payer) && h2040_id_same(&a->payer_id, &id, all->collation.payer);
}

static enum not_covering why_not(const struct authorizations *all, const struct authorization *a,
                                 const struct covered_session *session) {
  if (!h2040_authorization_pays(all, a, &session->payer)) return NOT_OF_PAYER;
  if (!takes_code(a, session->hcpcs_code, session->any_code)) return NOT_FOR_CODE;
  if (!h2040_list_covers(a->modifiers, session->modifiers)) return NOT_FOR_MODIFIERS;
  return session->day < a->first_day || session->day > a->last_day ? NOT_IN_FORCE : COVERS;
}

bool h2040_authorization_named(const struct authorizations *all, const struct authorization *a,
                               const struct value *number) {
  struct value id = h2040_id_of(number, all->collation.number);
  return !h2040_value_blank(&a->number) && h2040_id_same(&a->number_id, &id, all->collation.number);
}

struct drawn h2040_authorizations_draw(const struct authorizations *all, struct authorization_use *use,
                                       const struct covered_session *session, int64_t units) {
  bool names = session->number.kind != VALUE_NULL;
  struct drawn drawn = { .why = names ? NOT_ON_FILE : COVERS };
  for (uint32_t i = session->first; i != 0 && drawn.units < units; i = all->list[i - 1].next_of_member) {
    const struct authorization *a = all->list + i - 1;
    if (names && !h2040_authorization_named(all, a, &session->number)) continue;
    enum not_covering why = why_not(all, a, session);
    int64_t left = why != COVERS || !use ? 0 : use[i - 1].left;
    if (why == COVERS && left == 0) why = use && use[i - 1].last_line ? USED_UP : NOTHING_AUTHORIZED;
    if (names && why > drawn.why) {
      drawn.why = why;
      drawn.used_up_by = why == USED_UP ? use[i - 1].last_line : NULL;
    }
    if (left == 0) continue;
    int64_t share = units - drawn.units < left ? units - drawn.units : left;
    if (!a->unlimited) use[i - 1].left -= share;
    use[i - 1].drawn += share < INT64_MAX - use[i - 1].drawn ? share : INT64_MAX - use[i - 1].drawn;
    use[i - 1].last_line = session->line;
    drawn.units += share;
    if (drawn.first == 0) drawn.first = i;
  }
  if (drawn.units > 0) drawn.why = COVERS;
  if (drawn.why == NOT_ON_FILE && of_number(all, &session->number) != 0) {
    drawn.why = NOT_OF_MEMBER;
  }
  return drawn;
}
