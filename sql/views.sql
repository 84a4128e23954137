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
-- table; a connection with trusted_schema=OFF refuses that inside a view.  So does
-- the sqlite3 shell by default, in its later versions (3.44 does, 3.40 does not):
-- say PRAGMA trusted_schema = ON there before you read these views.

PRAGMA trusted_schema = ON;

-- --- the day, and the policy of the day -------------------------------------------

DROP VIEW IF EXISTS audit_day;
CREATE VIEW audit_day AS
SELECT coalesce((SELECT value FROM audit_setting WHERE setting = 'as_of'), date('now')) AS as_of;

-- A payer's policy as h2040_check reads it: the pack's keys, and in their place those
-- that the payer changes.  A built-in pack that nobody edited is only named: a short
-- text is carried along with every line at a third of the cost.
DROP VIEW IF EXISTS payer_policy_json;
CREATE VIEW payer_policy_json AS
SELECT payer_id, effective_from, effective_to, pack,
       CASE WHEN pack IN ('session', 'commercial', 'cms') AND policy_pack.policy = h2040_policy(pack)
            THEN json_set(changes, '$.extends', pack)
            ELSE (SELECT json_group_object(key, CASE WHEN type IN ('array', 'object') THEN json(value) ELSE value END)
                    FROM (SELECT key, type, value FROM json_each(payer_policy.changes)
                          UNION ALL
                          SELECT key, type, value FROM json_each(policy_pack.policy)
                           WHERE key NOT IN (SELECT key FROM json_each(payer_policy.changes))
                             -- days and months to file stand in each other's place
                             AND NOT (key GLOB 'timely_filing_*' AND EXISTS (
                               SELECT 1 FROM json_each(payer_policy.changes) AS c WHERE c.key GLOB 'timely_filing_*'))))
            END AS policy
  FROM payer_policy JOIN policy_pack USING (pack);

-- The days cut where any policy of the payer begins or ends, so that a day lies in
-- one row only.  Where two policies overlap, none is chosen: policy is NULL.
DROP VIEW IF EXISTS policy_in_force;
CREATE VIEW policy_in_force AS
SELECT span.payer_id, first_day, last_day, count(*) AS policies,
       group_concat(pack || ' from ' || effective_from, ' and ') AS title,
       CASE count(*) WHEN 1 THEN max(policy) END AS policy,
       coalesce(json_extract(policy, '$.hcpcs_code'), 'H2040') AS hcpcs_code,
       CASE json_extract(policy, '$.unit_basis') WHEN '15 minutes' THEN 15 WHEN 'hour' THEN 60 END AS unit_minutes
  FROM (SELECT payer_id, day AS first_day,
               coalesce(date(lead(day) OVER (PARTITION BY payer_id ORDER BY day), '-1 day'), '9999-12-31') AS last_day
          FROM (SELECT payer_id, effective_from AS day FROM payer_policy
                UNION
                SELECT payer_id, date(effective_to, '+1 day') FROM payer_policy WHERE effective_to IS NOT NULL)) AS span
  JOIN payer_policy_json AS p
    ON p.payer_id = span.payer_id AND p.effective_from <= first_day
   AND coalesce(p.effective_to, '9999-12-31') >= first_day
 GROUP BY span.payer_id, first_day;

DROP VIEW IF EXISTS policy_overlap;
CREATE VIEW policy_overlap AS
SELECT payer_id, first_day, last_day, title AS policies FROM policy_in_force WHERE policies > 1;

-- --- the findings of single lines -------------------------------------------------

-- Claims that a later one replaces (7) or voids (8).  The code is read as h2040_check
-- reads it: '08' and ' 8 ' are 8.
DROP VIEW IF EXISTS superseded_claim;
CREATE VIEW superseded_claim AS
SELECT DISTINCT original_claim_id AS claim_id
  FROM claim_line
 WHERE (claim_frequency_code < '1' OR claim_frequency_code > '1') -- most are 1: the index skips them
   AND trim(claim_frequency_code) + 0 IN (7, 8) AND trim(claim_frequency_code) NOT GLOB '*[^0-9.]*'
   AND original_claim_id <> claim_id;

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
   AND l.service_date = date(l.service_date, '+0 days')
 WHERE (l.claim_id IN (SELECT claim_id FROM superseded_claim)) IS NOT 1;

-- One row for each rule that a line breaks.
DROP VIEW IF EXISTS h2040_finding;
CREATE VIEW h2040_finding AS
SELECT f.claim_id, f.claim_line_number, f.rule, f.severity, f.field, f.value,
       CASE WHEN f.rule = 'policy.missing' AND p.policies > 1
            THEN 'the payer has two policies on this day (' || p.title || '); the session pack judged it'
            ELSE f.message END AS message,
       CASE WHEN f.rule = 'policy.missing' AND p.policies > 1
            THEN 'End one of the two policies before the other begins (policy_overlap).'
            ELSE f.remedy END AS remedy,
       f.carc, CASE p.policies WHEN 1 THEN p.title ELSE 'session (no policy)' END AS policy,
       l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.charge_amount
  FROM h2040_audit('audited_line') AS f
  JOIN claim_line AS l
    ON l.claim_id IS f.claim_id AND l.claim_line_number IS f.claim_line_number
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date, '+0 days')
 WHERE f.columns = (SELECT json_group_object(field, NULL) FROM field_not_kept);

-- --- what was not judged ----------------------------------------------------------

-- Lines that no policy of their payer judged.  Where only the policy is wanting,
-- the session pack judges the line, and the finding policy.missing says so.
DROP VIEW IF EXISTS line_not_judged;
CREATE VIEW line_not_judged AS
SELECT claim_id, claim_line_number, payer_id, member_id, service_date, hcpcs_code, charge_amount, reason
  FROM (SELECT l.*,
               CASE WHEN l.claim_frequency_code <> '1' -- so that few are asked what they are
                     AND h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', l.claim_frequency_code) IS NULL
                      THEN 'void'
                    WHEN l.claim_id IN (SELECT claim_id FROM superseded_claim)
                      THEN 'replaced or voided by another claim'
                    WHEN h2040_check('hcpcs_code', l.hcpcs_code, 'policy', p.policy) IS NULL
                      THEN CASE WHEN trim(l.hcpcs_code) <> '' THEN 'other code' ELSE 'no code' END
                    WHEN l.service_date IS NULL OR l.service_date IS NOT date(l.service_date, '+0 days')
                      THEN 'service_date is not written YYYY-MM-DD'
                    WHEN p.policies > 1
                      THEN 'two policies in force (policy_overlap)'
                    WHEN p.policy IS NULL
                      THEN 'no policy in force'
               END AS reason
          FROM claim_line AS l
          LEFT JOIN policy_in_force AS p
            ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
           AND l.service_date = date(l.service_date, '+0 days'))
 WHERE reason IS NOT NULL;

-- The others, and those for which only the policy is wanting: the lines that could
-- have had findings.
DROP VIEW IF EXISTS judged_line;
CREATE VIEW judged_line AS
SELECT l.*
  FROM claim_line AS l
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date, '+0 days')
 WHERE (l.claim_id IN (SELECT claim_id FROM superseded_claim)) IS NOT 1
   AND h2040_check('hcpcs_code', l.hcpcs_code, 'claim_frequency_code', l.claim_frequency_code, 'policy', p.policy)
       IS NOT NULL;

-- Rules that nothing can break here, for what they look at is not kept.
DROP VIEW IF EXISTS rule_not_judged;
CREATE VIEW rule_not_judged (rule, missing) AS
SELECT rule, missing
  FROM h2040_coverage('audited_line')
 WHERE columns = (SELECT json_group_object(field, NULL) FROM field_not_kept) AND NOT judged
UNION ALL
SELECT 'time.overlap', group_concat(field, ', ') FROM field_not_kept
 WHERE field IN ('start_time', 'end_time') GROUP BY 1
UNION ALL
SELECT 'note.cloned', group_concat(field, ', ') FROM field_not_kept
 WHERE field IN ('activities', 'client_response') GROUP BY 1
UNION ALL
SELECT rule, 'row of session_cap' FROM h2040_rules
 WHERE rule LIKE 'cap.%' AND NOT EXISTS (SELECT 1 FROM session_cap);

-- Lines and authorizations that count towards no cap, for they cannot be read.
DROP VIEW IF EXISTS cap_not_judged;
CREATE VIEW cap_not_judged AS
SELECT claim_id, claim_line_number, payer_id, member_id, service_date, units, prior_auth_number, problem
  FROM sessions_over_cap
 WHERE status = 'unreadable';

-- --- lines compared with each other -----------------------------------------------

-- What is compared: lines that stand (neither void nor superseded), of a day that
-- can be compared.
DROP VIEW IF EXISTS standing_line;
CREATE VIEW standing_line AS
SELECT *
  FROM claim_line
 WHERE (coalesce(claim_frequency_code, '1') = '1'
        OR h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', claim_frequency_code) IS NOT NULL)
   AND (claim_id IN (SELECT claim_id FROM superseded_claim)) IS NOT 1
   AND service_date = date(service_date, '+0 days');

-- When a standing line took place, in minutes after midnight (an end before its start
-- lies on the next day), and how many minutes its note documents.  A time is what
-- h2040_check reads as one, HH:MM or HH:MM:SS: 10:00 PM is none.
DROP VIEW IF EXISTS session_time;
CREATE VIEW session_time AS
SELECT *,
       CASE WHEN typeof(duration_minutes) IN ('integer', 'real') AND duration_minutes > 0
            THEN duration_minutes ELSE ends - starts END AS minutes
  FROM (SELECT *, clock_end + CASE WHEN clock_end < starts THEN 1440 ELSE 0 END AS ends
          FROM (SELECT l.claim_id, l.claim_line_number, l.payer_id, l.member_id, l.hcpcs_code, l.modifiers, l.units,
                       l.service_date, l.rendering_npi, n.duration_minutes,
                       CASE WHEN n.start_time GLOB '[0-2][0-9]:[0-5][0-9]*' AND n.start_time < '24'
                             AND (length(rtrim(n.start_time)) = 5 OR rtrim(n.start_time) GLOB '??:??:[0-5][0-9]')
                            THEN substr(n.start_time, 1, 2) * 60 + substr(n.start_time, 4, 2) END AS starts,
                       CASE WHEN n.end_time GLOB '[0-2][0-9]:[0-5][0-9]*' AND n.end_time < '24'
                             AND (length(rtrim(n.end_time)) = 5 OR rtrim(n.end_time) GLOB '??:??:[0-5][0-9]')
                            THEN substr(n.end_time, 1, 2) * 60 + substr(n.end_time, 4, 2) END AS clock_end
                  FROM standing_line AS l
                  LEFT JOIN session_note AS n
                    ON n.claim_id = l.claim_id AND n.claim_line_number = l.claim_line_number));

-- cap.exceeded, cap.authorization_exhausted: the second where an authorization was
-- there to be drawn on for this line, and what was left of it did not suffice.
DROP VIEW IF EXISTS cap_finding;
CREATE VIEW cap_finding AS
SELECT CASE WHEN o.authorized_units > 0 OR authorization IS NOT NULL
            THEN 'cap.authorization_exhausted' ELSE 'cap.exceeded' END AS rule,
       o.claim_id, o.claim_line_number, 'units' AS field, o.units AS value,
       printf('%d billed %s before this line of %d; the cap is %d (%s)', o.units_before,
              CASE WHEN o.period_start IS NULL THEN 'ever'
                   WHEN o.period_start = o.period_end THEN 'on ' || o.period_start
                   ELSE 'from ' || o.period_start || ' to ' || o.period_end END,
              o.units, o.cap, o.cap_id)
       || CASE WHEN authorization IS NULL THEN ''
               ELSE printf(', and authorization %s had %d left', authorization, o.authorized_units) END AS message
  FROM (SELECT o.*,
               coalesce(o.prior_auth_number,
                 (SELECT a.prior_auth_number
                    FROM claim_line AS l
                    JOIN prior_authorization AS a ON a.member_id = l.member_id
                   WHERE l.claim_id IS o.claim_id AND l.claim_line_number IS o.claim_line_number
                     AND (coalesce(trim(l.prior_auth_number), '') = '' OR a.prior_auth_number = l.prior_auth_number)
                     AND (a.payer_id IS NULL OR a.payer_id = l.payer_id)
                     AND (a.hcpcs_codes IS NULL
                          OR ' ' || replace(upper(a.hcpcs_codes), ',', ' ') || ' ' LIKE '% ' || upper(trim(l.hcpcs_code)) || ' %')
                     AND o.service_date >= coalesce(a.start_date, '') AND o.service_date <= coalesce(a.end_date, '9999')
                   ORDER BY a.end_date IS NULL, a.end_date, a.prior_auth_number LIMIT 1)) AS authorization
          FROM sessions_over_cap AS o
         WHERE o.status = 'over_cap') AS o;

-- duplicate.session: the second and further lines of a member, provider, day and code
-- that no modifier explains.
DROP VIEW IF EXISTS duplicate_finding;
CREATE VIEW duplicate_finding AS
SELECT 'duplicate.session' AS rule, claim_id, claim_line_number, 'hcpcs_code' AS field, hcpcs_code AS value,
       printf('the same member, provider, day and code as claim %s line %s', first_claim, first_line) AS message
  FROM (SELECT l.claim_id, l.claim_line_number, l.hcpcs_code,
               first_value(l.claim_id) OVER same AS first_claim,
               first_value(l.claim_line_number) OVER same AS first_line,
               row_number() OVER same AS place
          FROM (SELECT member_id, service_date, rendering_npi FROM claim_line
                 GROUP BY member_id, service_date, rendering_npi HAVING count(*) > 1) AS busy
          JOIN standing_line AS l
            ON l.member_id = busy.member_id AND l.service_date = busy.service_date
           AND l.rendering_npi IS busy.rendering_npi
         WHERE NOT coalesce(' ' || upper(l.modifiers) || ' ' GLOB '*[ ,:;|]7[67][ ,:;|]*'
                            OR ' ' || upper(l.modifiers) || ' ' GLOB '*[ ,:;|]59[ ,:;|]*'
                            OR ' ' || upper(l.modifiers) || ' ' GLOB '*[ ,:;|]X[EPSU][ ,:;|]*', 0)
        WINDOW same AS (PARTITION BY l.member_id, l.service_date, l.rendering_npi, upper(trim(l.hcpcs_code))
                        ORDER BY l.claim_id, l.claim_line_number))
 WHERE place > 1;

-- Codes that describe the same hour in other words.
DROP VIEW IF EXISTS similar_code;
CREATE VIEW similar_code (hcpcs_code) AS
VALUES ('H2014'), ('H2017'), ('H2019'), ('H2038'), ('H2040'), ('H2041');

-- similar.same_day: where both times are known, only if they overlap.
DROP VIEW IF EXISTS similar_finding;
CREATE VIEW similar_finding AS
SELECT 'similar.same_day' AS rule, l.claim_id, l.claim_line_number, 'hcpcs_code' AS field, l.hcpcs_code AS value,
       printf('%s for the same member on the same day, claim %s line %s', other.hcpcs_code, other.claim_id,
              other.claim_line_number) AS message
  FROM (SELECT member_id, service_date FROM claim_line
         GROUP BY member_id, service_date HAVING min(hcpcs_code) < max(hcpcs_code)) AS busy
  JOIN session_time AS l     ON l.member_id = busy.member_id AND l.service_date = busy.service_date
  JOIN session_time AS other ON other.member_id = busy.member_id AND other.service_date = busy.service_date
 WHERE l.hcpcs_code IN (SELECT hcpcs_code FROM similar_code)
   AND other.hcpcs_code IN (SELECT hcpcs_code FROM similar_code)
   AND l.hcpcs_code <> other.hcpcs_code
   AND coalesce(l.starts < other.ends AND other.starts < l.ends, 1);

-- (The plus before a column keeps its index from being used: to read a million lines
-- in the order in which they lie and sort them is several times faster than to follow
-- the index to each.)

-- time.overlap: first the provider's days on which some session begins before the one
-- before it has ended (where any two overlap, two neighbours do), then who it was.
DROP VIEW IF EXISTS overlap_finding;
CREATE VIEW overlap_finding AS
SELECT 'time.overlap' AS rule, l.claim_id, l.claim_line_number, 'start_time' AS field,
       printf('%02d:%02d', l.starts / 60, l.starts % 60) AS value,
       printf('provider %s is also with another member from %02d:%02d to %02d:%02d, claim %s line %s', l.rendering_npi,
              other.starts / 60, other.starts % 60, other.ends / 60 % 24, other.ends % 60, min(other.claim_id),
              other.claim_line_number) AS message
  FROM (SELECT DISTINCT rendering_npi, service_date
          FROM (SELECT rendering_npi, service_date, starts,
                       lag(ends) OVER (PARTITION BY +rendering_npi, service_date ORDER BY starts) AS busy_until
                  -- (LIMIT -1, so that the times are computed once, not wherever they are named)
                  FROM (SELECT rendering_npi, service_date, starts, ends FROM session_time
                         WHERE rendering_npi <> '' LIMIT -1)
                 WHERE starts IS NOT NULL AND ends IS NOT NULL)
         WHERE starts < busy_until) AS crowded
  -- CROSS keeps the order of the joins: 3.34 would begin with every line.
  CROSS JOIN session_time AS l ON l.rendering_npi = crowded.rendering_npi AND l.service_date = crowded.service_date
  JOIN session_time AS other ON other.rendering_npi = crowded.rendering_npi
                            AND other.service_date = crowded.service_date
 WHERE l.member_id <> other.member_id
   AND l.starts < other.ends AND other.starts < l.ends
   AND NOT coalesce(' ' || upper(l.modifiers) || ' ' GLOB '*[ ,:;|]HQ[ ,:;|]*', 0)
   AND NOT coalesce(' ' || upper(other.modifiers) || ' ' GLOB '*[ ,:;|]HQ[ ,:;|]*', 0)
 GROUP BY l.claim_id, l.claim_line_number;

-- The same with the minutes that are billed, where a unit is a length of time: of its
-- own code the payer's policy says so, of other codes the code set.
DROP VIEW IF EXISTS day_minutes;
CREATE VIEW day_minutes AS
SELECT t.*,
       t.units * CASE WHEN t.hcpcs_code = p.hcpcs_code THEN p.unit_minutes ELSE c.unit_minutes END AS billed_minutes
  FROM session_time AS t
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = t.payer_id AND t.service_date BETWEEN p.first_day AND p.last_day
  LEFT JOIN (SELECT hcpcs_code, CASE unit_basis WHEN 'hour' THEN 60 ELSE 15 END AS unit_minutes
               FROM h2040_codes WHERE unit_basis IN ('15 minutes', 'hour')) AS c
    ON c.hcpcs_code = t.hcpcs_code;

-- time.impossible_day: every line of a day that holds more minutes than a day has.  A
-- member's only line of a day is left to its provider's day, where it has a provider.
DROP VIEW IF EXISTS impossible_day_finding;
CREATE VIEW impossible_day_finding AS
SELECT 'time.impossible_day' AS rule, l.claim_id, l.claim_line_number, 'service_date' AS field, l.service_date AS value,
       printf('provider %s has %d minutes documented%s on %s, over %d line%s', d.rendering_npi, d.minutes,
              CASE WHEN d.billed_minutes > 0 THEN printf(' and %d billed', d.billed_minutes) ELSE '' END,
              d.service_date, d.lines, CASE d.lines WHEN 1 THEN '' ELSE 's' END) AS message
  FROM (SELECT rendering_npi, service_date, count(*) AS lines,
               total(minutes) AS minutes, total(billed_minutes) AS billed_minutes
          FROM day_minutes WHERE rendering_npi <> '' GROUP BY +rendering_npi, service_date
        HAVING max(total(minutes), total(billed_minutes)) >
               (SELECT value FROM audit_setting WHERE setting = 'day_minutes')) AS d
  JOIN standing_line AS l ON l.rendering_npi = d.rendering_npi AND l.service_date = d.service_date
UNION ALL
SELECT 'time.impossible_day', l.claim_id, l.claim_line_number, 'service_date', l.service_date,
       printf('member %s has %d minutes documented%s on %s, over %d line%s', d.member_id, d.minutes,
              CASE WHEN d.billed_minutes > 0 THEN printf(' and %d billed', d.billed_minutes) ELSE '' END,
              d.service_date, d.lines, CASE d.lines WHEN 1 THEN '' ELSE 's' END)
  FROM (SELECT t.member_id, t.service_date, count(*) AS lines,
               total(minutes) AS minutes, total(billed_minutes) AS billed_minutes
          FROM (SELECT member_id, service_date FROM claim_line
                 GROUP BY member_id, service_date
                HAVING count(*) > 1 OR max(coalesce(rendering_npi, '')) = '') AS busy
          JOIN day_minutes AS t ON t.member_id = busy.member_id AND t.service_date = busy.service_date
         GROUP BY t.member_id, t.service_date
        HAVING max(total(minutes), total(billed_minutes)) >
               (SELECT value FROM audit_setting WHERE setting = 'day_minutes')) AS d
  JOIN standing_line AS l ON l.member_id = d.member_id AND l.service_date = d.service_date;

-- note.cloned: activities and response word for word as in an earlier note, of the
-- same member on another day, or of another member of the same provider.  What
-- h2040_check takes for blank is not a clone but missing.
DROP VIEW IF EXISTS cloned_finding;
CREATE VIEW cloned_finding AS
SELECT 'note.cloned' AS rule, claim_id, claim_line_number, 'activities' AS field, activities AS value,
       CASE WHEN service_date > members_first
            THEN printf('the note of this member''s claim %s of %s, word for word', members_claim, members_first)
            ELSE printf('the note of another member''s claim %s of %s, word for word', providers_claim, providers_first)
       END AS message
  FROM (SELECT l.claim_id, l.claim_line_number, l.member_id, l.service_date, n.activities,
               first_value(l.service_date) OVER of_member AS members_first,
               first_value(l.claim_id)     OVER of_member AS members_claim,
               first_value(l.member_id)    OVER of_provider AS providers_member,
               first_value(l.service_date) OVER of_provider AS providers_first,
               first_value(l.claim_id)     OVER of_provider AS providers_claim
          FROM (SELECT activities, client_response FROM session_note
                 GROUP BY activities, client_response HAVING count(*) > 1) AS repeated
          JOIN session_note AS n
            ON n.activities = repeated.activities AND n.client_response = repeated.client_response
          JOIN standing_line AS l
            ON l.claim_id = n.claim_id AND l.claim_line_number = n.claim_line_number
         WHERE h2040_check('activities', repeated.activities, 'client_response', repeated.client_response) = '[]'
        WINDOW of_member   AS (PARTITION BY n.activities, n.client_response, l.member_id
                               ORDER BY l.service_date, l.claim_id, l.claim_line_number),
               of_provider AS (PARTITION BY n.activities, n.client_response, l.rendering_npi
                               ORDER BY l.service_date, l.claim_id, l.claim_line_number))
 WHERE service_date > members_first OR member_id <> providers_member;

-- The same columns as h2040_finding.  A line that its policy does not judge (another
-- code) has no findings; a policy's off and severity hold here too.
DROP VIEW IF EXISTS cross_finding;
CREATE VIEW cross_finding AS
SELECT f.claim_id, f.claim_line_number, f.rule,
       coalesce(json_extract(p.policy, '$.severity."' || f.rule || '"'), r.severity) AS severity,
       f.field, f.value, f.message, r.remedy, r.carc,
       CASE WHEN p.policy IS NULL THEN 'session (no policy)' ELSE p.title END AS policy,
       l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.charge_amount
  FROM (SELECT rule, claim_id, claim_line_number, field, value, group_concat(message, '; ') AS message
          FROM (SELECT * FROM cap_finding
                UNION ALL SELECT * FROM duplicate_finding
                UNION ALL SELECT * FROM similar_finding
                UNION ALL SELECT * FROM overlap_finding
                UNION ALL SELECT * FROM impossible_day_finding
                UNION ALL SELECT * FROM cloned_finding)
         GROUP BY rule, claim_id, claim_line_number) AS f
  JOIN h2040_rules AS r ON r.rule = f.rule
  JOIN claim_line AS l
    ON l.claim_id IS f.claim_id AND l.claim_line_number IS f.claim_line_number
  LEFT JOIN policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
 WHERE h2040_check('hcpcs_code', l.hcpcs_code, 'policy', p.policy) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM json_each(p.policy, '$.off') WHERE value = f.rule);

-- --- all of them, and the dollars -----------------------------------------------------

-- waived: the reason of a waiver that has not expired, else NULL.
DROP VIEW IF EXISTS finding;
CREATE VIEW finding AS
SELECT f.*,
       (SELECT w.reason || ' (' || w.approved_by || ')' FROM waiver AS w
         WHERE w.rule = f.rule
           AND (w.claim_id IS NULL OR w.claim_id = f.claim_id)
           AND (w.claim_line_number IS NULL OR w.claim_line_number = f.claim_line_number)
           AND (w.expires_on IS NULL OR w.expires_on >= (SELECT as_of FROM audit_day))
         LIMIT 1) AS waived
  FROM (SELECT * FROM h2040_finding UNION ALL SELECT * FROM cross_finding) AS f;

-- What payers would deny or question, each line's dollars once in every row.
-- grouped_by: total, severity, category, rule, payer, provider, month; and waived, by
-- rule, for the findings that someone answers for, which count nowhere else.
DROP VIEW IF EXISTS denial_risk;
CREATE VIEW denial_risk AS
SELECT grouped_by, name, sum(findings) AS findings, count(*) AS lines, round(total(charge_amount), 2) AS dollars
  FROM (SELECT by.column1 AS grouped_by,
               CASE by.column1
                 WHEN 'total'    THEN 'all'
                 WHEN 'severity' THEN f.severity
                 WHEN 'category' THEN r.category
                 WHEN 'rule'     THEN f.rule
                 WHEN 'waived'   THEN f.rule
                 WHEN 'payer'    THEN f.payer_id
                 WHEN 'provider' THEN f.rendering_npi
                 WHEN 'month'    THEN strftime('%Y-%m', f.service_date)
               END AS name,
               count(*) AS findings, max(f.charge_amount) AS charge_amount
          FROM finding AS f
         CROSS JOIN h2040_rules AS r ON r.rule = f.rule
         CROSS JOIN (VALUES ('total'), ('severity'), ('category'), ('rule'), ('payer'), ('provider'), ('month'),
                            ('waived')) AS by
         WHERE (f.waived IS NOT NULL) = (by.column1 = 'waived')
         GROUP BY 1, 2, f.claim_id, f.claim_line_number)
 GROUP BY grouped_by, name;

-- What was billed and could be judged, month by month, and what of it is at risk.
DROP VIEW IF EXISTS month_trend;
CREATE VIEW month_trend AS
SELECT billed.month, billed.lines, billed.dollars, coalesce(risk.lines, 0) AS lines_at_risk,
       coalesce(risk.dollars, 0) AS dollars_at_risk,
       round(100.0 * coalesce(risk.lines, 0) / billed.lines, 1) AS percent_at_risk
  FROM (SELECT strftime('%Y-%m', service_date) AS month, count(*) AS lines, round(total(charge_amount), 2) AS dollars
          FROM judged_line GROUP BY 1) AS billed
  LEFT JOIN (SELECT name, lines, dollars FROM denial_risk WHERE grouped_by = 'month') AS risk
    ON risk.name IS billed.month;

-- What is left of each authorization.  used: the units of the lines that bear its
-- number, and those that sessions_over_cap drew from it for lines that bear none.
DROP VIEW IF EXISTS authorization_balance;
CREATE VIEW authorization_balance AS
SELECT prior_auth_number, payer_id, member_id, start_date, end_date, units, used,
       units - used AS left, round(100.0 * used / nullif(units, 0), 1) AS percent,
       CASE WHEN end_date < as_of THEN 'expired'
            WHEN start_date > as_of THEN 'not yet in force'
            WHEN used > units THEN 'overdrawn'
            WHEN used = units THEN 'used up'
            WHEN end_date <= date(as_of, '+' || (SELECT value FROM audit_setting WHERE setting = 'expiring_days') || ' days')
              THEN 'expiring'
            ELSE 'in force' END AS state
  FROM (SELECT a.*, coalesce(borne.units, 0) + coalesce(drawn.units, 0) AS used, (SELECT as_of FROM audit_day) AS as_of
          FROM prior_authorization AS a
          LEFT JOIN (SELECT prior_auth_number, sum(units) AS units FROM standing_line
                      WHERE prior_auth_number IS NOT NULL GROUP BY prior_auth_number) AS borne
            ON borne.prior_auth_number = a.prior_auth_number
          LEFT JOIN (SELECT prior_auth_number, max(units) AS units   -- each cap draws for itself
                       FROM (SELECT o.cap_id, o.prior_auth_number, sum(o.authorized_units) AS units
                               FROM sessions_over_cap AS o
                               JOIN claim_line AS l
                                 ON l.claim_id IS o.claim_id AND l.claim_line_number IS o.claim_line_number
                              WHERE o.authorized_units > 0 AND coalesce(trim(l.prior_auth_number), '') = ''
                              GROUP BY o.cap_id, o.prior_auth_number)
                      GROUP BY prior_auth_number) AS drawn
            ON drawn.prior_auth_number = a.prior_auth_number);
