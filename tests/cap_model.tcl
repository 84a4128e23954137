# A slow and obvious model of how sessions are counted against caps: which lines stand
# (standing.h), spans, draws, what is told.  Beside it the makers of random claims, caps
# and authorizations.  For sessions_over_cap_random.test and sessions_left_random.test.
#
# Values are handled as quote() writes them, so that 7 and '7' stay different where they
# are shown.  Lines, caps and authorizations are lists of dicts of such values; what a
# line is known to say stands beside them: day, last, count, code_is, mods, trouble.

proc pick {list} { lindex $list [expr {int(rand() * [llength $list])}] }
proc chance {p} { expr {rand() < $p} }

# ---- values ----

# As SQL orders without collation: NULL, numbers, text.
proc class_of {q} { expr {$q eq "NULL" ? 0 : [string index $q 0] eq "'" ? 2 : 1} }
proc order_of {a b} {
  set x [class_of $a]; set y [class_of $b]
  if {$x != $y} { return [expr {$x - $y}] }
  if {$x == 0} { return 0 }
  if {$x == 1} { return [expr {$a < $b ? -1 : $a > $b}] }
  string compare [string range $a 1 end-1] [string range $b 1 end-1]
}
proc order_of_keys {a b} {
  foreach x $a y $b { if {[set order [order_of $x $y]] != 0} { return $order } }
  return 0
}

# The id that a value is; {} where it is blank.
proc id_of {q} {
  set text [string trim $q ']
  if {$q eq "NULL" || [string trim $text] in {{} n/a}} { return {} }
  if {[regexp {^(-?(?:0|[1-9][0-9]*))(\.0)?$} $text -> whole]} { return $whole }
  return $text
}
proc same_id {a b} { expr {[id_of $a] ne {} && [id_of $a] eq [id_of $b]} }
proc is_spaced {q} { expr {[class_of $q] == 2 && [id_of $q] ne {} && [string trim $q '] ne [string trim [string trim $q ']]} }

proc day_of {date} { db onecolumn {SELECT CAST(julianday($date) - 2440587.5 AS INTEGER)} }
proc date_of {day} { db onecolumn {SELECT date($day * 86400, 'unixepoch')} }
proc shown_day {day} { expr {$day eq "NULL" ? "NULL" : "'[date_of $day]'"} }

# N months before a day: the same day of the month, or the month's last.
proc months_before {day n} {
  set date [date_of $day]
  db onecolumn {
    WITH target(first) AS (SELECT date($date, 'start of month', '-' || $n || ' months'))
    SELECT CAST(julianday(min(date(first, '+1 month', '-1 day'),
                              date(first, '+' || (CAST(strftime('%d', $date) AS INTEGER) - 1) || ' days')))
                - 2440587.5 AS INTEGER) FROM target
  }
}

# First and last day of the period of a day.
proc period_of {period day} {
  if {[info exists ::span($period,$day)]} { return $::span($period,$day) }
  set date [date_of $day]
  scan $date %d-%d-%d y m d
  switch -glob -- $period {
    lifetime { set span {NULL NULL} }
    day { set span [list $day $day] }
    week {
      set monday [expr {$day - ([clock format [expr {$day * 86400}] -gmt 1 -format %u] - 1)}]
      set span [list $monday [expr {$monday + 6}]]
    }
    month { set span [list [day_of [format %04d-%02d-01 $y $m]] [day_of [db onecolumn {SELECT date($date, 'start of month', '+1 month', '-1 day')}]]] }
    quarter {
      set first [format %04d-%02d-01 $y [expr {($m - 1) / 3 * 3 + 1}]]
      set span [list [day_of $first] [day_of [db onecolumn {SELECT date($first, '+3 months', '-1 day')}]]]
    }
    year { set span [list [day_of $y-01-01] [day_of $y-12-31]] }
    {year from *} {
      set start [lindex $period 2]
      if {[string compare [string range $date 5 end] $start] < 0} { incr y -1 }
      set span [list [day_of $y-$start] [expr {[day_of [expr {$y + 1}]-$start] - 1}]]
    }
    {* days} { set span [list [expr {$day - [lindex $period 0] + 1}] $day] }
    {* months} { set span [list [expr {[months_before $day [lindex $period 0]] + 1}] $day] }
  }
  set ::span($period,$day) $span
}
proc rolls {period} { expr {[string match {* days} $period] || [string match {* months} $period]} }

# ---- which lines stand ----

proc group_key {line} { list [id_of [dict get $line payer]] [id_of [dict get $line member]] }

proc comes_before {d c} {
  set a [dict get $d received]; set b [dict get $c received]
  if {$a ne {} && $b ne {} && $a != $b} { return [expr {$a < $b}] }
  expr {[dict get $d frequency] != [dict get $c frequency] && [dict get $d frequency] != 8}
}
proc share_a_day {d days} {
  foreach day [dict get $d days] { if {$day in $days} { return 1 } }
  return 0
}

# The claims of one group's lines, given as {index line} pairs in order.
proc claims_of {items with} {
  set claims {}; set at [dict create]
  foreach item $items {
    lassign $item index line
    set claim [id_of [dict get $line claim]]
    set number [expr {"claim_number" in $with ? [id_of [dict get $line claim_number]] : {}}]
    set key [list $claim $number [dict get $line freq] [dict get $line received_at]]
    if {$claim eq {} && $number eq {}} { set key [list alone $index] }
    if {![dict exists $at $key]} {
      dict set at $key [llength $claims]
      lappend claims [dict create numbers {} own [expr {"claim_number" in $with ? $number : $claim}] frequency [dict get $line freq] \
        received [dict get $line received_at] lines {} days {} originals {} first {} content {} id $claim]
    }
    set c [lindex $claims [dict get $at $key]]
    foreach id [list $claim $number [id_of [dict get $line pcn]]] { if {$id ne {}} { dict lappend c numbers $id } }
    dict lappend c lines $index
    if {[dict get $line day] ne {}} { dict lappend c days [dict get $line day] }
    set original [id_of [dict get $line original]]
    if {[llength [dict get $c lines]] == 1} { dict set c first $original }
    dict lappend c originals [list $original [dict get $line day]]
    dict lappend c content [list [id_of [dict get $line number]] [dict get $line code_is] [dict get $line mods] [dict get $line count] [dict get $line day]]
    lset claims [dict get $at $key] $c
  }
  return $claims
}

# The places of the originals of claim number k, or {} where none is found.
proc originals_of {claims k} {
  set c [lindex $claims $k]
  set found {}; set several 0; set seen {}
  foreach pair [dict get $c originals] {
    lassign $pair named day
    if {$named eq {} || $named eq [dict get $c own] || ($named eq [dict get $c first] && $named in $seen)} continue
    lappend seen $named
    set bear {}
    for {set i 0} {$i < [llength $claims]} {incr i} {
      if {$i != $k && $named in [dict get [lindex $claims $i] numbers]} { lappend bear $i }
    }
    if {[llength $bear] == 1} { lappend found {*}$bear }
    if {[llength $bear] < 2} continue
    set several 1
    set days [expr {$named eq [dict get $c first] ? [dict get $c days] : [list $day]}]
    foreach i $bear { if {[share_a_day [lindex $claims $i] $days]} { lappend found $i } }
  }
  if {[llength $found] || $several || [dict get $c own] eq {}} { return [lsort -unique $found] }
  set like {}
  for {set i 0} {$i < [llength $claims]} {incr i} {
    set d [lindex $claims $i]
    if {$i != $k && [dict get $d own] eq [dict get $c own] && [comes_before $d $c]} { lappend like $i }
  }
  if {[llength $like] < 2} { return $like }
  foreach i $like { if {[share_a_day [lindex $claims $i] [dict get $c days]]} { lappend found $i } }
  return $found
}

proc reaches {originals from to} {
  set todo [lindex $originals $from]; set seen {}
  while {[llength $todo]} {
    set todo [lassign $todo i]
    if {$i == $to} { return 1 }
    if {$i in $seen} continue
    lappend seen $i
    lappend todo {*}[lindex $originals $i]
  }
  return 0
}

# Of each line by its index: {fate trouble}.  with: the columns that the source has.
proc standing {lines with} {
  set groups [dict create]
  set result [dict create]
  set index -1
  foreach line $lines {
    incr index
    dict set result $index {stands {}}
    if {[id_of [dict get $line member]] ne {}} { dict lappend groups [group_key $line] [list $index $line] }
  }
  dict for {key items} $groups {
    set items [lsort -command {apply {{a b} {
      order_of_keys [list [day_key [lindex $a 1]] [dict get [lindex $a 1] claim] [dict get [lindex $a 1] number]] \
                    [list [day_key [lindex $b 1]] [dict get [lindex $b 1] claim] [dict get [lindex $b 1] number]]
    }}} $items]
    set claims [claims_of $items $with]
    set originals {}
    for {set k 0} {$k < [llength $claims]} {incr k} {
      lappend originals [expr {[dict get [lindex $claims $k] frequency] in {7 8} ? [originals_of $claims $k] : {}}]
    }
    set fates {}; set troubles {}
    for {set k 0} {$k < [llength $claims]} {incr k} {
      lappend fates [expr {[dict get [lindex $claims $k] frequency] == 8 ? "voids" : "stands"}]
      lappend troubles [expr {[dict get [lindex $claims $k] frequency] in {7 8} && ![llength [lindex $originals $k]] ? "not_found" : {}}]
    }
    for {set k 0} {$k < [llength $claims]} {incr k} {
      foreach i [lindex $originals $k] {
        if {[reaches $originals $i $k]} { lset troubles $k circle
        } elseif {[lindex $fates $i] ne "voids"} { lset fates $i replaced }
      }
    }
    if {"claim_number" in $with || "received_date" in $with} {
      set order [lsort -command {apply {{a b} {
        set x [expr {[lindex $a 0] eq {} ? -1e9 : [lindex $a 0]}]; set y [expr {[lindex $b 0] eq {} ? -1e9 : [lindex $b 0]}]
        expr {$x < $y ? -1 : $x > $y ? 1 : [lindex $a 1] - [lindex $b 1]}
      }}} [lmap k [numbers_to [llength $claims]] { list [dict get [lindex $claims $k] received] $k }]]
      set last [dict create]
      foreach pair $order {
        set k [lindex $pair 1]
        set c [lindex $claims $k]
        if {[dict get $c frequency] != 1 || [dict get $c own] eq {}} continue
        set key [list [dict get $c own] [lsort [dict get $c content]]]
        if {[dict exists $last $key] && [lindex $fates [dict get $last $key]] eq "stands"} { lset fates [dict get $last $key] resent }
        dict set last $key $k
      }
    }
    for {set k 0} {$k < [llength $claims]} {incr k} {
      foreach index [dict get [lindex $claims $k] lines] {
        set fate [lindex $fates $k]
        dict set result $index [list $fate [expr {$fate in {stands voids} ? [lindex $troubles $k] : {}}]]
      }
    }
    foreach any {0 1} {
      foreach item $items {
        lassign $item index line
        set units [dict get $line count]
        if {[lindex [dict get $result $index] 0] ne "stands" || $units >= 0 || [dict get $line day] eq {}} continue
        foreach other $items {
          lassign $other taken back
          if {[lindex [dict get $result $taken] 0] ne "stands" || [dict get $back count] != -$units
              || [dict get $back day] ne [dict get $line day] || [dict get $back code_is] ne [dict get $line code_is]
              || [dict get $back mods] ne [dict get $line mods]
              || (!$any && ![same_or_blank [dict get $back claim] [dict get $line claim] $with])} continue
          dict set result $taken {taken {}}
          dict set result $index {takes {}}
          break
        }
      }
    }
    foreach item $items {
      lassign $item index line
      if {[lindex [dict get $result $index] 0] eq "stands" && [dict get $line count] < 0} { dict set result $index {stands nothing_to_take} }
    }
  }
  return $result
}
proc same_or_blank {a b with} { expr {![llength $with] || [id_of $a] eq [id_of $b]} }
proc day_key {line} { expr {[dict get $line day] eq {} ? -1000000000 : [dict get $line day]} }
proc numbers_to {n} { set list {}; for {set i 0} {$i < $n} {incr i} { lappend list $i }; return $list }

# ---- which caps count a line ----

proc code_list {codes} { expr {$codes eq "NULL" ? {} : [split [string trim $codes "'"] ", "]} }
proc code_counts {codes code} {
  if {$codes eq "NULL"} { set codes "'H2040'" }
  set codes [code_list $codes]
  expr {"*" in $codes || $code in $codes}
}
proc mods_of {q} { expr {$q eq "NULL" ? {} : [lsort -unique [split [string trim $q '] " "]]} }
proc all_in {few many} { foreach one $few { if {$one ni $many} { return 0 } }; return 1 }
proc any_in {few many} { foreach one $few { if {$one in $many} { return 1 } }; return 0 }

proc looks_at {cap line code} {
  expr {[code_counts [dict get $cap codes] $code]
        && ([dict get $cap payer] eq "NULL" || [same_id [dict get $cap payer] [dict get $line payer]])
        && [all_in [mods_of [dict get $cap modifiers]] [dict get $line mods]]
        && ([dict get $cap one_of] eq "NULL" || [any_in [mods_of [dict get $cap one_of]] [dict get $line mods]])
        && ![any_in [mods_of [dict get $cap without]] [dict get $line mods]]}
}
proc counts_line {cap line} { looks_at $cap $line [expr {[dict get $line miswritten] ? {} : [dict get $line code_is]}] }

proc age_on {birth day} {
  set b [date_of $birth]; set d [date_of $day]
  expr {[string range $d 0 3] - [string range $b 0 3] - ([string compare [string range $d 5 end] [string range $b 5 end]] < 0)}
}
proc takes_age {cap line} {
  if {[dict get $line born] eq {}} { return unknown }
  set age [age_on [dict get $line born] [dict get $line day]]
  expr {([dict get $cap age_from] eq "NULL" || $age >= [dict get $cap age_from]) && ([dict get $cap age_to] eq "NULL" || $age <= [dict get $cap age_to])}
}

# The parts in which a line counts, as {day units} pairs; "" where it cannot be parted.
proc parts_of {line period} {
  set day [dict get $line day]; set last [dict get $line last]; set units [dict get $line count]
  set days [expr {$last - $day + 1}]
  if {$days == 1 || $period eq "lifetime"} { return [list [list $day $units]] }
  set by_day [expr {$period eq "day" || [rolls $period]}]
  if {$units % $days} {
    if {!$by_day && [lindex [period_of $period $day] 1] >= $last} { return [list [list $day $units]] }
    return {}
  }
  set parts {}
  while {$day <= $last} {
    set end [expr {$by_day ? $day : min($last, [lindex [period_of $period $day] 1])}]
    lappend parts [list $day [expr {$units / $days * ($end - $day + 1)}]]
    set day [expr {$end + 1}]
  }
  return $parts
}

# ---- authorizations ----

proc order_of_use {a b} {
  set x [dict get $a to]; set y [dict get $b to]
  if {$x ne $y} { return [expr {$x eq "NULL" ? 1 : $y eq "NULL" ? -1 : $x - $y}] }
  order_of [dict get $a number] [dict get $b number]
}
proc why_not {a line day} {
  if {[dict get $a payer] ne "NULL" && ![same_id [dict get $a payer] [dict get $line payer]]} { return 2 }
  if {[dict get $a codes] ne "NULL" && ![code_counts [dict get $a codes] [dict get $line code_is]]} { return 3 }
  if {![all_in [mods_of [dict get $a modifiers]] [dict get $line mods]]} { return 4 }
  if {([dict get $a from] ne "NULL" && $day < [dict get $a from]) || ([dict get $a to] ne "NULL" && $day > [dict get $a to])} { return 5 }
  return 8
}

# Draws up to `over` units; returns {covered first problem}.  balance and drawer are arrays of the caller.
proc draw {authorizations line day over authorizable} {
  upvar 1 balance balance drawer drawer
  set number [dict get $line auth]
  set named [expr {[id_of $number] ne {}}]
  set covered 0; set first NULL; set nearest 0; set by {}
  set i -1
  foreach a $authorizations {
    incr i
    if {$covered == $over} break
    if {![same_id [dict get $a member] [dict get $line member]] || ($named && ![same_id [dict get $a number] $number])} continue
    set why [why_not $a $line $day]
    set left [expr {$why != 8 || !$authorizable ? 0 : $balance($i)}]
    if {$why == 8 && $left eq "0"} { set why [expr {$authorizable && $drawer($i) ne {} ? 7 : 6}] }
    if {$named && $why > $nearest} { set nearest $why; set by [expr {$why == 7 ? $drawer($i) : {}}] }
    if {$left eq "0"} continue
    set share [expr {$left eq "NULL" ? $over - $covered : min($left, $over - $covered)}]
    if {$left ne "NULL"} { incr balance($i) -$share }
    set drawer($i) [dict get $line claim]
    incr covered $share
    if {$first eq "NULL"} { set first [dict get $a number] }
  }
  set problem NULL
  if {$named && $covered == 0} {
    set is "prior_auth_number ''[string trim $number ']''"
    set reason [lindex {{is not on file} {is another member''s} {is another payer''s} {is not for the code} {is not for the code with these modifiers}
      {is not in force on the day} {is for 0 units} {is used up by claim }} [expr {$nearest == 0 ? 0 : $nearest}]]
    if {$nearest == 0} {
      foreach a $authorizations { if {[same_id [dict get $a number] $number]} { set reason {is another member''s} } }
    }
    if {$nearest == 7} { append reason [string trim $by '] }
    if {[is_spaced $number]} { set reason {is not on file: trim the white space around it} }
    if {!$authorizable} { set reason {lifts nothing: no authorization lifts this cap} }
    set problem "'$is $reason'"
  }
  list $covered $first $problem
}

# ---- the model ----

proc row_of {cap line date units} {
  list [expr {$cap eq {} ? "NULL" : [dict get $cap id]}] [dict get $line payer] [dict get $line member] [dict get $line npi] \
    [dict get $line claim] [dict get $line number] $date $units
}
# rank: of the cap's id; -1 where there is none.
proc key_of {cap rank line date} {
  set scope [expr {$cap eq {} ? "member" : [dict get $cap scope]}]
  set key [list [expr {$cap eq {} || [dict get $cap id] eq "NULL" ? "NULL" : $rank}] [dict get $line payer] \
             [lsearch -exact {member member+provider provider} $scope]]
  if {$scope ne "provider"} { lappend key [dict get $line member] }
  if {$scope ne "member"} { lappend key [dict get $line npi] }
  lappend key $date [dict get $line claim] [dict get $line number]
}
set until 9999999 ;# parts after this day do not count
set told {NULL NULL NULL NULL NULL NULL NULL 'unreadable'}

# Rows as sessions_over_cap should give them, and in the array of the name `groups` what
# each group came to, for sessions_left: {cap_rank group} {line used uncovered …}.
proc model {lines caps authorizations counting with} {
  set live {}
  set rows {}
  set fates [standing $lines $with]
  set index -1
  foreach line $lines {
    lassign [dict get $fates [incr index]] fate trouble
    set counts 0; set looked 0
    foreach cap $caps {
      set counts [expr {$counts || [counts_line $cap $line]}]
      set looked [expr {$looked || [looks_at $cap $line [dict get $line code_is]]}]
    }
    set shown [row_of {} $line [dict get $line date] [dict get $line units]]
    set key [key_of {} -1 $line [dict get $line date]]
    set unreadable [expr {[dict get $line trouble] ne {} || ([dict get $line miswritten] && !$counts)}]
    set standing [expr {$fate eq "stands"}]
    if {!$counts && !$looked} continue
    if {$standing && $unreadable} { lappend rows [list $key [concat $shown $::told]] }
    if {!$unreadable} {
      set shown [row_of {} $line [shown_day [dict get $line day]] [dict get $line count]]
      set key [key_of {} -1 $line [shown_day [dict get $line day]]]
      set say [expr {([dict get $line miswritten] && $looked && $counts && [adds_cap $caps $line]) || [is_spaced [dict get $line auth]] || [spaced_claim $line $with]}]
      if {$standing && $say} { lappend rows [list $key [concat $shown $::told]] }
      if {$trouble ne {}} { lappend rows [list $key [concat $shown $::told]] }
    }
    if {$standing && !$unreadable && $trouble ne "nothing_to_take" && $counts} { lappend live $line }
  }
  array unset ::group_count
  set rank -1
  foreach cap $caps {
    incr rank
    array unset balance; array unset drawer
    set i -1
    foreach a $authorizations { set balance([incr i]) [dict get $a units]; set drawer($i) {} }
    set from [dict get $cap from]; set to [dict get $cap to]
    set parts {}
    foreach line $live {
      if {![counts_line $cap $line]} continue
      set trouble 0
      if {[dict get $cap age_from] ne "NULL" || [dict get $cap age_to] ne "NULL"} {
        set takes [takes_age $cap $line]
        if {$takes eq "unknown"} { set trouble 1 } elseif {!$takes} continue
      }
      if {[dict get $cap scope] ne "member" && [id_of [dict get $line npi]] eq {}} { set trouble 1 }
      if {!$trouble} { set in_parts [parts_of $line [dict get $cap period]] } else { set in_parts {} }
      if {![llength $in_parts]} {
        if {($from eq "NULL" || [dict get $line last] >= $from) && ($to eq "NULL" || [dict get $line day] <= $to)} {
          set date [shown_day [dict get $line day]]
          lappend rows [list [key_of $cap $rank $line $date] [concat [row_of $cap $line $date [dict get $line count]] $::told]]
        }
        continue
      }
      foreach part $in_parts { lappend parts [list [lindex $part 0] [lindex $part 1] $line] }
    }
    set parts [lsort -command {apply {{a b} {
      order_of_keys [list [lindex $a 0] [dict get [lindex $a 2] day] [dict get [lindex $a 2] claim] [dict get [lindex $a 2] number]] \
                    [list [lindex $b 0] [dict get [lindex $b 2] day] [dict get [lindex $b 2] claim] [dict get [lindex $b 2] number]]
    }}} $parts]
    array unset history
    foreach part $parts {
      lassign $part day units line
      if {$day > $::until} continue
      switch [dict get $cap scope] {
        member { set group [group_key $line] }
        member+provider { set group [concat [group_key $line] [list [id_of [dict get $line npi]]]] }
        provider { set group [list [id_of [dict get $line payer]] [id_of [dict get $line npi]]] }
      }
      lassign [period_of [dict get $cap period] $day] first last
      set before 0
      if {![info exists history($group)]} { set history($group) {} }
      foreach {d u over_then line_then} $history($group) { if {$first eq "NULL" || ($d >= $first && $d <= $last)} { incr before $u } }
      set over [expr {min($units, max(0, $before + $units - [dict get $cap max]))}]
      set counted $units
      set uncovered 0
      if {$over > 0 && ($from eq "NULL" || $day >= $from) && ($to eq "NULL" || $day <= $to)} {
        lassign [draw $authorizations $line $day $over [dict get $cap authorizable]] covered drawn problem
        set date '[date_of $day]'
        lappend rows [list [key_of $cap $rank $line $date] [concat [row_of $cap $line $date $units] [list [shown_day $first] [shown_day $last] \
          [dict get $cap max] $before $over $covered $drawn [expr {$covered < $over ? "'over_cap'" : "'authorized'"}] $problem]]]
        set uncovered [expr {$over - $covered}]
        if {$counting eq "allowed"} { set counted [expr {$units - $uncovered}] }
      }
      lappend history($group) $day $counted $uncovered $line
    }
    foreach group [array names history] { set ::group_count([list $rank $group]) $history($group) }
    foreach i [array names balance] { set ::left_of([list $rank $i]) $balance($i) }
  }
  set result {}
  foreach row [lsort -command {apply {{a b} {order_of_keys [lindex $a 0] [lindex $b 0]}}} $rows] { lappend result [lindex $row 1] }
  return $result
}
proc adds_cap {caps line} {
  foreach cap $caps { if {[looks_at $cap $line [dict get $line code_is]] && ![looks_at $cap $line {}]} { return 1 } }
  return 0
}
proc spaced_claim {line with} {
  if {![llength $with]} { return 0 }
  expr {[is_spaced [dict get $line claim]] || [is_spaced [dict get $line original]]}
}

# ---- random claims ----

proc random_date {base days} {
  set day [expr {$base + int(rand() * $days)}]
  set date [date_of $day]
  switch [pick {iso iso iso iso iso time compact number month}] {
    iso { set text '$date' }
    time { set text "'$date[pick {T { }}]10:30:00'" }
    compact { set text '[string map {- {}} $date]' }
    number { set text [string map {- {}} $date] }
    month { set text '[string toupper [clock format [expr {$day * 86400}] -gmt 1 -format %d-%b-%Y]]' }
  }
  list $day $text
}

proc random_line {number base days} {
  lassign [random_date $base $days] day date
  set units [pick {0 1 1 1 2 2 3 4}]
  set quoted [pick [list $units $units $units '$units' $units.0]]
  set code [pick {'H2040' 'H2040' 'H2040' 'h2040' 'H2014' 'HC:H2040' 'T1017' NULL 'H2O40'}]
  set code_is [string map {HC: {} O 0} [string toupper [string trim $code ']]]
  set mods [pick {NULL NULL NULL 'HQ' 'UC' {'UC HM'} {'HM UC'}}]
  set line [dict create claim '[format C%03d [expr {$number / 2}]]' number [expr {$number % 2 + 1}] payer [pick {'A' 'A' 'B' NULL}] \
    member [pick {'M1' 'M1' 'M2' 'M3' 7 '7'}] npi [pick {'N1' 'N1' 'N2' 'N2' 5 NULL}] code $code code_is [expr {$code eq "NULL" ? {} : $code_is}] \
    miswritten [expr {$code eq "'H2O40'"}] modifiers $mods mods [mods_of $mods] date $date end NULL units $quoted day $day last $day count $units \
    trouble {} frequency [pick {NULL 1 1 1 1 '1'}] freq 1 original NULL claim_number NULL pcn NULL received NULL received_at {} \
    auth [pick {NULL NULL NULL 'PA1' 'PA2' 'PA9'}] birth NULL born {}]
  if {[chance 0.3]} { dict set line claim_number '[format N%02d [expr {int(rand() * 30)}]]' }
  if {[chance 0.1]} { dict set line pcn '[format P%02d [expr {int(rand() * 30)}]]' }
  if {[chance 0.6]} {
    set received [expr {$base + int(rand() * 20)}]
    dict set line received '[date_of $received]'
    dict set line received_at $received
  }
  if {[chance 0.12]} {
    set frequency [pick {7 8 '8' 6}]
    dict set line frequency $frequency
    dict set line freq [expr {[string trim $frequency '] == 8 ? 8 : 7}]
    dict set line original [pick [list '[format C%03d [expr {int(rand() * 40)}]]' '[format N%02d [expr {int(rand() * 30)}]]' '[format P%02d [expr {int(rand() * 30)}]]' NULL]]
  }
  if {[chance 0.8]} {
    set born [expr {$day - 365 * 18 - int(rand() * 8) + int(rand() * 400) - 200}]
    dict set line birth '[date_of $born]'
    dict set line born $born
  }
  if {[chance 0.08]} {
    set last [expr {$day + [pick {1 2 3 9 40}]}]
    dict set line end '[date_of $last]'
    dict set line last $last
    set units [expr {($last - $day + 1) * [pick {0 1 2}] + [pick {0 0 0 1}]}]
    dict set line units $units
    dict set line count $units
  } elseif {[chance 0.04]} {
    set units [expr {-max(1, $units)}]
    dict set line units $units
    dict set line count $units
  }
  if {[chance 0.06]} {
    switch [pick {member date units space payer end auth}] {
      member { dict set line member [pick {NULL '' 'n/a'}] }
      date { dict set line date [pick {NULL '01/02/2024' '2023-02-29' 'x'}]; dict set line day {}; dict set line last {} }
      units { dict set line units [pick {NULL 1.5 'two'}]; dict set line count 0 }
      space { dict set line member "'M1 '" }
      payer { dict set line payer "' A'" }
      end { dict set line end '[date_of [expr {$day - 1}]]'; dict set line last $day }
      auth { dict set line auth "'PA1 '"; return $line }
    }
    dict set line trouble yes
  }
  return $line
}

proc random_day_or_null {base days} { expr {[chance 0.4] ? "NULL" : $base + int(rand() * $days)} }

proc random_cap {number base days} {
  set from [random_day_or_null $base $days]; set to [random_day_or_null $base $days]
  if {$from ne "NULL" && $to ne "NULL" && $to < $from} { lassign [list $from $to] to from }
  dict create id 'K$number' payer [pick {NULL NULL 'A' 'B'}] codes [pick {NULL NULL 'H2040' 'H2040,H2014' '*' 'H2014'}] \
    max [pick {0 1 2 3 4 6 9}] scope [pick {member member member+provider provider}] \
    period [pick {day week month quarter year {year from 07-01} {year from 10-15} {1 days} {7 days} {30 days} {90 days} {1 months} {3 months} {12 months} lifetime}] \
    from $from to $to modifiers [pick {NULL NULL NULL NULL 'UC'}] one_of [pick {NULL NULL NULL NULL {'HM HQ'}}] without [pick {NULL NULL NULL NULL 'HQ'}] \
    age_from [pick {NULL NULL NULL 18}] age_to [pick {NULL NULL NULL NULL 18}] authorizable [pick {1 1 1 1 0}]
}

proc random_authorization {number base days} {
  dict create number 'PA[pick [list $number $number 1]]' payer [pick {NULL 'A' 'B'}] member [pick {'M1' 'M1' 'M2' 7 '7'}] \
    codes [pick {NULL 'H2040' {'H2014 H2040'} '*'}] from [random_day_or_null $base $days] to [random_day_or_null $base $days] \
    units [pick {NULL 0 1 2 3 5 8}] modifiers [pick {NULL NULL NULL 'UC'}]
}

# Columns of the claims that tell what stands: all of them, some, or none.
proc random_with {} { pick {{} {} frequency {frequency original} {frequency original received_date} {frequency original claim_number received_date pcn} {frequency claim_number}} }

# What the source has not, a line does not say.
proc without_columns {lines with} {
  set result {}
  foreach line $lines {
    if {"frequency" ni $with} { dict set line frequency NULL; dict set line freq 1 }
    if {"original" ni $with} { dict set line original NULL }
    if {"claim_number" ni $with} { dict set line claim_number NULL }
    if {"pcn" ni $with} { dict set line pcn NULL }
    if {"received_date" ni $with} { dict set line received NULL; dict set line received_at {} }
    lappend result $line
  }
  return $result
}

proc store {lines caps authorizations shape with} {
  set extra {}; set extra_fields {}
  foreach {name column field} {frequency claim_frequency_code frequency original original_claim_id original claim_number claim_number claim_number
                               pcn payer_claim_number pcn received_date received_date received} {
    if {$name in $with} { append extra ", $column"; lappend extra_fields $field }
  }
  set columns "claim_id, claim_line_number, payer_id, member_id, rendering_npi, hcpcs_code, service_date, units, prior_auth_number,
    modifiers, service_end_date, birth_date$extra"
  foreach kind {VIEW TABLE} { catch {db eval "DROP $kind claims"} }
  foreach table {stored session_cap prior_authorization} { db eval "DROP TABLE IF EXISTS $table" }
  set table [expr {$shape eq "view" ? "stored" : "claims"}]
  set key [expr {$shape eq "without rowid" ? ", PRIMARY KEY(claim_id, claim_line_number)) WITHOUT ROWID" : ")"}]
  db eval "CREATE TABLE $table\($columns$key"
  db transaction {
    foreach line $lines {
      set values {}
      foreach field [concat {claim number payer member npi code date units auth modifiers end birth} $extra_fields] { lappend values [dict get $line $field] }
      db eval "INSERT INTO $table VALUES([join $values ,])"
    }
    db eval {
      CREATE TABLE session_cap(cap_id, payer_id, hcpcs_codes, max_units, period, scope, effective_from, effective_to, modifiers, one_of_modifiers,
        without_modifiers, age_from, age_to, authorizable);
      CREATE TABLE prior_authorization(prior_auth_number, payer_id, member_id, hcpcs_codes, start_date, end_date, units, modifiers);
    }
    foreach c $caps {
      db eval "INSERT INTO session_cap VALUES([dict get $c id], [dict get $c payer], [dict get $c codes], [dict get $c max],
        '[dict get $c period]', '[dict get $c scope]', [shown_day [dict get $c from]], [shown_day [dict get $c to]], [dict get $c modifiers],
        [dict get $c one_of], [dict get $c without], [dict get $c age_from], [dict get $c age_to], [dict get $c authorizable])"
    }
    foreach a $authorizations {
      db eval "INSERT INTO prior_authorization VALUES([dict get $a number], [dict get $a payer], [dict get $a member],
        [dict get $a codes], [shown_day [dict get $a from]], [shown_day [dict get $a to]], [dict get $a units], [dict get $a modifiers])"
    }
  }
  switch $shape {
    view { db eval {CREATE VIEW claims AS SELECT * FROM stored WHERE 1} }
    index { db eval {CREATE INDEX by_member ON claims(member_id, service_date)} }
    covering { db eval "CREATE INDEX by_all ON claims(payer_id, member_id, $columns)" }
  }
}

proc compare {name got expected} {
  set ::compared [expr {$::compared + 1}]
  if {$got eq $expected} { incr ::passed; return }
  incr ::failed
  puts "FAILED $name (SEED=$::seed ROUNDS=1)"
  set shown 0
  foreach g $got e $expected {
    if {$g ne $e && [incr shown] <= 3} { puts "  expected: $e\n  got:      $g" }
  }
}
set compared 0
