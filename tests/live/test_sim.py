# SPDX-License-Identifier: Apache-2.0
"""The simulated SMSC (build/phone) against a real bearerbox and smsbox, before smsd is asked anything:
what it carries must arrive unchanged, or no other live test means what it says."""
import http.server
import json
import os
import pathlib
import queue
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.phone import Phone  # noqa: E402
from stack.process import Child, free_port, is_listening, wait_for  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("BUILD", "build"), "phone").resolve()
FARMER = "84912345678"
WAIT = 30  # seconds for anything to happen; Kannel rests for 15 when it is throttled

KANNEL = """group = core
admin-port = {admin}
admin-password = sim
admin-interface = 127.0.0.1
smsbox-port = {smsbox}
smsbox-interface = 127.0.0.1
log-level = 2
dlr-storage = internal
sms-resend-freq = 1

group = smpp-tlv
name = ussd_service_op
tag = 0x0501
type = octetstring
length = 1

group = smpp-tlv
name = its_session_info
tag = 0x1383
type = octetstring
length = 2

group = smsc
smsc = smpp
smsc-id = sim
host = 127.0.0.1
port = {smsc}
transceiver-mode = true
smsc-username = chonoi
smsc-password = sim
system-type = ""
reconnect-delay = 1
enquire-link-interval = 5

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
mo-recode = true
log-level = 2

group = sendsms-user
username = sim
password = sim
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
get-url = "http://127.0.0.1:{http}/mo?id=%I&from=%p&to=%P&text=%b&coding=%c&charset=%C&meta=%D&service=%B"
accept-x-kannel-headers = true
concatenation = true
max-messages = 10
omit-empty = true
"""


class Echo(http.server.ThreadingHTTPServer):
    """Answers each MO with its own text; keeps what came in."""

    request_queue_size = 512  # connections that may wait: smsbox opens one for each text

    def __init__(self):
        super().__init__(("127.0.0.1", 0), EchoHandler)
        self.mo = queue.Queue()
        self.dlr = queue.Queue()
        self.headers = {}
        self.silent = False
        threading.Thread(target=self.serve_forever, daemon=True).start()


def ussd_headers(meta):
    """A dial is answered with a question, an answer with the end, each in its session."""
    answers = {"%01": "%02", "%12": "%11"}
    found = re.search("ussd_service_op=(%..)", meta)
    if not found or found[1] not in answers:
        return {}
    return {"X-Kannel-Meta-Data": meta[:found.start(1)] + answers[found[1]] + meta[found.end(1):]}


class EchoHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        fields = dict(urllib.parse.parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))
        (self.server.dlr if path == "/dlr" else self.server.mo).put(fields)
        answers = path == "/mo" and fields["coding"] != "1" and not self.server.silent
        text = fields["text"] if answers else ""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=UTF-8")
        if any(ord(c) > 127 and c != "€" for c in text):
            self.send_header("X-Kannel-Coding", "2")
        for name, value in {**self.server.headers, **ussd_headers(fields.get("meta", ""))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Kannel:
    """A bearerbox and an smsbox with the configuration above."""

    def __init__(self, folder, smsc_port, http_port):
        admin, smsbox, self.sendsms_port = free_port(), free_port(), free_port()
        conf = folder / "kannel.conf"
        conf.write_text(KANNEL.format(admin=admin, smsbox=smsbox, smsc=smsc_port, sendsms=self.sendsms_port,
                                      http=http_port))
        self.boxes = []
        for box, port in ("bearerbox", smsbox), ("smsbox", self.sendsms_port):
            child = Child(box, ["/usr/sbin/" + box, "-v", "1", conf], folder / f"{box}.log")
            self.boxes.append(child)
            child.wait_ready(box, lambda port=port: is_listening(port))

    def sendsms(self, **fields):
        query = urllib.parse.urlencode({"username": "sim", "password": "sim", "from": "8055", "to": FARMER, **fields})
        with urllib.request.urlopen(f"http://127.0.0.1:{self.sendsms_port}/cgi-bin/sendsms?{query}") as answer:
            return answer.read().decode()

    def stop(self):
        for child in reversed(self.boxes):  # nothing is to be kept, and bearerbox takes long to stop by itself
            child.kill()


class Net:
    """The simulator, Kannel, and an echo behind it."""

    def __init__(self, folder):
        self.echo = Echo()
        self.phone = Phone(PROGRAM, free_port(), folder)
        self.phone.start()
        self.kannel = Kannel(folder, self.phone.port, self.echo.server_port)
        self.phone.wait_bound()

    def stop(self):
        self.kannel.stop()
        self.phone.stop()
        self.echo.shutdown()
        self.echo.server_close()

    def there_and_back(self, text, **members):
        """Sends a text; what the application got, and what came back."""
        mt = self.phone.send(text, **members)
        return self.echo.mo.get(timeout=WAIT), mt

    def wait(self, ev, mark=0, **members):
        """The first event of the kind with those members after the mark."""
        return self.phone.wait_event(f"{ev} {members}", lambda event: event["ev"] == ev and all(
            event.get(key) == value for key, value in members.items()), mark, WAIT)

    def stats(self):
        mark = self.phone.mark()
        self.phone.command("stats")
        return self.wait("stats", mark)


@pytest.fixture(scope="module")
def net(tmp_path_factory):
    made = Net(tmp_path_factory.mktemp("sim"))
    yield made
    made.stop()


@pytest.mark.parametrize("text", ["gia lua om18 cau ke", "a@b", "5€ {[~]} ^\\|", "10$ £ à é Ω", "%&=+?;", "hai\ndòng"])
def test_gsm_text(net, text):
    mark = net.phone.mark()
    got, mt = net.there_and_back(text)
    assert got["text"] == text
    assert got["from"].lstrip("+") == FARMER and got["to"] == "8055" and got["coding"] == "0"
    assert mt["text"] == text
    assert net.wait("mo_acked", mark)["status"] == 0


def test_accents_go_as_ucs2(net):
    text = "bán lúa ST25 3 tạ 9.000đ/kg ở Tiểu Cần"
    got, mt = net.there_and_back(text)
    assert got["text"] == text
    assert (mt["text"], mt["coding"], mt["segments"], mt["units"]) == (text, "ucs2", 1, len(text))


def test_ten_parts_arrive_as_one(net):
    text = ("bán lúa ở Trà Cú " * 50)[:660] + " hết"
    mark = net.phone.mark()
    got, mt = net.there_and_back(text)
    assert got["text"] == text
    assert (mt["text"], mt["segments"]) == (text, 10)
    assert net.wait("mo_sent", mark)["count"] == 10
    assert net.wait("mo_acked", mark)["status"] == 0


def test_one_long_part_goes_as_message_payload(net):
    text = "bán lúa ở Trà Cú " * 20
    mark = net.phone.mark()
    got, _ = net.there_and_back(text, split=False)
    assert got["text"] == text
    assert net.wait("mo_sent", mark)["count"] == 1


def test_beyond_the_basic_plane(net):
    text = "𠮷 gạo 🌾"
    got, mt = net.there_and_back(text)
    assert got["text"] == text and mt["text"] == text


def test_long_gsm_text_does_not_tear_an_escape(net):
    text = "x" * 152 + "€" + "y" * 151 + "{" + "z"
    mark = net.phone.mark()
    got, mt = net.there_and_back(text)
    assert got["text"] == text and mt["text"] == text
    assert net.wait("mo_sent", mark)["count"] == 3


def test_binary(net):
    net.phone.post(coding="binary", hex="00ff0a80")
    got = net.echo.mo.get(timeout=WAIT)
    assert got["coding"] == "1" and got["text"].encode("utf-8", "surrogateescape") == bytes.fromhex("00ff0a80")


def test_tlvs_both_ways(net):
    net.echo.headers = {"X-Kannel-Meta-Data": "?smpp?ussd_service_op=%02&its_session_info=%124"}
    got, mt = net.there_and_back("*8055#", to="*8055#", service_type="USSD",
                                 tlvs={"0x0501": "01", "0x1383": "1234"})
    net.echo.headers = {}
    assert got["to"] == "*8055#" and got["service"] == "USSD"
    assert "ussd_service_op=%01" in got["meta"] and "its_session_info=%124" in got["meta"]
    assert mt["tlvs"]["0x0501"] == "02" and mt["tlvs"]["0x1383"] == "1234"


@pytest.mark.parametrize("mode,stat,final", [("deliver", "DELIVRD", "1"), ("fail", "UNDELIV", "2")])
def test_delivery_reports(net, mode, stat, final):
    net.phone.command("dlr", mode=mode)
    mark = net.phone.mark()
    url = f"http://127.0.0.1:{net.echo.server_port}/dlr?type=%d"
    net.kannel.sendsms(text="xin chao", **{"dlr-mask": "31", "dlr-url": url})
    assert net.wait("mt", mark, text="xin chao")["dlr"] == stat
    assert net.wait("dlr_acked", mark)["status"] == 0
    kinds = {net.echo.dlr.get(timeout=WAIT)["type"] for _ in range(2)}
    net.phone.command("dlr", mode="deliver")
    assert kinds == {"8", final}


def test_no_report_when_told_so(net):
    net.phone.command("dlr", mode="none")
    before = net.stats()["dlrs"]
    mark = net.phone.mark()
    net.kannel.sendsms(text="im lang", **{"dlr-mask": "31", "dlr-url": "http://127.0.0.1:9/"})
    assert "dlr" not in net.wait("mt", mark, text="im lang")
    net.phone.command("dlr", mode="deliver")
    assert net.stats()["dlrs"] == before


def test_the_link_comes_back(net):
    mark = net.phone.mark()
    net.phone.command("drop")
    net.wait("unbound", mark)
    net.wait("bound", mark)
    _, mt = net.there_and_back("con day khong")
    assert mt["text"] == "con day khong"


def test_a_text_unanswered_when_the_link_breaks_is_sent_again(net):
    mark = net.phone.mark()
    net.phone.command("pause")  # Kannel's answer is not read
    name = net.phone.post("hai lan")
    assert net.echo.mo.get(timeout=WAIT)["text"] == "hai lan"
    net.phone.command("drop")
    assert net.wait("requeued", mark)["count"] == 1
    net.phone.command("resume")
    assert net.echo.mo.get(timeout=WAIT)["text"] == "hai lan"
    assert net.phone.wait_acked(name, mark)["status"] == 0
    wait_for("both answers", lambda: len(net.phone.since(mark, "mt")) == 2)


def test_thousands_of_texts(net):
    texts = {str(84900000000 + i): f"text {i}" for i in range(2000)}
    mark = net.phone.mark()
    for number, text in texts.items():
        net.phone.post(text, number)
    for number in texts:
        net.phone.wait_mt(number, mark)
    assert {mt["to"].lstrip("+"): mt["text"] for mt in net.phone.since(mark, "mt")} == texts
    stats = net.stats()
    assert stats["in_flight"] == stats["queued"] == 0


def test_throttling_is_retried_by_kannel(net):
    mark = net.phone.mark()
    net.phone.command("resp", status=0x58)
    net.kannel.sendsms(text="cham thoi")
    net.wait("submit", mark, status=0x58)
    net.wait("mt", mark, text="cham thoi")


def test_a_command_is_obeyed_before_what_comes_after_it(tmp_path):
    """However long the simulator was not given the processor: both wait for it here."""
    phone = Phone(PROGRAM, free_port(), tmp_path)
    phone.start()
    client = Client(phone.port)
    phone.child.process.send_signal(signal.SIGSTOP)
    phone.command("resp", status=0x58)
    client.send(0x04, 0, 2, b"\0\1\1" b"8055\0\1\1" + FARMER.encode() + b"\0\0\0\0\0\0\0\0\0\0\4thoi")
    phone.child.process.send_signal(signal.SIGCONT)
    assert client.receive()[:2] == (0x80000004, 0x58)
    phone.stop()


class Client:
    """A bare SMPP client, which can be as unkind as Kannel is not."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), WAIT)
        self.send(0x09, 0, 1, b"chonoi\0sim\0\0\x34\0\0\0")
        assert self.receive()[:2] == (0x80000009, 0)

    def send(self, command, status, sequence, body=b""):
        self.socket.sendall(struct.pack(">IIII", 16 + len(body), command, status, sequence) + body)

    def receive(self):
        """command_id, command_status, sequence_number and the body."""
        length, *header = struct.unpack(">IIII", self.socket.recv(16, socket.MSG_WAITALL))
        return *header, self.socket.recv(length - 16, socket.MSG_WAITALL)


def test_a_text_refused_for_now_is_sent_again(tmp_path):
    phone = Phone(PROGRAM, free_port(), tmp_path)
    phone.start()
    client = Client(phone.port)
    for refusal, last in (0x64, 0x00), (0x58, 0x65):
        name = phone.post("gia lua")
        for status in refusal, last:
            command, _, sequence, body = client.receive()
            assert command == 0x05 and b"gia lua" in body
            client.send(0x80000005, status, sequence, b"\0")
        phone.wait_event("the refusal", lambda e, n=name, s=refusal: e["ev"] == "requeued" and e["id"] == n
                         and e["status"] == s)
        assert phone.wait_acked(name)["status"] == last
    phone.stop()


def smpp(port, pdu):
    """Sends octets to the simulator; the command_id and command_status of its answer."""
    with socket.create_connection(("127.0.0.1", port), WAIT) as s:
        s.sendall(pdu)
        answer = s.recv(16, socket.MSG_WAITALL)
    return answer[4:8].hex(), int.from_bytes(answer[8:12], "big")


@pytest.mark.parametrize("name,pdu,answer", [
    ("too short", "0000000f000000040000000000000001", ("80000000", 0x02)),
    ("too long", "7fffffff000000040000000000000001", ("80000000", 0x02)),
    ("unknown command", "00000010000000990000000000000001", ("80000000", 0x03)),
    ("half a bind", "000000120000000900000000000000016161", ("80000000", 0x08)),
    ("not bound", "00000010000000040000000000000001", ("80000004", 0x04)),
])
def test_malformed_pdus_are_refused_and_counted(net, name, pdu, answer):
    before = net.stats()["bad_pdus"]
    assert smpp(net.phone.port, bytes.fromhex(pdu)) == answer, name
    assert net.stats()["bad_pdus"] == before + 1


@pytest.mark.parametrize("line", [
    '{"op":"fly"}', "[]", "{", '{"op":"mo"}', '{"op":"mo","text":"x","to":"' + "9" * 21 + '"}',
    '{"op":"mo","coding":"gsm","text":"ạ"}', '{"op":"mo","coding":"morse","text":"x"}',
    '{"op":"mo","text":"x","tlvs":{"0x0501":"0"}}', '{"op":"dlr"}', '{"op":"resp"}',
])
def test_wrong_commands_say_why(net, line):
    mark = net.phone.mark()
    net.phone.child.process.stdin.write(line.encode() + b"\n")
    net.phone.child.process.stdin.flush()
    assert net.wait("error", mark)["reason"]


def test_lines_on_standard_input(net, tmp_path):
    """The phone as `make run` uses it, with a Kannel of its own."""
    port, log = free_port(), tmp_path / "events"
    phone = subprocess.Popen([PROGRAM, "--port", str(port), "--settle", "200", "--gap", "50", "--log", log],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    kannel = Kannel(tmp_path, port, net.echo.server_port)
    out, _ = phone.communicate("# hai người\ngia lua om18\n@84987654321 bán lúa", timeout=60)
    kannel.stop()
    assert phone.returncode == 0
    assert out.splitlines() == [
        "# hai người",
        "> gia lua om18",
        "< gia lua om18  (GSM-7, 1 segment)",
        "@84987654321 > bán lúa",
        "@84987654321 < bán lúa  (UCS-2, 1 segment)",
    ]
    assert [event["text"] for event in map(json.loads, log.read_text("utf-8").splitlines())
            if event["ev"] == "mt"] == ["gia lua om18", "bán lúa"]


def test_a_dial_on_standard_input(net, tmp_path):
    """What is typed after a dial answers its screens until one ends the session, or the phone does."""
    port, log = free_port(), tmp_path / "events"
    phone = subprocess.Popen([PROGRAM, "--port", str(port), "--settle", "200", "--gap", "50", "--log", log],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    kannel = Kannel(tmp_path, port, net.echo.server_port)
    out, _ = phone.communicate("*8055#\n1\ntg\n/hangup\n*8055*1#\n@84987654321 tg\n/hangup\ntg", timeout=60)
    kannel.stop()
    assert phone.returncode == 0
    assert out.splitlines() == [
        "> *8055#", "< *8055#  (USSD, GSM-7, 1 segment)", "> 1", "< 1  (USSD, the end, GSM-7, 1 segment)",
        "> tg", "< tg  (GSM-7, 1 segment)", "! no USSD session is open",
        "> *8055*1#", "< *8055*1#  (USSD, GSM-7, 1 segment)",
        "@84987654321 > tg", "@84987654321 < tg  (GSM-7, 1 segment)",
        "> /hangup", "> tg", "< tg  (GSM-7, 1 segment)"]
    said = [event["meta"] for event in list(net.echo.mo.queue) if "ussd_service_op" in event["meta"]]
    assert ["%01", "%12", "%01", "%81"] == [re.search("ussd_service_op=(%..)", meta)[1] for meta in said[-4:]]


def test_lines_of_a_file_that_nobody_answers(net, tmp_path):
    port, demo = free_port(), tmp_path / "demo"
    demo.write_text("gia lua\n/thread\n", "utf-8")
    phone = subprocess.Popen([PROGRAM, "--port", str(port), "--demo", demo, "--wait", "1", "--settle", "0"],
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    net.echo.silent = True
    kannel = Kannel(tmp_path, port, net.echo.server_port)
    out, _ = phone.communicate(timeout=60)
    net.echo.silent = False
    kannel.stop()
    assert phone.returncode == 1
    assert out.splitlines()[:2] == ["> gia lua", "! no answer within 1 s"]
    assert out.splitlines()[2].endswith("> 8055  gia lua")


def test_nobody_binds(tmp_path):
    done = subprocess.run([PROGRAM, "--port", "0", "--bind", "1"], input=b"gia lua\n", stdout=subprocess.PIPE,
                          timeout=WAIT, check=False)
    assert done.returncode == 1 and b"did not bind" in done.stdout
