# SPDX-License-Identifier: Apache-2.0
"""Holds what the simulated SMSC sent, what was acknowledged to it and what it got back against the database, and says what was
lost and what was done twice. It believes nothing that smsd says of itself but for one count, by which doubled answers are
explained: how often a text was brought again under its id."""
import collections
import dataclasses

import load

# Each text that came in, once for each id it came under; every listing, by the text of its amount; alerts and their fate.
INBOUND = ("SELECT p.msisdn, i.text, count(*) FROM inbound i JOIN people p ON p.id = i.person_id "
           "GROUP BY 1, 2")
LISTED = ("SELECT p.msisdn, l.entered_quantity::int, count(*) FROM listings l JOIN people p ON p.id = l.person_id GROUP BY 1, 2")
ALERTS = "SELECT body, state FROM outbox WHERE kind = 'alert' ORDER BY id"
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
REQUEUED = "SELECT o.body, t.kind, t.detail FROM torture_requeued t JOIN outbox o ON o.id = t.id"


@dataclasses.dataclass
class Round:
    """What is known of a round besides its texts."""
    number: int
    victims: tuple
    texts: list = dataclasses.field(default_factory=list)
    by_id: int = 0             # texts that smsd said it was brought again under their ids
    bearerbox_died: bool = False
    smsbox_died: bool = False
    again: int = 0             # messages that bearerbox is held to have submitted again

    def submitted_again(self, count):
        """So many of these messages can have been doubled by bearerbox's end."""
        taken = min(count, PENDING_SUBMITS - self.again) if self.bearerbox_died else 0
        self.again += taken
        return taken


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


class Judge:
    def __init__(self, stack, rounds):
        self.stack, self.rounds = stack, rounds
        self.acked = {event["id"] for event in stack.phone.since(0, "mo_acked") if event["status"] == 0}
        self.came = collections.Counter()
        self.answers = collections.Counter()
        self.strange = []
        for mt in stack.phone.since(0, "mt"):
            self.answers[mt["to"].lstrip("+"), load.answer_of(mt.get("text", ""))] += 1
        self.rows = collections.Counter()
        for number, words, count in stack.rows(INBOUND):
            self.rows[number, load.amount_of(words)] += int(count)
        self.listed = {(number, int(amount)): int(count) for number, amount, count in stack.rows(LISTED)}
        self.verdict = Verdict()

    def judge(self):
        for one in self.rounds:
            self._texts(one)
            self._doubles(one)
        self._alerts()
        verdict = self.verdict
        verdict.counts["smsbox died in rounds"] = sum(one.smsbox_died for one in self.rounds)
        dead = int(self.stack.rows(DEAD)[0][0])
        if dead:
            verdict.blame("texts buried as dead letters", dead)
        strange = sum(count for (_, about), count in self.answers.items() if about is None)
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
            elif not self.answers[text.key]:
                self._lose(one, "answers lost")

    def _effects(self, text):
        listings = self.listed.get(text.key, 0)
        if listings > 1:
            self.verdict.blame("effects doubled", listings - 1)
        if text.amount != load.PRICE and self.rows[text.key] and not listings:
            self.verdict.blame("texts stored without their effect")
        self.verdict.counts["listings"] += listings

    def _lose(self, one, what):
        """smsbox acknowledges before it is answered and keeps what it has in its memory only: what is lost in a round in which
        it died is its loss. Over the box link there is no such excuse."""
        if self.stack.link == "http" and one.smsbox_died:
            self.verdict.counts[f"{what}, by smsbox"] += 1
            self.verdict.lost_by[f"{what}, {'+'.join(one.victims)} killed"] += 1
        else:
            self.verdict.blame(what)

    # -- answers that came twice

    def _doubles(self, one):
        extra = sum(max(0, self.answers[text.key] - 1) for text in one.texts)
        extra += sum(self.answers[number, "repeat"] for number in {text.number for text in one.texts})
        if not extra:
            return
        self.verdict.counts["answers doubled"] += extra
        two_ids = sum(max(0, self.rows[text.key] - 1) for text in one.texts)
        for why, most in (("the SMSC brought the text again, under a new id: its link broke before the acknowledgement", two_ids),
                          ("bearerbox or smsbox brought the text again, under its id: it missed our acknowledgement", one.by_id)):
            taken = min(extra, most)
            self.verdict.doubled_by[why] += taken
            extra -= taken
        taken = one.submitted_again(extra)
        self.verdict.doubled_by["bearerbox, killed before the SMSC's reply, submitted the answer again"] += taken
        extra -= taken
        if extra:
            self.verdict.blame("answers doubled without an explanation", extra)

    # -- alerts: at most once

    def _alerts(self):
        sent_again = collections.Counter()
        for body, kind, detail in self.stack.rows(REQUEUED):
            if kind == "alert" and detail in UNKNOWN:
                sent_again[body] += 1
        got = collections.Counter()
        for (_, about), count in self.answers.items():
            if isinstance(about, str) and load.ALERT.match(about):
                got[about] += count
        for body, state in self.stack.rows(ALERTS):
            self.verdict.counts[f"alerts {state}"] += 1
            self._alert(body, state, got[body], sent_again[body])

    def _alert(self, body, state, times, sent_again):
        round_ = self.rounds[int(load.ALERT.match(body)[1]) - 1]
        counts = self.verdict.counts
        if state in ("queued", "sending"):
            self.verdict.blame("alerts left behind")
        elif times == 0 and state == "uncertain":
            counts["alerts uncertain that had not gone out"] += 1
        elif times == 0:
            self._lose(round_, "alerts taken by Kannel and lost")
        elif times > 1:
            by_kannel = 0 if sent_again else round_.submitted_again(times - 1)
            counts["alerts submitted again by bearerbox, killed before the SMSC's reply"] += by_kannel
            if times - 1 > by_kannel:
                self.verdict.blame("alerts doubled", times - 1 - by_kannel)
        if sent_again:
            self.verdict.blame("uncertain alerts sent again", sent_again)
