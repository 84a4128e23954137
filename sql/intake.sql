-- intake.sql: from the billing database into the audit's.
--
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :billing billing.db' audit.db '.read sql/intake.sql'
--
-- Needs:  schema.sql, and a row of intake_source for each table or view to read:
--
--           INSERT INTO intake_source (name, kind, source, columns, dates) VALUES
--             ('visits', 'lines', 'visits', 'suggested', 'mdy'),
--             ('notes',  'notes', 'progress_notes', '{"client_response": "response"}', 'mdy');
--
--         kind is lines, notes, plans or authorizations.  columns says which column is
--         which field: JSON, or 'suggested' for what h2040_mapping says (look at it once:
--         SELECT h2040_mapping('visits', 'billing')), or NULL where they have our names.
--         schema is billing unless you say otherwise: main is audit.db itself, where
--         .import put a file; temp a view of this session (map_tuva.sql, map_carrier.sql).
-- Makes:  claim_line, session_note, treatment_plan and prior_authorization, as h2040_lines
--         reads them.  What an earlier run put there goes; what you put there stays.  Safe
--         to run again, and to run each night.
--
-- The file :billing is attached read-only as billing, for as long as the copying takes;
-- without :billing it is the database that you attached under that name.
--
--   A claim without line numbers has its lines numbered in their order.
--   A correction that kept its claim's number gets a claim_id of its own, 'C7 (7)': both
--   bear claim_number C7, and so the correction finds what it replaces.
--   A note joins its line by claim_id and line, else by claim_number and line, else as the
--   only line of that member, day and code; where it names no line, its claim's only one.
--   member_alias puts the insurance's number in the place of the client's.
--   Fields that no source has go into field_not_kept: they are not judged missing.
--   What cannot be read, or joined, is in intake_problem.

.bail on
.timeout 60000
.headers off
.mode list

CREATE TEMP TABLE IF NOT EXISTS intake_stop (what);
DROP TRIGGER IF EXISTS temp.intake_stops;
CREATE TEMP TRIGGER intake_stops BEFORE INSERT ON intake_stop
BEGIN
  SELECT CASE NEW.what
    WHEN 'source' THEN RAISE(ABORT, 'intake.sql: intake_source is empty: INSERT INTO intake_source (name, kind, source, columns) VALUES (''visits'', ''lines'', ''visits'', ''suggested'');')
    ELSE RAISE(ABORT, 'intake.sql: there is no database billing: .parameter set :billing /path/to/billing.db before you read this script, or attach one as billing')
  END;
END;
INSERT INTO temp.intake_stop
SELECT 'source' WHERE NOT EXISTS (SELECT 1 FROM main.intake_source) AND NOT EXISTS (SELECT 1 FROM main.intake_file);
INSERT INTO temp.intake_stop
SELECT 'billing'
 WHERE :billing IS NULL
   AND EXISTS (SELECT 1 FROM main.intake_source WHERE lower(coalesce(schema, 'billing')) = 'billing')
   AND NOT EXISTS (SELECT 1 FROM temp.pragma_database_list WHERE lower(name) = 'billing');

ATTACH CASE WHEN :billing IS NULL THEN ':memory:'
            ELSE 'file:' || replace(replace(replace(:billing, '%', '%25'), '?', '%3f'), '#', '%23') || '?mode=ro' END
    AS CASE WHEN :billing IS NULL THEN 'h2040_no_billing' ELSE 'billing' END;

-- The first statement writes to audit.db: so it waits here, and no other database is
-- locked for writing, as it would be by BEGIN IMMEDIATE.
BEGIN;
DELETE FROM main.intake_problem WHERE name NOT IN (SELECT file FROM main.intake_file);

DROP TABLE IF EXISTS temp.intake_clock;
CREATE TEMP TABLE intake_clock AS SELECT julianday('now') AS at, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS read_at;

-- --- what is read, and which fields it has -------------------------------------------

DROP TABLE IF EXISTS temp.intake_now;
CREATE TEMP TABLE intake_now AS
SELECT name, kind, coalesce(schema, 'billing') AS schema, source,
       CASE lower(columns) WHEN 'suggested' THEN h2040_mapping(source, coalesce(schema, 'billing')) ELSE columns END AS columns,
       dates, lower(coalesce(columns, '')) = 'suggested' AS suggested
  FROM main.intake_source;

SELECT printf('%s: %s', name, columns) FROM temp.intake_now WHERE suggested;

DROP TABLE IF EXISTS temp.intake_had;
CREATE TEMP TABLE intake_had AS
SELECT n.name, n.kind, c.field
  FROM temp.intake_now AS n
 CROSS JOIN temp.h2040_columns AS c
 WHERE c.source = n.source AND c.schema = n.schema AND c.dates = n.dates AND c.match = 'name'
   AND c.field NOT IN (SELECT key FROM temp.json_each(n.columns) WHERE type = 'null')
UNION
SELECT n.name, n.kind, j.key FROM temp.intake_now AS n, temp.json_each(n.columns) AS j WHERE j.type <> 'null';

-- --- lines ---------------------------------------------------------------------------

DROP TABLE IF EXISTS temp.intake_line;
CREATE TEMP TABLE intake_line AS
SELECT n.name, l.claim_id, l.claim_line_number, l.payer_id, coalesce(a.same_as, l.member_id) AS member_id, l.hcpcs_code,
       l.modifiers, l.units, l.unit_measure, l.service_date, l.service_end_date, l.place_of_service, l.diagnosis_codes,
       l.rendering_npi, l.rendering_taxonomy, l.prior_auth_number, l.treatment, l.service_focus, l.received_date,
       l.claim_number, l.claim_frequency_code, l.original_claim_id, l.payer_claim_number, l.charge_amount, l.paid_amount,
       l.birth_date, l.coverage_start, l.coverage_end, l.provider_start, l.provider_end, l.staff_id, l.billing_npi,
       l.note_date, l.duration_minutes, l.start_time, l.end_time, l.purpose, l.plan_goal, l.activities,
       l.client_response, l.progress, l.next_steps, l.medical_necessity, l.effectiveness, l.complexity, l.signed_by,
       l.plan_start, l.plan_end, l.plan_goals, l.plan_benchmarks, l.plan_reviewed,
       l.prior_auth_start, l.prior_auth_end, l.authorized_units, l.authorized_codes, l.problem
  FROM temp.intake_now AS n
 CROSS JOIN temp.h2040_lines AS l
  LEFT JOIN main.member_alias AS a ON a.member_id = l.member_id
 WHERE n.kind = 'lines'
   AND l.source = n.source AND l.columns = n.columns AND l.schema = n.schema AND l.dates = n.dates;
CREATE INDEX temp.intake_line_claim ON intake_line (name, claim_id);

INSERT INTO main.intake_problem
SELECT name, claim_id, claim_line_number, problem FROM temp.intake_line WHERE problem IS NOT NULL;

-- Lines without numbers, in their order.
DROP TABLE IF EXISTS temp.intake_number;
CREATE TEMP TABLE intake_number AS
SELECT line, n
  FROM (SELECT rowid AS line, claim_line_number,
               count(claim_line_number) OVER claim AS numbered,
               row_number() OVER (PARTITION BY name, claim_id, payer_id, member_id, claim_number, claim_frequency_code,
                                               received_date ORDER BY rowid) AS n
          FROM temp.intake_line
         WHERE (name, claim_id) IN (SELECT name, claim_id FROM temp.intake_line WHERE claim_line_number IS NULL)
        WINDOW claim AS (PARTITION BY name, claim_id))
 WHERE numbered = 0;
UPDATE temp.intake_line
   SET claim_line_number = (SELECT n FROM temp.intake_number WHERE line = intake_line.rowid)
 WHERE rowid IN (SELECT line FROM temp.intake_number);

-- Claims of one claim_id: those of another frequency, and those whose lines would bear
-- the same numbers, are claims of their own.  The one received first keeps its claim_id.
DROP TABLE IF EXISTS temp.intake_claim;
CREATE TEMP TABLE intake_claim AS
SELECT name, claim_id, claim_frequency_code, received_date,
       row_number() OVER (PARTITION BY name, claim_id
                          ORDER BY coalesce(received_date, ''), coalesce(nullif(claim_frequency_code, ''), '1'), min(rowid)) AS place
  FROM temp.intake_line
 WHERE (name, claim_id) IN (
         SELECT name, claim_id FROM temp.intake_line
          GROUP BY name, claim_id
         HAVING min(coalesce(claim_frequency_code, '1')) <> max(coalesce(claim_frequency_code, '1'))
         UNION
         SELECT name, claim_id FROM temp.intake_line
          GROUP BY name, claim_id, claim_line_number HAVING count(*) > 1)
 GROUP BY name, claim_id, claim_frequency_code, received_date;
UPDATE temp.intake_line
   SET claim_number = coalesce(claim_number, claim_id),
       claim_id = claim_id || CASE (SELECT place FROM temp.intake_claim AS c
                                     WHERE c.name = intake_line.name AND c.claim_id = intake_line.claim_id
                                       AND c.claim_frequency_code IS intake_line.claim_frequency_code
                                       AND c.received_date IS intake_line.received_date)
                              WHEN 1 THEN ''
                              ELSE ' (' || coalesce(claim_frequency_code, '1') || coalesce(', ' || received_date, '') || ')' END
 WHERE (name, claim_id) IN (SELECT name, claim_id FROM temp.intake_claim);

DELETE FROM main.claim_line
 WHERE intake_name IS NOT NULL AND intake_name NOT IN (SELECT file FROM main.intake_file);
INSERT INTO main.claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure,
                             service_date, service_end_date, place_of_service, diagnosis_codes, rendering_npi,
                             rendering_taxonomy, prior_auth_number, treatment, service_focus, received_date, claim_number,
                             claim_frequency_code, original_claim_id, payer_claim_number, charge_amount, paid_amount,
                             birth_date, coverage_start, coverage_end, provider_start, provider_end, staff_id, billing_npi,
                             intake_name)
SELECT claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure, service_date,
       service_end_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number, treatment,
       service_focus, received_date, claim_number, claim_frequency_code, original_claim_id, payer_claim_number,
       charge_amount, paid_amount, birth_date, coverage_start, coverage_end, provider_start, provider_end, staff_id,
       billing_npi, name
  FROM temp.intake_line ORDER BY rowid;

-- --- notes ----------------------------------------------------------------------------

-- (h2040_lines puts a row's number where a source has no claim_id; that joins nothing.)
DROP TABLE IF EXISTS temp.intake_note;
CREATE TEMP TABLE intake_note AS
SELECT n.name, CASE WHEN EXISTS (SELECT 1 FROM temp.intake_had AS h WHERE h.name = n.name AND h.field = 'claim_id')
                    THEN l.claim_id END AS claim_id,
       l.claim_line_number, l.claim_number, coalesce(a.same_as, l.member_id) AS member_id,
       coalesce(l.service_date, l.note_date) AS service_date, l.hcpcs_code, l.note_date, l.duration_minutes,
       l.start_time, l.end_time, l.purpose, l.plan_goal, l.activities, l.client_response, l.progress, l.next_steps,
       l.medical_necessity, l.effectiveness, l.complexity, l.signed_by, l.problem
  FROM temp.intake_now AS n
 CROSS JOIN temp.h2040_lines AS l
  LEFT JOIN main.member_alias AS a ON a.member_id = l.member_id
 WHERE n.kind = 'notes'
   AND l.source = n.source AND l.columns = n.columns AND l.schema = n.schema AND l.dates = n.dates;

INSERT INTO main.intake_problem
SELECT name, coalesce(claim_id, claim_number), claim_line_number, problem FROM temp.intake_note WHERE problem IS NOT NULL;

-- Each note with the lines that it may be of; way 1 goes before 2 and 3.
DROP TABLE IF EXISTS temp.intake_note_line;
CREATE TEMP TABLE intake_note_line AS
SELECT n.rowid AS note, l.rowid AS line, 1 AS way, n.claim_line_number IS NULL AS open
  FROM temp.intake_note AS n CROSS JOIN main.claim_line AS l
    ON l.claim_id = n.claim_id AND l.claim_line_number = coalesce(n.claim_line_number, l.claim_line_number)
UNION
SELECT n.rowid, l.rowid, 1, n.claim_line_number IS NULL     -- a correction bears the number as claim_number
  FROM temp.intake_note AS n CROSS JOIN main.claim_line AS l
    ON l.claim_number = n.claim_id AND l.claim_line_number = coalesce(n.claim_line_number, l.claim_line_number)
UNION
SELECT n.rowid, l.rowid, 2, n.claim_line_number IS NULL
  FROM temp.intake_note AS n CROSS JOIN main.claim_line AS l
    ON l.claim_number = n.claim_number AND l.claim_line_number = coalesce(n.claim_line_number, l.claim_line_number)
UNION
SELECT n.rowid, l.rowid, 2, n.claim_line_number IS NULL
  FROM temp.intake_note AS n CROSS JOIN main.claim_line AS l
    ON l.claim_id = n.claim_number AND l.claim_number IS NULL
   AND l.claim_line_number = coalesce(n.claim_line_number, l.claim_line_number)
UNION
SELECT n.rowid, l.rowid, 3, 1
  FROM temp.intake_note AS n CROSS JOIN main.claim_line AS l
    ON l.member_id = n.member_id AND l.service_date = n.service_date
   AND (n.hcpcs_code IS NULL OR l.hcpcs_code = n.hcpcs_code);
CREATE INDEX temp.intake_note_line_note ON intake_note_line (note, way);

-- Where no line is named, it must be the only one: a line and its corrections are one.
DROP TABLE IF EXISTS temp.intake_note_sure;
CREATE TEMP TABLE intake_note_sure AS
SELECT k.note, k.line
  FROM temp.intake_note_line AS k
  JOIN (SELECT k.note, k.way,
               max(k.open) AND count(DISTINCT coalesce(l.claim_number, l.claim_id) || '/' || l.claim_line_number) > 1 AS unsure
          FROM temp.intake_note_line AS k JOIN main.claim_line AS l ON l.rowid = k.line GROUP BY k.note, k.way) AS u
    ON u.note = k.note AND u.way = k.way AND NOT u.unsure
 WHERE k.way = (SELECT min(o.way) FROM temp.intake_note_line AS o WHERE o.note = k.note);
CREATE INDEX temp.intake_note_sure_note ON intake_note_sure (note);
CREATE INDEX temp.intake_note_sure_line ON intake_note_sure (line, note);

INSERT INTO main.intake_problem
SELECT n.name, coalesce(n.claim_id, n.claim_number), n.claim_line_number,
       printf('note%s: %s', coalesce(' of member ' || n.member_id, '') || coalesce(' on ' || n.service_date, ''),
              CASE WHEN EXISTS (SELECT 1 FROM temp.intake_note_line AS k WHERE k.note = n.rowid)
                   THEN 'it may be of several lines' ELSE 'there is no line for it' END)
  FROM temp.intake_note AS n WHERE n.rowid NOT IN (SELECT note FROM temp.intake_note_sure)
UNION ALL
SELECT n.name, l.claim_id, l.claim_line_number, 'another note of this line was taken'
  FROM temp.intake_note_sure AS k
  JOIN temp.intake_note AS n ON n.rowid = k.note
  JOIN main.claim_line AS l ON l.rowid = k.line
 WHERE k.note > (SELECT min(o.note) FROM temp.intake_note_sure AS o WHERE o.line = k.line);

DELETE FROM main.session_note WHERE intake_name IS NOT NULL;
INSERT INTO main.session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose,
                               plan_goal, activities, client_response, progress, next_steps, medical_necessity,
                               effectiveness, complexity, signed_by, intake_name)
SELECT l.claim_id, l.claim_line_number, n.note_date, n.duration_minutes, n.start_time, n.end_time, n.purpose, n.plan_goal,
       n.activities, n.client_response, n.progress, n.next_steps, n.medical_necessity, n.effectiveness, n.complexity,
       n.signed_by, n.name
  FROM temp.intake_note_sure AS k
  JOIN temp.intake_note AS n ON n.rowid = k.note
  JOIN main.claim_line AS l ON l.rowid = k.line
 WHERE k.note = (SELECT min(o.note) FROM temp.intake_note_sure AS o WHERE o.line = k.line)
 ORDER BY k.note;
-- A table of lines may have the notes in the same row.
INSERT INTO main.session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose,
                               plan_goal, activities, client_response, progress, next_steps, medical_necessity,
                               effectiveness, complexity, signed_by, intake_name)
SELECT claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose, plan_goal, activities,
       client_response, progress, next_steps, medical_necessity, effectiveness, complexity, signed_by, name
  FROM temp.intake_line
 WHERE coalesce(note_date, duration_minutes, start_time, end_time, purpose, plan_goal, activities, client_response, progress,
                next_steps, medical_necessity, effectiveness, complexity, signed_by) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM main.session_note AS n
                    WHERE n.claim_id = intake_line.claim_id AND n.claim_line_number = intake_line.claim_line_number)
 ORDER BY rowid;

-- --- plans and authorizations -----------------------------------------------------------

DROP TABLE IF EXISTS temp.intake_other;
CREATE TEMP TABLE intake_other AS
SELECT n.name, n.kind, l.payer_id, coalesce(a.same_as, l.member_id) AS member_id, l.modifiers,
       l.plan_start, l.plan_end, l.plan_goals, l.plan_benchmarks, l.plan_reviewed,
       l.prior_auth_number, l.prior_auth_start, l.prior_auth_end, l.authorized_units, l.authorized_codes, l.hcpcs_code,
       CASE WHEN n.kind = 'authorizations' AND l.prior_auth_number IS NULL THEN 'an authorization without a number'
            WHEN l.member_id IS NULL THEN n.kind || ': a row without a member' ELSE l.problem END AS problem
  FROM temp.intake_now AS n
 CROSS JOIN temp.h2040_lines AS l
  LEFT JOIN main.member_alias AS a ON a.member_id = l.member_id
 WHERE n.kind IN ('plans', 'authorizations')
   AND l.source = n.source AND l.columns = n.columns AND l.schema = n.schema AND l.dates = n.dates;

INSERT INTO main.intake_problem
SELECT name, prior_auth_number, NULL, problem FROM temp.intake_other WHERE problem IS NOT NULL;

DELETE FROM main.treatment_plan WHERE intake_name IS NOT NULL;
INSERT INTO main.treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed,
                                 intake_name)
SELECT printf('%s:%d', name, rowid), member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed, name
  FROM temp.intake_other WHERE kind = 'plans' AND member_id IS NOT NULL ORDER BY rowid;
INSERT INTO main.treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed,
                                 intake_name)
SELECT printf('%s:%d', name, min(rowid)), member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed, name
  FROM temp.intake_line
 WHERE member_id IS NOT NULL
   AND coalesce(plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed) IS NOT NULL
 GROUP BY name, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed;

DELETE FROM main.prior_authorization WHERE intake_name IS NOT NULL;
INSERT INTO main.prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units,
                                      modifiers, intake_name)
SELECT prior_auth_number, payer_id, member_id, coalesce(authorized_codes, hcpcs_code), prior_auth_start, prior_auth_end,
       authorized_units, modifiers, name
  FROM temp.intake_other
 WHERE kind = 'authorizations' AND prior_auth_number IS NOT NULL AND member_id IS NOT NULL ORDER BY rowid;
-- From lines only with their units: an authorization without is one without an end.
INSERT INTO main.prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units,
                                      intake_name)
SELECT DISTINCT prior_auth_number, payer_id, member_id, authorized_codes, prior_auth_start, prior_auth_end, authorized_units, name
  FROM temp.intake_line
 WHERE prior_auth_number IS NOT NULL AND authorized_units IS NOT NULL AND member_id IS NOT NULL
   AND prior_auth_number NOT IN (SELECT prior_auth_number FROM main.prior_authorization);

-- --- fields that nobody has ---------------------------------------------------------------

-- A table that you filled yourself is taken to have all its fields; an 837P has those of
-- a claim.
DROP TABLE IF EXISTS temp.intake_field;
CREATE TEMP TABLE intake_field (field, of);
INSERT INTO temp.intake_field VALUES
  ('modifiers', 'claim'), ('units', 'claim'), ('service_end_date', 'claim'), ('unit_measure', 'claim'),
  ('place_of_service', 'claim'), ('diagnosis_codes', 'claim'), ('rendering_npi', 'claim'), ('rendering_taxonomy', 'claim'),
  ('member_id', 'claim'), ('charge_amount', 'claim'), ('claim_frequency_code', 'claim'), ('original_claim_id', 'claim'),
  ('received_date', 'claim'), ('prior_auth_number', 'claim'), ('birth_date', 'claim'),
  ('treatment', 'line'), ('service_focus', 'line'), ('coverage_start', 'line'), ('coverage_end', 'line'),
  ('provider_start', 'line'), ('provider_end', 'line'), ('staff_id', 'line'),
  ('prior_auth_start', 'authorization'), ('prior_auth_end', 'authorization'),
  ('note_date', 'note'), ('duration_minutes', 'note'), ('start_time', 'note'), ('end_time', 'note'), ('purpose', 'note'),
  ('plan_goal', 'note'), ('activities', 'note'), ('client_response', 'note'), ('progress', 'note'), ('next_steps', 'note'),
  ('medical_necessity', 'note'), ('effectiveness', 'note'), ('complexity', 'note'), ('signed_by', 'note'),
  ('plan_start', 'plan'), ('plan_end', 'plan'), ('plan_goals', 'plan'), ('plan_benchmarks', 'plan'), ('plan_reviewed', 'plan');
DELETE FROM temp.intake_field
 WHERE field IN (SELECT CASE WHEN field GLOB 'modifier_[1-4]' THEN 'modifiers' WHEN field GLOB 'diagnosis_[1-9]*' THEN 'diagnosis_codes'
                             ELSE field END FROM temp.intake_had)
    OR of = 'claim' AND EXISTS (SELECT 1 FROM main.intake_file WHERE kind = '837p')
    OR of IN ('claim', 'line') AND EXISTS (SELECT 1 FROM main.claim_line WHERE intake_name IS NULL)
    OR of = 'authorization' AND EXISTS (SELECT 1 FROM main.prior_authorization)
    OR of = 'note' AND EXISTS (SELECT 1 FROM main.session_note WHERE intake_name IS NULL)
    OR of = 'plan' AND EXISTS (SELECT 1 FROM main.treatment_plan WHERE intake_name IS NULL);
DELETE FROM main.field_not_kept WHERE field IN (SELECT field FROM main.field_not_found);
DELETE FROM main.field_not_found;
INSERT INTO main.field_not_found SELECT field FROM temp.intake_field WHERE field NOT IN (SELECT field FROM main.field_not_kept);
INSERT INTO main.field_not_kept SELECT field FROM main.field_not_found;

-- --- what was read -------------------------------------------------------------------------

INSERT INTO main.intake_log
SELECT n.name, n.kind, (SELECT read_at FROM temp.intake_clock),
       CASE n.kind WHEN 'lines' THEN (SELECT count(*) FROM temp.intake_line AS l WHERE l.name = n.name)
                   WHEN 'notes' THEN (SELECT count(*) FROM temp.intake_note AS l WHERE l.name = n.name)
                   ELSE (SELECT count(*) FROM temp.intake_other AS l WHERE l.name = n.name) END,
       (SELECT count(*) FROM main.intake_problem AS p WHERE p.name = n.name)
  FROM temp.intake_now AS n;

COMMIT;

SELECT printf('%s: %,d %s from %s of %s, %,d problems', g.name, g.rows, g.kind, n.source, n.schema, g.problems)
  FROM main.intake_log AS g JOIN temp.intake_now AS n ON n.name = g.name
 WHERE g.read_at = (SELECT read_at FROM temp.intake_clock)
   AND g.rowid IN (SELECT max(rowid) FROM main.intake_log GROUP BY name) ORDER BY g.rowid;
SELECT printf('      %s%s: %s', name, coalesce(', claim ' || claim_id, ''), problem) FROM main.intake_problem
 WHERE name IN (SELECT name FROM temp.intake_now) LIMIT 10;
SELECT printf('      and %,d more problems (intake_problem)', n - 10)
  FROM (SELECT count(*) AS n FROM main.intake_problem WHERE name IN (SELECT name FROM temp.intake_now)) WHERE n > 10;
SELECT 'no source has, and so not judged: ' || fields
  FROM (SELECT group_concat(field, ', ') AS fields FROM main.field_not_found) WHERE fields IS NOT NULL;
SELECT printf('read in %.2f s', (julianday('now') - at) * 86400) FROM temp.intake_clock;

DROP TABLE temp.intake_now;
DROP TABLE temp.intake_had;
DROP TABLE temp.intake_line;
DROP TABLE temp.intake_number;
DROP TABLE temp.intake_claim;
DROP TABLE temp.intake_note;
DROP TABLE temp.intake_note_line;
DROP TABLE temp.intake_note_sure;
DROP TABLE temp.intake_other;
DROP TABLE temp.intake_field;
DROP TABLE temp.intake_clock;
DROP TABLE temp.intake_stop;

DETACH CASE WHEN :billing IS NULL THEN 'h2040_no_billing' ELSE 'billing' END;
