# SPDX-License-Identifier: Apache-2.0
"""A bearerbox of our own, that says to its box whatever a test wants to have said. Messages are dicts with the fields of
Kannel's own list (gw/msg-decl.h of kannel-dev) and their "type"; what is left out is -1 or None.

    with Bearerbox(port) as box:
        box.accept()
        text = box.text("gia lua", "84912345678")
        box.say(text)
        assert box.hear()["type"] == "sms"
"""
import itertools
import pathlib
import re
import socket
import struct
import time
import uuid

DECLARATION = pathlib.Path("/usr/include/kannel/gw/msg-decl.h")
MESSAGE = re.compile(r"^MSG\((\w+),\s*\{(.*?)\}\)", re.M | re.S)
FIELD = re.compile(r"(INTEGER|OCTSTR|UUID)\((\w+)\)")
LAYOUTS = {name: [(field, kind) for kind, field in FIELD.findall(fields)]
           for name, fields in MESSAGE.findall(DECLARATION.read_text("latin-1"))}
TYPES = list(LAYOUTS)

MO, MT_REPLY, MT_PUSH, REPORT = range(4)
SUCCESS, FAILED, FAILED_TMP, BUFFERED = range(4)
SHUTDOWN, IDENTIFY = 0, 3


def packed_octets(octets):
    return struct.pack(">i", -1) if octets is None else struct.pack(">I", len(octets)) + octets


def pack(message):
    parts = [struct.pack(">I", TYPES.index(message["type"]))]
    for field, kind in LAYOUTS[message["type"]]:
        value = message.get(field)
        if kind == "INTEGER":
            parts.append(struct.pack(">i", -1 if value is None else value))
        elif kind == "UUID":
            parts.append(packed_octets(str(value or uuid.UUID(int=0)).encode("ascii")))
        else:
            parts.append(packed_octets(value.encode("utf-8") if isinstance(value, str) else value))
    return b"".join(parts)


def framed(octets):
    return struct.pack(">I", len(octets)) + octets


class Reader:
    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def take(self, n):
        self.at += n
        return self.octets[self.at - n:self.at]

    def number(self):
        return struct.unpack(">i", self.take(4))[0]

    def string(self):
        n = self.number()
        return None if n < 0 else self.take(n)


def unpack(octets):
    reader = Reader(octets)
    name = TYPES[reader.number()]
    message = {"type": name}
    for field, kind in LAYOUTS[name]:
        message[field] = reader.number() if kind == "INTEGER" else reader.string()
    if "id" in message:
        message["id"] = message["id"].decode("ascii")
    return message


class Bearerbox:
    def __init__(self, port):
        self.server = socket.create_server(("127.0.0.1", port))
        self.server.settimeout(20)
        self.connection, self.heard = None, b""
        self.times = itertools.count(1_700_000_000)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hang_up()
        self.server.close()

    # -- the connection

    def accept(self):
        """The next box that comes; it introduces itself."""
        self.hang_up()
        self.connection, _ = self.server.accept()
        self.connection.settimeout(10)
        self.heard = b""
        hello = self.hear()
        assert (hello["type"], hello["command"], hello["boxc_id"]) == ("admin", IDENTIFY, None)

    accept_again = accept  # hangs up first

    def hang_up(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def is_left(self):
        """Waits until the box hangs up; what it still says is heard and forgotten."""
        try:
            while self.connection.recv(65536):
                pass
        except ConnectionResetError:
            pass
        return True

    # -- saying

    def say(self, *messages):
        self.raw(b"".join(framed(pack(message)) for message in messages))

    def raw(self, octets):
        self.connection.sendall(octets)

    def text(self, text, frm, to="8055", **more):
        return {"type": "sms", "sms_type": MO, "id": str(uuid.uuid4()), "time": next(self.times), "sender": frm, "receiver": to,
                "msgdata": text, "coding": 0, "smsc_id": "fake", **more}

    @staticmethod
    def ack(message, nack=SUCCESS):
        return {"type": "ack", "nack": nack, "time": message["time"], "id": message["id"]}

    # -- hearing

    def hear(self):
        """The next message."""
        while len(self.heard) < 4 or len(self.heard) < 4 + struct.unpack(">I", self.heard[:4])[0]:
            more = self.connection.recv(65536)
            if not more:
                raise EOFError("the box hung up")
            self.heard += more
        n = struct.unpack(">I", self.heard[:4])[0]
        message, self.heard = unpack(self.heard[4:4 + n]), self.heard[4 + n:]
        return message

    def hear_ack_of(self, text):
        """What the box says of a text, and how long that took; answers on the way are taken in good part."""
        began = time.monotonic()
        while True:
            message = self.hear()
            if message["type"] == "ack" and message["id"] == text["id"]:
                return message["nack"], time.monotonic() - began
            if message["type"] == "sms":
                self.say(self.ack(message))
