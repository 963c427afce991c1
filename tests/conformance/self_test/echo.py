"""Answers made out of the expectations themselves: what a library without a fault would say."""

import gzip
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent

_NOT_ADMISSION = ("converged", "objects", "reconcileErrors", "schemaRaw", "steps")


def lines_of(name):
    """The lines of one of the corpus' files."""
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rb") as lines:
        yield from lines


def case_named(file, name):
    """(line, case, expected) of one case."""
    for line in lines_of(file):
        if name.encode() in line:
            whole = json.loads(line)
            if whole["case"]["name"] == name:
                return line, whole["case"], whole["expected"]
    raise KeyError(name)


def answer_to(case, expected):
    """The answer that agrees with the expectation."""
    if "events" in case:
        told = ("actions", "changed", "errors", "removed", "requeues")
        return {"traces": [{name: step[name] for name in told if name in step} for step in expected["steps"]]}
    answer = {"admission": {name: value for name, value in expected.items() if name not in _NOT_ADMISSION}}
    for name in ("objects", "reconcileErrors", "steps"):
        if name in expected:
            answer[name] = expected[name]
    return answer


def ask_with(change=None):
    """An `ask` for cases.check() that needs no process: change(answer) alters the right answer in place."""

    def ask_for(line):
        whole = json.loads(line)
        answer = answer_to(whole["case"], whole["expected"])
        if change:
            change(answer)
        return lambda _request: (json.dumps(answer) + "\n").encode()

    return ask_for
