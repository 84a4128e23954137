# Runs every .test file of this folder, each in a process of its own, and sums up.
#
#   tclsh tests/all.tcl [pattern]
#   SKIP='dist hosts' tclsh tests/all.tcl     all but those

set testdir [file dirname [file normalize [info script]]]
set pattern [expr {$argc > 0 ? [lindex $argv 0] : "*"}]
set skip [expr {[info exists env(SKIP)] ? $env(SKIP) : ""}]
set passed 0
set failed 0
foreach file [lsort [glob -directory $testdir $pattern.test]] {
  if {[file rootname [file tail $file]] in $skip} continue
  catch {exec [info nameofexecutable] $file 2>@1} output
  set output [regsub {\nchild process exited abnormally$} $output {}]
  if {[regexp {(\d+) passed, (\d+) failed$} $output -> p f]} {
    incr passed $p
    incr failed $f
  } else {
    incr failed
    append output "\nFAILED [file tail $file] did not finish"
  }
  puts $output
}
puts "$passed passed, $failed failed"
exit [expr {$failed > 0}]
