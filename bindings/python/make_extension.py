#!/usr/bin/env python3
"""Writes the C source of the extension module from the installed headers: make_extension.py HEADER_FOLDER OUTPUT.

The declarations come from grove.h itself, so that a new function needs nothing here. Each function that can fail gets a call_...
of its own, which gives all its outputs in one structure: the one crossing that a document costs.
"""

import pathlib
import re
import sys

import cffi

# What a call gives. It is released when the next call begins: that is no crossing of its own.
OUTCOME = """
typedef struct outcome {
  grove_status status;
  grove_buffer result;
  grove_buffer report;
  void* handle; /* the caller's once it is taken */
  grove_error* error;
} outcome;
"""

HELPERS = """
static void release_outcome(outcome* out) {
  grove_buffer_dispose(&out->result);
  grove_buffer_dispose(&out->report);
  grove_error_free(out->error);
  memset(out, 0, sizeof *out);
}
"""


def read(path, seen):
    """The text of a header, each header that it includes once in its place."""
    if path in seen:
        return ""
    seen.add(path)
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    included = lambda match: read((path.parent / match[1]).resolve(), seen)
    return re.sub(r'^#include "([\w./]+)"$', included, text, flags=re.MULTILINE)


def declarations(folder):
    """What grove.h and the headers that it includes declare, without comments and preprocessor."""
    text = read(pathlib.Path(folder, "grove.h").resolve(), set())
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r'extern "C" \{|^\}\s*$', "", text, flags=re.MULTILINE)
    return text.replace("GROVE_API ", "")


def calls(declared):
    """(prototype, definition) of the call_... of each function that can fail."""
    for name, text in re.findall(r"\bgrove_status grove_(\w+)\(([^;]*?)\);", declared):
        parameters = [" ".join(each.split()) for each in text.split(",")]
        if parameters[-1] != "grove_error** error":
            continue
        taken, given, handle = [], [], None
        for parameter in parameters:
            kind, output = parameter.rsplit(" ", 1)
            if parameter in ("grove_buffer* result", "grove_buffer* report", "grove_error** error"):
                given.append(f"&out->{output}")
            elif kind.endswith("**"):
                handle = kind[:-1]
                given.append("&handle")
            else:
                taken.append(parameter)
                given.append(output)
        prototype = f"void call_{name}({', '.join(['outcome* out', *taken])})"
        body = ["release_outcome(out);", f"out->status = grove_{name}({', '.join(given)});"]
        if handle:
            body = [f"{handle} handle = NULL;", *body, "out->handle = handle;"]
        yield f"{prototype};", f"static {prototype} {{\n  " + "\n  ".join(body) + "\n}\n"


def main(folder, output):
    declared = declarations(folder)
    prototypes, definitions = zip(*calls(declared))
    builder = cffi.FFI()
    builder.cdef("\n".join([declared, OUTCOME, "void release_outcome(outcome* out);", *prototypes]))
    builder.set_source(
        "grove._libgrove", "\n".join(["#include <string.h>", '#include "grove.h"', OUTCOME, HELPERS, *definitions])
    )
    builder.emit_c_code(output)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
