/* See json.h. */
#include "json.h"
#include "memory.h"

#include <string.h>

/* --- looking through ------------------------------------------------------ */

struct scan {
  const char *at, *end;
  const char *why;  /* what is wrong where it stands */
  bool escapes;     /* a string has some */
  int depth;
  unsigned char object[JSON_DEEPEST]; /* of each that is open: an object, not an array */
};

static bool wrong(struct scan *s, const char *why) {
  s->why = why;
  return false;
}

static inline bool is_json_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static inline void skip_space(struct scan *s) {
  while (s->at < s->end && is_json_space(*s->at)) s->at++;
}

static inline bool stands(const struct scan *s, char c) {
  return s->at < s->end && *s->at == c;
}

static bool take(struct scan *s, char c) {
  if (!stands(s, c)) return false;
  s->at++;
  return true;
}

static int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  return upper(c) >= 'A' && upper(c) <= 'F' ? upper(c) - 'A' + 10 : -1;
}

static bool scan_escape(struct scan *s) {
  s->escapes = true;
  s->at++;
  if (s->at == s->end || !memchr("\"\\/bfnrtu", *s->at, 9)) return wrong(s, "an escape that JSON has not");
  if (*s->at++ != 'u') return true;
  for (int i = 0; i < 4; i++, s->at++) {
    if (s->at == s->end || hex_digit(*s->at) < 0) return wrong(s, "\\u wants four hexadecimal digits");
  }
  return true;
}

/* What may stand in a string as it is. */
static inline bool is_plain(char c) {
  return (unsigned char)c >= ' ' && c != '"' && c != '\\';
}

/* The first byte that is not plain: eight at a time, as long as none of them is below
** a space, a quote or a backslash.  (x - low) & ~x has a byte's highest bit where it is
** below low; what it finds beyond the first is not asked for.) */
static const char *past_plain(const char *z, const char *end) {
  const uint64_t every = UINT64_C(0x0101010101010101);
  for (; end - z >= 8; z += 8) {
    uint64_t x, quote, backslash;
    memcpy(&x, z, sizeof x);
    quote = x ^ every * '"';
    backslash = x ^ every * '\\';
    if ((((x - every * ' ') & ~x) | ((quote - every) & ~quote) | ((backslash - every) & ~backslash)) & every * 0x80) break;
  }
  while (z < end && is_plain(*z)) z++;
  return z;
}

static bool scan_string(struct scan *s) {
  s->at++;
  for (;;) {
    s->at = past_plain(s->at, s->end);
    if (s->at == s->end) return wrong(s, "a string does not end");
    if (take(s, '"')) return true;
    if (*s->at != '\\') return wrong(s, "a control character stands in a string");
    if (!scan_escape(s)) return false;
  }
}

static bool scan_digits(struct scan *s) {
  if (s->at == s->end || !is_digit(*s->at)) return wrong(s, "a digit is missing");
  while (s->at < s->end && is_digit(*s->at)) s->at++;
  return true;
}

static bool scan_number(struct scan *s) {
  take(s, '-');
  if (take(s, '0')) {
    if (s->at < s->end && is_digit(*s->at)) return wrong(s, "a number begins with 0");
  } else if (!scan_digits(s)) {
    return false;
  }
  if (take(s, '.') && !scan_digits(s)) return false;
  if (!take(s, 'e') && !take(s, 'E')) return true;
  if (!take(s, '+')) take(s, '-');
  return scan_digits(s);
}

static bool scan_word(struct scan *s, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0) return wrong(s, "a value is missing");
  s->at += n;
  return true;
}

/* *opened: it is an array or an object, of which only the bracket was taken. */
static bool scan_value(struct scan *s, bool *opened) {
  *opened = false;
  skip_space(s);
  if (s->at == s->end) return wrong(s, "a value is missing");
  switch (*s->at) {
    case '"': return scan_string(s);
    case 't': return scan_word(s, "true");
    case 'f': return scan_word(s, "false");
    case 'n': return scan_word(s, "null");
    case '{':
    case '[':
      if (s->depth == JSON_DEEPEST) return wrong(s, "arrays and objects stand too deep in one another");
      s->object[s->depth++] = *s->at++ == '{';
      *opened = true;
      return true;
    default:
      return *s->at == '-' || is_digit(*s->at) ? scan_number(s) : wrong(s, "a value is missing");
  }
}

/* The name of a member, with its colon. */
static bool scan_name(struct scan *s) {
  skip_space(s);
  if (!stands(s, '"')) return wrong(s, "a name in quotes is missing");
  if (!scan_string(s)) return false;
  skip_space(s);
  return take(s, ':') || wrong(s, "a colon is missing");
}

static bool closes(struct scan *s) {
  skip_space(s);
  if (!take(s, s->object[s->depth - 1] ? '}' : ']')) return false;
  s->depth--;
  return true;
}

/* To where the next value is to stand, or to the end of the text: then depth is 0. */
static bool scan_to_next(struct scan *s) {
  while (s->depth > 0) {
    bool object = s->object[s->depth - 1];
    if (closes(s)) continue;
    if (!take(s, ',')) return wrong(s, object ? "a comma or } is missing" : "a comma or ] is missing");
    return !object || scan_name(s);
  }
  skip_space(s);
  return s->at == s->end || wrong(s, "more than one value");
}

static bool scan_document(struct scan *s) {
  bool opened;
  do {
    if (!scan_value(s, &opened)) return false;
    if (opened && !closes(s)) {
      if (s->object[s->depth - 1] && !scan_name(s)) return false;
    } else if (!scan_to_next(s)) {
      return false;
    }
  } while (s->depth > 0);
  /* An empty array or object that was all there is. */
  return scan_to_next(s);
}

/* --- strings -------------------------------------------------------------- */

static unsigned four_hex_digits(const char *z) {
  unsigned n = 0;
  for (int i = 0; i < 4; i++) n = n * 16 + (unsigned)hex_digit(z[i]);
  return n;
}

static char *append_utf8(char *out, unsigned c) {
  if (c < 0x80) {
    *out++ = (char)c;
  } else if (c < 0x800) {
    *out++ = (char)(0xC0 | c >> 6);
    *out++ = (char)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = (char)(0xE0 | c >> 12);
    *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    *out++ = (char)(0x80 | (c & 0x3F));
  } else {
    *out++ = (char)(0xF0 | c >> 18);
    *out++ = (char)(0x80 | (c >> 12 & 0x3F));
    *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    *out++ = (char)(0x80 | (c & 0x3F));
  }
  return out;
}

/* The character of a \u whose four digits begin at *z, moved behind them. */
static unsigned escaped_character(const char **z) {
  enum { REPLACEMENT = 0xFFFD };
  unsigned c = four_hex_digits(*z);
  *z += 4;
  if (c < 0xD800 || c > 0xDFFF) return c;
  if (c < 0xDC00 && (*z)[0] == '\\' && (*z)[1] == 'u') { /* the text ends with a quote, so that both can be read */
    unsigned low = four_hex_digits(*z + 2);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      *z += 6;
      return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return REPLACEMENT;
}

/* A string of which z is the first byte behind its quote, without its escapes. */
static struct text unescape(const struct json_document *document, const char *z) {
  static const char escape[] = "bfnrt", meant[] = "\b\f\n\r\t";
  char *start = document->room + (z - document->start);
  char *out = start;
  while (*z != '"') {
    if (*z != '\\') {
      *out++ = *z++;
    } else if (z[1] == 'u') {
      z += 2;
      out = append_utf8(out, escaped_character(&z));
    } else {
      const char *known = memchr(escape, z[1], 5);
      *out++ = known ? meant[known - escape] : z[1];
      z += 2;
    }
  }
  return (struct text){ start, (size_t)(out - start) };
}

/* --- handing out: the text is well formed --------------------------------- */

static const char *past_space(const char *z) {
  while (is_json_space(*z)) z++;
  return z;
}

/* From a string's quote to behind its end. */
static const char *past_string(const struct json_document *document, const char *z, bool *escaped) {
  *escaped = false;
  while (*(z = past_plain(z + 1, document->end)) != '"') {
    *escaped = true;
    z++;
  }
  return z + 1;
}

static const char *past_composite(const struct json_document *document, const char *z) {
  bool escaped;
  int depth = 0;
  do {
    if (*z == '"') {
      z = past_string(document, z, &escaped);
      continue;
    }
    depth += (*z == '[' || *z == '{') - (*z == ']' || *z == '}');
    z++;
  } while (depth > 0);
  return z;
}

static const char *read_string(const struct json_document *document, const char *z, struct text *text) {
  bool escaped;
  const char *end = past_string(document, z, &escaped);
  *text = escaped ? unescape(document, z + 1) : (struct text){ z + 1, (size_t)(end - z - 2) };
  return end;
}

static const char *read_number(const char *z, const char *end, struct json_value *value) {
  bool negative = *z == '-';
  const uint64_t most = (uint64_t)INT64_MAX + negative;
  uint64_t n = 0;
  value->type = JSON_INTEGER;
  for (z += negative; z < end && (is_digit(*z) || memchr(".eE+-", *z, 5)); z++) {
    if (!is_digit(*z)) {
      value->type = JSON_REAL;
      continue;
    }
    uint64_t digit = (uint64_t)(*z - '0');
    n = n > (most - digit) / 10 ? most : n * 10 + digit;
  }
  value->integer = !negative ? (int64_t)n : n == most ? INT64_MIN : -(int64_t)n;
  return z;
}

/* The value at z; returns what is behind it. */
static const char *read_value(const struct json_document *document, const char *z, struct json_value *value) {
  const char *start = z;
  value->integer = 0;
  switch (*z) {
    case '"':
      value->type = JSON_TEXT;
      return read_string(document, z, &value->text);
    case '{':
    case '[':
      value->type = *z == '{' ? JSON_OBJECT : JSON_ARRAY;
      z = past_composite(document, z);
      break;
    case 'n':
      value->type = JSON_NULL;
      z += 4;
      break;
    case 't':
    case 'f':
      value->type = JSON_BOOLEAN;
      z += *z == 't' ? 4 : 5;
      break;
    default:
      z = read_number(z, document->end, value);
  }
  value->text = (struct text){ start, (size_t)(z - start) };
  return z;
}

enum json_reading h2040_json_open(struct json_document *document, struct text text, struct json_value *top,
                                  struct json_problem *problem) {
  struct scan s;
  *document = (struct json_document){ text.z, text.z + text.n, NULL };
  s.at = text.z;
  s.end = text.z + text.n;
  s.escapes = false;
  s.depth = 0;
  if (!scan_document(&s)) {
    *problem = (struct json_problem){ (size_t)(s.at - text.z), s.why };
    return JSON_MALFORMED;
  }
  if (s.escapes) {
    document->room = h2040_realloc(NULL, text.n);
    if (!document->room) return JSON_NO_MEMORY;
  }
  read_value(document, past_space(text.z), top);
  return JSON_READ;
}

void h2040_json_close(struct json_document *document) {
  h2040_free(document->room);
  document->room = NULL;
}

struct json_cursor h2040_json_enter(const struct json_document *document, const struct json_value *value) {
  bool composite = value->type >= JSON_ARRAY;
  return (struct json_cursor){ document, composite ? value->text.z + 1 : "]", value->type == JSON_OBJECT };
}

bool h2040_json_next(struct json_cursor *c, struct text *name, struct json_value *value) {
  const char *z = past_space(c->at);
  if (*z == ',') z = past_space(z + 1);
  *name = (struct text){ "", 0 };
  c->at = z;
  if (*z == ']' || *z == '}') return false;
  if (c->object) {
    z = past_space(read_string(c->document, z, name)) + 1; /* the colon */
    z = past_space(z);
  }
  c->at = read_value(c->document, z, value);
  return true;
}

double h2040_json_real(const struct json_value *value) {
  static const double power[] = { /* those that a double holds exactly */
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  };
  const char *z = value->text.z;
  const char *end = z + value->text.n;
  bool negative = *z == '-';
  bool point = false;
  bool small = false;
  uint64_t digits = 0;
  int exponent = 0; /* of the digits that were taken */
  int written = 0;
  for (z += negative; z < end && (is_digit(*z) || *z == '.'); z++) {
    if (*z == '.') {
      point = true;
    } else if (digits > (UINT64_MAX - 9) / 10) { /* a double holds no more */
      exponent += !point;
    } else {
      digits = digits * 10 + (uint64_t)(*z - '0');
      exponent -= point;
    }
  }
  for (; z < end; z++) {
    small |= *z == '-';
    if (is_digit(*z) && written < 10000000) written = written * 10 + (*z - '0');
  }
  exponent += small ? -written : written;
  double number = (double)digits;
  for (; exponent > 22 && number > 0 && number - number == 0; exponent -= 22) number *= power[22];
  for (; exponent < -22 && number > 0; exponent += 22) number /= power[22];
  if (number > 0 && number - number == 0) number = exponent < 0 ? number / power[-exponent] : number * power[exponent];
  return negative ? -number : number;
}
