"""Clusters, workloads, and what goes where."""

from ._calls import Handle, Options, call, document, ffi, format_number, lib, text
from ._calls import limits as limits_of
from ._options import expand_options

ENCODINGS = {"binary": lib.GROVE_ENCODING_BINARY, "json": lib.GROVE_ENCODING_JSON}
OUTCOMES = ("placed", "infeasible", "notFound", "notReady", "noBase", "invalid")


def place_message(message, encoding="binary"):
    """Answers a PlacementRequest message of placement.proto with a PlacementResult message in the same encoding."""
    return call(lib.grove_place_message, text(message), ENCODINGS[encoding])[0]


class Workload(Handle):
    """Sets that were admitted and expanded."""

    def __init__(self, manifest, *, context=None, format="yaml", **options):
        arguments = (text(manifest), text(context), format_number(format), expand_options(**options))
        super().__init__("grove_workload", lib.grove_workload_free, lib.grove_workload_parse, *arguments)


class Snapshot(Handle):
    """A cluster: nodes, topology, what runs on them."""

    def __init__(self, cluster, *, format="yaml", topology=None, lift_gates=False, limits=None):
        options = Options(
            "grove_snapshot_options", lift_gates=int(lift_gates), topology=topology, limits=limits_of(limits)
        )
        arguments = (text(cluster), format_number(format), options)
        super().__init__("grove_snapshot", lib.grove_snapshot_free, lib.grove_snapshot_parse, *arguments)

    @classmethod
    def _made(cls, function, *arguments):
        out = cls.__new__(cls)
        Handle.__init__(out, "grove_snapshot", lib.grove_snapshot_free, function, *arguments)
        return out

    @classmethod
    def decode(cls, message, encoding="binary"):
        """Reads a Cluster message of placement.proto."""
        return cls._made(lib.grove_snapshot_decode, text(message), ENCODINGS[encoding])

    def encode(self, encoding="binary"):
        """Writes a Cluster message of placement.proto."""
        return call(lib.grove_snapshot_encode, self, ENCODINGS[encoding])[0]

    def with_placement(self, placement):
        """The snapshot in which a placement has come true."""
        return self._made(lib.grove_snapshot_with, self, placement)

    def without_placement(self, placement):
        """The snapshot from which the pods of a placement have gone again."""
        return self._made(lib.grove_snapshot_without, self, placement)

    def place(self, workload=None, *, batch=False, threads=0, steps_per_gang=0):
        """Places every gang of a workload, and the PodGangs of the snapshot."""
        options = Options("grove_place_options", batch=int(batch), threads=threads, steps_per_gang=steps_per_gang)
        return Placement("grove_placement", lib.grove_placement_free, lib.grove_place, self, workload, options)

    def capacity(self, workload, *, batch=False, threads=0, steps_per_gang=0):
        """Tells how many more copies of a workload fit."""
        options = Options("grove_place_options", batch=int(batch), threads=threads, steps_per_gang=steps_per_gang)
        return document(lib.grove_capacity, self, workload, lib.GROVE_FORMAT_JSON, options)


def _text(pointer):
    return ffi.string(pointer).decode("utf-8", "replace")


class Placement(Handle):
    """What was decided."""

    @property
    def gangs(self):
        """Every gang in the order in which they were decided, with its pods."""
        pods = self.pods
        row = ffi.new("grove_gang_row *")
        out = []
        for index in range(lib.grove_placement_gang_count(self.pointer)):
            lib.grove_placement_gang(self.pointer, index, row)
            out.append(
                {
                    "namespace": _text(row.gang_namespace),
                    "name": _text(row.name),
                    "outcome": OUTCOMES[row.outcome] if row.outcome < len(OUTCOMES) else "unknown",
                    "optimal": bool(row.optimal),
                    "pods": pods[row.first_pod : row.first_pod + row.pod_count],
                }
            )
        return out

    @property
    def pods(self):
        """Every pod that was placed, gang by gang."""
        row = ffi.new("grove_pod_row *")
        out = []
        for index in range(lib.grove_placement_pod_count(self.pointer)):
            lib.grove_placement_pod(self.pointer, index, row)
            out.append(
                {
                    "name": _text(row.name),
                    "group": _text(row.group),
                    "node": _text(row.node),
                    "surplus": bool(row.surplus),
                }
            )
        return out

    def explain(self):
        """What became of every gang, why, and what would help."""
        return document(lib.grove_placement_explain, self, lib.GROVE_FORMAT_JSON)

    def check(self):
        """Breaches of the contract; there are none."""
        return document(lib.grove_placement_check, self, lib.GROVE_FORMAT_JSON)["breaches"]

    def encode(self, encoding="binary"):
        """Writes a PlacementResult message of placement.proto."""
        return call(lib.grove_placement_encode, self, ENCODINGS[encoding])[0]
