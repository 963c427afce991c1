#!/usr/bin/env python3
"""Installs a build into an empty folder and compiles programs against it, those of the README among them.

check_install.py BUILD_DIR README C_SOURCE CXX_SOURCE. The C program sees nothing but libgrove's own pkg-config file: a
user of the C library needs none of the packages that it is built from.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile


def run(command, **options):
    print("$", " ".join(map(str, command)), flush=True)
    result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    print(result.stdout, end="")
    if result.returncode != 0:
        sys.exit(f"exit code {result.returncode}")
    return result.stdout


def pkg_config(module, folder, alone):
    environment = {**os.environ, "PKG_CONFIG_LIBDIR" if alone else "PKG_CONFIG_PATH": str(folder)}
    return run(["pkg-config", "--cflags", "--libs", module], env=environment).split()


def expect(condition, message):
    if not condition:
        sys.exit(message)


def check_layout(stage):
    """Public headers and libraries are there; what is private is not."""
    names = {path.name for path in stage.rglob("*") if path.is_file()}
    for name in ("grove.h", "version.hpp", "libgrove-core.a", "grove.pc", "grove-core.pc"):
        expect(name in names, f"{name} is not installed")
    expect(not {"version_config.h", "libgrove_model.a", "meson.build"} & names, "private files are installed")
    library = next(stage.rglob("libgrove.so"))
    dynamic = run(["readelf", "--dynamic", str(library)])
    expect(re.search(r"SONAME.*\[libgrove\.so\.\d+\]", dynamic), "libgrove.so has no versioned SONAME")


def example(readme, language):
    """The one block of code in a language."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", pathlib.Path(readme).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    expect(len(blocks) == 1, f"{readme}: {len(blocks)} blocks of {language}")
    return blocks[0]


def main(build, readme, c_source, cxx_source):
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder)
        run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", folder])
        check_layout(stage)
        pc_folder = next(stage.rglob("grove.pc")).parent
        libraries = {**os.environ, "LD_LIBRARY_PATH": str(pc_folder.parent)}

        c_readme = stage / "readme.c"
        c_readme.write_text(example(readme, "c"), encoding="utf-8")
        c_program = stage / "c_program"
        c_flags = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"]
        c_modules = pkg_config("grove", pc_folder, alone=True)
        run([*os.environ["CC"].split(), *c_flags, c_source, c_readme, "-o", c_program, *c_modules])
        expect("PodGang" in run([c_program], env=libraries), "the README's C program printed no PodGang")

        cxx_readme = stage / "readme.cc"
        cxx_readme.write_text(example(readme, "cpp"), encoding="utf-8")
        cxx_program = stage / "cxx_program"
        cxx_flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror"]
        cxx_modules = pkg_config("grove-core", pc_folder, alone=False)
        run([*os.environ["CXX"].split(), *cxx_flags, cxx_source, cxx_readme, "-o", cxx_program, *cxx_modules])
        expect("kind: PodGang" in run([cxx_program]), "the README's C++ program printed no PodGang")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
