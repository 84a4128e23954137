# sqlite-utils:  sh sqlite_utils.sh /path/to/build/h2040.so billing.db
library=$1 file=$2

show() {
  sqlite-utils query "$file" "$@" --load-extension="$library" --csv --no-headers |
    /usr/bin/python3 -c 'import csv, sys; [print(*row, sep="|") for row in csv.reader(sys.stdin)]'
}
show "SELECT sqlite_version()"
show "SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line"
show "SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', :cap, 'month')" -p cap 2
