# SPDX-License-Identifier: Apache-2.0
"""What people send during a round: offers, each with an amount of its own by which it is known ever after, a question for a
price, the cancelling of an offer that they had before, and beside them alerts that the service sends of its own accord."""
import dataclasses
import re
import time

PEOPLE = 40
AMOUNTS = (2, 3, 4, 5)  # tonnes; one offer each
PRICE = "gia"           # stands for the amount where a price was asked,
CANCEL = "huy"          # and where an offer was cancelled
ABOUT = (*AMOUNTS, PRICE, CANCEL)
TEXTS = PEOPLE * len(ABOUT)
ALERTS = 60
SECONDS = 1.2           # the load of a round

AMOUNT = re.compile(r" (\d+) tan ")
ALERT = re.compile(r"^bao tin (\d+)-(\d+)$")


@dataclasses.dataclass(frozen=True)
class Text:
    round: int
    number: str
    amount: object  # of ABOUT
    name: str       # the simulator's, in its events

    @property
    def key(self):
        return self.number, self.amount


WORDS = {PRICE: "gia lua om18", CANCEL: "huy 1"}


def words(amount):
    return WORDS.get(amount) or f"ban lua om18 {amount} tan 8500 cau ke"


def amount_of(words_):
    """What a text that people sent was about."""
    found = AMOUNT.search(words_)
    return int(found[1]) if found else next(about for about, said in WORDS.items() if said == words_)


def answer_of(said):
    """What an SMS to a person is about: an amount, PRICE, CANCEL, an alert's body, "repeat", or None for what should not be."""
    if ALERT.match(said):
        return said
    if said.startswith("Da huy ") or "dong tu truoc" in said:
        return CANCEL
    found = AMOUNT.search(said)
    if found:
        return int(found[1])
    if "MOI" in said:
        return "repeat"
    return PRICE if "OM18" in said else None


def numbers(round_):
    return [f"849{round_:05d}{i:03d}" for i in range(PEOPLE)]


WELCOMED = "INSERT INTO people (msisdn, welcomed_at) SELECT unnest(string_to_array(:'numbers', ',')), now()"
QUEUED = """
    INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)
    SELECT nextval('message_ids'), now(), p.id, 'alert', 'queued', '8055', 'bao tin ' || :'round' || '-' || n, 0, 1,
           now() + :'seconds'::float8 * n / :'alerts'::int * interval '1 second'
      FROM generate_series(1, :'alerts'::int) n
      JOIN people p ON p.msisdn = (string_to_array(:'numbers', ','))[n % :'people'::int + 1]"""


OFFERED = """
    INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity, entered_unit, place, province,
                          until, inbound_id, text_hash, created_at)
    SELECT nextval('message_ids'), 'TORTURE' || p.id, p.id, 's', 'LUA.OM18', 1000, 'KG', 1, 'TAN', place.code, '',
           current_date + 7, 0, 0, now()
      FROM people p, (SELECT code FROM places WHERE name_vi = 'Cầu Kè' LIMIT 1) AS place
     WHERE p.msisdn = ANY (string_to_array(:'numbers', ','))"""


def prepare(stack, round_, alerts=ALERTS):
    """People whose first contact is over, who have an offer to cancel, and alerts that become due while they text."""
    whose = ",".join(numbers(round_))
    stack.postgres.sql(WELCOMED, "chonoi", numbers=whose)
    stack.postgres.sql(OFFERED, "chonoi", numbers=whose)
    stack.postgres.sql(QUEUED, "chonoi", numbers=whose, round=round_, seconds=SECONDS, alerts=alerts, people=PEOPLE)


def post(phone, round_, rng):
    """Everybody's texts, in bursts, one text a person each; takes SECONDS. The texts."""
    turns = {number: rng.sample(ABOUT, len(ABOUT)) for number in numbers(round_)}
    texts = []
    for burst in range(len(ABOUT)):
        for number, abouts in turns.items():
            texts.append(Text(round_, number, abouts[burst], phone.post(words(abouts[burst]), number)))
        time.sleep(SECONDS / len(ABOUT))
    return texts
