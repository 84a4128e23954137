# What the fault tests run: a small database, and statements that between them
# reach every function, every table and every way of reading.
#
#   fill_database db            makes the tables in an empty database
#   $statements                 name sql name sql ...
#   fill_more db                and what only some of them need
#
# Every statement leaves the database as it was, and gives the same answer each
# time it is run on a connection that has run none of them.

proc fill_database {db} {
  $db eval {
    CREATE TABLE claims(claim_id TEXT, claim_line_number INTEGER, payer_id TEXT, member_id TEXT, hcpcs_code, units,
      service_date TEXT, place_of_service TEXT, modifiers TEXT, diagnosis_codes TEXT, rendering_npi,
      rendering_taxonomy TEXT, prior_auth_number TEXT, claim_frequency_code, original_claim_id TEXT,
      note_date TEXT, duration_minutes, purpose TEXT, client_response TEXT, policy TEXT);
    WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 23)
    INSERT INTO claims SELECT 'C' || i, 1, CASE i % 5 WHEN 4 THEN NULL ELSE 'P' || (i % 2) END, 'M' || (i % 3),
      CASE WHEN i % 11 = 7 THEN 'H2040:GT' WHEN i % 7 = 6 THEN 'H2014' WHEN i = 5 THEN 12345 ELSE 'H2040' END,
      CASE i WHEN 9 THEN 'two' ELSE 1 + i % 3 END,
      CASE i WHEN 4 THEN '01/02/2026' ELSE date('2026-01-01', (i * 5) || ' days') END,
      CASE i % 4 WHEN 0 THEN '02' WHEN 1 THEN 11 ELSE '14' END,
      CASE i % 4 WHEN 0 THEN 'GT' WHEN 1 THEN 'ZZ;toolong' WHEN 2 THEN NULL ELSE 'U1 U1' END,
      CASE i % 3 WHEN 0 THEN 'F84.0' WHEN 1 THEN '84' ELSE '' END,
      CASE i % 2 WHEN 0 THEN 1234567893 ELSE '1234567890' END, '101YM0800X',
      CASE WHEN i % 6 = 5 THEN 'A1' END, CASE i WHEN 10 THEN 8 WHEN 12 THEN '7' ELSE 1 END,
      CASE i WHEN 10 THEN 'C1' WHEN 12 THEN 'C2' END,
      date('2026-01-01', (i * 5 + i % 2) || ' days'), 15 * (1 + i % 3), 'met with client', 'n/a',
      CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'cms' WHEN 2 THEN '{"max_units_per_line": 1, "extends": "commercial"}'
        ELSE '{"accepted_modifiers": ["GT", "U1"], "treatments": ["DBT"], "settings": {"U2": ["14"]}}' END
    FROM n;
    CREATE INDEX by_member ON claims(member_id, service_date);
    CREATE INDEX by_original ON claims(original_claim_id);
    CREATE VIEW claim_line AS SELECT * FROM claims;
    CREATE TABLE numbered(member_id INTEGER, service_date, units, hcpcs_code INTEGER, claim_id);
    INSERT INTO numbered VALUES (7, 20260105, 2, 20400, 1), (7, '2026-01-06', 2.0, 20400, 2), (8, '06-JAN-2026', '3', 99, 3);
    CREATE TABLE session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to);
    INSERT INTO session_cap VALUES
      ('day', NULL, NULL, 1, 'day', 'member', NULL, NULL),
      ('quarter', 'P0', 'H2040 H2014', 4, 'quarter', 'member+provider', '2026-01-01', NULL),
      ('rolling', 'P1', NULL, '3', '30 days', 'provider', NULL, '2026-12-31'),
      (4, NULL, NULL, 5.0, '2 months', NULL, NULL, NULL),
      ('plan', NULL, '*', 20, 'year from 07-01', 'member', NULL, NULL);
    CREATE TABLE prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units);
    INSERT INTO prior_authorization VALUES
      ('A1', NULL, 'M0', NULL, '2026-01-01', NULL, 3), ('A2', 'P1', 'M1', 'H2040, H2014', NULL, '2026-12-31', NULL),
      ('A3', NULL, 'M2', NULL, 'someday', NULL, 1), ('A4', NULL, '', NULL, NULL, NULL, -1);
    CREATE VIEW finding AS
      SELECT c.claim_id, h2040_check('hcpcs_code', hcpcs_code, 'units', units, 'modifiers', modifiers,
                                     'policy', policy) AS broken FROM claims AS c;
    CREATE VIEW over AS SELECT * FROM sessions_over_cap('claims', 3, 'month') WHERE authorizations = '';
    CREATE VIEW twice AS SELECT h.claim_id, h.rule, o.units_over
      FROM h2040_audit('claims') AS h JOIN over AS o ON o.claim_id = h.claim_id;
    CREATE TABLE payer_policy(payer_id, policy TEXT CHECK (h2040_policy_problem(policy) IS NULL));
    CREATE TABLE log(claim_id, broken);
    CREATE TABLE checked(hcpcs_code, modifiers, policy,
      broken AS (h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'policy', policy)));
    INSERT INTO checked VALUES ('H2040', 'GT', 'cms'), ('H2040', 'ZZ', NULL);
    CREATE INDEX checked_broken ON checked(h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'policy', 'cms'));
    CREATE TRIGGER checked_log AFTER INSERT ON checked BEGIN
      INSERT INTO log VALUES (new.rowid, h2040_explain('modifiers', new.modifiers, 'policy', new.policy));
    END;
  }
}

set every_field {
  hcpcs_code, modifiers, units, service_date, place_of_service, diagnosis_codes, rendering_npi, rendering_taxonomy,
  claim_frequency_code, note_date, duration_minutes, purpose, client_response
}
set pairs [join [lmap field [split [string map {\n " "} $every_field] ,] {
  set field [string trim $field]
  string cat '$field',$field
}] ,]

set statements [string map [list PAIRS $pairs] {
  load          {}
  version       {SELECT h2040_version()}
  rules         {SELECT * FROM h2040_rules WHERE rule = 'modifier.unknown'}
  catalogue     {SELECT count(*), max(needs), min(title) FROM h2040_rules}
  codes         {SELECT count(*), max(added) FROM h2040_codes}
  modifiers     {SELECT count(*), min(meaning) FROM h2040_modifiers WHERE owner = 'CMS'}
  check         {SELECT h2040_check(PAIRS) FROM claims}
  check_policy  {SELECT h2040_check(PAIRS, 'policy', policy) FROM claims}
  check_32      {SELECT h2040_check(PAIRS, 'policy', 'cms', 'as_of', '2026-03-01', 'treatment', NULL, 'service_focus', 'x',
                   'plan_start', '', 'signed_by', NULL) FROM claims}
  check_names   {SELECT h2040_check(f, 'GT GT') FROM (SELECT 'modifiers' AS f UNION ALL SELECT 'diagnosis_codes'), claims}
  check_json    {SELECT h2040_check(json_object(PAIRS)) FROM claims}
  check_arrays  {SELECT h2040_check('{"modifiers": ["GT", "95", 22], "diagnosis_codes": ["F84.0", "x"], "units": 1.5,
                   "hcpcs_code": "H2040", "place_of_service": 11, "service_date": true, "policy": {"extends": "cms"}}')}
  check_number  {SELECT h2040_check(1)}
  check_array   {SELECT h2040_check('["hcpcs_code"]')}
  unknown       {SELECT h2040_check('unit', 1)}
  twice_passed  {SELECT h2040_check('units', 1, 'UNITS', 2)}
  odd           {SELECT h2040_check('units', 1, 'modifiers')}
  bad_as_of     {SELECT h2040_explain('as_of', 'today', 'units', 1)}
  bad_policy    {SELECT h2040_check('units', 1, 'policy', '{"unit_basis": "week"}')}
  check_blob    {SELECT h2040_check('purpose', zeroblob(9), 'units', zeroblob(0)), h2040_check('modifiers', x'4754')}
  explain       {SELECT h2040_explain(PAIRS) FROM claims}
  explain_json  {SELECT h2040_explain(json_object(PAIRS, 'policy', policy)) FROM claims}
  valid         {SELECT modifier_valid(modifiers), modifier_valid(modifiers, hcpcs_code, service_date, policy) FROM claims}
  problem       {SELECT modifier_problem(modifiers, hcpcs_code, service_date, 'commercial') FROM claims}
  problem_date  {SELECT modifier_problem('GT', 'H2040', 'soon'), modifier_problem(NULL)}
  policy_set    {SELECT h2040_check('hcpcs_code', hcpcs_code, 'units', 1, 'service_focus', 'cooking', 'policy',
                   '["cms", {"extends": "H2014", "focuses": ["one", "two"], "treatments": ["a"], "required_one_of": [["HP", "HO"]]}, "H2017"]')
                 FROM claims}
  set_names     {SELECT h2040_policy_notes('["all", {"hcpcs_code": "90837", "places": ["\u0031\u0031"]}]'), h2040_policy_problem('["session", "cms"]'),
                   modifier_problem('GT', 'H2014', NULL, 'all')}
  jsonb         {SELECT h2040_check(x'8c57756e6974731330'), h2040_policy_problem(x'4b37666f6f')}
  pack          {SELECT h2040_policy('session'), h2040_policy('cms'), h2040_policy(NULL)}
  no_pack       {SELECT h2040_policy('aetna')}
  policies      {SELECT h2040_policy_problem(policy), h2040_policy_notes(policy) FROM claims}
  every_key     {SELECT h2040_policy_problem('{"extends": "commercial", "hcpcs_code": "H2014", "unit_basis": "15 minutes",
                   "unit_rounding": "down", "max_units_per_line": 8, "min_minutes": 10, "timely_filing_days": 90,
                   "review_days": null, "prior_authorization": "never", "accepted_modifiers": ["GT", "QZ"],
                   "refused_modifiers": ["25"], "required_modifiers": ["HE", "HE", "HF"], "telehealth_modifiers": [],
                   "exclusive_modifiers": [["GT", "95", "93"], ["76", "77"]], "settings": {"U1": ["14", "33"], "U2": []},
                   "modifier_dates": {"QZ": ["2027-01-01", null]}, "places": ["11", 2], "taxonomies": ["101Y"],
                   "diagnoses": ["F20-F29", "F84.0"], "treatments": ["CBT", "DBT", "skills training"],
                   "documentation": ["date", "signature"], "off": ["unit.too_short"],
                   "severity": {"plan.no_benchmarks": "error"}}')}
  key_twice     {SELECT h2040_policy_problem('{"places": [], "places": []}')}
  too_deep      {SELECT h2040_policy_problem('{"settings": {"U1": [["14"]]}}')}
  not_json      {SELECT h2040_policy_problem('{"settings": }'), h2040_policy_problem('[]'), h2040_policy_problem('sesion')}
  notes         {SELECT h2040_policy_notes('{"required_modifiers": ["GT", "95", "HE", "HF", "HG"], "accepted_modifiers": ["U1"],
                   "treatments": [], "diagnoses": [], "exclusive_modifiers": [["GT", "95"]]}')}
  bad_notes     {SELECT h2040_policy_notes('{"unit": 1}')}
  audit         {SELECT * FROM h2040_audit('claims')}
  audit_count   {SELECT rule, count(*) FROM h2040_audit('claims', 'commercial') GROUP BY rule}
  audit_one     {SELECT rule, message FROM h2040_audit('claims') WHERE claim_id = 'C7'}
  audit_columns {SELECT * FROM h2040_audit('numbered', NULL, '{"hcpcs_code": null, "units": "units"}', 'main', 'mdy', '2026-02-01')}
  audit_rowid   {SELECT claim_id, rule, value FROM h2040_audit('checked', 'cms', '{"hcpcs_code": "hcpcs_code"}')}
  audit_view    {SELECT * FROM twice ORDER BY 1, 2, 3}
  audit_nothing {SELECT * FROM h2040_audit('nothing')}
  audit_near    {SELECT * FROM h2040_audit('claims', 'session', '{"hcpc": "hcpcs_code"}')}
  audit_log     {SELECT * FROM h2040_audit('log')}
  x12_837p      {SELECT * FROM h2040_837p((SELECT x12 FROM sent WHERE name = 'claims'))}
  x12_835       {SELECT * FROM h2040_835((SELECT x12 FROM sent WHERE name = 'payment'))}
  x12_broken    {SELECT * FROM sent, h2040_837p(sent.x12)}
  x12_twice     {SELECT * FROM h2040_837p('a') WHERE x12 = 'b'}
  x12_missing   {SELECT * FROM h2040_835}
  x12_join      {SELECT a.claim_id, b.problem FROM sent, h2040_837p(sent.x12) AS a JOIN h2040_837p(sent.x12) AS b ON b.claim_id = a.claim_id}
  coverage      {SELECT * FROM h2040_coverage('claims')}
  census        {SELECT * FROM h2040_census('claims', 'all')}
  columns       {SELECT * FROM h2040_columns('claims', 'mdy')}
  mapping       {SELECT h2040_mapping('claims'), h2040_mapping('numbered', 'main')}
  lines         {SELECT * FROM h2040_lines('claims')}
  lines_found   {SELECT c.claim_id, l.hcpcs_code, l.rowid > 0 FROM claims AS c CROSS JOIN h2040_lines('claims') AS l ON l.claim_id = c.claim_id}
  audit_either  {SELECT rule FROM h2040_audit('claims') WHERE claim_id = 'C7' OR rule = 'unit.not_whole'}
  coverage_map  {SELECT count(*), sum(judged) FROM h2040_coverage('numbered', NULL, '{"note_date": "service_date", "purpose": null}')}
  coverage_bad  {SELECT * FROM h2040_coverage('numbered', NULL, '{"note_date": "servicedate"}')}
  cap           {SELECT * FROM sessions_over_cap('claims', 2, 'month')}
  left          {SELECT * FROM sessions_left('claims', 2, 'month') WHERE as_of = '2026-02-15'}
  left_caps     {SELECT * FROM sessions_left WHERE as_of = '2026-02-15'}
  left_rolling  {SELECT * FROM sessions_left('claims', 2, '30 days') WHERE as_of = '2026-02-15' AND counting = 'allowed'}
  cap_rolling   {SELECT * FROM sessions_over_cap('claims', 2, '30 days') WHERE counting = 'allowed'}
  cap_months    {SELECT * FROM sessions_over_cap('claims', 0, '2 months') WHERE authorizations = ''}
  cap_lifetime  {SELECT * FROM sessions_over_cap('claims', 6, 'lifetime', NULL, NULL, 'H2040 H2014')}
  cap_every     {SELECT count(*), sum(units_over) FROM sessions_over_cap('claims', 3) WHERE hcpcs_codes = '*'}
  cap_high      {SELECT count(*) FROM sessions_over_cap('claims', 1000)}
  caps          {SELECT * FROM sessions_over_cap}
  caps_member   {SELECT * FROM sessions_over_cap WHERE cap_id = 'day' AND member_id = 'M1'}
  cap_member    {SELECT * FROM sessions_over_cap('claims', 2, 'month') WHERE member_id = 'M2'}
  cap_payer     {SELECT * FROM sessions_over_cap('claims', 2, 'year') WHERE payer_id = 'P1' AND service_date >= '2026-02-01'}
  cap_both      {SELECT * FROM sessions_over_cap('claims', 1, 'month') WHERE member_id = 'M1' AND payer_id = 'P1' AND authorizations = ''}
  cap_bounds    {SELECT * FROM sessions_over_cap('claims', 2, 'month') WHERE service_date BETWEEN '2026-02-01' AND '2026-03-01'}
  cap_mapped    {SELECT * FROM sessions_over_cap('numbered', 2, 'week', NULL, '', '20400', NULL,
                   '{"claim_id": "claim_id", "units": "units"}', 'main')}
  cap_ordered   {SELECT * FROM sessions_over_cap('in_order', 2, 'month')}
  cap_in        {SELECT a.period, count(*) FROM (VALUES ('day'), ('week'), ('year')) AS v(p)
                   JOIN sessions_over_cap('claims', 2, v.p) AS a GROUP BY 1}
  cap_missing   {SELECT * FROM sessions_over_cap('log', 2, 'month')}
  cap_period    {SELECT * FROM sessions_over_cap('claims', 2, 'fortnight')}
  cap_units     {SELECT * FROM sessions_over_cap('claims', 'many')}
  cap_bad_rows  {SELECT * FROM sessions_over_cap('claims') WHERE caps = 'bad_cap'}
  cap_view      {SELECT * FROM over}
  cap_attached  {SELECT count(*) FROM sessions_over_cap('visits', 1, 'week') WHERE schema = 'other'}
  cap_keys      {SELECT * FROM sessions_over_cap('odd_keys', 0, 'day') ORDER BY hex(claim_id)}
  cap_key       {SELECT count(*) FROM sessions_over_cap('odd_keys', 0, 'day') WHERE member_id = 'M'}
  cap_many      {SELECT count(*) FROM sessions_over_cap('many', 1, 'day')}
  cap_provider  {SELECT * FROM sessions_over_cap('by_provider') WHERE caps = 'provider_cap'}
  conflicts     {SELECT * FROM session_conflicts('claims')}
  conflicts_all {SELECT * FROM session_conflicts('schedule', 'edits', 300) ORDER BY rule, claim_id}
  conflicts_usual {SELECT rule, count(*), max(message) FROM session_conflicts('schedule') WHERE group_codes = 'H2014' GROUP BY rule}
  conflicts_waived {SELECT * FROM session_conflicts('schedule') WHERE columns = '{"member_id": null, "hcpcs_code": null, "service_date": null}'}
  conflicts_pair {SELECT * FROM session_conflicts('schedule', 'bad_edits')}
  conflicts_group {SELECT * FROM session_conflicts('schedule', NULL, 300, 'HQ')}
  insert        {BEGIN; INSERT INTO claims(claim_id) SELECT claim_id FROM sessions_over_cap('claims', 2, 'month');
                 SELECT count(*) FROM claims; ROLLBACK}
  policy_check  {BEGIN; INSERT INTO payer_policy VALUES (1, 'cms'), (2, '{"places": ["11"]}'); SELECT count(*) FROM payer_policy; ROLLBACK}
  policy_bad    {INSERT INTO payer_policy VALUES (1, '{"places": ["97"]}')}
  trigger       {BEGIN; INSERT INTO checked VALUES ('H2040', 'GT 95', 'commercial'); SELECT * FROM log; ROLLBACK}
  generated     {SELECT * FROM checked}
  view          {SELECT * FROM finding WHERE broken <> '[]'}
  expression    {SELECT rowid FROM checked WHERE h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'policy', 'cms') = '[]'}
}]

proc fill_more {db} {
  $db eval {
    CREATE TABLE in_order(payer_id TEXT, member_id TEXT, service_date TEXT, units, hcpcs_code, claim_id,
      PRIMARY KEY (payer_id, member_id, service_date, claim_id)) WITHOUT ROWID;
    INSERT OR IGNORE INTO in_order SELECT coalesce(payer_id, ''), member_id, service_date, units, hcpcs_code, claim_id FROM claims;
    CREATE TABLE sent(name, x12);
    INSERT INTO sent VALUES ('claims', 'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260110*1200*^*00501*000000001*0*T*:~
GS*HC*A*B*20260110*1200*1*X*005010X222A1~ST*837*0001~BHT*0019*00*1*20260110*1200*CH~HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~
HL*2*1*22*1~SBR*P********MC~NM1*IL*1*NAME*****MI*M1~NM1*PR*2*CAF' || char(233) || '*****PI*P1~HL*3*2*23*0~PAT*19~NM1*QC*1*CHILD*ONE~DMG*D8*20150101*F~
CLM*C1*100***11:B:1~HI*ABK:F200*ABF:F70~LX*1~SV1*HC:H2040:GT*100*UN*two***1:2~DTP*472*RD8*20260105-20260106~LX*2~HI*ABK:F200~SE*20*1~'),
      ('payment', 'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260110*1200*^*00501*000000001*0*T*:~
ST*835*0001~BPR*I*70*C~TRN*1*T1*1~N1*PR*PAYER~CLP*C1*1*100*80*0*MC*I1~MOA***MA1~SVC*HC:H2040:GT*100*80~CAS*CO*45*20*1*197*5~LQ*HE*N1~
PLB*1*20261231*WO:A*5~'), ('blob', x'495341'), ('nothing', NULL);
    CREATE TABLE witness(x);
    CREATE TABLE key(claim_id, original_claim_id);
    INSERT INTO key VALUES (zeroblob(4000), NULL), (x'61', NULL), (x'', NULL), (1.5, NULL), (2, 1.5), (NULL, 2), ('long', NULL);
    CREATE INDEX by_original_key ON key(original_claim_id);
    CREATE VIEW odd_keys AS SELECT CASE claim_id WHEN 'long' THEN zeroblob(3000) ELSE claim_id END AS claim_id, original_claim_id,
      CASE WHEN original_claim_id IS NULL THEN 1 ELSE 7 END AS claim_frequency_code,
      'M' AS member_id, '2026-01-05' AS service_date, 1 AS units, 'H2040' AS hcpcs_code FROM key;
    CREATE TABLE many(member_id, service_date, units, hcpcs_code);
    WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 799)
    INSERT INTO many SELECT i, 20260105, 1, NULL FROM n;
    UPDATE many SET hcpcs_code = 'H2040';
    CREATE TABLE by_provider(payer_id, rendering_npi, claim_id, member_id, service_date, units, hcpcs_code,
      PRIMARY KEY (payer_id, rendering_npi, claim_id)) WITHOUT ROWID;
    INSERT OR IGNORE INTO by_provider SELECT coalesce(payer_id, ''), rendering_npi, claim_id, member_id, service_date, units, hcpcs_code FROM claims;
    CREATE TABLE provider_cap AS SELECT * FROM session_cap WHERE scope = 'provider';
    CREATE TABLE schedule(claim_id, claim_line_number, claim_number, claim_frequency_code, original_claim_id, received_date, payer_id,
      member_id COLLATE NOCASE, rendering_npi, staff_id, billing_npi, hcpcs_code, modifiers, modifier_1, units, unit_measure, service_date,
      start_time, end_time, duration_minutes, activities, client_response);
    WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < 89)
    INSERT INTO schedule SELECT CASE i % 3 WHEN 0 THEN i WHEN 1 THEN 'C' || i ELSE i + 0.5 END, 1, 'N' || (i / 2), CASE i % 30 WHEN 7 THEN 7 WHEN 8 THEN '8' ELSE 1 END,
      CASE i % 30 WHEN 7 THEN i - 1 WHEN 8 THEN 'nowhere' END, date('2026-02-01', i || ' days'), CASE i % 20 WHEN 3 THEN 'Q' ELSE 'P' END,
      CASE i % 9 WHEN 8 THEN ' M' WHEN 7 THEN NULL ELSE 'M' || (i / 60) END, 1234567893 + i % 2, CASE i % 7 WHEN 6 THEN 'S' END, CASE i % 11 WHEN 5 THEN 1234567893 END,
      CASE i % 4 WHEN 0 THEN 'H2014' WHEN 1 THEN 'H2O40' WHEN 2 THEN 'H2040:GT' ELSE 'H2040' END,
      CASE i % 6 WHEN 0 THEN 'GT, HQ' WHEN 1 THEN '76' WHEN 2 THEN 'toolong 59' ELSE '' END, CASE i % 10 WHEN 9 THEN 22 END, i % 5 - (i = 80) * 4, CASE i % 17 WHEN 4 THEN 'MJ' END,
      CASE i WHEN 5 THEN 'soon' WHEN 6 THEN NULL ELSE date('2026-01-05', (i / 60) || ' days') END,
      CASE i % 8 WHEN 7 THEN NULL WHEN 6 THEN 'late' ELSE time('20:00', (i * 7) || ' minutes') END, time('20:30', (i * 9) || ' minutes'), 45,
      'Shopped with a list, compared three prices, paid in cash and counted ' || (i % 9), 'Calm' FROM n;
    CREATE TABLE edits(code_1, code_2, effective_from, effective_to, modifier_allowed, scope);
    INSERT INTO edits VALUES ('H2040', 'H2014', '2026-01-01', NULL, 1, 'member'), ('H2014', 'H2040', NULL, '2026-12-31', 0, 'member+provider');
    CREATE TABLE bad_edits AS SELECT * FROM edits;
    INSERT INTO bad_edits VALUES ('H2040', 'H0031', 'soon', NULL, 0, NULL);
    CREATE TABLE bad_cap AS SELECT * FROM session_cap;
    UPDATE bad_cap SET period = 'sometimes' WHERE cap_id = 'rolling';
  }
}
