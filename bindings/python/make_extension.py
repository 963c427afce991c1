#!/usr/bin/env python3
"""Writes the C source of the extension module from the installed headers: make_extension.py HEADER_FOLDER OUTPUT.

The declarations come from grove.h itself, so that a new function needs nothing here.
"""

import pathlib
import re
import sys

import cffi


def declarations(folder):
    """What grove.h and the headers of grove/ declare, without comments and preprocessor."""
    folder = pathlib.Path(folder)
    main = (folder / "grove.h").read_text(encoding="utf-8")
    text = ""
    for name in re.findall(r'^#include "(grove/\w+\.h)"', main, re.MULTILINE):
        text += (folder / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text + main, flags=re.DOTALL)
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
