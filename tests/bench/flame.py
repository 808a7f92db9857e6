# SPDX-License-Identifier: Apache-2.0
"""A flame graph: what processes do with their time, by perf(1) on the processors' clock, as an SVG.

    with recorded([pid, ...], seconds, samples):
        ...
    draw(samples, "title", path)

A box is a function, as wide as its share of the samples; what it was called by is below it. Pointing at a box shows its name
and share. Boxes narrower than a pixel are left out.
"""
import contextlib
import html
import pathlib
import re
import subprocess

WIDTH, ROW, LETTER, LEAST = 1400, 17, 6.6, 1.0  # pixels
FRAME = re.compile(r"^\s+[0-9a-f]+ (?P<name>.+?)(?:\+0x[0-9a-f]+)? \((?P<where>.*)\)$")
COLOURS = ("#e8a33d", "#e3813a", "#dd6b4d", "#d9b44a", "#cf8f5f")


class Node:
    def __init__(self):
        self.samples, self.calls = 0, {}

    def add(self, stack):
        node = self
        node.samples += 1
        for name in stack:
            node = node.calls.setdefault(name, Node())
            node.samples += 1

    def depth(self):
        return 1 + max((node.depth() for node in self.calls.values()), default=0)


def name_of(frame):
    if frame["name"] != "[unknown]":
        return frame["name"]
    where = frame["where"].rsplit("/", 1)[-1]
    return "[made at run time]" if where.endswith(".map") else f"[{where}]"  # the first: PCRE2's compiled patterns


def stacks(lines):
    """[process, outermost, ..., innermost] of each sample."""
    command, frames = None, []
    for line in lines:
        frame = FRAME.match(line)
        if frame:
            if frame["where"] != "[unknown]":  # what was no frame at all
                frames.append(name_of(frame))
        elif line.strip():
            command = line.split()[0]
        elif command:
            yield [command, *reversed(frames)]
            command, frames = None, []
    if command:
        yield [command, *reversed(frames)]


def boxes(node, name, at, level, scale):
    """(name, x, level, width, samples) of it and of all that it called."""
    yield name, at, level, node.samples * scale, node.samples
    for called, child in sorted(node.calls.items()):
        if child.samples * scale >= LEAST:
            yield from boxes(child, called, at, level + 1, scale)
        at += child.samples * scale


def svg(root, title):
    height = (root.depth() + 2) * ROW
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="monospace" font-size="11">'
    yield f'<text x="4" y="{ROW - 4}">{html.escape(title)}: {root.samples} samples</text>'
    for name, x, level, width, samples in boxes(root, "all", 0.0, 0, WIDTH / max(root.samples, 1)):
        y = height - (level + 1) * ROW
        colour = COLOURS[sum(name.encode("utf-8")) % len(COLOURS)]
        label = name[:int((width - 4) / LETTER)] if width > 20 else ""
        yield (f'<g><title>{html.escape(name)}: {samples / root.samples:.1%}</title><rect x="{x:.1f}" y="{y}" '
               f'width="{max(width - 0.4, 0.4):.1f}" height="{ROW - 1}" fill="{colour}"/>'
               f'<text x="{x + 2:.1f}" y="{y + ROW - 5}">{html.escape(label)}</text></g>')
    yield "</svg>"


@contextlib.contextmanager
def recorded(pids, seconds, samples):
    """Samples of these processes from now on, for so long; they are there when the block is left."""
    argv = ["perf", "record", "-q", "-F", "999", "-e", "cpu-clock", "-g", "-o", samples, "-p", ",".join(map(str, pids)),
            "--", "sleep", str(seconds)]
    with subprocess.Popen([str(word) for word in argv]) as perf:
        yield
    if perf.returncode != 0:
        raise RuntimeError("perf record failed")


def draw(samples, title, path):
    script = subprocess.run(["perf", "script", "-i", str(samples)], capture_output=True, text=True, errors="replace", check=True)
    root = Node()
    for stack in stacks(script.stdout.splitlines()):
        root.add(stack)
    path.write_text("\n".join(svg(root, title)) + "\n", "utf-8")
