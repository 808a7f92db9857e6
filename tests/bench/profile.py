# SPDX-License-Identifier: Apache-2.0
"""What a text costs to read, by stage of the reading. Usage: profile.py FILE, what callgrind wrote for `make profile-read`.

A row is a function with all that it calls, so a row that stands further in is a part of the one above it; those that do
not, and the rest, make up the whole. Caches and branches are those of the processor that callgrind simulates.
"""
import collections
import sys

WHOLE = "read_text"
STAGES = (  # how far in, function, what it does
    (0, "text_spell", "known words, VNI, Telex"),
    (1, "text_tokens", "tokens"),
    (2, "text_letters", "unfolding"),
    (1, "phrases_word", "words looked up"),
    (0, "text_span", "phrases, their senses"),
    (0, "text_mend", "spelling"),
    (1, "nearest_find", "nearest known words"),
    (0, "text_tag", "kinds of spans"),
    (0, "text_listings", "listing codes"),
    (0, "text_amounts", "numbers, prices, dates"),
    (1, "pcre2_match_8", "PCRE2"),
    (0, "find_wants", "what is wanted"),
    (0, "decide_intent", "intent"),
    (0, "text_items", "items of facts"),
    (0, "text_check_goods", "goods not clear"),
    (0, "text_doubt", "doubts of words"),
    (0, "reading_doubt", "doubts of the reading"),
    (0, "reading_settle", "outcome"),
)
EVERYWHERE = ("arena_alloc", "cleared memory, in all of them")
COLUMNS = (  # heading, callgrind's events
    ("instructions", ("Ir",)),
    ("branches", ("Bc", "Bi")),
    ("mispredicted", ("Bcm", "Bim")),
    ("L1i missed", ("I1mr",)),
    ("L1d missed", ("D1mr", "D1mw")),
    ("2 MB missed", ("ILmr", "DLmr", "DLmw")),
)


def calls(lines):
    """How often each function was called, and what its calls cost: {name: count}, {name: Counter of events}."""
    count, cost, events, name, called = collections.Counter(), collections.defaultdict(collections.Counter), [], "", False
    for line in lines:
        key, _, value = line.rstrip("\n").partition("=")
        if line.startswith("events:"):
            events = line.split()[1:]
        elif key == "cfn":
            name = value
        elif key == "calls":
            count[name] += int(value.split()[0])
            called = True
        elif called:  # the line behind it is what they cost: where, then the events, without the zeros at the end
            cost[name].update(dict(zip(events, map(int, line.split()[1:]))))
            called = False
    return count, cost


def main(path):
    with open(path, encoding="utf-8") as file:
        count, cost = calls(file)
    missing = [name for name in (WHOLE, *(name for _, name, _ in STAGES), EVERYWHERE[0]) if not count[name]]
    if missing:
        sys.exit(f"never called, so the stages are others by now: {' '.join(missing)}")
    texts, rest = count[WHOLE], collections.Counter(cost[WHOLE])
    for _, name, _ in (stage for stage in STAGES if stage[0] == 0):
        rest.subtract(cost[name])

    def row(name, what, spent):
        numbers = [sum(spent[event] for event in events) / texts for _, events in COLUMNS]
        share = 100 * spent["Ir"] / cost[WHOLE]["Ir"]
        print(f"{name:20}{what:32}{share:4.0f} %" + "".join(f"{number:13,.0f}" for number in numbers))

    print(f"{'a text':52}{'share':>6}" + "".join(f"{heading:>13}" for heading, _ in COLUMNS))
    for depth, name, what in STAGES:
        row("  " * depth + name, what, cost[name])
    row("rest", "", rest)
    row(WHOLE, f"mean of {texts} texts, in turn", cost[WHOLE])
    row(*EVERYWHERE, cost[EVERYWHERE[0]])


if __name__ == "__main__":
    main(sys.argv[1])
