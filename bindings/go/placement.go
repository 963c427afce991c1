package grove

/*
#include "call.h"
*/
import "C"

import (
	"runtime"
	"strings"
	"unsafe"
)

// Snapshot is a cluster: nodes, topology, what runs on them. Immutable; goroutines may share it.
type Snapshot struct{ handle *C.grove_snapshot }

// Workload has sets that were admitted and expanded. Immutable; goroutines may share it.
type Workload struct{ handle *C.grove_workload }

// Placement is what was decided. Immutable; goroutines may share it.
type Placement struct {
	handle *C.grove_placement
	gangs  []C.grove_gang_row // of the library, as long as the handle
	pods   []C.grove_pod_row
}

// SnapshotOptions says how a cluster is read. The zero value is the default.
type SnapshotOptions struct {
	LiftGates   bool   // pods that only Grove's own gate holds are candidates
	KeepLabels  bool   // affinity of later workloads may be about any label of these pods
	IgnoreGangs bool   // PodGangs of the text are not placed
	Topology    string // name of the ClusterTopologyBinding to use if there are several
	Limits      *Limits
}

// PlaceOptions says how gangs are placed. The zero value is the default.
type PlaceOptions struct {
	Threads        uint32
	StepsPerGang   uint64 // bound of the search for one gang
	Batch          bool   // gangs of equal priority are planned jointly
	BatchRounds    uint32 // so many rearrangements are tried for a gang
	WithoutCauses  bool   // nobody asks why a gang does not fit
	ExplainChanges uint32 // so many gangs that do not fit are told the smallest changes that make them fit
	NearBase       bool   // scaled gangs lie as near to their base gang as possible
	Balance        bool   // where several domains share a scope's pods, they share evenly
	ReuseNodes     bool   // pods come to nodes of the gang's former incarnation
	Preempt        bool   // PodGangs of the snapshot give room up to gangs of higher priority
	SpreadLevel    string // replicas of a set share as few domains of this level as possible
	ReplicaLevel   string // all gangs of a replica of a set must lie in one domain of this level
}

// CapacityOptions says what is counted. The zero value is the default: copies of all gangs together.
type CapacityOptions struct {
	MostCopies  uint32   // counting ends there
	MostPods    uint32   // pods that are placed at once at most
	WorstLosses uint32   // also what is left after the loss of any one domain, for levels of at most so many domains
	Gang        string   // copies of this gang alone
	Group       string   // pods of this group that fit into the gang beyond those that it has
	Lost        []string // domains and nodes that are gone
	Place       *PlaceOptions
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
	Name      string
	Group     string
	Node      string
	Candidate uint32 // its position among the group's pods
	Surplus   bool
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

// Encoding says how messages of placement.proto are written.
type Encoding int

const (
	Binary       Encoding = 0 // protocol buffers
	JSONEncoding Encoding = 1 // their JSON mapping
)

type placeOptions struct {
	numbers         C.grove_place_options
	spread, replica string
}

func (options *PlaceOptions) read() *placeOptions {
	if options == nil {
		options = new(PlaceOptions)
	}
	return &placeOptions{
		numbers: C.grove_place_options{
			threads:         C.uint32_t(options.Threads),
			steps_per_gang:  C.uint64_t(options.StepsPerGang),
			batch:           number(options.Batch),
			batch_rounds:    C.uint32_t(options.BatchRounds),
			without_causes:  number(options.WithoutCauses),
			explain_changes: C.uint32_t(options.ExplainChanges),
			near_base:       number(options.NearBase),
			balance:         number(options.Balance),
			reuse_nodes:     number(options.ReuseNodes),
			preempt:         number(options.Preempt),
		},
		spread:  options.SpreadLevel,
		replica: options.ReplicaLevel,
	}
}

func newSnapshot(call func(place *C.outcome)) (*Snapshot, error) {
	snapshot := new(Snapshot)
	return orNil(snapshot, at(call, func(place *C.outcome) error {
		snapshot.handle = (*C.grove_snapshot)(place.handle)
		runtime.SetFinalizer(snapshot, func(s *Snapshot) { C.grove_snapshot_free(s.handle) })
		return nil
	}))
}

func newPlacement(call func(place *C.outcome)) (*Placement, error) {
	placement := new(Placement)
	return orNil(placement, at(call, func(place *C.outcome) error {
		placement.handle = (*C.grove_placement)(place.handle)
		placement.gangs = unsafe.Slice(place.gangs, int(place.gang_count))
		placement.pods = unsafe.Slice(place.pods, int(place.pod_count))
		runtime.SetFinalizer(placement, func(p *Placement) { C.grove_placement_free(p.handle) })
		return nil
	}))
}

// ParseSnapshot reads a cluster as kubectl get nodes,pods -A -o json prints it.
func ParseSnapshot(cluster []byte, format Format, options *SnapshotOptions) (*Snapshot, error) {
	if options == nil {
		options = new(SnapshotOptions)
	}
	limits := options.Limits.numbers()
	return newSnapshot(func(place *C.outcome) {
		C.call_snapshot_parse(place, borrowed(cluster), C.grove_format(format), number(options.LiftGates),
			number(options.KeepLabels), number(options.IgnoreGangs), options.Topology, &limits)
	})
}

// DecodeSnapshot reads a cluster from a Cluster message of placement.proto.
func DecodeSnapshot(message []byte, encoding Encoding) (*Snapshot, error) {
	return newSnapshot(func(place *C.outcome) {
		C.call_snapshot_decode(place, borrowed(message), C.grove_encoding(encoding))
	})
}

// Encode writes a cluster as a Cluster message of placement.proto.
func (s *Snapshot) Encode(encoding Encoding) ([]byte, error) {
	defer runtime.KeepAlive(s)
	return message(func(place *C.outcome) { C.call_snapshot_encode(place, s.handle, C.grove_encoding(encoding)) })
}

// ParseWorkload admits and expands the sets of a manifest, to be placed any number of times.
func ParseWorkload(input Input, options *ExpandOptions) (*Workload, error) {
	o := options.read()
	workload := new(Workload)
	return orNil(workload, at(func(place *C.outcome) {
		C.call_workload_parse(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	}, func(place *C.outcome) error {
		workload.handle = (*C.grove_workload)(place.handle)
		runtime.SetFinalizer(workload, func(w *Workload) { C.grove_workload_free(w.handle) })
		return nil
	}))
}

func (w *Workload) pointer() *C.grove_workload {
	if w == nil {
		return nil
	}
	return w.handle
}

func (p *Placement) pointer() *C.grove_placement {
	if p == nil {
		return nil
	}
	return p.handle
}

// Place decides every gang of the workload, which may be nil, and the PodGangs of the snapshot.
func (s *Snapshot) Place(workload *Workload, options *PlaceOptions) (*Placement, error) {
	defer runtime.KeepAlive(s)
	defer runtime.KeepAlive(workload)
	o := options.read()
	return newPlacement(func(place *C.outcome) {
		C.call_place(place, s.handle, workload.pointer(), &o.numbers, o.spread, o.replica)
	})
}

// With is the snapshot in which a placement has come true.
func (s *Snapshot) With(placement *Placement) (*Snapshot, error) {
	defer runtime.KeepAlive(s)
	defer runtime.KeepAlive(placement)
	return newSnapshot(func(place *C.outcome) { C.call_snapshot_with(place, s.handle, placement.pointer()) })
}

// Without is the snapshot from which the pods of a placement have gone again.
func (s *Snapshot) Without(placement *Placement) (*Snapshot, error) {
	defer runtime.KeepAlive(s)
	defer runtime.KeepAlive(placement)
	return newSnapshot(func(place *C.outcome) { C.call_snapshot_without(place, s.handle, placement.pointer()) })
}

// Capacity tells how many more copies of a workload, of one of its gangs, or pods of a group fit.
func (s *Snapshot) Capacity(workload *Workload, options *CapacityOptions) (*Capacity, error) {
	defer runtime.KeepAlive(s)
	defer runtime.KeepAlive(workload)
	if options == nil {
		options = new(CapacityOptions)
	}
	counted := C.capacity_numbers{
		most_copies:  C.uint32_t(options.MostCopies),
		most_pods:    C.uint32_t(options.MostPods),
		worst_losses: C.uint32_t(options.WorstLosses),
	}
	o := options.Place.read()
	capacity := new(Capacity)
	return orNil(capacity, document(capacity, func(place *C.outcome) {
		C.call_capacity(place, s.handle, workload.pointer(), &counted, options.Gang, options.Group,
			strings.Join(options.Lost, ","), &o.numbers, o.spread, o.replica)
	}))
}

// Capacity is how many more fit.
type Capacity struct {
	Count       int          `json:"count"`
	AtMost      *int         `json:"atMost,omitempty"` // nil: nothing is known
	Limited     bool         `json:"limited"`          // counting ended at a limit: more may fit
	Failed      *Explanation `json:"failed,omitempty"`
	WorstLosses []WorstLoss  `json:"worstLosses,omitempty"`
}

// WorstLoss is the domain of a level whose loss costs most.
type WorstLoss struct {
	Level   string `json:"level"`
	Domains int    `json:"domains"`
	Counted bool   `json:"counted"` // false: there are too many domains to try each
	Domain  string `json:"domain,omitempty"`
	Count   int    `json:"count"` // that fit without it
}

// Explanation tells what became of a gang, and why.
type Explanation struct {
	Namespace   string          `json:"namespace"`
	Name        string          `json:"name"`
	Outcome     string          `json:"outcome"`
	Pods        int             `json:"pods"`
	Explanation string          `json:"explanation,omitempty"`
	Conflict    string          `json:"conflict,omitempty"` // with PlaceOptions.ExplainChanges, as Changes
	Changes     []FittingChange `json:"changes,omitempty"`  // smallest first
}

// FittingChange makes a gang fit.
type FittingChange struct {
	Kind    string `json:"kind"`
	Size    int    `json:"size"`
	Minimal bool   `json:"minimal"` // proven: no change of the kind is smaller
	Summary string `json:"summary"`
}

// Eviction is room that one gang gives up to another.
type Eviction struct {
	Namespace    string       `json:"namespace"`
	Name         string       `json:"name"`
	ForNamespace string       `json:"forNamespace"`
	ForName      string       `json:"forName"`
	Whole        bool         `json:"whole"`
	Pods         []EvictedPod `json:"pods"`
}

// EvictedPod is a running pod that has to go.
type EvictedPod struct {
	Group  string `json:"group"`
	Active int    `json:"active"` // position among the group's running pods
	Node   string `json:"node"`
}

// GatedPods are kept from being placed by a scheduling gate.
type GatedPods struct {
	Namespace string `json:"namespace"`
	Gang      string `json:"gang"`
	Group     string `json:"group"`
	Gate      string `json:"gate"`
	Pods      int    `json:"pods"`
}

// Unevaluated is what pods ask for and nobody looked at.
type Unevaluated struct {
	What    string `json:"what"`
	Pods    int    `json:"pods"`
	Example string `json:"example"` // one of the pods
}

// PlacementReport tells of a placement what its rows do not.
type PlacementReport struct {
	Placed       int           `json:"placed"`
	PlacedBound  int           `json:"placedBound"` // no more gangs can be placed
	Gangs        []Explanation `json:"gangs"`
	Evictions    []Eviction    `json:"evictions,omitempty"`
	Gated        []GatedPods   `json:"gated,omitempty"`
	NotEvaluated []Unevaluated `json:"notEvaluated,omitempty"`
	Remarks      []string      `json:"remarks,omitempty"`
}

// Breach of a rule.
type Breach struct {
	Rule      string `json:"rule"`
	Namespace string `json:"namespace"`
	Gang      string `json:"gang"`
	Detail    string `json:"detail"`
}

// Gangs are in the order in which they were decided, which is an order to bind them in.
func (p *Placement) Gangs() []PlacedGang {
	defer runtime.KeepAlive(p)
	gangs := make([]PlacedGang, len(p.gangs))
	for i, row := range p.gangs {
		gangs[i] = PlacedGang{
			Namespace: C.GoString(row.gang_namespace), Name: C.GoString(row.name),
			Outcome: Outcome(row.outcome), Optimal: row.optimal == 1, Pods: make([]PlacedPod, row.pod_count),
		}
		for j := range gangs[i].Pods {
			pod := &p.pods[int(row.first_pod)+j]
			gangs[i].Pods[j] = PlacedPod{
				Name: C.GoString(pod.name), Group: C.GoString(pod.group), Node: C.GoString(pod.node),
				Candidate: uint32(pod.candidate), Surplus: pod.surplus == 1,
			}
		}
	}
	return gangs
}

// Explain tells of every gang what became of it, why, and what would help.
func (p *Placement) Explain() (*PlacementReport, error) {
	defer runtime.KeepAlive(p)
	report := new(PlacementReport)
	return orNil(report, document(report, func(place *C.outcome) { C.call_placement_explain(place, p.handle) }))
}

// Check gives the breaches of the contract that a checker finds which shares no code with the search; there are none. The index
// is the one that made the placement, before it changes; nil for a placement on a snapshot.
func (p *Placement) Check(index *Index) ([]Breach, error) {
	defer runtime.KeepAlive(p)
	defer runtime.KeepAlive(index)
	return breaches(func(place *C.outcome) { C.call_placement_check(place, p.handle, index.pointer()) })
}

func breaches(call func(place *C.outcome)) ([]Breach, error) {
	var result struct{ Breaches []Breach }
	err := document(&result, call)
	return result.Breaches, err
}

// Encode writes a placement as a PlacementResult message of placement.proto.
func (p *Placement) Encode(encoding Encoding) ([]byte, error) {
	defer runtime.KeepAlive(p)
	return message(func(place *C.outcome) { C.call_placement_encode(place, p.handle, C.grove_encoding(encoding)) })
}

// PlaceMessage answers a PlacementRequest message of placement.proto with a PlacementResult message.
func PlaceMessage(request []byte, encoding Encoding) ([]byte, error) {
	return message(func(place *C.outcome) { C.call_place_message(place, borrowed(request), C.grove_encoding(encoding)) })
}

// CheckMessage gives the breaches in a PlacementResult message, whoever made it, of the PlacementRequest that it answers.
func CheckMessage(request, answer []byte, encoding Encoding) ([]Breach, error) {
	return breaches(func(place *C.outcome) {
		C.call_check_message(place, borrowed(request), borrowed(answer), C.grove_encoding(encoding))
	})
}
