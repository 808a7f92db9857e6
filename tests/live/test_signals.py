# SPDX-License-Identifier: Apache-2.0
"""Reload and stop, as an administrator asks for them."""
import signal
import socket

import pytest

from stack.process import wait_for


@pytest.fixture
def second(stack):
    """An instance to play with."""
    smsd = stack.new_smsd("smsd-signals")
    smsd.write_conf()
    smsd.start()
    yield smsd
    smsd.stop()


def reloads(smsd, result):
    return smsd.metrics()[f'smsd_reload_total{{result="{result}"}}']


def test_a_bad_configuration_is_not_taken(second):
    good = second.conf.read_text("utf-8")
    second.conf.write_text(good + "\n[inbox]\nbatch = 100000\n", "utf-8")
    second.child.send_signal(signal.SIGHUP)
    wait_for("the reload to be refused", lambda: reloads(second, "failed") == 1)
    assert second.http("/healthz").status == 200
    second.conf.write_text(good, "utf-8")
    done = reloads(second, "ok")
    second.child.send_signal(signal.SIGHUP)
    wait_for("the reload to be done", lambda: reloads(second, "ok") > done)


def test_term_stops_it(second):
    assert second.stop(signal.SIGTERM) == 0


def test_a_second_term_does_not_wait(stack, second):
    """A text is under way that cannot be done, as its person is locked: the first TERM waits for it, the second does not."""
    with socket.create_connection(("127.0.0.1", second.port)) as half:
        half.sendall(b"POST /kannel/mo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
        second.child.send_signal(signal.SIGTERM)
        second.child.send_signal(signal.SIGTERM)
        second.child.wait(10)


def test_the_configuration_is_checked_before_it_is_used(second):
    import subprocess
    program = str(second.build / "smsd")
    assert subprocess.run([program, "--check-config", "-c", second.conf], capture_output=True, check=False).returncode == 0
    second.conf.write_text("[http]\nport = 99999\n", "utf-8")
    done = subprocess.run([program, "--check-config", "-c", second.conf], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "port" in done.stderr
