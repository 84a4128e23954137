-- map_ncci.sql: NCCI's public edits for Medicaid: units per day (MUE) as caps, pairs of
-- procedures (PTP) as pairs of codes.
--
--   sqlite3 audit.db '.import --csv MCD_MUE_practitioner.csv ncci_mue' '.import --csv MCD_PTP_practitioner.csv ncci_ptp'
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :payer TXMCD' audit.db '.read sql/map_ncci.sql'
--
-- Needs:  schema.sql; the files as they come, in tables ncci_mue (code, value, rationale) and
--         ncci_ptp (column 1, column 2, effective date, deletion date, modifier indicator,
--         rationale), by place: whatever the heads of the columns say.
-- Makes:  rows of session_cap: so many units a day for a member with a provider, which no
--         authorization lifts; and of code_pair, with their days, a modifier where the
--         indicator is 1.  Of the codes that h2040_codes has or that your lines bear, for
--         the payer :payer (left out: every payer).  Safe to run again, with newer files.
--
-- code_pair without a row means any two of the codes that describe the same hour; once it
-- has rows those are written into it, too.

CREATE TABLE IF NOT EXISTS main.ncci_mue (hcpcs_code, value, rationale);
CREATE TABLE IF NOT EXISTS main.ncci_ptp (column_1, column_2, effective, deleted, modifier_indicator, rationale);

BEGIN;

DROP TABLE IF EXISTS temp.ncci_code;
CREATE TEMP TABLE ncci_code (hcpcs_code TEXT PRIMARY KEY);
INSERT OR IGNORE INTO temp.ncci_code SELECT hcpcs_code FROM temp.h2040_codes;
INSERT OR IGNORE INTO temp.ncci_code SELECT DISTINCT upper(trim(hcpcs_code)) FROM main.claim_line WHERE hcpcs_code IS NOT NULL;

DELETE FROM main.session_cap WHERE cap_id GLOB 'MUE *' AND payer_id IS :payer;
INSERT INTO main.session_cap (cap_id, payer_id, hcpcs_codes, max_units, period, scope, authorizable)
WITH mue (code, value, rationale) AS (SELECT * FROM main.ncci_mue)
SELECT 'MUE ' || upper(trim(code)) || coalesce(' ' || :payer, ''), :payer, upper(trim(code)), CAST(trim(value) AS INTEGER), 'day',
       'member+provider', 0
  FROM mue
 WHERE upper(trim(code)) IN (SELECT hcpcs_code FROM temp.ncci_code) AND trim(value) <> '' AND trim(value) NOT GLOB '*[^0-9]*'
 GROUP BY upper(trim(code));

-- A file's days are written 20260101; a deletion date of * is none.  An indicator of 9: the
-- edit was deleted on the day it began.
DROP TABLE IF EXISTS temp.ncci_pair;
CREATE TEMP TABLE ncci_pair AS
WITH ptp (column_1, column_2, effective, deleted, indicator, rationale) AS (SELECT * FROM main.ncci_ptp)
SELECT upper(trim(column_1)) AS code_1, upper(trim(column_2)) AS code_2, h2040_date(trim(effective)) AS effective_from,
       CASE WHEN trim(deleted) IN ('', '*') THEN NULL ELSE h2040_date(trim(deleted)) END AS effective_to,
       CAST(trim(indicator) AS INTEGER) AS modifier_allowed
  FROM ptp
 WHERE upper(trim(column_1)) IN (SELECT hcpcs_code FROM temp.ncci_code)
   AND upper(trim(column_2)) IN (SELECT hcpcs_code FROM temp.ncci_code)
   AND trim(indicator) IN ('0', '1');

-- (What the table without a row means comes first, while it has none.)
INSERT INTO main.code_pair (code_1, code_2, scope)
WITH similar (code) AS (VALUES ('H2014'), ('H2017'), ('H2019'), ('H2038'), ('H2040'), ('H2041'))
SELECT a.code, b.code, 'member' FROM similar AS a JOIN similar AS b ON b.code > a.code
 WHERE EXISTS (SELECT 1 FROM temp.ncci_pair) AND NOT EXISTS (SELECT 1 FROM main.code_pair);
DELETE FROM main.code_pair
 WHERE modifier_allowed IS NOT NULL
   AND (code_1, code_2, coalesce(effective_from, '')) IN (SELECT code_1, code_2, coalesce(effective_from, '') FROM temp.ncci_pair);
INSERT INTO main.code_pair (code_1, code_2, effective_from, effective_to, modifier_allowed, scope)
SELECT code_1, code_2, effective_from, effective_to, modifier_allowed, 'member+provider' FROM temp.ncci_pair;
DROP TABLE temp.ncci_pair;

DROP TABLE temp.ncci_code;
COMMIT;

SELECT printf('%,d caps (MUE), %,d pairs of codes', (SELECT count(*) FROM main.session_cap WHERE cap_id GLOB 'MUE *'),
              (SELECT count(*) FROM main.code_pair));
