# SPDX-License-Identifier: Apache-2.0
"""A day of many people, as day.txt tells it: what they text, what comes back, and what the tables hold in the evening.

How the story is read: a line `Sarun, 01, Vietnamese, ...` introduces a person by the end of the number and the language of the
first text; `Sarun: ...` is texted by Sarun; an indented `< ...` comes back, and `Hoa < ...` comes to Hoa, sooner or later;
`* ...` is done at the office. {what happens to be called so} stands for a code, the same one wherever the name stands again;
{today}, {in 14 days} and {the time} for what the clock says; [anything] for words that depend on the season. Lines of a table
in the evening are indented, columns two blanks apart. All else is told for the reader.
"""
import datetime
import pathlib
import re

import pytest

from conftest import BUILD, LINK, OPTIONS, live_stack
from stack.process import wait_for

STORY = pathlib.Path(__file__).with_name("day.txt")
PERSON = re.compile(r"(\w+), (\d\d), (\w+), .+")
SAYS = re.compile(r"(\w+): (.+)")
HEARS = re.compile(r" +(?:(\w+) )?< (.+)")
DOES = re.compile(r"\* (.+)")
TABLE = re.compile(r"(\w[\w ]*):")
HOLE = re.compile(r"\\\{(.+?)\\\}|\\\[.+?\\\]")
PROVINCE = datetime.timezone(datetime.timedelta(hours=7))

# The clock decides nothing: no quiet hours. What counts prices and clears the market waits for the story.
DAY = {**OPTIONS, ("alerts", "quiet_from"): 7, ("alerts", "quiet_to"): 7, ("alerts", "per_day"): 50,
       ("http", "beside_box"): "yes"}
HOLD = "UPDATE price_feed SET counted_at = 'infinity'; UPDATE clearing_runs SET started_at = 'infinity'"
LET_GO = ("UPDATE price_feed SET counted_at = 'epoch'; UPDATE clearing_runs SET started_at = 'epoch';"
          "DELETE FROM supply_counted")
COUNTED = ("SELECT counted_at > 'epoch' AND started_at > 'epoch' "
           "AND EXISTS (SELECT FROM supply_counted WHERE commodity = 'LUA') FROM price_feed, clearing_runs")

TABLES = {
    "People": "SELECT msisdn, coalesce(nullif(name, ''), '-'), lang, coalesce(pl.name_vi, '-'), "
              "CASE WHEN stopped_at IS NULL THEN '-' ELSE 'stopped' END FROM people LEFT JOIN places pl ON pl.code = place "
              "WHERE msisdn IS NOT NULL",
    "Offers and requests": "SELECT coalesce(msisdn, '-'), CASE side WHEN 's' THEN 'sells' ELSE 'buys' END, c.name_vi, "
                           "coalesce(quantity, entered_quantity)::float, "
                           "CASE WHEN quantity IS NULL THEN entered_unit ELSE base_unit END, "
                           "CASE WHEN price_low = price_high THEN price_low::text ELSE price_low || '-' || price_high END, "
                           "pl.name_vi, state FROM listings l LEFT JOIN people p ON p.id = person_id "
                           "JOIN commodities c ON c.code = commodity JOIN places pl ON pl.code = l.place",
    "Sold": "SELECT msisdn, c.name_vi, d.quantity::float, d.unit, coalesce(d.price, 0) FROM listing_deals d "
            "JOIN listings l ON l.id = listing_id JOIN people p ON p.id = person_id JOIN commodities c ON c.code = commodity "
            "WHERE withdrawn_at IS NULL",
    "Deals": "SELECT coalesce(s.msisdn, '-'), coalesce(b.msisdn, '-'), c.name_vi, d.quantity::float, d.base_unit, "
             "d.price, d.state FROM deals d JOIN listings l ON l.id = sell_id JOIN commodities c ON c.code = commodity "
             "LEFT JOIN people s ON s.id = seller LEFT JOIN people b ON b.id = buyer",
    "Open questions": "SELECT msisdn, question::json ->> 'ask' FROM conversations JOIN people p ON p.id = person_id "
                      "WHERE question IS NOT NULL",
    "The desk": "SELECT msisdn, reason, state FROM desk JOIN people p ON p.id = person_id",
    "Subscriptions": "SELECT msisdn, c.name_vi, pl.name_vi FROM subscriptions s JOIN people p ON p.id = person_id "
                     "JOIN commodities c ON c.code = commodity JOIN places pl ON pl.code = s.place",
    "Consents": "SELECT msisdn, kind, CASE WHEN granted THEN 'yes' ELSE 'no' END FROM consent "
                "JOIN people p ON p.id = person_id WHERE kind <> 'notice'",
}


class Day:
    """Plays the story line by line."""

    def __init__(self, stack):
        self.stack = stack
        self.numbers, self.languages, self.welcomes = {}, {}, {}
        self.codes, self.read, self.strangers, self.welcomed = {}, set(), set(), set()
        self.speaker, self.table = None, None
        self.began, self.heard = datetime.datetime.now(PROVINCE), {}
        self.left = {name: [] for name in TABLES}

    def play(self, story):
        for number, line in enumerate(story.splitlines(), 1):
            try:
                self.line(line)
            except Exception as error:
                raise AssertionError(f"{STORY.name}:{number}: {line.strip()}\n{error}") from error

    def line(self, line):
        if not line:
            self.scene_ends()
        elif found := PERSON.fullmatch(line):
            self.numbers[found[1]], self.languages[found[1]] = f"8491234{found[2]:>04}", found[3]
        elif (found := HEARS.fullmatch(line)) and found[1] in self.languages.values():
            self.welcomes[found[1]] = found[2]
        elif found:
            self.hears(found[1] or self.speaker, found[2])
        elif (found := SAYS.fullmatch(line)) and found[1] in self.numbers:
            self.says(*found.groups())
        elif found := DOES.fullmatch(line):
            self.does(found[1])
        elif found := TABLE.fullmatch(line):
            self.table = found[1] if found[1] in TABLES else None
        elif self.table and line.startswith("  "):
            self.left[self.table].append(tuple(re.split(r" {2,}", line.strip())))

    # -- texts

    def says(self, name, text):
        self.speaker = name
        self.stack.phone.post(re.sub(r"\{(.+?)\}", lambda hole: self.codes[hole[1]], text), self.numbers[name])
        self.strangers.add(name)

    def scene_ends(self):
        """By then everyone who wrote for the first time in it has been welcomed."""
        for name in sorted(self.strangers - self.welcomed):
            self.hears(name, self.welcomes[self.languages[name]])
        self.welcomed |= self.strangers

    def inbox(self, name):
        return [(place, event["text"]) for place, event in enumerate(self.stack.phone.events)
                if event["ev"] == "mt" and event["to"].lstrip("+") == self.numbers[name] and place not in self.read]

    def hears(self, name, words):
        pattern, groups = self.pattern(words)

        def came():
            return next(((place, found) for place, text in self.inbox(name) if (found := pattern.fullmatch(text))), None)

        try:
            place, found = wait_for(f"{name} to hear that", came, timeout=30)
        except Exception as error:
            raise AssertionError(f"{error}; {name} heard " + "\n  and ".join(text for _, text in self.inbox(name))) from error
        self.read.add(place)
        self.heard[name] = found[0]
        self.codes.update({hole: found[group] for hole, group in groups.items()})

    def pattern(self, words):
        """What a text must be, and the names of its groups by what they are called in the story."""
        groups = {}

        def hole(found):
            what = (found[1] or "").replace("\\", "")
            if not what:
                return ".*"
            if days := re.fullmatch(r"today|in (\d+) days", what):
                return self.day(int(days[1] or 0))
            if what == "today in full":
                return self.day(0, "%d/%m/%Y")
            if days := re.fullmatch(r"month and day in (\d+) days", what):
                return self.day(int(days[1]), "%m/%d")
            if what == "the time":
                return r"\d\d:\d\d \d\d/\d\d"
            if what in self.codes:
                return self.codes[what]
            if what in groups:
                return f"(?P={groups[what]})"
            groups[what] = f"g{len(groups)}"
            return f"(?P<{groups[what]}>[A-Z0-9]+)"

        return re.compile(HOLE.sub(hole, re.escape(words)), re.S), groups

    def day(self, later, form="%d/%m"):
        """So many days from today, whichever day that is when the story is played at midnight."""
        days = {moment + datetime.timedelta(days=later) for moment in (self.began, datetime.datetime.now(PROVINCE))}
        return f"(?:{'|'.join({day.strftime(form) for day in days})})"

    # -- what is done at the office

    def does(self, what):
        for pattern, act in ACTS.items():
            if found := re.fullmatch(pattern, what):
                return act(self, *found.groups())
        raise ValueError("nobody knows how to do this")

    def officer(self, name, area):
        ((code,),) = self.stack.rows("SELECT code FROM places WHERE name_vi = :'area' ORDER BY length(code) LIMIT 1", area=area)
        self.stack.smsd.ctl("officer", "add", self.numbers[name], "--areas", code, "--hours", "mon-sun 00:00-24:00")

    def bulletin(self, kind, goods, area, words):
        ((code,),) = self.stack.rows("SELECT code FROM places WHERE name_vi = :'area' ORDER BY length(code) LIMIT 1", area=area)
        self.stack.smsd.ctl("bulletin", "add", kind, code, words, *(["--crops", goods] if goods else []))

    def again(self, name):
        """As Kannel does that did not hear that the text was taken: the same words under the same id."""
        ((kannel_id, text),) = self.stack.rows(
            "SELECT kannel_id, text FROM inbound JOIN people p ON p.id = person_id WHERE msisdn = :'number' "
            "ORDER BY inbound.id DESC LIMIT 1", number=self.numbers[name])
        assert self.stack.smsd.mo(text, self.numbers[name], kannel_id).body == self.heard[name]

    def hour(self):
        """Whatever smsd does by the clock is done when it starts."""
        self.stack.rows(LET_GO)
        self.stack.restart_smsd()
        wait_for("the market to be cleared", lambda: self.stack.rows(COUNTED) == [("t",)], timeout=60)
        self.stack.rows(HOLD)

    def evening(self, name):
        numbers = {number: name for name, number in self.numbers.items()}
        return sorted(tuple(numbers.get(cell, cell) for cell in row) for row in self.stack.rows(TABLES[name]))


ACTS = {
    r"(\w+) is the officer of (.+), on duty all day\.": Day.officer,
    r"The office tells the (weather|salinity|forecast) (?:of (\w+) )?in (.+?): (.+)": Day.bulletin,
    r"Kannel brings (\w+)'s last text once more\.": Day.again,
    r"The hour strikes\.": Day.hour,
}


@pytest.fixture(scope="module")
def day():
    with live_stack(BUILD / "live" / f"{LINK}-day", options=DAY) as running:
        running.rows(HOLD)
        yield Day(running)


def test_a_day_on_the_market(day):
    day.play(STORY.read_text("utf-8"))
    unread = {name: [text for _, text in day.inbox(name)] for name in day.numbers}
    assert {name: texts for name, texts in unread.items() if texts} == {}, "nobody hears what the story does not tell"
    for name, rows in day.left.items():
        assert day.evening(name) == sorted(rows), name
