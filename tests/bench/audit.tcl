# The full audit of a database of schema.sql, stored by audit.sql, beside one pass of
# h2040_check over the same lines with the same fields.
#
#   make bench            or: tclsh tests/bench/audit.tcl [lines]
#
# Both read audited_line: each line with its note, plan, authorization and policy.

source [file join [file dirname [info script]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 1000000}]

open_bench db audit-$lines.db
db eval {PRAGMA cache_size = -65536}

proc read_file {args} {
  set channel [open [file join $::root {*}$args]]
  set text [regsub -all -line {^\..*$} [read $channel] {}]
  close $channel
  return $text
}

if {![db exists {SELECT 1 FROM sqlite_master WHERE name = 'claim_line'}]} {
  foreach script {schema.sql policies.sql} { db eval [read_file sql $script] }
  db eval {BEGIN}
  db eval [read_file tests bench audit_data.sql]
  db eval {COMMIT}
}
db eval [read_file sql views.sql]

# The fields are the columns of audited_line that h2040_check knows.
db eval {PRAGMA temp.table_info(audited_line)} row {
  if {$row(name) ni {claim_line_number}} { lappend pairs '$row(name)' $row(name) }
}
set check "SELECT count(h2040_check([join $pairs ,])) FROM audited_line"
set audit [read_file sql audit.sql]

puts "[db eval {SELECT count(*) FROM claim_line}] lines, [expr {[llength $pairs] / 2}] fields; SQLite [db version]"
lassign [ratio db $audit $check 3] ratio a b
puts [format "h2040_check %.1f s, the audit %.1f s" $b $a]
foreach {status count} [db eval {SELECT status, count(*) FROM audit_finding WHERE run_id = (SELECT max(run_id) FROM audit_run) GROUP BY 1}] {
  puts "  $count findings $status"
}
report "full audit / one pass of h2040_check" $ratio "at most 3"
