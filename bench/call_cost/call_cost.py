#!/usr/bin/env python3
"""Admits a manifest through the Python package and through C++ in turn: call_cost.py CPP_SIDE MANIFEST [ROUNDS].

Prints microseconds of a call, the median of its ratio to C++, and that without the reading of the report.
"""

import ctypes
import json
import pathlib
import statistics
import sys
import time

import grove

CALLS = 40  # of each, one after the other, in a round


def microseconds(call):
    begin = time.perf_counter_ns()
    for _ in range(CALLS):
        call()
    return (time.perf_counter_ns() - begin) / 1000 / CALLS


def main(library, path, rounds=100):
    cpp = ctypes.CDLL(library)
    cpp.cpp_side_microseconds.restype = ctypes.c_double
    cpp.cpp_side_report.restype = ctypes.c_size_t
    manifest = pathlib.Path(path).read_bytes()
    size = ctypes.c_size_t(len(manifest))
    buffer = ctypes.create_string_buffer(1 << 20)
    length = cpp.cpp_side_report(manifest, size, buffer, ctypes.c_size_t(len(buffer)))
    report = buffer.raw[:length]
    assert json.loads(report) == grove.admit(manifest)

    times, ratios, without = [], [], []
    for _ in range(int(rounds)):
        whole = microseconds(lambda: grove.admit(manifest))
        reading = microseconds(lambda: json.loads(report))
        limit = cpp.cpp_side_microseconds(manifest, size, CALLS)
        times.append(whole)
        ratios.append(whole / limit)
        without.append((whole - reading) / limit)
    print(" ".join(f"{statistics.median(values):.4f}" for values in (times, ratios, without)))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
