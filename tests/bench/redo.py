# SPDX-License-Identifier: Apache-2.0
"""The statements of one text as one transaction, which is how smsd redoes a failed batch, under pgbench.

Nothing is written by hand here: smsd with batches of one is given the texts, PostgreSQL logs its statements with their
parameters, and each transaction in that log becomes a script of pgbench's. Parameters stay parameters. Those that differ
between two texts of one kind are made anew each time: the number and the person by chance, ids by counting.

pgbench's variables hold numbers or what its command line says; an array of one number is therefore written ARRAY[$1]
where smsd sends "{...}" as the parameter. Both round trips are pipelines, as in smsd.
"""
import dataclasses
import os
import pathlib
import re
import subprocess
import time
import uuid

from stack.smsd import DAEMON, DATABASE

import rig as rigs
import usage

CLIENTS, THREADS = 16, 2
WARM_UP = 10.0  # seconds: each client plans each statement of each script by itself
SLOTS = {"offer": 9, "price": 7, "command": 2, "unclear": 2}  # of twenty, as in mix.c
# The statements of the second round trip; any of them may be the first.
WRITES = ("listings_cancel", "listings_add", "people_change", "consent_add", "conversations_put", "outbox_add",
          "inbound_add")
BLOCKS = ("ids_block", "serials_block")  # once in a thousand texts, or in sixty-four: pgbench counts instead
PGBENCH_IDS = 10**12  # above all ids of smsd's; each run of pgbench has the next such piece
IDS_A_CLIENT, IDS_A_TEXT = 10**9, 16

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ \S+ \[(?P<pid>\d+)\] (?P<kind>\w+):  (?P<what>.*?)"
                   r"(?=^\d{4}-\d\d-\d\d |\Z)", re.M | re.S)
EXECUTE = re.compile(r"execute [^:]*: (?P<sql>.*)", re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
DOLLAR = re.compile(r"\$(\d+)")
SESSION = re.compile(r"SET (jit|plan_cache_mode) = (\w+)")  # what smsd says of its plans
NAME = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.M | re.S)


@dataclasses.dataclass
class Statement:
    name: str
    sql: str
    parameters: list  # of text, or None


def squeezed(sql):
    return " ".join(re.sub(r"--.*", "", sql).split()).rstrip(";")


def names(root):
    """{statement: its name} of db/queries."""
    return {squeezed(sql): name for path in sorted((root / "db" / "queries").glob("*.sql"))
            for name, sql in NAME.findall(path.read_text("utf-8"))}


# -- recording

def statements_of(log, known):
    """{process: [Statement]} of a log."""
    found = {}
    for entry in ENTRY.finditer(log):
        what = entry["what"].rstrip("\n").replace("\n\t", "\n")
        mine = found.setdefault(entry["pid"], [])
        execute = EXECUTE.match(what)
        if entry["kind"] == "LOG" and execute:
            mine.append(Statement(known.get(squeezed(execute["sql"]), "?"), execute["sql"], []))
        elif entry["kind"] == "DETAIL" and what.startswith("parameters: ") and mine:
            mine[-1].parameters = [None if value == "NULL" else value[1:-1].replace("''", "'")
                                   for _, value in PARAMETER.findall(what)]
    return found


def transaction_of(log, known, number):
    """The one that this number's text was."""
    for mine in statements_of(log, known).values():
        at = next((i for i, s in enumerate(mine) if s.name == "people_lock" and s.parameters == [f"{{{number}}}"]), None)
        if at is not None:
            begin = max(i for i in range(at) if mine[i].name == "begin")
            end = next(i for i in range(at, len(mine)) if mine[i].name == "commit")
            return [s for s in mine[begin:end + 1] if s.name not in BLOCKS]
    raise RuntimeError("a recorded text left no transaction in PostgreSQL's log")


def record(rig, mix):
    """[(number, [Statement])], of as many texts of each kind as there are slots."""
    for setting, value in (("log_statement", "all"), ("log_error_verbosity", "default")):
        rig.postgres.sql(f"ALTER ROLE {DAEMON} SET {setting} = '{value}'")
    known = names(rigs.ROOT)
    smsd = rig.new_smsd("smsd-record", {**rigs.OPTIONS, ("inbox", "batch"): 1})
    smsd.write_conf()
    smsd.start()
    found = []
    try:
        for kind, slots in SLOTS.items():
            texts = [text for of, text in mix if of == kind]
            for i in range(slots):
                number = rigs.FIRST_NUMBER + rigs.PEOPLE + len(found)  # the load's people have not said this yet
                at = rig.postgres.log.stat().st_size
                answer = smsd.mo(texts[i * len(texts) // slots], str(number), uuid.uuid4())
                if answer.status != 200:
                    raise RuntimeError(f"smsd answered {answer.status} to a text that was to be recorded")
                with open(rig.postgres.log, encoding="utf-8", errors="replace") as log:
                    log.seek(at)
                    found.append((number, transaction_of(log.read(), known, number)))
    finally:
        smsd.stop()
        rig.postgres.sql(f"ALTER ROLE {DAEMON} RESET ALL")
    return found


# -- scripts

def elements(value):
    """Of an array's text; nothing that is replaced is quoted there."""
    return value[1:-1].split(",") if value and value.startswith("{") else []


def column(transaction, name, at):
    return [element for s in transaction if s.name == name for element in elements(s.parameters[at - 1])]


def replacements(number, transaction):
    """{element of a parameter: pgbench's variable in its place}."""
    own = {str(number): "number", column(transaction, "conversations_put", 1)[0]: "person"}
    ids = [*column(transaction, "inbound_add", 1), *column(transaction, "outbox_add", 1), *column(transaction, "listings_add", 1)]
    own.update({value: f"id{i}" for i, value in enumerate(ids)})
    own.update({value: "id0" for value in column(transaction, "inbound_add", 3)})  # Kannel's id
    codes = column(transaction, "listings_add", 2)
    own.update({value: f"id{len(ids) - len(codes) + i}" for i, value in enumerate(codes)})
    return own


def script_of(which, number, transaction):
    """A script and the variables that it wants on the command line."""
    own, constants = replacements(number, transaction), {}
    first = [r"\set number random(:first_number, :last_number)", r"\set person :number - :first_number + :first_person",
             rf"\set n :n + {IDS_A_TEXT}"]
    first += [rf"\set id{i} :ids + :client_id * {IDS_A_CLIENT} + :n + {i}"
              for i in range(sum(1 for name in set(own.values()) if name.startswith("id")))]

    def parameter(at, statement, value):
        inside = elements(value)
        if inside and all(element in own for element in inside):
            return "ARRAY[" + ", ".join(f":{own[element]}" for element in inside) + "]"
        if value is None:
            return "NULL"
        name = f"s{which}_{statement}_{at}"
        constants[name] = value
        return f":{name}"

    lines = [*first, r"\startpipeline"]
    reads = True
    for i, statement in enumerate(transaction):
        if reads and statement.name in WRITES:
            reads = False
            lines += [r"\endpipeline", r"\startpipeline"]
        lines.append(DOLLAR.sub(lambda m, i=i, s=statement: parameter(int(m[1]), i, s.parameters[int(m[1]) - 1]),
                                statement.sql) + ";")
    return "\n".join([*lines, r"\endpipeline"]) + "\n", constants


class Redo:
    """Scripts, made once; run as often as one likes."""

    def __init__(self, rig, mix):
        self.rig, self.scripts, self.constants, self.runs = rig, [], {}, 0
        self.calls = {}
        log_from = rig.postgres.log.stat().st_size
        folder = rig.folder / "redo"
        folder.mkdir(mode=0o700)
        for which, (number, transaction) in enumerate(record(rig, mix)):
            text, constants = script_of(which, number, transaction)
            self.scripts.append(folder / f"{which:02}.sql")
            self.scripts[-1].write_text(text, "utf-8")
            self.constants.update(constants)
            for statement in transaction:
                self.calls[statement.name] = self.calls.get(statement.name, 0) + 1
        with open(rig.postgres.log, encoding="utf-8", errors="replace") as log:
            log.seek(log_from)
            self.session = " ".join(f"-c {name}={value}" for name, value in sorted(set(SESSION.findall(log.read()))))

    def statements(self):
        """How often each is called a text, on the average: to be held against pg_stat_statements."""
        return {name: round(n / len(self.scripts), 3) for name, n in sorted(self.calls.items(), key=lambda item: -item[1])}

    def run(self, seconds):
        """Throughput, times and costs, as of a load; and what is wrong with it."""
        self.runs += 1
        ids, rig = PGBENCH_IDS * self.runs, self.rig
        folder = rig.folder / "pgbench"
        folder.mkdir(mode=0o700, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        person = rig.rows("SELECT min(id) FROM people WHERE msisdn = :'number'", number=rigs.FIRST_NUMBER)[0][0]
        variables = {**self.constants, "first_number": rigs.FIRST_NUMBER, "first_person": person, "n": 0, "ids": ids,
                     "last_number": rigs.FIRST_NUMBER + rigs.PEOPLE - 1}
        argv = [rig.postgres.bin / "pgbench", "-n", "-M", "prepared", "-c", CLIENTS, "-j", THREADS, "-T",
                int(seconds + WARM_UP + 1), "--log", f"--log-prefix={folder}/log", "-h", "127.0.0.1", "-p", rig.postgres.port,
                "-U", DAEMON]
        argv += [word for script in self.scripts for word in ("-f", script)]
        argv += [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
        env = {**os.environ, "PGPASSWORD": rig.secrets["smsd_db"], "PGOPTIONS": self.session}
        with subprocess.Popen([*map(str, argv), DATABASE], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True) as pgbench:
            time.sleep(WARM_UP)
            meter = usage.Meter({"pgbench": lambda: [pgbench.pid], "postgres": rig.postgres_pids})
            begin = time.time()
            time.sleep(seconds)
            spent, others = meter.spent()
            end, memory = time.time(), usage.rss_mb(pgbench.pid)
            said = pgbench.communicate()[0]
        done = re.search(r"number of transactions actually processed: (\d+)", said)
        if pgbench.returncode != 0 or not done:
            raise RuntimeError(f"pgbench: {said[-2000:]}")
        took = sorted(times(folder, begin, end))
        stored = int(rig.rows("SELECT count(*) FROM inbound WHERE id BETWEEN :ids AND :ids + 999999999999", ids=ids)[0][0])
        wrong = [] if stored == int(done[1]) else [f"{done[1]} transactions, but {stored} texts stored"]
        return {"measured": len(took), "rate": round(len(took) / (end - begin), 1),
                "p50_ms": took[len(took) // 2], "p99_ms": took[len(took) * 99 // 100],
                "cpu_us": {name: round(s * 1e6 / max(len(took), 1), 1) for name, s in spent.items()},
                "rss_mb": round(memory, 1), "others": round(others, 3)}, wrong


def times(folder, begin, end):
    """Milliseconds of the transactions that ended between two moments."""
    for path in pathlib.Path(folder).glob("log.*"):
        with open(path, encoding="ascii") as lines:
            for line in lines:
                _, _, took, _, at, at_us = line.split()[:6]
                if begin <= int(at) + int(at_us) / 1e6 < end:
                    yield int(took) / 1000
