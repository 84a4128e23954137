# code.not_effective after the last day of a code: coverage.sh builds one in that ended.

source [file join [file dirname [info script]] .. tester.tcl]
foreach {i day ids message} {
  1 2024-12-31 {[]} {}
  2 2025-01-01 {["code.not_effective"]} {H9999 was last valid on 2024-12-31, before the service of 2025-01-01}
} {
  do_execsql_test ended_code-$i {
    SELECT h2040_check('hcpcs_code', 'H9999', 'service_date', $day, 'policy', policy),
           json_extract(h2040_explain('hcpcs_code', 'H9999', 'service_date', $day, 'policy', policy), '$[0].message')
    FROM (SELECT '{"hcpcs_code": "H9999"}' AS policy)
  } [list $ids $message]
}
finish_test
