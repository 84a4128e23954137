# A set of four policies beside one policy, over the same lines; and lines of four codes
# beside lines of one.
#
#   make bench            or: tclsh tests/bench/policy_set.tcl [lines]

source [file join [file dirname [info script]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 300000}]

open_bench db policy_set-$lines.db
db eval {PRAGMA cache_size = -262144}
proc read_file {name} {
  set channel [open [file join $::testdir bench $name]]
  set text [read $channel]
  close $channel
  return $text
}
if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'four_codes'}]} {
  db eval [read_file check_data.sql]
  db eval {
    CREATE TABLE four_codes AS SELECT * FROM claim_line;
    UPDATE four_codes SET hcpcs_code = CASE rowid % 4 WHEN 0 THEN 'H2014' WHEN 1 THEN 'H2017' WHEN 2 THEN 'H2019' ELSE 'H2040' END
     WHERE hcpcs_code = 'H2040';
  }
}
set fields {
  hcpcs_code modifier_1 modifier_2 units service_date place_of_service diagnosis_codes rendering_npi
  rendering_taxonomy received_date note_date duration_minutes purpose plan_goal activities client_response
  progress next_steps
}
foreach field $fields { lappend pairs '$field' $field }
set pairs [join $pairs ", "]
proc check {table policy} { return "SELECT count(h2040_check($::pairs, 'policy', '$policy')) FROM $table" }

puts "$lines lines of [llength $fields] fields; SQLite [db version]"
lassign [ratio db [check claim_line all] [check claim_line session] 15] r a b
report "a set of four / one policy, over lines of H2040" $r "at most 1.1"
lassign [ratio db [check four_codes all] [check claim_line session] 15] r a b
report "a set of four over lines of four codes / one policy over lines of H2040" $r "at most 1.1"
