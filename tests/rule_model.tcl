# The rules of a line, written a second time: slowly, in Tcl, from the design and not
# from the C code.  A line is a dict of field and value; a value is {null}, {int 7},
# {real 1.5} or {text abc}.  A policy is a dict of its keys, as model_policy makes it.
#
#   model_check line policies   the ids of the broken rules, or "not judged"
#
# Values are of plain forms: the readers of odd ones have models of their own.

proc m_has {line field} { dict exists $line $field }
proc m_text {line field} {
  lassign [dict get $line $field] kind v
  if {$kind eq {null}} { return {} }
  return [string trim $v]
}
proc m_blank {line field} {
  lassign [dict get $line $field] kind v
  if {$kind eq {null}} { return 1 }
  expr {[string tolower [string trim $v]] in {{} n/a na none nil null tbd pending unknown - -- . ? x}}
}

# As text: to expr a list of 02 alone is the number 2.
proc m_in {word list} { expr {[lsearch -exact $list $word] >= 0} }

# --- days: numbers from 0001-01-01 on, or {} -------------------------------------------

proc m_leap {y} { expr {($y % 4 == 0 && $y % 100 != 0) || $y % 400 == 0} }
proc m_month_days {y m} { expr {$m == 2 ? 28 + [m_leap $y] : $m in {4 6 9 11} ? 30 : 31} }
proc m_number {y m d} {
  set n [expr {($y - 1) * 365 + ($y - 1) / 4 - ($y - 1) / 100 + ($y - 1) / 400}]
  for {set i 1} {$i < $m} {incr i} { incr n [m_month_days $y $i] }
  expr {$n + $d}
}
proc m_parts {text} {
  if {![regexp {^(\d{4})-(\d\d)-(\d\d)$} $text -> y m d]} { return {} }
  scan $y %d y; scan $m %d m; scan $d %d d
  if {$y < 1 || $m < 1 || $m > 12 || $d < 1 || $d > [m_month_days $y $m]} { return {} }
  list $y $m $d
}
proc m_day {line field} {
  set parts [m_parts [m_text $line $field]]
  expr {$parts eq {} ? {} : [m_number {*}$parts]}
}
proc m_unreadable_day {line field} {
  expr {[m_has $line $field] && ![m_blank $line $field] && [m_day $line $field] eq {}}
}

proc m_whole {text} { regexp {^[+-]?\d+(\.0*)?$} $text }
proc m_decimal {text} { regexp {^[+-]?(\d+(\.\d*)?|\.\d+)$} $text }
proc m_time {text} {
  if {[regexp {^(\d\d):(\d\d)$} $text -> h m]} {
    scan $h %d h; scan $m %d m
    if {$h < 24 && $m < 60} { return [expr {$h * 60 + $m}] }
  }
  return {}
}

# --- policies -----------------------------------------------------------------------------

# A policy's keys as a dict, with what it leaves out taken from what it extends.
proc m_read {json} {
  set given {}
  db eval {SELECT key, type, value FROM json_each($json)} row {
    dict set given $row(key) [list $row(type) $row(value)]
  }
  if {[dict exists $given hcpcs_code] && ![dict exists $given extends] && [dict exists $given severity] && [dict exists $given off]} {
    return $given
  }
  set base session
  if {[dict exists $given extends]} { set base [lindex [dict get $given extends] 1] }
  set policy [m_read [db one {SELECT h2040_policy($base)}]]
  if {[dict exists $given timely_filing_days] != [dict exists $given timely_filing_months]} {
    dict set policy timely_filing_days null
    dict set policy timely_filing_months null
  }
  # Another code's policy has the focuses of that code, where it has a pack.
  if {[dict exists $given hcpcs_code] && ![dict exists $given focuses]} {
    set code [lindex [dict get $given hcpcs_code] 1]
    if {$code in {H2014 H2017 H2019}} { dict set policy focuses [db eval {SELECT 'array', json_extract(h2040_policy($code), '$.focuses')}] }
  }
  dict merge $policy $given
}
proc m_key {policy key} { lindex [dict get $policy $key] 1 }
proc m_none {policy key} { expr {[lindex [dict get $policy $key] 0] eq {null}} }
proc m_list {policy key} {
  set json [m_key $policy $key]
  db eval {SELECT value FROM json_each($json)}
}
proc m_members {policy key} {
  set json [m_key $policy $key]
  db eval {SELECT key, value FROM json_each($json)}
}
proc m_array {json} { db eval {SELECT value FROM json_each($json)} }

# All that the model asks of a policy, looked up once.
proc model_policy {json} {
  set p [m_read $json]
  foreach key {accepted_modifiers refused_modifiers required_modifiers telehealth_modifiers telehealth_places places taxonomies diagnoses
               treatments focuses documentation off} {
    dict set m $key {}
    if {![m_none $p $key]} { dict set m $key [m_list $p $key] }
    dict set m none.$key [m_none $p $key]
  }
  foreach key {exclusive_modifiers required_one_of} {
    dict set m $key {}
    if {![m_none $p $key]} { dict set m $key [lmap group [m_list $p $key] {m_array $group}] }
  }
  dict set m settings {}
  foreach {modifier places} [m_members $p settings] { dict set m settings $modifier [m_array $places] }
  foreach key {max_units_per_line min_minutes age_from age_to timely_filing_days timely_filing_months timely_replacement_days review_days} {
    dict set m $key [expr {[m_none $p $key] ? {} : [m_key $p $key]}]
  }
  foreach key {hcpcs_code unit_basis unit_rounding prior_authorization} { dict set m $key [m_key $p $key] }
  return $m
}

# --- one line -------------------------------------------------------------------------------

proc m_in_force {line rule start end day} {
  if {[m_unreadable_day $line $start] || [m_unreadable_day $line $end]} { return 1 }
  if {$day eq {}} { return 0 }
  set from [m_day $line $start]
  if {$from ne {} && $day < $from} { return 1 }
  if {![m_has $line $end]} { return 0 }
  set to [m_day $line $end]
  expr {$to ne {} && $day > $to}
}

proc m_in_ranges {code ranges} {
  set code [string toupper [string map {. {}} $code]]
  foreach range $ranges {
    lassign [split [string map {. {}} $range] -] low high
    if {$high eq {}} { set high $low }
    if {[string compare $code $low] >= 0 && [string compare [string range $code 0 [string length $high]-1] $high] <= 0} { return 1 }
  }
  return 0
}

proc m_npi {npi} {
  if {![regexp {^[12]\d{9}$} $npi]} { return 0 }
  set sum 24
  set i 0
  foreach digit [split $npi {}] {
    set n [expr {[incr i] % 2 ? $digit * 2 : $digit}]
    incr sum [expr {$n > 9 ? $n - 9 : $n}]
  }
  expr {$sum % 10 == 0}
}

proc m_supported {minutes per rounding} {
  set full [expr {int($minutes / double($per))}]
  expr {$full + ($rounding eq {half} && $minutes - $full * $per > $per / 2.0)}
}

proc m_months_later {parts months} {
  lassign $parts y m d
  set month [expr {$m - 1 + $months}]
  set y [expr {$y + $month / 12}]
  set m [expr {$month % 12 + 1}]
  m_number $y $m [expr {min($d, [m_month_days $y $m])}]
}

set m_focus_of {skills {H2040 H2014} habilitation H2014 rehabilitation H2017 behavior H2019}
set m_note {
  purpose purpose no_purpose goal_link plan_goal no_goal_link activities activities no_activities response client_response no_response
  progress progress no_progress next_steps next_steps no_next_steps medical_necessity medical_necessity no_medical_necessity
  effectiveness effectiveness no_effectiveness signature signed_by unsigned
}

proc m_broken {line p code_miswritten} {
  set broken {}
  upvar broken b
  set day {}
  if {[m_has $line service_date]} { set day [m_day $line service_date] }
  set code [dict get $p hcpcs_code]

  # coding
  if {$code_miswritten} { lappend broken code.malformed }
  if {[m_has $line hcpcs_code] && $day ne {}} {
    lassign [db eval {SELECT added, terminated FROM h2040_codes WHERE hcpcs_code = $code}] added terminated
    if {$added ne {} && $day < [m_number {*}[m_parts $added]]} { lappend broken code.not_effective }
  }
  if {[m_has $line service_focus] && ![m_blank $line service_focus] && ![dict get $p none.focuses]
      && [string tolower [m_text $line service_focus]] ni [dict get $p focuses]} { lappend broken code.similar }

  # the claim
  set frequency 1
  if {[m_has $line claim_frequency_code] && ![m_blank $line claim_frequency_code]} {
    set frequency [m_text $line claim_frequency_code]
    if {$frequency ni {1 6 7 8}} { lappend broken claim.frequency_unknown }
  }
  set replaces [expr {$frequency in {6 7}}]
  if {$replaces && [m_has $line original_claim_id] && [m_blank $line original_claim_id]} { lappend broken claim.original_missing }
  if {[m_has $line charge_amount]} {
    set amount [string map {$ {} , {}} [m_text $line charge_amount]]
    if {[m_blank $line charge_amount] || ![m_decimal $amount] || $amount <= 0} { lappend broken charge.not_positive }
  }

  # units and time
  set minutes {}
  foreach edge {start end} {
    set ${edge}_minute {}
    if {[m_has $line ${edge}_time]} {
      set ${edge}_minute [m_time [m_text $line ${edge}_time]]
      if {![m_blank $line ${edge}_time] && [set ${edge}_minute] eq {}} { set unreadable_time 1 }
    }
  }
  if {[m_has $line duration_minutes] && [m_decimal [m_text $line duration_minutes]] && [m_text $line duration_minutes] > 0} {
    set minutes [m_text $line duration_minutes]
  } elseif {$start_minute ne {} && $end_minute ne {} && $start_minute != $end_minute} {
    set minutes [expr {($end_minute - $start_minute + 1440) % 1440}]
  }
  set basis [dict get $p unit_basis]
  set per [expr {$basis eq {15 minutes} ? 15 : $basis eq {hour} ? 60 : 0}]
  if {[m_has $line units]} {
    set units [m_text $line units]
    set mj [expr {[m_has $line unit_measure] && [string toupper [m_text $line unit_measure]] eq {MJ}}]
    set whole 0
    if {$mj} {
      if {$per > 0 && [m_decimal $units] && $units > 0} {
        set units [m_supported $units $per [dict get $p unit_rounding]]
        set whole [expr {$units >= 1}]
      }
    } elseif {[m_whole $units] && $units >= 1} {
      set units [expr {int($units)}]
      set whole 1
    }
    if {!$whole} {
      lappend broken unit.not_whole
    } else {
      if {[dict get $p max_units_per_line] ne {} && $units > [dict get $p max_units_per_line]} { lappend broken unit.over_line_max }
      if {$minutes ne {}} {
        if {$basis eq {session} && $units >= 2
            && ($units == int($minutes / 15.0 + 0.5) || $units == int($minutes / 60.0 + 0.5))} { lappend broken unit.time_based }
        if {$per > 0 && $units > [m_supported $minutes $per [dict get $p unit_rounding]]} { lappend broken unit.exceeds_time }
      }
    }
  }
  if {$minutes ne {} && [dict get $p min_minutes] ne {} && $minutes < [dict get $p min_minutes]} { lappend broken unit.too_short }

  # dates
  if {[m_has $line service_date] && $day eq {}} { lappend broken date.malformed }
  if {[m_has $line service_date] && [m_has $line service_end_date]} {
    set end [m_day $line service_end_date]
    if {[m_unreadable_day $line service_end_date] || ($end ne {} && $day ne {} && $end < $day)} { lappend broken date.span_reversed }
  }
  if {$day ne {} && [m_has $line as_of] && $day > [m_day $line as_of]} { lappend broken date.future }
  if {[m_has $line service_date] && [m_has $line received_date]} {
    set days [dict get $p [expr {$replaces ? {timely_replacement_days} : {timely_filing_days}}]]
    set months [expr {$replaces ? {} : [dict get $p timely_filing_months]}]
    if {$days ne {} || $months ne {}} {
      set received [m_day $line received_date]
      if {[m_unreadable_day $line received_date]} {
        lappend broken date.untimely
      } elseif {$received ne {} && $day ne {}} {
        if {($days ne {} && $received > $day + $days)
            || ($months ne {} && $received > [m_months_later [m_parts [m_text $line service_date]] $months])} { lappend broken date.untimely }
      }
    }
  }

  # the member
  if {[m_has $line member_id] && [m_blank $line member_id]} { lappend broken member.missing }
  if {[m_has $line service_date] && [m_has $line coverage_start] && [m_in_force $line x coverage_start coverage_end $day]} {
    lappend broken member.not_covered
  }
  if {[m_has $line birth_date] && [m_has $line service_date] && ([dict get $p age_from] ne {} || [dict get $p age_to] ne {})} {
    if {[m_unreadable_day $line birth_date]} {
      lappend broken member.age
    } elseif {$day ne {} && [m_day $line birth_date] ne {}} {
      lassign [m_parts [m_text $line birth_date]] by bm bd
      lassign [m_parts [m_text $line service_date]] sy sm sd
      set age [expr {$sy - $by - ($sm < $bm || ($sm == $bm && $sd < $bd))}]
      if {([dict get $p age_from] ne {} && $age < [dict get $p age_from]) || ([dict get $p age_to] ne {} && $age > [dict get $p age_to])} {
        lappend broken member.age
      }
    }
  }
  foreach field {claim_id claim_line_number payer_id member_id claim_number original_claim_id payer_claim_number staff_id prior_auth_number} {
    if {![m_has $line $field] || [m_blank $line $field]} continue
    lassign [dict get $line $field] kind v
    if {$kind eq {text} && $v ne [string trim $v]} { lappend broken id.white_space; break }
  }

  # the provider
  if {[m_has $line rendering_taxonomy]} {
    set taxonomy [string toupper [m_text $line rendering_taxonomy]]
    if {[m_blank $line rendering_taxonomy]} {
      lappend broken provider.missing
    } else {
      if {![regexp {^[0-9A-Z]{10}$} $taxonomy]} { lappend broken provider.taxonomy_malformed }
      set eligible [dict get $p none.taxonomies]
      foreach prefix [dict get $p taxonomies] {
        if {[string match $prefix* $taxonomy] && [regexp {^[0-9A-Z]{1,12}$} $taxonomy]} { set eligible 1 }
      }
      if {!$eligible} { lappend broken provider.not_eligible }
    }
  }
  if {[m_has $line rendering_npi] && ![m_npi [m_text $line rendering_npi]]} { lappend broken provider.npi_invalid }
  if {[m_has $line service_date] && [m_has $line provider_start] && [m_in_force $line x provider_start provider_end $day]} {
    lappend broken provider.not_enrolled
  }

  # diagnoses, since ICD-10
  if {[m_has $line diagnosis_codes] && ($day eq {} || $day >= [m_number 2015 10 1])} {
    if {[m_blank $line diagnosis_codes]} {
      lappend broken diagnosis.missing
    } else {
      set qualified [dict get $p none.diagnoses]
      set malformed 0
      foreach diagnosis [split [m_text $line diagnosis_codes] ,] {
        if {![regexp {^[A-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?$} $diagnosis]} {
          set malformed 1
        } elseif {[m_in_ranges $diagnosis [dict get $p diagnoses]]} {
          set qualified 1
        }
      }
      if {$malformed} { lappend broken diagnosis.malformed }
      if {!$qualified} { lappend broken diagnosis.not_qualifying }
    }
  }

  # the plan
  if {[m_has $line plan_start]} {
    if {[m_blank $line plan_start]} { lappend broken plan.missing }
    if {[m_has $line service_date] && [m_in_force $line x plan_start plan_end $day]} { lappend broken plan.not_in_force }
  }
  if {[m_has $line plan_goals] && [m_blank $line plan_goals]} { lappend broken plan.no_goals }
  if {[m_has $line plan_benchmarks] && [m_blank $line plan_benchmarks]} { lappend broken plan.no_benchmarks }
  if {[m_has $line plan_reviewed]} {
    set reviewed [m_day $line plan_reviewed]
    if {$reviewed eq {} || ($day ne {} && [dict get $p review_days] ne {} && $day - $reviewed > [dict get $p review_days])} {
      lappend broken plan.review_overdue
    }
  }

  # modifiers
  if {[m_has $line modifiers]} {
    set seen {}
    set slots 0
    foreach modifier [expr {[m_blank $line modifiers] ? {} : [split [string toupper [m_text $line modifiers]] { }]}] {
      if {![regexp {^[0-9A-Z]{2}$} $modifier]} { lappend broken modifier.malformed; continue }
      set row [db eval {SELECT added, terminated FROM h2040_modifiers WHERE modifier = $modifier}]
      set named [expr {$modifier in [concat [dict get $p accepted_modifiers] [dict get $p refused_modifiers] [dict get $p required_modifiers] \
                                            [dict get $p telehealth_modifiers] [join [dict get $p exclusive_modifiers]] [join [dict get $p required_one_of]] \
                                            [dict keys [dict get $p settings]]]}]
      if {$row eq {} && !$named} { lappend broken modifier.unknown; continue }
      lassign $row added terminated
      if {[m_has $line service_date] && $day ne {} && (($added ne {} && $day < [m_number {*}[m_parts $added]])
          || ($terminated ne {} && $day > [m_number {*}[m_parts $terminated]]))} { lappend broken modifier.not_effective; continue }
      incr slots
      if {$modifier in $seen} { lappend broken modifier.duplicate; continue }
      lappend seen $modifier
      if {$modifier in [dict get $p refused_modifiers] || (![dict get $p none.accepted_modifiers] && $modifier ni [dict get $p accepted_modifiers])} {
        lappend broken modifier.not_accepted
      }
    }
    if {$slots > 4} { lappend broken modifier.too_many }
    foreach group [dict get $p exclusive_modifiers] {
      if {[llength [lmap m $seen { if {$m ni $group} continue; set m }]] > 1} { lappend broken modifier.conflict }
    }
    foreach modifier [dict get $p required_modifiers] { if {$modifier ni $seen} { lappend broken modifier.required } }
    foreach group [dict get $p required_one_of] {
      if {[llength [lmap m $seen { if {$m ni $group} continue; set m }]] == 0} { lappend broken modifier.one_of }
    }
    set place {}
    if {[m_has $line place_of_service]} { set place [m_place $line] }
    if {$place ne {}} {
      set telehealth [llength [lmap m $seen { if {$m ni [dict get $p telehealth_modifiers]} continue; set m }]]
      if {![dict get $p none.telehealth_places] && [dict get $p telehealth_modifiers] ne {}} {
        set there [m_in $place [dict get $p telehealth_places]]
        if {$there && !$telehealth} { lappend broken modifier.telehealth_missing }
        if {!$there && $telehealth} { lappend broken modifier.telehealth_place }
      }
      dict for {modifier places} [dict get $p settings] {
        if {[m_in $place $places] && $modifier ni $seen} { lappend broken modifier.setting_missing }
        if {![m_in $place $places] && $modifier in $seen} { lappend broken modifier.setting_place }
      }
    }
    if {[m_has $line complexity] && {22} in $seen && [m_blank $line complexity]} { lappend broken modifier.complexity_unsupported }
  }
  if {[m_has $line place_of_service]} {
    set place [m_place $line]
    if {$place eq {}} { lappend broken place.unknown } \
    elseif {![dict get $p none.places] && ![m_in $place [dict get $p places]]} { lappend broken place.not_accepted }
  }

  # the note
  if {[info exists unreadable_time]} { lappend broken time.unreadable }
  set asked [dict get $p documentation]
  if {[m_has $line note_date] && {date} in $asked} {
    set noted [m_day $line note_date]
    if {$noted eq {}} { lappend broken documentation.no_date } \
    elseif {[m_has $line service_date] && $day ne {} && $noted != $day} { lappend broken documentation.date_mismatch }
  }
  if {{duration} in $asked && $minutes eq {} && ([m_has $line duration_minutes] || [m_has $line start_time] || [m_has $line end_time])} {
    lappend broken documentation.no_duration
  }
  foreach {subject field rule} $::m_note {
    if {$subject in $asked && [m_has $line $field] && [m_blank $line $field]} { lappend broken documentation.$rule }
  }

  # the authorization
  set none [expr {[m_has $line prior_auth_number] && [m_blank $line prior_auth_number]}]
  if {$none && [dict get $p prior_authorization] eq {always}} { lappend broken authorization.missing }
  if {!$none && [m_has $line prior_auth_start] && [m_has $line service_date] && [m_in_force $line x prior_auth_start prior_auth_end $day]} {
    lappend broken authorization.not_in_force
  }
  if {[m_has $line treatment] && ![dict get $p none.treatments]
      && [string tolower [m_text $line treatment]] ni [dict get $p treatments]} { lappend broken treatment.not_authorized }

  lmap rule [lsort -unique $broken] { if {$rule in [dict get $p off]} continue; set rule }
}

proc m_place {line} {
  set place [m_text $line place_of_service]
  if {![regexp {^\d{1,2}$} $place]} { return {} }
  if {[string length $place] == 1} { set place 0$place }
  if {[db one {SELECT count(*) FROM h2040_places WHERE place_of_service = $place}]} { return $place }
  return {}
}

# policies: a dict of code and model_policy.
proc model_check {line policies} {
  set miswritten 0
  if {[m_has $line hcpcs_code]} {
    set code [string toupper [m_text $line hcpcs_code]]
    if {![dict exists $policies $code]} {
      if {[m_blank $line hcpcs_code] || [regexp {^([A-Z]\d{4}|\d{5})$} $code]} { return {not judged} }
      set code [string map {O 0} [string map {{ } {}} $code]]
      set miswritten 1
      if {![dict exists $policies $code]} { return {not judged} }
    }
  } else {
    set code [lindex [dict keys $policies] 0]
  }
  if {[m_has $line claim_frequency_code] && [m_text $line claim_frequency_code] eq {8}} { return {not judged} }
  m_broken $line [dict get $policies $code] $miswritten
}
