# SPDX-License-Identifier: Apache-2.0
"""How long one text takes from the SMSC to its answer there, one text at a time: half offers, half prices, each from another
of a hundred numbers. The whole stack of real parts, as the live tests start it; make bench-latency.

What is measured: from the moment a text is given to the simulated SMSC to the moment the answer's submit_sm has arrived there,
both on its monotonic clock. Nothing else is under way.
"""
import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.stack import ROOT, Stack, fresh  # noqa: E402

WARM_UP, NUMBERS = 20, 100


def numbers(stack):
    made = [f"8493{i:07d}" for i in range(NUMBERS)]
    for number in made:
        stack.rows("INSERT INTO people (msisdn, welcomed_at) VALUES (:'number', now()) RETURNING 1", number=number)
    return made


def text_of(i):
    return f"ban lua om18 {2 + i // 2 % 40} tan {8000 + i % 7 * 100} cau ke" if i % 2 else "gia lua om18 cau ke"


def measure(stack, count):
    """Milliseconds of each text but the first few."""
    people, took = numbers(stack), []
    for i in range(WARM_UP + count):
        number = people[i % NUMBERS]
        mark, began = stack.phone.mark(), time.monotonic()
        stack.phone.post(text_of(i + i // NUMBERS), number)
        took.append(stack.phone.wait_mt(number, mark)["t"] / 1000 - began * 1000)
    return sorted(took[WARM_UP:])


def main(link, count):
    build = ROOT / os.environ.get("BUILD", "build")
    with Stack(fresh(build / "bench" / "stack"), build, options={("service", "reply_limit"): 1000}, link=link) as stack:
        stack.phone.start()
        stack.start()
        stack.phone.wait_bound()
        took = measure(stack, count)
        inside = stack.smsd.metrics()
    stack.forget()
    print(f"{link:5} {count} texts, one at a time: p50 {statistics.median(took):.2f} ms, p90 {took[int(count * .9)]:.2f} ms, "
          f"p99 {took[int(count * .99)]:.2f} ms, min {took[0]:.2f} ms; mean in smsd "
          f"{inside['smsd_answer_seconds_sum'] / inside['smsd_answer_seconds_count'] * 1000:.2f} ms", flush=True)


for name in sys.argv[2:]:
    main(name, int(sys.argv[1]))
