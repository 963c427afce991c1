"""Clusters, workloads, and what goes where."""

from ._calls import Handle, Options, call, document, ffi, format_number, lib, text
from ._calls import limits as limits_of
from ._options import capacity_options, expand_options, place_options

ENCODINGS = {"binary": lib.GROVE_ENCODING_BINARY, "json": lib.GROVE_ENCODING_JSON}
OUTCOMES = ("placed", "infeasible", "notFound", "notReady", "noBase", "invalid")


def place_message(message, encoding="binary"):
    """Answers a PlacementRequest message of placement.proto with a PlacementResult message in the same encoding."""
    return call(lib.call_place_message, text(message), ENCODINGS[encoding])[0]


def check_message(request, answer, encoding="binary"):
    """Breaches in a PlacementResult message, whoever made it, of the PlacementRequest message that it answers."""
    return document(lib.call_check_message, text(request), text(answer), ENCODINGS[encoding])["breaches"]


class Workload(Handle):
    """Sets that were admitted and expanded."""

    def __init__(self, manifest, *, context=None, format="yaml", **options):
        arguments = (text(manifest), text(context), format_number(format), expand_options(**options))
        super().__init__("grove_workload", lib.grove_workload_free, lib.call_workload_parse, *arguments)


class Snapshot(Handle):
    """A cluster: nodes, topology, what runs on them."""

    def __init__(
        self,
        cluster,
        *,
        format="yaml",
        topology=None,
        lift_gates=False,
        keep_labels=False,
        ignore_gangs=False,
        limits=None,
    ):
        options = Options(
            "grove_snapshot_options",
            lift_gates=int(lift_gates),
            keep_labels=int(keep_labels),
            ignore_gangs=int(ignore_gangs),
            topology=topology,
            limits=limits_of(limits),
        )
        arguments = (text(cluster), format_number(format), options)
        super().__init__("grove_snapshot", lib.grove_snapshot_free, lib.call_snapshot_parse, *arguments)

    @classmethod
    def _made(cls, function, *arguments):
        out = cls.__new__(cls)
        Handle.__init__(out, "grove_snapshot", lib.grove_snapshot_free, function, *arguments)
        return out

    @classmethod
    def decode(cls, message, encoding="binary"):
        """Reads a Cluster message of placement.proto."""
        return cls._made(lib.call_snapshot_decode, text(message), ENCODINGS[encoding])

    def encode(self, encoding="binary"):
        """Writes a Cluster message of placement.proto."""
        return call(lib.call_snapshot_encode, self, ENCODINGS[encoding])[0]

    def with_placement(self, placement):
        """The snapshot in which a placement has come true."""
        return self._made(lib.call_snapshot_with, self, placement)

    def without_placement(self, placement):
        """The snapshot from which the pods of a placement have gone again."""
        return self._made(lib.call_snapshot_without, self, placement)

    def place(self, workload=None, **options):
        """Places every gang of a workload, and the PodGangs of the snapshot."""
        return Placement(lib.call_place, self, workload, place_options(**options))

    def capacity(self, workload, **options):
        """Tells how many more copies of a workload, of one of its gangs, or pods of a group fit."""
        return document(lib.call_capacity, self, workload, lib.GROVE_FORMAT_JSON, capacity_options(**options))


def _text(pointer):
    return ffi.string(pointer).decode("utf-8", "replace")


def _rows(function, placement):
    count = ffi.new("size_t *")
    rows = function(placement.pointer, count)
    return [rows[index] for index in range(count[0])]


class Placement(Handle):
    """What was decided."""

    def __init__(self, function, *arguments):
        super().__init__("grove_placement", lib.grove_placement_free, function, *arguments)

    @property
    def gangs(self):
        """Every gang in the order in which they were decided, with its pods."""
        pods = self.pods
        return [
            {
                "namespace": _text(row.gang_namespace),
                "name": _text(row.name),
                "outcome": OUTCOMES[row.outcome] if row.outcome < len(OUTCOMES) else "unknown",
                "optimal": bool(row.optimal),
                "pods": pods[row.first_pod : row.first_pod + row.pod_count],
            }
            for row in _rows(lib.grove_placement_gangs, self)
        ]

    @property
    def pods(self):
        """Every pod that was placed, gang by gang."""
        return [
            {
                "name": _text(row.name),
                "group": _text(row.group),
                "node": _text(row.node),
                "candidate": row.candidate,
                "surplus": bool(row.surplus),
            }
            for row in _rows(lib.grove_placement_pods, self)
        ]

    def explain(self):
        """What became of every gang, why, and what would help."""
        return document(lib.call_placement_explain, self, lib.GROVE_FORMAT_JSON)

    def check(self, index=None):
        """Breaches of the contract; there are none. `index` is the one that made the placement, before it changes."""
        return document(lib.call_placement_check, self, index, lib.GROVE_FORMAT_JSON)["breaches"]

    def encode(self, encoding="binary"):
        """Writes a PlacementResult message of placement.proto."""
        return call(lib.call_placement_encode, self, ENCODINGS[encoding])[0]


class Index(Handle):
    """A cluster that changes, for schedulers. Belongs to one thread at a time."""

    def __init__(self, snapshot):
        super().__init__("grove_index", lib.grove_index_free, lib.call_index_new, snapshot)

    def place(self, workload, **options):
        """Places every gang of a workload. The index stays as it is: see apply()."""
        return Placement(lib.call_index_place, self, workload, place_options(**options))

    def apply(self, placement):
        """Lets a placement come true: its pods run."""
        call(lib.call_index_apply, self, placement, outputs=0)

    def release(self, placement):
        """Takes the pods of a placement away again."""
        call(lib.call_index_release, self, placement, outputs=0)

    def add_pods(self, pods, *, format="yaml"):
        """Pods of others came to nodes: the text of Pod objects."""
        call(lib.call_index_change_pods, self, text(pods), format_number(format), 1, outputs=0)

    def remove_pods(self, pods, *, format="yaml"):
        """Pods of others left: the text that told of them."""
        call(lib.call_index_change_pods, self, text(pods), format_number(format), 0, outputs=0)

    def set_usable(self, node, usable):
        """Takes a node into service or out of it. What runs there stays."""
        call(lib.call_index_set_usable, self, text(node), int(usable), outputs=0)
