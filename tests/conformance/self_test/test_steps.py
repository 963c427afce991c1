"""Steps and traces: right answers, wrong ones, and those that the library does not give yet."""

import json
import unittest

from checker import cases
from checker.steps import recorded_before
from checker.traces import inputs_of
from self_test import echo

SKIPS = {("steps", "deletion"): "later", ("traces", None): "later"}


def result_of(line, part, change=None, skips=SKIPS):
    whole = json.loads(line)
    answer = echo.answer_to(whole["case"], whole["expected"])
    if change:
        change(answer)
    settings = cases.Settings(parts=(part,), skips=skips)
    results = cases.check(line, lambda _request: json.dumps(answer).encode(), settings)
    # Every step has a result; the first that is not passed tells most.
    return next((result for result in results if result.verdict != "passed"), results[0])


def pod_of(listed):
    return listed["Pod"][0]


class Steps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = list(echo.lines_of("feature"))
        wholes = [(line, whole) for line, whole in zip(lines, map(json.loads, lines)) if "steps" in whole["case"]]
        cls.lines = [line for line, _ in wholes]
        cls.updated = next(
            line
            for line, whole in wholes
            if any(
                step.get("admission", {}).get("admitted") and "Pod" in step["objects"]
                for step in whole["expected"].get("steps", [])
            )
        )

    def check_fails(self, line, change, path):
        result = result_of(line, "steps", change)
        self.assertEqual(result.verdict, "failed")
        self.assertTrue(result.detail.startswith(path), result.detail)

    def test_right(self):
        for line in self.lines:
            result = result_of(line, "steps")
            self.assertEqual((result.verdict, result.detail), ("passed", ""), result.case)

    def test_wrong(self):
        steps = json.loads(self.updated)["expected"]["steps"]
        index = next(i for i, step in enumerate(steps) if step.get("admission", {}).get("admitted"))
        for name, change, path in (
            (
                "object",
                lambda s: pod_of(s["objects"])["metadata"]["labels"].update(x="y"),
                f"$.steps[{index}].objects.Pod",
            ),
            ("objects", lambda s: s.pop("objects"), f"$.steps[{index}].objects"),
            ("verdict", lambda s: s["admission"].update(admitted=False), f"$.steps[{index}].admission.admitted"),
            ("admission", lambda s: s.pop("admission"), f"$.steps[{index}].admission"),
            ("error", lambda s: s.update(error="no such object"), f"$.steps[{index}].error"),
            (
                "reconcile error",
                lambda s: s.update(reconcileErrors={"Pod/x": "E"}),
                f"$.steps[{index}].reconcileErrors",
            ),
            (
                "hash",
                lambda s: pod_of(s["objects"])["metadata"]["labels"].update({"grove.io/pod-template-hash": "x"}),
                f"$.steps[{index}].objects.Pod",
            ),
        ):
            with self.subTest(name):
                self.check_fails(self.updated, lambda a, change=change: change(a["steps"][index]), path)

    def test_count(self):
        self.check_fails(self.updated, lambda a: a["steps"].pop(), "$.steps")
        self.check_fails(self.updated, lambda a: a["steps"].append(a["steps"][0]), "$.steps")
        self.check_fails(self.updated, lambda a: a.pop("steps"), "$.steps")
        self.check_fails(self.updated, lambda a: a.update(steps="none"), "$.steps")

    def test_hashes_go_on(self):
        """A hash of a later step must be the one that the first expansion had, unless the expected one changed too."""

        def rename(answer):
            text = json.dumps(answer["steps"]).replace(
                '"grove.io/pod-template-hash": "', '"grove.io/pod-template-hash": "x'
            )
            answer["steps"] = json.loads(text)

        self.check_fails(self.updated, rename, "$.steps[0].objects")

    def test_error_class(self):
        name = next(
            whole["case"]["name"]
            for whole in map(json.loads, echo.lines_of("random"))
            if any("error" in step for step in whole["expected"].get("steps", []))
        )
        line, _, expected = echo.case_named("random", name)
        index = next(i for i, step in enumerate(expected["steps"]) if "error" in step)
        self.assertEqual(result_of(line, "steps").verdict, "passed")
        self.check_fails(line, lambda a: a["steps"][index].pop("error"), f"$.steps[{index}].error")
        self.check_fails(line, lambda a: a["steps"][index].update(error="refused: x"), f"$.steps[{index}].error")

    def test_unsupported(self):
        def give_up(answer):
            answer["steps"] = {"unsupported": "deletion"}

        result = result_of(self.updated, "steps", give_up)
        self.assertEqual((result.verdict, result.detail), ("skipped", "later (deletion)"))
        self.assertEqual(result_of(self.updated, "steps", give_up, skips={}).verdict, "failed")
        other = {("steps", "update"): "later"}
        self.assertEqual(result_of(self.updated, "steps", give_up, skips=other).verdict, "failed")

    def test_each_step_counts(self):
        line = next(line for line in self.lines if len(json.loads(line)["case"]["steps"]) > 2)

        def change(answer):
            answer["steps"][0] = {"unsupported": "deletion"}
            answer["steps"][1].pop("objects")

        whole = json.loads(line)
        answer = echo.answer_to(whole["case"], whole["expected"])
        change(answer)
        settings = cases.Settings(parts=("steps",), skips=SKIPS)
        results = cases.check(line, lambda _request: json.dumps(answer).encode(), settings)
        verdicts = [result.verdict for result in results]
        self.assertEqual(verdicts[:3], ["skipped", "failed", "passed"])
        self.assertEqual(results[1].case, f"{whole['case']['name']}, step 1")

    def test_driver_is_told_the_objects_before_each_step(self):
        whole = json.loads(self.updated)
        before = recorded_before(whole["expected"])
        self.assertEqual(len(before), len(whole["expected"]["steps"]))
        self.assertEqual(before[0], whole["expected"]["objects"])
        requests = []

        def ask(request):
            requests.append(json.loads(request))
            return json.dumps(echo.answer_to(whole["case"], whole["expected"])).encode()

        cases.check(self.updated, ask, cases.Settings(parts=("steps",)))
        self.assertEqual(requests[0]["recorded"], before)


class Traces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lines = list(echo.lines_of("trace"))
        cls.line = cls.lines[0]
        cls.steps = json.loads(cls.line)["expected"]["steps"]

    def check_fails(self, change, path):
        result = result_of(self.line, "traces", change)
        self.assertEqual(result.verdict, "failed")
        self.assertTrue(result.detail.startswith(path), result.detail)

    def test_right(self):
        for line in self.lines:
            result = result_of(line, "traces")
            self.assertEqual((result.verdict, result.detail), ("passed", ""), result.case)

    def test_more_than_changed(self):
        """An answer may repeat objects that did not change."""

        def repeat(answer):
            for kind, listed in answer["traces"][0]["changed"].items():
                answer["traces"][-1].setdefault("changed", {}).setdefault(kind, [])
            answer["traces"][-1]["changed"]["Role"] = answer["traces"][0]["changed"]["Role"]

        self.assertEqual(result_of(self.line, "traces", repeat).verdict, "passed")

    def test_objects(self):
        def on_first(change):
            return lambda answer: change(answer["traces"][0])

        for name, change, path in (
            ("label", lambda s: pod_of(s["changed"])["metadata"]["labels"].update(x="y"), "$.traces[0].Pod"),
            ("missing", lambda s: s["changed"]["Pod"].pop(), "$.traces[0].Pod"),
            ("missing kind", lambda s: s["changed"].pop("Role"), "$.traces[0].Role"),
            ("uid", lambda s: pod_of(s["changed"])["metadata"].update(uid="Pod/x/2"), "$.traces[0].Pod"),
            ("time", lambda s: pod_of(s["changed"])["metadata"].update(creationTimestamp=1), "$.traces[0].Pod"),
            ("removed", lambda s: s.update(removed=[{"kind": "Role", "name": "grove.io:pcs:p"}]), "$.traces[0].Role"),
            ("shape", lambda s: s.update(changed=[]), "$.traces[0].Pod"),
            ("shape of an object", lambda s: s["changed"]["Pod"].append(1), "$.traces[0]"),
        ):
            with self.subTest(name):
                self.check_fails(on_first(change), path)

    def test_object_left_over(self):
        line, index = next(
            (line, index)
            for line in self.lines
            for index, step in enumerate(json.loads(line)["expected"]["steps"])
            if any(gone["kind"] == "PodClique" for gone in step.get("removed", []))
        )
        result = result_of(line, "traces", lambda a: a["traces"][index].pop("removed"))
        self.assertEqual(result.verdict, "failed")
        self.assertIn(f"$.traces[{index}].", result.detail)

    def test_actions(self):
        def entry(answer, by):
            return next(e for one in answer["traces"][0]["actions"] for e in one if e["by"] == by)

        pods = "PodClique/p-0-f"
        for name, change, fails in (
            ("set order", lambda a: entry(a, "PodCliqueSet/p")["actions"].reverse(), False),
            ("reconciliations in another order", lambda a: a["traces"][0]["actions"][1].reverse(), False),
            (
                "status written once more",
                lambda a: entry(a, pods)["actions"].append(entry(a, pods)["actions"][0]),
                False,
            ),
            ("status not written", lambda a: entry(a, pods)["actions"].pop(0), False),
            ("pods the other way round", lambda a: entry(a, pods)["actions"].reverse(), True),
            ("one action less", lambda a: entry(a, "PodCliqueSet/p")["actions"].pop(2), True),
            ("another verb", lambda a: entry(a, "PodCliqueSet/p")["actions"][2].update(verb="delete"), True),
            ("retry interval", lambda a: entry(a, "PodCliqueSet/p").update(requeueAfter=7), True),
            ("error", lambda a: entry(a, "PodCliqueSet/p").update(error="ERR"), True),
            ("one round less", lambda a: a["traces"][0]["actions"].pop(0), True),
            ("none", lambda a: a["traces"][0].pop("actions"), True),
            ("shape", lambda a: a["traces"][0].update(actions=[[{"by": 1}]]), True),
            ("retries left", lambda a: a["traces"][0].update(requeues={"PodCliqueSet/p": 9}), True),
            ("errors left", lambda a: a["traces"][0].update(errors={"PodCliqueSet/p": "ERR"}), True),
        ):
            with self.subTest(name):
                if fails:
                    self.check_fails(change, "$.traces[0].")
                else:
                    self.assertEqual(result_of(self.line, "traces", change).verdict, "passed")

    def test_objects_without_actions(self):
        def give_up(answer):
            for step in answer["traces"]:
                step["actions"] = {"unsupported": "no actions"}

        self.assertEqual(result_of(self.line, "traces", give_up).verdict, "skipped")

        def and_wrong(answer):
            give_up(answer)
            answer["traces"][-1]["removed"] = [{"kind": "Role", "name": "grove.io:pcs:p"}]

        self.check_fails(and_wrong, f"$.traces[{len(self.steps) - 1}].Role")

    def test_inputs(self):
        inputs = inputs_of(self.steps)
        self.assertEqual(len(inputs), len(self.steps))
        self.assertEqual((inputs[0]["at"], inputs[0]["event"]), (0, None))
        self.assertEqual(list(inputs[0]["input"]["changed"]), ["PodCliqueSet"])
        self.assertEqual(set(inputs[1]), {"at", "event", "input"})
        self.assertTrue(all("changed" not in step and "actions" not in step for step in inputs))
