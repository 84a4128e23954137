# Python:  /usr/bin/python3 python.py build/h2040 billing.db
import sqlite3
import sys
library, file = sys.argv[1:]

db = sqlite3.connect(file)
db.enable_load_extension(True)
db.load_extension(library)

def show(sql, *parameters):
    for row in db.execute(sql, parameters):
        print(*("" if value is None else value for value in row), sep="|")

show("SELECT sqlite_version()")
show("""SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
          FROM claim_line""")
show("""SELECT claim_id, service_date, units_before, units_over, status
          FROM sessions_over_cap('claim_line', ?, 'month')""", 2)
