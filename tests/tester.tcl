# What the .test files share, in the idiom of SQLite's own suite:
#
#   source [file join [file dirname [info script]] tester.tcl]
#   do_execsql_test check-1.1 { SELECT h2040_check(...) } {[]}
#   do_catchsql_test check-2.1 { SELECT h2040_check('unit', 1) } {1 {h2040_check: ...}}
#   do_test name { script } {expected}
#   finish_test
#
# H2040 in the environment names the library under test (default build/h2040
# beside tests/).  `db` is a fresh in-memory database with it loaded.

package require sqlite3

set testdir [file normalize [file dirname [info script]]]
set root [file dirname $testdir]
set library [file join $root build h2040]
if {[info exists env(H2040)]} { set library [file normalize $env(H2040)] }
set scratch [file join $root build scratch [file rootname [file tail [info script]]]-[pid]]
file mkdir $scratch

set passed 0
set failed 0

proc open_database {handle {name :memory:}} {
  sqlite3 $handle $name
  $handle enable_load_extension 1
  $handle eval {SELECT load_extension($::library)}
}

proc reset_db {} {
  catch {db close}
  open_database db
}

proc execsql {sql {handle db}} { uplevel #0 [list $handle eval $sql] }

proc catchsql {sql {handle db}} {
  set code [catch {uplevel #0 [list $handle eval $sql]} result]
  list $code $result
}

# Compares two Tcl lists element by element, so that the layout of the expected
# text does not matter but everything else does.
proc same_list {a b} {
  if {$a eq $b} { return 1 }
  if {[catch {llength $a} n] || [catch {llength $b} m] || $n != $m} { return 0 }
  foreach x $a y $b { if {$x ne $y} { return 0 } }
  return 1
}

proc check_result {name got expected} {
  if {[same_list $got $expected]} {
    incr ::passed
  } else {
    incr ::failed
    puts "FAILED $name\n  expected: $expected\n  got:      $got"
  }
}

proc do_test {name script expected} {
  if {[catch {uplevel #0 $script} got]} { set got "error: $got" }
  check_result $name $got $expected
}

proc do_execsql_test {name sql {expected {}}} {
  if {[catch {uplevel #0 [list db eval $sql]} got]} { set got "error: $got" }
  check_result $name $got $expected
}

proc do_catchsql_test {name sql expected} {
  check_result $name [catchsql $sql] $expected
}

# Two queries give the same rows: a virtual table beside its oracle in plain SQL.
proc do_same_test {name sql oracle} {
  if {[catch {uplevel #0 [list db eval $oracle]} expected]} { set expected "oracle's error: $expected" }
  do_execsql_test $name $sql $expected
}

proc finish_test {} {
  catch {db close}
  file delete -force $::scratch
  puts "[file tail [info script]]: $::passed passed, $::failed failed"
  exit [expr {$::failed > 0}]
}

reset_db
