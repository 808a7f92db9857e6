# SPDX-License-Identifier: Apache-2.0
"""The words: in files, in the database, in every running instance; and what people add to them."""
import itertools
import json
import re
import shutil
import subprocess

import pytest

from stack.process import wait_for
from stack.smsd import environment
from stack.stack import ROOT

LEXICON = ROOT / "locales" / "lexicon"
FILES = ("units", "commodities", "places", "seasons", "keywords", "links", "prices")
TODAY = ("--today", "2026-11-22")
SECOND = "chonoi_second"
serial = itertools.count(1)


def run(stack, *words, stdin=""):
    """smsctl with the service's configuration and the province's files: the whole outcome."""
    return subprocess.run([str(stack.smsd.build / "smsctl"), "--config", str(stack.smsd.conf), *words], input=stdin,
                          capture_output=True, text=True, check=False,
                          env={**environment(), "CHONOI_LOCALES": str(LEXICON.parent)})


def read(stack, texts, *options):
    done = run(stack, "read", *TODAY, *options, stdin="".join(text + "\n" for text in texts))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def corpus():
    head, *rows = (ROOT / "tests" / "corpus" / "sms.tsv").read_text("utf-8").rstrip("\n").split("\n")
    column = head.split("\t").index("text")
    return [row.split("\t")[column] for row in rows]


def contents(folder):
    return {name: (folder / f"{name}.tsv").read_text("utf-8") for name in FILES}


@pytest.fixture
def added(stack):
    """added("commodity", "MIT", "blup"): smsctl lexicon add, taken out again after the test."""
    done = []

    def add(*words):
        outcome = run(stack, "lexicon", "add", *words)
        if outcome.returncode == 0:
            done.append([word for word in words if word != "--force"])
        return outcome
    yield add
    for words in done:
        run(stack, "lexicon", "remove", *words)


@pytest.fixture
def instances(stack):
    """Two on one database."""
    second = stack.new_smsd("smsd-words")
    second.write_conf()
    second.start()
    yield stack.smsd, second
    assert second.stop() == 0


def current(stack):
    return float(stack.rows("SELECT version FROM lexicon_version")[0][0])


def wait_taken(stack, instances):
    for smsd in instances:
        wait_for(f"{smsd.name} to take the new words",
                 lambda smsd=smsd: smsd.metrics()["smsd_lexicon_version"] == current(stack))


def answer(smsd, number, text):
    return smsd.mo(text, number, f"words-{next(serial)}").body


def price(smsd, number, text):
    """The answer but for the number of reports, which grows by what other tests offer."""
    return re.sub(r" \(\d+ tin\)", "", answer(smsd, number, text))


# -- the same words from either side

def test_the_database_reads_as_the_files_do(stack):
    texts = corpus()
    of_files, of_database = read(stack, texts), read(stack, texts, "--db")
    assert len(of_files) == len(texts) and of_database == of_files


def test_the_database_can_be_named_in_every_way(stack, tmp_path):
    conninfo = stack.postgres.conninfo_of_file("chonoi", "chonoi_smsd", stack.smsd.secrets["smsd_db"], tmp_path)
    plain = read(stack, ["ban lua 2 tan 8000"])
    for words in (("--db", conninfo), (f"--db={conninfo}",), (f"-d{conninfo}",), ("-d",)):
        assert read(stack, ["ban lua 2 tan 8000"], *words) == plain
    assert run(stack, "read", "--db", "port=1", stdin="ban lua\n").returncode == 3
    assert run(stack, "read", "more").returncode == 2


def test_every_text_can_be_explained(stack):
    done = run(stack, "read", "--explain", "--db", *TODAY, stdin="".join(text + "\n" for text in corpus()))
    assert done.returncode == 0
    assert done.stdout.count("\noutcome ") == len(corpus())


def test_what_was_seeded_is_exported_byte_for_byte(stack, tmp_path):
    rows = stack.smsd.ctl_json("lexicon", "export", str(tmp_path / "out"))
    assert [row["table"] for row in rows] == list(FILES)
    assert contents(tmp_path / "out") == contents(LEXICON)
    stack.smsd.ctl("lexicon", "export", str(tmp_path / "out"))  # over itself
    assert contents(tmp_path / "out") == contents(LEXICON)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.tsv" for name in FILES)


def test_a_cell_that_a_file_cannot_hold_is_not_exported(stack, tmp_path):
    stack.rows("UPDATE units SET notes = E'a\\tb' WHERE code = 'TAN'")
    done = run(stack, "lexicon", "export", str(tmp_path))
    stack.rows("UPDATE units SET notes = seeded ->> 'notes' WHERE code = 'TAN'")
    assert done.returncode == 1 and "TAN" in done.stderr and not (tmp_path / "units.tsv").exists()
    assert run(stack, "lexicon", "export", "/nonexistent/folder").returncode == 1


def test_a_second_database_gets_the_same_words(stack, added, tmp_path):
    assert added("commodity", "MIT", "blup la").returncode == 0
    assert added("keyword", "blèo", "vi", "intent", "sell").returncode == 0
    stack.smsd.ctl("lexicon", "export", str(tmp_path / "first"))
    changed = contents(tmp_path / "first")
    assert changed != contents(LEXICON) and "blup la" in changed["commodities"] and "blèo" in changed["keywords"]
    stack.postgres.ensure_database(SECOND, "chonoi_owner")
    try:
        conninfo = stack.postgres.conninfo_of_file(SECOND, "chonoi_owner", stack.smsd.secrets["owner_db"], tmp_path)
        for words in (("migrate",), ("seed", str(tmp_path / "first")), ("lexicon", "export", str(tmp_path / "second"))):
            done = run(stack, *words, "--db", conninfo)
            assert done.returncode == 0, done.stderr
        assert contents(tmp_path / "second") == changed
        texts = [*corpus(), "bleo blup la 2 tan 20000"]
        assert read(stack, texts, "--db", conninfo) == read(stack, texts, "--db")
    finally:
        stack.postgres.sql(f"DROP DATABASE {SECOND}")


# -- people add words

def test_a_word_is_added_kept_by_a_seed_and_taken_out(stack, added):
    text = "ban blup la 2 tan 20000"
    assert read(stack, [text], "--db") == read(stack, [text])
    assert added("commodity", "MIT", "Blúp Lá").returncode == 0  # kept as people type it
    assert read(stack, [text], "--db")[0]["items"][0]["commodity"] == "MIT"
    assert read(stack, [text])[0] != read(stack, [text], "--db")[0]
    rows = stack.smsd.ctl_json("seed", str(LEXICON))
    assert all(row["inserted"] == row["updated"] == 0 for row in rows)
    assert read(stack, [text], "--db")[0]["items"][0]["commodity"] == "MIT"
    assert run(stack, "lexicon", "remove", "commodity", "MIT", "blup la").returncode == 0
    assert read(stack, [text], "--db") == read(stack, [text])


@pytest.mark.parametrize("words, text, intent, slot, value", [
    (("place", "845", "xu blup"), "gia lua xu blup", "price", "place", "845"),
    (("unit", "TAN", "blu"), "ban lua 2 blu 8000", "sell", "unit", "TAN"),
    (("foreign", "MIT", "blupfruit"), "sell blupfruit 2 ton 20000", "sell", "commodity", "MIT"),
    (("keyword", "blèo", "vi", "intent", "sell"), "bleo lua 2 tan 8000", "sell", "commodity", "LUA"),
])
def test_every_kind_of_word(stack, added, words, text, intent, slot, value):
    assert added(*words).returncode == 0
    reading = read(stack, [text], "--db")[0]
    assert (reading["intent"], reading["items"][0][slot]) == (intent, value)


@pytest.mark.parametrize("words, told", [
    (("commodity", "NOPE", "blup"), "there is no NOPE"),
    (("commodity", "LUA", "thoc"), "LUA is called so already"),
    (("commodity", "MIT", "5 con"), "the shape of an amount"),
    (("commodity", "MIT", "ngung"), "as a whole message it is stop"),
    (("commodity", "MIT", "cua bien"), "it is asked which is meant"),
    (("place", "846", "blup;other"), "without ;"),
    (("place", "846", "mot hai ba bon nam sau bay tam chin muoi mot hai ba"), "too many words"),
    (("unit", "TAN", "10 ta"), "does not begin with a figure"),
    (("commodity", "MIT", "  "), "needs letters"),
    (("keyword", "blup", "vi", "verb", "sell"), 'unknown kind "verb"'),
    (("keyword", "blup", "fr", "intent", "sell"), 'unknown language "fr"'),
    (("keyword", "blup", "vi", "intent", "seel"), 'unknown intent "seel"'),
    (("keyword", "blup"), "keyword WORD LANG KIND"),
    (("commodity", "MIT"), "commodity CODE WORD"),
    (("fruit", "MIT", "blup"), "the list is"),
])
def test_what_cannot_be_added_changes_nothing(stack, added, words, told):
    version = current(stack)
    done = added(*words)
    assert done.returncode in (1, 2) and done.stdout == "" and told in done.stderr
    assert current(stack) == version


def test_a_word_that_means_something_else_is_added_by_force_and_found_by_the_lint(stack, added):
    assert run(stack, "lexicon", "lint", "--db").returncode == 0
    refused = added("commodity", "MIT", "cua bien")
    assert refused.returncode == 1 and "CUA" in refused.stderr and "--force" in refused.stderr
    assert added("commodity", "MIT", "cua bien", "--force").returncode == 0
    assert read(stack, ["ban cua bien 2 tan"], "--db")[0]["ask"] == "commodity"
    lint = run(stack, "--json", "lexicon", "lint", "--db")
    found = [row for row in json.loads(lint.stdout) if row["is"] == "undeclared"]
    assert lint.returncode == 1 and {row["word"] for row in found} == {"cua bien"}
    assert all(row["by"] == "asked" for row in found)


def test_the_lint_of_files(stack, tmp_path):
    folder = shutil.copytree(LEXICON, tmp_path / "lexicon")
    assert run(stack, "lexicon", "lint", "--lexicon", str(folder)).returncode == 0
    (folder / "shared.tsv").unlink()
    done = run(stack, "lexicon", "lint", "--lexicon", str(folder))
    assert done.returncode == 1 and "undeclared" in done.stderr and "undeclared" in done.stdout


@pytest.mark.parametrize("words, told", [
    (("commodity", "LUA", "thoc"), "came with the files"), (("keyword", "bán", "vi", "intent", "sell"), "came with the files"),
    (("commodity", "LUA", "blup"), "not called so"), (("keyword", "blup", "vi", "intent", "sell"), "no such keyword"),
])
def test_only_what_was_added_can_be_taken_out(stack, words, told):
    version = current(stack)
    done = run(stack, "lexicon", "remove", *words)
    assert done.returncode == 1 and told in done.stderr
    assert current(stack) == version


# -- every instance takes them

@pytest.mark.http
def test_two_instances_take_a_word_without_a_restart(stack, instances, added, farmer):
    wait_taken(stack, instances)  # what the test before this one added and took out again
    wanted = price(stack.smsd, farmer, "gia lua om18")
    before = [price(smsd, farmer, "gia blup la") for smsd in instances]
    loads = [smsd.metrics()['smsd_reload_total{result="ok"}'] for smsd in instances]
    assert added("commodity", "LUA.OM18", "blup la").returncode == 0
    wait_taken(stack, instances)
    # Words that came within ten minutes would have their answer repeated, so each hears other ones.
    after = [price(smsd, farmer, f"gia blup la {'nhe' * (smsd is stack.smsd)}") for smsd in instances]
    assert "OM18" in wanted and wanted not in before
    assert after == [wanted, wanted]
    assert [smsd.metrics()['smsd_reload_total{result="ok"}'] for smsd in instances] == [n + 1 for n in loads]


@pytest.mark.http
def test_a_bad_lexicon_is_refused_named_and_the_old_one_kept(stack, instances, farmer):
    wait_taken(stack, instances)
    version = current(stack)
    stack.rows("UPDATE commodities SET parent = 'NO.SUCH' WHERE code = 'LUA.OM5451'")
    try:
        for smsd in instances:
            wait_for(f"{smsd.name} to refuse the words",
                     lambda smsd=smsd: smsd.metrics()["smsd_lexicon_refused"] == 1)
            assert smsd.metrics()["smsd_lexicon_version"] == version
            told = [line for line in smsd.log.read_text("utf-8").splitlines() if "knowledge.kept" in line]
            assert told and "LUA.OM5451" in told[-1] and "NO.SUCH" in told[-1]
            assert "OM18" in answer(smsd, farmer, f"gia lua om18 {smsd.name[-1]}")
        assert "LUA.OM5451" in stack.smsd.ctl_json("status")["lexicon"]
        done = run(stack, "read", "--db", stdin="ban lua\n")
        assert done.returncode == 1 and "LUA.OM5451" in done.stderr
        done = run(stack, "lexicon", "add", "commodity", "MIT", "blup")
        assert done.returncode == 1 and "LUA.OM5451" in done.stderr
    finally:
        stack.rows("UPDATE commodities SET parent = 'LUA' WHERE code = 'LUA.OM5451'")
    wait_taken(stack, instances)
    assert [smsd.metrics()["smsd_lexicon_refused"] for smsd in instances] == [0, 0]
    assert stack.smsd.ctl_json("status")["lexicon"] == "good"
