#!/bin/sh
# Breaks the rules one by one, and names the tests that see it: an edge that no test
# sees could move tomorrow, and nobody would know.
#
#   tests/matrix/mutate.sh             every mutant of mutants.txt (3 minutes)
#   tests/matrix/mutate.sh modifier.   those in whose edge these words stand
#
# A mutant is a copy of the tree with one piece of code replaced.  Its library is
# built, and the tests run until a file of them fails: the table says which file that
# is, how many of its tests failed, and the first of them.  The whole fails where no
# test sees a mutant, where its piece of code does not stand in the file just once,
# and where it does not compile.
#
# Everything lies under build/mutate.
set -u
cd "$(dirname "$0")/../.." || exit 1
list=tests/matrix/mutants.txt
work=build/mutate

# Left out are the tests of speed, faults, hosts and packages, and those whose lines
# are random: what they see differs from run to run.
line_tests="check_code check_unit check_date check_provider check_diagnosis check_plan check_modifier check_place
  check_documentation check_authorization modifier_valid policy policy_notes catalogue coverage check audit"
cap_tests="sessions_over_cap sessions_over_cap_error sessions_over_cap_query"
sql_tests="sql_policy sql_finding sql_risk sql_cross"

# The tests to run when a file is broken, likeliest first.
tests_of() {
  case $1 in
    sql/audit.sql) echo sql_audit ;;
    sql/*) echo "$sql_tests" ;;
    ext/billing/rule_*) echo "check_$(basename "${1#*rule_}" .c)" "$line_tests" ;;
    ext/billing/cap_* | ext/billing/authorization.* | ext/billing/unit_totals.* | ext/sqlite/*) echo "$cap_tests" ;;
    *) echo "$line_tests" "$cap_tests" ;;
  esac
}

# --- one mutant -----------------------------------------------------------------

# Edge and file of mutant $1.
head_of() {
  awk -v wanted="$1" -v RS= -v FS='\n' '!/^#/ && ++n == wanted { print $1; print $2 }' $list
}

# Prints the file $2 with the pieces of mutant $1 exchanged; false where the old one
# does not stand in it just once.
broken() {
  awk -v wanted="$1" '
    function append(text, line) { return (text == "" ? "" : text "\n") substr(line, 3) }
    FNR == NR {
      if (/^#/ || ++n != wanted) next
      for (i = 3; i <= NF; i++) if ($i ~ /^-/) old = append(old, $i); else new = append(new, $i)
      next
    }
    {
      at = index($0, old)
      rest = substr($0, at + length(old))
      once = old != "" && at > 0 && index(rest, old) == 0
      printf "%s%s%s", substr($0, 1, at - 1), new, rest
    }
    END { exit !once }' RS= FS='\n' $list RS='\001' "$2"
}

# Runs the tests of the file $2 in the tree $1; prints what fails, if anything does.
failures() {
  for name in $(tests_of "$2"); do
    H2040=$PWD/$1/build/h2040 timeout 120 tclsh "$1/tests/$name.test" > "$1/test.log" 2>&1 && continue
    sed -n 's/^FAILED \([^ ]*\).*/\1/p' "$1/test.log" | awk -v file="$name.test" '
      NR <= 2 { first = first " " $0 }
      END { if (NR) print file ": " NR ":" first; else print file ": does not finish" }'
    return
  done
}

row() { printf '%3s  %-76s %s\n' "$1" "$2" "$3"; }

run_mutant() {
  tree=$work/$1
  { IFS= read -r edge; IFS= read -r file; } << END
$(head_of "$1")
END
  rm -rf "$tree"
  cp -a $work/tree "$tree"
  ok=false
  if ! broken "$1" "$file" > "$tree/$file"; then
    result="NOT FOUND just once in $file"
  elif ! make -s -C "$tree" loadable BUILD=build CFLAGS=-O0 WARNINGS=-w > "$tree/make.log" 2>&1; then
    result="DOES NOT COMPILE: $(grep -m 1 error: "$tree/make.log")"
  else
    result=$(failures "$tree" "$file")
    [ -z "$result" ] || ok=true
  fi
  row "$1" "$edge" "${result:-NOT CAUGHT}"
  rm -rf "$tree"
  $ok
}

# --- the command ------------------------------------------------------------------

if [ "${1-}" = --one ]; then
  run_mutant "$2"
  exit
fi
mutants=$(awk -v words="${1-}" -v RS= -v FS='\n' '!/^#/ { n++; if (words == "" || index($1, words)) print n }' $list)
[ -n "$mutants" ] || { echo "no edge in $list has '$1' in it" >&2; exit 2; }
rm -rf $work
mkdir -p $work/tree
cp -a Makefile ext sql tests $work/tree
make -s -C $work/tree loadable BUILD=build CFLAGS=-O0 WARNINGS=-w || exit 1
for file in ext/billing/date.c sql/views.sql; do
  already=$(failures $work/tree $file)
  [ -z "$already" ] || { echo "nothing is broken yet, and $already" >&2; exit 1; }
done
row '' 'the edge that is broken' 'caught by: how many: the first'
echo "$mutants" | xargs -n 1 -P "$(nproc)" "$0" --one | tee $work/table.txt
not_caught=$(grep -c 'NOT CAUGHT$\|NOT FOUND just\|DOES NOT COMPILE:' $work/table.txt)
echo "$(echo "$mutants" | wc -l) mutants, $not_caught not caught"
[ "$not_caught" = 0 ] && [ "$(wc -l < $work/table.txt)" = "$(echo "$mutants" | wc -l)" ]
