"""Builds the driver and finds it."""

import json
import os
import pathlib
import subprocess

# Drivers by the interface of the library that they go through.
NAMES = {"c++": "conformance_driver", "c": "conformance_c_driver"}
ROOT = pathlib.Path(__file__).resolve().parents[3]


class BuildError(Exception):
    """The driver could not be built; the text says why."""


def build_driver(interface, build_dir=None):
    """The path of the built driver, of one of NAMES. Without a folder: build/ of the repository, set up first if it is not there."""
    name = NAMES[interface]
    target_path = f"tests/conformance/{name}"  # Ninja knows targets by their path
    if build_dir is None:
        build_dir = ROOT / "build"
        _run([str(ROOT / "tests" / "support" / "build"), target_path])
    else:
        _run(["ninja", "-C", str(build_dir), "-j", os.environ.get("JOBS") or str(os.cpu_count()), target_path])
    for target in json.loads(_run(["meson", "introspect", "--targets", str(build_dir)])):
        if target["name"] == name:
            return target["filename"][0]
    raise BuildError(f"{build_dir} has no target {target_path}")


def _run(command):
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    except OSError as error:
        raise BuildError(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
