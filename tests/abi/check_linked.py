#!/usr/bin/env python3
"""A program is linked to libgrove.so and to nothing else but the C library: check_linked.py PROGRAM..."""

import re
import subprocess
import sys

ALLOWED = re.compile(r"libgrove\.so\.\d+|libc\.so\.\d+|ld-linux-\S+")


def needed_by(program):
    text = subprocess.run(["readelf", "--dynamic", "--wide", program], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.*)\]", text)


def main(programs):
    findings = []
    for program in programs:
        needed = needed_by(program)
        print(f"{program}: {', '.join(needed)}")
        findings += [f"{program} needs {name}" for name in needed if not ALLOWED.fullmatch(name)]
        if not any(name.startswith("libgrove.so") for name in needed):
            findings.append(f"{program} does not need libgrove.so")
    print(*findings, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
