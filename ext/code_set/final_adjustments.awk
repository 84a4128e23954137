# Turns final_adjustments.csv into C: the claim adjustments that no appeal brings back.
#
#   awk -f final_adjustments.awk final_adjustments.csv > final_adjustments.h
#
# A blank group is any group.  A row that cannot be right stops the build.

BEGIN { FS = ","; failed = 0 }

function fail(what) {
  printf "%s:%d: %s: %s\n", FILENAME, FNR, what, $0 > "/dev/stderr"
  failed = 1
  exit 1
}

{ sub(/\r$/, "") }

FNR == 1 {
  sub(/^\357\273\277/, "")
  if ($0 != "group,carc") fail("unknown header")
  next
}
$0 == "" { next }
{
  if (NF != 2 || $1 !~ /^(|CO|CR|OA|PI|PR)$/ || $2 !~ /^[A-Z]?[0-9]+$/) fail("not an adjustment")
  if ($0 in seen) fail("the same adjustment twice")
  seen[$0] = 1
  row[++count] = sprintf("  { { \"%s\", %d }, { \"%s\", %d } },", $1, length($1), $2, length($2))
}

END {
  if (failed) exit 1
  if (count == 0) {
    print "final_adjustments.awk: no adjustments" > "/dev/stderr"
    exit 1
  }
  print "/* Made by ext/code_set/final_adjustments.awk from the CSV file beside it. */"
  print "static const struct final_adjustment {"
  print "  struct text group, carc;"
  print "} final_adjustments[] = {"
  for (i = 1; i <= count; i++) print row[i]
  print "};"
}
