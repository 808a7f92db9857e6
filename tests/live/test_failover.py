# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL on two machines: a standby confirms each commit, and is promoted when the primary dies. smsd follows by its
connection string; nothing that was acknowledged is lost, and nothing is done twice."""
import contextlib
import math
import os
import pathlib
import random
import signal
import sys
import threading

import pytest

from conftest import BUILD, LINK, OPTIONS, live_stack, welcome
from stack.postgres import Standby
from stack.process import wait_for
from stack.smsd import DAEMON, DATABASE
from stack.stack import ROOT

sys.path.insert(0, str(ROOT / "tests" / "torture"))

import judge  # noqa: E402
import load  # noqa: E402

OFFER = "ban lua om18 6 tan 8500 cau ke"
LISTED = "SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'"
AWAY, LATER, BY_ID = "smsd_database_away_total", 'smsd_mo_answered_total{answer="later"}', 'smsd_mo_duplicate_total{by="id"}'


@pytest.fixture(scope="module")
def stack():
    """One on a primary with its standby, which is `stack.standby`."""
    with contextlib.ExitStack() as at_the_end:
        def before(stack):
            stack.standby = Standby(stack.postgres, stack.folder / "standby", stack.logs)
            at_the_end.callback(stack.postgres.stop)
            at_the_end.callback(stack.standby.stop)
            stack.smsd.options["database", "url"] = stack.standby.conninfo(DATABASE, DAEMON, stack.secrets["smsd_db"])

        with live_stack(BUILD / "live" / f"{LINK}-failover", before, options=dict(OPTIONS)) as running:
            running.standby.start()
            yield running


def stored(postgres, number):
    return int(postgres.rows(LISTED, DATABASE, number=number)[0][0])


def answers(stack, number):
    return [mt for mt in stack.phone.since(0, "mt") if mt["to"].lstrip("+") == number]


def idle_until_asked(pid, port):
    """Seconds until the kernel asks whether the other side still lives, for each connection of the process to that port."""
    inodes = {os.readlink(fd)[len("socket:["):-1] for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir()
              if os.readlink(fd).startswith("socket:[")}
    for line in pathlib.Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        _, _, remote, _, _, timer, _, _, _, inode, *_ = line.split()  # proc(5)
        kind, ticks = timer.split(":")
        if inode in inodes and int(remote.split(":")[1], 16) == port:
            yield int(ticks, 16) / os.sysconf("SC_CLK_TCK") if kind == "02" else math.inf


def test_a_host_that_is_gone_without_a_word_is_noticed(stack):
    assert 0 < max(idle_until_asked(stack.smsd.child.pid, stack.postgres.port)) <= 10


def test_a_commit_that_the_standby_did_not_confirm_is_none(stack, farmer, counted):
    """PostgreSQL calls it done when somebody cancels the wait: the row is on one machine only then."""
    with stack.standby.held():
        stack.phone.post(OFFER, farmer)
        waiting, = wait_for("the commit to wait", lambda: stack.standby.unconfirmed("smsd-worker"))
        stack.postgres.sql("SELECT pg_cancel_backend(:'pid')", pid=waiting)
        wait_for("it to wait again, as the text came again",
                 lambda: answers(stack, farmer) or stack.standby.unconfirmed("smsd-worker") not in ([], [waiting]))
        assert answers(stack, farmer) == []
        assert counted(AWAY) > 0
    wait_for("the answer", lambda: answers(stack, farmer))
    assert stored(stack.standby, farmer) == 1


def test_a_server_that_was_made_read_only_is_left(stack, farmer, counted):
    stack.postgres.sql("ALTER SYSTEM SET default_transaction_read_only = on")
    stack.postgres.sql("SELECT pg_reload_conf()")
    stack.phone.post(OFFER, farmer)
    wait_for("the text to be given back", lambda: counted(LATER) > 0)
    assert stack.smsd.http("/healthz").status == 503
    stack.postgres.sql("ALTER SYSTEM RESET default_transaction_read_only")
    stack.postgres.sql("SELECT pg_reload_conf()")
    wait_for("the answer", lambda: answers(stack, farmer))
    assert stored(stack.postgres, farmer) == 1
    assert stack.rows("SELECT count(*) FROM dead_letter") == [("0",)]


def stop_unheard(stack):
    """Stops those who would tell smsd of commits with texts that the standby has; None when only reports were committed."""
    seen = set()

    def stuck():
        """Seen waiting twice: not for what was on its way before the standby was held."""
        before = set(seen)
        seen.clear()
        seen.update(stack.standby.unconfirmed("smsd-worker"))
        return before & seen

    with stack.standby.held():
        waiting = wait_for("commits to wait", stuck)
        with_texts = stack.rows("SELECT DISTINCT pid FROM pg_locks JOIN pg_class c ON c.oid = relation "
                                "WHERE c.relname LIKE 'inbound_2%' AND mode = 'RowExclusiveLock'")
        if not waiting & {int(pid) for pid, in with_texts}:
            return None
        for pid in waiting:
            os.kill(pid, signal.SIGSTOP)
        return stack.postgres.sql("SELECT pg_current_wal_flush_lsn()")


def kill_unheard(stack):
    """The primary, with commits that the standby has and that smsd will never hear of."""
    flushed = wait_for("texts to be in an unconfirmed commit", lambda: stop_unheard(stack))
    wait_for("the standby to have them", lambda: stack.standby.sql(
        "SELECT pg_last_wal_replay_lsn() >= :'lsn'::pg_lsn", lsn=flushed) == "t")
    stack.postgres.kill()


def test_the_primary_dies_and_the_standby_is_promoted(stack, counted):
    smsd, restarts = stack.smsd.child.pid, stack.kannel.restarts
    judge.watch(stack)
    load.prepare(stack, 1, alerts=0)
    mark = stack.phone.mark()
    one = judge.Round(1, ("primary",))
    people = threading.Thread(target=lambda: one.texts.extend(load.post(stack.phone, 1, random.Random(1))))
    people.start()
    wait_for("it to be in the middle of them", lambda: len(stack.phone.since(mark, "mt")) > 50)
    kill_unheard(stack)
    people.join()
    wait_for("smsd to say come again", lambda: counted(LATER) > 0 and stack.smsd.http("/healthz").status == 503)
    stack.standby.promote()
    stack.postgres = stack.standby
    wait_for("all answers", lambda: len(stack.phone.since(mark, "mt")) >= len(one.texts), 60)
    wait_for("smsd to be healthy again", lambda: stack.smsd.http("/healthz").status == 200)
    one.by_id = int(counted(BY_ID))
    assert one.by_id > 0
    verdict = judge.Judge(stack, [one], []).judge()
    assert verdict.wrong == []
    assert verdict.counts["texts acknowledged"] == len(one.texts) == load.TEXTS
    assert verdict.counts["answers doubled"] == 0
    assert (stack.smsd.child.pid, stack.kannel.restarts) == (smsd, restarts)
    assert f"host=127.0.0.1 port={stack.standby.port}" in stack.smsd.log.read_text("utf-8")
