#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: headers.sh COMPILER FLAG...
# Every header compiles alone: whoever includes it needs to know nothing else.
set -u
# shellcheck disable=SC2016 # the inner shell expands them
find parsers db smsd tests -name '*.h' | sort |
    xargs -P "$(nproc)" -I {} sh -c 'header=$1; shift
        printf "#include \"%s\"\n" "$header" | "$@" -x c -fsyntax-only - || { echo "$header does not compile alone" >&2; exit 1; }' \
        sh {} "$@"
