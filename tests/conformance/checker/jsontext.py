"""JSON text to values and back, with the equality that the corpus asks for.

Numbers become `Number`: 1 and 1.0 are equal, while 1 and true, which Python takes for equal, are not. Everything else
is what `json` makes of it, so `==` on two whole trees is exact and runs at the speed of C.
"""

import functools
import json


class Number:
    """A JSON number, equal to every other of the same value and to nothing else."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Number) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __repr__(self):
        return f"Number({self.value!r})"


@functools.lru_cache(maxsize=4096)
def _integer(text):
    return Number(int(text))


@functools.lru_cache(maxsize=4096)
def _fraction(text):
    return Number(float(text))


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def _unique_members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"duplicate member {next(name for name in names if names.count(name) > 1)!r}")
    return members


_HOOKS = {
    "parse_int": _integer,
    "parse_float": _fraction,
    "parse_constant": _refuse_constant,
    "object_pairs_hook": _unique_members,
}
_DECODER = json.JSONDecoder(**_HOOKS)


def loads(text):
    """The value of a JSON text (bytes must be UTF-8). ValueError for anything else, duplicate members included."""
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    return json.loads(text, **_HOOKS)


def dumps(value):
    """The JSON text of a value on one line, members in their order."""
    return json.dumps(value, ensure_ascii=False, default=lambda number: number.value)


def split_case(line):
    """(text of the case, case, expected) of one line of a case file. The text of the case is passed on as it is."""
    text = line.decode("utf-8")
    start = text.find(":") + 1
    if text[:start].split() == ['{"case":']:
        start += len(text[start:]) - len(text[start:].lstrip())
        case, end = _DECODER.raw_decode(text, start)
        rest = _DECODER.decode("{" + text[end:].lstrip().removeprefix(","))
        if list(rest) == ["expected"]:
            return text[start:end], case, rest["expected"]
    whole = loads(text)
    return dumps(whole["case"]), whole["case"], whole["expected"]
