# Runs each statement with each allocation failing in turn, once and from there
# on.  Started by ../fault.test, with oom.so preloaded:
#
#   LD_PRELOAD=oom.so tclsh sweep.tcl oom.so library scratch stride ?name ...?
#
# stride 1: every allocation; 7: every seventh, from a place that differs from
# statement to statement.  Only the right answer or "out of memory" is right.
# SQLite itself has two more words for it: where it has no memory to copy an
# error's message it says "SQL logic error" or the like, and load_extension may say nothing.
# Prints what is wrong, and at the end how many faults
# there were and how many were answered rightly.

package require sqlite3
lassign $argv shim library scratch stride
set only [lrange $argv 4 end]
source [file join [file dirname [info script]] statements.tcl]

sqlite3 oom :memory:
oom enable_load_extension 1
oom eval {SELECT load_extension($shim, 'sqlite3_oom_init')}
proc arm {n persistent} { oom eval {SELECT oom_arm($n, $persistent)} }
proc disarm {} { oom onecolumn {SELECT oom_disarm()} }
proc used {} { oom onecolumn {SELECT oom_used()} }
arm 0 0; disarm; used

set ok 0
set wrong 0
proc complain {text} {
  puts "FAILED $text"
  if {[incr ::wrong] > 50} { puts "too many"; exit 1 }
}

# What load_extension itself says when it, or an entry point, has no memory.
proc fails_to_load {got} {
  lassign $got code message
  expr {$code == 1 && [regexp {^$|^error during initialization: (out of memory)?$|cannot open shared object file} $message]}
}

# The answer of a statement on a connection of its own.
proc answer {sql n persistent failures} {
  upvar $failures failed
  sqlite3 db $::file
  db enable_load_extension 1
  if {$sql eq ""} {
    arm $n $persistent
    set code [catch {db eval {SELECT load_extension($::library)}} result]
    set failed [disarm]
  } else {
    db eval {SELECT load_extension($::library)}
    db eval {ATTACH $::other AS other}
    db eval {SELECT count(*) FROM main.sqlite_schema, other.sqlite_schema}
    arm $n $persistent
    set code [catch {db eval $sql} result]
    set failed [disarm]
    catch {db eval ROLLBACK}
  }
  db close
  list $code $result
}

proc sweep {name sql} {
  set before [used]
  set right [answer $sql 0 0 failed]
  set right [answer $sql 0 0 failed]
  if {[used] != $before} { complain "$name: leaks [expr {[used] - $before}] bytes without a fault" }
  foreach persistent {0 1} {
    set n [expr {1 + [string length $name] % $::stride}]
    for {} {1} {incr n $::stride} {
      set got [answer $sql $n $persistent failed]
      if {$failed == 0} break
      incr ::ok
      if {$got ne $right && $got ne {1 {out of memory}} && !($sql eq "" && [fails_to_load $got])
          && !($persistent && [lindex $right 0] && [lindex $got 1] in {{SQL logic error} {constraint failed}})} {
        complain "$name, allocation $n, persistent $persistent:\n  got [string range $got 0 300]\n  not [string range $right 0 300]"
      }
      if {[used] != $before} {
        complain "$name, allocation $n, persistent $persistent: leaks [expr {[used] - $before}] bytes"
        set before [used]
      }
    }
    if {$got ne $right} { complain "$name without a fault:\n  got [string range $got 0 300]\n  not $right" }
  }
}

foreach encoding {UTF-8 UTF-16} {
  set file [file join $scratch sweep-$encoding.db]
  set other [file join $scratch sweep-$encoding-other.db]
  foreach name [list $file $other] {
    file delete $name
    sqlite3 db $name
    db enable_load_extension 1
    db eval "PRAGMA encoding = '$encoding'"
    db eval {SELECT load_extension($library)}
    fill_database db
    fill_more db
    db eval {CREATE TABLE visits AS SELECT * FROM claims}
    db close
  }
  foreach {name sql} $statements {
    if {[llength $only] > 0 && $name ni $only} continue
    sweep $name $sql
  }
}
oom close
puts "$ok faults, $wrong wrong"
exit [expr {$wrong > 0}]
