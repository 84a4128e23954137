// @libsql/client has no switch for extensions:  node libsql_client.js build/h2040 billing.db
// Use the package libsql (libsql.js), which it is built on.
const { createClient } = require("@libsql/client");
const [library, file] = process.argv.slice(2);

const db = createClient({ url: `file:${file}` });
db.execute({ sql: "SELECT load_extension(?)", args: [library] });
