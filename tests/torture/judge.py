# SPDX-License-Identifier: Apache-2.0
"""Holds what the simulated SMSC sent, what was acknowledged to it and what it got back against the database, and says what was
lost and what was done twice. It believes nothing that smsd says of itself but for one count, by which doubled answers are
explained: how often a text was brought again under its id. bearerbox it believes where it logs that it submits a text again."""
import collections
import dataclasses
import re

import load

# Each text that came in, once for each id it came under; every listing, by the text of its amount; what was cancelled; alerts and
# their fate.
INBOUND = ("SELECT p.msisdn, i.text, count(*) FROM inbound i JOIN people p ON p.id = i.person_id "
           "GROUP BY 1, 2")
LISTED = ("SELECT p.msisdn, l.entered_quantity::int, count(*) FROM listings l JOIN people p ON p.id = l.person_id GROUP BY 1, 2")
ALERTS = ("SELECT p.msisdn, o.body, o.state, o.detail FROM outbox o JOIN people p ON p.id = o.person_id WHERE o.kind = 'alert' "
          "ORDER BY o.id")
CANCELLED = ("SELECT p.msisdn, count(*) FROM listing_events e JOIN people p ON p.id = e.person_id "
             "WHERE e.state = 'cancelled' GROUP BY 1")
DEAD = "SELECT count(*) FROM dead_letter"

# Rows of the outbox that were put back, and why; UNKNOWN is where nobody knew whether they had gone out. Written by a trigger of
# the judge's own.
WATCH = """
    CREATE TABLE torture_requeued (id bigint, kind text, detail text);
    CREATE FUNCTION torture_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        INSERT INTO torture_requeued VALUES (new.id, new.kind, new.detail);
        RETURN NULL;
    END $$;
    CREATE TRIGGER torture_note AFTER UPDATE ON outbox FOR EACH ROW
        WHEN (old.state IN ('sending', 'handed', 'uncertain') AND new.state = 'queued')
        EXECUTE FUNCTION torture_note();"""
UNKNOWN = "connection lost", "timeout", "unexpected answer", "lease ran out"

# What bearerbox had given the SMSC and no reply of, when it was killed, it gives it again: its max-pending-submits.
PENDING_SUBMITS = 10

# So it does with what has no reply after its wait-ack, a minute, and logs each. It goes by the wall's clock, which leaps over that
# minute when a virtual machine that stood still goes on; the other clocks stood still too.
RESUBMITTED = re.compile(r"Not ACKED message found, will retransmit\..* DST<\+?(\d+)>")

KILLED = "killed before the SMSC's reply"
WAITED = "a minute without the SMSC's reply"
SLACK = 0.05  # seconds from when we note a kill to its effect
REQUEUED = "SELECT o.body, t.kind, t.detail FROM torture_requeued t JOIN outbox o ON o.id = t.id"


@dataclasses.dataclass
class Round:
    """What is known of a round besides its texts."""
    number: int
    victims: tuple
    texts: list = dataclasses.field(default_factory=list)
    by_id: int = 0             # texts that smsd said it was brought again under their ids
    smsbox_died: bool = False


class Verdict:
    """Counts; `wrong` is what must not be, one sentence each."""

    def __init__(self):
        self.counts = collections.Counter()
        self.doubled_by = collections.Counter()  # answers, by what explains them
        self.lost_by = collections.Counter()     # what Kannel lost, by what and how
        self.wrong = []

    def blame(self, what, count=1):
        self.counts[what] += count
        self.wrong.append(what)


def watch(stack):
    stack.postgres.sql(WATCH, "chonoi")


class Submitted:
    """What bearerbox submits again: when it is killed, so many messages each time, that the SMSC got before and after; and what it
    logs, each by its number."""

    def __init__(self, kills, log):
        self.left = {at: PENDING_SUBMITS for at in kills}
        self.logged = collections.Counter(RESUBMITTED.findall(log))

    def explains(self, number, times):
        """Why the messages to a number that came at these times, but for the first, did, as far as this knows."""
        reasons = (self._why(number, earlier, later) for earlier, later in zip(times, times[1:]))
        return collections.Counter(reason for reason in reasons if reason)

    def _why(self, number, earlier, later):
        at = next((at for at, left in self.left.items() if left and earlier <= at + SLACK and at <= later), None)
        if at is not None:
            self.left[at] -= 1
            return KILLED
        if self.logged[number]:
            self.logged[number] -= 1
            return WAITED
        return None


class Judge:
    """`kills` of bearerbox, on the simulator's clock, in seconds."""

    def __init__(self, stack, rounds, kills):
        log = (stack.logs / "bearerbox.log").read_text("utf-8", "replace")
        self.stack, self.rounds, self.submitted = stack, rounds, Submitted(kills, log)
        self.acked = {event["id"] for event in stack.phone.since(0, "mo_acked") if event["status"] == 0}
        self.answers = collections.defaultdict(list)  # when they came
        for mt in stack.phone.since(0, "mt"):
            self.answers[mt["to"].lstrip("+"), load.answer_of(mt.get("text", ""))].append(mt["t"] / 1e6)
        self.rows = collections.Counter()
        for number, words, count in stack.rows(INBOUND):
            self.rows[number, load.amount_of(words)] += int(count)
        self.effects = {(number, int(amount)): int(count) for number, amount, count in stack.rows(LISTED)}
        self.effects.update({(number, load.CANCEL): int(count) for number, count in stack.rows(CANCELLED)})
        self.verdict = Verdict()

    def judge(self):
        self._alerts()  # first: what bearerbox submits again is all that explains theirs
        for one in self.rounds:
            self._texts(one)
            self._doubles(one)
        verdict = self.verdict
        verdict.counts["smsbox died in rounds"] = sum(one.smsbox_died for one in self.rounds)
        dead = int(self.stack.rows(DEAD)[0][0])
        if dead:
            verdict.blame("texts buried as dead letters", dead)
        strange = sum(len(times) for (_, about), times in self.answers.items() if about is None)
        if strange:
            verdict.blame("messages that nobody should get", strange)
        return verdict

    # -- texts

    def _texts(self, one):
        for text in one.texts:
            self.verdict.counts["texts sent"] += 1
            if text.name not in self.acked:
                self.verdict.blame("texts never acknowledged to the SMSC")
                continue
            self.verdict.counts["texts acknowledged"] += 1
            self._effects(text)
            if not self.rows[text.key]:
                self._lose(one, "acknowledged texts lost")
            elif text.key not in self.answers:
                self._lose(one, "answers lost")

    def _effects(self, text):
        effects = self.effects.get(text.key, 0)
        extra = max(0, effects - 1)
        if extra:
            self.verdict.blame("effects doubled", extra)
        if text.amount != load.PRICE and self.rows[text.key] and not effects:
            self.verdict.blame("texts stored without their effect")
        self.verdict.counts["effects"] += effects

    def _and_next(self, one):
        """A kill early in the next round meets what is left of this one."""
        return self.rounds[one.number - 1:one.number + 1]

    def _lose(self, one, what):
        """smsbox acknowledges before it is answered and keeps what it has in its memory only: what was there when it died is its
        loss. Over the box link there is no such excuse."""
        if self.stack.link == "http" and any(there.smsbox_died for there in self._and_next(one)):
            self.verdict.counts[f"{what}, by smsbox"] += 1
            self.verdict.lost_by[f"{what}, {'+'.join(one.victims)} killed"] += 1
        else:
            self.verdict.blame(what)

    # -- answers that came twice

    def _doubles(self, one):
        for text in one.texts:
            times = self.answers.get(text.key, [])
            extra = max(0, len(times) - 1)
            self.verdict.counts["answers doubled"] += extra
            taken = min(extra, max(0, self.rows[text.key] - 1))
            self._explain("the SMSC brought the text again, under a new id: its link broke before the acknowledgement", taken)
            if extra > taken:
                self._explain_under_one_id(one, text.number, times, extra - taken)
        repeats = sum(len(self.answers.get((number, "repeat"), [])) for number in {text.number for text in one.texts})
        if repeats > sum(max(0, self.rows[text.key] - 1) for text in one.texts):
            self.verdict.blame("questions about a repeated text that nobody repeated", repeats)
        self.verdict.counts["questions about a text that the SMSC brought twice"] += repeats

    def _explain_under_one_id(self, one, number, times, extra):
        for why, taken in self.submitted.explains(number, times).items():  # first: the other explanation would do for any
            self._explain(f"bearerbox, {why}, submitted the answer again", taken)
            extra -= taken
        for there in self._and_next(one):
            taken = max(0, min(extra, there.by_id))
            there.by_id -= taken
            extra -= taken
            self._explain("bearerbox or smsbox brought the text again, under its id: it missed our acknowledgement", taken)
        if extra > 0:
            self.verdict.blame("answers doubled without an explanation", extra)

    def _explain(self, why, count):
        self.verdict.doubled_by[why] += count

    # -- alerts: at most once

    def _alerts(self):
        sent_again = collections.Counter()
        for body, kind, detail in self.stack.rows(REQUEUED):
            if kind == "alert" and detail in UNKNOWN:
                sent_again[body] += 1
        for number, body, state, detail in self.stack.rows(ALERTS):
            self.verdict.counts[f"alerts {state}"] += 1
            self._alert((number, body), state, detail, sent_again[body])

    def _alert(self, alert, state, detail, sent_again):
        (number, body), times = alert, self.answers.get(alert, [])
        extra = max(0, len(times) - 1)
        if state in ("queued", "sending"):
            self.verdict.blame("alerts left behind")
        elif not times and state == "uncertain":
            self.verdict.counts[f"alerts uncertain that had not gone out: {detail}"] += 1
        elif not times:
            self._lose(self.rounds[int(load.ALERT.match(body)[1]) - 1], "alerts taken by Kannel and lost")
        if sent_again:
            self.verdict.blame("uncertain alerts sent again", sent_again)
        by_kannel = self.submitted.explains(number, times) if extra and not sent_again else collections.Counter()
        for why, count in by_kannel.items():
            self.verdict.counts[f"alerts submitted again by bearerbox, {why}"] += count
        if extra > by_kannel.total():
            self.verdict.blame("alerts doubled", extra - by_kannel.total())
