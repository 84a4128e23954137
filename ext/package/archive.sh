# make archive: the library for one platform, what is needed to link it statically,
# and the SQL scripts.
. ext/package/common.sh

look_at_library
name=h2040-$VERSION-$platform
mkdir -p "$stage/$name/sql"
cp "$LIBRARY" "$(dirname "$LIBRARY")/libh2040.a" "$(dirname "$LIBRARY")/h2040.h" README.md LICENSE "$stage/$name/"
cp sql/*.sql "$stage/$name/sql/"
pack "$DIST/$name.tar.gz" "$stage" "$name"
