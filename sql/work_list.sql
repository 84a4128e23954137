-- work_list.sql: who does what first, as CSV for a spreadsheet.
--
--   sqlite3 audit.db '.read sql/work_list.sql' > work_list.csv
--
-- Needs:  a stored run (audit.sql); not the extension.  .parameter set :run 7 before it
--         for another run than the last, :owner coding for the rows of one owner.
-- Makes:  one row for each line at risk, the gravest and dearest first: who must act, what
--         first, all that is amiss, dollars, unpaid or paid, the last day to file, correct
--         or appeal; client and clinician by name where member and provider have them.
--
-- A cell that a spreadsheet would take for a formula has a ' before it.

.bail on
.headers on
.mode csv

SELECT owner, remedy AS what_first, replace(rules, ' ', ', ') AS rules, severity,
       CASE WHEN claim_id GLOB '[=+@-]*' THEN '''' || claim_id ELSE claim_id END AS claim_id, claim_line_number,
       CASE WHEN service_date GLOB '[=+@-]*' THEN '''' || service_date ELSE service_date END AS service_date,
       CASE WHEN hcpcs_code GLOB '[=+@-]*' THEN '''' || hcpcs_code ELSE hcpcs_code END AS hcpcs_code,
       CASE WHEN coalesce(payer, payer_id) GLOB '[=+@-]*' THEN '''' || coalesce(payer, payer_id)
            ELSE coalesce(payer, payer_id) END AS payer,
       CASE WHEN member_id GLOB '[=+@-]*' THEN '''' || member_id ELSE member_id END AS member_id,
       CASE WHEN member GLOB '[=+@-]*' THEN '''' || member ELSE member END AS client,
       CASE WHEN rendering_npi GLOB '[=+@-]*' THEN '''' || rendering_npi ELSE rendering_npi END AS rendering_npi,
       CASE WHEN provider GLOB '[=+@-]*' THEN '''' || provider ELSE provider END AS clinician,
       printf('%.2f', dollars) AS dollars, money, last_day, last_day_to, CASE is_new WHEN 1 THEN 'new' ELSE '' END AS is_new
  FROM main.audit_work
 WHERE run_id = coalesce(:run, (SELECT max(run_id) FROM main.audit_run))
   AND (:owner IS NULL OR owner = :owner)
 ORDER BY severity, dollars + 0 DESC, last_day, claim_id, claim_line_number;
