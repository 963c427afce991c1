"""Compares the fixed points after later changes."""

from checker.admission import admission_difference
from checker.compare import ABSENT, Difference
from checker.objects import result_difference


class Unsupported(Exception):
    """The answer says that the library does not do this yet; the text is its reason."""


def reason_of_unsupported(value):
    """The reason if the value is {"unsupported": reason}, else None."""
    return value["unsupported"] if isinstance(value, dict) and isinstance(value.get("unsupported"), str) else None


def list_difference(expected, answer, step_difference):
    """The first difference of two lists of steps. Unsupported if the answer breaks off and all before is equal."""
    if not isinstance(answer, list):
        return Difference((), f"a list of {len(expected)} steps", answer)
    for index, (wanted, got) in enumerate(zip(expected, answer)):
        if reason_of_unsupported(got):
            raise Unsupported(reason_of_unsupported(got))
        if not isinstance(got, dict):
            return Difference((index,), "the state after the step", got)
        difference = step_difference(index, wanted, got)
        if difference:
            return difference.below(index)
    if len(expected) != len(answer):
        return Difference((), f"{len(expected)} steps", f"{len(answer)} steps")
    return None


def _error_class(step):
    return step["error"].split(":")[0] if isinstance(step.get("error"), str) else ABSENT


def recorded_before(expected):
    """What the driver is told about each step: the objects before it."""
    states = [expected, *expected["steps"]][: len(expected["steps"])]
    return [state.get("objects", {}) for state in states]


def step_difference(wanted, got, rules, extras=False):
    """What admission said if it was an update, whether it could be done, and all objects after it."""
    if not isinstance(got, dict):
        return Difference((), "the state after the step", got)
    if _error_class(wanted) != _error_class(got):
        return Difference(("error",), wanted.get("error", ABSENT), got.get("error", ABSENT))
    if isinstance(got.get("problem"), str):
        return Difference(("problem",), ABSENT, got["problem"])
    if "admission" in wanted:
        difference = admission_difference(wanted["admission"], got.get("admission"), extras)
        if difference:
            return difference.below("admission")
    return result_difference(wanted, got, rules)
