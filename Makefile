# SPDX-License-Identifier: Apache-2.0
# Chợ Nổi.
#
#   make run             install what is missing, start everything under var/, and hold a phone in the terminal;
#                        without a terminal, texts on standard input are answered one a line
#   make test            install what is missing; unit, corpus, fuzzers (a minute each) and live tests over both links
#
#   make                 build only: build/smsd, build/smsctl, build/phone and the catalogues
#   make check           fast: unit and corpus tests, layer law, headers, licence lines, cppcheck, clang-tidy, shellcheck, manual
#                        pages, systemd units, alarms
#   make unit corpus     the tests of the code alone          make live     the tests on real Kannel and PostgreSQL
#   make exam            CORPUS=file.tsv: score the reading of other labelled texts (tests/corpus/README.md)
#   make bench-ussd      many sessions by USSD at once, from a keypress to its screen; BENCH_USSD_OPTIONS=
#   make bench-latency   one text at a time, from the SMSC and back, over either link
#   make bench-read      texts read a second on one core, and the slowest that can be made
#   make profile-read    what a text read costs in instructions, and which stage they go to, under callgrind
#   make bench           texts a second through Kannel, beside what Kannel and PostgreSQL do alone (tests/bench/README.md)
#   make bench-soak      an hour over the box link, a million texts: what memory smsd has meanwhile
#   make bench-market    what a text about the market takes beside a million listings and ten million reports of prices
#   make bench-broadcast one text to a hundred thousand people: the plan, the first of them, the rate, and answers meanwhile
#   make bench-size      the same over the box link in a database of years, beside a small one
#   make torture         kills every part with -9 under load, LINK=http ROUNDS=100 SEED=1 INSTANCES=1 (of smsd), and counts what was
#                        lost or doubled
#   make torture-judge   the same on programs with a fault planted in them, which must be found
#   make fuzz            every fuzzer, FUZZ_SECONDS=60 each   make valgrind the unit and live tests under valgrind
#   make bare            the two commands on a bare Debian 12 made by debootstrap (needs root; takes a while)
#   make install         DESTDIR= prefix=/usr/local
#   make deps            install the Debian packages of tests/deps/packages.txt and nothing else
#   make compile_commands.json    for editors                 make clean    remove build/
#   make purge                    remove build/ and var/, and with them every trace of make run
#
#   SAN=address,undefined | SAN=thread   any of the above with sanitizers, built beside in build/san-...
#   LINK=http | LINK=box                 make run and make live: through smsbox, or straight from bearerbox
#   BENCH_SECONDS=5                      how long each run of a bench is
#   PYTEST='-k duplicate'                which live tests, and how
#   V=1                                  show whole commands

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

SAN ?=
LINK ?= http
FUZZ ?=
FUZZ_SECONDS ?= 60
BENCH_SECONDS ?=
BENCH_OPTIONS ?=
BENCH_SIZE_OPTIONS ?=
BENCH_MARKET_OPTIONS ?=
BENCH_BROADCAST_OPTIONS ?=
CORPUS ?=
PYTEST ?=
DESTDIR ?=
prefix ?= /usr/local
comma := ,
BUILD := build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
CC := gcc
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-8s%s\n' '$(1)' '$(2)')

# ---- what it is made of ---------------------------------------------------------------------------------------------

PKGS_PARSERS := libpcre2-8 libutf8proc inih
PKGS_DB := $(PKGS_PARSERS) libpq
PKGS_SMSD := $(PKGS_DB) libmicrohttpd libcurl jansson libsystemd libcrypto
PKGS_PHONE := $(PKGS_PARSERS) libsmpp34 jansson
PKGS_ALL := $(sort $(PKGS_SMSD) $(PKGS_PHONE))
pkg = $(shell pkg-config $(1) $(2))

# Kannel's own library has no pkg-config module; gw-config names the folder, and whatever Kannel itself was ever linked with.
GW_CFLAGS := -isystem /usr/include/kannel -isystem /usr/include/libxml2
GW_LIBDIR = $(eval GW_LIBDIR := $(firstword $(filter -L%,$(shell gw-config --libs))))$(GW_LIBDIR)
GW_LIBS_SMSD := -Wl,--as-needed -lxml2 -lssl -lcrypto -lmariadb -lpcreposix -lpcre -lresolv -lm -Wl,--no-as-needed

WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 \
	-Wundef -Wvla -Wwrite-strings -Werror
CPPFLAGS += -D_GNU_SOURCE -I. -I$(BUILD)/gen
CFLAGS ?= -O2 -g
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call pkg,--cflags,$(PKGS_ALL)))$(PKG_CFLAGS)
ALL_CFLAGS = -std=gnu11 $(WARN) $(CFLAGS) -fno-omit-frame-pointer $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all)
ALL_LDFLAGS = $(LDFLAGS) $(if $(SAN),-fsanitize=$(SAN)) -pthread
COMPILE = $(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS)

src = $(sort $(shell find $(1) -name '*.c' 2>/dev/null))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
PARSERS_SRC := $(call src,parsers)
DB_SRC := $(call src,db)
SMSD_SRC := $(call src,smsd)
PHONE_SRC := $(call src,tests/sim)
UNIT_SRC := $(sort $(shell find tests/unit -name 'test_*.c' 2>/dev/null))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*.c))
C_SRC := $(PARSERS_SRC) $(DB_SRC) $(SMSD_SRC) $(PHONE_SRC)

PARSERS_OBJ := $(call obj,$(PARSERS_SRC))
DB_OBJ := $(call obj,$(DB_SRC)) $(BUILD)/obj/gen/queries.o $(BUILD)/obj/gen/migrations.o
CTL_OBJ := $(call obj,$(filter smsd/ctl/%,$(SMSD_SRC)))
SMSD_OBJ := $(filter-out $(BUILD)/obj/smsd/main.o $(CTL_OBJ),$(call obj,$(SMSD_SRC)))
PHONE_OBJ := $(filter-out $(BUILD)/obj/tests/sim/main.o,$(call obj,$(PHONE_SRC)))

LOCALES := $(patsubst locales/%.po,$(BUILD)/locales/%.mo,$(wildcard locales/*.po))

all: $(BUILD)/smsd $(BUILD)/smsctl $(BUILD)/phone $(LOCALES)
	@:

# ---- build ----------------------------------------------------------------------------------------------------------

$(BUILD)/libparsers.a: $(PARSERS_OBJ)
$(BUILD)/libdb.a: $(DB_OBJ)
$(BUILD)/libsmsd.a: $(SMSD_OBJ)

# gwlib exports names like error, info and log_open. So the one file that uses it becomes one object with all of gwlib that it
# needs, of which only its own names are seen.
GW_OBJ := $(BUILD)/obj/smsd/link/box_wire.o
$(GW_OBJ): smsd/link/box_wire.c | $(BUILD)/toolchain
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(GW_CFLAGS) -MMD -MP -MT $@ -MF $(@:.o=.d) -c -o $@.alone $<
	$(Q)ld -r --wrap=uuid_generate -o $@.whole $@.alone $(GW_LIBDIR) --start-group -lgw -lwap -lgwlib --end-group
	$(Q)objcopy --wildcard --keep-global-symbol='box_wire_*' $@.whole $@
	@rm -f $@.alone $@.whole
$(BUILD)/libphone.a: $(PHONE_OBJ)
%.a:
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/smsd: $(BUILD)/obj/smsd/main.o $(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
$(BUILD)/smsctl: $(CTL_OBJ) $(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
$(BUILD)/phone: $(BUILD)/obj/tests/sim/main.o $(BUILD)/libphone.a $(BUILD)/libparsers.a
$(BUILD)/smsd $(BUILD)/smsctl: LIBS = $(call pkg,--libs,$(PKGS_SMSD)) $(GW_LIBS_SMSD)
$(BUILD)/phone: LIBS = $(call pkg,--libs,$(PKGS_PHONE))
$(BUILD)/smsd $(BUILD)/smsctl $(BUILD)/phone:
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# SQL is written in .sql files and compiled in.
embed = @mkdir -p $(BUILD)/gen; awk -v what=$(notdir $@) -f db/embed.awk $(filter %.sql,$^) >$@
$(BUILD)/gen/queries.h $(BUILD)/gen/queries.c: db/embed.awk $(sort $(wildcard db/queries/*.sql))
	$(call say,GEN,$@)
	$(embed)
$(BUILD)/gen/migrations.c: db/embed.awk $(sort $(wildcard db/migrations/*.sql))
	$(call say,GEN,$@)
	$(embed)
$(DB_OBJ) $(call obj,$(filter tests/unit/db/%,$(UNIT_SRC))): | $(BUILD)/gen/queries.h

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c | $(BUILD)/toolchain
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<
$(BUILD)/obj/%.o: %.c | $(BUILD)/toolchain
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Unreviewed (fuzzy) translations are compiled in; whether they are served is an option of smsd.
$(BUILD)/locales/%.mo: locales/%.po | $(BUILD)/toolchain
	$(call say,MSGFMT,$<)
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format --use-fuzzy -o $@ $<

# Manual pages: their tables are made by the programs.
MAN := $(patsubst smsd/etc/man/%,$(BUILD)/man/%,$(wildcard smsd/etc/man/*.[58]))
$(MAN): $(BUILD)/man/%: smsd/etc/man/% smsd/etc/man/fill.awk $(BUILD)/smsd $(BUILD)/smsctl
	$(call say,MAN,$@)
	@mkdir -p $(@D)
	$(Q)awk -v bin=$(BUILD) -f smsd/etc/man/fill.awk $< >$@

# Says what is missing before the compiler says it in its own way.
$(BUILD)/toolchain:
	@mkdir -p $(@D)
	@sh tests/deps/toolchain.sh $(CC) $(PKGS_ALL)
	@touch $@

# ---- unit tests and corpus ------------------------------------------------------------------------------------------

# Unit tests mirror the source; what a test may link is what its layer may use.
UNIT := $(patsubst tests/%.c,$(BUILD)/%,$(UNIT_SRC))
unit_layer = $(word 1,$(subst /, ,$(patsubst $(BUILD)/unit/%,%,$(1))))
unit_libs = $(or $(UNIT_LIBS_$(call unit_layer,$(1))),SMSD)
UNIT_LIBS_parsers := PARSERS
UNIT_LIBS_db := DB
UNIT_LIBS_sim := PHONE
UNIT_A_PARSERS := $(BUILD)/libparsers.a
UNIT_A_DB := $(BUILD)/libdb.a $(UNIT_A_PARSERS)
UNIT_A_SMSD := $(BUILD)/libsmsd.a $(UNIT_A_DB)
UNIT_A_PHONE := $(BUILD)/libphone.a $(UNIT_A_PARSERS)
unit_fixture = $(if $(filter $(BUILD)/unit/db/% $(BUILD)/unit/smsd/knowledge/% $(BUILD)/unit/smsd/worker/%,$(1)),$(BUILD)/obj/tests/unit/db/pg_fixture.o) \
	$(if $(filter $(BUILD)/unit/parsers/read/%,$(1)),$(BUILD)/obj/tests/unit/parsers/read/read_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/worker/%,$(1)),$(BUILD)/obj/tests/unit/smsd/worker/story_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/worker/test_broadcast%,$(1)),$(BUILD)/obj/tests/unit/smsd/worker/broadcast_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/ussd/%,$(1)),$(BUILD)/obj/tests/unit/smsd/ussd/phone_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/link/test_http%,$(1)),$(BUILD)/obj/tests/unit/smsd/link/http_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/message/%,$(1)),$(BUILD)/obj/tests/unit/smsd/message/book_fixture.o) \
	$(if $(filter $(BUILD)/unit/smsd/ctl/%,$(1)),$(filter-out %/main.o,$(CTL_OBJ)))
.SECONDEXPANSION:
$(UNIT): $(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $$(call unit_fixture,$$@) $$(UNIT_A_$$(call unit_libs,$$@))
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_$(call unit_libs,$@)) cmocka) $(GW_LIBS_$(call unit_libs,$@))

unit-programs: $(UNIT)
unit: $(UNIT) $(LOCALES)
	$(Q)BUILD=$(BUILD) sh tests/unit/run.sh $(UNIT)

# Not every allocator of a library is ours to free at the end: what is still reachable is no leak.
VALGRIND := valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
	--errors-for-leak-kinds=definite,indirect --fair-sched=yes
valgrind: valgrind-unit valgrind-live
valgrind-unit: $(UNIT) $(LOCALES)
	$(Q)BUILD=$(BUILD) RUNNER='$(VALGRIND)' sh tests/unit/run.sh $(UNIT)
valgrind-live: export SMSD_RUNNER := $(VALGRIND)
valgrind-live: live

# Texts with known meaning: fails when fewer are read right than were before, or one is silently wrong.
CORPUS_TODAY := 2026-11-22
score = BUILD=$(BUILD) sh tests/corpus/run.sh
corpus: $(BUILD)/smsctl
	$(call say,TEST,corpus)
	$(Q)/usr/bin/python3 -B tests/corpus/numbers.py tests/corpus/numbers.tsv --smsctl $(BUILD)/smsctl --today $(CORPUS_TODAY)
	$(Q)for texts in field sms; do \
		$(score) tests/corpus/$$texts.tsv $(BUILD)/readings.jsonl $(CORPUS_TODAY) --at-least 99 -v >$(BUILD)/corpus.txt \
			&& tail -n 1 $(BUILD)/corpus.txt || { cat $(BUILD)/corpus.txt; exit 1; }; done

# The file is the caller's, wherever it lies; its name goes through the environment, so that it may hold blanks.
exam: export CORPUS_FILE = $(CORPUS)
exam: $(BUILD)/smsctl
	$(Q)$(if $(CORPUS),,echo 'make exam CORPUS=file.tsv' >&2; exit 2)
	$(Q)$(score) "$$CORPUS_FILE" $(BUILD)/exam.jsonl $(CORPUS_TODAY)

# ---- speed ----------------------------------------------------------------------------------------------------------

# Fails when reading asks the heap for memory or a long text takes too long; how many texts a second is for you to judge.
bench-read: $(BUILD)/bench/read
	$(Q)$< $(or $(BENCH_SECONDS),4)
$(BUILD)/bench/read: $(BUILD)/obj/tests/bench/read.o $(BUILD)/libparsers.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_PARSERS))

# Counts, not times, by a processor that callgrind simulates: 32 KB of first-level cache for code and 48 KB for data, and behind
# them 2 MB. So they hardly depend on the machine, and not on its load.
profile-read: $(BUILD)/bench/read
	@sh tests/deps/toolchain.sh valgrind
	$(call say,PROFILE,$(BUILD)/callgrind.out)
	$(Q)valgrind --quiet --tool=callgrind --cache-sim=yes --I1=32768,8,64 --D1=49152,12,64 --LL=2097152,16,64 \
		--branch-sim=yes --toggle-collect=round_speed --compress-strings=no --compress-pos=no \
		--callgrind-out-file=$(BUILD)/callgrind.out $< 0 >$(BUILD)/profile.txt 2>&1 || { cat $(BUILD)/profile.txt; exit 1; }
	$(Q)/usr/bin/python3 -B tests/bench/profile.py $(BUILD)/callgrind.out

BENCH_TEXTS ?= 300
bench-latency: all
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/latency.py $(BENCH_TEXTS) http box

# USSD sessions over the box link, a keypress from the SMSC to its screen there.
bench-ussd: all
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/ussd.py $(BENCH_USSD_OPTIONS)

# The whole path under load; what it measures beside smsd, and with what, is in tests/bench/README.md.
BENCH := $(BUILD)/bench/load $(BUILD)/bench/null_http $(BUILD)/bench/echo_box
$(BUILD)/bench/load: $(call obj,tests/bench/load.c tests/bench/mix.c tests/bench/fake.c)
$(BUILD)/bench/null_http: $(call obj,tests/bench/null_http.c)
$(BUILD)/bench/null_http: LIBS = $(call pkg,--libs,libmicrohttpd)
$(BUILD)/bench/echo_box: $(call obj,tests/bench/echo_box.c) $(BUILD)/libsmsd.a $(BUILD)/libparsers.a
$(BUILD)/bench/echo_box: LIBS = $(call pkg,--libs,$(PKGS_PARSERS)) $(GW_LIBS_SMSD)
$(BENCH):
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

bench: all $(BENCH)
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/bench.py $(if $(BENCH_SECONDS),--seconds $(BENCH_SECONDS)) $(BENCH_OPTIONS)

bench-soak: all $(BENCH)
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/soak.py $(BENCH_SOAK_OPTIONS)

bench-market: all $(BUILD)/bench/market
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/market.py $(BENCH_MARKET_OPTIONS)
$(BUILD)/bench/market: $(BUILD)/obj/tests/bench/market.o $(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_SMSD)) $(GW_LIBS_SMSD)

bench-broadcast: all
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/broadcast.py $(BENCH_BROADCAST_OPTIONS)

bench-size: all $(BENCH)
	$(Q)BUILD=$(BUILD) /usr/bin/python3 -B tests/bench/size.py $(if $(BENCH_SECONDS),--seconds $(BENCH_SECONDS)) \
		$(BENCH_SIZE_OPTIONS)

# Words that mean several things, or nothing, without locales/lexicon/shared.tsv saying so.
words: $(BUILD)/smsctl
	$(call say,CHECK,words)
	$(Q)$(BUILD)/smsctl lexicon lint --lexicon locales/lexicon >$(BUILD)/words.txt || { grep undeclared $(BUILD)/words.txt; exit 1; }

# ---- fuzzers --------------------------------------------------------------------------------------------------------

# Sanitizers of their own, whatever SAN says; a crash is kept in tests/fuzz/corpus/<name>/ and every run starts there.
FUZZ_FLAGS := -std=gnu11 -D_GNU_SOURCE -I. -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all
FUZZ_ALL := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(FUZZ_SRC))
FUZZERS := $(if $(FUZZ),$(FUZZ:%=build/fuzz/%),$(FUZZ_ALL))
FUZZ_OBJ := $(patsubst %.c,build/fuzz/obj/%.o,$(PARSERS_SRC))
build/fuzz/obj/%.o: %.c | $(BUILD)/toolchain
	$(call say,FUZZ CC,$<)
	@mkdir -p $(@D)
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link,address,undefined $(PKG_CFLAGS) -MMD -MP -c -o $@ $<
build/fuzz/libparsers.a: $(FUZZ_OBJ)
$(FUZZ_ALL): build/fuzz/%: build/fuzz/obj/tests/fuzz/%.o build/fuzz/libparsers.a
	$(call say,FUZZ LD,$@)
	$(Q)clang -fsanitize=fuzzer,address,undefined -o $@ $^ $(call pkg,--libs,$(PKGS_PARSERS))

# Words of the lexicon and texts of the corpus, for the fuzzers to begin with.
build/fuzz/words: tests/fuzz/words.py $(wildcard tests/fuzz/*.dict locales/lexicon/*.tsv tests/corpus/*.tsv)
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(Q)/usr/bin/python3 -B tests/fuzz/words.py $(@D)
	@touch $@

fuzz: $(FUZZERS) build/fuzz/words
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run.sh $(FUZZERS)

# The inputs that are kept, given to the fuzzers as plain programs: quick, so a part of `make check`.
REPLAYS := $(patsubst tests/fuzz/%.c,$(BUILD)/replay/%,$(FUZZ_SRC))
$(REPLAYS): $(BUILD)/replay/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/replay/main.o $(BUILD)/libparsers.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_PARSERS))

replay: $(REPLAYS)
	$(call say,TEST,replay)
	$(Q)sh tests/fuzz/replay/run.sh $(REPLAYS)

# ---- live tests, the whole, and the demonstration -------------------------------------------------------------------

live: all
	$(Q)BUILD=$(BUILD) LINK=$(LINK) /usr/bin/python3 -B -m pytest -q -p no:cacheprovider tests/live $(PYTEST)

# Over both links at once, as test runs them, and the fuzzers behind them: each waits for its servers most of the time.
live-http live-box: live-%: all
	@$(MAKE) --no-print-directory live LINK=$*

# The kill matrix (tests/torture). The faults are linked around the daemon's own objects: nothing of them is in what is shipped.
ROUNDS ?= 100
SEED ?= 1
INSTANCES ?= 1
torture = BUILD=$(BUILD) /usr/bin/python3 -B tests/torture/torture.py --seed '$(SEED)'
torture: all
	$(Q)$(torture) --rounds $(ROUNDS) --link $(LINK) --instances $(INSTANCES)

PLANTS := ack_early no_dedup send_again
PLANTED := $(PLANTS:%=$(BUILD)/torture/smsd-%)
plant_ack_early := box_in_take
plant_no_dedup := batch_open
plant_send_again := outbox_reclaim
$(PLANTED): $(BUILD)/torture/smsd-%: $(BUILD)/obj/smsd/main.o $(BUILD)/obj/tests/torture/plants/%.o \
		$(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -Wl,--wrap=$(plant_$*) -o $@ $^ $(call pkg,--libs,$(PKGS_SMSD)) $(GW_LIBS_SMSD)

JUDGE_ROUNDS ?= 20
judge_ack_early := acknowledged texts lost
judge_no_dedup := effects doubled
judge_send_again := uncertain alerts sent again
torture-judge: all $(PLANTS:%=torture-judge-%)
$(PLANTS:%=torture-judge-%): torture-judge-%: all $(BUILD)/torture/smsd-%
	$(Q)$(torture) --rounds $(JUDGE_ROUNDS) --link box --smsd $(BUILD)/torture/smsd-$* --must-fail '$(judge_$*)'

# Packages may be missing until `deps` has run, so the rest is left to a second make.
test:
	@sh tests/deps/install.sh build run test </dev/null
	@$(MAKE) --no-print-directory -j$$(nproc) all unit-programs </dev/null
	@$(MAKE) --no-print-directory layers unit replay corpus
	@$(MAKE) --no-print-directory -j3 --output-sync=target $(if $(SAN),,fuzz) live-http live-box

run:
	@sh tests/deps/install.sh build run </dev/null
	@$(MAKE) --no-print-directory all </dev/null
	$(Q)BUILD=$(BUILD) LINK=$(LINK) /usr/bin/python3 -B tests/stack/run.py

deps:
	@sh tests/deps/install.sh build run test lint </dev/null

bare:
	$(Q)bash tests/bare/bare.sh

# ---- checks ---------------------------------------------------------------------------------------------------------

check: layers headers spdx lunar shell man units alarms cppcheck tidy unit replay corpus words

layers: $(BUILD)/libparsers.a $(BUILD)/smsd $(BUILD)/smsctl
	$(call say,CHECK,layers)
	$(Q)/usr/bin/python3 -B tests/check/layers.py $(if $(SAN),,$^)

headers: $(BUILD)/gen/queries.h | $(BUILD)/toolchain
	$(call say,CHECK,headers)
	$(Q)sh tests/check/headers.sh $(COMPILE)

spdx:
	$(call say,CHECK,spdx)
	$(Q)/usr/bin/python3 -B tests/check/spdx.py

# The table of the lunar calendar against the sky.
lunar:
	$(call say,CHECK,lunar)
	$(Q)/usr/bin/python3 -B tests/check/lunar.py

shell:
	$(call say,CHECK,shell)
	$(Q)find .ci tests -type f \( -name '*.sh' -o -name run \) -exec shellcheck {} +

# Nothing that the programs take is missing in a page, and the pages are good mdoc.
man: $(MAN)
	$(call say,CHECK,man)
	$(Q)/usr/bin/python3 -B tests/check/man.py $(BUILD)/man
	$(Q)mandoc -T lint -W warning $(MAN)

alarms:
	$(call say,CHECK,alarms)
	$(Q)/usr/bin/python3 -B tests/check/alarms.py

units: $(BUILD)/smsd $(BUILD)/smsctl
	$(call say,CHECK,units)
	$(Q)sh tests/check/units.sh $(BUILD)

# Told apart from what cppcheck 2.10 cannot read: statement expressions in macros, a foreach of jansson's, and outputs that a
# function fills through a pointer.
cppcheck:
	$(call say,CHECK,cppcheck)
	@mkdir -p $(BUILD)/cppcheck
	$(Q)cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --std=c11 \
		--suppress=missingIncludeSystem --suppress=internalAstError --suppress=unknownMacro --suppress=uninitvar --suppress=ctuuninitvar \
		--cppcheck-build-dir=$(BUILD)/cppcheck -D_GNU_SOURCE -I. $(C_SRC)

tidy: $(patsubst %.c,$(BUILD)/tidy/%.ok,$(C_SRC))
$(BUILD)/tidy/%.ok: %.c $(BUILD)/obj/%.o .clang-tidy
	$(call say,TIDY,$<)
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- $(CPPFLAGS) $(PKG_CFLAGS) $(GW_CFLAGS) -std=gnu11 2>$@.err || { cat $@.err; exit 1; }
	@touch $@

# The paths are quoted for JSON's sake only; the shell's own quoting is not needed, as no name has a space below here.
compile_commands.json:
	$(call say,GEN,$@)
	$(Q){ printf '['; sep=; for f in $(C_SRC) $(UNIT_SRC); do \
		printf '%s\n{"directory": "%s", "file": "%s", "command": "%s -c %s"}' "$$sep" "$$PWD" "$$f" '$(COMPILE)' "$$f"; sep=,; \
	done; printf '\n]\n'; } >$@

# ---- install --------------------------------------------------------------------------------------------------------

share = $(DESTDIR)$(prefix)/share
systemd = $(DESTDIR)$(prefix)/lib/systemd
install: all $(MAN)
	install -d "$(DESTDIR)$(prefix)/sbin" "$(DESTDIR)$(prefix)/bin" "$(share)/chonoi/locales/lexicon" \
		"$(share)/chonoi/db" "$(share)/doc/chonoi/examples" "$(share)/bash-completion/completions" \
		"$(share)/man/man5" "$(share)/man/man8" "$(systemd)/system" "$(systemd)/../sysusers.d" "$(systemd)/../tmpfiles.d"
	install -m 755 $(BUILD)/smsd "$(DESTDIR)$(prefix)/sbin/"
	install -m 755 $(BUILD)/smsctl "$(DESTDIR)$(prefix)/bin/"
	install -m 644 $(LOCALES) "$(share)/chonoi/locales/"
	install -m 644 locales/lexicon/*.tsv "$(share)/chonoi/locales/lexicon/"
	install -m 644 db/roles.sql "$(share)/chonoi/db/"
	install -m 644 smsd/etc/*.conf smsd/etc/prometheus/chonoi.rules.yml "$(share)/doc/chonoi/examples/"
	install -m 644 README.md OPERATING.md SECURITY.md ARCHITECTURE.md "$(share)/doc/chonoi/"
	sed -i 's|^dir = .*|dir = $(prefix)/share/chonoi/locales|' "$(share)/doc/chonoi/examples/smsd.conf"
	install -m 644 $(filter %.5,$(MAN)) "$(share)/man/man5/"
	install -m 644 $(filter %.8,$(MAN)) "$(share)/man/man8/"
	install -m 644 smsd/etc/systemd/*.service smsd/etc/systemd/*.timer "$(systemd)/system/"
	sed -i 's|/usr/local/|$(prefix)/|' "$(systemd)/system/"smsd.service "$(systemd)/system/"chonoi-*
	install -m 644 smsd/etc/systemd/sysusers.conf "$(systemd)/../sysusers.d/chonoi.conf"
	install -m 644 smsd/etc/systemd/tmpfiles.conf "$(systemd)/../tmpfiles.d/chonoi.conf"
	install -m 644 smsd/ctl/smsctl.bash "$(share)/bash-completion/completions/smsctl"

# Root's PostgreSQL may have its data elsewhere, behind links (tests/stack/postgres.py). What runs is not removed: a
# stack holds the lock of its folder.
clean:
	$(Q)sh tests/stack/remove.sh build build/live/* build/*/live/* build/bench/stack build/*/bench/stack \
		build/bench/size/* build/*/bench/size/* build/bench/market-db build/*/bench/market-db \
		build/torture/run-* build/*/torture/run-*
	rm -f compile_commands.json

purge: clean
	$(Q)sh tests/stack/remove.sh var var

-include $(shell find $(BUILD)/obj build/fuzz/obj -name '*.d' 2>/dev/null)
.PHONY: all unit corpus words exam bench bench-market bench-broadcast bench-size bench-soak bench-ussd bench-latency bench-read profile-read valgrind valgrind-unit valgrind-live fuzz live live-http live-box test run deps bare check layers headers spdx lunar shell man units alarms cppcheck tidy \
	install clean purge unit-programs torture torture-judge $(PLANTS:%=torture-judge-%) \
	compile_commands.json
