# h2040: see README.md, or type `make help`.

CC     ?= cc
CFLAGS ?= -O2
PREFIX ?= /usr/local
TCLSH  ?= tclsh
SQLITE ?= sqlite3

# CI and `make lint` set WERROR=-Werror: the warnings of a newer compiler are to stop us,
# not whoever builds this on a newer machine.
WARNINGS := -Wall -Wextra -Wpedantic $(WERROR)
STRICT   := -std=c11 $(WARNINGS) -fvisibility=hidden

# The shared object is named as the platform names them.
ifeq ($(OS),Windows_NT)
  SUFFIX := dll
else ifneq ($(findstring mingw,$(CC)),)
  SUFFIX := dll
else ifeq ($(shell uname -s),Darwin)
  SUFFIX := dylib
else
  SUFFIX := so
endif
comma := ,
ifneq ($(SUFFIX),dll)
  PIC := -fPIC
endif
ifeq ($(SUFFIX),dylib)
  SHARED := -dynamiclib -undefined dynamic_lookup
else
  SHARED := -shared
  ifeq ($(SUFFIX),so)
    # An entry point that fails half-way has left functions behind, and SQLite
    # unloads the library all the same: the code of those must stay.
    SHARED += -Wl,-z,nodelete
  endif
endif

# What hardens the library, of that what the compiler and the linker know.  With the
# sanitizers, or without optimization, FORTIFY has no place.
knows   = $(shell echo 'int main(void) { return 0; }' | $(CC) $(1) -x c -o /dev/null - 2> /dev/null && echo '$(1)')
ifeq ($(SUFFIX),so)
  SHARED += $(call knows,-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
  HARDEN := $(call knows,-fstack-protector-strong)
  ifneq ($(filter -O1 -O2 -O3 -Os,$(CFLAGS)),)
    ifeq ($(findstring sanitize,$(CFLAGS)),)
      HARDEN += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
    endif
  endif
endif

BUILD     := build
SOURCES   := $(sort $(wildcard ext/billing/*.c ext/sqlite/*.c))
HEADERS   := $(wildcard ext/billing/*.h ext/sqlite/*.h)
CODES     := ext/code_set
CODE_SET  := $(addprefix $(CODES)/,hcpcs_h_t_codes.csv hcpcs_modifiers.csv cpt_modifiers.csv modifier_meanings.csv place_of_service.csv \
  release.csv)
PACKS     := $(addprefix ext/policy/,session.json commercial.json cms.json H2014.json H2017.json H2019.json all.json)
GENERATED := $(addprefix $(BUILD)/generated/,code_set_data.h policy_packs.h field_slots.h final_adjustments.h column_names.h)
LOADABLE  := $(BUILD)/h2040.$(SUFFIX)
ARCHIVE   := $(BUILD)/libh2040.a
OBJECTS   := $(SOURCES:ext/%.c=$(BUILD)/loadable/%.o)
STATICS   := $(SOURCES:ext/%.c=$(BUILD)/static/%.o)

# Packages: made by the scripts of ext/package from what these say.
DIST    := $(BUILD)/dist
VERSION := $(shell awk '$$2 == "H2040_VERSION" { gsub(/"/, "", $$3); print $$3 }' ext/sqlite/h2040.h)
PACKAGE  = VERSION='$(VERSION)' CC='$(CC)' LIBRARY='$(LOADABLE)' BUILD='$(BUILD)' DIST='$(DIST)' sh ext/package

# Whatever is named in plain letters is a thing to do, not a file.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)
.DELETE_ON_ERROR:

all: loadable

loadable: $(LOADABLE) ## build/h2040.so (.dylib, .dll): what `.load build/h2040` loads

static: $(ARCHIVE) $(BUILD)/h2040.h ## build/libh2040.a and build/h2040.h, for -DSQLITE_CORE programs

amalgamation: $(BUILD)/h2040.c $(BUILD)/h2040.h ## build/h2040.c and build/h2040.h, two files that compile anywhere

# Other flags than last time: everything is made anew.
FLAGS := $(BUILD)/flags
SAID  := $(CC) $(STRICT) $(HARDEN) $(PIC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(SHARED)

.PHONY: FORCE
$(FLAGS): FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(SAID))' | cmp -s - $@ || echo '$(subst ','\'',$(SAID))' > $@

$(LOADABLE): $(OBJECTS) $(FLAGS)
	$(CC) $(CFLAGS) $(LDFLAGS) $(SHARED) -o $@ $(OBJECTS)

$(ARCHIVE): $(STATICS)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/h2040.h: ext/sqlite/h2040.h
	cp $< $@

$(BUILD)/h2040.c: ext/package/amalgamation.awk $(SOURCES) $(HEADERS) $(GENERATED)
	awk -v version='$(VERSION)' -v generated=$(BUILD)/generated -f ext/package/amalgamation.awk $(SOURCES) > $@

# The compiler says which headers a file reads.
COMPILE = $(CC) $(STRICT) $(PIC) $(CPPFLAGS) $(CFLAGS) -I$(BUILD)/generated -MMD -MP -c -o $@ $<

$(BUILD)/loadable/%.o: ext/%.c $(FLAGS) | $(GENERATED)
	@mkdir -p $(@D)
	$(COMPILE) $(HARDEN)

# Whoever links it says how his program is hardened.
$(BUILD)/static/%.o: ext/%.c $(FLAGS) | $(GENERATED)
	@mkdir -p $(@D)
	$(COMPILE) -DSQLITE_CORE

-include $(OBJECTS:.o=.d) $(STATICS:.o=.d)

$(BUILD)/generated/code_set_data.h: ext/code_set/code_set.awk $(CODE_SET)
	@mkdir -p $(@D)
	awk -f $^ > $@

$(BUILD)/generated/final_adjustments.h: $(CODES)/final_adjustments.awk $(CODES)/final_adjustments.csv
	@mkdir -p $(@D)
	awk -f $^ > $@

$(BUILD)/generated/policy_packs.h: ext/policy/packs.awk $(PACKS)
	@mkdir -p $(@D)
	awk -f $^ > $@

$(BUILD)/generated/column_names.h: ext/column_names/column_names.awk ext/column_names/column_names.csv
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@

$(BUILD)/generated/field_slots.h: ext/billing/field_slots.awk ext/billing/field.h
	@mkdir -p $(@D)
	awk -f $^ > $@

install: $(LOADABLE) $(ARCHIVE) $(BUILD)/h2040.h ## library, archive, header and sql/ under PREFIX
	install -d $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/h2040
	install -m 755 $(LOADABLE) $(DESTDIR)$(PREFIX)/lib/
	install -m 644 $(ARCHIVE) $(DESTDIR)$(PREFIX)/lib/
	install -m 644 ext/sqlite/h2040.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 sql/*.sql $(DESTDIR)$(PREFIX)/share/h2040/

demo: loadable ## build/demo.db: an export, an 837P and an 835 taken in, and the audit of a sample practice
	@rm -rf $(BUILD)/demo.db $(BUILD)/demo
	@$(SQLITE) -bail -cmd '.load $(BUILD)/h2040' $(BUILD)/demo.db '.read sql/schema.sql' '.read sql/policies.sql' \
	  '.read sql/demo.sql' '.parameter set :folder $(BUILD)/demo' '.read sql/demo_x12.sql' \
	  '.parameter set :folder $(BUILD)/demo/sent' '.read sql/intake_837p.sql' \
	  '.parameter set :folder $(BUILD)/demo/received' '.read sql/intake_835.sql' \
	  '.read sql/intake.sql' '.read sql/views.sql' '.read sql/audit.sql' > $(BUILD)/demo.log || { cat $(BUILD)/demo.log; exit 1; }
	@grep -v '^NEW' $(BUILD)/demo.log
	@echo
	@$(SQLITE) $(BUILD)/demo.db '.read sql/report.sql'

dist: source archive ## build/dist: the source, the amalgamation, and this platform's archive

source: amalgamation
	@$(PACKAGE)/source.sh

archive: loadable static
	@$(PACKAGE)/archive.sh

deb: loadable ## build/dist/sqlite3-h2040_*.deb, after which `.load h2040` works anywhere
	@$(PACKAGE)/deb.sh

npm: archive ## build/dist/h2040-npm-*.tgz, with the library of every archive in build/dist
	@$(PACKAGE)/npm.sh

wheel: loadable ## build/dist/h2040-*.whl, for this platform
	@$(PACKAGE)/wheel.sh

sqlpkg: archive ## build/dist/sqlpkg.json and the archives that it names (REPOSITORY=https://…)
	@REPOSITORY='$(REPOSITORY)' $(PACKAGE)/sqlpkg.sh

packages: dist ## all of these for every platform whose compiler is here: Linux on four processors, musl, Windows
	@$(PACKAGE)/packages.sh

test: loadable fault-helpers ## the tests: N passed, N failed
	$(TCLSH) tests/all.tcl

# The library is built anew with the sanitizers; tclsh is not, so their runtimes
# are loaded before it. They stop at the first fault, which is then a test that
# does not finish.
SANITIZE := -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

test-asan: ## the tests once more, under AddressSanitizer and UndefinedBehaviorSanitizer
	$(MAKE) BUILD=$(BUILD)/asan CFLAGS='$(SANITIZE)' LDFLAGS='$(SANITIZE)' loadable
	H2040=$(BUILD)/asan/h2040 ASAN_OPTIONS=detect_leaks=0 \
	  LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libubsan.so)" $(TCLSH) tests/all.tcl

hosts: loadable ## tries the extension in every host that is here: tests/hosts/install.sh
	$(TCLSH) tests/hosts/hosts.tcl

# What the fault tests preload or load: SQLite without memory, disks that fail.
FAULTS := $(addprefix $(BUILD)/faults/,oom.so vfs.so limit.so locale.so)

fault-helpers: $(FAULTS)

$(BUILD)/faults/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	-$(CC) $(CFLAGS) -fPIC -shared -o $@ $< -lsqlite3

test-faults: loadable fault-helpers ## every allocation fails in turn, once and for good (20 minutes)
	STRIDE=1 $(TCLSH) tests/fault.test

test-valgrind: loadable fault-helpers ## most of the tests under valgrind
	TCLSH="$(TCLSH)" tests/faults/valgrind.sh $(BUILD)

# Threads: tests/threads/threads.c.  ThreadSanitizer must see SQLite's locks, so it
# needs SQLite's source: SQLITE_SOURCE, or else npm's package sqlite3.
SQLITE_SOURCE ?= $(BUILD)/tsan/sqlite-autoconf-3440200/sqlite3.c

test-threads: loadable $(BUILD)/threads/threads ## many threads, and how much stack they use
	$(BUILD)/threads/threads $(LOADABLE) $(BUILD)/threads/threads.db

$(BUILD)/threads/threads: tests/threads/threads.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -o $@ $< -lsqlite3 -lpthread

test-tsan: $(GENERATED) $(SQLITE_SOURCE) ## the same under ThreadSanitizer
	@mkdir -p $(BUILD)/tsan
	$(CC) -std=gnu11 -g -O1 -fsanitize=thread -w -DSQLITE_CORE -DSQLITE_THREADSAFE=1 -I$(dir $(SQLITE_SOURCE)) \
	  -I$(BUILD)/generated -o $(BUILD)/tsan/threads tests/threads/threads.c $(SOURCES) $(SQLITE_SOURCE) -lpthread -ldl -lm
	TSAN_OPTIONS=halt_on_error=1 $(BUILD)/tsan/threads - $(BUILD)/tsan/threads.db

$(BUILD)/tsan/sqlite-autoconf-3440200/sqlite3.c:
	@mkdir -p $(BUILD)/tsan
	cd $(BUILD)/tsan && npm pack --silent sqlite3@5.1.7 && tar xzf sqlite3-5.1.7.tgz \
	  && tar xzf package/deps/sqlite-autoconf-3440200.tar.gz

# libFuzzer, with AddressSanitizer and UndefinedBehaviorSanitizer: tests/fuzz/fuzz.h.
FUZZ_CC      ?= clang
FUZZ_SECONDS ?= 300
FUZZERS      := $(filter-out fuzz,$(basename $(notdir $(wildcard tests/fuzz/*.c))))
FUZZ_FLAGS   := -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DSQLITE_CORE

fuzz: ## every harness of tests/fuzz for FUZZ_SECONDS each (default 300)
	FUZZ_CC="$(FUZZ_CC)" tests/fuzz/run.sh $(BUILD) $(FUZZ_SECONDS) $(FUZZERS)

fuzz-short: ## the same for 5 seconds each
	FUZZ_CC="$(FUZZ_CC)" tests/fuzz/run.sh $(BUILD) 5 $(FUZZERS)

$(BUILD)/fuzz/%.o: ext/%.c $(HEADERS) $(GENERATED)
	@mkdir -p $(@D)
	$(FUZZ_CC) -std=c11 $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -I$(BUILD)/generated -c -o $@ $<

$(BUILD)/fuzz/fuzz_%: tests/fuzz/%.c tests/fuzz/fuzz.h $(SOURCES:ext/%.c=$(BUILD)/fuzz/%.o)
	$(FUZZ_CC) -std=c11 $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $(filter %.c %.o,$^) -lsqlite3

bench: loadable $(BUILD)/bench/read_text.so ## speed, as ratios of two queries in one run
	@for bench in tests/bench/*.tcl; do \
	  case $$bench in */bench.tcl) continue;; esac; \
	  echo "== $$bench"; $(TCLSH) $$bench || exit 1; \
	done

$(BUILD)/bench/read_text.so: tests/bench/read_text.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PIC) $(SHARED) -o $@ $<

test-wasm: ## linked into WebAssembly and run by Node: SQLITE_SOURCE=folder of sqlite3.c
	@MAKE='$(MAKE)' sh tests/static_wasm.sh $(BUILD)/wasm '$(SQLITE_SOURCE)'

test-deb: deb ## installs the .deb here, loads it by its bare name, removes it (root)
	sh tests/dist/deb.sh "$$(ls -t $(DIST)/sqlite3-h2040_$(VERSION)_"$$(dpkg --print-architecture)".deb)"

test-cluster: loadable $(BUILD)/cluster/preload.so ## three dqlite nodes on 127.0.0.1, the leader stopped (go-dqlite, libdqlite0)
	timeout 240 $(TCLSH) tests/cluster/dqlite.test

$(BUILD)/cluster/preload.so: tests/cluster/preload.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(PIC) $(SHARED) -o $@ $< -ldl -lpthread

matrix: ## a table: versions of SQLite, compilers, architectures (tests/matrix/matrix.sh; 15 minutes)
	@tests/matrix/matrix.sh

coverage: ## lines and branches of ext/ that the tests take, and why the others are not taken
	@tests/matrix/coverage.sh

lint: ## clang-tidy and cppcheck, without a finding
	@tests/matrix/lint.sh

mutate: ## breaks the rules one by one, and names the tests that see it
	@tests/matrix/mutate.sh

readme: loadable ## writes what the samples of README.md and its like print, and the tables made, into them
	$(TCLSH) tests/readme.tcl --update

clean: ## removes build/
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
