# The JSON form of h2040_check: what it costs a line beside the pairs, json_object()
# excluded, for the objects are stored.
#
#   make bench            or: tclsh tests/bench/check_json.tcl [lines]

source [file join [file dirname [info script]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 200000}]

open_bench db check_json-$lines.db
db eval {PRAGMA cache_size = -262144}
proc read_file {name} {
  set channel [open [file join $::testdir bench $name]]
  set text [read $channel]
  close $channel
  return $text
}
set fields {
  hcpcs_code modifier_1 modifier_2 units service_date place_of_service diagnosis_codes rendering_npi
  rendering_taxonomy received_date note_date duration_minutes purpose plan_goal activities client_response
  progress next_steps
}
foreach field $fields { lappend pairs '$field' $field }
set pairs [join $pairs ", "]
if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'object'}]} {
  db eval [read_file check_data.sql]
  db eval "CREATE TABLE object AS SELECT json_object($pairs) AS line FROM claim_line"
}

puts "$lines objects of [llength $fields] members, [db one {SELECT CAST(avg(length(line)) AS INTEGER) FROM object}] bytes each; SQLite [db version]"
set different [db one "SELECT count(*) FROM object JOIN claim_line ON object.rowid = claim_line.rowid
  WHERE h2040_check(object.line) IS NOT h2040_check($pairs)"]
puts "the form answers otherwise than the pairs on $different"
lassign [ratio db {SELECT count(h2040_check(line)) FROM object} {SELECT sum(length(line)) FROM object} 7] r a b
report "microseconds a line, the reading of the object from the table excluded" [expr {($a - $b) * 1e6 / $lines}] "at most 3"
lassign [ratio db {SELECT count(h2040_check(line)) FROM object} "SELECT count(h2040_check($pairs)) FROM claim_line" 7] r a b
report "h2040_check of an object / of pairs" $r "-"
lassign [ratio db {SELECT count(h2040_check(line)) FROM object} {SELECT count(json_type(line)) FROM object} 7] r a b
report "h2040_check of an object / SQLite's json_type of it" $r "-"
exit [expr {$different > 0}]
