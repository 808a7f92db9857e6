# SPDX-License-Identifier: Apache-2.0
"""Child processes, ports and waiting."""
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h


class NotReady(Exception):
    """Something we waited for never came, or died first."""


def wait_for(what, condition, timeout=30.0, every=0.05):
    """Calls condition until it gives something true, and returns that. `what` names it in the error."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise NotReady(f"waited {timeout:g} s for {what}")
        time.sleep(every)


_given = set()


def free_port():
    """A TCP port of 127.0.0.1 that nobody listens on, and that was not given before."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


def is_listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(pid):
    """Processes whose parent this is."""
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []  # it has ended


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def ending_with_us(number):
    """For a child's preexec_fn: it gets this signal when we end, however we end."""
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, number)


class Child:
    """One process of ours. Its output goes to a log; it ends when we end, however we end."""

    def __init__(self, name, argv, log, orphan_signal=signal.SIGTERM, user=None, env=None, cwd=None, **pipes):
        self.name = name
        self.log = pathlib.Path(log)
        with open(self.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            self.process = subprocess.Popen(
                [str(word) for word in argv], stdin=pipes.get("stdin", subprocess.DEVNULL),
                stdout=pipes.get("stdout", out), stderr=out, start_new_session=True, preexec_fn=ending_with_us(orphan_signal),
                umask=0o077, env=env, cwd=cwd, **({"user": user, "group": user, "extra_groups": []} if user else {}))

    @property
    def pid(self):
        return self.process.pid

    def is_alive(self):
        return self.process.poll() is None

    def wait_ready(self, what, condition, timeout=30.0):
        def ready():
            if not self.is_alive():
                raise NotReady(f"{self.name} ended with status {self.process.returncode}; its log: {self.log}")
            return condition()

        try:
            return wait_for(what, ready, timeout)
        except NotReady as error:
            raise NotReady(f"{error}; the log of {self.name}: {self.log}") from None

    def send_signal(self, number):
        if self.is_alive():
            os.kill(self.pid, number)

    def wait(self, timeout=30.0):
        return self.process.wait(timeout)

    def stop(self, number=signal.SIGTERM, timeout=30.0):
        """Asks, waits, and in the end insists. The exit status."""
        self.send_signal(number)
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()
