"""The rules of equality, one by one."""

import unittest

from checker import jsontext
from checker.compare import Rules, first_difference
from checker.hashes import Exact, Renaming


def difference_of(expected, actual, **rules):
    return first_difference(jsontext.loads(expected), jsontext.loads(actual), Rules(**rules))


class Equal(unittest.TestCase):
    CASES = (
        ("absent is null", '{"a": {}}', '{"a": {"b": null}}', {}),
        ("absent is {}", '{"a": 1}', '{"a": 1, "b": {}}', {}),
        ("absent is []", '{"a": 1, "b": []}', '{"a": 1}', {}),
        ("null is {}", '{"b": null}', '{"b": {}}', {}),
        ("[] is {}", '{"b": []}', '{"b": {}}', {}),
        ("empty inside empty", '{"a": {"b": {"c": []}}}', "{}", {}),
        ("volumes itself", '{"volumes": []}', "{}", {}),
        ("beside volumes", '{"volumes": [{"name": "v"}], "a": {}}', '{"volumes": [{"name": "v"}]}', {}),
        ("an element's member", '{"l": [{"resources": {}}]}', '{"l": [{}]}', {}),
        ("order of members", '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', {}),
        ("1 is 1.0", '{"a": 1}', '{"a": 1.0}', {}),
        ("10 is 1e1", '{"a": 10}', '{"a": 1e1}', {}),
        ("0 is -0", '{"a": 0}', '{"a": -0}', {}),
        ("plain empty string", '{"c": [{"dnsPolicy": "", "x": 1}]}', '{"c": [{"x": 1}]}', {"zeros": {"dnsPolicy"}}),
        ("plain false", "{}", '{"stdin": false}', {"zeros": {"stdin"}}),
        ("plain 0", '{"hostPort": 0}', "{}", {"zeros": {"hostPort"}}),
        ("zero is null", '{"hostPort": 0}', '{"hostPort": null}', {"zeros": {"hostPort"}}),
        ("zero below volumes", '{"volumes": [{"c": {"name": ""}}]}', '{"volumes": [{"c": {}}]}', {"zeros": {"name"}}),
        (
            "plain readOnly",
            '{"volumeMounts": [{"readOnly": false}]}',
            '{"volumeMounts": [{}]}',
            {"zeros": {"readOnly"}},
        ),
        ("time without clock", '{"updateEndedAt": "<time>"}', '{"updateEndedAt": "2026-08-01"}', {"clock": False}),
    )

    def test_all(self):
        for name, expected, actual, rules in self.CASES:
            with self.subTest(name):
                self.assertIsNone(difference_of(expected, actual, **rules))
                self.assertIsNone(difference_of(actual, expected, **rules))


class Different(unittest.TestCase):
    CASES = (
        ("value", '{"a": {"b": 1}}', '{"a": {"b": 2}}', "$.a.b", {}),
        ("missing member", '{"a": {"b": "x"}}', '{"a": {}}', "$.a.b", {}),
        ("missing tree", '{"a": {"b": "x"}}', "{}", "$.a", {}),
        ("name that needs quotes", '{"a": {"b/c": "x"}}', '{"a": {"b/c": "y"}}', '$.a["b/c"]', {}),
        ("false is not absent", '{"a": false}', "{}", "$.a", {}),
        ("0 is not absent", '{"a": 0}', "{}", "$.a", {}),
        ("empty string is not absent", '{"a": ""}', "{}", "$.a", {}),
        ("0 is not false", '{"a": 0}', '{"a": false}', "$.a", {}),
        ("1 is not true", '{"a": 1}', '{"a": true}', "$.a", {}),
        ("1 is not true, deep", '{"a": [[{"b": 1}]]}', '{"a": [[{"b": true}]]}', "$.a[0][0].b", {}),
        ("1 is not '1'", '{"a": 1}', '{"a": "1"}', "$.a", {}),
        ("empty string is not {}", '{"a": ""}', '{"a": {}}', "$.a", {}),
        ("large integers", '{"a": 9007199254740993}', '{"a": 9007199254740992}', "$.a", {}),
        ("order of elements", '{"l": ["a", "b"]}', '{"l": ["b", "a"]}', "$.l[0]", {}),
        ("missing element", '{"l": ["a", "b"]}', '{"l": ["a"]}', "$.l[1]", {}),
        ("one more element", '{"l": ["a"]}', '{"l": ["a", "b"]}', "$.l[1]", {}),
        ("an empty element counts", '{"l": [{}]}', '{"l": []}', "$.l", {}),
        ("{} in a list is not null", '{"l": [{}]}', '{"l": [null]}', "$.l[0]", {}),
        ("emptyDir", '{"volumes": [{"emptyDir": {}}]}', '{"volumes": [{}]}', "$.volumes[0].emptyDir", {}),
        ("a volume's null", '{"volumes": [{"v": {"a": null}}]}', '{"volumes": [{"v": {}}]}', "$.volumes[0].v.a", {}),
        ("volumes with emptyDir", '{"a": {"volumes": [{"emptyDir": {}}]}}', "{}", "$.a", {}),
        ("zero of another member", '{"a": false, "b": false}', '{"a": false}', "$.b", {"zeros": {"a"}}),
        ("zero is not one", '{"hostPort": 0}', '{"hostPort": 1}', "$.hostPort", {"zeros": {"hostPort"}}),
        ("zero is not one absent", "{}", '{"hostPort": 1}', "$.hostPort", {"zeros": {"hostPort"}}),
        ("tracked", '{"optional": false}', "{}", "$.optional", {"zeros": {"optional"}}),
        ("tracked in csi", '{"csi": {"readOnly": false}}', '{"csi": {}}', "$.csi", {"zeros": {"readOnly"}}),
        ("label", '{"labels": {"a": ""}}', '{"labels": {}}', "$.labels", {"zeros": {"a"}}),
        ("no time", '{"updateEndedAt": "<time>"}', "{}", "$.updateEndedAt", {"clock": False}),
        ("no time expected", "{}", '{"updateEndedAt": "<time>"}', "$.updateEndedAt", {"clock": False}),
        ("empty time", '{"updateEndedAt": "<time>"}', '{"updateEndedAt": null}', "$.updateEndedAt", {"clock": False}),
        ("time with clock", '{"updateEndedAt": 10}', '{"updateEndedAt": 20}', "$.updateEndedAt", {}),
    )

    def test_all(self):
        for name, expected, actual, path, rules in self.CASES:
            with self.subTest(name):
                difference = difference_of(expected, actual, **rules)
                self.assertIsNotNone(difference)
                self.assertTrue(difference.path.startswith(path), difference.path)
                self.assertIsNotNone(difference_of(actual, expected, **rules))


class Hashes(unittest.TestCase):
    def test_renaming(self):
        expected = '{"a": {"podTemplateHash": "x"}, "b": {"podTemplateHash": "%s"}}'
        actual = '{"a": {"podTemplateHash": "1"}, "b": {"podTemplateHash": "%s"}}'
        for one, other, same in (("x", "1", True), ("y", "2", True), ("x", "2", False), ("y", "1", False)):
            with self.subTest(f"{one} {other}"):
                difference = difference_of(expected % one, actual % other, hashes=Renaming())
                self.assertEqual(difference is None, same)
                if difference:
                    self.assertEqual(difference.path, "$.b.podTemplateHash")
                    self.assertIn("elsewhere", difference.remark)

    def test_equal_trees_are_remembered(self):
        renaming = Renaming()
        rules = Rules(hashes=renaming)
        tree = jsontext.loads('{"metadata": {"labels": {"grove.io/pod-template-hash": "x"}}}')
        self.assertIsNone(first_difference(tree, tree, rules))
        self.assertFalse(renaming.same("x", "y"))
        self.assertFalse(renaming.same("y", "x"))

    def test_exact(self):
        self.assertIsNone(difference_of('{"podTemplateHash": "x"}', '{"podTemplateHash": "x"}', hashes=Exact()))
        self.assertIsNotNone(difference_of('{"podTemplateHash": "x"}', '{"podTemplateHash": "y"}', hashes=Exact()))

    def test_missing(self):
        self.assertIsNotNone(difference_of('{"podTemplateHash": "x"}', "{}", hashes=Renaming()))
        self.assertIsNotNone(difference_of('{"podTemplateHash": "x"}', '{"podTemplateHash": 1}', hashes=Renaming()))

    def test_other_members_are_no_hashes(self):
        self.assertIsNotNone(difference_of('{"hash": "x"}', '{"hash": "y"}', hashes=Renaming()))


class Text(unittest.TestCase):
    def test_refused(self):
        for name, text in (
            ("duplicate member", '{"a": 1, "a": 1}'),
            ("duplicate member, deep", '[{"b": {"a": 1, "a": 2}}]'),
            ("NaN", '{"a": NaN}'),
            ("not UTF-8", b'{"a": "\xff"}'),
            ("rest", "{} {}"),
        ):
            with self.subTest(name), self.assertRaises(ValueError):
                jsontext.loads(text)

    def test_case_text_is_passed_on(self):
        line = b'{"case": {"a": 1.0,  "b": 1e2}, "expected": {"c": 1}}\n'
        text, case, expected = jsontext.split_case(line)
        self.assertEqual(text, '{"a": 1.0,  "b": 1e2}')
        self.assertEqual(case, jsontext.loads('{"a": 1, "b": 100}'))
        self.assertEqual(expected, jsontext.loads('{"c": 1}'))

    def test_other_order(self):
        text, case, expected = jsontext.split_case(b'{"expected": {"c": 1}, "case": {"a": 1.5}}')
        self.assertEqual((jsontext.loads(text), case), (jsontext.loads('{"a": 1.5}'),) * 2)
        self.assertEqual(expected, jsontext.loads('{"c": 1}'))

    def test_round_trip(self):
        text = '{"a": [1, 1.5, true, null, "ü"], "b": 18446744073709551616}'
        self.assertEqual(jsontext.dumps(jsontext.loads(text)), text)
