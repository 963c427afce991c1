#!/usr/bin/env python3
"""The checks of this folder find what they are for."""

import pathlib
import tempfile
import unittest

import c_header
import check_documentation
import check_symbols

GOOD = """
/** @brief Status. @since 0.1 */
typedef enum grove_status { GROVE_OK = 0, GROVE_INVALID_ARGUMENT = 3 } grove_status;
typedef struct grove_error grove_error;
#define GROVE_INIT \\
  { grove_no(), 0 }
/**
 * @brief Does it.
 *
 * @param text       What. See grove_b().
 * @param[out] error Why.
 *
 * @retval GROVE_OK               Done.
 * @retval GROVE_INVALID_ARGUMENT Not done.
 * @since 0.1
 */
GROVE_API grove_status grove_a(const char* text, grove_error** error);
/* GROVE_API int grove_no(void); */
/**
 * @brief Undoes it.
 *
 * @return Something.
 * @since 0.1
 */
GROVE_API const char*
grove_b(void);
"""
# name, what to replace, by what, part of the finding
BAD = (
    ("stale parameter", "@param text ", "@param manifest ", "has ['text', 'error']"),
    ("missing parameter", " * @param[out] error Why.\n", "", "documents the parameters ['text']"),
    ("input of an output", "@param[out] error", "@param error", "does not mark `error`"),
    ("no version", "Something.\n * @since 0.1", "Something.", "no @since"),
    ("no brief", "@brief Undoes", "Undoes", "no @brief"),
    ("no documentation", "/**\n * @brief Undoes it.\n *\n * @return Something.\n * @since 0.1\n */", "", "no documentation"),
    ("no result", " * @return Something.\n", "", "does not say what it returns"),
    ("no status", " * @retval GROVE_OK               Done.\n", "", "does not say when"),
    ("unknown status", "@retval GROVE_INVALID_ARGUMENT", "@retval GROVE_WRONG", "which is no status"),
    ("unknown function", "See grove_b()", "See grove_c()", "grove_c(), which does not exist"),
)


class ChecksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.write(GOOD)

    def write(self, text):
        (self.folder / "grove.h").write_text(text, encoding="utf-8")

    def test_good_header(self):
        self.assertEqual(list(check_documentation.check(self.folder)), [])

    def test_bad_headers(self):
        for name, old, new, message in BAD:
            with self.subTest(name):
                self.assertEqual(GOOD.count(old), 1)
                self.write(GOOD.replace(old, new))
                self.assertIn(message, "\n".join(check_documentation.check(self.folder)))

    def test_functions(self):
        found = [(each.name, each.returns, each.parameters) for each in c_header.functions(self.folder)]
        self.assertEqual(found, [("grove_a", "grove_status", ["text", "error"]), ("grove_b", "const char*", [])])

    def test_symbols_of_map_and_header(self):
        (self.folder / "grove").mkdir()
        (self.folder / "grove/more.h").write_text("GROVE_API int grove_c(void);\n", encoding="utf-8")
        self.assertEqual(check_symbols.declared(self.folder), {"grove_a", "grove_b", "grove_c"})
        version_map = self.folder / "a.map"
        version_map.write_text(
            "G_0 {\n global:\n  grove_a; /* grove_no; */\n  grove_b;\n local: *;\n};\nG_1 { global: grove_*; } G_0;\n"
        )
        self.assertEqual(check_symbols.mapped(version_map), {"grove_a", "grove_b", "grove_*"})


if __name__ == "__main__":
    unittest.main()
