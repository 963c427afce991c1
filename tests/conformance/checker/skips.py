"""The parts for which the driver may answer that the library does not do this yet: skips.json.

A rule names a part and a reason, never a case. An {"unsupported": ...} for any other part is a failure.
"""

import json
import pathlib

FILE = pathlib.Path(__file__).resolve().parent.parent / "skips.json"


def load(parts, path=FILE):
    """{part: reason}; ValueError if a rule says anything but a known part and a reason."""
    rules = {}
    for rule in json.loads(path.read_text(encoding="utf-8")):
        if set(rule) != {"part", "reason"} or rule["part"] not in parts or rule["part"] in rules or not rule["reason"]:
            raise ValueError(f"{path.name}: not a rule of one part and its reason: {rule}")
        rules[rule["part"]] = rule["reason"]
    return rules
