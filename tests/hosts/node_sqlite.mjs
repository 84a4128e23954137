// Node 22 and newer:  node node_sqlite.mjs build/h2040 billing.db
// Deno:  deno run --allow-read --allow-write --allow-ffi node_sqlite.mjs build/h2040.so billing.db
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
const [library, file] = process.argv.slice(2);

const db = new DatabaseSync(file, { allowExtension: true });
db.loadExtension(library);

function show(sql, ...parameters) {
  for (const row of db.prepare(sql).all(...parameters)) console.log(Object.values(row).join("|"));
}
show("SELECT sqlite_version()");
show(`SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line`);
show(`SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', ?, 'month')`, 2);
