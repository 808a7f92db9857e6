#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make bench-soak: the mix over the box link for an hour, a million texts, and what memory smsd has meanwhile. README.md says more."""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.stack import ROOT, InUse, fresh  # noqa: E402

import rig as rigs  # noqa: E402
import texts as corpus  # noqa: E402
import usage  # noqa: E402
from bench import Bench, say  # noqa: E402

STEPS = 20
GROWTH_MB = 1.0  # over the second half, that is no growth: pages that a peak touched


def options():
    parser = argparse.ArgumentParser(prog="make bench-soak", description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=3600, help="0: as fast as it goes")
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--limit-mb", type=float, default=50)
    return parser.parse_args()


def soak(rig, mix, chosen):
    """Megabytes after each step."""
    bench, counts, since, took = Bench(rig, mix, chosen), [0] * len(mix), rig.last_id(), []
    pace = dict(rate=chosen.texts / chosen.seconds) if chosen.seconds else dict(window=500)
    with rig.running("smsd_box", "file") as running:
        pid = running.application.pid
        say(f"  idle: {usage.rss_mb(pid):.1f} MB")
        while sum(counts) < chosen.texts:
            length = chosen.seconds / STEPS if chosen.seconds else 20
            said = bench.drive(running, counts, seconds=length - 1, warm_up=1, **pace)
            took.append(usage.rss_mb(pid))
            say(f"  {sum(counts):9,} texts, {said['rate']:.0f}/s, p99 {said['p99_ms']:.0f} ms: {took[-1]:.1f} MB")
    return took, rig.reconcile(mix, counts, since)


def main():
    chosen = options()
    build = ROOT / os.environ.get("BUILD", "build")
    with rigs.Rig(fresh(build / "bench" / "stack"), build, chosen.listings) as rig:
        rig.start()
        took, wrong = soak(rig, corpus.mix(ROOT, build), chosen)
    rig.forget()
    grew = took[-1] - took[len(took) // 2]
    say(f"most {max(took):.1f} MB, grew {grew:.1f} MB over the second half; {'; '.join(wrong) or 'rows and answers reconcile'}")
    return int(bool(wrong) or max(took) > chosen.limit_mb or grew > GROWTH_MB)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (InUse, BlockingIOError) as error:
        sys.exit(f"make bench-soak: another one is running: {error}")
