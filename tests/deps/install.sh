#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: install.sh GROUP...
# Installs the packages of packages.txt that belong to the groups and are missing: as root, or through sudo. Does
# nothing, and needs no rights, when all are there. Plain POSIX sh: a bare Debian has nothing better.
#
# Debian's kannel and postgresql start services when they are installed, and postgresql makes a cluster. Nobody asked
# for those here, so both are held off while we install, and only where the package was absent before.
set -eu
here=$(dirname "$0")

# --- as root: the installation itself ---------------------------------------------------------------------------------

policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.conf
mark='# Made by chonoi while it installs packages; removed after that.'

# What is ours is known by its mark and its name, not by what this run did: an earlier one may have been killed.
put_back() {
    if grep -qsxF "$mark" "$policy"; then rm -f "$policy"; fi
    rm -f "$cluster.chonoi-new"
    if [ -f "$cluster.before-chonoi" ]; then mv -f "$cluster.before-chonoi" "$cluster"; fi
}

# An administrator's own policy stays, and holds.
hold_services() {
    [ -e "$policy" ] && return 0
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
    chmod 755 "$policy"
}

# postgresql-common brings the file; its main_cluster line is a comment that means true. The copy gets its name when it
# is whole.
hold_cluster() {
    apt-get install -q -y --no-install-recommends postgresql-common
    cp -p "$cluster" "$cluster.chonoi-new"
    mv -n "$cluster.chonoi-new" "$cluster.before-chonoi"
    printf 'create_main_cluster = false\n' >>"$cluster"
}

is_new() {
    case " $missing " in *" $1 "*) return 0 ;; esac
    return 1
}

install_as_root() {
    missing=$*
    export DEBIAN_FRONTEND=noninteractive
    put_back
    trap put_back EXIT
    trap 'exit 130' INT TERM HUP
    apt-get update -q
    if is_new kannel || is_new postgresql; then hold_services; fi
    if is_new postgresql; then hold_cluster; fi
    # shellcheck disable=SC2086 # a list of package names
    apt-get install -q -y --no-install-recommends $missing
}

if [ "${1:-}" = --as-root ]; then
    shift
    install_as_root "$@"
    exit 0
fi

# --- as anyone: what is missing? --------------------------------------------------------------------------------------

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=
while read -r group package; do
    for wanted in "$@"; do
        if [ "$group" = "$wanted" ] && ! is_installed "$package"; then missing="$missing $package"; fi
    done
done <"$here/packages.txt"
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "These are missing, and this is not Debian:$missing" >&2
    exit 1
fi
echo "Installing what is missing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ "$(id -u)" -eq 0 ]; then
    set -- env
elif command -v sudo >/dev/null 2>&1; then
    set -- sudo env
else
    echo "Packages are missing and there is no sudo here. As root, run: make deps" >&2
    exit 1
fi
for name in http_proxy https_proxy no_proxy; do
    eval "value=\${$name:-}"
    [ -n "$value" ] && set -- "$@" "$name=$value"
done
# shellcheck disable=SC2086 # a list of package names
if "$@" sh "$0" --as-root $missing >"$log" 2>&1; then
    exit 0
fi
tail -n 30 "$log" >&2
echo "The installation failed; its last lines are above." >&2
exit 1
