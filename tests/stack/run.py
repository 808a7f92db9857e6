#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make run: everything under var/, and a phone in the terminal.

Without a terminal the lines of standard input are texts, and with nothing there a short demonstration is played.
"""
import os
import pathlib
import select
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.process import NotReady  # noqa: E402
from stack.stack import ROOT, InUse, Stack  # noqa: E402

DEMONSTRATION = """\
# A farmer near Cau Ke asks what rice fetches:
gia lua om18 cau ke
# ... and offers two tonnes:
ban lua om18 2 tan 8500 cau ke
# The same with accents, from another phone:
@84987654321 bán lúa ST25 3 tạ 9.000đ/kg ở Tiểu Cần
# When is the season, and what can one ask?
mua vu lua
tg
"""

AFTERWARDS = """
That was a demonstration. Next:
  make run                                    in a terminal: a phone to type on
  printf 'gia lua om18\\n' | make run          your own texts, one a line
  less var/log/smsd.log                       what the service did, without numbers and texts
"""


def say(line):
    print(f"  {line}", flush=True)


def leave(number, _frame):
    raise SystemExit(128 + number)


def first_input():
    """What stands on standard input, as far as it is there at once; waits for the first of it."""
    try:
        if not select.select([0], [], [], 0)[0]:
            say("Waiting for texts on standard input, one a line; its end ends everything.")
        return os.read(0, 65536)
    except OSError:  # closed
        return b""


def feed(process, first):
    """Our standard input goes on to the phone's."""
    with process.stdin as pipe:
        try:
            piece = first
            while piece:
                pipe.write(piece)
                pipe.flush()
                piece = os.read(0, 65536)
        except BrokenPipeError:
            pass  # the phone had enough
    return process.wait()


def talk(stack):
    """The phone, until it is put away. Its exit status."""
    if os.isatty(0):
        say("The phone is yours. /help lists what it can do, Ctrl-D ends everything.\n")
        return wait_for_phone(stack.phone.run())
    first = first_input()
    if first:
        return feed(stack.phone.run(stdin=subprocess.PIPE), first)
    process = stack.phone.run(stdin=subprocess.PIPE)
    process.stdin.write(DEMONSTRATION.encode("utf-8"))
    process.stdin.close()
    status = process.wait()
    print(AFTERWARDS, flush=True)
    return status


def wait_for_phone(process):
    """Ctrl-C reaches the phone as well as us; it knows what to do with it."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def main():
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    print("Chợ Nổi: PostgreSQL, Kannel and smsd under var/, all on this machine's loopback.", flush=True)
    try:
        with Stack(ROOT / "var", ROOT / os.environ.get("BUILD", "build"), say, link=os.environ.get("LINK", "http")) as stack:
            stack.start()
            return talk(stack)
    except KeyboardInterrupt:
        return 130
    except InUse as error:
        print(f"make run: {error}; end that one first", file=sys.stderr)
    except (NotReady, RuntimeError, ValueError, OSError) as error:
        print(f"make run: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
