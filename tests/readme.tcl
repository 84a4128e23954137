# The samples of README.md and of those in ext, sql and tests, run.
#
#   tclsh tests/readme.tcl           says which outputs in them are stale
#   tclsh tests/readme.tcl --update  writes what the samples print into them
#
# A ```sql block is run; if a ```text block follows, that is what the sqlite3 shell
# prints of it in its default mode.  All those of a file run in one database, from
# top to bottom.
#
# <!-- run: COMMAND --> before any other block hands that to the command, in a
# folder of the file's own, where build, ext, sql and tests are those of the
# project.  It must end with status 0; what it prints is the ```text block behind it.
# Where the command is not on this machine it is skipped.
#
# <!-- printed by: COMMAND --> before a ```text block names the shell command that
# prints it.  Between <!-- made: QUERY --> and <!-- end --> stands what the query
# gives, a line a row.
#
# The last line is the number of samples and of stale ones.

package require sqlite3
set root [file dirname [file dirname [file normalize [info script]]]]
set library [expr {[info exists env(H2040)] ? [file normalize $env(H2040)] : [file join $root build h2040]}]
set samples 0
set stale 0

# As the shell prints rows: columns joined by |, NULL as nothing.
proc run_sql {sql} {
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

# What a command prints of a block; "skipped" where it is not here.
proc run_command {command block} {
  if {[auto_execok [lindex $command 0]] eq ""} {
    puts "skipped: no [lindex $command 0] here"
    return -code error -errorcode SKIPPED skipped
  }
  if {[catch {exec env -C $::folder {*}$command << "$block\n" 2>@1} output]} { append output "\n(it failed)" }
  return $output
}

proc put {line} { lappend ::out $line }

proc compare {where old new} {
  incr ::samples
  if {$old eq $new} return
  incr ::stale
  puts "$::name, $where:\n--- it says\n$old\n--- is\n$new"
}

# The lines from i to the one that ends them; i stands at that one afterwards.
proc take_until {end} {
  upvar lines lines i i
  set block {}
  for {incr i} {$i < [llength $lines] && [lindex $lines $i] ne $end} {incr i} { lappend block [lindex $lines $i] }
  return $block
}

proc next_block_is_text {lines i} {
  for {incr i} {[lindex $lines $i] eq ""} {incr i} { if {$i > [llength $lines]} { return 0 } }
  expr {[lindex $lines $i] eq "```text"}
}

# Reads a file, runs its samples, and leaves in ::out what it should be.
proc run_samples {file} {
  set channel [open $file]
  set lines [split [read -nonewline $channel] \n]
  close $channel
  set ::out {}
  set printed ""  ;# what the next text block should say
  set expected 0  ;# whether there is such a thing
  set command ""
  for {set i 0} {$i < [llength $lines]} {incr i} {
    set line [lindex $lines $i]
    set where "line [expr {$i + 1}]"
    put $line
    if {[regexp {^<!-- printed by: (.*) -->$} $line -> by]} {
      set printed [exec sh -c "cd '$::root' && $by" 2>@1]
      set expected 1
    } elseif {[regexp {^<!-- run: (.*) -->$} $line -> command]} {
      continue
    } elseif {[regexp {^<!-- made: (.*) -->$} $line -> query]} {
      set old [join [take_until "<!-- end -->"] \n]
      set new [run_sql "$query;"]
      compare "made by $query" $old $new
      foreach made [split $new \n] { put $made }
      put "<!-- end -->"
    } elseif {$line eq "```text"} {
      set block [take_until "```"]
      if {$expected} {
        compare $where [join $block \n] $printed
        set block [split $printed \n]
      }
      foreach text $block { put $text }
      put "```"
      set expected 0
    } elseif {[string match "```?*" $line]} {
      set block [take_until "```"]
      foreach text $block { put $text }
      put "```"
      set expected [next_block_is_text $lines $i]
      set block [join $block \n]
      if {$command ne ""} {
        set failed [catch {run_command $command $block} printed]
        if {$failed} { set expected 0 } elseif {!$expected} { compare $where "" $printed }
      } elseif {$line eq "```sql"} {
        set printed [run_sql $block]
      } else {
        set expected 0
      }
      set command ""
    }
  }
}

foreach name {README.md ext/README.md sql/README.md tests/README.md} {
  set folder [file join $root build scratch readme-[pid]]
  file delete -force $folder
  file mkdir $folder
  foreach link {ext sql tests} { file link -symbolic [file join $folder $link] [file join $root $link] }
  file mkdir [file join $folder build]
  foreach link [list [file rootname $library][info sharedlibextension]] {
    file link -symbolic [file join $folder build h2040[info sharedlibextension]] $link
  }
  sqlite3 db :memory:
  db enable_load_extension 1
  db eval {SELECT load_extension($::library)}
  run_samples [file join $root $name]
  db close
  file delete -force $folder
  if {[lindex $argv 0] eq "--update"} {
    set channel [open [file join $root $name] w]
    puts $channel [join $out \n]
    close $channel
  }
}
puts "$samples samples, $stale stale"
