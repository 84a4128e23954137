-- what_if.sql: the findings under a draft policy, beside those of today.
--
--   sqlite3 -cmd '.load build/h2040' -cmd '.parameter set :payer ACME' \
--           -cmd ".parameter set :policy '{\"extends\": \"commercial\", \"min_minutes\": 30}'" \
--           audit.db '.read sql/views.sql' '.read sql/what_if.sql'
--
-- Needs:  schema.sql, views.sql in the same session, and lines.  :policy is the draft, the
--         name of a pack, a JSON object, or an array of them for several codes.  :payer
--         may be left out: all payers.  :from and :to, days, may be left out as well.
-- Makes:  nothing but what it prints, a row for each rule whose findings differ, and the
--         sum of all: lines and dollars of today, with the draft, and the difference.
--         Only the rules of single lines ask a policy; those that compare lines stay.

.bail on
.headers off
.mode list

BEGIN;   -- one moment for both

DROP VIEW IF EXISTS temp.what_if_line;
DROP TABLE IF EXISTS temp.what_if_scope;
CREATE TEMP TABLE what_if_scope AS SELECT :payer AS payer_id, coalesce(:from, '') AS first_day, coalesce(:to, '9999-12-31') AS last_day;
CREATE TEMP VIEW what_if_line AS
SELECT l.* FROM temp.audited_line AS l, temp.what_if_scope AS s
 WHERE (s.payer_id IS NULL OR l.payer_id = s.payer_id) AND l.service_date BETWEEN s.first_day AND s.last_day;

DROP TABLE IF EXISTS temp.what_if_finding;
CREATE TEMP TABLE what_if_finding AS
SELECT 0 AS draft, f.rule, f.severity, f.claim_id, f.claim_line_number FROM temp.h2040_audit AS f
 WHERE f.source = 'what_if_line' AND f.schema = 'temp'
   AND f.columns = (SELECT json_group_object(field, NULL) FROM main.field_not_kept)
UNION ALL
SELECT 1, f.rule, f.severity, f.claim_id, f.claim_line_number FROM temp.h2040_audit AS f
 WHERE f.source = 'what_if_line' AND f.schema = 'temp' AND f.policy = coalesce(:policy, 'what_if.sql: .parameter set :policy')
   AND f.columns = (SELECT json_group_object(field, NULL) FROM main.field_not_kept);

-- A line that the draft does not judge (another code) is out of both.
DELETE FROM temp.what_if_finding
 WHERE draft = 0
   AND (claim_id, claim_line_number) IN (
         SELECT claim_id, claim_line_number FROM main.claim_line WHERE h2040_check('hcpcs_code', hcpcs_code, 'policy', :policy) IS NULL);

DROP TABLE IF EXISTS temp.what_if;
CREATE TEMP TABLE what_if AS
SELECT f.rule, total(CASE WHEN f.draft = 0 THEN 1 END) AS lines, total(CASE WHEN f.draft = 0 THEN l.charge_amount END) AS dollars,
       total(CASE WHEN f.draft = 1 THEN 1 END) AS draft_lines, total(CASE WHEN f.draft = 1 THEN l.charge_amount END) AS draft_dollars
  FROM (SELECT DISTINCT draft, rule, claim_id, claim_line_number FROM temp.what_if_finding WHERE rule <> 'policy.missing') AS f
  JOIN main.claim_line AS l ON l.claim_id = f.claim_id AND l.claim_line_number = f.claim_line_number
 GROUP BY f.rule
UNION ALL
SELECT 'all', total(CASE WHEN f.draft = 0 THEN 1 END), total(CASE WHEN f.draft = 0 THEN l.charge_amount END),
       total(CASE WHEN f.draft = 1 THEN 1 END), total(CASE WHEN f.draft = 1 THEN l.charge_amount END)
  FROM (SELECT DISTINCT draft, claim_id, claim_line_number FROM temp.what_if_finding WHERE rule <> 'policy.missing') AS f
  JOIN main.claim_line AS l ON l.claim_id = f.claim_id AND l.claim_line_number = f.claim_line_number;

SELECT printf('%-34s %8s %10s %8s %10s %8s %10s', 'rule', 'today', '', 'draft', '', 'change', '');
SELECT printf('%-34s %8s %10s %8s %10s %8s %10s', '', 'lines', 'dollars', 'lines', 'dollars', 'lines', 'dollars');
SELECT printf('%-34s %,8d %,10d %,8d %,10d %,8d %,10d', rule, lines, round(dollars), draft_lines, round(draft_dollars),
              draft_lines - lines, round(draft_dollars - dollars))
  FROM temp.what_if WHERE rule <> 'all' AND (lines <> draft_lines OR dollars <> draft_dollars)
 ORDER BY abs(draft_dollars - dollars) DESC, rule;
SELECT printf('%-34s %,8d %,10d %,8d %,10d %,8d %,10d', 'all, each line once', lines, round(dollars), draft_lines,
              round(draft_dollars), draft_lines - lines, round(draft_dollars - dollars))
  FROM temp.what_if WHERE rule = 'all';

DROP TABLE temp.what_if;
DROP TABLE temp.what_if_finding;
DROP VIEW temp.what_if_line;
DROP TABLE temp.what_if_scope;
COMMIT;
