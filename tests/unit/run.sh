#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: run.sh TEST...
# Runs each test program; a quiet one line for what passes, everything it said for what fails. RUNNER goes before each.
set -u
failed=0
passed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for test in "$@"; do
    # shellcheck disable=SC2086 # RUNNER is a command with its arguments
    if ${RUNNER:-} "$test" >"$log" 2>&1; then
        count=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log")
        passed=$((passed + ${count:-0}))
        printf '  %-8s%s (%s)\n' PASS "${test##*/unit/}" "${count:-0}"
    else
        cat "$log"
        printf '  %-8s%s\n' FAIL "$test"
        failed=$((failed + 1))
    fi
done
printf '[  PASSED  ] %d unit tests in %d programs, %d programs failed\n' "$passed" "$(($# - failed))" "$failed"
[ "$failed" -eq 0 ]
