# SPDX-License-Identifier: Apache-2.0
"""The texts of the load, out of the labelled corpus: those that are read as what they are.

Offers, prices and commands are the ones that the service reads for sure as what the label says; not understood are those
that it is right not to understand, or right to ask about. So every sort of work has its part, and none by mistake.
"""
import csv
import json
import subprocess
import unicodedata

CORPUS, LEXICON = "tests/corpus/sms.tsv", "locales/lexicon"
KINDS = ("offer", "price", "command", "unclear")
OFFERS = ("sell", "buy")


def readings(root, build, texts):
    argv = [build / "smsctl", "read", "--lexicon", root / LEXICON]
    done = subprocess.run(argv, input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def kind_of(label, reading):
    """None: not what the label says, and no part of the mix."""
    if reading["outcome"] != "sure":
        return "unclear" if "ambiguous" in label or "junk" in label else None
    if reading["intent"] not in label:
        return None
    if reading["intent"] in OFFERS:
        return "offer"
    return "price" if reading["intent"] == "price" else "command"


def folded(text):
    """Texts that are the same without case and marks are the same text to the service."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def mix(root, build):
    """[(kind, text)]; no two that fold to the same."""
    with open(root / CORPUS, encoding="utf-8", newline="") as corpus:
        rows = list(csv.DictReader(corpus, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["text"] for row in rows]
    found, seen = [], set()
    for row, reading in zip(rows, readings(root, build, texts)):
        kind, key = kind_of(row["intent"].split("|"), reading), folded(row["text"])
        if kind and key not in seen:
            seen.add(key)
            found.append((kind, row["text"]))
    return found


def write(path, texts):
    path.write_text("".join(f"{kind}\t{text}\n" for kind, text in texts), "utf-8")
