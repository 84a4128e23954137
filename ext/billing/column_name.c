/* See column_name.h. */
#include "column_name.h"

#include <string.h>

struct export_name {
  const char *letters; /* small; the table is in their order */
  unsigned char field;
  bool likely;
};

#include "column_names.h"

/* The bytes of a character at the head of a name that say nothing: 0 where it says
** something.  Beyond ASCII these are the no-break space (C2 A0), the general
** punctuation (E2 80, E2 81), the wide space (E3 80 80) and the byte order mark, also
** where it was taken for three letters of Latin-1. */
static size_t says_nothing(struct text t) {
  static const char *const marks[] = { "\xC2\xA0", "\xEF\xBB\xBF", "\xC3\xAF\xC2\xBB\xC2\xBF", "\xE3\x80\x80" };
  unsigned char c = (unsigned char)t.z[0];
  if (c < 0x80) return !is_alnum(t.z[0]);
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t n = strlen(marks[i]);
    if (t.n >= n && memcmp(t.z, marks[i], n) == 0) return n;
  }
  return t.n >= 3 && c == 0xE2 && ((unsigned char)t.z[1] & 0xFE) == 0x80 ? 3 : 0;
}

/* Takes the next letter or digit off the front, or a byte of one beyond ASCII; 0: none. */
static int next_letter(struct text *t) {
  size_t skip;
  while (t->n > 0 && (skip = says_nothing(*t)) > 0) *t = (struct text){ t->z + skip, t->n - skip };
  if (t->n == 0) return 0;
  int c = (unsigned char)t->z[0];
  *t = (struct text){ t->z + 1, t->n - 1 };
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool h2040_same_name(struct text a, struct text b) {
  int x = next_letter(&a);
  int y = next_letter(&b);
  if (x == 0) return false;
  while (x == y && x != 0) {
    x = next_letter(&a);
    y = next_letter(&b);
  }
  return x == y;
}

size_t h2040_name_letters(struct text name, char out[NAME_ROOM]) {
  size_t n = 0;
  for (int c; (c = next_letter(&name)) != 0;) {
    if (n == NAME_ROOM) return 0;
    out[n++] = (char)c;
  }
  return n;
}

static int order_of_letters(struct text a, const char *b) {
  size_t n = strlen(b);
  int order = memcmp(a.z, b, a.n < n ? a.n : n);
  return order != 0 ? order : (a.n > n) - (a.n < n);
}

int h2040_field_exported_as(struct text name, bool *likely) {
  char room[NAME_ROOM];
  struct text letters = { room, h2040_name_letters(name, room) };
  size_t first = 0;
  size_t end = sizeof export_names / sizeof *export_names;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    int order = order_of_letters(letters, export_names[middle].letters);
    if (order == 0) {
      *likely = export_names[middle].likely;
      return export_names[middle].field;
    }
    if (order < 0) end = middle;
    else first = middle + 1;
  }
  return -1;
}
