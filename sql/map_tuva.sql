-- map_tuva.sql: Tuva's medical_claim as a source of claim lines.
--
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :billing tuva.db' audit.db \
--           '.read sql/map_tuva.sql' '.read sql/intake.sql' '.read sql/views.sql' '.read sql/audit.sql'
--
-- Needs:  schema.sql; a table medical_claim of the Tuva input layer in the billing database.
-- Makes:  a TEMP view of it in our names, so read this script in each session that reads
--         intake.sql; and the row of intake_source that names the view.
--
-- What claims alone do not tell (notes, plans, taxonomies) intake.sql puts into
-- field_not_kept, so that it is not judged missing.

DROP VIEW IF EXISTS temp.tuva_line;
CREATE TEMP VIEW tuva_line AS
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
       charge_amount,
       paid_amount
  FROM billing.medical_claim;

INSERT OR REPLACE INTO main.intake_source (name, kind, schema, source) VALUES ('tuva', 'lines', 'temp', 'tuva_line');
