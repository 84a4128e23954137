/* See value.h. */
#include "value.h"
#include "arena.h"

#include <stdio.h>
#include <string.h>

static enum reading unreadable_or_blank(const struct value *v) {
  return h2040_value_blank(v) ? BLANK : UNREADABLE;
}

/* --- numbers --------------------------------------------------------------- */

static const double two_to_63 = 9223372036854775808.0;

static bool is_finite(double r) { return r - r == 0; }

/* Whether a real number is a whole one of 64 bits. */
static bool integer_of_real(double r, int64_t *integer) {
  if (!(r >= -two_to_63 && r < two_to_63)) return false;
  *integer = (int64_t)r;
  return (double)*integer == r;
}

static enum reading whole_number_of_real(double r, int64_t *number) {
  if (integer_of_real(r, number)) return READ;
  if (!is_finite(r) || (r > -two_to_63 && r < two_to_63)) return UNREADABLE;
  *number = r > 0 ? INT64_MAX : INT64_MIN;
  return READ;
}

struct decimal {
  bool negative;
  bool fractional; /* a digit other than 0 stands after the point */
  int64_t whole;   /* what stands before it, saturating */
  double number;   /* without the sign */
};

/* Ten to a power that a double holds exactly. */
static double ten_to(int power) {
  double ten = 1;
  while (power-- > 0) ten *= 10;
  return ten;
}

/* Digits with an optional fraction.  commas: also between groups of three digits before
** the point.  The first digits go into one integer, which is then divided by a power of
** ten: so 0.1 is the number that SQL means by it. */
static bool scan_digits(struct text t, bool commas, struct decimal *d) {
  enum { MOST_DIGITS = 18, MOST_PLACES = 22 };
  uint64_t digits = 0;
  int taken = 0, places = 0, beyond = 0;
  size_t since_comma = 0, count = 0, i = 0;
  bool comma = false;
  for (; i < t.n && t.z[i] != '.'; i++) {
    if (commas && t.z[i] == ',') {
      if (count == 0 || (comma ? since_comma != 3 : since_comma > 3)) return false;
      comma = true;
      since_comma = 0;
      continue;
    }
    if (!is_digit(t.z[i])) return false;
    int digit = t.z[i] - '0';
    d->whole = d->whole > (INT64_MAX - digit) / 10 ? INT64_MAX : d->whole * 10 + digit;
    if (taken < MOST_DIGITS) {
      digits = digits * 10 + (uint64_t)digit;
      taken += digits > 0;
    } else {
      beyond++;
    }
    since_comma++;
    count++;
  }
  if (comma && since_comma != 3) return false;
  for (i++; i < t.n; i++) {
    if (!is_digit(t.z[i])) return false;
    d->fractional |= t.z[i] != '0';
    if (taken < MOST_DIGITS && places < MOST_PLACES) {
      digits = digits * 10 + (uint64_t)(t.z[i] - '0');
      taken += digits > 0;
      places++;
    }
    count++;
  }
  d->number = (double)digits / ten_to(places);
  while (beyond-- > 0 && is_finite(d->number)) d->number *= 10;
  return count > 0;
}

/* The same behind an optional sign. */
static bool scan_decimal(struct text t, struct decimal *d) {
  *d = (struct decimal){ 0 };
  if (t.n > 0 && (t.z[0] == '+' || t.z[0] == '-')) {
    d->negative = t.z[0] == '-';
    t = (struct text){ t.z + 1, t.n - 1 };
  }
  return scan_digits(t, false, d);
}

enum reading h2040_read_whole_number(const struct value *v, int64_t *number) {
  struct decimal d;
  switch (v->kind) {
    case VALUE_NULL: return BLANK;
    case VALUE_INTEGER: *number = v->integer; return READ;
    case VALUE_REAL: return whole_number_of_real(v->real, number);
    default:
      if (!scan_decimal(h2040_trim(value_bytes(v)), &d)) return unreadable_or_blank(v);
      *number = d.negative ? -d.whole : d.whole;
      return d.fractional ? UNREADABLE : READ;
  }
}

enum reading h2040_read_number(const struct value *v, double *number) {
  struct decimal d;
  switch (v->kind) {
    case VALUE_NULL: return BLANK;
    case VALUE_INTEGER: *number = (double)v->integer; return READ;
    case VALUE_REAL: *number = v->real; return is_finite(v->real) ? READ : UNREADABLE;
    default:
      if (!scan_decimal(h2040_trim(value_bytes(v)), &d)) return unreadable_or_blank(v);
      *number = d.negative ? -d.number : d.number;
      return READ;
  }
}

/* Takes one character off the front, and white space after it. */
static bool take_front(struct text *t, char c) {
  if (t->n == 0 || t->z[0] != c) return false;
  *t = h2040_trim((struct text){ t->z + 1, t->n - 1 });
  return true;
}

static bool take_back(struct text *t, char c) {
  if (t->n == 0 || t->z[t->n - 1] != c) return false;
  *t = h2040_trim((struct text){ t->z, t->n - 1 });
  return true;
}

/* Of the ways to say negative an amount has one at most; $ stands on either side of it. */
static bool scan_amount(struct text t, struct decimal *d) {
  *d = (struct decimal){ 0 };
  bool dollar = take_front(&t, '$');
  if (take_front(&t, '(')) {
    if (!take_back(&t, ')')) return false;
    d->negative = true;
  } else if (take_front(&t, '-') || take_back(&t, '-')) {
    d->negative = true;
  } else {
    take_front(&t, '+');
  }
  if (!dollar) take_front(&t, '$');
  return scan_digits(t, true, d);
}

enum reading h2040_read_amount(const struct value *v, double *amount) {
  struct decimal d;
  if (!has_bytes(v)) return h2040_read_number(v, amount);
  if (!scan_amount(h2040_trim(value_bytes(v)), &d)) return unreadable_or_blank(v);
  *amount = d.negative ? -d.number : d.number;
  return READ;
}

/* --- numbers as text ------------------------------------------------------- */

enum { SHOWN_DIGITS = 15 }; /* as SQL shows a real number */

/* The first significant digits of a number above 0, rounded, and the power of ten of the
** first.  What the locale puts for a point is passed over. */
static int significant_digits(double number, char digits[SHOWN_DIGITS]) {
  char text[64];
  int n = 0, power = 0;
  snprintf(text, sizeof text, "%.*e", SHOWN_DIGITS - 1, number);
  const char *z = text;
  for (; *z != 'e' && *z != 'E'; z++) {
    if (is_digit(*z) && n < SHOWN_DIGITS) digits[n++] = *z;
  }
  bool negative = z[1] == '-';
  for (z++; *z; z++) {
    if (is_digit(*z)) power = power * 10 + (*z - '0');
  }
  return negative ? -power : power;
}

/* bare: without the .0 of a whole number. */
static size_t write_real(double number, bool bare, char out[NUMBER_SIZE]) {
  char digits[SHOWN_DIGITS];
  size_t n = 0;
  int length = SHOWN_DIGITS;
  if (number - number != 0) {
    const char *name = number != number ? "NaN" : number > 0 ? "Inf" : "-Inf";
    n = strlen(name);
    memcpy(out, name, n + 1);
    return n;
  }
  if (number < 0) {
    out[n++] = '-';
    number = -number;
  }
  memset(digits, '0', sizeof digits);
  int power = number > 0 ? significant_digits(number, digits) : 0;
  while (length > 1 && digits[length - 1] == '0') length--;
  bool scientific = power < -4 || power >= SHOWN_DIGITS;
  int before = scientific ? 1 : power + 1; /* digits before the point */
  if (before <= 0) out[n++] = '0';
  for (int i = 0; i < before; i++) out[n++] = digits[i]; /* at most SHOWN_DIGITS, zeros among them */
  if (length > before || !bare) {
    out[n++] = '.';
    for (int i = before; i < 0; i++) out[n++] = '0';
    if (length <= before) out[n++] = '0';
    for (int i = before > 0 ? before : 0; i < length; i++) out[n++] = digits[i];
  }
  if (scientific) {
    n += (size_t)snprintf(out + n, NUMBER_SIZE - n, "e%c%02d", power < 0 ? '-' : '+', power < 0 ? -power : power);
  }
  out[n] = 0;
  return n;
}

struct text h2040_number_text(const struct value *number, char out[NUMBER_SIZE]) {
  int n = 0;
  if (number->kind == VALUE_REAL) return (struct text){ out, write_real(number->real, false, out) };
  if (number->kind == VALUE_INTEGER) n = snprintf(out, NUMBER_SIZE, "%lld", (long long)number->integer);
  return (struct text){ out, (size_t)n };
}

const char *h2040_number_said(double number, char out[NUMBER_SIZE]) {
  write_real(number, true, out);
  return out;
}

/* Takes .0, .00 … off digits. */
static struct text without_zero_fraction(struct text t) {
  size_t n = t.n;
  while (n > 0 && t.z[n - 1] == '0') n--;
  if (n < 2 || n == t.n || t.z[n - 1] != '.') return t;
  for (size_t i = 0; i < n - 1; i++) {
    if (!is_digit(t.z[i])) return t;
  }
  return (struct text){ t.z, n - 1 };
}

struct text h2040_other_code(const struct value *v, char out[NUMBER_SIZE]) {
  struct value whole = { .kind = VALUE_INTEGER };
  if (has_bytes(v)) {
    struct text t = h2040_trim(value_bytes(v));
    return t.n > 2 && t.z[t.n - 1] == '0' ? without_zero_fraction(t) : t;
  }
  if (v->kind == VALUE_REAL && integer_of_real(v->real, &whole.integer)) v = &whole;
  return h2040_number_text(v, out);
}

/* --- order, sameness, hashes ----------------------------------------------- */

static int integer_and_real(int64_t i, double r) {
  if (r < -two_to_63) return 1;
  if (r >= two_to_63) return -1;
  int64_t whole = (int64_t)r;
  if (i != whole) return i < whole ? -1 : 1;
  double fraction = r - (double)whole;
  return fraction > 0 ? -1 : fraction < 0;
}

static int numbers(const struct value *a, const struct value *b) {
  if (a->kind == VALUE_INTEGER && b->kind == VALUE_INTEGER) {
    return (a->integer > b->integer) - (a->integer < b->integer);
  }
  if (a->kind == VALUE_INTEGER) return integer_and_real(a->integer, b->real);
  if (b->kind == VALUE_INTEGER) return -integer_and_real(b->integer, a->real);
  return (a->real > b->real) - (a->real < b->real);
}

static int class_of(enum value_kind kind) {
  return kind == VALUE_REAL ? VALUE_INTEGER : (int)kind;
}

int h2040_value_order(const struct value *a, const struct value *b) {
  int class = class_of(a->kind);
  if (class != class_of(b->kind)) return class - class_of(b->kind);
  if (class == VALUE_NULL) return 0;
  if (class == VALUE_INTEGER) return numbers(a, b);
  uint32_t shorter = a->size < b->size ? a->size : b->size;
  int order = shorter > 0 ? memcmp(a->bytes, b->bytes, shorter) : 0;
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

bool h2040_value_same(const struct value *a, const struct value *b) {
  if (has_bytes(a) && (a->kind != b->kind || a->size != b->size)) return false;
  return h2040_value_order(a, b) == 0;
}

/* The odd multiplier is what the seed makes of the hash: which differences of values
** collide, nobody can tell who has not seen it. */
static uint64_t hash_of_word(uint64_t word, uint64_t seed) {
  return mix_bits(word * (seed | 1) ^ seed >> 7);
}

static uint64_t hash_of_bytes(const char *bytes, size_t size, uint64_t seed) {
  uint64_t hash = seed, word;
  for (; size >= 8; bytes += 8, size -= 8) {
    memcpy(&word, bytes, 8);
    hash = (hash ^ word) * (seed | 1);
    hash ^= hash >> 29;
  }
  word = size;
  for (size_t i = 0; i < size; i++) word = word << 8 | (unsigned char)bytes[i];
  return hash_of_word(hash ^ word, seed);
}

uint64_t h2040_value_hash(const struct value *v, uint64_t seed) {
  int64_t integer;
  uint64_t bits;
  switch (v->kind) {
    case VALUE_NULL: return hash_of_word(0x9E3779B97F4A7C15u, seed);
    case VALUE_INTEGER: return hash_of_word((uint64_t)v->integer, seed);
    case VALUE_REAL:
      if (integer_of_real(v->real, &integer)) return hash_of_word((uint64_t)integer, seed);
      memcpy(&bits, &v->real, sizeof bits);
      return hash_of_word(~bits, seed);
    case VALUE_TEXT: return hash_of_bytes(v->bytes, v->size, seed);
    default: return ~hash_of_bytes(v->bytes, v->size, seed);
  }
}

/* --- ids ------------------------------------------------------------------- */

/* Whether a text is a whole number as SQL writes it: no zeros in front, no plus, and
** behind it at most .0 */
static bool plain_integer(struct text t, int64_t *integer) {
  enum { MOST_DIGITS = 19 }; /* as many as 64 bits may have */
  bool negative = t.n > 1 && t.z[0] == '-';
  size_t first = negative, i = first;
  uint64_t number = 0;
  for (; i < t.n && is_digit(t.z[i]) && i - first < MOST_DIGITS; i++) number = number * 10 + (uint64_t)(t.z[i] - '0');
  if (i == first || number > INT64_MAX) return false;
  if (t.z[first] == '0' && (i > first + 1 || negative)) return false;
  if (i < t.n && (t.z[i] != '.' || i + 1 == t.n)) return false;
  for (i++; i < t.n; i++) {
    if (t.z[i] != '0') return false;
  }
  *integer = negative ? -(int64_t)number : (int64_t)number;
  return true;
}

struct value h2040_id_of(const struct value *v, enum collation collation) {
  struct value id = *v;
  int64_t integer;
  if (v->kind == VALUE_REAL && integer_of_real(v->real, &integer)) {
    id = (struct value){ .kind = VALUE_INTEGER, .integer = integer };
  } else if (v->kind == VALUE_TEXT) {
    while (collation == COLLATION_RTRIM && id.size > 0 && id.bytes[id.size - 1] == ' ') id.size--;
    if (plain_integer(value_bytes(&id), &integer)) id = (struct value){ .kind = VALUE_INTEGER, .integer = integer };
  }
  return id;
}

bool h2040_id_same(const struct value *a, const struct value *b, enum collation collation) {
  if (collation != COLLATION_NOCASE || a->kind != VALUE_TEXT || b->kind != VALUE_TEXT) return h2040_value_same(a, b);
  return h2040_same(value_bytes(a), value_bytes(b));
}

uint64_t h2040_id_hash(const struct value *id, enum collation collation, uint64_t seed) {
  if (collation != COLLATION_NOCASE || id->kind != VALUE_TEXT) return h2040_value_hash(id, seed);
  uint64_t hash = seed;
  for (uint32_t i = 0; i < id->size; i++) hash = (hash ^ (unsigned char)upper(id->bytes[i])) * (seed | 1);
  return hash_of_word(hash, seed);
}

bool h2040_id_spaced(const struct value *v) {
  return has_bytes(v) && !h2040_value_blank(v) && h2040_trim(value_bytes(v)).n != v->size;
}

/* --- keeping --------------------------------------------------------------- */

bool h2040_value_keep(struct value *v, struct arena *arena) {
  if (!has_bytes(v)) return true;
  char *kept = h2040_arena_take(arena, v->size);
  if (!kept) return false;
  if (v->size > 0) memcpy(kept, v->bytes, v->size);
  v->bytes = kept;
  return true;
}
