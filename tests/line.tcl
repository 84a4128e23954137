# What the tests of the line audit share.
#
#   do_check_test check_unit-1.1 {'units', 0} {unit.not_whole}
#
# judges one line, given as the arguments of h2040_check in SQL, and compares the
# ids of the broken rules; `not judged` is a NULL.  Each such test also asks
# h2040_explain, and the JSON form of both: four ways to one answer.
#
#   do_finding_test check_unit-1.2 {'units', 0} unit.not_whole {field value message}
#
# compares what h2040_explain says of one broken rule.
#
#   broken_line(rule) and policy_of(rule)
#
# are, for each line rule, a line that breaks it and the policy (as JSON) by which
# it does: lists of field and SQL literal, no more fields than the rule needs.

proc ids_of {json} {
  db eval {SELECT value FROM json_each($json)}
}

proc ids_of_findings {json} {
  db eval {SELECT json_extract(value, '$.rule') FROM json_each($json)}
}

proc judge {arguments} {
  set answers [list]
  foreach {sql read} {
    h2040_check(%s)                ids_of
    h2040_explain(%s)              ids_of_findings
    h2040_check(json_object(%s))   ids_of
    h2040_explain(json_object(%s)) ids_of_findings
  } {
    set answer [db onecolumn "SELECT [format $sql $arguments]"]
    lappend answers [expr {$answer eq {} ? {not judged} : [$read $answer]}]
  }
  if {[llength [lsort -unique $answers]] == 1} { return [lindex $answers 0] }
  return "check, explain and their JSON forms differ: $answers"
}

proc do_check_test {name arguments expected} {
  if {[catch {judge $arguments} got]} { set got "error: $got" }
  check_result $name $got $expected
}

proc do_finding_test {name arguments rule expected} {
  catch {db eval "
    SELECT json_extract(value, '\$.field'), json_extract(value, '\$.value'), json_extract(value, '\$.message')
    FROM json_each(h2040_explain($arguments)) WHERE json_extract(value, '\$.rule') = \$rule"} found
  check_result $name $found $expected
}

# The arguments of h2040_check for a line as a list of field and SQL literal.
proc arguments_of {line {policy {}}} {
  set arguments [list]
  foreach {field value} $line { lappend arguments "'$field', $value" }
  if {$policy ne {}} { lappend arguments "'policy', '$policy'" }
  return [join $arguments {, }]
}

array set broken_line {
  code.malformed          {hcpcs_code 'H2O40'}
  code.not_effective      {hcpcs_code 'H2040' service_date '2023-09-30'}
  code.similar            {service_focus 'habilitation'}
  claim.frequency_unknown {claim_frequency_code '9'}
  claim.original_missing  {claim_frequency_code '7' original_claim_id ''}
  charge.not_positive     {charge_amount 0}
  unit.not_whole          {units 0}
  unit.over_line_max      {units 9}
  unit.time_based         {units 4 duration_minutes 60}
  unit.exceeds_time       {units 3 duration_minutes 37}
  unit.too_short          {duration_minutes 29}
  date.malformed          {service_date '01/02/2026'}
  date.span_reversed      {service_date '2026-01-05' service_end_date '2026-01-04'}
  date.future             {service_date '2026-01-06' as_of '2026-01-05'}
  date.untimely           {service_date '2025-01-01' received_date '2026-01-02'}
  member.missing          {member_id ''}
  member.not_covered      {coverage_start '2026-01-06' service_date '2026-01-05'}
  member.age              {birth_date '2008-01-06' service_date '2026-01-05'}
  id.white_space          {member_id {'P9 '}}
  provider.missing        {rendering_taxonomy ''}
  provider.taxonomy_malformed {rendering_taxonomy '101Y'}
  provider.not_eligible   {rendering_taxonomy '207Q00000X'}
  provider.npi_invalid    {rendering_npi '1234567890'}
  provider.not_enrolled   {provider_start '2026-01-06' service_date '2026-01-05'}
  diagnosis.missing       {diagnosis_codes NULL}
  diagnosis.malformed     {diagnosis_codes 'F20.9,schizophrenia'}
  diagnosis.not_qualifying {diagnosis_codes 'J45.909'}
  plan.missing            {plan_start NULL}
  plan.not_in_force       {plan_start '2026-01-06' service_date '2026-01-05'}
  plan.no_goals           {plan_goals ''}
  plan.no_benchmarks      {plan_benchmarks 'n/a'}
  plan.review_overdue     {plan_reviewed NULL}
  modifier.malformed      {modifiers 'G'}
  modifier.unknown        {modifiers 'ZZ'}
  modifier.not_effective  {modifiers 'QQ' service_date '2026-01-05'}
  modifier.not_accepted   {modifiers '25'}
  modifier.duplicate      {modifiers {'GT GT'}}
  modifier.too_many       {modifiers {'GT U1 HQ HA HN'}}
  modifier.conflict       {modifiers {'GT 95'}}
  modifier.required       {modifiers ''}
  modifier.one_of         {modifiers 'U1'}
  modifier.telehealth_missing {modifiers '' place_of_service '02'}
  modifier.telehealth_place {modifiers 'GT' place_of_service '11'}
  modifier.setting_missing {modifiers '' place_of_service '14'}
  modifier.setting_place  {modifiers 'U1' place_of_service '11'}
  modifier.complexity_unsupported {modifiers '22' complexity ''}
  place.unknown           {place_of_service '28'}
  place.not_accepted      {place_of_service '21'}
  time.unreadable         {start_time 'noon'}
  documentation.no_date   {note_date NULL}
  documentation.date_mismatch {note_date '2026-01-06' service_date '2026-01-05'}
  documentation.no_duration {duration_minutes NULL}
  documentation.no_purpose {purpose NULL}
  documentation.no_goal_link {plan_goal NULL}
  documentation.no_activities {activities NULL}
  documentation.no_response {client_response NULL}
  documentation.no_progress {progress NULL}
  documentation.no_next_steps {next_steps NULL}
  documentation.no_medical_necessity {medical_necessity NULL}
  documentation.no_effectiveness {effectiveness NULL}
  documentation.unsigned  {signed_by NULL}
  authorization.missing   {prior_auth_number NULL}
  authorization.not_in_force {prior_auth_start '2026-01-06' service_date '2026-01-05'}
  treatment.not_authorized {treatment 'hypnosis'}
  policy.missing          {policy NULL}
}

array set policy_of {
  modifier.unknown       {{"accepted_modifiers": null}}
  modifier.not_effective {{"accepted_modifiers": null}}
  unit.over_line_max    {{"max_units_per_line": 8}}
  unit.exceeds_time     {{"unit_basis": "15 minutes"}}
  unit.too_short        {{"min_minutes": 30}}
  member.age            {{"age_from": 18}}
  modifier.one_of       {{"required_one_of": [["HP", "HO", "HN"]]}}
  modifier.required     {{"required_modifiers": ["HQ"]}}
  place.not_accepted    {{"places": ["11", "14"]}}
  documentation.no_medical_necessity commercial
  documentation.no_effectiveness     commercial
  documentation.unsigned             commercial
  authorization.missing commercial
  treatment.not_authorized {{"treatments": ["skills training"]}}
}
foreach rule [array names broken_line] {
  if {![info exists policy_of($rule)]} { set policy_of($rule) {} }
}
