# SPDX-License-Identifier: Apache-2.0
"""The SMSC with its phones (build/phone): in a person's hands, or driven by a test."""
import itertools
import json
import pathlib
import signal
import subprocess
import threading
import time

from stack.process import Child, NotReady, ending_with_us


class Phone:
    def __init__(self, program, port, log_folder, short_code="8055"):
        self.program, self.port = pathlib.Path(program), port
        self.log = pathlib.Path(log_folder) / "phone.log"
        self.short_code = short_code
        self.child = None
        self.events = []
        self._came = threading.Condition()
        self._ids = itertools.count(1)

    # -- in a person's hands

    def run(self, stdin=None, stdout=None):
        """A phone on our terminal, or fed from `stdin`: the process, which is in our own session."""
        return subprocess.Popen([self.program, "--port", str(self.port)], stdin=stdin, stdout=stdout,
                                preexec_fn=ending_with_us(signal.SIGTERM))

    # -- driven by a test

    def start(self):
        self.child = Child("phone", [self.program, "--port", self.port, "--script"], self.log,
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._read, args=(self.child.process.stdout,), daemon=True).start()
        self.wait_event("the SMSC to listen", lambda event: event["ev"] == "listening")

    def stop(self):
        if self.child:
            self.child.process.stdin.close()
            self.child.stop()

    def _read(self, lines):
        for line in lines:
            with self._came:
                self.events.append(json.loads(line))
                self._came.notify_all()

    def command(self, op, **members):
        line = json.dumps({"op": op, **members}, ensure_ascii=False) + "\n"
        self.child.process.stdin.write(line.encode("utf-8"))
        self.child.process.stdin.flush()

    def mark(self):
        """The place in the events from which the next wait may look."""
        with self._came:
            return len(self.events)

    def since(self, mark, ev):
        with self._came:
            return [event for event in self.events[mark:] if event["ev"] == ev]

    def wait_event(self, what, matches, mark=0, timeout=30.0):
        end = time.monotonic() + timeout
        with self._came:
            while True:
                for event in itertools.islice(self.events, mark, None):
                    if matches(event):
                        return event
                mark = len(self.events)
                if not self._came.wait(end - time.monotonic()):
                    raise NotReady(f"waited {timeout:g} s for {what}")

    def wait_bound(self):
        self.wait_event("Kannel to bind to the SMSC", lambda event: event["ev"] == "bound")

    def post(self, text=None, frm="84912345678", **members):
        """Sends a text and does not wait; the id of its events."""
        name = f"mo{next(self._ids)}"
        if text is not None:
            members["text"] = text
        self.command("mo", id=name, **{"from": frm, "to": self.short_code, **members})
        return name

    def wait_acked(self, name, mark=0, timeout=30.0):
        """Kannel has taken the text."""
        return self.wait_event(f"{name} to be taken by Kannel",
                               lambda event: event["ev"] == "mo_acked" and event.get("id") == name, mark, timeout)

    def wait_mt(self, frm, mark=0, timeout=30.0):
        """The next whole SMS to that number."""
        return self.wait_event(f"an SMS to the number ending in {frm[-3:]}",
                               lambda event: event["ev"] == "mt" and event["to"].lstrip("+") == frm, mark, timeout)

    def send(self, text=None, frm="84912345678", timeout=30.0, **members):
        """Sends a text and waits for what comes back: the event `mt`, with text, coding, segments and units."""
        mark = self.mark()
        self.post(text, frm, **members)
        return self.wait_mt(frm, mark, timeout)
