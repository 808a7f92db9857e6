#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check single amounts and dates: each line of a table read as the answer to the question for it.

usage: numbers.py NUMBERS.tsv --today YYYY-MM-DD [--smsctl build/smsctl] [--lexicon locales/lexicon]

Columns: text, kind, value, unit_or_note. Kinds:
  price     8500, 6000-7000, >=8000, <=8000, ANY (whatever the market pays); the note may say "per CON"
  quantity  2, >5 and a unit as the first word of the note, none where it stays open; "approx" after it
  date      TODAY, TODAY-2, NEXT_WEEK, DATE:d[/m[/y]] and LUNAR:d[/m] (the next such day), NONE (no certain day)
  grade     a size after goods sold by size; with goods in brackets a number of heads
  telex, vni  residue of typing: read as the value is
  (blank)   an amount that is asked about
Prints what disagrees, and fails when anything does.
"""
import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "check"))
import lunar  # noqa: E402

ANY = "ANY"


def table(path):
    lines = [line for line in pathlib.Path(path).read_text("utf-8").split("\n") if line]
    return [(line.split("\t") + ["", "", ""])[:4] for line in lines[1:]]


class Reader:
    def __init__(self, options):
        self.command = [options.smsctl, "read", "--lexicon", options.lexicon, "--today", options.today]

    def read(self, texts, slot=None):
        slotted = self.command + (["--slot", slot] if slot else [])
        out = subprocess.run(slotted, input="\n".join(texts) + "\n", capture_output=True, text=True, check=True).stdout
        return [json.loads(line) for line in out.splitlines()]


def item_of(reading):
    return (reading["items"] or [{}])[0]


def price(value, note, reading):
    got, item = item_of(reading).get("price"), item_of(reading)
    if value == ANY:
        return got is None and item.get("price_open", False)
    low, _, high = value.lstrip("<>=").partition("-")
    ends = [float(low), float(high or low)]
    want = [ends[0], None] if value.startswith(">=") else [None, ends[1]] if value.startswith("<=") else ends
    per = re.search(r"per (\w+)", note)
    return (got if isinstance(got, list) else [got, got]) == want and (not per or item["price_unit"] == per[1])


def quantity(value, note, reading):
    item = item_of(reading)
    about = value.startswith(">") or "approx" in note
    unit = note.split(" ")[0] or None
    return (item.get("quantity") == float(value.lstrip(">")) and item.get("unit") == unit
            and item.get("quantity_about", False) == about)


def days_named(value, today):
    """The days the notation may mean; nothing when it means none."""
    if value == "NONE":
        return set()
    if m := re.fullmatch(r"TODAY([+-]\d+)?", value):
        return {today + datetime.timedelta(int(m[1] or 0))}
    if value == "NEXT_WEEK":
        return {today + datetime.timedelta(7 - today.weekday() + i) for i in range(7)}
    kind, _, date = value.partition(":")
    want = [int(part) for part in date.split("/")]
    day = today
    while True:
        of = [day.day, day.month, day.year] if kind == "DATE" else list(lunar.date_of(day))
        if of[:len(want)] == want:
            return {day}
        day += datetime.timedelta(1)


def date(value, today, reading):
    ready = item_of(reading).get("ready")
    days = days_named(value, today)
    return ready is None if not days else ready is not None and datetime.date.fromisoformat(ready) in days


def meaning(reading):
    return {key: reading[key] for key in ("outcome", "intent", "items", "ask")}


def check_rest(reader, text, kind, value):
    """Rows that are no answer to a question; "20 con (heo)" is 20 heads as a quantity."""
    if kind == "grade" and "(" in text:
        item = item_of(reader.read([text], "quantity")[0])
        return item["quantity"] == float(value) and item["unit"] == "CON"
    if kind == "grade":
        return item_of(reader.read(["ban tom the " + text])[0])["attrs"].get("size") == value
    if kind in ("telex", "vni"):
        typed, meant = reader.read([text, value])
        return meaning(typed) == meaning(meant)
    return not any(item_of(r).get(slot) for slot in ("quantity", "price") for r in reader.read([text], slot))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("numbers")
    ap.add_argument("--today", required=True)
    ap.add_argument("--smsctl", default="build/smsctl")
    ap.add_argument("--lexicon", default="locales/lexicon")
    options = ap.parse_args()
    today, reader, rows = datetime.date.fromisoformat(options.today), Reader(options), table(options.numbers)
    wrong = 0
    checks = {"price": price, "quantity": quantity, "date": lambda value, note, reading: date(value, today, reading)}
    readings = {kind: iter(reader.read([r[0] for r in rows if r[1] == kind], kind)) for kind in checks}
    for text, kind, value, note in rows:
        reading = next(readings[kind]) if kind in checks else None
        agrees = checks[kind](value, note, reading) if reading else check_rest(reader, text, kind, value)
        if not agrees:
            wrong += 1
            item = item_of(reading) if reading else {}
            got = {k: item.get(k) for k in ("quantity", "unit", "price", "price_unit", "ready") if item.get(k) is not None}
            print(f"{text}\t{kind}: want {value} {note}, got {got}")
    print(f"numbers: {len(rows) - wrong} of {len(rows)} read as they should be")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
