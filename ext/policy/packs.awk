# Turns the policy packs of this folder into C: their JSON texts, by file name; and which
# focus is which code's, of those that name both.
#
#   awk -f packs.awk session.json commercial.json cms.json … > policy_packs.h

BEGIN { print "/* Made by ext/policy/packs.awk from the JSON files beside it. */" }
FNR == 1 {
  if (NR > 1) print "  },"
  else print "static const struct pack pack[] = {"
  name = FILENAME
  sub(/.*\//, "", name)
  sub(/\.json$/, "", name)
  printf "  { \"%s\",\n", name
}
FNR == 1 { code = "" }
/^  "hcpcs_code": / { code = $0; gsub(/.*: "|".*/, "", code) }
/^  "focuses": \[/ && code != "" {
  words = $0
  gsub(/.*\[|\].*|"| /, "", words)
  count = split(words, word, ",")
  for (i = 1; i <= count; i++) focuses = focuses sprintf("  { \"%s\", \"%s\" },\n", word[i], code)
}
{
  sub(/\r$/, "")
  gsub(/["\\]/, "\\\\&")
  printf "    \"%s%s\"\n", $0, $0 == "}" || /^\[/ ? "" : "\\n"
}
END {
  print "  },\n};"
  printf "static const struct pack_focus pack_focus[] = {\n%s  { 0, 0 },\n};\n", focuses
}
