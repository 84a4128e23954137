#!/bin/sh
# clang-tidy by .clang-tidy and cppcheck by .cppcheck, over ext/; any finding fails.
set -u
cd "$(dirname "$0")/../.." || exit 1
make -s loadable WERROR=-Werror || exit 1   # and the generated headers
status=0
if command -v clang-tidy > /dev/null; then
  # One file at a time: version 14 carries what it knows of va_list from one to the next.
  ls ext/*/*.c | xargs -n 1 -P 2 sh -c 'clang-tidy --quiet "$0" -- -std=c11 -Ibuild/generated 2> /dev/null' || status=1
  echo "clang-tidy: $(ls ext/*/*.c | wc -l) files"
else
  echo "clang-tidy: skipped: install clang-tidy"
fi
if command -v cppcheck > /dev/null; then
  cppcheck --enable=all --inconclusive --std=c11 --suppressions-list=.cppcheck --error-exitcode=1 --quiet \
    -Ibuild/generated ext || status=1
  echo "cppcheck: $(ls ext/*/*.c | wc -l) files"
else
  echo "cppcheck: skipped: install cppcheck"
fi
[ $status = 0 ] && echo "no findings"
exit $status
