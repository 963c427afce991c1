"""Compares traces: which objects changed after each event, and what each reconciliation did."""

import dataclasses

from checker.compare import ABSENT, Difference, Rules, first_difference
from checker.normalise import normalise_traced
from checker.objects import object_difference
from checker.steps import Unsupported, list_difference, reason_of_unsupported


class _World:
    """All objects by (kind, name), kept up to date step by step."""

    def __init__(self):
        self.objects = {}

    def apply(self, changes):
        """Applies {"changed", "removed"} and returns the keys that it names."""
        touched = []
        for kind, listed in (changes.get("changed") or {}).items():
            for value in listed:
                touched.append((kind, value["metadata"]["name"]))
                self.objects[touched[-1]] = value
        for gone in changes.get("removed") or []:
            touched.append((gone["kind"], gone["name"]))
            self.objects.pop(touched[-1], None)
        return touched


def _normalise_changes(changes):
    for kind, listed in (changes.get("changed") or {}).items():
        for value in listed:
            normalise_traced(kind, value)


def inputs_of(expected_steps):
    """What the driver is told about each step: when it is, which event it belongs to, and what the event changed."""
    told = ("at", "error", "event", "input", "iteration")
    return [{name: step[name] for name in told if name in step} for step in expected_steps]


def _outcomes(actions):
    """Per round {by: what this reconciliation did}, in a form in which equal means equal under the corpus' rules.

    Actions are a set, but for the order in which pods are created and deleted. Writes of status may be split
    differently over reconciliations; what they wrote is compared with the objects.
    """
    rounds = []
    for one_round in actions:
        outcomes = {}
        for entry in one_round:
            writes = [action for action in entry["actions"] if action["verb"] != "updateStatus"]
            if not writes and "error" not in entry:
                continue
            pods = [
                f"{a['verb']} {a['name']}" for a in writes if a["kind"] == "Pod" and a["verb"] in ("create", "delete")
            ]
            texts = {" ".join(filter(None, (a["verb"], a["kind"], a["name"], a.get("reason")))) for a in writes}
            outcomes.setdefault(entry["by"], []).append(
                {
                    "actions": sorted(texts),
                    "pods": pods,
                    **{name: entry[name] for name in ("error", "requeueAfter") if name in entry},
                }
            )
        rounds.append(outcomes)
    while rounds and not rounds[-1]:
        rounds.pop()
    return rounds


def _actions_difference(wanted, got):
    """Actions of every round, then what the last round left: retry intervals and errors."""
    reason = reason_of_unsupported(got.get("actions"))
    if reason:
        raise Unsupported(reason)
    sides = [{"actions": _outcomes(wanted["actions"])}]
    try:
        sides.append({"actions": _outcomes(got.get("actions", []))})
    except (AttributeError, KeyError, TypeError):
        return Difference(("actions",), "a list of reconciliations per round", got.get("actions", ABSENT))
    for side, step in zip(sides, (wanted, got)):
        side["requeues"] = step.get("requeues")
        side["errors"] = step.get("errors")
    return first_difference(*sides, Rules())


def traces_difference(expected, answer, rules):
    """Objects at the end of each step, then the actions; {"unsupported": ...} as actions leaves only the objects."""
    worlds = _World(), _World()
    rules = dataclasses.replace(rules, clock=True)
    unsupported = []

    def one_difference(index, wanted, got):
        touched = []
        for step in (wanted, got):
            try:
                _normalise_changes(step)
            except (AttributeError, KeyError, TypeError):
                return Difference(("changed",), "{kind: [objects]}", step.get("changed"))
        _normalise_changes(wanted.get("input") or {})
        for world, step in zip(worlds, (wanted, got)):
            world.apply(wanted.get("input") or {})
            try:
                touched += world.apply(step)
            except (AttributeError, KeyError, TypeError):
                return Difference((), "changed and removed objects", step)
        for key in sorted(set(touched)):
            difference = _object_difference(key, *(world.objects.get(key, ABSENT) for world in worlds), rules)
            if difference:
                return difference
        try:
            return _actions_difference(wanted, got)
        except Unsupported as reason:
            unsupported.append(reason)
            return None

    difference = list_difference(expected, answer, one_difference)
    if unsupported and not difference:
        raise unsupported[0]
    return difference


def _object_difference(key, wanted, got, rules):
    if ABSENT in (wanted, got):
        sides = ("an object" if side is not ABSENT else ABSENT for side in (wanted, got))
        return None if wanted is got else Difference(key, *sides)
    difference = object_difference(wanted, got, rules)
    return difference.below(*key) if difference else None
