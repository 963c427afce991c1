"""What the driver may answer that the library does not do yet: skips.json.

A rule names a part, optionally the one thing that is needed (the word of the driver's {"unsupported": ...}), and a
reason, never a case. An {"unsupported": ...} that no rule allows is a failure.
"""

import json
import pathlib

FILE = pathlib.Path(__file__).resolve().parent.parent / "skips.json"


def load(parts, path=FILE):
    """{(part, need or None): reason}; ValueError if a rule says anything but a known part, a need and a reason."""
    rules = {}
    for rule in json.loads(path.read_text(encoding="utf-8")):
        key = (rule.get("part"), rule.get("needs"))
        well_formed = {"part", "reason"} <= set(rule) <= {"part", "needs", "reason"}
        if not well_formed or key[0] not in parts or key in rules or not rule["reason"] or rule.get("needs") == "":
            raise ValueError(f"{path.name}: not a rule of one part and its reason: {rule}")
        rules[key] = rule["reason"]
    return rules
