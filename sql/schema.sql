-- schema.sql: the tables of an audit, in a database of its own.
--
--   sqlite3 audit.db '.read sql/schema.sql'
--
-- Needs:  nothing, nor the extension.  Run again it leaves what it finds, and brings the
--         tables of an earlier version into the shape of this one, with all their rows.
--         It makes those anew: a column or an index of your own on them goes.
-- Makes:  what is billed        claim_line, session_note, treatment_plan,
--                               prior_authorization, remittance
--         where it comes from   intake_source, intake_file, intake_log, intake_problem
--         what payers want      policy_pack, payer_policy, session_cap, code_pair
--         who is who            payer, provider, member, payer_alias, member_alias
--         how it is done        waiver, field_not_kept, audit_setting
--         what an audit leaves  audit_run and its audit_…; remittance_line, _denial,
--                               _problem; superseded_finding
--         views of those        audit_risk and audit_work (any run), denial_risk,
--                               month_trend, work_list, prediction, rule_accuracy,
--                               denial_unpredicted, denial_trend (the last)
--
-- Then policies.sql (the packs as rows), intake.sql, intake_837p.sql and intake_835.sql
-- (they fill the tables; so may you), views.sql (the findings, for the session) and
-- audit.sql (a run with history).
--
-- Nothing in here uses a function or a table of the extension: any tool that reads
-- SQLite reads, changes and checks audit.db without it.
--
-- Columns are named as the fields of h2040_check.  A line is named by claim_id and
-- claim_line_number; audit.sql stops where two lines bear one name.  Days are written
-- YYYY-MM-DD; intake.sql sees to that.  A line whose service_date is written otherwise is
-- judged all the same, but no policy can be found for it: line_not_judged lists it.

.bail on
.timeout 60000

BEGIN IMMEDIATE;

-- --- an earlier version -----------------------------------------------------------

CREATE TEMP TABLE schema_problem (problem);
CREATE TEMP TRIGGER schema_problem_stops BEFORE INSERT ON schema_problem
BEGIN
  SELECT RAISE(ROLLBACK, 'schema.sql: this database was made by a newer version of h2040; use the scripts of that version');
END;
INSERT INTO schema_problem SELECT user_version FROM temp.pragma_user_version WHERE user_version > 2;
DROP TABLE temp.schema_problem;

-- The views of version 1 read through the extension.
DROP VIEW IF EXISTS main.finding;
DROP VIEW IF EXISTS main.cross_finding;
DROP VIEW IF EXISTS main.cloned_finding;
DROP VIEW IF EXISTS main.impossible_day_finding;
DROP VIEW IF EXISTS main.day_minutes;
DROP VIEW IF EXISTS main.overlap_finding;
DROP VIEW IF EXISTS main.similar_finding;
DROP VIEW IF EXISTS main.similar_code;
DROP VIEW IF EXISTS main.duplicate_finding;
DROP VIEW IF EXISTS main.cap_finding;
DROP VIEW IF EXISTS main.session_time;
DROP VIEW IF EXISTS main.standing_line;
DROP VIEW IF EXISTS main.cap_not_judged;
DROP VIEW IF EXISTS main.rule_not_judged;
DROP VIEW IF EXISTS main.judged_line;
DROP VIEW IF EXISTS main.line_not_judged;
DROP VIEW IF EXISTS main.h2040_finding;
DROP VIEW IF EXISTS main.audited_line;
DROP VIEW IF EXISTS main.superseded_claim;
DROP VIEW IF EXISTS main.policy_overlap;
DROP VIEW IF EXISTS main.policy_in_force;
DROP VIEW IF EXISTS main.payer_policy_json;
DROP VIEW IF EXISTS main.audit_day;
DROP VIEW IF EXISTS main.authorization_balance;
DROP VIEW IF EXISTS main.month_trend;
DROP VIEW IF EXISTS main.denial_risk;
DROP VIEW IF EXISTS main.work_list;
DROP VIEW IF EXISTS main.audit_work;
DROP VIEW IF EXISTS main.audit_risk;
DROP VIEW IF EXISTS main.denial_trend;
DROP VIEW IF EXISTS main.denial_unpredicted;
DROP VIEW IF EXISTS main.rule_accuracy;
DROP VIEW IF EXISTS main.prediction;

-- The rows of the tables whose shape has changed.  A column that the table has not yet
-- is then that of kept_…, NULL: within the brackets SQL looks in the nearer table first.
CREATE TABLE IF NOT EXISTS main.claim_line (claim_id);
CREATE TEMP TABLE kept_claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure, service_date,
  service_end_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number,
  treatment, service_focus, received_date, claim_number, claim_frequency_code, original_claim_id, payer_claim_number,
  line_control_number, charge_amount, paid_amount, birth_date, coverage_start, coverage_end, provider_start,
  provider_end, staff_id, billing_npi, intake_name);
INSERT INTO temp.kept_claim_line (rowid) SELECT claim_line.rowid FROM main.claim_line;
UPDATE temp.kept_claim_line SET (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure, service_date,
  service_end_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number,
  treatment, service_focus, received_date, claim_number, claim_frequency_code, original_claim_id, payer_claim_number,
  line_control_number, charge_amount, paid_amount, birth_date, coverage_start, coverage_end, provider_start,
  provider_end, staff_id, billing_npi, intake_name) = (
  SELECT claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure, service_date,
         service_end_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number,
         treatment, service_focus, received_date, claim_number, claim_frequency_code, original_claim_id,
         payer_claim_number, line_control_number, charge_amount, paid_amount, birth_date, coverage_start,
         coverage_end, provider_start, provider_end, staff_id, billing_npi, intake_name
    FROM main.claim_line AS t WHERE t.rowid = kept_claim_line.rowid);
DROP TABLE main.claim_line;
CREATE TABLE IF NOT EXISTS main.session_note (claim_id);
CREATE TEMP TABLE kept_session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose, plan_goal, activities,
  client_response, progress, next_steps, medical_necessity, effectiveness, complexity, signed_by, intake_name);
INSERT INTO temp.kept_session_note (rowid) SELECT session_note.rowid FROM main.session_note;
UPDATE temp.kept_session_note SET (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose, plan_goal, activities,
  client_response, progress, next_steps, medical_necessity, effectiveness, complexity, signed_by, intake_name) = (
  SELECT claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose, plan_goal,
         activities, client_response, progress, next_steps, medical_necessity, effectiveness, complexity, signed_by,
         intake_name
    FROM main.session_note AS t WHERE t.rowid = kept_session_note.rowid);
DROP TABLE main.session_note;
CREATE TABLE IF NOT EXISTS main.treatment_plan (plan_id);
CREATE TEMP TABLE kept_treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed, intake_name);
INSERT INTO temp.kept_treatment_plan (rowid) SELECT treatment_plan.rowid FROM main.treatment_plan;
UPDATE temp.kept_treatment_plan SET (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed, intake_name) = (
  SELECT plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed, intake_name
    FROM main.treatment_plan AS t WHERE t.rowid = kept_treatment_plan.rowid);
DROP TABLE main.treatment_plan;
CREATE TABLE IF NOT EXISTS main.prior_authorization (prior_auth_number);
CREATE TEMP TABLE kept_prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units, modifiers, intake_name);
INSERT INTO temp.kept_prior_authorization (rowid) SELECT prior_authorization.rowid FROM main.prior_authorization;
UPDATE temp.kept_prior_authorization SET (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units, modifiers, intake_name) = (
  SELECT prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units, modifiers, intake_name
    FROM main.prior_authorization AS t WHERE t.rowid = kept_prior_authorization.rowid);
DROP TABLE main.prior_authorization;
CREATE TABLE IF NOT EXISTS main.policy_pack (pack);
CREATE TEMP TABLE kept_policy_pack (pack, policy);
INSERT INTO temp.kept_policy_pack (rowid) SELECT policy_pack.rowid FROM main.policy_pack;
UPDATE temp.kept_policy_pack SET (pack, policy) = (
  SELECT pack, policy
    FROM main.policy_pack AS t WHERE t.rowid = kept_policy_pack.rowid);
DROP TABLE main.policy_pack;
CREATE TABLE IF NOT EXISTS main.payer_policy (payer_id);
CREATE TEMP TABLE kept_payer_policy (payer_id, hcpcs_code, effective_from, effective_to, pack, changes);
INSERT INTO temp.kept_payer_policy (rowid) SELECT payer_policy.rowid FROM main.payer_policy;
UPDATE temp.kept_payer_policy SET (payer_id, hcpcs_code, effective_from, effective_to, pack, changes) = (
  SELECT payer_id, hcpcs_code, effective_from, effective_to, pack, changes
    FROM main.payer_policy AS t WHERE t.rowid = kept_payer_policy.rowid);
DROP TABLE main.payer_policy;
CREATE TABLE IF NOT EXISTS main.session_cap (cap_id);
CREATE TEMP TABLE kept_session_cap (cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to, modifiers, one_of_modifiers,
  without_modifiers, age_from, age_to, authorizable);
INSERT INTO temp.kept_session_cap (rowid) SELECT session_cap.rowid FROM main.session_cap;
UPDATE temp.kept_session_cap SET (cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to, modifiers, one_of_modifiers,
  without_modifiers, age_from, age_to, authorizable) = (
  SELECT cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to, modifiers,
         one_of_modifiers, without_modifiers, age_from, age_to, authorizable
    FROM main.session_cap AS t WHERE t.rowid = kept_session_cap.rowid);
DROP TABLE main.session_cap;
CREATE TABLE IF NOT EXISTS main.audit_run (run_id);
CREATE TEMP TABLE kept_audit_run (run_id, started_at, as_of, version, lines_seen, lines_judged, lines_not_judged, findings, billed, lines_at_risk,
  paid_at_risk, unpaid_at_risk, charges_unread);
INSERT INTO temp.kept_audit_run (rowid) SELECT audit_run.rowid FROM main.audit_run;
UPDATE temp.kept_audit_run SET (run_id, started_at, as_of, version, lines_seen, lines_judged, lines_not_judged, findings, billed, lines_at_risk,
  paid_at_risk, unpaid_at_risk, charges_unread) = (
  SELECT run_id, started_at, as_of, version, lines_seen, lines_judged, lines_not_judged, findings, billed,
         lines_at_risk, paid_at_risk, unpaid_at_risk, charges_unread
    FROM main.audit_run AS t WHERE t.rowid = kept_audit_run.rowid);
DROP TABLE main.audit_run;
CREATE TABLE IF NOT EXISTS main.audit_finding (run_id);
CREATE TEMP TABLE kept_audit_finding (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status, owner, category, field,
  value);
INSERT INTO temp.kept_audit_finding (rowid) SELECT audit_finding.rowid FROM main.audit_finding;
UPDATE temp.kept_audit_finding SET (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status, owner, category, field,
  value) = (
  SELECT run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status, owner, category,
         field, value
    FROM main.audit_finding AS t WHERE t.rowid = kept_audit_finding.rowid);
DROP TABLE main.audit_finding;

-- --- what is billed --------------------------------------------------------------

CREATE TABLE main.claim_line (
  claim_id             TEXT,
  claim_line_number    INTEGER,
  payer_id             TEXT,
  member_id            TEXT,
  hcpcs_code           TEXT,
  modifiers            TEXT,      -- a list: 'GT 76'
  units                NUMERIC,
  unit_measure         TEXT,      -- UN, or MJ where units are minutes
  service_date         TEXT,
  service_end_date     TEXT,      -- of a span
  place_of_service     TEXT,
  diagnosis_codes      TEXT,      -- a list: 'F84.0 F70'
  rendering_npi        TEXT,
  rendering_taxonomy   TEXT,
  prior_auth_number    TEXT,
  treatment            TEXT,
  service_focus        TEXT,      -- skills, habilitation, rehabilitation, behavior
  received_date        TEXT,
  claim_number         TEXT,      -- the provider's; NULL: claim_id
  claim_frequency_code TEXT,      -- 1 original, 7 replaces, 8 voids …
  original_claim_id    TEXT,      -- … this claim
  payer_claim_number   TEXT,
  line_control_number  TEXT,      -- REF*6R, which an 835 sends back
  charge_amount        NUMERIC,   -- dollars
  paid_amount          NUMERIC,
  birth_date           TEXT,
  coverage_start       TEXT,
  coverage_end         TEXT,
  provider_start       TEXT,
  provider_end         TEXT,
  staff_id             TEXT,      -- who gave the service, where it is not rendering_npi
  billing_npi          TEXT,
  intake_name          TEXT       -- where intake found it; NULL: you put it here
);
INSERT INTO main.claim_line SELECT * FROM temp.kept_claim_line;
DROP TABLE temp.kept_claim_line;
CREATE INDEX main.claim_line_key      ON claim_line (claim_id, claim_line_number);
CREATE INDEX main.claim_line_number   ON claim_line (claim_number, claim_id);
CREATE INDEX main.claim_line_member   ON claim_line (member_id, service_date);
CREATE INDEX main.claim_line_intake   ON claim_line (intake_name) WHERE intake_name IS NOT NULL;
-- Of the lines that may stand in for others there are few.
CREATE INDEX main.claim_line_replaces ON claim_line (member_id) WHERE claim_frequency_code <> '1' OR units < 0;

CREATE TABLE main.session_note (
  claim_id          TEXT,
  claim_line_number INTEGER,
  note_date         TEXT,
  duration_minutes  NUMERIC,
  start_time        TEXT,
  end_time          TEXT,
  purpose           TEXT,
  plan_goal         TEXT,
  activities        TEXT,
  client_response   TEXT,
  progress          TEXT,
  next_steps        TEXT,
  medical_necessity TEXT,
  effectiveness     TEXT,
  complexity        TEXT,
  signed_by         TEXT,
  intake_name       TEXT
);
INSERT INTO main.session_note SELECT * FROM temp.kept_session_note;
DROP TABLE temp.kept_session_note;
CREATE INDEX main.session_note_key ON session_note (claim_id, claim_line_number);

CREATE TABLE main.treatment_plan (
  plan_id         TEXT,
  member_id       TEXT,
  plan_start      TEXT,
  plan_end        TEXT,
  plan_goals      TEXT,
  plan_benchmarks TEXT,
  plan_reviewed   TEXT,
  intake_name     TEXT
);
INSERT INTO main.treatment_plan SELECT * FROM temp.kept_treatment_plan;
DROP TABLE temp.kept_treatment_plan;
CREATE INDEX main.treatment_plan_member ON treatment_plan (member_id, plan_start);

-- Read by sessions_over_cap and sessions_left.  A number may have several rows, each with
-- its codes and its units.
CREATE TABLE main.prior_authorization (
  prior_auth_number TEXT,
  payer_id          TEXT,         -- NULL: any
  member_id         TEXT,
  hcpcs_codes       TEXT,         -- NULL or *: any
  start_date        TEXT,
  end_date          TEXT,
  units             INTEGER,      -- NULL: unlimited
  modifiers         TEXT,
  intake_name       TEXT
);
INSERT INTO main.prior_authorization SELECT * FROM temp.kept_prior_authorization;
DROP TABLE temp.kept_prior_authorization;
CREATE INDEX main.prior_authorization_number ON prior_authorization (prior_auth_number);
CREATE INDEX main.prior_authorization_member ON prior_authorization (member_id, start_date);

-- What payers answered: the columns of h2040_835, filled by intake_835.sql or by you.
CREATE TABLE IF NOT EXISTS main.remittance (
  interchange         TEXT,
  payment_number      TEXT,
  payment_date        TEXT,
  payer_id            TEXT,
  payer_name          TEXT,
  payee_npi           TEXT,
  kind                TEXT,      -- line, claim, provider
  claim_number        TEXT,
  claim_status        TEXT,
  payer_claim_number  TEXT,
  member_id           TEXT,
  hcpcs_code          TEXT,
  modifiers           TEXT,
  paid_hcpcs_code     TEXT,
  line_control_number TEXT,
  service_date        TEXT,
  service_end_date    TEXT,
  charge_amount       NUMERIC,
  paid_amount         NUMERIC,
  patient_amount      NUMERIC,
  units_paid          NUMERIC,
  adjustments         TEXT,      -- JSON: [{"group": "CO", "carc": "197", "amount": 145, "units": null}]
  remarks             TEXT,
  denied              INTEGER,
  denied_amount       NUMERIC,
  problem             TEXT
);

-- --- where it comes from ----------------------------------------------------------

-- What intake.sql reads, each time anew: a table or view of the billing database, or of
-- any other that is attached; main.staging, where you imported a file, is one as well.
--
--   INSERT INTO intake_source (name, kind, source, columns, dates)
--   VALUES ('visits', 'lines', 'visits', 'suggested', 'mdy');
CREATE TABLE IF NOT EXISTS main.intake_source (
  name    TEXT NOT NULL PRIMARY KEY,
  kind    TEXT NOT NULL CHECK (kind IN ('lines', 'notes', 'plans', 'authorizations')),
  schema  TEXT,                  -- NULL: billing
  source  TEXT NOT NULL,
  columns TEXT,                  -- JSON; 'suggested': as h2040_mapping says; NULL: by name
  dates   TEXT                   -- iso, mdy, dmy, excel; NULL: iso
);

-- Files that were read, by their bytes: the same bytes are not read twice, whatever the
-- file is called.
CREATE TABLE IF NOT EXISTS main.intake_file (
  file    TEXT NOT NULL,
  kind    TEXT NOT NULL,         -- 837p, 835
  digest  TEXT NOT NULL,         -- SHA3-256
  bytes   INTEGER NOT NULL,
  rows    INTEGER,
  read_at TEXT NOT NULL,
  PRIMARY KEY (kind, digest)
);

CREATE TABLE IF NOT EXISTS main.intake_log (
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  read_at  TEXT NOT NULL,
  rows     INTEGER NOT NULL,
  problems INTEGER NOT NULL
);

-- What could not be read, as it is now.
CREATE TABLE IF NOT EXISTS main.intake_problem (
  name              TEXT NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  problem           TEXT NOT NULL
);

-- --- what payers want -------------------------------------------------------------

-- Whole policies to start from; policies.sql fills it with the built-in packs.
CREATE TABLE main.policy_pack (
  pack   TEXT NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL
);
INSERT INTO main.policy_pack SELECT * FROM temp.kept_policy_pack;
DROP TABLE temp.kept_policy_pack;

-- A payer's policy for one code, from one day to another: a pack, and what the payer
-- changes in it.  A changed key takes the pack's place whole; null says that there is no
-- limit.
CREATE TABLE main.payer_policy (
  payer_id       TEXT NOT NULL,
  hcpcs_code     TEXT,         -- NULL: the pack's
  effective_from TEXT NOT NULL CHECK (effective_from IS date(effective_from, '+0 days')),
  effective_to   TEXT          CHECK (effective_to IS date(effective_to, '+0 days')),  -- the last day; NULL: open
  pack           TEXT NOT NULL DEFAULT 'session',
  changes        TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (payer_id, hcpcs_code, effective_from, pack),
  CHECK (effective_to IS NULL OR effective_to >= effective_from)
);
INSERT INTO main.payer_policy SELECT * FROM temp.kept_payer_policy;
DROP TABLE temp.kept_payer_policy;

-- Read by sessions_over_cap and sessions_left.
CREATE TABLE main.session_cap (
  cap_id            TEXT,
  payer_id          TEXT,                          -- NULL: every payer
  hcpcs_codes       TEXT NOT NULL DEFAULT 'H2040', -- a list
  max_units         INTEGER,
  period            TEXT,                          -- day, week, month, quarter, year, year from MM-DD,
                                                   -- N days, N months, lifetime
  scope             TEXT DEFAULT 'member',         -- member, member+provider, provider
  effective_from    TEXT,
  effective_to      TEXT,
  modifiers         TEXT,                          -- which lines: they bear all of these …
  one_of_modifiers  TEXT,                          -- … at least one of these …
  without_modifiers TEXT,                          -- … and none of these
  age_from          INTEGER,                       -- … for members of this age
  age_to            INTEGER,
  authorizable      INTEGER DEFAULT 1              -- 0: an authorization does not lift it
);
INSERT INTO main.session_cap SELECT * FROM temp.kept_session_cap;
DROP TABLE temp.kept_session_cap;

-- Read by session_conflicts; without a row it takes any two of H2014, H2017, H2019,
-- H2038, H2040 and H2041.  map_ncci.sql fills it with NCCI's edits.
CREATE TABLE IF NOT EXISTS main.code_pair (
  code_1           TEXT NOT NULL,
  code_2           TEXT NOT NULL,
  effective_from   TEXT,
  effective_to     TEXT,
  modifier_allowed INTEGER,      -- 1: 59, XE, XP, XS and XU explain the pair
  scope            TEXT          -- member, member+provider
);

-- --- who is who -------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS main.payer (
  payer_id TEXT NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS main.provider (
  rendering_npi TEXT NOT NULL PRIMARY KEY,
  name          TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS main.member (
  member_id TEXT NOT NULL PRIMARY KEY,
  name      TEXT NOT NULL
);

-- Another id of the payer same_as: 'acme inc' is 'ACME'.  Lines, authorizations and
-- remittances are read so.
CREATE TABLE IF NOT EXISTS main.payer_alias (
  payer_id TEXT NOT NULL PRIMARY KEY,
  same_as  TEXT NOT NULL
);

-- A client's number in the records, and the insurance's: intake.sql puts the second in
-- the place of the first.
CREATE TABLE IF NOT EXISTS main.member_alias (
  member_id TEXT NOT NULL PRIMARY KEY,
  same_as   TEXT NOT NULL
);

-- --- how it is done --------------------------------------------------------------

-- A finding that someone answers for.  NULL claim_id: every claim; NULL
-- claim_line_number: every line of the claim.
CREATE TABLE IF NOT EXISTS main.waiver (
  rule              TEXT NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  reason            TEXT NOT NULL CHECK (trim(reason) <> ''),
  approved_by       TEXT NOT NULL CHECK (trim(approved_by) <> ''),
  expires_on        TEXT CHECK (expires_on IS date(expires_on, '+0 days')) -- the last day; NULL: never
);
CREATE INDEX IF NOT EXISTS main.waiver_rule ON waiver (rule, claim_id);

-- Fields that you do not keep, and that are therefore not judged: for else a field
-- that is empty on every line is a finding on every line.  intake.sql puts in what no
-- source has (field_not_found), and takes it out when one has it.
--
--   INSERT INTO field_not_kept VALUES ('rendering_taxonomy'), ('plan_benchmarks');
CREATE TABLE IF NOT EXISTS main.field_not_kept (
  field TEXT NOT NULL PRIMARY KEY
);
CREATE TABLE IF NOT EXISTS main.field_not_found (
  field TEXT NOT NULL PRIMARY KEY
);

-- What the views take as given, in one place.  Set as_of to look at the database as on
-- another day.
CREATE TABLE IF NOT EXISTS main.audit_setting (
  setting TEXT NOT NULL PRIMARY KEY,
  value,
  meaning TEXT NOT NULL
);
INSERT OR IGNORE INTO main.audit_setting VALUES
  ('as_of',         NULL, 'the day of the audit, YYYY-MM-DD; NULL: today'),
  ('day_minutes',   1440, 'more minutes than this on one day are impossible (time.impossible_day)'),
  ('group_codes', '90853', 'codes of group sessions, beside modifier HQ (time.overlap)'),
  ('expiring_days',   30, 'an authorization that ends within so many days is about to expire');

-- --- what an audit leaves --------------------------------------------------------

CREATE TABLE main.audit_run (
  run_id           INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at       TEXT NOT NULL,      -- UTC
  as_of            TEXT NOT NULL,
  version          TEXT NOT NULL,
  lines_seen       INTEGER NOT NULL,
  lines_judged     INTEGER NOT NULL,
  lines_not_judged INTEGER NOT NULL,
  findings         INTEGER NOT NULL,   -- new, open and waived; not those resolved
  billed           NUMERIC,            -- dollars of the lines judged
  lines_at_risk    INTEGER,
  paid_at_risk     NUMERIC,            -- dollars that a payer may take back
  unpaid_at_risk   NUMERIC,            -- dollars that a payer may deny
  charges_unread   INTEGER             -- judged lines whose charge is no number: in no sum
);
INSERT INTO main.audit_run SELECT * FROM temp.kept_audit_run;
DROP TABLE temp.kept_audit_run;

CREATE TABLE main.audit_finding (
  run_id            INTEGER NOT NULL REFERENCES audit_run,
  rule              TEXT NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  severity          TEXT NOT NULL,
  message           TEXT NOT NULL,
  remedy            TEXT,
  carc              TEXT,
  amount            NUMERIC,           -- the line's charge
  status            TEXT NOT NULL CHECK (status IN ('new', 'open', 'waived', 'resolved')),
  owner             TEXT,
  category          TEXT,
  field             TEXT,
  value             TEXT
);
INSERT INTO main.audit_finding SELECT * FROM temp.kept_audit_finding;
DROP TABLE temp.kept_audit_finding;
CREATE INDEX main.audit_finding_run ON audit_finding (run_id, rule, claim_id, claim_line_number);
CREATE INDEX main.audit_finding_line ON audit_finding (run_id, claim_id, claim_line_number);

-- A line with a finding that nobody waived, once.  Its dollars are at risk unless all
-- that is amiss is that its payer has no policy.
CREATE TABLE IF NOT EXISTS main.audit_line (
  run_id            INTEGER NOT NULL REFERENCES audit_run,
  claim_id          TEXT,
  claim_line_number INTEGER,
  payer_id          TEXT,
  member_id         TEXT,
  rendering_npi     TEXT,
  hcpcs_code        TEXT,
  service_date      TEXT,
  charge_amount     NUMERIC,
  paid_at_risk      NUMERIC NOT NULL,
  unpaid_at_risk    NUMERIC NOT NULL,
  severity          TEXT NOT NULL,     -- the gravest
  owner             TEXT,              -- who acts first, …
  rule              TEXT NOT NULL,     -- … on this, …
  remedy            TEXT,              -- … and how
  rules             TEXT NOT NULL,     -- all of them
  findings          INTEGER NOT NULL,
  is_new            INTEGER NOT NULL,  -- 1: a finding of it is new
  last_day          TEXT,
  last_day_to       TEXT               -- file, correct, appeal
);
CREATE INDEX IF NOT EXISTS main.audit_line_run ON audit_line (run_id, claim_id, claim_line_number);

-- What was billed and could be judged.
CREATE TABLE IF NOT EXISTS main.audit_billed (
  run_id        INTEGER NOT NULL REFERENCES audit_run,
  payer_id      TEXT,
  rendering_npi TEXT,
  month         TEXT,
  lines         INTEGER NOT NULL,
  dollars       NUMERIC NOT NULL
);
CREATE INDEX IF NOT EXISTS main.audit_billed_run ON audit_billed (run_id);

-- The codes as they are written, and which of them are judged.
CREATE TABLE IF NOT EXISTS main.audit_code (
  run_id     INTEGER NOT NULL REFERENCES audit_run,
  hcpcs_code TEXT,
  lines      INTEGER NOT NULL,
  judged     INTEGER NOT NULL,
  reason     TEXT
);
CREATE INDEX IF NOT EXISTS main.audit_code_run ON audit_code (run_id);

CREATE TABLE IF NOT EXISTS main.audit_not_judged (
  run_id  INTEGER NOT NULL REFERENCES audit_run,
  what    TEXT NOT NULL,               -- line, cap, conflict
  reason  TEXT NOT NULL,
  lines   INTEGER NOT NULL,
  dollars NUMERIC
);
CREATE INDEX IF NOT EXISTS main.audit_not_judged_run ON audit_not_judged (run_id);

CREATE TABLE IF NOT EXISTS main.audit_rule (
  run_id   INTEGER NOT NULL REFERENCES audit_run,
  rule     TEXT NOT NULL,
  place    INTEGER NOT NULL,           -- in the catalogue
  severity TEXT NOT NULL,
  category TEXT NOT NULL,
  owner    TEXT,
  carc     TEXT,                       -- all that it may bear
  title    TEXT NOT NULL,
  remedy   TEXT,
  missing  TEXT                        -- why it was not judged; NULL: it was
);
CREATE INDEX IF NOT EXISTS main.audit_rule_run ON audit_rule (run_id, rule);

-- Caps and authorizations that are over, reached or near (sessions_left).
CREATE TABLE IF NOT EXISTS main.audit_cap_left (
  run_id            INTEGER NOT NULL REFERENCES audit_run,
  cap_id            TEXT,
  payer_id          TEXT,
  member_id         TEXT,
  rendering_npi     TEXT,
  period_start      TEXT,
  period_end        TEXT,
  cap               INTEGER,
  units_used        INTEGER,
  units_left        INTEGER,
  authorized_left   INTEGER,
  prior_auth_number TEXT,
  auth_end          TEXT,
  last_service_date TEXT,
  units_4_weeks     INTEGER,
  runs_out_on       TEXT,
  status            TEXT,
  problem           TEXT
);
CREATE INDEX IF NOT EXISTS main.audit_cap_left_run ON audit_cap_left (run_id);

-- What passed a cap, period by period (sessions_over_cap).
CREATE TABLE IF NOT EXISTS main.audit_cap_over (
  run_id           INTEGER NOT NULL REFERENCES audit_run,
  cap_id           TEXT,
  payer_id         TEXT,
  member_id        TEXT,
  rendering_npi    TEXT,
  period_start     TEXT,
  period_end       TEXT,
  lines            INTEGER NOT NULL,
  lines_uncovered  INTEGER NOT NULL,
  units_over       INTEGER NOT NULL,
  authorized_units INTEGER NOT NULL,
  first_day        TEXT
);
CREATE INDEX IF NOT EXISTS main.audit_cap_over_run ON audit_cap_over (run_id);

-- Policies that overlap, or that depart from the code set.
CREATE TABLE IF NOT EXISTS main.audit_policy_note (
  run_id     INTEGER NOT NULL REFERENCES audit_run,
  payer_id   TEXT,
  hcpcs_code TEXT,
  note       TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS main.audit_policy_note_run ON audit_policy_note (run_id);

-- --- what payers answered, matched by the last run -------------------------------------

-- A row of remittance (its rowid), and the line that it answers: of a claim's row each
-- line has a share, by its charge.
CREATE TABLE IF NOT EXISTS main.remittance_line (
  remittance        INTEGER NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  payment_date      TEXT,
  paid_amount       NUMERIC,
  denied_amount     NUMERIC
);
CREATE INDEX IF NOT EXISTS main.remittance_line_key ON remittance_line (claim_id, claim_line_number);

-- Its adjustments that deny: neither the patient's share nor what no appeal brings back.
CREATE TABLE IF NOT EXISTS main.remittance_denial (
  remittance        INTEGER NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  payment_date      TEXT,
  adjustment_group  TEXT,
  carc              TEXT,
  amount            NUMERIC
);
CREATE INDEX IF NOT EXISTS main.remittance_denial_key ON remittance_denial (claim_id, claim_line_number, carc);

CREATE TABLE IF NOT EXISTS main.remittance_problem (
  remittance    INTEGER NOT NULL,
  payer_id      TEXT,
  claim_number  TEXT,
  hcpcs_code    TEXT,
  service_date  TEXT,
  paid_amount   NUMERIC,
  denied_amount NUMERIC,
  problem       TEXT NOT NULL
);

-- What was amiss with lines that were replaced since: their payers may have answered.
CREATE TABLE IF NOT EXISTS main.superseded_finding (
  claim_id          TEXT,
  claim_line_number INTEGER,
  rule              TEXT NOT NULL,
  severity          TEXT NOT NULL,
  carc              TEXT
);
CREATE INDEX IF NOT EXISTS main.superseded_finding_key ON superseded_finding (claim_id, claim_line_number);

-- --- views of what the last run left -------------------------------------------------

-- What payers would deny or question, each line's dollars once in every row.
-- grouped_by: total, severity, category, rule, payer, provider, month; and waived, by
-- rule, for the findings that someone answers for, which count nowhere else.  dollars:
-- charges; of those paid_at_risk was paid and may be taken back, unpaid_at_risk may be
-- denied.
CREATE VIEW main.audit_risk AS
SELECT run_id, grouped_by, name, sum(findings) AS findings, count(*) AS lines, round(total(charge_amount), 2) AS dollars,
       round(total(paid_at_risk), 2) AS paid_at_risk, round(total(unpaid_at_risk), 2) AS unpaid_at_risk
  FROM (SELECT f.run_id, by.column1 AS grouped_by,
               CASE by.column1
                 WHEN 'total'    THEN 'all'
                 WHEN 'severity' THEN f.severity
                 WHEN 'category' THEN f.category
                 WHEN 'rule'     THEN f.rule
                 WHEN 'waived'   THEN f.rule
                 WHEN 'payer'    THEN l.payer_id
                 WHEN 'provider' THEN l.rendering_npi
                 WHEN 'month'    THEN strftime('%Y-%m', l.service_date)
               END AS name,
               count(*) AS findings,
               max(CASE typeof(f.amount) WHEN 'text' THEN NULL ELSE f.amount END) AS charge_amount,
               max(l.paid_at_risk) AS paid_at_risk, max(l.unpaid_at_risk) AS unpaid_at_risk
          FROM audit_finding AS f
          LEFT JOIN audit_line AS l
            ON l.run_id = f.run_id AND l.claim_id IS f.claim_id AND l.claim_line_number IS f.claim_line_number
         CROSS JOIN (VALUES ('total'), ('severity'), ('category'), ('rule'), ('payer'), ('provider'), ('month'),
                            ('waived')) AS by
         WHERE f.status <> 'resolved' AND f.rule <> 'policy.missing'
           AND (f.status = 'waived') = (by.column1 = 'waived')
         GROUP BY 1, 2, 3, f.claim_id, f.claim_line_number)
 GROUP BY run_id, grouped_by, name;

CREATE VIEW main.denial_risk AS
SELECT grouped_by, name, findings, lines, dollars, paid_at_risk, unpaid_at_risk
  FROM audit_risk WHERE run_id = (SELECT max(run_id) FROM audit_run);

-- What was billed and could be judged, month by month, and what of it is at risk.
CREATE VIEW main.month_trend AS
SELECT billed.month, billed.lines, billed.dollars, coalesce(risk.lines, 0) AS lines_at_risk,
       coalesce(risk.dollars, 0) AS dollars_at_risk,
       round(100.0 * coalesce(risk.lines, 0) / billed.lines, 1) AS percent_at_risk,
       coalesce(risk.paid_at_risk, 0) AS paid_at_risk, coalesce(risk.unpaid_at_risk, 0) AS unpaid_at_risk
  FROM (SELECT month, sum(lines) AS lines, round(total(dollars), 2) AS dollars
          FROM audit_billed WHERE run_id = (SELECT max(run_id) FROM audit_run) GROUP BY month) AS billed
  LEFT JOIN (SELECT * FROM denial_risk WHERE grouped_by = 'month') AS risk
    ON risk.name IS billed.month;

-- Who does what first: of every run, and of the last one.
CREATE VIEW main.audit_work AS
SELECT l.run_id, l.owner, l.remedy, l.rule, l.rules, l.severity, l.claim_id, l.claim_line_number, l.service_date,
       l.hcpcs_code, l.payer_id, p.name AS payer, l.member_id, m.name AS member, l.rendering_npi, r.name AS provider,
       l.paid_at_risk + l.unpaid_at_risk AS dollars,
       CASE WHEN l.paid_at_risk > 0 THEN 'paid' ELSE 'unpaid' END AS money, l.unpaid_at_risk, l.paid_at_risk,
       l.last_day, l.last_day_to, l.is_new, l.findings
  FROM audit_line AS l
  LEFT JOIN payer    AS p ON p.payer_id = l.payer_id
  LEFT JOIN member   AS m ON m.member_id = l.member_id
  LEFT JOIN provider AS r ON r.rendering_npi = l.rendering_npi;

CREATE VIEW main.work_list AS
SELECT owner, remedy, rule, rules, severity, claim_id, claim_line_number, service_date, hcpcs_code, payer_id, payer,
       member_id, member, rendering_npi, provider, dollars, money, unpaid_at_risk, paid_at_risk, last_day, last_day_to, is_new,
       findings
  FROM audit_work WHERE run_id = (SELECT max(run_id) FROM audit_run)
 ORDER BY severity, dollars DESC, last_day, claim_id, claim_line_number;

-- Of each line, replaced ones too: whether an error was found that a payer would deny,
-- and what its payer did.
CREATE VIEW main.prediction AS
SELECT l.claim_id, l.claim_line_number, coalesce(a.same_as, l.payer_id) AS payer_id, l.member_id, l.rendering_npi,
       l.hcpcs_code, l.service_date, l.charge_amount,
       EXISTS (SELECT 1 FROM audit_finding AS f
                WHERE f.run_id = (SELECT max(run_id) FROM audit_run) AND f.claim_id = l.claim_id
                  AND f.claim_line_number = l.claim_line_number AND f.status IN ('new', 'open') AND f.severity = 'error')
       OR EXISTS (SELECT 1 FROM superseded_finding AS f
                   WHERE f.claim_id = l.claim_id AND f.claim_line_number = l.claim_line_number
                     AND f.severity = 'error') AS predicted,
       CASE WHEN r.claim_id IS NULL        THEN 'awaiting'
            WHEN r.denied_amount > 0.005   THEN 'denied'
            WHEN r.paid_amount > 0.005     THEN 'paid'
            ELSE 'nothing_due' END AS outcome,
       r.paid_amount, r.denied_amount, r.payment_date,
       (SELECT group_concat(carc, ' ')
          FROM (SELECT carc FROM remittance_denial AS d
                 WHERE d.claim_id = l.claim_id AND d.claim_line_number = l.claim_line_number
                 GROUP BY carc HAVING total(amount) > 0.005 ORDER BY carc)) AS carcs
  FROM claim_line AS l
  LEFT JOIN payer_alias AS a ON a.payer_id = l.payer_id
  LEFT JOIN (SELECT claim_id, claim_line_number, round(total(paid_amount), 2) AS paid_amount,
                    round(total(denied_amount), 2) AS denied_amount, max(payment_date) AS payment_date
               FROM remittance_line GROUP BY claim_id, claim_line_number) AS r
    ON r.claim_id = l.claim_id AND r.claim_line_number = l.claim_line_number;

-- Of each rule and payer: on how many lines it was broken, how many of those were
-- answered, how many denied, and how many for a reason that is the rule's own.
CREATE VIEW main.rule_accuracy AS
SELECT f.rule, p.payer_id, f.severity, count(*) AS lines, sum(p.outcome <> 'awaiting') AS answered,
       sum(p.outcome = 'denied') AS denied, sum(f.right) AS right, sum(p.outcome <> 'awaiting' AND NOT f.right) AS wrong,
       round(100.0 * sum(f.right) / nullif(sum(p.outcome <> 'awaiting'), 0), 1) AS percent_right
  FROM (SELECT b.rule, b.claim_id, b.claim_line_number, max(b.severity = 'error') AS is_error,
               CASE max(b.severity = 'error') WHEN 1 THEN 'error' ELSE 'warning' END AS severity,
               max(EXISTS (SELECT 1 FROM remittance_denial AS d
                            WHERE d.claim_id = b.claim_id AND d.claim_line_number = b.claim_line_number
                              AND (instr(' ' || b.carc || ' ', ' ' || d.carc || ' ') > 0
                                   OR instr(' ' || b.carcs || ' ', ' ' || d.carc || ' ') > 0)
                            GROUP BY d.carc HAVING total(d.amount) > 0.005)) AS right
          FROM (SELECT f.rule, f.claim_id, f.claim_line_number, f.severity, replace(f.carc, ',', ' ') AS carc,
                       replace(r.carc, ',', ' ') AS carcs
                  FROM audit_finding AS f
                  LEFT JOIN audit_rule AS r ON r.run_id = f.run_id AND r.rule = f.rule
                 WHERE f.run_id = (SELECT max(run_id) FROM audit_run) AND f.status <> 'resolved'
                UNION ALL
                SELECT f.rule, f.claim_id, f.claim_line_number, f.severity, replace(f.carc, ',', ' '),
                       replace(r.carc, ',', ' ')
                  FROM superseded_finding AS f
                  LEFT JOIN audit_rule AS r
                    ON r.run_id = (SELECT max(run_id) FROM audit_run) AND r.rule = f.rule) AS b
         GROUP BY b.rule, b.claim_id, b.claim_line_number) AS f
  JOIN prediction AS p ON p.claim_id = f.claim_id AND p.claim_line_number = f.claim_line_number
 GROUP BY f.rule, p.payer_id;

-- Denials for a reason that no finding of the line has.
CREATE VIEW main.denial_unpredicted AS
SELECT d.claim_id, d.claim_line_number, coalesce(a.same_as, l.payer_id) AS payer_id, l.member_id, l.rendering_npi,
       l.hcpcs_code, l.service_date, d.carc, round(total(d.amount), 2) AS amount, max(d.payment_date) AS payment_date
  FROM remittance_denial AS d
  JOIN claim_line AS l ON l.claim_id = d.claim_id AND l.claim_line_number = d.claim_line_number
  LEFT JOIN payer_alias AS a ON a.payer_id = l.payer_id
 WHERE NOT EXISTS (
         SELECT 1
           FROM (SELECT f.rule, f.carc FROM audit_finding AS f
                  WHERE f.run_id = (SELECT max(run_id) FROM audit_run) AND f.claim_id = d.claim_id
                    AND f.claim_line_number = d.claim_line_number AND f.status <> 'resolved'
                 UNION ALL
                 SELECT f.rule, f.carc FROM superseded_finding AS f
                  WHERE f.claim_id = d.claim_id AND f.claim_line_number = d.claim_line_number) AS f
           LEFT JOIN audit_rule AS r
             ON r.run_id = (SELECT max(run_id) FROM audit_run) AND r.rule = f.rule
          WHERE instr(' ' || replace(f.carc, ',', ' ') || ' ', ' ' || d.carc || ' ') > 0
             OR instr(' ' || replace(r.carc, ',', ' ') || ' ', ' ' || d.carc || ' ') > 0)
 GROUP BY d.claim_id, d.claim_line_number, d.carc
HAVING total(d.amount) > 0.005;

CREATE VIEW main.denial_trend AS
SELECT coalesce(a.same_as, l.payer_id) AS payer_id, d.carc, strftime('%Y-%m', d.payment_date) AS month,
       count(DISTINCT d.claim_id || '/' || d.claim_line_number) AS lines, round(total(d.amount), 2) AS amount
  FROM remittance_denial AS d
  JOIN claim_line AS l ON l.claim_id = d.claim_id AND l.claim_line_number = d.claim_line_number
  LEFT JOIN payer_alias AS a ON a.payer_id = l.payer_id
 GROUP BY 1, 2, 3;

PRAGMA main.user_version = 2;
COMMIT;
