/*
** Text as claims bear it: slices of somebody else's bytes, never copied,
** not necessarily UTF-8 and not necessarily without NUL bytes.
**
** Blank is what says nothing: no text, only white space, or a placeholder
** that stands alone, in any case (n/a na none nil null tbd pending unknown
** - -- . ? x).  A note that says "n/a" under "client response" documents no
** response.
**
** A list is members separated by any run of space , : ; |.  So right-aligned
** modifiers ("   GT") and 837P composites ("GT:U1") are lists like any other.  Lists of
** diagnoses and modifiers may also be separated by / and be arrays, as JSON and Postgres
** have them (["GT","59"], {GT,NULL}; null is no member); those of modifiers by hyphens.
*/
#ifndef H2040_TEXT_H
#define H2040_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
  const char *z;
  size_t n;
};

#define TEXT(literal) ((struct text){ literal, sizeof(literal) - 1 })

struct text h2040_text(const char *z); /* of a NUL-terminated string */

/* Without white space at either end, no-break and other Unicode spaces too.
** Most values have none, and are told by their first and last byte. */
struct text h2040_trim_spaces(struct text t);

/* The length of a white space at the head of t, or 0. */
size_t h2040_space_length(struct text t);

static inline bool is_graphic(char c) { return c > ' ' && c <= '~'; }

static inline struct text h2040_trim(struct text t) {
  return t.n > 0 && is_graphic(t.z[0]) && is_graphic(t.z[t.n - 1]) ? t : h2040_trim_spaces(t);
}

bool h2040_is_placeholder(struct text t); /* of a trimmed text */

enum { LONGEST_PLACEHOLDER = 7 };

static inline bool h2040_blank(struct text t) {
  t = h2040_trim(t);
  return t.n <= LONGEST_PLACEHOLDER && h2040_is_placeholder(t);
}

/* Bytes are the same, but for the case of ASCII letters. */
bool h2040_same(struct text a, struct text b);

/* Takes the next member off the front of *list; false when there is none. */
bool h2040_next_member(struct text *list, struct text *member);
bool h2040_next_diagnosis(struct text *list, struct text *member);
bool h2040_next_modifier(struct text *list, struct text *member);

/* "did you mean": the name of the list nearest to a word, or NULL where none is near. */
const char *h2040_nearest(struct text word, const char *const *names, int count);

/* The place of a character in 0…9A…Z, from 1, in either case; 0: it is neither
** letter nor digit. */
extern const unsigned char h2040_alnum_rank[256];
static inline unsigned alnum_rank(char c) { return h2040_alnum_rank[(unsigned char)c]; }

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_alnum(char c) { return alnum_rank(c) > 0; }
/* The s of a plural. */
static inline const char *plural(int64_t n) { return n == 1 ? "" : "s"; }
static inline char upper(char c) { return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); }

#endif
