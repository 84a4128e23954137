# make packages: every package for every platform whose compiler is here; the others
# are named with the Debian packages that have it.
#
# SQLite's two headers serve every platform.  They get a folder of their own, for a
# cross compiler must not see this machine's other headers.
. ext/package/common.sh

targets='
x86_64-linux-gnu-gcc   | deb wheel | gcc
aarch64-linux-gnu-gcc  | deb wheel | gcc-aarch64-linux-gnu libc6-dev-arm64-cross
i686-linux-gnu-gcc     | deb wheel | gcc-i686-linux-gnu libc6-dev-i386-cross
s390x-linux-gnu-gcc    | deb wheel | gcc-s390x-linux-gnu libc6-dev-s390x-cross
musl-gcc               | wheel     | musl-tools
x86_64-w64-mingw32-gcc | wheel     | gcc-mingw-w64-x86-64
'

DIST=$(cd "$DIST" && pwd)
include=$stage/include
mkdir "$include"
for header in sqlite3.h sqlite3ext.h; do
  path=$(echo "#include <$header>" | $CC -E -x c - | sed -n "s|^# [0-9]* \"\(.*/$header\)\".*|\1|p" | head -n 1)
  [ -n "$path" ] || { echo "make packages: no $header here (Debian: libsqlite3-dev)" >&2; exit 1; }
  cp "$path" "$include"
done

# A kind of package needs its tool.
unmade=
command -v dpkg-deb > /dev/null || { unmade="$unmade deb"; echo "skipped: the .deb; no dpkg-deb here"; }
command -v "${PYTHON:-python3}" > /dev/null || { unmade="$unmade wheel"; echo "skipped: the wheel; no python3 here"; }

echo "$targets" | while IFS='|' read -r compiler kinds packages; do
  compiler=$(echo $compiler)
  [ -n "$compiler" ] || continue
  if ! command -v "$compiler" > /dev/null; then
    echo "skipped: $compiler is not here; apt-get install$packages"
    continue
  fi
  ar=$($compiler -print-prog-name=ar)
  flags=
  case $compiler in *mingw*) flags=-static-libgcc ;; esac
  for kind in $unmade; do kinds=$(echo "$kinds" | sed "s/$kind//"); done
  # shellcheck disable=SC2086 # targets of make, each a word
  make -s archive $kinds CC="$compiler" AR="$ar" CPPFLAGS="-I$include" LDFLAGS="$flags" \
    BUILD="$BUILD/packages/$compiler" DIST="$DIST"
done
make -s npm sqlpkg DIST="$DIST" BUILD="$BUILD"
