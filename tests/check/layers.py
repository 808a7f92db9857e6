#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The layer law: who may include what, who may hold SQL, that parsers/ is pure, and that nothing starts a program.

Usage: layers.py [libparsers.a] [PROGRAM...]
"""
import pathlib
import re
import subprocess
import sys

# layer: (project headers it may include, system headers that are not for it)
FILES_SOCKETS_CLOCK = r"(sys/(socket|stat|types|time|epoll|mman|file|uio)|netinet/.*|arpa/.*|netdb|fcntl|unistd|time|" \
                      r"syslog|pthread|threads|signal|poll|dirent|libpq-fe|curl/.*|microhttpd|jansson|systemd/.*|openssl/.*)\.h"
LAW = {
    "parsers": (r"parsers/", FILES_SOCKETS_CLOCK),
    "db": (r"(parsers|db)/|queries\.h$", r"(curl/.*|microhttpd|jansson|systemd/.*|openssl/.*|pcre2)\.h"),
    "smsd": (r"(parsers|db|smsd)/", r"(libpq-fe|pcre2)\.h"),
}
# gwlib is for one file alone: its names are everybody's names, and its threads nobody else's.
GWLIB = re.compile(r"(gwlib|gw)/.*\.h|gw-config\.h|wap/.*\.h")
GWLIB_USER = "smsd/link/box_wire.c"
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|WITH\s+\w+\s+AS|BEGIN\b|COMMIT\b)')

# What a pure library may ask of libc stops short of these; printf to a buffer (snprintf) is fine.
IMPURE = re.compile(r"^(f?open(at)?(64)?|fdopen|read|write|p(read|write)|socket|connect|send(to|msg)?|recv\w*|time|"
                    r"clock_gettime|gettimeofday|localtime(_r)?|gmtime|v?f?printf|__v?f?printf_chk|puts|putchar|fputs|"
                    r"fwrite|perror|v?syslog|getenv|setlocale|rand(om)?|strtok|pthread_\w+|PQ\w+)$")
STARTS = r"system|popen|exec[lv]p?e?|fexecve|posix_spawnp?|v?fork|wordexp|dlopen"
LAST_WORDS = ("arena.o", "fwrite")  # a line on stderr before it aborts


def includes(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def check_includes(layer):
    ours, not_for_it = LAW[layer]
    for path in sorted(pathlib.Path(layer).rglob("*.[ch]")):
        for number, quoted, system in includes(path):
            if GWLIB.fullmatch(quoted or system):
                if str(path) != GWLIB_USER:
                    yield f"{path}:{number}: only {GWLIB_USER} may include Kannel's headers"
            elif quoted and not re.match(ours, quoted):
                yield f"{path}:{number}: {layer}/ may not include \"{quoted}\" (names are written from the root)"
            if system and re.fullmatch(not_for_it, system):
                yield f"{path}:{number}: {layer}/ may not include <{system}>"


def check_sql():
    for folder in ("smsd", "parsers"):
        for path in sorted(pathlib.Path(folder).rglob("*.[ch]")):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if SQL.search(line):
                    yield f"{path}:{number}: SQL text outside db/"


def check_pure(archive):
    for line in subprocess.run(["nm", "--undefined-only", "--print-file-name", archive],
                               check=True, capture_output=True, text=True).stdout.splitlines():
        where, name = line.rsplit(maxsplit=2)[0].rstrip(": "), line.split()[-1]
        if IMPURE.match(name) and (where.split(":")[1], name) != LAST_WORDS:
            yield f"{where}: parsers/ uses {name}()"
    member = ""
    for line in subprocess.run(["size", "-A", archive], check=True, capture_output=True, text=True).stdout.splitlines():
        words = line.split()
        if len(words) >= 2 and words[1] == ":" or line.endswith(":"):
            member = words[0]
        if words and words[0].startswith((".data", ".bss")) and not words[0].startswith(".data.rel.ro") and int(words[1]) > 0:
            yield f"{archive}: {member} has variables that outlive a call ({words[0]}, {words[1]} bytes)"


def check_no_shell():
    """Nothing of ours starts another program."""
    for layer in LAW:
        for path in sorted(pathlib.Path(layer).rglob("*.c")):
            for match in re.finditer(rf"\b({STARTS})\s*\(", path.read_text("utf-8")):
                yield f"{path}: {match.group(1)}() starts another program"


def check_no_shell_linked(program):
    """Nor can what is linked with it, but for gwlib: that holds fork and execv, of its own daemons, which nothing calls."""
    out = subprocess.run(["nm", "-D", "--undefined-only", program], check=True, capture_output=True, text=True).stdout
    for name in sorted(set(re.findall(rf"\bU ({STARTS})\b", out)) - {"fork", "execv"}):
        yield f"{program}: {name}() is linked"


found = [complaint for layer in LAW for complaint in check_includes(layer)]
found += check_sql()
found += check_no_shell()
for given in sys.argv[1:]:
    found += check_pure(given) if given.endswith(".a") else check_no_shell_linked(given)
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
