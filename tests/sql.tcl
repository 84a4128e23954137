# What the tests of sql/ share:
#
#   run_script file ?handle?   runs a script of sql/ without its dot commands
#   new_suite ?file?           a database with schema, policies and views in it
#   claim id name value …      a clean line with its note; names override, any column
#                              of claim_line or session_note
#   remit name value …         a row of remittance; adjustments as {CO 197 100} lists
#   shell file arg …           the sqlite3 shell on a database, the extension loaded

proc script_text {file} {
  set channel [open [file join $::root sql $file]]
  fconfigure $channel -encoding utf-8
  set text [read $channel]
  close $channel
  return $text
}

# Parameters, as :payer, are the caller's variables.
proc run_script {file {handle db}} {
  uplevel 1 [list $handle eval [regsub -all -line {^\..*$} [script_text $file] {}]]
}

proc new_suite {{name :memory:}} {
  catch {db close}
  open_database db $name
  foreach file {schema.sql policies.sql views.sql} { run_script $file }
  db eval {
    UPDATE audit_setting SET value = '2026-06-30' WHERE setting = 'as_of';
    INSERT INTO payer VALUES ('PAY', 'A payer');
    INSERT INTO payer_policy (payer_id, effective_from) VALUES ('PAY', '2025-01-01');
  }
}

# A member's plan comes with the member's first claim.
proc claim {id args} {
  set line {
    claim_line_number 1 payer_id PAY member_id M1 hcpcs_code H2040 modifiers {} units 1 service_date 2026-01-05
    place_of_service 11 diagnosis_codes F84.0 rendering_npi 1234567893 rendering_taxonomy 101YM0800X
    service_focus skills received_date 2026-01-20 claim_frequency_code 1 charge_amount 100
  }
  set note {
    duration_minutes 60 start_time 09:00 end_time 10:00 purpose {To shop alone} plan_goal G1 client_response {Calm}
    progress {3 of 5} next_steps {Repeat}
  }
  dict set line claim_id $id
  dict set note claim_id $id
  dict set note activities "What was done in session $id"
  set note_columns [db eval {SELECT name FROM pragma_table_info('session_note')}]
  foreach {name value} $args {
    if {$name eq "claim_line_number" || $name ni $note_columns} { dict set line $name $value }
    if {$name in $note_columns} { dict set note $name $value }
  }
  if {![dict exists $note note_date]} { dict set note note_date [dict get $line service_date] }
  dict set note claim_line_number [dict get $line claim_line_number]
  insert claim_line $line
  insert session_note $note
  set member [dict get $line member_id]
  db eval {INSERT INTO treatment_plan (plan_id, member_id, plan_start, plan_goals, plan_benchmarks, plan_reviewed)
           SELECT 'P-' || $member, $member, '2025-01-01', 'Goals', 'Benchmarks', '2026-01-02'
            WHERE NOT EXISTS (SELECT 1 FROM treatment_plan WHERE member_id = $member)}
}

proc remit {args} {
  set row {kind line payer_id PAY hcpcs_code H2040 modifiers {} service_date 2026-01-05 charge_amount 100 paid_amount 0
    payment_date 2026-02-15 adjustments {} claim_status 1}
  set row [dict merge $row $args]
  set denied 0
  set items {}
  foreach {group carc amount} [dict get $row adjustments] {
    lappend items "{\"group\": \"$group\", \"carc\": \"$carc\", \"amount\": $amount, \"units\": null}"
    if {"$group $carc" ni {{PR 1} {PR 2} {PR 3}} && $carc ni {23 24 45 94 131 144 237 253}} {
      set denied [expr {$denied + $amount}]
    }
  }
  dict set row adjustments "\[[join $items {, }]\]"
  if {![dict exists $args denied_amount]} { dict set row denied_amount $denied }
  insert remittance $row
}

# NULL is the value that is written so.
proc insert {table row} {
  set values [lmap value [dict values $row] { expr {$value eq "NULL" ? "NULL" : "'[string map {' ''} $value]'"} }]
  db eval "INSERT INTO $table ([join [dict keys $row] ,]) VALUES ([join $values ,])"
}

proc rules_of {view} {
  db eval "SELECT claim_id || ' ' || rule FROM $view ORDER BY claim_id, claim_line_number, rule"
}

set sqlite [expr {[info exists env(SQLITE)] ? $env(SQLITE) : "sqlite3"}]
proc have_shell {} { expr {[auto_execok $::sqlite] ne ""} }
proc shell {name args} {
  set commands [list $::sqlite -cmd ".load $::library" $name]
  set directory [pwd]
  cd $::root
  set code NONE
  if {[catch {exec {*}$commands {*}$args 2>@1} output options]} { set code [dict get $options -errorcode] }
  cd $directory
  list [expr {[lindex $code 0] eq "CHILDSTATUS" ? [lindex $code 2] : 0}] \
    [regsub {\nchild process exited abnormally$} $output {}]
}
