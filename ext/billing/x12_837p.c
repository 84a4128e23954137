/* See x12_837p.h. */
#include "x12_837p.h"
#include "quote.h"

#include <string.h>

/* Where reading stands.  SKIPPED_CLAIM: until the next claim; SKIPPED_LOOP: until the
** next HL, for whose claims they are is in doubt. */
enum loop {
  HEADER, BILLING, SUBSCRIBER, PATIENT, CLAIM, OTHER_PAYER, LINE, SKIPPED_CLAIM, SKIPPED_LOOP, SKIPPED_SET
};

enum {
  BHT = X12_NAME3('B', 'H', 'T'),
  HL = X12_NAME2('H', 'L'),
  PRV = X12_NAME3('P', 'R', 'V'),
  NM1 = X12_NAME3('N', 'M', '1'),
  SBR = X12_NAME3('S', 'B', 'R'),
  PAT = X12_NAME3('P', 'A', 'T'),
  DMG = X12_NAME3('D', 'M', 'G'),
  CLM = X12_NAME3('C', 'L', 'M'),
  HI = X12_NAME2('H', 'I'),
  REF = X12_NAME3('R', 'E', 'F'),
  DTP = X12_NAME3('D', 'T', 'P'),
  LX = X12_NAME2('L', 'X'),
  SV1 = X12_NAME3('S', 'V', '1'),
  /* NM101 */
  BILLING_PROVIDER = X12_NAME2('8', '5'),
  PAY_TO_ADDRESS = X12_NAME2('8', '7'),
  RENDERING_PROVIDER = X12_NAME2('8', '2'),
  INSURED = X12_NAME2('I', 'L'),
  PAYER = X12_NAME2('P', 'R'),
  DEPENDENT = X12_NAME2('Q', 'C')
};

/* --- rows --------------------------------------------------------------------------- */

static struct x12_837p_row *last_row(struct x12_837p *r) {
  return &r->row[x12_last_row(&r->queue)];
}

/* A new row, of the set and nothing more. */
static struct x12_837p_row *add_row(struct x12_837p *r) {
  struct x12_837p_row *row = &r->row[x12_add_row(&r->queue)];
  memset(row, 0, sizeof *row);
  row->sending = r->sending;
  return row;
}

/* What is wrong, and belongs to no row: the last one of its set says so, else one of
** its own. */
static void complain_of(struct x12_837p *r, struct x12_problem problem) {
  if (r->sending.interchange.z != r->x.interchange.z) {
    r->sending = (struct x12_sending){ .interchange = r->x.interchange };
  }
  bool is_its_set = r->queue.count > 0 && last_row(r)->sending.set_number == r->sending.set_number
                    && last_row(r)->sending.interchange.z == r->sending.interchange.z;
  h2040_x12_tell_problem(is_its_set ? &last_row(r)->problems : &add_row(r)->problems, problem);
}

static void complain(struct x12_837p *r, int64_t segment, const char *element, const char *words, struct text value,
                     int64_t number) {
  complain_of(r, (struct x12_problem){ segment, element, words, value, number });
}

static struct text segment_name(const struct x12_837p *r, const struct x12_segment *s) {
  struct x12_elements e;
  h2040_x12_split(s->text, &r->x.separators.element, &e);
  return x12_written(&e, 0);
}

static void complain_of_place(struct x12_837p *r, const struct x12_segment *s) {
  complain(r, s->number, NULL, "% does not belong here, and is not read", segment_name(r, s), 0);
}

/* Of a row that is in doubt: the number of its claim and its line, and nothing more. */
static void show_only_numbers(struct x12_837p_row *row, const struct x12_claim *claim,
                              const struct x12_service *service) {
  row->claim.segment = claim->segment;
  row->claim.place = claim->place;
  row->claim.number = claim->number;
  row->service.segment = service->segment;
  row->service.lx = service->lx;
}

/* A segment that cannot stand where it does: another is missing, or one of the two is
** in the wrong place.  What was read since the last line may be another claim's. */
static void lose(struct x12_837p *r, const struct x12_segment *s, enum loop next) {
  struct x12_837p_row *row = add_row(r);
  const char *words = next == SKIPPED_LOOP
    ? "% cannot stand here: a segment is missing or in the wrong place; reading goes on at the next HL"
    : "% cannot stand here: a segment is missing or in the wrong place; reading goes on at the next claim";
  show_only_numbers(row, &r->claim, &r->service);
  h2040_x12_tell(&row->problems, s->number, NULL, words, segment_name(r, s));
  r->claim = (struct x12_claim){ 0 };
  r->service = (struct x12_service){ 0 };
  r->loop = next;
}

/* --- the end of a line ------------------------------------------------------------------- */

static const struct x12_rendering *rendering_of(const struct x12_837p_row *row) {
  return row->service.rendering.npi.segment ? &row->service.rendering : &row->claim.rendering;
}

static const struct x12_slot *span_slot(const struct x12_837p_row *row, const struct x12_slot **qualifier) {
  bool of_line = row->service.span.segment > 0;
  *qualifier = of_line ? &row->service.span_qualifier : &row->claim.span_qualifier;
  return of_line ? &row->service.span : &row->claim.span;
}

static void read_span(struct x12_837p_row *row) {
  const struct x12_slot *qualifier;
  const struct x12_slot *slot = span_slot(row, &qualifier);
  struct x12_problem problem = { .segment = slot->segment };
  h2040_x12_read_span(qualifier->text, slot->text, &row->span);
  if (row->span.reading == READ || slot->twice || qualifier->twice) return;
  if (slot->segment == 0) {
    problem = (struct x12_problem){ row->service.segment, "LX",
                                     "no day of service (DTP*472) stands in the line or the claim", NOTHING, 0 };
  } else if (row->span.reading == BLANK) {
    problem.element = "DTP03";
    problem.words = "no day of service is filled in";
  } else if (!h2040_same(qualifier->text, TEXT("D8")) && !h2040_same(qualifier->text, TEXT("RD8"))) {
    problem.element = "DTP02";
    problem.words = "% is neither D8 nor RD8";
    problem.value = qualifier->text;
  } else {
    problem.element = "DTP03";
    problem.words =
      h2040_same(qualifier->text, TEXT("D8")) ? "% is no day, CCYYMMDD" : "% is no span, CCYYMMDD-CCYYMMDD";
    problem.value = slot->text;
  }
  h2040_x12_tell_problem(&row->problems, problem);
}

static enum reading read_number(struct x12_837p_row *row, struct text t, const char *element,
                                struct x12_number *number) {
  enum reading reading = h2040_x12_read_number(t, number);
  if (reading == UNREADABLE) {
    h2040_x12_tell(&row->problems, row->service.service_segment, element, "% is no number", t);
  }
  return reading;
}

static bool is_place(struct text t) {
  return t.n >= 1 && t.n <= 2 && is_digit(t.z[0]) && (t.n == 1 || is_digit(t.z[1]));
}

static struct text place_of(const struct x12_837p_row *row) {
  return row->service.place_of_service.z ? row->service.place_of_service : row->claim.place_of_service;
}

static void check_place(struct x12_837p_row *row) {
  struct text place = place_of(row);
  bool of_line = row->service.place_of_service.z != NULL;
  if (!place.z || is_place(place)) return;
  h2040_x12_tell(&row->problems, of_line ? row->service.service_segment : row->claim.segment,
                 of_line ? "SV105" : "CLM05", "% is no place of service", place);
}

/* The number of a diagnosis, 1 to 12; 0: it is none. */
static int pointer_of(struct text t) {
  int number = 0;
  if (t.n > 2) return 0;
  for (size_t i = 0; i < t.n; i++) {
    if (!is_digit(t.z[i])) return 0;
    number = number * 10 + (t.z[i] - '0');
  }
  return number <= 12 ? number : 0;
}

enum { MOST_POINTERS = 4 };

static void check_pointers(struct x12_837p_row *row) {
  const struct x12_claim *claim = &row->claim;
  if (claim->diagnoses.twice) return;
  for (int i = 1; i <= MOST_POINTERS; i++) {
    struct text pointer = h2040_x12_component(row->service.pointers, i, &claim->separators.component);
    int number = pointer_of(pointer);
    if (!pointer.z || (number >= 1 && number <= claim->diagnosis_count)) continue;
    h2040_x12_tell_count(&row->problems, row->service.service_segment, "SV107",
                         "% points to no diagnosis of the claim, which has #", row->service.pointers,
                         claim->diagnosis_count);
    return;
  }
}

static struct text procedure_part(const struct x12_837p_row *row, int n) {
  return h2040_x12_component(row->service.procedure, n, &row->claim.separators.component);
}

static void check_procedure(struct x12_837p_row *row) {
  if (procedure_part(row, 2).z) return;
  h2040_x12_tell(&row->problems, row->service.service_segment, "SV101", "% has no procedure code",
                 row->service.procedure);
}

static void end_line(struct x12_837p *r) {
  struct x12_837p_row *row = add_row(r);
  if (r->service.service_segment == 0) {
    show_only_numbers(row, &r->claim, &r->service);
    h2040_x12_tell(&row->problems, r->service.segment, "LX", "no service (SV1) stands in the line", NOTHING);
    return;
  }
  row->billing = r->billing;
  row->subscriber = r->subscriber;
  row->patient = r->patient;
  row->claim = r->claim;
  row->service = r->service;
  h2040_x12_tell_all(&row->problems, &r->sending_problems);
  h2040_x12_tell_all(&row->problems, &r->billing_problems);
  h2040_x12_tell_all(&row->problems, &r->subscriber_problems);
  h2040_x12_tell_all(&row->problems, &r->patient_problems);
  h2040_x12_tell_all(&row->problems, &r->claim_problems);
  h2040_x12_tell_all(&row->problems, &r->service_problems);
  check_procedure(row);
  row->charge_reading = read_number(row, row->service.charge, "SV102", &row->charge);
  row->units_reading = read_number(row, row->service.units, "SV104", &row->units);
  check_place(row);
  check_pointers(row);
  read_span(row);
}

/* The claim is over, or its lines are. */
static void end_claim(struct x12_837p *r) {
  if (r->loop == LINE) {
    end_line(r);
  } else if (r->loop == CLAIM || r->loop == OTHER_PAYER) {
    struct x12_837p_row *row = add_row(r);
    show_only_numbers(row, &r->claim, &r->service);
    h2040_x12_tell(&row->problems, r->claim.segment, "CLM", "the claim has no service line (LX)", NOTHING);
  }
  r->claim = (struct x12_claim){ 0 };
  r->service = (struct x12_service){ 0 };
}

/* --- sets ------------------------------------------------------------------------------------ */

/* 64 bits of a text and of what was hashed before it: FNV-1a. */
static uint64_t mix(uint64_t hash, struct text t) {
  for (size_t i = 0; i < t.n; i++) hash = (hash ^ (unsigned char)t.z[i]) * UINT64_C(0x100000001B3);
  return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

static uint64_t mix_number(uint64_t hash, int64_t number) {
  for (int i = 0; i < 8; i++) hash = (hash ^ ((uint64_t)number >> 8 * i & 0xFF)) * UINT64_C(0x100000001B3);
  return hash;
}

static void reset_patient(struct x12_837p *r, bool is_dependent) {
  r->patient = (struct x12_patient){ .is_dependent = is_dependent };
  r->patient_problems.count = 0;
}

static void reset_subscriber(struct x12_837p *r) {
  r->subscriber = (struct x12_subscriber){ 0 };
  r->subscriber_problems.count = 0;
  reset_patient(r, false);
}

static void reset_billing(struct x12_837p *r) {
  r->billing = (struct x12_billing){ 0 };
  r->billing_problems.count = 0;
  reset_subscriber(r);
}

static bool is_professional(struct text implementation) {
  return implementation.n >= 10
         && (memcmp(implementation.z + 6, "X222", 4) == 0 || memcmp(implementation.z + 6, "X098", 4) == 0);
}

static void begin_set(struct x12_837p *r) {
  const struct x12 *x = &r->x;
  uint64_t key = UINT64_C(0xCBF29CE484222325);
  key = mix(mix(mix(mix(key, x->sender), x->date), x->time), x->interchange);
  key = mix_number(mix(mix(key, x->group), x->set), x->set_number);
  r->sending =
      (struct x12_sending){ .interchange = x->interchange, .set = x->set, .set_number = x->set_number, .key = key };
  r->sending_problems.count = 0;
  r->claims = 0;
  reset_billing(r);
  r->loop = HEADER;
  if (!h2040_same(x->set_type, TEXT("837"))) {
    complain(r, x->set_segment, "ST01", "% is no claim; only professional claims (837) are read here",
                                      x->set_type, 0);
    r->loop = SKIPPED_SET;
  } else if (!is_professional(x->implementation)) {
    complain(r, x->set_segment, "ST03",
                                      "% is not the professional claim (005010X222, 004010X098); the set is not read",
                                      x->implementation, 0);
    r->loop = SKIPPED_SET;
  }
}

static void begin_header(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_sending *sending = &r->sending;
  int32_t day;
  if (r->loop != HEADER) {
    complain_of_place(r, s);
    return;
  }
  h2040_x12_put(&sending->header, s->text, s, "BHT", &r->sending_problems);
  sending->received_day = x12_element(e, 4);
  sending->received_time = x12_element(e, 5);
  if (sending->header.twice) {
    sending->received_day = sending->received_time = NOTHING;
  } else if (h2040_x12_read_day(sending->received_day, &day) == UNREADABLE) {
    h2040_x12_tell(&r->sending_problems, s->number, "BHT04", "% is no day, CCYYMMDD", sending->received_day);
  }
}

/* --- loops 2000A to 2000C ----------------------------------------------------------------------- */

/* HL that hangs on none, or not on the one that was read last. */
static void lose_level(struct x12_837p *r, const struct x12_segment *s, const char *element, const char *words,
                       struct text value) {
  struct x12_837p_row *row = add_row(r);
  h2040_x12_tell(&row->problems, s->number, element, words, value);
  r->loop = SKIPPED_LOOP;
}

static void begin_level(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct text id = x12_element(e, 1);
  struct text parent = x12_element(e, 2);
  struct text level = x12_element(e, 3);
  end_claim(r);
  if (h2040_same(level, TEXT("20"))) {
    reset_billing(r);
    r->billing.hl = id;
    r->loop = BILLING;
  } else if (h2040_same(level, TEXT("22"))) {
    reset_subscriber(r);
    if (!r->billing.hl.z || !h2040_x12_same(parent, r->billing.hl)) {
      lose_level(r, s, "HL02", "% is not the HL of the billing provider before it: whose claims follow is not known",
                 parent);
      return;
    }
    r->subscriber.hl = id;
    r->loop = SUBSCRIBER;
  } else if (h2040_same(level, TEXT("23"))) {
    reset_patient(r, true);
    if (!r->subscriber.hl.z || !h2040_x12_same(parent, r->subscriber.hl)) {
      lose_level(r, s, "HL02", "% is not the HL of the subscriber before it: whose claims follow is not known", parent);
      return;
    }
    r->loop = PATIENT;
  } else {
    reset_patient(r, false);
    lose_level(r, s, "HL03", "% is neither a billing provider (20) nor a subscriber (22) nor a patient (23)", level);
  }
}

static bool in_claim(const struct x12_837p *r) {
  return r->loop == CLAIM || r->loop == LINE;
}

static void read_subscriber_information(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  if (r->loop == SUBSCRIBER)
    h2040_x12_put(&r->subscriber.filing_code, x12_element(e, 9), s, "SBR09", &r->subscriber_problems);
  else if (r->loop == CLAIM || r->loop == OTHER_PAYER) r->loop = OTHER_PAYER;
  else lose(r, s, SKIPPED_LOOP);
}

static void read_patient_information(struct x12_837p *r, const struct x12_segment *s) {
  if (r->loop != SUBSCRIBER && r->loop != PATIENT) lose(r, s, SKIPPED_LOOP);
}

static void read_birth(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_slot *slot = r->loop == PATIENT ? &r->patient.birth : &r->subscriber.birth;
  struct x12_problems *problems = r->loop == PATIENT ? &r->patient_problems : &r->subscriber_problems;
  struct text day = x12_element(e, 2);
  bool first = slot->segment == 0;
  int32_t read;
  if (r->loop != SUBSCRIBER && r->loop != PATIENT) {
    lose(r, s, SKIPPED_LOOP);
    return;
  }
  h2040_x12_put(slot, day, s, "DMG02", problems);
  if (first && h2040_x12_read_day(day, &read) == UNREADABLE) {
    h2040_x12_tell(problems, s->number, "DMG02", "% is no day of birth, CCYYMMDD", day);
  }
}

/* The NPI of NM1, where its number is one: XX. */
static struct text npi_of(const struct x12_elements *e) {
  return h2040_same(x12_element(e, 8), TEXT("XX")) ? x12_element(e, 9) : NOTHING;
}

static void read_claim_name(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e,
                            uint32_t entity) {
  bool of_line = r->loop == LINE;
  bool misplaced = entity == INSURED || entity == DEPENDENT || entity == BILLING_PROVIDER || entity == PAY_TO_ADDRESS
                   || (entity == PAYER && !of_line);
  if (misplaced) {
    lose(r, s, SKIPPED_LOOP);
    return;
  }
  r->entity = entity;
  if (entity == RENDERING_PROVIDER) {
    h2040_x12_put(of_line ? &r->service.rendering.npi : &r->claim.rendering.npi, npi_of(e), s, "NM109",
        of_line ? &r->service_problems : &r->claim_problems);
  }
}

static void read_name(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  uint32_t entity = h2040_x12_name(x12_element(e, 1));
  if (r->loop == OTHER_PAYER) return;
  if (in_claim(r)) {
    read_claim_name(r, s, e, entity);
  } else if (r->loop == BILLING && entity == BILLING_PROVIDER) {
    h2040_x12_put(&r->billing.npi, npi_of(e), s, "NM109", &r->billing_problems);
  } else if (r->loop == SUBSCRIBER && entity == INSURED) {
    h2040_x12_put(&r->subscriber.id, x12_element(e, 9), s, "NM109", &r->subscriber_problems);
  } else if (r->loop == SUBSCRIBER && entity == PAYER) {
    h2040_x12_put(&r->subscriber.payer_id, x12_element(e, 9), s, "NM109", &r->subscriber_problems);
    h2040_x12_put(&r->subscriber.payer_name, x12_element(e, 3), s, "NM103", &r->subscriber_problems);
  } else if (r->loop == PATIENT && entity == DEPENDENT) {
    h2040_x12_put(&r->patient.id, x12_element(e, 9), s, "NM109", &r->patient_problems);
    h2040_x12_put(&r->patient.last_name, x12_written(e, 3), s, "NM103", &r->patient_problems);
    h2040_x12_put(&r->patient.first_name, x12_written(e, 4), s, "NM104", &r->patient_problems);
  } else if (entity == BILLING_PROVIDER || entity == INSURED || entity == PAYER || entity == DEPENDENT) {
    lose(r, s, SKIPPED_LOOP);
  }
}

static void read_provider(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct text role = x12_element(e, 1);
  if (r->loop == OTHER_PAYER) {
    h2040_x12_tell(&r->claim_problems, s->number, "PRV", "no provider's specialty stands in another payer's loop",
                   NOTHING);
  } else if (h2040_same(role, TEXT("BI"))) {
    if (r->loop == BILLING) h2040_x12_put(&r->billing.taxonomy, x12_element(e, 3), s, "PRV03", &r->billing_problems);
    else lose(r, s, SKIPPED_LOOP);
  } else if (h2040_same(role, TEXT("PE")) && in_claim(r)) {
    struct x12_rendering *rendering = r->loop == LINE ? &r->service.rendering : &r->claim.rendering;
    struct x12_problems *problems = r->loop == LINE ? &r->service_problems : &r->claim_problems;
    if (r->entity == RENDERING_PROVIDER) {
      h2040_x12_put(&rendering->taxonomy, x12_element(e, 3), s, "PRV03", problems);
    } else {
      *rendering = (struct x12_rendering){ .npi = { { 0 }, s->number, true }, .taxonomy = { { 0 }, s->number, true } };
      h2040_x12_tell(problems, s->number, "PRV", "the rendering provider that it belongs to (NM1*82) is missing",
                     NOTHING);
    }
  }
}

/* --- claims and lines ------------------------------------------------------------------------------ */

static void require(struct x12_837p *r, const struct x12_slot *slot, const char *words) {
  if (slot->segment == 0)
    h2040_x12_tell(&r->claim_problems, r->claim.segment, "CLM", words, NOTHING);
}

/* Whether a dependent without an id of its own can be told from the others. */
static void check_dependent(struct x12_837p *r) {
  const struct x12_patient *patient = &r->patient;
  if (!patient->is_dependent || patient->id.text.z || patient->other_id.text.z) return;
  if (patient->birth.segment && !patient->birth.text.z && !patient->birth.twice) {
    h2040_x12_tell(&r->claim_problems, patient->birth.segment, "DMG02",
                   "the patient has no day of birth, and no id of its own", NOTHING);
  }
  if (patient->first_name.segment && patient->first_name.text.n + patient->last_name.text.n == 0) {
    h2040_x12_tell(&r->claim_problems, patient->first_name.segment, "NM1",
                   "the patient has no name, and no id of its own", NOTHING);
  }
  require(r, &patient->birth, "the patient has no day of birth (DMG), and no id of its own");
}

static void begin_claim(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  enum loop before = r->loop;
  struct x12_claim claim = {
    .segment = s->number, .place = ++r->claims, .separators = r->x.separators, .number = x12_element(e, 1)
  };
  const struct x12_separator *component = &claim.separators.component;
  end_claim(r);
  if (before == HEADER || before == BILLING || before == SKIPPED_LOOP) {
    struct x12_837p_row *row = add_row(r);
    show_only_numbers(row, &claim, &r->service);
    h2040_x12_tell(&row->problems, s->number, "CLM",
                   "whose claim this is is not known: the loop that it stands in cannot be read", NOTHING);
    r->loop = SKIPPED_LOOP;
    return;
  }
  claim.place_of_service = h2040_x12_component(x12_element(e, 5), 1, component);
  claim.frequency = h2040_x12_component(x12_element(e, 5), 3, component);
  r->claim = claim;
  r->claim_problems.count = 0;
  r->entity = 0;
  r->loop = CLAIM;
  require(r, &r->sending.header, "no BHT stands at the head of the set");
  require(r, &r->billing.npi, "no billing provider (NM1*85) stands before the claim");
  require(r, &r->subscriber.filing_code, "no SBR stands in the subscriber's loop");
  require(r, &r->subscriber.id, "no subscriber (NM1*IL) stands before the claim");
  require(r, &r->subscriber.payer_id, "no payer (NM1*PR) stands before the claim");
  if (r->patient.is_dependent) require(r, &r->patient.first_name, "no patient (NM1*QC) stands in the patient's loop");
  check_dependent(r);
  if (!claim.number.z) {
    h2040_x12_tell(&r->claim_problems, s->number, "CLM01", "the claim has no number", NOTHING);
  }
}

static void read_diagnoses(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  const struct x12_separator *component = &r->x.separators.component;
  uint32_t kind = h2040_x12_name(h2040_x12_component(x12_element(e, 1), 1, component));
  bool is_diagnosis = kind == X12_NAME3('A', 'B', 'K') || kind == X12_NAME2('B', 'K')
                      || kind == X12_NAME3('A', 'B', 'F') || kind == X12_NAME2('B', 'F');
  if (r->loop != CLAIM && r->loop != OTHER_PAYER) {
    lose(r, s, SKIPPED_CLAIM);
  } else if (is_diagnosis) {
    h2040_x12_put(&r->claim.diagnoses, s->text, s, "HI", &r->claim_problems);
    r->claim.diagnosis_count = r->claim.diagnoses.twice ? 0 : e->count - 1;
  }
}

static void read_reference(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  uint32_t kind = h2040_x12_name(x12_element(e, 1));
  struct text value = x12_element(e, 2);
  switch (kind) {
    case X12_NAME2('F', '8'):
      if (r->loop == CLAIM) h2040_x12_put(&r->claim.original, value, s, "REF02", &r->claim_problems);
      else if (r->loop == LINE) lose(r, s, SKIPPED_CLAIM);
      break;
    case X12_NAME2('G', '1'):
      if (r->loop == CLAIM) {
        h2040_x12_put(&r->claim.authorization, value, s, "REF02", &r->claim_problems);
      } else if (r->loop == LINE && r->entity != PAYER && !x12_element(e, 4).z) { /* REF04 names another payer */
        h2040_x12_put(&r->service.authorization, value, s, "REF02", &r->service_problems);
      }
      break;
    case X12_NAME2('6', 'R'):
      if (r->loop == LINE) h2040_x12_put(&r->service.control_number, value, s, "REF02", &r->service_problems);
      else complain_of_place(r, s);
      break;
    case X12_NAME2('1', 'W'):
      if (r->loop == PATIENT) h2040_x12_put(&r->patient.other_id, value, s, "REF02", &r->patient_problems);
      break;
    default:
      break;
  }
}

static void read_period(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  if (!h2040_same(x12_element(e, 1), TEXT("472"))) return;
  if (r->loop == LINE) {
    h2040_x12_put(&r->service.span_qualifier, x12_element(e, 2), s, "DTP02", &r->service_problems);
    h2040_x12_put(&r->service.span, x12_element(e, 3), s, "DTP03", &r->service_problems);
  } else if (r->loop == CLAIM || r->loop == OTHER_PAYER) {
    h2040_x12_put(&r->claim.span_qualifier, x12_element(e, 2), s, "DTP02", &r->claim_problems);
    h2040_x12_put(&r->claim.span, x12_element(e, 3), s, "DTP03", &r->claim_problems);
  } else {
    complain_of_place(r, s);
  }
}

static void begin_line(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_number number;
  int64_t before = r->loop == LINE ? r->service.lx : 0;
  bool is_number = h2040_x12_read_number(x12_element(e, 1), &number) == READ && number.scale == 0;
  if ((r->loop != CLAIM && r->loop != OTHER_PAYER && r->loop != LINE) || !is_number || number.digits <= before) {
    lose(r, s, SKIPPED_CLAIM);
    return;
  }
  if (r->loop == LINE) end_line(r);
  r->service = (struct x12_service){ .segment = s->number, .lx = number.digits };
  r->service_problems.count = 0;
  r->entity = 0;
  r->loop = LINE;
  if (number.digits != before + 1) {
    h2040_x12_tell_count(&r->service_problems, s->number, "LX01", "% where line # is due: one may be missing",
                         x12_element(e, 1), before + 1);
  }
}

static void read_service(struct x12_837p *r, const struct x12_segment *s, const struct x12_elements *e) {
  struct x12_service *service = &r->service;
  if (r->loop != LINE || service->service_segment > 0) {
    lose(r, s, SKIPPED_CLAIM);
    return;
  }
  service->service_segment = s->number;
  service->procedure = x12_written(e, 1);
  service->charge = x12_element(e, 2);
  service->measure = x12_element(e, 3);
  service->units = x12_element(e, 4);
  service->place_of_service = x12_element(e, 5);
  service->pointers = x12_element(e, 7);
}

static void read_segment(struct x12_837p *r, const struct x12_segment *s) {
  struct x12_elements e;
  bool skipping = r->loop == SKIPPED_LOOP || r->loop == SKIPPED_CLAIM;
  switch (s->name) {
    case HL: case CLM:
      break;
    case BHT: case PRV: case NM1: case SBR: case PAT: case DMG: case HI: case REF: case DTP: case LX: case SV1:
      if (skipping) return;
      break;
    default:
      return;
  }
  h2040_x12_split(s->text, &r->x.separators.element, &e);
  switch (s->name) {
    case HL: begin_level(r, s, &e); break;
    case CLM: begin_claim(r, s, &e); break;
    case BHT: begin_header(r, s, &e); break;
    case PRV: read_provider(r, s, &e); break;
    case NM1: read_name(r, s, &e); break;
    case SBR: read_subscriber_information(r, s, &e); break;
    case PAT: if (r->loop != OTHER_PAYER) read_patient_information(r, s); break;
    case DMG: if (r->loop != OTHER_PAYER) read_birth(r, s, &e); break;
    case HI: read_diagnoses(r, s, &e); break;
    case REF: read_reference(r, s, &e); break;
    case DTP: read_period(r, s, &e); break;
    case LX: begin_line(r, s, &e); break;
    default: read_service(r, s, &e); /* SV1 */
  }
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static void step(struct x12_837p *r) {
  struct x12_segment s;
  switch (h2040_x12_next(&r->x, &s)) {
    case X12_SET:
      begin_set(r);
      break;
    case X12_SEGMENT:
      if (r->loop != SKIPPED_SET) read_segment(r, &s);
      break;
    case X12_SET_END:
      end_claim(r);
      r->loop = SKIPPED_SET;
      break;
    case X12_PROBLEM:
      complain_of(r, r->x.problem);
      break;
    default: /* X12_END */
      r->queue.ended = true;
      if (r->queue.total == 0) complain(r, 0, NULL, "there is no claim in the text", NOTHING, 0);
  }
}

void h2040_837p_open(struct x12_837p *r, struct text text) {
  memset(r, 0, sizeof *r);
  h2040_x12_open(&r->x, text);
  r->loop = SKIPPED_SET;
  if (text.z) return;
  complain(r, 0, NULL, "x12 is NULL: the file was not found, or could not be read", NOTHING, 0);
  r->queue.ended = true;
}

bool h2040_837p_next(struct x12_837p *r) {
  x12_drop_row(&r->queue);
  while (r->queue.count < 2 && !r->queue.ended) step(r);
  r->queue.handed_out = r->queue.count > 0;
  return r->queue.handed_out;
}

void h2040_837p_close(struct x12_837p *r) {
  h2040_x12_buffer_free(&r->buffer);
}

/* --- columns ------------------------------------------------------------------------------------------ */

static void append_upper(struct x12_buffer *buffer, struct text t) {
  size_t from = buffer->n;
  h2040_x12_append_utf8(buffer, t);
  for (size_t i = from; i < buffer->n; i++) buffer->z[i] = upper(buffer->z[i]);
}

static void show_upper(struct x12_shown *shown, struct x12_buffer *buffer, struct text t) {
  buffer->n = 0;
  append_upper(buffer, t);
  h2040_x12_show_built(shown, buffer);
}

/* Ten characters of 50 bits, none of which looks like another. */
static void append_key(struct x12_buffer *buffer, uint64_t key) {
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char text[10];
  key ^= key >> 33;
  key *= UINT64_C(0xFF51AFD7ED558CCD);
  key ^= key >> 33;
  key *= UINT64_C(0xC4CEB9FE1A85EC53);
  key ^= key >> 33;
  for (int i = 0; i < 10; i++) text[i] = digits[key >> 5 * i & 31];
  h2040_x12_append(buffer, (struct text){ text, sizeof text });
}

static void show_claim_id(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  if (row->claim.segment == 0) return;
  buffer->n = 0;
  h2040_x12_append_utf8(buffer, row->claim.number);
  h2040_x12_append(buffer, TEXT("@"));
  append_key(buffer, mix_number(row->sending.key, row->claim.place));
  h2040_x12_show_built(shown, buffer);
}

static void append_initial(struct x12_buffer *buffer, struct text name) {
  size_t length;
  if (name.n == 0) return;
  length = h2040_utf8_length(name);
  append_upper(buffer, (struct text){ name.z, length > 0 ? length : 1 });
}

static void show_member(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  const struct x12_patient *patient = &row->patient;
  struct text own = patient->id.text.z ? patient->id.text : patient->other_id.text;
  struct text subscriber = row->subscriber.id.text;
  if (!patient->is_dependent) {
    h2040_x12_show_text(shown, buffer, subscriber);
  } else if (own.z) {
    h2040_x12_show_text(shown, buffer, own);
  } else if (subscriber.z && patient->birth.text.z && patient->first_name.text.n + patient->last_name.text.n > 0
             && !patient->id.twice && !patient->other_id.twice && !patient->first_name.twice
             && !patient->last_name.twice) {
    buffer->n = 0;
    h2040_x12_append_utf8(buffer, subscriber);
    h2040_x12_append(buffer, TEXT("-"));
    h2040_x12_append_utf8(buffer, patient->birth.text);
    append_initial(buffer, patient->first_name.text);
    append_initial(buffer, patient->last_name.text);
    h2040_x12_show_built(shown, buffer);
  }
}

static void show_modifiers(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  enum { FIRST = 3, LAST = 6 };
  buffer->n = 0;
  for (int i = FIRST; i <= LAST; i++) {
    struct text modifier = procedure_part(row, i);
    if (!modifier.z) continue;
    if (buffer->n > 0) h2040_x12_append(buffer, TEXT(" "));
    append_upper(buffer, modifier);
  }
  h2040_x12_show_built(shown, buffer);
}

static void show_place(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  struct text place = place_of(row);
  if (!is_place(place) || place.n == 2) {
    h2040_x12_show_text(shown, buffer, place);
    return;
  }
  buffer->n = 0;
  h2040_x12_append(buffer, TEXT("0"));
  h2040_x12_append(buffer, place);
  h2040_x12_show_built(shown, buffer);
}

/* With its dot, which stands behind the fourth character of a cause of injury of ICD-9. */
static void append_diagnosis(struct x12_buffer *buffer, struct text composite, const struct x12_separator *component) {
  uint32_t kind = h2040_x12_name(h2040_x12_component(composite, 1, component));
  struct text code = h2040_x12_component(composite, 2, component);
  size_t head = kind >> 16 == 'B' && code.n > 0 && upper(code.z[0]) == 'E' ? 4 : 3;
  if (!code.z) return;
  if (buffer->n > 0) h2040_x12_append(buffer, TEXT(" "));
  if (code.n <= head || memchr(code.z, '.', code.n)) {
    append_upper(buffer, code);
  } else {
    append_upper(buffer, (struct text){ code.z, head });
    h2040_x12_append(buffer, TEXT("."));
    append_upper(buffer, (struct text){ code.z + head, code.n - head });
  }
}

static void show_diagnoses(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  const struct x12_claim *claim = &row->claim;
  struct x12_elements e;
  unsigned shown_already = 0;
  bool all = true;
  if (!claim->diagnoses.text.z) return;
  h2040_x12_split(claim->diagnoses.text, &claim->separators.element, &e);
  buffer->n = 0;
  for (int i = 1; i <= MOST_POINTERS; i++) {
    struct text pointer = h2040_x12_component(row->service.pointers, i, &claim->separators.component);
    int number = pointer_of(pointer);
    all = all && !pointer.z;
    if (number == 0 || number >= e.count || shown_already >> number & 1) continue;
    shown_already |= 1U << number;
    append_diagnosis(buffer, h2040_trim(e.element[number]), &claim->separators.component);
  }
  for (int i = 1; all && i < e.count; i++)
    append_diagnosis(buffer, h2040_trim(e.element[i]), &claim->separators.component);
  h2040_x12_show_built(shown, buffer);
}

/* HHMM, with seconds and parts of them behind; appended as HH:MM[:SS]. */
static void append_time(struct x12_buffer *buffer, struct text t) {
  if (t.n != 4 && (t.n < 6 || t.n > 8)) return;
  for (size_t i = 0; i < t.n; i++) {
    if (!is_digit(t.z[i])) return;
  }
  if (memcmp(t.z, "24", 2) >= 0 || t.z[2] > '5' || (t.n > 4 && t.z[4] > '5')) return;
  h2040_x12_append(buffer, TEXT(" "));
  for (size_t i = 0; i < t.n && i < 6; i += 2) {
    if (i > 0) h2040_x12_append(buffer, TEXT(":"));
    h2040_x12_append(buffer, (struct text){ t.z + i, 2 });
  }
}

static void show_received(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  int32_t day;
  if (row->claim.segment == 0 || h2040_x12_read_day(row->sending.received_day, &day) != READ) {
    if (row->service.service_segment > 0) h2040_x12_show_text(shown, buffer, row->sending.received_day);
    return;
  }
  if (row->service.service_segment == 0) return;
  buffer->n = 0;
  h2040_x12_append_day(buffer, day);
  append_time(buffer, row->sending.received_time);
  h2040_x12_show_built(shown, buffer);
}

static void show_day_or_text(struct x12_shown *shown, struct x12_buffer *buffer, struct text t) {
  int32_t day;
  if (h2040_x12_read_day(t, &day) == READ) h2040_x12_show_day(shown, buffer, day);
  else h2040_x12_show_text(shown, buffer, t);
}

static void show_first_day(struct x12_shown *shown, struct x12_buffer *buffer, const struct x12_837p_row *row) {
  const struct x12_slot *qualifier;
  const struct x12_slot *slot = span_slot(row, &qualifier);
  if (row->span.reading == READ) h2040_x12_show_day(shown, buffer, row->span.first);
  else if (!qualifier->twice) h2040_x12_show_text(shown, buffer, slot->text);
}

void h2040_837p_column(struct x12_837p *r, enum x12_837p_column column, struct x12_shown *shown) {
  const struct x12_837p_row *row = &r->row[r->queue.first];
  const struct x12_rendering *rendering = rendering_of(row);
  bool billing_renders = rendering->npi.segment == 0;
  struct x12_buffer *b = &r->buffer;
  struct text t = { 0 };
  switch (column) {
    case P837_CLAIM_ID: show_claim_id(shown, b, row); return;
    case P837_CLAIM_LINE_NUMBER:
      if (row->service.segment > 0) {
        shown->kind = X12_SHOWN_INTEGER;
        shown->integer = row->service.lx;
      }
      return;
    case P837_MEMBER_ID: show_member(shown, b, row); return;
    case P837_HCPCS_CODE:
      t = procedure_part(row, 2);
      show_upper(shown, b, t.z ? t : row->service.procedure);
      return;
    case P837_MODIFIERS: show_modifiers(shown, b, row); return;
    case P837_UNITS: h2040_x12_show_reading(shown, b, row->units_reading, &row->units, row->service.units); return;
    case P837_UNIT_MEASURE: show_upper(shown, b, row->service.measure); return;
    case P837_SERVICE_DATE: show_first_day(shown, b, row); return;
    case P837_SERVICE_END_DATE:
      if (row->span.has_last) h2040_x12_show_day(shown, b, row->span.last);
      return;
    case P837_PLACE_OF_SERVICE: show_place(shown, b, row); return;
    case P837_DIAGNOSIS_CODES: show_diagnoses(shown, b, row); return;
    case P837_RECEIVED_DATE: show_received(shown, b, row); return;
    case P837_CHARGE_AMOUNT:
      h2040_x12_show_reading(shown, b, row->charge_reading, &row->charge, row->service.charge);
      return;
    case P837_BIRTH_DATE:
      show_day_or_text(shown, b, row->patient.is_dependent ? row->patient.birth.text : row->subscriber.birth.text);
      return;
    case P837_PROBLEM: h2040_x12_show_problems(shown, b, &row->problems); return;
    case P837_PAYER_ID: t = row->subscriber.payer_id.text; break;
    case P837_RENDERING_NPI: t = billing_renders ? row->billing.npi.text : rendering->npi.text; break;
    case P837_RENDERING_TAXONOMY: t = billing_renders ? row->billing.taxonomy.text : rendering->taxonomy.text; break;
    case P837_CLAIM_NUMBER: t = row->claim.number; break;
    case P837_CLAIM_FREQUENCY_CODE: t = row->claim.frequency; break;
    case P837_ORIGINAL_CLAIM_ID: t = row->claim.original.text; break;
    case P837_BILLING_NPI: t = row->billing.npi.text; break;
    case P837_PRIOR_AUTH_NUMBER:
      t = row->service.authorization.text.z || row->service.authorization.twice ? row->service.authorization.text
                                                                                : row->claim.authorization.text;
      break;
    case P837_INTERCHANGE: t = row->sending.interchange; break;
    case P837_TRANSACTION_SET: t = row->sending.set; break;
    case P837_LINE_CONTROL_NUMBER: t = row->service.control_number.text; break;
    case P837_SUBSCRIBER_ID: t = row->subscriber.id.text; break;
    case P837_PAYER_NAME: t = row->subscriber.payer_name.text; break;
    case P837_FILING_CODE: t = row->subscriber.filing_code.text; break;
    default: return; /* X12 has no element for it */
  }
  h2040_x12_show_text(shown, b, t);
}
