#!/bin/sh
# Lines and branches of ext/ that the tests take (gcov), and why the others are not
# taken: coverage.txt.  Fails where a line or branch is neither.
#
#   STRIDE=1 tests/matrix/coverage.sh   with every allocation fault, not one in seven
#
# The library is loaded by tclsh, and the counts are written when that exits.  It is
# built twice: as it is, and `small`, with little memory for totals and an allocation
# for each thing that is kept, so that it runs out of both; and with a code that has
# ended, for the built-in set has none.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=build/coverage
library() { # folder, what else make is told
  folder=$1
  shift
  make -s loadable BUILD="$folder" CC=gcc CFLAGS='-O0 --coverage' LDFLAGS='--coverage -Wl,--exclude-libs,libgcov.a' \
    "$@" || exit 1
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

mkdir -p $build/small/code_set $build/scratch
for file in ext/code_set/*.csv; do cp "$file" $build/small/code_set/; done
echo 'H9999,session,2020-01-01,2024-12-31' >> $build/small/code_set/hcpcs_h_t_codes.csv
library $build
library $build/small CODES=$build/small/code_set CPPFLAGS='-DSESSION_TOTALS_BYTES=256 -DARENA_LARGEST_BLOCK=1'
make -s loadable fault-helpers || exit 1
find $build -name '*.gcda' -exec rm {} +

# Those left out load another build of the library.  What is random is the same each time.
export SEED=2040
export H2040=$build/h2040
run env SKIP='code_set dist fault hosts sessions_over_cap_memory shards static' tclsh tests/all.tcl
run env STRIDE="${STRIDE-7}" tclsh tests/fault.test
sweep 1 load version rules coverage pack every_key check_blob check_array bad_policy not_json audit_nothing cap_missing \
  cap_many
export H2040=$build/small/h2040
for test in sessions_over_cap sessions_over_cap_query sessions_over_cap_random; do
  run env ROUNDS=100 tclsh tests/$test.test
done
run tclsh tests/matrix/ended_code.tcl
sweep 1 cap caps cap_member cap_rolling cap_ordered cap_keys cap_key cap_many cap_provider cap_mapped cap_bad_rows cap_both

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
