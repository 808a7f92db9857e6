# SPDX-License-Identifier: Apache-2.0
"""All the parts together, in the order they need one another."""
import fcntl
import json
import os
import pathlib
import secrets
import shutil

from stack.kannel import Kannel, Ports
from stack.phone import Phone
from stack.postgres import Postgres
from stack.process import free_port, wait_for
from stack.smsd import DATABASE, OWNER, Smsd

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRETS = ("kannel_admin", "smsc", "http", "sendsms", "smsd_db", "owner_db", "privacy")


LINKS = ("http", "box")


class InUse(Exception):
    """Another one runs in this folder."""


def take(lock, folder):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(f"another one is running in {folder}") from None


def fresh(folder):
    """The folder, empty; what an earlier run left is kept until now, to be looked at. One in use is left alone."""
    if (folder / "lock").exists():
        with open(folder / "lock", "a", encoding="ascii") as lock:
            take(lock, folder)
    for data in folder.glob("*"):  # of the PostgreSQLs, where their user cannot reach it
        if data.is_symlink():
            shutil.rmtree(data.resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


class Stack:
    """Everything of one service under `folder`. `say` is told what is ready, one line each; `options` of smsd, by
    (section, name), take the place of what the example has. `link` is how texts reach smsd: through smsbox ("http") or
    straight from bearerbox ("box")."""

    def __init__(self, folder, build, say=lambda line: None, options=None, link="http", instances=1):
        if link not in LINKS:
            raise ValueError(f"LINK is {link}; it may be {' or '.join(LINKS)}")
        self.folder, self.build, self.say, self.link = pathlib.Path(folder), pathlib.Path(build), say, link
        self.logs = self.folder / "log"
        self._make_folders()
        self.secrets = self._secrets()
        self.smsc_port = free_port()
        self.ports = Ports()
        self.postgres = Postgres(self.folder / "pg", self.logs)
        self.smsds = [self.new_smsd(f"smsd{n}" if n > 1 else "smsd", {**self._link_options(), **(options or {})})
                      for n in range(1, instances + 1)]
        self.smsd = self.smsds[0]
        self.kannel = Kannel(self.folder / "kannel", self.logs, self.secrets, self.ports, self.smsc_port,
                             self.smsd.port, has_smsbox=link == "http")
        self.phone = Phone(self.build / "phone", self.smsc_port, self.logs)

    def _link_options(self):
        return {("kannel", "link"): "box", ("kannel", "box_port"): self.ports.box} if self.link == "box" else {}

    def new_smsd(self, name, options=None):
        """One more instance on our database, by default behind HTTP; whoever asks for it starts and stops it."""
        return Smsd(name, self.folder / "smsd", self.logs, self.build, self.secrets, self.postgres, self.ports.sendsms,
                    options)

    # -- files

    def _make_folders(self):
        # Root's PostgreSQL is another user, who has to get through this folder to his own.
        self.folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        self._lock = open(self.folder / "lock", "w", encoding="ascii")
        take(self._lock, self.folder)

    def _secrets(self):
        """Secrets of this folder, each made once: the database remembers them too."""
        path = self.folder / "secrets.json"
        kept = json.loads(path.read_text("ascii")) if path.exists() else {"smsc": secrets.token_hex(4)}  # SMPP's has 8 octets
        made = {name: secrets.token_urlsafe(24) for name in SECRETS} | kept
        with open(path, "w", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
            json.dump(made, out)
        return made

    # -- life

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """All but the phone, which is given to whoever types."""
        self.postgres.start()
        self.say(f"PostgreSQL  ready on port {self.postgres.port}")
        self.prepare_database()
        for smsd in self.smsds:
            smsd.write_conf()
            smsd.start()
            self.say(f"smsd        ready on port {smsd.port} (/metrics, /healthz)")
        self.kannel.start()
        beside = f"smsbox on {self.ports.sendsms}" if self.link == "http" else "smsd is its box"
        self.say(f"Kannel      ready: bearerbox on port {self.ports.admin}, {beside}")

    def prepare_database(self):
        """Roles, databases, tables and the province's data; all of it may be done again."""
        self.postgres.sql((ROOT / "db" / "roles.sql").read_text("utf-8"),
                          owner_password=self.secrets["owner_db"], smsd_password=self.secrets["smsd_db"])
        self.postgres.ensure_database(DATABASE, OWNER)
        self.smsd.write_conf()
        self.smsd.ctl("migrate")
        self.smsd.ctl("seed", str(ROOT / "locales" / "lexicon"))

    def stop(self):
        self.phone.stop()
        self.kannel.stop()
        for smsd in self.smsds:
            smsd.stop()
        self.postgres.stop()

    def forget(self):
        """Of what was stopped: the data, which takes room. The logs stay until the next run."""
        shutil.rmtree(self.postgres.home, ignore_errors=True)

    def restart_smsd(self):
        self.smsd.stop()
        self.smsd.start()

    def restart_kannel(self):
        self.kannel.stop()
        self.kannel.start()
        wait_for("the SMSC to be bound", self.kannel.is_online)

    # -- SQL, as the owner of the service's tables

    def rows(self, statement, **variables):
        return self.postgres.rows(statement, DATABASE, **variables)
