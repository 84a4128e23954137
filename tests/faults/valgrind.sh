#!/bin/sh
# The tests under valgrind: valgrind.sh build-folder [test ...]
#
# oom.so is preloaded, unarmed, for its allocator: it neither pools nor rounds up,
# so that valgrind sees one byte too far, and says what is left behind at the end.
# Left out are the tests that time, that load the machine by themselves or that
# mostly run other programs.
set -u
build=$1
shift
here=$(dirname "$0")/..
if ! command -v valgrind > /dev/null; then
  echo "valgrind: skipped, for it is not here (Debian: apt-get install valgrind)"
  exit 0
fi
if [ ! -f "$build/faults/oom.so" ]; then
  echo "valgrind: skipped, for there is no $build/faults/oom.so"
  exit 0
fi
if [ $# -eq 0 ]; then
  set -- audit catalogue check check_authorization check_code check_date check_diagnosis check_documentation \
    check_in_schema check_modifier check_place check_plan check_provider check_random check_unit coverage limits \
    modifier_valid policy policy_notes sessions_over_cap sessions_over_cap_error sessions_over_cap_query \
    sessions_over_cap_random sql_audit sql_cross sql_finding sql_policy sql_schema
fi
failed=0
for name; do
  ROUNDS=20 LD_PRELOAD="$(cd "$build" && pwd)/faults/oom.so" \
    valgrind -q --error-exitcode=99 --leak-check=no --read-var-info=no \
    "${TCLSH:-tclsh}" "$here/$name.test" > "$build/faults/valgrind.txt" 2>&1
  code=$?
  if [ $code -ne 0 ] || grep -q -e '^==' -e '^oom:' "$build/faults/valgrind.txt"; then
    failed=1
    echo "FAILED $name under valgrind"
    tail -40 "$build/faults/valgrind.txt"
  else
    tail -1 "$build/faults/valgrind.txt"
  fi
done
exit $failed
