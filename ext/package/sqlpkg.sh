# make sqlpkg: what a release needs so that `sqlpkg install` finds it (sqlpkg.org): the
# libraries of every platform whose archive lies in DIST, in archives without folders,
# for sqlpkg makes none; their sums; and sqlpkg.json, which names them.
#
#   make sqlpkg REPOSITORY=https://github.com/you/h2040
#
# The release is tagged with the version, as in 1.2.3.  sqlpkg knows one libc for each
# system, so Linux means glibc.
. ext/package/common.sh

for archive in "$DIST/h2040-$VERSION"-*-*.tar.gz; do
  name=$(basename "$archive" .tar.gz)
  tar -C "$stage" -xzf "$archive"
  for LIBRARY in "$stage/$name"/h2040.*; do
    case $LIBRARY in *.so | *.dylib | *.dll) ;; *) continue ;; esac
    look_at_library
    [ "$libc" != musl ] || continue
    # Go's names
    folder=$(echo "$platform" | sed -e 's/^macos-/darwin-/' -e 's/-x86_64$/-amd64/' -e 's/-i686$/-386/' \
      -e 's/-aarch64$/-arm64/' -e 's/-armv7l$/-arm/')
    pack "$DIST/h2040-sqlpkg-$VERSION-$folder.tar.gz" "$stage/$name" "$(basename "$LIBRARY")" LICENSE
  done
done
(cd "$DIST" && sha256sum h2040-sqlpkg-"$VERSION"-*.tar.gz > checksums.txt)
sed -e "s|\"version\": \"latest\"|\"version\": \"$VERSION\"|" \
  -e "s|https://h2040.invalid/h2040|${REPOSITORY:-&}|" ext/package/sqlpkg.json > "$DIST/sqlpkg.json"
echo "$DIST/sqlpkg.json"
