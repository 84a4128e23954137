# changes.sh VERSION: what README.md's changelog says of a version, item by item.
awk -v version="$1" '
  /^## /  { inside = $2 == "Changelog" }
  /^### / { mine = inside && $2 == version; next }
  mine && /^- /  { sub(/^- /, "* "); print; found = 1; next }
  mine && /^  /  { print }
  END { if (!found) print "* Version " version "." }' README.md
