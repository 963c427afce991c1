#!/usr/bin/env python3
"""What libgrove.so exports = what grove.map lists = what the headers declare: check_symbols.py LIBRARY MAP HEADER_FOLDER."""

import pathlib
import re
import subprocess
import sys

import c_header


def exported(library):
    """Names of the defined dynamic symbols, without those of the version nodes themselves."""
    command = ["nm", "--dynamic", "--defined-only", "--format=posix", library]
    names = set()
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        name, kind = line.split()[:2]
        if kind != "A":
            names.add(name.split("@")[0])
    return names


def mapped(path):
    """Names under `global:`; a wildcard stands for itself, so that it never equals a declaration."""
    text = re.sub(r"/\*.*?\*/|#[^\n]*", "", pathlib.Path(path).read_text(encoding="utf-8"), flags=re.DOTALL)
    names = set()
    for node in re.findall(r"global:(.*?)(?:local:|\})", text, re.DOTALL):
        names.update(re.findall(r"([^\s;]+)\s*;", node))
    return names


def declared(folder):
    """Names of the functions that carry GROVE_API."""
    return {function.name for function in c_header.functions(folder)}


def main(library, version_map, folder):
    sets = {library: exported(library), version_map: mapped(version_map), folder: declared(folder)}
    every = set().union(*sets.values())
    findings = [f"{name}: not in {path}" for name in sorted(every) for path in sets if name not in sets[path]]
    findings += [f"{name}: outside the grove_ prefix" for name in sorted(every) if not name.startswith("grove_")]
    for finding in findings:
        print(finding)
    print(f"{len(every)} symbols, {len(findings)} findings")
    return 1 if findings or not every else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
