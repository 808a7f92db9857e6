# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL that is there, and cannot. Nothing is lost or done twice, the log says what it was, and all goes on by itself when it
is over. (One that is gone: test_outages.py.)"""
import contextlib

import pytest

from stack.offers import answered, assert_each_exactly_once, offers, post
from stack.process import wait_for
from stack.smsd import DAEMON, DATABASE

LATER = 'smsd_mo_answered_total{answer="later"}'
MEGABYTE = 1 << 20

# Texts of nobody: large ones, then small ones for the room that is left between them.
BALLAST = """
    INSERT INTO inbound (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome, answered_at)
    SELECT nextval('message_ids'), now(), 'ballast', 0, '8055', 'sms', repeat('x', :'octets'::int), 'help', 'sure', now()
      FROM generate_series(1, :'rows'::int)"""
NO_BALLAST = "DELETE FROM inbound WHERE kannel_id = 'ballast'; VACUUM inbound"


@pytest.fixture(autouse=True)
def unharmed(stack):
    """Whatever it was: smsd serves on, and nothing was laid aside."""
    yield
    wait_for("smsd to be healthy again", lambda: stack.smsd.http("/healthz").status == 200)
    assert stack.rows("SELECT count(*) FROM dead_letter") == [("0",)]


@pytest.fixture
def big_tables(stack):
    """inbound is larger than a segment of WAL, so that a limit between the two leaves the server alive."""
    stack.rows(BALLAST, rows=18_000, octets=1000)
    stack.rows(BALLAST, rows=18_000, octets=10)
    yield
    stack.rows(NO_BALLAST)


@pytest.mark.usefixtures("big_tables")
def test_the_disk_is_full(stack, farmers, counted, logged):
    numbers = farmers(10)
    mark = stack.phone.mark()
    with stack.postgres.full_disk(16 * MEGABYTE):
        post(stack, offers(numbers, 10))
        wait_for("smsd to say come again", lambda: counted(LATER) > 10)
        wait_for("the log to say why", lambda: logged("batch.failed", "could not extend file"))
    assert_each_exactly_once(stack, mark, numbers, 10)


@pytest.mark.parametrize("connections", [0, 1])
def test_no_connection_is_left(stack, farmers, counted, logged, connections):
    numbers = farmers(10)
    mark = stack.phone.mark()
    with stack.postgres.altered(DAEMON, f"CONNECTION LIMIT {connections}", "CONNECTION LIMIT -1"):
        post(stack, offers(numbers, 3))
        wait_for("smsd to say come again", lambda: counted(LATER) > 10)
        wait_for("the log to say why", lambda: logged("database.away", "too many connections"))
    assert_each_exactly_once(stack, mark, numbers, 3)


@contextlib.contextmanager
def impatient(stack, time):
    """smsd, started anew, waits no longer than 300 ms for what `time` says."""
    stack.postgres.sql(f"ALTER ROLE {DAEMON} SET {time} = '300ms'")
    stack.restart_smsd()
    try:
        yield
    finally:
        stack.postgres.sql(f"ALTER ROLE {DAEMON} RESET {time}")
        stack.restart_smsd()


@pytest.fixture
def short_locks(stack):
    with impatient(stack, "lock_timeout"):
        yield


@pytest.mark.usefixtures("short_locks")
def test_one_person_is_locked_and_the_others_are_served(stack, farmers, counted, logged):
    """By a session that somebody forgot, say. All texts come while the lock stands."""
    locked, *others = farmers(21)
    mark = stack.phone.mark()
    with stack.postgres.transaction(DATABASE) as say:
        say("SELECT 'held ' || id FROM people WHERE msisdn = :'number' FOR UPDATE", number=locked)
        post(stack, offers([locked, *others], 2))
        wait_for("the others' answers", lambda: answered(stack, mark, others) == 40)
        wait_for("the locked one to be told to come again", lambda: counted(LATER) > 0)
        assert answered(stack, mark, [locked]) == 0
        assert logged("batch.failed", "55P03")
    assert_each_exactly_once(stack, mark, [locked, *others], 2)


@pytest.fixture(params=[("lock_timeout", "55P03"), ("statement_timeout", "57014")], ids=lambda param: param[0])
def short(request, stack):
    """The SQLSTATE of what then fails."""
    with impatient(stack, request.param[0]):
        yield request.param[1]


def test_a_table_is_locked(stack, short, farmers, counted, logged):
    """By a migration, say; to a statement that is no other than a slow disk."""
    numbers = farmers(10)
    mark = stack.phone.mark()
    with stack.postgres.transaction(DATABASE) as say:
        say("LOCK TABLE listings IN ACCESS EXCLUSIVE MODE; SELECT 'held'")
        post(stack, offers(numbers, 3))
        wait_for("smsd to say come again", lambda: counted(LATER) > 0)
        assert logged("batch.failed", short) and answered(stack, mark, numbers) == 0
    assert_each_exactly_once(stack, mark, numbers, 3)


def test_the_database_says_nothing(stack, farmers):
    """Its disk hangs. Texts wait with smsd, as nobody knows what became of them."""
    numbers = farmers(10)
    mark = stack.phone.mark()
    with stack.postgres.hung(DAEMON):
        names = [stack.phone.post(text, number) for number, text in offers(numbers, 1)]
        for name in names:
            stack.phone.wait_acked(name, mark)
        wait_for("texts to wait", lambda: stack.smsd.metrics()[f"smsd_{stack.link}_envelopes"] > 0)
    assert_each_exactly_once(stack, mark, numbers, 1)
