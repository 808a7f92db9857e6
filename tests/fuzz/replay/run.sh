#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: run.sh REPLAY...
# Gives each fuzzer, linked as a replay, the inputs kept in tests/fuzz/corpus/NAME; quiet unless one fails.
set -eu
inputs=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for replay in "$@"; do
    kept=tests/fuzz/corpus/${replay##*/}
    [ -d "$kept" ] || continue
    if ! "$replay" "$kept"/* >"$log" 2>&1; then
        tail -n 20 "$log"
        printf '  %-8s%s: the input is the last one named above\n' FAIL "$replay"
        exit 1
    fi
    set_size=$(find "$kept" -type f | wc -l)
    inputs=$((inputs + set_size))
done
printf '[  PASSED  ] %d inputs that once failed, or are at the edge\n' "$inputs"
