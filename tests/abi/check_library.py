#!/usr/bin/env python3
"""What loading libgrove.so costs stays under limits: check_library.py LIBRARY LOADER shared|self_contained.

Counts the stripped bytes, the shared objects that come with it, and what runs before the first call. LOADER is the program that
loads it and counts the objects.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# Of an optimised build. The initialiser is that of placement.proto: the empty messages that protobuf begins with.
LIMITS = {
    "shared": {"stripped bytes": 5_400_000, "loaded objects": 38, "static initialisers": 1},
    "self_contained": {"stripped bytes": 1_000_000, "loaded objects": 4, "static initialisers": 2},
}
# What a self-contained library may need: what every C++ program has.
SYSTEM = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def stripped_bytes(library):
    with tempfile.NamedTemporaryFile(suffix=".so") as file:
        run("strip", "--strip-unneeded", "-o", file.name, library)
        return pathlib.Path(file.name).stat().st_size


# What including <iostream> does before main(): Abseil's hash maps include it.
IOSTREAM = re.compile(r"ios_base::Init::~?Init\(\)|__cxa_atexit|__cxa_finalize")


def static_initialisers(library):
    """Names of the sources that run code of their own when the library is loaded."""
    text = run("objdump", "--disassemble", "--demangle", "--no-show-raw-insn", library)
    names = []
    for name, body in re.findall(r"^[0-9a-f]+ <((?:_GLOBAL_)?_sub_I[._][^>]+)>:\n(.*?)(?:^\n|\Z)", text, re.DOTALL | re.MULTILINE):
        targets = re.findall(r"\b(?:call|jmp)q?\s+[0-9a-f]+ <(.*)>$", body, re.MULTILINE)
        stores = re.search(r"\bmov\S*\s+[^,]+,0x[0-9a-f]+\(%rip\)", body)
        indirect = re.search(r"\b(?:call|jmp)q?\s+\*%", body)
        if stores or indirect or any(not IOSTREAM.search(target) and name not in target for target in targets):
            names.append(name)
    print("static initialisers:", *names)
    return names


def loaded_objects(library, loader):
    names = run(loader, library).split()
    print("loaded:", *names)
    return len(names)


def check(library, loader, kind):
    figures = {
        "stripped bytes": stripped_bytes(library),
        "loaded objects": loaded_objects(library, loader),
        "static initialisers": len(static_initialisers(library)),
    }
    for name, figure in figures.items():
        limit = LIMITS[kind][name]
        print(f"{name}: {figure}, limit {limit}")
        if figure > limit:
            yield f"{figure} {name} are more than {limit}"
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "--dynamic", "--wide", library)))
    if kind == "self_contained" and needed - SYSTEM:
        yield f"needs {sorted(needed - SYSTEM)}"


def main(library, loader, kind):
    findings = list(check(library, loader, kind))
    print(*findings, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in LIMITS:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
