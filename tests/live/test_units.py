# SPDX-License-Identifier: Apache-2.0
"""What the systemd units promise, as far as it can be tried where no systemd runs."""
import os
import pathlib
import re
import subprocess
import sys

from stack.process import wait_for
from stack.smsd import DATABASE, OWNER, environment
from stack.stack import ROOT

UNITS = ROOT / "smsd" / "etc" / "systemd"
CONFINED = [sys.executable, str(ROOT / "tests" / "stack" / "confined.py")]


def confined(child):
    status = pathlib.Path(f"/proc/{child.pid}/status").read_text("ascii") if child.is_alive() else ""
    return re.search(r"^Seccomp:\t2$", status, re.M)  # 2: by a filter


def test_all_these_tests_run_under_the_units_system_calls(stack):
    def boxes_confined():
        boxes = [box for box in (stack.kannel.bearerbox, stack.kannel.smsbox) if box]
        return boxes and all(map(confined, boxes))

    wait_for("both boxes to be confined: one may just have been started again", boxes_confined)
    assert confined(stack.smsd.child) or stack.smsd.runner[-1:] != [UNITS / "smsd.service"]


def test_maintenance_needs_no_file_and_no_password_on_its_command_line(stack):
    """As chonoi-maintain.service runs it: the owner's connection string is in its environment."""
    unit = UNITS / "chonoi-maintain.service"
    command = re.search(r"^ExecStart=\S+/smsctl (.*)$", unit.read_text("utf-8"), re.M)[1].split()
    owner = stack.postgres.conninfo(DATABASE, OWNER, stack.smsd.secrets["owner_db"])
    confined = [] if os.environ.get("SAN") else [*CONFINED, str(unit)]
    done = subprocess.run([*confined, str(stack.smsd.build / "smsctl"), *command], capture_output=True, text=True,
                          check=False, env={**environment(), "CHONOI_OWNER_DB": owner})
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_unit_forbids_is_not_allowed_here():
    argv = [*CONFINED, str(UNITS / "smsd.service"), sys.executable, "-c", "import os; os.chroot('/')"]
    done = subprocess.run(argv, check=False)
    assert done.returncode < 0
