"""Compares the objects of a fixed point: {kind: [objects]}."""

import dataclasses

from checker.compare import ABSENT, Difference, Rules, first_difference
from checker.normalise import normalise

# Where hashes are; the rest of an object is compared without looking for them.
_WITH_HASHES = frozenset({"metadata", "status"})


def object_difference(expected, actual, rules):
    """The first difference of two normalised objects."""
    if not isinstance(actual, dict):
        return Difference((), expected, actual)
    elsewhere = dataclasses.replace(rules, zeros=frozenset())
    spec = dataclasses.replace(rules, hashes=None)
    for name in (*expected, *(n for n in actual if n not in expected)):
        # Explicit zeros of the manifest end up below `spec`; what the status says is Grove's own.
        part_rules = spec if name not in _WITH_HASHES else elsewhere
        if name not in ("spec", *_WITH_HASHES):
            part_rules = dataclasses.replace(spec, zeros=frozenset())
        sides = [{name: side[name]} if name in side else {} for side in (expected, actual)]
        difference = first_difference(*sides, part_rules)
        if difference:
            return difference
    return None


def _keyed(kind, listed):
    """Objects by namespace/name, in this order; a Difference if the list is not one of objects with unique names.

    The name of a pod ends in its index with four digits, so this order is that of PodCliques and indices.
    """
    if not isinstance(listed, list):
        return Difference((kind,), "a list of objects", listed)
    keyed = {}
    for index, value in enumerate(listed):
        metadata = value.get("metadata") if isinstance(value, dict) else None
        if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
            return Difference((kind, index), "an object with a name", value)
        key = f"{metadata.get('namespace', '')}/{metadata['name']}".removeprefix("/")
        if key in keyed:
            return Difference((kind, key), "one object of this name", "several")
        keyed[key] = value
    return dict(sorted(keyed.items()))


def objects_difference(expected, actual, rules):
    """The first difference of two sets of objects as they come; both are normalised on the way."""
    if not isinstance(actual, dict):
        return Difference((), expected, actual)
    for kind in sorted({*expected, *actual}):
        sides = [_keyed(kind, side[kind] if side.get(kind) is not None else []) for side in (expected, actual)]
        for side in sides:
            if isinstance(side, Difference):
                return side
        difference = _kind_difference(kind, *sides, rules)
        if difference:
            return difference.below(kind)
    return None


def _kind_difference(kind, expected, actual, rules):
    for key in sorted({*expected, *actual}):
        if key not in actual or key not in expected:
            return Difference((key,), *("an object" if key in side else ABSENT for side in (expected, actual)))
        normalise(kind, expected[key])
        normalise(kind, actual[key])
        difference = object_difference(expected[key], actual[key], rules)
        if difference:
            return difference.below(key)
    return None


def result_difference(expected, answer, rules):
    """Objects and the errors at which reconcilers keep failing: a first expansion, or the state after a step."""
    difference = objects_difference(expected.get("objects", {}), answer.get("objects", {}), rules)
    if difference:
        return difference.below("objects")
    sides = [{"reconcileErrors": side.get("reconcileErrors")} for side in (expected, answer)]
    return first_difference(*sides, Rules())
