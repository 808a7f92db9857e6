#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: remove.sh FOLDER STACK...
# Removes FOLDER with the stacks that stand in it, and the data that links in them lead to. Refuses when one is running.
set -eu
folder=$1
shift

for stack in "$@"; do
    if [ -e "$stack/lock" ] && ! flock -n "$stack/lock" true; then
        echo "$stack is in use: end what runs there first" >&2
        exit 1
    fi
done
for stack in "$@"; do
    for data in "$stack"/*; do
        case $(readlink "$data") in
        /var/tmp/chonoi-pg-*) rm -rf -- "$(readlink "$data")" ;;
        esac
    done
done
rm -rf -- "$folder"
echo "removed $folder"
