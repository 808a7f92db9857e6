#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: run.sh TEST...
# Runs each test program, as many at a time as there are processors; a quiet one line for what passes, everything it said for
# what fails. RUNNER goes before each.
set -u

if [ "${1:-}" = --one ]; then
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # shellcheck disable=SC2086 # RUNNER is a command with its arguments
    if ${RUNNER:-} "$2" >"$log" 2>&1; then
        count=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log")
        printf '  %-8s%s (%s)\n' PASS "${2##*/unit/}" "${count:-0}"
    else
        { cat "$log"; printf '  %-8s%s\n' FAIL "$2"; } >"$log.said"
        cat "$log.said" # in one piece: others speak too
        rm -f "$log.said"
    fi
    exit 0
fi

said=$(mktemp)
trap 'rm -f "$said"' EXIT
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" sh "$0" --one | tee "$said"
passed=$(sed -n 's/^  PASS    .* (\([0-9]*\))$/\1/p' "$said" | awk '{ n += $1 } END { print n + 0 }')
well=$(grep -c '^  PASS    ' "$said")
failed=$(($# - well))
printf '[  PASSED  ] %d unit tests in %d programs, %d programs failed\n' "$passed" "$well" "$failed"
[ "$failed" -eq 0 ]
