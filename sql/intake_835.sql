-- intake_835.sql: what payers answered, from a folder of 835 files.
--
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :folder received' audit.db '.read sql/intake_835.sql'
--
-- Needs:  schema.sql; the sqlite3 shell (fsdir, readfile and sha3 are its own).
-- Makes:  rows of remittance, as h2040_835 reads them, and of payer where its name is new.
--         What cannot be read goes to intake_problem.  Files in folders below are read
--         too.  The same bytes are read once, whatever the file is called.
--
-- audit.sql then finds the line that each row answers.  Where a payer calls itself
-- otherwise in its 835 than your claims call it, remittance_problem says so, with the row
-- of payer_alias that mends it.

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
  SELECT RAISE(ROLLBACK, 'intake_835.sql: no folder was named: .parameter set :folder /path/to/folder before you read this script');
END;
INSERT INTO temp.intake_stop SELECT 1 WHERE :folder IS NULL;
DROP TABLE temp.intake_stop;

DROP TABLE IF EXISTS temp.intake_new;
CREATE TEMP TABLE intake_new AS
SELECT min(name) AS file, digest, bytes
  FROM (SELECT name, hex(sha3(readfile(name), 256)) AS digest, length(readfile(name)) AS bytes
          FROM (SELECT name FROM temp.fsdir(:folder) WHERE mode & 61440 = 32768 ORDER BY name))
 WHERE digest IS NOT NULL AND digest NOT IN (SELECT digest FROM main.intake_file WHERE kind = '835')
 GROUP BY digest ORDER BY 1;

DROP TABLE IF EXISTS temp.intake_835;
CREATE TEMP TABLE intake_835 AS
SELECT f.file, r.interchange, r.payment_number, r.payment_date, r.payer_id, r.payer_name, r.payee_npi, r.kind,
       r.claim_number, r.claim_status, r.payer_claim_number, coalesce(a.same_as, r.member_id) AS member_id, r.hcpcs_code,
       r.modifiers, r.paid_hcpcs_code, r.line_control_number, r.service_date, r.service_end_date, r.charge_amount,
       r.paid_amount, r.patient_amount, r.units_paid, r.adjustments, r.remarks, r.denied, r.denied_amount, r.problem
  FROM temp.intake_new AS f
 CROSS JOIN temp.h2040_835(readfile(f.file)) AS r
  LEFT JOIN main.member_alias AS a ON a.member_id = r.member_id;

INSERT INTO main.remittance (interchange, payment_number, payment_date, payer_id, payer_name, payee_npi, kind, claim_number,
                             claim_status, payer_claim_number, member_id, hcpcs_code, modifiers, paid_hcpcs_code,
                             line_control_number, service_date, service_end_date, charge_amount, paid_amount,
                             patient_amount, units_paid, adjustments, remarks, denied, denied_amount, problem)
SELECT interchange, payment_number, payment_date, payer_id, payer_name, payee_npi, kind, claim_number, claim_status,
       payer_claim_number, member_id, hcpcs_code, modifiers, paid_hcpcs_code, line_control_number, service_date,
       service_end_date, charge_amount, paid_amount, patient_amount, units_paid, adjustments, remarks, denied, denied_amount,
       problem
  FROM temp.intake_835 WHERE kind IS NOT NULL ORDER BY rowid;

INSERT OR IGNORE INTO main.payer
SELECT payer_id, min(payer_name) FROM temp.intake_835 WHERE payer_id IS NOT NULL AND payer_name IS NOT NULL GROUP BY payer_id;
INSERT INTO main.intake_problem
SELECT file, claim_number, NULL, problem FROM temp.intake_835 WHERE problem IS NOT NULL;
INSERT INTO main.intake_file
SELECT f.file, '835', f.digest, f.bytes, (SELECT count(*) FROM temp.intake_835 AS r WHERE r.file = f.file AND r.kind IS NOT NULL),
       strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
  FROM temp.intake_new AS f;

COMMIT;

SELECT printf('%,d files read, %,d payments and adjustments, %,d problems', (SELECT count(*) FROM temp.intake_new),
              (SELECT count(*) FROM temp.intake_835 WHERE kind IS NOT NULL),
              (SELECT count(*) FROM temp.intake_835 WHERE problem IS NOT NULL));
SELECT printf('      %s%s: %s', file, coalesce(', claim ' || claim_number, ''), problem) FROM temp.intake_835
 WHERE problem IS NOT NULL ORDER BY rowid LIMIT 10;
SELECT printf('      and %,d more problems (intake_problem)', n - 10)
  FROM (SELECT count(*) AS n FROM temp.intake_835 WHERE problem IS NOT NULL) WHERE n > 10;

DROP TABLE temp.intake_new;
DROP TABLE temp.intake_835;
