#![doc = include_str!("../../README.md")]

mod error;
mod options;

pub use error::{Error, Status};
pub use options::{AdmitOptions, ExpandOptions, Limits};

use grove_sys as sys;
use std::ops::Deref;
use std::ptr;

/// Text that the library made; UTF-8, not copied.
pub struct Text(sys::grove_buffer);

// SAFETY: the bytes are never written, and may be released by any thread.
unsafe impl Send for Text {}
unsafe impl Sync for Text {}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        if self.0.data.is_null() {
            return "";
        }
        // SAFETY: the library gives `size` bytes of UTF-8, which live as long as the buffer.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.0.data.cast(), self.0.size)) }
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        // SAFETY: the buffer came from a call and is used by nobody else.
        unsafe { sys::grove_buffer_dispose(&mut self.0) }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

/// Language of a text; it is never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Json,
    Yaml,
}

impl Format {
    pub(crate) fn number(self) -> sys::grove_format {
        match self {
            Format::Json => sys::GROVE_FORMAT_JSON,
            Format::Yaml => sys::GROVE_FORMAT_YAML,
        }
    }
}

/// What a call reads. Neither text is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// With the sets.
    pub manifest: &'a str,
    /// With what else exists: OperatorConfiguration, ClusterTopologyBindings, ...
    pub context: &'a str,
    pub format: Format,
}

/// What was made.
#[derive(Debug)]
pub struct Expansion {
    /// All objects in the order in which Grove creates them: one List, as JSON.
    pub objects: Text,
    /// What [`admit`] reports, with what kept sets from being expanded to their end.
    pub report: Text,
}

const EMPTY: sys::grove_buffer = sys::grove_buffer { data: ptr::null(), size: 0, owner: ptr::null_mut() };

/// Turns the ends of a call into a result.
///
/// # Safety
/// `call` returns what a function of the library returned, to which it gave the pointer.
unsafe fn finish(call: impl FnOnce(*mut *mut sys::grove_error) -> sys::grove_status) -> Result<(), Error> {
    let mut error = ptr::null_mut();
    if call(&mut error) == sys::GROVE_OK {
        Ok(())
    } else {
        Err(Error::take(error))
    }
}

/// Version of the library that is loaded: "0.1.0".
pub fn library_version() -> String {
    // SAFETY: the library returns a constant.
    unsafe { error::text(sys::grove_version_string()) }
}

/// Judges every PodCliqueSet of the manifest as a cluster with Grove would, and shows what it would store: a report as JSON.
pub fn admit(input: Input<'_>, options: &AdmitOptions<'_>) -> Result<Text, Error> {
    let mut result = Text(EMPTY);
    options.with(|options| {
        // SAFETY: all pointers live during the call; lengths are theirs.
        unsafe {
            finish(|error| {
                sys::grove_admit(
                    input.manifest.as_ptr().cast(),
                    input.manifest.len(),
                    input.context.as_ptr().cast(),
                    input.context.len(),
                    input.format.number(),
                    options,
                    &mut result.0,
                    error,
                )
            })
        }
    })?;
    Ok(result)
}

/// Makes every object that Grove makes of the PodCliqueSets of the manifest.
pub fn expand(input: Input<'_>, options: &ExpandOptions<'_>) -> Result<Expansion, Error> {
    let mut out = Expansion { objects: Text(EMPTY), report: Text(EMPTY) };
    options.with(|options| {
        // SAFETY: all pointers live during the call; lengths are theirs.
        unsafe {
            finish(|error| {
                sys::grove_expand(
                    input.manifest.as_ptr().cast(),
                    input.manifest.len(),
                    input.context.as_ptr().cast(),
                    input.context.len(),
                    input.format.number(),
                    options,
                    &mut out.objects.0,
                    &mut out.report.0,
                    error,
                )
            })
        }
    })?;
    Ok(out)
}
