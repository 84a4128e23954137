# What the benches share: a database made once, and pairs of queries timed in
# turn, so that the ratio holds when the machine's speed drifts.

package require sqlite3

set testdir [file dirname [file dirname [file normalize [info script]]]]
set root [file dirname $testdir]
set library [file join $root build h2040]
set benchdir [file join $root build bench]
file mkdir $benchdir

proc open_bench {handle name} {
  sqlite3 $handle [file join $::benchdir $name]
  $handle enable_load_extension 1
  $handle eval {SELECT load_extension($::library)}
}

proc seconds {script} {
  set start [clock microseconds]
  uplevel 1 $script
  expr {([clock microseconds] - $start) / 1e6}
}

proc median {list} {
  lindex [lsort -real $list] [expr {[llength $list] / 2}]
}

# The median of the ratios of two queries, run in turn after one warm-up of each.
# Returns {ratio seconds_of_a seconds_of_b}.
proc ratio {db a b {rounds 5}} {
  $db eval $a
  $db eval $b
  for {set i 0} {$i < $rounds} {incr i} {
    lappend as [seconds {$db eval $a}]
    lappend bs [seconds {$db eval $b}]
    lappend ratios [expr {[lindex $as end] / [lindex $bs end]}]
  }
  list [median $ratios] [median $as] [median $bs]
}

proc report {what ratio goal} {
  puts [format "%-66s %6.2f   (%s)" $what $ratio $goal]
}
