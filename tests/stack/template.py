# SPDX-License-Identifier: Apache-2.0
"""Puts values into the example configurations, Kannel's and ours, without knowing more about them than that."""
import re

# A setting that has no default stands as a comment: ";url =".
SETTING = re.compile(r"^;?(?P<head>(?P<key>[a-z_-]+)\s*=)\s*(?P<value>.*)$")
SECTION = re.compile(r"^\s*(?:\[(?P<ini>\w+)\]|group\s*=\s*(?P<kannel>[\w-]+))\s*$")


def fill(text, values):
    """`text` with the value of each (section, key) replaced. A key that stands there never or twice is an error: the
    example and what we put into it must not drift apart."""
    done = []
    lines = []
    section = ""
    for line in text.splitlines():
        head = SECTION.match(line)
        setting = SETTING.match(line)
        if setting and (section, setting.group("key")) in values:
            done.append((section, setting.group("key")))
            line = f"{setting.group('head')} {values[done[-1]]}"
        lines.append(line)
        if head:
            section = head.group("ini") or head.group("kannel")
    if sorted(done) != sorted(values):
        raise ValueError(f"not exactly once in the example: {set(values) ^ set(done) or done}")
    return "\n".join(lines) + "\n"


def value_of(text, section, key):
    """The value that stands in the example."""
    here = ""
    for line in text.splitlines():
        head = SECTION.match(line)
        setting = SETTING.match(line)
        if head:
            here = head.group("ini") or head.group("kannel")
        elif setting and (here, setting.group("key")) == (section, key):
            return setting.group("value")
    raise KeyError((section, key))
