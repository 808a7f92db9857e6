#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: words.py FOLDER

Writes what the fuzzers of the reading begin with, from the lexicon and the labelled texts as they are today:
FOLDER/NAME.dict, which is tests/fuzz/NAME.dict and the words of the lexicon, and FOLDER/seeds/NAME/, one file a text.
"""
import csv
import itertools
import os
import sys

LEXICON = "locales/lexicon"
LONGEST = 64  # bytes of a word that libFuzzer takes
AMOUNTS = {"number", "half", "about", "floor", "ceiling", "to", "each", "vague", "price", "scale", "listing"}
DATES = {"day", "date", "number", "half", "to", "at"}
NAMES = ["name_vi", "name_ascii", "name_km", "name_zh", "name_en", "aliases", "aliases_ambiguous", "aliases_foreign"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(table):
    cells = (row.get(column) or "" for row in rows(f"{LEXICON}/{table}.tsv") for column in NAMES)
    return {word.strip() for cell in cells for word in cell.replace("|", ";").split(";")}


def keywords(kinds=None):
    return {row["keyword"] for row in rows(f"{LEXICON}/keywords.tsv") if not kinds or row["kind"] in kinds}


def words_of(fuzzer):
    if fuzzer == "quantity":
        return names("units") | keywords(AMOUNTS)
    if fuzzer == "date":
        return keywords(DATES)
    everything = names("commodities") | names("places") | names("units") | keywords()
    return everything if fuzzer != "fold" else {word for word in everything if not word.isascii()}


def seeds_of(fuzzer):
    texts = [row["text"].replace("\\n", "\n").encode() for row in rows("tests/corpus/sms.tsv")]
    values = [row["text"].encode() for row in rows("tests/corpus/numbers.tsv")]
    if fuzzer == "quantity":
        return [bytes([i % 256]) + value for i, value in enumerate(values + texts)]
    if fuzzer == "date":
        return [b"\x09\xd5" + value for value in values + texts]  # today is 2026-11-22, as in `make corpus`
    if fuzzer == "answer":
        return [b"\n".join(pair) for pair in zip(texts, itertools.cycle(values))]
    return texts + values


def entry(word):
    """A line of a dictionary: bytes that are not plain are escaped."""
    plain = (chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\x{b:02X}" for b in word)
    return '"' + "".join(plain) + '"\n'


def main(folder):
    for fuzzer in ("reading", "answer", "quantity", "date", "fold"):
        own = f"tests/fuzz/{fuzzer}.dict"
        words = sorted(word.encode() for word in words_of(fuzzer))
        with open(f"{folder}/{fuzzer}.dict", "w", encoding="ascii") as file:
            if os.path.exists(own):
                with open(own, encoding="ascii") as extra:
                    file.write(extra.read())
            file.writelines(entry(word) for word in words if 0 < len(word) <= LONGEST)
        seeds = f"{folder}/seeds/{fuzzer}"
        os.makedirs(seeds, exist_ok=True)
        for i, seed in enumerate(seeds_of(fuzzer)):
            with open(f"{seeds}/{i:04}", "wb") as file:
                file.write(seed)


main(sys.argv[1])
