#!/usr/bin/env python3
"""Places scenarios with the Python package: driver.py message|objects FILE. Prints a PlacementResult message as JSON."""

import pathlib
import sys

import grove


def main(kind, path):
    text = pathlib.Path(path).read_bytes()
    if kind == "message":
        result = grove.place_message(text, encoding="json")
    else:
        placement = grove.Snapshot(text, format="json").place()
        if placement.check():
            sys.exit("the placement breaks rules")
        result = placement.encode("json")
    sys.stdout.buffer.write(result)


if __name__ == "__main__":
    main(*sys.argv[1:])
