#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Usage: make bare            (as root; needs debootstrap and the Debian mirror)
#        BARE_TEST=yes        also make test, once by each user: about ten minutes each, less with FUZZ_SECONDS=3
#        BARE_DIR=...         where the two systems go; default a fresh folder under /var/tmp, removed at the end
#        BARE_MIRROR=...      the mirror for debootstrap; default the one apt uses here
#
# Proves what the README says: on a bare Debian 12 with git and make, `make run` and `make test` are all one types. Twice in
# a row, as root and as an ordinary user with sudo (each on a system of its own), from a folder with a space in its path.
# What is tried is HEAD; the machine's apt settings go along, so that its mirror or proxy is found.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || { echo "make bare needs root: it makes a chroot" >&2; exit 1; }
dir=${BARE_DIR:-$(mktemp -d /var/tmp/chonoi-bare-XXXXXX)}
# shellcheck disable=SC2016 # apt's own placeholder
mirror=${BARE_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | sort -u | grep -v security | head -n 1)}
mkdir -p "$dir"
chmod 755 "$dir"

let_go() {
    local point
    for point in "$dir"/{root,user}/{dev,proc}; do
        if mountpoint -q "$point"; then umount -R -l "$point"; fi
    done
    if [ -z "${BARE_DIR:-}" ]; then rm -rf --one-file-system "$dir"; fi
}
trap let_go EXIT

make_base() {
    [ -e "$dir/base/made" ] && return 0
    echo "== debootstrap"
    debootstrap --variant=minbase --include=git,make,ca-certificates,sudo bookworm "$dir/base" "$mirror" >"$dir/debootstrap.log"
    cp -aL /etc/resolv.conf /etc/hosts "$dir/base/etc/"
    rm -f "$dir/base/etc/apt/sources.list"
    cp -a /etc/apt/sources.list.d/debian.sources "$dir/base/etc/apt/sources.list.d/" 2>/dev/null ||
        cp -a /etc/apt/sources.list "$dir/base/etc/apt/"
    grep -l Acquire /etc/apt/apt.conf.d/* | xargs -r -I {} cp -a {} "$dir/base/etc/apt/apt.conf.d/"
    touch "$dir/base/made"
}

# make_system NAME USER: a system of its own with a clone in the user's home.
make_system() {
    local system=$dir/$1
    rm -rf --one-file-system "$system"
    cp -a "$dir/base" "$system"
    mount -t proc proc "$system/proc"
    mount --rbind /dev "$system/dev"
    mount --make-rslave "$system/dev"
    chroot "$system" useradd -m -s /bin/bash farmer
    echo 'farmer ALL=(ALL) NOPASSWD: ALL' >"$system/etc/sudoers.d/farmer"
    local home
    home=$(chroot "$system" sh -c "echo ~$2")
    git clone -q . "$system$home/cho noi"
    chroot "$system" chown -R "$2:" "$home/cho noi"
}

# inside NAME USER COMMAND: runs it in the clone.
inside() {
    local home
    home=$(chroot "$dir/$1" sh -c "echo ~$2")
    chroot "$dir/$1" /usr/bin/env -i HOME="$home" USER="$2" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
        setpriv --reuid="$2" --regid="$2" --init-groups sh -c "cd ~/'cho noi' && $3"
}

expect() {
    grep -qF -- "$2" "$1" || { echo "not there: $2" >&2; cat "$1" >&2; exit 1; }
}

two_commands() {
    local out=$dir/$1.out round
    for round in 1 2; do
        echo "== $2, make run, time $round"
        inside "$1" "$2" "printf 'gia lua om18\nban lua om18 $((round + 1)) tan 8500 cau ke\n' | make run" 2>&1 | tee "$out"
        expect "$out" 8.500
        expect "$out" HUY
    done
    echo "== $2, make run without anything to read"
    inside "$1" "$2" "make run </dev/null" 2>&1 | tee "$out"
    expect "$out" "That was a demonstration"
    if [ -n "${BARE_TEST:-}" ]; then
        echo "== $2, make test"
        inside "$1" "$2" "make test FUZZ_SECONDS=${FUZZ_SECONDS:-60}"
    fi
    local left
    left=$(chroot "$dir/$1" sh -c 'ls -d /usr/sbin/policy-rc.d /etc/postgresql/*/* /etc/postgresql-common/*.before-chonoi' \
        2>/dev/null || true) # it fails for each that is not there, which is as it should be
    [ -z "$left" ] || { echo "the installation left something behind: $left" >&2; exit 1; }
}

make_base
make_system root root
two_commands root root
make_system user farmer
two_commands user farmer
echo "[  PASSED  ] bare Debian 12, as root and as an ordinary user"
