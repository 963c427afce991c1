#!/usr/bin/env python3
"""The interface of libgrove.so is the recorded one: check_abi.py LIBRARY HEADER_FOLDER BASELINE.

check_abi.py --update LIBRARY HEADER_FOLDER BASELINE records it anew. Additions are recorded with the change that makes them;
anything else breaks programs that exist, and moves the SONAME. check_abi.py --self-test LIBRARY HEADER_FOLDER BASELINE CC MAP
checks the check: broken headers and libraries, compiled from the declarations alone, must be refused.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import c_header

SKIPPED = 77  # Meson's exit code for a skipped test


def describe(library, headers):
    """The interface as libabigail writes it, without what depends on the build."""
    command = ["abidw", "--headers-dir", headers, "--exported-interfaces-only", "--drop-private-types", "--no-show-locs"]
    command += ["--no-corpus-path", "--no-comp-dir-path", library]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(r"  <elf-needed>.*?</elf-needed>\n", "", text, flags=re.DOTALL)


def compare(baseline, text):
    """(exit code of abidiff, its report): 0 if nothing changed, 4 for changed types, 8 and 12 for what programs cannot survive."""
    with tempfile.NamedTemporaryFile("w", suffix=".abi", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = ["abidiff", baseline, file.name]
        result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return result.returncode, result.stdout


def check(library, headers, baseline):
    code, report = compare(baseline, describe(library, headers))
    print(report, end="")
    if code != 0:
        print(f"\nabidiff says {code}: the interface is not the recorded one. If the change is meant, and only adds: --update.")
    return 1 if code != 0 else 0


# ---- The check of the check -------------------------------------------------------------------------------------------


def stub(folder, compiler, version_map, soname):
    """A library with the declared functions, which do nothing."""
    lines = ['#include "grove.h"']
    code = "".join(c_header.code_of(path.read_text(encoding="utf-8")) for path in c_header.paths(folder))
    for match in re.finditer(r"\bGROVE_API\b([^;(]*?)(\w+)\s*(\([^;]*\))\s*;", code):
        returns, name, parameters = match.groups()
        body = "{}" if returns.split() == ["void"] else f"{{ return ({returns})0; }}"
        lines.append(f"{returns} {name}{parameters} {body}")
    source = folder / "stub.cc"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    library = folder / "libgrove.so"
    command = [*compiler.split(), "-std=c++20", "-g", "-w", "-shared", "-fPIC", f"-I{folder}", str(source), "-o", str(library)]
    subprocess.run([*command, f"-Wl,-soname,{soname}", f"-Wl,--version-script={version_map}"], check=True)
    return library


# What to replace in which header.
BREAKS = (
    ("an enumerator is renumbered", r"GROVE_FORMAT_YAML = 1", "GROVE_FORMAT_YAML = 5"),
    ("a struct grows in its middle", r"(uint32_t max_depth;)", r"uint32_t before[2]; \1"),
    ("a member becomes wider", r"uint32_t strict;", "uint64_t strict;"),
    ("a member is renamed away", r"void\* owner;", ""),
    ("a parameter becomes narrower", r"(grove_status grove_admit\(const char\* manifest,) size_t", r"\1 uint32_t"),
    ("a parameter is gone", r"(grove_placement_pods\(const grove_placement\* placement), size_t\* count\)", r"\1)"),
    ("a function returns another type", r"uint32_t grove_version_number", "uint64_t grove_version_number"),
    ("a function is gone", r"GROVE_API const char\* grove_version_string\([^;]*;", ""),
)


def self_test(library, headers, baseline, compiler, version_map):
    soname = re.search(r"soname='([^']+)'", pathlib.Path(baseline).read_text(encoding="utf-8"))[1]
    failures = []
    with tempfile.TemporaryDirectory() as temporary:
        cases = (("nothing", "", ""), *BREAKS)
        for number, (name, pattern, replacement) in enumerate(cases):
            folder = pathlib.Path(temporary, str(number))
            shutil.copytree(headers, folder)
            hits = 0
            for path in c_header.paths(folder) if pattern else ():
                text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"))
                path.write_text(text, encoding="utf-8")
                hits += count
            code, report = compare(baseline, describe(stub(folder, compiler, version_map, soname), folder))
            print(f"{name}: abidiff says {code}")
            if pattern and hits != 1:
                failures.append(f"{name}: the pattern is found {hits} times")
            if (code != 0) != bool(pattern):
                failures.append(f"{name}: abidiff says {code}\n{report}")
        moved = pathlib.Path(temporary, "0")
        code, _ = compare(baseline, describe(stub(moved, compiler, version_map, soname + "9"), moved))
        print(f"another SONAME: abidiff says {code}")
        if code == 0:
            failures.append("another SONAME passes")
    print(*failures, sep="\n")
    return 1 if failures else 0


def main(arguments):
    if shutil.which("abidiff") is None or shutil.which("abidw") is None:
        print("abidiff is not installed (Debian: abigail-tools)")
        return SKIPPED
    mode = arguments.pop(0) if arguments and arguments[0].startswith("--") else "--check"
    library, headers, baseline = arguments[:3]
    sections = subprocess.run(["readelf", "--section-headers", "--wide", library], check=True, capture_output=True, text=True)
    if ".debug_info" not in sections.stdout:
        print(f"{library} has no debug information")
        return SKIPPED
    if mode == "--update":
        pathlib.Path(baseline).write_text(describe(library, headers), encoding="utf-8")
        return 0
    if mode == "--self-test":
        return self_test(*arguments)
    return check(library, headers, baseline)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
