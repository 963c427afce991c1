import concurrent.futures
import json
import pathlib
import re

import grove
import pytest

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


READMES = [pathlib.Path(__file__).parents[1] / "README.md", pathlib.Path(__file__).parents[3] / "README.md"]


@pytest.mark.parametrize("readme", READMES, ids=["package", "project"])
def test_readme(readme, capsys):
    blocks = re.findall(r"^```python\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    names = {}
    exec(compile(blocks[0], str(readme), "exec"), names)
    if "print_gangs" in names:
        names["print_gangs"](MANIFEST)
    printed = capsys.readouterr().out
    assert "demo-0" in printed


def test_readme_shows_places(capsys):
    exec(re.search(r"^```python\n(.*?)^```$", READMES[0].read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1], {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "INVALID_ARGUMENT manifest 1 8"
    assert any(re.match(r"\d+:\d+: spec\.template\.cliques\[0\]\.name: ", line) for line in lines)
