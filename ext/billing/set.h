/*
** A set of small numbers: of fields, of rules, of a policy's keys.  It is a pair of
** words and is passed by value; asked for a member that is known when compiling, it
** costs what a single word does.
*/
#ifndef H2040_SET_H
#define H2040_SET_H

#include <stdbool.h>
#include <stdint.h>

enum { SET_ROOM = 128 }; /* members are 0 … 127 */

struct set {
  uint64_t word[2];
};

/* Sets of known members: values, and initializers of constants (SET_INIT2). */
#define SET_BIT(word, member) ((unsigned)(member) / 64 == (word) ? UINT64_C(1) << (unsigned)(member) % 64 : 0)
#define SET_INIT0 { { 0 } }
#define SET_INIT1(a) { { SET_BIT(0, a), SET_BIT(1, a) } }
#define SET_INIT2(a, b) { { SET_BIT(0, a) | SET_BIT(0, b), SET_BIT(1, a) | SET_BIT(1, b) } }
#define SET_INIT3(a, b, c) \
  { { SET_BIT(0, a) | SET_BIT(0, b) | SET_BIT(0, c), SET_BIT(1, a) | SET_BIT(1, b) | SET_BIT(1, c) } }
#define SET1(a) ((struct set)SET_INIT1(a))
#define SET2(a, b) ((struct set)SET_INIT2(a, b))
#define SET3(a, b, c) ((struct set)SET_INIT3(a, b, c))

static inline bool set_has(struct set s, int member) {
  return (s.word[0] & SET_BIT(0, member)) != 0 || (s.word[1] & SET_BIT(1, member)) != 0;
}

static inline void set_add(struct set *s, int member) {
  s->word[0] |= SET_BIT(0, member);
  s->word[1] |= SET_BIT(1, member);
}

static inline void set_remove(struct set *s, int member) {
  s->word[0] &= ~SET_BIT(0, member);
  s->word[1] &= ~SET_BIT(1, member);
}

static inline struct set set_union(struct set a, struct set b) {
  return (struct set){ { a.word[0] | b.word[0], a.word[1] | b.word[1] } };
}

static inline struct set set_common(struct set a, struct set b) {
  return (struct set){ { a.word[0] & b.word[0], a.word[1] & b.word[1] } };
}

static inline struct set set_without(struct set a, struct set b) {
  return (struct set){ { a.word[0] & ~b.word[0], a.word[1] & ~b.word[1] } };
}

/* The least member that is `from` or more; SET_ROOM: none. */
static inline int set_next(struct set s, int from) {
  while (from < SET_ROOM) {
    uint64_t rest = s.word[from / 64] >> from % 64;
    if (rest == 0) {
      from = (from / 64 + 1) * 64;
    } else {
      for (; (rest & 1) == 0; rest >>= 1) from++;
      return from;
    }
  }
  return SET_ROOM;
}

static inline bool set_empty(struct set s) { return (s.word[0] | s.word[1]) == 0; }

static inline bool set_equal(struct set a, struct set b) {
  return a.word[0] == b.word[0] && a.word[1] == b.word[1];
}

static inline bool set_meets(struct set a, struct set b) { return !set_empty(set_common(a, b)); }

/* Whether all that is in `wanted` is in s. */
static inline bool set_covers(struct set s, struct set wanted) { return set_empty(set_without(wanted, s)); }

#endif
