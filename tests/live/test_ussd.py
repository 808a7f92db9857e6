# SPDX-License-Identifier: Apache-2.0
"""USSD through Kannel: sessions from the phone to their rows and back, over either link."""
import itertools
import urllib.parse

import pytest

SERVICE_OP, SESSION_INFO = "0x0501", "0x1383"
BEGIN, ANSWER, ABORT = 0x01, 0x12, 0x81
ASK, END = "02", "11"
LISTING = ("SELECT side, state, commodity, quantity, base_unit, entered_quantity, entered_unit, price_low, price_high, price_unit, "
           "l.place, until, size, grade, state_of_goods FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'")
SESSIONS = itertools.count(1)


class Session:
    """One session of a phone. The network gives it a number of one octet, and a sequence with the end flag beside it."""

    def __init__(self, stack, number, session=None):
        self.stack, self.number = stack, number
        self.info = [next(SESSIONS) % 256 if session is None else session, 0x35]

    def send(self, operation, text):
        self.info[1] = (self.info[1] + 2) % 256
        return self.stack.phone.post(text, self.number, to="*8055#", service_type="USSD",
                                     tlvs={SERVICE_OP: f"{operation:02x}", SESSION_INFO: bytes(self.info).hex()})

    def say(self, operation, text):
        """The screen that comes back, and whether it ends the session."""
        mark = self.stack.phone.mark()
        self.send(operation, text)
        return self.screen(mark)

    def screen(self, mark):
        shown = self.stack.phone.wait_event(
            "a screen", lambda event: event["ev"] == "mt" and event["to"].lstrip("+") == self.number and
            SERVICE_OP in event.get("tlvs", {}), mark)
        assert shown["tlvs"][SESSION_INFO] == bytes(self.info).hex(), "another session's screen"
        assert shown["tlvs"][SERVICE_OP] in (ASK, END) and shown["from"] == "*8055#"
        return shown["text"], shown["tlvs"][SERVICE_OP] == END

    def dial(self, code="*8055#"):
        return self.say(BEGIN, code)

    def press(self, text):
        return self.say(ANSWER, text)

    def leave(self):
        self.stack.phone.wait_acked(self.send(ABORT, "x"))


def press_all(session, *keys):
    """The texts of the screens after each; the last one ends the session, and no other does."""
    shown = [session.press(key) for key in keys]
    assert [ends for _, ends in shown] == [False] * (len(keys) - 1) + [True]
    return [text for text, _ in shown]


OFFER = ("1", "om18", "2 tan", "8k5", "cau ke", "1")  # sell, what, how much, for how much, where; yes


def test_an_offer_is_the_one_that_a_text_makes(stack, farmers):
    by_ussd, by_sms = farmers(2)
    session, mark = Session(stack, by_ussd), stack.phone.mark()
    screens = [session.dial()[0], *press_all(session, *OFFER)]
    assert len(screens) <= 8
    confirmation = stack.phone.wait_event(
        "the confirmation", lambda event: event["ev"] == "mt" and event["to"].lstrip("+") == by_ussd and
        SERVICE_OP not in event.get("tlvs", {}), mark)
    stack.phone.post("ban lua om18 2 tan 8500 cau ke", by_sms)
    told = stack.phone.wait_mt(by_sms)["text"]
    rows = [stack.rows(LISTING, number=number) for number in (by_ussd, by_sms)]
    assert len(rows[0]) == 1 and rows[0] == rows[1]
    codes = [stack.rows("SELECT code FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'",
                        number=number)[0][0] for number in (by_ussd, by_sms)]
    assert confirmation["from"] == "8055" and codes[0] in screens[-1]
    assert without_others(confirmation["text"].replace(codes[0], "")) == without_others(told.replace(codes[1], ""))


def without_others(text):
    """What is said of the other side depends on who asked before."""
    return text.split(" nguoi ")[0].rstrip("0123456789 ")


def test_a_killed_smsd_goes_on_where_it_was(stack, farmer):
    session = Session(stack, farmer)
    session.dial()
    for key in OFFER[:3]:
        session.press(key)
    stack.smsd.kill()
    mark = stack.phone.mark()
    session.send(ANSWER, OFFER[3])
    stack.smsd.start()
    text, ends = session.screen(mark)
    assert not ends
    session.leave()  # and the call is lost
    offered, ends = Session(stack, farmer).dial()
    assert offered != text and not ends
    later = Session(stack, farmer)
    assert later.dial()[0] == offered  # that one was dropped too
    assert later.press("1")[0] == text
    press_all(later, *OFFER[4:])
    assert len(stack.rows(LISTING, number=farmer)) == 1


def test_sessions_of_one_number_and_of_one_name_stay_apart(stack, farmers):
    one, other = farmers(2)
    sessions = [Session(stack, one, 7), Session(stack, one, 8), Session(stack, other, 7)]
    first = sessions[0].dial()[0]
    for session in sessions[1:]:
        session.dial("*8055*1#")
    for session in sessions[1:]:
        session.press("om18")
    assert sessions[0].press("99")[0].endswith(first)  # what is wrong is said above the screen
    assert sessions[0].press("1" * 100)[0].endswith(first)
    assert Session(stack, one, 8).dial("*8055*1#")[0] != sessions[1].press("2 tan")[0]
    for number in (one, other):
        assert stack.rows(LISTING, number=number) == []
    press_all(sessions[2], *OFFER[2:])
    assert len(stack.rows(LISTING, number=other)) == 1 and stack.rows(LISTING, number=one) == []


@pytest.fixture
def other(stack):
    """Another smsd on the same database, which aggregators' callbacks reach."""
    smsd = stack.new_smsd("smsd_ussd", {("ussd", "secret"): stack.secrets["http"]})
    smsd.write_conf()
    smsd.start()
    yield smsd
    assert smsd.stop() == 0


def test_an_aggregator_calls_whichever_instance(stack, other, farmer):
    def call(session, *keys, smsd=other):
        form = {"sessionId": session, "serviceCode": "*384*8055#", "phoneNumber": f"+{farmer}", "text": "*".join(keys)}
        return smsd.http("/ussd", {"secret": stack.secrets["http"]}, urllib.parse.urlencode(form).encode(),
                         {"Content-Type": "application/x-www-form-urlencoded"})

    assert call("s1", smsd=stack.smsd).status == 404  # it was given no secret
    screens = [call("s1", *OFFER[:n]).body for n in range(len(OFFER))]
    assert all(screen.startswith("CON ") for screen in screens)
    assert call("s1", *OFFER[:-1]).body == screens[-1]  # again, as who has had no answer calls
    stack.phone.wait_bound()
    by_phone = Session(stack, farmer)
    by_phone.dial()
    assert f"CON {by_phone.press('1')[0]}" == screens[-1]  # the first instance goes on with it
    other.kill()
    other.start()
    mark = stack.phone.mark()
    end = call("s1", *OFFER)
    assert end.body.startswith("END ") and call("s1", *OFFER).body == end.body
    assert stack.phone.wait_mt(farmer, mark)["from"] == "8055"
    assert len(stack.rows(LISTING, number=farmer)) == 1
