"""The cases of the conformance corpus, and what the library answers to them."""

import gzip
import json
import pathlib
import subprocess

FOLDER = pathlib.Path(__file__).parents[1] / 'conformance'


def cases(*names):
    """(file, line, case, expected) of each case."""
    for name in names:
        with gzip.open(FOLDER / f'{name}.jsonl.gz', 'rt', encoding='utf-8') as file:
            for number, line in enumerate(file, 1):
                read = json.loads(line)
                yield name, number, read['case'], read['expected']


class Library:
    """The conformance driver: one case a line in, one answer a line out."""

    def __init__(self, driver):
        self.process = subprocess.Popen([driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding='utf-8')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def answer(self, case):
        self.process.stdin.write(json.dumps({'case': case, 'parts': ['admission', 'objects']}) + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
