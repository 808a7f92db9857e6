# SPDX-License-Identifier: Apache-2.0
"""Offers of many people, and what must be left of them whatever happened on the way: each stands once and was answered once.
The simulator's record of what phones got is held against the database."""
import collections
import itertools
import re

from stack.process import NotReady, wait_for

STORED = """
    SELECT p.msisdn, count(*) FROM listings l JOIN people p ON p.id = l.person_id
     WHERE p.msisdn = ANY (string_to_array(:'numbers', ',')) GROUP BY 1"""


def offers(numbers, each, first=2):
    """So many different offers of each number, in turn; the first of so many tonnes."""
    return [(number, f"ban lua om18 {tonnes} tan 8500 cau ke") for tonnes in range(first, first + each) for number in numbers]


def post(stack, texts):
    for number, text in texts:
        stack.phone.post(text, number)


def answered(stack, mark, numbers):
    got = collections.Counter(mt["to"].lstrip("+") for mt in stack.phone.since(mark, "mt"))
    return sum(got[number] for number in numbers)


def assert_each_exactly_once(stack, mark, numbers, each):
    try:
        wait_for("all answers", lambda: answered(stack, mark, numbers) >= len(numbers) * each, timeout=60)
    except NotReady:
        pass  # what follows says which are missing
    texts = collections.defaultdict(list)
    for mt in stack.phone.since(mark, "mt"):
        texts[mt["to"].lstrip("+")].append(mt["text"])
    times = {(number, tonnes): sum(f" {tonnes} tan " in text for text in texts[number])
             for number, tonnes in itertools.product(numbers, range(2, 2 + each))}
    stored = dict(stack.rows(STORED, numbers=",".join(numbers)))
    assert {offer: count for offer, count in times.items() if count != 1} == {}, f"stored: {stored}"
    assert stored == {number: str(each) for number in numbers}


EACH_STORED = """
    SELECT p.msisdn, l.entered_quantity::int, count(*) FROM listings l JOIN people p ON p.id = l.person_id
     WHERE p.msisdn = ANY (string_to_array(:'numbers', ',')) GROUP BY 1, 2"""


def assert_none_twice(stack, mark, numbers):
    """What smsd owes whatever Kannel lost: no offer stands twice, and what was answered stands."""
    stored = {(number, tonnes): int(count) for number, tonnes, count in stack.rows(EACH_STORED, numbers=",".join(numbers))}
    assert {offer: count for offer, count in stored.items() if count > 1} == {}
    promised = {(mt["to"].lstrip("+"), found[1]) for mt in stack.phone.since(mark, "mt")
                if (found := re.search(r" (\d+) tan ", mt["text"]))}
    assert {offer for offer in promised if offer[0] in numbers} <= stored.keys()
