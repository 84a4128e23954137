# What the scripts that make packages share.  The Makefile calls them and passes
#
#   VERSION  of H2040_VERSION in ext/sqlite/h2040.h
#   CC       the compiler that made the library
#   LIBRARY  the library; the static archive and the header lie beside it
#   DIST     the folder that the packages go to
#
# Nothing is fetched, and nothing is written outside DIST.  The same sources give
# the same bytes: files bear the day of the commit (or SOURCE_DATE_EPOCH).

set -eu
umask 022

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -r README.md +%s)}
export SOURCE_DATE_EPOCH

# What the library is for, as it says itself: its first bytes, of which LIBRARY's
# name and the compiler may say something else.  Sets
#
#   system    linux, windows, macos, freebsd
#   cpu       as `uname -m` has it: x86_64, i686, aarch64, s390x
#   libc      glibc or musl, of Linux
#   platform  the three in one word: linux-x86_64, linux-x86_64-musl, windows-x86_64
look_at_library() {
  # shellcheck disable=SC2046 # one word for each byte: $1 is the first
  set -- $(od -A n -v -t u1 -N 64 "$LIBRARY")
  libc=
  case $1.$2.$3.$4 in
    127.69.76.70) look_at_elf "$5.$6.${20}.${19}" "$8" ;;
    77.90.*) look_at_pe $((${61} + 256 * ${62} + 65536 * ${63})) ;;
    207.250.237.254) look_at_macho "$5.$8" ;;
    *) refuse "is no shared library" ;;
  esac
  platform=$system-$cpu
  [ "$libc" != musl ] || platform=$platform-musl
}

# Class, byte order and machine (of big-endian files the bytes are the other way
# round), and the operating system.
look_at_elf() {
  case $1 in
    2.1.0.62) cpu=x86_64 ;;
    1.1.0.3) cpu=i686 ;;
    2.1.0.183) cpu=aarch64 ;;
    1.1.0.40) cpu=armv7l ;;
    2.1.0.21) cpu=ppc64le ;;
    2.1.0.243) cpu=riscv64 ;;
    2.2.22.0) cpu=s390x ;;
    *) refuse "is for a machine without a name here (ELF $1)" ;;
  esac
  system=linux
  if [ "$2" = 9 ]; then system=freebsd
  elif LC_ALL=C grep -aq 'libc\.so\.6' "$LIBRARY"; then libc=glibc
  elif LC_ALL=C grep -aq 'libc\.so\|libc\.musl-' "$LIBRARY"; then libc=musl
  else refuse "needs neither glibc nor musl"
  fi
}

look_at_pe() {
  # shellcheck disable=SC2046
  set -- $(od -A n -v -t u1 -j "$1" -N 6 "$LIBRARY")
  system=windows
  case $1.$2.$5.$6 in
    80.69.100.134) cpu=x86_64 ;;
    80.69.76.1) cpu=i686 ;;
    80.69.100.170) cpu=aarch64 ;;
    *) refuse "is for a machine without a name here (PE $5.$6)" ;;
  esac
}

look_at_macho() {
  system=macos
  case $1 in
    7.1) cpu=x86_64 ;;
    12.1) cpu=arm64 ;;
    *) refuse "is for a machine without a name here (Mach-O $1)" ;;
  esac
}

refuse() {
  echo "make: $LIBRARY $1" >&2
  exit 1
}

# The newest glibc that the library asks for, as in 2.14; nothing if it is not
# built for glibc.
glibc_needed() {
  LC_ALL=C grep -ao 'GLIBC_[0-9][0-9.]*' "$LIBRARY" | sed 's/GLIBC_//' | sort -t . -k 1,1n -k 2,2n | tail -n 1
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
