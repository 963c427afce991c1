package grove

/*
#cgo pkg-config: grove
#include "call.h"
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unsafe"
)

// Places for what calls give. A call releases what the last one left at its place: each document is one crossing.
var places = sync.Pool{New: func() any {
	place := new(C.outcome)
	runtime.SetFinalizer(place, func(place *C.outcome) { C.release(place) })
	return place
}}

// What is larger is released once it is read: a crossing costs nothing beside the reading then.
const keptBytes = 1 << 20

// at calls, and reads what the call left unless it failed.
func at(call func(place *C.outcome), read func(place *C.outcome) error) error {
	place := places.Get().(*C.outcome)
	defer places.Put(place)
	call(place)
	if place.status != C.GROVE_OK {
		return failureOf(place)
	}
	err := read(place)
	if place.result.size+place.report.size > keptBytes {
		C.release(place)
	}
	return err
}

// view shows the bytes of a buffer until the next call at its place.
func view(buffer *C.grove_buffer) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(buffer.data)), int(buffer.size))
}

func copied(buffer *C.grove_buffer) []byte {
	return append([]byte(nil), view(buffer)...)
}

// document parses what a call gives.
func document(result any, call func(place *C.outcome)) error {
	return at(call, func(place *C.outcome) error { return json.Unmarshal(view(&place.result), result) })
}

// message copies what a call gives.
func message(call func(place *C.outcome)) (out []byte, err error) {
	err = at(call, func(place *C.outcome) error {
		out = copied(&place.result)
		return nil
	})
	return out, err
}

func nothing(*C.outcome) error { return nil }

func failureOf(place *C.outcome) error {
	failure := &Error{
		Status:   Status(place.status),
		Message:  C.GoString(place.error.message),
		Argument: C.GoString(place.error.argument),
		Path:     C.GoString(place.error.path),
		Line:     int(place.error.line),
		Column:   int(place.error.column),
	}
	if text := C.GoString(place.error.report); text != "" {
		failure.Report = new(Report)
		if err := json.Unmarshal([]byte(text), failure.Report); err != nil {
			return fmt.Errorf("the report of %w is not what was expected: %v", failure, err)
		}
	}
	return failure
}

// borrowed shows bytes as a string for the time of a call, without copying them.
func borrowed(data []byte) string {
	return *(*string)(unsafe.Pointer(&data))
}

func number(flag bool) C.uint32_t {
	if flag {
		return 1
	}
	return 0
}

func (limits *Limits) numbers() C.grove_limits {
	if limits == nil {
		limits = new(Limits)
	}
	return C.grove_limits{
		max_depth:                C.uint32_t(limits.Depth),
		max_input_bytes:          C.uint64_t(limits.InputBytes),
		max_documents:            C.uint64_t(limits.Documents),
		max_yaml_aliases:         C.uint64_t(limits.YAMLAliases),
		max_yaml_expanded_values: C.uint64_t(limits.YAMLExpandedValues),
		max_objects:              C.uint64_t(limits.Objects),
		max_startup_references:   C.uint64_t(limits.StartupReferences),
	}
}

// admitOptions are options as C takes them: numbers, and texts beside them.
type admitOptions struct {
	numbers                        C.admit_numbers
	namespace, scheduler, disabled string
}

func (options *AdmitOptions) read() *admitOptions {
	if options == nil {
		options = new(AdmitOptions)
	}
	return &admitOptions{
		numbers: C.admit_numbers{
			strict:                   number(options.Strict),
			all_stages:               number(options.AllStages),
			structurally_defaulted:   number(options.StructurallyDefaulted),
			bindings_enable_topology: number(options.BindingsEnableTopology),
			lint:                     C.grove_lint(options.Lint),
			limits:                   options.Limits.numbers(),
		},
		namespace: options.Namespace,
		scheduler: options.Scheduler,
		disabled:  strings.Join(options.LintDisabled, ","),
	}
}

type expandOptions struct {
	*admitOptions
	more                                  C.expand_numbers
	image, version, backend, live, stored string
}

func (options *ExpandOptions) read() *expandOptions {
	if options == nil {
		options = new(ExpandOptions)
	}
	out := &expandOptions{
		admitOptions: options.Admit.read(),
		more: C.expand_numbers{
			scheduler_objects: number(options.SchedulerObjects),
			allow_incomplete:  number(options.AllowIncomplete),
			sets:              number(options.Sets),
			topologies:        number(options.Topologies),
			seed:              C.uint64_t(options.Seed),
			now:               C.int64_t(options.Now),
		},
		image:   options.InitContainerImage,
		version: options.InitContainerVersion,
		backend: options.Backend,
		live:    borrowed(options.Live),
		stored:  borrowed(options.Stored),
	}
	if options.AtRest {
		out.more.state = C.GROVE_OBJECT_STATE_AT_REST
	}
	if options.PodGroupsPerClique {
		out.more.pod_groups = C.GROVE_POD_GROUPS_PER_CLIQUE
	}
	return out
}

// LibraryVersion is that of the library that is loaded: "0.1.0".
func LibraryVersion() string { return C.GoString(C.grove_version_string()) }

// CompatibilityLevel is the snapshot of the reference whose behaviour the library has: "2026-08".
func CompatibilityLevel() string { return C.GoString(C.grove_compatibility_level()) }

// Admit judges every PodCliqueSet of the manifest as a cluster with Grove would, and shows what it would store.
func Admit(input Input, options *AdmitOptions) (*Report, error) {
	o := options.read()
	report := new(Report)
	return orNil(report, document(report, func(place *C.outcome) {
		C.call_admit(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled)
	}))
}

// AdmitUpdate judges the sets of the manifest as updates of those in stored.
func AdmitUpdate(input Input, stored []byte, options *AdmitOptions) (*Report, error) {
	o := options.read()
	report := new(Report)
	return orNil(report, document(report, func(place *C.outcome) {
		C.call_admit_update(place, borrowed(input.Manifest), borrowed(stored), borrowed(input.Context),
			C.grove_format(input.Format), &o.numbers, o.namespace, o.scheduler, o.disabled)
	}))
}

// Expand makes every object that Grove makes of the PodCliqueSets of the manifest.
func Expand(input Input, options *ExpandOptions) (*Expansion, error) {
	o := options.read()
	expansion := new(Expansion)
	return orNil(expansion, at(func(place *C.outcome) {
		C.call_expand(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	}, func(place *C.outcome) error {
		expansion.List = copied(&place.result)
		if err := json.Unmarshal(expansion.List, expansion); err != nil {
			return err
		}
		return json.Unmarshal(view(&place.report), &expansion.Report)
	}))
}

// Names tells what every child of the sets is called, and how much longer its name may become.
func Names(input Input, options *AdmitOptions) ([]NameBudget, error) {
	o := options.read()
	var result struct{ Sets []NameBudget }
	err := document(&result, func(place *C.outcome) {
		C.call_names(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled)
	})
	return result.Sets, err
}

// StartupOrder tells which clique waits for which, in waves or as the cycle that keeps them from starting.
func StartupOrder(input Input, options *AdmitOptions) ([]Startup, error) {
	o := options.read()
	var result struct{ Sets []Startup }
	err := document(&result, func(place *C.outcome) {
		C.call_startup(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled)
	})
	return result.Sets, err
}

// Count tells what there is to be at every level.
func Count(input Input, options *ExpandOptions) ([]SetCount, error) {
	o := options.read()
	var result struct{ Sets []SetCount }
	err := document(&result, func(place *C.outcome) {
		C.call_scaling(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	})
	return result.Sets, err
}

// Translate gives the objects that a scheduler gets of the PodGangs, and what is lost on the way.
func Translate(input Input, options *ExpandOptions) (*Translation, error) {
	o := options.read()
	translation := new(Translation)
	return orNil(translation, document(translation, func(place *C.outcome) {
		C.call_translate(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	}))
}

// Diff tells in which objects two manifests differ: that of the input is the new one.
func Diff(before []byte, input Input, options *ExpandOptions) (*Difference, error) {
	o := options.read()
	difference := new(Difference)
	return orNil(difference, document(difference, func(place *C.outcome) {
		C.call_diff(place, borrowed(before), borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	}))
}

// DiffLive tells the writes that lead from the objects in options.Live to those that the manifest asks for; with clean also
// those that delete what the reference leaves behind.
func DiffLive(input Input, clean bool, options *ExpandOptions) (*Difference, error) {
	o := options.read()
	difference := new(Difference)
	return orNil(difference, document(difference, func(place *C.outcome) {
		C.call_diff_live(place, borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), number(clean),
			&o.numbers, o.namespace, o.scheduler, o.disabled, &o.more, o.image, o.version, o.backend, o.live, o.stored)
	}))
}

// Compare tells in which fields two documents of any kind differ.
func Compare(before, after []byte, format Format) (*Comparison, error) {
	comparison := new(Comparison)
	return orNil(comparison, document(comparison, func(place *C.outcome) {
		C.call_compare(place, borrowed(before), borrowed(after), C.grove_format(format))
	}))
}

// Autoscale decides as Kubernetes' HorizontalPodAutoscaler does.
func Autoscale(autoscaler Autoscaler) (*ScaleDecision, error) {
	state, err := json.Marshal(autoscaler)
	if err != nil {
		return nil, err
	}
	decision := new(ScaleDecision)
	return orNil(decision, document(decision, func(place *C.outcome) { C.call_autoscale(place, borrowed(state)) }))
}

// ResourceDefinitions are the custom resource definitions that the object model implies.
func ResourceDefinitions() ([]Object, error) {
	var result struct{ Items []Object }
	err := document(&result, func(place *C.outcome) { C.call_reference(place, C.GROVE_TOPIC_DEFINITIONS) })
	return result.Items, err
}

// Rules are those that findings cite: of admission, and of lint.
func Rules() (admission []Rule, lint []LintRule, err error) {
	var result struct {
		Rules []Rule
		Lint  []LintRule
	}
	err = document(&result, func(place *C.outcome) { C.call_reference(place, C.GROVE_TOPIC_RULES) })
	return result.Rules, result.Lint, err
}

// Backends are the schedulers that gangs can be translated for.
func Backends() ([]Backend, error) {
	var result struct{ Backends []Backend }
	err := document(&result, func(place *C.outcome) { C.call_reference(place, C.GROVE_TOPIC_BACKENDS) })
	return result.Backends, err
}

// orNil gives no result beside an error.
func orNil[T any](result *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return result, nil
}
