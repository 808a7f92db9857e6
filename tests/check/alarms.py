#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The alarms, the page for who gets them, and the metrics they are made of, against one another.

Every alarm has its row in OPERATING.md with the same severity, every row its alarm; an alarm asks for no metric and no label
that metrics.def does not have; and a metric that no alarm asks for is named in the page.
"""
import pathlib
import re
import sys

import yaml

RULES, PAGE, METRICS = "smsd/etc/prometheus/chonoi.rules.yml", "OPERATING.md", "smsd/metrics/metrics.def"
SUFFIX = re.compile(r"_(bucket|sum|count)$")


def read(path):
    return pathlib.Path(path).read_text("utf-8")


def metrics():
    """Families with what their labels may be: {"smsd_dlr_total": {"delivered", ...}}."""
    text = read(METRICS)
    families = {name: set() for name in re.findall(r'^HISTOGRAM\(\w+, "(\w+)"', text, re.M)}
    for name, rows in re.findall(r'^FAMILY\("(\w+)".*\n((?:(?!FAMILY|HISTOGRAM).*\n?)*)', text, re.M):
        families[name] = set(re.findall(r'\\"(\w+)\\"', rows))
    return families


def complaints():
    families, page = metrics(), read(PAGE)
    rules = [rule for group in yaml.safe_load(read(RULES))["groups"] for rule in group["rules"]]
    rows = re.findall(r"^\| (Smsd\w+) \| (\w+) \|", page, re.M)
    alarms = [(rule["alert"], rule["labels"]["severity"]) for rule in rules]
    yield from (f"{PAGE}: {alarm} is not as in {RULES}" for alarm in sorted(set(rows) ^ set(alarms)))
    asked = set()
    for rule in rules:
        for name, labels in re.findall(r"\b(smsd_\w+)(?:\{([^}]*)\})?", rule["expr"]):
            family = SUFFIX.sub("", name)
            asked.add(family)
            if family not in families:
                yield f"{RULES}: {rule['alert']}: there is no {name}"
                continue
            for value in re.findall(r"\w+", " ".join(re.findall(r'"([^"]*)"', labels))):
                if value not in families[family]:
                    yield f"{RULES}: {rule['alert']}: {name} has no \"{value}\""
    told = {name for cell in re.findall(r"^\| (`smsd_[^|]*) \|", page, re.M) for name in re.findall(r"`(\w+)`", cell)}
    yield from (f"{PAGE}: says nothing about {name}" for name in sorted(families.keys() - asked - told))
    yield from (f"{PAGE}: there is no {name}" for name in sorted(told - families.keys()))


found = list(complaints())
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
