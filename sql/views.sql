-- views.sql: what is wrong, by whose policy, for how many dollars, and what was not
-- judged at all.
--
--   sqlite3 -cmd '.load build/h2040' audit.db '.read sql/views.sql'
--   SELECT rule, count(*), sum(charge_amount) FROM finding GROUP BY rule;
--
-- Needs:  schema.sql, policies.sql.  Safe to run again: it makes its views anew.
-- Makes:  TEMP views, which last as long as the session and leave nothing in the file:
--           policy_in_force     which policies judge a payer's lines, from day to day
--           policy_overlap      days for which a payer has two for one code
--           policy_limit        what the policies say of filing, appeals, authorization
--           billed_line         a line, its payer by the name that payer_alias gives it
--           superseded_line     lines that do not stand, and why
--           audited_line        a line with its note, plan, authorization and policies
--           h2040_finding       the findings of single lines
--           cross_finding       those of lines compared with each other
--           finding             both, with the waiver that answers for them
--           line_state          every line, and why it was not judged
--           line_not_judged     lines that no policy of their payer judged, and why
--           rule_not_judged     rules that cannot be judged, and what they miss
--           cap_not_judged      what sessions_over_cap could not read
--           conflict_not_judged what session_conflicts could not compare
--           authorization_balance
--
-- audit.sql stores what they say.  Tables are named with their database, main, and
-- functions with temp, where no table of a file can stand in their place.

-- --- the day, and the policies of the day ------------------------------------------

DROP VIEW IF EXISTS temp.audit_day;
CREATE TEMP VIEW audit_day AS
SELECT coalesce((SELECT value FROM main.audit_setting WHERE setting = 'as_of'), date('now')) AS as_of;

-- A payer's policy as h2040_check reads it: the pack's keys, and in their place those
-- that the payer changes.  A built-in pack that nobody edited is only named: a short
-- text is carried along with every line at a third of the cost.
DROP VIEW IF EXISTS temp.policy_row;
CREATE TEMP VIEW policy_row AS
SELECT coalesce(a.same_as, p.payer_id) AS payer_id, p.effective_from, p.effective_to, p.pack,
       upper(trim(coalesce(nullif(trim(p.hcpcs_code), ''), json_extract(p.changes, '$.hcpcs_code'),
                           json_extract(k.policy, '$.hcpcs_code'),
                           json_extract(h2040_policy(json_extract(k.policy, '$.extends')), '$.hcpcs_code'), 'H2040')))
         AS hcpcs_code,
       CASE WHEN p.pack IN ('session', 'commercial', 'cms', 'H2014', 'H2017', 'H2019') AND k.policy = h2040_policy(p.pack)
            THEN json_set(p.changes, '$.extends', p.pack,
                          CASE WHEN trim(p.hcpcs_code) <> '' THEN '$.hcpcs_code' ELSE '$.extends' END,
                          CASE WHEN trim(p.hcpcs_code) <> '' THEN upper(trim(p.hcpcs_code)) ELSE p.pack END)
            ELSE (SELECT json_group_object(key, CASE WHEN type IN ('array', 'object') THEN json(value) ELSE value END)
                    FROM (SELECT key, type, value FROM temp.json_each(p.changes) WHERE key <> 'hcpcs_code'
                          UNION ALL
                          SELECT key, type, value FROM temp.json_each(k.policy)
                           WHERE key <> 'hcpcs_code' AND key NOT IN (SELECT key FROM temp.json_each(p.changes))
                             -- (a limit in days takes the place of one in months, and the other way round)
                             AND NOT (key IN ('timely_filing_months', 'timely_filing_days')
                                      AND (json_type(p.changes, '$.timely_filing_months') IS NOT NULL
                                           OR json_type(p.changes, '$.timely_filing_days') IS NOT NULL))
                          UNION ALL
                          SELECT 'hcpcs_code', 'text', upper(trim(coalesce(nullif(trim(p.hcpcs_code), ''),
                                   json_extract(p.changes, '$.hcpcs_code'), json_extract(k.policy, '$.hcpcs_code'),
                                   json_extract(h2040_policy(json_extract(k.policy, '$.extends')), '$.hcpcs_code'),
                                   'H2040')))))
            END AS policy
  FROM main.payer_policy AS p
  JOIN main.policy_pack AS k ON k.pack = p.pack
  LEFT JOIN main.payer_alias AS a ON a.payer_id = p.payer_id;

-- The days cut where any policy of the payer begins or ends, so that a day lies in
-- one row only for each code.  Where two policies of a code overlap, none is chosen:
-- policy is NULL.
DROP VIEW IF EXISTS temp.policy_of_code;
CREATE TEMP VIEW policy_of_code AS
SELECT span.payer_id, first_day, last_day, hcpcs_code, count(*) AS policies,
       group_concat(pack || ' from ' || effective_from, ' and ') AS title,
       CASE count(*) WHEN 1 THEN max(policy) END AS policy
  FROM (SELECT payer_id, day AS first_day,
               coalesce(date(lead(day) OVER (PARTITION BY payer_id ORDER BY day), '-1 day'), '9999-12-31') AS last_day
          FROM (SELECT payer_id, effective_from AS day FROM temp.policy_row
                UNION
                SELECT payer_id, date(effective_to, '+1 day') FROM temp.policy_row WHERE effective_to IS NOT NULL)) AS span
  JOIN temp.policy_row AS p
    ON p.payer_id = span.payer_id AND p.effective_from <= first_day
   AND coalesce(p.effective_to, '9999-12-31') >= first_day
 GROUP BY span.payer_id, first_day, hcpcs_code;

-- All codes of a payer in one policy set: each line is judged by the policy of its code.
-- overlapping: the codes, if any, that have two.
DROP VIEW IF EXISTS temp.policy_in_force;
CREATE TEMP VIEW policy_in_force AS
SELECT payer_id, first_day, last_day, sum(policies) AS policies, group_concat(hcpcs_code, ' ') AS hcpcs_codes,
       CASE count(policy) WHEN 0 THEN NULL WHEN 1 THEN max(policy) ELSE '[' || group_concat(policy, ',') || ']' END
         AS policy,
       ' ' || group_concat(CASE WHEN policies > 1 THEN hcpcs_code END, ' ') || ' ' AS overlapping
  FROM (SELECT * FROM temp.policy_of_code ORDER BY payer_id, first_day, hcpcs_code)
 GROUP BY payer_id, first_day;

DROP VIEW IF EXISTS temp.policy_overlap;
CREATE TEMP VIEW policy_overlap AS
SELECT payer_id, hcpcs_code, first_day, last_day, title AS policies FROM temp.policy_of_code WHERE policies > 1;

-- What a policy says with all that it extends.
DROP VIEW IF EXISTS temp.policy_limit;
CREATE TEMP VIEW policy_limit AS
SELECT payer_id, first_day, last_day, hcpcs_code,
       json_extract(whole, '$.prior_authorization')     AS prior_authorization,
       json_extract(filing, '$.timely_filing_months')   AS timely_filing_months,
       json_extract(filing, '$.timely_filing_days')     AS timely_filing_days,
       json_extract(whole, '$.timely_replacement_days') AS timely_replacement_days,
       json_extract(whole, '$.appeal_days')             AS appeal_days
  FROM (SELECT p.*, json_patch(json_patch(json_patch(h2040_policy('session'), coalesce(grandparent, '{}')), parent), policy)
                      AS whole,
               -- a limit in days takes the place of one in months, and the other way round
               CASE WHEN json_type(policy, '$.timely_filing_months') IS NOT NULL
                      OR json_type(policy, '$.timely_filing_days') IS NOT NULL THEN policy
                    WHEN json_type(parent, '$.timely_filing_months') IS NOT NULL
                      OR json_type(parent, '$.timely_filing_days') IS NOT NULL THEN parent
                    WHEN json_type(grandparent, '$.timely_filing_months') IS NOT NULL
                      OR json_type(grandparent, '$.timely_filing_days') IS NOT NULL THEN grandparent
                    ELSE h2040_policy('session') END AS filing
          FROM (SELECT p.*, h2040_policy(json_extract(parent, '$.extends')) AS grandparent
                  FROM (SELECT *, h2040_policy(coalesce(json_extract(policy, '$.extends'), 'session')) AS parent
                          FROM temp.policy_of_code WHERE policy IS NOT NULL) AS p) AS p);

-- --- lines ---------------------------------------------------------------------------

DROP VIEW IF EXISTS temp.billed_line;
CREATE TEMP VIEW billed_line AS
SELECT l.claim_id, l.claim_line_number, coalesce(a.same_as, l.payer_id) AS payer_id, l.member_id, l.hcpcs_code,
       l.modifiers, l.units, l.unit_measure, l.service_date, l.service_end_date, l.place_of_service, l.diagnosis_codes,
       l.rendering_npi, l.rendering_taxonomy, l.prior_auth_number, l.treatment, l.service_focus, l.received_date,
       coalesce(l.claim_number, l.claim_id) AS claim_number, l.claim_frequency_code, l.original_claim_id,
       l.payer_claim_number, l.line_control_number, l.charge_amount, l.paid_amount, l.birth_date, l.coverage_start,
       l.coverage_end, l.provider_start, l.provider_end, l.staff_id, l.billing_npi
  FROM main.claim_line AS l
  LEFT JOIN main.payer_alias AS a ON a.payer_id = l.payer_id;

DROP VIEW IF EXISTS temp.known_authorization;
CREATE TEMP VIEW known_authorization AS
SELECT p.rowid AS id, p.prior_auth_number, coalesce(a.same_as, p.payer_id) AS payer_id, p.member_id, p.hcpcs_codes,
       p.start_date, p.end_date, p.units, p.modifiers,
       (SELECT count(*) FROM main.prior_authorization AS o WHERE o.prior_auth_number = p.prior_auth_number) AS rows,
       (SELECT count(*) FROM main.prior_authorization AS o
         WHERE o.prior_auth_number = p.prior_auth_number AND o.rowid <= p.rowid) AS place
  FROM main.prior_authorization AS p
  LEFT JOIN main.payer_alias AS a ON a.payer_id = p.payer_id;

DROP VIEW IF EXISTS temp.known_cap;
CREATE TEMP VIEW known_cap AS
SELECT c.cap_id, coalesce(a.same_as, c.payer_id) AS payer_id, c.hcpcs_codes, c.max_units, c.period, c.scope,
       c.effective_from, c.effective_to, c.modifiers, c.one_of_modifiers, c.without_modifiers, c.age_from, c.age_to,
       c.authorizable
  FROM main.session_cap AS c
  LEFT JOIN main.payer_alias AS a ON a.payer_id = c.payer_id;

DROP VIEW IF EXISTS temp.known_pair;
CREATE TEMP VIEW known_pair AS SELECT * FROM main.code_pair;

-- Which lines stand is for sessions_over_cap to say: against a cap of none, every line
-- that stands passes it.  Asked of the members for whom it may matter: those with a
-- correction or a void, with units taken back, or with one claim number on two claims.
DROP VIEW IF EXISTS temp.questionable_line;
CREATE TEMP VIEW questionable_line AS
SELECT claim_id, claim_line_number, payer_id, member_id, hcpcs_code, modifiers, service_date, received_date,
       claim_number, claim_frequency_code, original_claim_id, payer_claim_number,
       CASE WHEN units <> 0 AND typeof(units) = 'integer' THEN units ELSE 1 END AS units
  FROM temp.billed_line
 WHERE member_id IN (SELECT member_id FROM main.claim_line WHERE claim_frequency_code <> '1' OR units < 0
                     UNION
                     SELECT member_id FROM main.claim_line
                      WHERE claim_number IN (SELECT claim_number FROM main.claim_line WHERE claim_number IS NOT NULL
                                              GROUP BY claim_number HAVING min(claim_id) <> max(claim_id)));

DROP VIEW IF EXISTS temp.superseded_now;
CREATE TEMP VIEW superseded_now AS
SELECT claim_id, claim_line_number, 'void' AS reason
  FROM main.claim_line
 WHERE claim_frequency_code <> '1' -- so that few are asked what they are
   AND h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', claim_frequency_code) IS NULL
UNION ALL
SELECT claim_id, claim_line_number,
       CASE WHEN units < 0 THEN 'takes back the units of another line'
            ELSE 'replaced, voided, sent again or taken back' END
  FROM temp.questionable_line
 WHERE h2040_check('hcpcs_code', 'H2040', 'claim_frequency_code', claim_frequency_code) IS NOT NULL
   AND (claim_id, claim_line_number) NOT IN (
         SELECT claim_id, claim_line_number FROM temp.sessions_over_cap
          WHERE source = 'questionable_line' AND max_units = 0 AND period = 'lifetime' AND authorizations = ''
            AND hcpcs_codes = '*' AND schema = 'temp' AND claim_id IS NOT NULL);

-- Of this and two more views that cost a pass over the lines (past_cap, conflict) audit.sql
-- makes a table for as long as it reads.
DROP VIEW IF EXISTS temp.superseded_line;
CREATE TEMP VIEW superseded_line AS SELECT * FROM temp.superseded_now;

-- A line with all that bears on it, in the names of h2040_check's fields.  Of a
-- member's plans it is the one in force on the day, else the last that began
-- before, else the first that began after: so a finding says what is amiss with it.
-- Of an authorization's rows it is the one that fits best.
DROP VIEW IF EXISTS temp.line_with_record;
CREATE TEMP VIEW line_with_record AS
SELECT l.claim_id, l.claim_line_number, coalesce(e.same_as, l.payer_id) AS payer_id, l.member_id, l.charge_amount,
       l.hcpcs_code, l.modifiers, l.units, l.unit_measure, l.service_date, l.service_end_date, l.place_of_service,
       l.diagnosis_codes, l.rendering_npi, l.rendering_taxonomy, coalesce(l.claim_number, l.claim_id) AS claim_number,
       l.claim_frequency_code,
       l.original_claim_id, l.received_date, (SELECT as_of FROM temp.audit_day) AS as_of, l.treatment, l.service_focus,
       l.birth_date, l.coverage_start, l.coverage_end, l.provider_start, l.provider_end, l.staff_id,
       l.prior_auth_number, a.start_date AS prior_auth_start, a.end_date AS prior_auth_end,
       n.note_date, n.duration_minutes, n.start_time, n.end_time, n.purpose, n.plan_goal, n.activities,
       n.client_response, n.progress, n.next_steps, n.medical_necessity, n.effectiveness, n.complexity,
       n.signed_by,
       t.plan_start, t.plan_end, t.plan_goals, t.plan_benchmarks, t.plan_reviewed,
       CASE WHEN p.overlapping IS NULL OR instr(p.overlapping, ' ' || upper(trim(l.hcpcs_code)) || ' ') = 0
            THEN p.policy END AS policy
  FROM main.claim_line AS l
  LEFT JOIN main.payer_alias AS e ON e.payer_id = l.payer_id
  LEFT JOIN main.session_note AS n
    ON n.claim_id = l.claim_id AND n.claim_line_number = l.claim_line_number
  LEFT JOIN main.prior_authorization AS a
    ON a.rowid = (SELECT max(((x.member_id IS l.member_id) * 4
                              + (coalesce(x.hcpcs_codes, '*') = '*'
                                 OR instr(upper(x.hcpcs_codes), upper(trim(l.hcpcs_code))) > 0) * 2
                              + (l.service_date BETWEEN coalesce(x.start_date, '') AND coalesce(x.end_date, '9999')))
                             * 1000000000000 + x.rowid) % 1000000000000
                    FROM main.prior_authorization AS x WHERE x.prior_auth_number = l.prior_auth_number)
  LEFT JOIN main.treatment_plan AS t
    ON t.rowid = coalesce(
         (SELECT rowid FROM main.treatment_plan
           WHERE member_id = l.member_id AND plan_start <= l.service_date
             AND (plan_end IS NULL OR plan_end = '' OR plan_end >= l.service_date)
           ORDER BY plan_start DESC LIMIT 1),
         (SELECT rowid FROM main.treatment_plan
           WHERE member_id = l.member_id AND plan_start <= l.service_date
           ORDER BY plan_start DESC LIMIT 1),
         (SELECT rowid FROM main.treatment_plan
           WHERE member_id = l.member_id
           ORDER BY plan_start LIMIT 1))
  LEFT JOIN temp.policy_in_force AS p
    ON p.payer_id = coalesce(e.same_as, l.payer_id) AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date, '+0 days');

DROP VIEW IF EXISTS temp.audited_line;
CREATE TEMP VIEW audited_line AS
SELECT * FROM temp.line_with_record
 WHERE ((claim_id, claim_line_number) IN (SELECT claim_id, claim_line_number FROM temp.superseded_line)) IS NOT 1;

-- Lines that were replaced: they are no finding any more, but what was amiss with them
-- is held against what their payers answered.
DROP VIEW IF EXISTS temp.replaced_line;
CREATE TEMP VIEW replaced_line AS
SELECT * FROM temp.line_with_record
 WHERE (claim_id, claim_line_number) IN (SELECT claim_id, claim_line_number FROM temp.superseded_line);

-- --- the findings of single lines -------------------------------------------------

-- One row for each rule that a line breaks.
DROP VIEW IF EXISTS temp.h2040_finding;
CREATE TEMP VIEW h2040_finding AS
SELECT f.claim_id, f.claim_line_number, f.rule, f.severity, f.field, f.value,
       CASE WHEN f.rule = 'policy.missing' AND p.policies > 1
            THEN 'the payer has two policies on this day (' || p.title || '); the session pack judged it'
            ELSE f.message END AS message,
       CASE WHEN f.rule = 'policy.missing' AND p.policies > 1
            THEN 'End one of the two policies before the other begins (policy_overlap).'
            ELSE f.remedy END AS remedy,
       f.carc, f.owner, CASE p.policies WHEN 1 THEN p.title ELSE 'session (no policy)' END AS policy,
       l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.hcpcs_code, l.charge_amount, l.paid_amount
  FROM temp.h2040_audit AS f
  CROSS JOIN temp.billed_line AS l ON l.claim_id = f.claim_id AND l.claim_line_number = f.claim_line_number
  LEFT JOIN temp.policy_of_code AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND p.hcpcs_code = upper(trim(l.hcpcs_code)) AND l.service_date = date(l.service_date, '+0 days')
 WHERE f.source = 'audited_line' AND f.schema = 'temp'
   AND f.columns = (SELECT json_group_object(field, NULL) FROM main.field_not_kept);

-- --- what was not judged ----------------------------------------------------------

-- Every line, and why no policy of its payer judged it: NULL where one did.  Where only
-- the policy is wanting, the session pack judges the line, and the finding
-- policy.missing says so.
DROP VIEW IF EXISTS temp.line_state;
CREATE TEMP VIEW line_state AS
SELECT l.claim_id, l.claim_line_number, l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.hcpcs_code,
       l.charge_amount, l.paid_amount,
       CASE WHEN s.reason IS NOT NULL THEN s.reason
            -- (A code that stands among the policies' is not asked about.)
            WHEN l.hcpcs_code IS NULL OR p.policy IS NULL OR instr(p.hcpcs_codes, l.hcpcs_code) = 0
              OR length(l.hcpcs_code) <> 5 OR p.overlapping IS NOT NULL
              THEN CASE WHEN h2040_check('hcpcs_code', l.hcpcs_code, 'policy',
                                         CASE WHEN p.overlapping IS NULL
                                                OR instr(p.overlapping, ' ' || upper(trim(l.hcpcs_code)) || ' ') = 0
                                              THEN p.policy END) IS NULL
                        THEN CASE WHEN trim(l.hcpcs_code) <> '' THEN 'other code' ELSE 'no code' END
                        WHEN l.service_date IS NULL OR l.service_date IS NOT date(l.service_date, '+0 days')
                        THEN 'service_date is not written YYYY-MM-DD'
                        WHEN instr(p.overlapping, ' ' || upper(trim(l.hcpcs_code)) || ' ') > 0
                        THEN 'two policies in force (policy_overlap)'
                        WHEN p.policy IS NULL
                        THEN 'no policy in force' END
       END AS reason
  FROM temp.billed_line AS l
  LEFT JOIN (SELECT * FROM temp.superseded_line LIMIT -1) AS s
    ON s.claim_id = l.claim_id AND s.claim_line_number = l.claim_line_number
  LEFT JOIN temp.policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date, '+0 days');

DROP VIEW IF EXISTS temp.line_not_judged;
CREATE TEMP VIEW line_not_judged AS
SELECT claim_id, claim_line_number, payer_id, member_id, service_date, hcpcs_code, charge_amount, reason
  FROM temp.line_state WHERE reason IS NOT NULL;

-- The others, and those for which only the policy is wanting: the lines that could
-- have had findings.
DROP VIEW IF EXISTS temp.judged_line;
CREATE TEMP VIEW judged_line AS
SELECT * FROM temp.line_state
 WHERE coalesce(reason, 'no policy in force')
       IN ('no policy in force', 'two policies in force (policy_overlap)', 'service_date is not written YYYY-MM-DD');

-- Payers that want an authorization for every unit, and have none on file.
DROP VIEW IF EXISTS temp.payer_without_authorization;
CREATE TEMP VIEW payer_without_authorization AS
SELECT DISTINCT payer_id FROM temp.policy_limit
 WHERE prior_authorization = 'always'
   AND payer_id NOT IN (SELECT payer_id FROM temp.known_authorization WHERE payer_id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM temp.known_authorization WHERE payer_id IS NULL);

-- Rules that nothing can break here, for what they look at is not kept.
DROP VIEW IF EXISTS temp.rule_not_judged;
CREATE TEMP VIEW rule_not_judged (rule, missing) AS
SELECT rule, missing
  FROM temp.h2040_coverage
 WHERE source = 'audited_line' AND schema = 'temp' AND NOT judged
   AND columns = (SELECT json_group_object(field, NULL) FROM main.field_not_kept)
UNION ALL
SELECT r.rule, group_concat(n.field, ', ')
  FROM (SELECT 'time.overlap' AS rule UNION ALL SELECT 'time.member_overlap') AS r, main.field_not_kept AS n
 WHERE n.field IN ('start_time', 'end_time') GROUP BY 1
UNION ALL
SELECT 'note.cloned', group_concat(field, ', ') FROM main.field_not_kept
 WHERE field IN ('activities', 'client_response') GROUP BY 1
UNION ALL
SELECT rule, 'row of session_cap' FROM temp.h2040_rules
 WHERE rule LIKE 'cap.%' AND NOT EXISTS (SELECT 1 FROM main.session_cap)
UNION ALL
SELECT r.rule, 'authorization on file of ' || p.payer_id
  FROM temp.payer_without_authorization AS p, temp.h2040_rules AS r
 WHERE r.rule IN ('authorization.not_on_file', 'authorization.not_covering', 'authorization.exceeded')
UNION ALL
SELECT r.rule, 'policy that always wants an authorization'
  FROM temp.h2040_rules AS r
 WHERE r.rule IN ('authorization.not_on_file', 'authorization.not_covering', 'authorization.exceeded')
   AND NOT EXISTS (SELECT 1 FROM temp.policy_limit WHERE prior_authorization = 'always');

-- Lines and authorizations that count towards no cap, for they cannot be read.
DROP VIEW IF EXISTS temp.cap_not_judged;
CREATE TEMP VIEW cap_not_judged AS
SELECT claim_id, claim_line_number, payer_id, member_id, service_date, units, prior_auth_number, problem
  FROM temp.past_cap
 WHERE status = 'unreadable';

-- --- lines compared with each other -----------------------------------------------

DROP VIEW IF EXISTS temp.past_cap_now;
CREATE TEMP VIEW past_cap_now AS
SELECT cap_id, payer_id, member_id, rendering_npi, claim_id, claim_line_number, service_date, units, period_start,
       period_end, cap, units_before, units_over, authorized_units, prior_auth_number, status, problem
  FROM temp.sessions_over_cap
 WHERE source = 'billed_line' AND caps = 'known_cap' AND authorizations = 'known_authorization' AND schema = 'temp';

DROP VIEW IF EXISTS temp.past_cap;
CREATE TEMP VIEW past_cap AS SELECT * FROM temp.past_cap_now;

-- What is left of caps and authorizations on the day of the audit.
DROP VIEW IF EXISTS temp.cap_left;
CREATE TEMP VIEW cap_left AS
SELECT cap_id, payer_id, member_id, rendering_npi, period_start, period_end, cap, units_used, units_left, authorized_left,
       prior_auth_number, auth_end, last_service_date, units_4_weeks, runs_out_on, status, problem
  FROM temp.sessions_left
 WHERE source = 'billed_line' AND caps = 'known_cap' AND authorizations = 'known_authorization' AND schema = 'temp'
   AND as_of = (SELECT as_of FROM temp.audit_day);

-- cap.exceeded, cap.authorization_exhausted: the second where an authorization was
-- there to be drawn on for this line, and what was left of it did not suffice.
DROP VIEW IF EXISTS temp.cap_finding;
CREATE TEMP VIEW cap_finding AS
SELECT CASE WHEN authorized_units > 0 OR authorization IS NOT NULL
            THEN 'cap.authorization_exhausted' ELSE 'cap.exceeded' END AS rule,
       claim_id, claim_line_number, 'units' AS field, units AS value,
       printf('%d billed %s before this line of %d; the cap is %d (%s)', units_before,
              CASE WHEN period_start IS NULL THEN 'ever'
                   WHEN period_start = period_end THEN 'on ' || period_start
                   ELSE 'from ' || period_start || ' to ' || period_end END,
              units, cap, cap_id)
       || CASE WHEN authorization IS NULL THEN coalesce('; ' || problem, '')
               ELSE printf(', and authorization %s had %d left', authorization, authorized_units) END AS message,
       NULL AS carc
  FROM (SELECT o.*,
               -- of several the one that ends first: the date goes before its number
               coalesce(o.prior_auth_number,
                        substr(min(coalesce(a.end_date, '9999-99-99') || a.prior_auth_number), 11)) AS authorization
          FROM (SELECT * FROM temp.past_cap WHERE status = 'over_cap' LIMIT -1) AS o
          LEFT JOIN main.claim_line AS l ON l.claim_id = o.claim_id AND l.claim_line_number = o.claim_line_number
          LEFT JOIN temp.known_authorization AS a
            ON a.member_id = l.member_id
           AND (coalesce(trim(l.prior_auth_number), '') = '' OR a.prior_auth_number = l.prior_auth_number)
           AND (a.payer_id IS NULL OR a.payer_id = o.payer_id)
           AND (coalesce(a.hcpcs_codes, '*') = '*'
                OR ' ' || replace(upper(a.hcpcs_codes), ',', ' ') || ' ' LIKE '% ' || upper(trim(l.hcpcs_code)) || ' %')
           AND o.service_date >= coalesce(a.start_date, '') AND o.service_date <= coalesce(a.end_date, '9999')
         GROUP BY o.cap_id, o.period_start, o.claim_id, o.claim_line_number);

-- Lines with the times and words of their notes, for session_conflicts.
DROP VIEW IF EXISTS temp.line_with_note;
CREATE TEMP VIEW line_with_note AS
SELECT l.claim_id, l.claim_line_number, l.payer_id, l.member_id, l.hcpcs_code, l.modifiers, l.units, l.unit_measure,
       l.service_date, l.service_end_date, l.rendering_npi, l.staff_id, l.billing_npi, l.received_date, l.claim_number,
       l.claim_frequency_code, l.original_claim_id, l.payer_claim_number,
       n.duration_minutes, n.start_time, n.end_time, n.activities, n.client_response
  FROM temp.billed_line AS l
  LEFT JOIN main.session_note AS n
    ON n.claim_id = l.claim_id AND n.claim_line_number = l.claim_line_number;

DROP VIEW IF EXISTS temp.conflict_now;
CREATE TEMP VIEW conflict_now AS
SELECT rule, claim_id, claim_line_number, other_claim_id, other_claim_line_number, payer_id, member_id, rendering_npi,
       service_date, value, message, problem
  FROM temp.session_conflicts
 WHERE source = 'line_with_note' AND schema = 'temp'
   AND pairs = CASE WHEN EXISTS (SELECT 1 FROM main.code_pair) THEN 'known_pair' END
   AND day_minutes = (SELECT value FROM main.audit_setting WHERE setting = 'day_minutes')
   AND group_codes = (SELECT value FROM main.audit_setting WHERE setting = 'group_codes');

DROP VIEW IF EXISTS temp.conflict;
CREATE TEMP VIEW conflict AS SELECT * FROM temp.conflict_now;

DROP VIEW IF EXISTS temp.conflict_not_judged;
CREATE TEMP VIEW conflict_not_judged AS
SELECT rule, claim_id, claim_line_number, payer_id, member_id, service_date, value, problem
  FROM temp.conflict WHERE problem IS NOT NULL;

-- Where a policy says always, every unit needs an authorization: the line's own, or one
-- that covers it.  Against a cap of none, what none covers is past it.
DROP VIEW IF EXISTS temp.line_to_authorize;
CREATE TEMP VIEW line_to_authorize AS
SELECT l.*
  FROM temp.billed_line AS l
  JOIN temp.policy_limit AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND p.hcpcs_code = upper(trim(l.hcpcs_code)) AND p.prior_authorization = 'always'
 WHERE l.payer_id NOT IN (SELECT payer_id FROM temp.payer_without_authorization);

-- A line that names its authorization: whose is it, what for?
DROP VIEW IF EXISTS temp.authorization_finding;
CREATE TEMP VIEW authorization_finding AS
SELECT CASE WHEN numbers IS NULL THEN 'authorization.not_on_file'
            WHEN covering IS NULL THEN 'authorization.not_covering'
            ELSE 'authorization.exceeded' END AS rule,
       claim_id, claim_line_number, 'prior_auth_number' AS field, prior_auth_number AS value,
       CASE WHEN numbers IS NULL THEN printf('authorization %s is not on file', prior_auth_number)
            WHEN covering IS NULL AND of_member IS NULL
              THEN printf('authorization %s is another member''s', prior_auth_number)
            WHEN covering IS NULL AND of_payer IS NULL
              THEN printf('authorization %s is another payer''s', prior_auth_number)
            WHEN covering IS NULL THEN printf('authorization %s is not for %s', prior_auth_number, hcpcs_code)
            ELSE printf('authorization %s does not reach: %d of %d units covered', prior_auth_number, authorized_units, units)
                 || coalesce('; ' || problem, '') END AS message,
       CASE WHEN numbers IS NULL THEN '197' WHEN covering IS NULL THEN '284' ELSE '198' END AS carc
  FROM (SELECT l.claim_id, l.claim_line_number, l.prior_auth_number, l.hcpcs_code, o.units, o.authorized_units, o.problem,
               max(a.prior_auth_number) AS numbers,
               max(a.member_id = l.member_id OR NULL) AS of_member,
               max(a.member_id = l.member_id AND (a.payer_id IS NULL OR a.payer_id = l.payer_id) OR NULL) AS of_payer,
               max(a.member_id = l.member_id AND (a.payer_id IS NULL OR a.payer_id = l.payer_id)
                   AND (coalesce(a.hcpcs_codes, '*') = '*'
                        OR ' ' || replace(upper(a.hcpcs_codes), ',', ' ') || ' '
                           LIKE '% ' || upper(trim(l.hcpcs_code)) || ' %') OR NULL) AS covering,
               max(a.member_id = l.member_id
                   AND l.service_date BETWEEN coalesce(a.start_date, '') AND coalesce(a.end_date, '9999') OR NULL) AS in_force
          FROM (SELECT * FROM temp.sessions_over_cap
                 WHERE source = 'line_to_authorize' AND max_units = 0 AND period = 'lifetime' AND hcpcs_codes = '*'
                   AND authorizations = 'known_authorization' AND schema = 'temp' AND status = 'over_cap' LIMIT -1) AS o
          JOIN temp.billed_line AS l ON l.claim_id = o.claim_id AND l.claim_line_number = o.claim_line_number
          LEFT JOIN temp.known_authorization AS a ON a.prior_auth_number = l.prior_auth_number
         WHERE trim(l.prior_auth_number) <> ''
         GROUP BY l.claim_id, l.claim_line_number)
 WHERE covering IS NULL OR in_force IS NOT NULL;  -- the day is for authorization.not_in_force

-- The same columns as h2040_finding.  A line that its policy does not judge (another
-- code) has no findings; a policy's off and severity hold here too.
DROP VIEW IF EXISTS temp.cross_finding;
CREATE TEMP VIEW cross_finding AS
SELECT f.claim_id, f.claim_line_number, f.rule,
       coalesce(json_extract(c.policy, '$.severity."' || f.rule || '"'), r.severity) AS severity,
       f.field, f.value, f.message, r.remedy, coalesce(f.carc, r.carc) AS carc, r.owner,
       CASE WHEN c.policy IS NULL THEN 'session (no policy)' ELSE c.title END AS policy,
       l.payer_id, l.member_id, l.rendering_npi, l.service_date, l.hcpcs_code, l.charge_amount, l.paid_amount
  FROM (SELECT rule, claim_id, claim_line_number, field, value, group_concat(message, '; ') AS message, max(carc) AS carc
          FROM (SELECT * FROM temp.cap_finding
                UNION ALL SELECT * FROM temp.authorization_finding
                UNION ALL
                SELECT rule, claim_id, claim_line_number,
                       CASE WHEN rule LIKE 'time.%overlap' THEN 'start_time' WHEN rule = 'time.impossible_day' THEN 'service_date'
                            WHEN rule = 'note.cloned' THEN 'activities' WHEN rule = 'claim.resent' THEN 'claim_number'
                            ELSE 'hcpcs_code' END, value, message, NULL
                  FROM temp.conflict WHERE problem IS NULL)
         GROUP BY rule, claim_id, claim_line_number) AS f
  JOIN temp.h2040_rules AS r ON r.rule = f.rule
  CROSS JOIN temp.billed_line AS l
    ON l.claim_id = f.claim_id AND l.claim_line_number = f.claim_line_number
  LEFT JOIN temp.policy_in_force AS p
    ON p.payer_id = l.payer_id AND l.service_date BETWEEN p.first_day AND p.last_day
   AND l.service_date = date(l.service_date, '+0 days')
  LEFT JOIN temp.policy_of_code AS c
    ON c.payer_id = l.payer_id AND l.service_date BETWEEN c.first_day AND c.last_day
   AND c.hcpcs_code = upper(trim(l.hcpcs_code)) AND l.service_date = date(l.service_date, '+0 days')
 WHERE h2040_check('hcpcs_code', l.hcpcs_code, 'policy',
                   CASE WHEN p.overlapping IS NULL OR instr(p.overlapping, ' ' || upper(trim(l.hcpcs_code)) || ' ') = 0
                        THEN p.policy END) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM temp.json_each(c.policy, '$.off') WHERE value = f.rule);

-- --- all of them ------------------------------------------------------------------------

-- waived: the reason of a waiver that has not expired, else NULL.
DROP VIEW IF EXISTS temp.finding;
CREATE TEMP VIEW finding AS
SELECT f.*,
       (SELECT w.reason || ' (' || w.approved_by || ')' FROM main.waiver AS w
         WHERE w.rule = f.rule
           AND (w.claim_id IS NULL OR w.claim_id = f.claim_id)
           AND (w.claim_line_number IS NULL OR w.claim_line_number = f.claim_line_number)
           AND (w.expires_on IS NULL OR w.expires_on >= (SELECT as_of FROM temp.audit_day))
         LIMIT 1) AS waived
  FROM (SELECT * FROM temp.h2040_finding UNION ALL SELECT * FROM temp.cross_finding) AS f;

-- What is left of each authorization, row by row.  used: the units of the lines that
-- bear its number (where it has several rows, of the codes and days of this one), and
-- those that sessions_over_cap drew from it for lines that bear none.
DROP VIEW IF EXISTS temp.authorization_balance;
CREATE TEMP VIEW authorization_balance AS
SELECT prior_auth_number, payer_id, member_id, start_date, end_date, units, used,
       units - used AS left, round(100.0 * used / nullif(units, 0), 1) AS percent,
       CASE WHEN used > units THEN 'overdrawn'
            WHEN end_date < as_of THEN 'expired'
            WHEN start_date > as_of THEN 'not yet in force'
            WHEN used = units THEN 'used up'
            WHEN end_date <= date(as_of, '+' || (SELECT value FROM main.audit_setting WHERE setting = 'expiring_days') || ' days')
              THEN 'expiring'
            ELSE 'in force' END AS state, hcpcs_codes
  FROM (SELECT a.*, coalesce(borne.units, 0) + CASE a.place WHEN 1 THEN coalesce(drawn.units, 0) ELSE 0 END AS used,
               (SELECT as_of FROM temp.audit_day) AS as_of
          FROM temp.known_authorization AS a
          LEFT JOIN (SELECT a.id, sum(l.units) AS units
                       FROM temp.billed_line AS l
                       CROSS JOIN temp.known_authorization AS a
                          ON a.prior_auth_number = l.prior_auth_number
                         AND (a.rows = 1
                              OR l.service_date BETWEEN coalesce(a.start_date, '') AND coalesce(a.end_date, '9999')
                             AND (coalesce(a.hcpcs_codes, '*') = '*'
                                  OR ' ' || replace(upper(a.hcpcs_codes), ',', ' ') || ' '
                                     LIKE '% ' || upper(trim(l.hcpcs_code)) || ' %'))
                      WHERE l.prior_auth_number <> ''
                        AND ((l.claim_id, l.claim_line_number)
                             IN (SELECT claim_id, claim_line_number FROM temp.superseded_line)) IS NOT 1
                      GROUP BY a.id) AS borne
            ON borne.id = a.id
          LEFT JOIN (SELECT prior_auth_number, max(units) AS units   -- each cap draws for itself
                       FROM (SELECT o.cap_id, o.prior_auth_number, sum(o.authorized_units) AS units
                               FROM (SELECT * FROM temp.past_cap WHERE authorized_units > 0 LIMIT -1) AS o
                               JOIN main.claim_line AS l
                                 ON l.claim_id = o.claim_id AND l.claim_line_number = o.claim_line_number
                              WHERE coalesce(trim(l.prior_auth_number), '') = ''
                              GROUP BY o.cap_id, o.prior_auth_number)
                      GROUP BY prior_auth_number) AS drawn
            ON drawn.prior_auth_number = a.prior_auth_number);
