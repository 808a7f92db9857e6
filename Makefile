# SPDX-License-Identifier: Apache-2.0
# Chợ Nổi.
#
#   make                build build/smsd and build/smsctl
#   make check          fast: unit tests, layer law, lint
#   make SAN=address,undefined check    the same with sanitizers, built beside
#   make clean
#   V=1                 show whole commands

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := all

SAN ?=
comma := ,
BUILD := build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
CC := gcc
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-8s%s\n' '$(1)' '$(2)')

PKGS_PARSERS := libpcre2-8 libutf8proc inih
PKGS_DB := $(PKGS_PARSERS) libpq
PKGS_SMSD := $(PKGS_DB) libmicrohttpd libcurl jansson libsystemd
pkg = $(shell pkg-config $(1) $(2))

WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 \
	-Wundef -Wvla -Wwrite-strings -Werror
CPPFLAGS += -D_GNU_SOURCE -I. -I$(BUILD)/gen
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=gnu11 $(WARN) $(CFLAGS) -fno-omit-frame-pointer $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all)
ALL_LDFLAGS = $(LDFLAGS) $(if $(SAN),-fsanitize=$(SAN)) -pthread

src = $(sort $(shell find $(1) -name '*.c'))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
PARSERS_OBJ := $(call obj,$(call src,parsers))
DB_OBJ := $(call obj,$(call src,db)) $(BUILD)/obj/gen/queries.o $(BUILD)/obj/gen/migrations.o
CTL_OBJ := $(call obj,$(call src,smsd/ctl))
SMSD_OBJ := $(filter-out $(BUILD)/obj/smsd/main.o $(CTL_OBJ),$(call obj,$(call src,smsd)))

all: $(BUILD)/smsd $(BUILD)/smsctl

$(BUILD)/libparsers.a: $(PARSERS_OBJ)
$(BUILD)/libdb.a: $(DB_OBJ)
$(BUILD)/libsmsd.a: $(SMSD_OBJ)
%.a:
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/smsd: $(BUILD)/obj/smsd/main.o $(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
$(BUILD)/smsctl: $(CTL_OBJ) $(BUILD)/libsmsd.a $(BUILD)/libdb.a $(BUILD)/libparsers.a
$(BUILD)/smsd $(BUILD)/smsctl:
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_SMSD))

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/obj/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Unit tests mirror the source; what a test may link is what its layer may use.
UNIT := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(shell find tests/unit -name 'test_*.c')))
unit_libs = $(if $(filter $(BUILD)/unit/parsers/%,$(1)),PARSERS,$(if $(filter $(BUILD)/unit/db/%,$(1)),DB,SMSD))
UNIT_A_PARSERS := $(BUILD)/libparsers.a
UNIT_A_DB := $(BUILD)/libdb.a $(UNIT_A_PARSERS)
UNIT_A_SMSD := $(BUILD)/libsmsd.a $(UNIT_A_DB)
.SECONDEXPANSION:
$(UNIT): $(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $$(UNIT_A_$$(call unit_libs,$$@))
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pkg,--libs,$(PKGS_$(call unit_libs,$@)) cmocka)

unit: $(UNIT)
	$(Q)for t in $(UNIT); do $$t || exit 1; done

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all unit clean
