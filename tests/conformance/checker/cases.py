"""One case: what is asked of the driver, and the result of each part."""

import dataclasses

from checker import hashes, jsontext, presence
from checker.admission import admission_difference
from checker.compare import ABSENT, Difference, Rules
from checker.driver import DriverError
from checker.objects import result_difference
from checker.steps import Unsupported, reason_of_unsupported, recorded_before, step_difference
from checker.traces import inputs_of, traces_difference

PARTS = ("admission", "objects", "steps", "traces")


@dataclasses.dataclass(frozen=True)
class Settings:
    """What to compare and how. skips: see skips.py."""

    parts: tuple = PARTS
    exact_hashes: bool = False
    extras: bool = False
    skips: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Result:
    """The result of one part of one case, or of one of its steps. `detail`: the difference, or the reason of a skip."""

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
    """The line that the driver gets: the case as it is, the parts that count, the objects before each step, and the
    inputs of a trace."""
    members = [f'"case": {case_text}', f'"parts": {jsontext.dumps(list(parts))}']
    if "steps" in parts:
        members.append(f'"recorded": {jsontext.dumps(recorded_before(expected))}')
    if "traces" in parts:
        members.append(f'"inputs": {jsontext.dumps(inputs_of(expected["steps"]))}')
    return ("{" + ", ".join(members) + "}\n").encode("utf-8")


def check(line, ask, settings):
    """The results of one line of a case file. `ask` takes a request and returns the answer, or raises DriverError."""
    case_text, case, expected = jsontext.split_case(line)
    parts = [part for part in parts_of(case, expected) if part in settings.parts]
    if not parts:
        return []
    results = []
    for part in parts:
        results += [(part, index) for index in (range(len(expected["steps"])) if part == "steps" else (None,))]
    try:
        answer = jsontext.loads(ask(request_of(case_text, expected, parts)))
    except DriverError as error:
        return [Result(_title(case, index), part, "failed", str(error)) for part, index in results]
    except (ValueError, RecursionError) as error:
        detail = f"the answer is not JSON: {error}"
        return [Result(_title(case, index), part, "failed", detail) for part, index in results]
    comparison = _Comparison(case, expected, answer, settings)
    return [Result(_title(case, index), part, *comparison.verdict(part, index)) for part, index in results]


def _title(case, step):
    return case["name"] if step is None else f"{case['name']}, step {step}"


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

    def verdict(self, part, step=None):
        """(verdict, detail) of one part, or of one step of it."""
        if not isinstance(self.answer, dict) or part not in self.answer:
            return "failed", _text(Difference((part,), "an answer", ABSENT, f"the answer is {_value(self.answer)}"))
        try:
            reason = reason_of_unsupported(self.answer[part])
            if reason:
                raise Unsupported(reason)
            difference = getattr(self, f"_{part}")(*(() if step is None else (step,)))
        except Unsupported as unsupported:
            reason = self.settings.skips.get((part, str(unsupported))) or self.settings.skips.get((part, None))
            if reason:
                return "skipped", f"{reason} ({unsupported})"
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

    def _steps(self, index):
        if not self.objects_seen and "objects" in self.answer:
            self._objects()  # The hashes of the steps go on from those of the first expansion.
        wanted, got = self.expected["steps"], self.answer["steps"]
        if not isinstance(got, list) or len(got) != len(wanted):
            shown = f"{len(got)} steps" if isinstance(got, list) else got
            return Difference(("steps",), f"{len(wanted)} steps", shown)
        reason = reason_of_unsupported(got[index])
        if reason:
            raise Unsupported(reason)
        difference = step_difference(wanted[index], got[index], self.rules, self.settings.extras)
        return difference and difference.below("steps", index)

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
