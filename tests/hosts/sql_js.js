// sql.js, like every build for WebAssembly, cannot open a shared object:
//   node sql_js.js build/h2040 billing.db
// There the extension must be linked in (make static).
const initSqlJs = require("sql.js");
const fs = require("fs");
const [library, file] = process.argv.slice(2);

initSqlJs().then((SQL) => {
  const db = new SQL.Database(fs.readFileSync(file));
  db.exec("SELECT load_extension(?)", [library]);
});
