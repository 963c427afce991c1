"""The command line: tests/conformance/run."""

import argparse
import collections
import gzip
import os
import pathlib
import shutil
import sys
import unittest

from checker import build, cases, pool, skips

HERE = pathlib.Path(__file__).resolve().parent.parent
# In this order: what is quick, or breaks first, comes first.
FILES = ("feature", "invalid", "update", "random", "trace", "trace-random")

Counts = collections.Counter


def _parts(text):
    chosen = text.split(",")
    unknown = [part for part in chosen if part not in cases.PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown part {unknown[0]!r}; the parts are {', '.join(cases.PARTS)}")
    return tuple(part for part in cases.PARTS if part in chosen)


def _positive(text):
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be above zero")
    return number


def _arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="tests/conformance/run",
        description="Compares what the library answers with what the conformance corpus expects. "
        "A result is one part of one case.",
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="case files, .jsonl or .jsonl.gz; default: all in this folder")
    add("--only", type=_parts, default=cases.PARTS, metavar="PART,...", help=f"of {', '.join(cases.PARTS)}")
    add("--exact-hashes", action="store_true", help="compare hashes bit for bit, not up to renaming")
    add("--extras", action="store_true", help="also compare warnings, pruned paths and schemaRaw")
    add("--verbose", action="store_true", help="show the first difference of each failing result")
    add("--build-dir", metavar="DIR", help="build folder that has the driver; default: build/, set up if need be")
    add("--through", choices=sorted(build.NAMES), default="c++", help="interface of the library; default: c++")
    add("--driver", metavar="PROGRAM", help="a driver that is built already")
    add("--jobs", type=int, default=os.cpu_count(), metavar="N", help="driver processes at once; default: one per CPU")
    add("--timeout", type=_positive, default=30.0, metavar="SECONDS", help="for one case; default: 30")
    add("--self-test", action="store_true", help="test the comparison itself; needs no driver")
    return parser.parse_args(arguments)


def _lines(paths):
    """(index of the file, line number, line) of every case."""
    for index, path in enumerate(paths):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield index, number, line


def _counts_text(counts):
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("passed", "failed", "skipped"))


def _show_failures(name, by_line):
    for _, results in sorted(by_line.items()):
        for result in results:
            if result.verdict == "failed":
                detail = result.detail.replace("\n", "\n  ")
                print(f"{name}: {result.case}: {result.part}\n  {detail}")


class _Report:
    """Collects results and prints them per file, failures in the order of the cases."""

    def __init__(self, names, verbose):
        self._names = names
        self._verbose = verbose
        self._by_file = [{} for _ in names]
        self.reasons = Counts()
        self.totals = Counts()

    def add(self, file, number, results):
        self._by_file[file][number] = results

    def fail(self, text):
        print(text)
        self.totals["failed"] += 1

    def print_files(self):
        for name, by_line in zip(self._names, self._by_file):
            results = [result for listed in by_line.values() for result in listed]
            counts = Counts(result.verdict for result in results)
            self.reasons.update((r.part, r.detail) for r in results if r.verdict == "skipped")
            self.totals.update(counts)
            if self._verbose:
                _show_failures(name, by_line)
            print(f"{name}: {_counts_text(counts)}")


def _self_test():
    suite = unittest.defaultTestLoader.discover(str(HERE / "self_test"), top_level_dir=str(HERE))
    result = unittest.TextTestRunner(stream=sys.stdout).run(suite)
    failed = len({id(test) for test, _ in (*result.failures, *result.errors)})
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 0 if result.wasSuccessful() else 1


def main(arguments):
    """Exit code 0: nothing failed; 1: something did; 2: nothing could be compared."""
    options = _arguments(arguments)
    if options.self_test:
        return _self_test()
    paths = [pathlib.Path(name) for name in options.files] or [HERE / f"{name}.jsonl.gz" for name in FILES]
    names = options.files or [path.name for path in paths]
    try:
        settings = cases.Settings(options.only, options.exact_hashes, options.extras, skips.load(cases.PARTS))
        driver = options.driver or build.build_driver(options.through, options.build_dir)
        if not shutil.which(driver):
            raise OSError(f"{driver}: no program to run")
        report = _Report(names, options.verbose)
        for file, number, results in pool.run(_lines(paths), [driver], settings, max(options.jobs, 1), options.timeout):
            if file is None:
                report.fail(results)
            else:
                report.add(file, number, results)
    except (build.BuildError, EOFError, OSError, RuntimeError, ValueError) as error:
        print(f"tests/conformance/run: {error}", file=sys.stderr)
        return 2
    report.print_files()
    for (part, reason), count in sorted(report.reasons.items()):
        print(f"{count} of {part} skipped: {reason}")
    if report.totals["failed"] and not options.verbose:
        print("the first difference of each failure: --verbose")
    print(_counts_text(report.totals))
    return 1 if report.totals["failed"] else 0
