-- map_carrier.sql: CMS carrier claim lines, as in the research files and the synthetic
-- ones, as a source of claim lines: fields parted by pipes, days written 27-OCT-1999.
--
--   sqlite3 carrier.db '.mode list' '.separator |' '.import carrier.csv carrier'
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :billing carrier.db' audit.db \
--           '.read sql/map_carrier.sql' '.read sql/intake.sql' '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  schema.sql; a table carrier with the file's column names in the billing database.
-- Makes:  a TEMP view of it in our names, payer MEDICARE, so read this script in each
--         session that reads intake.sql; and the row of intake_source that names the view.
--
-- What these files do not tell intake.sql puts into field_not_kept.

DROP VIEW IF EXISTS temp.carrier_line;
CREATE TEMP VIEW carrier_line AS
SELECT CLM_ID                AS claim_id,
       LINE_NUM              AS claim_line_number,
       'MEDICARE'            AS payer_id,
       BENE_ID               AS member_id,
       HCPCS_CD              AS hcpcs_code,
       trim(coalesce(HCPCS_1ST_MDFR_CD, '') || ' ' || coalesce(HCPCS_2ND_MDFR_CD, '')) AS modifiers,
       LINE_SRVC_CNT         AS units,
       LINE_1ST_EXPNS_DT     AS service_date,
       LINE_PLACE_OF_SRVC_CD AS place_of_service,
       coalesce(nullif(trim(LINE_ICD_DGNS_CD), ''), PRNCPAL_DGNS_CD) AS diagnosis_codes,
       PRF_PHYSN_NPI         AS rendering_npi,
       LINE_SBMTD_CHRG_AMT   AS charge_amount,
       LINE_NCH_PMT_AMT      AS paid_amount
  FROM billing.carrier;

INSERT OR REPLACE INTO main.intake_source (name, kind, schema, source) VALUES ('carrier', 'lines', 'temp', 'carrier_line');
