//! `grove.h` as Rust declares it. The header documents each function; the crate `grove` is what programs want.

#![allow(non_camel_case_types)]

use std::os::raw::{c_char, c_void};

/// An integer, not a Rust enum: a later library may return what this crate does not know.
pub type grove_status = u32;
pub const GROVE_OK: grove_status = 0;

pub type grove_format = u32;
pub const GROVE_FORMAT_JSON: grove_format = 0;
pub const GROVE_FORMAT_YAML: grove_format = 1;
pub const GROVE_FORMAT_JSON_INDENTED: grove_format = 2;

pub type grove_object_state = u32;
pub const GROVE_OBJECT_STATE_CREATED: grove_object_state = 0;
pub const GROVE_OBJECT_STATE_AT_REST: grove_object_state = 1;

#[repr(C)]
pub struct grove_error {
    _opaque: [u8; 0],
    _not_send: std::marker::PhantomData<(*mut u8, std::marker::PhantomPinned)>,
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
    pub default_namespace: *const c_char,
    pub default_namespace_size: usize,
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
    pub reserved: u32,
    pub seed: u64,
    pub now: i64,
    pub init_container_image: *const c_char,
    pub init_container_image_size: usize,
    pub init_container_version: *const c_char,
    pub init_container_version_size: usize,
    pub admit: *const grove_admit_options,
}

extern "C" {
    pub fn grove_status_name(status: grove_status) -> *const c_char;
    pub fn grove_error_status(error: *const grove_error) -> grove_status;
    pub fn grove_error_message(error: *const grove_error) -> *const c_char;
    pub fn grove_error_argument(error: *const grove_error) -> *const c_char;
    pub fn grove_error_path(error: *const grove_error) -> *const c_char;
    pub fn grove_error_line(error: *const grove_error) -> u32;
    pub fn grove_error_column(error: *const grove_error) -> u32;
    pub fn grove_error_report(error: *const grove_error, size: *mut usize) -> *const c_char;
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
}
