package grove

import (
	"bytes"
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

const manifest = `apiVersion: grove.io/v1alpha1
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
`

var denied = strings.Replace(manifest, "replicas: 2\n", "replicas: 2\n          minAvailable: 3\n", 1)

func yaml(text string) Input { return Input{Manifest: []byte(text), Format: YAML} }

func TestAdmit(t *testing.T) {
	report, err := Admit(yaml(manifest), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.Allowed || len(report.Objects) != 1 || report.Objects[0].Name != "demo" ||
		report.Objects[0].Namespace != "default" || !bytes.Contains(report.Objects[0].Defaulted, []byte(`"minAvailable":2`)) {
		t.Errorf("unexpected report: %+v", report)
	}
}

func TestFindingsAreData(t *testing.T) {
	report, err := Admit(yaml(denied), &AdmitOptions{})
	if err != nil || report.Allowed {
		t.Fatalf("%v, %+v", err, report)
	}
	got := report.Objects[0].Errors[0]
	if got.Field != "spec.template.cliques[0].spec.minAvailable" || got.Line != 13 || got.Column != 25 || got.Rule == "" {
		t.Errorf("unexpected error: %+v", got)
	}
}

func TestExpand(t *testing.T) {
	first, err := Expand(yaml(manifest), &ExpandOptions{Seed: 3, Admit: &AdmitOptions{Namespace: "team"}})
	if err != nil {
		t.Fatal(err)
	}
	pods := first.ObjectsOfKind("Pod")
	if len(pods) != 2 || pods[0].Metadata.Namespace != "team" || !bytes.Contains(pods[0].Raw, []byte("schedulingGates")) {
		t.Errorf("unexpected pods: %+v", pods)
	}
	if !first.Report.Allowed {
		t.Errorf("unexpected report: %+v", first.Report)
	}
	other, err := Expand(yaml(manifest), &ExpandOptions{Seed: 4, Admit: &AdmitOptions{Namespace: "team"}})
	if err != nil || bytes.Equal(first.List, other.List) {
		t.Errorf("the seed changes nothing, %v", err)
	}
	rest, err := Expand(yaml(manifest), &ExpandOptions{AtRest: true})
	if err != nil || !bytes.Contains(rest.List, []byte(`"status"`)) {
		t.Errorf("objects at rest have no status, %v", err)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name     string
		input    Input
		options  *ExpandOptions
		status   Status
		argument string
		path     string
		line     int
	}{
		{"malformed", yaml("a: ["), nil, InvalidArgument, "manifest", "", 1},
		{"context", Input{Context: []byte("{")}, nil, InvalidArgument, "context", "", 1},
		{"format", Input{Format: 99}, nil, InvalidArgument, "format", "", 0},
		{"time", yaml(manifest), &ExpandOptions{Now: -1}, InvalidArgument, "options->now", "", 0},
		{"depth", yaml(manifest), &ExpandOptions{Admit: &AdmitOptions{Limits: &Limits{Depth: 3}}}, ResourceExhausted, "manifest", "", -1},
		{"objects", yaml(manifest), &ExpandOptions{Admit: &AdmitOptions{Limits: &Limits{Objects: 3}}}, ResourceExhausted, "manifest", "", 1},
		{"denied", yaml(denied), nil, FailedPrecondition, "manifest", "spec.template.cliques[0].spec.minAvailable", 13},
	} {
		_, err := Expand(c.input, c.options)
		var failure *Error
		if !errors.As(err, &failure) || !errors.Is(err, c.status) {
			t.Errorf("%s: unexpected error %v", c.name, err)
			continue
		}
		if failure.Argument != c.argument || failure.Path != c.path || (c.line >= 0 && failure.Line != c.line) {
			t.Errorf("%s: %q %q %d", c.name, failure.Argument, failure.Path, failure.Line)
		}
		if !strings.Contains(err.Error(), failure.Message) || failure.Message == "" {
			t.Errorf("%s: %q", c.name, err.Error())
		}
		if (failure.Report != nil) != (c.status == FailedPrecondition) {
			t.Errorf("%s: report %v", c.name, failure.Report)
		}
	}
}

func TestEmptyInput(t *testing.T) {
	expansion, err := Expand(Input{}, nil)
	if err != nil || len(expansion.Objects) != 0 {
		t.Errorf("%v, %+v", err, expansion)
	}
}

func TestGoroutines(t *testing.T) {
	want, err := Expand(yaml(manifest), nil)
	if err != nil {
		t.Fatal(err)
	}
	input := yaml(manifest)
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for call := 0; call < 20; call++ {
				if got, err := Expand(input, nil); err != nil || !bytes.Equal(got.List, want.List) {
					t.Errorf("%v", err)
				}
			}
		}()
	}
	group.Wait()
}

func TestUpdate(t *testing.T) {
	report, err := AdmitUpdate(yaml(strings.Replace(manifest, "roleName: worker", "roleName: other", 1)), []byte(manifest), nil)
	if err != nil || report.Allowed {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestReportsOnSets(t *testing.T) {
	names, err := Names(yaml(manifest), nil)
	if err != nil || len(names) != 1 || !names[0].Fits || len(names[0].Children) == 0 {
		t.Errorf("%v, %+v", err, names)
	}
	order, err := StartupOrder(yaml(manifest), nil)
	if err != nil || len(order) != 1 || !order[0].Starts || order[0].Waves[0][0] != "worker" {
		t.Errorf("%v, %+v", err, order)
	}
	counts, err := Count(yaml(manifest), nil)
	if err != nil || len(counts) != 1 || counts[0].Pods != 2 || counts[0].Replicas[0].Gangs[0].Name != "demo-0" {
		t.Errorf("%v, %+v", err, counts)
	}
}

func TestTranslate(t *testing.T) {
	translation, err := Translate(yaml(manifest), &ExpandOptions{Backend: "kube"})
	if err != nil || len(translation.Objects) == 0 || translation.Objects[0].APIVersion == "" {
		t.Errorf("%v, %+v", err, translation)
	}
	_, err = Translate(yaml(manifest), &ExpandOptions{Backend: "none"})
	if !errors.Is(err, InvalidArgument) {
		t.Errorf("%v", err)
	}
}

func TestDifferences(t *testing.T) {
	same, err := Diff([]byte(manifest), yaml(manifest), nil)
	if err != nil || len(same.Changes) != 0 {
		t.Errorf("%v, %+v", err, same)
	}
	changed, err := Diff([]byte(manifest), yaml(strings.Replace(manifest, "worker:1", "worker:2", 1)), nil)
	if err != nil || len(changed.Changes) == 0 || changed.Changes[0].Action != "patch" || len(changed.Changes[0].Fields) == 0 {
		t.Errorf("%v, %+v", err, changed)
	}
	expansion, err := Expand(yaml(manifest), nil)
	if err != nil {
		t.Fatal(err)
	}
	live, err := DiffLive(yaml(manifest), false, &ExpandOptions{Live: expansion.List})
	if err != nil || len(live.Changes) != 0 {
		t.Errorf("%v, %+v", err, live)
	}
}

func TestResourceDefinitions(t *testing.T) {
	definitions, err := ResourceDefinitions()
	if err != nil || len(definitions) == 0 || definitions[0].Kind != "CustomResourceDefinition" {
		t.Errorf("%v, %+v", err, definitions)
	}
}

func TestVersion(t *testing.T) {
	if strings.Count(LibraryVersion(), ".") != 2 {
		t.Error(LibraryVersion())
	}
	if got := Status(99).Error(); got != "status 99" {
		t.Error(got)
	}
}

func TestReference(t *testing.T) {
	rules, lint, err := Rules()
	if err != nil || len(rules) == 0 || rules[0].ID == "" || len(lint) == 0 || lint[0].Fix == "" {
		t.Errorf("%v, %d, %d", err, len(rules), len(lint))
	}
	backends, err := Backends()
	if err != nil || len(backends) == 0 || backends[0].Name == "" {
		t.Errorf("%v, %+v", err, backends)
	}
	if CompatibilityLevel() == "" {
		t.Error("no level")
	}
}

func TestCompare(t *testing.T) {
	got, err := Compare([]byte("a: 1"), []byte("a: 2"), YAML)
	if err != nil || len(got.Fields) != 1 || got.Fields[0].Path != "a" || string(got.Patch) != `{"a":2}` {
		t.Errorf("%v, %+v", err, got)
	}
}

func TestAutoscale(t *testing.T) {
	least := int32(2)
	decision, err := Autoscale(Autoscaler{
		Current: 3, MinReplicas: &least, MaxReplicas: 10,
		Metrics: []Metric{{Kind: AverageValue, Target: 500, Pods: []PodMetric{
			{Value: 1000, Ready: true}, {Value: 1000, Ready: true}, {Value: 1000, Ready: true}}}},
	})
	if err != nil || decision.Replicas != 6 || decision.Reason == "" || len(decision.History) != 1 {
		t.Errorf("%v, %+v", err, decision)
	}
	var failure *Error
	if _, err := Autoscale(Autoscaler{Metrics: []Metric{{Kind: "none"}}}); !errors.As(err, &failure) ||
		failure.Path != "metrics[0].kind" {
		t.Errorf("unexpected error %v", err)
	}
}

// A document is one crossing, with options and however the call ends.
func TestOneCrossing(t *testing.T) {
	options := &ExpandOptions{Seed: 3, Admit: &AdmitOptions{Namespace: "team", Limits: &Limits{Depth: 100}}}
	for name, call := range map[string]func(){
		"admit":           func() { Admit(yaml(manifest), nil) },
		"admit, options":  func() { Admit(yaml(manifest), options.Admit) },
		"admit, denied":   func() { Admit(yaml(denied), nil) },
		"expand, options": func() { Expand(yaml(manifest), options) },
		"expand, denied":  func() { Expand(yaml(denied), nil) },
		"diff":            func() { Diff([]byte(manifest), yaml(manifest), options) },
		"malformed":       func() { Names(yaml("a: ["), nil) },
	} {
		if crossings := crossingsOf(call); crossings != 1 {
			t.Errorf("%s: %d crossings", name, crossings)
		}
	}
}

// crossingsOf counts calls of C. Finalizers of what other tests left make some too, at any time: they only ever add, so
// that the least of several counts is the call's own.
func crossingsOf(call func()) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	least := int64(math.MaxInt64)
	for i := 0; i < 20; i++ {
		before := runtime.NumCgoCall()
		call()
		if crossings := runtime.NumCgoCall() - before; crossings < least {
			least = crossings
		}
	}
	return least
}

func BenchmarkAdmit(b *testing.B) {
	for i := 0; i < b.N; i++ {
		if _, err := Admit(yaml(manifest), nil); err != nil {
			b.Fatal(err)
		}
	}
}
