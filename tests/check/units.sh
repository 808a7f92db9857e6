#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: units.sh BUILD
# The systemd units: nothing in them is unknown or missing, and each service's exposure is under 2 (of 10), as
# `systemd-analyze security` counts it.
set -eu
build=$(cd "$1" && pwd)
units=$build/units
rm -rf "$units"
mkdir -p "$units/root/etc"
for unit in smsd/etc/systemd/*.service smsd/etc/systemd/*.timer; do
    sed "s|/usr/local/s\?bin/|$build/|" "$unit" >"$units/${unit##*/}"
done

systemd-analyze verify --man=no "$units"/*.service "$units"/*.timer 2>"$units/verify" || true
if [ -s "$units/verify" ]; then
    cat "$units/verify" >&2
    exit 1
fi
for unit in "$units"/*.service; do
    systemd-analyze security --no-pager --offline=true --threshold=19 "$unit" >"$units/security" && continue
    cat "$units/security" >&2
    exit 1
done

# Users and folders, made for a root of our own; chown is root's.
systemd-sysusers --root="$units/root" "$PWD/smsd/etc/systemd/sysusers.conf" 2>/dev/null
grep -q '^chonoi:.*:/usr/sbin/nologin$' "$units/root/etc/passwd"
if [ "$(id -u)" -eq 0 ]; then
    echo 'kannel:x:900:900::/:/usr/sbin/nologin' >>"$units/root/etc/passwd"
    systemd-tmpfiles --root="$units/root" --create "$PWD/smsd/etc/systemd/tmpfiles.conf"
    test "$(stat -c %a "$units/root/etc/chonoi" "$units/root/var/spool/kannel/store" | tr '\n' ' ')" = '750 700 '
fi
