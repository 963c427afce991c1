//! Options in Rust's terms, and as the structs that the library reads.
use grove_sys as sys;
use std::mem::size_of;
use std::os::raw::c_char;
use std::ptr;

/// Bounds on what an input may ask for. 0 stands for the library's default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    pub depth: u32,
    pub input_bytes: u64,
    pub documents: u64,
    pub yaml_aliases: u64,
    pub yaml_expanded_values: u64,
    pub objects: u64,
    pub startup_references: u64,
}

/// How sets are judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdmitOptions<'a> {
    /// Unknown fields are errors instead of being dropped with a warning.
    pub strict: bool,
    /// Go on after errors of the schema, which a cluster does not.
    pub all_stages: bool,
    /// The report also has each set before Grove's own defaulting.
    pub structurally_defaulted: bool,
    /// Namespace of sets that name none; a set that names another one is refused.
    pub namespace: Option<&'a str>,
    pub lint: Lint,
    /// Ids of lint rules that are switched off, separated by commas.
    pub lint_disabled: Option<&'a str>,
    pub limits: Limits,
}

/// Lint findings beside those of admission; they never change a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lint {
    #[default]
    Off,
    /// What is hardly what the author wanted.
    Warnings,
    /// Also what is good to know.
    Notes,
}

/// What is made, and how the sets are admitted.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExpandOptions<'a> {
    /// Objects once every controller has come to rest, not as they are created.
    pub at_rest: bool,
    /// Also the objects of each set's scheduler backend.
    pub scheduler_objects: bool,
    /// A set that cannot be expanded to its end gives what it can.
    pub allow_incomplete: bool,
    /// Decides the random part of pod names.
    pub seed: u64,
    /// Seconds since 1970.
    pub now: i64,
    pub init_container_image: Option<&'a str>,
    pub init_container_version: Option<&'a str>,
    /// Scheduler backend instead of the set's own: "kai", "volcano", "kube".
    pub backend: Option<&'a str>,
    /// How the backend "kube" cuts gangs.
    pub pod_groups_per_clique: bool,
    /// Objects that exist, in the format of the input: the result has what they are to become.
    pub live: Option<&'a str>,
    /// Sets that are stored, in the format of the input: those are admitted as updates.
    pub stored: Option<&'a str>,
    /// Also the sets themselves, with their status.
    pub sets: bool,
    /// Also the topology bindings with their status, and the KAI Topologies that Grove keeps for them.
    pub topologies: bool,
    pub admit: AdmitOptions<'a>,
}

fn text(text: Option<&str>) -> (*const c_char, usize) {
    text.map_or((ptr::null(), 0), |text| (text.as_ptr().cast(), text.len()))
}

impl AdmitOptions<'_> {
    pub(crate) fn with<T>(&self, call: impl FnOnce(*const sys::grove_admit_options) -> T) -> T {
        let limits = sys::grove_limits {
            struct_size: size_of::<sys::grove_limits>() as u32,
            max_depth: self.limits.depth,
            max_input_bytes: self.limits.input_bytes,
            max_documents: self.limits.documents,
            max_yaml_aliases: self.limits.yaml_aliases,
            max_yaml_expanded_values: self.limits.yaml_expanded_values,
            max_objects: self.limits.objects,
            max_startup_references: self.limits.startup_references,
        };
        let (lint_disabled, lint_disabled_size) = text(self.lint_disabled);
        let (default_namespace, default_namespace_size) = text(self.namespace);
        call(&sys::grove_admit_options {
            struct_size: size_of::<sys::grove_admit_options>() as u32,
            output: sys::GROVE_FORMAT_JSON,
            strict: self.strict.into(),
            all_stages: self.all_stages.into(),
            lint: match self.lint {
                Lint::Off => sys::GROVE_LINT_OFF,
                Lint::Warnings => sys::GROVE_LINT_WARNINGS,
                Lint::Notes => sys::GROVE_LINT_NOTES,
            },
            structurally_defaulted: self.structurally_defaulted.into(),
            lint_disabled,
            lint_disabled_size,
            default_namespace,
            default_namespace_size,
            limits: &limits,
        })
    }
}

impl ExpandOptions<'_> {
    pub(crate) fn with<T>(&self, call: impl FnOnce(*const sys::grove_expand_options) -> T) -> T {
        let (init_container_image, init_container_image_size) = text(self.init_container_image);
        let (init_container_version, init_container_version_size) = text(self.init_container_version);
        let (backend, backend_size) = text(self.backend);
        let (live, live_size) = text(self.live);
        let (stored, stored_size) = text(self.stored);
        self.admit.with(|admit| {
            call(&sys::grove_expand_options {
                struct_size: size_of::<sys::grove_expand_options>() as u32,
                output: sys::GROVE_FORMAT_JSON,
                state: if self.at_rest { sys::GROVE_OBJECT_STATE_AT_REST } else { sys::GROVE_OBJECT_STATE_CREATED },
                scheduler_objects: self.scheduler_objects.into(),
                allow_incomplete: self.allow_incomplete.into(),
                pod_groups: if self.pod_groups_per_clique {
                    sys::GROVE_POD_GROUPS_PER_CLIQUE
                } else {
                    sys::GROVE_POD_GROUPS_PER_GANG
                },
                backend,
                backend_size,
                live,
                live_size,
                stored,
                stored_size,
                sets: self.sets.into(),
                topologies: self.topologies.into(),
                seed: self.seed,
                now: self.now,
                init_container_image,
                init_container_image_size,
                init_container_version,
                init_container_version_size,
                admit,
            })
        })
    }
}
