# README.md's samples, run.
#
#   tclsh tests/readme.tcl           says which outputs in README.md are stale
#   tclsh tests/readme.tcl --update  writes what the samples print into README.md
#
# A sample is a ```sql block followed by a ```text block: the statements, and
# what the sqlite3 shell prints of them in its default mode.  All samples run in
# one database, top to bottom.  Between <!-- made: QUERY --> and <!-- end -->
# stands what the query gives, a line a row.  <!-- printed by: COMMAND --> before a
# ```text block names the shell command that prints it.
#
# The result of the last line is the number of samples and of stale ones.

package require sqlite3
set root [file dirname [file dirname [file normalize [info script]]]]
set library [expr {[info exists env(H2040)] ? [file normalize $env(H2040)] : [file join $root build h2040]}]
set file [file join $root README.md]

sqlite3 db :memory:
db enable_load_extension 1
db eval {SELECT load_extension($::library)}

# As the shell prints rows: columns joined by |, NULL as nothing.
proc run_sample {sql} {
  set lines {}
  set statement ""
  foreach line [split $sql \n] {
    append statement $line \n
    if {[string trim $statement] eq "" || ![db complete $statement]} continue
    if {[catch {
      db eval $statement row {
        set values {}
        foreach column $row(*) { lappend values $row($column) }
        lappend lines [join $values |]
      }
    } message]} {
      lappend lines "Error: $message"
    }
    set statement ""
  }
  if {[string trim $statement] ne ""} { lappend lines "unfinished statement: $statement" }
  join $lines \n
}

set channel [open $file]
set readme [read -nonewline $channel]
close $channel

set out {}
set lines [split $readme \n]
set samples 0
set stale 0
set pending ""
set command ""
proc put {line} { lappend ::out $line }
proc compare {where old new} {
  incr ::samples
  if {$old eq $new} return
  incr ::stale
  puts "README.md, $where:\n--- README.md says\n$old\n--- is\n$new"
}
for {set i 0} {$i < [llength $lines]} {incr i} {
  set line [lindex $lines $i]
  put $line
  if {[regexp {^<!-- printed by: (.*) -->$} $line -> command]} {
    continue
  } elseif {[regexp {^<!-- made: (.*) -->$} $line -> query]} {
    set old {}
    for {incr i} {[lindex $lines $i] ne "<!-- end -->"} {incr i} { lappend old [lindex $lines $i] }
    set new [run_sample "$query;"]
    compare "made by $query" [join $old \n] $new
    foreach new_line [split $new \n] { put $new_line }
    put "<!-- end -->"
  } elseif {$line eq "```sql" || $line eq "```text"} {
    set block {}
    set start $i
    for {incr i} {[lindex $lines $i] ne "```"} {incr i} { lappend block [lindex $lines $i] }
    if {$line eq "```sql"} {
      if {$pending ne ""} { run_sample $pending }
      set pending [join $block \n]
      foreach block_line $block { put $block_line }
    } elseif {$pending ne "" || $command ne ""} {
      if {$command ne ""} {
        set new [exec sh -c "cd '$root' && $command" 2>@1]
      } else {
        set new [run_sample $pending]
      }
      compare "line [expr {$start + 1}]" [join $block \n] $new
      foreach new_line [split $new \n] { put $new_line }
      set pending ""
      set command ""
    } else {
      foreach block_line $block { put $block_line }
    }
    put "```"
  }
}
if {$pending ne ""} { run_sample $pending }
if {[lindex $argv 0] eq "--update"} {
  set channel [open $file w]
  puts $channel [join $out \n]
  close $channel
}
puts "$samples samples, $stale stale"
