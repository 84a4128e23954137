#!/bin/sh
# What CI runs of the matrix: the versions of SQLite, and one big-endian target.
# Installs what that needs; some five minutes on two cores.  The slowest tests of
# faults are left to `make matrix`.
set -eu
cd "$(dirname "$0")/../.."
export DEBIAN_FRONTEND=noninteractive
apt-get install -y --no-install-recommends gcc make sqlite3 libsqlite3-dev tcl libsqlite3-tcl \
  gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user
command -v npm > /dev/null || apt-get install -y --no-install-recommends npm
export SKIP='fault fault_io sessions_over_cap_memory'
H2040_NO_SKIP=1 exec tests/matrix/matrix.sh sqlite-3.34 sqlite-3.40 sqlite-3.44 sqlite-3.52 sqlite-3.54 s390x
