package grove

/*
#cgo pkg-config: grove
#include <grove.h>
#include <stdlib.h>

// What a call gives, so that it is one crossing: the outputs by value.
typedef struct outcome {
  grove_status status;
  grove_buffer result;
  grove_buffer report;
  grove_error* error;
} outcome;

static outcome call_admit(_GoString_ manifest, _GoString_ context, grove_format format, const grove_admit_options* options) {
  outcome out = {GROVE_OK, GROVE_BUFFER_INIT, GROVE_BUFFER_INIT, NULL};
  out.status = grove_admit(_GoStringPtr(manifest), _GoStringLen(manifest), _GoStringPtr(context), _GoStringLen(context),
                           format, options, &out.result, &out.error);
  return out;
}

static outcome call_expand(_GoString_ manifest, _GoString_ context, grove_format format,
                           const grove_expand_options* options) {
  outcome out = {GROVE_OK, GROVE_BUFFER_INIT, GROVE_BUFFER_INIT, NULL};
  out.status = grove_expand(_GoStringPtr(manifest), _GoStringLen(manifest), _GoStringPtr(context),
                            _GoStringLen(context), format, options, &out.result, &out.report, &out.error);
  return out;
}
*/
import "C"

import (
	"encoding/json"
	"fmt"
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
	out.admit = m.admit(options.Admit)
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

// Admit judges every PodCliqueSet of the manifest as a cluster with Grove would, and shows what it would store.
func Admit(input Input, options *AdmitOptions) (*Report, error) {
	var m memory
	defer m.free()
	out := C.call_admit(borrowed(input.Manifest), borrowed(input.Context), C.grove_format(input.Format), m.admit(options))
	if err := takeError(&out); err != nil {
		return nil, err
	}
	report := new(Report)
	return report, json.Unmarshal(take(&out.result), report)
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
	return expansion, json.Unmarshal(report, &expansion.Report)
}
