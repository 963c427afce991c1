"""One case: what is asked of the driver, and the result of each part."""

import dataclasses

from checker import hashes, jsontext, presence
from checker.admission import admission_difference
from checker.compare import ABSENT, Difference, Rules
from checker.driver import DriverError
from checker.objects import result_difference
from checker.steps import Unsupported, reason_of_unsupported, steps_difference
from checker.traces import inputs_of, traces_difference

PARTS = ("admission", "objects", "steps", "traces")


@dataclasses.dataclass(frozen=True)
class Settings:
    """What to compare and how. skips: {part: reason}, see skips.py."""

    parts: tuple = PARTS
    exact_hashes: bool = False
    extras: bool = False
    skips: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Result:
    """The result of one part of one case. `detail`: the difference, or the reason of a skip."""

    case: str
    part: str
    verdict: str
    detail: str = ""


def parts_of(case, expected):
    """The parts that a case has."""
    if "events" in case:
        return ("traces",)
    return ("admission", *(part for part in ("objects", "steps") if part in expected))


def request_of(case_text, expected, parts):
    """The line that the driver gets: the case as it is, the parts that count, and the inputs of a trace."""
    members = [f'"case": {case_text}', f'"parts": {jsontext.dumps(list(parts))}']
    if "traces" in parts:
        members.append(f'"inputs": {jsontext.dumps(inputs_of(expected["steps"]))}')
    return ("{" + ", ".join(members) + "}\n").encode("utf-8")


def check(line, ask, settings):
    """The results of one line of a case file. `ask` takes a request and returns the answer, or raises DriverError."""
    case_text, case, expected = jsontext.split_case(line)
    parts = [part for part in parts_of(case, expected) if part in settings.parts]
    if not parts:
        return []
    try:
        answer = jsontext.loads(ask(request_of(case_text, expected, parts)))
    except DriverError as error:
        return [Result(case["name"], part, "failed", str(error)) for part in parts]
    except (ValueError, RecursionError) as error:
        return [Result(case["name"], part, "failed", f"the answer is not JSON: {error}") for part in parts]
    comparison = _Comparison(case, expected, answer, settings)
    return [Result(case["name"], part, *comparison.verdict(part)) for part in parts]


class _Comparison:
    """The parts of one case, which share what is known about hashes."""

    def __init__(self, case, expected, answer, settings):
        self.expected = expected
        self.answer = answer
        self.settings = settings
        defaulted = [expected.get("defaulted"), case.get("manifest")]
        steps = (*case.get("steps", ()), *case.get("events", ()))
        for step in (*steps, *(inner for step in steps for inner in step.get("batch", ()))):
            defaulted.append(step.get("update"))
        self.rules = Rules(
            hashes=hashes.for_case(expected, settings.exact_hashes),
            zeros=frozenset().union(*map(presence.explicit_zeros, defaulted)),
            clock=False,
        )
        self.objects_seen = False

    def verdict(self, part):
        """(verdict, detail) of one part."""
        if not isinstance(self.answer, dict) or part not in self.answer:
            return "failed", _text(Difference((part,), "an answer", ABSENT, f"the answer is {_value(self.answer)}"))
        try:
            reason = reason_of_unsupported(self.answer[part])
            if reason:
                raise Unsupported(reason)
            difference = getattr(self, f"_{part}")()
        except Unsupported as unsupported:
            if part in self.settings.skips:
                return "skipped", f"{self.settings.skips[part]} ({unsupported})"
            return "failed", f"$.{part}: the driver does not support it: {unsupported}"
        except Exception as error:  # An answer of an unforeseen shape must not end the run.
            return "failed", f"$.{part}: the answer cannot be compared: {type(error).__name__}: {error}"
        return ("failed", _text(difference)) if difference else ("passed", "")

    def _admission(self):
        difference = admission_difference(self.expected, self.answer["admission"], self.settings.extras)
        if not difference and self.answer.get("objects") and not self.expected.get("admitted"):
            return Difference(("objects",), ABSENT, "objects of a set that is not admitted")
        return difference and difference.below("admission")

    def _objects(self):
        self.objects_seen = True
        return result_difference(self.expected, self.answer, self.rules)

    def _steps(self):
        if not self.objects_seen and "objects" in self.answer:
            self._objects()  # The hashes of the steps go on from those of the first expansion.
        difference = steps_difference(self.expected["steps"], self.answer["steps"], self.rules, self.settings.extras)
        return difference and difference.below("steps")

    def _traces(self):
        difference = traces_difference(self.expected["steps"], self.answer["traces"], self.rules)
        return difference and difference.below("traces")


def _value(value, limit=400):
    text = repr(value) if value is ABSENT else jsontext.dumps(value)
    return text if len(text) <= limit else text[:limit] + "…"


def _text(difference):
    """One difference: its path, both values, and a remark if there is one."""
    lines = [difference.path, f"  expected: {_value(difference.expected)}", f"  actual:   {_value(difference.actual)}"]
    if difference.remark:
        lines.append(f"  {difference.remark}")
    return "\n".join(lines)
