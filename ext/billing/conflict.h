/*
** Lines that contradict each other: one session on two lines, one person at two places,
** a day of more hours than a day has, a note that was written before.
**
**   struct conflicts *c = h2040_conflicts_open(&terms, passed);
**   for each line: h2040_conflicts_add(c, &line);
**   h2040_conflicts_find(c);
**   for each of h2040_conflicts_rows(c): h2040_conflicts_row(c, i)
**   h2040_conflicts_close(c);
**
** Only lines that stand (standing.h) are compared.  What each rule means:
**
**   duplicate.session   same payer, member, code and day; the same provider, where both
**                       know theirs; the same set of modifiers, where the source has
**                       modifiers; neither explained by 76, 77, 59, XE, XP, XS, XU; times
**                       that meet, or are not known.  The later line, by claim and line;
**                       the other is the first that it repeats.  A miswritten code is
**                       the code that it should be.
**   one session         the same of two payers is coordination of benefits: all but the
**                       first of its lines take no part in the rules below.
**   similar.same_day    two codes of a pair for one member on one day, at times that meet
**                       or are not known.  The later line; the other is the first.
**   time.overlap        a provider begins with a member while with another.  Lines of
**                       groups are no conflict of each other.  The other is the line
**                       that ends last among those begun before.
**   time.member_overlap a member begins with a provider while with another, neither one
**                       of a team (HT), and not both in a group.
**   time.impossible_day the minutes of a provider's or a member's day pass the limit:
**                       the union of the times (what is past midnight belongs to the next
**                       day) and the minutes of lines without times; or, where that is
**                       more, the units of codes that are counted by the clock.  What is
**                       of one group counts once.  Each line of the day.
**   note.cloned         activities and response are those of an earlier note of the
**                       member, or of another member of the provider.
**   claim.resent        the claim was sent again, and the later sending stands.
**
** Times are read to the minute.  A provider is staff_id, or rendering_npi where that is
** blank.  Who is the line's billing_npi is an agency, and nobody: told once.
**
** Memory, with ids of ten letters: 104 bytes a line while they are read and 120 while
** they are compared (less 21 where there are no notes), and 70 for each member.  A row of
** the result takes 28, and what is told of a line its words.
*/
#ifndef H2040_CONFLICT_H
#define H2040_CONFLICT_H

#include "judgment.h"

struct code_pair {
  uint32_t code_1, code_2;               /* numbers, the smaller first */
  int32_t effective_from, effective_to;  /* both counted */
  bool modifier_allowed;                 /* 59, XE, XP, XS, XU explain it */
  bool same_provider;                    /* only of one provider */
};

enum conflicts_fault { CONFLICTS_SOUND, CONFLICTS_NO_MEMORY, CONFLICTS_STOPPED, CONFLICTS_TOO_MANY };

struct conflict_terms {
  struct set passed;       /* the fields that the source has */
  enum collation payer, member, provider, claim; /* how their columns compare */
  double day_minutes;
  uint64_t seed;
  bool (*proceed)(void *host); /* asked now and then; false: stop */
  void *host;
};

struct conflicts;

/* NULL when memory has run out. */
struct conflicts *h2040_conflicts_open(const struct conflict_terms *terms);
void h2040_conflicts_close(struct conflicts *c);

/* Before the first line: pairs of codes that do not go together, and codes of groups.
** false after a fault. */
bool h2040_conflicts_pair(struct conflicts *c, struct text code_1, struct text code_2, const struct code_pair *terms);
bool h2040_conflicts_group_code(struct conflicts *c, struct text code);

/* One line of the source, and its problem as far as it is seen by itself. */
bool h2040_conflicts_add(struct conflicts *c, const struct claim_line *line);

/* Once, behind the last line. */
bool h2040_conflicts_find(struct conflicts *c);

enum conflicts_fault h2040_conflicts_fault(const struct conflicts *c);

/* A row, in the order service_date, claim_id, claim_line_number, rule. */
struct conflict_row;

enum conflict_part {
  CONFLICT_RULE, CONFLICT_CLAIM_ID, CONFLICT_LINE_NUMBER, CONFLICT_OTHER_CLAIM_ID, CONFLICT_OTHER_LINE_NUMBER,
  CONFLICT_PAYER_ID, CONFLICT_MEMBER_ID, CONFLICT_RENDERING_NPI, CONFLICT_SERVICE_DATE, CONFLICT_VALUE,
  CONFLICT_MESSAGE, CONFLICT_PROBLEM
};

size_t h2040_conflicts_rows(const struct conflicts *c);

/* What a row says.  text: room for what is put into words: so much for a message, a
** DATE_SIZE for any other part. */
enum { CONFLICT_TEXT_SIZE = 1024 };
struct value h2040_conflicts_show(const struct conflicts *c, size_t row, enum conflict_part part, char *text);

#endif
