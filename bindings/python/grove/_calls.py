"""Calls of the C interface: options in, bytes out, errors as exceptions. One crossing per document."""

import enum
import json

from ._libgrove import ffi, lib


class Status(enum.IntEnum):
    """How a call ended; the numbers are those of gRPC."""

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

    @classmethod
    def _missing_(cls, value):
        # A later library may return what this package does not know.
        return cls.UNKNOWN


class Error(Exception):
    """Why a call failed, and where: `status`, `message`, `argument`, `path`, `line`, `column`, `report`."""

    def __init__(self, status, message, argument="", path="", line=0, column=0, report=None):
        place = argument + (f":{line}:{column}" if line else "") + (f": {path}" if path and path not in message else "")
        super().__init__(f"{place}: {message}" if place else message)
        self.status = status
        self.message = message
        self.argument = argument
        self.path = path
        self.line = line
        self.column = column
        self.report = report


FORMATS = {
    "json": lib.GROVE_FORMAT_JSON,
    "yaml": lib.GROVE_FORMAT_YAML,
    "json_indented": lib.GROVE_FORMAT_JSON_INDENTED,
}


def text(data):
    """Bytes of a text: UTF-8 of a str."""
    if data is None:
        return b""
    return data.encode("utf-8") if isinstance(data, str) else bytes(data)


def format_number(name):
    try:
        return FORMATS[name]
    except KeyError:
        raise ValueError(f"format is {name!r}, must be one of {sorted(FORMATS)}") from None


class Options:
    """A struct of options, with what it points to. Members that are None stay at their defaults."""

    def __init__(self, kind, **members):
        self.pointer = ffi.new(f"{kind} *")
        self.pointer.struct_size = ffi.sizeof(kind)
        self._kept = []
        for name, value in members.items():
            self._set(name, value)

    def _set(self, name, value):
        if value is None:
            return
        if isinstance(value, Options):
            self._kept.append(value)
            value = value.pointer
        elif isinstance(value, (str, bytes)):
            data = ffi.from_buffer("char[]", text(value), require_writable=False)
            self._kept.append(data)
            setattr(self.pointer, f"{name}_size", len(data))
            value = data
        setattr(self.pointer, name, value)


def limits(values):
    """`grove_limits` from a mapping of names to bounds."""
    if values is None:
        return None
    known = {name for name, _ in ffi.typeof("grove_limits").fields} - {"struct_size"}
    unknown = set(values) - known
    if unknown:
        raise TypeError(f"unknown limits {sorted(unknown)}, there are {sorted(known)}")
    return Options("grove_limits", **values)


def _passed(arguments):
    """As C takes them: bytes become a pointer and a length, Options a pointer, handles theirs, None NULL."""
    passed = []
    for argument in arguments:
        if isinstance(argument, bytes):
            passed += [argument, len(argument)]
        elif isinstance(argument, (Options, Handle)):
            passed.append(argument.pointer)
        else:
            passed.append(ffi.NULL if argument is None else argument)
    return passed


# Places for what calls give, one for each call that is under way. The next call at a place releases what the last one left
# there: each document is one crossing.
_places: list = []

# What is larger is released once it is read: a crossing costs nothing beside the reading then.
_KEPT_BYTES = 1 << 20


def _error(error):
    report = ffi.string(error.report)
    return Error(
        Status(error.status),
        ffi.string(error.message).decode("utf-8", "replace"),
        ffi.string(error.argument).decode(),
        ffi.string(error.path).decode("utf-8", "replace"),
        error.line,
        error.column,
        json.loads(report) if report else None,
    )


def _call(function, arguments, take):
    """What `take` reads at the place of the call."""
    try:
        out = _places.pop()
    except IndexError:
        out = ffi.gc(ffi.new("outcome *"), lib.release_outcome)
    try:
        function(out, *_passed(arguments))
        if out.status != lib.GROVE_OK:
            raise _error(out.error)
        return take(out)
    finally:
        if out.result.size + out.report.size > _KEPT_BYTES:
            lib.release_outcome(out)
        _places.append(out)


def _bytes(buffer):
    return ffi.unpack(buffer.data, buffer.size) if buffer.size else b""


def call(function, *arguments, outputs=1):
    """Calls `function`, one of call_... Returns the bytes of its outputs."""
    return _call(function, arguments, lambda out: [_bytes(buffer) for buffer in (out.result, out.report)[:outputs]])


def document(function, *arguments):
    """What a call with one output gives, parsed."""
    return json.loads(call(function, *arguments)[0])


class Handle:
    """An object of the library, released when nobody refers to it any more. Immutable, but for an index: threads may share it."""

    def __init__(self, kind, release, function, *arguments):
        self.pointer = _call(function, arguments, lambda out: ffi.gc(ffi.cast(f"{kind} *", out.handle), release))
