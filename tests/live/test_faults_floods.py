# SPDX-License-Identifier: Apache-2.0
"""More texts than there should be, from one number and from many. The silent connections of test_bad_input.py are a flood too."""
import re
import pathlib

import pytest

from stack.offers import answered, assert_each_exactly_once, offers, post
from stack.process import wait_for

INBOUND = "SELECT count(*) FROM inbound i JOIN people p ON p.id = i.person_id WHERE p.msisdn = :'number'"
LIMIT = 5


@pytest.fixture
def with_options(stack):
    """with_options({...}) starts smsd with these, by (section, name)."""
    usual = dict(stack.smsd.options)

    def start(options):
        stack.smsd.options = {**usual, **options}
        stack.smsd.write_conf()
        stack.restart_smsd()

    yield start
    start({})


def memory(stack):
    """Of smsd, in kB."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{stack.smsd.child.pid}/status").read_text("ascii"))[1])


def test_one_number_floods(stack, with_options, farmer, farmers):
    """It gets no more answers an hour than the limit, and is told so once. The others are served between its texts."""
    others = farmers(20)
    with_options({("service", "reply_limit"): LIMIT})
    mark = stack.phone.mark()
    post(stack, [(farmer, f"gia lua om18 {n}") for n in range(300)])
    post(stack, offers(others, 2))
    assert_each_exactly_once(stack, mark, others, 2)
    wait_for("the flood to be over", lambda: stack.rows(INBOUND, number=farmer) == [("300",)])
    assert answered(stack, mark, [farmer]) == LIMIT + 1
    assert stack.smsd.metrics()['smsd_mo_guarded_total{guard="replies"}'] == 300 - LIMIT


def test_many_numbers_flood(stack, with_options, farmers):
    """With room for far fewer than come: the rest is told to come again, memory stays what it is, and all are answered."""
    numbers = farmers(200)
    with_options({("inbox", "size"): 64, ("inbox", "workers"): 1})
    before = memory(stack)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 2))
    assert_each_exactly_once(stack, mark, numbers, 2)
    assert memory(stack) - before < 50_000
    if stack.link == "box":  # smsbox brings no more than max-pending-requests at a time
        assert stack.smsd.metrics()['smsd_mo_refused_total{reason="inbox_full"}'] > 0
