/*
** One value, as a database or a file hands it over, and what it says.  Bytes are
** somebody else's and are never copied; they need be neither UTF-8 nor without NUL.
**
**   whole number   2, 2.0, '2', ' 2.00 '; anything beyond 64 bits counts as
**                  the largest number that fits
**   number         the same, with a fraction: 45, '52.5'
**   amount         the same, with $, commas between thousands, and parentheses or a
**                  minus behind for negative: '$1,290.00', '(12.50)', '12.50-'
**   code           an NPI, a taxonomy, a place: trimmed; 1.0 and '1.0' are 1
**   id             as it stands; but 7, 7.0, '7' and '7.0' are one, and '07' is
**                  another.  Blobs by their bytes
**
** Dates and times are read by date.h, procedure codes by procedure_code.h.
**
** Each reader answers BLANK, READ or UNREADABLE, never a guess.
*/
#ifndef H2040_VALUE_H
#define H2040_VALUE_H

#include "text.h"

enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };

struct value {
  enum value_kind kind;
  uint32_t size; /* of bytes */
  union {
    int64_t integer;
    double real;
    const char *bytes; /* of TEXT and BLOB, which all readers but those of ids take alike */
  };
};

enum reading { BLANK, READ, UNREADABLE };

static inline bool has_bytes(const struct value *v) { return v->kind >= VALUE_TEXT; }

/* Of a value that has bytes. */
static inline struct text value_bytes(const struct value *v) { return (struct text){ v->bytes, v->size }; }

static inline struct value value_of_text(struct text t) {
  return (struct value){ .kind = VALUE_TEXT, .size = (uint32_t)t.n, .bytes = t.z };
}

static inline bool h2040_value_blank(const struct value *v) {
  return has_bytes(v) ? h2040_blank(value_bytes(v)) : v->kind == VALUE_NULL;
}

enum reading h2040_read_whole_number(const struct value *v, int64_t *number);
enum reading h2040_read_number(const struct value *v, double *number);
enum reading h2040_read_amount(const struct value *v, double *amount);

/* A number as SQL writes it, in every locale alike: 7, 22.25, 2.0, 1.0e+20. */
enum { NUMBER_SIZE = 32 };
struct text h2040_number_text(const struct value *number, char out[NUMBER_SIZE]);

/* The same where it stands in a sentence: 45 minutes, 52.5 minutes.  Returns out. */
const char *h2040_number_said(double number, char out[NUMBER_SIZE]);

/* A value as a message or a result shows it: its bytes, or its number's text. */
static inline struct text h2040_value_shown(const struct value *v, char out[NUMBER_SIZE]) {
  return has_bytes(v) ? value_bytes(v) : h2040_number_text(v, out);
}

/* The text of a code (see above); a number is written into out. */
struct text h2040_other_code(const struct value *v, char out[NUMBER_SIZE]);

static inline struct text h2040_value_code(const struct value *v, char out[NUMBER_SIZE]) {
  bool bare = v->kind == VALUE_TEXT && v->size > 0 && is_graphic(v->bytes[0]) && is_graphic(v->bytes[v->size - 1]);
  return bare && (v->bytes[v->size - 1] != '0' || v->size < 3) ? value_bytes(v) : h2040_other_code(v, out);
}

/* The same of a list. */
static inline struct text h2040_value_list(const struct value *v, char out[NUMBER_SIZE]) {
  return has_bytes(v) ? h2040_trim(value_bytes(v)) : h2040_value_code(v, out);
}

/* --- order, sameness, hashes ----------------------------------------------- */

/* As SQL has it without collation: NULL, then numbers, then text by its bytes, then
** blobs.  The integer 7 and 7.0 are the same; 7 and the text '7' are two. */
int h2040_value_order(const struct value *a, const struct value *b); /* negative, 0, positive */
bool h2040_value_same(const struct value *a, const struct value *b);

/* Spreads the bits of a word, for keys that are made of several. */
static inline uint64_t mix_bits(uint64_t word) {
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  return word ^ (word >> 32);
}

/* What is the same hashes alike.  seed: random bits, drawn once for each run of a
** function or table, so that nobody can make up a file whose values collide. */
uint64_t h2040_value_hash(const struct value *v, uint64_t seed);

/* --- ids ------------------------------------------------------------------- */

/* How text compares in the columns that ids come from; where they disagree, the
** laxer of the two. */
enum collation { COLLATION_BINARY, COLLATION_RTRIM, COLLATION_NOCASE };

/* The id that a value is: of those that are one the same, by h2040_id_same and
** h2040_id_hash.  What is blank is no id, and is asked for neither. */
struct value h2040_id_of(const struct value *v, enum collation collation);
bool h2040_id_same(const struct value *a, const struct value *b, enum collation collation);
uint64_t h2040_id_hash(const struct value *id, enum collation collation, uint64_t seed);

/* White space stands around it: to every join in the database it is another id. */
bool h2040_id_spaced(const struct value *v);

/* --- keeping --------------------------------------------------------------- */

struct arena;

/* Copies the bytes into the arena; false when memory has run out. */
bool h2040_value_keep(struct value *v, struct arena *arena);

#endif
