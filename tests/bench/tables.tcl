# The table functions beside the plainest query over the same columns.
#
#   make bench            or: tclsh tests/bench/tables.tcl [lines]
#
# Lines of 18 fields, as in check.tcl, and the same as an export writes them: US dates,
# dressed codes, amounts with a dollar sign.

source [file join [file dirname [info script]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 1000000}]

open_bench db tables-$lines.db
db eval {PRAGMA cache_size = -262144}
if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'claim_line'}]} {
  set channel [open [file join $testdir bench check_data.sql]]
  db eval [read $channel]
  close $channel
}
if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'visits'}]} {
  db eval {
    CREATE TABLE visits AS SELECT line AS "Claim ID", 'HC:' || hcpcs_code AS "CPT Code", modifier_1 AS "Mod 1", units AS "Qty",
      substr(service_date, 6, 2) || '/' || substr(service_date, 9, 2) || '/' || substr(service_date, 1, 4) AS "DOS", place_of_service AS "POS", diagnosis_codes AS "Dx", rendering_npi AS "NPI",
      '$' || (units * 25) || '.00' AS "Charge"
    FROM claim_line
  }
}

set fields {
  hcpcs_code modifier_1 modifier_2 units service_date place_of_service diagnosis_codes rendering_npi
  rendering_taxonomy received_date note_date duration_minutes purpose plan_goal activities client_response
  progress next_steps
}
foreach field $fields { lappend pairs '$field' $field }
set view "CREATE TEMP VIEW audited AS SELECT [join $fields ,] FROM claim_line"
db eval $view
puts "$lines lines; SQLite [db version]"

lassign [ratio db "SELECT count(rule) FROM h2040_audit('audited')" "SELECT count(h2040_check([join $pairs ,])) FROM audited" 5] r a b
report "h2040_audit, its rules only / h2040_check of the same columns" $r "at most 1.1"

set read {SELECT count("Claim ID" || "CPT Code" || "Mod 1" || Qty || DOS || POS || Dx || NPI || Charge) FROM visits}
set canonical {
  SELECT count(claim_id || hcpcs_code || modifiers || units || service_date || place_of_service || diagnosis_codes || rendering_npi || charge_amount)
    FROM h2040_lines('visits') WHERE columns = h2040_mapping('visits') AND dates = 'mdy'
}
lassign [ratio db $canonical $read 5] r a b
report "h2040_lines / reading the same columns as text" $r "at most 3"
puts [format "  %.0f ns a line" [expr {$a * 1e9 / $lines}]]

lassign [ratio db {SELECT count(*) FROM h2040_columns('visits')} $read 5] r a b
report "h2040_columns / reading the same columns as text" $r "one pass"
