-- demo.sql: a sample practice, one year of it: every rule is broken somewhere, most
-- lines are clean.
--
--   sqlite3 -cmd '.load build/h2040' demo.db '.read sql/schema.sql' '.read sql/policies.sql' '.read sql/demo.sql' \
--           '.read sql/intake.sql' '.read sql/views.sql' '.read sql/audit.sql' '.read sql/report.sql'
--
-- Needs:  schema.sql and policies.sql, in a database that holds no lines yet.
-- Makes:  rows in every table that an audit reads, and tables demo_export and demo_notes, as
--         a spreadsheet might have saved them, with their rows of intake_source.  The same
--         every time.  Everyone in it is invented.  demo_x12.sql adds an 837P and its 835.
--
-- Claim S07-04 is the fourth session of member M07.  First everything is in order;
-- then one thing after another goes wrong, each named by the rule that finds it.

BEGIN;

UPDATE audit_setting SET value = '2025-12-31' WHERE setting = 'as_of';

-- --- payers, their policies, their caps --------------------------------------------

INSERT INTO payer (payer_id, name) VALUES
  ('MCDN', 'Northland Medicaid'),
  ('MCDS', 'Southland Medicaid'),
  ('CNTY', 'County Behavioral Health'),
  ('ACME', 'Acme Health Plan'),
  ('HARB', 'Harbor Mutual'),
  ('VALE', 'Vale Early Psychosis Program'),
  ('LAKE', 'Lakeside First Episode Grant'),
  ('REHB', 'State Rehabilitation Fund'),
  ('CASH', 'Self-pay and walk-in');      -- has no policy

INSERT INTO payer_policy (payer_id, effective_from, effective_to, pack, changes) VALUES
  ('MCDN', '2023-01-01', '2025-06-30', 'session',    '{"appeal_days": 365}'),
  ('MCDN', '2025-07-01', NULL,         'session',    '{"timely_filing_days": 95, "appeal_days": 120}'),
  ('MCDS', '2024-01-01', NULL,         'session',    '{"required_modifiers": ["HE"]}'),
  ('CNTY', '2024-07-01', NULL,         'session',    '{"max_units_per_line": 4}'),
  ('CNTY', '2025-12-15', NULL,         'session',    '{"max_units_per_line": 2}'),  -- the old one was not closed
  ('ACME', '2025-01-01', NULL,         'commercial', '{"places": ["02", "10", "11", "12", "53"], "min_minutes": 30,
                                                       "treatments": ["skills training", "social skills group"]}'),
  ('HARB', '2024-01-01', NULL,         'commercial', '{"timely_filing_days": 180}'),
  ('VALE', '2024-01-01', NULL,         'cms',        '{}'),
  ('LAKE', '2024-01-01', NULL,         'cms',        '{"off": ["plan.no_benchmarks"]}'),
  ('REHB', '2024-01-01', NULL,         'H2014',      '{"age_from": 18, "required_one_of": [["HM", "HN", "HO", "HP"]]}');

INSERT INTO session_cap (cap_id, payer_id, hcpcs_codes, max_units, period, scope) VALUES
  ('MCDN fiscal year', 'MCDN', 'H2040', 24, 'year from 07-01', 'member'),
  ('MCDN day',         'MCDN', 'H2040',  2, 'day',             'member'),
  ('ACME year',        'ACME', 'H2040', 20, 'year',            'member'),
  ('CNTY 30 days',     'CNTY', 'H2040',  5, '30 days',         'member'),
  ('REHB day',         'REHB', 'H2014', 16, 'day',             'member');

-- --- who gives the service, who receives it ----------------------------------------

CREATE TEMP TABLE demo_provider (p INTEGER PRIMARY KEY, npi, taxonomy, name);
INSERT INTO demo_provider (p, npi, taxonomy, name) VALUES
  ( 1, '1451793313', '101YM0800X', 'R. Okafor, LPC'),
  ( 2, '1503586624', '1041C0700X', 'M. Lindqvist, LCSW'),
  ( 3, '1555379936', '106S00000X', 'D. Moreau, RBT'),
  ( 4, '1607173246', '103TC0700X', 'A. Haddad, PhD'),
  ( 5, '1658966555', '175T00000X', 'J. Whitefeather, peer specialist'),
  ( 6, '1710759865', '101YP2500X', 'S. Banerjee, LPC'),
  ( 7, '1762553174', '106H00000X', 'T. Kowalczyk, LMFT'),
  ( 8, '1814346486', '171M00000X', 'E. Duarte, case manager'),
  ( 9, '1866139797', '103K00000X', 'H. Nakamura, BCBA'),
  (10, '1917933107', '225C00000X', 'C. Adeyemi, CRC'),
  (11, '1969726417', '251S00000X', 'P. Novak, team lead'),
  (12, '1225364862', '104100000X', 'L. Brandt, MSW');

INSERT INTO provider (rendering_npi, name) SELECT npi, name FROM demo_provider;

-- A payer's members: how many days lie between their sessions, how many sessions.
CREATE TEMP TABLE demo_payer (payer_id, first_m, last_m, every, sessions, hcpcs_code, units, charge, modifiers, treatment);
INSERT INTO demo_payer VALUES
  ('MCDN',  1,  3,  7, 51, 'H2040', 1,  145, NULL, NULL),                -- weekly: they reach the cap
  ('MCDN',  4, 10, 14, 26, 'H2040', 1,  145, NULL, NULL),
  ('MCDS', 11, 18, 14, 26, 'H2040', 1,  138, 'HE', NULL),
  ('CNTY', 19, 24, 14, 26, 'H2040', 1,  120, NULL, NULL),
  ('ACME', 25, 31, 14, 26, 'H2040', 1,  165, NULL, 'skills training'),
  ('HARB', 32, 37, 14, 26, 'H2040', 1,  172, NULL, NULL),
  ('VALE', 38, 41, 28, 12, 'H2040', 1, 1250, NULL, NULL),
  ('LAKE', 42, 44, 28, 12, 'H2040', 1, 1190, NULL, NULL),
  ('REHB', 45, 48, 14, 24, 'H2014', 4,   92, 'HO', NULL),
  ('CASH', 49, 49, 14,  4, 'H2040', 1,  110, NULL, NULL),
  ('CNTY', 50, 53, 14,  3, 'H2040', 1,  120, NULL, NULL);                -- new clients

-- Every member has a weekday, a provider and an hour of the provider's day, so that
-- nobody is in two places at once.
CREATE TEMP TABLE demo_session AS
WITH RECURSIVE member (m) AS (
  VALUES (1) UNION ALL SELECT m + 1 FROM member WHERE m < 53
), session (m, n) AS (
  SELECT m, 1 FROM member
  UNION ALL
  SELECT m, n + 1 FROM session
   WHERE n < (SELECT sessions FROM demo_payer WHERE session.m BETWEEN first_m AND last_m)
)
SELECT m, n, d.*, p.*,
       printf('S%02d-%02d', m, n) AS claim_id,
       printf('M%02d', m) AS member_id,
       date('2025-01-06', printf('+%d days', m % 5 + every * (n - 1))) AS service_date,
       CASE WHEN m % 4 = 0 AND n % 5 = 0 THEN '10' WHEN m IN (5, 16) THEN '14'
            WHEN m % 7 = 3 THEN '12' ELSE '11' END AS place_of_service,
       time('08:30', printf('+%d minutes', 75 * (m / 12))) AS start_time,
       CASE WHEN m % 3 = 0 AND hcpcs_code = 'H2040' THEN 45 ELSE 60 END AS minutes
  FROM session
  JOIN demo_payer AS d ON m BETWEEN first_m AND last_m
  JOIN demo_provider AS p ON p.p = m % 12 + 1;

-- The clients' names; some have none on file.
INSERT INTO member (member_id, name)
SELECT member_id, substr('Ada Ben Clo Dan Eve Fay Gus Hal Ivy Jon Kay Leo Mia Ned Ola Pia Quo Ray Sue Tom ',
                         1 + (m % 20) * 4, 4) || char(65 + m % 26) || '.'
  FROM demo_session WHERE m % 9 <> 8 GROUP BY m;

-- --- a year in order -----------------------------------------------------------------

INSERT INTO treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed)
SELECT 'P-' || member_id, member_id, '2025-01-02', '2025-12-31',
       'G1: keeps a weekly budget. G2: starts conversations. G3: travels alone.',
       'G1: 4 weeks of 5. G2: twice a day. G3: two routes by June.', '2025-06-16'
  FROM demo_session GROUP BY member_id;

-- Commercial payers want an authorization for every session; ACME gives a second
-- one, X, for those past the 20 of the year.
INSERT INTO prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units)
SELECT printf('A%s-%02d', payer_id, m), payer_id, member_id, 'H2040', '2025-01-01',
       CASE payer_id WHEN 'ACME' THEN '2026-06-30' ELSE '2026-01-20' END, CASE payer_id WHEN 'ACME' THEN 20 ELSE 30 END
  FROM demo_session WHERE payer_id IN ('ACME', 'HARB') GROUP BY m
UNION ALL
SELECT printf('AACME-%02dX', m), payer_id, member_id, 'H2040', '2025-09-01', '2026-01-31', 8
  FROM demo_session WHERE payer_id = 'ACME' GROUP BY m;

INSERT INTO claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, units, service_date,
                        place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy, prior_auth_number,
                        treatment, service_focus, received_date, claim_frequency_code, charge_amount,
                        birth_date, coverage_start, provider_start)
SELECT claim_id, 1, payer_id, member_id, hcpcs_code,
       trim(coalesce(modifiers, '') || CASE place_of_service WHEN '10' THEN ' GT' WHEN '14' THEN ' U1' ELSE '' END),
       units, service_date, place_of_service,
       CASE WHEN payer_id IN ('VALE', 'LAKE') THEN 'F29' WHEN m % 4 = 0 THEN 'F84.0 F90.2'
            WHEN m % 4 = 1 THEN 'F20.9' WHEN m % 4 = 2 THEN 'F70' ELSE 'F33.1 F41.1' END,
       npi, taxonomy,
       (SELECT prior_auth_number FROM prior_authorization
         WHERE prior_auth_number = printf('A%s-%02d', payer_id, m) || CASE WHEN payer_id = 'ACME' AND n > 20 THEN 'X' ELSE '' END),
       treatment, CASE hcpcs_code WHEN 'H2014' THEN 'habilitation' ELSE 'skills' END,
       date(service_date, printf('+%d days', 5 + (m * 7 + n * 3) % 20)), '1',
       charge, date('1990-02-28', printf('%+d months', m * 5 - 130)), '2020-01-01', '2019-07-01'
  FROM demo_session AS s;

-- Every note is of its session: skill, number and progress differ.
CREATE TEMP TABLE demo_skill (i INTEGER PRIMARY KEY, skill, goal);
INSERT INTO demo_skill VALUES
  (0, 'planning a week of meals', 'G1'),     (1, 'paying at the till', 'G1'),
  (2, 'sorting bills by due date', 'G1'),    (3, 'opening a conversation', 'G2'),
  (4, 'asking for help at work', 'G2'),      (5, 'reading the bus timetable', 'G3'),
  (6, 'changing trains with a list', 'G3');

INSERT INTO session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time, purpose,
                          plan_goal, activities, client_response, progress, next_steps, medical_necessity,
                          effectiveness, complexity, signed_by)
SELECT claim_id, 1, service_date, minutes, substr(start_time, 1, 5),
       substr(time(start_time, printf('+%d minutes', minutes)), 1, 5),
       'To practise ' || skill || ' for independent living.', goal,
       printf('Session %d: %s. Modelled once, then tried with prompts, then alone.', n, skill),
       printf('Took %s; asked for help %d times.', CASE n % 3 WHEN 0 THEN 'the lead' WHEN 1 THEN 'part' ELSE 'turns' END,
              (m + n) % 4),
       printf('%d of 5 steps without a prompt.', 1 + (m + 2 * n) % 5),
       printf('Session %d: the same in the community.', n + 1),
       'Cannot yet live without daily prompting; risk of losing housing.',
       printf('Needed %d prompts at intake, %d now.', 9, 8 - n % 5), NULL, name
  FROM demo_session JOIN demo_skill ON i = (m + n) % 7;

-- --- what goes wrong: coding, units, dates -------------------------------------------

UPDATE claim_line SET hcpcs_code = 'H2O40'           WHERE claim_id = 'S04-03';              -- code.malformed
UPDATE claim_line SET hcpcs_code = 'H2040:HK'        WHERE claim_id = 'S06-05';
UPDATE claim_line SET service_focus = 'rehabilitation' WHERE claim_id IN ('S07-04', 'S21-11');  -- code.similar
UPDATE claim_line SET units = '1.5'                  WHERE claim_id = 'S08-02';              -- unit.not_whole
UPDATE claim_line SET units = NULL                   WHERE claim_id = 'S12-09';
UPDATE claim_line SET units = 6                      WHERE claim_id = 'S19-06';              -- unit.over_line_max
UPDATE claim_line SET units = 4, charge_amount = 580 WHERE claim_id IN ('S10-10', 'S10-11'); -- unit.time_based
UPDATE claim_line SET units = 6, charge_amount = 138 WHERE claim_id IN ('S46-05', 'S47-08'); -- unit.exceeds_time
UPDATE session_note SET duration_minutes = 20, end_time = NULL WHERE claim_id = 'S25-08';    -- unit.too_short
UPDATE claim_line SET service_date = '02/30/2025'    WHERE claim_id = 'S09-05';              -- date.malformed
UPDATE claim_line SET service_date = '2026-03-04'    WHERE claim_id = 'S20-06';              -- date.future
UPDATE claim_line SET received_date = date(service_date, '+400 days') WHERE claim_id = 'S14-03';  -- date.untimely
UPDATE claim_line SET received_date = date(service_date, '+200 days') WHERE claim_id IN ('S33-02', 'S33-03', 'S36-04');

-- code.not_effective: H2040 came into the code set on 2023-10-01.
CREATE TEMP TABLE demo_line AS SELECT * FROM claim_line WHERE claim_id = 'S06-01';
CREATE TEMP TABLE demo_note AS SELECT * FROM session_note WHERE claim_id = 'S06-01';
UPDATE demo_line SET claim_id = 'OLD-01', service_date = '2023-08-15', received_date = '2023-08-30';
UPDATE demo_note SET claim_id = 'OLD-01', note_date = '2023-08-15', duration_minutes = 60, start_time = '14:00',
       end_time = '15:00', activities = 'Intake week: toured the kitchen and set up a calendar.',
       client_response = 'Curious; named two goals.';
INSERT INTO claim_line SELECT * FROM demo_line;
INSERT INTO session_note SELECT * FROM demo_note;
INSERT INTO treatment_plan (plan_id, member_id, plan_start, plan_end, plan_goals, plan_benchmarks, plan_reviewed)
VALUES ('P-M06-2023', 'M06', '2023-08-01', '2024-07-31', 'G1: settles in.', 'Four weeks.', '2023-08-01');

-- --- provider, diagnosis, plan -------------------------------------------------------

UPDATE claim_line SET rendering_taxonomy = NULL      WHERE claim_id IN ('S13-05', 'S13-06'); -- provider.missing
UPDATE claim_line SET rendering_taxonomy = '207Q00000X' WHERE claim_id = 'S15-07';           -- provider.not_eligible
UPDATE claim_line SET rendering_npi = '1607173264'   WHERE claim_id = 'S15-04';              -- provider.npi_invalid
UPDATE claim_line SET diagnosis_codes = ''           WHERE claim_id = 'S16-02';              -- diagnosis.missing
UPDATE claim_line SET diagnosis_codes = 'F33.1 296.3' WHERE claim_id = 'S27-03';             -- diagnosis.malformed
UPDATE claim_line SET diagnosis_codes = 'Z71.9'      WHERE claim_id = 'S18-06';              -- diagnosis.not_qualifying
UPDATE claim_line SET diagnosis_codes = 'F84.0'      WHERE claim_id IN ('S39-04', 'S42-08');
DELETE FROM treatment_plan WHERE member_id = 'M49';                                          -- plan.missing
UPDATE treatment_plan SET plan_end = '2025-11-30'    WHERE member_id = 'M23';                -- plan.not_in_force
UPDATE treatment_plan SET plan_goals = ''            WHERE member_id = 'M50';                -- plan.no_goals
UPDATE treatment_plan SET plan_benchmarks = 'TBD'    WHERE member_id = 'M51';                -- plan.no_benchmarks
UPDATE treatment_plan SET plan_reviewed = '2023-12-20' WHERE member_id = 'M52';              -- plan.review_overdue

-- --- modifiers and places -------------------------------------------------------------

UPDATE claim_line SET modifiers = 'G'                WHERE claim_id = 'S01-07';              -- modifier.malformed
UPDATE claim_line SET modifiers = 'ZZ'               WHERE claim_id = 'S02-12';              -- modifier.unknown
UPDATE claim_line SET modifiers = 'SZ'               WHERE claim_id = 'S03-15';              -- modifier.not_effective
UPDATE claim_line SET modifiers = '25'               WHERE claim_id = 'S19-10';              -- modifier.not_accepted
UPDATE claim_line SET modifiers = 'HK HK'            WHERE claim_id = 'S21-03';              -- modifier.duplicate
UPDATE claim_line SET modifiers = 'HE HK HQ TS KX'   WHERE claim_id = 'S11-12';              -- modifier.too_many
UPDATE claim_line SET modifiers = 'GT 95'            WHERE claim_id IN ('S04-10', 'S20-15'); -- modifier.conflict
UPDATE claim_line SET modifiers = NULL               WHERE claim_id IN ('S11-05', 'S17-20'); -- modifier.required
UPDATE claim_line SET modifiers = NULL
 WHERE claim_id IN ('S04-05', 'S08-10', 'S08-15', 'S24-20', 'S28-05', 'S32-10');             -- modifier.telehealth_missing
UPDATE claim_line SET modifiers = 'GT'               WHERE claim_id IN ('S22-04', 'S31-09'); -- modifier.telehealth_place
UPDATE claim_line SET modifiers = NULL               WHERE claim_id = 'S05-11';              -- modifier.setting_missing
UPDATE claim_line SET modifiers = 'U1'               WHERE claim_id = 'S09-12';              -- modifier.setting_place
UPDATE claim_line SET modifiers = '22'               WHERE claim_id IN ('S22-16', 'S35-05'); -- modifier.complexity_unsupported
UPDATE claim_line SET place_of_service = '40'        WHERE claim_id = 'S01-22';              -- place.unknown
UPDATE claim_line SET place_of_service = '03'        WHERE claim_id = 'S26-14';              -- place.not_accepted

-- --- documentation --------------------------------------------------------------------

UPDATE session_note SET note_date = NULL             WHERE claim_id = 'S02-20';              -- documentation.no_date
UPDATE session_note SET note_date = date(note_date, '+3 days') WHERE claim_id IN ('S03-08', 'S29-12'); -- .date_mismatch
UPDATE session_note SET duration_minutes = NULL, start_time = NULL, end_time = NULL
 WHERE claim_id IN ('S06-14', 'S40-03');                                                     -- documentation.no_duration
UPDATE session_note SET purpose = ''                 WHERE claim_id = 'S07-18';              -- documentation.no_purpose
UPDATE session_note SET plan_goal = 'n/a'            WHERE claim_id LIKE 'S1_-13';           -- documentation.no_goal_link
UPDATE session_note SET activities = NULL            WHERE claim_id IN ('S05-19', 'S24-08'); -- documentation.no_activities
UPDATE session_note SET client_response = 'pending'  WHERE claim_id LIKE 'S2_-17';           -- documentation.no_response
UPDATE session_note SET progress = NULL              WHERE claim_id LIKE 'S3_-22';           -- documentation.no_progress
UPDATE session_note SET next_steps = NULL            WHERE claim_id LIKE 'S0_-21';           -- documentation.no_next_steps
UPDATE session_note SET medical_necessity = NULL     WHERE claim_id IN ('S27-15', 'S33-15', 'S34-15'); -- .no_medical_necessity
UPDATE session_note SET effectiveness = '--'         WHERE claim_id IN ('S28-24', 'S37-11'); -- documentation.no_effectiveness
UPDATE session_note SET signed_by = NULL             WHERE claim_id LIKE 'S3_-23' AND claim_id < 'S38'; -- .unsigned
DELETE FROM session_note                             WHERE claim_id IN ('S18-24', 'S41-09'); -- no note at all

-- --- authorization ----------------------------------------------------------------------

UPDATE claim_line SET prior_auth_number = NULL       WHERE claim_id IN ('S30-03', 'S34-05', 'S34-06'); -- authorization.missing
UPDATE prior_authorization SET end_date = '2025-10-31' WHERE member_id = 'M35';              -- authorization.not_in_force
UPDATE claim_line SET treatment = 'equine therapy'   WHERE claim_id IN ('S29-06', 'S29-07'); -- treatment.not_authorized
-- policy.missing: the four lines of CASH, and CNTY's after 2025-12-15.

-- --- lines compared with each other -------------------------------------------------------

-- cap.exceeded: M03 has no authorization, M01 has enough of them; those of M02 and M31
-- are used up: cap.authorization_exhausted.
INSERT INTO prior_authorization (prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units) VALUES
  ('AMCDN-01A', 'MCDN', 'M01', 'H2040', '2025-01-01', '2025-06-30',  6),
  ('AMCDN-01B', 'MCDN', 'M01', NULL,    '2025-07-01', '2026-06-30', 10),
  ('AMCDN-02',  'MCDN', 'M02', 'H2040', '2025-12-01', '2026-01-25',  1);
UPDATE prior_authorization SET units = 4 WHERE prior_auth_number = 'AACME-31X';

-- duplicate.session; S02-06 stands twice as well, but modifier 76 explains it.
DELETE FROM demo_line;
DELETE FROM demo_note;
INSERT INTO demo_line SELECT * FROM claim_line WHERE claim_id IN ('S05-06', 'S13-09', 'S36-17');
INSERT INTO demo_note SELECT * FROM session_note WHERE claim_id IN ('S05-06', 'S13-09', 'S36-17');
UPDATE demo_line SET modifiers = 'U1 76' WHERE claim_id = 'S05-06';
UPDATE demo_line SET claim_id = claim_id || 'D';
UPDATE demo_note SET claim_id = claim_id || 'D';
INSERT INTO claim_line SELECT * FROM demo_line;
INSERT INTO session_note SELECT * FROM demo_note;

-- claim.resent: the same claim once more, a month later.
DELETE FROM demo_line;
DELETE FROM demo_note;
INSERT INTO demo_line SELECT * FROM claim_line WHERE claim_id = 'S14-12';
INSERT INTO demo_note SELECT * FROM session_note WHERE claim_id = 'S14-12';
UPDATE demo_line SET claim_id = 'S14-12B', claim_number = 'S14-12', received_date = date(received_date, '+30 days');
UPDATE demo_note SET claim_id = 'S14-12B';
INSERT INTO claim_line SELECT * FROM demo_line;
INSERT INTO session_note SELECT * FROM demo_note;

-- similar.same_day: another agency's H2014 in the same hour.  Of M08's two, the
-- evening one does not overlap.
INSERT INTO claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, units, service_date,
                        place_of_service, rendering_npi, received_date, claim_frequency_code, charge_amount)
SELECT replace(claim_id, 'S', 'R'), 1, 'MCDN', member_id, 'H2014', 4, service_date, '11', '1235467893', received_date, '1', 92
  FROM claim_line WHERE claim_id IN ('S04-08', 'S08-06', 'S08-07');
INSERT INTO session_note (claim_id, claim_line_number, note_date, duration_minutes, start_time, end_time)
SELECT replace(claim_id, 'S', 'R'), 1, note_date, 60, CASE claim_id WHEN 'S08-07' THEN '18:00' ELSE start_time END,
       CASE claim_id WHEN 'S08-07' THEN '19:00' ELSE end_time END
  FROM session_note WHERE claim_id IN ('S04-08', 'S08-06', 'S08-07');

-- time.overlap: M16 and M28 have the same provider on the same day, and now the same
-- half hour.  M18 and M30 as well, but there HQ says that it was a group.
UPDATE session_note SET start_time = '10:15', end_time = '11:15' WHERE claim_id = 'S28-10';
UPDATE claim_line SET service_date = (SELECT service_date FROM claim_line WHERE claim_id = 'S16-10') WHERE claim_id = 'S28-10';
UPDATE session_note SET note_date = (SELECT service_date FROM claim_line WHERE claim_id = 'S16-10') WHERE claim_id = 'S28-10';
UPDATE claim_line SET modifiers = 'HE HQ' WHERE claim_id = 'S18-10';
UPDATE claim_line SET modifiers = 'HQ', service_date = (SELECT service_date FROM claim_line WHERE claim_id = 'S18-10')
 WHERE claim_id = 'S30-10';
UPDATE session_note SET start_time = '10:00', end_time = '10:45', note_date = (SELECT service_date FROM claim_line WHERE claim_id = 'S18-10')
 WHERE claim_id = 'S30-10';

-- time.impossible_day: hours typed for minutes.
UPDATE session_note SET duration_minutes = 1500, start_time = NULL, end_time = NULL WHERE claim_id = 'S32-19';

-- note.cloned: M30's notes of three sessions are one text; M14's went into M26's record.
UPDATE session_note SET (activities, client_response) =
       (SELECT activities, client_response FROM session_note WHERE claim_id = 'S30-06')
 WHERE claim_id IN ('S30-07', 'S30-08');
UPDATE session_note SET (activities, client_response) =
       (SELECT activities, client_response FROM session_note WHERE claim_id = 'S14-09')
 WHERE claim_id = 'S26-11';

-- authorization.not_on_file (and id.white_space), .not_covering, .exceeded.
UPDATE claim_line SET prior_auth_number = 'AHARB-33 '  WHERE claim_id = 'S33-09';
UPDATE claim_line SET prior_auth_number = 'AHARB-8841' WHERE claim_id = 'S35-09';
UPDATE claim_line SET prior_auth_number = 'AHARB-32'   WHERE claim_id = 'S34-09';
UPDATE prior_authorization SET units = 24 WHERE prior_auth_number = 'AHARB-36';

-- --- who, and for how much ------------------------------------------------------------------

UPDATE claim_line SET claim_frequency_code = '5'     WHERE claim_id = 'S24-03';              -- claim.frequency_unknown
UPDATE claim_line SET claim_frequency_code = '7'     WHERE claim_id = 'S24-06';              -- claim.original_missing
UPDATE claim_line SET charge_amount = 0              WHERE claim_id = 'S22-09';              -- charge.not_positive
UPDATE claim_line SET service_end_date = date(service_date, '-1 day') WHERE claim_id = 'S22-11'; -- date.span_reversed
UPDATE claim_line SET member_id = NULL               WHERE claim_id = 'S23-10';              -- member.missing
UPDATE claim_line SET coverage_start = '2025-02-01'  WHERE claim_id IN ('S15-01', 'S15-02');  -- member.not_covered
UPDATE claim_line SET provider_start = '2025-02-01'  WHERE claim_id IN ('S12-01', 'S12-02');  -- provider.not_enrolled
UPDATE claim_line SET birth_date = '2009-05-02'      WHERE member_id = 'M47' AND service_date < '2025-04-01'; -- member.age
UPDATE claim_line SET rendering_taxonomy = '101YM'   WHERE claim_id = 'S20-04';              -- provider.taxonomy_malformed
UPDATE claim_line SET modifiers = NULL               WHERE claim_id = 'S46-09';              -- modifier.one_of
UPDATE session_note SET start_time = 'morning'       WHERE claim_id = 'S11-09';              -- time.unreadable

-- --- what is not judged, what is waived ------------------------------------------------------

UPDATE claim_line SET claim_frequency_code = '8' WHERE claim_id = 'S17-09';                   -- a void
DELETE FROM demo_line;
DELETE FROM demo_note;
INSERT INTO demo_line SELECT * FROM claim_line WHERE claim_id = 'S37-04';
INSERT INTO demo_note SELECT * FROM session_note WHERE claim_id = 'S37-04';
UPDATE demo_line SET claim_id = 'S37-04R', claim_frequency_code = '7', original_claim_id = 'S37-04',    -- replaces S37-04
       received_date = date(received_date, '+60 days');
UPDATE demo_note SET claim_id = 'S37-04R';
UPDATE claim_line SET modifiers = 'GT 95' WHERE claim_id = 'S37-04';
INSERT INTO claim_line SELECT * FROM demo_line;
INSERT INTO session_note SELECT * FROM demo_note;
INSERT INTO claim_line (claim_id, claim_line_number, payer_id, member_id, hcpcs_code, units, service_date, charge_amount)
SELECT 'T' || substr(claim_id, 2), 1, payer_id, member_id, CASE n WHEN 0 THEN '90837' ELSE 'H0031' END, 1,
       date(service_date, '+3 days'), 160
  FROM (SELECT l.*, row_number() OVER (ORDER BY claim_id) % 2 AS n FROM claim_line AS l WHERE claim_id LIKE 'S1_-01');

INSERT INTO waiver (rule, claim_id, claim_line_number, reason, approved_by, expires_on) VALUES
  ('provider.missing',   'S13-05', 1,    'Registry outage on the day; taxonomy confirmed by telephone', 'Compliance, K. Ellery', NULL),
  ('plan.no_benchmarks', NULL,     NULL, 'Benchmarks under revision with the county', 'Compliance, K. Ellery', '2025-09-30');

-- --- what payers answered -------------------------------------------------------------------

-- They paid four fifths of what they found in order, and denied what is named here: most of
-- it was to be foreseen.  What came in December is not answered yet.
CREATE TEMP TABLE demo_denial (claim_id TEXT, carc TEXT);
INSERT INTO demo_denial VALUES
  ('S04-10', '4'),   ('S20-15', '4'),   ('S02-12', '4'),   ('S03-15', '182'), ('S11-05', '4'),  ('S17-20', '4'),
  ('S04-05', '4'),   ('S08-10', '4'),   ('S30-03', '197'), ('S34-05', '197'), ('S33-02', '29'), ('S33-03', '29'),
  ('S36-04', '29'),  ('S16-02', '16'),  ('S18-06', '11'),  ('S39-04', '11'),  ('S13-05', '8'),  ('S15-07', '8'),
  ('S08-02', '16'),  ('S19-06', '151'), ('S10-10', '119'), ('S10-11', '119'), ('S37-04', '4'),  ('S13-09D', '18'),
  ('S36-17D', '18'), ('S25-08', '50'),  ('S26-14', '5'),   ('S29-06', '272'), ('S31-20', '197'),
  ('S21-08', '252'), ('S21-09', '252'), ('S40-07', '50'),  ('S26-03', '96');
INSERT INTO remittance (payment_number, payment_date, payer_id, kind, claim_number, claim_status, payer_claim_number, member_id,
                        hcpcs_code, modifiers, service_date, charge_amount, paid_amount, patient_amount, units_paid, adjustments,
                        denied, denied_amount)
SELECT printf('EFT%s%s', payer_id, strftime('%m', received_date, '+14 days')), date(received_date, '+14 days'), payer_id, 'line',
       coalesce(claim_number, claim_id), CASE WHEN carc IS NULL THEN '1' ELSE '4' END, 'I' || claim_id, member_id, hcpcs_code, modifiers, service_date,
       charge_amount, CASE WHEN carc IS NULL THEN round(charge_amount * 0.8, 2) ELSE 0 END, 0,
       CASE WHEN carc IS NULL THEN units ELSE 0 END,
       CASE WHEN carc IS NULL
            THEN printf('[{"group": "CO", "carc": "45", "amount": %.2f, "units": null}]', charge_amount - round(charge_amount * 0.8, 2))
            ELSE printf('[{"group": "CO", "carc": "%s", "amount": %.2f, "units": null}]', carc, charge_amount) END,
       carc IS NOT NULL, CASE WHEN carc IS NULL THEN 0 ELSE charge_amount END
  FROM claim_line LEFT JOIN demo_denial USING (claim_id)
 WHERE received_date < '2025-12-01' AND charge_amount > 0 AND coalesce(payer_id, '') NOT IN ('CASH', '')
   AND claim_id NOT IN ('S14-12', 'S17-09', 'S09-05');
UPDATE claim_line SET payer_claim_number = 'I' || claim_id WHERE claim_id = 'S37-04';

-- --- a spreadsheet's export ------------------------------------------------------------------

CREATE TABLE demo_export ("Claim #" TEXT, "Client ID" TEXT, "Payer" TEXT, "DOS" TEXT, "CPT" TEXT, "Mod 1" TEXT, "Mod 2" TEXT,
                          "Qty" TEXT, "POS" TEXT, "Dx 1" TEXT, "Rendering NPI" TEXT, "Taxonomy" TEXT, "Charge" TEXT);
INSERT INTO demo_export VALUES
  ('V-101', 'M04', 'mcdn',  '11/3/2025',         'H2040',    'GT', NULL, '1',   '10 - Telehealth in home', 'F33.1', '1658966555', '175T00000X', '$145.00'),
  ('V-102', 'M05', 'MCDN',  '11/04/2025',        '="H2040"', 'U1', NULL, '1',   '14', 'F20.9', '1710759865', '101YP2500X', '$145.00'),
  ('V-103', 'M06', 'MCDN',  '11/5/2025 6:00 PM', 'H2O40',    NULL, NULL, '1.0', '11', 'F70',   '1762553174.0', '106H00000X', '145'),
  ('V-104', 'M07', 'MCDN',  '13/11/2025',        'H2040',    NULL, NULL, '1',   '11', 'F33.1', '1814346486', '171M00000X', '$145.00'),
  ('V-105', 'M08', 'MCDN ', '11/6/2025',         'HC:H2040', NULL, NULL, 'two', '11', 'F84.0', '1866139797', '103K00000X', '$1,290.00');
-- Its notes name no claim: they find their lines by client and day.
CREATE TABLE demo_notes ("Client ID" TEXT, "Service Date" TEXT, "Start Time" TEXT, "End Time" TEXT, "Purpose" TEXT, "Plan Goal" TEXT,
                         "Activities" TEXT, "Client Response" TEXT, "Progress" TEXT, "Next Steps" TEXT, "Note Date" TEXT);
INSERT INTO demo_notes VALUES
  ('M04', '11/3/2025', '6:00 PM', '7:00 PM', 'To cook alone', 'G1', 'Planned two meals by video.', 'Took the lead.', '4 of 5 steps.', 'Shop for them.', '11/3/2025'),
  ('M05', '11/4/2025', '6:00 PM', '7:00 PM', 'To pay bills',  'G1', 'Sorted the mail of a week.',  'Asked twice.',   '2 of 5 steps.', 'Pay one alone.', '11/4/2025'),
  ('M06', '11/5/2025', '6:00 PM', '7:00 PM', 'To travel',     'G3', 'Read the timetable aloud.',   'Calm.',          '3 of 5 steps.', 'Ride one stop.', '11/5/2025'),
  ('M08', '11/6/2025', '6:00 PM', '7:00 PM', 'To talk',       'G2', 'Opened three conversations.', 'Shy, then glad.', '3 of 5 steps.', 'Try at work.',   '11/6/2025'),
  ('M09', '11/10/2025', '6:00 PM', '7:00 PM', 'To shop',      'G1', 'Compared prices of ten things.', 'Curious.',    '3 of 5 steps.', 'Pay in cash.',   '11/10/2025'),
  ('M09', '11/17/2025', '6:00 PM', '7:00 PM', 'To shop',      'G1', 'Paid in cash and counted.',   'Proud.',         '4 of 5 steps.', 'Go alone.',      '11/17/2025'),
  ('M77', '11/17/2025', '6:00 PM', '7:00 PM', 'To shop',      'G1', 'A visit that nobody billed.', 'Calm.',          '1 of 5 steps.', 'Again.',         '11/17/2025');
INSERT INTO intake_source (name, kind, schema, source, columns, dates)
VALUES ('export', 'lines', 'main', 'demo_export', 'suggested', 'mdy'), ('notes', 'notes', 'main', 'demo_notes', 'suggested', 'mdy');
INSERT INTO payer_alias VALUES ('mcdn', 'MCDN');

DROP TABLE demo_denial;
DROP TABLE demo_line;
DROP TABLE demo_note;
DROP TABLE demo_session;
DROP TABLE demo_skill;
DROP TABLE demo_payer;
DROP TABLE demo_provider;

COMMIT;
