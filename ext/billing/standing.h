/*
** Which lines stand: of a session that was billed, corrected, sent again or taken
** back, the lines that count.  The same for caps, conflicts and the scripts.
**
** A claim is the lines alike in payer, member, claim_id, claim_number, frequency
** and received_date.  Whoever asks brings the lines of one payer's member: nobody
** else's claim can be the original of theirs.
**
**   void (8)          counts nowhere; it removes its original
**   replacement (7)   counts; it removes its original, and that alone
**   the original      the claim whose claim_id, claim_number or payer_claim_number
**                     is the original_claim_id; of several, those that share a day
**                     of service.  Where none is, or none is named, or it is the
**                     claim's own number: of the claims with its own number those
**                     received before it or, where that cannot be told or is the
**                     same, of another frequency, but no void: the only one; of
**                     several, those that share a day of service
**   sent again        a claim of frequency 1 that is like an earlier one in its
**                     number and in all lines: the last received stands
**   taken back        a line of n units, by one of -n units of the same code,
**                     modifiers and day
**
** What finds no original is told, and so is a circle, which removes nothing.
**
** Ids are numbers here, and so are codes and modifiers: the caller numbers the
** values that it reads, from 1; 0 is blank, and no id.  claim_id, claim_number,
** payer_claim_number and original_claim_id share one numbering, for they are
** compared with each other.
**
**   struct standing *standing = h2040_standing_open(proceed, host);
**   for each payer's member:
**     h2040_stand(standing, line, count) and look at fate and trouble of each
**   h2040_standing_close(standing);
**
** The work grows with the lines, whatever they say: of more than a few hundred
** claims of one number on one day it looks at the latest.
*/
#ifndef H2040_STANDING_H
#define H2040_STANDING_H

#include "text.h"

enum { ORIGINAL_CLAIM = 1, REPLACEMENT_CLAIM = 7, VOID_CLAIM = 8 };

#define RECEIVED_UNKNOWN INT64_MIN

enum fate {
  STANDS,
  VOIDS,          /* of a void */
  REPLACED,       /* or voided */
  SENT_AGAIN,     /* a later sending stands */
  TAKEN_BACK,     /* its units are */
  TAKES_BACK      /* of -n units */
};

enum standing_trouble {
  NO_TROUBLE,
  ORIGINAL_NOT_FOUND,
  ORIGINAL_IN_CIRCLE,
  NOTHING_TO_TAKE_BACK /* the line counts nowhere */
};

struct standing_line {
  /* Given. */
  uint32_t claim_id, claim_number, payer_claim_number, original_claim_id;
  uint32_t claim_line_number, hcpcs_code, modifiers;
  int32_t day;        /* of service; INT32_MIN: cannot be read */
  int64_t units;      /* 0: cannot be read */
  int64_t received;   /* any count of time, or RECEIVED_UNKNOWN */
  uint8_t frequency;  /* blank is 1, and 6 is 7: see h2040_frequency */
  /* Found.  A fate is the claim's; TAKEN_BACK and TAKES_BACK are the line's. */
  uint8_t fate, trouble;
  uint32_t stands;    /* SENT_AGAIN: a line of the claim that stands */
};

/* A claim_frequency_code as we count it; blank is ORIGINAL_CLAIM. */
static inline uint8_t h2040_frequency(int64_t code) {
  if (code == 6) return REPLACEMENT_CLAIM;
  return code >= 1 && code <= 9 ? (uint8_t)code : 9;
}

struct standing;

/* NULL when memory has run out.  proceed is asked now and then; false: stop. */
struct standing *h2040_standing_open(bool (*proceed)(void *host), void *host);
void h2040_standing_close(struct standing *standing);

/* by_claim_id: the source has no claim_number, so claim_id is a claim's own number.
** may_resend: it has claim_number or received_date, so that a claim can have been
** sent again.  Left false, both: a claim_number, and nothing is sent again. */
void h2040_standing_columns(struct standing *standing, bool by_claim_id, bool may_resend);

/* Lines of one payer's member.  Where received does not tell which claim is the later,
** it is the one that comes later in them, so give them in an order that is always the
** same.  false when memory has run out, or when told to stop. */
bool h2040_stand(struct standing *standing, struct standing_line *line, size_t count);

/* The words for a trouble.  original: the original_claim_id as it stands there, blank
** where none is named; elsewhere: it is a claim of another member or payer. */
enum { STANDING_WORDS = 320 };
const char *h2040_standing_words(char words[STANDING_WORDS], const struct standing_line *line, struct text original,
                                 bool elsewhere);

#endif
