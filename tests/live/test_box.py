# SPDX-License-Identifier: Apache-2.0
"""The box link against a bearerbox of our own, which can do what a real one does seldom."""
import struct
import threading
import uuid

import pytest

from stack import bearerbox
from stack.bearerbox import BUFFERED, FAILED, FAILED_TMP, MT_PUSH, MT_REPLY, REPORT, SHUTDOWN, SUCCESS, Bearerbox
from stack.process import free_port, wait_for

STATE = "SELECT o.state FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.msisdn = :'number' ORDER BY o.id"
LISTINGS = "SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = :'number'"
OFFER = "ban lua om18 2 tan 8500 cau ke"


@pytest.fixture(scope="module")
def boxed(stack):
    """An instance of its own; the usual one rests meanwhile, as both would send what is in the outbox."""
    port = free_port()
    smsd = stack.new_smsd("smsd-box", {("service", "reply_limit"): 1000, ("kannel", "link"): "box",
                                       ("kannel", "box_port"): port, ("send", "rate"): 1000, ("send", "retry_base"): "1s"})
    smsd.write_conf()
    stack.smsd.stop()
    with Bearerbox(port) as box:
        smsd.start()
        box.accept()
        yield smsd, box
        assert smsd.stop() == 0
    stack.smsd.start()


@pytest.fixture
def box(boxed):
    """Connected, and nothing under way."""
    if boxed[1].connection is None:
        boxed[1].accept()
    return boxed[1]


@pytest.fixture
def smsd(boxed):
    return boxed[0]


@pytest.fixture
def grown(smsd):
    before = smsd.metrics()
    return lambda name: smsd.metrics().get(name, 0) - before.get(name, 0)


def await_state(stack, number, *states):
    wait_for(f"the outbox to say {states}", lambda: stack.rows(STATE, number=number) == [(state,) for state in states])


# -- a text and its answer

def test_the_answer_goes_before_the_acknowledgement_in_one_piece(stack, box, farmer):
    text = box.text(OFFER, farmer)
    box.say(text)
    box.connection.settimeout(10)
    piece = box.connection.recv(65536)
    first = struct.unpack(">I", piece[:4])[0]
    answer = bearerbox.unpack(piece[4:4 + first])
    rest = piece[4 + first:]
    ack = bearerbox.unpack(rest[4:])
    assert (answer["type"], answer["sms_type"], answer["sender"], answer["receiver"]) == ("sms", MT_REPLY, b"8055",
                                                                                          farmer.encode("ascii"))
    assert answer["smsc_id"] == b"fake" and answer["coding"] == 0 and b"OM18" in answer["msgdata"]
    assert answer["dlr_mask"] == 31 and b"/kannel/dlr?id=" in answer["dlr_url"]
    assert (ack["type"], ack["id"], ack["time"], ack["nack"]) == ("ack", text["id"], text["time"], SUCCESS)
    assert stack.rows("SELECT kannel_id FROM inbound i JOIN people p ON p.id = i.person_id WHERE p.msisdn = :'number'",
                      number=farmer) == [(text["id"],)]
    assert stack.rows(STATE, number=farmer) == [("handed",)]
    box.say(box.ack(answer))
    await_state(stack, farmer, "sent")


@pytest.mark.parametrize("verdict, state", [(SUCCESS, "sent"), (BUFFERED, "sent"), (FAILED, "failed")])
def test_what_bearerbox_says_of_an_answer_is_written_down(stack, box, farmer, verdict, state):
    box.say(box.text("tg", farmer))
    answer = box.hear()
    box.hear()
    box.say(box.ack(answer, verdict))
    await_state(stack, farmer, state)


def test_an_answer_that_bearerbox_has_no_room_for_is_sent_again(stack, box, farmer):
    box.say(box.text("tg", farmer))
    answer = box.hear()
    box.hear()
    box.say(box.ack(answer, FAILED_TMP))
    again = box.hear()
    assert (again["type"], again["sms_type"], again["msgdata"]) == ("sms", MT_REPLY, answer["msgdata"])
    assert again["id"] != answer["id"]
    box.say(box.ack(again))
    await_state(stack, farmer, "sent")


def test_ucs2_both_ways(stack, box, farmer):
    box.say(box.text("bán lúa ST25 3 tạ 9.000đ/kg ở Tiểu Cần".encode("utf-16-be"), farmer, coding=2))
    box.say(box.ack(box.hear()))
    box.hear()
    assert stack.rows("SELECT text FROM inbound i JOIN people p ON p.id = i.person_id WHERE p.msisdn = :'number'",
                      number=farmer) == [("bán lúa ST25 3 tạ 9.000đ/kg ở Tiểu Cần",)]
    stack.rows("UPDATE people SET lang = 'km', lang_chosen = true WHERE msisdn = :'number' RETURNING 1", number=farmer)
    box.say(box.text("tg", farmer))
    answer = box.hear()
    assert answer["coding"] == 2
    told = stack.rows("SELECT o.body FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.msisdn = :'number' "
                      "ORDER BY o.id DESC LIMIT 1", number=farmer)
    assert answer["msgdata"].decode("utf-16-be") == told[0][0]
    box.say(box.ack(answer))
    box.hear()


def test_the_same_text_again_gets_the_stored_answer(stack, box, farmer, grown):
    text = box.text(OFFER, farmer)
    answers = []
    for _ in range(3):
        box.say(text)
        answers.append(box.hear())
        assert box.hear()["nack"] == SUCCESS
        box.say(box.ack(answers[-1]))
    assert len({answer["msgdata"] for answer in answers}) == 1 and len({answer["id"] for answer in answers}) == 3
    assert stack.rows(LISTINGS, number=farmer) == [("1",)]
    assert grown('smsd_mo_duplicate_total{by="id"}') == 2


@pytest.mark.parametrize("members, reason", [
    ({"coding": 1, "msgdata": b"\0\xff"}, "binary"), ({"sender": "VIETTEL"}, "sender_alphanumeric"),
    ({"sender": "8055"}, "sender_short_code"), ({"sender": None}, "sender_invalid"),
    ({"meta_data": "?smpp?ussd_service_op=%03&"}, "channel")])
def test_what_is_no_text_of_a_person_is_dropped(box, farmer, grown, members, reason):
    text = {**box.text("gia lua", farmer), **members}
    box.say(text)
    assert box.hear_ack_of(text)[0] == FAILED
    assert grown(f'smsd_mo_refused_total{{reason="{reason}"}}') == 1


def test_a_screen_goes_back_in_its_session_or_nowhere(stack, box, farmer):
    dial = {**box.text("*8055#", farmer), "receiver": "*8055#", "binfo": "USSD",
            "meta_data": "?smpp?ussd_service_op=%01&its_session_info=%00%35&"}
    screens = []
    for verdict in (SUCCESS, FAILED_TMP):  # brought again, it gets its stored screen; one without room is not sent as an SMS
        box.say(dial)
        screens.append(box.hear())
        assert box.hear()["nack"] == SUCCESS
        box.say(box.ack(screens[-1], verdict))
    assert screens[0]["msgdata"] == screens[1]["msgdata"]
    assert [screens[1].get(name) for name in ("meta_data", "binfo", "priority", "sender", "dlr_url")] == [
        b"?smpp?ussd_service_op=%02&its_session_info=%005", b"USSD", 2, b"*8055#", None]
    assert set(stack.rows(STATE, number=farmer)) == {("handed",)}


def test_texts_over_http_are_told_to_come_again(smsd, farmer, grown):
    assert smsd.mo("gia lua", farmer, str(uuid.uuid4())).status == 503
    assert grown('smsd_mo_refused_total{reason="other_link"}') == 1


# -- reports

def test_a_delivery_report_is_recorded_and_acknowledged(stack, box, farmer):
    box.say(box.text("tg", farmer))
    answer = box.hear()
    box.hear()
    box.say(box.ack(answer))
    report = box.text("id:1 stat:DELIVRD", "8055", farmer, sms_type=REPORT, dlr_mask=1, dlr_url=answer["dlr_url"])
    box.say(report)
    assert box.hear_ack_of(report)[0] == SUCCESS
    assert stack.rows(STATE, number=farmer) == [("delivered",)]


@pytest.mark.parametrize("url", [None, "", "http://127.0.0.1:1/other?id=7&at=9&status=%d", "x" * 5000])
def test_a_report_that_is_not_ours_is_dropped(box, farmer, grown, url):
    report = box.text("", "8055", farmer, sms_type=REPORT, dlr_mask=1, dlr_url=url)
    box.say(report)
    assert box.hear_ack_of(report)[0] == FAILED
    assert grown("smsd_dlr_not_ours_total") == 1


# -- the outbox

def queue(stack, number, body, kind="reply"):
    stack.rows("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at) "
               "SELECT nextval('message_ids'), now(), id, :'kind', 'queued', '8055', :'body', 0, 1, now() FROM people "
               "WHERE msisdn = :'number' RETURNING 1", number=number, body=body, kind=kind)


def test_the_outbox_goes_out_over_the_box(stack, box, farmer):
    queue(stack, farmer, "gia lua len", "alert")
    sent = box.hear()
    assert (sent["type"], sent["sms_type"], sent["msgdata"]) == ("sms", MT_PUSH, b"gia lua len")
    box.say(box.ack(sent))
    await_state(stack, farmer, "sent")


@pytest.mark.parametrize("kind, state", [("alert", "uncertain"), ("reply", "sent")])
def test_a_text_whose_verdict_was_lost(stack, box, farmer, kind, state):
    """Replies are sent again, alerts are not: nobody knows whether they went."""
    queue(stack, farmer, "gia lua len", kind)
    assert box.hear()["type"] == "sms"
    box.accept_again()
    if kind == "reply":
        again = box.hear()
        assert again["msgdata"] == b"gia lua len"
        box.say(box.ack(again))
    await_state(stack, farmer, state)


# -- nothing is lost

def test_a_text_whose_acknowledgement_was_lost_comes_again(stack, box, farmer):
    text = box.text(OFFER, farmer)
    box.say(text)
    answer = box.hear()
    box.accept_again()
    box.say(text)
    assert box.hear()["msgdata"] == answer["msgdata"]
    assert box.hear()["nack"] == SUCCESS
    assert stack.rows(LISTINGS, number=farmer) == [("1",)]


# -- what is wrong with bearerbox

GARBAGE = [b"\xff" * 64, b"\0\0\0\0", b"\x7f\xff\xff\xff", b"HTTP/1.1 400 Bad Request\r\n\r\n", struct.pack(">II", 4, 99),
           bearerbox.framed(bearerbox.pack({"type": "sms"})[:-1]), bearerbox.framed(bearerbox.pack({"type": "ack"}) + b"x"),
           bearerbox.framed(struct.pack(">Iii", 1, 3, -2)), bearerbox.framed(struct.pack(">IiI", 1, 3, 1 << 31)),
           bearerbox.framed(bearerbox.pack({"type": "ack", "id": "not a uuid but of thirty-six octets"}))]


@pytest.mark.parametrize("octets", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_ends_the_connection_and_nothing_else(smsd, box, farmer, grown, octets):
    pid = smsd.child.pid
    box.raw(octets)
    assert box.is_left()
    box.accept()
    assert grown('smsd_box_disconnects_total{reason="garbage"}') == 1
    text = box.text("tg", farmer)
    box.say(text)
    assert box.hear_ack_of(text)[0] == SUCCESS
    assert smsd.child.is_alive() and smsd.child.pid == pid


def test_garbage_behind_a_text_loses_nothing(stack, smsd, box, farmer):
    """Whether it was done or not: bearerbox, which heard nothing, brings it again."""
    text = box.text(OFFER, farmer)
    box.raw(bearerbox.framed(bearerbox.pack(text)) + GARBAGE[0])
    assert box.is_left()
    box.accept()
    box.say(text)
    assert box.hear_ack_of(text)[0] == SUCCESS
    assert stack.rows(LISTINGS, number=farmer) == [("1",)]
    assert "not Kannel's box protocol" in smsd.log.read_text("utf-8")


@pytest.mark.parametrize("kept", [1, 4, 40, -1])
def test_a_frame_that_was_cut_short(stack, box, farmer, kept):
    text = box.text(OFFER, farmer)
    box.raw(bearerbox.framed(bearerbox.pack(text))[:kept])
    box.accept_again()
    assert stack.rows(LISTINGS, number=farmer) == [("0",)]
    box.say(text)
    assert box.hear_ack_of(text)[0] == SUCCESS
    assert stack.rows(LISTINGS, number=farmer) == [("1",)]


@pytest.mark.parametrize("message", [{"type": "heartbeat", "load": 3}, {"type": "wdp_datagram"}, {"type": "admin", "command": 1},
                                     {"type": "admin", "command": 99}, {"type": "ack", "nack": 0, "id": uuid.uuid4()},
                                     {"type": "ack", "nack": 77, "id": uuid.uuid4()}, {"type": "sms", "sms_type": 44}])
def test_what_says_nothing_to_us_does_no_harm(box, farmer, message):
    text = box.text("tg", farmer)
    box.say(message, text)
    assert box.hear_ack_of(text)[0] == SUCCESS


def test_pieces_of_any_size(box, farmer):
    text = box.text("tg", farmer)
    octets = bearerbox.framed(bearerbox.pack(text))
    for at in range(0, len(octets), 7):
        box.raw(octets[at:at + 7])
    assert box.hear_ack_of(text)[0] == SUCCESS


def test_many_in_one_piece(box, farmers):
    texts = [box.text("tg", number) for number in farmers(60)]
    threading.Thread(target=box.say, args=texts).start()
    waiting, answers = {text["id"] for text in texts}, 0
    while waiting:
        message = box.hear()
        if message["type"] == "sms":
            answers += 1
            box.say(box.ack(message))
        else:
            assert message["nack"] == SUCCESS
            waiting.remove(message["id"])
    assert answers == len(texts)


def test_asked_to_leave_it_leaves_and_comes_back(box, farmer, grown):
    box.say(box.text("tg", farmer))
    answer = box.hear()
    assert box.hear()["nack"] == SUCCESS
    box.say(box.ack(answer), {"type": "admin", "command": SHUTDOWN})
    assert box.is_left()
    box.accept()
    assert grown('smsd_box_disconnects_total{reason="asked"}') == 1


# -- the database away; last, as each worker finds out for itself that its connection is gone

def test_what_cannot_be_done_now_is_given_back_slowly(stack, smsd, box, farmer, grown):
    """While the database is away texts are given back, but not at once: they would be back at once too."""
    stack.postgres.stop()
    try:
        text = box.text("gia lua", farmer)
        box.say(text)
        verdict, took = box.hear_ack_of(text)
        assert verdict == FAILED_TMP and took >= 0.9
        assert grown('smsd_box_acks_total{ack="later"}') == 1
    finally:
        stack.postgres.start()
    while True:
        box.say(text)
        if box.hear_ack_of(text)[0] == SUCCESS:
            break
    wait_for("smsd to be healthy again", lambda: smsd.http("/healthz").status == 200)
