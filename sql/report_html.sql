-- report_html.sql: the audit as one page for people: charts, tables, remedies.
--
--   sqlite3 -cmd '.load build/h2040' billing.db '.read sql/report_html.sql' > audit.html
--
-- Needs:  schema.sql, views.sql, and lines to judge.
-- Makes:  one HTML page on standard output that holds everything it shows: no script,
--         nothing fetched (its Content-Security-Policy forbids both).  It fits a phone
--         and a printed sheet; no chart tells anything by colour alone.  It reads the
--         database as it is now, not the last stored run.  It shows member numbers:
--         treat it as the database itself.
--
-- How: each table of the page is a section with a kind for each column, and its rows
-- are JSON arrays.  One SELECT at the end turns all of it into HTML, and is the one
-- place where data is escaped.

.bail on
.headers off
.mode list

PRAGMA trusted_schema = ON;   -- later versions of the shell refuse the views without it

BEGIN;   -- one moment for everything that is shown

DROP TABLE IF EXISTS temp.page_section;
DROP TABLE IF EXISTS temp.page_row;
DROP TABLE IF EXISTS temp.page_risk;
DROP TABLE IF EXISTS temp.page_billed;
DROP TABLE IF EXISTS temp.page_unjudged;
DROP TABLE IF EXISTS temp.page_cap;
DROP TABLE IF EXISTS temp.page_month;

-- --- what is read ---------------------------------------------------------------------

CREATE TEMP TABLE page_risk AS SELECT * FROM denial_risk;
CREATE TEMP TABLE page_billed AS
SELECT payer_id, rendering_npi, strftime('%Y-%m', service_date) AS month, count(*) AS lines,
       total(charge_amount) AS dollars
  FROM judged_line GROUP BY 1, 2, 3;
CREATE TEMP TABLE page_unjudged AS
SELECT reason, count(*) AS lines, total(charge_amount) AS dollars FROM line_not_judged GROUP BY reason;
CREATE TEMP TABLE page_cap AS SELECT * FROM sessions_over_cap;

-- The twelve months up to the day of the audit, also those without a line.
CREATE TEMP TABLE page_month AS
WITH RECURSIVE m (i, month) AS (
  SELECT 0, strftime('%Y-%m', as_of, 'start of month', '-11 months') FROM audit_day
  UNION ALL
  SELECT i + 1, strftime('%Y-%m', month || '-01', '+1 month') FROM m WHERE i < 11
)
SELECT i, month,
       (SELECT total(lines) FROM page_billed AS b WHERE b.month = m.month) AS judged,
       (SELECT total(lines) FROM page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS lines,
       (SELECT total(dollars) FROM page_risk AS r WHERE grouped_by = 'month' AND r.name = m.month) AS dollars
  FROM m;

-- --- what is shown ----------------------------------------------------------------------

-- kinds: text, word (unbroken), code, rule, number, dollars, percent; bar (of 1), cover
-- (of 1: the covered part).
CREATE TEMP TABLE page_section (section INTEGER PRIMARY KEY, title, note, heads, kinds, if_empty);
CREATE TEMP TABLE page_row (section, r, cells);

INSERT INTO page_section VALUES (1, 'Denial risk by category',
  'Charges of the lines with a finding that a payer would deny or a reviewer would question. A line counts once in each category, so the categories add up to more than the total.',
  '["Category", "At risk", "Findings", "Lines", "Dollars"]', '["text", "bar", "number", "number", "dollars"]',
  'No findings.');
INSERT INTO page_row
SELECT 1, row_number() OVER (ORDER BY dollars DESC, name),
       json_array(name, dollars / max(max(dollars) OVER (), 0.01), findings, lines, dollars)
  FROM page_risk WHERE grouped_by = 'category';

INSERT INTO page_section VALUES (2, 'Trend by month of service', 'The twelve months up to the day of the audit.',
  '["Month", "Lines", "Lines at risk", "Share", "Dollars at risk"]',
  '["text", "number", "number", "percent", "dollars"]', NULL);
INSERT INTO page_row
SELECT 2, i, json_array(month, judged, lines, CASE WHEN judged > 0 THEN lines / judged END, dollars) FROM page_month;

INSERT INTO page_section VALUES (3, 'Heaviest payers', 'By dollars at risk.',
  '["Payer", "At risk", "Lines", "Dollars", "Billed", "Share"]',
  '["text", "bar", "number", "dollars", "dollars", "percent"]', 'No findings.');
INSERT INTO page_row
SELECT 3, row_number() OVER (ORDER BY risk.dollars DESC, risk.name),
       json_array(coalesce(p.name, risk.name, '(no payer)'), risk.dollars / max(max(risk.dollars) OVER (), 0.01),
                  risk.lines, risk.dollars, billed.dollars, risk.dollars / nullif(billed.dollars, 0))
  FROM page_risk AS risk
  LEFT JOIN payer AS p ON p.payer_id = risk.name
  LEFT JOIN (SELECT payer_id, total(dollars) AS dollars FROM page_billed GROUP BY payer_id) AS billed
    ON billed.payer_id IS risk.name
 WHERE risk.grouped_by = 'payer'
 ORDER BY risk.dollars DESC LIMIT 10;

INSERT INTO page_section VALUES (4, 'Heaviest rendering providers', 'By dollars at risk; the number is the NPI.',
  '["Provider", "At risk", "Lines", "Dollars", "Billed", "Share"]',
  '["code", "bar", "number", "dollars", "dollars", "percent"]', 'No findings.');
INSERT INTO page_row
SELECT 4, row_number() OVER (ORDER BY risk.dollars DESC, risk.name),
       json_array(coalesce(risk.name, '(none)'), risk.dollars / max(max(risk.dollars) OVER (), 0.01),
                  risk.lines, risk.dollars, billed.dollars, risk.dollars / nullif(billed.dollars, 0))
  FROM page_risk AS risk
  LEFT JOIN (SELECT rendering_npi, total(dollars) AS dollars FROM page_billed GROUP BY rendering_npi) AS billed
    ON billed.rendering_npi IS risk.name
 WHERE risk.grouped_by = 'provider'
 ORDER BY risk.dollars DESC LIMIT 10;

INSERT INTO page_section VALUES (5, 'Sessions over cap',
  'Units billed past a payer''s cap. The solid part of a bar is covered by prior authorization, the hatched part is not.',
  '["Cap", "Covered", "Lines past it", "Units past it", "Authorized", "Not covered"]',
  '["text", "cover", "number", "number", "number", "number"]', 'No session passes a cap.');
INSERT INTO page_row
SELECT 5, row_number() OVER (ORDER BY total(units_over - authorized_units) DESC, cap_id),
       json_array(cap_id, total(authorized_units) / max(total(units_over), 1), count(*), sum(units_over),
                  sum(authorized_units), sum(units_over - authorized_units))
  FROM page_cap WHERE status <> 'unreadable' GROUP BY cap_id;

INSERT INTO page_section VALUES (6, 'Members past a cap without enough authorization',
  'The twenty heaviest. Ask the payer before the next session.',
  '["Member", "Cap", "Period", "Units past it", "Authorized", "First past it"]',
  '["code", "text", "text", "number", "number", "word"]', 'None.');
INSERT INTO page_row
SELECT 6, row_number() OVER (ORDER BY over - authorized DESC, member_id, cap_id, first),
       json_array(member_id, cap_id, period, over, authorized, first)
  FROM (SELECT cap_id, member_id, coalesce(period_start || ' to ' || period_end, 'ever') AS period,
               sum(units_over) AS over, sum(authorized_units) AS authorized, min(service_date) AS first
          FROM page_cap WHERE status <> 'unreadable'
         GROUP BY payer_id, cap_id, member_id, 3
        HAVING sum(units_over) > sum(authorized_units)
         ORDER BY over - authorized DESC, member_id, cap_id, first LIMIT 20);

INSERT INTO page_section VALUES (7, 'Authorizations to act on',
  'Overdrawn, about to expire, or used up; the twenty most pressing.',
  '["Authorization", "Payer", "Member", "Ends", "Used", "Of", "State"]',
  '["code", "text", "code", "text", "number", "number", "word"]', 'None.');
INSERT INTO page_row
SELECT 7, row_number() OVER (ORDER BY urgency, end_date, prior_auth_number),
       json_array(prior_auth_number, payer, member_id, end_date, used, units, state)
  FROM (SELECT b.*, coalesce(p.name, b.payer_id, 'any') AS payer,
               CASE state WHEN 'overdrawn' THEN 1 WHEN 'expiring' THEN 2 ELSE 3 END AS urgency
          FROM authorization_balance AS b LEFT JOIN payer AS p ON p.payer_id = b.payer_id
         WHERE state IN ('overdrawn', 'expiring', 'used up')
         ORDER BY urgency, end_date, prior_auth_number LIMIT 20);

INSERT INTO page_section VALUES (8, 'What was not judged',
  'Nothing here is clean: it was not looked at, or not by a policy of its payer.',
  '["Why", "Lines", "Dollars"]', '["text", "number", "dollars"]', 'Everything was judged.');
INSERT INTO page_row SELECT 8, -lines, json_array(reason, lines, dollars) FROM page_unjudged;
INSERT INTO page_row
SELECT 8, 1, json_array('counts towards no cap: ' || problem, count(*), NULL)
  FROM page_cap WHERE status = 'unreadable' GROUP BY problem ORDER BY count(*) DESC LIMIT 20;
INSERT INTO page_row
SELECT 8, 2, json_array(printf('rule %s: there is no %s', rule, missing), NULL, NULL) FROM rule_not_judged;

INSERT INTO page_section VALUES (9, 'Findings by rule, with the remedy',
  'An error is what a payer would deny, a warning what a reviewer would ask. CARC is the reason code of the denial to expect.',
  '["Rule", "Severity", "CARC", "Lines", "Dollars", "What is wrong, and what to do"]',
  '["rule", "word", "number", "number", "dollars", "text"]', 'No findings.');
INSERT INTO page_row
SELECT 9, row_number() OVER (ORDER BY risk.dollars DESC, r.rule),
       json_array(r.rule, r.severity, r.carc, risk.lines, risk.dollars, r.title || '. ' || r.remedy)
  FROM page_risk AS risk JOIN h2040_rules AS r ON r.rule = risk.name
 WHERE risk.grouped_by = 'rule';

INSERT INTO page_section VALUES (10, 'Policies to look at',
  'Where a policy overlaps another, or departs from the code set.',
  '["Payer", "Remark"]', '["text", "text"]', 'None.');
INSERT INTO page_row
SELECT 10, 1, json_array(coalesce(p.name, o.payer_id), printf('Two policies from %s %s: %s. Close one of them.', first_day,
                         CASE last_day WHEN '9999-12-31' THEN 'on' ELSE 'to ' || last_day END, policies))
  FROM policy_overlap AS o LEFT JOIN payer AS p ON p.payer_id = o.payer_id;
INSERT INTO page_row
SELECT 10, 2, json_array(group_concat(name, ', '), note)
  FROM (SELECT DISTINCT coalesce(p.name, f.payer_id) AS name, n.value AS note
          FROM policy_in_force AS f LEFT JOIN payer AS p ON p.payer_id = f.payer_id,
               json_each(h2040_policy_notes(f.policy)) AS n
         WHERE f.policy IS NOT NULL)
 GROUP BY note;

-- --- the page ------------------------------------------------------------------------------

SELECT '<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''; img-src data:">
<link rel="icon" href="data:,">
<title>H2040 audit as of ' || date(as_of) || '</title>
<style>
  :root { --ink: #1b1f24; --quiet: #57606a; --rule: #d0d7de; --fill: #0b5c8c; --track: #eaeef2; }
  * { box-sizing: border-box; }
  body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem; color: var(--ink); background: #fff;
         font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: break-word; }
  h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
  h2 { font-size: 1.2rem; margin: 0 0 .25rem; }
  section { margin-top: 2.5rem; }
  p { margin: .25rem 0 .75rem; color: var(--quiet); max-width: 44rem; }
  dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; }
  dl div { border: 1px solid var(--rule); border-radius: 6px; padding: .6rem .8rem; }
  dt { color: var(--quiet); font-size: .875rem; }
  dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
  dd small { display: block; font-size: .875rem; color: var(--quiet); }
  table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
  th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule);
           font-weight: normal; }
  thead th { color: var(--quiet); font-size: .8125rem; border-bottom: 2px solid var(--rule); vertical-align: bottom; }
  .number, .dollars, .percent { text-align: right; }
  .number, .dollars, .percent, .word, .rule { white-space: nowrap; }
  .text, .code { overflow-wrap: anywhere; }
  tbody .code, tbody .rule { font-family: ui-monospace, "Liberation Mono", monospace; font-size: .8125rem; }
  tbody .code { min-width: 6rem; }
  td.bar, td.cover { width: 30%; vertical-align: middle; }
  td svg { display: block; width: 100%; height: .8rem; }
  figure { margin: 0 0 1rem; max-width: 40rem; }
  figure svg { display: block; width: 100%; height: auto; }
  figure text { font: 9px system-ui, "Liberation Sans", sans-serif; fill: var(--ink);
                text-anchor: middle; stroke: #fff; stroke-width: 3px; paint-order: stroke; }
  figure .value { font-size: 8px; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
  @media (max-width: 44rem) {
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    table, tbody, tr, th, td { display: block; width: auto; }
    tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
    th, td, td.bar, td.cover { display: flex; gap: 1rem; justify-content: space-between; width: auto; min-width: 0; padding: .1rem 0;
                               border: 0; text-align: right; white-space: normal; }
    tbody th { display: block; text-align: left; font-weight: 600; }
    td::before { content: attr(data-head); color: var(--quiet); flex: 0 0 auto; text-align: left; }
    td.bar svg, td.cover svg { width: 55%; align-self: center; }
    td.long { display: block; text-align: left; }
    td.long::before { display: block; }
  }
  @media print {
    body { max-width: none; padding: 0; font-size: 10pt; }
    section { margin-top: 1.5rem; }
    tr, figure, dl { break-inside: avoid; }
    h2, h2 + p { break-after: avoid; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
</style>
</head>
<body>
<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="hatch" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="3" height="3" fill="#fff"/><rect width="1.2" height="3" fill="#8c3d00"/></pattern></defs></svg>
<header>
<h1>H2040 audit as of ' || date(as_of) || '</h1>
<p>h2040 ' || h2040_version() || '</p>'
  FROM audit_day;

SELECT printf('<dl>
<div><dt>At risk</dt><dd>$%,d<small>%.1f%% of $%,d billed</small></dd></div>
<div><dt>Lines at risk</dt><dd>%,d<small>%,d of them with an error</small></dd></div>
<div><dt>Lines judged</dt><dd>%,d<small>of %,d, by a policy of their payer</small></dd></div>
<div><dt>Over cap, uncovered</dt><dd>%,d<small>of %,d session lines past a cap</small></dd></div>
<div><dt>Findings waived</dt><dd>%,d<small>with a reason on file</small></dd></div>
</dl>
</header>
<main>', round(risk.dollars), 100.0 * risk.dollars / max(billed.dollars, 1), round(billed.dollars), risk.lines, error.lines,
              seen - unjudged, seen, uncovered, past, waived)
  FROM (SELECT total(lines) AS lines, total(dollars) AS dollars FROM page_risk WHERE grouped_by = 'total') AS risk,
       (SELECT total(lines) AS lines FROM page_risk WHERE grouped_by = 'severity' AND name = 'error') AS error,
       (SELECT total(findings) AS waived FROM page_risk WHERE grouped_by = 'waived'),
       (SELECT total(dollars) AS dollars FROM page_billed) AS billed,
       (SELECT count(*) AS seen FROM claim_line),
       (SELECT total(lines) AS unjudged FROM page_unjudged),
       (SELECT count(DISTINCT claim_id || '/' || coalesce(claim_line_number, '')) AS past,
               count(DISTINCT CASE status WHEN 'over_cap' THEN claim_id || '/' || coalesce(claim_line_number, '') END) AS uncovered
          FROM page_cap WHERE status <> 'unreadable');

SELECT html FROM (
  SELECT section, 1 AS part, 0 AS r, 0 AS c,
         printf('<section aria-labelledby="s%d">%s<h2 id="s%d">%s</h2>%s<p>%s</p>', section, char(10), section, title,
                char(10), note) AS html
    FROM page_section

  -- The line chart of section 2, twelve months wide, in units of its own.
  UNION ALL
  SELECT 2, 2, 0, 0,
         '<figure><svg viewBox="0 0 360 180" role="img" aria-labelledby="trend-title trend-desc">' || char(10)
         || '<title id="trend-title">Dollars at risk by month of service</title>' || char(10)
         || '<desc id="trend-desc">' || group_concat(printf('%s: $%,d', month, round(dollars)), '; ') || '.</desc>' || char(10)
         || '<path d="M24 20H350M24 80H350" stroke="#d0d7de" fill="none"/><path d="M24 140H350" stroke="#57606a" fill="none"/>'
         || char(10) || '<polyline fill="none" stroke="#0b5c8c" stroke-width="2" points="'
         || group_concat(printf('%.1f,%.1f', x, y), ' ') || '"/>' || char(10)
         || group_concat(printf('<circle cx="%.1f" cy="%.1f" r="3" fill="#0b5c8c"/>'
                                || '<text x="%.1f" y="%.1f" class="value">%s</text><text x="%.1f" y="153">%s</text>',
                                x, y, x, y - 6, CASE WHEN dollars < 1000 THEN printf('$%d', round(dollars))
                                                     WHEN dollars < 999500 THEN printf('$%.1fk', dollars / 1000.0)
                                                     ELSE printf('$%.1fM', dollars / 1e6) END,
                                x, substr(month, 6)), char(10))
         || printf('%s<text x="36" y="168">%s</text><text x="338.5" y="168">%s</text>',
                   char(10), substr(min(month), 1, 4), substr(max(month), 1, 4))
         || '</svg></figure>'
    FROM (SELECT month, dollars, 36 + 27.5 * i AS x, 140 - 120.0 * dollars / max(max(dollars) OVER (), 1) AS y
            FROM page_month ORDER BY i)

  UNION ALL
  SELECT section, 3, 0, 0, '<table><thead><tr>' FROM page_section WHERE section IN (SELECT section FROM page_row)
  UNION ALL
  SELECT section, 3, 0, h.key + 1,
         printf('<th scope="col" class="%s">%s</th>', json_extract(kinds, '$[' || h.key || ']'), h.value)
    FROM page_section, json_each(heads) AS h WHERE section IN (SELECT section FROM page_row)
  UNION ALL
  SELECT section, 4, -1e18, 0, '</tr></thead><tbody>' FROM page_section WHERE section IN (SELECT section FROM page_row)

  -- The cells: the one place where data becomes HTML.
  UNION ALL
  SELECT section, 4, r, n + c / 100.0,
         CASE c WHEN 0 THEN '<tr>' ELSE '' END
         || CASE kind
              WHEN 'bar' THEN printf('<td class="bar" data-head="%s"><svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img">'
                || '<title>%d%% of the largest</title><rect width="100" height="8" fill="#eaeef2"/>'
                || '<rect width="%.1f" height="8" fill="#0b5c8c"/></svg></td>', head, round(100 * value), 100 * value)
              WHEN 'cover' THEN printf('<td class="cover" data-head="%s"><svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img">'
                || '<title>%d%% covered by prior authorization</title><rect width="100" height="8" fill="url(#hatch)"/>'
                || '<rect width="%.1f" height="8" fill="#0b5c8c"/></svg></td>', head, round(100 * value), 100 * value)
              ELSE CASE c WHEN 0 THEN printf('<th scope="row" class="%s">', kind)
                          ELSE printf('<td class="%s%s" data-head="%s">', kind,
                                      CASE WHEN length(value) > 24 THEN ' long' ELSE '' END, head) END
                || coalesce(CASE WHEN value IS NULL THEN NULL ELSE CASE kind
                                      WHEN 'dollars' THEN printf('$%,d', round(value))
                                      WHEN 'percent' THEN printf('%.1f%%', 100.0 * value)
                                      WHEN 'number'  THEN printf('%,d', value)
                                      ELSE replace(replace(replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
                                                   '"', '&quot;') END END, '&ndash;')
                || CASE c WHEN 0 THEN '</th>' ELSE '</td>' END
            END
         || CASE c WHEN json_array_length(cells) - 1 THEN '</tr>' ELSE '' END
    FROM (SELECT section, r, n, cells, cell.key AS c, cell.value,
                 json_extract(kinds, '$[' || cell.key || ']') AS kind, json_extract(heads, '$[' || cell.key || ']') AS head
            FROM (SELECT *, row_number() OVER () AS n FROM page_row) JOIN page_section USING (section),
                 json_each(cells) AS cell)

  UNION ALL
  SELECT section, 5, 0, 0,
         CASE WHEN section IN (SELECT section FROM page_row) THEN '</tbody></table>' ELSE '<p>' || if_empty || '</p>' END
         || char(10) || '</section>'
    FROM page_section
)
ORDER BY section, part, r, c;

SELECT '</main>
</body>
</html>';

DROP TABLE page_section;
DROP TABLE page_row;
DROP TABLE page_risk;
DROP TABLE page_billed;
DROP TABLE page_unjudged;
DROP TABLE page_cap;
DROP TABLE page_month;
COMMIT;
