// Bun:  bun bun.js build/h2040 billing.db
import { Database } from "bun:sqlite";
const [library, file] = process.argv.slice(2);

const db = new Database(file);
db.loadExtension(library);

function show(sql, ...parameters) {
  for (const row of db.query(sql).values(...parameters)) console.log(row.join("|"));
}
show("SELECT sqlite_version()");
show(`SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line`);
show(`SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', ?, 'month')`, 2);
