"""Compares what admission made of a manifest."""

from checker import jsontext
from checker.compare import ABSENT, Difference, Rules, first_difference

# After one of these only the verdict says something.
_BROKEN_OFF = ("decodeError", "mutationError", "webhookPanic")


def _pairs(errors):
    """The set of (type, field) of a list of errors, without the remark that some rules were not checked."""
    if errors is None:
        return set()
    if not isinstance(errors, list) or not all(isinstance(error, dict) for error in errors):
        return None
    return {(error.get("type"), error.get("field")) for error in errors if error.get("field")}


def _listed(pairs):
    return sorted(f"{kind} {field}" for kind, field in pairs)


def _errors_difference(name, expected, answer):
    wanted, got = _pairs(expected.get(name)), _pairs(answer.get(name))
    if got is None:
        return Difference((name,), "a list of errors", answer[name])
    # The webhook's entry without a field is an error like any other; only the schema has the remark.
    if name == "webhook":
        for side, pairs in ((expected, wanted), (answer, got)):
            pairs |= {(error.get("type"), "") for error in side.get(name) or [] if not error.get("field")}
    if wanted == got:
        return None
    return Difference(
        (name,),
        {"missing": _listed(wanted - got)} if wanted - got else _listed(wanted),
        {"unexpected": _listed(got - wanted)} if got - wanted else _listed(got),
    )


def _verdict_difference(name, expected, answer):
    wanted, got = expected.get(name, ABSENT), answer.get(name, ABSENT)
    return None if wanted is got else Difference((name,), wanted, got, _reasons(answer))


def _reasons(answer):
    """What the answer says about a verdict that differs."""
    found = [answer[name] for name in ("configError", *_BROKEN_OFF) if answer.get(name)]
    found += [error for name in ("schema", "webhook") for error in answer.get(name) or []]
    return f"because of {jsontext.dumps(found[0])}" if found else ""


def _tree_difference(name, expected, answer):
    """For `crdDefaulted` and `defaulted`: the set without its status."""
    sides = [side.get(name, ABSENT) for side in (expected, answer)]
    if not isinstance(sides[1], dict):
        return Difference((name,), *sides)
    sides = [{member: value for member, value in side.items() if member != "status"} for side in sides]
    difference = first_difference(*sides, Rules())
    return difference.below(name) if difference else None


def _topologies_difference(expected, answer):
    wanted, got = ({**(side.get("topologies") or {})} for side in (expected, answer))
    for name in sorted({*wanted, *got}):
        if name not in wanted or name not in got:
            return Difference(("topologies", name), wanted.get(name, ABSENT), got.get(name, ABSENT))
        # The webhook was asked only about those without schema errors.
        lists = ("schema",) if _pairs(wanted[name].get("schema")) else ("schema", "webhook")
        for difference in (
            _verdict_difference("admitted", wanted[name], got[name]),
            *(_errors_difference(errors, wanted[name], got[name]) for errors in lists),
        ):
            if difference:
                return difference.below("topologies", name)
    return None


def _extras_difference(expected, answer):
    """What the corpus has but does not ask to compare: warnings in their order, pruned paths, errors of the raw set."""
    if "schemaRaw" in answer:
        difference = _errors_difference("schemaRaw", expected, answer)
        if difference:
            return difference
    sides = [
        {"warnings": side.get("warnings"), "pruned": sorted(side.get("pruned") or [])} for side in (expected, answer)
    ]
    return first_difference(*sides, Rules())


def admission_difference(expected, answer, extras=False):
    """The first difference of two results of admission, the coarse ones first."""
    if not isinstance(answer, dict):
        return Difference((), "the result of admission", answer)
    if bool(expected.get("configError")) != bool(answer.get("configError")):
        return Difference(("configError",), expected.get("configError", ABSENT), answer.get("configError", ABSENT))
    if expected.get("configError"):
        return None
    difference = _verdict_difference("admitted", expected, answer)
    if difference or any(expected.get(name) for name in _BROKEN_OFF):
        return difference
    for name in ("crdDefaulted", "defaulted"):
        difference = _tree_difference(name, expected, answer)
        if difference:
            return difference
    for name in ("schema", "webhook"):
        difference = _errors_difference(name, expected, answer)
        if difference:
            return difference
    difference = _topologies_difference(expected, answer)
    if not difference and "oldAdmitted" in expected:
        difference = _verdict_difference("oldAdmitted", expected, answer)
    if not difference and extras:
        difference = _extras_difference(expected, answer)
    return difference
