#!/bin/sh
# Lines and branches of ext/ that the tests take (gcov), and why the others are not
# taken: coverage.txt.  Fails where a line or branch is neither.
#
#   STRIDE=1 tests/matrix/coverage.sh   with every allocation fault, not one in seven
#
# The library is loaded by tclsh, and the counts are written when that exits.  It is
# built twice: as it is, and `small`, with little memory for totals and an allocation
# for each thing that is kept, so that it runs out of both.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=build/coverage
library() { # folder, what is defined
  make -s loadable BUILD="$1" CC=gcc CPPFLAGS="$2" CFLAGS='-O0 --coverage' \
    LDFLAGS='--coverage -Wl,--exclude-libs,libgcov.a' || exit 1
}
failed=0
run() { # a command whose last line tells what passed
  "$@" > $build/run.log 2>&1 || { grep -A 4 FAILED $build/run.log; failed=1; }
  tail -1 $build/run.log
}
# Every fault in some statements: their names.
sweep() {
  run env LD_PRELOAD="$PWD/build/faults/oom.so" tclsh tests/faults/sweep.tcl "$PWD/build/faults/oom.so" \
    "$PWD/$H2040" "$PWD/$build/scratch" "$@"
}

library $build ''
library $build/small '-DSESSION_TOTALS_BYTES=256 -DARENA_LARGEST_BLOCK=1'
make -s loadable fault-helpers || exit 1
find $build -name '*.gcda' -exec rm {} +
mkdir -p $build/scratch

# Those left out load another build of the library.
export H2040=$build/h2040
run env SKIP='code_set dist fault hosts sessions_over_cap_memory shards static' tclsh tests/all.tcl
run env STRIDE="${STRIDE-7}" tclsh tests/fault.test
export H2040=$build/small/h2040
for test in sessions_over_cap sessions_over_cap_query sessions_over_cap_random; do
  run env ROUNDS=100 tclsh tests/$test.test
done
sweep 1 cap caps cap_member cap_rolling cap_ordered cap_keys cap_key cap_many cap_provider cap_mapped cap_bad_rows

rm -rf $build/report
for part in whole small; do
  objects=$PWD/$build/loadable
  [ $part = small ] && objects=$PWD/$build/small/loadable
  mkdir -p $build/report/$part
  # gcov reads the sources from where it runs.
  (cd $build/report/$part && ln -s "$OLDPWD/ext" ext && find "$objects" -name '*.gcda' -exec gcov -p -b -c {} + > gcov.log 2>&1)
done
awk -f tests/matrix/coverage.awk tests/matrix/coverage.txt $build/report/*/*.gcov || failed=1
exit $failed
