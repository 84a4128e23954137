# How fast sessions_over_cap is, as ratios within one run.
#
#   tclsh tests/bench/sessions_over_cap.tcl [lines]      default 2000000
#
# Claims are made by a recursive CTE into build/bench/: 25 lines a member in one
# year, in no order, 1 to 3 units each, one line in 50 of another code.  A cap of
# 58 units a year then catches 1 to 2 % of the members.  Beside it stand a bare scan
# that reads the same columns, the window-function query that an analyst would
# write, in SQLite, and the same query in DuckDB where npm's @duckdb/node-api can be
# found (npm install it anywhere and name that folder's node_modules in NODE_PATH).
# Every result is compared: rows, units past the cap, and units before.

package require sqlite3

set root [file dirname [file dirname [file dirname [file normalize [info script]]]]]
set library [file join $root build h2040]
if {[info exists env(H2040)]} { set library [file normalize $env(H2040)] }
set lines [expr {$argc > 0 ? [lindex $argv 0] : 2000000}]
set folder [file join $root build bench]
file mkdir $folder

proc open_bench {db lines} {
  set file [file join $::folder claims-$lines.db]
  set new [expr {![file exists $file]}]
  sqlite3 $db $file
  $db enable_load_extension 1
  $db eval {SELECT load_extension($::library)}
  $db eval {PRAGMA cache_size = -400000; PRAGMA mmap_size = 4000000000}
  if {!$new} return
  $db eval {
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE claims(claim_id TEXT, claim_line_number INTEGER, payer_id TEXT, member_id TEXT, rendering_npi TEXT,
                        hcpcs_code TEXT, units INTEGER, service_date TEXT, charge_amount REAL);
  }
  set members [expr {$lines / 25}]
  $db eval {
    WITH RECURSIVE line(i, m, r) AS (
      SELECT 0, 0, 20251001
      UNION ALL
      SELECT i + 1, (i + 1) * 7919 % $members, r * 48271 % 2147483647
        FROM line WHERE i < $lines - 1
    )
    INSERT INTO claims
    SELECT printf('C%08d', i), 1, 'P' || (m % 5), printf('M%07d', m), printf('1%09d', r / 977 % 1000),
           CASE WHEN r / 3 % 50 = 7 THEN 'H2014' ELSE 'H2040' END, 1 + r / 131 % 3,
           date('2025-01-01', '+' || (r / 8191 % 365) || ' days'), 85.0
      FROM line
  }
}

# The best time of each script, in seconds, and its answer.  They take turns, so that
# a noisy neighbour is everyone's.
proc measure {rounds args} {
  foreach {name script} $args { set best($name) 1e9 }
  for {set i 0} {$i < $rounds} {incr i} {
    foreach {name script} $args {
      set seconds [expr {[lindex [time {set answer($name) [uplevel 1 $script]}] 0] / 1e6}]
      if {$seconds < $best($name)} { set best($name) $seconds }
    }
  }
  uplevel 1 [list array set seconds [array get best]]
  uplevel 1 [list array set answer [array get answer]]
}

set bare {SELECT count(payer_id), count(member_id), count(service_date), count(units), count(hcpcs_code) FROM claims}

proc window {cap} {
  return "SELECT count(*), sum(min(units, before + units - $cap)), sum(before) FROM (
    SELECT units, coalesce(sum(units) OVER (PARTITION BY payer_id, member_id, substr(service_date, 1, 4)
                                            ORDER BY service_date, claim_id, claim_line_number
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
      FROM claims WHERE hcpcs_code = 'H2040') WHERE before + units > $cap"
}

# The window's `units_over` is capped at 0 by its WHERE; min() caps it at the line's units.
proc ours {cap} {
  return "SELECT count(*), sum(units_over), sum(units_before) FROM sessions_over_cap('claims', $cap, 'year')"
}

proc line {what seconds scan window} {
  puts [format "%-52s %8.3f s %7.2f scans   %6.2f x the window" $what $seconds \
          [expr {$seconds / $scan}] [expr {$window / $seconds}]]
}

proc same {what a b} {
  if {$a ne $b} { puts "DIFFERENT: $what: $a, but $b"; set ::different 1 }
}

set different 0

# DuckDB reads the claims from CSV into a table of its own; only its query is timed.
proc duckdb {cap expected} {
  set node {
    const { DuckDBInstance } = require('@duckdb/node-api');
    (async () => {
      const c = await (await DuckDBInstance.create(':memory:')).connect();
      await c.run(`SET threads = 1`);
      await c.run(`CREATE TABLE claims AS SELECT * FROM read_csv('${process.argv[1]}', types = {'service_date': 'VARCHAR'})`);
      let best = Infinity, row;
      for (let i = 0; i < 3; i++) {
        const t = process.hrtime.bigint();
        row = (await c.runAndReadAll(process.argv[2])).getRows()[0];
        best = Math.min(best, Number(process.hrtime.bigint() - t) / 1e9);
      }
      console.log([best, ...row].join(' '));
    })();
  }
  if {[catch {exec node -e {require.resolve('@duckdb/node-api')} 2>@1}]} {
    puts "DuckDB: skipped (npm's @duckdb/node-api is not installed; see NODE_PATH)"
    return {}
  }
  set csv [file join $::folder claims.csv]
  set channel [open $csv w]
  puts $channel "claim_id,claim_line_number,payer_id,member_id,hcpcs_code,units,service_date"
  db eval {SELECT claim_id || ',' || claim_line_number || ',' || payer_id || ',' || member_id || ',' || hcpcs_code
                  || ',' || units || ',' || service_date AS one FROM claims} { puts $channel $one }
  close $channel
  set sql [string map {min( least(} [window $cap]]
  if {[catch {exec node -e $node $csv $sql} result]} {
    puts "DuckDB: skipped ([lindex [split $result \n] 0])"
    return {}
  }
  same "DuckDB, cap $cap" [lrange $result 1 end] $expected
  lindex $result 0
}

# Five hundred members, one after the other.
proc look_up {db lines} {
  set members [expr {$lines / 25}]
  for {set i 0} {$i < 500} {incr i} {
    set member [format M%07d [expr {$i * 104729 % $members}]]
    $db eval {SELECT count(*) FROM sessions_over_cap('claims', 58, 'year') WHERE member_id = $member}
  }
}

set quarter [expr {$lines / 4}]
open_bench db $lines
open_bench small $quarter
puts "$lines lines, [expr {$lines / 25}] members"
foreach {cap what} {58 "1 to 2 % of members over (58 a year)" 20 "nearly every member over (20 a year)"} {
  measure 4 bare {db eval $bare} ours {db eval [ours $cap]} small {small eval [ours $cap]} window {db eval [window $cap]}
  same "cap $cap" $answer(ours) $answer(window)
  set over [db onecolumn "SELECT count(DISTINCT member_id) FROM sessions_over_cap('claims', $cap, 'year')"]
  puts "\n$what: [lindex $answer(ours) 0] lines of $over members"
  line "bare scan of the same columns" $seconds(bare) $seconds(bare) $seconds(window)
  line "sessions_over_cap" $seconds(ours) $seconds(bare) $seconds(window)
  line "window functions, SQLite" $seconds(window) $seconds(bare) $seconds(window)
  set duck [duckdb $cap $answer(window)]
  if {$duck ne ""} { line "window functions, DuckDB, one thread" $duck $seconds(bare) $seconds(window) }
  puts [format "%d lines, then %d: %.2f times the time" $quarter $lines [expr {$seconds(ours) / $seconds(small)}]]
}
# What is left of every member's cap, at the end of the year.
set left {SELECT count(*), sum(units_used) FROM sessions_left('claims', 58, 'year') WHERE as_of = '2025-12-31'}
measure 3 bare {db eval $bare} left {db eval $left}
same "sessions_left" [lindex $answer(left) 1] [db onecolumn {SELECT sum(units) FROM claims WHERE hcpcs_code = 'H2040'}]
puts [format "\nsessions_left of all members: %.3f s, %.2f scans" $seconds(left) [expr {$seconds(left) / $seconds(bare)}]]
foreach db {db small} { $db eval {CREATE INDEX IF NOT EXISTS by_member ON claims(member_id, service_date)} }
measure 3 small {look_up small $quarter} large {look_up db $lines}
puts [format "\none member by index: %.0f microseconds of %d lines, %.0f of %d" \
  [expr {$seconds(small) * 2000}] $quarter [expr {$seconds(large) * 2000}] $lines]
foreach db {db small} { $db eval {DROP INDEX by_member}; $db close }
exit $different
