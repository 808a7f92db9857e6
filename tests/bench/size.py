#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make bench-size: what the rate of `make bench` over the box link becomes when the database is large. README.md says what it is
filled with; build/bench/size.json holds what is shown, and each single run.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.stack import ROOT, InUse, fresh  # noqa: E402

import bench as benches  # noqa: E402
import fill  # noqa: E402
import rig as rigs  # noqa: E402
import texts as corpus  # noqa: E402
from bench import say  # noqa: E402

SYSTEM, SMALL_LISTINGS, WANTED = "smsd_box", 10_000, 0.8
KEEP_MONTHS = 2
STATEMENTS = """
    SELECT round((total_exec_time * 1000)::numeric), calls, round((blk_read_time * 1000)::numeric), shared_blks_read,
           left(regexp_replace(query, '\\s+', ' ', 'g'), 100)
      FROM pg_stat_statements WHERE query !~ 'pg_stat_statements' ORDER BY total_exec_time DESC LIMIT 12"""


class SizeBench(benches.Bench):
    """One of the two databases, with a name."""

    def __init__(self, name, rig, mix, options):
        super().__init__(rig, mix, options)
        self.name, self.statements = name, []

    def warm_up(self):
        """What is asked for most is in memory then, and no table is empty when statements are planned."""
        self.run(SYSTEM, "none")

    def one(self):
        if self.options.statements:
            self.rig.rows("SELECT pg_stat_statements_reset()")
        self._keep(SYSTEM, "file", lambda: self.run(SYSTEM, "file"))
        if self.options.statements:
            self.statements = [dict(zip(("us", "calls", "read_us", "blocks_read", "statement"), row))
                               for row in self.rig.rows(STATEMENTS)]

    def drop_months(self, rate):
        """How long texts take under half of the load while smsctl drops all months but two and the present one."""
        argv = [self.rig.build / "smsctl", "--json", "--config", self.rig.smsd.conf, "maintain", "--keep-months", str(KEEP_MONTHS)]

        def maintain():
            began = time.monotonic()
            told = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)
            return {**told, "took_s": round(time.monotonic() - began, 3)}

        with concurrent.futures.ThreadPoolExecutor() as pool, self.rig.running(SYSTEM, "none") as running:
            told = []
            said = self.drive(running, [0] * len(self.mix), rate=rate, seconds=self.options.seconds, warm_up=1,
                               on_begin=lambda: told.append(pool.submit(maintain)))
            dropped = {**told[0].result(), **{name: said[name] for name in ("rate", "p50_ms", "p99_ms", "max_ms")},
                       "max_ms_without": max(run["half"]["max_ms"] for run in self.runs)}
        say(f"\nUnder half of the load {dropped['partitions_dropped']} partitions were dropped in {dropped['took_s']} s; texts "
            f"took {dropped['max_ms']:.0f} ms at most, {dropped['max_ms_without']:.0f} ms when none was.")
        return dropped

    def result(self, filling):
        return {"row": self.row(SYSTEM, "file"), "one_at_a_time": self.quiet(SYSTEM, "alone"),
                "half_load": self.quiet(SYSTEM, "half"), "rows": filling.rows(), "gb": round(filling.size_gb(), 2),
                "statements": self.statements, "conditions": benches.conditions(self), "runs": self.runs,
                "not_counted": self.not_counted}


def show(benches_by_name):
    say(f"\n{'':8} {'texts/s':>8} {'(least - most)':>17} {'p50 ms':>8} {'p99 ms':>8} {'alone p50':>10} {'half p99':>9} "
        f"{'postgres µs':>12} {'smsd µs':>8}")
    for name, bench in benches_by_name.items():
        row = bench.row(SYSTEM, "file")
        if row:
            least, most = bench.spread(SYSTEM, "file")
            say(f"{name:8} {row['rate']:8.0f} {f'({least:.0f} - {most:.0f})':>17} {row['p50_ms']:8.2f} {row['p99_ms']:8.2f} "
                f"{bench.quiet(SYSTEM, 'alone')['p50_ms']:10.2f} {bench.quiet(SYSTEM, 'half')['p99_ms']:9.2f} "
                f"{row['cpu_us']['postgres']:12.0f} {row['cpu_us']['smsd']:8.0f}")


def measure(sides, chosen):
    """By turns, the first to begin being the other one each time: whatever else the machine does falls on both."""
    for side in sides.values():
        side.warm_up()
    for number in range(chosen.rounds):
        say(f"Round {number + 1} of {chosen.rounds}")
        for name in (("small", "large"), ("large", "small"))[number % 2]:
            say(f" {name}:")
            sides[name].one()


def ratio(sides):
    rows = [sides[name].row(SYSTEM, "file") for name in ("large", "small")]
    return {"is": round(rows[0]["rate"] / rows[1]["rate"], 3) if all(rows) else None, "wanted": WANTED}


def options():
    parser = argparse.ArgumentParser(prog="make bench-size", description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000_000, help="all of them open")
    parser.add_argument("--people", type=int, default=5_000_000, help="the load's 100,000 are spread evenly over them")
    parser.add_argument("--inbound", type=int, default=50_000_000, help="texts of the past, each with its answer")
    parser.add_argument("--months", type=int, default=6, help="that these are of, the present one being the last")
    parser.add_argument("--seconds", type=float, default=15, help="of measuring, each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--statements", action="store_true", help="what each costs, by pg_stat_statements, which itself costs a little")
    chosen = parser.parse_args()
    if chosen.people < rigs.PEOPLE + rigs.PEOPLE_TOO:
        parser.error(f"at least {rigs.PEOPLE + rigs.PEOPLE_TOO} people")
    return chosen


def prepared(rig, mix, inbound, chosen):
    """Fills the rig's database, and starts it."""
    if chosen.statements:
        rig.postgres.settings.update({"shared_preload_libraries": "pg_stat_statements", "track_io_timing": "on"})
    filling = fill.Filling(rig, mix, inbound, chosen.months, say)
    filling.run()
    if chosen.statements:
        rig.rows("CREATE EXTENSION pg_stat_statements")
    return filling


def main():
    chosen = options()
    build = ROOT / os.environ.get("BUILD", "build")
    mix, path = corpus.mix(ROOT, build), build / "bench" / "size.json"
    folder = build / "bench" / "size"
    with rigs.Rig(fresh(folder / "small"), build, SMALL_LISTINGS) as small, \
            rigs.Rig(fresh(folder / "large"), build, chosen.listings, chosen.people) as large:
        fillings, sides = {}, {}
        for name, rig, inbound in (("small", small, 0), ("large", large, chosen.inbound)):
            say(f"{name}: {rig.people} people, {rig.listings} listings, {inbound} texts of the past")
            fillings[name], sides[name] = prepared(rig, mix, inbound, chosen), SizeBench(name, rig, mix, chosen)
        measure(sides, chosen)
        show(sides)
        result = {"ratio": ratio(sides), "months": chosen.months,
                  **{name: side.result(fillings[name]) for name, side in sides.items()}}
        if chosen.inbound and (row := sides["large"].row(SYSTEM, "file")):
            result["drop_months"] = sides["large"].drop_months(row["rate"] / 2)
    for rig in (small, large):
        rig.forget()
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"\nlarge/small: {result['ratio']['is']}, wanted {WANTED}\nAll of it, and each single run: {path.relative_to(ROOT)}")
    return 1 if any(side.not_counted for side in sides.values()) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (InUse, BlockingIOError) as error:
        sys.exit(f"make bench-size: another one is running: {error}")
