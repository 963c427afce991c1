#!/usr/bin/env python3
"""Writes the C source of the extension module from the installed headers: make_extension.py HEADER_FOLDER OUTPUT.

The declarations come from grove.h itself, so that a new function needs nothing here.
"""

import pathlib
import re
import sys

import cffi


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


def main(folder, output):
    builder = cffi.FFI()
    builder.cdef(declarations(folder))
    builder.set_source("grove._libgrove", '#include "grove.h"')
    builder.emit_c_code(output)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
