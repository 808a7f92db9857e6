# SPDX-License-Identifier: Apache-2.0
"""Two smsd on one database, either killed at random while people text: nothing acknowledged is lost, nothing is done twice, and
each answer is the answer to its own text. A hundred rounds, with everything else killed too: make torture INSTANCES=2."""
import sys

import pytest

from conftest import BUILD, LINK, OPTIONS, live_stack
from stack.process import wait_for
from stack.stack import ROOT

sys.path.insert(0, str(ROOT / "tests" / "torture"))

import judge  # noqa: E402
import torture  # noqa: E402

ROUNDS = 4
SEED = 1  # either is killed, and once both at the same time
UNREPORTED = "SELECT count(*) FROM outbox WHERE state <> 'delivered'"


@pytest.fixture(scope="module")
def stack():
    with live_stack(BUILD / "live" / f"{LINK}-instances", options=dict(OPTIONS), instances=2) as running:
        judge.watch(running)
        yield running


def test_either_is_killed(stack):
    kills = torture.Torture(stack, SEED, {"smsd": 1, "smsd2": 1}, alerts=0)
    for number in range(1, ROUNDS + 1):
        print(number, *kills.run(number))
    verdict = judge.Judge(stack, kills.rounds, []).judge()
    assert verdict.wrong == []
    assert {victim for victim, *_ in kills.kills} == {"smsd", "smsd2"}
    if LINK == "box":  # of a smsbox that dies, reports are lost too
        wait_for("every answer to be reported delivered, whichever of the two the report came to",
                 lambda: stack.rows(UNREPORTED) == [("0",)])
