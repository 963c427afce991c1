#!/usr/bin/env python3
"""A line on a terminal, and only there, tells that work goes on: progress_test.py GROVE.

The work is reading a cluster that comes slowly. Standard error is a pseudo-terminal or a pipe."""

import os
import pty
import subprocess
import sys
import time
import typing

WIPE = "\r\x1b[2K"
NODE = '{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"status":{"allocatable":{"cpu":"8","pods":"10"}}}'
GANG = """
{"apiVersion":"scheduler.grove.io/v1alpha1","kind":"PodGang","metadata":{"name":"g","namespace":"default"},
 "spec":{"podgroups":[{"name":"w","podReferences":[{"namespace":"default","name":"p"}],"minReplicas":1}]}}
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"default"},
 "spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"1"}}}]}}
"""
CLUSTER = NODE + GANG


class Case(typing.NamedTuple):
    name: str
    seconds: float
    shown: bool  # one line or more, depending on how busy the machine is
    arguments: tuple = ()
    terminal: bool = True
    environment: dict = {}


CASES = [
    Case("slow", 2.5, True),
    Case("without_colours", 1.5, True, environment={"NO_COLOR": "1"}),
    Case("quick", 0, False),
    Case("quiet", 1.5, False, arguments=("-q",)),
    Case("no_terminal", 1.5, False, terminal=False),
    Case("terminal_without_wiping", 1.5, False, environment={"TERM": "dumb"}),
]


def read_all(descriptor):
    parts = []
    while True:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # the other end of a pseudo-terminal is closed
            part = b""
        if not part:
            return b"".join(parts).decode()
        parts.append(part)


def run(grove, case):
    """Exit code, standard output, standard error."""
    mine, its = pty.openpty() if case.terminal else os.pipe()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **case.environment}
    with subprocess.Popen(
        [grove, "place", "--cluster", "-", *case.arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=its,
        env=environment,
    ) as process:
        os.close(its)
        time.sleep(case.seconds)
        process.stdin.write(CLUSTER.encode())
        process.stdin.close()
        out = process.stdout.read().decode()
        err = read_all(mine)
        code = process.wait()
    os.close(mine)
    return code, out, err


def problems(grove, case):
    code, out, err = run(grove, case)
    if code != 0 or "1 of 1 gang" not in out:
        yield f"exit code {code}, output {out!r}, errors {err!r}"
    if "\x1b[2K" in out or "reading" in out:
        yield f"the result has progress in it: {out!r}"
    # Each line is wiped before the next one, and the last one at the end.
    lines = err.split(WIPE)
    expected = [f"reading <stdin> ... {second} s" for second in range(1, len(lines) - 1)]
    if lines != (["", *expected, ""] if case.shown else [""]) or bool(expected) != case.shown:
        yield f"the terminal gets {err!r}"


def has_terminals():
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


def main():
    if not has_terminals():
        print("skipped: the machine has no pseudo-terminals", file=sys.stderr)
        return 77
    failed = False
    for case in CASES:
        for problem in problems(sys.argv[1], case):
            failed = True
            print(f"{case.name}: {problem}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
