# SPDX-License-Identifier: Apache-2.0
"""Months come and go while texts are answered and somebody reads the tables for long, as a backup does."""
import subprocess
import time

import pytest

from stack.process import wait_for
from stack.smsd import DATABASE, OWNER, environment

MONTHS = ("2020_01", "2020_02")
OLD = f"""
    SET ROLE {OWNER};
    SELECT make_month_partition(parent, month)
      FROM unnest(ARRAY['inbound', 'outbox']) AS parent, unnest(ARRAY['2020-01-01', '2020-02-01']::timestamp[]) AS month;
    INSERT INTO inbound (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome, answered_at)
    SELECT -i, timestamptz '2020-01-02 00:00Z' + i * interval '20 seconds', 'old' || i, 1, '8055', 'sms', 'gia lua om18', 'price', 'sure',
           now()
      FROM generate_series(1, 200000) AS i;
    INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)
    SELECT -i, timestamptz '2020-01-02 00:00Z' + i * interval '20 seconds', 1, 'reply', 'sent', '8055', 'Gia lua OM18', 0, 1, now()
      FROM generate_series(1, 200000) AS i"""
READ = "SELECT count(*) FROM inbound, (SELECT count(*) FROM outbox) AS o(n)"
KEEP = ("maintain", "--keep-months", "24")


@pytest.fixture
def old_months(stack):
    """Big ones, of both tables; what the test leaves of them goes."""
    stack.rows(OLD)
    yield lambda: {name for name, in stack.rows("SELECT relname FROM pg_class WHERE relname ~ '^(inbound|outbox)_2020_..$'")}
    stack.smsd.ctl(*KEEP)


def months_of(*parents):
    return {f"{parent}_{month}" for parent in parents for month in MONTHS}


def waits(stack):
    """Does smsctl wait for a lock?"""
    return stack.rows("SELECT pid FROM pg_stat_activity WHERE application_name = 'smsctl' AND wait_event_type = 'Lock'") != []


def answer_times(stack, numbers):
    """Seconds that a text of each took, one after another."""
    took = []
    for number in numbers:
        began = time.monotonic()
        stack.phone.send("gia lua om18", number, timeout=15)
        took.append(time.monotonic() - began)
    return took


def test_old_months_are_dropped_while_texts_are_answered(stack, farmers, old_months):
    """smsctl waits for the reader, and nobody waits for smsctl: all answers are there while it still waits."""
    numbers = farmers(20)
    usual = answer_times(stack, numbers[:10])
    with stack.postgres.altered(OWNER, "SET lock_timeout = '60s'", "RESET lock_timeout"):
        with stack.postgres.transaction(DATABASE) as reader:
            assert int(reader(READ)) > 0
            with subprocess.Popen([stack.build / "smsctl", "--config", stack.smsd.conf, *KEEP], env=environment()) as smsctl:
                wait_for("smsctl to wait for the reader", lambda: waits(stack))
                took = answer_times(stack, numbers[10:])
                assert smsctl.poll() is None and waits(stack)
                reader("ROLLBACK; SELECT 1")
                assert smsctl.wait(60) == 0
    print(f"longest wait {max(took):.3f} s, before {max(usual):.3f} s")
    assert old_months() == set()


def test_texts_are_answered_while_months_are_detached_and_dropped(stack, farmers, old_months):
    numbers = iter(farmers(200))
    with subprocess.Popen([stack.build / "smsctl", "--config", stack.smsd.conf, *KEEP], env=environment()) as smsctl:
        took = []
        while smsctl.poll() is None:
            took += answer_times(stack, [next(numbers)])
    took += answer_times(stack, [next(numbers)])
    print(f"longest wait {max(took):.3f} s of {len(took)}")
    assert smsctl.returncode == 0 and old_months() == set()


def test_maintain_that_had_to_give_up_goes_on_the_next_time(stack, old_months):
    """What somebody detached to keep it stays."""
    stack.rows("ALTER TABLE outbox DETACH PARTITION outbox_2020_02")
    with stack.postgres.transaction(DATABASE) as reader:
        assert int(reader(READ)) > 0
        with stack.postgres.altered(OWNER, "SET lock_timeout = '500ms'", "RESET lock_timeout"):
            with pytest.raises(RuntimeError, match="55P03"):
                stack.smsd.ctl(*KEEP)
        assert stack.rows("SELECT inhrelid::regclass FROM pg_inherits WHERE inhdetachpending") == [("inbound_2020_01",)]
    assert stack.smsd.ctl_json(*KEEP)["partitions_dropped"] == 3
    assert old_months() == {"outbox_2020_02"}
    stack.rows("DROP TABLE outbox_2020_02")


def test_a_new_month_waits_for_no_reader(stack, farmer):
    (month,), = stack.rows("SELECT max(relname) FROM pg_class WHERE relname ~ '^inbound_[0-9]{4}_[0-9]{2}$'")
    stack.rows(f"ALTER TABLE inbound DETACH PARTITION {month}; DROP TABLE {month}")
    with stack.postgres.transaction(DATABASE) as reader:
        assert int(reader(READ)) >= 0
        assert stack.smsd.ctl_json("maintain")["partitions_made"] == 1
        assert stack.phone.send("gia lua om18", farmer)["text"]
