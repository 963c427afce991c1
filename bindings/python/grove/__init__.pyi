from typing import Any, Mapping, Optional, TypedDict, Union
from enum import IntEnum

Text = Union[str, bytes]
Object = dict[str, Any]

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

class _FieldErrorBase(TypedDict):
    type: str
    field: str
    detail: str
    stage: str
    rule: str

class FieldError(_FieldErrorBase, total=False):
    badValue: Any
    suggestion: str
    line: int
    column: int

class _WarningBase(TypedDict):
    field: str
    detail: str

class Warning(_WarningBase, total=False):
    rule: str
    line: int
    column: int

class _VerdictBase(TypedDict):
    file: str
    document: int
    kind: str
    name: str
    allowed: bool
    errors: list[FieldError]
    warnings: list[Warning]
    defaulted: Optional[Object]

class ReconcileError(TypedDict):
    object: str
    code: str
    message: str

class Verdict(_VerdictBase, total=False):
    namespace: str
    reconcileErrors: list[ReconcileError]

class Skipped(TypedDict):
    file: str
    document: int
    apiVersion: str
    kind: str
    name: str

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
    report: Optional[Report]

def library_version() -> str: ...
def admit(
    manifest: Text,
    *,
    context: Optional[Text] = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    namespace: Optional[str] = ...,
    limits: Optional[Mapping[str, int]] = ...,
) -> Report: ...
def expand(
    manifest: Text,
    *,
    context: Optional[Text] = ...,
    format: str = ...,
    strict: bool = ...,
    all_stages: bool = ...,
    namespace: Optional[str] = ...,
    limits: Optional[Mapping[str, int]] = ...,
    at_rest: bool = ...,
    scheduler_objects: bool = ...,
    allow_incomplete: bool = ...,
    seed: int = ...,
    now: int = ...,
    init_container_image: Optional[str] = ...,
    init_container_version: Optional[str] = ...,
) -> tuple[list[Object], Report]: ...
