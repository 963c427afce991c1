"""Right answers made wrong in one place: each must be caught. Right answers in other words: none may be."""

import json
import random
import unittest

from checker import cases
from self_test import echo

# So many cases: enough that each change finds its place in one, few enough to be quick.
CASES = 10


def objects_of(answer, kind):
    return answer.get("objects", {}).get(kind, [])


def first(answer, kind):
    listed = objects_of(answer, kind)
    return listed[len(listed) // 2] if listed else None


def env_of(answer):
    """A list of at least two environment variables of a pod."""
    for pod in objects_of(answer, "Pod"):
        for container in pod["spec"]["containers"]:
            if len(container.get("env", [])) > 1:
                return container["env"]
    return None


def containers_of(answer):
    pod = first(answer, "Pod")
    return pod["spec"]["containers"] if pod else None


def status_of(answer, kind):
    value = first(answer, kind)
    return value.get("status") if value else None


def conditions_of(answer):
    return (status_of(answer, "PodClique") or {}).get("conditions")


def change_label(answer):
    labels = first(answer, "Pod")["metadata"]["labels"]
    labels["grove.io/podgang"] += "x"


def drop_empty_dir(answer):
    volumes = [volume for pod in objects_of(answer, "Pod") for volume in pod["spec"].get("volumes", [])]
    return next(volume for volume in volumes if volume.get("emptyDir") == {}).pop("emptyDir")


def one_hash_differs(answer):
    pods = objects_of(answer, "Pod")
    if len(pods) < 2:
        return False
    pods[-1]["metadata"]["labels"]["grove.io/pod-template-hash"] = "cafe"
    return True


def all_hashes_same(answer):
    text = json.dumps(answer["objects"])
    found = sorted(hashes_in(answer["objects"]))
    if len(found) < 2:
        return False
    for value in found:
        text = text.replace(f'"{value}"', '"cafe"')
    answer["objects"] = json.loads(text)
    return True


def hashes_in(value):
    from checker.hashes import HASH_MEMBERS

    if isinstance(value, dict):
        own = {member for name, member in value.items() if name in HASH_MEMBERS}
        return own.union(*map(hashes_in, value.values()))
    return set().union(*map(hashes_in, value)) if isinstance(value, list) else set()


def swap_hash_in_status(answer):
    status = status_of(answer, "PodClique")
    status["currentPodTemplateHash"] = "cafe"


def remove_volume_mount(answer):
    for container in containers_of(answer):
        if container.get("volumeMounts"):
            container["volumeMounts"].pop()
            return True
    return False


# (name, what to do; False or an error: the answer has no such place)
WRONG = (
    ("label changed", change_label),
    ("label dropped", lambda a: first(a, "PodClique")["metadata"]["labels"].pop("app.kubernetes.io/name")),
    ("label added", lambda a: first(a, "Service")["metadata"]["labels"].update(extra="")),
    ("finalizer dropped", lambda a: first(a, "PodClique")["metadata"].pop("finalizers")),
    ("owner changed", lambda a: first(a, "Role")["metadata"]["ownerReferences"][0].update(name="other")),
    ("owner's flag", lambda a: first(a, "Role")["metadata"]["ownerReferences"][0].update(controller=False)),
    ("variable dropped", lambda a: env_of(a).pop(0) and True),
    ("variable dropped at the end", lambda a: env_of(a).pop() and True),
    ("variables swapped", lambda a: env_of(a).insert(0, env_of(a).pop(1))),
    ("variable twice", lambda a: env_of(a).append(env_of(a)[0])),
    ("variable's value", lambda a: env_of(a)[0].update(value="other")),
    ("pod missing", lambda a: objects_of(a, "Pod").pop() and True),
    ("pod twice", lambda a: objects_of(a, "Pod").append(objects_of(a, "Pod")[0])),
    ("pod too many", lambda a: objects_of(a, "Pod").append({"metadata": {"name": "x-~0000", "namespace": "default"}})),
    ("pod's index", lambda a: first(a, "Pod")["metadata"]["labels"].update({"grove.io/podclique-pod-index": "77"})),
    ("pod renamed", lambda a: first(a, "Pod")["metadata"].update(name="x-0-w-~0000")),
    ("kind missing", lambda a: a["objects"].pop("Role")),
    ("kind too many", lambda a: a["objects"].update(ConfigMap=[{"metadata": {"name": "x"}}])),
    ("namespace", lambda a: first(a, "Secret")["metadata"].update(namespace="other")),
    ("hash of one pod", one_hash_differs),
    ("hash of one status", swap_hash_in_status),
    ("different hashes alike", all_hashes_same),
    ("emptyDir", drop_empty_dir),
    ("volume mount", remove_volume_mount),
    (
        "number as text",
        lambda a: first(a, "PodClique")["spec"].update(replicas=str(first(a, "PodClique")["spec"]["replicas"])),
    ),
    ("number as boolean", lambda a: first(a, "PodClique")["spec"].update(replicas=True)),
    ("tracked false", lambda a: first(a, "ServiceAccount").update(automountServiceAccountToken=False)),
    ("tracked absent", lambda a: first(a, "ServiceAccount").pop("automountServiceAccountToken")),
    ("gate dropped", lambda a: first(a, "Pod")["spec"].pop("schedulingGates") and True),
    ("gang's minimum", lambda a: first(a, "PodGang")["spec"]["podgroups"][0].update(minReplicas=99)),
    ("gang's pod", lambda a: first(a, "PodGang")["spec"]["podgroups"][0]["podReferences"].pop() and True),
    ("service's selector", lambda a: first(a, "Service")["spec"]["selector"].update(x="y")),
    ("status counts", lambda a: status_of(a, "PodClique").update(scheduledReplicas=99)),
    ("status zero dropped", lambda a: status_of(a, "PodClique").pop("readyReplicas")),
    ("condition's status", lambda a: conditions_of(a)[0].update(status="Unknown")),
    ("condition's reason", lambda a: conditions_of(a)[0].update(reason="Other")),
    ("condition dropped", lambda a: conditions_of(a).pop() and True),
    ("condition twice", lambda a: conditions_of(a).append(dict(conditions_of(a)[0]))),
    ("time dropped", lambda a: status_of(a, "PodClique")["updateProgress"].pop("updateEndedAt")),
    ("reconcile error", lambda a: a.update(reconcileErrors={"PodCliqueSet/x": "ERR"})),
    ("spec dropped", lambda a: first(a, "PodClique").pop("spec") and True),
    ("objects missing", lambda a: a.pop("objects") and True),
    ("objects no map", lambda a: a.update(objects=[])),
    ("kind no list", lambda a: a["objects"].update(Pod={"a": 1})),
    ("object no map", lambda a: a["objects"]["Pod"].append(7)),
    ("spec no map", lambda a: first(a, "PodClique").update(spec=[1])),
    ("unsupported", lambda a: a.update(objects={"unsupported": "expansion"})),
)


def shuffle_lists(answer):
    for listed in answer["objects"].values():
        random.Random(7).shuffle(listed)


def without_empties(value, below_volumes=False):
    if isinstance(value, list):
        return [without_empties(element, below_volumes) for element in value]
    if not isinstance(value, dict):
        return value
    members = ((n, without_empties(m, below_volumes or n == "volumes")) for n, m in value.items())
    return {n: m for n, m in members if below_volumes or m not in (None, {}, [])}


def drop_empties(answer):
    answer["objects"] = without_empties(answer["objects"])


def rename_hashes(answer):
    text = json.dumps(answer)
    for index, value in enumerate(sorted(hashes_in(answer))):
        text = text.replace(f'"{value}"', f'"renamed-{index}"')
    answer.clear()
    answer.update(json.loads(text))


def each_object(change):
    def change_all(answer):
        for kind, listed in answer["objects"].items():
            for value in listed:
                change(kind, value)

    return change_all


def reword_conditions(_kind, value):
    conditions = value.get("status", {}).get("conditions", [])
    conditions.reverse()
    for condition in conditions:
        condition.update(message="other words", lastTransitionTime="2026-08-01T00:00:00Z")


def add_server_metadata(_kind, value):
    value["metadata"].update(uid="u", resourceVersion="7", generation=3, creationTimestamp=None)


def add_foreign_status(kind, value):
    if kind in ("Service", "HorizontalPodAutoscaler"):
        value["status"] = {"x": 1}


def real_times(_kind, value):
    progress = value.get("status", {}).get("updateProgress", {})
    for name in progress:
        if progress[name] == "<time>":
            progress[name] = "2026-08-01T00:00:00Z"


RIGHT = (
    ("nothing", lambda a: None),
    ("lists in another order", shuffle_lists),
    ("without empty members", drop_empties),
    ("other hashes", rename_hashes),
    ("conditions in other words", each_object(reword_conditions)),
    ("metadata of a server", each_object(add_server_metadata)),
    ("status of others", each_object(add_foreign_status)),
    ("times", each_object(real_times)),
    ("an empty kind", lambda a: a["objects"].setdefault("ConfigMap", [])),
)


def verdicts(line, change):
    """{part: verdict} for the changed answer, or None if there was nothing to change."""
    whole = json.loads(line)
    answer = echo.answer_to(whole["case"], whole["expected"])
    try:
        if change(answer) is False:
            return None
    except (AttributeError, IndexError, KeyError, StopIteration, TypeError):
        return None
    results = cases.check(line, lambda _request: json.dumps(answer).encode(), cases.Settings(parts=("objects",)))
    return {result.part: result.verdict for result in results}


class Mutations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The smallest have nothing to change, the largest take long.
        lines = [line for line in echo.lines_of("feature") if len(line) < 150_000]
        cls.lines = sorted(lines, key=len)[-CASES:]

    def test_wrong_answers_fail(self):
        for name, change in WRONG:
            applied = 0
            for line in self.lines:
                found = verdicts(line, change)
                if found is None:
                    continue
                applied += 1
                with self.subTest(name, case=json.loads(line)["case"]["name"]):
                    self.assertEqual(found, {"objects": "failed"})
            with self.subTest(name):
                self.assertGreater(applied, 0, "no case has such a place")

    def test_right_answers_pass(self):
        for name, change in RIGHT:
            for line in self.lines:
                with self.subTest(name, case=json.loads(line)["case"]["name"]):
                    self.assertEqual(verdicts(line, change), {"objects": "passed"})


class ExplicitZeros(unittest.TestCase):
    """A plain zero of the manifest may be absent from an object; where the manifest has none, it may not."""

    def objects_verdict(self, name, change):
        line, _, _ = echo.case_named("feature", name)
        return verdicts(line, change)["objects"]

    def test_written_out(self):
        def write(answer):
            for service in objects_of(answer, "Service"):
                service["spec"]["publishNotReadyAddresses"] = False

        self.assertEqual(self.objects_verdict("headless-not-published", write), "passed")
        self.assertEqual(
            self.objects_verdict("one-clique", lambda a: first(a, "Pod")["spec"].update(tty=False)), "failed"
        )

    def test_names_below_volumes(self):
        def write(answer):
            for pod in objects_of(answer, "Pod"):
                for volume in pod["spec"]["volumes"]:
                    if "configMap" in volume:
                        volume["configMap"]["name"] = ""

        self.assertEqual(self.objects_verdict("defaults-inside-pod-spec", write), "passed")

    def test_tracked(self):
        def drop(answer):
            for pod in objects_of(answer, "Pod"):
                del pod["spec"]["containers"][0]["livenessProbe"]["grpc"]["service"]

        self.assertEqual(self.objects_verdict("defaults-inside-pod-spec", drop), "failed")


class ExactHashes(unittest.TestCase):
    def test_all(self):
        settings = cases.Settings(parts=("objects",), exact_hashes=True)
        line, case, expected = echo.case_named("feature", "one-clique")
        answer = echo.answer_to(case, expected)
        results = cases.check(line, lambda _request: json.dumps(answer).encode(), settings)
        self.assertEqual([result.verdict for result in results], ["passed"])
        rename_hashes(answer)
        results = cases.check(line, lambda _request: json.dumps(answer).encode(), settings)
        self.assertEqual([result.verdict for result in results], ["failed"])
        self.assertIn("bit for bit", results[0].detail)

    def test_set_whose_empty_maps_were_lost(self):
        settings = cases.Settings(parts=("objects",), exact_hashes=True)
        line, case, expected = echo.case_named("feature", "optional-strings-empty")
        answer = echo.answer_to(case, expected)
        rename_hashes(answer)
        results = cases.check(line, lambda _request: json.dumps(answer).encode(), settings)
        self.assertEqual([result.verdict for result in results], ["passed"])
