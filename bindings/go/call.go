package grove

/*
#cgo pkg-config: grove
#include "call.h"
#include <stdlib.h>
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"strings"
	"unsafe"
)

// memory of C for the structs of one call, which point to each other.
type memory struct{ blocks []unsafe.Pointer }

func (m *memory) free() {
	for _, block := range m.blocks {
		C.free(block)
	}
}

func (m *memory) zeroed(size uintptr) unsafe.Pointer {
	block := C.calloc(1, C.size_t(size))
	m.blocks = append(m.blocks, block)
	return block
}

// text copies an option; "" leaves the default.
func (m *memory) text(text string) (*C.char, C.size_t) {
	if text == "" {
		return nil, 0
	}
	data := C.CString(text)
	m.blocks = append(m.blocks, unsafe.Pointer(data))
	return data, C.size_t(len(text))
}

func number(flag bool) C.uint32_t {
	if flag {
		return 1
	}
	return 0
}

func (m *memory) limits(limits *Limits) *C.grove_limits {
	if limits == nil {
		return nil
	}
	out := (*C.grove_limits)(m.zeroed(C.sizeof_grove_limits))
	out.struct_size = C.sizeof_grove_limits
	out.max_depth = C.uint32_t(limits.Depth)
	out.max_input_bytes = C.uint64_t(limits.InputBytes)
	out.max_documents = C.uint64_t(limits.Documents)
	out.max_yaml_aliases = C.uint64_t(limits.YAMLAliases)
	out.max_yaml_expanded_values = C.uint64_t(limits.YAMLExpandedValues)
	out.max_objects = C.uint64_t(limits.Objects)
	out.max_startup_references = C.uint64_t(limits.StartupReferences)
	return out
}

func (m *memory) admit(options *AdmitOptions) *C.grove_admit_options {
	if options == nil {
		return nil
	}
	out := (*C.grove_admit_options)(m.zeroed(C.sizeof_grove_admit_options))
	out.struct_size = C.sizeof_grove_admit_options
	out.strict = number(options.Strict)
	out.all_stages = number(options.AllStages)
	out.structurally_defaulted = number(options.StructurallyDefaulted)
	out.lint = C.grove_lint(options.Lint)
	out.lint_disabled, out.lint_disabled_size = m.text(strings.Join(options.LintDisabled, ","))
	out.default_namespace, out.default_namespace_size = m.text(options.Namespace)
	out.limits = m.limits(options.Limits)
	return out
}

func (m *memory) expand(options *ExpandOptions) *C.grove_expand_options {
	if options == nil {
		return nil
	}
	out := (*C.grove_expand_options)(m.zeroed(C.sizeof_grove_expand_options))
	out.struct_size = C.sizeof_grove_expand_options
	if options.AtRest {
		out.state = C.GROVE_OBJECT_STATE_AT_REST
	}
	out.scheduler_objects = number(options.SchedulerObjects)
	out.allow_incomplete = number(options.AllowIncomplete)
	out.seed = C.uint64_t(options.Seed)
	out.now = C.int64_t(options.Now)
	out.init_container_image, out.init_container_image_size = m.text(options.InitContainerImage)
	out.init_container_version, out.init_container_version_size = m.text(options.InitContainerVersion)
	out.backend, out.backend_size = m.text(options.Backend)
	if options.PodGroupsPerClique {
		out.pod_groups = C.GROVE_POD_GROUPS_PER_CLIQUE
	}
	out.live, out.live_size = m.text(borrowed(options.Live))
	out.stored, out.stored_size = m.text(borrowed(options.Stored))
	out.sets = number(options.Sets)
	out.topologies = number(options.Topologies)
	out.admit = m.admit(options.Admit)
	return out
}

func (m *memory) snapshot(options *SnapshotOptions) *C.grove_snapshot_options {
	if options == nil {
		return nil
	}
	out := (*C.grove_snapshot_options)(m.zeroed(C.sizeof_grove_snapshot_options))
	out.struct_size = C.sizeof_grove_snapshot_options
	out.lift_gates = number(options.LiftGates)
	out.topology, out.topology_size = m.text(options.Topology)
	out.limits = m.limits(options.Limits)
	return out
}

func (m *memory) place(options *PlaceOptions) *C.grove_place_options {
	if options == nil {
		return nil
	}
	out := (*C.grove_place_options)(m.zeroed(C.sizeof_grove_place_options))
	out.struct_size = C.sizeof_grove_place_options
	out.batch = number(options.Batch)
	out.threads = C.uint32_t(options.Threads)
	out.steps_per_gang = C.uint64_t(options.StepsPerGang)
	return out
}

// borrowed shows bytes as a string for the time of a call, without copying them.
func borrowed(data []byte) string {
	return *(*string)(unsafe.Pointer(&data))
}

// take copies a buffer and releases it.
func take(buffer *C.grove_buffer) []byte {
	defer C.grove_buffer_dispose(buffer)
	return append([]byte(nil), unsafe.Slice((*byte)(unsafe.Pointer(buffer.data)), int(buffer.size))...)
}

func takeError(out *C.outcome) error {
	if out.status == C.GROVE_OK {
		return nil
	}
	defer C.grove_error_free(out.error)
	failure := &Error{
		Status:   Status(out.status),
		Message:  C.GoString(C.grove_error_message(out.error)),
		Argument: C.GoString(C.grove_error_argument(out.error)),
		Path:     C.GoString(C.grove_error_path(out.error)),
		Line:     int(C.grove_error_line(out.error)),
		Column:   int(C.grove_error_column(out.error)),
	}
	if text := C.GoString(C.grove_error_report(out.error, nil)); text != "" {
		failure.Report = new(Report)
		if err := json.Unmarshal([]byte(text), failure.Report); err != nil {
			return fmt.Errorf("the report of %w is not what was expected: %v", failure, err)
		}
	}
	return failure
}

// LibraryVersion is that of the library that is loaded: "0.1.0".
func LibraryVersion() string { return C.GoString(C.grove_version_string()) }

// CompatibilityLevel is the snapshot of the reference whose behaviour the library has: "2026-08".
func CompatibilityLevel() string { return C.GoString(C.grove_compatibility_level()) }

// read parses what a call gave into `result`.
func read(out C.outcome, result any) error {
	if err := takeError(&out); err != nil {
		return err
	}
	return json.Unmarshal(take(&out.result), result)
}

// Admit judges every PodCliqueSet of the manifest as a cluster with Grove would, and shows what it would store.
func Admit(input Input, options *AdmitOptions) (*Report, error) {
	var m memory
	defer m.free()
	report := new(Report)
	out := C.call_admit(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.admit(options))
	return orNil(report, read(out, report))
}

// AdmitUpdate judges the sets of the manifest as updates of those in stored.
func AdmitUpdate(input Input, stored []byte, options *AdmitOptions) (*Report, error) {
	var m memory
	defer m.free()
	report := new(Report)
	out := C.call_admit_update(borrowed(input.Manifest), borrowed(stored), borrowed(input.Context),
		C.grove_format(input.Format), m.admit(options))
	return orNil(report, read(out, report))
}

// Expand makes every object that Grove makes of the PodCliqueSets of the manifest.
func Expand(input Input, options *ExpandOptions) (*Expansion, error) {
	var m memory
	defer m.free()
	out := C.call_expand(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.expand(options))
	if err := takeError(&out); err != nil {
		return nil, err
	}
	expansion := &Expansion{List: take(&out.result)}
	report := take(&out.report)
	if err := json.Unmarshal(expansion.List, expansion); err != nil {
		return nil, err
	}
	return orNil(expansion, json.Unmarshal(report, &expansion.Report))
}

// Names tells what every child of the sets is called, and how much longer its name may become.
func Names(input Input, options *AdmitOptions) ([]NameBudget, error) {
	var m memory
	defer m.free()
	var result struct{ Sets []NameBudget }
	out := C.call_names(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.admit(options))
	err := read(out, &result)
	return result.Sets, err
}

// StartupOrder tells which clique waits for which, in waves or as the cycle that keeps them from starting.
func StartupOrder(input Input, options *AdmitOptions) ([]Startup, error) {
	var m memory
	defer m.free()
	var result struct{ Sets []Startup }
	out := C.call_startup(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.admit(options))
	err := read(out, &result)
	return result.Sets, err
}

// Count tells what there is to be at every level.
func Count(input Input, options *ExpandOptions) ([]SetCount, error) {
	var m memory
	defer m.free()
	var result struct{ Sets []SetCount }
	out := C.call_scaling(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.expand(options))
	err := read(out, &result)
	return result.Sets, err
}

// Translate gives the objects that a scheduler gets of the PodGangs, and what is lost on the way.
func Translate(input Input, options *ExpandOptions) (*Translation, error) {
	var m memory
	defer m.free()
	translation := new(Translation)
	out := C.call_translate(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.expand(options))
	return orNil(translation, read(out, translation))
}

// Diff tells in which objects two manifests differ: that of the input is the new one.
func Diff(before []byte, input Input, options *ExpandOptions) (*Difference, error) {
	var m memory
	defer m.free()
	difference := new(Difference)
	out := C.call_diff(borrowed(before), borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format),
		m.expand(options))
	return orNil(difference, read(out, difference))
}

// DiffLive tells the writes that lead from the objects in options.Live to those that the manifest asks for; with clean also
// those that delete what the reference leaves behind.
func DiffLive(input Input, clean bool, options *ExpandOptions) (*Difference, error) {
	var m memory
	defer m.free()
	difference := new(Difference)
	out := C.call_diff_live(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), number(clean),
		m.expand(options))
	return orNil(difference, read(out, difference))
}

// ResourceDefinitions are the custom resource definitions that the object model implies.
func ResourceDefinitions() ([]Object, error) {
	var result struct{ Items []Object }
	err := read(C.call_crd(), &result)
	return result.Items, err
}

// orNil gives no result beside an error.
func orNil[T any](result *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return result, nil
}
