-- The database of the audit bench: schema.sql's tables filled by arithmetic, the same
-- every time.  One year; a member has 25 sessions, a provider forty members; about one
-- line in twelve breaks a rule.  $lines comes from audit.tcl.

INSERT OR IGNORE INTO payer
WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 19)
SELECT printf('P%02d', i), printf('Payer %d', i) FROM n;

INSERT INTO payer_policy (payer_id, effective_from, effective_to, pack, changes)
SELECT payer_id, '2024-01-01', '2025-06-30', 'session', '{"timely_filing_days": 180}' FROM payer
UNION ALL
SELECT payer_id, '2025-07-01', NULL, 'session', '{"timely_filing_days": 95, "min_minutes": 30}' FROM payer
 WHERE payer_id <> 'P19';

INSERT INTO session_cap (cap_id, payer_id, hcpcs_codes, max_units, period)
SELECT 'year ' || payer_id, payer_id, 'H2040', CASE WHEN payer_id < 'P02' THEN 23 ELSE 30 END, 'year' FROM payer;

-- i: the line.  h: scattered but repeatable.  bad: which defect it has, mostly none.
CREATE TEMP TABLE bench_line AS
WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < $lines - 1),
line AS (
  SELECT i, (i * 2654435761) % 4294967296 AS h, $lines / 25 AS members,
         CASE WHEN i % 13 = 0 THEN i / 13 % 32 ELSE -1 END AS bad
    FROM n)
SELECT i, h, bad, (i * 7919) % members AS member,
       date('2025-01-01', '+' || (i * 365 / $lines) || ' days') AS day,
       480 + 75 * (i * 1000 / members / 25 % 8) AS starts
  FROM line;

-- A provider's NPI: nine digits and the check digit, by Luhn's rule over 80840 and the
-- nine; of those, the first, third … ninth are doubled.
CREATE TEMP TABLE bench_provider AS
WITH RECURSIVE n(p) AS (VALUES(0) UNION ALL SELECT p + 1 FROM n WHERE p < $lines / 1000),
digit(p, npi, place, sum) AS (
  SELECT p, printf('%d', 100000000 + p), 0, 24 FROM n
  UNION ALL
  SELECT p, npi, place + 1,
         sum + CASE WHEN place % 2 = 1 THEN substr(npi, place + 1, 1) + 0
                    ELSE substr(npi, place + 1, 1) * 2 / 10 + substr(npi, place + 1, 1) * 2 % 10 END
    FROM digit WHERE place < 9)
SELECT p, npi || ((10 - sum % 10) % 10) AS npi FROM digit WHERE place = 9;
CREATE UNIQUE INDEX bench_provider_p ON bench_provider (p);

INSERT INTO claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, service_date,
                        place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number, treatment,
                        service_focus, received_date, claim_frequency_code, charge_amount)
SELECT printf('C%07d', i / 2), i % 2 + 1, printf('P%02d', member % 20), printf('M%06d', member),
       CASE bad WHEN 0 THEN 'H2O40' WHEN 1 THEN 'H2014' ELSE 'H2040' END,
       CASE bad WHEN 2 THEN 'ZZ' WHEN 3 THEN 'GT' WHEN 4 THEN '25' WHEN 5 THEN 'HN HO' WHEN 6 THEN 'HN HN' WHEN 7 THEN 'U1'
            ELSE CASE WHEN h % 4 = 0 THEN 'GT HN' WHEN h % 4 = 1 THEN 'HN' END END,
       CASE bad WHEN 8 THEN 0 WHEN 9 THEN 4 ELSE 1 END,
       CASE bad WHEN 10 THEN '2025-02-30' WHEN 11 THEN '2023-09-30' ELSE day END,
       CASE WHEN bad = 12 THEN '14' WHEN bad = 13 THEN '98' WHEN bad IN (3, 7) THEN '11' WHEN h % 4 = 0 THEN '10' ELSE '11' END,
       CASE bad WHEN 14 THEN '' WHEN 15 THEN 'Z00.0' ELSE CASE h % 3 WHEN 0 THEN 'F84.0' WHEN 1 THEN 'F20.9' ELSE 'F71' END END,
       (SELECT npi FROM bench_provider WHERE p = member % ($lines / 1000)),
       CASE bad WHEN 16 THEN NULL WHEN 17 THEN '207Q00000X' ELSE '101YM0800X' END,
       CASE WHEN member % 4 = 0 THEN printf('A%06d', member) END, NULL, 'skills',
       CASE bad WHEN 18 THEN '2027-01-31' ELSE date(day, '+' || (h % 60) || ' days') END,
       '1', 120 + h % 60
  FROM bench_line;

INSERT INTO session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose, plan_goal,
                          activities, client_response, progress, next_steps, medical_necessity, effectiveness, complexity,
                          signed_by)
SELECT printf('C%07d', i / 2), i % 2 + 1, day,
       CASE bad WHEN 19 THEN NULL WHEN 20 THEN 1500 ELSE 60 END,
       CASE bad WHEN 19 THEN NULL ELSE printf('%02d:%02d', starts / 60, starts % 60) END,
       CASE bad WHEN 19 THEN NULL WHEN 21 THEN '23:00' ELSE printf('%02d:%02d', starts / 60 + 1, starts % 60) END,
       CASE bad WHEN 22 THEN 'n/a' ELSE 'Practise ordering a meal and paying for it without prompting' END,
       CASE bad WHEN 23 THEN '' ELSE 'Goal ' || (h % 5 + 1) || ': use public places on one''s own' END,
       CASE WHEN bad = 24 THEN ' ' WHEN bad = 25 THEN 'Same words for everybody, whoever it was'
            ELSE 'Walked to shop ' || i || ', made a list, compared three prices, paid in cash and counted the change' END,
       CASE bad WHEN 26 THEN NULL WHEN 25 THEN 'Did well' ELSE 'Anxious at first, then asked one question; visit ' || (h % 97) END,
       'Two prompts instead of five; counted the change without help', 'Repeat at another shop; add asking for help',
       NULL, NULL, NULL, 'R. Okafor'
  FROM bench_line;

INSERT INTO treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed)
SELECT DISTINCT printf('P%06d', member), printf('M%06d', member), '2024-12-01',
       CASE WHEN member % 200 = 0 THEN '2025-11-30' ELSE '2026-06-30' END, 'Goals 1 to 5', 'Two a quarter', '2025-01-15'
  FROM bench_line;

INSERT INTO prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units)
SELECT DISTINCT printf('A%06d', member), printf('P%02d', member % 20), printf('M%06d', member), 'H2040', '2025-01-01',
       '2025-12-31', 1
  FROM bench_line WHERE member % 4 = 0;

-- The second of two lines, once more.
INSERT INTO claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, service_date,
                        place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number, treatment,
                        service_focus, received_date, claim_frequency_code, charge_amount)
SELECT 'D' || substr(claim_id, 2), 1, payer_id, member_id, hcpcs_code, modifiers, units, service_date, place_of_service,
       diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number, treatment, service_focus, received_date, '1',
       charge_amount
  FROM claim_line WHERE claim_line_number = 2 AND CAST(substr(claim_id, 2) AS INTEGER) % 500 = 0;

DROP TABLE bench_line;
DROP TABLE bench_provider;
UPDATE audit_setting SET value = '2026-01-31' WHERE setting = 'as_of';
-- (No ANALYZE: nobody is asked to run it.)
