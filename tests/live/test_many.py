# SPDX-License-Identifier: Apache-2.0
"""Two instances on one database, fifty people, ten thousand texts: no deadlock, and each answer the answer to its text."""
import http.client
import threading
import urllib.parse
import uuid

import pytest

PEOPLE = 50
EACH = 200  # texts a person
PLACES = [("cau ke", "Cau Ke"), ("tra cu", "Tra Cu"), ("tieu can", "Tieu Can"), ("cau ngang", "Cau Ngang")]


@pytest.fixture
def two(stack):
    smsd = stack.new_smsd("smsd-two", stack.smsd.options)
    smsd.write_conf()
    smsd.start()
    yield stack.smsd, smsd
    assert smsd.stop() == 0


def talk(smsd, number, tonnes_from, wrong):
    """Half of a person's texts, one after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", smsd.port, timeout=60)
    for tonnes in range(tonnes_from, tonnes_from + EACH // 2):
        typed, shown = PLACES[tonnes % len(PLACES)]
        query = urllib.parse.urlencode({"id": uuid.uuid4(), "secret": smsd.secrets["http"], "from": number, "to": "8055",
                                        "text": f"ban lua om18 {tonnes} ta 8500 {typed}", "coding": 0})
        connection.request("GET", f"/kannel/mo?{query}")
        answer = connection.getresponse()
        body = answer.read().decode("utf-8")
        kilos = tonnes * 100
        said = (f" {tonnes} ta ", f" {kilos / 1000:g} tan ".replace(".", ","), f" {kilos} kg ")
        if answer.status != 200 or shown not in body or not any(words in f"{body} " for words in said):
            wrong.append((tonnes, typed, answer.status, body))


@pytest.mark.http
def test_ten_thousand_texts(stack, two, farmers):
    numbers = farmers(PEOPLE)
    wrong = []
    threads = [threading.Thread(target=talk, args=(smsd, number, start, wrong))
               for number in numbers for smsd, start in zip(two, (11, 11 + EACH // 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    stored = stack.rows("SELECT p.msisdn, count(*), count(DISTINCT (l.quantity, l.place)) FROM listings l "
                        "JOIN people p ON p.id = l.person_id WHERE p.msisdn = ANY (string_to_array(:'numbers', ',')) "
                        "GROUP BY 1", numbers=",".join(numbers))
    assert sorted(stored) == [(number, str(EACH), str(EACH)) for number in sorted(numbers)]
    assert stack.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [("0",)]
    for smsd in two:
        assert smsd.metrics()["smsd_dead_total"] == 0
