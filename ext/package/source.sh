# make source: the sources, as they stand in this folder, and all of the extension as
# two files.
. ext/package/common.sh

name=h2040-$VERSION
mkdir "$stage/$name"
cp -R .ci .gitignore LICENSE Makefile README.md ext sql tests "$stage/$name/"
pack "$DIST/$name.tar.gz" "$stage" "$name"

name=h2040-amalgamation-$VERSION
mkdir "$stage/$name"
cp "$(dirname "$LIBRARY")/h2040.c" "$(dirname "$LIBRARY")/h2040.h" LICENSE "$stage/$name/"
pack "$DIST/$name.tar.gz" "$stage" "$name"
