#!/bin/sh
# Runs the fuzz harnesses, one after the other: run.sh build-folder seconds harness ...
#
# What a harness finds to be new lies in build/fuzz/corpus/<harness>, and is where
# it begins the next time, with the seeds of tests/fuzz/corpus/<harness>.  A crash
# ends it: the input is in build/fuzz/<harness>-crash-..., and
#
#   build/fuzz/fuzz_<harness> build/fuzz/<harness>-crash-...
#
# runs it again.
set -u
build=$1
seconds=$2
shift 2
here=$(dirname "$0")
cc=${FUZZ_CC:-clang}
mkdir -p "$build/fuzz"

printf '#include <stddef.h>\n#include <stdint.h>\nint LLVMFuzzerTestOneInput(const uint8_t *d, size_t n) { (void)d; (void)n; return 0; }\n' \
  > "$build/fuzz/probe.c"
if ! $cc -fsanitize=fuzzer,address,undefined -o "$build/fuzz/probe" "$build/fuzz/probe.c" 2> "$build/fuzz/probe.txt"; then
  echo "fuzz: skipped, for $cc has no libFuzzer here (Debian: apt-get install clang libclang-rt-14-dev)"
  [ -z "${H2040_NO_SKIP-}" ] # CI has installed it
  exit
fi

failed=0
for harness; do
  make -s BUILD="$build" FUZZ_CC="$cc" "$build/fuzz/fuzz_$harness" || exit 1
  mkdir -p "$build/fuzz/corpus/$harness"
  if "$build/fuzz/fuzz_$harness" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=4096 \
       -use_value_profile=1 -print_final_stats=1 -verbosity=1 -dict="$here/h2040.dict" \
       -artifact_prefix="$build/fuzz/$harness-" "$build/fuzz/corpus/$harness" "$here/corpus/$harness" \
       > "$build/fuzz/$harness.log" 2>&1; then
    echo "$harness: $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/fuzz/$harness.log") executions, nothing found"
  else
    failed=1
    echo "$harness: FAILED; the end of $build/fuzz/$harness.log:"
    grep -v '^#' "$build/fuzz/$harness.log" | tail -40
  fi
done
exit $failed
