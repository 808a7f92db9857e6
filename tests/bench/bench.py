#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make bench: how fast texts are read, stored and answered through Kannel, beside what Kannel and PostgreSQL do without us.
README.md says what is measured and how; build/bench/bench.json holds what the table shows, and each single run.
"""
import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.process import NotReady  # noqa: E402
from stack.stack import ROOT, InUse, fresh  # noqa: E402

import flame  # noqa: E402
import redo  # noqa: E402
import rig as rigs  # noqa: E402
import texts as corpus  # noqa: E402

SYSTEMS = ("null_http", "echo_box", "smsd_http", "smsd_box")
APPLICATION = {"null_http": "null_http", "echo_box": "echo_box", "smsd_http": "smsd", "smsd_box": "smsd"}
COLUMNS = ("bearerbox", "smsbox", "application", "postgres", "load")
RATIOS = (("smsd_http", "null_http", 0.6), ("smsd_box", "null_http", 1.0), ("smsd_box", "echo_box", 0.5),
          ("smsd_box", "pgbench", 1.5))
WARM_UP = 2.0


def say(line):
    print(line, flush=True)


class Bench:
    def __init__(self, rig, mix, options):
        self.rig, self.mix, self.options = rig, mix, options
        self.texts = rig.folder / "texts.tsv"
        corpus.write(self.texts, mix)
        self.first = 0  # the next text of the endless mix: nobody sends one twice, in all of the runs
        self.runs, self.not_counted = [], []

    # -- one run

    def full_load(self, running, counts, **more):
        return self.drive(running, counts, seconds=self.options.seconds, warm_up=WARM_UP, window=500, **more)

    def drive(self, running, counts, **options):
        said = self.rig.drive(running, self.texts, self.first, counts, **options)
        self.first = said["next"]
        if said["answered"] != said["sent"] or said["unexpected"]:
            raise ValueError(f"{said['sent']} texts, {said['answered']} answered, {said['unexpected']} answers too many")
        return said

    def run(self, name, store):
        """Full load; and with a store, which is how one would run it, one text at a time and half of the load."""
        counts, since = [0] * len(self.mix), self.rig.last_id()
        self.rig.rest()
        with self.rig.running(name, store) as running:
            result = {"name": name, "store": store, **self.full_load(running, counts)}
            if store == "file":
                quiet = dict(seconds=self.options.seconds / 3, warm_up=1)
                result["alone"] = self.drive(running, counts, window=1, **quiet)
                result["half"] = self.drive(running, counts, rate=result["rate"] / 2, **quiet)
        wrong = self.rig.reconcile(self.mix, counts, since) if name.startswith("smsd") else []
        if running.answered not in (None, sum(counts)):
            wrong.append(f"{sum(counts)} texts, and the application answered {running.answered}")
        return result, wrong

    def _keep(self, name, store, make):
        try:
            result, wrong = make()
        except (ValueError, NotReady, RuntimeError) as error:
            result, wrong = {"name": name, "store": store}, [str(error)]
        if wrong:
            self.not_counted.append({**result, "wrong": wrong})
            say(f"  {name:10} store {store}: does NOT count: {'; '.join(wrong)}")
        else:
            self.runs.append(result)
            say(f"  {name:10} store {store}: {result['rate']:8.0f} texts/s, p50 {result['p50_ms']:.1f} ms, "
                f"p99 {result['p99_ms']:.1f} ms; others used {result['others']:.0%} of the machine")

    def rounds(self, statements):
        for number in range(self.options.rounds):
            say(f"Round {number + 1} of {self.options.rounds}")
            for name in SYSTEMS:
                self._keep(name, "file", lambda name=name: self.run(name, "file"))
            self._keep("pgbench", "file", lambda: self._pgbench(statements))
            if number < self.options.none_rounds:
                for name in SYSTEMS:
                    self._keep(name, "none", lambda name=name: self.run(name, "none"))

    def _pgbench(self, statements):
        self.rig.rest()
        result, wrong = statements.run(self.options.seconds)
        return {"name": "pgbench", "store": "file", **result}, wrong

    # -- all of them

    def row(self, name, store):
        """Medians of the runs that count; None when none does."""
        runs = [run for run in self.runs if (run["name"], run["store"]) == (name, store)]
        if not runs:
            return None

        def median(of, digits):
            return round(statistics.median(of(run) for run in runs), digits)

        return {"name": name, "rate": median(lambda run: run["rate"], 1), "p50_ms": median(lambda run: run["p50_ms"], 3),
                "p99_ms": median(lambda run: run["p99_ms"], 3),
                "cpu_us": {process: median(lambda run: run["cpu_us"][process], 1) for process in runs[0]["cpu_us"]},
                "rss_mb": median(lambda run: run["rss_mb"], 1)}

    def spread(self, name, store):
        rates = [run["rate"] for run in self.runs if (run["name"], run["store"]) == (name, store)]
        return min(rates), max(rates)

    def quiet(self, name, which):
        runs = [run[which] for run in self.runs if run["name"] == name and which in run]
        return {"rate": round(statistics.median(run["rate"] for run in runs), 1),
                "p50_ms": round(statistics.median(run["p50_ms"] for run in runs), 3),
                "p99_ms": round(statistics.median(run["p99_ms"] for run in runs), 3)} if runs else None


# -- showing

def table(bench, store):
    say(f"\nKannel's store-type = {store}; medians of {bench.options.rounds if store == 'file' else bench.options.none_rounds}, "
        f"window 500. Processor time is in µs a text.")
    say(f"{'':10} {'texts/s':>8} {'(least - most)':>17} {'p50 ms':>8} {'p99 ms':>8} {'bearerbox':>10} {'smsbox':>7} "
        f"{'applic.':>8} {'postgres':>9} {'load':>6} {'RSS MB':>7}")
    for name in (*SYSTEMS, "pgbench"):
        row = bench.row(name, store)
        if not row:
            continue
        least, most = bench.spread(name, store)
        cpu = {**row["cpu_us"], "application": row["cpu_us"].get(APPLICATION.get(name, name), 0)}
        if name == "pgbench":
            cpu["load"] = 0
        spent = "".join(f" {cpu[column]:{width}.0f}" if cpu.get(column) else " " + "-".rjust(width)
                        for column, width in zip(COLUMNS, (10, 7, 8, 9, 6)))
        say(f"{name:10} {row['rate']:8.0f} {f'({least:.0f} - {most:.0f})':>17} {row['p50_ms']:8.2f} {row['p99_ms']:8.2f}{spent} "
            f"{row['rss_mb']:7.1f}")


def quiet_table(bench):
    say("\nOne text at a time, and half of its own full load; store-type = file.")
    say(f"{'':10} {'alone p50':>10} {'p99 ms':>8}   {'half texts/s':>12} {'p50 ms':>8} {'p99 ms':>8}")
    for name in SYSTEMS:
        alone, half = bench.quiet(name, "alone"), bench.quiet(name, "half")
        if alone:
            say(f"{name:10} {alone['p50_ms']:10.2f} {alone['p99_ms']:8.2f}   {half['rate']:12.0f} {half['p50_ms']:8.2f} "
                f"{half['p99_ms']:8.2f}")


def ratios(bench):
    rates = {name: (bench.row(name, "file") or {}).get("rate") for name in (*SYSTEMS, "pgbench")}
    return {f"{a}/{b}": {"is": round(rates[a] / rates[b], 3), "wanted": wanted}
            for a, b, wanted in RATIOS if rates[a] and rates[b]}


def conditions(bench):
    load = os.getloadavg()
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    settings = {name: bench.rig.rows(f"SHOW {name}")[0][0] for name in ("server_version", "fsync", "synchronous_commit",
                                                                       *rigs.SETTINGS)}
    return {"commit": commit.stdout.strip(), "processors": os.cpu_count(), "load_average": load, "people": bench.rig.people,
            "listings": bench.rig.listings, "seconds": bench.options.seconds, "rounds": bench.options.rounds,
            "texts_sent": bench.first, "postgres": settings}


def show(bench):
    for store in ("file", "none"):
        if bench.row("smsd_box", store) or bench.row("null_http", store):
            table(bench, store)
    quiet_table(bench)
    say("")
    for name, ratio in ratios(bench).items():
        say(f"{name:21} {ratio['is']:5.2f}   wanted {ratio['wanted']}")


def draw_flames(bench, path):
    """Of all processes that a text passes through, under full load."""
    name, rig, samples = bench.options.flame, bench.rig, bench.rig.folder / "perf.data"
    with rig.running(name, "file") as running, contextlib.ExitStack() as stack:

        def record():
            pids = [pid for of in running.processes().values() for pid in of()] + rig.postgres_pids()
            stack.enter_context(flame.recorded(pids, bench.options.seconds, samples))

        bench.full_load(running, [0] * len(bench.mix), on_begin=record)
    flame.draw(samples, f"{name} under full load", path)
    say(f"Drawn: {path.relative_to(ROOT)}")


def write(bench, statements, path):
    result = {"rows": [row for name in (*SYSTEMS, "pgbench") if (row := bench.row(name, "file"))],
              "rows_store_none": [row for name in SYSTEMS if (row := bench.row(name, "none"))],
              "ratios": ratios(bench),
              "one_at_a_time": {name: bench.quiet(name, "alone") for name in SYSTEMS},
              "half_load": {name: bench.quiet(name, "half") for name in SYSTEMS},
              "statements_a_text": statements.statements(), "pgbench_clients": redo.CLIENTS, "conditions": conditions(bench),
              "runs": bench.runs, "not_counted": bench.not_counted}
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"\nAll of it, and each single run: {path.relative_to(ROOT)}")


def measure(bench, path):
    statements = redo.Redo(bench.rig, bench.mix)
    bench.rounds(statements)
    show(bench)
    write(bench, statements, path)


def options():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="of measuring, each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--none-rounds", type=int, default=1, help="in how many of them also with no store")
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--flame", choices=SYSTEMS, help="measure nothing, draw what this one does under full load")
    return parser.parse_args()


def main():
    chosen = options()
    build = ROOT / os.environ.get("BUILD", "build")
    with rigs.Rig(fresh(build / "bench" / "stack"), build, chosen.listings) as rig:
        say(f"A market of {rigs.PEOPLE} people and {chosen.listings} listings is made.")
        rig.start()
        mix = corpus.mix(ROOT, build)
        say(f"{len(mix)} texts: " + ", ".join(f"{sum(of == kind for of, _ in mix)} {kind}" for kind in corpus.KINDS))
        bench = Bench(rig, mix, chosen)
        if chosen.flame:
            draw_flames(bench, build / "bench" / "flame.svg")
        else:
            measure(bench, build / "bench" / "bench.json")
    rig.forget()
    return 1 if bench.not_counted else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InUse as error:
        sys.exit(f"make bench: {error}")
