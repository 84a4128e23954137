# make source: the sources, as they were committed last (where this is no clone, as they
# stand in this folder), and all of the extension as two files.
. ext/package/common.sh

name=h2040-$VERSION
if [ "$(git rev-parse --show-toplevel 2> /dev/null)" = "$(pwd -P)" ]; then
  git archive --prefix="$name/" HEAD | tar -x -C "$stage"
else
  mkdir "$stage/$name"
  cp -R .ci .gitignore LICENSE Makefile README.md ext sql tests "$stage/$name/"
fi
pack "$DIST/$name.tar.gz" "$stage" "$name"

name=h2040-amalgamation-$VERSION
mkdir "$stage/$name"
cp "$(dirname "$LIBRARY")/h2040.c" "$(dirname "$LIBRARY")/h2040.h" LICENSE "$stage/$name/"
pack "$DIST/$name.tar.gz" "$stage" "$name"
