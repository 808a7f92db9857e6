# SPDX-License-Identifier: Apache-2.0
"""Kannel that has no room, and an SMSC that is slow or says everything twice."""
import collections
import contextlib

import pytest

from stack.offers import answered, assert_each_exactly_once, assert_none_twice, offers, post
from stack.process import wait_for

ESME_RMSGQFUL = 0x14  # SMPP 3.4 §5.1.3

INBOUND = """
    SELECT count(*) FROM inbound i JOIN people p ON p.id = i.person_id
     WHERE p.msisdn = ANY (string_to_array(:'numbers', ','))"""
LISTINGS = "SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'"


@pytest.fixture(scope="module")
def small_queues(stack):
    """What is with its box is not in its queue, so that has to be small too."""
    stack.kannel.options = {("core", key): 5 for key in ("sms-incoming-queue-limit", "sms-outgoing-queue-limit", "smsbox-max-pending")}
    stack.restart_kannel()
    yield
    stack.kannel.options = {}
    stack.restart_kannel()


@contextlib.contextmanager
def refusing(stack):
    """As long as the block, the SMSC says that its queue is full; bearerbox tries again (sms-resend-freq)."""
    stack.phone.command("resp", status=ESME_RMSGQFUL, count=1_000_000)
    try:
        yield
    finally:
        stack.phone.command("resp", status=ESME_RMSGQFUL, count=1)


@contextlib.contextmanager
def silent(stack):
    """As long as the block, the SMSC answers nothing; it has texts of its own on the way, up to its window of 10."""
    stack.phone.command("pause")
    try:
        yield
    finally:
        stack.phone.command("resume")


def are_stored(stack, numbers, count):
    return stack.rows(INBOUND, numbers=",".join(numbers)) == [(str(count),)]


def test_the_smsc_answers_late(stack, farmers):
    """Nothing of ours waits for it but what goes out."""
    numbers = farmers(8)
    mark = stack.phone.mark()
    with silent(stack):
        post(stack, offers(numbers, 1))
        wait_for("all texts to be stored", lambda: are_stored(stack, numbers, 8))
        assert answered(stack, mark, numbers) == 0
    assert_each_exactly_once(stack, mark, numbers, 1)


# -- an SMSC that brings every text twice, each time as a new one

def test_every_offer_comes_twice_at_once(stack, farmers, counted):
    """The second gets the first one's answer, in the same batch or later."""
    numbers = farmers(20)
    mark = stack.phone.mark()
    post(stack, [twin for offer in offers(numbers, 1) for twin in (offer, offer)])
    wait_for("all answers", lambda: answered(stack, mark, numbers) == 40)
    texts = collections.Counter((mt["to"], mt["text"]) for mt in stack.phone.since(mark, "mt"))
    assert len(texts) == 20 and set(texts.values()) == {2}
    assert [stack.rows(LISTINGS, number=number) for number in numbers] == [[("1",)]] * 20
    assert counted('smsd_mo_duplicate_total{by="content"}') == 20


def test_a_conversation_comes_twice_text_by_text(stack, farmer):
    """What answered a question, and comes again, closes none that it opened."""
    for text in ("ban lua om18 2 tan", "8500", "cau ke", "gia lua om18", "ban tom the 3 ta 90 cau ke"):
        assert stack.phone.send(text, farmer)["text"] == stack.phone.send(text, farmer)["text"]
    assert stack.rows(LISTINGS, number=farmer) == [("2",)]


# -- bearerbox has no room; last, as it is started anew for these

def assert_all_but_what_smsbox_drops(stack, mark, numbers):
    """It hears that bearerbox has no room for an answer, and forgets the answer; its text stands. Nobody tells smsd."""
    wait_for("all texts to be stored", lambda: are_stored(stack, numbers, 2 * len(numbers)))
    if stack.link == "box":
        assert_each_exactly_once(stack, mark, numbers, 2)
    else:
        assert_none_twice(stack, mark, numbers)


@pytest.mark.usefixtures("small_queues")
def test_the_outgoing_queue_is_full(stack, farmers, counted):
    """As the SMSC takes nothing. The answers wait in the outbox, and go when there is room."""
    numbers = farmers(20)
    mark = stack.phone.mark()
    with refusing(stack):
        post(stack, offers(numbers, 2))
        wait_for("all texts to be stored", lambda: are_stored(stack, numbers, 40))
    assert_all_but_what_smsbox_drops(stack, mark, numbers)
    assert stack.link == "http" or counted('smsd_box_verdicts_total{verdict="later"}') > 0


@pytest.mark.usefixtures("small_queues")
def test_the_incoming_queue_is_full(stack, farmers):
    """As smsd is away. The SMSC keeps its texts."""
    numbers = farmers(20)
    mark = stack.phone.mark()
    stack.smsd.stop()
    try:
        post(stack, offers(numbers, 2))
        if stack.link == "box":  # smsbox may take texts as fast as they come, and then there is room
            stack.phone.wait_event("Kannel to tell the SMSC to keep its texts", lambda event: event["ev"] == "requeued", mark)
    finally:
        stack.smsd.start()
    assert_all_but_what_smsbox_drops(stack, mark, numbers)
