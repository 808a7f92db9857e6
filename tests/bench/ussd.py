#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long a keypress takes from the SMSC to its screen there, over the box link, with 200 sessions in flight and 50 new ones a
second: make bench-ussd. Each session is another number's, and makes an offer from its dial to its confirmation; with --outbox so many
alerts drain beside them. The whole stack of real parts, as the live tests start it.

What is measured: from the moment the simulated SMSC writes the keypress to the moment its screen's submit_sm has arrived there, both
on its monotonic clock. It fails when a session does not end, or the 99th percentile is above --most ms.
"""
import argparse
import heapq
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.stack import ROOT, Stack, fresh  # noqa: E402

import usage  # noqa: E402

KEYS = ("*8055#", "1", "om18", "2 tan", "8k5", "cau ke", "1")
BEGIN, ANSWER, END = 0x01, 0x12, "11"
SERVICE_OP, SESSION_INFO = "0x0501", "0x1383"
WARM_UP_S, LATE_S, DRAIN_RATE = 5, 30, 1000


class Load:
    """Sessions that press their next key a while after each screen."""

    def __init__(self, phone, options):
        self.phone, self.options = phone, options
        self.think = options.in_flight / options.rate / len(KEYS)
        self.due, self.pressed, self.sent_at = [], {}, {}  # (when, number); number: keys so far; id of its text: number and when
        self.keys, self.all_keys, self.ended, self.took = {}, 0, 0, []

    def press(self, number):
        n = self.pressed[number]
        tlvs = {SERVICE_OP: f"{ANSWER if n else BEGIN:02x}", SESSION_INFO: f"01{2 * n:02x}"}
        self.keys[self.phone.post(KEYS[n], number, to="*8055#", service_type="USSD", tlvs=tlvs)] = number
        self.pressed[number] = n + 1

    def heard(self, event, measuring):
        if event["ev"] == "mo_sent" and event["id"] in self.keys:
            self.sent_at[self.keys.pop(event["id"])] = event["t"]
        elif event["ev"] == "mt" and SERVICE_OP in event.get("tlvs", {}):
            number = event["to"].lstrip("+")
            self.all_keys += 1
            if measuring:
                self.took.append((event["t"] - self.sent_at[number]) / 1000)
            if event["tlvs"][SERVICE_OP] == END:
                self.ended += 1
                del self.pressed[number]
            else:
                heapq.heappush(self.due, (time.monotonic() + self.think, number))

    def run(self):
        """The number of sessions, and most of them that were open at once."""
        begin, seen, n, most = time.monotonic(), self.phone.mark(), 0, 0
        end = begin + WARM_UP_S + self.options.seconds
        while True:
            now = time.monotonic()
            while now < end and n < (now - begin) * self.options.rate:
                self.pressed[f"8494{n:07d}"] = 0
                heapq.heappush(self.due, (now, f"8494{n:07d}"))
                n += 1
            while self.due and self.due[0][0] <= now:
                self.press(heapq.heappop(self.due)[1])
            for event in self.phone.events[seen:]:
                seen += 1
                self.heard(event, now > begin + WARM_UP_S)
            most = max(most, len(self.pressed))
            if now > end + LATE_S or (now > end and not self.pressed):
                return n, most
            time.sleep(0.001)


def fill_outbox(stack, rows):
    stack.rows("INSERT INTO people (msisdn, welcomed_at) SELECT 84950000000 + n, now() FROM generate_series(1, 1000) n")
    stack.rows("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at) "
               "SELECT nextval('message_ids'), now(), p.id, 'alert', 'queued', '8055', 'gia lua len', 0, 1, now() "
               "FROM generate_series(1, :rows / 1000), people p WHERE p.msisdn LIKE '8495%'", rows=str(rows))


def main():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--rate", type=float, default=50, help="new sessions a second")
    parse.add_argument("--in-flight", type=int, default=200, help="sessions at once")
    parse.add_argument("--seconds", type=float, default=20)
    parse.add_argument("--outbox", type=int, default=0, help="alerts that drain beside them, thousands of them")
    parse.add_argument("--most", type=float, default=300, help="ms that the 99th percentile may be")
    options = parse.parse_args()
    build = ROOT / os.environ.get("BUILD", "build")
    with Stack(fresh(build / "bench" / "stack"), build, options={("send", "rate"): DRAIN_RATE}, link="box") as stack:
        stack.phone.start()
        stack.start()
        stack.phone.wait_bound()
        if options.outbox:
            fill_outbox(stack, options.outbox)
        postgres = stack.postgres.child.pid
        meter = usage.Meter({"smsd": lambda: [stack.smsd.child.pid], "bearerbox": lambda: [stack.kannel.bearerbox.pid],
                             "postgres": lambda: [postgres, *usage.children(postgres)],
                             "phones": lambda: [stack.phone.child.pid, os.getpid()]})
        load = Load(stack.phone, options)
        sessions, most = load.run()
        spent, others = meter.spent()
        left = stack.rows("SELECT count(*) FROM outbox WHERE kind = 'alert' AND state = 'queued'")[0][0]
        offers = int(stack.rows("SELECT count(*) FROM listings")[0][0])
        inside = stack.smsd.metrics()
    stack.forget()
    took = sorted(load.took)
    told = {"sessions": sessions, "ended": load.ended, "offers": offers, "most_in_flight": most, "keys": len(took),
            **{f"p{p}_ms": round(took[int(len(took) * p / 100)], 1) for p in (50, 90, 99)}, "max_ms": round(took[-1], 1),
            "mean_in_smsd_ms": round(inside["smsd_answer_seconds_sum"] / inside["smsd_answer_seconds_count"] * 1000, 1),
            "cpu_us_a_key": {name: round(seconds / load.all_keys * 1e6) for name, seconds in spent.items()},
            "machine_used_by_others": round(others, 2), "alerts_left": int(left)}
    print(json.dumps(told), flush=True)
    return 0 if load.ended == sessions == offers and told["p99_ms"] <= options.most else 1


sys.exit(main())
