# What the scripts that make packages share.  The Makefile calls them and passes
#
#   VERSION  of H2040_VERSION in ext/sqlite/h2040.h
#   CC       the compiler that made the library: it knows the platform
#   LIBRARY  the library; the static archive and the header lie beside it
#   DIST     the folder that the packages go to
#
# Nothing is fetched, and nothing is written outside DIST.  The same sources give
# the same bytes: files bear the day of the commit (or SOURCE_DATE_EPOCH).

set -eu
umask 022

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -r README.md +%s)}
export SOURCE_DATE_EPOCH

# What we call the platform of the compiler: linux-x86_64, windows-x86_64, macos-arm64.
platform() {
  triple=$($CC -dumpmachine)
  cpu=${triple%%-*}
  case $triple in
    *mingw*|*windows*) echo "windows-$cpu" ;;
    *darwin*)          echo "macos-$cpu" ;;
    *linux*)           echo "linux-$cpu" ;;
    *)                 echo "$triple" ;;
  esac
}

# The newest glibc that the library asks for, as in 2.14; nothing if it is not
# built for glibc.
glibc() {
  LC_ALL=C grep -ao 'GLIBC_[0-9][0-9.]*' "$1" | sed 's/GLIBC_//' | sort -t . -k 1,1n -k 2,2n | tail -n 1
}

# An empty folder, $stage, to put the package together in; it goes with the script.
mkdir -p "$DIST"
stage=$(mktemp -d "$DIST/stage.XXXXXX")
chmod 755 "$stage"
trap 'rm -rf "$stage"' EXIT

# pack ARCHIVE FOLDER NAME...: a .tar.gz of what stands in the folder.
pack() {
  archive=$1
  folder=$2
  shift 2
  if tar --version 2>/dev/null | grep -q GNU; then
    set -- --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" "$@"
  fi
  tar -C "$folder" -cf - "$@" | gzip -9n > "$archive"
  echo "$archive"
}
