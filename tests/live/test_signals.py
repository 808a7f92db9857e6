# SPDX-License-Identifier: Apache-2.0
"""Reload and stop, as an administrator asks for them."""
import signal
import subprocess
import threading
import uuid

import pytest

from stack.process import wait_for
from stack.smsd import DATABASE
from stack.template import fill


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


@pytest.fixture
def locked(stack, farmer):
    """A number whose person another transaction holds: what it texts cannot be done."""
    with stack.postgres.transaction(DATABASE) as say:
        say("SELECT 'held ' || id FROM people WHERE msisdn = :'number' FOR UPDATE", number=farmer)
        yield farmer


def test_a_second_term_does_not_wait(second, locked):
    """A text is under way that cannot be done, as its person is locked: the first TERM waits for it, the second does not."""
    text = threading.Thread(target=second.mo, args=("gia lua om18", locked, str(uuid.uuid4())))
    text.start()
    wait_for("the text to be under way", lambda: second.metrics()["smsd_http_envelopes"] == 1)
    second.child.send_signal(signal.SIGTERM)
    wait_for("it to drain", lambda: second.http("/healthz").status == 503)
    assert second.metrics()["smsd_http_envelopes"] == 1 and second.child.is_alive()
    second.child.send_signal(signal.SIGTERM)
    assert second.child.wait(2) == 1
    text.join()


def test_the_configuration_is_checked_before_it_is_used(second):
    program = str(second.build / "smsd")
    assert subprocess.run([program, "--check-config", "-c", second.conf], capture_output=True, check=False).returncode == 0
    second.conf.write_text("[http]\nport = 99999\n", "utf-8")
    done = subprocess.run([program, "--check-config", "-c", second.conf], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "port" in done.stderr


@pytest.mark.parametrize("name, value, word", [
    (("http", "listen"), "localhost", "listen"), (("kannel", "sendsms_url"), "rubbish", "sendsms_url"),
    (("locales", "dir"), "/nonexistent", "vi.mo")])
def test_a_configuration_that_could_not_start_is_not_good(second, name, value, word):
    second.conf.write_text(fill(second.conf.read_text("utf-8"), {name: value}), "utf-8")
    done = subprocess.run([str(second.build / "smsd"), "--check-config", "-c", second.conf], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 1 and word in done.stderr
