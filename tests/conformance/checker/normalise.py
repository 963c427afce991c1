"""Takes out of live objects what no two runs have in common, in place. Both sides go through it."""

# The members of `status` are compared for these kinds; other controllers write the rest.
KINDS_WITH_STATUS = frozenset(
    {"ClusterTopologyBinding", "Pod", "PodClique", "PodCliqueScalingGroup", "PodCliqueSet", "PodGang"}
)

_SERVER_METADATA = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "uid")
_CONDITION_TIMES = ("lastHeartbeatTime", "lastProbeTime", "lastTransitionTime", "lastUpdateTime")
# Two controllers put it on and take it off in turn.
_FLAPPING_ANNOTATION = "kai.scheduler/skip-podgrouper"


def _map(value, name):
    member = value.get(name)
    return member if isinstance(member, dict) else {}


def _maps(value, name):
    member = value.get(name)
    return [element for element in member if isinstance(element, dict)] if isinstance(member, list) else []


def _drop(value, names):
    for name in names:
        value.pop(name, None)


def _key_conditions(status, dropped):
    """Turns the list of conditions into a map by type: their order says nothing."""
    conditions = status.get("conditions")
    if not isinstance(conditions, list):
        return
    for condition in _maps(status, "conditions"):
        _drop(condition, dropped)
    types = [element.get("type") if isinstance(element, dict) else None for element in conditions]
    if all(isinstance(name, str) for name in types) and len(set(types)) == len(types):
        status["conditions"] = dict(zip(types, conditions))


def normalise(kind, value):
    """An object of a fixed point: no ids, no times of the server, no history."""
    if not isinstance(value, dict):
        return
    metadata = _map(value, "metadata")
    _drop(metadata, _SERVER_METADATA)
    for owner in _maps(metadata, "ownerReferences"):
        _drop(owner, ("uid",))
    _normalise_any(kind, value, metadata)
    status = _map(value, "status")
    _drop(status, ("lastErrors",))
    _key_conditions(status, ("message", *_CONDITION_TIMES))


def normalise_traced(kind, value):
    """An object of a trace: ids, times and generations are counted there, so they stay."""
    if not isinstance(value, dict):
        return
    metadata = _map(value, "metadata")
    _drop(metadata, ("managedFields", "resourceVersion"))
    if kind == "Pod":
        _drop(metadata, ("generation",))
    _normalise_any(kind, value, metadata)
    status = _map(value, "status")
    for error in _maps(status, "lastErrors"):
        _drop(error, ("description",))
    _key_conditions(status, ("message",))


def _normalise_any(kind, value, metadata):
    if kind == "Secret":
        _drop(value, ("data",))
    if kind == "PodGang":
        _drop(_map(metadata, "annotations"), (_FLAPPING_ANNOTATION,))
    if kind not in KINDS_WITH_STATUS:
        _drop(value, ("status",))
