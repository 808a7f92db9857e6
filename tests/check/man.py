#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The manual pages against the tables in the source: what an option or a command is called must stand in its page.

Usage: man.py FOLDER, of the pages as they are installed. They are made from what the programs print about themselves;
this is the other way round, so that a table which is printed otherwise one day does not empty a page in silence.
"""
import pathlib
import re
import sys

# page: (source, what a row of its table looks like, what stands in the page)
TABLES = (
    ("smsd.conf.5", "smsd/conf/options.def", r"^SECTION\((\w+)", ".Ss [{}]"),
    ("smsd.conf.5", "smsd/conf/options.def", r"^OPTION\(\w+, (\w+)", ".It Cm {}"),
    ("smsd.8", "smsd/main.c", r'\{"([a-z-]+)", \w+_argument', "Fl -{}"),
    ("smsctl.8", "smsd/ctl/main.c", r'^    \{"([a-z ]+)", "', ".It Cm {}"),
    ("smsctl.8", "smsd/ctl/options.c", r'^    \{OPT_\w+, "([a-z]+)"', "Fl -{}"),
)


def missing(folder, page, source, row, written):
    names = re.findall(row, pathlib.Path(source).read_text("utf-8"), re.M)
    if not names:
        yield f"{source}: no row looks like {row}"
    macros = [line for line in (folder / page).read_text("utf-8").splitlines() if line.startswith(".")]
    for name in names:
        wanted = re.escape(written.format(name)) + r"(?![\w-])"
        if not any(re.search(wanted, line) for line in macros):
            yield f"{page}: \"{name}\" of {source} is missing"


found = [complaint for table in TABLES for complaint in missing(pathlib.Path(sys.argv[1]), *table)]
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
