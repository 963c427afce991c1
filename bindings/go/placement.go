package grove

/*
#include "call.h"
*/
import "C"

import (
	"encoding/json"
	"runtime"
)

// Snapshot is a cluster: nodes, topology, what runs on them. Immutable; goroutines may share it.
type Snapshot struct{ handle *C.grove_snapshot }

// Workload has sets that were admitted and expanded. Immutable; goroutines may share it.
type Workload struct{ handle *C.grove_workload }

// Placement is what was decided. Immutable; goroutines may share it.
type Placement struct{ handle *C.grove_placement }

// SnapshotOptions says how a cluster is read. The zero value is the default.
type SnapshotOptions struct {
	LiftGates bool   // pods that only Grove's own gate holds are candidates
	Topology  string // name of the ClusterTopologyBinding to use if there are several
	Limits    *Limits
}

// PlaceOptions says how gangs are placed. The zero value is the default.
type PlaceOptions struct {
	Batch        bool // gangs of equal priority are planned jointly
	Threads      uint32
	StepsPerGang uint64
}

// PlacedGang is what became of a gang.
type PlacedGang struct {
	Namespace string
	Name      string
	Outcome   Outcome
	Optimal   bool
	Pods      []PlacedPod
}

// PlacedPod is where a pod goes.
type PlacedPod struct {
	Name    string
	Group   string
	Node    string
	Surplus bool
}

// Outcome of a gang.
type Outcome int

const (
	Placed     Outcome = 0
	Infeasible Outcome = 1 // proven
	NotPlaced  Outcome = 2 // the bound of the search was reached
	NotReady   Outcome = 3 // fewer pods exist than it needs
	NoBase     Outcome = 4 // the gang that it scales is not scheduled
	Invalid    Outcome = 5 // it names a topology or a level that does not exist
)

func status(code C.grove_status, err *C.grove_error) error {
	out := C.outcome{status: code, error: err}
	return takeError(&out)
}

func newSnapshot(handle *C.grove_snapshot) *Snapshot {
	snapshot := &Snapshot{handle}
	runtime.SetFinalizer(snapshot, func(s *Snapshot) { C.grove_snapshot_free(s.handle) })
	return snapshot
}

// ParseSnapshot reads a cluster as kubectl get nodes,pods -A -o json prints it.
func ParseSnapshot(cluster []byte, format Format, options *SnapshotOptions) (*Snapshot, error) {
	var m memory
	defer m.free()
	var handle *C.grove_snapshot
	var failure *C.grove_error
	text, size := m.text(borrowed(cluster))
	code := C.grove_snapshot_parse(text, size, C.grove_format(format), m.snapshot(options), &handle, &failure)
	if err := status(code, failure); err != nil {
		return nil, err
	}
	return newSnapshot(handle), nil
}

// ParseWorkload admits and expands the sets of a manifest, to be placed any number of times.
func ParseWorkload(input Input, options *ExpandOptions) (*Workload, error) {
	var m memory
	defer m.free()
	var handle *C.grove_workload
	var failure *C.grove_error
	text, size := m.text(borrowed(input.Manifest))
	context, contextSize := m.text(borrowed(input.Context))
	code := C.grove_workload_parse(text, size, context, contextSize, C.grove_format(input.Format), m.expand(options), &handle, &failure)
	if err := status(code, failure); err != nil {
		return nil, err
	}
	workload := &Workload{handle}
	runtime.SetFinalizer(workload, func(w *Workload) { C.grove_workload_free(w.handle) })
	return workload, nil
}

// Place decides every gang of the workload, which may be nil, and the PodGangs of the snapshot.
func (s *Snapshot) Place(workload *Workload, options *PlaceOptions) (*Placement, error) {
	var m memory
	defer m.free()
	var handle *C.grove_placement
	var failure *C.grove_error
	code := C.grove_place(s.handle, workload.pointer(), m.place(options), &handle, &failure)
	runtime.KeepAlive(s)
	runtime.KeepAlive(workload)
	if err := status(code, failure); err != nil {
		return nil, err
	}
	placement := &Placement{handle}
	runtime.SetFinalizer(placement, func(p *Placement) { C.grove_placement_free(p.handle) })
	return placement, nil
}

func (w *Workload) pointer() *C.grove_workload {
	if w == nil {
		return nil
	}
	return w.handle
}

// With is the snapshot in which a placement has come true.
func (s *Snapshot) With(placement *Placement) (*Snapshot, error) {
	var handle *C.grove_snapshot
	var failure *C.grove_error
	code := C.grove_snapshot_with(s.handle, placement.handle, &handle, &failure)
	runtime.KeepAlive(s)
	runtime.KeepAlive(placement)
	if err := status(code, failure); err != nil {
		return nil, err
	}
	return newSnapshot(handle), nil
}

// Without is the snapshot from which the pods of a placement have gone again.
func (s *Snapshot) Without(placement *Placement) (*Snapshot, error) {
	var handle *C.grove_snapshot
	var failure *C.grove_error
	code := C.grove_snapshot_without(s.handle, placement.handle, &handle, &failure)
	runtime.KeepAlive(s)
	runtime.KeepAlive(placement)
	if err := status(code, failure); err != nil {
		return nil, err
	}
	return newSnapshot(handle), nil
}

// Capacity tells how many more copies of a workload fit.
func (s *Snapshot) Capacity(workload *Workload, options *PlaceOptions) (*Capacity, error) {
	var m memory
	defer m.free()
	var out C.outcome
	out.status = C.grove_capacity(s.handle, workload.pointer(), C.GROVE_FORMAT_JSON, m.place(options), &out.result, &out.error)
	runtime.KeepAlive(s)
	runtime.KeepAlive(workload)
	capacity := new(Capacity)
	return orNil(capacity, read(out, capacity))
}

// Capacity is how many more copies of a workload fit.
type Capacity struct {
	Count   int          `json:"count"`
	AtMost  int          `json:"atMost"`
	Limited bool         `json:"limited"` // counting ended at a limit: more may fit
	Failed  *Explanation `json:"failed,omitempty"`
}

// Explanation tells what became of a gang, and why.
type Explanation struct {
	Namespace   string `json:"namespace"`
	Name        string `json:"name"`
	Outcome     string `json:"outcome"`
	Pods        int    `json:"pods"`
	Explanation string `json:"explanation,omitempty"`
}

// Gangs are in the order in which they were decided, which is an order to bind them in.
func (p *Placement) Gangs() []PlacedGang {
	defer runtime.KeepAlive(p)
	gangs := make([]PlacedGang, C.grove_placement_gang_count(p.handle))
	for i := range gangs {
		var row C.grove_gang_row
		C.grove_placement_gang(p.handle, C.size_t(i), &row)
		gangs[i] = PlacedGang{
			Namespace: C.GoString(row.gang_namespace), Name: C.GoString(row.name),
			Outcome: Outcome(row.outcome), Optimal: row.optimal == 1, Pods: make([]PlacedPod, row.pod_count),
		}
		for j := range gangs[i].Pods {
			var pod C.grove_pod_row
			C.grove_placement_pod(p.handle, row.first_pod+C.size_t(j), &pod)
			gangs[i].Pods[j] = PlacedPod{C.GoString(pod.name), C.GoString(pod.group), C.GoString(pod.node), pod.surplus == 1}
		}
	}
	return gangs
}

// Explain tells of every gang what became of it, why, and what would help.
func (p *Placement) Explain() ([]Explanation, error) {
	var out C.outcome
	out.status = C.grove_placement_explain(p.handle, C.GROVE_FORMAT_JSON, &out.result, &out.error)
	runtime.KeepAlive(p)
	var result struct{ Gangs []Explanation }
	err := read(out, &result)
	return result.Gangs, err
}

// Check gives the breaches of the contract that a checker finds which shares no code with the search; there are none.
func (p *Placement) Check() ([]json.RawMessage, error) {
	var out C.outcome
	out.status = C.grove_placement_check(p.handle, C.GROVE_FORMAT_JSON, &out.result, &out.error)
	runtime.KeepAlive(p)
	var result struct{ Breaches []json.RawMessage }
	err := read(out, &result)
	return result.Breaches, err
}

// PlaceMessage answers a binary PlacementRequest message of placement.proto with a binary PlacementResult message.
func PlaceMessage(message []byte) ([]byte, error) {
	out := C.call_place_message(borrowed(message))
	if err := takeError(&out); err != nil {
		return nil, err
	}
	return take(&out.result), nil
}
