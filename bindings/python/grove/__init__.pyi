from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, TypeAlias, TypedDict, type_check_only

_Text: TypeAlias = str | bytes
_Object: TypeAlias = dict[str, Any]

class Status(IntEnum):
    OK = 0
    CANCELLED = 1
    UNKNOWN = 2
    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    PERMISSION_DENIED = 7
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    ABORTED = 10
    OUT_OF_RANGE = 11
    UNIMPLEMENTED = 12
    INTERNAL = 13
    UNAVAILABLE = 14
    DATA_LOSS = 15
    UNAUTHENTICATED = 16

@type_check_only
class _FieldErrorBase(TypedDict):
    type: str
    field: str
    detail: str
    stage: str
    rule: str

@type_check_only
class FieldError(_FieldErrorBase, total=False):
    badValue: Any
    suggestion: str
    line: int
    column: int

@type_check_only
class _WarningBase(TypedDict):
    field: str
    detail: str

@type_check_only
class Warning(_WarningBase, total=False):
    rule: str
    line: int
    column: int

@type_check_only
class _VerdictBase(TypedDict):
    file: str
    document: int
    kind: str
    name: str
    allowed: bool
    errors: list[FieldError]
    warnings: list[Warning]
    defaulted: _Object | None

@type_check_only
class ReconcileError(TypedDict):
    object: str
    code: str
    message: str

@type_check_only
class Verdict(_VerdictBase, total=False):
    namespace: str
    reconcileErrors: list[ReconcileError]

@type_check_only
class Skipped(TypedDict):
    file: str
    document: int
    apiVersion: str
    kind: str
    name: str

@type_check_only
class Report(TypedDict):
    allowed: bool
    objects: list[Verdict]
    skipped: list[Skipped]

class Error(Exception):
    status: Status
    message: str
    argument: str
    path: str
    line: int
    column: int
    report: Report | None
    def __init__(
        self,
        status: Status,
        message: str,
        argument: str = ...,
        path: str = ...,
        line: int = ...,
        column: int = ...,
        report: Report | None = ...,
    ) -> None: ...

def library_version() -> str: ...
def compatibility_level() -> str: ...
def admit(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
) -> Report: ...
def admit_update(
    manifest: _Text,
    stored: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
) -> Report: ...
def expand(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    backend: str | None = ...,
    per_clique_pod_groups: bool = ...,
    init_container_image: str | None = ...,
    init_container_version: str | None = ...,
    live: _Text | None = ...,
    stored: _Text | None = ...,
    sets: bool = ...,
    topologies: bool = ...,
) -> tuple[list[_Object], Report]: ...
def names(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
) -> list[_Object]: ...
def startup(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
) -> list[_Object]: ...
def scaling(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    backend: str | None = ...,
    per_clique_pod_groups: bool = ...,
    init_container_image: str | None = ...,
    init_container_version: str | None = ...,
    live: _Text | None = ...,
    stored: _Text | None = ...,
    sets: bool = ...,
    topologies: bool = ...,
) -> list[_Object]: ...
def translate(
    manifest: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    backend: str | None = ...,
    per_clique_pod_groups: bool = ...,
    init_container_image: str | None = ...,
    init_container_version: str | None = ...,
    live: _Text | None = ...,
    stored: _Text | None = ...,
    sets: bool = ...,
    topologies: bool = ...,
) -> tuple[list[_Object], list[_Object]]: ...
def diff(
    before: _Text,
    after: _Text,
    *,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    backend: str | None = ...,
    per_clique_pod_groups: bool = ...,
    init_container_image: str | None = ...,
    init_container_version: str | None = ...,
) -> _Object: ...
def diff_live(
    manifest: _Text,
    live: _Text,
    *,
    clean: bool = ...,
    context: _Text | None = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    structurally_defaulted: bool = ...,
    bindings_enable_topology: bool = ...,
    namespace: str | None = ...,
    scheduler: str | None = ...,
    lint: str = ...,
    lint_disabled: Sequence[str] = ...,
    limits: Mapping[str, int] | None = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    backend: str | None = ...,
    per_clique_pod_groups: bool = ...,
    init_container_image: str | None = ...,
    init_container_version: str | None = ...,
) -> _Object: ...
def compare(before: _Text, after: _Text, *, format: str = ...) -> _Object: ...
def autoscale(state: _Text | Mapping[str, Any], *, format: str = ...) -> _Object: ...
def crd() -> list[_Object]: ...
def rules() -> _Object: ...
def backends() -> list[_Object]: ...

@type_check_only
class PlacedPod(TypedDict):
    name: str
    group: str
    node: str
    candidate: int
    surplus: bool

@type_check_only
class PlacedGang(TypedDict):
    namespace: str
    name: str
    outcome: str
    optimal: bool
    pods: list[PlacedPod]

class Workload:
    def __init__(
        self,
        manifest: _Text,
        *,
        context: _Text | None = ...,
        format: str = ...,
        strict: bool = ...,
        all_stages: bool = ...,
        structurally_defaulted: bool = ...,
        bindings_enable_topology: bool = ...,
        namespace: str | None = ...,
        scheduler: str | None = ...,
        lint: str = ...,
        lint_disabled: Sequence[str] = ...,
        limits: Mapping[str, int] | None = ...,
        at_rest: bool = ...,
        scheduler_objects: bool = ...,
        allow_incomplete: bool = ...,
        seed: int = ...,
        now: int = ...,
        backend: str | None = ...,
        per_clique_pod_groups: bool = ...,
        init_container_image: str | None = ...,
        init_container_version: str | None = ...,
        live: _Text | None = ...,
        stored: _Text | None = ...,
        sets: bool = ...,
        topologies: bool = ...,
    ) -> None: ...

def place_message(message: _Text, encoding: str = ...) -> bytes: ...
def check_message(request: _Text, answer: _Text, encoding: str = ...) -> list[_Object]: ...

class Placement:
    @property
    def gangs(self) -> list[PlacedGang]: ...
    @property
    def pods(self) -> list[PlacedPod]: ...
    def explain(self) -> _Object: ...
    def check(self, index: Index | None = ...) -> list[_Object]: ...
    def encode(self, encoding: str = ...) -> bytes: ...

class Snapshot:
    def __init__(
        self,
        cluster: _Text,
        *,
        format: str = ...,
        topology: str | None = ...,
        lift_gates: bool = ...,
        keep_labels: bool = ...,
        ignore_gangs: bool = ...,
        limits: Mapping[str, int] | None = ...,
    ) -> None: ...
    @classmethod
    def decode(cls, message: _Text, encoding: str = ...) -> Snapshot: ...
    def encode(self, encoding: str = ...) -> bytes: ...
    def with_placement(self, placement: Placement) -> Snapshot: ...
    def without_placement(self, placement: Placement) -> Snapshot: ...
    def place(
        self,
        workload: Workload | None = ...,
        *,
        threads: int = ...,
        steps_per_gang: int = ...,
        batch: bool = ...,
        batch_rounds: int = ...,
        causes: bool = ...,
        explain_changes: int = ...,
        near_base: bool = ...,
        balance: bool = ...,
        reuse_nodes: bool = ...,
        preempt: bool = ...,
        spread_level: str | None = ...,
        replica_level: str | None = ...,
    ) -> Placement: ...
    def capacity(
        self,
        workload: Workload,
        *,
        most_copies: int = ...,
        most_pods: int = ...,
        worst_losses: int = ...,
        gang: str | None = ...,
        group: str | None = ...,
        lost: Sequence[str] = ...,
        threads: int = ...,
        steps_per_gang: int = ...,
        batch: bool = ...,
        batch_rounds: int = ...,
        causes: bool = ...,
        explain_changes: int = ...,
        near_base: bool = ...,
        balance: bool = ...,
        reuse_nodes: bool = ...,
        preempt: bool = ...,
        spread_level: str | None = ...,
        replica_level: str | None = ...,
    ) -> _Object: ...

class Index:
    def __init__(self, snapshot: Snapshot) -> None: ...
    def place(
        self,
        workload: Workload,
        *,
        threads: int = ...,
        steps_per_gang: int = ...,
        batch: bool = ...,
        batch_rounds: int = ...,
        causes: bool = ...,
        explain_changes: int = ...,
        near_base: bool = ...,
        balance: bool = ...,
        reuse_nodes: bool = ...,
        preempt: bool = ...,
        spread_level: str | None = ...,
        replica_level: str | None = ...,
    ) -> Placement: ...
    def apply(self, placement: Placement) -> None: ...
    def release(self, placement: Placement) -> None: ...
    def add_pods(self, pods: _Text, *, format: str = ...) -> None: ...
    def remove_pods(self, pods: _Text, *, format: str = ...) -> None: ...
    def set_usable(self, node: _Text, usable: bool) -> None: ...
