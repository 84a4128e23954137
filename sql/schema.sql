-- schema.sql: the tables that an audit reads and writes.
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/schema.sql'
--
-- Needs:  the extension; nothing in the database.  Safe to run again.
-- Makes:  what is billed        claim_line, session_note, treatment_plan
--         what payers want      payer, policy_pack, payer_policy, session_cap,
--                               prior_authorization
--         what an audit leaves  waiver, audit_run, audit_finding
--         how it is done        field_not_kept, audit_setting
--
-- Then policies.sql (the packs as rows), views.sql (the findings) and audit.sql
-- (a run with history).
--
-- Your own tables: whatever bears one of these names already, a view too, is left
-- as it is.  So a view named claim_line over your table, made before this script
-- runs, is all the mapping there is (map_tuva.sql, map_837p.sql, map_carrier.sql).
--
-- Columns are named as the fields of h2040_check and the columns of
-- sessions_over_cap.  A line is named by claim_id and claim_line_number.  Days are
-- written YYYY-MM-DD; a line whose service_date is written otherwise is judged all
-- the same, but no policy can be found for it and no other line compared with it:
-- line_not_judged lists it.
--
-- Each UNIQUE below ends in the table's key, so it always holds: it is there for
-- its index, and as part of the table it is skipped with the table.

-- --- what is billed --------------------------------------------------------------

CREATE TABLE IF NOT EXISTS claim_line (
  claim_id             TEXT NOT NULL,
  claim_line_number    INTEGER NOT NULL,
  payer_id             TEXT,
  member_id            TEXT,
  hcpcs_code           TEXT,
  modifiers            TEXT,      -- a list: 'GT 76'
  units                NUMERIC,
  service_date         TEXT,
  place_of_service     TEXT,
  diagnosis_codes      TEXT,      -- a list: 'F84.0 F70'
  rendering_npi        TEXT,
  rendering_taxonomy   TEXT,
  prior_auth_number    TEXT,
  treatment            TEXT,
  service_focus        TEXT,      -- skills, habilitation, rehabilitation, behavior
  received_date        TEXT,
  claim_frequency_code TEXT,      -- 1 original, 7 replaces, 8 voids …
  original_claim_id    TEXT,      -- … this claim
  charge_amount        NUMERIC,   -- dollars
  paid_amount          NUMERIC,
  PRIMARY KEY (claim_id, claim_line_number),
  UNIQUE (member_id, service_date, rendering_npi, hcpcs_code, claim_id, claim_line_number),
  UNIQUE (rendering_npi, service_date, member_id, claim_id, claim_line_number),
  UNIQUE (claim_frequency_code, original_claim_id, claim_id, claim_line_number)
);

CREATE TABLE IF NOT EXISTS session_note (
  claim_id          TEXT NOT NULL,
  claim_line_number INTEGER NOT NULL,
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
  PRIMARY KEY (claim_id, claim_line_number),
  UNIQUE (claim_id, claim_line_number, start_time, end_time, duration_minutes),
  UNIQUE (activities, client_response, claim_id, claim_line_number)
);

CREATE TABLE IF NOT EXISTS treatment_plan (
  plan_id         TEXT NOT NULL PRIMARY KEY,
  member_id       TEXT NOT NULL,
  plan_start      TEXT,
  plan_end        TEXT,
  plan_goals      TEXT,
  plan_benchmarks TEXT,
  plan_reviewed   TEXT,
  UNIQUE (member_id, plan_start, plan_id)
);

-- --- what payers want -------------------------------------------------------------

CREATE TABLE IF NOT EXISTS payer (
  payer_id TEXT NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL
);

-- Whole policies to start from; policies.sql fills it with the built-in packs.
CREATE TABLE IF NOT EXISTS policy_pack (
  pack   TEXT NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL CHECK (h2040_policy_problem(policy) IS NULL)
);

-- A payer's policy from one day to another: a pack, and what the payer changes in
-- it.  A changed key takes the pack's place whole; null says that there is no limit.
CREATE TABLE IF NOT EXISTS payer_policy (
  payer_id       TEXT NOT NULL REFERENCES payer,
  effective_from TEXT NOT NULL CHECK (effective_from IS date(effective_from, '+0 days')),
  effective_to   TEXT          CHECK (effective_to IS date(effective_to, '+0 days')),  -- the last day; NULL: open
  pack           TEXT NOT NULL DEFAULT 'session' REFERENCES policy_pack,
  changes        TEXT NOT NULL DEFAULT '{}' CHECK (h2040_policy_problem(changes) IS NULL),
  PRIMARY KEY (payer_id, effective_from, pack),
  CHECK (effective_to IS NULL OR effective_to >= effective_from),
  CHECK (json_valid(changes) AND json_type(changes) = 'object'
         AND json_extract(changes, '$.extends') IS NULL)                    -- the pack says that
);

-- Read by sessions_over_cap.
CREATE TABLE IF NOT EXISTS session_cap (
  cap_id         TEXT NOT NULL PRIMARY KEY,
  payer_id       TEXT,                          -- NULL: every payer
  hcpcs_codes    TEXT NOT NULL DEFAULT 'H2040', -- a list
  max_units      INTEGER NOT NULL CHECK (max_units >= 0),
  period         TEXT NOT NULL,                 -- day, week, month, quarter, year, year from MM-DD,
                                                -- N days, N months, lifetime
  scope          TEXT NOT NULL DEFAULT 'member'
                 CHECK (scope IN ('member', 'member+provider', 'provider')),
  effective_from TEXT,
  effective_to   TEXT
);

-- Read by sessions_over_cap.  One row for each number.
CREATE TABLE IF NOT EXISTS prior_authorization (
  prior_auth_number TEXT NOT NULL PRIMARY KEY,
  payer_id          TEXT,         -- NULL: any
  member_id         TEXT NOT NULL,
  hcpcs_codes       TEXT,         -- NULL: any
  start_date        TEXT,
  end_date          TEXT,
  units             INTEGER,      -- NULL: unlimited
  UNIQUE (member_id, start_date, prior_auth_number)
);

-- --- what an audit leaves --------------------------------------------------------

-- A finding that someone answers for.  NULL claim_id: every claim; NULL
-- claim_line_number: every line of the claim.
CREATE TABLE IF NOT EXISTS waiver (
  rule              TEXT NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  reason            TEXT NOT NULL CHECK (trim(reason) <> ''),
  approved_by       TEXT NOT NULL CHECK (trim(approved_by) <> ''),
  expires_on        TEXT CHECK (expires_on IS date(expires_on, '+0 days')) -- the last day; NULL: never
);
CREATE INDEX IF NOT EXISTS waiver_rule ON waiver (rule, claim_id);

CREATE TABLE IF NOT EXISTS audit_run (
  run_id           INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at       TEXT NOT NULL,      -- UTC
  as_of            TEXT NOT NULL,
  version          TEXT NOT NULL,
  lines_seen       INTEGER NOT NULL,
  lines_judged     INTEGER NOT NULL,
  lines_not_judged INTEGER NOT NULL,
  findings         INTEGER NOT NULL    -- new, open and waived; not those resolved
);

CREATE TABLE IF NOT EXISTS audit_finding (
  run_id            INTEGER NOT NULL REFERENCES audit_run,
  rule              TEXT NOT NULL,
  claim_id          TEXT,
  claim_line_number INTEGER,
  severity          TEXT NOT NULL,
  message           TEXT NOT NULL,
  remedy            TEXT,
  carc              TEXT,
  amount            NUMERIC,           -- the line's charge
  status            TEXT NOT NULL CHECK (status IN ('new', 'open', 'waived', 'resolved'))
);
CREATE INDEX IF NOT EXISTS audit_finding_run ON audit_finding (run_id, rule, claim_id, claim_line_number);

-- --- how it is done --------------------------------------------------------------

-- Fields that you do not keep, and that are therefore not judged: for else a field
-- that is empty on every line is a finding on every line.  rule_not_judged shows what
-- that leaves out.
--
--   INSERT INTO field_not_kept VALUES ('rendering_taxonomy'), ('plan_benchmarks');
CREATE TABLE IF NOT EXISTS field_not_kept (
  field TEXT NOT NULL PRIMARY KEY
);

-- What the views take as given, in one place.  Set as_of to look at the database as on
-- another day.
CREATE TABLE IF NOT EXISTS audit_setting (
  setting TEXT NOT NULL PRIMARY KEY,
  value,
  meaning TEXT NOT NULL
);
INSERT OR IGNORE INTO audit_setting VALUES
  ('as_of',         NULL, 'the day of the audit, YYYY-MM-DD; NULL: today'),
  ('day_minutes',   1440, 'more minutes than this on one day are impossible (time.impossible_day)'),
  ('expiring_days',   30, 'an authorization that ends within so many days is about to expire');
