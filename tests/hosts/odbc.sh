# ODBC:  sh odbc.sh /path/to/build/h2040.so billing.db
# (In odbc.ini the same stands as LoadExt = /path/to/build/h2040.so.)
isql -b -d'|' -k "Driver=SQLite3;Database=$2;LoadExt=$1" <<'SQL'
SELECT sqlite_version()
SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers) FROM claim_line
SELECT claim_id, service_date, units_before, units_over, status FROM sessions_over_cap('claim_line', 2, 'month')
SQL
