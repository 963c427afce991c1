#!/usr/bin/env python3
"""Documented parameters = real ones, for every function of the C header: check_documentation.py HEADER_FOLDER.

Also: a sentence in front, what is returned, the version, outputs marked as such, and no reference to what does not exist.
"""

import re
import sys

import c_header


def check_function(function, statuses, known):
    text = function.documentation
    if not text:
        yield "has no documentation"
        return
    documented = re.findall(r"@param(?:\[out\])?\s+(\w+)", text)
    if documented != function.parameters:
        yield f"documents the parameters {documented}, has {function.parameters}"
    if not re.search(r"@brief\s+\S", text):
        yield "has no @brief"
    if not re.search(r"@since\s+\d+\.\d+", text):
        yield "has no @since"
    outputs = set(re.findall(r"@param\[out\]\s+(\w+)", text))
    if function.fallible and "error" not in outputs:
        yield "does not mark `error` as an output"
    returned = re.findall(r"@retval\s+(\w+)", text)
    if function.fallible:
        if "GROVE_OK" not in returned or "GROVE_INVALID_ARGUMENT" not in returned:
            yield "does not say when it returns GROVE_OK and GROVE_INVALID_ARGUMENT"
    elif function.returns != "void" and not returned and "@return" not in text:
        yield "does not say what it returns"
    if function.returns == "void" and (returned or "@return" in text):
        yield "documents a result, but has none"
    for name in returned:
        if name not in statuses:
            yield f"returns {name}, which is no status"
    for name in re.findall(r"\b(grove_\w+)\(\)", text):
        if name not in known:
            yield f"refers to {name}(), which does not exist"


def check(folder):
    functions = c_header.functions(folder)
    texts = "".join(path.read_text(encoding="utf-8") for path in c_header.paths(folder))
    statuses = set(re.findall(r"\bGROVE_[A-Z_]+\b", re.search(r"enum grove_status \{(.*?)\}", texts, re.DOTALL)[1]))
    known = {function.name for function in functions}
    for function in functions:
        for message in check_function(function, statuses, known):
            yield f"{function.path}:{function.line}: {function.name} {message}"


def main(folder):
    findings = list(check(folder))
    for finding in findings:
        print(finding)
    count = len(c_header.functions(folder))
    print(f"{count} functions, {len(findings)} findings")
    return 1 if findings or not count else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
