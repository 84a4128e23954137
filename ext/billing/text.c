/* See text.h. */
#include "text.h"

#include <string.h>

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

static size_t space_at_head(struct text t) {
  return is_space(t.z[0]) ? 1 : wide_space(t.z, t.n);
}

static size_t space_at_tail(struct text t) {
  if (is_space(t.z[t.n - 1])) return 1;
  if (t.n >= 2 && wide_space(t.z + t.n - 2, 2) == 2) return 2;
  if (t.n >= 3 && wide_space(t.z + t.n - 3, 3) == 3) return 3;
  return 0;
}

struct text h2040_trim(struct text t) {
  size_t k;
  while (t.n > 0 && (k = space_at_head(t)) > 0) {
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

bool h2040_blank(struct text t) {
  static const char *const placeholder[] = {
    "-", "--", ".", "?", "x", "na", "n/a", "tbd", "nil", "none", "null", "pending", "unknown",
  };
  enum { LONGEST_PLACEHOLDER = 7 };

  t = h2040_trim(t);
  if (t.n == 0) return true;
  if (t.n > LONGEST_PLACEHOLDER) return false;
  for (size_t i = 0; i < sizeof placeholder / sizeof *placeholder; i++) {
    if (h2040_same(t, h2040_text(placeholder[i]))) return true;
  }
  return false;
}

static bool is_separator(char c) {
  return is_space(c) || c == ',' || c == ':' || c == ';' || c == '|';
}

bool h2040_next_member(struct text *list, struct text *member) {
  const char *z = list->z;
  const char *end = z + list->n;
  size_t wide = 0;
  while (z < end && (is_separator(*z) || (wide = wide_space(z, (size_t)(end - z))) > 0)) {
    z += wide > 0 ? wide : 1;
    wide = 0;
  }
  const char *start = z;
  while (z < end && !is_separator(*z) && wide_space(z, (size_t)(end - z)) == 0) z++;
  *member = (struct text){ start, (size_t)(z - start) };
  *list = (struct text){ z, (size_t)(end - z) };
  return member->n > 0;
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
  int limit = word.n < 6 ? 2 : 3;
  for (int i = 0; i < count; i++) {
    int distance = edit_distance(word, h2040_text(names[i]), limit);
    if (distance <= limit) {
      nearest = names[i];
      limit = distance - 1;
    }
  }
  return nearest;
}
