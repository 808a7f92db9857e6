# SPDX-License-Identifier: Apache-2.0
"""The officers' desk through real Kannel: a question, the officer's phone, the answer on its code; and at the office."""
import re
import subprocess

import pytest

from stack.process import wait_for
from stack.smsd import environment

CODE = re.compile(r"MA \d{6}")


def fails(stack, status, told, *words):
    done = subprocess.run([str(stack.smsd.build / "smsctl"), "--config", str(stack.smsd.conf), *words], capture_output=True,
                          text=True, check=False, env=environment())
    assert (done.returncode, done.stdout) == (status, "") and told in done.stderr


@pytest.fixture
def officer(stack, farmers):
    """On duty day and night."""
    (number,) = farmers(1)
    words = ("officer", "add", "0" + number[2:], "--areas", "845 84", "--crops", "LUA", "--hours", "mon-sun 00:00-24:00")
    assert stack.smsd.ctl_json(*words)["role"] == "officer"
    yield number
    stack.smsd.ctl("officer", "remove", number)


def text_to(stack, number, mark, *words):
    """The next SMS to a number that has all these words."""
    return stack.phone.wait_event(f"{words} to {number}", lambda event: event["ev"] == "mt" and
                                  event["to"].lstrip("+") == number and all(word in event["text"] for word in words),
                                  mark)["text"]


def test_an_officer_answers_by_sms(stack, farmer, officer):
    mark = stack.phone.mark()
    stack.phone.send("hoi lua bi dao on o cau ke phun thuoc gi", farmer)
    task = text_to(stack, officer, mark, "Cau Ke", "dao on")
    assert farmer[2:] not in task
    item = re.search(r"TL (\d+)", task).group(1)
    asked = stack.phone.send(f"TL {item} Phun luc chieu mat, 2 lan cach 7 ngay", officer)
    assert "Da chuyen" in stack.phone.send(CODE.search(asked["text"]).group(), officer)["text"]
    assert officer[2:] not in text_to(stack, farmer, mark, "Phun luc chieu mat, 2 lan cach 7 ngay")
    shown = stack.smsd.ctl_json("desk", "show", item, "--full")
    assert (shown["state"], shown["officer"], shown["number"]) == ("answered", officer, farmer)


def test_the_office_answers(stack, farmer):
    mark = stack.phone.mark()
    stack.phone.send("hoi lua bi ray nau phun thuoc gi", farmer)
    item = next(str(row["id"]) for row in stack.smsd.ctl_json("desk", "list", "--full") if row["number"] == farmer)
    fails(stack, 2, "160", "desk", "answer", item, "x" * 161)
    stack.smsd.ctl("desk", "answer", item, "Phun chiều mát")
    text_to(stack, farmer, mark, "Phun chieu mat")
    stack.smsd.ctl("desk", "close", item)
    for words in (("close", item), ("answer", item, "x"), ("show", "999999999")):
        fails(stack, 1, "there is no such item", "desk", *words)
    fails(stack, 2, "NOSUCH", "desk", "alias", item, "lua dai ca", "NOSUCH")
    assert stack.smsd.ctl_json("desk", "alias", item, "lua dai ca", "LUA")["code"] == "LUA"
    stack.smsd.ctl("lexicon", "remove", "commodity", "LUA", "lua dai ca")


def test_who_may_be_an_officer(stack, officer):
    [row] = [row for row in stack.smsd.ctl_json("officer", "list", "--full") if row["number"] == officer]
    assert (row["areas"], row["crops"], row["hours"]) == ("845 84", "LUA", "mon-sun 00:00-24:00")
    fails(stack, 2, "NOSUCH", "officer", "add", officer, "--crops", "NOSUCH")
    fails(stack, 2, "--hours", "officer", "add", officer, "--hours", "daily")
    fails(stack, 2, "--role", "officer", "add", officer, "--role", "king")
    fails(stack, 1, "no officer", "officer", "remove", "0999999999")


def test_a_dead_letter_is_put_in_again(stack, farmer):
    stack.rows("INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, short_code, channel, text, reason) "
               "VALUES (now(), now(), 'desk', :'number', '8055', 'sms', 'ban lua om18 2 tan 8500 cau ke', 'test')", number=farmer)
    ((letter,),) = stack.rows("SELECT id FROM dead_letter WHERE kannel_id = 'desk'")
    mark = stack.phone.mark()
    stack.smsd.ctl("again", letter)
    text_to(stack, farmer, mark, "8.500d/kg")
    wait_for("the dead letter to go", lambda: not stack.rows("SELECT 1 FROM dead_letter WHERE kannel_id = 'desk'"))
    ((sold,),) = stack.rows("SELECT count(*) FROM listings l JOIN people p ON p.id = person_id WHERE msisdn = :'number'",
                            number=farmer)
    assert int(sold) == 1
    fails(stack, 1, "there is no", "again", letter)
