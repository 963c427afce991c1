#!/usr/bin/env python3
"""What bindings declare by hand is what the headers declare: check_bindings.py HEADER_FOLDER RUST_SOURCE.

Compares names of functions with their parameters, enumerators with their numbers, members of structs in their order.
"""

import pathlib
import re
import sys

import c_header


def of_headers(folder):
    code = "".join(c_header.code_of(path.read_text(encoding="utf-8")) for path in c_header.paths(folder))
    found = {function.name: function.parameters for function in c_header.functions(folder)}
    for body in re.findall(r"typedef enum \w+ \{(.*?)\}", code, re.DOTALL):
        enumerators = dict(re.findall(r"(\w+) = (\w+)", body))
        found |= {name: number for name, number in enumerators.items() if not name.endswith("_MAX_ENUM_")}
    for name, body in re.findall(r"typedef struct (\w+) \{(.*?)\}", code, re.DOTALL):
        found[name] = re.findall(r"(\w+)\s*;", body)
    return found


def of_rust(path):
    code = re.sub(r"//[^\n]*", "", pathlib.Path(path).read_text(encoding="utf-8"))
    found = dict(re.findall(r"pub const (\w+): \w+ = (\w+);", code))
    for name, body in re.findall(r"pub struct (\w+) \{(.*?)\}", code, re.DOTALL):
        members = re.findall(r"pub (\w+):", body)
        if members:
            found[name] = members
    for name, parameters in re.findall(r"pub fn (\w+)\((.*?)\)(?: ->|;)", code, re.DOTALL):
        found[name] = re.findall(r"(\w+):", parameters)
    return found


def main(folder, rust):
    wanted, got = of_headers(folder), of_rust(rust)
    findings = [
        f"{name}: the header has {wanted.get(name)}, {rust} has {got.get(name)}"
        for name in sorted({*wanted, *got})
        if wanted.get(name) != got.get(name)
    ]
    print(*findings, sep="\n")
    print(f"{len(wanted)} names, {len(findings)} findings")
    return 1 if findings or not wanted else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
