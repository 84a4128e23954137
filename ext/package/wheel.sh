# make wheel: see wheel.py.
. ext/package/common.sh

${PYTHON:-python3} ext/package/wheel.py "$VERSION" "$(platform)" "$(glibc "$LIBRARY")" "$LIBRARY" "$DIST"
