/* See procedure_code.h. */
#include "procedure_code.h"
#include "code_set.h"

enum { CODE_LENGTH = 5, MOST_GLUED = 8 };

/* --- dressing -------------------------------------------------------------- */

static struct text without(struct text t, size_t head, size_t tail) {
  return h2040_trim((struct text){ t.z + head, t.n - head - tail });
}

/* ="H2040", "H2040" and 'H2040. */
static struct text without_armour(struct text t) {
  if (t.n > 1 && t.z[0] == '=') t = without(t, 1, 0);
  if (t.n > 1 && (t.z[0] == '"' || t.z[0] == '\'')) t = without(t, 1, t.z[t.n - 1] == t.z[0]);
  return t;
}

/* 837P's, and the names of the code sets; what stands between them and the code. */
static struct text without_qualifier(struct text t) {
  static const struct {
    const char *name, *separators;
  } qualifier[] = {
    { "HC", ":*^>|" }, { "ER", ":*^>|" }, { "IV", ":*^>|" }, { "WK", ":*^>|" }, { "HP", ":*^>|" },
    { "CPT", ":*^>| " }, { "HCPCS", ":*^>| " },
  };
  for (size_t i = 0; i < sizeof qualifier / sizeof *qualifier; i++) {
    struct text name = h2040_text(qualifier[i].name);
    if (t.n <= name.n || !h2040_same((struct text){ t.z, name.n }, name)) continue;
    char separator = t.z[name.n];
    if (separator && strchr(qualifier[i].separators, separator)) return without(t, name.n + 1, 0);
  }
  return t;
}

/* The length of a hyphen or dash at the head, or 0. */
static size_t dash(struct text t) {
  if (t.n > 0 && t.z[0] == '-') return 1;
  bool wide = t.n >= 3 && (unsigned char)t.z[0] == 0xE2 && (unsigned char)t.z[1] == 0x80
              && (unsigned char)t.z[2] >= 0x90 && (unsigned char)t.z[2] <= 0x95;
  return wide ? 3 : 0;
}

/* A word: three or more letters, apart from digits. */
static bool has_word(struct text t) {
  for (size_t i = 0; i < t.n;) {
    size_t length = 0;
    bool digits = false;
    while (i + length < t.n && is_alnum(t.z[i + length])) digits |= is_digit(t.z[i + length++]);
    if (length > 2 && !digits) return true;
    i += length > 0 ? length : 1;
  }
  return false;
}

/* Words behind a dash or colon that does not touch both the code and them. */
static bool is_description(struct text rest) {
  struct text t = h2040_trim(rest);
  bool apart = t.n < rest.n;
  size_t length = t.n > 0 && t.z[0] == ':' ? 1 : dash(t);
  if (length == 0) return false;
  struct text words = without(t, length, 0);
  apart |= words.n + length < t.n;
  return apart && has_word(words);
}

/* --- what is miswritten ---------------------------------------------------- */

static char digit_look_alike(char c) {
  switch (c) {
    case 'O': case 'o': return '0';
    case 'I': case 'i': case 'l': return '1';
    case 'Z': case 'z': return '2';
    case 'S': case 's': return '5';
    case 'B': case 'b': return '8';
    default: return upper(c);
  }
}

/* With digits in place of their look-alikes from the first-th character on; false: that
** is no code either. */
static bool mended(const char raw[CODE_LENGTH], int first, char code[6]) {
  for (int i = 0; i < CODE_LENGTH; i++) code[i] = i < first ? upper(raw[i]) : digit_look_alike(raw[i]);
  return h2040_is_procedure_code((struct text){ code, CODE_LENGTH });
}

/* The code that five letters and digits are or should be.  A letter in front stays one
** where it can; and as CPT's last character it is none that looks like a digit. */
static enum code_form read_five(const char raw[CODE_LENGTH], char code[6]) {
  bool digits = false;
  for (int i = 0; i < CODE_LENGTH; i++) digits |= is_digit(raw[i]);
  code[CODE_LENGTH] = 0;
  if (digits && mended(raw, CODE_LENGTH, code) && !(is_digit(raw[0]) && digit_look_alike(raw[4]) != upper(raw[4]))) {
    return CODE_WRITTEN;
  }
  if (digits && (mended(raw, 1, code) || mended(raw, 0, code))) return CODE_MISWRITTEN;
  code[0] = 0;
  return CODE_NONE;
}

/* Takes five letters and digits off the front, spaces and hyphens between them; false
** where there are not five. */
static bool take_five(struct text *t, char raw[CODE_LENGTH], bool *apart) {
  size_t i = 0;
  *apart = false;
  for (int n = 0; n < CODE_LENGTH; n++) {
    for (size_t length; n > 0 && i < t->n && !is_alnum(t->z[i]); i += length) {
      struct text here = { t->z + i, t->n - i };
      length = h2040_space_length(here);
      if (length == 0) length = dash(here);
      if (length == 0) return false;
      *apart = true;
    }
    if (i == t->n || !is_alnum(t->z[i])) return false;
    raw[n] = t->z[i++];
  }
  *t = (struct text){ t->z + i, t->n - i };
  return true;
}

/* What is glued to a code is taken for modifiers where it can be some: pieces of
** one or two letters or digits, or a single piece of an even number of them.
** Words ("H2040 skills training") are none. */
static bool could_be_modifiers(struct text t) {
  int pieces = 0;
  int longer = 0;
  for (size_t i = 0; i < t.n;) {
    size_t length = 0;
    while (i + length < t.n && is_alnum(t.z[i + length])) length++;
    if (length > 2 && length % 2 == 1) return false;
    longer += length > 2;
    if (longer > 0 && pieces > 0 && length > 0) return false;
    pieces += (int)(length <= MOST_GLUED * 2 ? (length + 1) / 2 : MOST_GLUED + 1);
    if (pieces > MOST_GLUED) return false;
    i += length > 0 ? length : 1;
  }
  return pieces > 0;
}

/* As most codes stand: a letter or digit and four digits, and nothing beside them. */
static bool is_plain(const struct value *v) {
  if (v->kind != VALUE_TEXT || v->size != CODE_LENGTH || !is_alnum(v->bytes[0])) return false;
  for (int i = 1; i < CODE_LENGTH; i++) {
    if (!is_digit(v->bytes[i])) return false;
  }
  return true;
}

void h2040_read_procedure_code(const struct value *v, struct procedure_code *out) {
  char raw[CODE_LENGTH];
  bool apart;
  if (is_plain(v)) {
    out->form = CODE_WRITTEN;
    for (int i = 0; i < CODE_LENGTH; i++) out->code[i] = upper(v->bytes[i]);
    out->code[CODE_LENGTH] = 0;
    out->glued = (struct text){ v->bytes, 0 };
    return;
  }
  struct text t = h2040_value_code(v, out->number);
  out->glued = (struct text){ t.z, 0 };
  memset(out->code, 0, sizeof out->code);
  t = without_qualifier(without_armour(t));
  out->form = CODE_BLANK;
  if (h2040_blank(t)) return;
  out->form = CODE_NONE;
  if (!take_five(&t, raw, &apart)) return;
  /* Digits of a number or a date that goes on are no code. */
  if (apart && t.n > 0 && is_digit(t.z[0])) return;
  out->form = read_five(raw, out->code);
  if (out->form == CODE_NONE) return;
  if (apart) out->form = CODE_MISWRITTEN;
  if (t.n == 0 || is_description(t)) return;
  out->form = CODE_MISWRITTEN;
  if (could_be_modifiers(t)) out->glued = t;
}
