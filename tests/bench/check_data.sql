-- The lines of the check bench: made by arithmetic, the same every time.  About
-- one in ten breaks a rule, each of the rules that these fields let be judged.
-- $lines comes from check.tcl.

CREATE TABLE claim_line(
  line INTEGER PRIMARY KEY, hcpcs_code, modifier_1, modifier_2, units, service_date, place_of_service,
  diagnosis_codes, rendering_npi, rendering_taxonomy, received_date, note_date, duration_minutes,
  purpose, plan_goal, activities, client_response, progress, next_steps);

-- What the SQL expression looks things up in.
CREATE TABLE modifier(modifier PRIMARY KEY, added, terminated, accepted) WITHOUT ROWID;
INSERT INTO modifier
SELECT m.modifier, coalesce(m.added, '0001-01-01'), coalesce(m.terminated, '9999-12-31'),
       m.modifier IN (SELECT value FROM json_each(h2040_policy('session'), '$.accepted_modifiers'))
  FROM h2040_modifiers AS m;
CREATE TABLE place(place_of_service PRIMARY KEY) WITHOUT ROWID;
INSERT INTO place
WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 99)
SELECT printf('%02d', i) FROM n
 WHERE i < 28 OR i BETWEEN 31 AND 34 OR i IN (41, 42) OR i BETWEEN 49 AND 58 OR i IN (60, 61, 62, 65, 66, 71, 72, 81, 99);

WITH RECURSIVE
  n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < $lines),
  -- h: scattered but repeatable; bad: which defect the line has (mostly none)
  line AS (
    SELECT i, (i * 2654435761) % 4294967296 AS h,
           CASE WHEN (i * 40503) % 10 = 0 THEN (i * 2654435761) % 4294967296 % 24 ELSE -1 END AS bad
      FROM n),
  day AS (SELECT *, date('2025-01-01', '+' || (h % 365) || ' days') AS service FROM line)
INSERT INTO claim_line
SELECT i,
       CASE bad WHEN 0 THEN 'H2O40' WHEN 1 THEN 'H2014' ELSE 'H2040' END,
       CASE bad WHEN 2 THEN 'ZZ' WHEN 3 THEN 'LT' WHEN 4 THEN '25' WHEN 5 THEN 'G' WHEN 6 THEN 'CP' WHEN 7 THEN 'HQ'
            WHEN 8 THEN 'U1' ELSE CASE WHEN h % 4 = 0 THEN 'GT' WHEN h % 4 = 1 THEN 'HN' END END,
       CASE bad WHEN 7 THEN 'HQ' ELSE CASE WHEN h % 4 = 0 THEN 'HM' WHEN h % 12 = 1 THEN 'HO' END END,
       CASE bad WHEN 9 THEN 0 WHEN 10 THEN 4 ELSE 1 END,
       CASE bad WHEN 11 THEN '2025-02-30' WHEN 12 THEN '2023-09-30' ELSE service END,
       CASE WHEN bad = 13 THEN '14' WHEN bad = 14 THEN '98' WHEN bad = 15 THEN '02' WHEN h % 4 = 0 AND bad < 0 THEN '10'
            ELSE '11' END,
       CASE bad WHEN 16 THEN '' WHEN 17 THEN 'Z00.0' WHEN 18 THEN 'F2' ELSE
            CASE h % 3 WHEN 0 THEN 'F84.0' WHEN 1 THEN 'F20.9' ELSE 'F71' END END,
       CASE bad WHEN 19 THEN '1234567890' ELSE '1234567893' END,
       CASE bad WHEN 20 THEN NULL WHEN 21 THEN '207Q00000X' ELSE
            CASE h % 3 WHEN 0 THEN '101YM0800X' WHEN 1 THEN '103K00000X' ELSE '1041C0700X' END END,
       CASE bad WHEN 22 THEN '2027-01-31' ELSE date(service, '+' || (h % 60) || ' days') END,
       CASE bad WHEN 11 THEN service WHEN 12 THEN '2023-10-01' ELSE service END,
       CASE bad WHEN 23 THEN NULL ELSE 45 + h % 3 * 15 END,
       CASE WHEN bad = 2 AND h % 5 = 0 THEN 'n/a' ELSE 'Practise ordering a meal and paying for it without prompting' END,
       CASE WHEN bad = 3 AND h % 5 = 0 THEN '' ELSE 'Goal ' || (h % 5 + 1) || ': use public places on one''s own' END,
       CASE WHEN bad = 4 AND h % 5 = 0 THEN ' ' ELSE
         'Walked to the shop, made a list, compared three prices, paid in cash and counted the change; role play before' END,
       CASE WHEN bad = 5 AND h % 5 = 0 THEN NULL ELSE
         'Anxious at first, then asked the cashier one question and paid; visit ' || (h % 97) END,
       CASE WHEN bad = 6 AND h % 5 = 0 THEN 'TBD' ELSE 'Two prompts instead of five; counted the change without help' END,
       CASE WHEN bad = 7 AND h % 5 = 0 THEN '-' ELSE 'Repeat at another shop; add asking for help' END
  FROM day;
