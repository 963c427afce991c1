"""The objects of one set between two steps of a case, and what the cluster around Grove does to them."""

from documents import BINDING, COUNTED, TOPOLOGY, kind_name, labels_of, name_of, same, timestamp

HASH = "grove.io/pod-template-hash"
CLIQUE = "grove.io/podclique"
INDEX = "grove.io/podclique-pod-index"


def _key(document):
    return kind_name(document), name_of(document)


def _container_status(container, state):
    ready, crashed = state == "ready", state == "crashed"
    return {
        "name": container.get("name", ""),
        "image": container.get("image", ""),
        "imageID": "",
        "ready": ready,
        "started": ready or state == "notReady",
        "restartCount": int(crashed),
        "state": {},
        "lastState": {"terminated": {"exitCode": 1, "reason": "Error"}} if crashed else {},
    }


def _pod_status(spec, state):
    conditions = [{"type": "PodScheduled", "status": "True"}]
    if state == "ready":
        conditions.append({"type": "Ready", "status": "True"})
    elif state != "scheduled":
        conditions.append({"type": "Ready", "status": "False", "reason": "ContainersNotReady"})
    status = {"conditions": conditions, "phase": "Pending" if state == "scheduled" else "Running"}
    if state != "scheduled":
        status["containerStatuses"] = [_container_status(each, state) for each in spec.get("containers") or []]
    return status


def _is_same(known, recorded):
    """Whether an object of the record is the one that was known, not a new one of its name.

    A PodClique of a scaling group gets another template only by being made anew, and so does a pod.
    """
    if recorded["kind"] not in ("Pod", "PodClique"):
        return True
    if labels_of(known).get(HASH) == labels_of(recorded).get(HASH):
        return True
    owners = recorded["metadata"].get("ownerReferences") or []
    return recorded["kind"] == "PodClique" and not (owners and owners[0]["kind"] == "PodCliqueScalingGroup")


def _generation_of(recorded, known):
    generation = 1
    if known is not None:
        generation = known["metadata"]["generation"] + (0 if same(known.get("spec"), recorded.get("spec")) else 1)
    return max(generation, (recorded.get("status") or {}).get("observedGeneration") or 0)


def _update_of(document):
    return ((document.get("status") or {}).get("updateProgress") or {}).get("podCliqueSetGenerationHash", "")


def _complete(recorded, known, last_step):
    """Gives an object of the record what records leave out: times, generations."""
    metadata = recorded["metadata"]
    metadata["creationTimestamp"] = known["metadata"]["creationTimestamp"] if known else timestamp(last_step)
    if recorded["kind"] in COUNTED:
        metadata["generation"] = _generation_of(recorded, known)
    if recorded["kind"] == "Pod":
        before = {}
    else:
        conditions = ((known or {}).get("status") or {}).get("conditions") or []
        before = {condition["type"]: condition for condition in conditions}
    for condition in (recorded.get("status") or {}).get("conditions") or []:
        old = before.get(condition["type"])
        kept = old and old["status"] == condition["status"] and _update_of(recorded) == _update_of(known)
        condition["lastTransitionTime"] = old["lastTransitionTime"] if kept else timestamp(last_step)


class World:
    def __init__(self, documents, now):
        self.documents = documents
        self._pod_statuses = {}
        self.stamp(now)

    @property
    def set(self):
        """The set itself, None once it is gone."""
        return next((document for document in self.documents if document["kind"] == "PodCliqueSet"), None)

    def stamp(self, now):
        """The API server's part for objects that are new since the last step."""
        for document in self.documents:
            document["metadata"].setdefault("creationTimestamp", timestamp(now))
            if document["kind"] in COUNTED:
                document["metadata"]["generation"] = max(document["metadata"].get("generation", 0), 1)

    def replace(self, documents, now):
        """Goes over to what Grove made of the objects."""
        self.documents = documents
        self.stamp(now)
        for document in documents:
            status = self._pod_statuses.get(name_of(document)) if document["kind"] == "Pod" else None
            # A pod of that name that is bound is the one that the status is of: nobody else binds pods.
            if status is not None and document["spec"].get("nodeName"):
                document["status"] = status

    def adopt(self, recorded, last_step):
        """Goes over to the recorded objects of this state; what they leave out is taken from here."""
        known = {_key(document): document for document in self.documents}
        self.documents = [
            document
            for documents in recorded.values()
            for document in documents
            if document["kind"] not in (BINDING, TOPOLOGY)
        ]
        for document in self.documents:
            before = known.get(_key(document))
            _complete(document, before if before and _is_same(before, document) else None, last_step)
        pods = [document for document in self.documents if document["kind"] == "Pod"]
        self._pod_statuses = {name_of(pod): pod.get("status") for pod in pods}

    def scale(self, kind, name, replicas):
        """Sets `spec.replicas` as a scale subresource does. False if there is no such object."""
        for document in self.documents:
            if (document["kind"], name_of(document)) != (kind, name):
                continue
            if document["spec"].get("replicas") != replicas:
                document["metadata"]["generation"] += 1
            document["spec"]["replicas"] = replicas
            return True
        return False

    def delete_pod(self, clique, index):
        def is_meant(document):
            labels = labels_of(document)
            return document["kind"] == "Pod" and (labels.get(CLIQUE), labels.get(INDEX)) == (clique, str(index))

        self.documents = [document for document in self.documents if not is_meant(document)]

    def set_pods(self, state, clique="*", indices=None):
        """What scheduler and kubelet report of the pods without a gate. True if one changed."""
        changed = False
        for pod in self.documents:
            if pod["kind"] != "Pod" or (clique != "*" and labels_of(pod).get(CLIQUE) != clique):
                continue
            if indices is not None and int(labels_of(pod)[INDEX]) not in indices:
                continue
            changed |= self._set_pod(state, pod)
        return changed

    def _set_pod(self, state, pod):
        if pod["spec"].get("schedulingGates"):
            return False
        status = _pod_status(pod["spec"], state)
        if self._pod_statuses.get(name_of(pod)) == status and pod["spec"].get("nodeName"):
            return False
        self._pod_statuses[name_of(pod)] = pod["status"] = status
        pod["spec"]["nodeName"] = "node-0"
        return True
