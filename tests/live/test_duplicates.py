# SPDX-License-Identifier: Apache-2.0
"""The same text again: the stored answer, and no second effect."""
import uuid

import pytest

COUNT = "SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'"
OFFER = "ban lua om18 2 tan 8500 cau ke"


@pytest.mark.http
def test_by_id(stack, farmer, counted):
    """Kannel brings a text again under its id when it did not hear the answer."""
    kannel_id = str(uuid.uuid4())
    first = stack.smsd.mo(OFFER, farmer, kannel_id)
    second = stack.smsd.mo(OFFER, farmer, kannel_id)
    assert first.status == second.status == 200
    assert first.body and first.body == second.body
    assert stack.rows(COUNT, number=farmer) == [("1",)]
    assert counted('smsd_mo_duplicate_total{by="id"}') == 1


@pytest.mark.http
def test_by_id_long_after_other_texts(stack, farmer):
    kannel_id = str(uuid.uuid4())
    first = stack.smsd.mo(OFFER, farmer, kannel_id)
    assert stack.smsd.mo("gia lua om18", farmer, str(uuid.uuid4())).body != first.body
    assert stack.smsd.mo(OFFER, farmer, kannel_id).body == first.body
    assert stack.rows(COUNT, number=farmer) == [("1",)]


def test_by_content(stack, farmer, counted):
    """A person who saw no answer sends the same again."""
    first = stack.phone.send(OFFER, farmer)
    second = stack.phone.send(OFFER, farmer)
    third = stack.phone.send("BAN  LUA OM18 2 tan 8500  Cau Ke ", farmer)
    assert first["text"] == second["text"] == third["text"]
    assert stack.rows(COUNT, number=farmer) == [("1",)]
    assert counted('smsd_mo_duplicate_total{by="content"}') == 2


def test_the_same_offer_later(stack, farmer):
    """With another text between them it is no repeat; as the offer still stands, the person is asked."""
    stack.phone.send(OFFER, farmer)
    stack.phone.send("gia lua om18", farmer)
    assert "MOI" in stack.phone.send(OFFER, farmer)["text"]
    assert stack.rows(COUNT, number=farmer) == [("1",)]
    stack.phone.send("MOI", farmer)
    assert stack.rows(COUNT, number=farmer) == [("2",)]


def test_two_people_may_say_the_same(stack, farmers):
    one, other = farmers(2)
    assert stack.phone.send(OFFER, one)["text"] != stack.phone.send(OFFER, other)["text"]
    assert stack.rows(COUNT, number=one) == stack.rows(COUNT, number=other) == [("1",)]


@pytest.mark.http
def test_the_loop_guard(stack, farmer, counted):
    """Two machines that answer one another: after some identical texts in an hour there is silence."""
    for _ in range(8):
        answer = stack.smsd.mo("cam on quy khach", farmer, str(uuid.uuid4()))
        assert answer.status == 200
    assert answer.body == ""
    assert counted('smsd_mo_guarded_total{guard="same"}') >= 1
