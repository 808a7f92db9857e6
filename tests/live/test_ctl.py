# SPDX-License-Identifier: Apache-2.0
"""The operator's tool on the running service: what it shows and hides, and how it ends."""
import datetime
import json
import shutil
import subprocess

import pytest

from stack.process import free_port
from stack.smsd import environment
from stack.stack import ROOT

LEXICON = ROOT / "locales" / "lexicon"
TEXT = "ban lua om18 2 tan 8500 cau ke"
SHOWS = ("messages", "listings", "outbox", "dead", "desk list")
COMMANDS = ("status", *SHOWS, "officer list", "desk prices", "bulletin list", "seed", "migrate", "maintain", "read")
WITH_ARGUMENTS = ("lexicon export", "lexicon add", "lexicon remove", "lexicon lint", "again", "desk show", "desk answer",
                  "desk close", "desk alias", "desk price", "officer add", "officer remove", "bulletin add",
                  "prices import")
WITH_TEXT = ("messages", "outbox", "dead", "desk list")


def run(stack, *words, stdin=""):
    """smsctl with the service's configuration and the province's files: the whole outcome."""
    return subprocess.run([str(stack.smsd.build / "smsctl"), "--config", str(stack.smsd.conf), *words], input=stdin,
                          capture_output=True, text=True, check=False,
                          env={**environment(), "CHONOI_LOCALES": str(LEXICON.parent)})


@pytest.fixture
def person(stack, farmer):
    """Somebody of whom every command has something to show."""
    stack.phone.send(TEXT, farmer)
    stack.rows("INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, short_code, channel, text, reason) "
               "VALUES (now(), now(), 'ctl', :'number', '8055', 'sms', :'text', 'test')", number=farmer, text=TEXT)
    stack.rows("INSERT INTO desk (person_id, inbound_id, reason, created_at) SELECT p.id, i.id, 'test', now() "
               "FROM people p JOIN inbound i ON i.person_id = p.id WHERE p.msisdn = :'number'", number=farmer)
    yield farmer
    stack.rows("DELETE FROM dead_letter WHERE kannel_id = 'ctl'")
    stack.rows("DELETE FROM desk WHERE reason = 'test'")


# -- what it shows

@pytest.mark.parametrize("command", SHOWS)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_number_and_a_text_show_only_when_asked_for(stack, person, command, form):
    redacted = stack.smsd.ctl(*form, *command.split(), "--limit", "5")
    assert person not in redacted and person[2:] not in redacted and f"{person[:3]}****{person[-3:]}" in redacted
    assert TEXT not in redacted and "om18" not in redacted.lower().replace("lua.om18", "").replace("lúa om18", "")
    full = stack.smsd.ctl(*form, *command.split(), "--limit", "5", "--full")
    assert person in full
    assert command not in WITH_TEXT or "om18" in full.lower()


def test_messages_of_one_person(stack, person):
    rows = stack.smsd.ctl_json("messages", "--number", "0" + person[2:], "--full")
    assert {row["number"] for row in rows} == {person}
    assert [row["text"] for row in rows if row["direction"] == "in"] == [TEXT]


def test_one_listing_by_its_code(stack, person):
    newest = stack.smsd.ctl_json("listings", "--limit", "1", "--full")[0]
    assert newest["person"] == person
    (row,) = stack.smsd.ctl_json("listings", "--code", newest["code"])
    assert (row["commodity"], row["quantity"], row["price"]) == ("LUA.OM18", 2000, 8500)


@pytest.mark.parametrize("state", ["delivered", "failed"])
def test_the_outbox_by_state(stack, person, state):
    assert {row["state"] for row in stack.smsd.ctl_json("outbox", "--state", state)} <= {state}


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "seed"])
def test_every_command_can_speak_json(stack, command):
    name = command.split()
    for words in (("--json", *name), (*name, "--json")):
        done = run(stack, *words, stdin="gia lua\n")
        assert done.returncode == 0, done.stderr
        json.loads(done.stdout)


def test_read_needs_no_database(stack):
    done = run(stack, "--db", "port=1", "read", "--today", "2026-11-22", stdin=f"{TEXT}\ntg\n")
    assert [json.loads(line)["intent"] for line in done.stdout.splitlines()] == ["sell", "help"]


# -- what it changes

def test_migrate_twice(stack):
    first, second = stack.smsd.ctl_json("migrate"), stack.smsd.ctl_json("migrate")
    assert first == second and second["migrations_applied"] == 0 and second["schema_version"] >= 6


def test_maintain_makes_the_months_to_come(stack):
    stack.smsd.ctl("maintain")
    assert stack.smsd.ctl_json("maintain") == {"partitions_made": 0, "people_erased": 0, "rows_deleted": 0,
                                             "partitions_dropped": 0}
    assert stack.smsd.ctl_json("status")["months_ahead"] >= 3


def test_a_person_is_exported_and_erased(stack, person):
    exported = json.loads(run(stack, "person", "export", "-", stdin=f"0{person[2:]}\n").stdout)
    assert exported["person"]["msisdn"] == person
    assert TEXT in [text["text"] for text in exported["inbound"]] and len(exported["listings"]) == 1
    assert json.loads(run(stack, "--json", "person", "erase", person).stdout) == {"people_erased": 1}
    for command in ("export", "erase"):
        again = run(stack, "person", command, person)
        assert again.returncode == 1 and "nothing is stored" in again.stderr
    assert run(stack, "person", "erase", "12").returncode == 2


def test_seed_twice(stack):
    rows = stack.smsd.ctl_json("seed", str(LEXICON))
    assert stack.smsd.ctl_json("seed", str(LEXICON)) == rows
    assert [row["table"] for row in rows] == ["units", "commodities", "places", "seasons", "keywords", "links", "prices"]
    assert all(row["unchanged"] > 0 and row["inserted"] == row["updated"] == row["removed"] == 0 for row in rows)


@pytest.fixture
def edited(tmp_path):
    """edited("units", old, new): the folder of the province's files with that put into one of them, once."""
    folder = shutil.copytree(LEXICON, tmp_path / "lexicon")

    def edit(name, old, new):
        path = folder / f"{name}.tsv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return str(folder)
    return edit


@pytest.mark.parametrize("name, old, new, error", [
    ("commodities", "LUA.OM18\tLUA\t", "LUA.OM18\tNO.SUCH\t", 'unknown parent "NO.SUCH"'),
    ("prices", "\t21000\tKG\t", "\t21.000\tKG\t", 'prices: line 2: price_vnd'),
    ("prices", "\tBUOI.DX\t", "\tBUOI.XX\t", 'prices: line 2: commodity_code: unknown commodity "BUOI.XX"'),
    ("units", "\nKG\tmass", "\nKG\tmass\n", "units.tsv: units: line 2 has fewer cells"),
])
def test_a_wrong_file_changes_nothing_and_is_named(stack, edited, name, old, new, error):
    version = stack.rows("SELECT version FROM lexicon_version")
    done = run(stack, "seed", edited(name, old, new))
    assert (done.returncode, done.stdout) == (1, "")
    assert error in done.stderr
    assert stack.rows("SELECT version FROM lexicon_version") == version


def test_a_byte_order_mark_is_no_news(stack, edited):
    rows = stack.smsd.ctl_json("seed", edited("units", "code", "\ufeffcode"))
    assert rows[0]["inserted"] == rows[0]["updated"] == 0


GOOD = "ngay;hang;noi;gia\n{today};xoài cát chu;Cao Bằng;21.000-23.000\n"
BAD = GOOD + "{today};blup;Cao Bằng;21.000\n\n{today};xoài cát chu;Cao Bằng;21.5\n"


def test_a_bulletin_of_prices_is_taken_whole_and_once(stack, tmp_path):
    def bulletin(text):
        (tmp_path / "b.csv").write_text(text.format(today=datetime.date.today().isoformat()), "utf-8")
        return run(stack, "--json", "prices", "import", str(tmp_path / "b.csv"), *words)

    def imported():
        return int(stack.rows("SELECT count(*) FROM price_reports WHERE kind = 'bulletin'")[0][0])

    stack.rows("DELETE FROM price_reports WHERE kind = 'bulletin'; DELETE FROM price_groups WHERE place = '04'")
    words, before = (), imported()
    done = bulletin(BAD)
    assert (done.returncode, done.stdout, imported()) == (1, "", before)
    assert 'b.csv: line 3: unknown goods "blup"' in done.stderr and "b.csv: line 5: not an amount" in done.stderr
    words = ("--dry-run",)
    dry = bulletin(GOOD)
    assert (dry.returncode, imported()) == (0, before) and "nothing was written" in dry.stderr
    words = ()
    done = bulletin(GOOD)
    assert done.stdout == dry.stdout and imported() == before + 1
    assert [(row["before"], row["after"]) for row in json.loads(done.stdout)] == [(None, "21000-22000-23000 (1)")]
    again = bulletin(GOOD)
    assert (json.loads(again.stdout), imported()) == ([], before + 1) and "1 as before" in again.stderr


# -- how it ends

@pytest.mark.parametrize("command", COMMANDS + WITH_ARGUMENTS)
def test_help_of_every_command(stack, command):
    name = command.split()
    for words in ((*name, "--help"), ("--help", *name), (*name, "-h")):
        done = run(stack, *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"usage: smsctl {command}")


def test_help_of_the_whole(stack):
    done = run(stack, "--help")
    assert done.returncode == 0 and all(f"\n  {command} " in done.stdout for command in COMMANDS + WITH_ARGUMENTS)
    assert run(stack, "--version").returncode == 0


@pytest.mark.parametrize("words, told", [
    ((), "usage:"), (("nosuch",), "nosuch"), (("status", "more"), "more"), (("status", "--full"), "--full"),
    (("read", "--full"), "--full"), (("messages", "--limit", "0"), "--limit"), (("messages", "--number", "12"), "--number"),
    (("outbox", "--state", "foo"), "queued sending sent delivered failed expired handed uncertain"),
    (("status", "--nosuch"), "nosuch")])
def test_wrong_usage(stack, words, told):
    done = run(stack, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "read"])
def test_a_database_that_is_away(stack, command):
    done = run(stack, "--db", f"host=127.0.0.1 port={free_port()} dbname=none", *command.split())
    assert (done.returncode, done.stdout) == (3, "")
    assert "away" in done.stderr


def test_no_password_on_a_command_line(stack):
    conninfo = stack.postgres.conninfo("chonoi", "chonoi_smsd", stack.smsd.secrets["smsd_db"])
    for words in (("--db", conninfo, "status"), ("status", "--db", "postgresql://chonoi_smsd:secret@127.0.0.1/chonoi")):
        done = run(stack, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "passfile" in done.stderr and "secret@" not in done.stderr and stack.smsd.secrets["smsd_db"] not in done.stderr


def test_a_configuration_that_is_not_there(stack):
    assert run(stack, "--config", "/nonexistent/smsd.conf", "status").returncode == 1
