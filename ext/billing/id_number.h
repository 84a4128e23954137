/*
** Numbers for ids.  Each way in which an id is written is a form, kept as it stands; the
** forms of one id (7, 7.0, '7') share its number.
**
**   uint32_t form = h2040_id_form(&members, &value, &value);
**   members: form_value(&members, form), id_of_form(&members, form)
**
** Forms and ids count from 1.  Form 0 is no value; id 0 is nobody: what is blank, or
** no id at all.
*/
#ifndef H2040_ID_NUMBER_H
#define H2040_ID_NUMBER_H

#include "blocks.h"
#include "value.h"

struct id_form {
  struct value value;
  uint32_t id;
};

struct number_slots {
  uint32_t *slot; /* numbers; 0: free */
  size_t count;   /* a power of two, or 0 */
};

struct id_numbers {
  struct arena *arena; /* where the bytes are kept */
  enum collation collation;
  uint64_t seed;
  struct blocks forms, ids; /* of struct id_form; of struct value */
  struct number_slots form_slots, id_slots;
  uint32_t last; /* the form that was asked for last: often it is asked for again */
};

/* The form of a value, a new one if need be; 0 when memory has run out.  id: what is to
** be told apart by it, the value itself or a part of it; NULL: no id. */
uint32_t h2040_id_form(struct id_numbers *numbers, const struct value *value, const struct value *id);

/* A form of many lies anywhere in memory, and to wait for it takes longer than all else:
** whoever has other things to do meanwhile has it fetched, in three steps. */
struct id_ahead {
  uint64_t hash;
  const struct id_form *form; /* likely */
};

void h2040_id_look_ahead(const struct id_numbers *numbers, struct id_ahead *ahead, const struct value *value);
void h2040_id_look_for_form(const struct id_numbers *numbers, struct id_ahead *ahead);
void h2040_id_look_for_bytes(struct id_ahead *ahead);

/* The id that a value is; 0: none of these. */
uint32_t h2040_id_number_of(const struct id_numbers *numbers, const struct value *value);

/* Forgets them all, to begin anew; the arena is its owner's. */
void h2040_id_numbers_clear(struct id_numbers *numbers);

/* The id that a value is, whatever its form; 0: none that has come. */
uint32_t h2040_id_known(const struct id_numbers *numbers, const struct value *value);

void h2040_id_numbers_free(struct id_numbers *numbers); /* the arena is its owner's */

static inline const struct id_form *id_form(const struct id_numbers *numbers, uint32_t form) {
  return block_item(&numbers->forms, form - 1, sizeof(struct id_form));
}

/* What ids are told apart by. */
static inline const struct value *id_value(const struct id_numbers *numbers, uint32_t id) {
  return block_item(&numbers->ids, id - 1, sizeof(struct value));
}

static inline uint32_t id_of_form(const struct id_numbers *numbers, uint32_t form) {
  return form == 0 ? 0 : id_form(numbers, form)->id;
}

#endif
