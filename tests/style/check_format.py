#!/usr/bin/env python3
"""Sources are as clang-format 14 lays them out. Skipped where that program is not installed."""

import re
import shutil
import subprocess
import sys

import check_sizes
import project

VERSION = "14"
FINDING = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):\d+: (?:warning|error): code should be clang-formatted")
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
    sources = [path for path in project.code_files(root) if path.as_posix() not in check_sizes.GENERATED]
    command = [program, "--dry-run", "-ferror-limit=1", *map(str, sources)]
    report = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True).stderr
    for line in report.splitlines():
        finding = FINDING.match(line)
        if finding:
            yield finding["path"], int(finding["line"]), "not as clang-format lays it out"


if __name__ == "__main__":
    project.run_check(check)
