# SPDX-License-Identifier: Apache-2.0
"""One stack of real parts for all live tests, in a folder of its own below the build."""
import contextlib
import itertools
import os
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from stack.smsd import RUNNER  # noqa: E402
from stack.stack import ROOT, Stack, fresh  # noqa: E402

LINK = os.environ.get("LINK", "http")
BUILD = ROOT / os.environ.get("BUILD", "build")
UNITS = ROOT / "smsd" / "etc" / "systemd"
CONFINED = ROOT / "tests" / "stack" / "confined.py"
COMPLAINT = re.compile(r"AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|^==\d+== ", re.M)  # the last: valgrind's

# Tests send more from one number than a person does; the guards have tests of their own.
OPTIONS = {("service", "reply_limit"): 1000}


@contextlib.contextmanager
def live_stack(folder, before=lambda stack: None, **more):
    """All parts, as confined as systemd has them; `before` they start, more may be said about them. smsd must end well."""
    with Stack(fresh(folder), BUILD, link=LINK, **more) as running:
        for smsd in running.smsds if not RUNNER and BUILD.name == "build" else []:  # valgrind and sanitizers need more
            smsd.runner = [sys.executable, CONFINED, UNITS / "smsd.service"]
        running.kannel.runner = lambda box: [sys.executable, CONFINED, UNITS / f"chonoi-{box}.service"]
        before(running)
        running.phone.start()
        running.start()
        running.phone.wait_bound()
        yield running
        for smsd in running.smsds:
            assert smsd.stop() == 0, f"{smsd.name} did not end well; see {smsd.log}"
        for log in [*running.logs.glob("smsd*.log"), running.phone.log]:
            assert not COMPLAINT.search(log.read_text("utf-8", "replace")), f"a sanitizer or valgrind complained in {log}"


@pytest.fixture(scope="session")
def stack():
    with live_stack(BUILD / "live" / LINK, options=OPTIONS) as running:
        yield running


@pytest.fixture(scope="session")
def new_number():
    """Numbers that nobody texted from before."""
    serial = itertools.count(1)
    return lambda: f"8491{next(serial):07d}"


@pytest.fixture
def farmer(stack, new_number):
    """A number whose first contact is over: from now on each text has one answer."""
    return welcome(stack, [new_number()])[0]


@pytest.fixture
def farmers(stack, new_number):
    return lambda count: welcome(stack, [new_number() for _ in range(count)])


def welcome(stack, numbers):
    stack.rows("INSERT INTO people (msisdn, welcomed_at) SELECT unnest(string_to_array(:'numbers', ',')), now()",
               numbers=",".join(numbers))
    return numbers


@pytest.fixture
def counted(stack):
    """counted('smsd_dead_total') is how much that metric grew since the test began."""
    before = stack.smsd.metrics()
    return lambda name: stack.smsd.metrics().get(name, 0) - before.get(name, 0)


@pytest.fixture
def logged(stack):
    """logged('batch.failed', '55P03') is how many lines smsd wrote since the test began that have all of these words."""
    before = stack.smsd.log.stat().st_size
    return lambda *words: sum(all(word in line for word in words)
                              for line in stack.smsd.log.read_bytes()[before:].decode("utf-8", "replace").splitlines())


REFUSALS = ("smsd_mo_refused_total", "smsd_http_refused_total", "smsd_mo_guarded_total", "smsd_mo_mended_total",
            "smsd_mo_duplicate_total", 'smsd_read_total{outcome="none"}')


@pytest.fixture
def refused(counted, stack):
    """refused() is how many texts and requests were turned away, mended, known or not understood since the test began."""
    return lambda: sum(counted(name) for name in stack.smsd.metrics() if name.startswith(REFUSALS))


@pytest.fixture(autouse=True)
def one_way(request):
    """Whatever a test does: no text reaches smsd by the link that is not under test."""
    yield
    if "stack" in request.fixturenames:
        smsd, other = request.getfixturevalue("stack").smsd, "box" if LINK == "http" else "http"
        assert smsd.metrics().get(f'smsd_mo_received_total{{link="{other}"}}', 0) == 0


def pytest_collection_modifyitems(items):
    """What looks at everything that the others left comes last. What is about HTTP needs smsd to listen to texts there."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    for item in items:
        if LINK != "http" and item.get_closest_marker("http"):
            item.add_marker(pytest.mark.skip("texts over HTTP, and they come over the box link here"))


def pytest_configure(config):
    config.addinivalue_line("markers", "last: runs after all others")
    config.addinivalue_line("markers", "http: brings texts over HTTP, as smsbox does")
