/*
** Remittances (835, 005010X221 and 004010X091): what was paid, and why not.
**
** One row for each service payment (SVC; kind line), for each claim (CLP) that has
** none, or that has adjustments of its own beside its lines' (kind claim; charge and
** paid stand in the lines then, and are NULL here), and for each provider-level
** adjustment (a pair of PLB; kind provider).
**
**   interchange, payment_number   ISA13, TRN02
**   payment_date                  BPR16, else DTM*405
**   payer_id, payer_name          1000A N1*PR: N104, else REF*2U, else TRN03; N102
**   payee_npi                     1000B N1*PE: N104, where N103 is XX
**   claim_number, claim_status    CLP01, CLP02 (22: a reversal)
**   payer_claim_number            CLP07
**   member_id                     2100 NM1*QC, else NM1*IL: NM109
**   hcpcs_code, modifiers         SVC06, the code as submitted, else SVC01
**   paid_hcpcs_code               SVC01
**   line_control_number           2110 REF*6R, one of its claim
**   service_date, _end_date       2110 DTM*472, or 150 and 151; else 2100 DTM*232 and 233
**   charge, paid, units_paid      SVC02, SVC03, SVC05 (blank is 1); CLP03, CLP04
**   patient_amount                the PR adjustments; of a claim without lines CLP05
**   adjustments                   CAS, as JSON: [{"group":"CO","carc":"45","amount":20,
**                                 "units":null}]; of PLB its code, its reference and
**                                 its amount, a positive one being taken off the payment
**   remarks                       MIA, MOA and LQ*HE
**   denied_amount                 the adjustments that are neither the patient's (PR 1, 2, 3)
**                                 nor what no appeal brings back (final_adjustments.csv)
**   denied                        1: nothing was paid and that is positive; else 0; NULL
**                                 for a reversal
**
** What must balance, or is told:
**   a line     SVC02 - adjustments = SVC03
**   a claim    CLP03 - its and its lines' adjustments = CLP04; the lines' SVC02 = CLP03;
**              in each of its rows, for which it is read twice
**   a payment  the CLP04 - the PLB = BPR02; in its last row
**
** What cannot be read, and segments that do not make loops: as in x12_837p.h.
*/
#ifndef H2040_X12_835_H
#define H2040_X12_835_H

#include "x12_value.h"

struct x12_payment {
  struct text interchange, set;
  int64_t set_number, segment; /* ST */
  struct x12_slot order, trace; /* BPR and TRN as wholes */
  struct text total, day, number, originator; /* BPR02, BPR16, TRN02, TRN03 */
  bool debit;                                 /* BPR03 is D: the payer is owed */
  struct x12_slot produced;                   /* DTM*405 */
  struct x12_slot payer_name, payer_id, payer_other_id, payee_npi;
};

/* DTM: a day, or the first and the last of several. */
struct x12_days {
  struct x12_slot day, first, last;
};

/* Sums of adjustments, in ten-thousandths of a dollar. */
struct x12_adjusted {
  int64_t all, patient, denied;
  int count;
  bool unreadable;
};

struct x12_paid_claim {
  int64_t segment; /* CLP; 0: there is none */
  struct x12_separators separators;
  struct text body, own; /* its segments behind CLP, to the end of the claim, to its first line */
  struct text number, status, charge, paid, patient_amount, payer_number; /* CLP01 … CLP07 */
  struct x12_slot patient, insured; /* NM1*QC and NM1*IL as wholes */
  struct text patient_id, insured_id;
  struct x12_days days;
  struct x12_adjusted adjusted; /* by its own adjustments */
  int lines;
};

struct x12_paid_line {
  int64_t segment; /* SVC; 0: there is none */
  struct text body; /* its segments, SVC among them */
  struct text procedure, charge, paid, units, submitted; /* SVC01, 02, 03, 05, 06 */
  struct x12_slot control_number;
  struct x12_days days;
  struct x12_adjusted adjusted;
};

struct x12_provider_adjustment {
  int64_t segment; /* PLB; 0: there is none */
  struct text reason, amount;
};

enum x12_835_kind { X12_NO_PAYMENT, X12_LINE_PAYMENT, X12_CLAIM_PAYMENT, X12_PROVIDER_PAYMENT };

struct x12_835_row {
  enum x12_835_kind kind;
  struct x12_payment payment;
  struct x12_paid_claim claim;
  struct x12_paid_line line;
  struct x12_provider_adjustment provider;
  struct x12_problems problems;
};

struct x12_835 {
  struct x12 x;
  struct x12_payment payment;
  struct x12_paid_claim claim;
  struct x12_paid_line line;
  struct x12_problems payment_problems, claim_problems, line_problems;
  int loop; /* where reading stands: enum loop of x12_835.c */
  int64_t paid; /* by the claims and the provider-level adjustments so far */
  bool paid_unreadable;
  bool checked; /* what the head of the payment lacks has been told */
  struct x12_segment pairs; /* a PLB whose pairs are being read, from `pair` on */
  int pair;
  struct x12_queue queue; /* of row */
  struct x12_835_row row[X12_QUEUE_ROOM];
  struct x12_buffer buffer;
};

enum x12_835_column {
  P835_INTERCHANGE, P835_PAYMENT_NUMBER, P835_PAYMENT_DATE, P835_PAYER_ID, P835_PAYER_NAME, P835_PAYEE_NPI, P835_KIND,
  P835_CLAIM_NUMBER, P835_CLAIM_STATUS, P835_PAYER_CLAIM_NUMBER, P835_MEMBER_ID, P835_HCPCS_CODE, P835_MODIFIERS,
  P835_PAID_HCPCS_CODE, P835_LINE_CONTROL_NUMBER, P835_SERVICE_DATE, P835_SERVICE_END_DATE, P835_CHARGE_AMOUNT,
  P835_PAID_AMOUNT, P835_PATIENT_AMOUNT, P835_UNITS_PAID, P835_ADJUSTMENTS, P835_REMARKS, P835_DENIED,
  P835_DENIED_AMOUNT, P835_PROBLEM
};

/* As those of x12_837p.h. */
void h2040_835_open(struct x12_835 *r, struct text text);
bool h2040_835_next(struct x12_835 *r);
void h2040_835_column(struct x12_835 *r, enum x12_835_column column, struct x12_shown *shown);
void h2040_835_close(struct x12_835 *r);

#endif
