"""What is taken out of live objects, and what is not."""

import json
import unittest

from checker.normalise import normalise, normalise_traced


def normalised(kind, text, how=normalise):
    value = json.loads(text)
    how(kind, value)
    return value


class Live(unittest.TestCase):
    CASES = (
        (
            "server's metadata",
            "Service",
            '{"metadata": {"name": "x", "uid": "u", "generation": 1}}',
            {"metadata": {"name": "x"}},
        ),
        (
            "owner's uid",
            "Pod",
            '{"metadata": {"ownerReferences": [{"name": "o", "uid": "u", "controller": true}]}}',
            {"metadata": {"ownerReferences": [{"name": "o", "controller": True}]}},
        ),
        ("data of secrets", "Secret", '{"data": {"t": "x"}, "type": "y"}', {"type": "y"}),
        ("foreign status", "Service", '{"status": {"loadBalancer": {}}}', {}),
        ("own status", "PodClique", '{"status": {"replicas": 1}}', {"status": {"replicas": 1}}),
        ("last errors", "PodClique", '{"status": {"lastErrors": [{"code": "E"}]}}', {"status": {}}),
        (
            "conditions",
            "Pod",
            '{"status": {"conditions": [{"type": "B", "message": "m", "lastTransitionTime": "t", "reason": "r"},'
            ' {"type": "A"}]}}',
            {"status": {"conditions": {"A": {"type": "A"}, "B": {"type": "B", "reason": "r"}}}},
        ),
        (
            "flapping annotation",
            "PodGang",
            '{"metadata": {"annotations": {"kai.scheduler/skip-podgrouper": "true", "a": "b"}}}',
            {"metadata": {"annotations": {"a": "b"}}},
        ),
        (
            "the same annotation elsewhere",
            "Pod",
            '{"metadata": {"annotations": {"kai.scheduler/skip-podgrouper": "true"}}}',
            {"metadata": {"annotations": {"kai.scheduler/skip-podgrouper": "true"}}},
        ),
        ("uid in a spec", "Pod", '{"spec": {"uid": "u", "data": 1}}', {"spec": {"uid": "u", "data": 1}}),
        (
            "two conditions of a type",
            "Pod",
            '{"status": {"conditions": [{"type": "A"}, {"type": "A"}]}}',
            {"status": {"conditions": [{"type": "A"}, {"type": "A"}]}},
        ),
        (
            "odd shapes",
            "Pod",
            '{"metadata": 1, "status": {"conditions": [1, {}]}}',
            {"metadata": 1, "status": {"conditions": [1, {}]}},
        ),
    )

    def test_all(self):
        for name, kind, text, expected in self.CASES:
            with self.subTest(name):
                self.assertEqual(normalised(kind, text), expected)

    def test_not_an_object(self):
        value = ["x"]
        normalise("Pod", value)
        self.assertEqual(value, ["x"])


class Traced(unittest.TestCase):
    def test_times_and_ids_stay(self):
        text = '{"metadata": {"uid": "PodClique/x/1", "creationTimestamp": 0, "generation": 2}}'
        self.assertEqual(normalised("PodClique", text, normalise_traced), json.loads(text))

    def test_generation_of_pods(self):
        self.assertEqual(normalised("Pod", '{"metadata": {"generation": 2}}', normalise_traced), {"metadata": {}})

    def test_conditions_keep_their_time(self):
        text = '{"status": {"conditions": [{"type": "A", "message": "m", "lastTransitionTime": 3}]}}'
        expected = {"status": {"conditions": {"A": {"type": "A", "lastTransitionTime": 3}}}}
        self.assertEqual(normalised("Pod", text, normalise_traced), expected)

    def test_errors_keep_code_and_time(self):
        text = '{"status": {"lastErrors": [{"code": "E", "description": "d", "observedAt": 3}]}}'
        expected = {"status": {"lastErrors": [{"code": "E", "observedAt": 3}]}}
        self.assertEqual(normalised("PodClique", text, normalise_traced), expected)
