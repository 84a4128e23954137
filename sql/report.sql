-- report.sql: a stored run as text, up to 100 columns wide.
--
--   sqlite3 audit.db '.read sql/report.sql'
--
-- Needs:  a run that audit.sql stored; not the extension.  .parameter set :run 7 before it
--         for another run than the last.
-- Makes:  nothing but what it prints: what to do first, what payers answered, the findings
--         by rule, payer and month, caps, what was not judged, policies to look at.  Lists
--         stop after the heaviest and say how many more there are.  report_html.sql tells
--         the same as a page.

.bail on
.headers off
.mode list

BEGIN;   -- one moment for everything that is printed

DROP TABLE IF EXISTS temp.report_run;
DROP TABLE IF EXISTS temp.report_risk;
DROP TABLE IF EXISTS temp.report_stop;
CREATE TEMP TABLE report_run AS
SELECT * FROM main.audit_run WHERE run_id = coalesce(:run, (SELECT max(run_id) FROM main.audit_run));
CREATE TEMP TABLE report_stop (what);
CREATE TEMP TRIGGER report_stops BEFORE INSERT ON report_stop
BEGIN
  SELECT RAISE(ROLLBACK, 'report.sql: no such run is stored; read audit.sql first');
END;
INSERT INTO temp.report_stop SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM temp.report_run);
DROP TABLE temp.report_stop;
CREATE TEMP TABLE report_risk AS SELECT * FROM main.audit_risk WHERE run_id = (SELECT run_id FROM temp.report_run);

-- --- in short ------------------------------------------------------------------------

SELECT printf('H2040 audit as of %s, run %d', as_of, run_id) || char(10) || 'h2040 ' || version FROM temp.report_run;
SELECT '';
SELECT printf('  %,11d line%s seen, %,d of them judged by a policy of their payer', lines_seen, CASE lines_seen WHEN 1 THEN '' ELSE 's' END,
              lines_judged)
  FROM temp.report_run;
SELECT printf('  %,11d line%s at risk, $%,d of $%,d billed (%.1f%%)', risk.lines,
              CASE risk.lines WHEN 1 THEN '' ELSE 's' END, round(risk.dollars), round(billed.dollars),
              100.0 * risk.dollars / max(billed.dollars, 1))
  FROM (SELECT total(lines) AS lines, total(dollars) AS dollars FROM temp.report_risk WHERE grouped_by = 'total') AS risk,
       (SELECT total(dollars) AS dollars FROM main.audit_billed WHERE run_id = (SELECT run_id FROM temp.report_run)) AS billed;
SELECT printf('  %11s of it unpaid, which may be denied; %s paid, which may be taken back',
              printf('$%,d', round(coalesce(unpaid_at_risk, 0))), printf('$%,d', round(coalesce(paid_at_risk, 0))))
  FROM temp.report_run;
SELECT printf('  %,11d of them with an error, which a payer would deny; the others a reviewer would question', total(lines))
  FROM temp.report_risk WHERE grouped_by = 'severity' AND name = 'error';
SELECT printf('  %,11d session line%s past a cap, %,d of them without enough prior authorization', lines,
              CASE lines WHEN 1 THEN '' ELSE 's' END, uncovered)
  FROM (SELECT coalesce(sum(lines), 0) AS lines, coalesce(sum(lines_uncovered), 0) AS uncovered
          FROM main.audit_cap_over WHERE run_id = (SELECT run_id FROM temp.report_run));
SELECT printf('  %,11d %s waived', total(findings), CASE total(findings) WHEN 1 THEN 'finding' ELSE 'findings' END)
  FROM temp.report_risk WHERE grouped_by = 'waived';
SELECT printf('  %,11d charge%s cannot be read, and %s in no sum', charges_unread, CASE charges_unread WHEN 1 THEN '' ELSE 's' END,
              CASE charges_unread WHEN 1 THEN 'is' ELSE 'are' END)
  FROM temp.report_run WHERE charges_unread > 0;

-- --- what to do ------------------------------------------------------------------------

SELECT char(10) || 'WHAT TO FIX FIRST (work_list.sql gives all of it)' || char(10);
SELECT printf('    %-18s %-10s %-12s %7s %-10s %s', 'claim/line', 'day', 'payer', 'dollars', 'last day', 'what is amiss first');
SELECT printf('    %-18s %-10.10s %!-12.12s %,7d %-10s %s', claim_id || '/' || claim_line_number, coalesce(service_date, ''),
              coalesce(payer, payer_id, '(no payer)'), round(dollars), coalesce(last_day, ''), rule)
       || char(10) || substr('      ' || coalesce(owner || ': ', '') || coalesce(remedy, ''), 1, 100)
  FROM main.audit_work WHERE run_id = (SELECT run_id FROM temp.report_run)
 ORDER BY severity, dollars DESC, last_day, claim_id, claim_line_number LIMIT 15;
SELECT printf('    and %,d more', lines - 15)
  FROM (SELECT count(*) AS lines FROM main.audit_line WHERE run_id = (SELECT run_id FROM temp.report_run)) WHERE lines > 15;
SELECT '    nothing' WHERE NOT EXISTS (SELECT 1 FROM main.audit_line WHERE run_id = (SELECT run_id FROM temp.report_run));

-- --- what payers answered ----------------------------------------------------------------

SELECT char(10) || 'WHAT PAYERS ANSWERED, lines with an error beside the others' || char(10)
 WHERE EXISTS (SELECT 1 FROM main.remittance_line);
SELECT printf('    %-22s %9s %9s %9s %9s', '', 'denied', 'paid', 'nothing due', 'awaiting')
 WHERE EXISTS (SELECT 1 FROM main.remittance_line);
SELECT printf('    %-22s %,9d %,9d %,11d %,9d', CASE predicted WHEN 1 THEN 'with an error' ELSE 'without' END, sum(outcome = 'denied'),
              sum(outcome = 'paid'), sum(outcome = 'nothing_due'), sum(outcome = 'awaiting'))
  FROM main.prediction WHERE EXISTS (SELECT 1 FROM main.remittance_line) GROUP BY predicted ORDER BY predicted DESC;
SELECT printf('    %-34s %,6d answered, %,6d denied for it (%.0f%%)', rule, sum(answered), sum(right), 100.0 * sum(right) / sum(answered))
  FROM main.rule_accuracy WHERE answered > 0 GROUP BY rule ORDER BY sum(right) DESC, sum(answered) DESC, rule LIMIT 12;
SELECT printf('    denied, and nobody predicted it: CARC %-5s %,6d lines $%,10d  %s', carc, count(*), round(total(amount)),
              group_concat(DISTINCT payer_id))
  FROM main.denial_unpredicted GROUP BY carc ORDER BY total(amount) DESC LIMIT 10;
SELECT printf('    %,d remittances match no line for sure (remittance_problem)', n)
  FROM (SELECT count(DISTINCT remittance) AS n FROM main.remittance_problem) WHERE n > 0;

-- --- findings ------------------------------------------------------------------------

SELECT char(10) || 'FINDINGS, E an error, W a warning; a line with several findings counts in each of its rows' || char(10);
SELECT printf('    %-34s %6s %9s  %s', 'rule', 'lines', 'dollars', 'what is wrong');
SELECT printf('  %s %-34s %,6d %,9d  ', upper(substr(severity, 1, 1)), rule, lines, round(dollars))
       || CASE WHEN length(title) <= 42 THEN title
               ELSE trim(head) || char(10) || printf('%57s', '') || substr(title, length(head) + 1) END
  FROM (SELECT r.rule, r.severity, risk.lines, risk.dollars, r.title,
               -- the words that fit: rtrim takes off whatever follows the last space
               rtrim(substr(r.title, 1, 43), replace(substr(r.title, 1, 43), ' ', '')) AS head
          FROM temp.report_risk AS risk
          JOIN main.audit_rule AS r ON r.rule = risk.name AND r.run_id = risk.run_id
         WHERE risk.grouped_by = 'rule')
 ORDER BY dollars DESC, rule;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM temp.report_risk);

-- --- payers, months --------------------------------------------------------------------

SELECT char(10) || 'BY PAYER' || char(10);
SELECT printf('    %-34s %7s %11s %11s %7s', 'payer', 'lines', 'at risk', 'billed', 'share');
SELECT printf('    %!-34.34s %,7d %,11d %,11d %6.1f%%', coalesce(p.name, risk.name, '(no payer)'), risk.lines,
              round(risk.dollars), round(billed.dollars), 100.0 * risk.dollars / max(billed.dollars, 1))
  FROM temp.report_risk AS risk
  LEFT JOIN main.payer AS p ON p.payer_id = risk.name
  LEFT JOIN (SELECT payer_id, total(dollars) AS dollars FROM main.audit_billed
              WHERE run_id = (SELECT run_id FROM temp.report_run) GROUP BY payer_id) AS billed
    ON billed.payer_id IS risk.name
 WHERE risk.grouped_by = 'payer'
 ORDER BY risk.dollars DESC LIMIT 12;
SELECT printf('    and %d more', payers - 12)
  FROM (SELECT count(*) AS payers FROM temp.report_risk WHERE grouped_by = 'payer') WHERE payers > 12;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM temp.report_risk WHERE grouped_by = 'payer');

SELECT char(10) || 'BY MONTH OF SERVICE, lines at risk of those judged' || char(10);
SELECT printf('    %-7s %,6d of %,7d  %5.1f%%  %s', CASE month WHEN '' THEN 'no day' ELSE month END, risk, lines,
              100.0 * risk / lines, substr('##################################################', 1, round(50.0 * risk / lines)))
  FROM (SELECT coalesce(b.month, '') AS month, sum(b.lines) AS lines,
               coalesce((SELECT r.lines FROM temp.report_risk AS r
                          WHERE r.grouped_by = 'month' AND coalesce(r.name, '') = coalesce(b.month, '')), 0) AS risk
          FROM main.audit_billed AS b WHERE b.run_id = (SELECT run_id FROM temp.report_run)
         GROUP BY 1 ORDER BY 1 DESC LIMIT 24)
 ORDER BY month;
SELECT printf('    and %,d months before', months - 24)
  FROM (SELECT count(DISTINCT coalesce(month, '')) AS months FROM main.audit_billed
         WHERE run_id = (SELECT run_id FROM temp.report_run)) WHERE months > 24;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM main.audit_billed WHERE run_id = (SELECT run_id FROM temp.report_run));

-- --- caps and authorizations -----------------------------------------------------------

SELECT char(10) || 'SESSIONS OVER CAP, * where prior authorization does not cover them' || char(10);
SELECT printf('    %-18s %-10s %-24s %5s %10s %s', 'cap', 'member', 'period', 'over', 'authorized', 'first past it');
SELECT printf('    %-18s %-10s %-24s %5d %10d %s %s', cap_id, member_id, coalesce(period_start || ' .. ' || period_end, 'ever'),
              units_over, authorized_units, first_day, CASE WHEN authorized_units < units_over THEN '*' ELSE '' END)
  FROM main.audit_cap_over WHERE run_id = (SELECT run_id FROM temp.report_run)
 ORDER BY units_over - authorized_units DESC, cap_id, member_id, first_day LIMIT 20;
SELECT printf('    and %d more', periods - 20)
  FROM (SELECT count(*) AS periods FROM main.audit_cap_over WHERE run_id = (SELECT run_id FROM temp.report_run)) WHERE periods > 20;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM main.audit_cap_over WHERE run_id = (SELECT run_id FROM temp.report_run));

SELECT char(10) || 'CAPS AND AUTHORIZATIONS OVER, REACHED OR NEAR on the day of the audit' || char(10);
SELECT printf('    %-8s %-20s %-10s %5s %5s %11s %-10s %s', 'state', 'cap or authorization', 'member', 'used', 'of', 'authorized', 'runs out',
              'authorized to')
 WHERE EXISTS (SELECT 1 FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.report_run));
SELECT printf('    %-8s %-20.20s %-10s %5d %5s %11s %-10s %s', status, coalesce(cap_id, prior_auth_number), coalesce(member_id, rendering_npi),
              units_used, coalesce(cap, ''), coalesce(authorized_left, ''), coalesce(runs_out_on, ''), coalesce(auth_end, ''))
  FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.report_run)
 ORDER BY CASE status WHEN 'over' THEN 1 WHEN 'reached' THEN 2 ELSE 3 END, coalesce(runs_out_on, auth_end, '9999'), member_id, cap_id
 LIMIT 20;
SELECT printf('    and %d more', n - 20)
  FROM (SELECT count(*) AS n FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.report_run)) WHERE n > 20;
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.report_run));

-- --- what was not judged -----------------------------------------------------------------

SELECT char(10) || 'NOT JUDGED, or not by a policy of the payer' || char(10);
SELECT printf('    %7s %11s', 'lines', 'dollars');
-- (A reason of several lines is cut where a word ends.)
WITH RECURSIVE reason (n, lines, dollars, reason) AS (
  SELECT row_number() OVER (ORDER BY CASE what WHEN 'line' THEN 1 WHEN 'cap' THEN 2 ELSE 3 END, lines DESC, reason), lines, dollars,
         CASE what WHEN 'line' THEN '' WHEN 'cap' THEN 'counts towards no cap: ' ELSE 'not compared: ' END || reason
    FROM main.audit_not_judged WHERE run_id = (SELECT run_id FROM temp.report_run)
), piece (n, k, line, rest) AS (
  SELECT n, 0, '', reason FROM reason WHERE n <= 30
  UNION ALL
  SELECT n, k + 1,
         CASE WHEN length(rest) <= 73 THEN rest
              ELSE coalesce(nullif(rtrim(rtrim(substr(rest, 1, 74), replace(substr(rest, 1, 74), ' ', ''))), ''),
                            substr(rest, 1, 73)) END,
         ltrim(substr(rest, 1 + length(
         CASE WHEN length(rest) <= 73 THEN rest
              ELSE coalesce(nullif(rtrim(rtrim(substr(rest, 1, 74), replace(substr(rest, 1, 74), ' ', ''))), ''),
                            substr(rest, 1, 73)) END)))
    FROM piece WHERE rest <> ''
)
SELECT CASE k WHEN 1 THEN printf('    %,7d %11s  ', lines, CASE WHEN dollars IS NULL THEN '' ELSE printf('%,d', round(dollars)) END)
              ELSE printf('%25s', '') END || line
  FROM piece JOIN reason USING (n) WHERE k > 0 ORDER BY n, k;
SELECT printf('    and %d more reasons', n - 30)
  FROM (SELECT count(*) AS n FROM main.audit_not_judged WHERE run_id = (SELECT run_id FROM temp.report_run)) WHERE n > 30;
SELECT substr(printf('    rule %s: %s', rule, missing), 1, 100) FROM main.audit_rule
 WHERE run_id = (SELECT run_id FROM temp.report_run) AND missing IS NOT NULL ORDER BY place;
SELECT '    nothing'
 WHERE NOT EXISTS (SELECT 1 FROM main.audit_not_judged WHERE run_id = (SELECT run_id FROM temp.report_run))
   AND NOT EXISTS (SELECT 1 FROM main.audit_rule WHERE run_id = (SELECT run_id FROM temp.report_run) AND missing IS NOT NULL);

-- --- policies ------------------------------------------------------------------------------

SELECT char(10) || 'POLICIES TO LOOK AT' || char(10);
SELECT printf('    %s: ', payers) || char(10)
       || CASE WHEN length(note) <= 92 THEN '      ' || note
               ELSE '      ' || trim(head) || char(10) || '      ' || substr(note, length(head) + 1) END
  FROM (SELECT payers, note, rtrim(substr(note, 1, 93), replace(substr(note, 1, 93), ' ', '')) AS head
          FROM (SELECT group_concat(payer_id || ' ' || coalesce(hcpcs_code, ''), ', ') AS payers, note
                  FROM (SELECT DISTINCT payer_id, hcpcs_code, note FROM main.audit_policy_note
                         WHERE run_id = (SELECT run_id FROM temp.report_run) ORDER BY payer_id, hcpcs_code)
                 GROUP BY note));
SELECT '    none' WHERE NOT EXISTS (SELECT 1 FROM main.audit_policy_note WHERE run_id = (SELECT run_id FROM temp.report_run));
SELECT '';

DROP TABLE temp.report_risk;
DROP TABLE temp.report_run;
COMMIT;
