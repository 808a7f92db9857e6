#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make bench-market: what single texts about the market take in a database with a million open listings and ten million reports
of prices. README.md says how it is filled.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.smsd import DAEMON, DATABASE, OWNER  # noqa: E402
from stack.stack import ROOT, InUse, fresh  # noqa: E402

import fill  # noqa: E402
import rig as rigs  # noqa: E402
from bench import say  # noqa: E402

HERE = pathlib.Path(__file__).parent


def options():
    parser = argparse.ArgumentParser(prog="make bench-market", description=__doc__)
    parser.add_argument("--listings", type=int, default=1_000_000, help="all of them open")
    parser.add_argument("--reports", type=int, default=10_000_000, help="of prices")
    parser.add_argument("--days", type=int, default=365, help="that these are of, today being the last")
    parser.add_argument("--texts", type=int, default=2000, help="of each kind")
    parser.add_argument("--limit-ms", type=float, default=5, help="of the 99th percentile")
    parser.add_argument("--keep", action="store_true", help="leave the database running, to be looked at, until a line is entered")
    return parser.parse_args()


class Market:
    """The rig's database, and the program that measures in it."""

    def __init__(self, rig, chosen):
        self.rig, self.chosen = rig, chosen

    def _timed(self, what, job):
        began = time.monotonic()
        job()
        say(f"  {what}: {time.monotonic() - began:.0f} s")

    def _program(self, user, password, *words):
        postgres = self.rig.postgres
        conninfo = postgres.conninfo_of_file(DATABASE, user, self.rig.secrets[password], self.rig.folder)
        return subprocess.run([self.rig.build / "bench" / "market", self.rig.smsd.conf,
                               f"{conninfo} options='-c synchronous_commit=off -c statement_timeout=0'", *map(str, words)], check=False).returncode

    def _count(self):
        if self._program(OWNER, "owner_db", "count", self.chosen.days):
            raise RuntimeError("the groups were not counted")

    def fill(self):
        postgres, settings = self.rig.postgres, dict(self.rig.postgres.settings)
        postgres.settings.update(fill.WHILE_FILLING)
        postgres.start()
        self.rig.prepare_database()
        self._timed("people and listings", self.rig.seed)
        self._timed("reports", lambda: postgres.sql((HERE / "prices.sql").read_text("utf-8"), DATABASE, people=self.rig.people,
                                                    reports=self.chosen.reports, days=self.chosen.days,
                                                    first_number=rigs.FIRST_NUMBER))
        self._timed("groups", self._count)
        self._timed("vacuum", self.rig.vacuum)
        postgres.stop()
        os.sync()
        postgres.settings = settings
        postgres.start()
        for table in ("listings", "price_reports", "price_groups"):
            say(f"  {table}: {int(self.rig.rows(f'SELECT count(*) FROM {table}')[0][0]):,}")

    def measure(self):
        return self._program(DAEMON, "smsd_db", "texts", self.chosen.texts, self.chosen.limit_ms)


def main():
    chosen = options()
    build = ROOT / os.environ.get("BUILD", "build")
    with rigs.Rig(fresh(build / "bench" / "market-db"), build, chosen.listings) as rig:
        market = Market(rig, chosen)
        market.fill()
        code = market.measure()
        if chosen.keep:
            input(f"{rig.postgres.conninfo(DATABASE, 'postgres', rig.postgres.password)}\n")
    rig.forget()
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (InUse, BlockingIOError) as error:
        sys.exit(f"make bench-market: another one is running: {error}")
