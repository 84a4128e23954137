/* See x12_835.h. */
#include "x12_835.h"
#include "adjustment.h"

#include <string.h>

/* Where reading stands.  BETWEEN: behind an LX or a PLB. */
enum loop { HEADER, BETWEEN, CLAIM, LINE, SKIPPED_CLAIM, SKIPPED_SET };

enum {
  BPR = X12_NAME3('B', 'P', 'R'),
  TRN = X12_NAME3('T', 'R', 'N'),
  N1 = X12_NAME2('N', '1'),
  NM1 = X12_NAME3('N', 'M', '1'),
  REF = X12_NAME3('R', 'E', 'F'),
  DTM = X12_NAME3('D', 'T', 'M'),
  LX = X12_NAME2('L', 'X'),
  CLP = X12_NAME3('C', 'L', 'P'),
  CAS = X12_NAME3('C', 'A', 'S'),
  MIA = X12_NAME3('M', 'I', 'A'),
  MOA = X12_NAME3('M', 'O', 'A'),
  SVC = X12_NAME3('S', 'V', 'C'),
  LQ = X12_NAME2('L', 'Q'),
  PLB = X12_NAME3('P', 'L', 'B')
};

/* --- rows --------------------------------------------------------------------------- */

static struct x12_835_row *last_row(struct x12_835 *r) {
  return &r->row[x12_last_row(&r->queue)];
}

/* A new row, of the payment's set and nothing more. */
static struct x12_835_row *add_row(struct x12_835 *r) {
  struct x12_835_row *row = &r->row[x12_add_row(&r->queue)];
  memset(row, 0, sizeof *row);
  row->payment = r->payment;
  return row;
}

/* What is wrong, and belongs to no row: the last one of its set says so, else one of
** its own. */
static void complain_of(struct x12_835 *r, struct x12_problem problem) {
  if (r->payment.interchange.z != r->x.interchange.z) {
    r->payment = (struct x12_payment){ .interchange = r->x.interchange };
  }
  bool is_its_set = r->queue.count > 0 && last_row(r)->payment.set_number == r->payment.set_number
                    && last_row(r)->payment.interchange.z == r->payment.interchange.z;
  h2040_x12_tell_problem(is_its_set ? &last_row(r)->problems : &add_row(r)->problems, problem);
}

static void complain(struct x12_835 *r, int64_t segment, const char *element, const char *words, struct text value,
                     int64_t number) {
  complain_of(r, (struct x12_problem){ segment, element, words, value, number });
}

static struct text segment_name(const struct x12_835 *r, const struct x12_segment *s) {
  struct x12_elements e;
  h2040_x12_split(s->text, &r->x.separators.element, &e);
  return x12_written(&e, 0);
}

static void complain_of_place(struct x12_835 *r, const struct x12_segment *s) {
  complain(r, s->number, NULL, "% does not belong here, and is not read", segment_name(r, s), 0);
}

/* A segment that cannot stand where it does: another is missing, or one of the two is
** in the wrong place.  What was read since the last line may be another claim's. */
static void lose(struct x12_835 *r, const struct x12_segment *s) {
  struct x12_835_row *row = add_row(r);
  row->claim.number = r->claim.number;
  h2040_x12_tell(&row->problems, s->number, NULL,
                 "% cannot stand here: a segment is missing or in the wrong place; reading "
                 "goes on at the next claim",
                 segment_name(r, s));
  r->claim = (struct x12_paid_claim){ 0 };
  r->line = (struct x12_paid_line){ 0 };
  r->loop = SKIPPED_CLAIM;
}

/* --- money ---------------------------------------------------------------------------- */

/* Reads an amount that must be there; false: it is not, or cannot be read, which is told. */
static bool read_money(struct text t, int64_t segment, const char *element, struct x12_problems *problems,
                       int64_t *money) {
  struct x12_number number;
  enum reading reading = h2040_x12_read_number(t, &number);
  *money = 0;
  if (reading == READ && h2040_x12_money(&number, money)) return true;
  if (problems) {
    h2040_x12_tell(problems, segment, element, reading == BLANK ? "no amount stands here" : "% is no amount", t);
  }
  return false;
}

enum { CAS_TRIPLES = 6 };

/* Adds up the adjustments of a CAS.  problems NULL: they are told elsewhere. */
static void add_adjustments(const struct x12_elements *e, int64_t segment, struct x12_adjusted *sum,
                            struct x12_problems *problems) {
  static const char *const element[CAS_TRIPLES] = { "CAS03", "CAS06", "CAS09", "CAS12", "CAS15", "CAS18" };
  struct text group = x12_element(e, 1);
  for (int i = 0; i < CAS_TRIPLES; i++) {
    struct text carc = x12_element(e, 2 + 3 * i);
    struct text amount = x12_element(e, 3 + 3 * i);
    int64_t money;
    if (!carc.z && !amount.z) continue;
    sum->count++;
    if (!read_money(amount, segment, element[i], problems, &money)) {
      sum->unreadable = true;
      continue;
    }
    h2040_x12_add_money(&sum->all, money);
    if (h2040_same(group, TEXT("PR"))) h2040_x12_add_money(&sum->patient, money);
    if (!h2040_adjustment_is_final(group, carc)) h2040_x12_add_money(&sum->denied, money);
  }
}

/* --- the end of a line, of a claim -------------------------------------------------------- */

static struct x12_835_row *add_payment(struct x12_835 *r, enum x12_835_kind kind) {
  struct x12_835_row *row = add_row(r);
  row->kind = kind;
  h2040_x12_tell_all(&row->problems, &r->payment_problems);
  return row;
}

static void add_claim(struct x12_835 *r) {
  struct x12_835_row *row = add_payment(r, X12_CLAIM_PAYMENT);
  row->claim = r->claim;
  h2040_x12_tell_all(&row->problems, &r->claim_problems);
}

static void check_line(struct x12_835_row *row) {
  const struct x12_paid_line *line = &row->line;
  int64_t charge, paid;
  bool has_charge = read_money(line->charge, line->segment, "SVC02", &row->problems, &charge);
  bool has_paid = read_money(line->paid, line->segment, "SVC03", &row->problems, &paid);
  struct x12_number units;
  if (h2040_x12_read_number(line->units, &units) == UNREADABLE) {
    h2040_x12_tell(&row->problems, line->segment, "SVC05", "% is no number", line->units);
  }
  if (has_charge && has_paid && !line->adjusted.unreadable && charge - line->adjusted.all != paid) {
    h2040_x12_tell_count(&row->problems, line->segment, "SVC03", "% is paid, but the charge less the adjustments is $",
                         line->paid, charge - line->adjusted.all);
  }
}

/* upto: where the segments of the line end. */
static void end_line(struct x12_835 *r, const char *upto) {
  struct x12_835_row *row = add_payment(r, X12_LINE_PAYMENT);
  r->line.body.n = (size_t)(upto - r->line.body.z);
  row->claim = r->claim;
  row->line = r->line;
  h2040_x12_tell_all(&row->problems, &r->claim_problems);
  h2040_x12_tell_all(&row->problems, &r->line_problems);
  check_line(row);
}

static void end_claim(struct x12_835 *r) {
  if (r->loop == LINE) end_line(r, r->claim.body.z + r->claim.body.n);
  else if (r->loop == CLAIM) add_claim(r);
  r->claim = (struct x12_paid_claim){ 0 };
  r->line = (struct x12_paid_line){ 0 };
}

/* --- the head of a payment -------------------------------------------------------------------- */

static void begin_set(struct x12_835 *r) {
  const struct x12 *x = &r->x;
  r->payment = (struct x12_payment){
    .interchange = x->interchange, .set = x->set, .set_number = x->set_number, .segment = x->set_segment
  };
  r->payment_problems.count = 0;
  r->paid = 0;
  r->paid_unreadable = r->checked = false;
  r->loop = HEADER;
  if (h2040_same(x->set_type, TEXT("835"))) return;
  complain(r, x->set_segment, "ST01", "% is no remittance; only those (835) are read here", x->set_type, 0);
  r->loop = SKIPPED_SET;
}

static void read_order(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_payment *payment = &r->payment;
  bool first = payment->order.segment == 0;
  int64_t money;
  int32_t day;
  h2040_x12_put(&payment->order, s->text, s, "BPR", &r->payment_problems);
  payment->total = payment->order.twice ? NOTHING : x12_element(e, 2);
  payment->day = payment->order.twice ? NOTHING : x12_element(e, 16);
  payment->debit = h2040_same(x12_element(e, 3), TEXT("D"));
  if (!first) return;
  read_money(payment->total, s->number, "BPR02", &r->payment_problems, &money);
  if (h2040_x12_read_day(payment->day, &day) == UNREADABLE) {
    h2040_x12_tell(&r->payment_problems, s->number, "BPR16", "% is no day, CCYYMMDD", payment->day);
  }
}

static void read_trace(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_payment *payment = &r->payment;
  h2040_x12_put(&payment->trace, s->text, s, "TRN", &r->payment_problems);
  payment->number = payment->trace.twice ? NOTHING : x12_element(e, 2);
  payment->originator = payment->trace.twice ? NOTHING : x12_element(e, 3);
}

static void read_party(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_payment *payment = &r->payment;
  struct text party = x12_element(e, 1);
  if (h2040_same(party, TEXT("PR"))) {
    h2040_x12_put(&payment->payer_name, x12_element(e, 2), s, "N102", &r->payment_problems);
    h2040_x12_put(&payment->payer_id, x12_element(e, 4), s, "N104", &r->payment_problems);
  } else if (h2040_same(party, TEXT("PE"))) {
    bool is_npi = h2040_same(x12_element(e, 3), TEXT("XX"));
    h2040_x12_put(&payment->payee_npi, is_npi ? x12_element(e, 4) : NOTHING, s, "N104",
                  &r->payment_problems);
  }
}

/* What every payment must say; told once, before its first claim. */
static void check_payment(struct x12_835 *r) {
  const struct x12_payment *payment = &r->payment;
  const struct { const struct x12_slot *slot; const char *words; } must[] = {
    { &payment->order, "no BPR stands at the head of the payment" },
    { &payment->trace, "no TRN stands at the head of the payment" },
    { &payment->payer_name, "no payer (N1*PR) stands at the head of the payment" },
    { &payment->payee_npi, "no payee (N1*PE) stands at the head of the payment" },
  };
  if (r->checked) return;
  r->checked = true;
  for (size_t i = 0; i < sizeof must / sizeof *must; i++) {
    if (must[i].slot->segment > 0) continue;
    h2040_x12_tell(&r->payment_problems, payment->segment, "ST", must[i].words, NOTHING);
  }
}

static void check_total(struct x12_835 *r) {
  int64_t total;
  if (!read_money(r->payment.total, 0, NULL, NULL, &total) || r->paid_unreadable) return;
  if (r->payment.debit) total = -total;
  if (total == r->paid) return;
  complain(r, r->payment.order.segment, "BPR02",
           "% is paid, but the claims less the provider-level adjustments come to $", r->payment.total, r->paid);
}

/* --- claims and lines ---------------------------------------------------------------------------- */

static bool ends_claim(uint32_t name) {
  switch (name) {
    case CLP: case LX: case PLB: case X12_NAME2('S', 'E'): case X12_NAME2('S', 'T'): case X12_NAME2('G', 'S'):
    case X12_NAME2('G', 'E'): case X12_NAME3('I', 'E', 'A'): case X12_NAME3('I', 'S', 'A'): return true;
    default: return false;
  }
}

/* Reads the claim to its end, for its sums. */
struct look_ahead {
  struct x12_adjusted adjusted; /* by the claim's own and its lines' */
  int64_t charges;              /* of its lines */
  bool unreadable;              /* one of these */
};

static struct look_ahead look_ahead(const struct x12_835 *r, struct x12_paid_claim *claim) {
  struct look_ahead ahead = { 0 };
  struct text rest = r->x.rest;
  struct x12_segment s;
  struct x12_elements e;
  bool cut = false;
  const char *end = rest.z;
  claim->body = claim->own = (struct text){ rest.z, 0 };
  while (h2040_x12_take(&rest, &claim->separators, &s, &cut) && !cut && !ends_claim(s.name)) {
    int64_t money;
    if (s.name == SVC) {
      h2040_x12_split(s.text, &claim->separators.element, &e);
      if (claim->lines++ == 0) claim->own.n = (size_t)(s.text.z - claim->own.z);
      if (read_money(x12_element(&e, 2), 0, NULL, NULL, &money)) h2040_x12_add_money(&ahead.charges, money);
      else ahead.unreadable = true;
    } else if (s.name == CAS) {
      h2040_x12_split(s.text, &claim->separators.element, &e);
      add_adjustments(&e, 0, &ahead.adjusted, NULL);
      if (claim->lines == 0) add_adjustments(&e, 0, &claim->adjusted, NULL);
    }
    end = rest.z;
  }
  claim->body.n = (size_t)(end - claim->body.z);
  if (claim->lines == 0) claim->own = claim->body;
  return ahead;
}

static void begin_claim(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_paid_claim claim = { .segment = s->number, .separators = r->x.separators };
  struct look_ahead ahead;
  int64_t charge, paid, patient;
  end_claim(r);
  check_payment(r);
  claim.number = x12_element(e, 1);
  claim.status = x12_element(e, 2);
  claim.charge = x12_element(e, 3);
  claim.paid = x12_element(e, 4);
  claim.patient_amount = x12_element(e, 5);
  claim.payer_number = x12_element(e, 7);
  ahead = look_ahead(r, &claim);
  r->claim = claim;
  r->claim_problems.count = 0;
  r->loop = CLAIM;
  bool has_charge = read_money(claim.charge, s->number, "CLP03", &r->claim_problems, &charge);
  bool has_paid = read_money(claim.paid, s->number, "CLP04", &r->claim_problems, &paid);
  if (claim.patient_amount.z) read_money(claim.patient_amount, s->number, "CLP05", &r->claim_problems, &patient);
  if (!claim.number.z) h2040_x12_tell(&r->claim_problems, s->number, "CLP01", "the claim has no number", NOTHING);
  if (has_charge && claim.lines > 0 && !ahead.unreadable && ahead.charges != charge) {
    h2040_x12_tell_count(&r->claim_problems, s->number, "CLP03", "% is charged, but the charges of the lines come to $",
                         claim.charge, ahead.charges);
  }
  if (has_charge && has_paid && !ahead.adjusted.unreadable && charge - ahead.adjusted.all != paid) {
    h2040_x12_tell_count(&r->claim_problems, s->number, "CLP04", "% is paid, but the charge less the adjustments is $",
                         claim.paid, charge - ahead.adjusted.all);
  }
  h2040_x12_add_money(&r->paid, paid);
  r->paid_unreadable |= !has_paid;
}

static void begin_line(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_paid_line *line = &r->line;
  if (r->loop == LINE) {
    end_line(r, s->text.z);
  } else if (r->loop != CLAIM) {
    lose(r, s);
    return;
  } else if (r->claim.adjusted.count > 0) {
    add_claim(r);
  }
  *line = (struct x12_paid_line){ .segment = s->number, .body = { s->text.z, 0 } };
  r->line_problems.count = 0;
  r->loop = LINE;
  line->procedure = x12_written(e, 1);
  line->charge = x12_element(e, 2);
  line->paid = x12_element(e, 3);
  line->units = x12_element(e, 5);
  line->submitted = x12_element(e, 6);
}

static void read_adjustments(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_adjusted of_claim = { 0 };
  if (r->loop == LINE) add_adjustments(e, s->number, &r->line.adjusted, &r->line_problems);
  else if (r->loop == CLAIM) add_adjustments(e, s->number, &of_claim, &r->claim_problems);
  else complain_of_place(r, s);
}

/* Of what a claim says once: another one is another claim's, whose CLP is missing. */
static bool is_another(const struct x12_slot *slot, struct text value) {
  return slot->segment > 0 && !h2040_x12_same(slot->text, value);
}

static void read_name(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct text entity = x12_element(e, 1);
  bool is_patient = h2040_same(entity, TEXT("QC"));
  struct x12_slot *slot = is_patient ? &r->claim.patient : &r->claim.insured;
  if (r->loop != CLAIM && r->loop != LINE) {
    complain_of_place(r, s);
  } else if (r->loop == LINE || ((is_patient || h2040_same(entity, TEXT("IL"))) && is_another(slot, s->text))) {
    lose(r, s);
  } else if (is_patient || h2040_same(entity, TEXT("IL"))) {
    h2040_x12_put(slot, s->text, s, "NM1", &r->claim_problems);
    if (is_patient) r->claim.patient_id = x12_element(e, 9);
    else r->claim.insured_id = x12_element(e, 9);
  }
}

static void read_reference(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct text value = x12_element(e, 2);
  switch (h2040_x12_name(x12_element(e, 1))) {
    case X12_NAME2('6', 'R'):
      if (r->loop == LINE) h2040_x12_put(&r->line.control_number, value, s, "REF02", &r->line_problems);
      else if (r->loop == CLAIM) lose(r, s);
      else complain_of_place(r, s);
      break;
    case X12_NAME2('F', '8'): case X12_NAME2('E', 'A'):
      if (r->loop == LINE) lose(r, s);
      break;
    case X12_NAME2('2', 'U'):
      if (r->loop == HEADER && r->payment.payer_name.segment && !r->payment.payee_npi.segment) {
        h2040_x12_put(&r->payment.payer_other_id, value, s, "REF02", &r->payment_problems);
      }
      break;
    default:
      break;
  }
}

static void put_day(struct x12_slot *slot, struct text day, const struct x12_segment *s,
                    struct x12_problems *problems) {
  bool first = slot->segment == 0;
  int32_t read;
  h2040_x12_put(slot, day, s, "DTM02", problems);
  if (first && h2040_x12_read_day(day, &read) == UNREADABLE) {
    h2040_x12_tell(problems, s->number, "DTM02", "% is no day, CCYYMMDD", day);
  }
}

enum {
  PRODUCED = X12_NAME3('4', '0', '5'),
  SERVICE = X12_NAME3('4', '7', '2'),
  SERVICE_BEGIN = X12_NAME3('1', '5', '0'),
  SERVICE_END = X12_NAME3('1', '5', '1'),
  CLAIM_BEGIN = X12_NAME3('2', '3', '2'),
  CLAIM_END = X12_NAME3('2', '3', '3'),
  RECEIVED = X12_NAME3('0', '5', '0')
};

static void read_line_day(struct x12_835 *r, const struct x12_segment *s, uint32_t kind, struct text day) {
  struct x12_days *days = &r->line.days;
  switch (kind) {
    case SERVICE: put_day(&days->day, day, s, &r->line_problems); break;
    case SERVICE_BEGIN: put_day(&days->first, day, s, &r->line_problems); break;
    case SERVICE_END: put_day(&days->last, day, s, &r->line_problems); break;
    case CLAIM_BEGIN: case CLAIM_END: case RECEIVED: lose(r, s); break;
    default: break;
  }
}

static void read_claim_day(struct x12_835 *r, const struct x12_segment *s, uint32_t kind, struct text day) {
  struct x12_days *days = &r->claim.days;
  struct x12_slot *slot = kind == CLAIM_BEGIN ? &days->first : kind == CLAIM_END ? &days->last : &days->day;
  switch (kind) {
    case CLAIM_BEGIN: case CLAIM_END:
      if (is_another(slot, day)) lose(r, s);
      else put_day(slot, day, s, &r->claim_problems);
      break;
    case SERVICE: put_day(slot, day, s, &r->claim_problems); break;
    case SERVICE_BEGIN: case SERVICE_END: complain_of_place(r, s); break;
    default: break;
  }
}

static void read_day(struct x12_835 *r, const struct x12_segment *s, const struct x12_elements *e) {
  uint32_t kind = h2040_x12_name(x12_element(e, 1));
  struct text day = x12_element(e, 2);
  if (r->loop == LINE) read_line_day(r, s, kind, day);
  else if (r->loop == CLAIM) read_claim_day(r, s, kind, day);
  else if (r->loop == HEADER && kind == PRODUCED) put_day(&r->payment.produced, day, s, &r->payment_problems);
  else if (kind != PRODUCED) complain_of_place(r, s);
}

/* The next pair of a PLB: a row. */
static void read_pair(struct x12_835 *r) {
  enum { FIRST = 3, LAST = 13 };
  static const char *const element[] = { "PLB04", "PLB06", "PLB08", "PLB10", "PLB12", "PLB14" };
  struct x12_elements e;
  struct x12_835_row *row;
  struct text reason, amount;
  int at = FIRST + 2 * r->pair;
  int64_t money;
  h2040_x12_split(r->pairs.text, &r->x.separators.element, &e);
  reason = x12_element(&e, at);
  amount = x12_element(&e, at + 1);
  if (at > LAST || at >= e.count) {
    r->pairs.number = 0;
  } else if (reason.z || amount.z) {
    row = add_payment(r, X12_PROVIDER_PAYMENT);
    row->claim.separators = r->x.separators;
    row->provider = (struct x12_provider_adjustment){ r->pairs.number, reason, amount };
    if (read_money(amount, r->pairs.number, element[r->pair], &row->problems, &money))
      h2040_x12_add_money(&r->paid, -money);
    else r->paid_unreadable = true;
  }
  r->pair++;
}

static void read_segment(struct x12_835 *r, const struct x12_segment *s) {
  struct x12_elements e;
  switch (s->name) {
    case CLP: case PLB: case LX:
      break;
    case SVC: case CAS: case NM1: case REF: case DTM:
      if (r->loop == SKIPPED_CLAIM) return;
      break;
    case BPR: case TRN: case N1:
      if (r->loop == HEADER) break;
      complain_of_place(r, s);
      return;
    case MIA: case MOA:
      if (r->loop == LINE) lose(r, s);
      return;
    case LQ:
      if (r->loop == CLAIM) lose(r, s);
      return;
    default:
      return;
  }
  h2040_x12_split(s->text, &r->x.separators.element, &e);
  switch (s->name) {
    case CLP: begin_claim(r, s, &e); break;
    case PLB: case LX:
      end_claim(r);
      r->loop = BETWEEN;
      if (s->name == LX) break;
      check_payment(r);
      r->pairs = *s;
      r->pair = 0;
      break;
    case SVC: begin_line(r, s, &e); break;
    case CAS: read_adjustments(r, s, &e); break;
    case NM1: read_name(r, s, &e); break;
    case REF: read_reference(r, s, &e); break;
    case DTM: read_day(r, s, &e); break;
    case BPR: read_order(r, s, &e); break;
    case TRN: read_trace(r, s, &e); break;
    default: read_party(r, s, &e); /* N1 */
  }
}

/* --- the whole ---------------------------------------------------------------------------------------- */

static void step(struct x12_835 *r) {
  struct x12_segment s;
  if (r->pairs.number > 0) {
    read_pair(r);
    return;
  }
  switch (h2040_x12_next(&r->x, &s)) {
    case X12_SET:
      begin_set(r);
      break;
    case X12_SEGMENT:
      if (r->loop != SKIPPED_SET) read_segment(r, &s);
      break;
    case X12_SET_END:
      end_claim(r);
      if (r->loop != SKIPPED_SET) check_total(r);
      r->loop = SKIPPED_SET;
      break;
    case X12_PROBLEM:
      complain_of(r, r->x.problem);
      break;
    default: /* X12_END */
      r->queue.ended = true;
      if (r->queue.total == 0) complain(r, 0, NULL, "there is no payment of a claim in the text", NOTHING, 0);
  }
}

void h2040_835_open(struct x12_835 *r, struct text text) {
  memset(r, 0, sizeof *r);
  h2040_x12_open(&r->x, text);
  r->loop = SKIPPED_SET;
  if (text.z) return;
  complain(r, 0, NULL, "x12 is NULL: the file was not found, or could not be read", NOTHING, 0);
  r->queue.ended = true;
}

bool h2040_835_next(struct x12_835 *r) {
  x12_drop_row(&r->queue);
  while (r->queue.count < 2 && !r->queue.ended) step(r);
  r->queue.handed_out = r->queue.count > 0;
  return r->queue.handed_out;
}

void h2040_835_close(struct x12_835 *r) {
  h2040_x12_buffer_free(&r->buffer);
}

/* --- columns ------------------------------------------------------------------------------------------ */

static void append_json_string(struct x12_buffer *b, struct text t) {
  static const char hex[] = "0123456789abcdef";
  struct x12_buffer utf8 = { 0 };
  if (!t.z) {
    h2040_x12_append(b, TEXT("null"));
    return;
  }
  h2040_x12_append_utf8(&utf8, t);
  b->no_memory |= utf8.no_memory;
  h2040_x12_append(b, TEXT("\""));
  for (size_t i = 0; i < utf8.n; i++) {
    char c = utf8.z[i];
    char escaped[] = { '\\', 'u', '0', '0', hex[(unsigned char)c >> 4], hex[c & 15] };
    if (c == '"' || c == '\\') h2040_x12_append(b, TEXT("\\"));
    if ((unsigned char)c < ' ') h2040_x12_append(b, (struct text){ escaped, sizeof escaped });
    else h2040_x12_append(b, (struct text){ utf8.z + i, 1 });
  }
  h2040_x12_append(b, TEXT("\""));
  h2040_x12_buffer_free(&utf8);
}

/* A number, or what stands in its place. */
static void append_json_number(struct x12_buffer *b, struct text t) {
  struct x12_number number;
  if (h2040_x12_read_number(t, &number) == READ) h2040_x12_append_number(b, &number);
  else append_json_string(b, t);
}

static void append_adjustment(struct x12_buffer *b, struct text group, struct text carc, struct text amount,
                              struct text units) {
  h2040_x12_append(b, b->n > 1 ? TEXT(",{\"group\":") : TEXT("{\"group\":"));
  append_json_string(b, group);
  h2040_x12_append(b, TEXT(",\"carc\":"));
  append_json_string(b, carc);
  h2040_x12_append(b, TEXT(",\"amount\":"));
  append_json_number(b, amount);
  h2040_x12_append(b, TEXT(",\"units\":"));
  append_json_number(b, units);
  h2040_x12_append(b, TEXT("}"));
}

/* The next segment of a name in a part of a claim. */
static bool next_named(struct text *body, const struct x12_separators *separators, uint32_t name,
                       struct x12_elements *e) {
  struct x12_segment s;
  bool cut;
  while (h2040_x12_take(body, separators, &s, &cut)) {
    if (s.name != name) continue;
    h2040_x12_split(s.text, &separators->element, e);
    return true;
  }
  return false;
}

static void show_adjustments(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row) {
  const struct x12_separators *separators = &row->claim.separators;
  struct text body = row->kind == X12_LINE_PAYMENT ? row->line.body : row->claim.own;
  struct x12_elements e;
  if (row->kind == X12_NO_PAYMENT) return;
  b->n = 0;
  h2040_x12_append(b, TEXT("["));
  if (row->kind == X12_PROVIDER_PAYMENT) {
    append_adjustment(b, h2040_x12_component(row->provider.reason, 1, &separators->component),
                      h2040_x12_component(row->provider.reason, 2, &separators->component), row->provider.amount,
                      NOTHING);
    body.n = 0;
  }
  while (body.n > 0 && next_named(&body, separators, CAS, &e)) {
    for (int i = 0; i < CAS_TRIPLES; i++) {
      struct text carc = x12_element(&e, 2 + 3 * i);
      struct text amount = x12_element(&e, 3 + 3 * i);
      if (carc.z || amount.z) append_adjustment(b, x12_element(&e, 1), carc, amount, x12_element(&e, 4 + 3 * i));
    }
  }
  h2040_x12_append(b, TEXT("]"));
  h2040_x12_show_built(shown, b);
}

static void append_remark(struct x12_buffer *b, struct text remark) {
  if (!remark.z) return;
  if (b->n > 0) h2040_x12_append(b, TEXT(" "));
  h2040_x12_append_utf8(b, remark);
}

static void append_remarks(struct x12_buffer *b, struct text body, const struct x12_separators *separators,
                           uint32_t name, const int *elements) {
  struct x12_elements e;
  while (body.n > 0 && next_named(&body, separators, name, &e)) {
    if (name == LQ && !h2040_same(x12_element(&e, 1), TEXT("HE"))) continue;
    for (const int *at = elements; *at; at++) append_remark(b, x12_element(&e, *at));
  }
}

static void show_remarks(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row) {
  static const int of_mia[] = { 5, 20, 21, 22, 23, 0 }, of_moa[] = { 3, 4, 5, 6, 7, 0 }, of_lq[] = { 2, 0 };
  const struct x12_separators *separators = &row->claim.separators;
  if (row->kind != X12_LINE_PAYMENT && row->kind != X12_CLAIM_PAYMENT) return;
  b->n = 0;
  append_remarks(b, row->claim.own, separators, MIA, of_mia);
  append_remarks(b, row->claim.own, separators, MOA, of_moa);
  append_remarks(b, row->line.body, separators, LQ, of_lq);
  h2040_x12_show_built(shown, b);
}

/* The code of a composite, or what stands in its place. */
static void show_procedure(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row,
                           struct text composite) {
  struct text code = h2040_x12_component(composite, 2, &row->claim.separators.component);
  b->n = 0;
  h2040_x12_append_utf8(b, code.z ? code : composite);
  for (size_t i = 0; i < b->n; i++) b->z[i] = upper(b->z[i]);
  h2040_x12_show_built(shown, b);
}

static struct text submitted(const struct x12_835_row *row) {
  return row->line.submitted.z ? row->line.submitted : row->line.procedure;
}

static void show_modifiers(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row) {
  enum { FIRST = 3, LAST = 6 };
  b->n = 0;
  for (int i = FIRST; i <= LAST; i++)
    append_remark(b, h2040_x12_component(submitted(row), i, &row->claim.separators.component));
  for (size_t i = 0; i < b->n; i++) b->z[i] = upper(b->z[i]);
  h2040_x12_show_built(shown, b);
}

/* The day, or the first or last of several; of the claim, where the line says none. */
static void show_service_day(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row,
                             bool is_end) {
  const struct x12_days *line = &row->line.days;
  bool of_line = line->day.segment || line->first.segment || line->last.segment;
  const struct x12_days *days = of_line ? line : &row->claim.days;
  const struct x12_slot *slot = is_end ? &days->last : &days->first;
  int32_t day;
  if (of_line ? days->day.segment : days->day.segment && !days->first.segment) {
    if (is_end) return;
    slot = &days->day;
  }
  if (h2040_x12_read_day(slot->text, &day) == READ) h2040_x12_show_day(shown, b, day);
  else h2040_x12_show_text(shown, b, slot->text);
}

static void show_amount(struct x12_shown *shown, struct x12_buffer *b, struct text t) {
  struct x12_number number;
  h2040_x12_show_reading(shown, b, h2040_x12_read_number(t, &number), &number, t);
}

static void show_money(struct x12_shown *shown, int64_t money) {
  struct x12_number number = { money, 4 };
  for (; number.scale > 0 && number.digits % 10 == 0; number.scale--) number.digits /= 10;
  h2040_x12_show_number(shown, &number);
}

static void show_integer(struct x12_shown *shown, int64_t integer) {
  shown->kind = X12_SHOWN_INTEGER;
  shown->integer = integer;
}

static void show_patient_amount(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row) {
  bool of_line = row->kind == X12_LINE_PAYMENT;
  if (!of_line && row->claim.lines == 0 && row->claim.patient_amount.z)
    show_amount(shown, b, row->claim.patient_amount);
  else show_money(shown, of_line ? row->line.adjusted.patient : row->claim.adjusted.patient);
}

static void show_denied(struct x12_shown *shown, const struct x12_835_row *row, bool as_amount) {
  bool of_line = row->kind == X12_LINE_PAYMENT;
  const struct x12_adjusted *adjusted = of_line ? &row->line.adjusted : &row->claim.adjusted;
  struct text written = of_line ? row->line.paid : row->claim.paid;
  int64_t paid;
  if (adjusted->unreadable) return;
  if (as_amount) {
    show_money(shown, adjusted->denied);
  } else if ((read_money(written, 0, NULL, NULL, &paid) || !written.z) && !h2040_same(row->claim.status, TEXT("22"))) {
    show_integer(shown, paid == 0 && adjusted->denied > 0);
  }
}

static void show_payment_date(struct x12_shown *shown, struct x12_buffer *b, const struct x12_payment *payment) {
  struct text t = payment->day.z ? payment->day : payment->produced.text;
  int32_t day;
  if (h2040_x12_read_day(t, &day) == READ) h2040_x12_show_day(shown, b, day);
  else h2040_x12_show_text(shown, b, t);
}

/* What every row has. */
static void show_of_payment(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row,
                            enum x12_835_column column) {
  static const struct text kind[] = { { NULL, 0 }, { "line", 4 }, { "claim", 5 }, { "provider", 8 } };
  const struct x12_payment *payment = &row->payment;
  switch (column) {
    case P835_INTERCHANGE: h2040_x12_show_text(shown, b, payment->interchange); break;
    case P835_PAYMENT_NUMBER: h2040_x12_show_text(shown, b, payment->number); break;
    case P835_PAYMENT_DATE: show_payment_date(shown, b, payment); break;
    case P835_PAYER_ID:
      h2040_x12_show_text(shown, b, payment->payer_id.text.z         ? payment->payer_id.text
                                    : payment->payer_other_id.text.z ? payment->payer_other_id.text
                                                                     : payment->originator);
      break;
    case P835_PAYER_NAME: h2040_x12_show_text(shown, b, payment->payer_name.text); break;
    case P835_PAYEE_NPI: h2040_x12_show_text(shown, b, payment->payee_npi.text); break;
    case P835_KIND: h2040_x12_show_text(shown, b, kind[row->kind]); break;
    case P835_CLAIM_NUMBER: h2040_x12_show_text(shown, b, row->claim.number); break;
    case P835_ADJUSTMENTS: show_adjustments(shown, b, row); break;
    default: h2040_x12_show_problems(shown, b, &row->problems); /* P835_PROBLEM */
  }
}

static void show_of_line(struct x12_shown *shown, struct x12_buffer *b, const struct x12_835_row *row,
                         enum x12_835_column column) {
  switch (column) {
    case P835_HCPCS_CODE: show_procedure(shown, b, row, submitted(row)); break;
    case P835_MODIFIERS: show_modifiers(shown, b, row); break;
    case P835_PAID_HCPCS_CODE: show_procedure(shown, b, row, row->line.procedure); break;
    case P835_LINE_CONTROL_NUMBER: h2040_x12_show_text(shown, b, row->line.control_number.text); break;
    case P835_CHARGE_AMOUNT: show_amount(shown, b, row->line.charge); break;
    case P835_PAID_AMOUNT: show_amount(shown, b, row->line.paid); break;
    default: /* P835_UNITS_PAID */
      if (row->line.units.z) show_amount(shown, b, row->line.units);
      else show_integer(shown, 1);
  }
}

void h2040_835_column(struct x12_835 *r, enum x12_835_column column, struct x12_shown *shown) {
  const struct x12_835_row *row = &r->row[r->queue.first];
  struct x12_buffer *b = &r->buffer;
  switch (column) {
    case P835_INTERCHANGE: case P835_PAYMENT_NUMBER: case P835_PAYMENT_DATE: case P835_PAYER_ID: case P835_PAYER_NAME:
    case P835_PAYEE_NPI: case P835_KIND: case P835_CLAIM_NUMBER: case P835_ADJUSTMENTS: case P835_PROBLEM:
      show_of_payment(shown, b, row, column);
      return;
    default:
      break;
  }
  if (row->kind != X12_LINE_PAYMENT && row->kind != X12_CLAIM_PAYMENT) return;
  switch (column) {
    case P835_CLAIM_STATUS: h2040_x12_show_text(shown, b, row->claim.status); return;
    case P835_PAYER_CLAIM_NUMBER: h2040_x12_show_text(shown, b, row->claim.payer_number); return;
    case P835_MEMBER_ID:
      h2040_x12_show_text(shown, b, row->claim.patient_id.z ? row->claim.patient_id : row->claim.insured_id);
      return;
    case P835_SERVICE_DATE: show_service_day(shown, b, row, false); return;
    case P835_SERVICE_END_DATE: show_service_day(shown, b, row, true); return;
    case P835_PATIENT_AMOUNT: show_patient_amount(shown, b, row); return;
    case P835_REMARKS: show_remarks(shown, b, row); return;
    case P835_DENIED: show_denied(shown, row, false); return;
    case P835_DENIED_AMOUNT: show_denied(shown, row, true); return;
    default: break;
  }
  if (row->kind == X12_LINE_PAYMENT) {
    show_of_line(shown, b, row, column);
  } else if (row->claim.lines == 0) {
    if (column == P835_CHARGE_AMOUNT) show_amount(shown, b, row->claim.charge);
    if (column == P835_PAID_AMOUNT) show_amount(shown, b, row->claim.paid);
  }
}
