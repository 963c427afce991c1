"""The verdict, the completed sets, the errors."""

import copy
import json
import unittest

from checker import jsontext
from checker.admission import admission_difference

INVALID = [{"type": "FieldValueInvalid", "field": "spec.a", "badValue": 1, "detail": "no"}]
REMARK = {"type": "FieldValueInvalid", "field": "", "detail": "some validation rules were not checked"}
GOOD = {
    "admitted": True,
    "crdDefaulted": {"spec": {"replicas": 1}},
    "defaulted": {"spec": {"replicas": 1, "a": {}}},
    "schema": [],
    "webhook": [],
    "warnings": ["w"],
    "pruned": ["spec.b", "spec.a"],
}
BAD = {**GOOD, "admitted": False, "schema": [*INVALID, REMARK], "webhook": INVALID}


def path_of(expected, answer, extras=False):
    expected, answer = (jsontext.loads(json.dumps(side)) for side in (expected, answer))
    difference = admission_difference(expected, answer, extras)
    return difference.path if difference else None


def changed(base, **members):
    return {**copy.deepcopy(base), **members}


class Admission(unittest.TestCase):
    def check_all(self, rows):
        for name, expected, answer, path in rows:
            with self.subTest(name):
                self.assertEqual(path_of(expected, answer), path)

    def test_sets(self):
        self.check_all(
            (
                ("same", GOOD, GOOD, None),
                ("no verdict", GOOD, {k: v for k, v in GOOD.items() if k != "admitted"}, "$.admitted"),
                ("verdict", GOOD, changed(GOOD, admitted=False), "$.admitted"),
                ("verdict of another type", GOOD, changed(GOOD, admitted=1), "$.admitted"),
                ("empty member", GOOD, changed(GOOD, defaulted={"spec": {"replicas": 1}}), None),
                ("status", GOOD, changed(GOOD, defaulted={**GOOD["defaulted"], "status": {"a": 1}}), None),
                ("crdDefaulted", GOOD, changed(GOOD, crdDefaulted={}), "$.crdDefaulted.spec"),
                ("defaulted", GOOD, changed(GOOD, defaulted={"spec": {"replicas": 2}}), "$.defaulted.spec.replicas"),
                ("no defaulted", GOOD, changed(GOOD, defaulted=None), "$.defaulted"),
                ("zero", GOOD, changed(GOOD, defaulted={"spec": {"replicas": 1, "b": ""}}), "$.defaulted.spec.b"),
                ("warnings", GOOD, changed(GOOD, warnings=[]), None),
                ("not an object", GOOD, [], "$"),
            )
        )

    def test_errors(self):
        other = [{"type": "FieldValueRequired", "field": "spec.a"}]
        self.check_all(
            (
                ("same", BAD, BAD, None),
                ("without detail", BAD, changed(BAD, webhook=[{"type": "FieldValueInvalid", "field": "spec.a"}]), None),
                ("twice", BAD, changed(BAD, webhook=INVALID * 2), None),
                ("without the remark", BAD, changed(BAD, schema=INVALID), None),
                ("type", BAD, changed(BAD, schema=other), "$.schema"),
                ("missing", BAD, changed(BAD, webhook=[]), "$.webhook"),
                ("one more", BAD, changed(BAD, webhook=INVALID + other), "$.webhook"),
                ("remark in webhook", BAD, changed(BAD, webhook=[*INVALID, REMARK]), "$.webhook"),
                ("no list", BAD, changed(BAD, webhook="x"), "$.webhook"),
            )
        )

    def test_only_the_verdict(self):
        for name in ("decodeError", "mutationError", "webhookPanic"):
            expected = changed(BAD, **{name: "text"})
            self.check_all(
                (
                    (name, expected, {"admitted": False}, None),
                    (name + ", admitted", expected, changed(BAD, admitted=True), "$.admitted"),
                )
            )

    def test_configuration(self):
        expected = {"configError": "unknown profile"}
        self.check_all(
            (
                ("same", expected, {"configError": "other text"}, None),
                ("not refused", expected, GOOD, "$.configError"),
                ("refused", GOOD, changed(GOOD, configError="x"), "$.configError"),
            )
        )

    def test_topologies(self):
        good, bad = {"admitted": True, "schema": []}, {"admitted": False, "schema": INVALID}
        webhook = {"admitted": False, "schema": [], "webhook": INVALID}
        expected = changed(GOOD, topologies={"a": good, "b": bad, "c": webhook})
        path = "$.topologies"
        self.check_all(
            (
                ("same", expected, expected, None),
                ("none", expected, GOOD, f"{path}.a"),
                (
                    "one more",
                    expected,
                    changed(expected, topologies={**expected["topologies"], "d": good}),
                    f"{path}.d",
                ),
                (
                    "verdict",
                    expected,
                    changed(expected, topologies={"a": bad, "b": bad, "c": webhook}),
                    f"{path}.a.admitted",
                ),
                (
                    "webhook not asked",
                    expected,
                    changed(expected, topologies={"a": good, "b": {**bad, "webhook": INVALID}, "c": webhook}),
                    None,
                ),
                (
                    "webhook",
                    expected,
                    changed(expected, topologies={"a": good, "b": bad, "c": {**webhook, "webhook": []}}),
                    f"{path}.c.webhook",
                ),
            )
        )

    def test_old(self):
        expected = changed(GOOD, oldAdmitted=False)
        self.check_all(
            (
                ("same", expected, expected, None),
                ("other", expected, changed(GOOD, oldAdmitted=True), "$.oldAdmitted"),
                ("absent", expected, GOOD, "$.oldAdmitted"),
            )
        )

    def test_extras(self):
        self.assertIsNone(path_of(GOOD, changed(GOOD, pruned=["spec.a", "spec.b"]), extras=True))
        self.assertEqual(path_of(GOOD, changed(GOOD, warnings=[]), extras=True), "$.warnings[0]")
        self.assertEqual(path_of(GOOD, changed(GOOD, pruned=["spec.a"]), extras=True), "$.pruned[1]")
        self.assertEqual(
            path_of(changed(GOOD, schemaRaw=INVALID), changed(GOOD, schemaRaw=[]), extras=True), "$.schemaRaw"
        )
