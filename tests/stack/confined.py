#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command under the system calls that a systemd unit allows it, where no systemd runs.

Usage: confined.py UNIT COMMAND...

Stricter than the unit, which lets a forbidden call fail: here it ends the process (SIGSYS), so that none goes unseen.
"""
import ctypes
import os
import re
import struct
import subprocess
import sys

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38  # linux/prctl.h
SECCOMP_MODE_FILTER = 2  # linux/seccomp.h
KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06  # linux/bpf_common.h: LD|W|ABS, JMP|JEQ|K, RET|K


def members(name):
    """The system calls of a set of systemd's, @network-io; of a call, itself."""
    if not name.startswith("@"):
        return {name}
    text = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True).stdout
    inside = [line.strip() for line in text.splitlines() if line.startswith("    ") and not line.strip().startswith("#")]
    return set().union(*map(members, inside))


def allowed(unit):
    """Names, as the lines SystemCallFilter= of the unit say one after another."""
    names = set()
    with open(unit, encoding="utf-8") as lines:
        for rule in re.findall(r"^SystemCallFilter=(.*)$", lines.read(), re.M):
            found = set().union(*map(members, rule.lstrip("~").split()))
            names = names - found if rule.startswith("~") else names | found
    return names


def numbers():
    """Of this machine's system calls, by name."""
    text = subprocess.run(["gcc", "-E", "-dM", "-include", "sys/syscall.h", "-x", "c", "/dev/null"], check=True,
                          capture_output=True, text=True).stdout
    return {name: int(number) for name, number in re.findall(r"^#define __NR_(\w+) (\d+)$", text, re.M)}


def program(names):
    """Classic BPF: load the number, and for each that is allowed compare and return."""
    known = numbers()
    code = [struct.pack("=HBBI", LOAD_NUMBER, 0, 0, 0)]
    for number in sorted(known[name] for name in names if name in known):
        code += [struct.pack("=HBBI", JUMP_IF_EQUAL, 0, 1, number), struct.pack("=HBBI", RETURN, 0, 0, ALLOW)]
    return code + [struct.pack("=HBBI", RETURN, 0, 0, KILL_PROCESS)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def confine(unit):
    code = program(allowed(unit))
    libc = ctypes.CDLL(None, use_errno=True)
    given = Program(len(code), b"".join(code))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(given)):
        raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    confine(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
