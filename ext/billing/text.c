/* See text.h. */
#include "text.h"

#include <string.h>

const unsigned char h2040_alnum_rank[256] = {
  ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5,
  ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
  ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
  ['G'] = 17, ['H'] = 18, ['I'] = 19, ['J'] = 20, ['K'] = 21, ['L'] = 22,
  ['M'] = 23, ['N'] = 24, ['O'] = 25, ['P'] = 26, ['Q'] = 27, ['R'] = 28,
  ['S'] = 29, ['T'] = 30, ['U'] = 31, ['V'] = 32, ['W'] = 33, ['X'] = 34,
  ['Y'] = 35, ['Z'] = 36,
  ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
  ['g'] = 17, ['h'] = 18, ['i'] = 19, ['j'] = 20, ['k'] = 21, ['l'] = 22,
  ['m'] = 23, ['n'] = 24, ['o'] = 25, ['p'] = 26, ['q'] = 27, ['r'] = 28,
  ['s'] = 29, ['t'] = 30, ['u'] = 31, ['v'] = 32, ['w'] = 33, ['x'] = 34,
  ['y'] = 35, ['z'] = 36,
};

struct text h2040_text(const char *z) {
  return (struct text){ z, strlen(z) };
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The length of a Unicode space at the head of [z, z+n), or 0: no-break space
** U+00A0, U+2000-200B, U+202F, U+205F, U+3000, U+FEFF.  They come with text
** that was pasted from a word processor. */
static size_t wide_space(const char *s, size_t n) {
  const unsigned char *z = (const unsigned char *)s;
  if (n >= 2 && z[0] == 0xC2 && z[1] == 0xA0) return 2;
  if (n < 3) return 0;
  if (z[0] == 0xE2 && z[1] == 0x80 && ((z[2] >= 0x80 && z[2] <= 0x8B) || z[2] == 0xAF)) return 3;
  if (z[0] == 0xE2 && z[1] == 0x81 && z[2] == 0x9F) return 3;
  if (z[0] == 0xE3 && z[1] == 0x80 && z[2] == 0x80) return 3;
  if (z[0] == 0xEF && z[1] == 0xBB && z[2] == 0xBF) return 3;
  return 0;
}

size_t h2040_space_length(struct text t) {
  if (t.n == 0) return 0;
  return is_space(t.z[0]) ? 1 : wide_space(t.z, t.n);
}

static size_t space_at_tail(struct text t) {
  if (is_space(t.z[t.n - 1])) return 1;
  if (t.n >= 2 && wide_space(t.z + t.n - 2, 2) == 2) return 2;
  if (t.n >= 3 && wide_space(t.z + t.n - 3, 3) == 3) return 3;
  return 0;
}

struct text h2040_trim_spaces(struct text t) {
  size_t k;
  while (t.n > 0 && (k = h2040_space_length(t)) > 0) {
    t.z += k;
    t.n -= k;
  }
  while (t.n > 0 && (k = space_at_tail(t)) > 0) t.n -= k;
  return t;
}

bool h2040_same(struct text a, struct text b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++) {
    if (upper(a.z[i]) != upper(b.z[i])) return false;
  }
  return true;
}

bool h2040_is_placeholder(struct text t) {
  static const struct text placeholder[] = {
    { "-", 1 },   { "--", 2 },   { ".", 1 },    { "?", 1 },    { "x", 1 },       { "na", 2 },      { "n/a", 3 },
    { "tbd", 3 }, { "nil", 3 },  { "none", 4 }, { "null", 4 }, { "pending", 7 }, { "unknown", 7 },
  };
  if (t.n == 0) return true;
  if (!strchr("-.?xntpuXNTPU", t.z[0])) return false; /* most short values end here */
  for (size_t i = 0; i < sizeof placeholder / sizeof *placeholder; i++) {
    if (h2040_same(t, placeholder[i])) return true;
  }
  return false;
}

enum { SEPARATES = 1, SEPARATES_DIAGNOSES = 2, SEPARATES_MODIFIERS = 4, NOT_ASCII = 8 };

static const unsigned char list_class[256] = {
  [' '] = 7,  ['\t'] = 7, ['\n'] = 7, ['\v'] = 7, ['\f'] = 7, ['\r'] = 7, [','] = 7, [':'] = 7,  [';'] = 7,
  ['|'] = 7,  ['/'] = 6,  ['['] = 6,  [']'] = 6,  ['{'] = 6,  ['}'] = 6,  ['"'] = 6, ['\''] = 6, ['-'] = 4,
  /* the first bytes of Unicode's spaces */
  [0xC2] = 8, [0xE2] = 8, [0xE3] = 8, [0xEF] = 8,
};

/* The length of a separator at the head of [z, end), or 0. */
static inline size_t separator(const char *z, const char *end, unsigned separates) {
  unsigned class = list_class[(unsigned char)*z];
  if (class & separates) return 1;
  return class & NOT_ASCII ? wide_space(z, (size_t)(end - z)) : 0;
}

static bool next_member(struct text *list, struct text *member, unsigned separates) {
  *member = *list;
  if (list->n == 0) return false; /* z may be NULL */
  const char *z = list->z;
  const char *end = z + list->n;
  size_t length;
  while (z < end) {
    while (z < end && (length = separator(z, end, separates)) > 0) z += length;
    const char *start = z;
    while (z < end && separator(z, end, separates) == 0) z++;
    *member = (struct text){ start, (size_t)(z - start) };
    if (separates == SEPARATES || member->n != 4 || !h2040_same(*member, TEXT("null"))) break;
    member->n = 0;
  }
  *list = (struct text){ z, (size_t)(end - z) };
  return member->n > 0;
}

bool h2040_next_member(struct text *list, struct text *member) {
  return next_member(list, member, SEPARATES);
}

bool h2040_next_diagnosis(struct text *list, struct text *member) {
  return next_member(list, member, SEPARATES_DIAGNOSES);
}

bool h2040_next_modifier(struct text *list, struct text *member) {
  return next_member(list, member, SEPARATES_MODIFIERS);
}

/* How many single edits lead from one word to another, counted no further than
** limit + 1. */
static int edit_distance(struct text a, struct text b, int limit) {
  enum { LONGEST = 40 };
  int row[LONGEST + 1];
  if (a.n > LONGEST || b.n > LONGEST) return limit + 1;
  for (size_t j = 0; j <= b.n; j++) row[j] = (int)j;
  for (size_t i = 1; i <= a.n; i++) {
    int diagonal = row[0];
    row[0] = (int)i;
    for (size_t j = 1; j <= b.n; j++) {
      int replace = diagonal + (upper(a.z[i - 1]) != upper(b.z[j - 1]));
      diagonal = row[j];
      int best = replace;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      if (row[j] + 1 < best) best = row[j] + 1;
      row[j] = best;
    }
  }
  return row[b.n] <= limit ? row[b.n] : limit + 1;
}

const char *h2040_nearest(struct text word, const char *const *names, int count) {
  const char *nearest = NULL;
  int limit = word.n < 3 ? 1 : word.n < 6 ? 2 : 3;
  for (int i = 0; i < count; i++) {
    int distance = edit_distance(word, h2040_text(names[i]), limit);
    if (distance <= limit) {
      nearest = names[i];
      limit = distance - 1;
    }
  }
  return nearest;
}
