# make test-deb: installs the package on this machine, loads it by its bare name,
# and removes it again.  As root, or with sudo.  Needs sqlite3; lintian if it is here.
set -eu
deb=$1
root=$(command -v sudo || true)
[ -z "$root" ] || [ "$(id -u)" != 0 ] || root=
if dpkg-query -W -f '${db:Status-Status}\n' sqlite3-h2040 2>/dev/null | grep -qx installed; then
  echo "sqlite3-h2040 is installed here already: left as it is, nothing tested" >&2
  exit 1
fi
! command -v lintian > /dev/null || lintian --allow-root --fail-on error,warning "$deb"
trap '$root dpkg --purge sqlite3-h2040' EXIT
$root dpkg -i "$deb"
cd /
sqlite3 -bail :memory: '.load h2040' "SELECT h2040_version(), h2040_check('modifiers', 'GT 95');"
for script in schema policies views demo; do echo ".read /usr/share/sqlite3-h2040/$script.sql"; done |
  sqlite3 -bail -cmd '.load h2040' :memory:
