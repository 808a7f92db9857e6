#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score readings of farm texts against a labelled corpus.

usage: score.py CORPUS.tsv READINGS.jsonl [--units units.tsv] [--today YYYY-MM-DD] [--at-least PERCENT] [-v]

CORPUS.tsv    tests/corpus/sms.tsv or a file with the same header (conventions: README.md beside it).
READINGS.jsonl one JSON object a line, in the corpus's order, as `smsctl read` prints them:
  {"outcome": "sure" | "ask" | "none",        # done, a question, not understood
   "intent":  "sell",                          # the corpus's intent names
   "items":  [{"commodity": "LUA.OM18", "quantity": 2, "unit": "TAN",
               "price": 8500, "price_unit": "KG",        # price may be [low, high]; either may be null
               "place": "845", "ready": "2026-11-25",
               "attrs": {"size": "50"}}],                # grades: size (count per kg), grade, state, ...
   "attrs":  {"offer": "3"},                   # of the whole text: offer (listing named), lang (asked for), side (buyer, seller)
   "ask": null}                                # the question to send; must be there when outcome is "ask"

Figures printed (percent of rows unless said):
  exact         intent and every slot of every item right (an incomplete offer may be asked about)
  asked         nothing wrong, but a question was asked where none was needed
  asked wrong   a question was asked, and what was understood so far is wrong
  missed        not understood though it could be
  wrong         a wrong reading
  silent wrong  wrong, sure, and with an effect on the market or on a person's messages: the figure that must be 0
  datum error   wrong slots per hundred slots filled on either side, in the rows read as sure
"""
import argparse, collections, datetime, json, os, re, sys

EFFECT = {"sell", "buy", "report_price", "broadcast", "cancel", "stop", "start", "edit", "sold", "renew", "language", "place", "erase"}
ITEM_INTENTS = {"sell", "buy", "price", "season", "weather", "forecast", "match", "report_price", "broadcast", "edit", "sold"}


def table(path):
    lines = [l for l in open(path, encoding="utf-8").read().split("\n") if l]
    head = lines[0].split("\t")
    return [dict(zip(head, l.split("\t"))) for l in lines[1:]]


def split(cell, n):
    parts = cell.split(";") if cell else []
    parts = ["" if p == "-" else p for p in parts]
    if len(parts) == 1 and n > 1:
        parts = parts * n
    return parts + [""] * (n - len(parts))


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


class Scorer:
    def __init__(self, units, today):
        self.factor = {u["code"]: (u["base"], number(u["factor"])) for u in units}
        self.today = today

    def base(self, value, unit):
        base, factor = self.factor.get(unit or "", (unit, None))
        return (value * factor, base) if factor else (value, unit)

    def quantity_ok(self, wants, unit_want, got, unit_got):
        return any(self.one_quantity_ok(w, unit_want, got, unit_got) for w in wants.split("|"))

    def one_quantity_ok(self, want, unit_want, got, unit_got):
        want = number(want.lstrip(">"))
        if want is None:
            return got is None or got == 0
        if got is None:
            return False
        for unit in (unit_want or "").split("|"):
            a, b = self.base(want, unit), self.base(float(got), unit_got or unit)
            if abs(a[0] - b[0]) <= 1e-6 * max(1, abs(a[0])) and (a[1] == b[1] or not unit):
                return True
        return False

    def price_ok(self, wants, unit_want, got, unit_got):
        return any(self.one_price_ok(w, unit_want, got, unit_got) for w in wants.split("|"))

    def one_price_ok(self, want, unit_want, got, unit_got):
        if not want or want == "NONE":
            return got is None
        if got is None:
            return False
        if want.startswith("<="):
            low, high = None, float(want[2:])
        elif want.startswith(">="):
            low, high = float(want[2:]), None
        elif "-" in want:
            low, high = map(float, want.split("-"))
        else:
            low = high = float(want)
        pair = got if isinstance(got, list) else [got, got]
        if want.startswith("<=") and not isinstance(got, list):
            pair = [None, got]
        if want.startswith(">=") and not isinstance(got, list):
            pair = [got, None]
        for unit in (unit_want or "").split("|"):
            scale = 1.0
            if unit and unit_got and unit != unit_got:
                a, b = self.factor.get(unit), self.factor.get(unit_got)
                if not a or not b or a[0] != b[0] or not a[1] or not b[1]:
                    continue
                scale = a[1] / b[1]
            same = all((w is None) or (g is not None and abs(w - g * scale) <= 1e-6 * w)
                       for w, g in zip((low, high), pair))
            if same:
                return True
        return False

    @staticmethod
    def any_ok(want, got):
        if not want:
            return not got
        wants = want.split("|")
        if not got:
            return "NONE" in wants or wants == ["ALL"]
        return str(got) in wants

    def ready_ok(self, wants, got):
        """None where the rule is not scored (lunar dates, loose ranges)."""
        found = [self.one_ready_ok(w, got) for w in wants.split("|")]
        return True if True in found else None if None in found else False

    def one_ready_ok(self, want, got):
        if not want or want == "NONE":
            return not got
        day = None
        if m := re.fullmatch(r"TODAY([+-]\d+)?", want):
            day = self.today + datetime.timedelta(days=int(m[1] or 0))
            if want == "TODAY" and not got:
                return True
        elif m := re.fullmatch(r"DATE:(\d+)(?:/(\d+))?", want):
            d, mo = int(m[1]), int(m[2] or 0)
            cand = self.today
            for _ in range(400):
                if cand.day == d and (not mo or cand.month == mo):
                    day = cand
                    break
                cand += datetime.timedelta(days=1)
        if day is None:
            return None
        return str(got or "")[:10] == day.isoformat()

    def items(self, want, got):
        """Pair the labelled items with those read; return (wrong, slots), blank-blank slots not counted."""
        n = max(1, *(len(want[k].split(";")) for k in ("commodity_code", "quantity", "price_vnd", "place_code")))
        cells = {k: split(want[k], n) for k in
                 ("commodity_code", "quantity", "unit", "price_vnd", "price_unit", "place_code", "ready_date")}
        wants = [{k: v[i] for k, v in cells.items()} for i in range(n)]
        read = got.get("items") or [{}]
        wrong = abs(len(read) - n) if read != [{}] or n == 1 else n - 1
        slots = wrong
        for i, c in enumerate(wants):
            item = read[i] if i < len(read) else {}
            checks = [
                (c["commodity_code"], item.get("commodity"), self.any_ok(c["commodity_code"], item.get("commodity"))),
                (c["quantity"], item.get("quantity"), self.quantity_ok(c["quantity"], c["unit"], item.get("quantity"), item.get("unit"))),
                (c["price_vnd"], item.get("price"), self.price_ok(c["price_vnd"], c["price_unit"], item.get("price"), item.get("price_unit"))),
                (c["place_code"], item.get("place"), self.any_ok(c["place_code"], item.get("place"))),
            ]
            if want["intent"].split("|")[0] in ("sell", "buy"):
                ready = self.ready_ok(c["ready_date"], item.get("ready"))
                if ready is not None:
                    checks.append((c["ready_date"], item.get("ready"), ready))
            for labelled, given, ok in checks:
                slots += bool(labelled) or given is not None
                wrong += not ok
        return wrong, slots

    def attributes(self, want, got):
        """The attributes that change what is done: size, listing, language, side."""
        labelled = collections.defaultdict(list)
        for pair in want["attrs"].split(";"):
            key, _, value = re.sub(r"^\d+:", "", pair).partition("=")
            if key in ("size", "offer", "lang", "side") and value:
                labelled[key].append(value.split("|"))
        of_items = [item.get("attrs") or {} for item in got.get("items") or []]
        wrong = slots = 0
        for key, values in labelled.items():
            read = [str(a[key]) for a in of_items if key in a] or [str((got.get("attrs") or {}).get(key, ""))]
            if len(values) == 1:
                read = read[:1]
            slots += len(values)
            wrong += sum(i >= len(read) or read[i] not in v for i, v in enumerate(values))
        return wrong, slots

    def row(self, want, got):
        """Verdict of one text, with its wrong and counted slots."""
        intents = want["intent"].split("|")
        outcome, intent = got.get("outcome", "none"), got.get("intent")
        if outcome == "ask" and not (got.get("ask") or "").strip():
            return "wrong", 0, 0
        if outcome == "none" or (intent == "junk" and "junk" in intents):
            return ("exact" if "junk" in intents else "missed"), 0, 0
        if "ambiguous" in intents and outcome == "ask":
            return "exact", 0, 0
        if intents == ["ambiguous"]:
            return ("silent" if intent in EFFECT else "wrong"), 1, 1
        wrong, slots = int(intent not in intents), 1
        if intent in ITEM_INTENTS or intents[0] in ITEM_INTENTS:
            more = self.items(want, got)
            wrong, slots = wrong + more[0], slots + more[1]
        more = self.attributes(want, got)
        wrong, slots = wrong + more[0], slots + more[1]
        if outcome == "ask":
            incomplete = intents[0] in ("sell", "buy", "cancel", "edit", "start", "language") and not (
                want["commodity_code"] and want["quantity"] and want["price_vnd"])
            if intents[0] == "question" or (incomplete and not wrong):
                return "exact", 0, 0
            return ("asked_wrong" if wrong else "asked"), 0, 0
        if not wrong:
            return "exact", 0, slots
        return ("silent" if intent in EFFECT else "wrong"), wrong, slots


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus")
    ap.add_argument("readings")
    ap.add_argument("--units", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "locales", "lexicon", "units.tsv"))
    ap.add_argument("--today", default=datetime.date.today().isoformat())
    ap.add_argument("--at-least", type=float, help="fail when fewer percent are exact, or anything is silently wrong")
    ap.add_argument("-v", action="store_true", help="list every row that is not exact")
    a = ap.parse_args()
    corpus = table(a.corpus)
    readings = [json.loads(l) for l in open(a.readings, encoding="utf-8") if l.strip()]
    if len(corpus) != len(readings):
        sys.exit(f"score: {len(corpus)} texts but {len(readings)} readings")
    scorer = Scorer(table(a.units), datetime.date.fromisoformat(a.today))
    total, by = collections.Counter(), {k: collections.defaultdict(collections.Counter) for k in ("intent", "lang", "difficulty")}
    wrong = slots = 0
    for want, got in zip(corpus, readings):
        verdict, w, s = scorer.row(want, got)
        total[verdict] += 1
        wrong, slots = wrong + w, slots + s
        for k in by:
            by[k][want[k]][verdict] += 1
        if a.v and verdict != "exact":
            short = {k: want[k] for k in ("intent", "commodity_code", "quantity", "unit", "price_vnd", "price_unit", "place_code", "ready_date") if want[k]}
            print(f"{verdict}\t{want['id']}\t{want['text']}\twant {short}\tgot {json.dumps(got, ensure_ascii=False)}")
    n = len(corpus)
    pc = lambda c: 100.0 * c / n
    for k in by:
        for value, c in sorted(by[k].items()):
            m = sum(c.values())
            print(f"{k:10} {value:13} n={m:4} exact={100*c['exact']/m:5.1f}% asked={c['asked']} missed={c['missed']} wrong={c['wrong']} silent={c['silent']}")
    print(f"rows={n} exact={pc(total['exact']):.1f}% asked={pc(total['asked']):.1f}% asked_wrong={pc(total['asked_wrong']):.1f}% missed={pc(total['missed']):.1f}% "
          f"wrong={pc(total['wrong']+total['silent']):.1f}% silent_wrong={total['silent']} "
          f"datum_error={100.0*wrong/max(1,slots):.2f}%")
    if a.at_least is not None and (pc(total["exact"]) < a.at_least or total["silent"]):
        sys.exit(f"score: wanted {a.at_least}% exact and nothing silently wrong")


if __name__ == "__main__":
    main()
