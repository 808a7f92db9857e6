# SPDX-License-Identifier: Apache-2.0
"""After everything: no number and no text in any file but the database's."""
import os
import re

import pytest

from stack.process import wait_for

# The one thing Kannel tells (SECURITY.md): whose delivery report it cannot place, as when it had no room for the first
# one and the SMSC brings it again. It has no setting for that.
LOST_REPORT = re.compile(rb"^.*(?:DLR from SMSC<\S+> for DST<\d+> not found\.|got DLR but could not find message).*$", re.M)

TEXT = "ban lua om18 47 tan 8500 cau ke"


def needles(stack, number):
    told = [stack.smsd.secrets["http"]]  # proves that the search finds what is there
    people = [row[0] for row in stack.rows("SELECT msisdn FROM people WHERE msisdn IS NOT NULL")]
    forms = [form for msisdn in people for form in (msisdn, "0" + msisdn[2:])]
    texts = [row[0] for row in stack.rows("SELECT DISTINCT text FROM inbound WHERE length(text) >= 12 LIMIT 500")]
    assert number in people and TEXT in texts
    return told, forms + texts


def files(folder, but):
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if os.path.join(parent, name) not in but]
        for name in names:
            yield os.path.join(parent, name)


def holding(stack, needle_list):
    wanted = [needle.encode("utf-8") for needle in needle_list] + [needle.encode("utf-16-be") for needle in needle_list]
    found = set()
    for path in files(stack.folder, {str(stack.postgres.folder / "data"), str(stack.postgres.data)}):
        with open(path, "rb") as content:
            octets = content.read()
        if path == str(stack.logs / "bearerbox.log"):
            octets = LOST_REPORT.sub(b"", octets)
        if any(needle in octets for needle in wanted):
            found.add(os.path.relpath(path, stack.folder))
    return found


def test_who_is_erased_is_in_no_table(stack, farmer):
    stack.phone.send(TEXT, farmer)
    code = re.search(r"MA \d{6}", stack.phone.send("xoa toi", farmer)["text"]).group()
    assert stack.phone.send(code, farmer)["text"].startswith("Da xoa")
    assert stack.smsd.ctl_json("maintain")["people_erased"] == 1
    for (table,) in stack.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                               " AND table_type = 'BASE TABLE'"):
        assert stack.rows(f'SELECT t FROM "{table}" t WHERE strpos(t::text, \'{farmer[2:]}\') > 0') == [], table


@pytest.mark.last
def test_nothing_personal_outside_the_database(stack, farmer):
    assert stack.phone.send(TEXT, farmer)["text"]
    wait_for("Kannel's spools to be empty", lambda: not any(files(stack.kannel.folder / "store", ())) and
             not any(files(stack.kannel.folder / "dlr", ())), timeout=60)
    told, personal = needles(stack, farmer)
    assert "smsd/smsd.conf" in holding(stack, told)
    assert holding(stack, personal) == set()


@pytest.mark.last
def test_only_we_can_read_it(stack):
    for path in files(stack.folder, ()):
        if not os.path.islink(path):
            assert os.stat(path).st_mode & 0o077 == 0 or os.path.getsize(path) == 0, path
