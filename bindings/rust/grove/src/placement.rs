//! Clusters, workloads, and what goes where.
use crate::{document, error, finish, Error, ExpandOptions, Format, Input, Text};
use grove_sys as sys;
use std::mem::size_of;
use std::ptr;

/// Owns a pointer of the library.
macro_rules! handle {
    ($(#[$documentation:meta])* $name:ident, $pointer:ident, $free:ident) => {
        $(#[$documentation])*
        pub struct $name(*mut sys::$pointer);

        // SAFETY: the library never writes what the pointer leads to, and lets any thread release it.
        unsafe impl Send for $name {}
        unsafe impl Sync for $name {}

        impl Drop for $name {
            fn drop(&mut self) {
                // SAFETY: the pointer came from a call and is used by nobody else.
                unsafe { sys::$free(self.0) }
            }
        }
    };
}

handle!(
    /// A cluster: nodes, topology, what runs on them. Immutable.
    Snapshot, grove_snapshot, grove_snapshot_free
);
handle!(
    /// Sets that were admitted and expanded. Immutable.
    Workload, grove_workload, grove_workload_free
);
handle!(
    /// What was decided. Immutable.
    Placement, grove_placement, grove_placement_free
);

/// How gangs are placed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlaceOptions {
    /// Gangs of equal priority are planned jointly.
    pub batch: bool,
    pub threads: u32,
    pub steps_per_gang: u64,
}

impl PlaceOptions {
    fn read(&self) -> sys::grove_place_options {
        sys::grove_place_options {
            struct_size: size_of::<sys::grove_place_options>() as u32,
            batch: self.batch.into(),
            threads: self.threads,
            reserved: 0,
            steps_per_gang: self.steps_per_gang,
        }
    }
}

/// Where a pod goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPod {
    pub name: String,
    pub group: String,
    pub node: String,
    pub surplus: bool,
}

/// What became of a gang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedGang {
    pub namespace: String,
    pub name: String,
    /// Its minimum is placed, or has been before.
    pub placed: bool,
    pub pods: Vec<PlacedPod>,
}

impl Workload {
    /// Admits and expands the sets of a manifest, to be placed any number of times.
    pub fn parse(input: Input<'_>, options: &ExpandOptions<'_>) -> Result<Self, Error> {
        let mut out = Workload(ptr::null_mut());
        options.with(|options| {
            // SAFETY: all pointers live during the call; lengths are theirs.
            unsafe {
                finish(|error| {
                    sys::grove_workload_parse(
                        input.manifest.as_ptr().cast(),
                        input.manifest.len(),
                        input.context.as_ptr().cast(),
                        input.context.len(),
                        input.format.number(),
                        options,
                        &mut out.0,
                        error,
                    )
                })
            }
        })?;
        Ok(out)
    }
}

impl Snapshot {
    /// Reads a cluster as `kubectl get nodes,pods -A -o json` prints it.
    pub fn parse(cluster: &str, format: Format) -> Result<Self, Error> {
        let mut out = Snapshot(ptr::null_mut());
        // SAFETY: all pointers live during the call; lengths are theirs.
        unsafe {
            finish(|error| {
                let text = cluster.as_ptr().cast();
                sys::grove_snapshot_parse(text, cluster.len(), format.number(), ptr::null(), &mut out.0, error)
            })
        }?;
        Ok(out)
    }

    /// Places every gang of the workload, and the PodGangs of the snapshot.
    pub fn place(&self, workload: Option<&Workload>, options: PlaceOptions) -> Result<Placement, Error> {
        let mut out = Placement(ptr::null_mut());
        let workload = workload.map_or(ptr::null(), |workload| workload.0.cast_const_());
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_place(self.0, workload, &options.read(), &mut out.0, error)) }?;
        Ok(out)
    }

    /// The snapshot in which a placement has come true.
    pub fn with(&self, placement: &Placement) -> Result<Snapshot, Error> {
        let mut out = Snapshot(ptr::null_mut());
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_snapshot_with(self.0, placement.0, &mut out.0, error)) }?;
        Ok(out)
    }

    /// The snapshot from which the pods of a placement have gone again.
    pub fn without(&self, placement: &Placement) -> Result<Snapshot, Error> {
        let mut out = Snapshot(ptr::null_mut());
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_snapshot_without(self.0, placement.0, &mut out.0, error)) }?;
        Ok(out)
    }

    /// How many more copies of a workload fit, as JSON.
    pub fn capacity(&self, workload: &Workload, options: PlaceOptions) -> Result<Text, Error> {
        let options = options.read();
        // SAFETY: all pointers live during the call.
        document(|result, error| unsafe {
            sys::grove_capacity(self.0, workload.0, sys::GROVE_FORMAT_JSON, &options, result, error)
        })
    }
}

/// `*mut T` as `*const T`; the method of the standard library is younger than Rust 1.63.
trait CastConst<T> {
    fn cast_const_(self) -> *const T;
}

impl<T> CastConst<T> for *mut T {
    fn cast_const_(self) -> *const T {
        self
    }
}

impl Placement {
    /// Every gang in the order in which they were decided, with its pods.
    pub fn gangs(&self) -> Vec<PlacedGang> {
        // SAFETY: the placement lives; rows are plain data, their texts are NUL-terminated and live as long as it.
        unsafe {
            (0..sys::grove_placement_gang_count(self.0))
                .map(|index| {
                    let mut row: sys::grove_gang_row = std::mem::zeroed();
                    sys::grove_placement_gang(self.0, index, &mut row);
                    PlacedGang {
                        namespace: error::text(row.gang_namespace),
                        name: error::text(row.name),
                        placed: row.outcome == sys::GROVE_OUTCOME_PLACED,
                        pods: (row.first_pod..row.first_pod + row.pod_count).map(|index| self.pod(index)).collect(),
                    }
                })
                .collect()
        }
    }

    /// # Safety
    /// There is a pod of this index.
    unsafe fn pod(&self, index: usize) -> PlacedPod {
        let mut row: sys::grove_pod_row = std::mem::zeroed();
        sys::grove_placement_pod(self.0, index, &mut row);
        PlacedPod {
            name: error::text(row.name),
            group: error::text(row.group),
            node: error::text(row.node),
            surplus: row.surplus == 1,
        }
    }

    /// What became of every gang, why, and what would help, as JSON.
    pub fn explain(&self) -> Result<Text, Error> {
        // SAFETY: all pointers live during the call.
        document(|result, error| unsafe { sys::grove_placement_explain(self.0, sys::GROVE_FORMAT_JSON, result, error) })
    }

    /// Breaches of the contract, as JSON: there are none.
    pub fn check(&self) -> Result<Text, Error> {
        // SAFETY: all pointers live during the call.
        document(|result, error| unsafe { sys::grove_placement_check(self.0, sys::GROVE_FORMAT_JSON, result, error) })
    }
}
