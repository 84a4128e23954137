/*
** h2040_837p(x12)   professional claims as they were sent, one row a service line
** h2040_835(x12)    remittances as they came, one row a service payment, or a claim's
**                   or a provider's own
**
** x12 is the text of one or more interchanges, TEXT or BLOB.  The extension opens no
** file; the host does:
**
**   SELECT * FROM h2040_837p(readfile('batch.837'));
**
**   SELECT f.name, c.claim_number, c.problem
**     FROM (SELECT name FROM fsdir('inbox') WHERE name LIKE '%.837' ORDER BY name) AS f,
**          h2040_837p(readfile(f.name)) AS c;
**
** What the columns are and where they come from: ext/billing/x12_837p.h and x12_835.h.
** The columns of h2040_837p that X12 has no element for are NULL; they are there so that
** its rows are those of h2040_lines.
**
** What is broken is never an error.  It is a row, of its line where there is one, whose
** problem names the segment, counted from ISA, and the element.  NULL, as readfile gives
** it for a file that is not there, is a row with a problem, too.
**
** Rows are found as they are asked for, beside the one copy of the text that is kept
** while they are.  They are in the text's order, and rowid is their number in it.
**
** Both read their parameter and nothing else: INNOCUOUS.
*/
#include "register.h"
#include "table.h"

#include "../billing/x12_835.h"
#include "../billing/x12_837p.h"

#include <string.h>

/* The text of the parameter; z NULL: SQL NULL.  Blobs are taken as they are, in a
** database of UTF-16, too. */
static struct text x12_of(struct fault *fault, const struct table_call *call, const char *sample) {
  sqlite3_value *value = call->parameter[0];
  struct text text = { NULL, 0 };
  if (!value) {
    h2040_fail(fault, "%s: x12 is missing; give the text of an X12 file, as in %s(readfile('%s'))",
               call->function->name, call->function->name, sample);
  } else if (sqlite3_value_type(value) == SQLITE_BLOB) {
    text.z = sqlite3_value_blob(value);
    text.n = (size_t)sqlite3_value_bytes(value);
    if (text.n == 0) text.z = "";
    else if (!text.z) h2040_fail_memory(fault);
  } else if (sqlite3_value_type(value) != SQLITE_NULL) {
    text = h2040_text_of(fault, value);
  }
  return text;
}

static void *new_reader(struct fault *fault, size_t size) {
  void *reader = fault->rc == SQLITE_OK ? sqlite3_malloc64(size) : NULL;
  if (!reader) h2040_fail_memory(fault);
  return reader;
}

static void show_x12(struct fault *fault, const struct x12_shown *from, const struct x12_buffer *buffer,
                     struct shown *shown) {
  if (buffer->no_memory) h2040_fail_memory(fault);
  switch (from->kind) {
    case X12_SHOWN_INTEGER: show_integer(shown, from->integer); break;
    case X12_SHOWN_REAL: show_real(shown, from->real); break;
    case X12_SHOWN_TEXT: show_text(shown, from->text); break;
    default: break;
  }
}

/* --- h2040_837p ------------------------------------------------------------ */

static void *run_837p(struct fault *fault, struct table_call *call) {
  struct text text = x12_of(fault, call, "batch.837");
  struct x12_837p *claims = new_reader(fault, sizeof *claims);
  if (claims) h2040_837p_open(claims, text);
  return claims;
}

static bool step_837p(struct fault *fault, void *claims) {
  (void)fault;
  return h2040_837p_next(claims);
}

static void show_837p(struct fault *fault, const void *reader, size_t row, int column, struct shown *shown) {
  struct x12_837p *claims = (struct x12_837p *)reader;
  struct x12_shown from = { X12_SHOWN_NULL, 0, 0, { NULL, 0 } };
  (void)row;
  h2040_837p_column(claims, column, &from);
  show_x12(fault, &from, &claims->buffer, shown);
}

static void close_837p(void *claims) {
  h2040_837p_close(claims);
  sqlite3_free(claims);
}

/* --- h2040_835 --------------------------------------------------------------- */

static void *run_835(struct fault *fault, struct table_call *call) {
  struct text text = x12_of(fault, call, "payment.835");
  struct x12_835 *payments = new_reader(fault, sizeof *payments);
  if (payments) h2040_835_open(payments, text);
  return payments;
}

static bool step_835(struct fault *fault, void *payments) {
  (void)fault;
  return h2040_835_next(payments);
}

static void show_835(struct fault *fault, const void *reader, size_t row, int column, struct shown *shown) {
  struct x12_835 *payments = (struct x12_835 *)reader;
  struct x12_shown from = { X12_SHOWN_NULL, 0, 0, { NULL, 0 } };
  (void)row;
  h2040_835_column(payments, column, &from);
  show_x12(fault, &from, &payments->buffer, shown);
}

static void close_835(void *payments) {
  h2040_835_close(payments);
  sqlite3_free(payments);
}

/* --- both ------------------------------------------------------------------------ */

static const char *const x12_parameters[] = { "x12", NULL };

/* In the order of enum x12_837p_column. */
static const char *const columns_837p[] = {
  "claim_id", "claim_line_number", "payer_id", "member_id", "hcpcs_code", "modifiers", "units", "unit_measure",
  "service_date", "service_end_date", "place_of_service", "diagnosis_codes", "rendering_npi", "rendering_taxonomy",
  "treatment", "service_focus", "received_date", "claim_number", "claim_frequency_code", "original_claim_id",
  "payer_claim_number", "charge_amount", "paid_amount", "birth_date", "staff_id", "billing_npi", "coverage_start",
  "coverage_end", "provider_start", "provider_end", "policy", "prior_auth_number", "prior_auth_start",
  "prior_auth_end", "authorized_units", "authorized_codes", "interchange", "transaction_set", "line_control_number",
  "subscriber_id", "payer_name", "filing_code", "problem", NULL
};

/* In the order of enum x12_835_column. */
static const char *const columns_835[] = {
  "interchange", "payment_number", "payment_date", "payer_id", "payer_name", "payee_npi", "kind", "claim_number",
  "claim_status", "payer_claim_number", "member_id", "hcpcs_code", "modifiers", "paid_hcpcs_code",
  "line_control_number", "service_date", "service_end_date", "charge_amount", "paid_amount", "patient_amount",
  "units_paid", "adjustments", "remarks", "denied", "denied_amount", "problem", NULL
};

_Static_assert(sizeof columns_837p / sizeof *columns_837p == P837_PROBLEM + 2, "a name for each column");
_Static_assert(sizeof columns_835 / sizeof *columns_835 == P835_PROBLEM + 2, "a name for each column");

static const struct table_function x12_837p = {
  .name = "h2040_837p", .columns = columns_837p, .parameters = x12_parameters, .takes_null = 1, .innocuous = true,
  .run = run_837p, .step = step_837p, .show = show_837p, .close = close_837p,
};

static const struct table_function x12_835 = {
  .name = "h2040_835", .columns = columns_835, .parameters = x12_parameters, .takes_null = 1, .innocuous = true,
  .run = run_835, .step = step_835, .show = show_835, .close = close_835,
};

void h2040_register_x12(struct fault *fault, sqlite3 *db) {
  h2040_register_table_function(fault, db, &x12_837p, NULL, NULL);
  h2040_register_table_function(fault, db, &x12_835, NULL, NULL);
}
