#!/usr/bin/env python3
"""Sources are as clang-format 14 lays them out. Skipped where that program is not installed."""

import re
import shutil
import subprocess
import sys

import check_sizes
import project

VERSION = "14"
SKIPPED = 77  # Meson's exit code for a skipped test


def find_program():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program:
            version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
            if re.search(rf"version {VERSION}\.", version):
                return program
    return None


def check(root):
    program = find_program()
    if program is None:
        print(f"clang-format {VERSION} is not installed")
        sys.exit(SKIPPED)
    for path in project.code_files(root):
        if path.as_posix() in check_sizes.GENERATED:
            continue
        source = (root / path).read_bytes()
        formatted = subprocess.run([program, str(root / path)], check=True, capture_output=True).stdout
        if source != formatted:
            pairs = zip(source.splitlines(), formatted.splitlines())
            line = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 1)
            yield path, line, "not as clang-format lays it out"


if __name__ == "__main__":
    project.run_check(check)
