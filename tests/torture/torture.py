# SPDX-License-Identifier: Apache-2.0
"""The kill matrix: kills parts of a real stack with -9 while people text, brings them back, and has the judge look at what is
left in the end.

    torture.py [--rounds 100] [--seed 1] [--link box] [--instances 1] [--smsd PROGRAM] [--must-fail WORDS]

What is killed, when and for how long is chosen by the seed; what the parts happen to do at that instant is not. Half of the
kills come at a random time, the others when the SMSC has seen so many acknowledgements, answers or alerts: under load either
finds texts that are not stored yet, are just being stored, or are stored and not handed over, and the end tells how many.

Several instances stand on one database. Over the box link each is a box of the one bearerbox, which gives every text to one of them,
and to another one when that one dies. Over HTTP smsbox knows only the first: the others send alerts and do the clock's jobs.
"""
import argparse
import collections
import itertools
import json
import os
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import judge  # noqa: E402
import load  # noqa: E402
import parts  # noqa: E402
from stack.process import NotReady, wait_for  # noqa: E402
from stack.stack import ROOT, Stack, fresh  # noqa: E402

BUILD = ROOT / os.environ.get("BUILD", "build")
LEASE = 30  # the least that smsd takes
OPTIONS = {("service", "reply_limit"): 1000, ("send", "rate"): 10000, ("send", "retry_base"): "1s",
           ("send", "lease"): LEASE, ("kannel", "timeout"): 10}
QUIET = {"box": 6.0, "http": 5.0}  # seconds without any event: what has not come yet is left to the end
BY_ID = 'smsd_mo_duplicate_total{by="id"}'
ANSWERED = ("SELECT p.msisdn, i.text, min(extract(epoch FROM i.answered_at)) FROM inbound i JOIN people p ON p.id = i.person_id "
            "GROUP BY 1, 2")


class Plan:
    """One round's choices."""

    def __init__(self, seed, number, link, weights, alerts):
        self.rng = random.Random(f"{seed}:{number}:{link}")
        first = self.rng.choices(list(weights), weights.values())[0]
        others = [name for name in weights if name != first]
        self.victims = (first, self.rng.choice(others)) if self.rng.random() < 0.2 else (first,)
        kinds = 4 if alerts else 3
        self.instants = [self.rng.choices([("time", self.rng.uniform(0.05, load.SECONDS)),
                                           ("mo_acked", self.rng.randrange(1, load.TEXTS * 3 // 4)),
                                           ("mt", self.rng.randrange(1, load.TEXTS * 3 // 4)),
                                           ("alert", self.rng.randrange(1, load.ALERTS * 3 // 4))][:kinds], (3, 1, 1, 1)[:kinds])[0]
                         for _ in self.victims]
        self.rest = self.rng.uniform(0, 0.5)  # seconds until it is started again

    def __str__(self):
        return ", ".join(f"{victim} at {what} {f'{when:.2f} s' if what == 'time' else when}"
                         for victim, (what, when) in zip(self.victims, self.instants))


class Torture:
    """`victims` are those of parts.py with their weights, if not all."""

    def __init__(self, stack, seed, victims=None, alerts=load.ALERTS):
        self.stack, self.seed, self.alerts = stack, seed, alerts
        self.victims = victims or parts.victims(stack.link, len(stack.smsds))
        self.rounds = []
        self.kills = []           # (victim, round, on the simulator's clock, on the wall's)
        self.by_id_before = collections.Counter()  # by instance

    # -- a round

    def run(self, number):
        plan = Plan(self.seed, number, self.stack.link, self.victims, self.alerts)
        one = judge.Round(number, plan.victims)
        boxes = [box.pid for box in self.stack.kannel.boxes()]
        load.prepare(self.stack, number, self.alerts)
        mark = self.stack.phone.mark()
        killers = [threading.Thread(target=self._kill, args=(one, plan, victim, instant, mark))
                   for victim, instant in zip(plan.victims, plan.instants)]
        for killer in killers:
            killer.start()
        one.texts = load.post(self.stack.phone, number, plan.rng)
        for killer in killers:
            killer.join()
        parts.revive(self.stack)
        missing = self._await_quiet(one, mark)
        one.by_id += sum(map(self._brought_again, self.stack.smsds))
        after = [box.pid for box in self.stack.kannel.boxes()]
        one.smsbox_died = boxes[1:] != after[1:]
        self.rounds.append(one)
        return plan, missing

    def _kill(self, one, plan, victim, instant, mark):
        what, when = instant
        if what == "time":
            time.sleep(when)
        else:
            try:
                wait_for(f"{when} {what}", lambda: self._seen(what, mark) >= when, 3 * load.SECONDS, 0.002)
            except NotReady:
                pass  # another part is dead already: now, then
        smsd = parts.instance(self.stack, victim)
        if smsd:
            one.by_id += self._brought_again(smsd, dies=True)
        self.kills.append((victim, one.number, time.monotonic(), time.time()))
        parts.kill_part(self.stack, victim, plan.rng)
        time.sleep(plan.rest)

    def _seen(self, what, mark):
        """How many acknowledgements, answers or alerts the SMSC has seen since."""
        events = self.stack.phone.since(mark, "mo_acked" if what == "mo_acked" else "mt")
        if what == "mo_acked":
            return len(events)
        return sum(bool(load.ALERT.match(event.get("text", ""))) == (what == "alert") for event in events)

    def _brought_again(self, smsd, dies=False):
        """Texts that this smsd was brought again under their ids since this was asked last."""
        before = self.by_id_before[smsd.name]
        now = smsd.metrics().get(BY_ID, before)
        self.by_id_before[smsd.name] = 0.0 if dies else now
        return int(now - before if now >= before else now)

    def _await_quiet(self, one, mark):
        """Until each text has an answer, or nothing happens any more; how many have none."""
        waiting, seen, since = {text.key for text in one.texts}, mark, time.monotonic()
        while waiting and time.monotonic() - since < QUIET[self.stack.link]:
            time.sleep(0.05)
            now = self.stack.phone.mark()
            if now == seen:
                continue
            for mt in self.stack.phone.since(seen, "mt"):
                waiting.discard((mt["to"].lstrip("+"), load.answer_of(mt.get("text", ""))))
            seen, since = now, time.monotonic()
        return len(waiting)

    # -- the end

    def settle(self):
        """Leases end, and what waits for its next try gets it."""
        time.sleep(LEASE + 16)  # and smsd looks for them every 15 s
        wait_for("the outbox to be empty", lambda: self.stack.rows(
            "SELECT 1 FROM outbox WHERE state IN ('queued', 'sending') LIMIT 1") == [], 90)
        time.sleep(3)

    def times_of(self, victim):
        return [at for name, _, at, _ in self.kills if name == victim]

    def met(self):
        """How many kills met a text that Kannel had and that was not stored, one being stored or handed over, and one through."""
        stored = {(number, load.amount_of(words)): float(at) for number, words, at in self.stack.rows(ANSWERED)}
        acked = {event["id"]: event["t"] / 1e6 for event in self.stack.phone.since(0, "mo_acked")}
        got = {}
        for mt in self.stack.phone.since(0, "mt"):
            got.setdefault((mt["to"].lstrip("+"), load.answer_of(mt.get("text", ""))), mt["t"] / 1e6)
        counts = collections.Counter()
        for _, number, at, wall in self.kills:
            texts = self.rounds[number - 1].texts
            taken = [text for text in texts if acked.get(text.name, at) < at]
            counts["before the transaction"] += any(stored.get(text.key, wall) >= wall for text in taken)
            counts["between its begin and the answer at the phone"] += any(
                stored.get(text.key, wall) < wall and got.get(text.key, at) >= at for text in taken)
            counts["after the answer"] += any(got.get(text.key, at) < at for text in taken)
        return counts


def show(torture, verdict, arguments):
    killed = collections.Counter(victim for victim, *_ in torture.kills)
    print(f"\nkill matrix over {arguments.link}, {arguments.instances} smsd, seed {arguments.seed}: {len(torture.rounds)} rounds, "
          f"{len(torture.kills)} kills "
          f"({', '.join(f'{name} {count}' for name, count in sorted(killed.items()))})")
    print("kills that met texts: " + ", ".join(f"{what} {count}" for what, count in torture.met().items()))
    for what, count in itertools.chain(verdict.counts.items(), sorted(verdict.lost_by.items())):
        print(f"  {count:7} {what}")
    for why, count in verdict.doubled_by.items():
        if count:
            print(f"  {count:7} doubled, as {why}")
    print("wrong: " + ("; ".join(sorted(set(verdict.wrong))) or "nothing"), flush=True)


def keep(folder, torture, verdict, arguments):
    """For whoever wants to look closer: beside the logs."""
    with open(folder / "events.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(event, ensure_ascii=False) + "\n" for event in torture.stack.phone.events)
    (folder / "verdict.json").write_text(json.dumps({
        "link": arguments.link, "seed": arguments.seed, "rounds": len(torture.rounds), "kills": torture.kills,
        "counts": verdict.counts, "doubled": verdict.doubled_by, "lost": verdict.lost_by,
        "wrong": verdict.wrong}, indent=1), "utf-8")


def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--link", choices=("box", "http"), default="box")
    parser.add_argument("--instances", type=int, default=1, help="how many smsd stand on the database")
    parser.add_argument("--smsd", type=pathlib.Path, help="another program in its place: one with a fault in it")
    parser.add_argument("--must-fail", metavar="WORDS", help="succeed when the judge finds this, and only then")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    name = arguments.smsd.name if arguments.smsd else arguments.link
    name += f"-{arguments.instances}" if arguments.instances > 1 else ""
    folder = fresh(BUILD / "torture" / f"run-{name}-{arguments.seed}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with Stack(folder, BUILD, options=OPTIONS, link=arguments.link, instances=arguments.instances) as stack:
        for smsd in stack.smsds:
            smsd.program = arguments.smsd or smsd.program
        stack.phone.start()
        stack.start()
        stack.phone.wait_bound()
        judge.watch(stack)
        torture = Torture(stack, arguments.seed)
        for number in range(1, arguments.rounds + 1):
            began = time.monotonic()
            plan, missing = torture.run(number)
            late = f"; {missing} answers not there yet" if missing else ""
            print(f"{number:4} {time.monotonic() - began:5.1f} s  {plan}{late}", flush=True)
        torture.settle()
        verdict = judge.Judge(stack, torture.rounds, torture.times_of("bearerbox")).judge()
        show(torture, verdict, arguments)
        keep(folder, torture, verdict, arguments)
    if arguments.must_fail:
        return 0 if arguments.must_fail in verdict.wrong else 1
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
