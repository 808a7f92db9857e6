#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: toolchain.sh COMPILER PKG-CONFIG-MODULE...
# Says which of the tools and libraries the build needs are not there.
set -u
compiler=$1
shift

missing=
for tool in "$compiler" pkg-config msgfmt gw-config; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
for module in "$@"; do
    pkg-config --exists "$module" 2>/dev/null || missing="$missing $module"
done
[ -z "$missing" ] && exit 0

echo "missing:$missing" >&2
echo "run: make deps" >&2
exit 1
