-- shard.sql: a database split by member, so that several processors or machines
-- audit it at once.
--
--   sqlite3 -cmd '.parameter set :shard 0' -cmd '.parameter set :shards 4' audit.db '.read sql/shard.sql'
--
-- Needs:  the tables of schema.sql; not the extension.
-- Makes:  shard0.db, the first of 4, in the current folder, and prints how many lines
--         it holds.  Once for each of 0, 1, 2 and 3.  A file that is there already is
--         an error: remove the old ones first.  audit.db is only read; do not change
--         it until all are made.
--
-- In every shard lie the payers, their policies and caps, the waivers and the settings,
-- whole; and of the lines, notes, plans and authorizations those of its members.  Every
-- line is in exactly one shard, and all of a member's lines are in the same one.  So the
-- answers of all shards, put together, are the answer of the whole for whatever looks
-- at one member at a time:
--
--   h2040_audit, h2040_finding, line_not_judged, sessions_over_cap and sessions_left with
--   caps of scope member and member+provider, duplicate.session, similar.same_day,
--   time.member_overlap, claim.resent
--
-- and not for what compares members with each other: caps of scope provider (an error
-- here), time.overlap, time.impossible_day, note.cloned; nor for whether a payer has any
-- authorization on file.  Ask those of the whole.  Counts of lines and findings add up;
-- authorization_balance does too.
--
-- Members between whom something passes are not parted, and go to shard 0: one's claim
-- names another's as its original; a line bears the number of another's authorization.
-- Lines without a member go there too.
--
-- Tables in a shard are copies: the values, and the indexes that the audit uses, without
-- constraints and collations.  A shard is made to be read, and made anew.

.bail on

-- --- what cannot be done is said --------------------------------------------------

CREATE TEMP TABLE shard_problem (problem);
CREATE TEMP TRIGGER shard_problem_stops BEFORE INSERT ON shard_problem
BEGIN
  SELECT CASE NEW.problem
    WHEN 'parameters'
      THEN RAISE(ABORT, 'shard.sql: set :shards to how many there will be and :shard to one of 0, 1 … :shards - 1')
    WHEN 'provider'
      THEN RAISE(ABORT, 'shard.sql: session_cap has a cap of scope provider, which counts across members: split a copy without it, and ask it of the whole, as in SELECT * FROM sessions_over_cap WHERE cap_id = ''…''')
  END;
END;

INSERT INTO shard_problem
SELECT 'parameters'
 WHERE NOT coalesce(typeof(:shard) = 'integer' AND typeof(:shards) = 'integer' AND :shard >= 0 AND :shard < :shards, 0);

INSERT INTO shard_problem
SELECT 'provider' FROM main.session_cap WHERE lower(trim(scope)) = 'provider' LIMIT 1;

-- --- which member goes where ------------------------------------------------------

-- NUMERIC, so that 7 and '07', which a join may take for one member, are one row.  A
-- missing member is x''.
CREATE TEMP TABLE shard_member (
  member_id NUMERIC PRIMARY KEY,
  lines     INTEGER NOT NULL DEFAULT 0,
  tied      INTEGER NOT NULL DEFAULT 0,
  shard     INTEGER
);

INSERT INTO shard_member (member_id, lines)
SELECT coalesce(member_id, x''), count(*) FROM main.claim_line WHERE true GROUP BY member_id
    ON CONFLICT (member_id) DO UPDATE SET lines = lines + excluded.lines;
INSERT OR IGNORE INTO shard_member (member_id) SELECT coalesce(member_id, x'') FROM main.treatment_plan;
INSERT OR IGNORE INTO shard_member (member_id) SELECT coalesce(member_id, x'') FROM main.prior_authorization;
INSERT OR IGNORE INTO shard_member (member_id) VALUES (x'');

CREATE TEMP TABLE shard_tie (member_id NUMERIC, other_id NUMERIC);
INSERT INTO shard_tie
SELECT DISTINCT coalesce(l.member_id, x''), coalesce(o.member_id, x'')
  FROM main.claim_line AS l JOIN main.claim_line AS o ON o.claim_id = l.original_claim_id
 WHERE l.member_id IS NOT o.member_id
 UNION
SELECT DISTINCT coalesce(l.member_id, x''), coalesce(o.member_id, x'')
  FROM main.claim_line AS l JOIN main.claim_line AS o ON o.claim_number = l.original_claim_id
 WHERE l.member_id IS NOT o.member_id
 UNION
SELECT DISTINCT coalesce(l.member_id, x''), coalesce(o.member_id, x'')
  FROM main.claim_line AS l JOIN main.claim_line AS o ON o.payer_claim_number = l.original_claim_id
 WHERE l.original_claim_id IS NOT NULL AND o.payer_claim_number IS NOT NULL AND l.member_id IS NOT o.member_id
 UNION
SELECT DISTINCT coalesce(l.member_id, x''), coalesce(a.member_id, x'')
  FROM main.claim_line AS l JOIN main.prior_authorization AS a ON a.prior_auth_number = l.prior_auth_number
 WHERE l.member_id IS NOT a.member_id;

UPDATE shard_member
   SET tied = 1
 WHERE member_id = x'' OR member_id IN (SELECT member_id FROM shard_tie UNION SELECT other_id FROM shard_tie);

-- Ranges of members, with about as many lines each.
UPDATE shard_member
   SET shard = CASE WHEN tied THEN 0 ELSE min(:shards - 1, before * :shards / total) END
  FROM (SELECT member_id AS id,
               sum(lines) OVER (ORDER BY tied DESC, member_id ROWS UNBOUNDED PRECEDING) - lines AS before,
               max(1, sum(lines) OVER ()) AS total
          FROM shard_member)
 WHERE id = member_id;

-- --- the shard --------------------------------------------------------------------

ATTACH 'shard' || :shard || '.db' AS shard;
BEGIN;

CREATE TABLE shard.payer         AS SELECT * FROM main.payer;
CREATE TABLE shard.policy_pack   AS SELECT * FROM main.policy_pack;
CREATE TABLE shard.payer_policy  AS SELECT * FROM main.payer_policy;
CREATE TABLE shard.session_cap   AS SELECT * FROM main.session_cap;
CREATE TABLE shard.code_pair     AS SELECT * FROM main.code_pair;
CREATE TABLE shard.payer_alias   AS SELECT * FROM main.payer_alias;
CREATE TABLE shard.waiver        AS SELECT * FROM main.waiver;
CREATE TABLE shard.audit_setting AS SELECT * FROM main.audit_setting;
CREATE TABLE shard.field_not_kept AS SELECT * FROM main.field_not_kept;

CREATE TABLE shard.claim_line AS
SELECT * FROM main.claim_line AS l
 WHERE (SELECT shard FROM shard_member AS m WHERE m.member_id = coalesce(l.member_id, x'')) = :shard;
CREATE INDEX shard.claim_line_key      ON claim_line (claim_id, claim_line_number);
CREATE INDEX shard.claim_line_number   ON claim_line (claim_number, claim_id);
CREATE INDEX shard.claim_line_member   ON claim_line (member_id, service_date);
CREATE INDEX shard.claim_line_replaces ON claim_line (member_id) WHERE claim_frequency_code <> '1' OR units < 0;
CREATE INDEX shard.payer_alias_payer   ON payer_alias (payer_id);

-- A note lies with its line; one without a line in shard 0.
CREATE TABLE shard.session_note AS
SELECT * FROM main.session_note AS n
 WHERE EXISTS (SELECT 1 FROM shard.claim_line AS l
                WHERE l.claim_id = n.claim_id AND l.claim_line_number = n.claim_line_number)
    OR :shard = 0
   AND NOT EXISTS (SELECT 1 FROM main.claim_line AS l
                    WHERE l.claim_id = n.claim_id AND l.claim_line_number = n.claim_line_number);
CREATE INDEX shard.session_note_key ON session_note (claim_id, claim_line_number);

CREATE TABLE shard.treatment_plan AS
SELECT * FROM main.treatment_plan AS t
 WHERE (SELECT shard FROM shard_member AS m WHERE m.member_id = coalesce(t.member_id, x'')) = :shard;
CREATE INDEX shard.treatment_plan_member ON treatment_plan (member_id, plan_start);

CREATE TABLE shard.prior_authorization AS
SELECT * FROM main.prior_authorization AS a
 WHERE (SELECT shard FROM shard_member AS m WHERE m.member_id = coalesce(a.member_id, x'')) = :shard;
CREATE INDEX shard.prior_authorization_number ON prior_authorization (prior_auth_number);
CREATE INDEX shard.prior_authorization_member ON prior_authorization (member_id, start_date);

COMMIT;

SELECT 'shard' || :shard || '.db: ' || count(*) || ' of ' || (SELECT count(*) FROM main.claim_line) || ' lines'
  FROM shard.claim_line;
