package grove

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

const cluster = `apiVersion: v1
kind: Node
metadata: {name: node-a}
status: {allocatable: {cpu: "2", memory: 8Gi, pods: "10"}}
`

// workloadOf has one gang of so many pods, each of one CPU.
func workloadOf(t *testing.T, pods string) *Workload {
	text := strings.Replace(manifest, "worker:1\n", "worker:1\n                resources: {requests: {cpu: 1}}\n", 1)
	workload, err := ParseWorkload(yaml(strings.Replace(text, "replicas: 2", "replicas: "+pods, 1)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return workload
}

func snapshotOf(t *testing.T, text string) *Snapshot {
	snapshot, err := ParseSnapshot([]byte(text), YAML, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func TestPlacement(t *testing.T) {
	snapshot, workload := snapshotOf(t, cluster), workloadOf(t, "2")
	placement, err := snapshot.Place(workload, &PlaceOptions{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	gangs := placement.Gangs()
	if len(gangs) != 1 || gangs[0].Outcome != Placed || len(gangs[0].Pods) != 2 || gangs[0].Pods[1].Node != "node-a" {
		t.Errorf("unexpected gangs: %+v", gangs)
	}
	if breaches, err := placement.Check(nil); err != nil || len(breaches) != 0 {
		t.Errorf("%v, %+v", err, breaches)
	}
	full, err := snapshot.With(placement)
	if err != nil {
		t.Fatal(err)
	}
	denied, err := full.Place(workload, nil)
	if err != nil {
		t.Fatal(err)
	}
	if why, err := denied.Explain(); err != nil || why.Gangs[0].Outcome != "infeasible" ||
		why.Gangs[0].Explanation == "" || why.PlacedBound != 0 {
		t.Errorf("%v, %+v", err, why)
	}
	if capacity, err := snapshot.Capacity(workload, nil); err != nil || capacity.Count != 1 {
		t.Errorf("%v, %+v", err, capacity)
	}
	if _, err := full.Without(placement); err != nil {
		t.Error(err)
	}
	if _, err := snapshot.Without(placement); !errors.Is(err, NotFound) {
		t.Error(err)
	}
}

func TestOptionsOfPlacement(t *testing.T) {
	snapshot, workload := snapshotOf(t, cluster), workloadOf(t, "3")
	placement, err := snapshot.Place(workload, &PlaceOptions{ExplainChanges: 1, Balance: true, NearBase: true})
	if err != nil {
		t.Fatal(err)
	}
	why, err := placement.Explain()
	if err != nil || len(why.Gangs[0].Changes) == 0 || why.Gangs[0].Changes[0].Kind != "lowerMinimums" {
		t.Errorf("%v, %+v", err, why)
	}
	var failure *Error
	if _, err := snapshot.Place(workload, &PlaceOptions{ReplicaLevel: "none"}); !errors.Is(err, InvalidArgument) {
		t.Errorf("unexpected error %v", err)
	}
	if _, err := snapshot.Place(workload, &PlaceOptions{Threads: 1000}); !errors.As(err, &failure) ||
		failure.Argument != "options->threads" {
		t.Errorf("unexpected error %v", err)
	}
}

func TestCapacityOfParts(t *testing.T) {
	snapshot := snapshotOf(t, cluster+"---\n"+strings.Replace(cluster, "node-a", "node-b", 1))
	workload := workloadOf(t, "2")
	for _, c := range []struct {
		options CapacityOptions
		want    int
	}{
		{CapacityOptions{}, 2},
		{CapacityOptions{Gang: "demo-0", WorstLosses: 3}, 2},
		{CapacityOptions{Gang: "demo-0", Group: "demo-0-worker"}, 2},
		{CapacityOptions{Lost: []string{"node-a"}}, 1},
		{CapacityOptions{MostCopies: 1, Place: &PlaceOptions{Batch: true}}, 1},
	} {
		if got, err := snapshot.Capacity(workload, &c.options); err != nil || got.Count != c.want {
			t.Errorf("%+v: %v, %+v", c.options, err, got)
		}
	}
	if _, err := snapshot.Capacity(workload, &CapacityOptions{Gang: "none"}); !errors.Is(err, NotFound) {
		t.Errorf("unexpected error %v", err)
	}
}

const daemon = `{apiVersion: v1, kind: Pod, metadata: {name: daemon},
  spec: {nodeName: node-a, containers: [{name: main, resources: {requests: {cpu: 1}}}]}}`

func TestReportTellsWhatPlacementLeavesOut(t *testing.T) {
	const gated = `---
apiVersion: scheduler.grove.io/v1alpha1
kind: PodGang
metadata: {name: waiting, namespace: default}
spec: {podgroups: [{name: one, minReplicas: 1, podReferences: [{namespace: default, name: waiting-0}, {namespace: default, name: ready-0}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: ready-0, namespace: default}
spec:
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
  containers: [{name: main}]
---
apiVersion: v1
kind: Pod
metadata: {name: waiting-0, namespace: default}
spec:
  schedulingGates: [{name: example.com/quota}]
  containers: [{name: main}]
`
	placement, err := snapshotOf(t, cluster+gated).Place(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := placement.Explain()
	if err != nil || len(report.Gated) != 1 || report.Gated[0] != (GatedPods{"default", "waiting", "one", "example.com/quota", 1}) {
		t.Fatalf("%v, %+v", err, report)
	}
	if len(report.NotEvaluated) != 1 || report.NotEvaluated[0].Pods != 1 || report.NotEvaluated[0].What == "" ||
		!strings.Contains(report.NotEvaluated[0].Example, "ready-0") {
		t.Errorf("%+v", report)
	}
}

func TestIndexFollowsACluster(t *testing.T) {
	index, err := NewIndex(snapshotOf(t, cluster))
	if err != nil {
		t.Fatal(err)
	}
	workload := workloadOf(t, "2")
	placement, err := index.Place(workload, &PlaceOptions{Balance: true})
	if err != nil {
		t.Fatal(err)
	}
	if breaches, err := placement.Check(index); err != nil || len(breaches) != 0 {
		t.Errorf("%v, %+v", err, breaches)
	}
	for _, step := range []struct {
		name   string
		change func() error
		want   Outcome
	}{
		{"apply", func() error { return index.Apply(placement) }, Infeasible},
		{"release", func() error { return index.Release(placement) }, Placed},
		{"pods come", func() error { return index.AddPods([]byte(daemon), YAML) }, Infeasible},
		{"pods leave", func() error { return index.RemovePods([]byte(daemon), YAML) }, Placed},
		{"node leaves", func() error { return index.SetUsable("node-a", false) }, Infeasible},
		{"node returns", func() error { return index.SetUsable("node-a", true) }, Placed},
	} {
		if err := step.change(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
		again, err := index.Place(workload, nil)
		if err != nil || again.Gangs()[0].Outcome != step.want {
			t.Errorf("%s: %v, %+v", step.name, err, again)
		}
	}
	if _, err := placement.Check(index); !errors.Is(err, FailedPrecondition) {
		t.Errorf("unexpected error %v", err)
	}
	if err := index.SetUsable("node-z", true); !errors.Is(err, NotFound) {
		t.Errorf("unexpected error %v", err)
	}
}

func TestHandlesAreOneCrossing(t *testing.T) {
	snapshot, workload := snapshotOf(t, cluster), workloadOf(t, "2")
	var placement *Placement
	for name, call := range map[string]func(){
		"snapshot": func() { snapshotOf(t, cluster) },
		"workload": func() { workloadOf(t, "2") },
		"place": func() {
			placement, _ = snapshot.Place(workload, &PlaceOptions{SpreadLevel: ""})
			placement.Gangs()
		},
		"capacity": func() { snapshot.Capacity(workload, &CapacityOptions{Gang: "demo-0"}) },
	} {
		if crossings := crossingsOf(call); crossings != 1 {
			t.Errorf("%s: %d crossings", name, crossings)
		}
	}
}

func TestMessages(t *testing.T) {
	// An empty request asks for nothing, and an empty result is no bytes.
	if result, err := PlaceMessage(nil, Binary); err != nil || len(result) != 0 {
		t.Errorf("%v, %v", result, err)
	}
	var failure *Error
	if _, err := PlaceMessage([]byte{0xff}, Binary); !errors.As(err, &failure) || failure.Argument != "message" {
		t.Errorf("unexpected error %v", err)
	}
	request := []byte(`{"cluster": {"nodes": [{"name": ""}]}}`)
	if _, err := PlaceMessage(request, JSONEncoding); !errors.As(err, &failure) || failure.Path != "cluster.nodes[0].name" {
		t.Errorf("unexpected error %v", err)
	}
	request = []byte(`{"cluster": {"nodes": [{"name": "a"}]}}`)
	answer, err := PlaceMessage(request, JSONEncoding)
	if err != nil {
		t.Fatal(err)
	}
	if breaches, err := CheckMessage(request, answer, JSONEncoding); err != nil || len(breaches) != 0 {
		t.Errorf("%v, %+v", err, breaches)
	}
	snapshot := snapshotOf(t, cluster)
	for _, encoding := range []Encoding{Binary, JSONEncoding} {
		encoded, err := snapshot.Encode(encoding)
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeSnapshot(encoded, encoding)
		if err != nil {
			t.Fatal(err)
		}
		var results [2][]byte
		for i, each := range []*Snapshot{snapshot, again} {
			placement, err := each.Place(workloadOf(t, "2"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if results[i], err = placement.Encode(encoding); err != nil {
				t.Fatal(err)
			}
		}
		if len(results[0]) == 0 || !bytes.Equal(results[0], results[1]) {
			t.Errorf("%q, %q", results[0], results[1])
		}
	}
}
