# h2040_837p and h2040_835 on texts in memory: megabytes a second, on one core, beside
# two parsers of npm where they are found (npm install node-x12 x12-parser anywhere, and
# name that folder's node_modules in NODE_PATH).
#
#   make bench            or: tclsh tests/bench/x12.tcl [claims]
#
# The time is the processor's, that of the copy that SQLite makes of the text among it.

source [file join [file dirname [info script]] bench.tcl]
source [file join $testdir x12.tcl]
set claims [expr {$argc > 0 ? [lindex $argv 0] : 100000}]

sqlite3 db :memory:
db enable_load_extension 1
db eval {SELECT load_extension($::library)}

# Two lines a claim, about 230 bytes a line, in one set.
proc claims_text {claims} {
  set body {}
  for {set i 0} {$i < $claims} {incr i} {
    append body "HL*[expr {$i + 2}]*1*22*0~SBR*P*18*******MC~NM1*IL*1*SUBSCRIBER*$i****MI*M$i~N3*$i MAIN STREET~N4*TOWN*MN*55001~" \
      "DMG*D8*19900101*F~NM1*PR*2*EXAMPLE PAYER*****PI*PAYER1~CLM*ACC$i*200***11:B:1*Y*A*Y*Y~REF*G1*PA$i~HI*ABK:F200*ABF:F1020~" \
      "NM1*82*1*CLINICIAN*A****XX*1000000004~PRV*PE*PXC*101YM0800X~" \
      "LX*1~SV1*HC:H2040:GT*100*UN*2***1:2~DTP*472*D8*20260105~REF*6R*ACC$i-1~" \
      "LX*2~SV1*HC:H2014:GT:HQ*100*UN*4***1~DTP*472*D8*20260106~REF*6R*ACC$i-2~"
  }
  string map [list MARK $body] [x12 "$::head837\nMARK" -between {}]
}
proc payments_text {claims} {
  set body {}
  for {set i 0} {$i < $claims} {incr i} {
    append body "CLP*ACC$i*1*200*150*10*MC*ICN$i*11*1~NM1*QC*1*SUBSCRIBER*$i****MI*M$i~REF*EA*ACC$i~DTM*050*20260120~" \
      "SVC*HC:H2040:GT*100*80**2~DTM*472*20260105~CAS*CO*45*20~REF*6R*ACC$i-1~AMT*B6*80~" \
      "SVC*HC:H2014:GT:HQ*100*70**4~DTM*472*20260106~CAS*CO*45*20~CAS*PR*3*10~REF*6R*ACC$i-2~AMT*B6*80~LQ*HE*N130~"
  }
  string map [list MARK $body I*80 I*[expr {150 * $claims}]] [x12 "$::head835\nMARK" -between {} -type 835 -implementation 005010X221A1]
}

proc processor_seconds {} {
  set channel [open /proc/self/stat]
  set fields [lrange [lindex [split [read $channel] ")"] end] 0 end]
  close $channel
  expr {([lindex $fields 11] + [lindex $fields 12]) / 100.0}
}
# Of five runs the middle one.
proc speed {sql} {
  db eval $sql
  for {set i 0} {$i < 5} {incr i} {
    set start [processor_seconds]
    db eval $sql
    lappend times [expr {max([processor_seconds] - $start, 0.01)}]
  }
  expr {[string length $::text] / 1e6 / [median $times]}
}
proc peak {} {
  set channel [open /proc/self/status]
  regexp {VmHWM:\s*(\d+)} [read $channel] -> kilobytes
  close $channel
  return $kilobytes
}

set fastest 0
foreach {function make} {h2040_837p claims_text h2040_835 payments_text} {
  set text [encoding convertto utf-8 [$make $claims]]
  set columns [lmap name [db eval {SELECT name FROM pragma_table_info($function)}] { string cat count( $name ) }]
  set rows [db one "SELECT count(*) FROM $function\(@::text)"]
  puts [format "%s: %.0f MB, %d rows, %d bytes a row; SQLite %s" $function [expr {[string length $text] / 1e6}] $rows \
    [expr {[string length $text] / $rows}] [db version]]
  report "  count(problem), MB a second" [set count [speed "SELECT count(problem) FROM $function\(@::text)"]] "200"
  report "  all columns, MB a second" [speed "SELECT [join $columns ,] FROM $function\(@::text)"] "100"
  set small [encoding convertto utf-8 [$make [expr {$claims / 10}]]]
  set file [file join $benchdir $function.edi]
  set channel [open $file wb]
  puts -nonewline $channel $small
  close $channel
  foreach peer {node-x12 x12-parser} {
    if {[catch {exec node -e "require.resolve('$peer')" 2>@1}]} {
      puts "  $peer: skipped (not installed; see NODE_PATH)"
      continue
    }
    lassign [exec node [file join $testdir peers x12.js] $peer $file count] segments seconds
    set theirs [expr {[string length $small] / 1e6 / $seconds}]
    report [format "  count(problem) / %s, which reads %.1f MB a second" $peer $theirs] [expr {$count / $theirs}] "20"
  }
}
# 200 MB in one text.
set text [encoding convertto utf-8 [claims_text [expr {$claims * 4}]]]
set before [peak]
set rows [db one {SELECT count(problem) || ' of ' || count(*) FROM h2040_837p(@::text)}]
puts [format "one text of %.0f MB: %s rows; the peak of memory grew by %.0f MB" [expr {[string length $text] / 1e6}] $rows \
  [expr {([peak] - $before) / 1024.0}]]
