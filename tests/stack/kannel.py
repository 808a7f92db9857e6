# SPDX-License-Identifier: Apache-2.0
"""bearerbox and smsbox, and the supervisor that Kannel needs: smsbox ends when its bearerbox does. Where smsd is a box of
its own there is no smsbox."""
import pathlib
import threading
import urllib.error
import urllib.request

from stack.process import Child, NotReady, free_port, is_listening
from stack.template import fill, value_of

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "smsd" / "etc"
EXAMPLE = EXAMPLES / "kannel.conf"


class Ports:
    def __init__(self):
        self.admin, self.box, self.sendsms = free_port(), free_port(), free_port()


class Kannel:
    def __init__(self, folder, log_folder, secrets, ports, smsc_port, smsd_port, has_smsbox=True):
        self.folder, self.log_folder = pathlib.Path(folder), pathlib.Path(log_folder)
        self.secrets = secrets
        self.smsc_port, self.smsd_port = smsc_port, smsd_port
        self.ports, self.has_smsbox = ports, has_smsbox
        self.bearerbox = self.smsbox = None
        self.restarts = 0
        self.options = {}  # by (group, name), in place of what the example has
        self.runner = lambda box: []  # what goes before its command
        self._supervisor = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    # -- configuration

    @property
    def conf(self):
        return self.folder / "kannel.conf"

    def _made(self, name):
        """A spool of bearerbox's, which wants to find it there."""
        path = self.folder.resolve() / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def write_conf(self):
        self.folder.mkdir(mode=0o700, exist_ok=True)
        text = EXAMPLE.read_text("utf-8")
        url = value_of(text, "sms-service", "post-url")
        url = url.replace("127.0.0.1:8055", f"127.0.0.1:{self.smsd_port}")
        url = url.replace("CHANGE-ME-TOO-PLEASE", self.secrets["http"])
        filled = fill(text, {
            ("core", "admin-port"): self.ports.admin,
            ("core", "admin-password"): self.secrets["kannel_admin"],
            ("core", "status-password"): self.secrets["kannel_admin"],
            ("core", "smsbox-port"): self.ports.box,
            ("core", "log-file"): f'"{self.log_folder.resolve()}/bearerbox.log"',
            ("core", "store-location"): f'"{self._made("store")}"',
            ("core", "dlr-spool"): f'"{self._made("dlr")}"',
            ("smsc", "port"): self.smsc_port,
            ("smsc", "smsc-password"): self.secrets["smsc"],
            ("smsbox", "bearerbox-port"): self.ports.box,
            ("smsbox", "sendsms-port"): self.ports.sendsms,
            ("smsbox", "log-file"): f'"{self.log_folder.resolve()}/smsbox.log"',
            ("sendsms-user", "password"): self.secrets["sendsms"],
            ("sms-service", "post-url"): url,
            **self.options,
        })
        self.conf.touch(mode=0o600)
        self.conf.write_text(filled, "utf-8")

    # -- life

    def start(self):
        self.write_conf()
        self._start_bearerbox()
        if self.has_smsbox:
            self._start_smsbox()
        self._stopping.clear()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._supervisor.start()

    def _start_bearerbox(self):
        self.bearerbox = Child("bearerbox", [*self.runner("bearerbox"), "/usr/sbin/bearerbox", "-v", "4", self.conf],
                               self.log_folder / "bearerbox.err")
        self.bearerbox.wait_ready("bearerbox", lambda: is_listening(self.ports.box) and self.status())

    def _start_smsbox(self):
        self.smsbox = Child("smsbox", [*self.runner("smsbox"), "/usr/sbin/smsbox", "-v", "4", self.conf],
                            self.log_folder / "smsbox.err")
        self.smsbox.wait_ready("smsbox", lambda: is_listening(self.ports.sendsms) and "smsbox" in self.status())

    def _supervise(self):
        while not self._stopping.wait(0.2):
            with self._lock:
                try:
                    self._revive()
                except NotReady:
                    continue  # the next round tries again

    def _revive(self):
        if self._stopping.is_set():
            return
        if not self.bearerbox.is_alive():
            self.restarts += 1
            if self.has_smsbox:
                self.smsbox.stop()
            self._start_bearerbox()
        if self.has_smsbox and not self.smsbox.is_alive():
            self.restarts += 1
            self._start_smsbox()

    def stop(self):
        self._stopping.set()
        with self._lock:
            for child in (self.smsbox, self.bearerbox):
                if child:
                    child.stop(timeout=20)

    def boxes(self):
        return [self.bearerbox, self.smsbox] if self.has_smsbox else [self.bearerbox]

    # -- what it says

    def status(self):
        """The status page; empty when bearerbox does not answer."""
        url = f"http://127.0.0.1:{self.ports.admin}/status.txt?password={self.secrets['kannel_admin']}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode("utf-8", "replace")
        except (urllib.error.URLError, OSError):
            return ""

    def is_online(self):
        """Is the SMSC bound?"""
        return "(online" in self.status()
