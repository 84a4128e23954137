-- intake_837p.sql: professional claims as they were sent, from a folder of 837P files.
--
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :folder sent' audit.db '.read sql/intake_837p.sql'
--
-- Needs:  schema.sql; the sqlite3 shell (fsdir, readfile and sha3 are its own).
-- Makes:  rows of claim_line, one for each service line, and of payer where its name is
--         new; what cannot be read goes to intake_problem.  Files in folders below are
--         read too.  The same bytes are read once, whatever the file is called, so the
--         script may run each night over a folder that grows.
--
-- Notes and treatment plans are not in an 837P: what no table has goes into field_not_kept,
-- so that it is not judged missing.  intake.sql, read behind this script, takes notes in,
-- joins them by claim_number and line or by member, day and code, and judges them again.

.bail on
.timeout 60000
.headers off
.mode list

BEGIN;
DELETE FROM main.intake_file WHERE 0;   -- waits here for others who write

DROP TABLE IF EXISTS temp.intake_stop;
CREATE TEMP TABLE intake_stop (what);
CREATE TEMP TRIGGER intake_stops BEFORE INSERT ON intake_stop
BEGIN
  SELECT RAISE(ROLLBACK, 'intake_837p.sql: no folder was named: .parameter set :folder /path/to/folder before you read this script');
END;
INSERT INTO temp.intake_stop SELECT 1 WHERE :folder IS NULL;
DROP TABLE temp.intake_stop;

DROP TABLE IF EXISTS temp.intake_new;
CREATE TEMP TABLE intake_new AS
SELECT min(name) AS file, digest, bytes
  FROM (SELECT name, hex(sha3(readfile(name), 256)) AS digest, length(readfile(name)) AS bytes
          FROM (SELECT name FROM temp.fsdir(:folder) WHERE mode & 61440 = 32768 ORDER BY name))
 WHERE digest IS NOT NULL AND digest NOT IN (SELECT digest FROM main.intake_file WHERE kind = '837p')
 GROUP BY digest ORDER BY 1;

DROP TABLE IF EXISTS temp.intake_837p;
CREATE TEMP TABLE intake_837p AS
SELECT f.file, julianday('now') AS at, l.claim_id, l.claim_line_number, l.payer_id, l.payer_name,
       coalesce(a.same_as, l.member_id) AS member_id, l.hcpcs_code, l.modifiers, l.units, l.unit_measure, l.service_date,
       l.service_end_date, l.place_of_service, l.diagnosis_codes, l.rendering_npi, l.rendering_taxonomy,
       l.prior_auth_number, l.received_date, l.claim_number, l.claim_frequency_code, l.original_claim_id,
       l.payer_claim_number, l.line_control_number, l.charge_amount, l.paid_amount, l.birth_date, l.billing_npi, l.problem
  FROM temp.intake_new AS f
 CROSS JOIN temp.h2040_837p(readfile(f.file)) AS l
  LEFT JOIN main.member_alias AS a ON a.member_id = l.member_id;

INSERT INTO main.claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure,
                             service_date, service_end_date, place_of_service, diagnosis_codes, rendering_npi,
                             rendering_taxonomy, prior_auth_number, received_date, claim_number, claim_frequency_code,
                             original_claim_id, payer_claim_number, line_control_number, charge_amount, paid_amount,
                             birth_date, billing_npi, intake_name)
SELECT claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, unit_measure, service_date,
       service_end_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number,
       received_date, claim_number, claim_frequency_code, original_claim_id, payer_claim_number, line_control_number,
       charge_amount, paid_amount, birth_date, billing_npi, file
  FROM temp.intake_837p WHERE claim_id IS NOT NULL AND claim_line_number IS NOT NULL ORDER BY rowid;

INSERT OR IGNORE INTO main.payer
SELECT payer_id, min(payer_name) FROM temp.intake_837p WHERE payer_id IS NOT NULL AND payer_name IS NOT NULL GROUP BY payer_id;
INSERT INTO main.intake_problem
SELECT file, coalesce(claim_id, claim_number), claim_line_number, problem FROM temp.intake_837p WHERE problem IS NOT NULL;
INSERT INTO main.intake_file
SELECT f.file, '837p', f.digest, f.bytes, (SELECT count(*) FROM temp.intake_837p AS l WHERE l.file = f.file AND l.claim_id IS NOT NULL),
       strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  FROM temp.intake_new AS f;

DROP TABLE IF EXISTS temp.intake_field;
CREATE TEMP TABLE intake_field (field, of);
INSERT INTO temp.intake_field VALUES
  ('treatment', 'line'), ('service_focus', 'line'), ('coverage_start', 'line'), ('coverage_end', 'line'),
  ('provider_start', 'line'), ('provider_end', 'line'), ('staff_id', 'line'),
  ('prior_auth_start', 'authorization'), ('prior_auth_end', 'authorization'),
  ('note_date', 'note'), ('duration_minutes', 'note'), ('start_time', 'note'), ('end_time', 'note'), ('purpose', 'note'),
  ('plan_goal', 'note'), ('activities', 'note'), ('client_response', 'note'), ('progress', 'note'), ('next_steps', 'note'),
  ('medical_necessity', 'note'), ('effectiveness', 'note'), ('complexity', 'note'), ('signed_by', 'note'),
  ('plan_start', 'plan'), ('plan_end', 'plan'), ('plan_goals', 'plan'), ('plan_benchmarks', 'plan'), ('plan_reviewed', 'plan');
INSERT OR IGNORE INTO main.field_not_found
SELECT field FROM temp.intake_field
 WHERE field NOT IN (SELECT field FROM main.field_not_kept)
   AND EXISTS (SELECT 1 FROM main.intake_file WHERE kind = '837p')
   AND CASE of WHEN 'note' THEN NOT EXISTS (SELECT 1 FROM main.session_note)
               WHEN 'plan' THEN NOT EXISTS (SELECT 1 FROM main.treatment_plan)
               WHEN 'authorization' THEN NOT EXISTS (SELECT 1 FROM main.prior_authorization)
               ELSE NOT EXISTS (SELECT 1 FROM main.claim_line
                                 WHERE intake_name IS NULL OR intake_name NOT IN (SELECT file FROM main.intake_file)) END;
INSERT OR IGNORE INTO main.field_not_kept SELECT field FROM main.field_not_found;
DROP TABLE temp.intake_field;

COMMIT;

SELECT printf('%,d files read, %,d service lines, %,d problems', (SELECT count(*) FROM temp.intake_new),
              (SELECT count(*) FROM temp.intake_837p WHERE claim_id IS NOT NULL),
              (SELECT count(*) FROM temp.intake_837p WHERE problem IS NOT NULL));
SELECT printf('      %s%s: %s', file, coalesce(', claim ' || claim_number, ''), problem) FROM temp.intake_837p
 WHERE problem IS NOT NULL ORDER BY rowid LIMIT 10;
SELECT printf('      and %,d more problems (intake_problem)', n - 10)
  FROM (SELECT count(*) AS n FROM temp.intake_837p WHERE problem IS NOT NULL) WHERE n > 10;

DROP TABLE temp.intake_new;
DROP TABLE temp.intake_837p;
