-- audit.sql: one audit run, stored with its findings beside all earlier ones.
--
--   sqlite3 -cmd '.load build/h2040' audit.db '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  schema.sql, policies.sql and lines; views.sql in the same session.  Safe to run
--         twice, and while others read and write: it waits up to a minute for them, and
--         they for it no longer than the storing takes.  Let the database be in WAL mode
--         (once: PRAGMA journal_mode = WAL), so that nobody waits while it reads.
-- Makes:  one row of audit_run, and a row of audit_finding for each finding:
--           new       not standing (new or open) in the run before
--           open      standing there already
--           waived    answered for by a row of waiver; when that expires, new again
--           resolved  in the run before, and gone now: once, in the run that saw it go
--         with audit_line (what is at risk, and what to do first), audit_billed,
--         audit_code, audit_not_judged, audit_rule, audit_cap_left, audit_cap_over and
--         audit_policy_note; and, of this run alone, how the remittances match the
--         lines.  Everything is read at one moment and stored in one transaction: a run
--         is there whole or not at all.
--
-- It stops, and stores nothing, where the answer would be wrong.  Each line that begins
-- with STOP says what is amiss; the next one is the statement that mends it.
--
-- What a script learns from it:
--   exit status   0: the run is stored.  Not 0: it is not, and standard error says why.
--   output        how much was read and how long that took; a line that begins with NEW
--                 for each new finding (the dearest forty); and as the last line
--                 new findings: N, or nothing judged: N lines seen
--
--   sqlite3 -cmd '.load build/h2040' audit.db '.read sql/views.sql' '.read sql/audit.sql' > audit.log || exit 1
--   tail -n 1 audit.log | grep -qx 'new findings: 0' || mail -s 'H2040: new findings' billing < audit.log
--
-- To waive a finding, with a reason and a name:
--
--   INSERT INTO waiver VALUES ('date.untimely', 'C0001', 1, 'Payer extended the limit in writing',
--                              'K. Ellery', '2026-12-31');

.bail on
.timeout 60000
.headers off
.mode list

BEGIN;

-- --- what would be wrong ------------------------------------------------------------

DROP TABLE IF EXISTS temp.audit_clock;
CREATE TEMP TABLE audit_clock AS SELECT julianday('now') AS at;

DROP TABLE IF EXISTS temp.audit_stop;
CREATE TEMP TABLE audit_stop (place INTEGER PRIMARY KEY, kind, problem, mend);

-- Policies: first each row by itself, …
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'policy', printf('the policy of payer %s from %s names the pack %s, and there is none', payer_id, effective_from, pack),
       printf('UPDATE payer_policy SET pack = ''session'' WHERE payer_id = %Q AND effective_from = %Q AND pack = %Q;',
              payer_id, effective_from, pack)
  FROM main.payer_policy WHERE pack NOT IN (SELECT pack FROM main.policy_pack)
UNION ALL
SELECT 'policy', printf('the pack %s is not sound: %s', pack, h2040_policy_problem(policy)),
       CASE WHEN pack IN ('session', 'commercial', 'cms', 'H2014', 'H2017', 'H2019')
            THEN printf('UPDATE policy_pack SET policy = h2040_policy(%Q) WHERE pack = %Q;', pack, pack)
            ELSE printf('DELETE FROM policy_pack WHERE pack = %Q;', pack) END
  FROM main.policy_pack WHERE h2040_policy_problem(policy) IS NOT NULL
UNION ALL
SELECT 'policy', printf('the pack %s is a set of several policies; payer_policy takes one a row', pack),
       printf('DELETE FROM policy_pack WHERE pack = %Q;', pack)
  FROM main.policy_pack WHERE CASE WHEN json_valid(policy) THEN json_type(policy) = 'array' ELSE policy = 'all' END
UNION ALL
SELECT 'policy', printf('what payer %s changes from %s is not sound: %s', payer_id, effective_from,
                        CASE WHEN NOT json_valid(changes) THEN 'no JSON'
                             WHEN json_type(changes) <> 'object' THEN 'no JSON object'
                             WHEN json_extract(changes, '$.extends') IS NOT NULL THEN 'the column pack says what it extends'
                             WHEN h2040_policy_problem(changes) IS NOT NULL THEN h2040_policy_problem(changes)
                             ELSE 'its hcpcs_code is not that of the row' END),
       printf('UPDATE payer_policy SET changes = ''{}'' WHERE payer_id = %Q AND effective_from = %Q AND pack = %Q;',
              payer_id, effective_from, pack)
  FROM main.payer_policy
 WHERE CASE WHEN NOT json_valid(changes) THEN 1
            WHEN json_type(changes) <> 'object' OR json_extract(changes, '$.extends') IS NOT NULL
                 OR h2040_policy_problem(changes) IS NOT NULL THEN 1
            ELSE trim(hcpcs_code) <> '' AND upper(trim(hcpcs_code)) <> upper(json_extract(changes, '$.hcpcs_code')) END;

-- … then with its pack.
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'policy', printf('the policy of payer %s from %s is not sound: %s', payer_id, effective_from, h2040_policy_problem(policy)),
       printf('DELETE FROM payer_policy WHERE payer_id = %Q AND effective_from = %Q AND pack = %Q;',
              payer_id, effective_from, pack)
  FROM temp.policy_row
 WHERE NOT EXISTS (SELECT 1 FROM temp.audit_stop) AND h2040_policy_problem(policy) IS NOT NULL;

-- Caps.
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'cap', printf('a cap of %d %s has no cap_id', max_units, period),
       printf('UPDATE session_cap SET cap_id = ''cap %d'' WHERE rowid = %d;', rowid, rowid)
  FROM main.session_cap WHERE cap_id IS NULL OR trim(cap_id) = ''
UNION ALL
SELECT 'cap', printf('there are %d caps of the name %s', count(*), cap_id),
       printf('UPDATE session_cap SET cap_id = %Q WHERE rowid = %d;', cap_id || ' 2', max(rowid))
  FROM main.session_cap WHERE trim(cap_id) <> '' GROUP BY cap_id HAVING count(*) > 1
UNION ALL
SELECT 'cap', printf('the cap %s allows %s units; that is a whole number, 0 or more', cap_id, coalesce(quote(max_units), 'no')),
       printf('UPDATE session_cap SET max_units = 24 WHERE cap_id = %Q;  -- or as the payer says', cap_id)
  FROM main.session_cap WHERE typeof(max_units) <> 'integer' OR max_units < 0
UNION ALL
SELECT 'cap', printf('the cap %s has the period %s; that is day, week, month, quarter, year, year from MM-DD, N days, N months or lifetime',
                     cap_id, quote(period)),
       printf('UPDATE session_cap SET period = ''month'' WHERE cap_id = %Q;  -- or as the payer says', cap_id)
  FROM main.session_cap
 WHERE NOT coalesce(lower(trim(period)) IN ('day', 'week', 'month', 'quarter', 'year', 'lifetime')
                    OR lower(trim(period)) GLOB 'year from [01][0-9]-[0-3][0-9]'
                    OR (lower(trim(period)) GLOB '[1-9]* days' OR lower(trim(period)) GLOB '[1-9]* months'
                        OR lower(trim(period)) IN ('1 day', '1 month'))
                       AND substr(trim(period), 1, instr(trim(period), ' ') - 1) NOT GLOB '*[^0-9]*', 0)
UNION ALL
SELECT 'cap', printf('the cap %s has the scope %s; that is member, member+provider or provider', cap_id, quote(scope)),
       printf('UPDATE session_cap SET scope = ''member'' WHERE cap_id = %Q;', cap_id)
  FROM main.session_cap WHERE lower(trim(scope)) NOT IN ('member', 'member+provider', 'provider')
UNION ALL
SELECT 'cap', printf('the cap %s holds from %s to %s', cap_id, coalesce(effective_from, 'ever'), coalesce(effective_to, 'ever')),
       printf('UPDATE session_cap SET effective_from = NULL, effective_to = NULL WHERE cap_id = %Q;  -- or days like 2026-01-31, the first first',
              cap_id)
  FROM main.session_cap
 WHERE date(effective_from, '+0 days') IS NOT effective_from AND trim(effective_from) <> ''
    OR date(effective_to, '+0 days') IS NOT effective_to AND trim(effective_to) <> ''
    OR effective_to < effective_from AND trim(effective_to) <> '';

INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'waiver', printf('a waiver is for the rule %s, and there is none', rule),
       printf('DELETE FROM waiver WHERE rule = %Q;  -- or give it one of SELECT rule FROM h2040_rules', rule)
  FROM main.waiver WHERE rule NOT IN (SELECT rule FROM temp.h2040_rules) GROUP BY rule;

-- Two lines of one name would lend each other their member, payer and dollars.
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'line', printf('a line of %s has no %s', coalesce('member ' || member_id, 'no member') || coalesce(' on ' || service_date, ''),
                      CASE WHEN claim_id IS NULL THEN 'claim_id' ELSE 'claim_line_number' END),
       printf('UPDATE claim_line SET claim_id = %Q, claim_line_number = %d WHERE rowid = %d;',
              coalesce(claim_id, 'line ' || rowid), coalesce(claim_line_number, rowid), rowid)
  FROM main.claim_line
 WHERE rowid IN (SELECT rowid FROM main.claim_line WHERE claim_id IS NULL
                 UNION
                 SELECT rowid FROM main.claim_line WHERE claim_line_number IS NULL)
UNION ALL
SELECT 'line', printf('claim %s has line %s %d times', claim_id, claim_line_number, count(*)),
       printf('DELETE FROM claim_line WHERE rowid = %d;  -- if it was loaded twice, else: UPDATE claim_line SET claim_id = %Q WHERE rowid = %d;',
              max(rowid), claim_id || ' (' || max(rowid) || ')', max(rowid))
  FROM main.claim_line
 WHERE claim_id IS NOT NULL AND claim_line_number IS NOT NULL
 GROUP BY claim_id, claim_line_number HAVING count(*) > 1
UNION ALL
SELECT 'line', printf('claim %s line %s has %d notes', claim_id, claim_line_number, count(*)),
       printf('DELETE FROM session_note WHERE rowid = %d;', max(rowid))
  FROM main.session_note
 WHERE claim_id IS NOT NULL AND claim_line_number IS NOT NULL
 GROUP BY claim_id, claim_line_number HAVING count(*) > 1;

INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'empty', printf('the source %s is empty, and was not before', name),
       printf('DELETE FROM intake_log WHERE name = %Q AND rows > 0;  -- if that is right', name)
  FROM main.intake_log AS g
 WHERE rowid = (SELECT max(rowid) FROM main.intake_log AS x WHERE x.name = g.name) AND rows = 0
   AND EXISTS (SELECT 1 FROM main.intake_log AS x WHERE x.name = g.name AND x.rows > 0)
UNION ALL
SELECT 'empty', printf('there is no line, and there were %d when run %d was made', lines_seen, run_id),
       'INSERT OR REPLACE INTO audit_setting VALUES (''may_be_empty'', 1, ''claim_line may be empty'');  -- if that is right'
  FROM main.audit_run
 WHERE run_id = (SELECT max(run_id) FROM main.audit_run) AND lines_seen > 0
   AND NOT EXISTS (SELECT 1 FROM main.claim_line)
   AND NOT EXISTS (SELECT 1 FROM main.audit_setting WHERE setting = 'may_be_empty' AND value = 1);

-- A payer that is written in two ways has its policy under one of them only.  letters:
-- what is left of a name without case, white space and punctuation.
DROP TABLE IF EXISTS temp.audit_payer;
CREATE TEMP TABLE audit_payer (payer_id TEXT, role TEXT, letters TEXT);
INSERT INTO temp.audit_payer (payer_id, role)
SELECT payer_id, 'lines' FROM temp.billed_line WHERE payer_id IS NOT NULL GROUP BY payer_id
UNION SELECT payer_id, 'authorizations' FROM temp.known_authorization WHERE payer_id IS NOT NULL
UNION SELECT payer_id, 'caps'           FROM temp.known_cap WHERE payer_id IS NOT NULL
UNION SELECT coalesce(a.same_as, p.payer_id), 'policies'
        FROM main.payer_policy AS p LEFT JOIN main.payer_alias AS a ON a.payer_id = p.payer_id;
UPDATE temp.audit_payer SET letters = lower(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(replace(payer_id, ' ', ''), '.', ''), ',', ''), '-', ''), '_', ''), '/', ''), '\', ''),
  '&', ''), '''', ''), '"', ''), '(', ''), ')', ''), '#', ''), ':', ''), ';', ''), '*', ''), '+', ''), '|', ''),
  char(9), ''), char(160), ''));
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'payer', printf('payer %s of the %s is %s of the %s, written otherwise', quote(l.payer_id), l.role, quote(k.payer_id), k.role),
       printf('INSERT INTO payer_alias VALUES (%Q, %Q);', l.payer_id, k.payer_id)
  FROM temp.audit_payer AS l
  JOIN temp.audit_payer AS k ON k.letters = l.letters AND k.payer_id <> l.payer_id
 WHERE l.letters <> ''
   AND (k.role = 'policies' AND l.role <> 'policies'
        OR k.role = 'caps' AND l.role IN ('lines', 'authorizations')
           AND l.payer_id NOT IN (SELECT payer_id FROM temp.audit_payer WHERE role = 'policies'))
   AND NOT EXISTS (SELECT 1 FROM temp.audit_payer AS p
                    WHERE p.role = 'policies' AND p.payer_id = l.payer_id AND k.role = 'policies')
 GROUP BY l.payer_id;
INSERT INTO temp.audit_stop (kind, problem, mend)
SELECT 'payer', printf('payer_alias: %s is %s, and that is %s', a.payer_id, a.same_as, b.same_as),
       printf('UPDATE payer_alias SET same_as = %Q WHERE payer_id = %Q;', b.same_as, a.payer_id)
  FROM main.payer_alias AS a JOIN main.payer_alias AS b ON b.payer_id = a.same_as AND b.same_as <> b.payer_id
 WHERE a.payer_id <> a.same_as;
DROP TABLE temp.audit_payer;

SELECT 'STOP  ' || problem || char(10) || '      ' || mend
  FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY place) AS n FROM temp.audit_stop) WHERE n <= 20 ORDER BY place;
SELECT printf('STOP  and %d more of this kind: %s', count(*) - 20, kind) FROM temp.audit_stop GROUP BY kind HAVING count(*) > 20;

DROP TABLE IF EXISTS temp.audit_stops;
CREATE TEMP TABLE audit_stops (kind);
CREATE TEMP TRIGGER audit_stops_here BEFORE INSERT ON audit_stops
BEGIN
  SELECT CASE NEW.kind
    WHEN 'policy' THEN RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: a policy is not sound; each STOP above is followed by the statement that mends it')
    WHEN 'cap'    THEN RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: a cap is not sound; each STOP above is followed by the statement that mends it')
    WHEN 'waiver' THEN RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: a waiver is for no rule; each STOP above is followed by the statement that mends it')
    WHEN 'line'   THEN RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: a claim and line number is missing or stands twice; each STOP above is followed by the statement that mends it')
    WHEN 'empty'  THEN RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: what was not empty before is empty; each STOP above is followed by the statement that mends it')
    ELSE               RAISE(ROLLBACK, 'audit.sql stops, and stores nothing: a payer is written in two ways; each STOP above is followed by the statement that mends it')
  END;
END;
INSERT INTO temp.audit_stops SELECT kind FROM temp.audit_stop ORDER BY place LIMIT 1;
DROP TABLE temp.audit_stops;
DROP TABLE temp.audit_stop;

-- What bears a name of ours elsewhere is not read: it is said.
SELECT printf('note: %s.%s is there as well; the audit reads that of %s', d.name, t.column1, 'main')
  FROM temp.pragma_database_list AS d,
       (VALUES ('claim_line'), ('session_note'), ('treatment_plan'), ('prior_authorization'), ('remittance'), ('payer_policy'),
               ('session_cap'), ('payer_alias'), ('waiver'), ('field_not_kept')) AS t
 WHERE d.name <> 'main' AND EXISTS (SELECT 1 FROM temp.pragma_table_info(t.column1, d.name));

-- --- reading, at one moment ---------------------------------------------------------

DROP TABLE IF EXISTS temp.this_run;
DROP TABLE IF EXISTS temp.this_finding;
DROP TABLE IF EXISTS temp.this_state;
DROP TABLE IF EXISTS temp.this_code;
DROP TABLE IF EXISTS temp.this_rule;
DROP TABLE IF EXISTS temp.this_cap_left;
DROP TABLE IF EXISTS temp.this_cap_over;
DROP TABLE IF EXISTS temp.this_not_judged;
DROP TABLE IF EXISTS temp.this_policy_note;
DROP TABLE IF EXISTS temp.this_limit;
DROP TABLE IF EXISTS temp.this_superseded;

-- The views below read these tables in the place of the views of the same names.
DROP VIEW temp.superseded_line;
CREATE TEMP TABLE superseded_line AS SELECT * FROM temp.superseded_now;
CREATE INDEX temp.superseded_line_key ON superseded_line (claim_id, claim_line_number);
DROP VIEW temp.past_cap;
CREATE TEMP TABLE past_cap AS SELECT * FROM temp.past_cap_now;
DROP VIEW temp.conflict;
CREATE TEMP TABLE conflict AS SELECT * FROM temp.conflict_now;

CREATE TEMP TABLE this_state AS
SELECT payer_id, rendering_npi, CASE WHEN service_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]*' THEN substr(service_date, 1, 7) END AS month,
       reason, upper(trim(hcpcs_code)) AS hcpcs_code, count(*) AS lines,
       total(CASE typeof(charge_amount) WHEN 'text' THEN NULL ELSE charge_amount END) AS dollars,
       sum(typeof(charge_amount) = 'text' AND trim(charge_amount) <> '') AS charges_unread
  FROM temp.line_state GROUP BY 1, 2, 3, 4, 5;

CREATE TEMP TABLE this_run AS
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS started_at, (SELECT as_of FROM temp.audit_day) AS as_of,
       h2040_version() AS version, coalesce(sum(lines), 0) AS lines_seen,
       coalesce(sum(CASE WHEN reason IS NOT NULL THEN lines END), 0) AS lines_not_judged, NULL AS previous, NULL AS run_id
  FROM temp.this_state;

SELECT printf('%8.2f s  %,d lines read, %,d of them judged by a policy of their payer', (julianday('now') - at) * 86400,
              lines_seen, lines_seen - lines_not_judged) FROM temp.audit_clock, temp.this_run;
UPDATE temp.audit_clock SET at = julianday('now');

CREATE TEMP TABLE this_rule AS
SELECT r.rule, row_number() OVER () AS place, r.severity, r.category, r.owner, r.carc, r.title, r.remedy,
       (SELECT group_concat(n.missing, '; ') FROM temp.rule_not_judged AS n WHERE n.rule = r.rule) AS missing
  FROM temp.h2040_rules AS r;

CREATE TEMP TABLE this_finding AS
SELECT f.rule, f.claim_id, f.claim_line_number, f.severity, f.message, f.remedy, f.carc, f.charge_amount AS amount, f.waived,
       f.owner, r.category, r.place, f.field, f.value, f.payer_id, f.member_id, f.rendering_npi, f.hcpcs_code,
       f.service_date, f.paid_amount
  FROM temp.finding AS f JOIN temp.this_rule AS r ON r.rule = f.rule;
CREATE INDEX temp.this_finding_line ON this_finding (claim_id, claim_line_number, rule);

SELECT printf('%8.2f s  %,d findings', (julianday('now') - at) * 86400, (SELECT count(*) FROM temp.this_finding))
  FROM temp.audit_clock;
UPDATE temp.audit_clock SET at = julianday('now');

CREATE TEMP TABLE this_cap_left AS SELECT * FROM temp.cap_left WHERE status IN ('over', 'reached', 'near');
CREATE TEMP TABLE this_cap_over AS
SELECT cap_id, payer_id, member_id, CASE WHEN count(DISTINCT rendering_npi) = 1 THEN max(rendering_npi) END AS rendering_npi,
       period_start, period_end, count(*) AS lines, sum(status = 'over_cap') AS lines_uncovered,
       sum(units_over) AS units_over, sum(authorized_units) AS authorized_units, min(service_date) AS first_day
  FROM temp.past_cap WHERE status <> 'unreadable'
 GROUP BY cap_id, payer_id, member_id, period_start, period_end;
CREATE TEMP TABLE this_not_judged AS
SELECT 'line' AS what, reason, sum(lines) AS lines, sum(dollars) AS dollars
  FROM temp.this_state WHERE reason IS NOT NULL GROUP BY reason
UNION ALL
SELECT 'cap', CASE WHEN claim_id IS NULL AND prior_auth_number IS NOT NULL THEN 'the authorization cannot be read'
                   WHEN problem LIKE 'units%' THEN 'its units cannot be read'
                   WHEN problem LIKE 'service_date%' THEN 'its day cannot be read'
                   ELSE problem END, count(*), NULL
  FROM temp.cap_not_judged GROUP BY 2
UNION ALL
SELECT 'conflict', coalesce(rule || ': ', '') || problem, count(*), NULL FROM temp.conflict_not_judged GROUP BY 2;
CREATE TEMP TABLE this_code AS
SELECT hcpcs_code, sum(lines) AS lines,
       sum(CASE WHEN coalesce(reason, 'no policy in force') IN ('no policy in force', 'two policies in force (policy_overlap)',
                                                                'service_date is not written YYYY-MM-DD') THEN lines ELSE 0 END) AS judged,
       coalesce(reason, 'judged') AS reason
  FROM temp.this_state GROUP BY hcpcs_code, reason;
CREATE TEMP TABLE this_policy_note AS
SELECT payer_id, hcpcs_code, printf('two policies from %s %s: %s', first_day,
                                    CASE last_day WHEN '9999-12-31' THEN 'on' ELSE 'to ' || last_day END, policies) AS note
  FROM temp.policy_overlap
UNION
SELECT p.payer_id, p.hcpcs_code, n.value
  FROM temp.policy_of_code AS p, temp.json_each(h2040_policy_notes(p.policy)) AS n
 WHERE p.policy IS NOT NULL;
CREATE TEMP TABLE this_limit AS SELECT * FROM temp.policy_limit;

SELECT printf('%8.2f s  %,d caps over, reached or near', (julianday('now') - at) * 86400,
              (SELECT count(*) FROM temp.this_cap_left))
  FROM temp.audit_clock;
UPDATE temp.audit_clock SET at = julianday('now');

-- --- what payers answered: each row of remittance, and its lines -------------------------

DROP TABLE IF EXISTS temp.answer;
DROP TABLE IF EXISTS temp.answer_fit;
DROP TABLE IF EXISTS temp.answer_line;
DROP TABLE IF EXISTS temp.answer_denial;

CREATE TEMP TABLE answer AS
SELECT r.rowid AS id, coalesce(a.same_as, r.payer_id) AS payer_id, trim(r.claim_number) AS claim_number,
       CASE WHEN r.kind IN ('line', 'claim') THEN r.kind WHEN trim(r.hcpcs_code) <> '' THEN 'line' ELSE 'claim' END AS kind,
       nullif(trim(r.line_control_number), '') AS line_control_number, upper(trim(r.hcpcs_code)) AS hcpcs_code,
       upper(coalesce(trim(r.modifiers), '')) AS modifiers, r.service_date,
       nullif(trim(r.payer_claim_number), '') AS payer_claim_number, r.payment_date, r.paid_amount, r.denied_amount,
       CASE WHEN json_valid(r.adjustments) THEN r.adjustments END AS adjustments
  FROM main.remittance AS r
  LEFT JOIN main.payer_alias AS a ON a.payer_id = r.payer_id
 WHERE coalesce(r.kind, '') <> 'provider';

-- The lines of its claim that fit, best first: by line control number (1), else by code,
-- modifiers in any order, and day (2).  Of the sendings of one claim number it is that
-- whose number with the payer it bears; not one that corrects just this number; else the
-- last that was there when the payer wrote; of those of one day the correction of another
-- number.
DROP TABLE IF EXISTS temp.answer_pair;
CREATE TEMP TABLE answer_pair AS
SELECT a.id, l.rowid AS line FROM temp.answer AS a CROSS JOIN main.claim_line AS l ON l.claim_number = a.claim_number
UNION ALL
SELECT a.id, l.rowid
  FROM temp.answer AS a CROSS JOIN main.claim_line AS l ON l.claim_id = a.claim_number AND l.claim_number IS NULL;

CREATE TEMP TABLE answer_fit AS
SELECT a.id, a.kind, l.claim_id, l.claim_line_number, l.charge_amount,
       CASE WHEN a.kind = 'claim' OR l.line_control_number = a.line_control_number THEN 1 ELSE 2 END AS fit,
       CASE WHEN l.payer_claim_number = a.payer_claim_number THEN 0 WHEN l.original_claim_id = a.payer_claim_number THEN 2
            ELSE 1 END AS sending,
       coalesce(substr(l.received_date, 1, 10) > a.payment_date, 0) AS too_late,
       coalesce(max(l.received_date) OVER (PARTITION BY a.id, l.claim_id), '') AS received_date,
       -- a correction of another number: where the days do not tell, this answer is its own
       coalesce(l.original_claim_id NOT IN (a.payer_claim_number, a.claim_number, ''), 0) AS corrects_another
  FROM temp.answer_pair AS k
 CROSS JOIN temp.answer AS a ON a.id = k.id
 CROSS JOIN main.claim_line AS l ON l.rowid = k.line
  LEFT JOIN main.payer_alias AS p ON p.payer_id = l.payer_id
 WHERE coalesce(p.same_as, l.payer_id) IS a.payer_id
   AND (a.kind = 'claim'
        OR l.line_control_number = a.line_control_number
        OR upper(trim(l.hcpcs_code)) = a.hcpcs_code AND l.service_date = a.service_date
           AND length(trim(coalesce(l.modifiers, ''))) = length(a.modifiers)
           AND (length(a.modifiers) < 2 OR instr(' ' || upper(l.modifiers) || ' ', ' ' || substr(a.modifiers, 1, 2) || ' ') > 0)
           AND (length(a.modifiers) < 5 OR instr(' ' || upper(l.modifiers) || ' ', ' ' || substr(a.modifiers, 4, 2) || ' ') > 0)
           AND (length(a.modifiers) < 8 OR instr(' ' || upper(l.modifiers) || ' ', ' ' || substr(a.modifiers, 7, 2) || ' ') > 0)
           AND (length(a.modifiers) < 11 OR instr(' ' || upper(l.modifiers) || ' ', ' ' || substr(a.modifiers, 10, 2) || ' ') > 0));

-- The best of them: a row of a line answers one, that of a claim all of one claim's, each
-- by its part of the charge.
CREATE TEMP TABLE answer_line AS
SELECT id, kind, claim_id, claim_line_number, lines,
       kind = 'claim' AND first_claim = last_claim OR lines = 1 AS sure,
       CASE WHEN lines = 1 THEN 1.0 WHEN charge > 0 THEN coalesce(charge_amount, 0) / charge ELSE 1.0 / lines END AS share
  FROM (SELECT *, count(*) OVER of_id AS lines, min(claim_id) OVER of_id AS first_claim, max(claim_id) OVER of_id AS last_claim,
               total(charge_amount) OVER of_id AS charge
          FROM (SELECT *, rank() OVER (PARTITION BY id ORDER BY fit, sending, too_late, received_date DESC,
                                                                 corrects_another DESC) AS place
                  FROM temp.answer_fit)
         WHERE place = 1
        WINDOW of_id AS (PARTITION BY id));
CREATE INDEX temp.answer_line_id ON answer_line (id);
CREATE INDEX temp.answer_line_key ON answer_line (claim_id, claim_line_number);

CREATE TEMP TABLE answer_denial AS
SELECT a.id, json_extract(j.value, '$.group') AS adjustment_group, CAST(json_extract(j.value, '$.carc') AS TEXT) AS carc,
       json_extract(j.value, '$.amount') AS amount
  FROM temp.answer AS a, temp.json_each(a.adjustments) AS j
 WHERE NOT (json_extract(j.value, '$.group') = 'PR' AND json_extract(j.value, '$.carc') IN (1, 2, 3, '1', '2', '3'))
   AND CAST(json_extract(j.value, '$.carc') AS TEXT) NOT IN ('23', '24', '45', '94', '131', '144', '237', '253');
CREATE INDEX temp.answer_denial_id ON answer_denial (id);
-- A table of your own may have the adjustments alone.
UPDATE temp.answer
   SET denied_amount = (SELECT total(amount) FROM temp.answer_denial AS d WHERE d.id = answer.id)
 WHERE denied_amount IS NULL;

DROP TABLE IF EXISTS temp.answer_paid;
CREATE TEMP TABLE answer_paid AS
SELECT l.claim_id, l.claim_line_number, total(a.paid_amount * l.share) AS paid_amount,
       total(a.denied_amount * l.share) AS denied_amount, max(a.payment_date) AS payment_date
  FROM temp.answer_line AS l JOIN temp.answer AS a ON a.id = l.id
 WHERE l.sure GROUP BY l.claim_id, l.claim_line_number;
CREATE INDEX temp.answer_paid_key ON answer_paid (claim_id, claim_line_number);

CREATE TEMP TABLE this_superseded AS
SELECT claim_id, claim_line_number, rule, severity, carc
  FROM temp.h2040_audit
 WHERE source = 'replaced_line' AND schema = 'temp'
   AND columns = (SELECT json_group_object(field, NULL) FROM main.field_not_kept)
   AND EXISTS (SELECT 1 FROM temp.answer) AND EXISTS (SELECT 1 FROM temp.superseded_line);

SELECT printf('%8.2f s  %,d remittances matched, %,d not', (julianday('now') - at) * 86400,
              (SELECT count(DISTINCT id) FROM temp.answer_line WHERE sure),
              (SELECT count(*) FROM temp.answer WHERE id NOT IN (SELECT id FROM temp.answer_line WHERE sure)))
  FROM temp.audit_clock WHERE EXISTS (SELECT 1 FROM temp.answer);
UPDATE temp.audit_clock SET at = julianday('now');

-- --- what to do first, line by line -----------------------------------------------------

-- The last day: to appeal what was denied, where the policy says how long that may take;
-- else to correct what was filed, or to file.  Of two limits the earlier one holds.
DROP TABLE IF EXISTS temp.this_line;
CREATE TEMP TABLE this_line AS
SELECT f.*,
       CASE WHEN l.appeal_days IS NOT NULL AND f.denied > 0 THEN date(f.payment_date, printf('+%d days', l.appeal_days))
            WHEN f.received_date <> '' AND l.timely_replacement_days IS NOT NULL
              THEN date(f.service_date, printf('+%d days', l.timely_replacement_days))
            ELSE min(coalesce(date(f.service_date, '+' || l.timely_filing_months || ' months'), '9999-12-31'),
                     coalesce(date(f.service_date, '+' || l.timely_filing_days || ' days'), '9999-12-31')) END AS last_day,
       CASE WHEN l.appeal_days IS NOT NULL AND f.denied > 0 THEN 'appeal'
            WHEN f.received_date <> '' THEN 'correct' ELSE 'file' END AS last_day_to
  FROM (SELECT f.claim_id, f.claim_line_number, f.payer_id, f.member_id, f.rendering_npi, f.hcpcs_code, f.service_date,
               f.amount, f.severity, f.owner, f.rule, f.remedy, f.rules, f.findings, f.at_risk,
               coalesce(p.paid_amount, CASE typeof(f.paid_amount) WHEN 'text' THEN NULL ELSE f.paid_amount END, 0) AS paid,
               p.denied_amount AS denied, p.payment_date, b.received_date
          -- (Of the columns that stand bare beside min() SQLite takes the row that has it.)
          FROM (SELECT *, min(first), group_concat(rule, ' ') AS rules, count(*) AS findings,
                       max(rule <> 'policy.missing') AS at_risk
                  FROM (SELECT *, printf('%s%d%04d', severity, rule = 'policy.missing', place) AS first
                          FROM temp.this_finding WHERE waived IS NULL
                         ORDER BY claim_id, claim_line_number, first)
                 GROUP BY claim_id, claim_line_number) AS f
          LEFT JOIN temp.answer_paid AS p ON p.claim_id = f.claim_id AND p.claim_line_number = f.claim_line_number
          LEFT JOIN main.claim_line AS b ON b.claim_id = f.claim_id AND b.claim_line_number = f.claim_line_number) AS f
  LEFT JOIN temp.this_limit AS l
    ON l.payer_id = f.payer_id AND f.service_date BETWEEN l.first_day AND l.last_day
   AND l.hcpcs_code = upper(trim(f.hcpcs_code));

DROP TABLE temp.conflict;
CREATE TEMP VIEW conflict AS SELECT * FROM temp.conflict_now;
DROP TABLE temp.past_cap;
CREATE TEMP VIEW past_cap AS SELECT * FROM temp.past_cap_now;
DROP TABLE temp.superseded_line;
CREATE TEMP VIEW superseded_line AS SELECT * FROM temp.superseded_now;

COMMIT;

-- --- storing, in one transaction ----------------------------------------------------

-- (Not IMMEDIATE, which would reserve every database that is attached; the first
-- statement writes.)
BEGIN;

INSERT INTO main.audit_run (started_at, as_of, version, lines_seen, lines_judged, lines_not_judged, findings, billed,
                            lines_at_risk, paid_at_risk, unpaid_at_risk, charges_unread)
SELECT started_at, as_of, version, lines_seen, lines_seen - lines_not_judged, lines_not_judged,
       (SELECT count(*) FROM temp.this_finding), s.billed, l.lines, round(l.paid, 2), round(l.unpaid, 2), s.charges_unread
  FROM temp.this_run,
       (SELECT round(total(dollars), 2) AS billed, coalesce(sum(charges_unread), 0) AS charges_unread FROM temp.this_state
         WHERE coalesce(reason, 'no policy in force')
               IN ('no policy in force', 'two policies in force (policy_overlap)', 'service_date is not written YYYY-MM-DD')) AS s,
       (SELECT count(*) AS lines, total(max(paid, 0)) AS paid,
               total(CASE typeof(amount) WHEN 'text' THEN 0 ELSE max(amount - max(paid, 0), 0) END) AS unpaid
          FROM temp.this_line WHERE at_risk) AS l;

UPDATE temp.this_run SET run_id = last_insert_rowid();
UPDATE temp.this_run SET previous = (SELECT max(run_id) FROM main.audit_run WHERE run_id < this_run.run_id);

INSERT INTO main.audit_finding (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status,
                                owner, category, field, value)
SELECT run_id, f.rule, f.claim_id, f.claim_line_number, f.severity, f.message, f.remedy, f.carc, f.amount,
       CASE WHEN f.waived IS NOT NULL THEN 'waived'
            WHEN EXISTS (SELECT 1 FROM main.audit_finding AS p
                          WHERE p.run_id = previous AND p.rule = f.rule AND p.claim_id = f.claim_id
                            AND p.claim_line_number = f.claim_line_number AND p.status IN ('new', 'open')) THEN 'open'
            ELSE 'new' END,
       f.owner, f.category, f.field, f.value
  FROM temp.this_run CROSS JOIN temp.this_finding AS f;

INSERT INTO main.audit_finding (run_id, rule, claim_id, claim_line_number, severity, message, remedy, carc, amount, status,
                                owner, category, field, value)
SELECT this_run.run_id, p.rule, p.claim_id, p.claim_line_number, p.severity, p.message, p.remedy, p.carc, p.amount, 'resolved',
       p.owner, p.category, p.field, p.value
  FROM temp.this_run
 CROSS JOIN main.audit_finding AS p ON p.run_id = this_run.previous
 WHERE p.status <> 'resolved'
   AND NOT EXISTS (SELECT 1 FROM temp.this_finding AS f
                    WHERE f.rule = p.rule AND f.claim_id IS p.claim_id AND f.claim_line_number IS p.claim_line_number);

INSERT INTO main.audit_line
SELECT run_id, l.claim_id, l.claim_line_number, l.payer_id, l.member_id, l.rendering_npi, l.hcpcs_code, l.service_date,
       l.amount, CASE WHEN at_risk THEN round(max(paid, 0), 2) ELSE 0 END,
       CASE WHEN at_risk AND typeof(amount) <> 'text' THEN round(coalesce(max(amount - max(paid, 0), 0), 0), 2) ELSE 0 END,
       l.severity, l.owner, l.rule, l.remedy, l.rules, l.findings,
       EXISTS (SELECT 1 FROM main.audit_finding AS f
                WHERE f.run_id = this_run.run_id AND f.claim_id = l.claim_id AND f.claim_line_number = l.claim_line_number
                  AND f.status = 'new'),
       nullif(last_day, '9999-12-31'), CASE WHEN last_day <> '9999-12-31' THEN last_day_to END
  FROM temp.this_run CROSS JOIN temp.this_line AS l;

INSERT INTO main.audit_billed
SELECT run_id, payer_id, rendering_npi, month, sum(lines), round(total(dollars), 2)
  FROM temp.this_run, temp.this_state
 WHERE coalesce(reason, 'no policy in force')
       IN ('no policy in force', 'two policies in force (policy_overlap)', 'service_date is not written YYYY-MM-DD')
 GROUP BY payer_id, rendering_npi, month;
INSERT INTO main.audit_code        SELECT run_id, hcpcs_code, lines, judged, reason FROM temp.this_run, temp.this_code;
INSERT INTO main.audit_not_judged  SELECT run_id, what, reason, lines, dollars FROM temp.this_run, temp.this_not_judged;
INSERT INTO main.audit_rule
SELECT run_id, rule, place, severity, category, owner, carc, title, remedy, missing FROM temp.this_run, temp.this_rule;
INSERT INTO main.audit_cap_left    SELECT run_id, l.* FROM temp.this_run, temp.this_cap_left AS l;
INSERT INTO main.audit_cap_over    SELECT run_id, o.* FROM temp.this_run, temp.this_cap_over AS o;
INSERT INTO main.audit_policy_note SELECT run_id, payer_id, hcpcs_code, note FROM temp.this_run, temp.this_policy_note;

DELETE FROM main.remittance_line;
INSERT INTO main.remittance_line
SELECT a.id, l.claim_id, l.claim_line_number, a.payment_date, a.paid_amount * l.share, a.denied_amount * l.share
  FROM temp.answer_line AS l JOIN temp.answer AS a ON a.id = l.id WHERE l.sure;
DELETE FROM main.remittance_denial;
INSERT INTO main.remittance_denial
SELECT a.id, l.claim_id, l.claim_line_number, a.payment_date, d.adjustment_group, d.carc, d.amount * l.share
  FROM temp.answer_line AS l JOIN temp.answer AS a ON a.id = l.id JOIN temp.answer_denial AS d ON d.id = l.id WHERE l.sure;
DELETE FROM main.superseded_finding;
INSERT INTO main.superseded_finding SELECT claim_id, claim_line_number, rule, severity, carc FROM temp.this_superseded;
DELETE FROM main.remittance_problem;
INSERT INTO main.remittance_problem
SELECT a.id, a.payer_id, a.claim_number, a.hcpcs_code, a.service_date, a.paid_amount, a.denied_amount,
       CASE WHEN a.claim_number IS NULL OR a.claim_number = '' THEN 'it names no claim'
            WHEN l.lines IS NOT NULL THEN printf('%d lines fit it equally', l.lines)
            WHEN k.payer IS NULL THEN printf('no claim has the number %s', a.claim_number)
            WHEN k.same_payer = 0
              THEN printf('claim %s is one of payer %s, not of %s; if they are one: INSERT INTO payer_alias VALUES (%Q, %Q);',
                          a.claim_number, quote(k.payer), quote(a.payer_id), a.payer_id, k.payer)
            ELSE printf('no line of claim %s has its line control number, nor its code, modifiers and day', a.claim_number) END
  FROM temp.answer AS a
  LEFT JOIN (SELECT id, max(lines) AS lines FROM temp.answer_line WHERE NOT sure GROUP BY id) AS l ON l.id = a.id
  LEFT JOIN (SELECT k.id, max(coalesce(p.same_as, l.payer_id, '')) AS payer,
                    max(coalesce(p.same_as, l.payer_id) IS a.payer_id) AS same_payer
               FROM temp.answer_pair AS k
              CROSS JOIN temp.answer AS a ON a.id = k.id
              CROSS JOIN main.claim_line AS l ON l.rowid = k.line
               LEFT JOIN main.payer_alias AS p ON p.payer_id = l.payer_id
              GROUP BY k.id) AS k ON k.id = a.id
 WHERE a.id NOT IN (SELECT id FROM temp.answer_line WHERE sure)
UNION ALL
SELECT r.rowid, r.payer_id, r.claim_number, r.hcpcs_code, r.service_date, r.paid_amount, r.denied_amount,
       CASE WHEN trim(r.problem) <> '' THEN r.problem ELSE 'adjustments is no JSON' END
  FROM main.remittance AS r
 WHERE trim(r.problem) <> '' OR trim(r.adjustments) <> '' AND NOT json_valid(r.adjustments);

COMMIT;

SELECT printf('%8.2f s  stored', (julianday('now') - at) * 86400) FROM temp.audit_clock;

-- --- what came of it ----------------------------------------------------------------

SELECT printf('audit run %d as of %s: %,d lines seen, %,d judged, %,d not judged', r.run_id, r.as_of, r.lines_seen,
              r.lines_judged, r.lines_not_judged)
  FROM main.audit_run AS r JOIN temp.this_run USING (run_id);
SELECT printf('%,d lines at risk: $%,d paid that may be taken back, $%,d unpaid that may be denied', r.lines_at_risk,
              round(r.paid_at_risk), round(r.unpaid_at_risk))
       || CASE WHEN r.charges_unread > 0 THEN printf('; %,d charges cannot be read and are in no sum', r.charges_unread) ELSE '' END
  FROM main.audit_run AS r JOIN temp.this_run USING (run_id);
SELECT printf('%,d new, %,d open, %,d waived, %,d resolved', total(status = 'new'), total(status = 'open'),
              total(status = 'waived'), total(status = 'resolved'))
  FROM main.audit_finding JOIN temp.this_run USING (run_id);
SELECT printf('NEW  %-32s %s/%s  $%,d  %s', rule, claim_id, claim_line_number, round(amount), message)
  FROM main.audit_finding JOIN temp.this_run USING (run_id)
 WHERE status = 'new'
 ORDER BY severity, amount DESC, rule, claim_id, claim_line_number LIMIT 40;
SELECT CASE WHEN EXISTS (SELECT 1 FROM main.audit_billed AS b WHERE b.run_id = this_run.run_id)
            THEN printf('new findings: %d', (SELECT count(*) FROM main.audit_finding AS f
                                              WHERE f.run_id = this_run.run_id AND f.status = 'new'))
            ELSE printf('nothing judged: %d lines seen', lines_seen) END
  FROM temp.this_run;

DROP TABLE temp.answer;
DROP TABLE temp.answer_denial;
DROP TABLE temp.answer_fit;
DROP TABLE temp.answer_line;
DROP TABLE temp.answer_paid;
DROP TABLE temp.answer_pair;
DROP TABLE temp.this_cap_left;
DROP TABLE temp.this_cap_over;
DROP TABLE temp.this_code;
DROP TABLE temp.this_finding;
DROP TABLE temp.this_limit;
DROP TABLE temp.this_line;
DROP TABLE temp.this_not_judged;
DROP TABLE temp.this_policy_note;
DROP TABLE temp.this_rule;
DROP TABLE temp.this_run;
DROP TABLE temp.this_state;
DROP TABLE temp.this_superseded;
DROP TABLE temp.audit_clock;
