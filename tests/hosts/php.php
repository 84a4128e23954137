<?php
// PHP:  php -d sqlite3.extension_dir=/path/to/build php.php h2040.so billing.db
// (The folder can be set in php.ini only, not by a script.)
[, $library, $file] = $argv;

$db = new SQLite3($file);
$db->enableExceptions(true);
$db->loadExtension($library);

function show($db, $sql, ...$parameters) {
  $statement = $db->prepare($sql);
  foreach ($parameters as $i => $value) $statement->bindValue($i + 1, $value);
  $rows = $statement->execute();
  while ($row = $rows->fetchArray(SQLITE3_NUM)) echo implode("|", $row), "\n";
}
show($db, "SELECT sqlite_version()");
show($db, "SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
             FROM claim_line");
show($db, "SELECT claim_id, service_date, units_before, units_over, status
             FROM sessions_over_cap('claim_line', ?, 'month')", 2);
