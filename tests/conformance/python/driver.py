#!/usr/bin/env python3
"""Answers the cases of the conformance corpus with the Python package `grove`, as README.md here describes drivers."""

import copy
import json
import re
import sys

import grove
from documents import BINDING, TOPOLOGY, by_kind, configuration, kai_topology, name_of, rename_pods, same, timestamp
from world import World

BEGIN = 1_000_000
SECONDS_PER_STEP = 60
MOST_TURNS = 30  # more than any set needs to start

UNRELATED_QUEUE = {
    "apiVersion": "scheduling.volcano.sh/v1beta1",
    "kind": "Queue",
    "metadata": {"name": "unrelated"},
    "status": {"state": "Open"},
}
PENDING = {"rollingUpdate": "rolling update", "gangTermination": "gang termination"}
REASONS = {"Internal": "InternalError", "BadRequest": "BadRequest"}


class Unsupported(Exception):
    pass


def text_of(documents):
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": documents})


def errors_of(verdict, stage):
    return [
        {
            "type": REASONS.get(error["type"], f"FieldValue{error['type']}"),
            "field": "" if error["field"] == "<nil>" else error["field"],
        }
        for error in verdict["errors"]
        if error["stage"] == stage and error["type"] != "BadRequest"
    ]


def admission_of(verdict, **further):
    answer = {"admitted": verdict["allowed"], **further}
    bad_request = [error["detail"] for error in verdict["errors"] if error["type"] == "BadRequest"]
    if bad_request:
        answer["mutationError"] = bad_request[0]
    for name, member in (("crdDefaulted", "structurallyDefaulted"), ("defaulted", "defaulted")):
        if verdict.get(member) is not None:
            answer[name] = verdict[member]
    return {**answer, "schema": errors_of(verdict, "schema"), "webhook": errors_of(verdict, "webhook")}


def verdict_of(report, kind):
    return next(verdict for verdict in report["objects"] if verdict["kind"] == kind and verdict["file"] == "manifest")


class Cluster:
    """What a case says of the cluster, with the topology bindings and KAI Topologies from one state to the next."""

    def __init__(self, case):
        extra = case.get("extraObjects") or []
        self.configuration = configuration(case.get("config") or {})
        self.kai_topologies = [kai_topology(each) for each in extra if each["kind"] == TOPOLOGY]
        # The queues of a case are all that there are; the library knows that of queues if it sees one.
        self._others = [UNRELATED_QUEUE, *(each for each in extra if each["kind"] != TOPOLOGY)]
        self.bindings = []

    @property
    def context(self):
        return text_of([self.configuration, *self._others, *self.bindings, *self.kai_topologies])

    def admit_binding(self, manifest):
        """Takes a binding over if it is admitted."""
        report = grove.admit(json.dumps(manifest), context=text_of([self.configuration]), format="json", all_stages=True)
        verdict = verdict_of(report, BINDING)
        if verdict["allowed"]:
            self._put(verdict["defaulted"])
        return {
            "admitted": verdict["allowed"],
            "schema": errors_of(verdict, "schema"),
            "webhook": errors_of(verdict, "webhook"),
        }

    def _put(self, binding):
        for existing in self.bindings:
            if name_of(existing) != name_of(binding):
                continue
            if not same(existing["spec"], binding["spec"]):
                existing["metadata"]["generation"] += 1
            existing["spec"] = binding["spec"]
            return
        binding["metadata"]["generation"] = 1
        self.bindings.append(binding)

    def take(self, documents):
        """Takes bindings and KAI Topologies out of what an expansion gave."""
        self.bindings = [each for each in documents if each["kind"] == BINDING]
        for topology in documents:
            if topology["kind"] != TOPOLOGY:
                continue
            same_name = [each for each in self.kai_topologies if name_of(each) == name_of(topology)]
            if not same_name:
                self.kai_topologies.append(topology)
            elif not same(same_name[0]["spec"], topology["spec"]):
                self.kai_topologies[self.kai_topologies.index(same_name[0])] = topology
        for topology in self.kai_topologies:
            topology["metadata"]["generation"] = 1
        return [each for each in documents if each["kind"] not in (BINDING, TOPOLOGY)]

    @property
    def documents(self):
        def plain(document):
            return {**document, "metadata": {k: v for k, v in document["metadata"].items() if k != "generation"}}

        return [plain(each) for each in (*self.bindings, *self.kai_topologies)]


class Case:
    """One set of a case from its first expansion on."""

    def __init__(self, cluster, admitted):
        self.cluster = cluster
        self.admitted = admitted
        self.now = BEGIN
        self.world = None
        self.gone = False

    def expand(self, live=None):
        options = {
            "context": self.cluster.context,
            "format": "json",
            "all_stages": True,
            "at_rest": True,
            "scheduler_objects": True,
            "allow_incomplete": True,
            "now": self.now,
            "init_container_image": "registry.example.com/grove/grove-initc",
            "init_container_version": "v0.0.0-golden",
        }
        manifest = b"" if self.gone else json.dumps(self.admitted)
        diff = None
        if live:
            options["live"] = text_of(live)
            diff = grove.diff_live(manifest, stored=manifest, **options)
        objects, report = grove.expand(manifest, stored=manifest, sets=True, topologies=True, **options)
        objects = self.cluster.take(objects)
        if self.gone:
            return [], {}, diff
        verdict = verdict_of(report, "PodCliqueSet")
        for pending in verdict.get("pending") or []:
            raise Unsupported(PENDING[pending])
        return objects, {error["object"]: error["code"] for error in verdict["reconcileErrors"]}, diff

    def first(self):
        documents, errors, _ = self.expand()
        rename_pods(documents)
        self.world = World(documents, BEGIN)
        return self.outcome(errors)

    def outcome(self, errors):
        documents = [each for each in self.world.documents if not (self.gone and each["kind"] == "PodCliqueSet")]
        # What follows changes the documents.
        answer = {"objects": by_kind(copy.deepcopy([*documents, *self.cluster.documents]))}
        return {**answer, "reconcileErrors": errors} if errors else answer

    # ---- Steps

    def steps(self, steps, recorded):
        answers = []
        known = True
        for index, step in enumerate(steps):
            if index < len(recorded):
                if index > 0:
                    self.world.adopt(recorded[index], self.now)
                known = True
            self.now += SECONDS_PER_STEP
            try:
                if not known:
                    raise Unsupported("state before the step")
                answers.append(self.step(step))
            except Unsupported as reason:
                answers.append({"unsupported": str(reason)})
                known = False
        return answers

    def step(self, step):
        answer = {}
        if "scale" in step:
            scale = step["scale"]
            if not self.world.scale(scale["kind"], scale["name"], scale["replicas"]):
                answer["error"] = "no such object"
        elif "update" in step:
            answer["admission"] = self.update(step["update"])
        elif "deletePod" in step:
            self.world.delete_pod(step["deletePod"]["podClique"], step["deletePod"]["index"])
        elif "podStatus" in step:
            status = step["podStatus"]
            self.world.set_pods(status["state"], status["podClique"], status.get("indices"))
        elif "age" in step:
            units = {"h": 3600, "m": 60, "s": 1}
            self.now += sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([hms])", step["age"]))
        elif step.get("deletePodCliqueSet"):
            self.world.set["metadata"]["deletionTimestamp"] = timestamp(self.now)
        elif "topology" in step:
            self.cluster.admit_binding(step["topology"])
        errors = self.reconcile()
        if step.get("runPods"):
            for _ in range(MOST_TURNS):
                if not self.world.set_pods("ready"):
                    break
                errors = self.reconcile()
        return {**answer, **self.outcome(errors)}

    def update(self, manifest):
        live = self.world.set
        # The scale subresource may have changed what is stored.
        stored = {**self.admitted, "spec": {**self.admitted["spec"], "replicas": live["spec"]["replicas"]}}
        report = grove.admit_update(
            json.dumps(manifest),
            json.dumps(stored),
            context=self.cluster.context,
            format="json",
            all_stages=True,
            structurally_defaulted=True,
        )
        verdict = verdict_of(report, "PodCliqueSet")
        if verdict["allowed"]:
            self.admitted = verdict["defaulted"]
            if grove.compare(json.dumps(stored["spec"]), json.dumps(self.admitted["spec"]), format="json")["fields"]:
                live["metadata"]["generation"] += 1
            live["spec"] = self.admitted["spec"]
        return admission_of(verdict)

    def reconcile(self):
        """Lets Grove come to rest."""
        live = self.world.documents
        if not self.gone:
            replicas = self.world.set["spec"]["replicas"] if self.world.set else self.admitted["spec"]["replicas"]
            self.admitted = {**self.admitted, "spec": {**self.admitted["spec"], "replicas": replicas}}
        documents, errors, diff = self.expand(live)
        if self.gone:
            return errors
        named = {(change["kind"], change["name"]) for change in diff["changes"]}
        named |= {(each["kind"], name_of(each)) for each in documents}
        # What exists, is not asked for, and is not deleted either.
        documents += [each for each in live if (each["kind"], name_of(each)) not in named and each["kind"] != "PodCliqueSet"]
        parent = next(each for each in documents if each["kind"] == "PodCliqueSet")
        self.gone = "deletionTimestamp" in parent["metadata"]
        rename_pods(documents)
        self.world.replace(documents, self.now)
        return errors


def answer_of(request):
    case = request["case"]
    cluster = Cluster(case)
    bindings = {name_of(manifest): cluster.admit_binding(manifest) for manifest in case.get("topologies") or []}
    further = {"topologies": bindings} if bindings else {}
    arguments = {
        "context": cluster.context,
        "format": "json",
        "all_stages": True,
        "structurally_defaulted": True,
    }
    manifest = json.dumps(case["manifest"])
    if "old" in case:
        old = json.dumps(case["old"])
        further["oldAdmitted"] = verdict_of(grove.admit(old, **arguments), "PodCliqueSet")["allowed"]
        report = grove.admit_update(manifest, old, **arguments)
        return {"admission": admission_of(verdict_of(report, "PodCliqueSet"), **further)}
    verdict = verdict_of(grove.admit(manifest, **arguments), "PodCliqueSet")
    answer = {"admission": admission_of(verdict, **further), "traces": {"unsupported": "what happens over time"}}
    if verdict["allowed"]:
        subject = Case(cluster, verdict["defaulted"])
        answer |= subject.first()
        if case.get("steps"):
            answer["steps"] = subject.steps(case["steps"], request.get("recorded") or [])
    return answer


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = answer_of(request)
        except grove.Error as error:
            if error.argument != "context" or error.status != grove.Status.FAILED_PRECONDITION:
                raise
            answer = {"admission": {"admitted": False, "configError": error.message}}
        print(json.dumps(answer, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
