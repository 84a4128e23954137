# A report for an application in Python:  /usr/bin/python3 report.py build/h2040 billing.db
import sqlite3
import sys

def findings(library, file, policy="session"):
    """What is wrong in a billing database: one dict per finding, the dearest lines first.

    dollars is the charge of the finding's line: a line with two findings has it twice.
    """
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        db.enable_load_extension(True)
        db.load_extension(library)
        db.enable_load_extension(False)
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("""
            SELECT claim_id, claim_line_number, service_date, rule, severity, message, remedy,
                   charge_amount AS dollars
              FROM h2040_audit('claim_line', ?) JOIN claim_line USING (claim_id, claim_line_number)
             ORDER BY dollars DESC, claim_id, claim_line_number, rule""", [policy])]
    finally:
        db.close()

if __name__ == "__main__":
    found = findings(*sys.argv[1:])
    for f in found:
        print(f"{f['claim_id']} line {f['claim_line_number']}, {f['dollars']:.2f} dollars: {f['message']} ({f['rule']})")
    lines = {(f["claim_id"], f["claim_line_number"]): f["dollars"] for f in found}
    print(f"{len(found)} findings on {len(lines)} lines, {sum(lines.values()):.2f} dollars at risk")
