# make npm: the npm package, with the library of every platform whose archive lies
# in DIST.  This adds one more:
#
#   make dist CC=aarch64-linux-gnu-gcc AR=aarch64-linux-gnu-ar BUILD=build/arm64 DIST=build/dist
. ext/package/common.sh

mkdir "$stage/package"
cp ext/package/npm/index.js ext/package/npm/index.d.ts ext/package/npm/README.md LICENSE "$stage/package/"
sed "s/@VERSION@/$VERSION/" ext/package/npm/package.json > "$stage/package/package.json"
for archive in "$DIST/h2040-$VERSION"-*.tar.gz; do
  platform=$(basename "$archive" .tar.gz)
  platform=${platform#"h2040-$VERSION-"}
  # process.platform and process.arch, as Node names them
  folder=$(echo "$platform" | sed -e 's/^windows-/win32-/' -e 's/^macos-/darwin-/' \
    -e 's/-x86_64$/-x64/' -e 's/-i[3-6]86$/-ia32/' -e 's/-aarch64$/-arm64/' -e 's/-arm.*hf$/-arm/' -e 's/-powerpc64le$/-ppc64/')
  mkdir -p "$stage/unpacked" "$stage/package/$folder"
  tar -C "$stage/unpacked" -xzf "$archive"
  for library in "$stage/unpacked/h2040-$VERSION-$platform"/h2040.*; do
    case $library in
      *.so | *.dylib | *.dll) cp "$library" "$stage/package/$folder/" ;;
    esac
  done
done
chmod -R u=rwX,go=rX "$stage/package"
pack "$DIST/h2040-npm-$VERSION.tgz" "$stage" package
