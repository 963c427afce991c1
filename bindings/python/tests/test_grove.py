import ast
import concurrent.futures
import inspect
import json
import pathlib
import re
import sys

import grove
import pytest
from grove import _options

MANIFEST = """apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata:
  name: demo
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec:
          roleName: worker
          replicas: 2
          podSpec:
            containers:
              - name: main
                image: registry.example.com/worker:1
"""
DENIED = MANIFEST.replace("replicas: 2\n", "replicas: 2\n          minAvailable: 3\n")


def test_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+", grove.library_version())


def test_admit_gives_the_defaulted_set():
    report = grove.admit(MANIFEST)
    assert report["allowed"] is True
    (entry,) = report["objects"]
    assert (entry["kind"], entry["namespace"], entry["name"]) == ("PodCliqueSet", "default", "demo")
    assert entry["defaulted"]["spec"]["template"]["cliques"][0]["spec"]["minAvailable"] == 2


def test_findings_are_data():
    (entry,) = grove.admit(DENIED)["objects"]
    assert not entry["allowed"]
    (error,) = entry["errors"]
    assert error["field"] == "spec.template.cliques[0].spec.minAvailable"
    assert (error["line"], error["column"]) == (13, 25)
    assert error["rule"].startswith("V-")


def test_expand():
    objects, report = grove.expand(MANIFEST, seed=3)
    assert report["allowed"] and report["objects"][0]["reconcileErrors"] == []
    assert [each["kind"] for each in objects].count("Pod") == 2
    assert objects == grove.expand(MANIFEST.encode(), seed=3)[0]
    assert objects != grove.expand(MANIFEST, seed=4)[0]


def test_options_reach_the_library():
    objects, _ = grove.expand(MANIFEST, namespace="team", at_rest=True, now=0)
    assert {each["metadata"].get("namespace", "team") for each in objects} == {"team"}
    assert any("status" in each for each in objects)
    assert not grove.admit(MANIFEST + "unknown: 1\n", strict=True)["allowed"]
    json_text = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}})
    assert grove.admit(json_text, format="json")["skipped"][0]["kind"] == "ConfigMap"


@pytest.mark.parametrize(
    "text, options, status, argument, place",
    [
        ("a: [", {}, grove.Status.INVALID_ARGUMENT, "manifest", (1, 5)),
        ("", {"context": "{"}, grove.Status.INVALID_ARGUMENT, "context", None),
        (MANIFEST, {"namespace": ""}, grove.Status.INVALID_ARGUMENT, "options->admit->default_namespace", (0, 0)),
        (MANIFEST, {"limits": {"max_depth": 3}}, grove.Status.RESOURCE_EXHAUSTED, "manifest", None),
        (MANIFEST, {"limits": {"max_objects": 3}}, grove.Status.RESOURCE_EXHAUSTED, "manifest", (1, 1)),
        (DENIED, {}, grove.Status.FAILED_PRECONDITION, "manifest", (13, 25)),
    ],
)
def test_errors(text, options, status, argument, place):
    with pytest.raises(grove.Error) as caught:
        grove.expand(text, **options)
    error = caught.value
    assert (error.status, error.argument) == (status, argument)
    if place:
        assert (error.line, error.column) == place
    assert error.message and error.message in str(error)
    assert (error.report is not None) == (status == grove.Status.FAILED_PRECONDITION)


def test_error_of_a_denied_set_names_the_field():
    with pytest.raises(grove.Error) as caught:
        grove.expand(DENIED)
    assert caught.value.path == "spec.template.cliques[0].spec.minAvailable"
    assert caught.value.report["objects"][0]["errors"][0]["field"] == caught.value.path


def test_arguments_are_checked_before_the_call():
    with pytest.raises(ValueError, match="format"):
        grove.admit(MANIFEST, format="toml")
    with pytest.raises(TypeError, match="max_size"):
        grove.admit(MANIFEST, limits={"max_size": 3})


def test_threads_share_nothing():
    want = grove.expand(MANIFEST)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(got == want for got in pool.map(lambda _: grove.expand(MANIFEST), range(64)))


CLUSTER = """apiVersion: v1
kind: Node
metadata: {name: node-a}
status: {allocatable: {cpu: "2", memory: 8Gi, pods: "10"}}
"""
CPU_SET = MANIFEST.replace("worker:1\n", "worker:1\n                resources: {requests: {cpu: 1}}\n")


def test_update_is_compared_with_what_is_stored():
    report = grove.admit_update(MANIFEST.replace("roleName: worker", "roleName: other"), MANIFEST)
    assert not report["allowed"] and report["objects"][0]["operation"] == "update"


def test_reports_on_sets():
    (names,) = grove.names(MANIFEST)
    assert names["fits"] and names["name"] == "demo"
    (startup,) = grove.startup(MANIFEST)
    assert startup["waves"] == [["worker"]] and startup["starts"]
    (scaling,) = grove.scaling(MANIFEST)
    assert (scaling["podCliques"], scaling["gangs"], scaling["pods"]) == (1, 1, 2)


def test_translate():
    objects, losses = grove.translate(MANIFEST, backend="kube")
    assert {each["kind"] for each in objects} >= {"PodGroup"}
    assert all(loss["effect"] for loss in losses)


def test_differences():
    assert grove.diff(MANIFEST, MANIFEST) == {"changes": []}
    changes = grove.diff(MANIFEST, MANIFEST.replace("worker:1", "worker:2"))["changes"]
    assert {change["action"] for change in changes} == {"patch"}
    objects, _ = grove.expand(MANIFEST)
    live = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
    assert grove.diff_live(MANIFEST, live) == {"changes": []}
    assert grove.compare("a: 1", "a: 2")["patch"] == {"a": 2}


def test_reference():
    assert "PodCliqueSet" in {each["spec"]["names"]["kind"] for each in grove.crd()}
    assert grove.rules()["lint"] and grove.rules()["rules"]
    assert "kai" in {each["name"] for each in grove.backends()}
    assert re.fullmatch(r"\d{4}-\d\d", grove.compatibility_level())


def test_placement():
    snapshot = grove.Snapshot(CLUSTER)
    workload = grove.Workload(CPU_SET)
    placement = snapshot.place(workload)
    (gang,) = placement.gangs
    assert gang["outcome"] == "placed" and [pod["node"] for pod in gang["pods"]] == ["node-a", "node-a"]
    assert placement.check() == []
    assert snapshot.capacity(workload)["count"] == 1
    full = snapshot.with_placement(placement)
    (denied,) = full.place(workload).explain()["gangs"]
    assert denied["outcome"] == "infeasible" and denied["explanation"]
    again = grove.Snapshot.decode(full.without_placement(placement).encode())
    assert again.place(workload).encode() == placement.encode()
    with pytest.raises(grove.Error) as caught:
        snapshot.without_placement(placement)
    assert caught.value.status == grove.Status.NOT_FOUND


def test_options_of_placement():
    small = grove.Snapshot(CLUSTER)
    workload = grove.Workload(CPU_SET.replace("replicas: 2", "replicas: 3"))
    (plain,) = small.place(workload).explain()["gangs"]
    assert plain["outcome"] == "infeasible" and "changes" not in plain
    (told,) = small.place(workload, explain_changes=1).explain()["gangs"]
    assert told["changes"][0]["kind"] == "lowerMinimums" and told["changes"][0]["summary"]
    every = dict(threads=2, steps_per_gang=9, batch=True, batch_rounds=3, causes=False, near_base=True, balance=True)
    assert small.place(workload, **every, reuse_nodes=True, preempt=True).check() == []
    for level in ({"spread_level": "none"}, {"replica_level": "none"}):
        with pytest.raises(grove.Error) as caught:
            small.place(workload, **level)
        assert caught.value.status == grove.Status.INVALID_ARGUMENT
    with pytest.raises(TypeError):
        small.place(workload, colour="red")


def test_capacity_of_parts():
    snapshot = grove.Snapshot(CLUSTER + "---\n" + CLUSTER.replace("node-a", "node-b"))
    workload = grove.Workload(CPU_SET)
    assert snapshot.capacity(workload, gang="demo-0")["count"] == 2
    assert snapshot.capacity(workload, gang="demo-0", group="demo-0-worker", worst_losses=3)["count"] == 2
    assert snapshot.capacity(workload, lost=["node-a"])["count"] == 1
    assert snapshot.capacity(workload, most_copies=1, most_pods=100)["limited"]
    with pytest.raises(grove.Error) as caught:
        snapshot.capacity(workload, gang="none")
    assert (caught.value.status, caught.value.argument) == (grove.Status.NOT_FOUND, "options->gang")


POD = """apiVersion: v1
kind: Pod
metadata: {name: daemon}
spec: {nodeName: node-a, containers: [{name: main, resources: {requests: {cpu: 1}}}]}
"""


def test_index_follows_a_cluster():
    index = grove.Index(grove.Snapshot(CLUSTER))
    workload = grove.Workload(CPU_SET)
    outcome = lambda: index.place(workload).gangs[0]["outcome"]
    placement = index.place(workload, balance=True)
    assert placement.check(index) == [] and [pod["node"] for pod in placement.pods] == ["node-a", "node-a"]
    index.apply(placement)
    assert outcome() == "infeasible"
    with pytest.raises(grove.Error) as caught:
        placement.check(index)
    assert caught.value.status == grove.Status.FAILED_PRECONDITION
    index.release(placement)
    index.add_pods(POD)
    assert outcome() == "infeasible"
    index.remove_pods(POD)
    index.set_usable("node-a", False)
    assert outcome() == "infeasible"
    index.set_usable("node-a", True)
    assert outcome() == "placed"
    with pytest.raises(grove.Error) as caught:
        index.add_pods(POD.replace("node-a", "node-z"))
    assert (caught.value.status, caught.value.argument) == (grove.Status.NOT_FOUND, "pods")
    with pytest.raises(grove.Error):
        index.set_usable("node-z", True)


def test_messages():
    request = '{"cluster": {"nodes": [{"name": "a"}]}}'
    answer = grove.place_message(request, encoding="json")
    assert grove.check_message(request, answer, encoding="json") == []
    with pytest.raises(grove.Error) as caught:
        grove.place_message('{"cluster": {"nodes": [{"name": ""}]}}', encoding="json")
    assert (caught.value.argument, caught.value.path) == ("message", "cluster.nodes[0].name")


def test_autoscale():
    metric = {"kind": "totalAverageValue", "target": 100, "total": 400}
    decision = grove.autoscale({"current": 3, "maxReplicas": 10, "metrics": [metric]})
    assert (decision["replicas"], decision["proposed"]) == (4, 4) and decision["reason"]
    assert grove.autoscale("current: 1\nmaxReplicas: 2", format="yaml")["replicas"] == 1
    with pytest.raises(grove.Error) as caught:
        grove.autoscale({"metrics": [{"kind": "none"}]})
    assert caught.value.path == "metrics[0].kind"


def crossings(function):
    """Names of the functions of the library that `function` calls, in their order."""
    library = type(grove.library_version.__globals__["lib"].grove_version_number)
    names = []

    def note(frame, event, argument):
        if event == "c_call" and isinstance(argument, library) and argument.__name__.startswith(("call_", "grove_", "release_")):
            names.append(argument.__name__)

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return names


def test_each_document_is_one_crossing():
    assert crossings(lambda: grove.admit(MANIFEST, strict=True, limits={"max_depth": 100})) == ["call_admit"]
    assert crossings(lambda: grove.admit(DENIED)) == ["call_admit"]
    assert crossings(lambda: grove.expand(MANIFEST, seed=3)) == ["call_expand"]

    def fails():
        with pytest.raises(grove.Error, match="manifest"):
            grove.expand(DENIED)

    assert crossings(fails) == ["call_expand"]


def test_a_large_result_is_released_at_once():
    many = MANIFEST.replace("replicas: 2", "replicas: 2000")
    assert crossings(lambda: grove.expand(many)) == ["call_expand", "release_outcome"]


STUBS = ast.parse((pathlib.Path(grove.__file__).parent / "__init__.pyi").read_text(encoding="utf-8"))


def test_stubs_declare_what_there_is():
    declared = {node.name: node for node in STUBS.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert set(grove.__all__) <= set(declared)
    for name in ("Index", "Placement", "Snapshot", "Workload"):
        methods = {node.name for node in declared[name].body if isinstance(node, ast.FunctionDef)} - {"__init__"}
        assert methods == {each for each in vars(getattr(grove, name)) if not each.startswith("_")}, name


def test_stubs_declare_every_option():
    functions = {node.name: node for node in ast.walk(STUBS) if isinstance(node, ast.FunctionDef)}
    keywords = lambda name: {argument.arg for argument in functions[name].args.kwonlyargs}
    options = lambda function: {
        name for name, each in inspect.signature(function).parameters.items() if each.kind == each.KEYWORD_ONLY
    }
    admit = options(_options.admit_options)
    place = options(_options.place_options)
    texts = {"context", "format"}
    assert keywords("admit") == keywords("names") == keywords("admit_update") == admit | texts
    assert keywords("expand") == keywords("scaling") == admit | options(_options.expand_options) | texts
    assert keywords("place") == place
    assert keywords("capacity") == place | options(_options.capacity_options)


READMES = [pathlib.Path(__file__).parents[1] / "README.md", pathlib.Path(__file__).parents[3] / "README.md"]


def run_examples(readme):
    """Runs the blocks of a page one after the other. Gives what they define."""
    blocks = re.findall(r"^```python\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    names = {}
    for block in blocks:
        exec(compile(block, str(readme), "exec"), names)
    return names


@pytest.mark.parametrize("readme", READMES, ids=["package", "project"])
def test_readme(readme, capsys):
    names = run_examples(readme)
    if "print_gangs" in names:
        names["print_gangs"](MANIFEST)
    printed = capsys.readouterr().out
    assert "demo-0" in printed


def test_readme_shows_places_and_follows_a_cluster(capsys):
    run_examples(READMES[0])
    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(r"\d+:\d+: spec\.template\.cliques\[0\]\.name: ", line) for line in lines)
    error = lines.index("INVALID_ARGUMENT manifest 1 8")
    assert lines[error + 1] == "demo-0 placed ['node-a', 'node-a']"
    assert lines[error + 2] == "second-0 infeasible []"
    assert lines[error + 3]  # why
    assert lines[error + 4 :] == ["second-0 placed ['node-a', 'node-a']", "second-0 infeasible []"]
