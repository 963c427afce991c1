#!/usr/bin/env python3
"""Words that have no place: what would make the core impure or unsafe, and traces of machines and hosts."""

import re

import project

CORE = ("include/grove", "src/model", "src/planner", "src/topology", "src/capi")
# Whole words of code (comments and strings aside), the rooms they are kept out of, and why.
CODE_WORDS = (
    (r"system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime|std::time", CORE, "the time is an argument"),
    (r"random_device|mt19937(?:_64)?|srand|std::rand", CORE, "randomness comes from a seed argument"),
    (r"getenv|secure_getenv|setlocale", CORE, "the environment is no input"),
    (r"std::cout|std::cerr|printf", CORE, "the library prints nothing"),
    (r"ifstream|ofstream|fopen", CORE, "files belong to the caller"),
    (r"throw", CORE, "errors are values"),
    (r"thread_local", CORE, "no state between calls"),
    (r"kParseFullPrecisionFlag", project.ROOMS, "crashes in RapidJSON 1.1.0"),
)
CODE_RULES = [(re.compile(rf"(?<!\w)(?:std::)?(?:{words})\b"), rooms, why) for words, rooms, why in CODE_WORDS]

MACHINE_PATH = re.compile(r"(?<![\w.${}-])/(?:work|Users|home|root)/[A-Za-z]")
# Paths inside containers stand there.
MANIFEST_SUFFIXES = {".yaml", ".yml", ".json", ".jsonl"}
TODO = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
URL_HOST = re.compile(r"\bhttps?://([A-Za-z0-9.-]+)")
# Public documentation and identifiers of formats; examples use the reserved names.
KNOWN_HOSTS = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|org|net)|apache\.org|kubernetes\.io|k8s\.io|keepachangelog\.com|semver\.org|w3\.org"
    r"|oasis-open\.org|json\.schemastore\.org|github\.com|yaml\.org|rfc-editor\.org|grove\.io)"
)
IMAGE = re.compile(r"""\bimage["']?[ \t]*[:=][ \t]*["']?([A-Za-z0-9.-]+\.[A-Za-z]{2,})(?::\d+)?/""")
RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example)")  # RFC 2606
# Whole texts of others, kept as they are.
VERBATIM = {"LICENSE"}


def matches(pattern, text):
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match


def check_code(path, text):
    code = project.without_comments_and_strings(text)
    room = project.room_of(path)
    for pattern, rooms, why in CODE_RULES:
        if room in rooms:
            for line, match in matches(pattern, code):
                yield path, line, f"{match.group()}: {why}"


def check_text(path, text):
    for line, match in matches(MACHINE_PATH, "" if path.suffix in MANIFEST_SUFFIXES else text):
        yield path, line, f"path of a machine: {match.group()}"
    for line, match in matches(TODO, text):
        yield path, line, "unfinished work belongs to the issues"
    for line, match in matches(URL_HOST, text):
        if not KNOWN_HOSTS.fullmatch(match.group(1)):
            yield path, line, f"unknown host: {match.group(1)}"
    for line, match in matches(IMAGE, text):
        if not RESERVED.fullmatch(match.group(1)):
            yield path, line, f"registry of an image under no reserved name: {match.group(1)}"


def check(root):
    for path in project.files(root):
        text = project.text_of(root, path)
        if text is None or path.name in VERBATIM or path.is_relative_to("tests/style"):
            continue
        yield from check_text(path, text)
        if path.suffix in project.CODE_SUFFIXES:
            yield from check_code(path, text)


if __name__ == "__main__":
    project.run_check(check)
