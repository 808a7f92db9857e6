# SPDX-License-Identifier: Apache-2.0
"""A database of the size that years make: people, listings, and months of texts with their answers. seed.sql, known.sql, month.sql
and seen.sql write it, two of them at a time.

Nothing is to be kept while it is filled, so PostgreSQL writes no more then than it must; it is whole and safe when that is done.
"""
import concurrent.futures
import datetime
import os
import pathlib
import time

from stack.smsd import DATABASE


HERE = pathlib.Path(__file__).parent
WHILE_FILLING = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
                 "autovacuum": "off", "shared_buffers": "2GB", "checkpoint_timeout": "30min", "max_wal_size": "4GB",
                 "max_parallel_maintenance_workers": "1"}
AT_ONCE = 2
READ_AS = {"offer": ("sell", "sure"), "price": ("price", "sure"), "command": ("help", "sure"), "unclear": ("none", "none")}
COUNTED = ("people", "conversations", "listings", "listing_events", "inbound", "outbox", "inbound_seen")


def months(count):
    """The first moments of the last so many months of UTC, and that of the next: the last of them is the present one."""
    now = datetime.datetime.now(datetime.timezone.utc)
    present = now.year * 12 + now.month - 1
    return [datetime.date(n // 12, n % 12 + 1, 1) for n in range(present - count + 1, present + 2)]


class Filling:
    def __init__(self, rig, mix, inbound, n_months, say):
        self.rig, self.mix, self.inbound, self.n_months, self.say = rig, mix, inbound, n_months, say

    def run(self):
        """Fills the database of a rig that has not started; it runs with the settings of a bench afterwards."""
        postgres, settings, began = self.rig.postgres, dict(self.rig.postgres.settings), time.monotonic()
        postgres.settings.update(WHILE_FILLING)
        postgres.start()
        self.rig.prepare_database()
        self._write_texts()
        jobs = [("people and listings", self.rig.seed),
                ("conversations", lambda: self._psql("known.sql", people=self.rig.people))]
        if self.inbound:
            jobs += self._months()
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for done in [pool.submit(self._timed, what, job) for what, job in jobs]:
                done.result()
        if self.inbound:
            self._timed("ids to know again", lambda: self._psql("seen.sql"))
        self._timed("vacuum", lambda: self.rig.vacuum(AT_ONCE))
        last = self.rig.listings + 2 * self.inbound
        self.rig.rows(f"SELECT setval('message_ids', {(last // 1024 + 1) * 1024 + 1})")
        self.rig.rows("DROP TABLE bench_texts")
        postgres.stop()
        os.sync()
        postgres.settings = settings
        postgres.start()
        self.say(f"  filled in {time.monotonic() - began:.0f} s, {self.size_gb():.1f} GB")

    def _psql(self, name, **variables):
        self.rig.postgres.sql((HERE / name).read_text("utf-8"), DATABASE, **variables)

    def _timed(self, what, job):
        began = time.monotonic()
        job()
        self.say(f"  {what}: {time.monotonic() - began:.0f} s")

    def _write_texts(self):
        rows = "".join(f"{n}\t{text}\t{READ_AS[kind][0]}\t{READ_AS[kind][1]}\n".replace("\\", "\\\\")
                       for n, (kind, text) in enumerate(self.mix))
        self.rig.postgres.sql("CREATE TABLE bench_texts (n bigint PRIMARY KEY, text text, intent text, outcome text);\n"
                              f"COPY bench_texts FROM STDIN;\n{rows}\\.\nANALYZE bench_texts;\n", DATABASE)

    def _months(self):
        edges = months(self.n_months)
        for n, (begins, ends) in enumerate(zip(edges, edges[1:])):
            first, past = (self.inbound * at // self.n_months for at in (n, n + 1))
            for parent in ("inbound", "outbox"):
                variables = {"parent": parent, "child": f"{parent}_{begins:%Y_%m}", "begins": f"{begins} 00:00+00",
                             "ends": f"{ends} 00:00+00", "texts": past - first, "people": self.rig.people,
                             "is_outbox": parent == "outbox", "to_answer": self.inbound,
                             "first_id": self.rig.listings + 1 + first + (self.inbound if parent == "outbox" else 0)}
                yield variables["child"], lambda variables=variables: self._psql("month.sql", **variables)

    # -- what there is now

    def size_gb(self):
        return int(self.rig.rows(f"SELECT pg_database_size('{DATABASE}')")[0][0]) / 1e9

    def rows(self):
        return {table: int(self.rig.rows(f"SELECT count(*) FROM {table}")[0][0]) for table in COUNTED}
