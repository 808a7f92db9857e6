# SPDX-License-Identifier: Apache-2.0
"""Parts that go away and come back while texts are under way. Nothing is lost, and nothing is done twice.

What Kannel itself drops, where texts come through it: smsbox acknowledges a text to bearerbox before smsd has answered, so an smsbox that dies takes along
the requests under way, all that wait to be tried again, and the answers it holds. smsbox 1.4.5 does die now and then (a panic in
gwlib's conn_unregister, seen once in some twenty kills) when smsd is killed with requests under way.
"""
import signal

import pytest

from stack.offers import STORED, answered, assert_each_exactly_once, assert_none_twice, offers, post
from stack.process import wait_for


def test_postgres_stops_and_starts_mid_stream(stack, farmers, counted):
    numbers = farmers(10)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 3))
    stack.postgres.stop()
    post(stack, offers(numbers, 2, first=5))
    wait_for("smsd to say come again", lambda: counted('smsd_mo_answered_total{answer="later"}') > 0)
    assert stack.smsd.http("/healthz").status == 503
    stack.postgres.start()
    assert_each_exactly_once(stack, mark, numbers, 5)
    wait_for("smsd to be healthy again", lambda: stack.smsd.http("/healthz").status == 200)


def test_smsd_is_killed_and_restarted(stack, farmers):
    numbers = farmers(10)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 10))
    restarts = stack.kannel.restarts
    wait_for("it to be in the middle of them", lambda: answered(stack, mark, numbers) >= 5)
    stack.smsd.kill()
    stack.smsd.start()
    try:
        assert_each_exactly_once(stack, mark, numbers, 10)
    except AssertionError:
        if stack.link == "box" or stack.kannel.restarts == restarts:
            raise
        assert_none_twice(stack, mark, numbers)
        pytest.xfail("smsbox panicked when its connections broke, and took the texts along that it had acknowledged")


def test_bearerbox_is_killed_and_comes_back(stack, farmers):
    """Its store brings the waiting texts again. smsbox, which ends with it, is started again by the supervisor, and smsd, where
    it is the box, comes back by itself."""
    numbers = farmers(5)
    before = [box.pid for box in stack.kannel.boxes()]
    stack.kannel.bearerbox.kill()
    wait_for("the boxes to be new", lambda: all(box.is_alive() and box.pid not in before for box in stack.kannel.boxes()),
             timeout=60)
    wait_for("the SMSC to be bound again", stack.kannel.is_online)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 2))
    assert_each_exactly_once(stack, mark, numbers, 2)


def test_bearerbox_is_stopped_and_started(stack, farmers, counted):
    """In good order: it asks its boxes to leave, and stops when they have."""
    numbers = farmers(5)
    before = [box.pid for box in stack.kannel.boxes()]
    stack.kannel.bearerbox.send_signal(signal.SIGTERM)
    wait_for("the boxes to be new", lambda: all(box.is_alive() and box.pid not in before for box in stack.kannel.boxes()),
             timeout=60)
    wait_for("the SMSC to be bound again", stack.kannel.is_online)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 2))
    assert_each_exactly_once(stack, mark, numbers, 2)
    if stack.link == "box":
        assert counted('smsd_box_disconnects_total{reason="asked"}') == 1


def test_the_smsc_link_drops(stack, farmers):
    numbers = farmers(5)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 4))
    stack.phone.command("drop")
    wait_for("all answers", lambda: answered(stack, mark, numbers) >= 20, timeout=120)
    assert dict(stack.rows(STORED, numbers=",".join(numbers))) == {number: "4" for number in numbers}


def test_a_drain_leaves_nothing_undone(stack, farmers):
    numbers = farmers(10)
    mark = stack.phone.mark()
    post(stack, offers(numbers, 5))
    wait_for("it to be in the middle of them", lambda: answered(stack, mark, numbers) >= 5)
    assert stack.smsd.stop(signal.SIGTERM) == 0
    stack.smsd.start()
    assert_each_exactly_once(stack, mark, numbers, 5)


ALERTS = """
    INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)
    SELECT nextval('message_ids'), now(), p.id, 'alert', 'queued', '8055', 'bao tin ' || n, 0, 1, now()
      FROM people p, generate_series(1, 60) n WHERE p.msisdn = :'number'"""
CLAIMED = """
    SELECT o.body FROM outbox o JOIN people p ON p.id = o.person_id
     WHERE p.msisdn = :'number' AND o.kind = 'alert' AND o.state = :'state'"""


def test_a_sender_that_dies_holds_only_what_was_going_out(stack, farmer):
    """What it had claimed may have gone out, and an alert is then never sent again."""
    def got():
        return [mt["text"] for mt in stack.phone.since(mark, "mt") if mt["to"].lstrip("+") == farmer]

    mark = stack.phone.mark()
    stack.rows(ALERTS, number=farmer)
    wait_for("more than the second's worth that goes out at once", lambda: len(got()) > 22)
    stack.smsd.kill()
    held = {body for body, in stack.rows(CLAIMED, number=farmer, state="sending")}
    stack.smsd.start()
    assert len(held) < 10
    wait_for("the others", lambda: not stack.rows(CLAIMED, number=farmer, state="queued"))
    wait_for("them all to arrive", lambda: {f"bao tin {n}" for n in range(1, 61)} - held <= set(got()))
    assert len(got()) == len(set(got()))


def test_a_session_that_broke_unnoticed_is_made_again_at_once(stack, farmers, counted):
    """As after a failover, when nobody texted meanwhile: nobody is told to come again."""
    numbers = farmers(10)
    mark = stack.phone.mark()
    for number, text in offers(numbers, 1):
        stack.phone.post(text, number)
    wait_for("all workers to have a session", lambda: answered(stack, mark, numbers) == len(numbers))
    stack.rows("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'smsd-worker'")
    for number, text in offers(numbers, 2)[len(numbers):]:
        stack.phone.post(text, number)
    assert_each_exactly_once(stack, mark, numbers, 2)
    assert (counted("smsd_database_away_total") > 0, counted('smsd_mo_answered_total{answer="later"}')) == (True, 0)
