# One database beside two shards of it (sql/shard.sql), audited at once by two
# sqlite3 shells: the findings of every line, and the sessions past the caps, put in
# tables.
#
#   make bench            or: tclsh tests/bench/shards.tcl [lines]
#
# Two ratios, of runs in turn: of wall time, which wants two idle processors; and of
# the processor time of the whole to that of the slower shard, which is what two idle
# ones would give.

source [file join [file dirname [file normalize [info script]]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 250000}]
set folder [file join $benchdir shards-$lines]
file mkdir $folder
cd $folder

proc read_file {path} {
  set channel [open $path]
  set text [regsub -all -line {^\..*$} [read $channel] {}]
  close $channel
  return $text
}
proc run {command} { exec sh -c $command 2>@1 }

if {![file exists shard1.db]} {
  foreach file [glob -nocomplain *.db] { file delete $file }
  open_bench db shards-$lines/whole.db
  foreach name {schema.sql policies.sql} { db eval [read_file $root/sql/$name] }
  db eval {BEGIN}
  db eval [read_file $testdir/bench/audit_data.sql]
  db eval {COMMIT}
  db close
  foreach shard {0 1} {
    set took($shard) [seconds {
      run "sqlite3 -cmd '.parameter set :shard $shard' -cmd '.parameter set :shards 2' whole.db '.read $root/sql/shard.sql'"
    }]
  }
  puts [format "made: whole.db (%d MB), shard0.db in %.1f s, shard1.db in %.1f s" \
    [expr {[file size whole.db] / 1000000}] $took(0) $took(1)]
}

proc audit {file query} {
  return "sqlite3 -bail -cmd '.load $::library' $file '.read $::root/sql/views.sql' 'CREATE TEMP TABLE answer AS $query' 'SELECT count(*) FROM answer'"
}

# Processor seconds of a command: the line of `times` that speaks of children.
proc work {command} {
  regexp {(\d+)m([\d.]+)s (\d+)m([\d.]+)s$} [string trim [run "$command > /dev/null; times"]] -> um us sm ss
  expr {$um * 60 + $us + $sm * 60 + $ss}
}

# Checked before it is timed: the shards find together what the whole finds.
foreach {what query} {
  "findings (h2040_finding)"    {SELECT * FROM temp.h2040_finding}
  "sessions_over_cap"           {SELECT * FROM temp.past_cap_now}
} {
  set whole [audit whole.db $query]
  set shards "([audit shard0.db $query]) & ([audit shard1.db $query]) & wait"
  set rows [run $whole]
  if {$rows != [tcl::mathop::+ {*}[run $shards]]} { error "$what: the shards have not the rows of the whole" }
  set walls {}
  set works {}
  for {set i 0} {$i < 3} {incr i} {
    lappend walls [expr {[seconds {run $whole}] / [seconds {run $shards}]}]
    lappend works [expr {[work $whole] / max([work [audit shard0.db $query]], [work [audit shard1.db $query]])}]
  }
  puts "$what: $rows rows of $lines lines"
  report "  wall time, one file / two shards at once" [median $walls] "2 at best"
  report "  processor time, one file / the slower shard" [median $works] "2 at best"
}
