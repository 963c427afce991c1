#!/usr/bin/env python3
"""Who includes whom: rooms look only where docs/adr/0001-architecture.md allows; headers have #pragma once."""

import os
import pathlib
import re

import project

STANDARD = "std"  # the C and C++ standard libraries
PLATFORM = "platform"  # POSIX
PROTOBUF = "protobuf"  # with what it generates
ANYTHING = {STANDARD, PLATFORM, PROTOBUF, "absl", "rapidjson", "yaml", "fmt", "gtest", "gmock", "benchmark"}

# Room → the rooms and the libraries that its files may include, besides itself.
MAY_INCLUDE = {
    "include/grove": {STANDARD, "absl"},
    "src/model": {"include/grove", STANDARD, "absl", "rapidjson", "yaml"},
    "src/planner": {"include/grove", "src/model", STANDARD, "absl"},
    "src/topology": {"include/grove", "src/model", STANDARD, "absl", PROTOBUF},
    "src/capi": {"include/grove", "src/model", "src/planner", "src/topology", "bindings/c", STANDARD, "absl"},
    "src/cli": {"include/grove", "src/model", "src/planner", "src/topology", STANDARD, PLATFORM, "absl", "fmt"},
    "bindings/c": {STANDARD},
    "bindings/go": {"bindings/c", STANDARD},
    "tests": set(project.ROOMS) | ANYTHING,
    "bench": set(project.ROOMS) | ANYTHING,
    # As a user of the library sees it.
    "examples": {"include/grove", "bindings/c", STANDARD, PLATFORM, "absl"},
}

# Folders that the compiler searches for headers of the project, besides that of the including file.
SEARCHED = ("include", "src", "bindings/c", "tests")

C_HEADERS = {
    f"{name}.h"
    for name in (
        "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdarg stdbool "
        "stddef stdint stdio stdlib string tgmath time wchar wctype"
    ).split()
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def library_of(name):
    """The library that a header which is none of the project's belongs to."""
    first = name.split("/")[0]
    if "/" in name and first in ANYTHING:
        return first
    if name.startswith("google/protobuf/") or name.endswith(".pb.h"):
        return PROTOBUF
    if name == "yaml.h":
        return "yaml"
    if "/" not in name and ("." not in name or name in C_HEADERS):
        return STANDARD
    return PLATFORM


def resolve(headers, including, name):
    """The file of the project that `name` means, or None."""
    for folder in (including.parent, *map(pathlib.PurePath, SEARCHED)):
        candidate = pathlib.PurePath(os.path.normpath(folder / name))
        # A configured header is known by its template.
        for path in (candidate, candidate.with_name(candidate.name + ".in")):
            if path in headers:
                return path
    return None


def check_file(root, headers, path):
    text = project.text_of(root, path)
    room = project.room_of(path)
    if path.suffix in project.HEADER_SUFFIXES and not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield path, 1, "header without #pragma once"
    if room is None:
        yield path, 1, "source file outside every room"
        return
    for include in INCLUDE.finditer(text):
        line = text.count("\n", 0, include.start()) + 1
        name = include.group(2)
        target = resolve(headers, path, name)
        owner = project.room_of(target) if target else library_of(name)
        if include.group(1) == '"' and not target and owner in (STANDARD, PLATFORM):
            yield path, line, f'"{name}" is no header of the project'
        elif owner != room and owner not in MAY_INCLUDE[room]:
            yield path, line, f"{room} must not include {name} ({owner})"


def check(root):
    paths = project.files(root)
    headers = {path for path in paths if path.suffix in project.HEADER_SUFFIXES or path.name.endswith(".h.in")}
    for path in paths:
        if path.suffix in project.CODE_SUFFIXES:
            yield from check_file(root, headers, path)


if __name__ == "__main__":
    project.run_check(check)
