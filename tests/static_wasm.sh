# make test-wasm: h2040 and SQLite in one WebAssembly module, run by Node.
#
#   make test-wasm SQLITE_SOURCE=/where/sqlite3.c/is
#
# Needs clang, llvm, lld, wasi-libc and libclang-rt-14-dev-wasm32 (Debian), node, and
# the source of SQLite, 3.41 or newer, as one file: npm's package sqlite3 has it, in
# deps/sqlite-autoconf-*.tar.gz.
set -eu
build=$1
source=$2
for program in clang llvm-ar wasm-ld node; do
  command -v $program > /dev/null || { echo "test-wasm: skipped: no $program here"; exit 0; }
done
[ -e /usr/include/wasm32-wasi/stdio.h ] || { echo "test-wasm: skipped: no wasi-libc here"; exit 0; }
[ -e "$source/sqlite3.c" ] || { echo "test-wasm: skipped: no sqlite3.c in '$source': say where it is, SQLITE_SOURCE=..."; exit 0; }

${MAKE:-make} -s static CC='clang --target=wasm32-wasi' AR=llvm-ar BUILD="$build" CPPFLAGS="-I'$source'"

wasi="-D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_MMAN -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_PROCESS_CLOCKS"
[ "$build/sqlite3.o" -nt "$source/sqlite3.c" ] ||
  clang --target=wasm32-wasi -O1 -w $wasi -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION \
    -c -o "$build/sqlite3.o" "$source/sqlite3.c"
clang --target=wasm32-wasi -O1 -DSQLITE_CORE -I"$source" -I"$build" -o "$build/example.wasm" \
  tests/static.c "$build/libh2040.a" "$build/sqlite3.o" \
  -lwasi-emulated-signal -lwasi-emulated-mman -lwasi-emulated-getpid -lwasi-emulated-process-clocks
cat > "$build/run.mjs" <<'END'
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const wasi = new WASI({ version: 'preview1', args: ['example', ...process.argv.slice(3)], env: {} });
const module = await WebAssembly.compile(await readFile(process.argv[2]));
wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
END

answer=$(node --no-warnings "$build/run.mjs" "$build/example.wasm" \
  "CREATE TABLE claims (claim_id, member_id, hcpcs_code, modifiers, units, service_date)" \
  "INSERT INTO claims VALUES ('A', 'M1', 'H2040', 'ZZ', 1, '2026-01-05'), ('B', 'M1', 'H2040', NULL, 2, '2026-01-06')" \
  "SELECT h2040_check('modifiers', 'GT 95')" \
  "SELECT claim_id, rule FROM h2040_audit('claims')" \
  "SELECT claim_id, units_before, units_over, status FROM sessions_over_cap('claims', 2, 'year')")
expected='["modifier.conflict"]
A|modifier.unknown
B|1|1|over_cap'
if [ "$answer" = "$expected" ]; then
  echo "test-wasm: 1 passed, 0 failed"
else
  printf 'FAILED: expected\n%s\ngot\n%s\ntest-wasm: 0 passed, 1 failed\n' "$expected" "$answer"
  exit 1
fi
