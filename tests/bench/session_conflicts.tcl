# How fast session_conflicts is, as ratios within one run.
#
#   make bench            or: tclsh tests/bench/session_conflicts.tcl [lines]
#
# Lines are made by a recursive CTE into build/bench/: 25 a member in one year, 20 a
# provider's day, from 08:00 on, times and a note on each; 1 in 100 is billed twice, 1 in
# 60 begins before the one before it has ended, 1 in 80 repeats a note.  Beside it a bare
# scan that reads the same columns; the window functions that an analyst would write; and
# the same lines with one provider, with one member, and with all of them on one day.

source [file join [file dirname [file normalize [info script]]] bench.tcl]
set lines [expr {$argc > 0 ? [lindex $argv 0] : 1000000}]

proc open_visits {db name lines npi member day} {
  set new [expr {![file exists [file join $::benchdir $name]]}]
  open_bench $db $name
  $db eval {PRAGMA cache_size = -400000; PRAGMA mmap_size = 4000000000}
  if {!$new} return
  $db eval {
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE visits(claim_id TEXT, claim_line_number INTEGER, payer_id TEXT, member_id TEXT, rendering_npi TEXT,
      hcpcs_code TEXT, modifiers TEXT, units INTEGER, service_date TEXT, start_time TEXT, end_time TEXT,
      claim_frequency_code TEXT, activities TEXT, client_response TEXT);
  }
  $db eval "
    WITH RECURSIVE line(i, r) AS (
      SELECT 0, 20251001
      UNION ALL
      SELECT i + 1, r * 48271 % 2147483647 FROM line WHERE i < $lines - 1
    ), placed AS (
      -- line i is the (i / 365)th of day i % 365: the (slot)th session of a provider
      SELECT i, r, i % 365 AS day, i / 365 / 12 AS provider, i / 365 % 12 AS slot, i * 7919 % ($lines / 25) AS member FROM line
    )
    INSERT INTO visits
    SELECT printf('C%08d', i), 1, 'P' || (member % 5), $member, $npi, CASE WHEN r / 3 % 50 = 7 THEN 'H2014' ELSE 'H2040' END,
           CASE r / 7 % 10 WHEN 0 THEN 'GT' WHEN 1 THEN 'HN' ELSE '' END, 1 + r / 131 % 3, $day,
           strftime('%H:%M', 480 * 60 + slot * 3600 - (r / 11 % 60 = 0) * 900, 'unixepoch'),
           strftime('%H:%M', 480 * 60 + slot * 3600 + 3000, 'unixepoch'), '1',
           'Practised the bus route ' || (CASE WHEN r / 13 % 80 = 0 THEN r / 17 % 500 ELSE i END) || ' with prompts, then alone',
           'Calm, asked ' || (CASE WHEN r / 13 % 80 = 0 THEN 0 ELSE i % 97 END) || ' questions on the way'
      FROM placed
  "
  $db eval {INSERT INTO visits SELECT printf('D%08d', rowid), 1, payer_id, member_id, rendering_npi, hcpcs_code, modifiers, units, service_date,
              start_time, end_time, claim_frequency_code, activities, client_response FROM visits WHERE rowid % 100 = 0}
}

set bare {SELECT count(claim_id), count(claim_line_number), count(payer_id), count(member_id), count(rendering_npi),
  count(hcpcs_code), count(modifiers), count(units), count(service_date), count(start_time), count(end_time),
  count(claim_frequency_code), count(activities), count(client_response) FROM visits}
set ours {SELECT count(*), count(DISTINCT rule) FROM session_conflicts('visits')}

# The same in SQL, where it means the same: no codes that go badly together, no days.
set window {
  SELECT 'duplicate.session', count(*) FROM (
    SELECT row_number() OVER (PARTITION BY payer_id, member_id, hcpcs_code, service_date, rendering_npi, modifiers, start_time
                              ORDER BY claim_id, claim_line_number) AS place FROM visits) WHERE place > 1
  UNION ALL
  SELECT 'note.cloned', count(*) FROM (
    SELECT service_date, member_id, first_value(service_date) OVER (PARTITION BY activities, client_response, member_id
                                       ORDER BY service_date, claim_id, claim_line_number) AS first,
           min(member_id) OVER earlier AS least, max(member_id) OVER earlier AS most
      FROM visits WINDOW earlier AS (PARTITION BY activities, client_response, rendering_npi ORDER BY service_date, claim_id, claim_line_number
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
   WHERE service_date > first OR least <> member_id OR most <> member_id
  UNION ALL
  SELECT 'time.overlap', count(*) FROM (
    SELECT starts, max(ends) FILTER (WHERE 1) OVER (PARTITION BY rendering_npi ORDER BY starts, claim_id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
      FROM (SELECT rendering_npi, claim_id, julianday(service_date || ' ' || start_time) AS starts,
                   julianday(service_date || ' ' || end_time) AS ends FROM visits
             WHERE claim_id < 'D')) WHERE busy_until > starts + 1e-9
}
set same {SELECT rule, count(*) FROM session_conflicts('visits')
  WHERE rule IN ('duplicate.session', 'note.cloned') OR (rule = 'time.overlap' AND claim_id < 'D') GROUP BY rule}

open_visits db conflicts-$lines.db $lines {printf('1%09d', provider)} {printf('M%07d', member)} {date('2025-01-01', '+' || day || ' days')}
open_visits one_npi conflicts-npi-$lines.db $lines '1234567893' {printf('M%07d', member)} {date('2025-01-01', '+' || day || ' days')}
open_visits one_member conflicts-member-$lines.db $lines {printf('1%09d', provider)} 'M' {date('2025-01-01', '+' || day || ' days')}
open_visits one_day conflicts-day-$lines.db $lines {printf('1%09d', provider)} {printf('M%07d', member)} '2025-01-01'

puts "$lines lines"
if {[db eval $same] ne [db eval $window]} { error "session_conflicts: [db eval $same], but the window functions: [db eval $window]" }
puts "found by both: [db eval $same]"
lassign [ratio db $ours $bare 3] scans ours_seconds bare_seconds
report "session_conflicts / a bare scan of its columns ([format %.2f $ours_seconds] s)" $scans "4 at most"
set window_seconds [seconds {db eval $window}]
report "window functions / session_conflicts ([format %.2f $window_seconds] s)" [expr {$window_seconds / $ours_seconds}] "more is better"
foreach {db what} {one_npi "one provider on every line" one_member "one member on every line" one_day "one day on every line"} {
  $db eval $ours
  set times {}
  for {set i 0} {$i < 3} {incr i} {
    set a [seconds {$db eval $ours}]
    lappend times [expr {$a / [seconds {db eval $ours}]}]
  }
  report "$what / spread ([$db eval $ours] rows and rules)" [median $times] "1.5 at most"
}
