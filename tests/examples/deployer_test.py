#!/usr/bin/env python3
"""What the deployer of examples/deployer prints: deployer_test.py PROGRAM. GROVE_UPDATE_GOLDEN=1 rewrites golden/."""

import os
import pathlib
import subprocess
import sys
import tempfile
import typing

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
GRAPH = "deployer/dynamo-grove.yaml"
MULTINODE = "deployer/multinode.yaml"

TEXT = "TEXT"
MINIMAL = """
apiVersion: nvidia.com/v1alpha1
kind: DynamoGraphDeployment
metadata: {name: graph}
spec:
"""


class Case(typing.NamedTuple):
    name: str
    arguments: list
    code: int = 0
    # Standard output: golden/NAME.txt, or nothing. `text` is the content of a graph named TEXT.
    golden: bool = True
    text: str = ""
    errors: tuple = ()  # what standard error says, line by line, each as a part


CASES = [
    Case("names", [GRAPH]),
    Case("fits", [GRAPH, "--cluster", "scheduler/cluster.yaml"]),
    Case("update", [GRAPH, "--update", "deployer/dynamo-grove-next.yaml"]),
    Case("update_of_nothing", [GRAPH, "--update", GRAPH]),
    Case("manifest", [GRAPH, "--manifest"]),
    Case("multinode", [MULTINODE, "--cluster", "clusters/two-blocks.json"]),
    Case("multinode_manifest", [MULTINODE, "--manifest"]),
    Case("does_not_fit", [MULTINODE, "--cluster", "scheduler/cluster.yaml"], code=1),
    Case(
        "update_removes_a_service",
        [GRAPH, "--update", TEXT],
        code=1,
        text=MINIMAL.replace("graph", "dynamo-grove") + "  services: {Frontend: {componentType: frontend}}",
        errors=("denied: spec.template.cliques: Forbidden: must be as many as before, were 3, are 1",),
    ),
    Case(
        "engine_with_ranks",
        [TEXT, "--manifest"],
        text=MINIMAL + "  backendFramework: sglang\n"
        "  services: {Worker: {multinode: {nodeCount: 3}, extraPodSpec: "
        "{mainContainer: {image: i, command: [python3, -m, dynamo.sglang], args: [--model-path, it's here]}}}}",
    ),
    Case(
        "engine_with_ray",
        [TEXT, "--manifest"],
        text=MINIMAL + "  backendFramework: vllm\n"
        "  services: {Worker: {multinode: {nodeCount: 2}, sharedMemory: {disabled: true}, extraPodSpec: "
        "{mainContainer: {image: i, command: [python3, -m, dynamo.vllm]}}}}",
    ),
    Case("no_services", [TEXT], code=2, golden=False, text=MINIMAL + "  backendFramework: vllm",
         errors=(":5:3: error: spec.services: needs at least one service",)),
    Case("unknown_backend", [TEXT], code=2, golden=False, text=MINIMAL + "  backendFramework: tgi\n  services: {a: {}}",
         errors=(":5:21: error: spec.backendFramework: must be vllm, sglang or trtllm",)),
    Case("replicas_of_a_kind", [TEXT], code=2, golden=False, text=MINIMAL + "  services: {a: {replicas: many}}",
         errors=("error: spec.services.a.replicas: must be a whole number from 0",)),
    Case("fields_not_carried", [TEXT], text=MINIMAL + "  services: {a: {ingress: {}, shoes: 2}}",
         errors=("warning: spec.services.a.ingress: is not carried to Grove",
                 "warning: spec.services.a.shoes: unknown field")),
    Case("long_name", [TEXT], code=2, golden=False,
         text=MINIMAL + "  backendFramework: vllm\n  services: {AServiceOfTwentyOneB: {multinode: {nodeCount: 2}}}",
         errors=("error: spec.services.AServiceOfTwentyOneB: the name has 20 bytes, at most 18 fit beside \"graph\" for a "
                 "service that spans nodes",)),
    Case("no_graph", ["scheduler/cluster.yaml"], code=2, golden=False, errors=("no DynamoGraphDeployment",)),
    Case("no_file", ["deployer/none.yaml"], code=2, golden=False, errors=("cannot be read",)),
    Case("no_arguments", [], code=2, golden=False, errors=("usage: ",)),
]


def run(program, case):
    with tempfile.TemporaryDirectory() as folder:
        graph = pathlib.Path(folder, "graph.yaml")
        graph.write_text(case.text.lstrip("\n"), encoding="utf-8")
        arguments = [str(graph) if argument == TEXT else argument for argument in case.arguments]
        return subprocess.run([program, *arguments], cwd=EXAMPLES, capture_output=True, text=True, check=False)


def problems(program, case):
    result = run(program, case)
    if result.returncode != case.code:
        yield f"exit code {result.returncode}, expected {case.code}: {result.stderr}"
    golden = HERE / "golden" / f"{case.name}.txt"
    if case.golden and os.environ.get("GROVE_UPDATE_GOLDEN"):
        golden.write_text(result.stdout, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8") if case.golden else ""
    if result.stdout != expected:
        yield f"prints\n{result.stdout}instead of\n{expected}"
    lines = result.stderr.splitlines()
    if len(lines) != len(case.errors) or any(part not in line for part, line in zip(case.errors, lines)):
        yield f"says\n{result.stderr}instead of {case.errors}"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    failed = False
    for case in CASES:
        for problem in problems(program, case):
            failed = True
            print(f"{case.name}: {problem}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
