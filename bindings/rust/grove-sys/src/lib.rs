//! `grove.h` as Rust declares it. The header documents each function; the crate `grove` is what programs want.
#![allow(non_camel_case_types)]

use std::os::raw::{c_char, c_void};

// Enums are integers, not Rust enums: a later library may return what this crate does not know.
pub type grove_status = u32;
pub const GROVE_OK: grove_status = 0;
pub const GROVE_CANCELLED: grove_status = 1;
pub const GROVE_UNKNOWN: grove_status = 2;
pub const GROVE_INVALID_ARGUMENT: grove_status = 3;
pub const GROVE_DEADLINE_EXCEEDED: grove_status = 4;
pub const GROVE_NOT_FOUND: grove_status = 5;
pub const GROVE_ALREADY_EXISTS: grove_status = 6;
pub const GROVE_PERMISSION_DENIED: grove_status = 7;
pub const GROVE_RESOURCE_EXHAUSTED: grove_status = 8;
pub const GROVE_FAILED_PRECONDITION: grove_status = 9;
pub const GROVE_ABORTED: grove_status = 10;
pub const GROVE_OUT_OF_RANGE: grove_status = 11;
pub const GROVE_UNIMPLEMENTED: grove_status = 12;
pub const GROVE_INTERNAL: grove_status = 13;
pub const GROVE_UNAVAILABLE: grove_status = 14;
pub const GROVE_DATA_LOSS: grove_status = 15;
pub const GROVE_UNAUTHENTICATED: grove_status = 16;

pub type grove_format = u32;
pub const GROVE_FORMAT_JSON: grove_format = 0;
pub const GROVE_FORMAT_YAML: grove_format = 1;
pub const GROVE_FORMAT_JSON_INDENTED: grove_format = 2;

pub type grove_lint = u32;
pub const GROVE_LINT_OFF: grove_lint = 0;
pub const GROVE_LINT_WARNINGS: grove_lint = 1;
pub const GROVE_LINT_NOTES: grove_lint = 2;

pub type grove_object_state = u32;
pub const GROVE_OBJECT_STATE_CREATED: grove_object_state = 0;
pub const GROVE_OBJECT_STATE_AT_REST: grove_object_state = 1;

pub type grove_pod_groups = u32;
pub const GROVE_POD_GROUPS_PER_GANG: grove_pod_groups = 0;
pub const GROVE_POD_GROUPS_PER_CLIQUE: grove_pod_groups = 1;

pub type grove_encoding = u32;
pub const GROVE_ENCODING_BINARY: grove_encoding = 0;
pub const GROVE_ENCODING_JSON: grove_encoding = 1;

pub type grove_outcome = u32;
pub const GROVE_OUTCOME_PLACED: grove_outcome = 0;
pub const GROVE_OUTCOME_INFEASIBLE: grove_outcome = 1;
pub const GROVE_OUTCOME_NOT_FOUND: grove_outcome = 2;
pub const GROVE_OUTCOME_NOT_READY: grove_outcome = 3;
pub const GROVE_OUTCOME_NO_BASE: grove_outcome = 4;
pub const GROVE_OUTCOME_INVALID: grove_outcome = 5;

pub type grove_topic = u32;
pub const GROVE_TOPIC_DEFINITIONS: grove_topic = 0;
pub const GROVE_TOPIC_RULES: grove_topic = 1;
pub const GROVE_TOPIC_BACKENDS: grove_topic = 2;

#[repr(C)]
pub struct grove_error {
    pub struct_size: u32,
    pub status: grove_status,
    pub message: *const c_char,
    pub argument: *const c_char,
    pub path: *const c_char,
    pub report: *const c_char,
    pub report_size: usize,
    pub line: u32,
    pub column: u32,
}

#[repr(C)]
pub struct grove_snapshot {
    _opaque: [u8; 0],
    _pinned: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
}

#[repr(C)]
pub struct grove_workload {
    _opaque: [u8; 0],
    _pinned: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
}

#[repr(C)]
pub struct grove_placement {
    _opaque: [u8; 0],
    _pinned: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
}

#[repr(C)]
pub struct grove_index {
    _opaque: [u8; 0],
    _pinned: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_buffer {
    pub data: *const c_char,
    pub size: usize,
    pub owner: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_limits {
    pub struct_size: u32,
    pub max_depth: u32,
    pub max_input_bytes: u64,
    pub max_documents: u64,
    pub max_yaml_aliases: u64,
    pub max_yaml_expanded_values: u64,
    pub max_objects: u64,
    pub max_startup_references: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_admit_options {
    pub struct_size: u32,
    pub output: grove_format,
    pub strict: u32,
    pub all_stages: u32,
    pub lint: grove_lint,
    pub structurally_defaulted: u32,
    pub bindings_enable_topology: u32,
    pub reserved: u32,
    pub default_namespace: *const c_char,
    pub default_namespace_size: usize,
    pub default_scheduler: *const c_char,
    pub default_scheduler_size: usize,
    pub lint_disabled: *const c_char,
    pub lint_disabled_size: usize,
    pub limits: *const grove_limits,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_expand_options {
    pub struct_size: u32,
    pub output: grove_format,
    pub state: grove_object_state,
    pub scheduler_objects: u32,
    pub allow_incomplete: u32,
    pub pod_groups: grove_pod_groups,
    pub sets: u32,
    pub topologies: u32,
    pub seed: u64,
    pub now: i64,
    pub init_container_image: *const c_char,
    pub init_container_image_size: usize,
    pub init_container_version: *const c_char,
    pub init_container_version_size: usize,
    pub backend: *const c_char,
    pub backend_size: usize,
    pub live: *const c_char,
    pub live_size: usize,
    pub stored: *const c_char,
    pub stored_size: usize,
    pub admit: *const grove_admit_options,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_snapshot_options {
    pub struct_size: u32,
    pub lift_gates: u32,
    pub keep_labels: u32,
    pub ignore_gangs: u32,
    pub topology: *const c_char,
    pub topology_size: usize,
    pub limits: *const grove_limits,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_place_options {
    pub struct_size: u32,
    pub threads: u32,
    pub steps_per_gang: u64,
    pub batch: u32,
    pub batch_rounds: u32,
    pub without_causes: u32,
    pub explain_changes: u32,
    pub near_base: u32,
    pub balance: u32,
    pub reuse_nodes: u32,
    pub preempt: u32,
    pub spread_level: *const c_char,
    pub spread_level_size: usize,
    pub replica_level: *const c_char,
    pub replica_level_size: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_gang_row {
    pub gang_namespace: *const c_char,
    pub name: *const c_char,
    pub outcome: grove_outcome,
    pub optimal: u32,
    pub first_pod: usize,
    pub pod_count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_pod_row {
    pub name: *const c_char,
    pub group: *const c_char,
    pub node: *const c_char,
    pub gang: usize,
    pub candidate: u32,
    pub surplus: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct grove_capacity_options {
    pub struct_size: u32,
    pub most_copies: u32,
    pub most_pods: u32,
    pub worst_losses: u32,
    pub gang: *const c_char,
    pub gang_size: usize,
    pub group: *const c_char,
    pub group_size: usize,
    pub lost: *const c_char,
    pub lost_size: usize,
    pub place: *const grove_place_options,
}

extern "C" {
    pub fn grove_status_name(status: grove_status) -> *const c_char;
    pub fn grove_error_free(error: *mut grove_error);
    pub fn grove_buffer_dispose(buffer: *mut grove_buffer);
    pub fn grove_version_number() -> u32;
    pub fn grove_version_string() -> *const c_char;
    pub fn grove_admit(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_admit_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_admit_update(
        manifest: *const c_char,
        manifest_size: usize,
        stored: *const c_char,
        stored_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_admit_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_expand(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_expand_options,
        result: *mut grove_buffer,
        report: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_names(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_admit_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_startup(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_admit_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_scaling(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_expand_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_autoscale(
        state: *const c_char,
        state_size: usize,
        format: grove_format,
        limits: *const grove_limits,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_translate(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_expand_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_diff(
        before: *const c_char,
        before_size: usize,
        after: *const c_char,
        after_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_expand_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_diff_live(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        clean: u32,
        options: *const grove_expand_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_compare(
        before: *const c_char,
        before_size: usize,
        after: *const c_char,
        after_size: usize,
        format: grove_format,
        limits: *const grove_limits,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_workload_parse(
        manifest: *const c_char,
        manifest_size: usize,
        context: *const c_char,
        context_size: usize,
        format: grove_format,
        options: *const grove_expand_options,
        workload: *mut *mut grove_workload,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_workload_free(workload: *mut grove_workload);
    pub fn grove_snapshot_parse(
        cluster: *const c_char,
        cluster_size: usize,
        format: grove_format,
        options: *const grove_snapshot_options,
        snapshot: *mut *mut grove_snapshot,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_snapshot_decode(
        message: *const c_char,
        message_size: usize,
        encoding: grove_encoding,
        snapshot: *mut *mut grove_snapshot,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_snapshot_encode(
        snapshot: *const grove_snapshot,
        encoding: grove_encoding,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_snapshot_with(
        snapshot: *const grove_snapshot,
        placement: *const grove_placement,
        next: *mut *mut grove_snapshot,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_snapshot_without(
        snapshot: *const grove_snapshot,
        placement: *const grove_placement,
        next: *mut *mut grove_snapshot,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_snapshot_free(snapshot: *mut grove_snapshot);
    pub fn grove_place(
        snapshot: *const grove_snapshot,
        workload: *const grove_workload,
        options: *const grove_place_options,
        placement: *mut *mut grove_placement,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_placement_gangs(placement: *const grove_placement, count: *mut usize) -> *const grove_gang_row;
    pub fn grove_placement_pods(placement: *const grove_placement, count: *mut usize) -> *const grove_pod_row;
    pub fn grove_placement_encode(
        placement: *const grove_placement,
        encoding: grove_encoding,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_placement_explain(
        placement: *const grove_placement,
        output: grove_format,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_placement_check(
        placement: *const grove_placement,
        index: *const grove_index,
        output: grove_format,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_placement_free(placement: *mut grove_placement);
    pub fn grove_place_message(
        message: *const c_char,
        message_size: usize,
        encoding: grove_encoding,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_check_message(
        request: *const c_char,
        request_size: usize,
        answer: *const c_char,
        answer_size: usize,
        encoding: grove_encoding,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_capacity(
        snapshot: *const grove_snapshot,
        workload: *const grove_workload,
        output: grove_format,
        options: *const grove_capacity_options,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_new(
        snapshot: *const grove_snapshot,
        index: *mut *mut grove_index,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_place(
        index: *mut grove_index,
        workload: *const grove_workload,
        options: *const grove_place_options,
        placement: *mut *mut grove_placement,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_apply(
        index: *mut grove_index,
        placement: *const grove_placement,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_release(
        index: *mut grove_index,
        placement: *const grove_placement,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_change_pods(
        index: *mut grove_index,
        pods: *const c_char,
        pods_size: usize,
        format: grove_format,
        come: u32,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_set_usable(
        index: *mut grove_index,
        node: *const c_char,
        node_size: usize,
        usable: u32,
        error: *mut *mut grove_error,
    ) -> grove_status;
    pub fn grove_index_free(index: *mut grove_index);
    pub fn grove_compatibility_level() -> *const c_char;
    pub fn grove_reference(
        topic: grove_topic,
        output: grove_format,
        result: *mut grove_buffer,
        error: *mut *mut grove_error,
    ) -> grove_status;
}
