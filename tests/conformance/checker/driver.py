"""Runs the driver program: one JSON line in, one JSON line out, for as long as it lives."""

import os
import select
import signal
import subprocess
import tempfile
import time

_CHUNK = 1 << 20


class DriverError(Exception):
    """There is no answer for this case; the text says why."""


class Driver:
    """One process at a time. It starts with the first question, and anew after it had to be given up.

    timeout: seconds for one answer.
    """

    def __init__(self, command, timeout=30.0):
        self._command = command
        self._timeout = timeout
        self._process = None
        self._stderr = None

    def ask(self, request):
        """The line that the driver answers to a line. DriverError if it dies, takes too long, or says too much."""
        if self._process is None:
            self._start()
        try:
            return self._exchange(request)
        except DriverError:
            self._give_up()
            raise

    def close(self):
        """Ends the process in good order. Returns what went wrong with that, or None."""
        if self._process is None:
            return None
        self._process.stdin.close()
        try:
            self._process.wait(self._timeout)
        except subprocess.TimeoutExpired:
            self._give_up()
            return f"driver did not end within {self._timeout:g} s after its last case"
        problem = None if self._process.returncode == 0 else self._death()
        self._give_up()
        return problem

    def _start(self):
        self._stderr = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, bufsize=0
            )
        except OSError as error:
            self._stderr.close()
            raise DriverError(f"driver cannot be started: {error}") from error
        for stream in (self._process.stdin, self._process.stdout):
            os.set_blocking(stream.fileno(), False)

    def _exchange(self, request):
        deadline = time.monotonic() + self._timeout
        unsent = memoryview(request)
        received = []
        source, sink = self._process.stdout, self._process.stdin
        if select.select([source], [], [], 0)[0] and source.read(1):
            raise DriverError("driver wrote more than one line for the case before")
        while not (received and received[-1].endswith(b"\n")):
            left = deadline - time.monotonic()
            ready, writable, _ = select.select([source], [sink] if unsent else [], [], max(left, 0))
            if not ready and not writable:
                raise DriverError(f"driver timed out after {self._timeout:g} s")
            if writable:
                try:
                    unsent = unsent[os.write(sink.fileno(), unsent[:_CHUNK]) :]
                except BrokenPipeError:
                    raise DriverError(self._death()) from None
            if ready:
                chunk = source.read(_CHUNK)
                if not chunk:
                    raise DriverError(self._death())
                received.append(chunk)
        answer = b"".join(received)
        if unsent or answer.count(b"\n") != 1:
            raise DriverError("driver did not answer with one line for one line")
        return answer

    def _death(self):
        """How the process ended, with the end of what it wrote to stderr."""
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "driver closed its output"
        how = f"signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"exit code {code}"
        self._stderr.seek(0)
        said = self._stderr.read()[-4000:].decode("utf-8", "replace").strip()
        return f"driver died: {how}" + (f"\n{said}" if said else "")

    def _give_up(self):
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout, self._stderr):
            stream.close()
