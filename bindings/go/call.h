// Calls of libgrove as Go makes them: one crossing each, however it ends.
//
// Everything that a call gives is left at a place of Go's, and released when the next call begins there. Options come
// as numbers, without pointers, and as texts beside them: Go's memory must not lead C to other memory of Go.
#pragma once

#include <grove.h>
#include <string.h>

typedef struct outcome {
  grove_status status;
  grove_buffer result;
  grove_buffer report;
  void* handle;  // the caller's once it is taken
  const grove_gang_row* gangs;
  size_t gang_count;
  const grove_pod_row* pods;
  size_t pod_count;
  grove_error* error;
} outcome;

static void release(outcome* out) {
  grove_buffer_dispose(&out->result);
  grove_buffer_dispose(&out->report);
  grove_error_free(out->error);
  memset(out, 0, sizeof *out);
}

// ---- Options ----

typedef struct admit_numbers {
  uint32_t strict;
  uint32_t all_stages;
  uint32_t structurally_defaulted;
  uint32_t bindings_enable_topology;
  grove_lint lint;
  grove_limits limits;
} admit_numbers;

typedef struct expand_numbers {
  grove_object_state state;
  uint32_t scheduler_objects;
  uint32_t allow_incomplete;
  grove_pod_groups pod_groups;
  uint32_t sets;
  uint32_t topologies;
  uint64_t seed;
  int64_t now;
} expand_numbers;

typedef struct capacity_numbers {
  uint32_t most_copies;
  uint32_t most_pods;
  uint32_t worst_losses;
} capacity_numbers;

// A text, and its length.
#define TEXT(text) _GoStringPtr(text), _GoStringLen(text)
// An option, for which "" is the default.
#define SET(options, member, text)                  \
  do {                                              \
    if (_GoStringLen(text) != 0) {                  \
      (options).member = _GoStringPtr(text);        \
      (options).member##_size = _GoStringLen(text); \
    }                                               \
  } while (0)

#define ADMIT_OPTIONS const admit_numbers *numbers, _GoString_ namespace_name, _GoString_ scheduler, _GoString_ disabled
#define READ_ADMIT(admit)                                             \
  grove_limits limits = numbers->limits;                              \
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;               \
  limits.struct_size = sizeof limits;                                 \
  admit.strict = numbers->strict;                                     \
  admit.all_stages = numbers->all_stages;                             \
  admit.structurally_defaulted = numbers->structurally_defaulted;     \
  admit.bindings_enable_topology = numbers->bindings_enable_topology; \
  admit.lint = numbers->lint;                                         \
  admit.limits = &limits;                                             \
  SET(admit, default_namespace, namespace_name);                      \
  SET(admit, default_scheduler, scheduler);                           \
  SET(admit, lint_disabled, disabled)

#define EXPAND_OPTIONS                                                                                 \
  ADMIT_OPTIONS, const expand_numbers *more, _GoString_ image, _GoString_ version, _GoString_ backend, \
      _GoString_ live, _GoString_ stored
#define READ_EXPAND(expand)                                \
  READ_ADMIT(admit);                                       \
  grove_expand_options expand = GROVE_EXPAND_OPTIONS_INIT; \
  expand.state = more->state;                              \
  expand.scheduler_objects = more->scheduler_objects;      \
  expand.allow_incomplete = more->allow_incomplete;        \
  expand.pod_groups = more->pod_groups;                    \
  expand.sets = more->sets;                                \
  expand.topologies = more->topologies;                    \
  expand.seed = more->seed;                                \
  expand.now = more->now;                                  \
  expand.admit = &admit;                                   \
  SET(expand, init_container_image, image);                \
  SET(expand, init_container_version, version);            \
  SET(expand, backend, backend);                           \
  SET(expand, live, live);                                 \
  SET(expand, stored, stored)

// Go fills in the numbers; its texts are beside them.
#define PLACE_OPTIONS const grove_place_options *numbers, _GoString_ spread_level, _GoString_ replica_level
#define READ_PLACE(place)                 \
  grove_place_options place = *numbers;   \
  place.struct_size = sizeof place;       \
  SET(place, spread_level, spread_level); \
  SET(place, replica_level, replica_level)

// ---- Texts in, one document out ----

#define DOCUMENT(name, OPTIONS, READ)                                                                            \
  static void call_##name(outcome* out, _GoString_ manifest, _GoString_ context, grove_format format, OPTIONS) { \
    READ(options);                                                                                               \
    release(out);                                                                                                \
    out->status = grove_##name(TEXT(manifest), TEXT(context), format, &options, &out->result, &out->error);      \
  }
DOCUMENT(admit, ADMIT_OPTIONS, READ_ADMIT)
DOCUMENT(names, ADMIT_OPTIONS, READ_ADMIT)
DOCUMENT(startup, ADMIT_OPTIONS, READ_ADMIT)
DOCUMENT(scaling, EXPAND_OPTIONS, READ_EXPAND)
DOCUMENT(translate, EXPAND_OPTIONS, READ_EXPAND)

static void call_admit_update(outcome* out, _GoString_ manifest, _GoString_ stored, _GoString_ context,
                              grove_format format, ADMIT_OPTIONS) {
  READ_ADMIT(options);
  release(out);
  out->status =
      grove_admit_update(TEXT(manifest), TEXT(stored), TEXT(context), format, &options, &out->result, &out->error);
}

static void call_expand(outcome* out, _GoString_ manifest, _GoString_ context, grove_format format, EXPAND_OPTIONS) {
  READ_EXPAND(options);
  release(out);
  out->status = grove_expand(TEXT(manifest), TEXT(context), format, &options, &out->result, &out->report, &out->error);
}

static void call_diff(outcome* out, _GoString_ before, _GoString_ after, _GoString_ context, grove_format format,
                      EXPAND_OPTIONS) {
  READ_EXPAND(options);
  release(out);
  out->status = grove_diff(TEXT(before), TEXT(after), TEXT(context), format, &options, &out->result, &out->error);
}

static void call_diff_live(outcome* out, _GoString_ manifest, _GoString_ context, grove_format format, uint32_t clean,
                           EXPAND_OPTIONS) {
  READ_EXPAND(options);
  release(out);
  out->status = grove_diff_live(TEXT(manifest), TEXT(context), format, clean, &options, &out->result, &out->error);
}

static void call_compare(outcome* out, _GoString_ before, _GoString_ after, grove_format format) {
  release(out);
  out->status = grove_compare(TEXT(before), TEXT(after), format, NULL, &out->result, &out->error);
}

static void call_autoscale(outcome* out, _GoString_ state) {
  release(out);
  out->status = grove_autoscale(TEXT(state), GROVE_FORMAT_JSON, NULL, &out->result, &out->error);
}

static void call_reference(outcome* out, grove_topic topic) {
  release(out);
  out->status = grove_reference(topic, GROVE_FORMAT_JSON, &out->result, &out->error);
}

static void call_place_message(outcome* out, _GoString_ message, grove_encoding encoding) {
  release(out);
  out->status = grove_place_message(TEXT(message), encoding, &out->result, &out->error);
}

static void call_check_message(outcome* out, _GoString_ request, _GoString_ answer, grove_encoding encoding) {
  release(out);
  out->status = grove_check_message(TEXT(request), TEXT(answer), encoding, &out->result, &out->error);
}

// ---- Handles ----

static void call_workload_parse(outcome* out, _GoString_ manifest, _GoString_ context, grove_format format,
                                EXPAND_OPTIONS) {
  grove_workload* workload = NULL;
  READ_EXPAND(options);
  release(out);
  out->status = grove_workload_parse(TEXT(manifest), TEXT(context), format, &options, &workload, &out->error);
  out->handle = workload;
}

static void call_snapshot_parse(outcome* out, _GoString_ cluster, grove_format format, uint32_t lift_gates,
                                uint32_t keep_labels, uint32_t ignore_gangs, _GoString_ topology,
                                const grove_limits* bounds) {
  grove_limits limits = *bounds;
  grove_snapshot_options options = GROVE_SNAPSHOT_OPTIONS_INIT;
  grove_snapshot* snapshot = NULL;
  limits.struct_size = sizeof limits;
  options.lift_gates = lift_gates;
  options.keep_labels = keep_labels;
  options.ignore_gangs = ignore_gangs;
  options.limits = &limits;
  SET(options, topology, topology);
  release(out);
  out->status = grove_snapshot_parse(TEXT(cluster), format, &options, &snapshot, &out->error);
  out->handle = snapshot;
}

static void call_snapshot_decode(outcome* out, _GoString_ message, grove_encoding encoding) {
  grove_snapshot* snapshot = NULL;
  release(out);
  out->status = grove_snapshot_decode(TEXT(message), encoding, &snapshot, &out->error);
  out->handle = snapshot;
}

static void call_snapshot_with(outcome* out, const grove_snapshot* before, const grove_placement* placement) {
  grove_snapshot* next = NULL;
  release(out);
  out->status = grove_snapshot_with(before, placement, &next, &out->error);
  out->handle = next;
}

static void call_snapshot_without(outcome* out, const grove_snapshot* before, const grove_placement* placement) {
  grove_snapshot* next = NULL;
  release(out);
  out->status = grove_snapshot_without(before, placement, &next, &out->error);
  out->handle = next;
}

static void call_snapshot_encode(outcome* out, const grove_snapshot* snapshot, grove_encoding encoding) {
  release(out);
  out->status = grove_snapshot_encode(snapshot, encoding, &out->result, &out->error);
}

// With the rows, so that reading them is no crossing.
static void give_placement(outcome* out, grove_placement* placement) {
  out->handle = placement;
  out->gangs = grove_placement_gangs(placement, &out->gang_count);
  out->pods = grove_placement_pods(placement, &out->pod_count);
}

static void call_place(outcome* out, const grove_snapshot* snapshot, const grove_workload* workload, PLACE_OPTIONS) {
  grove_placement* placement = NULL;
  READ_PLACE(options);
  release(out);
  out->status = grove_place(snapshot, workload, &options, &placement, &out->error);
  give_placement(out, placement);
}

static void call_capacity(outcome* out, const grove_snapshot* snapshot, const grove_workload* workload,
                          const capacity_numbers* counted, _GoString_ gang, _GoString_ group, _GoString_ lost,
                          PLACE_OPTIONS) {
  grove_capacity_options options = GROVE_CAPACITY_OPTIONS_INIT;
  READ_PLACE(place);
  options.most_copies = counted->most_copies;
  options.most_pods = counted->most_pods;
  options.worst_losses = counted->worst_losses;
  options.place = &place;
  SET(options, gang, gang);
  SET(options, group, group);
  SET(options, lost, lost);
  release(out);
  out->status = grove_capacity(snapshot, workload, GROVE_FORMAT_JSON, &options, &out->result, &out->error);
}

static void call_placement_encode(outcome* out, const grove_placement* placement, grove_encoding encoding) {
  release(out);
  out->status = grove_placement_encode(placement, encoding, &out->result, &out->error);
}

static void call_placement_explain(outcome* out, const grove_placement* placement) {
  release(out);
  out->status = grove_placement_explain(placement, GROVE_FORMAT_JSON, &out->result, &out->error);
}

static void call_placement_check(outcome* out, const grove_placement* placement, const grove_index* index) {
  release(out);
  out->status = grove_placement_check(placement, index, GROVE_FORMAT_JSON, &out->result, &out->error);
}

// ---- The index of a scheduler ----

static void call_index_new(outcome* out, const grove_snapshot* snapshot) {
  grove_index* index = NULL;
  release(out);
  out->status = grove_index_new(snapshot, &index, &out->error);
  out->handle = index;
}

static void call_index_place(outcome* out, grove_index* index, const grove_workload* workload, PLACE_OPTIONS) {
  grove_placement* placement = NULL;
  READ_PLACE(options);
  release(out);
  out->status = grove_index_place(index, workload, &options, &placement, &out->error);
  give_placement(out, placement);
}

static void call_index_apply(outcome* out, grove_index* index, const grove_placement* placement) {
  release(out);
  out->status = grove_index_apply(index, placement, &out->error);
}

static void call_index_release(outcome* out, grove_index* index, const grove_placement* placement) {
  release(out);
  out->status = grove_index_release(index, placement, &out->error);
}

static void call_index_change_pods(outcome* out, grove_index* index, _GoString_ pods, grove_format format,
                                   uint32_t come) {
  release(out);
  out->status = grove_index_change_pods(index, TEXT(pods), format, come, &out->error);
}

static void call_index_set_usable(outcome* out, grove_index* index, _GoString_ node, uint32_t usable) {
  release(out);
  out->status = grove_index_set_usable(index, TEXT(node), usable, &out->error);
}
