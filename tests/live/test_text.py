# SPDX-License-Identifier: Apache-2.0
"""A text in, an answer out: phone, Kannel, smsd, PostgreSQL and back."""
import re

import pytest

from stack.process import wait_for

CODE = re.compile(r"\bHUY ([A-Z][A-Z0-9]{3,5})\b")

LISTING = """
    SELECT l.code, l.side, l.state, l.commodity, l.quantity, l.base_unit, l.price_low, l.price_high, l.price_unit, l.place
      FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number' ORDER BY l.id"""


def listings_of(stack, number):
    return stack.rows(LISTING, number=number)


def place_name(stack, code):
    ((name,),) = stack.rows("SELECT name_vi FROM places WHERE code = :'code'", code=code)
    return name


def test_an_offer_is_stored_and_echoed_in_one_segment(stack):
    mark = stack.phone.mark()
    stack.phone.post("ban lua om18 2 tan 8500 cau ke", "84912345678")
    answer = stack.phone.wait_event("the echo of the offer",
                                    lambda event: event["ev"] == "mt" and CODE.search(event["text"]), mark)
    code = CODE.search(answer["text"]).group(1)
    (row,) = listings_of(stack, "84912345678")
    assert row[0] == code
    assert row[1:4] == ("s", "open", "LUA.OM18")
    assert (float(row[4]), row[5]) == (2000, "KG")
    assert row[6:9] == ("8500", "8500", "KG")
    assert place_name(stack, row[9]) == "Cầu Kè"
    assert answer["coding"] == "gsm" and answer["segments"] == 1
    for word in (code, "OM18", "2 tan", "8.500", "Cau Ke", f"HUY {code}"):
        assert word in answer["text"]
    assert answer["from"] == "8055"


def test_first_contact_says_who_we_are_and_how_to_stop(stack, new_number):
    number = new_number()
    mark = stack.phone.mark()
    stack.phone.send("gia lua om18 cau ke", number)
    welcome = stack.phone.wait_event(
        "the welcome", lambda event: event["ev"] == "mt" and event["to"].lstrip("+") == number and "TC" in event["text"], mark)
    assert "Cho Noi" in welcome["text"]
    again = stack.phone.mark()
    stack.phone.send("tg", number)
    stack.phone.send("gia lua", number)
    assert len([mt for mt in stack.phone.since(again, "mt") if mt["to"].lstrip("+") == number]) == 2


def test_accents_in_ucs2_work_the_same(stack, farmer):
    answer = stack.phone.send("bán lúa ST25 3 tạ 9.000đ/kg ở Tiểu Cần", farmer)
    (row,) = listings_of(stack, farmer)
    assert row[1:4] == ("s", "open", "LUA.ST25")
    assert (float(row[4]), row[5]) == (300, "KG")
    assert row[6:9] == ("9000", "9000", "KG")
    assert place_name(stack, row[9]) == "Tiểu Cần"
    assert answer["segments"] == 1 and row[0] in answer["text"] and "9.000" in answer["text"]


def test_a_price_comes_with_unit_place_date_and_count(stack, farmer):
    answer = stack.phone.send("gia lua om4218 cau ke", farmer)  # which no other test offers: asks are prices too
    assert answer["segments"] == 1
    text = answer["text"]
    assert "OM4218" in text and re.search(r"\d\.\d{3}", text) and "/kg" in text
    assert re.search(r"\d{1,2}/\d{1,2}/20\d\d", text), "an old price shows its full date"
    assert re.search(r"\b\d+ tin\b", text), "the number of reports"
    assert "An Giang" in text or "Tra Vinh" in text, "the data has none from Cau Ke, so it says where this one is from"


def test_the_season_and_the_help(stack, farmer):
    season = stack.phone.send("mua vu lua", farmer)
    assert season["segments"] == 1 and "lua" in season["text"].lower()
    help_text = stack.phone.send("TG", farmer)
    assert "BAN" in help_text["text"] and "GIA" in help_text["text"]


def test_what_is_not_understood_is_said_so(stack, farmer, counted):
    answer = stack.phone.send("xyzzy plugh", farmer)
    assert answer["text"]
    assert counted('smsd_read_total{outcome="none"}') >= 1
    assert listings_of(stack, farmer) == []


def test_an_offer_is_undone_by_its_code(stack, farmer):
    answer = stack.phone.send("ban lua om18 2 tan 8500 cau ke", farmer)
    code = CODE.search(answer["text"]).group(1)
    assert code in stack.phone.send(f"HUY {code}", farmer)["text"]
    assert listings_of(stack, farmer)[0][2] == "cancelled"


def test_a_question_is_completed_by_the_next_text(stack, farmer):
    question = stack.phone.send("ban lua om18 2 tan 8500", farmer)
    assert listings_of(stack, farmer) == [], "nothing is stored while the place is not known"
    assert question["text"]
    answer = stack.phone.send("cau ke", farmer)
    (row,) = listings_of(stack, farmer)
    assert row[0] in answer["text"]


def test_stop_is_proved(stack, farmer):
    answer = stack.phone.send("TC", farmer)
    assert re.search(r"\d{1,2}:\d\d|\d{1,2}/\d{1,2}", answer["text"]), "the confirmation names the time"
    proof = stack.rows("SELECT c.granted, c.text_version <> '', i.text FROM consent c JOIN people p ON p.id = c.person_id "
                       "JOIN inbound i ON i.id = c.inbound_id WHERE p.msisdn = :'number' ORDER BY c.id DESC LIMIT 1",
                       number=farmer)
    assert proof == [("f", "t", "TC")]
    assert stack.rows("SELECT stopped_at IS NOT NULL FROM people WHERE msisdn = :'number'", number=farmer) == [("t",)]


def test_delivery_reports_reach_the_outbox(stack, farmer):
    stack.phone.send("tg", farmer)
    wait_for("the answer to be reported delivered", lambda: stack.rows(
        "SELECT o.state FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.msisdn = :'number'",
        number=farmer) == [("delivered",)])


LONG = {"gsm": "gia lua om18 hom nay len nhe. " * 13, "ucs2": "giá lúa OM18 hôm nay lên nhẹ. " * 5}


@pytest.mark.parametrize("coding, segments", [("gsm", 3), ("ucs2", 3)])
def test_what_the_outbox_holds_goes_out_in_as_many_segments_as_it_says(stack, farmer, coding, segments):
    mark = stack.phone.mark()
    stack.rows("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at) "
               "SELECT nextval('message_ids'), now(), id, 'reply', 'queued', '8055', :'body', :coding, :segments, now() "
               "FROM people WHERE msisdn = :'number' RETURNING 1", number=farmer, body=LONG[coding],
               coding={"gsm": 0, "ucs2": 2}[coding], segments=segments)
    came = stack.phone.wait_mt(farmer, mark)
    assert (came["text"], came["coding"], came["segments"]) == (LONG[coding], coding, segments)
    wait_for("it to be reported delivered", lambda: stack.rows(
        "SELECT o.state FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.msisdn = :'number'",
        number=farmer) == [("delivered",)])
