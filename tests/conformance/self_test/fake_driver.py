#!/usr/bin/env python3
"""A driver that knows the answers: fake_driver.py BEHAVIOUR CASE FILE.

It echoes the expectations of the case file FILE, but for the case CASE it does what BEHAVIOUR says.
"""

import json
import os
import signal
import sys

import echo_path  # noqa: F401 (makes the next import work)
from self_test import echo


def misbehave(behaviour, answer):
    """The text to answer instead."""
    if behaviour == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if behaviour == "exit":
        print("out of cheese", file=sys.stderr)
        sys.exit(3)
    if behaviour == "two-lines":
        return "{}\n{}\n"
    if behaviour == "half-line":
        sys.stdout.write('{"admission"')
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGABRT)
    if behaviour == "duplicate-member":
        return '{"admission": {}, "admission": {}}\n'
    if behaviour == "not-json":
        return "oops\n"
    if behaviour == "unsupported":
        answer = {part: {"unsupported": "rolling update"} for part in answer}
    if behaviour == "wrong":
        answer["admission"]["admitted"] = not answer["admission"]["admitted"]
    return json.dumps(answer) + "\n"


def main(behaviour, name, path):
    with open(path, "rb") as lines:
        known = {json.dumps(whole["case"], sort_keys=True): whole for whole in map(json.loads, lines)}
    for line in sys.stdin:
        whole = known[json.dumps(json.loads(line)["case"], sort_keys=True)]
        answer = echo.answer_to(whole["case"], whole["expected"])
        marked = whole["case"]["name"] == name
        sys.stdout.write(misbehave(behaviour, answer) if marked else json.dumps(answer) + "\n")
        sys.stdout.flush()
    if behaviour == "bad-end":
        sys.exit(23)


if __name__ == "__main__":
    main(*sys.argv[1:])
