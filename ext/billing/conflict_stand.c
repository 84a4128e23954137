/*
** Which lines stand (standing.h), asked for each payer's member; what does not stand
** falls out of all that is compared, and what is amiss is told.
*/
#include "conflict_parts.h"
#include "memory.h"

#include <string.h>

/* A line of which something is to be told, and what is known of it. */
struct troubled {
  struct standing_line standing;
  struct conflict_line *line;
};

struct standings {
  struct conflicts *c;
  struct standing *standing;
  struct arena arena; /* of one payer's member */
  struct id_numbers ids, line_numbers;
  struct list troubled;
  bool may_resend;
};

static bool go_on(void *host) {
  return h2040_conflict_proceed(host, (size_t)1 << 16);
}

/* ---- one payer's member ---- */

static uint32_t number_of(struct standings *asking, struct id_numbers *numbers, const struct value *v) {
  if (h2040_value_blank(v)) return 0;
  uint32_t form = h2040_id_form(numbers, v, v);
  if (form == 0) asking->c->fault = CONFLICTS_NO_MEMORY;
  return id_of_form(numbers, form);
}

static void fill(struct standings *asking, struct standing_line *to, const struct conflict_line *line) {
  struct value kept[KEPT_COUNT];
  h2040_conflict_kept(line, KEPT_COUNT, kept);
  *to = (struct standing_line){
    .claim_id = number_of(asking, &asking->ids, &kept[KEPT_CLAIM_ID]),
    .claim_number = number_of(asking, &asking->ids, &kept[KEPT_CLAIM_NUMBER]),
    .payer_claim_number = number_of(asking, &asking->ids, &kept[KEPT_PAYER_CLAIM_NUMBER]),
    .original_claim_id = number_of(asking, &asking->ids, &kept[KEPT_ORIGINAL_CLAIM_ID]),
    .claim_line_number = number_of(asking, &asking->line_numbers, &kept[KEPT_LINE_NUMBER]),
    .hcpcs_code = code_of(asking->c, line),
    .modifiers = line->modifiers,
    .day = line->day,
    .units = kept[KEPT_UNITS].kind == VALUE_INTEGER ? kept[KEPT_UNITS].integer : 0,
    .received = kept[KEPT_RECEIVED].kind == VALUE_INTEGER ? kept[KEPT_RECEIVED].integer : RECEIVED_UNKNOWN,
    .frequency = line->frequency,
  };
}

static void take_in(struct standings *asking, const struct standing_line *standing, size_t i, struct places lines) {
  struct conflicts *c = asking->c;
  const struct standing_line *one = standing + i;
  struct conflict_line *line = line_at(c, lines.place[i]);
  if (one->fate != STANDS || one->trouble == NOTHING_TO_TAKE_BACK) line->flags |= LINE_FALLEN;
  if (one->fate == SENT_AGAIN) {
    h2040_conflict_found(c, RULE_CLAIM_RESENT, lines.place[i], lines.place[one->stands], 0);
  }
  if (one->trouble == NO_TROUBLE) return;
  struct troubled *troubled = h2040_list_add(&asking->troubled, sizeof *troubled);
  if (h2040_conflict_has(c, troubled)) *troubled = (struct troubled){ *one, line };
}

static void ask(struct standings *asking, struct places lines) {
  struct conflicts *c = asking->c;
  struct standing_line *standing = h2040_conflict_room(c, ROOM_STANDING, lines.count * sizeof *standing);
  if (!standing) return;
  h2040_id_numbers_clear(&asking->ids);
  h2040_id_numbers_clear(&asking->line_numbers);
  h2040_arena_rewind(&asking->arena, (struct arena_mark){ NULL, 0 });
  for (size_t i = 0; i < lines.count; i++) fill(asking, standing + i, line_at(c, lines.place[i]));
  if (!h2040_conflict_proceed(c, lines.count)) return;
  if (!h2040_stand(asking->standing, standing, lines.count)) {
    if (c->fault == CONFLICTS_SOUND) c->fault = CONFLICTS_NO_MEMORY;
    return;
  }
  for (size_t i = 0; i < lines.count; i++) take_in(asking, standing, i, lines);
}

/* Payer by payer. */
void h2040_find_standing(struct standings *asking, struct places lines) {
  struct conflicts *c = asking->c;
  bool any = asking->may_resend && lines.count > 1;
  for (size_t i = 0; c->matters && i < lines.count && !any; i++) any = line_at(c, lines.place[i])->flags & LINE_MATTERS;
  if (!any) return;
  struct keyed *keyed = h2040_conflict_room(c, ROOM_KEYED, 2 * lines.count * sizeof *keyed);
  uint32_t *place = h2040_conflict_room(c, ROOM_NUMBERS, lines.count * sizeof *place);
  if (c->fault != CONFLICTS_SOUND) return;
  for (size_t i = 0; i < lines.count; i++) {
    keyed[i] = (struct keyed){ payer_of(c, line_at(c, lines.place[i])), lines.place[i] };
  }
  h2040_sort_keyed(keyed, keyed + lines.count, lines.count);
  for (size_t i = 0; i < lines.count; i++) place[i] = keyed[i].item;
  for (size_t i = 0, end; i < lines.count && c->fault == CONFLICTS_SOUND; i = end) {
    for (end = i + 1; end < lines.count && keyed[end].key == keyed[i].key;) end++;
    ask(asking, (struct places){ place + i, end - i });
  }
}

/* ---- what is told ---- */

/* Who bears a claim's number: a payer's member, and whether another does, too. */
struct bearer {
  uint32_t payer, member;
  bool any, another;
};

static bool is_another(const struct bearer *bearer, uint32_t payer, uint32_t member) {
  return bearer->any && (bearer->another || bearer->payer != payer || bearer->member != member);
}

static void note_bearers(struct standings *asking, struct bearer *bearer, const struct conflict_line *line) {
  static const enum kept borne[] = { KEPT_CLAIM_ID, KEPT_CLAIM_NUMBER, KEPT_PAYER_CLAIM_NUMBER };
  struct conflicts *c = asking->c;
  struct value kept[KEPT_COUNT];
  uint32_t payer = payer_of(c, line);
  h2040_conflict_kept(line, KEPT_COUNT, kept);
  for (int i = 0; i < 3; i++) {
    uint32_t id = h2040_id_number_of(&asking->ids, &kept[borne[i]]);
    if (id == 0) continue;
    if (is_another(bearer + id, payer, line->member)) bearer[id].another = true;
    else bearer[id] = (struct bearer){ payer, line->member, true, false };
  }
}

static void tell_troubled(struct standings *asking, const struct troubled *troubled, const struct bearer *bearer) {
  struct conflicts *c = asking->c;
  struct value kept[KEPT_COUNT];
  char words[STANDING_WORDS];
  char number[NUMBER_SIZE];
  h2040_conflict_kept(troubled->line, KEPT_COUNT, kept);
  struct text original = h2040_value_shown(&kept[KEPT_ORIGINAL_CLAIM_ID], number);
  uint32_t id = h2040_id_number_of(&asking->ids, &kept[KEPT_ORIGINAL_CLAIM_ID]);
  bool elsewhere = id != 0 && is_another(bearer + id, payer_of(c, troubled->line), troubled->line->member);
  h2040_standing_words(words, &troubled->standing, original, elsewhere);
  if (troubled->line->told > 0 && troubled->line->flags & LINE_FALLEN) {
    told_of(c, troubled->line)->words = 0; /* what cannot be compared of it need not be */
  }
  struct told_line *told = h2040_conflict_tell(c, troubled->line, h2040_text(words));
  if (told) told->always = true;
}

void h2040_tell_troubles(struct standings *asking) {
  struct conflicts *c = asking->c;
  struct troubled *troubled = asking->troubled.items;
  if (asking->troubled.count == 0) return;
  h2040_id_numbers_clear(&asking->ids);
  h2040_arena_rewind(&asking->arena, (struct arena_mark){ NULL, 0 });
  for (size_t i = 0; i < asking->troubled.count; i++) {
    struct value kept[KEPT_COUNT];
    h2040_conflict_kept(troubled[i].line, KEPT_COUNT, kept);
    number_of(asking, &asking->ids, &kept[KEPT_ORIGINAL_CLAIM_ID]);
  }
  size_t size = (asking->ids.ids.count + 1) * sizeof(struct bearer);
  struct bearer *bearer = h2040_conflict_room(c, ROOM_KEYED, size);
  if (!bearer || !h2040_conflict_proceed(c, c->count)) return;
  memset(bearer, 0, size);
  for (uint32_t place = 0; asking->ids.ids.count > 0 && place < c->count; place++) {
    note_bearers(asking, bearer, line_at(c, place));
  }
  for (size_t i = 0; i < asking->troubled.count; i++) tell_troubled(asking, troubled + i, bearer);
}

/* ---- all of them ---- */

struct standings *h2040_standings_open(struct conflicts *c) {
  struct standings *asking = h2040_realloc(NULL, sizeof *asking);
  if (!h2040_conflict_has(c, asking)) return NULL;
  memset(asking, 0, sizeof *asking);
  asking->c = c;
  asking->ids = (struct id_numbers){ .arena = &asking->arena, .collation = c->terms.claim, .seed = c->terms.seed };
  asking->line_numbers = (struct id_numbers){ .arena = &asking->arena, .seed = c->terms.seed };
  asking->may_resend = has_field(c, FIELD_CLAIM_NUMBER) || has_field(c, FIELD_RECEIVED_DATE);
  asking->standing = h2040_standing_open(go_on, c);
  if (h2040_conflict_has(c, asking->standing)) {
    h2040_standing_columns(asking->standing, !has_field(c, FIELD_CLAIM_NUMBER), asking->may_resend);
  }
  return asking;
}

void h2040_standings_close(struct standings *asking) {
  if (!asking) return;
  h2040_standing_close(asking->standing);
  h2040_id_numbers_free(&asking->ids);
  h2040_id_numbers_free(&asking->line_numbers);
  h2040_list_free(&asking->troubled);
  h2040_arena_free(&asking->arena);
  h2040_free(asking);
}
