"""Scenarios of placement as the two inputs that the library takes: a PlacementRequest message, and objects of a cluster."""


def _pack(part):
    topology = part.get("topology") or {}
    return {name: topology[name] for name in ("required", "preferred") if topology.get(name)}


def request(scenario):
    """A PlacementRequest of placement.proto in its JSON mapping."""
    classes = []

    def class_of(requests):
        if requests not in classes:
            classes.append(requests)
        return classes.index(requests)

    gangs = []
    for order, gang in enumerate(scenario["gangs"]):
        configs = gang.get("groupConfigs") or []
        scopes = {name: index for index, config in enumerate(configs) for name in config["podGroupNames"]}
        groups = [
            {
                "name": group["name"],
                "pack": _pack(group),
                "minReplicas": group["minReplicas"],
                "candidates": [{"podClass": class_of(group["requests"]), "count": group["replicas"]}],
                **({"scope": scopes[group["name"]]} if group["name"] in scopes else {}),
            }
            for group in gang["podGroups"]
        ]
        gangs.append(
            {
                "name": gang["name"],
                "order": order,
                "pack": _pack(gang),
                "scopes": [{"name": config["name"], "pack": _pack(config)} for config in configs],
                "groups": groups,
            }
        )
    topology = scenario["topology"]
    cluster = {"topologyName": topology["name"], "levels": topology["levels"], "nodes": scenario["nodes"]}
    return {"cluster": cluster, "podClasses": [{"requests": requests} for requests in classes], "gangs": gangs}


# ---- Objects ----------------------------------------------------------------------------------------------------------


def _quantity(resource, amount):
    return f"{amount}m" if resource == "cpu" else str(amount)


def _quantities(amounts):
    return {resource: _quantity(resource, amount) for resource, amount in amounts.items()}


def _object(version, kind, name, namespace="default", **members):
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **members}


def _node(node):
    used = node.get("used") or {}
    free = {resource: amount - used.get(resource, 0) for resource, amount in node["allocatable"].items()}
    out = _object("v1", "Node", node["name"], None, status={"allocatable": _quantities(free)})
    out["metadata"]["labels"] = node["labels"]
    return out


def _constraint(part, keys):
    pack = {name: keys[domain] for name, domain in _pack(part).items()}
    return {"topologyConstraint": {"packConstraint": pack}} if pack else {}


def _gang(gang, order, topology):
    keys = {level["domain"]: level["key"] for level in topology["levels"]}
    groups = [
        {
            "name": group["name"],
            "minReplicas": group["minReplicas"],
            "podReferences": [
                {"namespace": "default", "name": f"{gang['name']}-{group['name']}-{index:04}"}
                for index in range(group["replicas"])
            ],
            **_constraint(group, keys),
        }
        for group in gang["podGroups"]
    ]
    configs = [
        {"name": config["name"], "podGroupNames": config["podGroupNames"], **_constraint(config, keys)}
        for config in gang.get("groupConfigs") or []
    ]
    spec = {"podgroups": groups, "topologyConstraintGroupConfigs": configs, **_constraint(gang, keys)}
    out = _object("scheduler.grove.io/v1alpha1", "PodGang", gang["name"], spec=spec)
    out["metadata"]["annotations"] = {"grove.io/topology-name": topology["name"]}
    out["metadata"]["creationTimestamp"] = f"2026-01-01T{order // 3600:02}:{order // 60 % 60:02}:{order % 60:02}Z"
    return out


def _pods(gang):
    for group in gang["podGroups"]:
        resources = {"requests": _quantities(group["requests"])}
        for index in range(group["replicas"]):
            name = f"{gang['name']}-{group['name']}-{index:04}"
            yield _object("v1", "Pod", name, spec={"containers": [{"name": "main", "resources": resources}]})


def objects(scenario):
    """The List that `kubectl get nodes,pods,podgangs,clustertopologybindings -o json` would print."""
    topology = scenario["topology"]
    spec = {"levels": topology["levels"]}
    binding = _object("grove.io/v1alpha1", "ClusterTopologyBinding", topology["name"], None, spec=spec)
    items = [binding, *(_node(node) for node in scenario["nodes"])]
    for order, gang in enumerate(scenario["gangs"]):
        items.append(_gang(gang, order, topology))
        items.extend(_pods(gang))
    return {"apiVersion": "v1", "kind": "List", "items": items}
