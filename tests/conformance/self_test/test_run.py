"""The whole command, with a driver that knows the answers and misbehaves for one case."""

import contextlib
import gzip
import io
import json
import pathlib
import sys
import tempfile
import unittest

from checker import skips
from checker.driver import Driver, DriverError
from checker.main import main
from self_test import echo

FAKE = pathlib.Path(__file__).resolve().parent / "fake_driver.py"


class Run(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        lines = sorted(echo.lines_of("feature"), key=len)
        # 5 cases, one of them with steps: 5 of admission, 5 of objects, 1 of steps.
        chosen = [line for line in lines if "steps" not in json.loads(line)["case"]][:4]
        chosen.append(next(line for line in lines if "steps" in json.loads(line)["case"]))
        cls.names = [json.loads(line)["case"]["name"] for line in chosen]
        cls.cases = pathlib.Path(cls.folder.name, "few.jsonl.gz")
        with gzip.open(cls.cases, "wb") as out:
            out.writelines(chosen)
        cls.plain = pathlib.Path(cls.folder.name, "few.jsonl")
        cls.plain.write_bytes(b"".join(chosen))

    def run_with(self, behaviour, *arguments, name=None):
        """(exit code, lines of output) with one driver process, so that restarts matter."""
        program = pathlib.Path(self.folder.name, "driver")
        name = self.names[1] if name is None else name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" {behaviour} {name} "{self.plain}"\n')
        program.chmod(0o755)
        files = [] if any(a.endswith(".jsonl") for a in arguments) else [str(self.cases)]
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(["--driver", str(program), "--jobs", "1", *arguments, *files])
        return code, output.getvalue().splitlines()

    def test_all_right(self):
        code, lines = self.run_with("nothing")
        self.assertEqual(lines, [f"{self.cases}: 11 passed, 0 failed, 0 skipped", "11 passed, 0 failed, 0 skipped"])
        self.assertEqual(code, 0)

    def test_plain_file(self):
        code, lines = self.run_with("nothing", str(self.plain))
        self.assertEqual((code, lines[-1]), (0, "11 passed, 0 failed, 0 skipped"))

    def test_only(self):
        for only, count in (("admission", 5), ("objects", 5), ("steps", 1), ("traces", 0), ("steps,objects", 6)):
            with self.subTest(only):
                code, lines = self.run_with("nothing", "--only", only)
                self.assertEqual((code, lines[-1]), (0, f"{count} passed, 0 failed, 0 skipped"))

    def test_wrong_answer(self):
        code, lines = self.run_with("wrong")
        self.assertEqual((code, lines[-1]), (1, "10 passed, 1 failed, 0 skipped"))

    def test_verbose(self):
        code, lines = self.run_with("wrong", "--verbose")
        self.assertEqual(code, 1)
        self.assertEqual(
            lines[:4],
            [
                f"{self.cases}: {self.names[1]}: admission",
                "  $.admission.admitted",
                "    expected: true",
                "    actual:   false",
            ],
        )

    def test_misbehaviour(self):
        """Every part of that case fails, and every other case passes."""
        for behaviour, said in (
            ("crash", "driver died: signal 11 (SIGSEGV)"),
            ("exit", "driver died: exit code 3"),
            ("half-line", "driver died: signal 6 (SIGABRT)"),
            ("two-lines", "line"),
            ("not-json", "the answer is not JSON"),
            ("duplicate-member", "duplicate member 'admission'"),
        ):
            with self.subTest(behaviour):
                code, lines = self.run_with(behaviour, "--verbose")
                self.assertEqual((code, lines[-1]), (1, "9 passed, 2 failed, 0 skipped"))
                self.assertTrue(any(said in line for line in lines), lines)

    def test_stderr_is_shown(self):
        _, lines = self.run_with("exit", "--verbose")
        self.assertTrue(any("out of cheese" in line for line in lines), lines)

    def test_driver_that_ends_badly(self):
        code, lines = self.run_with("bad-end")
        self.assertEqual((code, lines[-1]), (1, "11 passed, 1 failed, 0 skipped"))
        self.assertIn("driver died: exit code 23", lines[0])

    def test_unsupported(self):
        code, lines = self.run_with("unsupported", name=self.names[4])
        self.assertEqual((code, lines[-1]), (1, "8 passed, 2 failed, 1 skipped"))
        self.assertTrue(any(line.startswith("1 of steps skipped: ") and "rolling update" in line for line in lines), lines)

    def test_driver_that_does_not_start(self):
        with contextlib.redirect_stderr(io.StringIO()) as output:
            self.assertEqual(main(["--driver", "/nonexistent/driver", str(self.cases)]), 2)
        self.assertIn("/nonexistent/driver", output.getvalue())

    def test_driver_that_is_no_program(self):
        """Each case starts it anew, in several workers at once; no result is lost or counted twice."""
        program = pathlib.Path(self.folder.name, "not-a-program")
        program.write_text("\0")
        program.chmod(0o755)
        for _ in range(5):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                code = main(["--driver", str(program), "--jobs", "4", str(self.cases)])
            self.assertEqual((code, output.getvalue().splitlines()[-1]), (1, "0 passed, 11 failed, 0 skipped"))

    def test_usage(self):
        for arguments in (["--only", "all"], ["--timeout", "0"], ["--no-such-option"]):
            with self.subTest(arguments[0]), contextlib.redirect_stderr(io.StringIO()):
                with self.assertRaises(SystemExit) as exit_:
                    main(arguments)
                self.assertEqual(exit_.exception.code, 2)

    def test_file_that_cannot_be_read(self):
        with contextlib.redirect_stderr(io.StringIO()) as output:
            self.assertEqual(main(["--driver", "true", "/nonexistent.jsonl"]), 2)
        self.assertIn("nonexistent.jsonl", output.getvalue())

    def test_file_of_something_else(self):
        other = pathlib.Path(self.folder.name, "other.jsonl")
        other.write_text('{"a": 1}\n')
        code, lines = self.run_with("nothing", str(other))
        self.assertEqual((code, lines[-1]), (1, "0 passed, 1 failed, 0 skipped"))


class OneDriver(unittest.TestCase):
    def test_timeout(self):
        """A driver that hangs is given up, and the next question goes to a new one."""
        driver = Driver(["sh", "-c", "read line; echo 1; read line; exec sleep 60"], timeout=3)
        for _ in range(2):
            self.assertEqual(driver.ask(b"{}\n"), b"1\n")
            with self.assertRaisesRegex(DriverError, "timed out after 3 s"):
                driver.ask(b"{}\n")
        self.assertIsNone(driver.close())

    def test_larger_than_a_pipe(self):
        driver = Driver(
            [sys.executable, "-c", "import sys\nfor line in sys.stdin: sys.stdout.write(line); sys.stdout.flush()"]
        )
        line = b'"' + b"x" * 5_000_000 + b'"\n'
        self.assertEqual(driver.ask(line), line)
        self.assertEqual(driver.ask(b"1\n"), b"1\n")
        self.assertIsNone(driver.close())

    def test_driver_that_does_not_read(self):
        driver = Driver([sys.executable, "-c", "import time; time.sleep(60)"], timeout=3)
        with self.assertRaisesRegex(DriverError, "timed out"):
            driver.ask(b"x" * 5_000_000 + b"\n")
        self.assertIsNone(driver.close())


class Skips(unittest.TestCase):
    def test_kept_rules(self):
        rules = skips.load(("admission", "objects", "steps", "traces"))
        self.assertTrue({part for part, _ in rules} <= {"steps", "traces"})

    def test_refused(self):
        for text in (
            '[{"part": "steps"}]',
            '[{"part": "steps", "reason": ""}]',
            '[{"part": "pods", "reason": "x"}]',
            '[{"part": "steps", "reason": "x", "case": "y"}]',
            '[{"part": "steps", "reason": "x", "needs": ""}]',
            '[{"part": "steps", "reason": "x", "needs": "y"}, {"part": "steps", "reason": "z", "needs": "y"}]',
            '[{"part": "steps", "reason": "x"}, {"part": "steps", "reason": "y"}]',
        ):
            with self.subTest(text), tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder, "skips.json")
                path.write_text(text)
                with self.assertRaises(ValueError):
                    skips.load(("steps",), path)
