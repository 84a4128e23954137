# make deb: sqlite3-h2040, for Debian and Ubuntu.
#
# The library goes where `.load h2040` finds it by its bare name, as mod_spatialite
# does, and the SQL scripts to /usr/share/sqlite3-h2040.  DEBFULLNAME and DEBEMAIL
# name whoever builds the package, as they do for Debian's own tools.
. ext/package/common.sh

maintainer="${DEBFULLNAME:-h2040 maintainers} <${DEBEMAIL:-maintainers@h2040.invalid}>"
look_at_library
case $platform in
  linux-x86_64)  architecture=amd64 multiarch=x86_64-linux-gnu ;;
  linux-i686)    architecture=i386 multiarch=i386-linux-gnu ;;
  linux-aarch64) architecture=arm64 multiarch=aarch64-linux-gnu ;;
  linux-armv7l)  architecture=armhf multiarch=arm-linux-gnueabihf ;;
  linux-ppc64le) architecture=ppc64el multiarch=powerpc64le-linux-gnu ;;
  linux-riscv64) architecture=riscv64 multiarch=riscv64-linux-gnu ;;
  linux-s390x)   architecture=s390x multiarch=s390x-linux-gnu ;;
  *) refuse "is for $platform: Debian has no such architecture" ;;
esac

package=sqlite3-h2040
library=$stage/usr/lib/$multiarch
scripts=$stage/usr/share/$package
documents=$stage/usr/share/doc/$package
mkdir -p "$stage/DEBIAN" "$library" "$scripts" "$documents" "$stage/usr/share/lintian/overrides"

cp "$LIBRARY" "$library/h2040.so"
"$($CC -print-prog-name=strip)" --strip-unneeded "$library/h2040.so"
chmod 644 "$library/h2040.so"
cp sql/*.sql "$scripts/"
cp README.md "$documents/"
cp ext/package/deb/lintian-overrides "$stage/usr/share/lintian/overrides/$package"
{ cat ext/package/deb/copyright; sed -e 's/^/ /' -e 's/^ $/ ./' LICENSE; } > "$documents/copyright"
{
  echo "$package ($VERSION) stable; urgency=medium"
  echo
  sh ext/package/changes.sh "$VERSION" | sed 's/^/  /'
  echo
  echo " -- $maintainer  $(LC_ALL=C date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')"
} | gzip -9n > "$documents/changelog.gz"

sed -e "s/@VERSION@/$VERSION/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@MAINTAINER@/$maintainer/" \
    -e "s/@GLIBC@/$(glibc_needed)/" -e "s/@SIZE@/$(du -sk "$stage/usr" | cut -f 1)/" \
    ext/package/deb/control > "$stage/DEBIAN/control"
(cd "$stage" && find usr -type f | LC_ALL=C sort | xargs md5sum) > "$stage/DEBIAN/md5sums"
dpkg-deb --root-owner-group --build "$stage" "$DIST/${package}_${VERSION}_$architecture.deb" > /dev/null
echo "$DIST/${package}_${VERSION}_$architecture.deb"
