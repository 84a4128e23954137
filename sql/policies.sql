-- policies.sql: the built-in policy packs as rows that you can edit.
--
--   sqlite3 -cmd '.load build/h2040' audit.db '.read sql/policies.sql'
--
-- Needs:  schema.sql.  Safe to run again: an edited pack stays as you made it.
-- Makes:  rows of policy_pack: session (the guide's reading of H2040), commercial (the
--         same, with prior authorization and more documentation demanded), cms (the
--         official code set's reading: per month), H2014, H2017 and H2019 (15 minutes).
--
-- To give a payer a policy, say from when on and what differs from the pack, a row for
-- each code that you bill:
--
--   INSERT INTO payer VALUES ('ACME', 'Acme Health');
--   INSERT INTO payer_policy (payer_id, effective_from, pack, changes) VALUES
--     ('ACME', '2026-01-01', 'commercial', '{"timely_filing_days": 90, "places": ["11", "12", "02", "10"]}'),
--     ('ACME', '2026-01-01', 'H2014',      '{}');
--
-- When the payer changes its mind, close the row (effective_to) and add another:
-- every line is judged by the policy of its code and day.  A pack of your own is a row too:
--
--   INSERT INTO policy_pack SELECT 'house', json_set(policy, '$.min_minutes', 30)
--     FROM policy_pack WHERE pack = 'session';
--   SELECT h2040_policy_notes(policy) FROM policy_pack;   -- what to think about

-- Version 1's packs, where nobody edited them.
DELETE FROM main.policy_pack
 WHERE pack = 'session' AND length(policy) = 1461 AND instr(policy, '"timely_filing_days": 365') > 0
   AND instr(policy, '["GT", "95", "93", "FQ", "GQ"]') > 0;

INSERT OR IGNORE INTO main.policy_pack
VALUES ('session',    h2040_policy('session')),
       ('commercial', h2040_policy('commercial')),
       ('cms',        h2040_policy('cms')),
       ('H2014',      h2040_policy('H2014')),
       ('H2017',      h2040_policy('H2017')),
       ('H2019',      h2040_policy('H2019'));

-- Caps that real payers wrote, some of them since changed: take the nearest, and
-- put your payer and its words in.
--
-- INSERT INTO session_cap (cap_id, payer_id, hcpcs_codes, max_units, period, scope) VALUES
--   ('tx-h2014-day',   'TXMCD', 'H2014',             16, 'day',             'member'),          -- 4 hours
--   ('tx-rehab-day',   'TXMCD', 'H2014 H2017',       32, 'day',             'member'),          -- 8 hours, codes together
--   ('tx-provider',    'TXMCD', 'H2014 H2017 H2019', 48, 'day',             'provider'),        -- 12 hours
--   ('tx-visits',      'TXMCD', 'H2040',             30, 'year',            'member'),
--   ('mt-youth',       'MTMCD', 'H2040',             24, 'year from 07-01', 'member'),
--   ('in-rehab',       'INMCD', 'H2040',             30, '30 days',         'member'),          -- rolling
--   ('in-meeting',     'INMCD', 'H2040',              4, 'month',           'member'),          -- stacked: these two
--   ('in-year',        'INMCD', 'H2040',             30, 'year',            'member'),          --   and the year
--   ('oh-screening',   'OHMCD', 'H2040',              1, 'year',            'member+provider'),
--   ('ar-outpatient',  'ARMCD', 'H2040',             12, 'year from 07-01', 'member'),
--   ('la-waiver',      'LAMCD', 'H2040',              0, 'year',            'member'),          -- all by authorization
--   ('ny-month',       'NYMCD', 'H2040',              1, 'month',           'member');
--
-- Caps that hold for some lines only (Florida's waiver, its table of 2019):
--
-- INSERT INTO session_cap (cap_id, payer_id, hcpcs_codes, max_units, period, modifiers, one_of_modifiers) VALUES
--   ('fl-day',        'FLMCD', 'H2019',   16, 'day',   'UC', 'HP HO HN'),
--   ('fl-month',      'FLMCD', 'H2019',  496, 'month', 'UC', 'HP HO HN'),
--   ('fl-assistants', 'FLMCD', 'H2019',   32, 'day',   'UC', 'HM');
