"""Checks cases in parallel: each worker process has a driver process of its own."""

import multiprocessing
import queue

from checker import cases
from checker.driver import Driver

# So many lines wait per worker at most: enough to keep it busy, little memory.
_WAITING = 4


def run(lines, command, settings, jobs, timeout):
    """Yields (file, line number, results) in any order for (file, line number, line); the end of a driver that went
    wrong after its last case comes as (None, None, problem)."""
    context = multiprocessing.get_context("fork")
    tasks, answers = context.Queue(), context.Queue()
    workers = [
        context.Process(target=_work, args=(tasks, answers, command, settings, timeout), daemon=True)
        for _ in range(jobs)
    ]
    for worker in workers:
        worker.start()
    waiting = 0
    for line in lines:
        tasks.put(line)
        waiting += 1
        if waiting >= _WAITING * jobs:
            yield _next(answers, workers)
            waiting -= 1
    for _ in workers:
        tasks.put(None)
    # The first workers report their end while others still have results to come.
    for _ in range(waiting + jobs):
        answer = _next(answers, workers)
        if answer[2] is not None:
            yield answer
    for worker in workers:
        worker.join()


def _next(answers, workers):
    while True:
        try:
            return answers.get(timeout=5)
        except queue.Empty:
            if any(worker.exitcode not in (None, 0) for worker in workers):
                raise RuntimeError("a worker process died") from None


def _work(tasks, answers, command, settings, timeout):
    driver = Driver(command, timeout)
    for file, number, line in iter(tasks.get, None):
        try:
            results = cases.check(line, driver.ask, settings)
        except Exception as error:  # A case file may be anything.
            detail = f"not a case: {type(error).__name__}: {error}"
            results = [cases.Result(f"line {number}", "case", "failed", detail)]
        answers.put((file, number, results))
    answers.put((None, None, driver.close()))
