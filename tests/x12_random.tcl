# Random 837P and 835 texts, and the rows that they should give.
#
# A text is a list of segments, each a list of elements; an element of several components
# is {: a b c}, and ISA bears the separators behind it.  Every value of a claim bears the
# claim's number, and so do those of the loops above it theirs, so that a value in the
# wrong place is seen: owner(column,value) lists the claims whose value it may be.

proc rnd {n} { expr {int(rand() * $n)} }
proc one_of {args} { lindex $args [rnd [llength $args]] }
proc chance {p} { expr {rand() < $p} }

# Element, component, terminator, what stands behind a terminator.
set separators {
  {* : ~ \n} {* : ~ {}} {| > \n {}} {* : \n {}} {* < ~ \r\n} {* ^ _ {}} {\x1d \x1f \x1c {}} {+ : ' \n} {* | ~ "  \n"}
  {^ : \r \n} {* > \x85 {}} {\u00a6 : \u00a7 \n} {* \\ ~ "\x1a\n"} {\t : ; {}}
}

proc isa {control} {
  list ISA 00 "          " 00 "          " ZZ "SENDER         " ZZ "RECEIVER       " 260110 1200 ^ 00501 $control 0 T
}

# Writes segments with the separators of the ISA before them, which no value may bear.
# {RAW text} is written as it is.
proc write_segments {segments} {
  set text ""
  lassign {* : ~ {}} e c t b
  foreach segment $segments {
    if {[lindex $segment 0] eq "RAW"} { append text [lindex $segment 1]; continue }
    set isa ""
    if {[lindex $segment 0] eq "ISA"} {
      lassign [lindex $segment end] e c t b
      set segment [lrange $segment 0 end-1]
      set isa $e$c
    }
    set map [list $e . $c . $t . : . ~ .]
    set elements {}
    foreach element $segment {
      if {[lindex $element 0] eq ":"} {
        lappend elements [join [lmap part [lrange $element 1 end] { string map $map $part }] $c]
      } else {
        lappend elements [string map $map $element]
      }
    }
    append text [join $elements $e]$isa$t$b
  }
  return $text
}

proc iso {day} { regsub {^(....)(..)(..)$} $day {\1-\2-\3} }
proc as_day {n} { clock format [expr {1767225600 + 86400 * $n}] -gmt 1 -format %Y%m%d }

proc owns {number column value} {
  if {$value ne ""} { lappend ::owner($column,$value) $number }
}

proc claim_number {} { return [incr ::claim_count] }

# A claim of a member: {segments rows}.  above: a dict of the columns that its loops give.
proc random_claim {above} {
  set k [claim_number]
  set row $above
  dict set row claim_number C$k
  dict set row claim_frequency_code [one_of 1 7 8]
  set place [one_of 11 12 53]
  set total 0
  set head {}
  set n [expr {1 + [rnd 3]}]
  set claim_day ""
  if {[chance .2]} { set claim_day [as_day [expr {3 * $k}]]; lappend head [list DTP 472 D8 $claim_day] }
  if {[chance .3]} { lappend head {DTP 431 D8 20200101} }
  set auth ""
  if {[chance .5]} { set auth G$k; lappend head [list REF G1 $auth] }
  if {[chance .4]} { dict set row original_claim_id F$k; lappend head [list REF F8 F$k] } else { dict set row original_claim_id "" }
  if {[chance .3]} { lappend head [list REF D9 CLEARING$k] {K3 SOMETHING} {NTE ADD {TEXT > : ~ WITH MANY . CHARACTERS}} }
  set codes {}
  for {set i 0} {$i < 1 + [rnd 4]} {incr i} { lappend codes [format F%02d%d%d [expr {$k % 100}] $i [expr {$k / 100 % 10}]] }
  set hi HI
  foreach code $codes { lappend hi [list : [expr {[llength $hi] == 1 ? "ABK" : "ABF"}] $code] }
  lappend head $hi
  if {[chance .2]} { lappend head {HI {: BG 01}} }
  set rendering [dict get $row billing_npi]
  set taxonomy [dict get $row billing_taxonomy]
  if {[chance .3]} { lappend head {NM1 DN 1 REFERRER R {} {} {} XX 1999999984} }
  if {[chance .6]} {
    set rendering [format 2%09d $k]
    set taxonomy ""
    lappend head [list NM1 82 1 CLINICIAN A {} {} {} XX $rendering]
    if {[chance .8]} { set taxonomy [format 101Y%05dX $k]; lappend head [list PRV PE PXC $taxonomy] }
  }
  if {[chance .2]} { lappend head {NM1 77 2 {THE OFFICE} {} {} {} {} XX 1888888885} {N3 STREET} {N4 TOWN MN 55001} }
  set more {}
  if {[chance .3]} {
    lappend more {SBR S 18 {} {} {} {} {} {} CI} {CAS CO 45 1} {AMT D 5} {OI {} {} Y {} {} Y} {NM1 IL 1 OTHER INSURED {} {} {} MI OTHERM} \
      {NM1 PR 2 {OTHER PAYER} {} {} {} {} PI OTHERP} {REF F8 OTHERF} {REF G1 OTHERG} {NM1 82 1 {} {} {} {} {} XX 1777777786} {NM1 85 2}
  }
  set lines {}
  set rows {}
  for {set l 1} {$l <= $n} {incr l} {
    set line $row
    set charge [expr {$k + $l / 100.0}]
    set total [expr {$total + $charge}]
    set code [one_of H2040 H2014 T1017]
    set modifiers {}
    for {set i 0} {$i < [rnd 5]} {incr i} { lappend modifiers [lindex {GT U1 HQ 59} $i] }
    set where $place
    set sv105 ""
    if {[chance .3]} { set where [set sv105 [one_of 02 10 99]] }
    set pointers {}
    if {[chance .8]} {
      for {set i 1} {$i <= [llength $codes] && $i <= 4} {incr i} { if {[chance .6]} { lappend pointers $i } }
    }
    if {[chance .3]} { set pointers [lreverse $pointers] }
    if {[llength $pointers] == 0} { set chosen $codes } else { set chosen [lmap i $pointers { lindex $codes [expr {$i - 1}] }] }
    set chosen [lmap c $chosen { string cat [string range $c 0 2] . [string range $c 3 end] }]
    set measure [one_of UN UN MJ]
    set units [one_of 1 4 2.5]
    lappend lines [list LX $l]
    set sv1 [list SV1 [list : HC $code {*}$modifiers] [format %.2f $charge] $measure $units $sv105 {}]
    if {[llength $pointers]} { lappend sv1 [list : {*}$pointers] }
    lappend lines $sv1
    set day [set last ""]
    if {$claim_day eq "" || [chance .3]} {
      set day [as_day [expr {3 * $k + $l % 2}]]
      if {[chance .3]} {
        set last [as_day [expr {3 * $k + 2}]]
        lappend lines [list DTP 472 RD8 $day-$last]
      } else {
        lappend lines [list DTP 472 D8 $day]
      }
    } else {
      set day $claim_day
    }
    if {[chance .3]} { lappend lines {DTP 463 D8 20200202} }
    dict set line prior_auth_number $auth
    if {[chance .2]} { dict set line prior_auth_number GL$k; lappend lines [list REF G1 GL$k] }
    if {[chance .2]} { lappend lines [list REF G1 OTHERG {} {: 2U OTHERP}] }
    dict set line line_control_number ""
    if {[chance .7]} { dict set line line_control_number L$k-$l; lappend lines [list REF 6R L$k-$l] }
    dict set line rendering_npi $rendering
    dict set line rendering_taxonomy $taxonomy
    if {[chance .2]} {
      dict set line rendering_npi [format 3%09d $k]
      dict set line rendering_taxonomy ""
      lappend lines [list NM1 82 1 CLINICIAN B {} {} {} XX [format 3%09d $k]]
      if {[chance .5]} { dict set line rendering_taxonomy [format 103T%05dX $k]; lappend lines [list PRV PE PXC [format 103T%05dX $k]] }
    }
    if {[chance .1]} { lappend lines {SVD OTHERP 5 {: HC H2040} {} 1} {CAS CO 45 1} {DTP 573 D8 20200303} }
    dict set line claim_line_number $l
    dict set line hcpcs_code $code
    dict set line modifiers $modifiers
    dict set line units $units
    dict set line unit_measure $measure
    dict set line service_date [iso $day]
    dict set line service_end_date [iso $last]
    dict set line place_of_service $where
    dict set line diagnosis_codes $chosen
    dict set line charge_amount [expr {$charge == int($charge) ? int($charge) : $charge}]
    foreach column {claim_number original_claim_id prior_auth_number rendering_npi rendering_taxonomy line_control_number charge_amount
        service_date service_end_date diagnosis_codes} {
      owns $k $column [dict get $line $column]
    }
    owns $k service_date [iso $claim_day]
    owns $k prior_auth_number $auth
    owns $k rendering_npi $rendering
    owns $k rendering_npi [dict get $row billing_npi]
    owns $k rendering_taxonomy $taxonomy
    owns $k rendering_taxonomy [dict get $row billing_taxonomy]
    foreach column {member_id subscriber_id payer_id birth_date billing_npi filing_code received_date} { owns $k $column [dict get $line $column] }
    lappend rows $line
  }
  set clm [list CLM C$k [format %.2f $total] {} {} [list : $place B [dict get $row claim_frequency_code]] Y A Y Y]
  list [list $clm {*}$head {*}$more {*}$lines] $rows
}

# A set: {segments rows}.
proc random_set {control} {
  set segments {}
  set rows {}
  set minute [format %02d [rnd 60]]
  set hl 0
  lappend segments [list ST 837 $control 005010X222A1] [list BHT 0019 00 B1 20260110 12$minute CH] {NM1 41 2 SUBMITTER} {PER IC DESK} {NM1 40 2 RECEIVER}
  for {set b 0} {$b < 1 + [rnd 2]} {incr b} {
    set parent [incr hl]
    set above [dict create received_date "2026-01-10 12:$minute" billing_taxonomy "" billing_npi [format 1%09d [incr ::billing_count]]]
    lappend segments [list HL $hl {} 20 1]
    if {[chance .7]} { dict set above billing_taxonomy [format 251S%05dX $::billing_count]; lappend segments [list PRV BI PXC [dict get $above billing_taxonomy]] }
    lappend segments [list NM1 85 2 CLINIC {} {} {} {} XX [dict get $above billing_npi]] {N3 {1 STREET}} {N4 TOWN MN 55001} {REF EI 123456789}
    if {[chance .3]} { lappend segments {NM1 87 2} {N3 {2 STREET}} }
    for {set m 0} {$m < 1 + [rnd 3]} {incr m} {
      set id [incr ::member_count]
      set subscriber [incr hl]
      set member $above
      dict set member payer_id P$id
      dict set member subscriber_id M$id
      dict set member member_id M$id
      dict set member filing_code Z$id
      dict set member birth_date ""
      set dependents [chance .4]
      lappend segments [list HL $hl $parent 22 $dependents] [list SBR P 18 {} {} {} {} {} {} Z$id] [list NM1 IL 1 FAMILY NAME {} {} {} MI M$id]
      if {[chance .6]} {
        set day [as_day [expr {-9000 - $id}]]
        dict set member birth_date [iso $day]
        lappend segments {N3 {3 STREET}} {N4 TOWN MN 55001} [list DMG D8 $day F]
      }
      lappend segments [list NM1 PR 2 "PAYER $id" {} {} {} {} PI P$id]
      if {[chance .2]} { lappend segments {N3 {4 STREET}} {REF 2U OTHER} }
      if {!$dependents || [chance .3]} {
        for {set c 0} {$c < 1 + [rnd 2]} {incr c} {
          lassign [random_claim $member] more found
          lappend segments {*}$more
          lappend rows {*}$found
        }
      }
      if {!$dependents} continue
      for {set p 0} {$p < 1 + [rnd 2]} {incr p} {
        set patient $member
        set day [as_day [expr {-3000 - 10 * $id - $p}]]
        dict set patient birth_date [iso $day]
        incr hl
        if {[chance .3]} {
          dict set patient member_id D$id-$p
          lappend segments [list HL $hl $subscriber 23 0] {PAT 19} [list NM1 QC 1 FAMILY CHILD {} {} {} MI D$id-$p] [list DMG D8 $day M]
        } else {
          dict set patient member_id M$id-${day}CF
          lappend segments [list HL $hl $subscriber 23 0] {PAT 19} {NM1 QC 1 family Child} {N3 {5 STREET}} [list DMG D8 $day M]
        }
        lassign [random_claim $patient] more found
        lappend segments {*}$more
        lappend rows {*}$found
      }
    }
  }
  lappend segments [list SE [expr {[llength $segments] + 1}] $control]
  list $segments $rows
}

# A text: {segments rows}; each interchange with separators of its own.
proc random_claims {} {
  array unset ::owner
  set ::claim_count [rnd 50]
  set ::billing_count [set ::member_count 0]
  set segments {}
  set rows {}
  for {set i 1} {$i <= 1 + [rnd 2]} {incr i} {
    set control [format %09d $i]
    lappend segments [list {*}[isa $control] [lindex $::separators [rnd [llength $::separators]]]]
    set groups [expr {1 + [rnd 2]}]
    for {set g 1} {$g <= $groups} {incr g} {
      set sets [expr {1 + [rnd 2]}]
      lappend segments [list GS HC SENDER RECEIVER 20260110 1200 $g X 005010X222A1]
      for {set s 1} {$s <= $sets} {incr s} {
        lassign [random_set [format %04d $s]] more found
        lappend segments {*}$more
        foreach row $found {
          dict set row interchange $control
          dict set row transaction_set [format %04d $s]
          lappend rows $row
        }
      }
      lappend segments [list GE $sets $g]
    }
    lappend segments [list IEA $groups $control]
  }
  list $segments $rows
}

# --- remittances ------------------------------------------------------------------

proc money {cents} { expr {$cents % 100 == 0 ? $cents / 100 : [regsub {0$} [format %.2f [expr {$cents / 100.0}]] {}]} }

# Random adjustments that come to so many cents: {segments said patient denied}.
proc random_adjustments {cents} {
  set reasons {CO 45 CO 197 CO 18 PR 1 PR 3 PR 96 OA 23 PI B7 CO 253}
  set segments {}
  set said {}
  set patient 0
  set denied 0
  set parts {}
  while {$cents != 0 && [llength $parts] < [one_of 1 2 3 7 9]} {
    set part [expr {[chance .3] ? $cents : [rnd [expr {abs($cents) + 1}]] * ($cents < 0 ? -1 : 1)}]
    lappend parts $part
    set cents [expr {$cents - $part}]
  }
  if {$cents != 0} { lappend parts $cents }
  set segment {}
  foreach part $parts {
    set i [expr {2 * [rnd 9]}]
    lassign [lrange $reasons $i $i+1] group carc
    set units [one_of {} {} 0 2]
    if {[lindex $segment 1] ne $group || [llength $segment] >= 20 || [chance .2]} {
      if {[llength $segment]} { lappend segments $segment }
      set segment [list CAS $group]
    }
    lappend segment $carc [money $part] $units
    lappend said "$group $carc [money $part][expr {$units eq "" ? "" : " ($units)"}]"
    if {$group eq "PR"} { incr patient $part }
    if {!($group eq "PR" && $carc in {1 2 3}) && $carc ni {23 24 45 94 131 144 237 253}} { incr denied $part }
  }
  if {[llength $segment]} { lappend segments $segment }
  list $segments [join $said "; "] $patient $denied
}

# A claim of a payment: {segments rows cents}.
proc random_paid_claim {above} {
  set k [claim_number]
  set status [one_of 1 1 2 4 22 19]
  set sign [expr {$status == 22 ? -1 : 1}]
  set row [dict merge $above [dict create claim_number C$k claim_status $status payer_claim_number I$k member_id "" \
    hcpcs_code "" modifiers "" paid_hcpcs_code "" line_control_number "" service_end_date "" units_paid ""]]
  set n [one_of 0 1 1 2 3]
  set head {}
  if {[chance .8]} {
    dict set row member_id M$k
    lappend head [list NM1 QC 1 FAMILY NAME {} {} {} MI M$k]
    if {[chance .3]} { lappend head [list NM1 IL 1 FAMILY OTHER {} {} {} MI S$k] }
  } else {
    dict set row member_id S$k
    lappend head [list NM1 QC 1 FAMILY NAME] [list NM1 IL 1 FAMILY OTHER {} {} {} MI S$k]
  }
  lappend head {NM1 82 1 {} {} {} {} {} XX 1999999984}
  set remark ""
  if {[chance .3]} { set remark "MA$k"; lappend head [list MOA {} {} MA$k] }
  if {[chance .5]} { lappend head [list REF EA X$k] }
  set first [as_day [expr {3 * $k}]]
  set last [as_day [expr {3 * $k + 2}]]
  lappend head [list DTM 232 $first] [list DTM 233 $last]
  if {[chance .5]} { lappend head {DTM 050 20200101} }
  if {[chance .3]} { lappend head [list AMT AU 5] }
  set own [expr {$n == 0 || [chance .3] ? $sign * [rnd 500] : 0}]
  lassign [random_adjustments $own] own_segments own_said own_patient own_denied
  set lines {}
  set rows {}
  set charged 0
  set adjusted $own
  set total_patient $own_patient
  for {set l 1} {$l <= $n} {incr l} {
    set line $row
    set charge [expr {$sign * (100 * $k + $l)}]
    set cut [expr {[chance .3] ? $charge : [chance .3] ? 0 : $sign * [rnd [expr {abs($charge) + 1}]]}]
    lassign [random_adjustments $cut] segments said patient denied
    incr charged $charge
    incr adjusted $cut
    incr total_patient $patient
    set code [one_of H2040 H2014]
    set modifiers [lrange {GT U1 HQ 59} 0 [expr {[rnd 5] - 1}]]
    set paid_code $code
    set svc [list SVC [list : HC $code {*}$modifiers] [money $charge] [money [expr {$charge - $cut}]] {} [one_of {} 1 2.5]]
    if {[chance .2]} {
      set paid_code T1017
      lset svc 1 {: HC T1017 HE}
      lappend svc [list : HC $code {*}$modifiers]
    }
    dict set line units_paid [expr {[lindex $svc 5] eq "" ? 1 : [lindex $svc 5]}]
    lappend lines $svc
    dict set line service_date [iso $first]
    dict set line service_end_date [iso $last]
    if {[chance .6]} {
      dict set line service_date [iso [as_day [expr {3 * $k + 1}]]]
      dict set line service_end_date ""
      lappend lines [list DTM 472 [as_day [expr {3 * $k + 1}]]]
    } elseif {[chance .5]} {
      dict set line service_date [iso [as_day [expr {3 * $k + 1}]]]
      lappend lines [list DTM 150 [as_day [expr {3 * $k + 1}]]] [list DTM 151 $last]
    }
    lappend lines {*}$segments
    if {[chance .7]} { dict set line line_control_number L$k-$l; lappend lines [list REF 6R L$k-$l] }
    if {[chance .5]} { lappend lines {AMT B6 80} }
    set remarks $remark
    if {[chance .3]} { lappend remarks N$k; lappend lines [list LQ HE N$k] {LQ RX 99} }
    foreach {column value} [list kind line hcpcs_code $code modifiers $modifiers paid_hcpcs_code $paid_code remarks $remarks \
      charge_amount [money $charge] paid_amount [money [expr {$charge - $cut}]] patient_amount [money $patient] adjustments $said \
      denied_amount [money $denied] \
      denied [expr {$status == 22 ? "" : $charge == $cut && $denied > 0}]] { dict set line $column $value }
    lappend rows $line
  }
  if {$n == 0} { set charged [expr {$sign * (100 * $k + [rnd 50])}] }
  set paid [expr {$charged - $adjusted}]
  if {$n == 0 || [llength $own_segments]} {
    set claim $row
    foreach {column value} [list kind claim remarks $remark service_date [iso $first] service_end_date [iso $last] adjustments $own_said \
      charge_amount [expr {$n ? "" : [money $charged]}] paid_amount [expr {$n ? "" : [money $paid]}] \
      patient_amount [money $own_patient] denied_amount [money $own_denied] \
      denied [expr {$status == 22 ? "" : $paid == 0 && $own_denied > 0}]] { dict set claim $column $value }
    set rows [linsert $rows 0 $claim]
  }
  foreach line $rows {
    foreach column {claim_number payer_claim_number member_id line_control_number service_date service_end_date charge_amount} {
      owns $k $column [dict get $line $column]
    }
  }
  owns $k charge_amount [money $charged]
  foreach value [list M$k S$k] { owns $k member_id $value }
  foreach i {0 1 2} { owns $k service_date [iso [as_day [expr {3 * $k + $i}]]]; owns $k service_end_date [iso [as_day [expr {3 * $k + $i}]]] }
  set clp [list CLP C$k $status [money $charged] [money $paid] [money [expr {$n ? $total_patient : $own_patient}]] MC I$k 11 1]
  list [list $clp {*}$own_segments {*}$head {*}$lines] $rows $paid
}

proc random_payment {control} {
  set id [incr ::member_count]
  set above [dict create payment_number T$id payment_date [iso [as_day $id]] payer_name "PAYER $id" payee_npi [format 1%09d $id]]
  set party [list N1 PR "PAYER $id"]
  set more {}
  switch [rnd 3] {
    0 { dict set above payer_id P$id; lappend party XV P$id; lappend more {REF 2U OTHER} }
    1 { dict set above payer_id U$id; lappend more [list REF 2U U$id] }
    2 { dict set above payer_id 1$id }
  }
  set head [list [list TRN 1 T$id 1$id] {DTM 405 20250101} $party {N3 {1 STREET}} {*}$more {PER BL DESK} \
    [list N1 PE CLINIC XX [format 1%09d $id]] {REF TJ 123456789}]
  set segments {}
  set rows {}
  set total 0
  for {set c 0} {$c < [one_of 0 1 3 5]} {incr c} {
    if {$c % 2 == 0} { lappend segments [list LX [expr {$c + 1}]] {TS3 1 11 20261231 1 100} }
    lassign [random_paid_claim $above] more found paid
    lappend segments {*}$more
    lappend rows {*}$found
    incr total $paid
  }
  if {[chance .5]} {
    set plb [list PLB 1234567893 20261231]
    for {set i 0} {$i < [one_of 1 2 6]} {incr i} {
      set cents [expr {[rnd 1000] - 300}]
      lappend plb [list : [one_of WO L6 72] R$id-$i] [money $cents]
      set total [expr {$total - $cents}]
      set row $above
      foreach column {claim_number claim_status payer_claim_number member_id hcpcs_code modifiers paid_hcpcs_code line_control_number
          service_date service_end_date charge_amount paid_amount patient_amount units_paid remarks denied denied_amount} { dict set row $column "" }
      dict set row kind provider
      dict set row adjustments "[lindex $plb end-1 1] R$id-$i [money $cents]"
      lappend rows $row
    }
    lappend segments $plb
  }
  set bpr [list BPR I [money $total] C ACH CCP 01 111 DA 33 1234567890 {} 01 111 DA 22 [as_day $id]]
  set set [list [list ST 835 $control] $bpr {*}$head {*}$segments]
  lappend set [list SE [expr {[llength $set] + 1}] $control]
  list $set $rows
}

proc random_payments {} {
  array unset ::owner
  set ::claim_count [rnd 50]
  set ::member_count 0
  set segments {}
  set rows {}
  for {set i 1} {$i <= 1 + [rnd 2]} {incr i} {
    set control [format %09d $i]
    set sets [expr {1 + [rnd 2]}]
    lappend segments [list {*}[isa $control] [lindex $::separators [rnd [llength $::separators]]]] \
      [list GS HP SENDER RECEIVER 20260110 1200 1 X [one_of 005010X221A1 004010X091A1]]
    for {set s 1} {$s <= $sets} {incr s} {
      lassign [random_payment [format %04d $s]] more found
      lappend segments {*}$more
      foreach row $found { lappend rows [dict replace $row interchange $control] }
    }
    lappend segments [list GE $sets 1] [list IEA 1 $control]
  }
  if {[llength $rows] == 0} { return [random_payments] }
  list $segments $rows
}
