-- The database on which every host is tried.  Plain SQL: it can be made without the
-- extension.  A1 is clean, A2 and A3 are not, A4 bears another code, M1's third
-- session of January passes a cap of two a month.

CREATE TABLE claim_line(
  claim_id TEXT, claim_line_number INTEGER, member_id TEXT, hcpcs_code TEXT, modifiers TEXT,
  units NUMERIC, service_date TEXT, place_of_service TEXT, charge_amount NUMERIC
);
INSERT INTO claim_line VALUES
  ('A1', 1, 'M1', 'H2040', 'GT',    1,     '2026-01-05', '10', 125.00),
  ('A2', 1, 'M1', 'H2040', 'GT 95', 1,     '2026-01-12', '02', 125.00),
  ('A3', 1, 'M1', 'H2040', NULL,    0,     '2026-01-17', '11',  90.50),
  ('A4', 1, 'M1', 'H2014', '',      4,     '2026-01-18', '11',  88.00),
  ('A5', 1, 'M1', 'H2040', '',      2,     '2026-01-19', '11', 250.00),
  ('A6', 1, 'M2', 'H2040', 'ZZ',    1,     '2026-01-19', '11', 125.00);
