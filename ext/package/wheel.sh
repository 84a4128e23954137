# make wheel: see wheel.py.
. ext/package/common.sh

look_at_library
${PYTHON:-python3} ext/package/wheel.py "$VERSION" "$system" "$cpu" "$(glibc_needed)" "$LIBRARY" "$DIST"
