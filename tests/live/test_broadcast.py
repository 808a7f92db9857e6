# SPDX-License-Identifier: Apache-2.0
"""Broadcasts through real Kannel: an officer's, while smsd is killed, and the office's, which waits for the day. The SMSC's record
is the judge."""
import collections
import datetime
import re
import signal

import pytest

from conftest import LINK
from stack.process import wait_for

CODE = re.compile(r"MA \d{6}")
PEOPLE = 500
EAST = datetime.timezone(datetime.timedelta(hours=7))

pytestmark = pytest.mark.skipif(LINK != "box", reason="once is enough: the link that loses nothing")


@pytest.fixture
def configured(stack):
    """configured({("send", "rate"): 50}) takes effect before it returns; at the end all is as it was."""
    before = dict(stack.smsd.options)

    def configure(options):
        stack.smsd.options.clear()
        stack.smsd.options.update({**before, **options})
        stack.smsd.write_conf()
        reloads = stack.smsd.metrics()['smsd_reload_total{result="ok"}']
        stack.smsd.child.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: stack.smsd.metrics()['smsd_reload_total{result="ok"}'] > reloads)

    yield configure
    configure({})


def hours(first, last):
    return {("broadcast", "quiet_from"): first, ("broadcast", "quiet_to"): last}


def growers(stack, numbers, goods):
    stack.rows("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT unnest(string_to_array(:'numbers', ',')), '846', "
               "now() RETURNING id) INSERT INTO person_crops SELECT id, :'goods' FROM p", numbers=",".join(numbers), goods=goods)


def got(stack, mark, words):
    """How often each number got it."""
    return collections.Counter(event["to"].lstrip("+") for event in stack.phone.since(mark, "mt") if words in event["text"])


def newest(stack):
    return stack.smsd.ctl_json("broadcast", "show", stack.rows("SELECT max(id) FROM broadcasts")[0][0])


def test_each_gets_it_once_although_smsd_is_killed(stack, farmers, new_number, configured):
    configured({**hours(0, 0), ("send", "rate"): 100, ("send", "lease"): "30s"})
    (officer,), numbers = farmers(1), [new_number() for _ in range(PEOPLE)]
    growers(stack, numbers, "MIA")
    stack.smsd.ctl("officer", "add", officer, "--areas", "846", "--crops", "MIA")
    mark = stack.phone.mark()
    asked = stack.phone.send("LOA MIA TIEU CAN: Nha may vao vu ep 5/12, ba con dang ky lich don", officer)["text"]
    assert f": {PEOPLE} nguoi" in asked and not got(stack, mark, "ky lich don")
    stack.phone.send(CODE.search(asked).group(), officer)
    wait_for("it to go out", lambda: len(got(stack, mark, "ky lich don")) > 100)
    stack.phone.send("TC", numbers[-1])  # the last to be served: not handed over yet
    stack.smsd.kill()
    ((killed,),) = stack.rows("SELECT now()")
    stack.smsd.start()
    wait_for("nobody to wait", lambda: newest(stack)["waiting"] == 0 and not stack.rows(
        "SELECT 1 FROM outbox WHERE broadcast_id IS NOT NULL AND state = 'queued'"), timeout=60)
    stack.rows("UPDATE outbox SET next_at = now() WHERE state = 'sending' AND broadcast_id IS NOT NULL "
               "AND next_at < CAST(:'killed' AS timestamptz) + interval '30 s'", killed=killed)  # whose claim it was is dead
    wait_for("it to be over", lambda: newest(stack)["state"] == "done", timeout=60)
    doubtful = {number for (number,) in stack.rows("SELECT p.msisdn FROM outbox o JOIN people p ON p.id = o.person_id "
                                                   "WHERE o.broadcast_id IS NOT NULL AND o.state = 'uncertain'")}
    wait_for("the rest to come", lambda: len(set(got(stack, mark, "ky lich don")) | doubtful) >= PEOPLE - 1)
    times = got(stack, mark, "ky lich don")
    assert [number for number in times if times[number] > 1] == []
    assert set(times) | doubtful == set(numbers[:-1])
    shown = newest(stack)
    assert shown["stopped"] == 1 and shown["uncertain"] == len(doubtful)
    assert shown["sent"] + shown["delivered"] + shown["failed"] + shown["uncertain"] == PEOPLE - 1
    assert "done: sent" in stack.smsd.ctl("broadcast", "watch", str(shown["id"]))
    acts = [row["act"] for row in stack.smsd.ctl_json("audit", "--limit", "50")
            if row["subject"] == shown["id"] and row["act"].startswith("broadcast")]
    assert acts[:2] == ["broadcast.done", "broadcast.running"]


def test_the_offices_waits_for_the_day(stack, new_number, configured):
    now = datetime.datetime.now(EAST).hour
    configured(hours(now, (now + 2) % 24))
    numbers = [new_number() for _ in range(5)]
    growers(stack, numbers, "KHOM")
    words = ("broadcast", "new", "846", "Triều cường 25/11, be bờ", "en=High tide on 25/11", "--crops", "KHOM", "--kind", "weather")
    told = stack.smsd.ctl_json(*words, "--dry-run")
    assert (told["broadcast"], told["people"], told["segments"]) == (None, 5, 5)
    broadcast = str(stack.smsd.ctl_json(*words)["broadcast"])
    assert stack.smsd.ctl_json("broadcast", "show", broadcast)["state"] == "draft"
    mark = stack.phone.mark()
    stack.smsd.ctl("broadcast", "approve", broadcast)
    wait_for("it to be planned", lambda: newest(stack)["waiting"] == 5)
    assert newest(stack)["queued"] == 0
    configured(hours(0, 0))
    wait_for("it to go out", lambda: sorted(got(stack, mark, "Trieu cuong")) == sorted(numbers))
    assert "Trieu cuong 25/11" in stack.phone.send("thoi tiet tieu can", numbers[0])["text"]


def test_advertisements_leave_out_who_is_in_the_register(stack, new_number, configured, tmp_path):
    configured({})
    agreed, registered, _ = numbers = [new_number() for _ in range(3)]
    growers(stack, numbers, "NGHEU")
    stack.rows("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at) SELECT id, 'alerts', true, '2', 1, now() "
               "FROM people WHERE msisdn = ANY (string_to_array(:'numbers', ','))", numbers=f"{agreed},{registered}")
    register = tmp_path / "register"
    register.write_text(f"# as published\n0{registered[2:]}\nnobody\n", "ascii")
    assert stack.smsd.ctl_json("donotcall", "import", str(register)) == {"numbers": 1, "lines_that_are_none": 1}
    words = ("broadcast", "new", "846", "Giong ngheu gia re", "--crops", "NGHEU", "--dry-run")
    told = stack.smsd.ctl_json(*words, "--commercial")
    assert (told["people"], told["text"][:5]) == (1, "[QC] ")
    assert stack.smsd.ctl_json(*words)["people"] == len(numbers)
