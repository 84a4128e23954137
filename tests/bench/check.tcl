# h2040_check beside a function that only reads the same arguments, and beside
# the SQL expression that applies the same rules (check_expression.sql).
#
#   make bench            or: tclsh tests/bench/check.tcl [lines]

source [file join [file dirname [info script]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 1000000}]

open_bench db check-$lines.db
db eval {PRAGMA cache_size = -65536}
db eval {SELECT load_extension($::benchdir || '/read_text', 'sqlite3_readtext_init')}

proc read_file {name} {
  set channel [open [file join $::testdir bench $name]]
  set text [read $channel]
  close $channel
  return $text
}

if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'claim_line'}]} {
  db eval [read_file check_data.sql]
}

set fields {
  hcpcs_code modifier_1 modifier_2 units service_date place_of_service diagnosis_codes rendering_npi
  rendering_taxonomy received_date note_date duration_minutes purpose plan_goal activities client_response
  progress next_steps
}
foreach field $fields { lappend pairs '$field' $field }
set pairs [join $pairs ", "]
set expression [read_file check_expression.sql]

set check "SELECT count(h2040_check($pairs)) FROM claim_line"
set read "SELECT count(read_text($pairs)) FROM claim_line"
set written "SELECT count($expression) FROM claim_line"

puts "$lines lines of [llength $fields] fields, documentation among them; SQLite [db version]"
set different [db one "SELECT count(*) FROM claim_line WHERE h2040_check($pairs) IS NOT $expression"]
set broken [db one "SELECT count(*) FROM claim_line WHERE h2040_check($pairs) <> '\[\]'"]
puts "$broken of them break a rule; the SQL expression gives another answer on $different"
if {$different > 0} {
  db eval "SELECT line, h2040_check($pairs) AS ours, $expression AS theirs FROM claim_line
            WHERE ours IS NOT theirs LIMIT 5" { puts "  line $line: $ours, by SQL $theirs" }
}
lassign [ratio db $check $read 15] r a b
report "h2040_check / a function that only reads the same arguments" $r "at most 1.5"
puts [format "  %.0f ns a line, %.0f ns of which are the reading" [expr {$a * 1e9 / $lines}] [expr {$b * 1e9 / $lines}]]
lassign [ratio db $written $check 3] r a b
report "the same rules written as an SQL expression / h2040_check" $r "more than 1"
exit [expr {$different > 0}]
