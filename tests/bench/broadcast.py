#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make bench-broadcast: one text to very many people over the box link. How long until all of them are known, until the first has it, at
what rate it goes out, and what it does to the answers of people who text meanwhile. The SMSC counts."""
import argparse
import os
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.stack import ROOT, Stack, fresh  # noqa: E402

ASK = "gia lua cau ke"
WORDS = "Ray nau vao den 25/11"
# The box link's window is what bearerbox acknowledges, so the rate is what holds it back.
OPTIONS = {("broadcast", "quiet_from"): 0, ("broadcast", "quiet_to"): 0, ("service", "reply_limit"): 1000,
           ("service", "same_limit"): 1000, ("service", "dedupe_window"): "0s"}


def options():
    parser = argparse.ArgumentParser(prog="make bench-broadcast", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=100, help="segments a second, as configured (send.rate)")
    parser.add_argument("--seconds", type=float, default=60, help="that the rate is counted over")
    parser.add_argument("--texts", type=int, default=300, help="to be answered, before and meanwhile")
    return parser.parse_args()


def fill(stack, people):
    stack.rows("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT 84920000000 + n, '845', now() "
               "FROM generate_series(1, CAST(:'people' AS int)) n RETURNING id) INSERT INTO person_crops SELECT id, 'LUA' FROM p",
               people=str(people))
    stack.postgres.sql("VACUUM ANALYZE", "chonoi")


def latencies(stack, texts, until=lambda: False):
    """Of so many texts one after the other, in milliseconds."""
    took = []
    for n in range(texts):
        began = time.monotonic()
        stack.phone.send(ASK, f"8491{n:07d}")
        took.append((time.monotonic() - began) * 1000)
        if until():
            break
    return sorted(took)


def p99(took):
    return took[min(len(took) - 1, int(len(took) * 0.99))]


def moment_of(what, condition, every=0.01, timeout=120):
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > timeout:
            raise RuntimeError(f"waited in vain for {what}")
        time.sleep(every)
    return time.monotonic()


def sent(stack):
    with stack.phone._came:  # a copy of a hundred thousand events takes longer than counting them
        return sum(1 for event in stack.phone.events if event["ev"] == "mt" and WORDS in event["text"])


def measure(stack, chosen):
    print(f"  people {chosen.people:,}, rate {chosen.rate} a second, load {os.getloadavg()[0]:.1f}")
    idle = latencies(stack, chosen.texts)
    began = time.monotonic()
    told = stack.smsd.ctl_json("broadcast", "new", "845", WORDS, "--crops", "LUA")
    print(f"  counted {told['people']:,} people in {time.monotonic() - began:.2f} s (smsctl broadcast new)")
    broadcast = str(told["broadcast"])
    moments = {}
    planned = threading.Thread(target=lambda: moments.update(planned=moment_of(
        "the plan", lambda: stack.rows("SELECT 1 FROM broadcasts WHERE planned_at IS NOT NULL"))))
    stack.smsd.ctl("broadcast", "approve", broadcast)
    approved = time.monotonic()
    planned.start()
    first = moment_of("the first", lambda: sent(stack))
    planned.join()
    print(f"  first text out after {first - approved:.2f} s (goal: 2)")
    print(f"  all recipients known after {moments['planned'] - approved:.2f} s (goal: 5)")
    before, start = sent(stack), time.monotonic()
    meanwhile = latencies(stack, chosen.texts, lambda: time.monotonic() - start > chosen.seconds)
    time.sleep(max(0, start + chosen.seconds - time.monotonic()))
    count, took = sent(stack) - before, time.monotonic() - start
    print(f"  {count:,} texts in {took:.1f} s: {count / took:.2f} a second, {100 * (count / took / chosen.rate - 1):+.1f}% (goal: within 2)")
    print(f"  answers, p99: {p99(idle):.1f} ms idle, {p99(meanwhile):.1f} ms meanwhile (goal: at most twice), of {len(meanwhile)} texts")
    stack.smsd.ctl("broadcast", "cancel", broadcast)


def main():
    chosen, build = options(), ROOT / os.environ.get("BUILD", "build")
    with Stack(fresh(build / "bench-broadcast"), build, link="box", options={**OPTIONS, ("send", "rate"): chosen.rate}) as stack:
        stack.phone.start()
        stack.start()
        stack.phone.wait_bound()
        fill(stack, chosen.people)
        measure(stack, chosen)


if __name__ == "__main__":
    main()
