# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL cluster on loopback, that outlives its process: a second start finds its data again.

PostgreSQL refuses to run as root, so root runs it as the user `postgres`; where that user cannot reach our folder, the
data goes to a fresh folder under /var/tmp and a link stands in its place.
"""
import contextlib
import os
import pathlib
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile

from stack.process import Child, children, free_port, kill, wait_for

# What PostgreSQL writes about a failed statement shows its values, and those are numbers and texts of people.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


def binaries():
    """The folder of the newest PostgreSQL of this machine."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise FileNotFoundError("no PostgreSQL under /usr/lib/postgresql; run: make deps")
    return found[-1].parent


def can_reach(user, folder):
    entry = pwd.getpwnam(user)
    return subprocess.run(["test", "-x", folder], user=entry.pw_uid, group=entry.pw_gid, extra_groups=[],
                          check=False).returncode == 0


def quoted(value):
    """A value for psql's \\set; on its standard input, as a command line is for everyone to read."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def with_variables(statement, variables):
    return "".join(f"\\set {name} {quoted(value)}\n" for name, value in variables.items()) + statement


class Postgres:
    def __init__(self, folder, log_folder):
        self.folder = pathlib.Path(folder)
        self.log = pathlib.Path(log_folder) / "postgres.log"
        self.bin = binaries()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.port = free_port()
        self.child = None
        self.settings = dict(SETTINGS)

    # -- files

    @property
    def home(self):
        """The folder as PostgreSQL's user reaches it: not through our link."""
        return self.folder.resolve()

    @property
    def data(self):
        return self.home / "data"

    def make_folder(self):
        if self.folder.exists():
            return
        if self.folder.is_symlink():  # its goal is gone: /var/tmp was cleaned
            self.folder.unlink()
        if not self.user:
            self.folder.mkdir(mode=0o700)
            return
        if can_reach(self.user, self.folder.parent):
            self.folder.mkdir(mode=0o700)
        else:
            self.folder.symlink_to(tempfile.mkdtemp(prefix="chonoi-pg-", dir="/var/tmp"))
        shutil.chown(self.folder, self.user, self.user)

    @property
    def password(self):
        return (self.home / "password").read_text("ascii").strip()

    def _make_data(self):
        password = self.home / "password"
        with open(password, "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(secrets.token_urlsafe(24) + "\n")
        if self.user:
            shutil.chown(password, self.user, self.user)
        shutil.rmtree(self.data, ignore_errors=True)  # a run that was interrupted here left half of one
        made = Child("initdb", [self.bin / "initdb", "-D", self.data, "--username=postgres", "--auth=scram-sha-256",
                                f"--pwfile={password}", "--locale=C.UTF-8", "--lc-collate=C", "--encoding=UTF8"],
                     self.log, user=self.user, cwd="/")
        if made.wait(120) != 0:
            raise RuntimeError(f"initdb failed; its log: {self.log}")

    # -- life

    def start(self):
        self.make_folder()
        if not (self.home / "ready").exists():
            self._make_data()
            (self.home / "ready").touch()
        argv = [self.bin / "postgres", "-D", self.data, "-p", self.port]
        for name, value in self.settings.items():
            argv += ["-c", f"{name}={value}"]
        self.child = Child("PostgreSQL", argv, self.log, signal.SIGINT, self.user, cwd="/")
        self.child.wait_ready("PostgreSQL to accept connections", self.accepts, 60)

    def accepts(self):
        """Does it take connections? Not while it recovers."""
        return subprocess.run([self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                              check=False).returncode == 0

    def stop(self):
        """The fast way: open transactions are rolled back, connections closed."""
        if self.child:
            self.child.stop(signal.SIGINT, 60)

    def kill(self):
        """The whole of it at once, as when a machine stops."""
        for pid in self._pids():
            kill(pid)
        self.child.process.wait()

    # -- faults

    def _pids(self):
        """The server, then all of its processes."""
        return [self.child.pid, *children(self.child.pid)]

    def _limit_files(self, octets):
        """Soft limits, so that they can be taken back; by the server's own user, who may without any capability. The server
        comes first: what it starts meanwhile has the limit from it."""
        for pid in self._pids():
            subprocess.run(["prlimit", f"--pid={pid}", f"--fsize={octets}:"], check=False,
                           **({"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}))

    @contextlib.contextmanager
    def full_disk(self, octets):
        """As long as the block, no file of the server's grows beyond so many octets: what is written there fails."""
        self._limit_files(octets)
        try:
            yield
        finally:
            self._limit_files("unlimited")

    @contextlib.contextmanager
    def hung(self, role):
        """As long as the block, the role's sessions do nothing and say nothing, as on a disk that does not answer."""
        pids = [int(pid) for pid, in self.rows("SELECT pid FROM pg_stat_activity WHERE usename = :'role'", "postgres", role=role)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    @contextlib.contextmanager
    def altered(self, role, change, back):
        """ALTER ROLE as long as the block; its sessions end when it begins."""
        self.sql(f"ALTER ROLE {role} {change};"
                 "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = :'role'", role=role)
        try:
            yield
        finally:
            self.sql(f"ALTER ROLE {role} {back}")

    # -- SQL

    def tool(self, name, database, user="postgres", password=None):
        """One of PostgreSQL's programs on a database: the command and its environment."""
        argv = [str(self.bin / name), "-h", "127.0.0.1", "-p", str(self.port), "-U", user, "-d", database]
        return argv, {**os.environ, "PGPASSWORD": password or self.password, "PGCONNECT_TIMEOUT": "10"}

    def _psql(self, database, user, password):
        """Rows by lines, columns by tabs."""
        argv, env = self.tool("psql", database, user, password)
        return [*argv, "-X", "-q", "-t", "-A", "-F", "\t", "-v", "ON_ERROR_STOP=1"], env

    def sql(self, statement, database="postgres", user="postgres", password=None, /, **variables):
        """What psql prints for it. `variables` stand in it as :'name'."""
        argv, env = self._psql(database, user, password)
        done = subprocess.run(argv, input=with_variables(statement, variables), capture_output=True, text=True,
                              check=False, env=env)
        if done.returncode != 0:
            raise RuntimeError(f"psql: {done.stderr.strip()}")
        return done.stdout.rstrip("\n")

    @contextlib.contextmanager
    def transaction(self, database):
        """One that is open as long as the block, and rolled back after it. What is given: say(statement, **variables),
        which returns the line that the statement prints."""
        argv, env = self._psql(database, "postgres", None)
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as psql:
            def say(statement, **variables):
                psql.stdin.write(with_variables(statement, variables) + ";\n")
                psql.stdin.flush()
                return psql.stdout.readline().rstrip("\n")

            psql.stdin.write("BEGIN;\n")
            yield say
            psql.stdin.close()

    def rows(self, statement, database, /, **variables):
        out = self.sql(statement, database, **variables)
        return [tuple(line.split("\t")) for line in out.split("\n")] if out else []

    def ensure_database(self, name, owner):
        self.sql("SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'owner') WHERE NOT EXISTS "
                 "(SELECT FROM pg_database WHERE datname = :'name') \\gexec\n", name=name, owner=owner)

    def conninfo_of_file(self, database, user, password, folder):
        """The same without the password, which is in a file of the folder: for command lines."""
        path = pathlib.Path(folder) / f"{user}.pgpass"
        path.touch(mode=0o600)
        path.write_text(f"127.0.0.1:{self.port}:*:{user}:{password}\n", "ascii")
        return f"host=127.0.0.1 port={self.port} dbname={database} user={user} passfile={path.resolve()}"

    def conninfo(self, database, user, password):
        return f"host=127.0.0.1 port={self.port} dbname={database} user={user} password={password}"


class Standby(Postgres):
    """Made from a primary that runs, it streams from it and confirms its commits; promoted, it is a server like any other."""

    NAME = "standby"

    def __init__(self, primary, folder, log_folder):
        super().__init__(folder, log_folder)
        self.primary = primary
        self.log = self.log.with_name("standby.log")
        self.settings["cluster_name"] = self.NAME  # by which the primary knows it

    def _make_data(self):
        """All but the data is as the primary's; --write-recovery-conf tells the copy where to stream from."""
        (self.home / "password").write_text(self.primary.password + "\n", "ascii")
        (self.home / "password").chmod(0o600)
        shutil.rmtree(self.data, ignore_errors=True)
        made = Child("pg_basebackup", [self.bin / "pg_basebackup", "--pgdata", self.data, "--checkpoint=fast",
                                       "--write-recovery-conf", "--dbname",
                                       f"host=127.0.0.1 port={self.primary.port} user=postgres"],
                     self.log, user=self.user, cwd="/", env={**os.environ, "PGPASSWORD": self.primary.password})
        if made.wait(120) != 0:
            raise RuntimeError(f"pg_basebackup failed; its log: {self.log}")

    def start(self):
        """From here on the primary commits nothing without it."""
        super().start()
        self.primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{self.NAME}'")
        self.primary.sql("SELECT pg_reload_conf()")
        wait_for("the standby to confirm commits", lambda: self.primary.sql(
            "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'") == "1")

    def conninfo(self, database, user, password):
        """Of the pair: whichever of the two may be written to."""
        return (f"host=127.0.0.1,127.0.0.1 port={self.primary.port},{self.port} dbname={database} user={user} "
                f"password={password} target_session_attrs=read-write")

    @contextlib.contextmanager
    def held(self):
        """It receives nothing as long as the block."""
        (pid,), = self.rows("SELECT pid FROM pg_stat_wal_receiver", "postgres")
        os.kill(int(pid), signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(int(pid), signal.SIGCONT)

    def unconfirmed(self, application):
        """Processes of the primary that have committed and wait for this one to have it too."""
        return [int(pid) for pid, in self.primary.rows(
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = :'name'", "postgres",
            name=application)]

    def promote(self):
        self.sql("SELECT pg_promote()")
