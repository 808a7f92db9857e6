# SPDX-License-Identifier: Apache-2.0
"""This machine's clock is set, forward and back, while texts are under way. What counts is the database's, so nothing happens but that
somebody is told."""
import os
import pathlib

import pytest

from stack.offers import assert_each_exactly_once, offers, post
from stack.process import wait_for
from stack.smsd import RUNNER

DAY = 86400
OFFER = "ban lua om18 9 tan 8500 tra cu"
ABOUT_NOW = """
    SELECT count(*), count(*) FILTER (WHERE abs(extract(epoch FROM now() - i.received_at)) < 120),
           count(*) FILTER (WHERE abs(extract(epoch FROM now() - o.created_at)) < 120)
      FROM inbound i JOIN people p ON p.id = i.person_id JOIN outbox o ON o.id = i.answer_id
     WHERE p.msisdn = ANY (string_to_array(:'numbers', ','))"""


@pytest.fixture
def set_clock(stack, tmp_path):
    """set_clock(60) puts smsd's own clock so many seconds ahead of this machine's, at once."""
    library, = pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    ahead = tmp_path / "ahead"

    def step(seconds):
        (tmp_path / "next").write_text(f"{seconds:+d}\n", "ascii")
        os.replace(tmp_path / "next", ahead)

    step(0)
    usual = stack.smsd.runner
    stack.smsd.runner = RUNNER  # the library does more than the service may
    stack.smsd.environment = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(ahead), "FAKETIME_NO_CACHE": "1",
                              "FAKETIME_DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": "verify_asan_link_order=0"}
    stack.restart_smsd()
    yield step
    stack.smsd.runner, stack.smsd.environment = usual, {}
    stack.restart_smsd()


def apart(stack):
    return stack.smsd.metrics()["smsd_clock_apart_seconds"]


def assert_stored_now(stack, numbers, count):
    (rows, received, answered), = stack.rows(ABOUT_NOW, numbers=",".join(numbers))
    assert int(rows) == int(received) == int(answered) == count


def test_the_clock_is_set_forward_and_back(stack, set_clock, farmers, farmer):
    numbers = farmers(5)
    mark = stack.phone.mark()
    first = stack.phone.send(OFFER, farmer)
    for round_, days in enumerate([400, -400, 0]):
        set_clock(days * DAY)
        post(stack, offers(numbers, 2, first=2 + 2 * round_))
        assert stack.phone.send(OFFER, farmer)["text"] == first["text"]
        wait_for("it to be told", lambda days=days: abs(apart(stack) - days * DAY) <= 1)
    assert_each_exactly_once(stack, mark, numbers, 6)
    assert_stored_now(stack, numbers, 30)
    assert stack.smsd.metrics()["smsd_dead_total"] == 0


@pytest.mark.parametrize("seconds", [-20 * 365 * DAY, -7200])
def test_it_starts_with_a_clock_that_was_never_set(stack, set_clock, farmers, seconds):
    """As after a power cut, on a machine without a battery, or with one in local time. The first texts are stored with the database's time too."""
    numbers = farmers(5)
    set_clock(seconds)
    stack.restart_smsd()
    mark = stack.phone.mark()
    post(stack, offers(numbers, 2))
    assert_each_exactly_once(stack, mark, numbers, 2)
    assert_stored_now(stack, numbers, 10)
