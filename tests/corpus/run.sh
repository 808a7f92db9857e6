#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Reads the texts of a labelled corpus and scores what was read.
#
# usage: BUILD=build run.sh CORPUS.tsv READINGS.jsonl TODAY [option of score.py ...]
#
# The readings are left in READINGS.jsonl, a line a text. Run in the project's folder.
set -eu
corpus=$1 readings=$2 today=$3
shift 3

# The cells below "text", wherever that column stands; score.py skips empty lines too.
texts()
{
    awk -F '\t' '
        FNR == 1 { sub(/^\357\273\277/, ""); for (i = 1; i <= NF; i++) if ($i == "text") at = i; if (!at) exit 1; next }
        length { print $at }' <"$1"
}

[ -r "$corpus" ] || { echo "run.sh: cannot read $corpus" >&2; exit 1; }
texts "$corpus" >"$readings.texts" || { echo "run.sh: $corpus has no column \"text\"" >&2; exit 1; }
"${BUILD:-build}/smsctl" read --lexicon locales/lexicon --today "$today" <"$readings.texts" >"$readings"
rm -f "$readings.texts"
exec /usr/bin/python3 -B tests/corpus/score.py "$corpus" "$readings" --today "$today" "$@"
