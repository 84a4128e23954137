# Tcl:  tclsh tcl.tcl build/h2040 billing.db
package require sqlite3
lassign $argv library file

sqlite3 db $file
db enable_load_extension 1
db eval {SELECT load_extension($library)}

proc show {sql {cap {}}} {
  db eval $sql row {
    puts [join [lmap column $row(*) {set row($column)}] |]
  }
}
show {SELECT sqlite_version()}
show {SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line}
show {SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', $cap, 'month')} 2
