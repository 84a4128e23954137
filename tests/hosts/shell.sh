# The sqlite3 shell:  sh shell.sh build/h2040 billing.db
sqlite3 -cmd ".load $1" "$2" "
  SELECT sqlite_version();
  SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
    FROM claim_line;
  SELECT claim_id, service_date, units_before, units_over, status
    FROM sessions_over_cap('claim_line', 2, 'month');
"
