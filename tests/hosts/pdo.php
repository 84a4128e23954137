<?php
// PHP's PDO opens no extensions before PHP 8.4:  php pdo.php build/h2040 billing.db
// Use class SQLite3 (php.php); from PHP 8.4 on, class Pdo\Sqlite has loadExtension().
[, $library, $file] = $argv;

$db = new PDO("sqlite:$file");
$load = $db->prepare("SELECT load_extension(?)");
$load->execute([$library]);
