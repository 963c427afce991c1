#![doc = include_str!("../../README.md")]

mod error;
mod index;
mod options;
mod placement;

pub use error::{Error, Status};
pub use index::Index;
pub use options::{AdmitOptions, CapacityOptions, ExpandOptions, Limits, Lint, PlaceOptions, SnapshotOptions};
pub use placement::{
    check_message, place_message, Bytes, Encoding, Outcome, PlacedGang, PlacedPod, Placement, Snapshot, Workload,
};

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

pub(crate) const EMPTY: sys::grove_buffer = sys::grove_buffer { data: ptr::null(), size: 0, owner: ptr::null_mut() };

/// Turns the ends of a call into a result.
///
/// # Safety
/// `call` returns what a function of the library returned, to which it gave the pointer.
pub(crate) unsafe fn finish(call: impl FnOnce(*mut *mut sys::grove_error) -> sys::grove_status) -> Result<(), Error> {
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

/// Version of the reference whose behaviour the library has: "2026-08".
pub fn compatibility_level() -> String {
    // SAFETY: the library returns a constant.
    unsafe { error::text(sys::grove_compatibility_level()) }
}

/// A call with one output.
pub(crate) fn document(
    call: impl FnOnce(*mut sys::grove_buffer, *mut *mut sys::grove_error) -> sys::grove_status,
) -> Result<Text, Error> {
    let mut result = Text(EMPTY);
    // SAFETY: `call` hands on what a function of the library returned.
    unsafe { finish(|error| call(&mut result.0, error)) }?;
    Ok(result)
}

/// A function that reads a manifest and a context, and gives one document as JSON.
macro_rules! of_manifest {
    ($(#[$documentation:meta])* $name:ident, $options:ident, $function:ident) => {
        $(#[$documentation])*
        pub fn $name(input: Input<'_>, options: &$options<'_>) -> Result<Text, Error> {
            options.with(|options| {
                document(|result, error| {
                    // SAFETY: all pointers live during the call; lengths are theirs.
                    unsafe {
                        sys::$function(
                            input.manifest.as_ptr().cast(),
                            input.manifest.len(),
                            input.context.as_ptr().cast(),
                            input.context.len(),
                            input.format.number(),
                            options,
                            result,
                            error,
                        )
                    }
                })
            })
        }
    };
}

of_manifest!(
    /// Judges every PodCliqueSet of the manifest as a cluster with Grove would, and shows what it would store.
    admit, AdmitOptions, grove_admit
);
of_manifest!(
    /// Tells what every child of the sets is called, and how much longer its name may become.
    names, AdmitOptions, grove_names
);
of_manifest!(
    /// Tells which clique waits for which, in waves or as the cycle that keeps them from starting.
    startup, AdmitOptions, grove_startup
);
of_manifest!(
    /// Counts what there is to be at every level.
    scaling, ExpandOptions, grove_scaling
);
of_manifest!(
    /// Translates the PodGangs for a scheduler, and tells what is lost on the way.
    translate, ExpandOptions, grove_translate
);

/// Judges the sets of the manifest as updates of those in `stored`.
pub fn admit_update(input: Input<'_>, stored: &str, options: &AdmitOptions<'_>) -> Result<Text, Error> {
    options.with(|options| {
        // SAFETY: all pointers live during the call; lengths are theirs.
        document(|result, error| unsafe {
            sys::grove_admit_update(
                input.manifest.as_ptr().cast(),
                input.manifest.len(),
                stored.as_ptr().cast(),
                stored.len(),
                input.context.as_ptr().cast(),
                input.context.len(),
                input.format.number(),
                options,
                result,
                error,
            )
        })
    })
}

/// Tells in which objects two manifests differ; that of the input is the new one.
pub fn diff(before: &str, input: Input<'_>, options: &ExpandOptions<'_>) -> Result<Text, Error> {
    options.with(|options| {
        // SAFETY: all pointers live during the call; lengths are theirs.
        document(|result, error| unsafe {
            sys::grove_diff(
                before.as_ptr().cast(),
                before.len(),
                input.manifest.as_ptr().cast(),
                input.manifest.len(),
                input.context.as_ptr().cast(),
                input.context.len(),
                input.format.number(),
                options,
                result,
                error,
            )
        })
    })
}

/// Tells the writes that lead from `options.live` to what the manifest asks for; `clean` removes what the reference leaves.
pub fn diff_live(input: Input<'_>, clean: bool, options: &ExpandOptions<'_>) -> Result<Text, Error> {
    options.with(|options| {
        // SAFETY: all pointers live during the call; lengths are theirs.
        document(|result, error| unsafe {
            sys::grove_diff_live(
                input.manifest.as_ptr().cast(),
                input.manifest.len(),
                input.context.as_ptr().cast(),
                input.context.len(),
                input.format.number(),
                clean.into(),
                options,
                result,
                error,
            )
        })
    })
}

/// Compares two documents of any kind, field by field.
pub fn compare(before: &str, after: &str, format: Format, limits: &Limits) -> Result<Text, Error> {
    // SAFETY: all pointers live during the call; lengths are theirs.
    document(|result, error| unsafe {
        sys::grove_compare(
            before.as_ptr().cast(),
            before.len(),
            after.as_ptr().cast(),
            after.len(),
            format.number(),
            &limits.read(),
            result,
            error,
        )
    })
}

/// What Kubernetes' HorizontalPodAutoscaler decides; `grove.h` says what `state` is.
pub fn autoscale(state: &str, format: Format, limits: &Limits) -> Result<Text, Error> {
    // SAFETY: all pointers live during the call; lengths are theirs.
    document(|result, error| unsafe {
        sys::grove_autoscale(state.as_ptr().cast(), state.len(), format.number(), &limits.read(), result, error)
    })
}

fn reference(topic: sys::grove_topic) -> Result<Text, Error> {
    // SAFETY: the pointers live during the call.
    document(|result, error| unsafe { sys::grove_reference(topic, sys::GROVE_FORMAT_JSON, result, error) })
}

/// The custom resource definitions that the object model implies: one List.
pub fn crd() -> Result<Text, Error> {
    reference(sys::GROVE_TOPIC_DEFINITIONS)
}

/// The rules that findings cite.
pub fn rules() -> Result<Text, Error> {
    reference(sys::GROVE_TOPIC_RULES)
}

/// The scheduler backends that gangs can be translated for.
pub fn backends() -> Result<Text, Error> {
    reference(sys::GROVE_TOPIC_BACKENDS)
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
