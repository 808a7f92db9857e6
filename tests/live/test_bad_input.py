# SPDX-License-Identifier: Apache-2.0
"""Nothing that is typed, and no HTTP request, crashes or wedges smsd; and it is counted."""
import resource
import socket
import uuid

import pytest

from stack.process import wait_for


@pytest.fixture(autouse=True)
def unharmed(stack, farmer):
    """After each of these the same process still answers the next text."""
    pid = stack.smsd.child.pid
    yield
    assert stack.smsd.child.pid == pid and stack.smsd.child.is_alive()
    assert stack.smsd.http("/healthz").status == 200
    assert stack.phone.send("gia lua om18", farmer)["text"]


# -- from the phone

def test_ten_parts_of_ucs2(stack, farmer):
    text = ("bán lúa OM18 ở Cầu Kè, " * 40)[:670]
    assert stack.phone.send(text, farmer, timeout=60)["text"]
    rows = stack.rows("SELECT i.text FROM inbound i JOIN people p ON p.id = i.person_id WHERE p.msisdn = :'number' "
                      "ORDER BY i.received_at DESC LIMIT 1", number=farmer)
    assert rows[0][0].strip() == text.strip()


@pytest.mark.parametrize("members", [{"text": ""}, {"text": "   "}, {"text": "\u0000"}, {"text": "\u200b\ufeff"},
                                     {"hex": "", "coding": "ucs2"}, {"hex": "d83d", "coding": "ucs2"},
                                     {"text": "🌾" * 30}, {"text": "a" * 1500}, {"text": "'; DROP TABLE people; --"},
                                     {"text": "%s%n%d %%"}, {"text": "\r\n\r\n"}])
def test_odd_texts(stack, farmer, refused, members):
    mark = stack.phone.mark()
    stack.phone.wait_acked(stack.phone.post(frm=farmer, **members), mark)
    wait_for("the text to be counted for what it is", lambda: refused() >= 1)


def test_binary_is_refused_and_counted(stack, farmer, counted):
    stack.phone.wait_acked(stack.phone.post(frm=farmer, hex="00ff01fe1b7f80", coding="binary"))
    wait_for("the refusal", lambda: counted('smsd_mo_refused_total{reason="binary"}') == 1)
    assert stack.rows("SELECT count(*) FROM dead_letter") == [("0",)]


# -- over HTTP

def params(stack, **more):
    return {"id": str(uuid.uuid4()), "secret": stack.smsd.secrets["http"], "from": "84912345678", "to": "8055",
            "text": "gia lua", "coding": "0", "charset": "UTF-8", **more}


@pytest.mark.http
@pytest.mark.parametrize("secret", ["", "wrong", "x" * 5000])
def test_a_wrong_secret(stack, counted, secret):
    assert stack.smsd.http("/kannel/mo", params(stack, secret=secret)).status == 403
    assert stack.smsd.http("/kannel/dlr", {"id": 1, "at": 1, "status": 1, "secret": secret}).status == 403
    assert counted('smsd_http_refused_total{reason="secret"}') == 2


@pytest.mark.http
@pytest.mark.parametrize("more", [
    {"id": ""}, {"id": "x" * 5000}, {"id": "\x00\x01"}, {"from": ""}, {"from": "VIETTEL"}, {"from": "8055"},
    {"from": "+" * 40}, {"from": "849" + "1" * 40}, {"from": "abc\x00def"}, {"to": "x" * 500}, {"coding": "99"},
    {"coding": "-1"}, {"coding": "abc"}, {"text": "\x00"}, {"text": "a\x00b"}])
def test_odd_parameters(stack, refused, more):
    assert stack.smsd.http("/kannel/mo", params(stack, **more)).status in (200, 400)
    wait_for("the refusal to be counted", lambda: refused() >= 1)


@pytest.mark.http
@pytest.mark.parametrize("more", [{"to": ""}, {"charset": "KOI8-R"}, {"charset": "x" * 300}, {"meta": "?smpp?%zz=%&&&"},
                                  {"meta": "?smpp?" + "a=b&" * 400}, {"nonsense": "1"}])
def test_odd_parameters_that_do_no_harm(stack, farmer, more):
    answer = stack.smsd.http("/kannel/mo", params(stack, **{"from": farmer, **more}))
    assert answer.status == 200 and answer.body


@pytest.mark.http
@pytest.mark.parametrize("query", ["text=%ff%fe", "text=%C3%28", "text=%zz", "=&=&&&", "id", "from=%00", "coding=0&coding=2"])
def test_ill_formed_queries(stack, refused, query):
    path = f"/kannel/mo?secret={stack.smsd.secrets['http']}&id={uuid.uuid4()}&from=84912345678&{query}"
    assert stack.smsd.http(path).status in (200, 400)
    wait_for("the text to be counted for what it is", lambda: refused() >= 1)


@pytest.mark.parametrize("more", [{"id": "9" * 40}, {"id": "-1"}, {"id": "x"}, {"at": "9" * 40}, {"status": "-5"},
                                  {"status": "%d"}, {"id": ""}])
def test_odd_delivery_reports(stack, refused, more):
    answer = stack.smsd.http("/kannel/dlr", {"id": "7", "at": "1", "status": "1", "secret": stack.smsd.secrets["http"], **more})
    assert answer.status == 400
    assert refused() == 1


def test_an_unknown_delivery_report_is_counted(stack, counted):
    answer = stack.smsd.http("/kannel/dlr", {"id": "999999999", "at": "1790000000000000", "status": "1",
                                             "secret": stack.smsd.secrets["http"]})
    assert answer.status == 200
    wait_for("the count", lambda: counted("smsd_dlr_unknown_total") == 1)


@pytest.mark.http
def test_a_body_too_large(stack, counted):
    answer = stack.smsd.http("/kannel/mo", params(stack), body=b"a" * 1_000_000, headers={"Content-Type": "text/plain"})
    assert answer.status in (0, 413)  # 0: it hung up while we were still sending
    assert counted('smsd_http_refused_total{reason="too_big"}') == 1


@pytest.mark.http
def test_a_body_too_large_that_does_not_say_so(stack, counted):
    answer = stack.smsd.http("/kannel/mo", params(stack), body=iter([b"a" * 100_000] * 10), headers={"Content-Type": "text/plain"})
    assert answer.status in (0, 413)
    wait_for("the refusal", lambda: counted('smsd_http_refused_total{reason="too_big"}') == 1)


def raw(stack, octets, read=True):
    """What comes back; nothing where smsd waits for more, as it does until its own timeout."""
    with socket.create_connection(("127.0.0.1", stack.smsd.port), timeout=2) as connection:
        try:
            connection.sendall(octets)
            return connection.recv(65536) if read else b""
        except OSError:
            return b""


@pytest.mark.http
@pytest.mark.parametrize("octets", [
    b"\x00" * 100, b"\r\n" * 50, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"PUT /kannel/mo HTTP/1.1\r\nHost: x\r\n\r\n",
    b"DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /kannel/mo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /kannel/mo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /kannel/mo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /kannel/mo HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /kannel/mo?" + b"a=b&" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"], ids=range(13))
def test_what_is_not_http(stack, refused, octets):
    answer = raw(stack, octets)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 505"))
    wait_for("it to be counted", lambda: refused() >= 1)  # 2: malformed, and left before libmicrohttpd had said so


def test_a_request_that_is_never_finished(stack, counted):
    raw(stack, b"POST /kannel/mo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf", read=False)
    wait_for("it to be counted", lambda: counted('smsd_http_refused_total{reason="unfinished"}') == 1)


@pytest.fixture
def open_files():
    """As many as we may have."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


@pytest.mark.usefixtures("open_files")
def test_a_thousand_silent_connections(stack, farmer, counted):
    """Twice as many as there is room for, and they stay: who says nothing is soon sent away, and the next text is answered long
    before Kannel gives up waiting (http-timeout = 20)."""
    silent = [socket.create_connection(("127.0.0.1", stack.smsd.port), timeout=10) for _ in range(1000)]
    assert stack.phone.send("gia lua om18", farmer, timeout=15)["text"]
    assert stack.smsd.http("/healthz", timeout=15).status == 200
    assert counted("smsd_http_silent_total") > 0
    for connection in silent:
        connection.close()
