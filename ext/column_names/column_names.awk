# Turns column_names.csv into C: the names that exports give to our fields.
#
#   awk -f column_names.awk column_names.csv > column_names.h
#
# They are used for suggestions only: a column is a field by its own name, or because
# the analyst says so.  Each row is a name as an export writes it; `found_in` says
# where its kind comes from:
#
#   practice management   billing and charge exports of practice management and
#                         behavioral health records systems
#   clearinghouse         reports of clearinghouses and payers' portals; names of the
#                         boxes of the CMS-1500 form, which they follow
#   837                   X12 837P and 835 turned into tables: element numbers
#                         (sv101_2) and the implementation guide's names
#   Tuva                  the input layer of the Tuva Project's data model
#   CMS                   research files of CMS: carrier lines, synthetic claims, T-MSIS
#
# `certainty` is likely, or maybe for a word that other columns bear, too (Date, Code):
# that one is suggested only where nothing better is there.
#
# A row that cannot be right stops the build with the file and line.

BEGIN { FS = ","; failed = 0 }

function fail(what) {
  printf "%s:%d: %s: %s\n", FILENAME, FNR, what, $0 > "/dev/stderr"
  failed = 1
  exit 1
}

{ sub(/\r$/, "") }
FNR == 1 {
  if ($0 != "field,column_name,found_in,certainty") fail("unknown header")
  next
}
$0 == "" { next }
{
  if (NF != 4 || $1 !~ /^[a-z0-9_]+$/ || ($4 != "likely" && $4 != "maybe")) fail("not a row")
  if ($3 !~ /^(practice management|clearinghouse|837|Tuva|CMS)$/) fail("not a kind of file")
  letters = tolower($2)
  gsub(/[^a-z0-9]/, "", letters)
  own = $1
  gsub(/_/, "", own)
  if (letters == "" || letters == own) fail("the field's own name, or none")
  if (letters in row) fail("the same letters twice")
  row[letters] = "{ \"" letters "\", FIELD_" toupper($1) ", " ($4 == "likely" ? "true" : "false") " },"
  name[++count] = letters
}

# In order, by a heap: there are a few thousand.
function sink(at, last,    child, kept) {
  while ((child = at * 2) <= last) {
    if (child < last && name[child + 1] > name[child]) child++
    if (name[at] >= name[child]) return
    kept = name[at]; name[at] = name[child]; name[child] = kept
    at = child
  }
}

END {
  if (failed) exit 1
  for (i = int(count / 2); i >= 1; i--) sink(i, count)
  for (i = count; i > 1; i--) {
    kept = name[1]; name[1] = name[i]; name[i] = kept
    sink(1, i - 1)
  }
  print "/* By ext/column_names/column_names.awk. */"
  print "static const struct export_name export_names[] = {"
  for (i = 1; i <= count; i++) print row[name[i]]
  print "};"
}
