#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every file of ours names its licence at its head, and none names a path of somebody's machine."""
import pathlib
import re
import subprocess
import sys

LICENSED = {".c", ".h", ".def", ".py", ".sh", ".sql", ".po", ".bash"}
LICENSED_NAMES = {"Makefile", "run"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:[w]ork|[h]ome/[a-z]\w*|[r]oot)/")


def tracked():
    out = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                         check=True, capture_output=True).stdout.decode()
    return [path for path in map(pathlib.Path, filter(None, out.split("\0"))) if path.is_file()]


def complaints(path):
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return
    head = text.split("\n", 3)[:3]
    if path.suffix in LICENSED or path.name in LICENSED_NAMES:
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            yield f"{path}:1: no SPDX-License-Identifier: Apache-2.0 at the head"
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line):
            yield f"{path}:{number}: a path of one machine"


found = [complaint for path in tracked() for complaint in complaints(path)]
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
