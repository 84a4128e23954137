-- map_carrier.sql: the audit on CMS carrier claim lines, as in the research files and the
-- synthetic ones: fields parted by pipes, days written 27-OCT-1999.
--
--   sqlite3 carrier.db '.mode list' '.separator |' '.import carrier.csv carrier'
--   sqlite3 -cmd '.load build/h2040' carrier.db '.read sql/map_carrier.sql' '.read sql/schema.sql' \
--           '.read sql/policies.sql' '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  a table carrier with the file's column names, before schema.sql.
-- Makes:  the view claim_line over it, payer MEDICARE, and the view field_not_kept: what
--         these files do not tell, so that it is not judged missing.
--
-- A day that is computed cannot be found by an index.  For millions of lines make a
-- table of the view: CREATE TABLE claim_line AS SELECT … instead of CREATE VIEW.

DROP VIEW IF EXISTS claim_line;
CREATE VIEW claim_line AS
SELECT CLM_ID                AS claim_id,
       LINE_NUM              AS claim_line_number,
       'MEDICARE'            AS payer_id,
       BENE_ID               AS member_id,
       HCPCS_CD              AS hcpcs_code,
       trim(coalesce(HCPCS_1ST_MDFR_CD, '') || ' ' || coalesce(HCPCS_2ND_MDFR_CD, '')) AS modifiers,
       LINE_SRVC_CNT         AS units,
       CASE WHEN LINE_1ST_EXPNS_DT GLOB '[0-3][0-9]-[A-Za-z][A-Za-z][A-Za-z]-[12][0-9][0-9][0-9]'
             AND instr('JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC', upper(substr(LINE_1ST_EXPNS_DT, 4, 3))) % 3 = 1
            THEN substr(LINE_1ST_EXPNS_DT, 8, 4)
                 || printf('-%02d-', instr('JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC',
                                           upper(substr(LINE_1ST_EXPNS_DT, 4, 3))) / 3 + 1)
                 || substr(LINE_1ST_EXPNS_DT, 1, 2)
            ELSE LINE_1ST_EXPNS_DT END AS service_date,
       LINE_PLACE_OF_SRVC_CD AS place_of_service,
       coalesce(nullif(trim(LINE_ICD_DGNS_CD), ''), PRNCPAL_DGNS_CD) AS diagnosis_codes,
       PRF_PHYSN_NPI         AS rendering_npi,
       NULL                  AS rendering_taxonomy,
       NULL                  AS prior_auth_number,
       NULL                  AS treatment,
       NULL                  AS service_focus,
       NULL                  AS received_date,
       NULL                  AS claim_frequency_code,
       NULL                  AS original_claim_id,
       LINE_SBMTD_CHRG_AMT   AS charge_amount,
       LINE_NCH_PMT_AMT      AS paid_amount
  FROM carrier;

DROP VIEW IF EXISTS field_not_kept;
CREATE VIEW field_not_kept (field) AS
VALUES ('rendering_taxonomy'), ('prior_auth_number'), ('prior_auth_start'), ('prior_auth_end'), ('treatment'),
       ('service_focus'), ('received_date'), ('claim_frequency_code'),
       ('note_date'), ('duration_minutes'), ('start_time'), ('end_time'), ('purpose'), ('plan_goal'), ('activities'),
       ('client_response'), ('progress'), ('next_steps'), ('medical_necessity'), ('effectiveness'), ('complexity'),
       ('signed_by'),
       ('plan_start'), ('plan_end'), ('plan_goals'), ('plan_benchmarks'), ('plan_reviewed');
