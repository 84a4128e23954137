/*
** Professional claims as they were sent (837P, 005010X222 and 004010X098), one row
** for each service line.
**
** Where a value comes from; where two stand, the first that is filled in:
**
**   payer_id, payer_name       2010BB NM1*PR: NM109, NM103
**   subscriber_id              2010BA NM1*IL: NM109
**   member_id                  2000C NM1*QC: NM109 (or REF*1W) is the patient's own; a
**                              patient without one is the subscriber's id, a hyphen, the
**                              day of birth and the initials (M1-20150101OC), for two
**                              children of one subscriber are two members; else
**                              subscriber_id
**   birth_date                 DMG02 of the patient, where there is one, else the subscriber's
**   filing_code                SBR09 of 2000B
**   billing_npi                2010AA NM1*85
**   rendering_npi, _taxonomy   NM1*82 and its PRV*PE of 2420A, of 2310B, else NM1*85 and
**                              PRV*BI of 2000A: where nobody is named, the billing
**                              provider renders.  Both are of one provider
**   claim_number, frequency    CLM01, CLM05-3
**   claim_id                   CLM01, @ and ten characters that are made of what tells
**                              this sending from any other: sender, ISA09, ISA10, ISA13,
**                              GS06, ST02, the set's place in the text and the claim's in
**                              the set
**   original_claim_id          2300 REF*F8
**   prior_auth_number          2400 REF*G1 (not another payer's, REF04), 2300 REF*G1
**   place_of_service           SV105, CLM05-1
**   service_date, _end_date    2400 DTP*472, 2300 DTP*472; D8 or RD8
**   diagnosis_codes            HI, those that SV107 points to, in its order; without
**                              pointers all
**   received_date              BHT04, and BHT05 behind it
**   line_control_number        2400 REF*6R
**
** Loops 2320 and 2330 are another payer's and are passed over, and so is 2430.
**
** What cannot be read stays as it was, and the row says so.  Where the segments do not
** make loops (a service line without its claim, a claim within another's lines, an HL
** that hangs on none) a segment is missing or in the wrong place, and what follows may
** be another claim's: nothing of it is shown but the number of the claim and of the line,
** and reading goes on at the next claim, or, where the loop above it is in doubt, at the
** next HL.  A segment that stands twice with two values counts for none.
*/
#ifndef H2040_X12_837P_H
#define H2040_X12_837P_H

#include "x12_value.h"

struct x12_billing {
  struct text hl;
  struct x12_slot npi, taxonomy;
};

struct x12_subscriber {
  struct text hl;
  struct x12_slot id, birth, payer_id, payer_name, filing_code;
};

struct x12_patient {
  bool is_dependent; /* there is a loop 2000C */
  struct x12_slot id, other_id, birth, last_name, first_name;
};

struct x12_rendering {
  struct x12_slot npi, taxonomy;
};

struct x12_claim {
  int64_t segment; /* CLM; 0: there is none */
  int64_t place;   /* in its set, from 1 */
  struct x12_separators separators;
  struct text number, place_of_service, frequency;
  struct x12_slot original, authorization, span_qualifier, span, diagnoses; /* diagnoses: HI as a whole */
  int diagnosis_count;
  struct x12_rendering rendering;
};

struct x12_service {
  int64_t segment; /* LX; 0: there is none */
  int64_t service_segment; /* SV1 */
  int64_t lx;
  struct text number; /* LX01 */
  struct text procedure, charge, measure, units, place_of_service, pointers; /* SV101 … SV107 */
  struct x12_slot control_number, authorization, span_qualifier, span;
  struct x12_rendering rendering;
};

struct x12_sending {
  struct text interchange, set, received_day, received_time; /* of BHT */
  struct x12_slot header; /* BHT as a whole */
  int64_t set_number;
  uint64_t key;
};

struct x12_837p_row {
  struct x12_sending sending;
  struct x12_billing billing;
  struct x12_subscriber subscriber;
  struct x12_patient patient;
  struct x12_claim claim;
  struct x12_service service;
  struct x12_span span;
  struct x12_number charge, units;
  enum reading charge_reading, units_reading;
  struct x12_problems problems;
};

struct x12_837p {
  struct x12 x;
  struct x12_sending sending;
  struct x12_billing billing;
  struct x12_subscriber subscriber;
  struct x12_patient patient;
  struct x12_claim claim;
  struct x12_service service;
  /* What is wrong in each loop: told in every row that the loop is part of. */
  struct x12_problems sending_problems, billing_problems, subscriber_problems, patient_problems, claim_problems,
      service_problems;
  int loop; /* where reading stands: enum loop of x12_837p.c */
  uint32_t entity; /* NM101 of the last NM1 of a claim or a line */
  int64_t claims;  /* of this set */
  struct x12_queue queue; /* of row */
  struct x12_837p_row row[X12_QUEUE_ROOM];
  struct x12_buffer buffer;
};

enum x12_837p_column {
  P837_CLAIM_ID, P837_CLAIM_LINE_NUMBER, P837_PAYER_ID, P837_MEMBER_ID, P837_HCPCS_CODE, P837_MODIFIERS, P837_UNITS,
  P837_UNIT_MEASURE, P837_SERVICE_DATE, P837_SERVICE_END_DATE, P837_PLACE_OF_SERVICE, P837_DIAGNOSIS_CODES,
  P837_RENDERING_NPI, P837_RENDERING_TAXONOMY, P837_TREATMENT, P837_SERVICE_FOCUS, P837_RECEIVED_DATE,
  P837_CLAIM_NUMBER, P837_CLAIM_FREQUENCY_CODE, P837_ORIGINAL_CLAIM_ID, P837_PAYER_CLAIM_NUMBER, P837_CHARGE_AMOUNT,
  P837_PAID_AMOUNT, P837_BIRTH_DATE, P837_STAFF_ID, P837_BILLING_NPI, P837_COVERAGE_START, P837_COVERAGE_END,
  P837_PROVIDER_START, P837_PROVIDER_END, P837_POLICY, P837_PRIOR_AUTH_NUMBER, P837_PRIOR_AUTH_START,
  P837_PRIOR_AUTH_END, P837_AUTHORIZED_UNITS, P837_AUTHORIZED_CODES, P837_INTERCHANGE, P837_TRANSACTION_SET,
  P837_LINE_CONTROL_NUMBER, P837_SUBSCRIBER_ID, P837_PAYER_NAME, P837_FILING_CODE, P837_PROBLEM
};

/* text.z NULL: there is no text, which is one row that says so. */
void h2040_837p_open(struct x12_837p *r, struct text text);
bool h2040_837p_next(struct x12_837p *r); /* false: no more rows */
/* Of the row that was found last.  shown is X12_SHOWN_NULL on entry; out of memory is
** told in r->buffer. */
void h2040_837p_column(struct x12_837p *r, enum x12_837p_column column, struct x12_shown *shown);
void h2040_837p_close(struct x12_837p *r);

#endif
