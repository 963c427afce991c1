#!/usr/bin/env python3
"""The checks find what they are for: each case is one file of a small project and the finding that it must cause."""

import pathlib
import tempfile
import unittest

import check_includes
import check_sizes
import check_words
import project

PRAGMA = "#pragma once\n"
# name, check, file, its text, part of the finding's message
BAD = (
    ("upwards", check_includes, "src/model/a.cc", '#include "planner/plan.h"\n', "src/model must not include planner/plan.h"),
    ("sideways", check_includes, "src/topology/a.cc", '#include "planner/plan.h"\n', "must not include planner/plan.h"),
    ("private in public", check_includes, "include/grove/a.hpp", PRAGMA + '#include "model/schema.h"\n', "schema.h"),
    ("rapidjson in public", check_includes, "include/grove/a.hpp", PRAGMA + "#include <rapidjson/reader.h>\n", "rapid"),
    ("fmt in planner", check_includes, "src/planner/a.cc", "#include <fmt/format.h>\n", "must not include fmt/format.h"),
    ("platform in model", check_includes, "src/model/a.cc", "#include <unistd.h>\n", "must not include unistd.h"),
    ("protobuf in public", check_includes, "include/grove/a.hpp", PRAGMA + '#include "grove/a.pb.h"\n', "a.pb.h"),
    ("protobuf in model", check_includes, "src/model/a.cc", "#include <google/protobuf/map.h>\n", "protobuf"),
    ("C++ in the C header", check_includes, "bindings/c/a.h", PRAGMA + '#include "grove/value.hpp"\n', "value.hpp"),
    ("unknown header", check_includes, "src/model/a.cc", '#include "gone.h"\n', "no header of the project"),
    ("no pragma", check_includes, "src/model/a.h", "int a;\n", "#pragma once"),
    ("no room", check_includes, "src/util/a.cc", "int a;\n", "outside every room"),
    ("clock", check_words, "src/planner/a.cc", "auto t = std::chrono::system_clock::now();\n", "the time is an argument"),
    ("random", check_words, "src/model/a.cc", "std::random_device d;\n", "seed argument"),
    ("environment", check_words, "src/model/a.cc", 'const char* p = getenv("A");\n', "environment"),
    ("throw", check_words, "src/model/a.cc", "void F() { throw 1; }\n", "errors are values"),
    ("printing", check_words, "src/model/a.cc", "void F() { std::cout << 1; }\n", "prints nothing"),
    ("machine path", check_words, "docs/a.md", "see /" + "home/someone/x\n", "path of a machine"),
    ("to do", check_words, "docs/a.md", "TO" + "DO: more\n", "unfinished"),
    ("host", check_words, "docs/a.md", "https://mirror.invalid/x\n", "unknown host"),
    ("image", check_words, "examples/manifests/a.yaml", "image: registry.invalid/app:1\n", "registry of an image"),
    ("long", check_sizes, "src/model/a.cc", "\n" * 401, "longer than 400"),
)
# name, check, file, its text: no finding
GOOD = (
    ("downwards", check_includes, "src/planner/a.cc", '#include "model/schema.h"\n#include "grove/value.hpp"\n'),
    ("same room", check_includes, "src/planner/a.cc", '#include "planner/plan.h"\n'),
    ("same folder", check_includes, "src/planner/a.cc", '#include "plan.h"\n'),
    ("standard", check_includes, "include/grove/a.hpp", PRAGMA + "#include <span>\n#include <absl/status/status.h>\n"),
    ("word in a comment", check_words, "src/model/a.cc", "// never throw, as getenv(1) might\nint a = 1'000;\n"),
    ("word in a string", check_words, "src/model/a.cc", 'const char* a = "throw \\" throw";\n'),
    ("clock in a bench", check_words, "bench/a.cc", "auto t = std::chrono::steady_clock::now();\n"),
    ("image", check_words, "examples/manifests/a.yaml", "image: registry.example.com/app:1\n"),
    ("exactly full", check_sizes, "src/model/a.cc", "\n" * 400),
    ("generated", check_sizes, check_sizes.GENERATED[0], "\n" * 401),
)


def findings(check, name, text):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        project_files = {
            "include/grove/value.hpp": PRAGMA,
            "src/model/schema.h": PRAGMA,
            "src/planner/plan.h": PRAGMA,
            name: text,
        }
        for path, content in project_files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, encoding="utf-8")
        return [message for _, _, message in check.check(root)]


class ChecksTest(unittest.TestCase):
    def test_bad_files_are_found(self):
        for name, check, path, text, message in BAD:
            with self.subTest(name):
                self.assertTrue(any(message in found for found in findings(check, path, text)))

    def test_good_files_are_left_alone(self):
        for name, check, path, text in GOOD:
            with self.subTest(name):
                self.assertEqual(findings(check, path, text), [])

    def test_comments_keep_their_lines(self):
        code = project.without_comments_and_strings('a /* 1\n2 */ b\n// c\n"d"\n')
        self.assertEqual(code.count("\n"), 4)
        self.assertNotIn("c", code)


if __name__ == "__main__":
    unittest.main()
