# SPDX-License-Identifier: Apache-2.0
"""Backup and restore by the very commands of OPERATING.md, on clusters of their own."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from stack.postgres import Postgres, binaries
from stack.process import Child, free_port, wait_for
from stack.smsd import DAEMON, DATABASE, OWNER, Smsd, environment
from stack.stack import ROOT

PAGE = (ROOT / "OPERATING.md").read_text("utf-8")
OFFER = "ban lua om18 3 tan 8600 cau ke"
# Who runs PostgreSQL: what sudo -u postgres does, where there is no sudo, or nobody to be.
SUDO = """#!/bin/sh
shift 2
export PGHOST=127.0.0.1 PGPORT="$SUPER_PORT" PGUSER=postgres PGPASSWORD="$SUPER_PASSWORD"
[ "$(id -u)" -eq 0 ] || exec "$@"
exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
"""

pytestmark = pytest.mark.http  # the restored instance is texted over HTTP


def commands(name):
    """The block of the page under that name."""
    return re.search(rf"^<!-- {name} -->\n```\n(.*?)^```$", PAGE, re.M | re.S)[1].replace(
        "/usr/local/share/chonoi/db/roles.sql", shlex.quote(str(ROOT / "db" / "roles.sql")))


class Desk:
    """Where the administrator types: `backup` and the environment that the page speaks of."""

    def __init__(self, stack, folder, backup):
        self.stack, self.folder, self.backup = stack, folder, backup
        sudo = folder / "sudo"
        sudo.write_text(SUDO, "ascii")
        sudo.chmod(0o755)

    def environment(self, postgres):
        owner = postgres.conninfo_of_file(DATABASE, OWNER, self.stack.secrets["owner_db"], self.folder)
        return {**environment(), "PATH": f"{self.folder}:{self.stack.smsd.build.resolve()}:{binaries()}:{os.environ['PATH']}",
                "backup": str(self.backup), "CHONOI_OWNER_DB": owner, "CHONOI_DB": owner,
                "SUPER_PORT": str(postgres.port), "SUPER_PASSWORD": postgres.password}

    def type(self, name, postgres, **more):
        done = subprocess.run(["sh", "-eu", "-c", commands(name)], capture_output=True, text=True, check=False, cwd="/",
                              env={**self.environment(postgres), **more})
        assert done.returncode == 0, f"{name}: {done.stderr}"
        return done.stdout


@pytest.fixture
def cluster(stack):
    """cluster(name): a PostgreSQL of its own, not started."""
    made = []

    def make(name):
        made.append(Postgres(stack.folder / name, stack.logs))
        made[-1].make_folder()
        return made[-1]
    yield make
    for postgres in made:
        postgres.stop()
        shutil.rmtree(postgres.home)
        if postgres.folder.is_symlink():  # where PostgreSQL's user cannot reach our folder
            postgres.folder.unlink()


@pytest.fixture
def desk(stack, cluster, tmp_path):
    backup = cluster("backup").home
    return Desk(stack, tmp_path, backup)


@pytest.fixture
def offer(stack, farmer):
    stack.phone.send(OFFER, farmer)
    return farmer


def rows_of(postgres):
    """How much there is of everything that people told us."""
    return postgres.rows("SELECT 'people', count(*) FROM people UNION ALL SELECT 'listings', count(*) FROM listings UNION ALL "
                         "SELECT 'inbound', count(*) FROM inbound UNION ALL SELECT 'consent', count(*) FROM consent", DATABASE)


def assert_serves(stack, postgres, name, number):
    """smsd on that cluster knows the offer, and takes the next."""
    smsd = Smsd(name, stack.folder / "smsd", stack.logs, stack.build, stack.secrets, postgres, free_port(),
                {("service", "reply_limit"): 1000})
    smsd.write_conf()
    smsd.start()
    try:
        newest = smsd.ctl_json("listings", "--limit", "500", "--full")
        (listing,) = [row for row in newest if row["person"] == number]
        assert (listing["commodity"], listing["quantity"], listing["price"]) == ("LUA.OM18", 3000, 8600)
        answer = smsd.mo(f"huy {listing['code']}", number, f"{name}-1")
        assert answer.status == 200 and listing["code"] in answer.body
        assert " 4 tan " in smsd.mo(OFFER.replace("3 tan", "4 tan"), number, f"{name}-2").body
    finally:
        assert smsd.stop() == 0


def test_a_dump_is_restored_into_an_empty_cluster(stack, desk, cluster, offer):
    stack.rows("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at) "
               "SELECT nextval('message_ids'), now(), id, 'alert', 'queued', '8055', 'x', 0, 1, now() + interval '1 hour' "
               "FROM people WHERE msisdn = :'number'", number=offer)
    before = rows_of(stack.postgres)
    desk.type("dump", stack.postgres)
    stack.rows("DELETE FROM outbox WHERE kind = 'alert' AND body = 'x'")
    assert (desk.backup / "chonoi.dump").stat().st_mode & 0o077 == 0
    empty = cluster("pg-restored")
    empty.start()
    desk.type("roles", empty)
    for role, secret in ((OWNER, "owner_db"), (DAEMON, "smsd_db")):
        empty.sql(f"ALTER ROLE {role} PASSWORD :'password'", password=stack.secrets[secret])
    assert "listings" in desk.type("restore", empty)
    assert rows_of(empty) == before
    assert empty.rows("SELECT state FROM outbox WHERE kind = 'alert' AND body = 'x'", DATABASE) == [("uncertain",)]
    assert_serves(stack, empty, "smsd-restored", offer)


def received(folder):
    """How far pg_receivewal is: names and sizes do not tell, as files have their full size from the start."""
    return any(pathlib.Path(folder).glob("*.partial"))


def test_base_backup_and_wal_bring_back_what_came_after_it(stack, desk, cluster, offer, new_number):
    source = stack.postgres
    desk.type("slot", source)
    (desk.backup / "wal").mkdir(mode=0o700)
    if source.user:
        shutil.chown(desk.backup / "wal", source.user, source.user)
    receiver = Child("pg_receivewal", ["sh", "-eu", "-c", f"exec {commands('wal').strip()}"], stack.logs / "receivewal.log",
                     env=desk.environment(source), cwd="/")
    try:
        receiver.wait_ready("WAL to come in", lambda: received(desk.backup / "wal"))
        desk.type("base", source)
        later = new_number()
        stack.rows("INSERT INTO people (msisdn) VALUES (:'number')", number=later)
        after = source.sql("SELECT pg_current_wal_flush_lsn()")
        wait_for("the WAL after the backup", lambda: source.sql(
            "SELECT coalesce(max(flush_lsn) >= :'after'::pg_lsn, false) FROM pg_stat_replication "
            "WHERE application_name = 'pg_receivewal'", after=after) == "t")
    finally:
        receiver.stop()
        wait_for("the slot to be free", lambda: source.sql(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'chonoi' AND active") == "0")
        source.sql("SELECT pg_drop_replication_slot('chonoi')")
    recovered = cluster("pg-recovered")
    (recovered.home / "password").write_text(source.password, "ascii")
    recovered.data.mkdir(mode=0o700)
    if source.user:
        shutil.chown(recovered.data, source.user, source.user)
    desk.type("recover", source, data=str(recovered.data))
    (recovered.home / "ready").touch()
    recovered.start()
    wait_for("the end of recovery", lambda: recovered.sql("SELECT pg_is_in_recovery()") == "f", timeout=60)
    assert recovered.rows("SELECT count(*) FROM people WHERE msisdn = :'number'", DATABASE, number=later) == [("1",)]
    assert_serves(stack, recovered, "smsd-recovered", offer)
