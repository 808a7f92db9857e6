# SPDX-License-Identifier: Apache-2.0
"""What processes use, out of /proc: processor time between two moments, and memory.

    meter = Meter({"smsd": lambda: [pid]})
    ...
    spent, others = meter.spent()
"""
import os
import pathlib
import time

TICK = os.sysconf("SC_CLK_TCK")
UTIME, STIME, CUTIME, CSTIME = range(11, 15)  # proc(5), counted from the field after the name
IDLE, IOWAIT = 3, 4


def fields(pid):
    return pathlib.Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()


def seconds(pid):
    """Of a process, and of its children that have ended and been waited for."""
    try:
        return sum(int(fields(pid)[at]) for at in (UTIME, STIME, CUTIME, CSTIME)) / TICK
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def children(pid):
    return [int(word) for word in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def machine():
    """Seconds all processors together were busy since they started, less what a hypervisor kept for others."""
    ticks = [int(word) for word in pathlib.Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[IDLE] - ticks[IOWAIT]) / TICK


def rss_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Meter:
    """From its making until it is asked. `processes` gives by name a function that lists pids, which may change."""

    def __init__(self, processes):
        self.processes = processes
        self.began, self.busy, self.before = time.time(), machine(), self._all()

    def _all(self):
        return {name: sum(seconds(pid) for pid in pids()) for name, pids in self.processes.items()}

    def spent(self):
        """Seconds by name, and the share of the machine that went to processes not named."""
        after, busy, took = self._all(), machine() - self.busy, time.time() - self.began
        spent = {name: after[name] - before for name, before in self.before.items()}
        return spent, max(0.0, busy - sum(spent.values())) / (took * (os.cpu_count() or 1))
