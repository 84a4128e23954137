-- views.sql: what is wrong, by whose policy, for how many dollars, and what was not
-- judged at all.
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/views.sql'
--   SELECT rule, count(*), sum(charge_amount) FROM h2040_finding GROUP BY rule;
--
-- Needs:  schema.sql (or views of those names over your own tables).  Safe to run
--         again: it drops its views and makes them anew.
-- Makes:  policy_in_force     which policy judges a payer's lines, from day to day
--         policy_overlap      days for which a payer has two
--         audited_line        a line with its note, plan, authorization and policy
--         h2040_finding       the findings of single lines
--         cross_finding       those of lines compared with each other
--         finding             both, with the waiver that answers for them
--         line_not_judged     lines that no policy of their payer judged, and why
--         rule_not_judged     rules that cannot be judged, and what they miss
--         cap_not_judged      what sessions_over_cap could not read
--         denial_risk         findings, lines and dollars by rule, payer, month …
--         month_trend         billed and at risk by month of service
--         authorization_balance
--
-- They read through h2040_audit and sessions_over_cap, which follow the name of a
-- table; a connection with trusted_schema=OFF refuses that inside a view.

-- --- the day, and the policy of the day -------------------------------------------

DROP VIEW IF EXISTS audit_day;
CREATE VIEW audit_day AS
SELECT coalesce((SELECT value FROM audit_setting WHERE setting = 'as_of'), date('now')) AS as_of;

-- A payer's policy as h2040_check reads it: the pack's keys, and in their place
-- those that the payer changes.
DROP VIEW IF EXISTS payer_policy_json;
CREATE VIEW payer_policy_json AS
SELECT payer_id, effective_from, effective_to, pack,
       (SELECT json_group_object(key, CASE WHEN type IN ('array', 'object') THEN json(value) ELSE value END)
          FROM (SELECT key, type, value FROM json_each(payer_policy.changes)
                UNION ALL
                SELECT key, type, value FROM json_each(policy_pack.policy)
                 WHERE key NOT IN (SELECT key FROM json_each(payer_policy.changes)))) AS policy
  FROM payer_policy JOIN policy_pack USING (pack);

-- The days cut where any policy of the payer begins or ends, so that a day lies in
-- one row only.  Where two policies overlap, none is chosen: policy is NULL.
DROP VIEW IF EXISTS policy_in_force;
CREATE VIEW policy_in_force AS
WITH edge (payer_id, day) AS (
  SELECT payer_id, effective_from FROM payer_policy
  UNION
  SELECT payer_id, date(effective_to, '+1 day') FROM payer_policy WHERE effective_to IS NOT NULL
), span AS (
  SELECT payer_id, day AS first_day,
         coalesce(date(lead(day) OVER (PARTITION BY payer_id ORDER BY day), '-1 day'), '9999-12-31') AS last_day
    FROM edge
)
SELECT span.payer_id, first_day, last_day, count(*) AS policies,
       group_concat(pack || ' from ' || effective_from, ' and ') AS title,
       CASE count(*) WHEN 1 THEN max(policy) END AS policy
  FROM span
  JOIN payer_policy_json AS p
    ON p.payer_id = span.payer_id AND p.effective_from <= first_day
   AND coalesce(p.effective_to, '9999-12-31') >= first_day
 GROUP BY span.payer_id, first_day;

DROP VIEW IF EXISTS policy_overlap;
CREATE VIEW policy_overlap AS
SELECT payer_id, first_day, last_day, title AS policies FROM policy_in_force WHERE policies > 1;

-- --- the findings of single lines -------------------------------------------------

-- Claims that a later one replaces or voids.
DROP VIEW IF EXISTS superseded_claim;
CREATE VIEW superseded_claim AS
SELECT DISTINCT original_claim_id AS claim_id
  FROM claim_line
 WHERE claim_frequency_code IN ('7', '8', 7, 8) AND original_claim_id <> claim_id;

-- A line with all that bears on it, in the names of h2040_check's fields.  Of a
-- member's plans it is the one in force on the day, else the last that began
-- before, else the first that began after: so a finding says what is amiss with it.
DROP VIEW IF EXISTS audited_line;
CREATE VIEW audited_line AS
SELECT l.claim_id, l.claim_line_number, l.payer_id, l.member_id, l.charge_amount, l.paid_amount,
       l.hcpcs_code, l.modifiers, l.units, l.service_date, l.place_of_service, l.diagnosis_codes,
       l.rendering_npi, l.rendering_taxonomy, l.claim_frequency_code, l.received_date,
       (SELECT as_of FROM audit_day) AS as_of, l.treatment, l.service_focus,
       l.prior_auth_number, a.start_date AS prior_auth_start, a.end_date AS prior_auth_end,
       n.note_date, n.duration_minutes, n.start_time, n.end_time, n.purpose, n.plan_goal, n.activities,
       n.client_response, n.progress, n.next_steps, n.medical_necessity, n.effectiveness, n.complexity,
       n.signed_by,
       t.plan_start, t.plan_end, t.plan_goals, t.plan_benchmarks, t.plan_reviewed,
       p.policy
  FROM claim_line AS l
  LEFT JOIN session_note AS n
    ON n.claim_id = l.claim_id AND n.claim_line_number = l.claim_line_number
  LEFT JOIN prior_authorization AS a
    ON a.prior_auth_number = l.prior_auth_number
  LEFT JOIN treatment_plan AS t
    ON t.plan_id = coalesce(
         (SELECT plan_id FROM treatment_plan
           WHERE member_id = l.member_id AND plan_start <= l.service_date
             AND (plan_end IS NULL OR plan_end = '' OR plan_end >= l.service_date)
           ORDER BY plan_start DESC LIMIT 1),
         (SELECT plan_id FROM treatment_plan
           WHERE member_id = l.member_id AND plan_start <= l.service_date
           ORDER BY plan_start DESC LIMIT 1),
         (SELECT plan_id FROM treatment_plan
           WHERE member_id = l.member_id
           ORDER BY plan_start LIMIT 1))
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date)
 WHERE l.claim_id NOT IN (SELECT claim_id FROM superseded_claim);

-- One row for each rule that a line breaks.
DROP VIEW IF EXISTS h2040_finding;
CREATE VIEW h2040_finding AS
SELECT f.claim_id, f.claim_line_number, f.rule, f.severity, f.field, f.value, f.message, f.remedy, f.carc,
       coalesce(p.title, 'session (no policy)') AS policy,
       l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.charge_amount
  FROM h2040_audit('audited_line') AS f
  JOIN claim_line AS l
    ON l.claim_id = f.claim_id AND l.claim_line_number = f.claim_line_number
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date) AND p.policies = 1
 WHERE f.columns = (SELECT value FROM audit_setting WHERE setting = 'columns');

-- --- what was not judged ----------------------------------------------------------

-- Lines that no policy of their payer judged.  Where only the policy is wanting,
-- the session pack judges the line, and the finding policy.missing says so.
DROP VIEW IF EXISTS line_not_judged;
CREATE VIEW line_not_judged AS
SELECT claim_id, claim_line_number, payer_id, member_id, service_date, hcpcs_code, charge_amount, reason
  FROM (SELECT l.*,
               CASE WHEN l.claim_frequency_code IN ('8', 8)
                      THEN 'void'
                    WHEN l.claim_id IN (SELECT claim_id FROM superseded_claim)
                      THEN 'replaced or voided by another claim'
                    WHEN h2040_check('hcpcs_code', l.hcpcs_code, 'policy', p.policy) IS NULL
                      THEN CASE WHEN trim(l.hcpcs_code) <> '' THEN 'other code' ELSE 'no code' END
                    WHEN l.service_date IS NULL OR l.service_date IS NOT date(l.service_date)
                      THEN 'service_date is not written YYYY-MM-DD'
                    WHEN p.policies > 1
                      THEN 'two policies in force (policy_overlap)'
                    WHEN p.policy IS NULL
                      THEN 'no policy in force'
               END AS reason
          FROM claim_line AS l
          LEFT JOIN policy_in_force AS p
            ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
           AND l.service_date = date(l.service_date))
 WHERE reason IS NOT NULL;

DROP VIEW IF EXISTS rule_not_judged;
CREATE VIEW rule_not_judged AS
SELECT c.rule, c.missing, r.title
  FROM h2040_coverage('audited_line') AS c
  JOIN h2040_rules AS r USING (rule)
 WHERE c.mapping = (SELECT value FROM audit_setting WHERE setting = 'columns') AND NOT c.judged;

-- --- lines compared with each other -------------------------------------------------

-- What is compared: lines that stand (neither void nor superseded), on a day that
-- can be compared.
DROP VIEW IF EXISTS standing_line;
CREATE VIEW standing_line AS
SELECT * FROM claim_line
 WHERE coalesce(claim_frequency_code, '1') NOT IN ('8', 8)
   AND claim_id NOT IN (SELECT claim_id FROM superseded_claim)
   AND service_date = date(service_date);

-- A standing line's time of day in minutes after midnight; an end before its start
-- lies on the next day.
DROP VIEW IF EXISTS session_time;
CREATE VIEW session_time AS
SELECT *, CASE WHEN typeof(duration_minutes) IN ('integer', 'real') AND duration_minutes > 0 THEN duration_minutes
               ELSE ends - starts END AS minutes
  FROM (SELECT *, clock_end + CASE WHEN clock_end < starts THEN 1440 ELSE 0 END AS ends
          FROM (SELECT l.*, n.duration_minutes,
                       CASE WHEN n.start_time GLOB '[0-2][0-9]:[0-5][0-9]*'
                            THEN substr(n.start_time, 1, 2) * 60 + substr(n.start_time, 4, 2) END AS starts,
                       CASE WHEN n.end_time GLOB '[0-2][0-9]:[0-5][0-9]*'
                            THEN substr(n.end_time, 1, 2) * 60 + substr(n.end_time, 4, 2) END AS clock_end
                  FROM standing_line AS l
                  LEFT JOIN session_note AS n
                    ON n.claim_id = l.claim_id AND n.claim_line_number = l.claim_line_number));
