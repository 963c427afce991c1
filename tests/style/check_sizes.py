#!/usr/bin/env python3
"""No source file over 400 lines: a longer one has two reasons to change."""

import project

MAX_LINES = 400
SUFFIXES = project.CODE_SUFFIXES | {".py", ".build"}
# Files that a program writes.
GENERATED = (
    "src/model/kubernetes/kubernetes_schema.cc",
    "src/model/kubernetes/pod_template_types.cc",
)


def check(root):
    for path in project.files(root):
        if path.suffix not in SUFFIXES and path.name != "run":
            continue
        if path.as_posix() in GENERATED:
            continue
        lines = project.text_of(root, path).count("\n")
        if lines > MAX_LINES:
            yield path, lines, f"longer than {MAX_LINES} lines"


if __name__ == "__main__":
    project.run_check(check)
