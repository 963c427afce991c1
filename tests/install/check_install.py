#!/usr/bin/env python3
"""Installs a build into an empty folder and compiles programs against it, those of the README among them.

check_install.py BUILD_DIR README FOLDER; FOLDER holds the consumers. The C programs see nothing but libgrove's own pkg-config
file and CMake package: a user of the C library needs none of the packages that it is built from. The tree is moved after it
was installed, and serves from there.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


CLUSTER = """
apiVersion: v1
kind: Node
metadata: {name: node-a}
status: {allocatable: {pods: "3"}}
"""
SET = """
apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: demo}
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec: {roleName: worker, replicas: 2, podSpec: {containers: [{name: main, image: "worker:1"}]}}
"""


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
    for name in ("grove.h", "version.hpp", "libgrove-core.a", "grove.pc", "grove-core.pc", "groveConfig.cmake"):
        expect(name in names, f"{name} is not installed")
    expect(not {"version_config.h", "libgrove_model.a", "meson.build"} & names, "private files are installed")
    library = next(stage.rglob("libgrove.so"))
    dynamic = run(["readelf", "--dynamic", str(library)])
    expect(re.search(r"SONAME.*\[libgrove\.so\.\d+\]", dynamic), "libgrove.so has no versioned SONAME")


def examples(readme, language, count):
    """The blocks of code in a language, of which there are so many."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", pathlib.Path(readme).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    expect(len(blocks) == count, f"{readme}: {len(blocks)} blocks of {language}")
    return blocks


def check_c_program(program, libraries):
    """Prints the gang of the demonstration, and needs nothing but libgrove and the C library."""
    expect("PodGang" in run([program], env=libraries), f"{program} printed no PodGang")
    needed = re.findall(r"NEEDED.*\[(.*)\]", run(["readelf", "--dynamic", str(program)]))
    expect(set(needed) <= {"libgrove.so.0", "libc.so.6"}, f"{program} needs {needed}")


def pkg_config_consumer(folder, pc_folder, libraries):
    program = folder / "c_program"
    flags = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"]
    modules = pkg_config("grove", pc_folder, alone=True)
    run([*os.environ["CC"].split(), *flags, folder / "consumer.c", folder / "readme.c", "-o", program, *modules])
    check_c_program(program, libraries)


def interface_examples(folder, pc_folder, libraries, readme):
    """What the page on the C interface shows: the judgement of a text, and an index with a set given as a text."""
    admission, index = examples(readme, "c", 2)
    flags = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"]
    for name, block in (("admission", admission), ("index", index)):
        source = folder / f"{name}.c"
        source.write_text(
            "#include <grove.h>\n#include <stdio.h>\n#include <string.h>\n"
            "int main(int argc, char** argv) {\nconst char *text = argv[argc - 1], *cluster = argv[1];\n"
            "const size_t size = strlen(text), cluster_size = strlen(cluster);\n(void)cluster_size;\n"
            f"{block}return 0;\n}}\n",
            encoding="utf-8",
        )
        run([*os.environ["CC"].split(), *flags, source, "-o", folder / name, *pkg_config("grove", pc_folder, alone=True)])
    expect("1:8: " in run([folder / "admission", "kind: ["], env=libraries), "the error names no place")
    expect('"allowed":true' in run([folder / "admission", "{}"], env=libraries), "there is no report")
    placed = run([folder / "index", CLUSTER, SET], env=libraries)
    expect(re.fullmatch(r"(demo-0-worker-\w+ goes to node-a\n){2}", placed), "the pods of the set go nowhere")


def cmake_consumer(folder, prefix, libraries):
    if shutil.which("cmake") is None:
        print("cmake is not installed: its consumer is not built")
        return
    run(["cmake", "-G", "Ninja", "-S", folder, "-B", folder / "cmake", f"-DCMAKE_PREFIX_PATH={prefix}"])
    run(["cmake", "--build", folder / "cmake"])
    check_c_program(folder / "cmake/consumer", libraries)


def meson_consumer(folder, pc_folder, libraries):
    environment = {**os.environ, "PKG_CONFIG_LIBDIR": str(pc_folder)}
    run(["meson", "setup", folder / "meson", folder], env=environment)
    run(["ninja", "-C", folder / "meson"])
    check_c_program(folder / "meson/consumer", libraries)


def core_consumer(folder, pc_folder):
    program = folder / "cxx_program"
    flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror"]
    modules = pkg_config("grove-core", pc_folder, alone=False)
    run([*os.environ["CXX"].split(), *flags, folder / "consumer.cc", folder / "readme.cc", "-o", program, *modules])
    expect("kind: PodGang" in run([program]), "the README's C++ program printed no PodGang")


def main(build, readme, sources):
    with tempfile.TemporaryDirectory() as temporary:
        stage = pathlib.Path(temporary, "first")
        run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", stage])
        check_layout(stage)
        header = next(stage.rglob("grove.h"))
        prefix = pathlib.Path(temporary, "moved")
        header.parent.parent.rename(prefix)
        pc_folder = next(prefix.rglob("grove.pc")).parent
        libraries = {**os.environ, "LD_LIBRARY_PATH": str(pc_folder.parent)}

        folder = pathlib.Path(temporary, "consumers")
        shutil.copytree(sources, folder)
        for language, suffix in (("c", ".c"), ("cpp", ".cc")):
            (folder / f"readme{suffix}").write_text(examples(readme, language, 1)[0], encoding="utf-8")
        pkg_config_consumer(folder, pc_folder, libraries)
        core_consumer(folder, pc_folder)
        interface_examples(folder, pc_folder, libraries, pathlib.Path(readme).parent / "bindings/c/README.md")
        for name, consumer, place in (("cmake", cmake_consumer, prefix), ("meson", meson_consumer, pc_folder)):
            for source in ("consumer.c", "readme.c"):
                shutil.copy(folder / source, folder / f"{name}_consumer")
            consumer(folder / f"{name}_consumer", place, libraries)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
