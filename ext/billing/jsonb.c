/* See jsonb.h. */
#include "jsonb.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

/* The kinds of elements.  5: written as JSON5 has it; J: with the escapes of JSON; raw: as it is. */
enum element {
  ELEMENT_NULL, ELEMENT_TRUE, ELEMENT_FALSE, ELEMENT_INT, ELEMENT_INT5, ELEMENT_FLOAT, ELEMENT_FLOAT5, ELEMENT_TEXT, ELEMENT_TEXTJ, ELEMENT_TEXT5,
  ELEMENT_TEXTRAW, ELEMENT_ARRAY, ELEMENT_OBJECT
};

struct writer {
  char *z;
  size_t n, room;
  bool malformed, out_of_memory;
};

static bool failed(const struct writer *w) {
  return w->malformed || w->out_of_memory;
}

static void append(struct writer *w, const char *z, size_t n) {
  if (failed(w) || n == 0) return;
  if (w->room - w->n < n) {
    size_t room = (w->n + n) * 2;
    char *wider = h2040_realloc(w->z, room);
    if (!wider) {
      w->out_of_memory = true;
      return;
    }
    w->z = wider;
    w->room = room;
  }
  memcpy(w->z + w->n, z, n);
  w->n += n;
}

static void append_text(struct writer *w, const char *z) {
  append(w, z, strlen(z));
}

/* Takes an element off the front of *rest. */
static bool take_element(struct text *rest, enum element *kind, struct text *payload) {
  const unsigned char *z = (const unsigned char *)rest->z;
  uint64_t size;
  size_t header = 1;
  if (rest->n == 0 || (z[0] & 15) > ELEMENT_OBJECT) return false;
  *kind = (enum element)(z[0] & 15);
  size = z[0] >> 4;
  if (size > 11) {
    header += (size_t)1 << (size - 12);
    if (rest->n < header) return false;
    size = 0;
    for (size_t i = 1; i < header; i++) size = size << 8 | z[i];
  }
  if (size > rest->n - header) return false;
  *payload = (struct text){ rest->z + header, (size_t)size };
  *rest = (struct text){ payload->z + size, rest->n - header - (size_t)size };
  return true;
}

/* A number of JSON5: with a plus, in hexadecimal digits, without a digit at either side
** of its point, or infinite. */
static void append_number5(struct writer *w, struct text t) {
  bool negative = t.n > 0 && t.z[0] == '-';
  uint64_t n = 0;
  char digits[24];
  if (t.n > 0 && (t.z[0] == '-' || t.z[0] == '+')) t = (struct text){ t.z + 1, t.n - 1 };
  if (negative) append(w, "-", 1);
  if (h2040_same(t, TEXT("Infinity")) || h2040_same(t, TEXT("inf"))) {
    append_text(w, "9e999");
  } else if (h2040_same(t, TEXT("NaN"))) {
    append_text(w, "null");
  } else if (t.n > 2 && t.z[0] == '0' && upper(t.z[1]) == 'X') {
    for (size_t i = 2; i < t.n; i++) {
      unsigned rank = alnum_rank(t.z[i]); /* 0 is 1, F is 16 */
      w->malformed |= rank == 0 || rank > 16 || n >> 60 != 0;
      n = n << 4 | (rank - 1);
    }
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    append_text(w, digits);
  } else {
    const char *point = memchr(t.z, '.', t.n);
    size_t before = point ? (size_t)(point - t.z) : t.n;
    if (before == 0) append(w, "0", 1);
    append(w, t.z, point ? before + 1 : before);
    if (!point) return;
    if (before + 1 == t.n || !is_digit(point[1])) append(w, "0", 1);
    append(w, point + 1, t.n - before - 1);
  }
}

/* One character of a text, as JSON wants it within quotes. */
static void append_character(struct writer *w, char c) {
  char escaped[8];
  if (c == '"' || c == '\\') {
    append(w, "\\", 1);
    append(w, &c, 1);
  } else if ((unsigned char)c < ' ') {
    snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)c);
    append_text(w, escaped);
  } else {
    append(w, &c, 1);
  }
}

/* The escapes of JSON5 that JSON has not; returns how many bytes they are. */
static size_t append_escape5(struct writer *w, struct text t) {
  if (t.n < 2) {
    w->malformed = true;
    return t.n;
  }
  switch (t.z[1]) {
    case '\'': append(w, "'", 1); return 2;
    case 'v': append_text(w, "\\u000b"); return 2;
    case '0': append_text(w, "\\u0000"); return 2;
    case 'x':
      if (t.n < 4) break;
      append_text(w, "\\u00");
      append(w, t.z + 2, 2);
      return 4;
    case '\n': return 2; /* the line goes on */
    case '\r': return t.n > 2 && t.z[2] == '\n' ? 3 : 2;
    case '\xE2': /* two more ends of lines: U+2028, U+2029 */
      if (t.n < 4) break;
      return 4;
    default: append(w, t.z, 2); return 2;
  }
  w->malformed = true;
  return t.n;
}

static void append_string(struct writer *w, enum element kind, struct text t) {
  append(w, "\"", 1);
  if (kind == ELEMENT_TEXT || kind == ELEMENT_TEXTJ) append(w, t.z, t.n);
  for (size_t i = 0; kind >= ELEMENT_TEXT5 && i < t.n;) {
    if (kind == ELEMENT_TEXT5 && t.z[i] == '\\') i += append_escape5(w, (struct text){ t.z + i, t.n - i });
    else append_character(w, t.z[i++]);
  }
  append(w, "\"", 1);
}

static void append_element(struct writer *w, enum element kind, struct text payload, int depth);

static void append_members(struct writer *w, enum element kind, struct text rest, int depth) {
  bool object = kind == ELEMENT_OBJECT;
  w->malformed |= depth == JSONB_DEEPEST;
  append(w, object ? "{" : "[", 1);
  for (int i = 0; rest.n > 0 && !failed(w); i++) {
    enum element member;
    struct text payload;
    bool name = object && i % 2 == 0;
    if (!take_element(&rest, &member, &payload) || (name && (member < ELEMENT_TEXT || member > ELEMENT_TEXTRAW))
        || (name && rest.n == 0)) {
      w->malformed = true;
      return;
    }
    if (i > 0) append(w, object && !name ? ":" : ",", 1);
    append_element(w, member, payload, depth + 1);
  }
  append(w, object ? "}" : "]", 1);
}

static void append_element(struct writer *w, enum element kind, struct text payload, int depth) {
  w->malformed |= kind <= ELEMENT_FALSE && payload.n > 0;
  switch (kind) {
    case ELEMENT_NULL: append_text(w, "null"); break;
    case ELEMENT_TRUE: append_text(w, "true"); break;
    case ELEMENT_FALSE: append_text(w, "false"); break;
    case ELEMENT_INT:
    case ELEMENT_FLOAT: append(w, payload.z, payload.n); break;
    case ELEMENT_INT5:
    case ELEMENT_FLOAT5: append_number5(w, payload); break;
    case ELEMENT_ARRAY:
    case ELEMENT_OBJECT: append_members(w, kind, payload, depth); break;
    default: append_string(w, kind, payload);
  }
}

enum json_reading h2040_jsonb_text(struct text blob, char **made, struct text *text) {
  struct writer w = { 0 };
  enum element kind;
  struct text payload;
  *made = NULL;
  if (!take_element(&blob, &kind, &payload) || kind < ELEMENT_ARRAY || blob.n > 0) return JSON_MALFORMED;
  append_members(&w, kind, payload, 0);
  if (failed(&w)) {
    h2040_free(w.z);
    return w.out_of_memory ? JSON_NO_MEMORY : JSON_MALFORMED;
  }
  *made = w.z;
  *text = (struct text){ w.z, w.n };
  return JSON_READ;
}
