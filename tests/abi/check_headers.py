#!/usr/bin/env python3
"""The C headers in each language that a program may be written in, by every compiler at hand, with every warning an error.

check_headers.py HEADER_FOLDER C_SOURCE CXX_SOURCE. Each header alone and twice in a row; the sources, which use every
initialiser and macro, as well.
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import c_header

C_STANDARDS = ("c99", "c11", "c17")
CXX_STANDARDS = ("c++11", "c++20")
# Compilers for C with what each language calls them.
COMPILERS = (("gcc", "g++"), ("clang", "clang++"))
WARNINGS = ("-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-Wundef", "-Wshadow")
C_WARNINGS = ("-Wstrict-prototypes", "-Wmissing-prototypes", "-Wc++-compat", "-Wconversion")
CXX_WARNINGS = ("-Wold-style-cast", "-Wmissing-declarations", "-Wconversion")


def commands(folder, c_source, cxx_source, temporary):
    """(what is checked, command) of every check."""
    sources = {".c": [pathlib.Path(c_source)], ".cc": [pathlib.Path(cxx_source)]}
    for header in c_header.paths(folder):
        name = header.relative_to(folder).as_posix()
        for suffix, list_of_sources in sources.items():
            # Included twice; the first time it stands alone. A translation unit must not be empty.
            path = temporary / (name.replace("/", "_") + suffix)
            path.write_text(f'#include "{name}"\n#include "{name}"\ntypedef int not_empty;\n', encoding="utf-8")
            list_of_sources.append(path)
    for pair in COMPILERS:
        for compiler, suffix, standards, more in zip(
            pair, sources, (C_STANDARDS, CXX_STANDARDS), (C_WARNINGS, CXX_WARNINGS), strict=True
        ):
            if shutil.which(compiler) is None:
                print(f"{compiler} is not installed")
                continue
            for standard in standards:
                for source in sources[suffix]:
                    command = [compiler, f"-std={standard}", *WARNINGS, *more, "-fsyntax-only", "-I", str(folder), str(source)]
                    yield f"{compiler} -std={standard} {source.name}", command


def run(check):
    name, command = check
    result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return "" if result.returncode == 0 else f"{name}\n{result.stdout}"


def main(folder, c_source, cxx_source):
    with tempfile.TemporaryDirectory() as temporary:
        checks = list(commands(pathlib.Path(folder), c_source, cxx_source, pathlib.Path(temporary)))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            failures = [failure for failure in pool.map(run, checks) if failure]
    print(*failures, sep="\n")
    print(f"{len(checks)} compilations, {len(failures)} failures")
    return 1 if failures or not checks else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
