# make npm: the npm package, with the library of every platform whose archive lies
# in DIST.  `make packages` makes those of other platforms; by hand it is
#
#   make archive CC=aarch64-linux-gnu-gcc AR=aarch64-linux-gnu-ar BUILD=build/arm64 DIST=build/dist
. ext/package/common.sh

mkdir "$stage/package"
cp ext/package/npm/index.js ext/package/npm/index.d.ts ext/package/npm/README.md LICENSE "$stage/package/"
sed "s/@VERSION@/$VERSION/" ext/package/npm/package.json > "$stage/package/package.json"
for archive in "$DIST/h2040-$VERSION"-*-*.tar.gz; do
  name=$(basename "$archive" .tar.gz)
  mkdir -p "$stage/unpacked"
  tar -C "$stage/unpacked" -xzf "$archive"
  for LIBRARY in "$stage/unpacked/$name"/h2040.*; do
    case $LIBRARY in *.so | *.dylib | *.dll) ;; *) continue ;; esac
    look_at_library
    # process.platform and process.arch, as Node names them; index.js tells musl.
    folder=$(echo "$platform" | sed -e 's/^windows-/win32-/' -e 's/^macos-/darwin-/' -e 's/-x86_64/-x64/' \
      -e 's/-i686/-ia32/' -e 's/-aarch64/-arm64/' -e 's/-armv7l/-arm/' -e 's/-ppc64le/-ppc64/')
    mkdir "$stage/package/$folder"
    cp "$LIBRARY" "$stage/package/$folder/"
  done
done
chmod -R u=rwX,go=rX "$stage/package"
pack "$DIST/h2040-npm-$VERSION.tgz" "$stage" package
