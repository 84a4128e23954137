# make dist: the sources, as they stand in this folder.
. ext/package/common.sh

name=h2040-$VERSION
mkdir "$stage/$name"
cp -R .ci .gitignore LICENSE Makefile README.md ext sql tests "$stage/$name/"
pack "$DIST/$name.tar.gz" "$stage" "$name"
