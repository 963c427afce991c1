"""Which explicit zeros may vanish."""

import unittest

from checker import jsontext, presence


class ExplicitZeros(unittest.TestCase):
    CASES = (
        ("none", '{"a": 1, "b": "x", "c": true, "d": null, "e": {}}', set()),
        ("each kind", '{"a": 0, "b": "", "c": false, "d": 0.0}', {"a", "b", "c", "d"}),
        ("deep", '{"l": [{"a": [{"b": false}]}]}', {"b"}),
        ("tracked", '{"terminationGracePeriodSeconds": 0, "minAvailable": 0, "tty": false}', {"tty"}),
        ("tracked by place", '{"csi": {"readOnly": false}}', set()),
        ("plain by place", '{"nfs": {"readOnly": false}}', {"readOnly"}),
        ("replicas of a set", '{"spec": {"replicas": 0}}', {"replicas"}),
        ("replicas of a group", '{"podCliqueScalingGroups": [{"replicas": 0}]}', set()),
        ("labels", '{"labels": {"x": ""}, "nodeSelector": {"y": ""}}', set()),
    )

    def test_all(self):
        for name, text, expected in self.CASES:
            with self.subTest(name):
                self.assertEqual(presence.explicit_zeros(jsontext.loads(text)), expected)
