#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: FUZZ_SECONDS=60 run.sh FUZZER...
# Runs the fuzzers FUZZ_SECONDS each, four at a time a processor, behind whatever else the machine does:
# make test runs them beside the live tests.
# Every run starts from the inputs of tests/fuzz/corpus/NAME (past crashes among them) and, for fuzzers of the reading,
# from the texts of build/fuzz/seeds/NAME; its words are those of build/fuzz/NAME.dict, which words.py makes of the lexicon,
# or of tests/fuzz/NAME.dict. What a run finds on its way goes to build/fuzz/corpus, and an input that crashes to
# build/fuzz/NAME-crash-... The reading's own bound is on processor time; -timeout is for what never ends, as a minute of a
# clock on the wall may be a busy machine's.
set -eu

if [ "${1:-}" = --one ]; then
    fuzzer=$2
    name=${fuzzer##*/}
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    set -- -max_total_time="$FUZZ_SECONDS" -max_len=2048 -timeout=60 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$name-"
    for dict in "build/fuzz/$name.dict" "tests/fuzz/$name.dict"; do
        [ -f "$dict" ] && set -- "$@" -dict="$dict" && break
    done
    set -- "$@" "$found"
    for start in "tests/fuzz/corpus/$name" "build/fuzz/seeds/$name"; do
        [ -d "$start" ] && set -- "$@" "$start"
    done
    if "$fuzzer" "$@" >"build/fuzz/$name.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log")
        printf '  %-8s%s: %s inputs in %s s\n' PASS "$name" "${runs:-?}" "$FUZZ_SECONDS"
        exit 0
    fi
    tail -n 40 "build/fuzz/$name.log"
    printf '  %-8s%s: the input is build/fuzz/%s-*, the log build/fuzz/%s.log\n' FAIL "$name" "$name" "$name"
    exit 1
fi

[ $# -gt 0 ] || exit 0
if printf '%s\n' "$@" | nice -n 19 xargs -P "$(($(nproc) * 4))" -n 1 sh "$0" --one; then
    echo "[  PASSED  ] $# fuzzers"
else
    echo "[  FAILED  ] some of $# fuzzers"
    exit 1
fi
