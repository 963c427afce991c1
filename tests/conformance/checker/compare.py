"""The first difference between two trees, under the rules of the corpus."""

import dataclasses
import re

from checker import hashes, presence

# Times of which only the presence counts, unless a trace gives the clock.
TIME_MEMBERS = frozenset({"deletionTimestamp", "updateEndedAt", "updateStartedAt"})


class _Absent:
    def __repr__(self):
        return "(absent)"


ABSENT = _Absent()


@dataclasses.dataclass(frozen=True)
class Difference:
    """Where two trees differ first: member names and list indices from the root, and what each side has there."""

    steps: tuple
    expected: object
    actual: object
    remark: str = ""

    def below(self, *steps):
        return dataclasses.replace(self, steps=(*steps, *self.steps))

    @property
    def path(self):
        return "$" + "".join(_step_text(step) for step in self.steps)


def _step_text(step):
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if re.fullmatch(r"\w+", step) else f'["{step}"]'


@dataclasses.dataclass(frozen=True)
class Rules:
    """What counts as equal beyond JSON equality with numbers by value.

    hashes: compares hashes, and remembers all that it meets; None: there are none in these trees.
    zeros: members whose explicit zero may be absent, if their type does not track presence.
    clock: times are compared; without, only whether there is one.
    """

    hashes: object = None
    zeros: frozenset = frozenset()
    clock: bool = True


def first_difference(expected, actual, rules, holder=""):
    """None if the trees are equal, else a Difference. `holder` is the member that holds them."""
    return _compare(expected, actual, rules, holder, below_volumes=False)


def _compare(expected, actual, rules, holder, below_volumes):
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _compare_members(expected, actual, rules, holder, below_volumes)
    if isinstance(expected, list) and isinstance(actual, list):
        return _compare_elements(expected, actual, rules, holder, below_volumes)
    return None if expected == actual else Difference((), expected, actual)


def _compare_members(expected, actual, rules, holder, below_volumes):
    names = expected if expected.keys() == actual.keys() else [*expected, *(n for n in actual if n not in expected)]
    for name in names:
        difference = _compare_member(
            expected.get(name, ABSENT), actual.get(name, ABSENT), name, rules, holder, below_volumes
        )
        if difference:
            return difference.below(name)
    return None


def _compare_member(expected, actual, name, rules, holder, below_volumes):
    if name in hashes.HASH_MEMBERS and rules.hashes and isinstance(expected, str) and isinstance(actual, str):
        if rules.hashes.same(expected, actual):
            return None
        return Difference((), expected, actual, rules.hashes.remark(expected, actual))
    # Equal trees need a walk only for the hashes in them.
    if expected == actual and (rules.hashes is None or not isinstance(expected, (dict, list))):
        return None
    says_nothing = [_says_nothing(side, name, rules, holder, below_volumes) for side in (expected, actual)]
    if all(says_nothing):
        return None
    if ABSENT in (expected, actual):
        return Difference((), expected, actual)
    if not rules.clock and name in TIME_MEMBERS and not any(says_nothing):
        return None
    return _compare(expected, actual, rules, name, below_volumes or name == "volumes")


def _compare_elements(expected, actual, rules, holder, below_volumes):
    for index, (one, other) in enumerate(zip(expected, actual)):
        difference = _compare(one, other, rules, holder, below_volumes)
        if difference:
            return difference.below(index)
    shorter = min(len(expected), len(actual))
    if len(expected) != len(actual):
        rest = [side[shorter] if len(side) > shorter else ABSENT for side in (expected, actual)]
        return Difference((shorter,), *rest)
    return None


def _says_nothing(value, name, rules, holder, below_volumes):
    """Whether a member with this value is the same as none."""
    if value is ABSENT:
        return True
    if name in rules.zeros and presence.is_zero(value):
        return presence.may_vanish(holder, name)
    if below_volumes:
        return False
    if isinstance(value, dict):
        inside = name == "volumes"
        return all(_says_nothing(member, key, rules, name, inside) for key, member in value.items())
    return value is None or value == []
