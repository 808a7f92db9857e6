# SPDX-License-Identifier: Apache-2.0
"""Kannel behind a "fake" SMSC, and behind it one of the systems that are measured. On tests/stack, with a market of as many
people and listings as one says (seed.sql).
"""
import contextlib
import json
import pathlib
import re
import subprocess

from stack.kannel import Kannel, Ports
from stack.process import Child, free_port, is_listening, wait_for
from stack.smsd import DATABASE
from stack.stack import ROOT, Stack

import usage

PEOPLE, FIRST_NUMBER = 100_000, 84_930_000_000  # as in mix.h
PEOPLE_TOO = 100  # more, who send nothing in a load
# A database of a size that is not ours to shrink: room for the market, and no checkpoint in the middle of a run.
SETTINGS = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min"}
# What is answered is what the catalogues of a first day say, and no reports are asked for: the fake SMSC would make two of
# each text at once, which is a load of its own, and the systems that do nothing ask for none.
OPTIONS = {("locales", "serve_unreviewed"): "no", ("kannel", "dlr_base"): "", ("log", "level"): "warning"}
FAKE = """\
group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = {port}
connect-allow-ip = 127.0.0.1"""
SMSC = re.compile(r"^group = smsc$.*?(?=\n\n|\Z)", re.M | re.S)
STORE = re.compile(r"^store-(?:type|location) = .*\n", re.M)
IDS_BLOCK = 1024  # db/migrations/0005_listings.sql


class FakeKannel(Kannel):
    """With a fake SMSC in place of the one of the example, and the store that is said: file or none."""

    def __init__(self, *args, store, **more):
        super().__init__(*args, **more)
        self.store = store

    def write_conf(self):
        super().write_conf()
        text = SMSC.sub(FAKE.format(port=self.smsc_port), self.conf.read_text("utf-8"))
        place = self.folder.resolve() / "store.file"
        for old in self.folder.glob("store.file*"):
            old.unlink()
        lines = f'store-type = file\nstore-location = "{place}"\n' if self.store == "file" else ""
        text, found = STORE.subn("", text)
        if found != 2 or "smsc = fake" not in text:
            raise ValueError("kannel.conf is not as rig.py knows it")
        self.conf.write_text(text.replace("group = core\n", "group = core\n" + lines), "utf-8")


class Running:
    """A system that stands. `answered` is what the application counted, once it has stopped."""

    def __init__(self, name, kannel, application):
        self.name, self.kannel, self.application = name, kannel, application
        self.answered = None

    def processes(self):
        boxes = {child.name: child for child in self.kannel.boxes()}
        return {**{name: (lambda pid=child.pid: [pid]) for name, child in boxes.items()},
                self.application.name: lambda: [self.application.pid]}


class Rig(Stack):
    def __init__(self, folder, build, listings, people=PEOPLE + PEOPLE_TOO):
        super().__init__(folder, build)
        self.listings, self.people = listings, people
        self.postgres.settings.update(SETTINGS)

    def start(self):
        self.postgres.start()
        self.prepare_database()
        self.seed()
        self.vacuum()

    def seed(self):
        self.postgres.sql((pathlib.Path(__file__).parent / "seed.sql").read_text("utf-8"), DATABASE,
                          people=self.people, listings=self.listings, first_number=FIRST_NUMBER)

    def vacuum(self, at_once=1):
        """Not while others fill: what is newer than their transactions would not become visible to all. Only what was
        filled: PostgreSQL takes a table that it vacuumed empty for empty until it is analyzed again."""
        argv, env = self.postgres.tool("vacuumdb", DATABASE)
        for (table,) in self.rows("SELECT relid::regclass FROM pg_stat_user_tables WHERE n_tup_ins > 0"):
            argv += ["--table", table]
        subprocess.run([*argv, "--analyze", "--quiet", "--jobs", str(at_once)], check=True, env=env)

    def postgres_pids(self):
        return [self.postgres.child.pid, *usage.children(self.postgres.child.pid)]

    def rest(self):
        """What earlier runs left to be written is written, and not by the next one."""
        self.postgres.sql("CHECKPOINT")

    # -- the systems

    def _null_http(self, kannel):
        return Child("null_http", [self.build / "bench" / "null_http", kannel.smsd_port], self.logs / "null_http.log")

    def _echo_box(self, kannel):
        return Child("echo_box", [self.build / "bench" / "echo_box", kannel.ports.box], self.logs / "echo_box.log")

    def _smsd(self, options, port=None):
        smsd = self.new_smsd("smsd", {**OPTIONS, **options})
        smsd.port = port or smsd.port
        smsd.write_conf()
        smsd.start()
        return smsd.child

    def _smsd_http(self, kannel):
        return self._smsd({}, kannel.smsd_port)

    def _smsd_box(self, kannel):
        return self._smsd({("kannel", "link"): "box", ("kannel", "box_port"): kannel.ports.box})

    @contextlib.contextmanager
    def running(self, name, store):
        """The system of that name behind a fresh Kannel."""
        kannel = FakeKannel(self.folder / "kannel", self.logs, self.secrets, Ports(), free_port(), free_port(),
                            has_smsbox=name.endswith("_http"), store=store)
        application = None
        try:
            if kannel.has_smsbox:
                application = getattr(self, f"_{name}")(kannel)
                kannel.start()
            else:
                kannel.start()
                application = getattr(self, f"_{name}")(kannel)
            wait_for("the fake SMSC", lambda: is_listening(kannel.smsc_port))
            wait_for("a box at bearerbox", lambda: "smsbox:" in kannel.status())
            running = Running(name, kannel, application)
            yield running
            if kannel.restarts:
                raise RuntimeError("a box of Kannel's ended during the run")
        finally:
            if kannel.has_smsbox:
                kannel.stop()
            if application:
                application.stop()
            kannel.stop()
        if not name.startswith("smsd"):
            running.answered = int(application.log.read_text("ascii", "replace").split()[-1])

    # -- the load

    def drive(self, running, texts, first, counts, on_begin=lambda: None, **options):
        """One load. What it says of itself, with processor time by process and memory; `counts` is added to."""
        counted = self.folder / "counts"
        argv = [self.build / "bench" / "load", "--port", running.kannel.smsc_port, "--texts", texts, "--counts", counted,
                "--first", first, "--apart", self.people // PEOPLE]
        for name, value in options.items():
            argv += [f"--{name.replace('_', '-')}", value]
        load = Child("load", argv, self.logs / "load.log", stdout=subprocess.PIPE)
        lines = iter(load.process.stdout.readline, b"")
        said = {}
        for line in lines:
            if line == b"begin\n":
                meter = usage.Meter({**running.processes(), "postgres": self.postgres_pids, "load": lambda: [load.pid]})
                on_begin()
            elif line == b"end\n":
                spent, others = meter.spent()
                memory = usage.rss_mb(running.application.pid)
            else:
                said = json.loads(line)
        if load.wait() != 0 or not said:
            raise RuntimeError(f"the load failed; its log: {load.log}")
        for at, number in enumerate(counted.read_text("ascii").split()):
            counts[at] += int(number)
        texts_measured = max(said["measured"], 1)
        return {**said, "cpu_us": {name: round(s * 1e6 / texts_measured, 1) for name, s in spent.items()},
                "rss_mb": round(memory, 1), "others": round(others, 3)}

    # -- what the database has to say

    def last_id(self):
        """No id that was given so far is above it."""
        return int(self.rows("SELECT last_value FROM message_ids")[0][0]) + IDS_BLOCK - 1

    def reconcile(self, mix, counts, since):
        """What does not agree with what was sent: [] when all does."""
        between = "BETWEEN :since + 1 AND :until"
        ask = {"since": since, "until": self.last_id()}
        sent, wrong = sum(counts), []

        def one(statement):
            return int(self.rows(statement.replace("$ids", between), **ask)[0][0])

        stored = dict(self.rows(f"SELECT text, count(*) FROM inbound WHERE id {between} GROUP BY 1", **ask))
        for (_, text), number in zip(mix, counts):
            if int(stored.pop(text, 0)) != number:
                wrong.append(f"a text was sent {number} times and stored another number of times: {text!r}")
        if stored:
            wrong.append(f"{len(stored)} texts stored that were not sent")
        for what, statement in {
                "answers": "SELECT count(*) FROM outbox WHERE id $ids AND kind = 'reply'",
                "texts with their own answer": "SELECT count(DISTINCT answer_id) FROM inbound WHERE id $ids",
                "ids to know again": "SELECT count(*) FROM inbound_seen WHERE answer_id $ids",
        }.items():
            number = one(statement)
            if number != sent:
                wrong.append(f"{sent} texts, but {number} {what}")
        for what, statement in {
                "texts dead, doubled or silenced":
                    "SELECT count(*) FROM inbound WHERE id $ids AND outcome IN ('dead', 'duplicate', 'guarded')",
                "offers without a listing":
                    "SELECT count(*) FROM inbound i WHERE id $ids AND intent IN ('sell', 'buy') AND outcome = 'sure' "
                    "AND NOT EXISTS (SELECT FROM listings l WHERE l.inbound_id = i.id AND l.id $ids)",
                "listings without an offer":
                    "SELECT count(*) FROM listings l WHERE id $ids AND NOT EXISTS (SELECT FROM inbound i "
                    "WHERE i.id = l.inbound_id AND i.id $ids AND intent IN ('sell', 'buy') AND outcome IN ('sure', 'answer'))",
        }.items():
            number = one(statement)
            if number:
                wrong.append(f"{number} {what}")
        return wrong
