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
    /// Without an OperatorConfiguration, topology-aware scheduling is enabled once there is a ClusterTopologyBinding.
    pub bindings_enable_topology: bool,
    /// Namespace of sets that name none; a set that names another one is refused.
    pub namespace: Option<&'a str>,
    /// Scheduler of sets that name none, as if the configuration said so.
    pub scheduler: Option<&'a str>,
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

impl Limits {
    pub(crate) fn read(&self) -> sys::grove_limits {
        sys::grove_limits {
            struct_size: size_of::<sys::grove_limits>() as u32,
            max_depth: self.depth,
            max_input_bytes: self.input_bytes,
            max_documents: self.documents,
            max_yaml_aliases: self.yaml_aliases,
            max_yaml_expanded_values: self.yaml_expanded_values,
            max_objects: self.objects,
            max_startup_references: self.startup_references,
        }
    }
}

impl AdmitOptions<'_> {
    pub(crate) fn with<T>(&self, call: impl FnOnce(*const sys::grove_admit_options) -> T) -> T {
        let limits = self.limits.read();
        let (lint_disabled, lint_disabled_size) = text(self.lint_disabled);
        let (default_namespace, default_namespace_size) = text(self.namespace);
        let (default_scheduler, default_scheduler_size) = text(self.scheduler);
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
            bindings_enable_topology: self.bindings_enable_topology.into(),
            reserved: 0,
            lint_disabled,
            lint_disabled_size,
            default_namespace,
            default_namespace_size,
            default_scheduler,
            default_scheduler_size,
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

/// How a cluster is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct SnapshotOptions<'a> {
    /// Pods that only Grove's own gate holds are candidates.
    pub lift_gates: bool,
    /// Affinity of later workloads may be about any label of these pods.
    pub keep_labels: bool,
    /// PodGangs of the text are not placed.
    pub ignore_gangs: bool,
    /// Name of the ClusterTopologyBinding to use if there are several.
    pub topology: Option<&'a str>,
    pub limits: Limits,
}

impl SnapshotOptions<'_> {
    pub(crate) fn with<T>(&self, call: impl FnOnce(*const sys::grove_snapshot_options) -> T) -> T {
        let limits = self.limits.read();
        let (topology, topology_size) = text(self.topology);
        call(&sys::grove_snapshot_options {
            struct_size: size_of::<sys::grove_snapshot_options>() as u32,
            lift_gates: self.lift_gates.into(),
            keep_labels: self.keep_labels.into(),
            ignore_gangs: self.ignore_gangs.into(),
            topology,
            topology_size,
            limits: &limits,
        })
    }
}

/// How gangs are placed. 0 stands for the library's default.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlaceOptions<'a> {
    pub threads: u32,
    /// Bound of the search for one gang.
    pub steps_per_gang: u64,
    /// Gangs of equal priority are planned jointly.
    pub batch: bool,
    /// So many rearrangements are tried for a gang.
    pub batch_rounds: u32,
    /// Nobody asks why a gang does not fit.
    pub without_causes: bool,
    /// So many gangs that do not fit are told the smallest changes that make them fit.
    pub explain_changes: u32,
    /// Scaled gangs lie as near to their base gang as possible.
    pub near_base: bool,
    /// Where several domains share a scope's pods, they share evenly.
    pub balance: bool,
    /// Pods come to nodes of the gang's former incarnation.
    pub reuse_nodes: bool,
    /// PodGangs of the snapshot give room up to gangs of higher priority.
    pub preempt: bool,
    /// Replicas of a set share as few domains of this level as possible.
    pub spread_level: Option<&'a str>,
    /// All gangs of a replica of a set must lie in one domain of this level.
    pub replica_level: Option<&'a str>,
}

impl PlaceOptions<'_> {
    pub(crate) fn read(&self) -> sys::grove_place_options {
        let (spread_level, spread_level_size) = text(self.spread_level);
        let (replica_level, replica_level_size) = text(self.replica_level);
        sys::grove_place_options {
            struct_size: size_of::<sys::grove_place_options>() as u32,
            threads: self.threads,
            steps_per_gang: self.steps_per_gang,
            batch: self.batch.into(),
            batch_rounds: self.batch_rounds,
            without_causes: self.without_causes.into(),
            explain_changes: self.explain_changes,
            near_base: self.near_base.into(),
            balance: self.balance.into(),
            reuse_nodes: self.reuse_nodes.into(),
            preempt: self.preempt.into(),
            spread_level,
            spread_level_size,
            replica_level,
            replica_level_size,
        }
    }
}

/// What is counted. 0 stands for the library's default.
#[derive(Clone, Copy, Debug, Default)]
pub struct CapacityOptions<'a> {
    /// Counting ends there.
    pub most_copies: u32,
    /// Pods that are placed at once at most.
    pub most_pods: u32,
    /// Also what is left after the loss of any one domain, for levels of at most so many domains.
    pub worst_losses: u32,
    /// Copies of this gang of the workload alone.
    pub gang: Option<&'a str>,
    /// Pods of this group that fit into the gang beyond those that it has.
    pub group: Option<&'a str>,
    /// Domains and nodes that are gone, separated by commas.
    pub lost: Option<&'a str>,
    pub place: PlaceOptions<'a>,
}

impl CapacityOptions<'_> {
    pub(crate) fn with<T>(&self, call: impl FnOnce(*const sys::grove_capacity_options) -> T) -> T {
        let (gang, gang_size) = text(self.gang);
        let (group, group_size) = text(self.group);
        let (lost, lost_size) = text(self.lost);
        let place = self.place.read();
        call(&sys::grove_capacity_options {
            struct_size: size_of::<sys::grove_capacity_options>() as u32,
            most_copies: self.most_copies,
            most_pods: self.most_pods,
            worst_losses: self.worst_losses,
            gang,
            gang_size,
            group,
            group_size,
            lost,
            lost_size,
            place: &place,
        })
    }
}
