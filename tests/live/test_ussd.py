# SPDX-License-Identifier: Apache-2.0
"""USSD through Kannel: sessions from the phone to their rows and back, over either link."""
import itertools

from stack.process import wait_for

SERVICE_OP, SESSION_INFO = "0x0501", "0x1383"
BEGIN, ANSWER, ABORT = 0x01, 0x12, 0x81
ASK, END = "02", "11"
LISTING = ("SELECT side, state, commodity, quantity, base_unit, entered_quantity, entered_unit, price_low, price_high, price_unit, "
           "place, until, size, grade, goods_state FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'")
SESSIONS = itertools.count(1)


class Session:
    """One session of a phone. The network gives it a number of one octet, and a sequence with the end flag beside it."""

    def __init__(self, stack, number, session=None):
        self.stack, self.number = stack, number
        self.info = [next(SESSIONS) % 256 if session is None else session, 0x35]

    def _say(self, operation, text):
        self.info[1] = (self.info[1] + 2) % 256
        return self.stack.phone.post(text, self.number, to="*8055#", service_type="USSD",
                                     tlvs={SERVICE_OP: f"{operation:02x}", SESSION_INFO: bytes(self.info).hex()})

    def say(self, operation, text):
        """The screen that comes back, and whether it ends the session."""
        mark = self.stack.phone.mark()
        self._say(operation, text)
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
        self.stack.phone.wait_acked(self._say(ABORT, "x"))


def test_dial(stack, farmer):
    session = Session(stack, farmer)
    text, ends = session.dial()
    assert text and not ends
