# SPDX-License-Identifier: Apache-2.0
"""What becomes of an offer: corrected, sold in part, taken back, each as its owner reads it."""
import re

STATES = """
    SELECT l.state, l.quantity::float, l.price_low FROM listings l JOIN people p ON p.id = l.person_id
     WHERE p.msisdn = :'number' ORDER BY l.id"""

HISTORY = """
    SELECT e.state, e.changes FROM listing_events e JOIN listings l ON l.id = e.listing_id JOIN people p ON p.id = l.person_id
     WHERE p.msisdn = :'number' AND e.changes IS NOT NULL ORDER BY e.id"""


def say(stack, number, text):
    return stack.phone.send(text, number)["text"]


def test_an_offer_is_corrected_sold_in_part_and_taken_back_by_its_number(stack, farmer, new_number):
    code = re.search(r"HUY (\w+)", say(stack, farmer, "ban lua om18 2 tan 8500 cau ke"))[1]
    say(stack, farmer, "ban dua kho 1200 trai 9k cau ke")
    corrected = say(stack, farmer, f"SUA {code} GIA 8400")
    assert "8.400d/kg" in corrected
    undo = re.search(r"SUA .*", corrected)[0]
    assert "8.500d/kg" in say(stack, farmer, undo)
    assert "Con 1,5 tan" in say(stack, farmer, f"BAN ROI {code} 500 KG 8450")
    assert f"1 {code} ban lua OM18 1,5 tan" in say(stack, farmer, "TIN")
    assert code in say(stack, farmer, "HUY 1")
    assert "lua" in say(stack, farmer, "gia lua om18")
    assert f"{code} da dong tu truoc" in say(stack, farmer, "HUY 1"), "the same words mean the same listing, not the next one"
    assert stack.rows(STATES, number=farmer) == [("cancelled", "1500", "8500"), ("open", "1200", "9000")]
    assert len(stack.rows(HISTORY, number=farmer)) == 3
    assert "da dong" in say(stack, new_number(), f"XEM {code}")
