"""Documents of the corpus: what a case says of its cluster, and objects by kind and name."""

import datetime

OWN = "grove.io/v1alpha1"
BINDING = "ClusterTopologyBinding"
TOPOLOGY = "Topology"

# Of which the API server counts generations: those with a status, but for pods.
COUNTED = frozenset({"PodCliqueSet", "PodClique", "PodCliqueScalingGroup", "PodGang"})


def kind_name(document):
    """The corpus' name of a kind: kinds of one name are told apart by their group."""
    kind = document["kind"]
    return f"{kind}.{document['apiVersion'].split('/')[0]}" if kind in ("PodGroup", TOPOLOGY) else kind


def name_of(document):
    return document["metadata"]["name"]


def labels_of(document):
    return document["metadata"].get("labels") or {}


def timestamp(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def configuration(config):
    """The OperatorConfiguration that a case's `config` stands for."""
    profiles = [{"name": name} for name in config.get("schedulerProfiles") or []]
    return {
        "apiVersion": "operator.config.grove.io/v1alpha1",
        "kind": "OperatorConfiguration",
        "scheduler": {"profiles": profiles, "defaultProfileName": config.get("defaultProfile", "")},
        "topologyAwareScheduling": {"enabled": bool(config.get("topologyAwareScheduling"))},
        "network": {"autoMNNVLEnabled": bool(config.get("autoMNNVL"))},
    }


def kai_topology(document):
    """A KAI Topology that exists, in its first generation."""
    levels = [{"nodeLabel": level["nodeLabel"]} for level in document["spec"]["levels"]]
    metadata = {"name": name_of(document), "generation": 1}
    return {"apiVersion": "kai.scheduler/v1alpha1", "kind": TOPOLOGY, "metadata": metadata, "spec": {"levels": levels}}


def without_nothing(value):
    """`value` without members that say nothing, so that equal means equal to a typed reader."""
    if isinstance(value, dict):
        kept = {key: without_nothing(member) for key, member in value.items()}
        return {key: member for key, member in kept.items() if member not in (None, {}, [], "", False, 0)}
    if isinstance(value, list):
        return [without_nothing(element) for element in value]
    return value


def same(one, other):
    return without_nothing(one) == without_nothing(other)


def rename_pods(documents):
    """The corpus numbers pods instead of naming them: `<generateName>~0003`."""
    names = {}
    for document in documents:
        if document["kind"] != "Pod":
            continue
        index = int(labels_of(document)["grove.io/podclique-pod-index"])
        renamed = f"{document['metadata']['generateName']}~{index:04d}"
        names[name_of(document)] = renamed
        document["metadata"]["name"] = renamed
    for document in documents:
        if document["kind"] != "PodGang":
            continue
        for group in document["spec"].get("podgroups") or []:
            references = group.get("podReferences") or []
            for reference in references:
                reference["name"] = names.get(reference["name"], reference["name"])
            references.sort(key=lambda reference: reference["name"])


def by_kind(documents):
    kinds = {}
    for document in documents:
        kinds.setdefault(kind_name(document), []).append(document)
    return kinds
