-- map_837p.sql: the audit on professional claims as they were sent (X12 837P),
-- flattened to one row per service line, each column named after its element.
--
--   sqlite3 -cmd '.load build/h2040' claims.db '.read sql/map_837p.sql' '.read sql/schema.sql' \
--           '.read sql/policies.sql' '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  a table claim_837p, before schema.sql:
--           nm109_pr, nm109_il      the payer's and the subscriber's identifiers
--           clm01                   the submitter's claim number
--           clm05_1, clm05_3        place of service, frequency code (7 replaces, 8 voids)
--           ref_f8, ref_g1          the payer's number of the original claim; authorization
--           clp07                   the payer's number of this claim, from its 835, if known
--           hi01_2 … hi12_2         diagnoses
--           nm109_82, prv03         rendering provider's NPI and taxonomy
--           lx01                    line number
--           sv101_2, sv101_3 … _6   procedure and its four modifiers
--           sv102, sv104, sv105     charge, units, place of service of the line
--           sv107_1 … sv107_4       which of the claim's diagnoses are the line's
--           dtp_472                 day of service: CCYYMMDD, or two of them and a hyphen
--           received_date           the day it reached the payer (999 or 277CA), if known
-- Makes:  the views claim_line and field_not_kept over it.  Notes and treatment plans
--         are not in an 837P; if you keep them, fill session_note and treatment_plan
--         and take their fields out of field_not_kept.

DROP VIEW IF EXISTS claim_line;
CREATE VIEW claim_line AS
SELECT clm01                             AS claim_id,
       lx01                              AS claim_line_number,
       nm109_pr                          AS payer_id,
       nm109_il                          AS member_id,
       sv101_2                           AS hcpcs_code,
       trim(coalesce(sv101_3, '') || ' ' || coalesce(sv101_4, '') || ' ' || coalesce(sv101_5, '') || ' '
         || coalesce(sv101_6, ''))       AS modifiers,
       sv104                             AS units,
       CASE WHEN dtp_472 GLOB '[12][0-9][0-9][0-9][01][0-9][0-3][0-9]*'   -- of a span the first day
            THEN substr(dtp_472, 1, 4) || '-' || substr(dtp_472, 5, 2) || '-' || substr(dtp_472, 7, 2)
            ELSE dtp_472 END             AS service_date,
       coalesce(nullif(trim(sv105), ''), clm05_1) AS place_of_service,
       -- the diagnoses that the line points to; without pointers all of the claim's
       CASE WHEN trim(coalesce(sv107_1, '')) = ''
            THEN trim(coalesce(hi01_2, '') || ' ' || coalesce(hi02_2, '') || ' ' || coalesce(hi03_2, '') || ' '
                   || coalesce(hi04_2, '') || ' ' || coalesce(hi05_2, '') || ' ' || coalesce(hi06_2, '') || ' '
                   || coalesce(hi07_2, '') || ' ' || coalesce(hi08_2, '') || ' ' || coalesce(hi09_2, '') || ' '
                   || coalesce(hi10_2, '') || ' ' || coalesce(hi11_2, '') || ' ' || coalesce(hi12_2, ''))
            ELSE (SELECT group_concat(code.value, ' ')
                    FROM json_each(json_array(hi01_2, hi02_2, hi03_2, hi04_2, hi05_2, hi06_2, hi07_2, hi08_2, hi09_2,
                                              hi10_2, hi11_2, hi12_2)) AS code
                   WHERE code.key + 1 IN (CAST(sv107_1 AS INTEGER), CAST(sv107_2 AS INTEGER), CAST(sv107_3 AS INTEGER),
                                          CAST(sv107_4 AS INTEGER)))
            END                          AS diagnosis_codes,
       nm109_82                          AS rendering_npi,
       prv03                             AS rendering_taxonomy,
       ref_g1                            AS prior_auth_number,
       NULL                              AS treatment,
       NULL                              AS service_focus,
       received_date,
       clm05_3                           AS claim_frequency_code,
       -- the original is named by the payer's number; ours is that of the claim which got it
       CASE WHEN clm05_3 IN ('7', '8', 7, 8)
            THEN coalesce((SELECT original.clm01 FROM claim_837p AS original WHERE original.clp07 = claim_837p.ref_f8 LIMIT 1),
                          ref_f8) END    AS original_claim_id,
       sv102                             AS charge_amount,
       NULL                              AS paid_amount
  FROM claim_837p;

DROP VIEW IF EXISTS field_not_kept;
CREATE VIEW field_not_kept (field) AS
VALUES ('treatment'), ('service_focus'),
       ('note_date'), ('duration_minutes'), ('start_time'), ('end_time'), ('purpose'), ('plan_goal'), ('activities'),
       ('client_response'), ('progress'), ('next_steps'), ('medical_necessity'), ('effectiveness'), ('complexity'),
       ('signed_by'),
       ('plan_start'), ('plan_end'), ('plan_goals'), ('plan_benchmarks'), ('plan_reviewed');
