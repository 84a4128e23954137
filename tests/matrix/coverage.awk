# Reads the .gcov files of one build (gcov -p -b -c) and the explanations, prints
# the report of `make coverage`.
#
#   awk -f coverage.awk coverage.txt *.gcov
#
# A header is read once for each file that includes it, and a line or branch counts
# as taken where any of them takes it.

BEGIN { FS = "\t" }

# --- the explanations: file, branches, code, reason, parted by tabs -----------

FILENAME ~ /coverage\.txt$/ {
  if ($0 ~ /^#/ || NF < 4) next
  where[++explanations] = $1
  untaken_branches[explanations] = $2 + 0
  code[explanations] = $3
  reason[explanations] = $4
  next
}

# The entry that says why so many branches of a line are not taken; 0: none does.
function explain(file, text, untaken,    i) {
  for (i = 1; i <= explanations; i++) {
    if (where[i] == file && untaken_branches[i] == untaken && index(text, code[i])) return i
  }
  return 0
}

# --- what gcov says -----------------------------------------------------------

/^ *-: *0:Source:/ {
  file = $0
  sub(/^.*Source:/, "", file)
  sub(/sqlite\/\.\.\//, "", file)
  file = substr(file, 5) # after ext/
  next
}

/^ *(-|#####|=====|[0-9]+\*?): *[0-9]+:/ {
  split($0, part, ":")
  count = part[1]
  gsub(/[ *]/, "", count)
  line = part[2] + 0
  text = $0
  sub(/^[^:]*:[^:]*:/, "", text)
  source[file, line] = text
  if (line > last[file]) last[file] = line
  branch = 0
  if (count == "-") next
  executable[file, line] = 1
  if (count ~ /^[0-9]/ && count > 0) executed[file, line] = 1
  next
}

/^branch / {
  split($0, part, / +/)
  taken = $0 ~ / taken [1-9]/
  if (branch + 1 > branches[file, line]) branches[file, line] = branch + 1
  if (taken) went[file, line, branch] = 1
  branch++
  next
}

# --- the report ---------------------------------------------------------------

END {
  for (f in last) list[++files] = f
  for (i = 2; i <= files; i++) { # few: sorted by insertion
    f = list[i]
    for (k = i - 1; k >= 1 && list[k] > f; k--) list[k + 1] = list[k]
    list[k + 1] = f
  }
  format = "%-34s %6s %6s %6s   %8s %6s %9s %6s\n"
  printf format, "file of ext/", "lines", "taken", "", "branches", "taken", "explained", ""
  for (i = 1; i <= files; i++) report(list[i])
  printf format, "", all_lines, all_executed, percent(all_executed, all_lines), all_branches, all_taken, all_explained,
         percent(all_taken + all_explained, all_branches)
  print "\nwhy branches are not taken"
  for (i = 1; i <= explanations; i++) {
    if (!used[i]) unused = unused sprintf("  %s: %s\n", where[i], code[i])
    by_reason[reason[i]] += used[i]
    place = where[i] (lines_explained[i] ? " (and the line)" : "")
    if (index(places[reason[i]], place)) continue
    places[reason[i]] = places[reason[i]] (places[reason[i]] ? ", " : "") place
  }
  for (r in by_reason) if (by_reason[r]) printf "  %4d  %s (%s)\n", by_reason[r], r, places[r] | "sort -rn"
  close("sort -rn")
  if (unused != "") printf "\nexplanations that nothing needs any more\n%s", unused
  if (missing != "") printf "\nneither taken nor explained\n%s", missing
  exit missing != "" || unused != ""
}

function percent(part, whole) { return whole ? sprintf("%.1f%%", int(1000 * part / whole) / 10) : "" }

function report(f,    line, b, lines, executions, total, taken, explained, untaken, why) {
  lines = executions = total = taken = explained = 0
  for (line = 1; line <= last[f]; line++) {
    if (!executable[f, line]) continue
    lines++
    if (executed[f, line]) executions++
    untaken = 0
    for (b = 0; b < branches[f, line]; b++) if (!went[f, line, b]) untaken++
    total += branches[f, line]
    taken += branches[f, line] - untaken
    if (executed[f, line] && !untaken) continue
    if (why = explain(f, source[f, line], untaken)) {
      explained += untaken
      used[why] += untaken
      if (!executed[f, line]) lines_explained[why]++
    } else if (executed[f, line]) {
      missing = missing sprintf("  %s:%d: %d of %d branches: %s\n", f, line, untaken, branches[f, line], source[f, line])
    } else {
      missing = missing sprintf("  %s:%d: line, %d branches: %s\n", f, line, untaken, source[f, line])
    }
  }
  all_lines += lines; all_executed += executions; all_branches += total; all_taken += taken; all_explained += explained
  printf format, f, lines, executions, percent(executions, lines), total, taken, explained, percent(taken + explained, total)
}
