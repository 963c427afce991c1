"""What the style checks share: which files the project has, which room each belongs to, and how findings are told."""

import pathlib
import re
import sys

ROOMS = (
    "include/grove",
    "src/model",
    "src/planner",
    "src/topology",
    "src/capi",
    "src/cli",
    "bindings/c",
    "bindings/go",
    "tests",
    "bench",
    "examples",
)
CODE_SUFFIXES = {".c", ".cc", ".h", ".hpp"}
HEADER_SUFFIXES = {".h", ".hpp"}
# Folders that hold no sources of the project.
SKIPPED_FOLDERS = re.compile(r"^(build.*|\.git|\.cache|__pycache__|subprojects)$")


def files(root):
    """Every file of the project below `root`, as sorted paths relative to it."""
    found = []
    folders = [root]
    while folders:
        for path in folders.pop().iterdir():
            if path.is_symlink():
                continue
            if path.is_dir():
                if not SKIPPED_FOLDERS.match(path.name):
                    folders.append(path)
            elif path.name != ".git":  # a file where the folder is a linked work tree
                found.append(path.relative_to(root))
    return sorted(found)


def code_files(root):
    return [path for path in files(root) if path.suffix in CODE_SUFFIXES]


def text_of(root, path):
    """The text of a file, or None if it is not UTF-8 text."""
    data = (root / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def room_of(path):
    """The room that a file belongs to, or None."""
    for room in ROOMS:
        if path.is_relative_to(room):
            return room
    return None


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\\ ]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL,
)


def without_comments_and_strings(text):
    """The code alone; lines keep their numbers."""

    def blank(match):
        # A digit separator (1'000) is no character literal.
        start = match.start()
        if match.group()[0] == "'" and start > 0 and text[start - 1].isalnum():
            return match.group()
        return '""' + "\n" * match.group().count("\n") if match.group()[0] in "\"'R" else "\n" * match.group().count("\n")

    return _TOKEN.sub(blank, text)


def run_check(check):
    """Runs `check(root)`, which yields findings as (path, line, message), for the root named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PROJECT_ROOT")
    findings = list(check(pathlib.Path(sys.argv[1]).resolve()))
    for path, line, message in findings:
        print(f"{path}:{line}: {message}")
    print(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)
