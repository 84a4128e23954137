# Turns the policy packs of this folder into C: their JSON texts, by file name.
#
#   awk -f packs.awk session.json commercial.json cms.json > policy_packs.h

BEGIN { print "/* Made by ext/policy/packs.awk from the JSON files beside it. */" }
FNR == 1 {
  if (NR > 1) print "  },"
  else print "static const struct pack pack[] = {"
  name = FILENAME
  sub(/.*\//, "", name)
  sub(/\.json$/, "", name)
  printf "  { \"%s\",\n", name
}
{
  sub(/\r$/, "")
  gsub(/["\\]/, "\\\\&")
  printf "    \"%s%s\"\n", $0, $0 == "}" ? "" : "\\n"
}
END { print "  },\n};" }
