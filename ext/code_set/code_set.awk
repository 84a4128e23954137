# Turns the CSV files of this folder into C: the dated code set that is built in.
#
#   awk -f code_set.awk hcpcs_h_t_codes.csv hcpcs_modifiers.csv \
#       cpt_modifiers.csv modifier_meanings.csv place_of_service.csv release.csv > code_set_data.h
#
# A file is known by the names in its header line, so a new release of any of
# them is a file replaced, and its name in release.csv. A row that cannot be right stops the build with the
# file and line: a code set with a hole in it would pass or refuse claims wrongly.
#
# Days are numbers since 1970-01-01, as in ext/billing/date.h.

BEGIN { FS = ","; failed = 0; release = "" }

function fail(what) {
  printf "%s:%d: %s: %s\n", FILENAME, FNR, what, $0 > "/dev/stderr"
  failed = 1
  exit 1
}

function days_in_month(y, m) {
  if (m == 2) return y % 4 == 0 && y % 100 != 0 || y % 400 == 0 ? 29 : 28
  return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31
}
function day(date,    y, m, d, era, yoe, doy) {
  if (date !~ /^[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/) fail("no date")
  y = substr(date, 1, 4) + 0; m = substr(date, 6, 2) + 0; d = substr(date, 9, 2) + 0
  if (m < 1 || m > 12 || d < 1 || d > days_in_month(y, m)) fail("no date")
  if (m <= 2) y--
  era = int(y / 400); yoe = y - era * 400
  doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146097 + yoe * 365 + int(yoe / 4) - int(yoe / 100) + doy - 719468
}
function literal(text) {
  gsub(/["\\]/, "\\\\&", text)
  return "\"" text "\""
}
function first_day(date) { return date == "" ? "INT32_MIN" : day(date) }
function last_day(date)  { return date == "" ? "INT32_MAX" : day(date) }
function first_and_last_day(added, terminated) {
  if (added != "" && terminated != "" && terminated < added) fail("ends before it begins")
  return first_day(added) ", " last_day(terminated)
}

{ sub(/\r$/, "") }

FNR == 1 {
  sub(/^\357\273\277/, "")
  if ($0 == "hcpcs_code,unit_basis,added,terminated") kind = "code"
  else if ($0 == "modifier,added,terminated") kind = (++lists == 1 ? "cms" : "cpt")
  else if ($0 == "modifier,meaning") kind = "meaning"
  else if ($0 == "place_of_service,meaning" || $0 == "place_of_service") kind = "place"
  else if ($0 == "release") kind = "release"
  else fail("unknown header")
  next
}
$0 == "" { next }

kind == "code" {
  if (NF != 4 || $1 !~ /^[HT][0-9][0-9][0-9][0-9]$/) fail("not a code row")
  if ($1 in code) fail("the same code twice")
  if ($2 !~ /^[a-z0-9 ]*$/) fail("not a unit basis")
  code[$1] = sprintf("{\"%s\", %s, %s}", $1, $2 == "" ? "0" : "\"" $2 "\"", first_and_last_day($3, $4))
  codes[++code_count] = $1
}
kind == "cms" || kind == "cpt" {
  if (NF != 3 || $1 !~ /^[A-Z0-9][A-Z0-9]$/) fail("not a modifier row")
  if ($1 in modifier) fail("the same modifier twice")
  modifier[$1] = sprintf("%s, \"%s\"", first_and_last_day($2, $3), kind == "cms" ? "CMS" : "CPT")
  modifiers[++modifier_count] = $1
}
kind == "meaning" {
  if (!($1 in modifier)) fail("a meaning for no modifier")
  meaning[$1] = literal(substr($0, 4))
}
kind == "place" {
  if ($1 !~ /^[0-9][0-9]$/) fail("not a place of service")
  place[$1] = NF > 1 ? literal(substr($0, 4)) : "0"
}
kind == "release" {
  if (release != "") fail("more than one release")
  release = literal($0)
}

function sort_names(a, n,    i, j, x) {
  for (i = 2; i <= n; i++) {
    x = a[i]
    for (j = i - 1; j > 0 && a[j] > x; j--) a[j + 1] = a[j]
    a[j + 1] = x
  }
}

END {
  if (failed) exit 1
  if (code_count == 0 || modifier_count == 0 || release == "") {
    print "code_set.awk: a code set without codes, without modifiers or without a release" > "/dev/stderr"
    exit 1
  }
  print "/* Made by ext/code_set/code_set.awk from the CSV files beside it. */"
  printf "#define CODE_SET_RELEASE %s\n", release
  printf "#define CODE_SET_CODE_COUNT %d\n", code_count
  printf "#define CODE_SET_MODIFIER_COUNT %d\n\n", modifier_count
  sort_names(codes, code_count)
  print "static const struct code code_table[CODE_SET_CODE_COUNT] = {"
  for (i = 1; i <= code_count; i++) printf "  %s,\n", code[codes[i]]
  print "};\n"
  sort_names(modifiers, modifier_count)
  print "static const struct modifier modifier_table[MODIFIER_COUNT] = {"
  for (i = 1; i <= modifier_count; i++) {
    m = modifiers[i]
    printf "  [MODIFIER('%s', '%s')] = {\"%s\", %s, %s},\n", substr(m, 1, 1), substr(m, 2, 1), m, modifier[m], \
      (m in meaning) ? meaning[m] : "0"
  }
  print "};\n"
  print "static const struct place place_table[PLACE_COUNT] = {"
  for (i = 0; i < 100; i++) {
    p = sprintf("%02d", i)
    if (p in place) printf "  [%d] = {\"%s\", %s},\n", i, p, place[p]
  }
  print "};"
}
