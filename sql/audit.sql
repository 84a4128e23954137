-- audit.sql: one audit run, stored with its findings beside all earlier ones.
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/audit.sql'
--
-- Needs:  schema.sql, policies.sql, views.sql.  Safe to run twice, and while others
--         read and write: it waits up to a minute for them, and they for it no longer
--         than the storing takes.  Let the database be in WAL mode (once: PRAGMA
--         journal_mode = WAL), so that nobody waits while it reads.
-- Makes:  one row of audit_run, and a row of audit_finding for each finding:
--           new       not standing (new or open) in the run before
--           open      standing there already
--           waived    answered for by a row of waiver; when that expires, new again
--           resolved  in the run before, and gone now: once, in the run that saw it go
--         Everything is read at one moment and stored in one transaction: a run is
--         there whole or not at all.
--
-- What a script learns from it:
--   exit status   0: the run is stored.  Not 0: it is not, and standard error says why.
--   output        a line that begins with NEW for each new finding (the dearest forty),
--                 and as the last line: new findings: N
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/audit.sql' > audit.log || exit 1
--   grep -q '^new findings: 0$' audit.log || mail -s 'H2040: new findings' billing < audit.log
--
-- To waive a finding, with a reason and a name:
--
--   INSERT INTO waiver VALUES ('date.untimely', 'C0001', 1, 'Payer extended the limit in writing',
--                              'K. Ellery', '2026-12-31');

.bail on
.timeout 60000
.headers off
.mode list

PRAGMA trusted_schema = ON;   -- later versions of the shell refuse the views without it

-- --- reading, at one moment ---------------------------------------------------------

BEGIN;

DROP TABLE IF EXISTS temp.this_run;
DROP TABLE IF EXISTS temp.this_finding;

CREATE TEMP TABLE this_run AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS started_at, (SELECT as_of FROM audit_day) AS as_of,
       h2040_version() AS version, (SELECT count(*) FROM claim_line) AS lines_seen,
       (SELECT count(*) FROM line_not_judged) AS lines_not_judged, NULL AS previous, NULL AS run_id;

CREATE TEMP TABLE this_finding AS
SELECT rule, claim_id, claim_line_number, severity, message, remedy, carc, charge_amount AS amount, waived
  FROM finding;
CREATE INDEX temp.this_finding_line ON this_finding (rule, claim_id, claim_line_number);

COMMIT;

-- --- storing, in one transaction ----------------------------------------------------

BEGIN IMMEDIATE;

UPDATE this_run SET previous = (SELECT max(run_id) FROM audit_run);

INSERT INTO audit_run (started_at, as_of, version, lines_seen, lines_judged, lines_not_judged, findings)
SELECT started_at, as_of, version, lines_seen, lines_seen - lines_not_judged, lines_not_judged,
       (SELECT count(*) FROM this_finding)
  FROM this_run;

UPDATE this_run SET run_id = last_insert_rowid();

INSERT INTO audit_finding (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status)
SELECT run_id, f.rule, f.claim_id, f.claim_line_number, f.severity, f.message, f.remedy, f.carc, f.amount,
       CASE WHEN f.waived IS NOT NULL THEN 'waived'
            WHEN EXISTS (SELECT 1 FROM audit_finding AS p
                          WHERE p.run_id = previous AND p.rule = f.rule AND p.claim_id IS f.claim_id
                            AND p.claim_line_number IS f.claim_line_number AND p.status IN ('new', 'open')) THEN 'open'
            ELSE 'new' END
  FROM this_finding AS f, this_run;

INSERT INTO audit_finding (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status)
SELECT this_run.run_id, p.rule, p.claim_id, p.claim_line_number, p.severity, p.message, p.remedy, p.carc, p.amount, 'resolved'
  FROM this_run
  JOIN audit_finding AS p ON p.run_id = this_run.previous
 WHERE p.status <> 'resolved'
   AND NOT EXISTS (SELECT 1 FROM this_finding AS f
                    WHERE f.rule = p.rule AND f.claim_id IS p.claim_id AND f.claim_line_number IS p.claim_line_number);

COMMIT;

-- --- what came of it ----------------------------------------------------------------

SELECT printf('audit run %d as of %s: %,d lines seen, %,d judged, %,d not judged', r.run_id, r.as_of, r.lines_seen,
              r.lines_judged, r.lines_not_judged)
  FROM audit_run AS r JOIN this_run USING (run_id);
SELECT printf('%,d new, %,d open, %,d waived, %,d resolved', total(status = 'new'), total(status = 'open'),
              total(status = 'waived'), total(status = 'resolved'))
  FROM audit_finding JOIN this_run USING (run_id);
SELECT printf('NEW  %-32s %s/%s  $%,d  %s', rule, claim_id, claim_line_number, round(amount), message)
  FROM audit_finding JOIN this_run USING (run_id)
 WHERE status = 'new'
 ORDER BY severity, amount DESC, rule, claim_id, claim_line_number LIMIT 40;
SELECT printf('new findings: %d', count(*)) FROM audit_finding JOIN this_run USING (run_id) WHERE status = 'new';

DROP TABLE this_finding;
DROP TABLE this_run;
