-- map_tuva.sql: the audit on Tuva's medical_claim.
--
--   sqlite3 -cmd '.load build/h2040' tuva.db '.read sql/map_tuva.sql' '.read sql/schema.sql' \
--           '.read sql/policies.sql' '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  a table medical_claim of the Tuva input layer; before schema.sql.
-- Makes:  the view claim_line over it, and the view field_not_kept: what claims alone
--         do not tell (notes, plans, taxonomies), so that it is not judged missing.
--
-- Keep these indexes on the table, for the lines that are compared with each other:
--
--   CREATE INDEX claim_by_member   ON medical_claim (person_id, claim_line_start_date);
--   CREATE INDEX claim_by_provider ON medical_claim (rendering_npi, claim_line_start_date);
--   CREATE INDEX claim_by_key      ON medical_claim (claim_id, claim_line_number);

DROP VIEW IF EXISTS claim_line;
CREATE VIEW claim_line AS
SELECT claim_id,
       claim_line_number,
       payer                 AS payer_id,
       person_id             AS member_id,
       hcpcs_code,
       trim(coalesce(hcpcs_modifier_1, '') || ' ' || coalesce(hcpcs_modifier_2, '') || ' '
         || coalesce(hcpcs_modifier_3, '') || ' ' || coalesce(hcpcs_modifier_4, '') || ' '
         || coalesce(hcpcs_modifier_5, '')) AS modifiers,
       service_unit_quantity AS units,
       claim_line_start_date AS service_date,
       place_of_service_code AS place_of_service,
       trim(coalesce(diagnosis_code_1, '')   || ' ' || coalesce(diagnosis_code_2, '')  || ' '
         || coalesce(diagnosis_code_3, '')   || ' ' || coalesce(diagnosis_code_4, '')  || ' '
         || coalesce(diagnosis_code_5, '')   || ' ' || coalesce(diagnosis_code_6, '')  || ' '
         || coalesce(diagnosis_code_7, '')   || ' ' || coalesce(diagnosis_code_8, '')  || ' '
         || coalesce(diagnosis_code_9, '')   || ' ' || coalesce(diagnosis_code_10, '') || ' '
         || coalesce(diagnosis_code_11, '')  || ' ' || coalesce(diagnosis_code_12, '') || ' '
         || coalesce(diagnosis_code_13, '')  || ' ' || coalesce(diagnosis_code_14, '') || ' '
         || coalesce(diagnosis_code_15, '')  || ' ' || coalesce(diagnosis_code_16, '') || ' '
         || coalesce(diagnosis_code_17, '')  || ' ' || coalesce(diagnosis_code_18, '') || ' '
         || coalesce(diagnosis_code_19, '')  || ' ' || coalesce(diagnosis_code_20, '') || ' '
         || coalesce(diagnosis_code_21, '')  || ' ' || coalesce(diagnosis_code_22, '') || ' '
         || coalesce(diagnosis_code_23, '')  || ' ' || coalesce(diagnosis_code_24, '') || ' '
         || coalesce(diagnosis_code_25, '')) AS diagnosis_codes,
       rendering_npi,
       NULL                  AS rendering_taxonomy,
       NULL                  AS prior_auth_number,
       NULL                  AS treatment,
       NULL                  AS service_focus,
       NULL                  AS received_date,
       NULL                  AS claim_frequency_code,
       NULL                  AS original_claim_id,
       charge_amount,
       paid_amount
  FROM medical_claim;

DROP VIEW IF EXISTS field_not_kept;
CREATE VIEW field_not_kept (field) AS
VALUES ('rendering_taxonomy'), ('prior_auth_number'), ('prior_auth_start'), ('prior_auth_end'), ('treatment'),
       ('service_focus'), ('received_date'), ('claim_frequency_code'),
       ('note_date'), ('duration_minutes'), ('start_time'), ('end_time'), ('purpose'), ('plan_goal'), ('activities'),
       ('client_response'), ('progress'), ('next_steps'), ('medical_necessity'), ('effectiveness'), ('complexity'),
       ('signed_by'),
       ('plan_start'), ('plan_end'), ('plan_goals'), ('plan_benchmarks'), ('plan_reviewed');
