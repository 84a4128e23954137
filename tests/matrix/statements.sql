-- The statements that every target of `make matrix` answers alike (matrix.sh), and
-- the versions of SQLite too: so nothing here is newer than SQLite 3.34, and no
-- answer depends on the planner's choice of an order.
--
-- h2040 is loaded before this is read.  What is expected stands in
-- statements.out, made on Debian x86-64 and read against the design:
--
--   tests/matrix/matrix.sh --expect
--
.mode list
.headers off
.nullvalue NULL

.print # versions
SELECT substr(h2040_version(), instr(h2040_version(), ',') + 2);

.print # h2040_check: what is judged
SELECT 1, h2040_check('hcpcs_code', 'H2040');
SELECT 2, h2040_check('hcpcs_code', 'H2041');
SELECT 3, h2040_check('hcpcs_code', NULL);
SELECT 4, h2040_check('hcpcs_code', ' h2040 ');
SELECT 5, h2040_check('hcpcs_code', 'n/a');
SELECT 6, h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', 8);
SELECT 7, h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', '8');
SELECT 8, h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', 7);
SELECT 9, h2040_check('units', 1);
SELECT 10, h2040_check('hcpcs_code', x'4832303430');
SELECT 11, h2040_check(NULL);
SELECT 12, h2040_check('{}');
SELECT 13, h2040_check('{"hcpcs_code":"H2040","units":"0"}');
SELECT 14, h2040_check('units', 0, 'modifiers', 'GT GT', 'hcpcs_code', 'H2040');
SELECT 15, h2040_check('{"modifiers":["GT","GT","ZZ"],"units":true}');
SELECT 16, h2040_check('{"units":null,"purpose":null}');
SELECT 17, h2040_check('UNITS', 0);
SELECT 18, typeof(h2040_check('units', 1)), typeof(h2040_check('hcpcs_code', 'H2014'));

.print # h2040_check: errors
SELECT h2040_check('unit', 1);
SELECT h2040_check('nothing_like_it', 1);
SELECT h2040_check();
SELECT h2040_check('units', 1, 'modifiers');
SELECT h2040_check('units', 1, 'units', 2);
SELECT h2040_check(NULL, 1);
SELECT h2040_check('[1,2]');
SELECT h2040_check('"text"');
SELECT h2040_check('{"units":1');
SELECT h2040_check('{"unit":1}');
SELECT h2040_check('{"units":1,"units":2}');
SELECT h2040_check(7);
SELECT h2040_check('service_date', '2026-01-05', 'as_of', '01/02/2026');
SELECT h2040_check('service_date', '2026-01-05', 'as_of', NULL);
SELECT h2040_check('units', 1, 'policy', 'sesion');
SELECT h2040_check('units', 1, 'policy', '{"unit_basis":"week"}');
SELECT h2040_explain('unit', 1);

.print # code.malformed
SELECT c.column1, h2040_check('hcpcs_code', c.column1), h2040_check('hcpcs_code', c.column1, 'modifiers', '')
FROM (VALUES ('H2040'), ('h2040'), ('H204O'), ('HZ040'), ('H2O4o'), ('H2040U1'), ('H2040:GT'), ('H2040 GT'), ('H2040GTU1'),
             ('H2040-'), ('HC:H2040'), ('HC:H2040:GT'), ('H2040GTGT'), ('H2040 ZZ'), ('H20400'), ('2H040'), ('H204'),
             ('H2014'), ('X2040'), ('H2040U1U2U3U4U5U6U7U8U9'), ('')) AS c;
SELECT h2040_explain('hcpcs_code', 'H204O');
SELECT h2040_explain('hcpcs_code', 'H2040U1', 'modifiers', 'GT');

.print # code.not_effective
SELECT d.column1, h2040_check('hcpcs_code', 'H2040', 'service_date', d.column1)
FROM (VALUES ('2023-09-30'), ('2023-10-01'), ('2026-01-05'), ('9999-12-31')) AS d;
SELECT h2040_explain('hcpcs_code', 'H2040', 'service_date', '2023-09-30');
SELECT h2040_check('hcpcs_code', 'H9999', 'service_date', '2026-01-05', 'policy', '{"hcpcs_code":"H9999"}');
SELECT h2040_check('hcpcs_code', 'G0463', 'service_date', '2026-01-05', 'policy', '{"hcpcs_code":"G0463"}');

.print # code.similar
SELECT f.column1, h2040_check('service_focus', f.column1)
FROM (VALUES ('skills'), ('Skills '), ('habilitation'), ('rehabilitation'), ('behavior'), ('dance'), (NULL), (''), (3)) AS f;
SELECT h2040_explain('service_focus', 'habilitation');
SELECT h2040_check('service_focus', 'habilitation', 'policy', '{"hcpcs_code":"H2014"}');
SELECT h2040_explain('service_focus', 'dance');

.print # unit.not_whole
SELECT u.column1, typeof(u.column1), h2040_check('units', u.column1)
FROM (VALUES (1), (2.0), ('2'), (' 2.00 '), (0), (-1), (1.5), ('1.5'), ('two'), (NULL), (''), ('tbd'), (9223372036854775807),
             (1e300), ('99999999999999999999'), (x'31')) AS u;
SELECT h2040_explain('units', 'two');
SELECT h2040_explain('units', NULL);
SELECT h2040_explain('units', 1.5);

.print # unit.over_line_max
SELECT u.column1, h2040_check('units', u.column1, 'policy', '{"max_units_per_line":4}') FROM (VALUES (4), (5)) AS u;
SELECT h2040_explain('units', 2, 'policy', 'cms');

.print # unit.time_based
SELECT t.column1, t.column2, h2040_check('units', t.column1, 'duration_minutes', t.column2)
FROM (VALUES (1, 15), (2, 15), (2, 22), (2, 23), (2, 30), (2, 37), (2, 38), (3, 45), (4, 60), (2, 120), (2, 90), (2, 89.9),
             (2, 150), (2, 149.9), (1, 60), (2, NULL), (2, '30'), (5, 60)) AS t;
SELECT h2040_explain('units', 4, 'duration_minutes', 60);
SELECT h2040_explain('units', 2, 'start_time', '10:00', 'end_time', '12:00');
SELECT h2040_check('units', 4, 'duration_minutes', 60, 'policy', '{"unit_basis":"15 minutes"}');

.print # unit.exceeds_time
SELECT p.column1 AS policy, t.column1, t.column2, h2040_check('units', t.column1, 'duration_minutes', t.column2, 'policy', p.column1)
FROM (VALUES ('{"unit_basis":"15 minutes"}'), ('{"unit_basis":"15 minutes","unit_rounding":"down"}'), ('{"unit_basis":"hour"}')) AS p,
     (VALUES (1, 7), (1, 7.5), (1, 7.51), (1, 8), (2, 22), (2, 23), (1, 14), (1, 15), (1, 30), (1, 31), (2, 90), (2, 91)) AS t
ORDER BY 1, 3, 2;
SELECT h2040_explain('units', 3, 'duration_minutes', 30, 'policy', '{"unit_basis":"15 minutes"}');
SELECT h2040_explain('units', 2, 'duration_minutes', 59.5, 'policy', '{"unit_basis":"hour"}');
SELECT h2040_explain('units', 9223372036854775807, 'duration_minutes', 1e20, 'policy', '{"unit_basis":"hour"}');

.print # unit.too_short
SELECT m.column1, h2040_check('duration_minutes', m.column1, 'policy', '{"min_minutes":30}') FROM (VALUES (29), (29.99), (30), ('30.0')) AS m;
SELECT h2040_explain('duration_minutes', 29.5, 'policy', '{"min_minutes":30}');
SELECT h2040_explain('start_time', '23:50', 'end_time', '00:10', 'policy', '{"min_minutes":30}');

.print # date.malformed
SELECT d.column1, typeof(d.column1), h2040_check('service_date', d.column1)
FROM (VALUES ('2026-01-05'), ('2026-01-05 10:30:00'), ('2026-01-05T10:30:00Z'), ('2026-01-05T23:59:59+05:30'), ('20260105'),
             (20260105), (20260105.0), ('05-JAN-2026'), ('5-Jan-2026'), ('2024-02-29'), ('2023-02-29'), ('2100-02-29'), ('2000-02-29'), ('2026-13-01'),
             ('2026-00-01'), ('2026-01-00'), ('2026-04-31'), ('01/02/2026'), ('2026-1-5'), ('20260132'), (2460000), ('0000-01-01'),
             ('0001-01-01'), ('9999-12-31'), ('10000-01-01'), ('2026-01-05 25:00'), ('2026-01-05x'), (NULL), (' '), ('unknown'), (1.5), (-20260105)) AS d;
SELECT h2040_explain('service_date', '01/02/2026');
SELECT h2040_explain('service_date', '');

.print # date.future
SELECT d.column1, h2040_check('service_date', d.column1, 'as_of', '2026-06-30') FROM (VALUES ('2026-06-30'), ('2026-07-01'), ('soon')) AS d;
SELECT h2040_explain('service_date', '2026-07-01', 'as_of', 20260630);

.print # date.untimely
SELECT d.column1, h2040_check('service_date', '2025-01-01', 'received_date', d.column1)
FROM (VALUES ('2026-01-01'), ('2026-01-02'), ('2024-01-01'), (NULL), ('soon')) AS d;
SELECT h2040_explain('service_date', '2025-01-01', 'received_date', '2026-01-02');
SELECT h2040_explain('service_date', '2025-01-01', 'received_date', 'soon');
SELECT h2040_check('service_date', '2001-01-01', 'received_date', '2026-01-02', 'policy', '{"timely_filing_days":null}');

.print # provider
SELECT t.column1, h2040_check('rendering_taxonomy', t.column1)
FROM (VALUES ('101Y00000X'), ('101YM0800X'), ('101yp2500x'), ('104100000X'), ('1041C0700X'), ('103T00000X'), ('207Q00000X'), (NULL), ('-'), ('101Y-00000'),
             ('106H00000X'), ('363LP0808X'), ('363L00000X')) AS t;
SELECT h2040_explain('rendering_taxonomy', '207Q00000X');
SELECT h2040_explain('rendering_taxonomy', NULL);
SELECT n.column1, h2040_check('rendering_npi', n.column1)
FROM (VALUES ('1234567893'), (1234567893), (' 1234567893 '), ('1234567894'), ('123456789'), ('3234567893'), ('2000000002'), ('123456789X'), (NULL), ('')) AS n;
SELECT h2040_explain('rendering_npi', 1234567894);
SELECT h2040_explain('rendering_npi', '');

.print # diagnosis
SELECT d.column1, h2040_check('diagnosis_codes', d.column1)
FROM (VALUES ('F20.0'), ('F200'), ('f20.0 '), ('F20.0,Z99.9'), ('Z99.9;F20.9'), ('Z99.9'), ('F09'), ('F10'), ('F19.99'), ('F99'), ('F9'), ('20.0'),
             ('F2.00'), ('F20.0 bad!'), ('C7A.00'), ('F20.01234'), ('F20.'), (NULL), (''), (',;|')) AS d;
SELECT h2040_explain('diagnosis_codes', 'F2 Z99.9 :: 99');
SELECT h2040_explain('diagnosis_codes', NULL);
SELECT d.column1, h2040_check('diagnosis_codes', d.column1, 'policy', 'cms') FROM (VALUES ('F29'), ('F30.2'), ('F30.1'), ('F31.64'), ('F31.6'), ('F33.3')) AS d;

.print # plan
SELECT p.column1, p.column2, h2040_check('service_date', '2026-01-05', 'plan_start', p.column1, 'plan_end', p.column2)
FROM (VALUES ('2026-01-05', '2026-01-05'), ('2026-01-06', NULL), ('2025-01-01', '2026-01-04'), ('2025-01-01', NULL), (NULL, NULL),
             (NULL, '2026-01-04'), ('soon', NULL), ('2025-01-01', 'soon')) AS p;
SELECT h2040_explain('service_date', '2026-01-05', 'plan_start', '2026-01-06');
SELECT h2040_explain('service_date', '2026-01-05', 'plan_start', '2025-01-06', 'plan_end', '2026-01-04');
SELECT h2040_explain('plan_start', '', 'plan_goals', '', 'plan_benchmarks', '?');
SELECT h2040_check('plan_goals', 'speaks up', 'plan_benchmarks', 'twice a week');
SELECT r.column1, h2040_check('service_date', '2026-01-05', 'plan_reviewed', r.column1)
FROM (VALUES ('2025-01-05'), ('2025-01-04'), ('2026-02-01'), (NULL), ('soon')) AS r;
SELECT h2040_explain('service_date', '2026-01-05', 'plan_reviewed', '2025-01-04');

.print # modifier rules on a line
SELECT m.column1, h2040_check('modifiers', m.column1, 'service_date', '2026-01-05')
FROM (VALUES ('GT'), (''), (NULL), ('gt u1'), ('GT,U1'), ('GT:U1;HE|HQ'), ('   GT'), ('G'), ('GTX'), ('G!'), ('ZZ'), ('GT GT'),
             ('GT 95'), ('U1 U2 U3 U4'), ('U1 U2 U3 U4 U5'), ('25'), ('AS'), ('HA HB'), ('76 77'), (22), ('59 XE'), ('HM HN HO'), ('É1'), ('1'), ('01')) AS m;
SELECT h2040_explain('modifiers', 'G ZZ GT GT 95 25 U1', 'service_date', '2026-01-05');
SELECT h2040_check('modifier_1', 'GT', 'modifier_2', 'U1', 'modifier_3', NULL, 'modifier_4', '');
SELECT h2040_check('modifier_1', 'GT', 'modifier_4', 'GT');
SELECT h2040_check('modifiers', 'GT U1', 'modifier_1', 'GT', 'modifier_2', 'U1');
SELECT h2040_explain('modifier_2', 'ZZ');
SELECT h2040_check('modifiers', 'U1', 'policy', '{"required_modifiers":["HQ","GT"]}');
SELECT h2040_explain('modifiers', 'U1', 'policy', '{"required_modifiers":["HQ","GT"]}');
SELECT h2040_check('modifiers', 'HQ U1 GT', 'policy', '{"required_modifiers":["HQ","GT"]}');

.print # modifier.not_effective
SELECT d.column1, h2040_check('modifiers', 'QZ', 'service_date', d.column1, 'policy', '{"accepted_modifiers":null,"modifier_dates":{"QZ":["2027-01-01","2027-12-31"]}}')
FROM (VALUES ('2026-12-31'), ('2027-01-01'), ('2027-12-31'), ('2028-01-01')) AS d;
SELECT h2040_explain('modifiers', 'QZ', 'service_date', '2026-12-31', 'policy', '{"modifier_dates":{"QZ":["2027-01-01",null]}}');
SELECT d.column1, modifier_valid('93', NULL, d.column1), modifier_valid('FQ', NULL, d.column1)
FROM (VALUES ('2021-12-31'), ('2022-01-01'), ('2026-01-05')) AS d;

.print # modifiers and the place of service
SELECT p.column1, m.column1, h2040_check('modifiers', m.column1, 'place_of_service', p.column1)
FROM (VALUES ('02'), (2), ('10'), ('11'), (14), ('13'), ('99'), ('00'), (NULL)) AS p, (VALUES (''), ('GT'), ('U1'), ('93 U1')) AS m
ORDER BY CAST(p.column1 AS TEXT), p.column1, m.column1;
SELECT h2040_explain('modifiers', '', 'place_of_service', 2);
SELECT h2040_explain('modifiers', 'GT', 'place_of_service', '11');
SELECT h2040_explain('modifiers', '', 'place_of_service', '14');
SELECT h2040_explain('modifiers', 'U1', 'place_of_service', '11');
SELECT h2040_check('modifiers', '', 'place_of_service', '02', 'policy', '{"telehealth_modifiers":[]}');

.print # modifier.complexity_unsupported
SELECT h2040_check('modifiers', '22', 'complexity', ''), h2040_check('modifiers', '22', 'complexity', 'crisis'), h2040_check('modifiers', 'GT', 'complexity', NULL);
SELECT h2040_explain('modifiers', '22', 'complexity', NULL);

.print # place
SELECT p.column1, h2040_check('place_of_service', p.column1), h2040_check('place_of_service', p.column1, 'policy', '{"places":["11",12]}')
FROM (VALUES ('11'), (12), ('02'), (2), ('2 '), ('00'), ('28'), ('111'), ('xx'), (NULL), (11.0)) AS p;
SELECT h2040_explain('place_of_service', '28');
SELECT h2040_explain('place_of_service', NULL);
SELECT h2040_explain('place_of_service', 2, 'policy', '{"places":["11"]}');

.print # documentation
SELECT d.column1, h2040_check('note_date', d.column1, 'service_date', '2026-01-05') FROM (VALUES ('2026-01-05'), ('20260105'), ('2026-01-06'), (NULL), ('soon')) AS d;
SELECT h2040_explain('note_date', '2026-01-06', 'service_date', '2026-01-05');
SELECT h2040_explain('note_date', 'soon');
SELECT h2040_explain('note_date', NULL);
SELECT t.column1, t.column2, t.column3, h2040_check('duration_minutes', t.column1, 'start_time', t.column2, 'end_time', t.column3)
FROM (VALUES (45, NULL, NULL), (NULL, '10:00', '10:45'), (0, '10:00', '10:45'), (0, NULL, NULL), (-5, NULL, NULL), ('long', NULL, NULL), (NULL, '10:00', NULL),
             (NULL, '10:00', '10:00'), (NULL, '23:30', '00:15'), (NULL, '24:00', '10:00'), (NULL, '10:00:00', '10:00:30'), (NULL, NULL, NULL)) AS t;
SELECT h2040_explain('duration_minutes', 0);
SELECT h2040_explain('start_time', '10:00', 'end_time', '');
SELECT h2040_explain('start_time', '10:00');
SELECT h2040_explain('end_time', NULL);
SELECT h2040_check('purpose', '', 'plan_goal', 'n/a', 'activities', NULL, 'client_response', 'TBD', 'progress', '--', 'next_steps', '.',
                   'medical_necessity', '', 'effectiveness', '', 'signed_by', '');
SELECT h2040_check('purpose', 'p', 'plan_goal', 'g', 'activities', 'a', 'client_response', 'r', 'progress', 'i', 'next_steps', 's',
                   'medical_necessity', 'm', 'effectiveness', 'e', 'signed_by', 'Dr. X');
SELECT h2040_check('purpose', '', 'plan_goal', 'n/a', 'activities', NULL, 'client_response', 'TBD', 'progress', '--', 'next_steps', '.',
                   'medical_necessity', '', 'effectiveness', '', 'signed_by', '', 'policy', 'commercial');
SELECT h2040_check('purpose', 'p', 'plan_goal', 'g', 'activities', 'a', 'client_response', 'r', 'progress', 'i', 'next_steps', 's',
                   'medical_necessity', 'm', 'effectiveness', 'e', 'signed_by', 'Dr. X', 'policy', 'commercial');
SELECT h2040_explain('client_response', 'n/a');
SELECT h2040_check('purpose', '', 'policy', '{"documentation":[]}'), h2040_check('purpose', '', 'policy', '{"documentation":["purpose"]}');
SELECT b.column1, h2040_check('purpose', b.column1)
FROM (VALUES ('n/a'), ('NA'), ('none'), ('nil'), ('NULL'), ('tbd'), ('Pending'), ('unknown'), ('-'), ('--'), ('.'), ('?'), ('x'), (char(160)), (char(9, 10)),
             ('nothing'), ('no'), ('---'), (0), (1.5), (x'')) AS b;

.print # authorization
SELECT a.column1, h2040_check('prior_auth_number', a.column1), h2040_check('prior_auth_number', a.column1, 'policy', 'commercial')
FROM (VALUES ('A1'), (17), (NULL), ('none')) AS a;
SELECT h2040_explain('prior_auth_number', NULL, 'policy', 'commercial');
SELECT a.column1, a.column2, a.column3, h2040_check('prior_auth_number', a.column1, 'prior_auth_start', a.column2, 'prior_auth_end', a.column3, 'service_date', '2026-01-05')
FROM (VALUES ('A1', '2026-01-05', '2026-01-05'), ('A1', '2026-01-06', NULL), ('A1', '2025-01-01', '2026-01-04'), ('A1', 'soon', NULL), ('A1', NULL, 'soon'),
             (NULL, '2026-01-06', NULL), ('A1', NULL, '2026-01-04')) AS a;
SELECT h2040_explain('prior_auth_start', '2026-01-06', 'service_date', '2026-01-05');
SELECT h2040_explain('prior_auth_start', '2025-01-06', 'prior_auth_end', '2026-01-04', 'service_date', '2026-01-05');

.print # treatment, policy.missing
SELECT t.column1, h2040_check('treatment', t.column1), h2040_check('treatment', t.column1, 'policy', '{"treatments":["CBT","DBT"]}')
FROM (VALUES ('cbt'), ('CBT '), ('EMDR'), (NULL)) AS t;
SELECT h2040_explain('treatment', 'EMDR', 'policy', '{"treatments":["CBT"]}');
SELECT h2040_explain('treatment', NULL, 'policy', '{"treatments":["CBT"]}');
SELECT h2040_explain('units', 1, 'policy', NULL);
SELECT h2040_check('units', 1, 'policy', '');

.print # words: quotes, control characters, long and broken text
SELECT h2040_explain('units', 'a"b\c' || char(10) || 'd');
SELECT h2040_explain('units', 'Größe €' || char(128512));
SELECT h2040_explain('units', CAST(x'C3280041' AS TEXT));
SELECT h2040_explain('units', replace(hex(zeroblob(100)), '0', 'é'));
SELECT h2040_explain('modifiers', 'AAA BBB CCC DDD EEE FFF GGG');

.print # modifier_valid, modifier_problem
SELECT modifier_valid('GT U1', 'H2040', '2026-01-05'), modifier_valid(NULL), modifier_valid(''), modifier_valid('GT 95'), modifier_valid('25', 'H2040'), modifier_valid('25');
SELECT modifier_problem('GT U1', 'H2040', '2026-01-05'), modifier_problem(NULL), modifier_problem('');
SELECT m.column1, modifier_valid(m.column1), modifier_problem(m.column1), modifier_valid(m.column1, 'H2040', '2026-01-05'), modifier_problem(m.column1, 'H2040', '2026-01-05'),
       modifier_problem(m.column1, 'H2040', '2026-01-05', 'cms'), modifier_problem(m.column1, 'H2014', '2026-01-05')
FROM (VALUES ('GT'), ('gt'), ('G'), ('GTX'), ('ZZ'), ('GT GT'), ('GT 95'), ('24'), ('25'), ('57'), ('AS'), ('U1 U2 U3 U4 U5'), ('QZ'), ('GT,U1'), (22), (5)) AS m;
SELECT modifier_valid('GT', 'H2040', 'soon'), modifier_problem('GT', 'H2040', 'soon'), modifier_problem('GT', 'H2040', NULL);
SELECT modifier_problem('GT', 'H2040', NULL, '{"required_modifiers":["HQ"]}'), modifier_problem('GT', NULL, NULL, '{"required_modifiers":["HQ"]}');
SELECT modifier_problem('GT', 'H2040', NULL, '{"refused_modifiers":["GT"]}'), modifier_problem('GT', 'H2040', NULL, NULL);
SELECT modifier_problem('GT', 'H2040U1', NULL, '{"exclusive_modifiers":[["GT","U1"]]}');
SELECT modifier_valid();
SELECT modifier_valid(1, 2, 3, 4, 5);
SELECT modifier_problem('GT', 'H2040', NULL, 'cmss');
-- Every modifier that there could be: known on a day; taken by each pack.
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 35),
     m(first, both) AS (SELECT substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', a.i + 1, 1),
                               substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', a.i + 1, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', b.i + 1, 1)
                        FROM c AS a, c AS b ORDER BY 2)
SELECT first, count(*), sum(modifier_valid(both)), sum(modifier_valid(both, NULL, '2026-01-05')), sum(modifier_valid(both, NULL, '2000-01-05')),
       sum(modifier_valid(both, 'H2040')), sum(modifier_valid(both, 'H2040', '2026-01-05', 'cms')), sum(modifier_valid(lower(both), 'H2040', '1990-01-05'))
FROM m GROUP BY first ORDER BY first;
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 35),
     m(both) AS (SELECT substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', a.i + 1, 1) || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', b.i + 1, 1)
                 FROM c AS a, c AS b ORDER BY 1)
SELECT group_concat(both, ' ') FROM m WHERE modifier_valid(both, 'H2040', '2026-01-05');
SELECT modifier, added, terminated, modifier_valid(modifier, NULL, date(added, '-1 day')) AS before, modifier_valid(modifier, NULL, added) AS first_day,
       modifier_valid(modifier, NULL, terminated) AS last_day, modifier_valid(modifier, NULL, date(terminated, '+1 day')) AS after
FROM h2040_modifiers WHERE terminated IS NOT NULL AND added IS NOT NULL ORDER BY modifier LIMIT 20;

.print # h2040_policy and h2040_policy_problem
SELECT h2040_policy('cms');
SELECT h2040_policy(' Commercial ');
SELECT json_extract(h2040_policy('session'), '$.unit_basis'), length(h2040_policy('session')), h2040_policy(NULL);
SELECT h2040_policy('nobody');
SELECT p.column1, h2040_policy_problem(p.column1)
FROM (VALUES (NULL), (''), ('session'), ('CMS'), ('comercial'), ('nobody'), ('{}'), ('{'), ('[]'), ('7'), ('{"extends":"cms"}'), ('{"extends":"x"}'), ('{"extends":7}'),
  ('{"unit":1}'), ('{"nothing_like_it":1}'), ('{"min_minutes":1,"min_minutes":2}'),
  ('{"hcpcs_code":"H2014"}'), ('{"hcpcs_code":"h2014 "}'), ('{"hcpcs_code":"H204"}'), ('{"hcpcs_code":2040}'), ('{"hcpcs_code":"H-204"}'),
  ('{"unit_basis":"15 Minutes"}'), ('{"unit_basis":"week"}'), ('{"unit_basis":null}'), ('{"unit_rounding":"up"}'), ('{"unit_rounding":"down"}'),
  ('{"max_units_per_line":1}'), ('{"max_units_per_line":0}'), ('{"max_units_per_line":null}'), ('{"max_units_per_line":"4"}'), ('{"max_units_per_line":1.5}'),
  ('{"min_minutes":0}'), ('{"min_minutes":-1}'), ('{"timely_filing_days":-1}'), ('{"review_days":true}'),
  ('{"prior_authorization":"always"}'), ('{"prior_authorization":"sometimes"}'),
  ('{"accepted_modifiers":null}'), ('{"accepted_modifiers":"GT"}'), ('{"accepted_modifiers":["GTT"]}'), ('{"accepted_modifiers":[95]}'), ('{"refused_modifiers":["gt"]}'),
  ('{"required_modifiers":["GT","GT"]}'), ('{"telehealth_modifiers":{}}'), ('{"exclusive_modifiers":["GT"]}'), ('{"exclusive_modifiers":[["GT","x!"]]}'),
  ('{"exclusive_modifiers":[["GT",["95"]]]}'), ('{"settings":["U1"]}'), ('{"settings":{"U1":["14"]}}'), ('{"settings":{"U1":"14"}}'), ('{"settings":{"U1":["00"]}}'),
  ('{"settings":{"U":["14"]}}'), ('{"modifier_dates":{"QZ":["2027-01-01",null]}}'), ('{"modifier_dates":{"QZ":[20270101]}}'), ('{"modifier_dates":{"QZ":[null,null,null]}}'),
  ('{"modifier_dates":{"QZ":["x"]}}'), ('{"places":["11",12]}'), ('{"places":["xx"]}'), ('{"places":[true]}'), ('{"taxonomies":["101Y"]}'), ('{"taxonomies":["101Y00000X1"]}'),
  ('{"taxonomies":[""]}'), ('{"diagnoses":["F20-F29","F84.0"]}'), ('{"diagnoses":["F29-F20"]}'), ('{"diagnoses":["F2!"]}'), ('{"diagnoses":[20]}'), ('{"treatments":["CBT"]}'),
  ('{"treatments":[""]}'), ('{"treatments":[1]}'), ('{"documentation":["date"]}'), ('{"documentation":["dates"]}'), ('{"off":["unit.not_whole"]}'), ('{"off":["unit.not_hole"]}'),
  ('{"off":"unit.not_whole"}'), ('{"severity":{"plan.no_benchmarks":"error"}}'), ('{"severity":{"plan.no_benchmarks":"fatal"}}'), ('{"severity":{"plan.nothing":"error"}}'),
  ('{"severity":["x"]}'), ('{"places":[["11"]]}'), ('{"settings":{"U1":[{"a":1}]}}')) AS p;
SELECT length(h2040_policy_problem('{"x":"' || replace(hex(zeroblob(60000)), '0', 'y') || '"}'));
CREATE TABLE payer_policy(policy TEXT CHECK (h2040_policy_problem(policy) IS NULL));
INSERT INTO payer_policy VALUES ('{"min_minutes":30}');
SELECT count(*) FROM payer_policy;

.print # policies at work
SELECT h2040_check('units', 0, 'policy', '{"off":["unit.not_whole"]}');
SELECT json_extract(h2040_explain('units', 0, 'policy', '{"severity":{"unit.not_whole":"warning"}}'), '$[0].severity');
SELECT h2040_check('modifiers', 'ZZ', 'policy', '{"accepted_modifiers":["ZZ"]}'), h2040_check('modifiers', 'AS', 'policy', '{"accepted_modifiers":null}'),
       h2040_check('modifiers', 'ZZ', 'policy', '{"accepted_modifiers":null}');
SELECT h2040_check('modifiers', 'GT', 'policy', '{"accepted_modifiers":[],"refused_modifiers":null}');
SELECT h2040_check('hcpcs_code', 'H2014', 'units', 4, 'duration_minutes', 45, 'policy', '{"hcpcs_code":"H2014","unit_basis":"15 minutes"}');
SELECT p.column1, h2040_check('hcpcs_code', 'H2040', 'units', 2, 'diagnosis_codes', 'F32.0', 'modifiers', '', 'place_of_service', '14', 'policy', p.column1)
FROM (VALUES ('session'), ('commercial'), ('cms'), ('{"extends":"cms","max_units_per_line":2}')) AS p;

.print # h2040_policy_notes
SELECT p.column1, h2040_policy_notes(p.column1)
FROM (VALUES (NULL), ('session'), ('commercial'), ('cms'), ('{"hcpcs_code":"H2014"}'), ('{"hcpcs_code":"H2014","unit_basis":"15 minutes"}'), ('{"hcpcs_code":"H9999"}'),
  ('{"hcpcs_code":"90837"}'), ('{"accepted_modifiers":["ZZ"],"telehealth_modifiers":[],"settings":{}}'), ('{"required_modifiers":["25"]}'), ('{"refused_modifiers":["U1","GT"]}'),
  ('{"accepted_modifiers":["U1"]}'), ('{"required_modifiers":["HA","HB","HM","HN","U1"]}'), ('{"places":["11"]}'), ('{"treatments":[],"taxonomies":[],"diagnoses":[]}')) AS p;
SELECT h2040_policy_notes('{"unit":1}');

.print # the catalogue
SELECT rule, scope, category, severity, carc, needs FROM h2040_rules;
SELECT title, remedy, source FROM h2040_rules;
SELECT * FROM h2040_codes WHERE hcpcs_code IN ('H2014', 'H2017', 'H2019', 'H2038', 'H2040', 'H2041', 'T1017') ORDER BY hcpcs_code;
SELECT substr(hcpcs_code, 1, 1), count(*), count(unit_basis), min(added), max(added), count(terminated) FROM h2040_codes GROUP BY 1 ORDER BY 1;
SELECT * FROM h2040_modifiers WHERE modifier IN ('22', '25', '93', '95', 'FQ', 'GT', 'HQ', 'U1') ORDER BY modifier;
SELECT owner, count(*), count(meaning), min(added), count(terminated) FROM h2040_modifiers GROUP BY owner ORDER BY owner;
SELECT rule FROM h2040_rules WHERE rule = 'unit.not_whole';
SELECT count(*) FROM h2040_rules WHERE rule = 'no.such_rule';
SELECT count(*) FROM h2040_modifiers WHERE modifier = '';
SELECT count(*) FROM h2040_modifiers WHERE modifier = 22;
SELECT a.modifier, b.owner FROM h2040_modifiers AS a JOIN h2040_modifiers AS b ON a.modifier = b.modifier WHERE a.modifier LIKE 'X_' ORDER BY 1;

.print # h2040_audit
CREATE TABLE claims(claim_id, claim_line_number, hcpcs_code, modifiers, units, service_date, place_of_service, duration_minutes);
INSERT INTO claims VALUES
  ('C1', 1, 'H2040', 'GT', 1, '2026-01-05', '02', 45),
  ('C1', 2, 'H2040', 'GT GT', 0, '2026-01-05', '11', 45),
  ('C2', 1, 'H2014', 'ZZ', 0, 'soon', '00', NULL),
  ('C3', 1, 'H204O', '', 3, '2023-01-05', '14', 45),
  ('C4', 1, NULL, '', NULL, NULL, NULL, NULL),
  (5, NULL, 'H2040', NULL, 'two', '2026-02-30', 'xx', '');
SELECT claim_id, claim_line_number, rule, severity, field, value, message, carc FROM h2040_audit('claims');
SELECT rule, severity, count(*) FROM h2040_audit('claims') GROUP BY rule ORDER BY rule;
SELECT rule, remedy FROM h2040_audit('claims') WHERE claim_id = 'C3';
SELECT rule FROM h2040_audit('claims') WHERE claim_id = 5;
SELECT count(*) FROM h2040_audit WHERE source = 'claims' AND policy = 'cms';
SELECT rule, source, policy, columns, schema, owner FROM h2040_audit('claims', 'commercial', '{"units":null}', 'main') LIMIT 3;
SELECT count(*) FROM h2040_audit('claims', '{"off":["unit.not_whole"]}') WHERE rule = 'unit.not_whole';
SELECT c.claim_id, a.rule FROM (SELECT DISTINCT claim_id FROM claims) AS c LEFT JOIN h2040_audit('claims') AS a ON a.claim_id = c.claim_id ORDER BY 1, 2;
SELECT (SELECT json_group_array(rule) FROM h2040_audit('claims') AS a WHERE a.claim_id IS c.claim_id AND a.claim_line_number IS c.claim_line_number) = h2040_check(
         'hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units, 'service_date', service_date, 'place_of_service', place_of_service, 'duration_minutes', duration_minutes)
FROM claims AS c;
CREATE TABLE visits(patient, cpt, mods, qty);
INSERT INTO visits VALUES ('p', 'H2040', 'GT GT', 1), ('q', 'H2040', 'GT', 0), ('r', 'H2040', 'GT', 1);
SELECT claim_id, rule, value FROM h2040_audit('visits', 'session', '{"hcpcs_code":"cpt","modifiers":"mods","units":"qty","service_date":null}');
SELECT claim_id, rule FROM h2040_audit('visits') WHERE columns = '{"hcpcs_code":null,"units":"qty","service_date":null}';
CREATE VIEW billed AS SELECT claim_id, hcpcs_code, units, service_date, CASE WHEN claim_line_number = 1 THEN 'cms' END AS policy FROM claims;
SELECT claim_id, rule, severity FROM h2040_audit('billed');
CREATE TEMP TABLE claims(hcpcs_code, units, service_date);
INSERT INTO temp.claims VALUES ('H2040', 'temp', '2026-01-05');
SELECT claim_id, value FROM h2040_audit('claims');
SELECT count(*) FROM h2040_audit('claims') WHERE schema = 'main';
DROP TABLE temp.claims;
INSERT INTO claims SELECT claim_id, 9, 'H2040', '', 0, '2026-01-05', '11', 45 FROM h2040_audit('claims') WHERE rule = 'unit.not_whole';
SELECT count(*) FROM claims;

.print # h2040_audit: errors
SELECT * FROM h2040_audit;
SELECT * FROM h2040_audit(NULL);
SELECT * FROM h2040_audit('no_such_table');
SELECT * FROM h2040_audit('no_such_table') WHERE schema = 'main';
SELECT * FROM h2040_audit('visits');
SELECT * FROM h2040_audit('visits') WHERE columns = '{"units":"qty"}';
SELECT * FROM h2040_audit('visits') WHERE columns = '{"unit":"qty"}';
SELECT * FROM h2040_audit('visits') WHERE columns = '{"units":"qt"}';
SELECT * FROM h2040_audit('visits') WHERE columns = '{"units":7}';
SELECT * FROM h2040_audit('visits') WHERE columns = '[]';
SELECT * FROM h2040_audit('claims', 'nobody');

.print # h2040_coverage
SELECT rule, judged, needs, their_columns, missing FROM h2040_coverage('claims');
SELECT rule, their_columns FROM h2040_coverage('visits', NULL, '{"hcpcs_code":"cpt","modifiers":"mods","units":"qty"}') WHERE judged;
SELECT count(*), sum(judged), source, columns, schema FROM h2040_coverage('claims') GROUP BY 3, 4, 5;
SELECT * FROM h2040_coverage;
SELECT * FROM h2040_coverage('nowhere');

.print # sessions_over_cap: one cap, every period
CREATE TABLE claim_line(claim_id TEXT, claim_line_number INTEGER, payer_id TEXT, member_id TEXT, rendering_npi TEXT, hcpcs_code TEXT, service_date TEXT, units, prior_auth_number TEXT,
                        claim_frequency_code TEXT, original_claim_id TEXT);
INSERT INTO claim_line(claim_id, claim_line_number, payer_id, member_id, rendering_npi, hcpcs_code, service_date, units)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
SELECT printf('C%02d', i), 1, 'P' || (i % 2), 'M' || (i % 3), CASE WHEN i % 4 < 2 THEN '1234567893' ELSE '2000000002' END, 'H2040', date('2025-11-20', (i * 3) || ' days'), 1 + i % 2 FROM n;
SELECT member_id, claim_id, service_date, units, period_start, period_end, cap, units_before, units_over, status FROM sessions_over_cap('claim_line', 10, 'year');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 1, 'day');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 1, 'week');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 3, 'month');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 7, 'quarter');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 10, 'year from 07-01');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 10, 'year from 02-29');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 3, '30 days');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 3, '1 months');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 8, '3 Months');
SELECT member_id, claim_id, service_date, period_start, period_end, units_before, units_over FROM sessions_over_cap('claim_line', 12, 'lifetime');
SELECT member_id, units_before, units_over FROM sessions_over_cap('claim_line', 10, 'year', NULL, NULL, NULL, 'allowed');
SELECT count(*) FROM sessions_over_cap('claim_line', 0);
SELECT count(*) FROM sessions_over_cap('claim_line', 1000);

.print # sessions_over_cap: how it is asked
SELECT claim_id, units_before FROM sessions_over_cap('claim_line', 10, 'year') WHERE member_id = 'M1' AND payer_id = 'P1';
SELECT claim_id, units_before FROM sessions_over_cap('claim_line', 10, 'year') WHERE service_date >= '2026-04-15';
SELECT claim_id, units_before FROM sessions_over_cap('claim_line', 10, 'year') WHERE service_date BETWEEN '2026-04-10' AND '2026-04-20' ORDER BY service_date DESC;
SELECT source, max_units, period, caps, authorizations, hcpcs_codes, counting, columns, schema, cap FROM sessions_over_cap('claim_line', '10', 'year') LIMIT 1;
SELECT source, max_units, cap FROM sessions_over_cap WHERE cap = 10 LIMIT 1;
SELECT count(*) FROM sessions_over_cap('claim_line', 10, 'year', NULL, NULL, 'H2014');
SELECT count(*) FROM sessions_over_cap('claim_line', 10, 'year', NULL, NULL, 'h2040, H2014');
SELECT count(*) FROM sessions_over_cap('claim_line', 10, 'year', NULL, NULL, '*');
SELECT m.member_id, (SELECT count(*) FROM sessions_over_cap('claim_line', 10, 'year') AS s WHERE s.member_id = m.member_id) FROM (SELECT DISTINCT member_id FROM claim_line ORDER BY 1) AS m;
CREATE TABLE seen(patient, dos, cpt);
INSERT INTO seen VALUES (7, '2026-01-05', 'H2040'), (7, '20260110', 'H2040'), ('7', 20260115, 'H2040'), (7.0, '2026-01-20T10:00', 'H2040'), (NULL, '2026-01-21', 'H2040'), (8, '01/02/2026', 'H2040'),
  (8, '2026-01-02', 'h2040 '), (x'07', '2026-01-03', 'H2040');
SELECT member_id, typeof(member_id), service_date, units, units_before, units_over, status, problem FROM sessions_over_cap('seen', 1, 'month')
WHERE columns = '{"member_id":"patient","service_date":"dos","hcpcs_code":"cpt","units":null,"payer_id":null}';

.print # sessions_over_cap: session_cap, scopes
CREATE TABLE session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to);
INSERT INTO session_cap VALUES ('1 year', NULL, NULL, 12, 'year', NULL, NULL, NULL), ('2 day', 'P1', 'H2040', 1, 'day', 'member', '2026-04-01', NULL),
  ('3 provider', NULL, NULL, 26, 'lifetime', 'provider', NULL, NULL), ('4 both', 'P1', 'H2040 H2014', 4, '3 months', 'member+provider', '2026-01-01', '2026-03-31'), ('5 other', 'P9', NULL, 0, 'year', NULL, NULL, NULL);
SELECT cap_id, payer_id, member_id, rendering_npi, claim_id, service_date, units, period_start, period_end, cap, units_before, units_over, status FROM sessions_over_cap;
SELECT cap_id, count(*) FROM sessions_over_cap GROUP BY cap_id;
SELECT count(*) FROM sessions_over_cap WHERE cap_id = '3 provider';
SELECT cap_id, claim_id FROM sessions_over_cap WHERE cap_id = '4 both' AND member_id = 'M1';

.print # sessions_over_cap: authorizations
CREATE TABLE prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units);
INSERT INTO prior_authorization VALUES ('A1', 'P0', 'M0', 'H2040', '2026-01-01', '2026-06-30', 3), ('A2', NULL, 'M0', NULL, NULL, NULL, NULL), ('A3', 'P1', 'M1', 'H2014', NULL, NULL, 5),
  ('A4', 'P1', 'M1', NULL, '2026-04-01', NULL, 2), ('A5', 'P0', 'M2', NULL, 'soon', NULL, 1), ('A6', 'P0', 'M2', NULL, NULL, NULL, 'many');
UPDATE claim_line SET prior_auth_number = 'A1' WHERE claim_id = 'C54';
UPDATE claim_line SET prior_auth_number = 'nobody' WHERE claim_id = 'C48';
SELECT cap_id, payer_id, member_id, claim_id, service_date, units_over, authorized_units, prior_auth_number, status, problem FROM sessions_over_cap WHERE cap_id = '1 year' OR cap_id IS NULL;
SELECT payer_id, member_id, claim_id, units_over, authorized_units, prior_auth_number, status FROM sessions_over_cap('claim_line', 4, 'year', NULL, 'prior_authorization') WHERE status <> 'unreadable';
SELECT payer_id, member_id, claim_id, units_before, units_over, authorized_units FROM sessions_over_cap('claim_line', 4, 'year', NULL, 'prior_authorization', NULL, 'allowed') WHERE status <> 'unreadable';
SELECT count(*), sum(authorized_units) FROM sessions_over_cap('claim_line', 4, 'year') WHERE authorizations = '';

.print # sessions_over_cap: replaced and void claims, lines that cannot be read
UPDATE claim_line SET claim_frequency_code = '7', original_claim_id = 'C06' WHERE claim_id = 'C12';
UPDATE claim_line SET claim_frequency_code = '8', original_claim_id = 'C18' WHERE claim_id = 'C24';
UPDATE claim_line SET units = 'few' WHERE claim_id = 'C30';
UPDATE claim_line SET units = -1, service_date = NULL WHERE claim_id = 'C31';
SELECT payer_id, member_id, claim_id, service_date, units, units_before, units_over, status, problem FROM sessions_over_cap('claim_line', 6, 'year') WHERE authorizations = '';

.print # sessions_over_cap: errors
SELECT * FROM sessions_over_cap('no_such_table', 1, 'year');
SELECT * FROM sessions_over_cap('visits', 1, 'year');
SELECT * FROM sessions_over_cap('visits', 1, 'year') WHERE columns = '{"member_id":"patient"}';
SELECT * FROM sessions_over_cap('claim_line', -1, 'year');
SELECT * FROM sessions_over_cap('claim_line', 'ten', 'year');
SELECT * FROM sessions_over_cap('claim_line', 1.5, 'year');
SELECT * FROM sessions_over_cap('claim_line', 1, 'fortnight');
SELECT * FROM sessions_over_cap('claim_line', 1, '0 days');
SELECT * FROM sessions_over_cap('claim_line', 1, 'year from 13-01');
SELECT * FROM sessions_over_cap('claim_line', NULL, 'year');
SELECT * FROM sessions_over_cap('claim_line', 1, 'year', NULL, NULL, NULL, 'paid');
SELECT * FROM sessions_over_cap('claim_line', 1, 'year') WHERE columns = '{"member":"member_id"}';
SELECT * FROM sessions_over_cap('claim_line', 1, 'year') WHERE columns = '{"member_id":"nobody"}';
SELECT * FROM sessions_over_cap('claim_line', 1, 'year') WHERE columns = '{"member_id":null}';
SELECT * FROM sessions_over_cap('claim_line', 1, 'year') WHERE authorizations = 'nowhere';
SELECT * FROM sessions_over_cap('claim_line') WHERE caps = 'nowhere';
SELECT * FROM sessions_over_cap('claim_line') WHERE period = 'year';
UPDATE session_cap SET period = 'fortnight' WHERE cap_id = '2 day';
SELECT * FROM sessions_over_cap;
UPDATE session_cap SET period = 'day', max_units = NULL WHERE cap_id = '2 day';
SELECT * FROM sessions_over_cap;
UPDATE session_cap SET max_units = 1, scope = 'family' WHERE cap_id = '2 day';
SELECT * FROM sessions_over_cap;
SELECT h2040_read(1, 2);

.print # in schemas: index, generated column, view, trigger
CREATE TABLE kept(code, units, broken TEXT AS (h2040_check('hcpcs_code', code, 'units', units)));
INSERT INTO kept(code, units) VALUES ('H2040', 1), ('H2040', 0), ('H2014', 1);
CREATE INDEX kept_broken ON kept(h2040_check('hcpcs_code', code, 'units', units));
SELECT * FROM kept ORDER BY rowid;
PRAGMA trusted_schema = OFF;
SELECT count(*) FROM kept WHERE broken = '["unit.not_whole"]';
CREATE VIEW over AS SELECT claim_id FROM sessions_over_cap('claim_line', 10, 'year');
SELECT * FROM over;
PRAGMA trusted_schema = ON;
SELECT count(*) > 0 FROM over;
PRAGMA integrity_check;
