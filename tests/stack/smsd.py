# SPDX-License-Identifier: Apache-2.0
"""smsd and smsctl on a Stack's database."""
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from stack.kannel import EXAMPLE as KANNEL
from stack.kannel import EXAMPLES
from stack.process import Child, free_port
from stack.template import fill, value_of

EXAMPLE = EXAMPLES / "smsd.conf"
DATABASE, OWNER, DAEMON = "chonoi", "chonoi_owner", "chonoi_smsd"
RUNNER = shlex.split(os.environ.get("SMSD_RUNNER", ""))  # goes before smsd: valgrind and its options
METRIC = re.compile(r"^(\w+(?:\{[^}]*\})?)\s+(\S+)$", re.M)


class Smsd:
    """One instance; several may stand on one database."""

    def __init__(self, name, folder, log_folder, build, secrets, postgres, sendsms_port, options=None):
        self.name, self.folder, self.build = name, pathlib.Path(folder), pathlib.Path(build)
        self.log = pathlib.Path(log_folder) / f"{name}.log"
        self.secrets, self.postgres = secrets, postgres
        self.port, self.sendsms_port = free_port(), sendsms_port
        self.options = options or {}
        self.program, self.runner, self.environment = self.build / "smsd", RUNNER, {}
        self.child = None

    # -- configuration

    @property
    def conf(self):
        return self.folder / f"{self.name}.conf"

    def write_conf(self):
        """The example with our values, and this instance's own `options`."""
        text = fill(EXAMPLE.read_text("utf-8"), {
            ("database", "url"): self.postgres.conninfo(DATABASE, DAEMON, self.secrets["smsd_db"]),
            ("database", "owner_url"): self.postgres.conninfo(DATABASE, OWNER, self.secrets["owner_db"]),
            ("http", "port"): self.port,
            ("http", "secret"): self.secrets["http"],
            ("privacy", "key"): self.secrets["privacy"],
            ("kannel", "sendsms_url"): f"http://127.0.0.1:{self.sendsms_port}/cgi-bin/sendsms",
            ("kannel", "username"): value_of(KANNEL.read_text("utf-8"), "sendsms-user", "username"),
            ("kannel", "password"): self.secrets["sendsms"],
            ("kannel", "dlr_base"): f"http://127.0.0.1:{self.port}",
            ("locales", "dir"): (self.build / "locales").resolve(),
            # Who tries it sees every language, and texts more in an hour than a farmer would.
            ("locales", "serve_unreviewed"): "yes",
            ("service", "reply_limit"): 1000,
            **self.options,
        })
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.conf.touch(mode=0o600)
        self.conf.write_text(text, "utf-8")

    # -- life

    def start(self):
        self.child = Child(self.name, [*self.runner, self.program, "--config", self.conf], self.log,
                           env={**environment(), **self.environment})
        self.child.wait_ready(f"{self.name} to be healthy", lambda: self.http("/healthz").status == 200, 60)

    def stop(self, number=signal.SIGTERM):
        return self.child.stop(number) if self.child else 0

    def kill(self):
        self.child.kill()

    # -- HTTP

    def http(self, path, params=None, body=None, headers=None, timeout=30):
        """One request; status 0 when there was no answer."""
        query = "?" + urllib.parse.urlencode(params) if params else ""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}{query}", data=body,
                                         headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.read().decode("utf-8", "replace"), answer.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode("utf-8", "replace"), error.headers)
        except OSError:
            return Answer(0, "", {})

    def mo(self, text, frm, kannel_id, to="8055", secret=None, coding=0, **more):
        """A text, as smsbox would bring it."""
        return self.http("/kannel/mo", {"id": kannel_id, "secret": secret or self.secrets["http"], "from": frm, "to": to,
                                        "text": text, "coding": coding, "charset": "UTF-8", **more})

    def metrics(self):
        return {name: float(value) for name, value in METRIC.findall(self.http("/metrics").body)}

    # -- smsctl

    def ctl(self, *words, check=True):
        """What smsctl prints."""
        done = subprocess.run([str(self.build / "smsctl"), "--config", str(self.conf), *words], capture_output=True,
                              text=True, check=False, env=environment())
        if check and done.returncode != 0:
            raise RuntimeError(f"smsctl {' '.join(words)}: status {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def ctl_json(self, *words):
        return json.loads(self.ctl("--json", *words))


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    def __repr__(self):
        return f"<{self.status} {self.body!r}>"


def environment():
    """Ours, less what libpq would read in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
