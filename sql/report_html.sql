-- report_html.sql: a stored run as one page for people: what to fix first, what payers
-- answered, caps, risk, every rule with its remedy, and what was not judged.
--
--   sqlite3 audit.db '.read sql/report_html.sql' > audit.html
--
-- Needs:  a run that audit.sql stored; not the extension.  .parameter set :run 7 before it
--         for another run than the last.
-- Makes:  one HTML page on standard output that holds everything it shows: no script,
--         nothing fetched (its Content-Security-Policy forbids both).  Light and dark, for
--         a phone, a desk and paper; no chart tells anything by colour alone; every list
--         says how much more there is.  It shows members: treat it as the database itself.
--
-- How: each table of the page is a section with a kind for each column, and its rows
-- are JSON arrays.  One SELECT at the end turns all of it into HTML, and is the one
-- place where data is escaped.

.bail on
.headers off
.mode list

BEGIN;   -- one moment for everything that is shown

DROP TABLE IF EXISTS temp.page_run;
DROP TABLE IF EXISTS temp.page_section;
DROP TABLE IF EXISTS temp.page_row;
DROP TABLE IF EXISTS temp.page_risk;
DROP TABLE IF EXISTS temp.page_billed;
DROP TABLE IF EXISTS temp.page_month;
DROP TABLE IF EXISTS temp.page_work;
DROP TABLE IF EXISTS temp.page_line;
DROP TABLE IF EXISTS temp.page_stop;

-- --- what is read ---------------------------------------------------------------------

CREATE TEMP TABLE page_run AS
SELECT * FROM main.audit_run WHERE run_id = coalesce(:run, (SELECT max(run_id) FROM main.audit_run));
CREATE TEMP TABLE page_stop (what);
CREATE TEMP TRIGGER page_stops BEFORE INSERT ON page_stop
BEGIN
  SELECT RAISE(ROLLBACK, 'report_html.sql: no such run is stored; read audit.sql first');
END;
INSERT INTO temp.page_stop SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM temp.page_run);
DROP TABLE temp.page_stop;

CREATE TEMP TABLE page_risk AS SELECT * FROM main.audit_risk WHERE run_id = (SELECT run_id FROM temp.page_run);
CREATE TEMP TABLE page_billed AS
SELECT * FROM main.audit_billed WHERE run_id = (SELECT run_id FROM temp.page_run);

-- What to fix, the gravest and dearest first; line: its place in that order.
CREATE TEMP TABLE page_work AS
SELECT row_number() OVER (ORDER BY severity, dollars DESC, last_day, claim_id, claim_line_number) AS line, *
  FROM main.audit_work WHERE run_id = (SELECT run_id FROM temp.page_run);
CREATE INDEX temp.page_work_key ON page_work (claim_id, claim_line_number);

-- Of each rule the dearest lines, and those of the first list, which link to them.
CREATE TEMP TABLE page_line AS
SELECT *
  FROM (SELECT f.rule AS broken, f.message, w.*, row_number() OVER (PARTITION BY f.rule ORDER BY w.line) AS n,
               count(*) OVER (PARTITION BY f.rule) AS of_rule
          FROM main.audit_finding AS f
          CROSS JOIN temp.page_work AS w ON w.claim_id = f.claim_id AND w.claim_line_number = f.claim_line_number
         WHERE f.run_id = (SELECT run_id FROM temp.page_run) AND f.status IN ('new', 'open'))
 WHERE n <= 12 OR line <= 50 AND rule = broken;

-- The twelve months up to the last with a line.
CREATE TEMP TABLE page_month AS
WITH RECURSIVE m (i, month) AS (
  SELECT 0, strftime('%Y-%m', max(month) || '-01', '-11 months') FROM temp.page_billed
  UNION ALL
  SELECT i + 1, strftime('%Y-%m', month || '-01', '+1 month') FROM m WHERE i < 11 AND month IS NOT NULL
)
SELECT i, month,
       (SELECT total(lines) FROM temp.page_billed AS b WHERE b.month = m.month) AS judged,
       (SELECT total(dollars) FROM temp.page_billed AS b WHERE b.month = m.month) AS billed,
       (SELECT total(lines) FROM temp.page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS lines,
       (SELECT total(dollars) FROM temp.page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS dollars,
       (SELECT total(unpaid_at_risk) FROM temp.page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS unpaid,
       (SELECT total(paid_at_risk) FROM temp.page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS paid
  FROM m WHERE month IS NOT NULL;

-- --- what is shown ----------------------------------------------------------------------

-- form: section, a table under a heading; open, the same that others follow in; details,
-- one of those; close.  kinds: text, person, word (unbroken), code, rule, number, dollars, percent,
-- day, share (JSON: the share, and the volume behind it), used (JSON: the share used, and a
-- word).  A row's href is the first cell's, its anchor the row's own.
CREATE TEMP TABLE page_section (section REAL PRIMARY KEY, form, id, title, note, heads, kinds, if_empty, more);
CREATE TEMP TABLE page_row (section REAL, r, cells, href, anchor);

-- 1. What to fix first.
INSERT INTO temp.page_section VALUES (1, 'section', 'fix', 'What to fix first',
  'The lines with the gravest findings and the most dollars. Each claim links to what is amiss with it.',
  '["Claim and line", "Day", "Payer", "Client", "Clinician", "Dollars", "Paid?", "Last day", "to", "Who", "What first"]',
  '["code", "day", "text", "text", "person", "dollars", "word", "day", "word", "word", "text"]', 'Nothing is to be fixed.',
  (SELECT CASE WHEN count(*) > 50 THEN printf('And %,d more lines, $%,d: sql/work_list.sql writes all of them as a table for a spreadsheet.',
                                              count(*) - 50, round(total(CASE WHEN line > 50 THEN dollars END))) END FROM temp.page_work));
INSERT INTO temp.page_row
SELECT 1, line, json_array(claim_id || ' / ' || claim_line_number, service_date, coalesce(payer, payer_id),
                           coalesce(member, member_id), coalesce(provider, rendering_npi), dollars, money,
                           last_day, coalesce(last_day_to, ''), owner, remedy),
       '#f' || line, NULL
  FROM temp.page_work WHERE line <= 50;

-- 2. What payers answered.
INSERT INTO temp.page_section VALUES (2, 'open', 'answers', 'What was denied, and what was predicted',
  'Lines with an error that a payer would deny, and the others, beside what their payers answered since.',
  '["Lines", "Denied", "Paid", "Nothing due", "Awaiting an answer"]', '["text", "number", "number", "number", "number"]',
  'No remittance is matched to a line yet (intake_835.sql).',
  (SELECT CASE WHEN count(DISTINCT remittance) > 0
               THEN printf('%,d remittances match no line for sure: the table remittance_problem names them.', count(DISTINCT remittance)) END
     FROM main.remittance_problem));
INSERT INTO temp.page_row
SELECT 2, -predicted, json_array(CASE predicted WHEN 1 THEN 'with an error' ELSE 'without' END, sum(outcome = 'denied'),
                                 sum(outcome = 'paid'), sum(outcome = 'nothing_due'), sum(outcome = 'awaiting')), NULL, NULL
  FROM main.prediction WHERE EXISTS (SELECT 1 FROM main.remittance_line) GROUP BY predicted;
INSERT INTO temp.page_section VALUES (2.1, 'sub', 'accuracy', 'How the rules stood the test',
  'A rule is right where its line was denied for a reason that is the rule''s own.',
  '["Rule", "Lines", "Answered", "Denied for it", "Share"]', '["rule", "number", "number", "number", "percent"]',
  'No line with a finding was answered yet.',
  (SELECT CASE WHEN count(*) > 15 THEN printf('And %,d more rules.', count(*) - 15) END
     FROM (SELECT rule FROM main.rule_accuracy GROUP BY rule HAVING sum(answered) > 0)));
INSERT INTO temp.page_row
SELECT 2.1, row_number() OVER (ORDER BY right DESC, answered DESC, rule), json_array(rule, lines, answered, right, 1.0 * right / answered),
       CASE WHEN rule IN (SELECT broken FROM temp.page_line) THEN '#rule-' || replace(rule, '.', '-') END, NULL
  FROM (SELECT rule, sum(lines) AS lines, sum(answered) AS answered, sum(right) AS right FROM main.rule_accuracy
         GROUP BY rule HAVING sum(answered) > 0 ORDER BY sum(right) DESC, sum(answered) DESC, rule LIMIT 15);
INSERT INTO temp.page_section VALUES (2.2, 'sub', 'unpredicted', 'Denials that nobody predicted',
  'By reason code (CARC) and payer: what a rule or a policy might learn.',
  '["Reason", "Payer", "Lines", "Dollars", "For example"]', '["word", "text", "number", "dollars", "code"]',
  'Every denial so far was predicted, or there is none.',
  (SELECT CASE WHEN count(*) > 15 THEN printf('And %,d more reasons.', count(*) - 15) END
     FROM (SELECT 1 FROM main.denial_unpredicted GROUP BY carc, payer_id)));
INSERT INTO temp.page_row
SELECT 2.2, row_number() OVER (ORDER BY amount DESC, carc, payer_id), json_array('CARC ' || carc, payer, lines, amount, example), NULL, NULL
  FROM (SELECT d.carc, d.payer_id, coalesce(p.name, d.payer_id) AS payer, count(*) AS lines, total(d.amount) AS amount,
               min(d.claim_id) AS example
          FROM main.denial_unpredicted AS d LEFT JOIN main.payer AS p ON p.payer_id = d.payer_id
         GROUP BY d.carc, d.payer_id ORDER BY total(d.amount) DESC, d.carc, d.payer_id LIMIT 15);
INSERT INTO temp.page_section VALUES (2.9, 'close', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- 3. Caps and authorizations.
INSERT INTO temp.page_section VALUES (3, 'open', 'caps', 'Caps: over, reached, near',
  'On the day of the audit. Near: four fifths are used, or it runs out within three weeks. Ask the payer before the next session.',
  '["Client", "Cap", "Used", "Of", "Authorized besides", "State", "Runs out", "Last session"]',
  '["text", "text", "used", "number", "number", "word", "day", "day"]', 'No cap is over, reached or near.',
  (SELECT CASE WHEN count(*) > 25 THEN printf('And %,d more (audit_cap_left).', count(*) - 25) END
     FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.page_run) AND cap_id IS NOT NULL));
INSERT INTO temp.page_row
SELECT 3, n, json_array(client, cap_id, json_array(1.0 * units_used / max(cap + coalesce(authorized_left, 0), units_used, 1), units_used),
                        cap, authorized_left, status, runs_out_on, last_service_date), NULL, NULL
  FROM (SELECT l.*, coalesce(m.name, l.member_id, l.rendering_npi) AS client,
               row_number() OVER (ORDER BY CASE status WHEN 'over' THEN 1 WHEN 'reached' THEN 2 ELSE 3 END,
                                           coalesce(runs_out_on, '9999'), l.member_id, cap_id, period_start) AS n
          FROM main.audit_cap_left AS l LEFT JOIN main.member AS m ON m.member_id = l.member_id
         WHERE l.run_id = (SELECT run_id FROM temp.page_run) AND l.cap_id IS NOT NULL) WHERE n <= 25;
INSERT INTO temp.page_section VALUES (3.1, 'sub', 'authorizations', 'Authorizations to renew', NULL,
  '["Authorization", "Client", "Payer", "Ends", "Used", "Left", "State"]',
  '["code", "text", "text", "day", "number", "number", "word"]', 'None is about to end or used up.',
  (SELECT CASE WHEN count(*) > 25 THEN printf('And %,d more (audit_cap_left).', count(*) - 25) END
     FROM main.audit_cap_left WHERE run_id = (SELECT run_id FROM temp.page_run) AND prior_auth_number IS NOT NULL));
INSERT INTO temp.page_row
SELECT 3.1, n, json_array(prior_auth_number, client, payer, auth_end, units_used, authorized_left, status), NULL, NULL
  FROM (SELECT l.*, coalesce(m.name, l.member_id) AS client, coalesce(p.name, l.payer_id) AS payer,
               row_number() OVER (ORDER BY coalesce(auth_end, '9999'), prior_auth_number, l.member_id, cap_id) AS n
          FROM main.audit_cap_left AS l LEFT JOIN main.member AS m ON m.member_id = l.member_id
          LEFT JOIN main.payer AS p ON p.payer_id = l.payer_id
         WHERE l.run_id = (SELECT run_id FROM temp.page_run) AND l.prior_auth_number IS NOT NULL) WHERE n <= 25;
INSERT INTO temp.page_section VALUES (3.2, 'sub', 'past', 'Members past a cap in any period',
  'Units past it, and how many of them an authorization covers.',
  '["Client", "Cap", "Period", "Past it", "Authorized", "Not covered", "First past it"]',
  '["text", "text", "text", "number", "number", "number", "day"]', 'No session passes a cap.',
  (SELECT CASE WHEN count(*) > 20 THEN printf('And %,d more (audit_cap_over).', count(*) - 20) END
     FROM main.audit_cap_over WHERE run_id = (SELECT run_id FROM temp.page_run)));
INSERT INTO temp.page_row
SELECT 3.2, n, json_array(client, cap_id, coalesce(period_start || ' to ' || period_end, 'ever'), units_over, authorized_units,
                          units_over - authorized_units, first_day), NULL, NULL
  FROM (SELECT o.*, coalesce(m.name, o.member_id, o.rendering_npi) AS client,
               row_number() OVER (ORDER BY units_over - authorized_units DESC, cap_id, o.member_id, first_day) AS n
          FROM main.audit_cap_over AS o LEFT JOIN main.member AS m ON m.member_id = o.member_id
         WHERE o.run_id = (SELECT run_id FROM temp.page_run)) WHERE n <= 20;
INSERT INTO temp.page_section VALUES (3.9, 'close', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- 4. Risk.
INSERT INTO temp.page_section VALUES (4, 'open', 'risk', 'Risk by payer',
  'The mark is the share of the dollars billed that is at risk; the pale bar behind it is how much was billed, beside the largest. Unpaid: what a payer may deny. Paid: what it may take back.',
  '["Payer", "Share at risk", "Share", "Lines", "Billed", "Unpaid at risk", "Paid at risk"]',
  '["text", "share", "percent", "number", "dollars", "dollars", "dollars"]', 'Nothing is at risk.',
  (SELECT CASE WHEN count(*) > 12 THEN printf('And %,d more payers.', count(*) - 12) END FROM temp.page_risk WHERE grouped_by = 'payer'));
INSERT INTO temp.page_row
SELECT 4, n, json_array(name, json_array(dollars / nullif(billed, 0), billed / max(max(billed) OVER (), 0.01)),
                        dollars / nullif(billed, 0), lines, billed, unpaid_at_risk, paid_at_risk), NULL, NULL
  FROM (SELECT coalesce(p.name, r.name, '(no payer)') AS name, r.dollars, r.lines, r.unpaid_at_risk, r.paid_at_risk,
               (SELECT total(dollars) FROM temp.page_billed AS b WHERE b.payer_id IS r.name) AS billed,
               row_number() OVER (ORDER BY r.unpaid_at_risk + r.paid_at_risk DESC, r.name) AS n
          FROM temp.page_risk AS r LEFT JOIN main.payer AS p ON p.payer_id = r.name
         WHERE r.grouped_by = 'payer') WHERE n <= 12;
INSERT INTO temp.page_section VALUES (4.1, 'sub', 'providers', 'Risk by clinician', NULL,
  '["Clinician", "Share at risk", "Share", "Lines", "Billed", "Unpaid at risk", "Paid at risk"]',
  '["text", "share", "percent", "number", "dollars", "dollars", "dollars"]', 'Nothing is at risk.',
  (SELECT CASE WHEN count(*) > 12 THEN printf('And %,d more clinicians.', count(*) - 12) END FROM temp.page_risk WHERE grouped_by = 'provider'));
INSERT INTO temp.page_row
SELECT 4.1, n, json_array(name, json_array(dollars / nullif(billed, 0), billed / max(max(billed) OVER (), 0.01)),
                          dollars / nullif(billed, 0), lines, billed, unpaid_at_risk, paid_at_risk), NULL, NULL
  FROM (SELECT coalesce(p.name, r.name, '(none)') AS name, r.dollars, r.lines, r.unpaid_at_risk, r.paid_at_risk,
               (SELECT total(dollars) FROM temp.page_billed AS b WHERE b.rendering_npi IS r.name) AS billed,
               row_number() OVER (ORDER BY r.unpaid_at_risk + r.paid_at_risk DESC, r.name) AS n
          FROM temp.page_risk AS r LEFT JOIN main.provider AS p ON p.rendering_npi = r.name
         WHERE r.grouped_by = 'provider') WHERE n <= 12;
INSERT INTO temp.page_section VALUES (4.2, 'sub', 'months', 'Risk by month of service',
  'The twelve months up to the last with a line.',
  '["Month", "Share at risk", "Share", "Lines", "Billed", "Unpaid at risk", "Paid at risk"]',
  '["word", "share", "percent", "number", "dollars", "dollars", "dollars"]', 'No line has a month.',
  (SELECT CASE WHEN total(lines) > 0 THEN printf('Not shown: %,d lines of other months or without a readable day.', total(lines)) END
     FROM temp.page_billed WHERE month IS NULL OR month NOT IN (SELECT month FROM temp.page_month)));
INSERT INTO temp.page_row
SELECT 4.2, i, json_array(month, json_array(dollars / nullif(billed, 0), billed / max(max(billed) OVER (), 0.01)),
                          dollars / nullif(billed, 0), lines, billed, unpaid, paid), NULL, NULL
  FROM temp.page_month;
INSERT INTO temp.page_section VALUES (4.9, 'close', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- 5. Every rule that is broken, and its lines.
INSERT INTO temp.page_section VALUES (5, 'open', 'rules', 'Findings by rule',
  'An error is what a payer would deny, a warning what a reviewer would ask. CARC is the reason code of the denial to expect. A line with several findings stands under each of its rules.',
  '["Rule", "Severity", "CARC", "Lines", "Unpaid at risk", "Paid at risk", "What is wrong"]',
  '["rule", "word", "word", "number", "dollars", "dollars", "text"]', 'No findings.', NULL);
INSERT INTO temp.page_row
SELECT 5, row_number() OVER (ORDER BY risk.dollars DESC, r.rule),
       json_array(r.rule, r.severity, r.carc, risk.lines, risk.unpaid_at_risk, risk.paid_at_risk, r.title),
       CASE WHEN r.rule IN (SELECT broken FROM temp.page_line) THEN '#rule-' || replace(r.rule, '.', '-') END, NULL
  FROM temp.page_risk AS risk JOIN main.audit_rule AS r ON r.rule = risk.name AND r.run_id = risk.run_id
 WHERE risk.grouped_by = 'rule';
INSERT INTO temp.page_section
SELECT 5 + n / 1000.0, 'details', 'rule-' || replace(rule, '.', '-'),
       printf('%s: %,d line%s', rule, of_rule, CASE of_rule WHEN 1 THEN '' ELSE 's' END), title || '. ' || coalesce(remedy, '')
         || coalesce(' Who: ' || owner || '.', ''),
       '["Claim and line", "Day", "Payer", "Client", "Dollars", "What is wrong"]',
       '["code", "day", "text", "text", "dollars", "text"]', NULL,
       CASE WHEN of_rule > shown THEN printf('And %,d more (audit_finding).', of_rule - shown) END
  FROM (SELECT r.rule, r.title, r.remedy, r.owner, l.of_rule, l.shown,
               row_number() OVER (ORDER BY r.severity, l.of_rule DESC, r.rule) AS n
          FROM (SELECT broken, max(of_rule) AS of_rule, count(*) AS shown FROM temp.page_line GROUP BY broken) AS l
          JOIN main.audit_rule AS r ON r.rule = l.broken AND r.run_id = (SELECT run_id FROM temp.page_run));
INSERT INTO temp.page_row
SELECT s.section, l.line, json_array(l.claim_id || ' / ' || l.claim_line_number, l.service_date, coalesce(l.payer, l.payer_id),
                                     coalesce(l.member, l.member_id), l.dollars, l.message), NULL,
       CASE WHEN l.line <= 50 AND l.rule = l.broken THEN 'f' || l.line END
  FROM temp.page_line AS l JOIN temp.page_section AS s ON s.id = 'rule-' || replace(l.broken, '.', '-');
INSERT INTO temp.page_section VALUES (5.9, 'close', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- 6. What was not judged, and why.
INSERT INTO temp.page_section VALUES (6, 'open', 'unjudged', 'What was not judged',
  'Nothing here is clean: it was not looked at, or not by a policy of its payer.',
  '["Why", "Lines", "Dollars"]', '["text", "number", "dollars"]', 'Everything was judged.',
  (SELECT CASE WHEN count(*) > 25 THEN printf('And %,d more reasons (audit_not_judged).', count(*) - 25) END
     FROM main.audit_not_judged WHERE run_id = (SELECT run_id FROM temp.page_run)));
INSERT INTO temp.page_row
SELECT 6, n, json_array(CASE what WHEN 'line' THEN '' WHEN 'cap' THEN 'counts towards no cap: ' ELSE 'not compared: ' END || reason,
                        lines, dollars), NULL, NULL
  FROM (SELECT *, row_number() OVER (ORDER BY CASE what WHEN 'line' THEN 1 WHEN 'cap' THEN 2 ELSE 3 END, lines DESC, reason) AS n
          FROM main.audit_not_judged WHERE run_id = (SELECT run_id FROM temp.page_run)) WHERE n <= 25;
INSERT INTO temp.page_section VALUES (6.1, 'sub', 'unjudged-rules', 'Rules that nothing could break', NULL,
  '["Rule", "What it misses"]', '["rule", "text"]', 'Every rule was judged.', NULL);
INSERT INTO temp.page_row
SELECT 6.1, place, json_array(rule, missing), NULL, NULL FROM main.audit_rule
 WHERE run_id = (SELECT run_id FROM temp.page_run) AND missing IS NOT NULL;
INSERT INTO temp.page_section VALUES (6.2, 'sub', 'policies', 'Policies to look at',
  'Where a policy overlaps another, or departs from the code set.',
  '["Payer", "Code", "Remark"]', '["text", "word", "text"]', 'None.',
  (SELECT CASE WHEN count(*) > 25 THEN printf('And %,d more (audit_policy_note).', count(*) - 25) END
     FROM (SELECT note FROM main.audit_policy_note WHERE run_id = (SELECT run_id FROM temp.page_run) GROUP BY hcpcs_code, note)));
INSERT INTO temp.page_row
SELECT 6.2, row_number() OVER (ORDER BY hcpcs_code, note), json_array(payers, hcpcs_code, note), NULL, NULL
  FROM (SELECT group_concat(name, ', ') AS payers, hcpcs_code, note
          FROM (SELECT DISTINCT coalesce(p.name, n.payer_id) AS name, n.hcpcs_code, n.note
                  FROM main.audit_policy_note AS n LEFT JOIN main.payer AS p ON p.payer_id = n.payer_id
                 WHERE n.run_id = (SELECT run_id FROM temp.page_run) ORDER BY 1)
         GROUP BY hcpcs_code, note ORDER BY hcpcs_code, note LIMIT 25);
INSERT INTO temp.page_section VALUES (6.9, 'close', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- 7. How it was computed.
INSERT INTO temp.page_section VALUES (7, 'section', 'how', 'How this was computed', NULL,
  '["What", "Value"]', '["text", "text"]', NULL, NULL);
INSERT INTO temp.page_row
SELECT 7, 1, json_array('Run', printf('%d, started %s, as of %s', run_id, started_at, as_of)), NULL, NULL FROM temp.page_run
UNION ALL SELECT 7, 2, json_array('Extension', 'h2040 ' || version), NULL, NULL FROM temp.page_run
UNION ALL
SELECT 7, 3, json_array('Source ' || name, printf('%,d %s, read %s, %,d problems', rows, kind, read_at, problems)), NULL, NULL
  FROM main.intake_log WHERE rowid IN (SELECT max(rowid) FROM main.intake_log GROUP BY name)
UNION ALL
SELECT 7, 4, json_array('Files of kind ' || kind, printf('%,d, %,d rows, the last read %s', count(*), sum(rows), max(read_at))), NULL, NULL
  FROM main.intake_file GROUP BY kind
UNION ALL
SELECT 7, 5, json_array('Setting ' || setting, coalesce(value, 'today') || ' (' || meaning || ')'), NULL, NULL FROM main.audit_setting
UNION ALL
SELECT 7, 6, json_array('Fields not kept', fields), NULL, NULL
  FROM (SELECT group_concat(field, ', ') AS fields FROM main.field_not_kept) WHERE fields IS NOT NULL
UNION ALL
SELECT 7, 7, json_array('Codes', codes), NULL, NULL
  FROM (SELECT group_concat(printf('%s: %,d line%s, %s', coalesce(hcpcs_code, '(none)'), lines,
                                   CASE lines WHEN 1 THEN '' ELSE 's' END, coalesce(reason, '')), '; ') AS codes
          FROM (SELECT hcpcs_code, lines, reason FROM main.audit_code WHERE run_id = (SELECT run_id FROM temp.page_run)
                 ORDER BY lines DESC, hcpcs_code LIMIT 20)) WHERE codes IS NOT NULL;

-- --- the page ------------------------------------------------------------------------------

SELECT '<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''; img-src data:">
<link rel="icon" href="data:,">
<title>H2040 audit as of ' || date(as_of) || '</title>
<style>
  :root { --ink: #1b1f24; --quiet: #4d5661; --line: #d0d7de; --ground: #ffffff; --card: #f6f8fa; --mark: #0b5c8c;
          --volume: #c3d3df; --link: #0a4f79; --bad: #a40e26; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ecf0; --quiet: #a9b4c0; --line: #3a444f; --ground: #12161b; --card: #1b2128; --mark: #6cb6e8;
            --volume: #34495a; --link: #8ccaf2; --bad: #ff9aa5; }
  }
  * { box-sizing: border-box; }
  html { scroll-behavior: auto; }
  body { margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 76rem; color: var(--ink); background: var(--ground);
         font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: break-word; }
  h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
  h2 { font-size: 1.3rem; margin: 0 0 .25rem; }
  h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
  a { color: var(--link); }
  section { margin-top: 2.5rem; }
  p { margin: .25rem 0 .75rem; color: var(--quiet); max-width: 48rem; }
  nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 0; padding: 0; }
  dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; }
  dl div { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; background: var(--card); }
  dt { color: var(--quiet); font-size: .875rem; }
  dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
  dd small { display: block; font-size: .875rem; color: var(--quiet); }
  table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
  caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
           font-weight: normal; }
  thead th { color: var(--quiet); font-size: .8125rem; border-bottom: 2px solid var(--line); vertical-align: bottom; }
  .number, .dollars, .percent { text-align: right; }
  .number, .dollars, .percent, .word, .rule, .day { white-space: nowrap; }
  .text, .code, .person { overflow-wrap: anywhere; }
  tbody .code, tbody .rule { font-family: ui-monospace, "Liberation Mono", monospace; font-size: .8125rem; }
  tbody .code { min-width: 6rem; }
  td.text { min-width: 6rem; } td.person { min-width: 6.8rem; }
  td.share, td.used { width: 22%; min-width: 7rem; vertical-align: middle; }
  td svg { display: block; width: 100%; height: .9rem; }
  .ground { fill: var(--card); stroke: var(--line); stroke-width: .5; } .volume { fill: var(--volume); } .mark { fill: var(--mark); }
  details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
  summary { cursor: pointer; }
  summary strong { font-weight: 600; }
  summary span { display: block; color: var(--quiet); font-size: .9375rem; max-width: 60rem; }
  tr:target, details:target { outline: 2px solid var(--mark); }
  @media screen and (max-width: 56rem) {
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    table, tbody, tr, th, td { display: block; width: auto; }
    tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
    th, td, td.share, td.used, td.text, td.person { display: flex; gap: 1rem; justify-content: space-between; width: auto; min-width: 0; padding: .1rem 0;
                               border: 0; text-align: right; white-space: normal; }
    tbody th { display: block; text-align: left; font-weight: 600; }
    td::before { content: attr(data-head); color: var(--quiet); flex: 0 0 auto; text-align: left; max-width: 45%; }
    td.share svg, td.used svg { width: 55%; align-self: center; }
    td.long { display: block; text-align: left; }
    td.long::before { display: block; max-width: none; }
  }
  @media print {
    :root { --ink: #000; --quiet: #333; --line: #bbb; --ground: #fff; --card: #fff; --mark: #0b5c8c; --volume: #c3d3df; --link: #000; }
    @page { margin: 10mm; }
    body { max-width: none; padding: 0; font-size: 8pt; line-height: 1.22; }
    nav { display: none; }
    section { margin-top: 1rem; }
    table { font-size: 7pt; } tbody .code, tbody .rule, thead th { font-size: 6.5pt; }
    dd { font-size: 1.1rem; } dd small, dt { font-size: 7pt; } dl div { padding: .3rem .5rem; } h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; } h3 { font-size: .9rem; margin-top: .7rem; }
    th, td { padding: .07rem .25rem; } tbody .code, td.text, td.person { min-width: 0; }
    td.share, td.used { width: 15%; min-width: 4rem; }
    tr, dl, details { break-inside: avoid; }
    details { padding: .1rem 0; } summary { list-style: none; } summary span { font-size: 7pt; display: inline; }
    h2, h3, h2 + p, h3 + p { break-after: avoid; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
</style>
</head>
<body>
<header>
<h1>H2040 audit as of ' || date(as_of) || '</h1>
<p>Run ' || run_id || ', ' || replace(replace(version, '&', '&amp;'), '<', '&lt;') || '</p>'
  FROM temp.page_run;

SELECT printf('<dl>
<div><dt>To fix first</dt><dd>%,d lines<small>with %,d findings, %,d new</small></dd></div>
<div><dt>Unpaid at risk</dt><dd>$%,d<small>may be denied</small></dd></div>
<div><dt>Paid at risk</dt><dd>$%,d<small>may be taken back</small></dd></div>
<div><dt>Share at risk</dt><dd>%.1f%%<small>$%,d of $%,d billed</small></dd></div>
<div><dt>Lines judged</dt><dd>%,d<small>of %,d, by a policy of their payer</small></dd></div>
<div><dt>Findings waived</dt><dd>%,d<small>with a reason on file</small></dd></div>
</dl>', work.lines, work.findings, new.n, round(coalesce(run.unpaid_at_risk, 0)), round(coalesce(run.paid_at_risk, 0)),
              100.0 * risk.dollars / max(billed.dollars, 1), round(risk.dollars), round(billed.dollars), run.lines_judged,
              run.lines_seen, waived.n)
  FROM temp.page_run AS run,
       (SELECT count(*) AS lines, coalesce(sum(findings), 0) AS findings FROM temp.page_work) AS work,
       (SELECT count(*) AS n FROM main.audit_finding WHERE run_id = (SELECT run_id FROM temp.page_run) AND status = 'new') AS new,
       (SELECT total(dollars) AS dollars FROM temp.page_risk WHERE grouped_by = 'total') AS risk,
       (SELECT total(findings) AS n FROM temp.page_risk WHERE grouped_by = 'waived') AS waived,
       (SELECT total(dollars) AS dollars FROM temp.page_billed) AS billed;
SELECT printf('<p>%,d charges cannot be read, and are in no sum.</p>', charges_unread) FROM temp.page_run WHERE charges_unread > 0;

SELECT '<nav aria-label="Contents"><ul>' || group_concat(printf('<li><a href="#%s">%s</a></li>', id, title), '') || '</ul></nav>
</header>
<main>'
  FROM (SELECT id, title FROM temp.page_section WHERE form IN ('section', 'open') ORDER BY section);

SELECT html FROM (
  SELECT section, 1 AS part, 0 AS r, 0 AS c,
         CASE form
           WHEN 'close' THEN '</section>'
           WHEN 'details'
             THEN printf('<details id="%s"><summary><strong>%s</strong> <span>%s</span></summary>',
                         replace(replace(id, '&', '&amp;'), '"', '&quot;'),
                         replace(replace(title, '&', '&amp;'), '<', '&lt;'), replace(replace(note, '&', '&amp;'), '<', '&lt;'))
           WHEN 'sub' THEN printf('<h3 id="%s">%s</h3>', id, title) || coalesce(char(10) || '<p>' || note || '</p>', '')
           ELSE printf('<section id="%s" aria-labelledby="%s-title">%s<h2 id="%s-title">%s</h2>', id, id, char(10), id, title)
                || coalesce(char(10) || '<p>' || note || '</p>', '')
         END AS html
    FROM temp.page_section
  UNION ALL
  SELECT section, 3, 0, 0, printf('<table><caption>%s</caption><thead><tr>', replace(replace(title, '&', '&amp;'), '<', '&lt;'))
    FROM temp.page_section WHERE section IN (SELECT section FROM temp.page_row)
  UNION ALL
  SELECT section, 3, 0, h.key + 1,
         printf('<th scope="col" class="%s">%s</th>', json_extract(kinds, '$[' || h.key || ']'), h.value)
    FROM temp.page_section, temp.json_each(heads) AS h WHERE section IN (SELECT section FROM temp.page_row)
  UNION ALL
  SELECT section, 4, -1e18, 0, '</tr></thead><tbody>' FROM temp.page_section WHERE section IN (SELECT section FROM temp.page_row)

  -- The cells: the one place where data becomes HTML.
  UNION ALL
  SELECT section, 4, r, n + c / 100.0,
         CASE c WHEN 0 THEN CASE WHEN anchor IS NULL THEN '<tr>' ELSE printf('<tr id="%s">', anchor) END ELSE '' END
         || CASE
              WHEN kind IN ('share', 'used')
                THEN printf('<td class="%s" data-head="%s">', kind, head)
                     || CASE WHEN json_extract(value, '$[0]') IS NULL THEN '&ndash;'
                             ELSE printf('<svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="%s">'
                                         || '<rect class="ground" width="100" height="8"/>'
                                         || CASE kind WHEN 'share' THEN '<rect class="volume" width="%.1f" height="8"/>' ELSE '%.0s' END
                                         || '<rect class="mark" y="2" width="%.1f" height="4"/></svg>%s',
                                         CASE kind WHEN 'share' THEN printf('%.1f%% at risk', 100 * json_extract(value, '$[0]'))
                                                   ELSE printf('%.0f%% used', 100 * json_extract(value, '$[0]')) END,
                                         CASE kind WHEN 'share' THEN 100 * json_extract(value, '$[1]') ELSE '' END,
                                         min(100 * json_extract(value, '$[0]'), 100),
                                         CASE kind WHEN 'used' THEN printf('%,d', json_extract(value, '$[1]')) ELSE '' END) END
                     || '</td>'
              ELSE CASE c WHEN 0 THEN printf('<th scope="row" class="%s">', kind)
                          ELSE printf('<td class="%s%s" data-head="%s">',
                                      CASE WHEN kind IN ('day', 'word') AND length(value) > 16 THEN 'text' ELSE kind END,
                                      CASE WHEN length(value) > 24 THEN ' long' ELSE '' END, head) END
                || CASE WHEN c = 0 AND href IS NOT NULL
                        THEN printf('<a href="%s">', replace(replace(href, '&', '&amp;'), '"', '&quot;')) ELSE '' END
                || coalesce(CASE WHEN value IS NULL THEN NULL ELSE CASE kind
                                      WHEN 'dollars' THEN printf('$%,d', round(value))
                                      WHEN 'percent' THEN printf('%.1f%%', 100.0 * value)
                                      WHEN 'number'  THEN printf('%,d', value)
                                      ELSE replace(replace(replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
                                                   '"', '&quot;') END END, '&ndash;')
                || CASE WHEN c = 0 AND href IS NOT NULL THEN '</a>' ELSE '' END
                || CASE c WHEN 0 THEN '</th>' ELSE '</td>' END
            END
         || CASE c WHEN json_array_length(cells) - 1 THEN '</tr>' ELSE '' END
    FROM (SELECT section, r, n, cells, href, anchor, cell.key AS c, cell.value,
                 json_extract(kinds, '$[' || cell.key || ']') AS kind, json_extract(heads, '$[' || cell.key || ']') AS head
            FROM (SELECT *, row_number() OVER () AS n FROM temp.page_row) JOIN temp.page_section USING (section),
                 temp.json_each(cells) AS cell)

  UNION ALL
  SELECT section, 5, 0, 0,
         CASE WHEN section IN (SELECT section FROM temp.page_row) THEN '</tbody></table>'
              ELSE coalesce('<p>' || if_empty || '</p>', '') END
         || coalesce(char(10) || '<p>' || more || '</p>', '')
         || CASE form WHEN 'section' THEN char(10) || '</section>' WHEN 'details' THEN char(10) || '</details>' ELSE '' END
    FROM temp.page_section WHERE form <> 'close'
)
ORDER BY section, part, r, c;

SELECT '</main>
</body>
</html>';

DROP TABLE temp.page_section;
DROP TABLE temp.page_row;
DROP TABLE temp.page_risk;
DROP TABLE temp.page_billed;
DROP TABLE temp.page_month;
DROP TABLE temp.page_work;
DROP TABLE temp.page_line;
DROP TABLE temp.page_run;
COMMIT;
