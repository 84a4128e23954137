-- report.sql: the audit as text, up to 100 columns wide.
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/report.sql'
--
-- Needs:  schema.sql, views.sql, and lines to judge.
-- Makes:  nothing but what it prints; it reads the database as it is now, not the
--         last stored run (audit.sql).  Lists of payers, members and lines stop after
--         the heaviest and say how many more there are.

.bail on
.headers off
.mode list

PRAGMA trusted_schema = ON;   -- later versions of the shell refuse the views without it

BEGIN;   -- one moment for everything that is printed

CREATE TEMP TABLE report_risk AS SELECT * FROM denial_risk;
CREATE TEMP TABLE report_billed AS
SELECT payer_id, coalesce(strftime('%Y-%m', service_date), '') AS month, count(*) AS lines, total(charge_amount) AS dollars
  FROM judged_line GROUP BY 1, 2;
CREATE TEMP TABLE report_unjudged AS
SELECT reason, count(*) AS lines, total(charge_amount) AS dollars FROM line_not_judged GROUP BY reason;
CREATE TEMP TABLE report_cap AS SELECT * FROM sessions_over_cap;

-- --- in short ------------------------------------------------------------------------

SELECT printf('H2040 audit as of %s', as_of) || char(10) || 'h2040 ' || h2040_version() FROM audit_day;
SELECT '';
SELECT printf('  %,9d line%s seen, %,d of them judged by a policy of their payer', seen, CASE seen WHEN 1 THEN '' ELSE 's' END,
              seen - unjudged)
  FROM (SELECT count(*) AS seen FROM claim_line),
       (SELECT coalesce(sum(lines), 0) AS unjudged FROM report_unjudged);
SELECT printf('  %,9d line%s at risk, $%,d of $%,d billed (%.1f%%)', risk.lines,
              CASE risk.lines WHEN 1 THEN '' ELSE 's' END, round(risk.dollars), round(billed.dollars),
              100.0 * risk.dollars / max(billed.dollars, 1))
  FROM (SELECT total(lines) AS lines, total(dollars) AS dollars FROM report_risk WHERE grouped_by = 'total') AS risk,
       (SELECT total(dollars) AS dollars FROM report_billed) AS billed;
SELECT printf('  %,9d of them with an error, which a payer would deny; the others a reviewer would question', total(lines))
  FROM report_risk WHERE grouped_by = 'severity' AND name = 'error';
SELECT printf('  %,9d session line%s past a cap, %,d of them without enough prior authorization', lines,
              CASE lines WHEN 1 THEN '' ELSE 's' END, uncovered)
  FROM (SELECT count(DISTINCT claim_id || '/' || coalesce(claim_line_number, '')) AS lines,
               count(DISTINCT CASE status WHEN 'over_cap' THEN claim_id || '/' || coalesce(claim_line_number, '') END)
                 AS uncovered
          FROM report_cap WHERE status <> 'unreadable');
SELECT printf('  %,9d %s waived', total(findings), CASE total(findings) WHEN 1 THEN 'finding' ELSE 'findings' END) FROM report_risk WHERE grouped_by = 'waived';

-- --- findings ------------------------------------------------------------------------

SELECT char(10) || 'FINDINGS, E an error, W a warning; a line with several findings counts in each of its rows' || char(10);
SELECT printf('    %-34s %5s %8s  %s', 'rule', 'lines', 'dollars', 'what is wrong');
SELECT printf('  %s %-34s %,5d %,8d  ', upper(substr(severity, 1, 1)), rule, lines, round(dollars))
       || CASE WHEN length(title) <= 44 THEN title
               ELSE trim(head) || char(10) || printf('%55s', '') || substr(title, length(head) + 1) END
  FROM (SELECT r.rule, r.severity, risk.lines, risk.dollars, r.title,
               -- the words that fit: rtrim takes off whatever follows the last space
               rtrim(substr(r.title, 1, 45), replace(substr(r.title, 1, 45), ' ', '')) AS head
          FROM report_risk AS risk
          JOIN h2040_rules AS r ON r.rule = risk.name
         WHERE risk.grouped_by = 'rule')
 ORDER BY dollars DESC, rule;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM report_risk);

-- --- payers, months --------------------------------------------------------------------

SELECT char(10) || 'BY PAYER' || char(10);
SELECT printf('    %-34s %7s %11s %11s %7s', 'payer', 'lines', 'at risk', 'billed', 'share');
SELECT printf('    %!-34.34s %,7d %,11d %,11d %6.1f%%', coalesce(p.name, risk.name, '(no payer)'), risk.lines,
              round(risk.dollars), round(billed.dollars), 100.0 * risk.dollars / max(billed.dollars, 1))
  FROM report_risk AS risk
  LEFT JOIN payer AS p ON p.payer_id = risk.name
  LEFT JOIN (SELECT payer_id, total(dollars) AS dollars FROM report_billed GROUP BY payer_id) AS billed
    ON billed.payer_id IS risk.name
 WHERE risk.grouped_by = 'payer'
 ORDER BY risk.dollars DESC LIMIT 12;
SELECT printf('    and %d more', payers - 12)
  FROM (SELECT count(*) AS payers FROM report_risk WHERE grouped_by = 'payer') WHERE payers > 12;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM report_risk WHERE grouped_by = 'payer');

SELECT char(10) || 'BY MONTH OF SERVICE, lines at risk of those judged' || char(10);
SELECT printf('    %-7s %,6d of %,7d  %5.1f%%  %s', CASE month WHEN '' THEN 'no day' ELSE month END, risk, lines,
              100.0 * risk / lines, substr('##################################################', 1, round(50.0 * risk / lines)))
  FROM (SELECT month, sum(b.lines) AS lines,
               coalesce((SELECT r.lines FROM report_risk AS r
                          WHERE r.grouped_by = 'month' AND coalesce(r.name, '') = month), 0) AS risk
          FROM report_billed AS b GROUP BY month ORDER BY month DESC LIMIT 24)
 ORDER BY month;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM report_billed);

-- --- caps and authorizations -----------------------------------------------------------

SELECT char(10) || 'SESSIONS OVER CAP, * where prior authorization does not cover them' || char(10);
SELECT printf('    %-18s %-10s %-24s %5s %10s %s', 'cap', 'member', 'period', 'over', 'authorized', 'first past it');
CREATE TEMP TABLE report_cap_period AS
SELECT cap_id, member_id, coalesce(period_start || ' .. ' || period_end, 'ever') AS period, sum(units_over) AS over,
       sum(authorized_units) AS authorized, min(service_date) AS first
  FROM report_cap WHERE status <> 'unreadable'
 GROUP BY payer_id, cap_id, member_id, 3;
SELECT printf('    %-18s %-10s %-24s %5d %10d %s %s', cap_id, member_id, period, over, authorized, first,
              CASE WHEN authorized < over THEN '*' ELSE '' END)
  FROM report_cap_period ORDER BY over - authorized DESC, cap_id, member_id, first LIMIT 20;
SELECT printf('    and %d more', periods - 20) FROM (SELECT count(*) AS periods FROM report_cap_period) WHERE periods > 20;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM report_cap_period);

SELECT char(10) || 'AUTHORIZATIONS TO ACT ON' || char(10);
SELECT printf('    %-18s %-10s %-10s to %-10s %4d of %4d used  %s', prior_auth_number, payer_id, member_id, end_date, used,
              units, state)
  FROM authorization_balance WHERE state IN ('overdrawn', 'used up', 'expiring')
 ORDER BY CASE state WHEN 'overdrawn' THEN 1 WHEN 'expiring' THEN 2 ELSE 3 END, end_date, prior_auth_number LIMIT 15;
SELECT '    none' WHERE NOT EXISTS (
  SELECT 1 FROM authorization_balance WHERE state IN ('overdrawn', 'used up', 'expiring'));

-- --- what was not judged -----------------------------------------------------------------

SELECT char(10) || 'NOT JUDGED, or not by a policy of the payer' || char(10);
SELECT printf('    %7s %11s', 'lines', 'dollars');
SELECT printf('    %,7d %,11d  %s', lines, round(dollars), reason) FROM report_unjudged
 ORDER BY lines DESC, reason;
SELECT printf('    %,7d %11s  no cap: %s', count(*), '', problem)
  FROM (SELECT CASE WHEN claim_id IS NULL AND prior_auth_number IS NOT NULL THEN 'the authorization cannot be read'
                    WHEN problem LIKE 'units%' THEN 'its units cannot be read'
                    WHEN problem LIKE 'service_date%' THEN 'its day cannot be read'
                    ELSE problem END AS problem
          FROM report_cap WHERE status = 'unreadable')
 GROUP BY problem;
SELECT printf('    rule %s: there is no %s', rule, missing) FROM rule_not_judged;
SELECT '    nothing' WHERE NOT EXISTS (SELECT 1 FROM report_unjudged) AND NOT EXISTS (SELECT 1 FROM rule_not_judged)
                       AND NOT EXISTS (SELECT 1 FROM report_cap WHERE status = 'unreadable');

-- --- policies ------------------------------------------------------------------------------

SELECT char(10) || 'POLICIES TO LOOK AT' || char(10);
SELECT printf('    %s has two from %s %s: %s', payer_id, first_day,
              CASE last_day WHEN '9999-12-31' THEN 'on' ELSE 'to ' || last_day END, policies) FROM policy_overlap;
SELECT printf('    %s: ', payers) || char(10)
       || CASE WHEN length(note) <= 92 THEN '      ' || note
               ELSE '      ' || trim(head) || char(10) || '      ' || substr(note, length(head) + 1) END
  FROM (SELECT payers, note, rtrim(substr(note, 1, 93), replace(substr(note, 1, 93), ' ', '')) AS head
          FROM (SELECT group_concat(payer_id, ', ') AS payers, note
                  FROM (SELECT DISTINCT p.payer_id, n.value AS note
                          FROM policy_in_force AS p, json_each(h2040_policy_notes(p.policy)) AS n
                         WHERE p.policy IS NOT NULL)
                 GROUP BY note));
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM policy_overlap)
                    AND NOT EXISTS (SELECT 1 FROM policy_in_force AS p, json_each(h2040_policy_notes(p.policy)) WHERE p.policy IS NOT NULL);
SELECT '';

DROP TABLE report_risk;
DROP TABLE report_billed;
DROP TABLE report_unjudged;
DROP TABLE report_cap;
DROP TABLE report_cap_period;
COMMIT;
