//! Clusters, workloads, and what goes where.
use crate::options::{CapacityOptions, PlaceOptions, SnapshotOptions};
use crate::{document, error, finish, Error, ExpandOptions, Format, Index, Input, Text, EMPTY};
use grove_sys as sys;
use std::ops::Deref;
use std::ptr;

/// Owns a pointer of the library.
macro_rules! handle {
    ($(#[$documentation:meta])* $name:ident, $pointer:ident, $free:ident) => {
        $(#[$documentation])*
        pub struct $name(pub(crate) *mut sys::$pointer);

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

/// How messages of placement.proto are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Protocol buffers.
    #[default]
    Binary,
    /// Their JSON mapping.
    Json,
}

impl Encoding {
    fn number(self) -> sys::grove_encoding {
        match self {
            Encoding::Binary => sys::GROVE_ENCODING_BINARY,
            Encoding::Json => sys::GROVE_ENCODING_JSON,
        }
    }
}

/// Bytes that the library made, not copied.
pub struct Bytes(sys::grove_buffer);

// SAFETY: the bytes are never written, and may be released by any thread.
unsafe impl Send for Bytes {}
unsafe impl Sync for Bytes {}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.0.data.is_null() {
            return &[];
        }
        // SAFETY: the library gives `size` bytes, which live as long as the buffer.
        unsafe { std::slice::from_raw_parts(self.0.data.cast(), self.0.size) }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        // SAFETY: the buffer came from a call and is used by nobody else.
        unsafe { sys::grove_buffer_dispose(&mut self.0) }
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

fn bytes(
    call: impl FnOnce(*mut sys::grove_buffer, *mut *mut sys::grove_error) -> sys::grove_status,
) -> Result<Bytes, Error> {
    let mut result = Bytes(EMPTY);
    // SAFETY: `call` hands on what a function of the library returned.
    unsafe { finish(|error| call(&mut result.0, error)) }?;
    Ok(result)
}

/// Answers a PlacementRequest message of placement.proto with a PlacementResult message in the same encoding.
pub fn place_message(message: &[u8], encoding: Encoding) -> Result<Bytes, Error> {
    // SAFETY: all pointers live during the call; the length is the message's.
    bytes(|result, error| unsafe {
        sys::grove_place_message(message.as_ptr().cast(), message.len(), encoding.number(), result, error)
    })
}

/// Breaches in a PlacementResult message, whoever made it, of the PlacementRequest message that it answers, as JSON.
pub fn check_message(request: &[u8], answer: &[u8], encoding: Encoding) -> Result<Text, Error> {
    // SAFETY: all pointers live during the call; lengths are theirs.
    document(|result, error| unsafe {
        sys::grove_check_message(
            request.as_ptr().cast(),
            request.len(),
            answer.as_ptr().cast(),
            answer.len(),
            encoding.number(),
            result,
            error,
        )
    })
}

/// What became of a gang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Its minimum is placed, or has been before.
    Placed,
    /// Proven: nothing obeys its constraints, given what was placed before.
    Infeasible,
    /// The bound of the search was reached.
    NotFound,
    /// Fewer pods exist than it needs.
    NotReady,
    /// The gang that it scales is not scheduled.
    NoBase,
    /// It names a topology or a level that does not exist.
    Invalid,
    /// What a later library tells.
    Other(u32),
}

impl From<u32> for Outcome {
    fn from(number: u32) -> Self {
        match number {
            sys::GROVE_OUTCOME_PLACED => Outcome::Placed,
            sys::GROVE_OUTCOME_INFEASIBLE => Outcome::Infeasible,
            sys::GROVE_OUTCOME_NOT_FOUND => Outcome::NotFound,
            sys::GROVE_OUTCOME_NOT_READY => Outcome::NotReady,
            sys::GROVE_OUTCOME_NO_BASE => Outcome::NoBase,
            sys::GROVE_OUTCOME_INVALID => Outcome::Invalid,
            other => Outcome::Other(other),
        }
    }
}

/// Where a pod goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPod {
    pub name: String,
    pub group: String,
    pub node: String,
    /// Its position among the group's pods.
    pub candidate: u32,
    /// Beyond the gang's minimum.
    pub surplus: bool,
}

/// A gang, and where its pods go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedGang {
    pub namespace: String,
    pub name: String,
    pub outcome: Outcome,
    /// No other placement packs it better.
    pub optimal: bool,
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
    pub fn parse(cluster: &str, format: Format, options: &SnapshotOptions<'_>) -> Result<Self, Error> {
        let mut out = Snapshot(ptr::null_mut());
        options.with(|options| {
            // SAFETY: all pointers live during the call; lengths are theirs.
            unsafe {
                finish(|error| {
                    let text = cluster.as_ptr().cast();
                    sys::grove_snapshot_parse(text, cluster.len(), format.number(), options, &mut out.0, error)
                })
            }
        })?;
        Ok(out)
    }

    /// Reads a cluster from a Cluster message of placement.proto.
    pub fn decode(message: &[u8], encoding: Encoding) -> Result<Self, Error> {
        let mut out = Snapshot(ptr::null_mut());
        // SAFETY: all pointers live during the call; the length is the message's.
        unsafe {
            finish(|error| {
                let text = message.as_ptr().cast();
                sys::grove_snapshot_decode(text, message.len(), encoding.number(), &mut out.0, error)
            })
        }?;
        Ok(out)
    }

    /// Writes a Cluster message of placement.proto.
    pub fn encode(&self, encoding: Encoding) -> Result<Bytes, Error> {
        // SAFETY: all pointers live during the call.
        bytes(|result, error| unsafe { sys::grove_snapshot_encode(self.0, encoding.number(), result, error) })
    }

    /// Places every gang of the workload, and the PodGangs of the snapshot.
    pub fn place(&self, workload: Option<&Workload>, options: &PlaceOptions<'_>) -> Result<Placement, Error> {
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

    /// How many more copies of a workload, of one of its gangs, or pods of a group fit, as JSON.
    pub fn capacity(&self, workload: &Workload, options: &CapacityOptions<'_>) -> Result<Text, Error> {
        options.with(|options| {
            // SAFETY: all pointers live during the call.
            document(|result, error| unsafe {
                sys::grove_capacity(self.0, workload.0, sys::GROVE_FORMAT_JSON, options, result, error)
            })
        })
    }
}

/// `*mut T` as `*const T`; the method of the standard library is younger than Rust 1.63.
pub(crate) trait CastConst<T> {
    fn cast_const_(self) -> *const T;
}

impl<T> CastConst<T> for *mut T {
    fn cast_const_(self) -> *const T {
        self
    }
}

/// Rows that live as long as `placement`.
fn rows<T>(
    placement: &Placement,
    read: unsafe extern "C" fn(*const sys::grove_placement, *mut usize) -> *const T,
) -> &[T] {
    let mut count = 0;
    // SAFETY: the placement lives, and so do as many rows as it tells.
    unsafe {
        let first = read(placement.0, &mut count);
        if count == 0 {
            &[]
        } else {
            std::slice::from_raw_parts(first, count)
        }
    }
}

impl Placement {
    /// Every gang in the order in which they were decided, with its pods.
    pub fn gangs(&self) -> Vec<PlacedGang> {
        let pods = rows(self, sys::grove_placement_pods);
        // SAFETY: texts of rows are NUL-terminated and live as long as the placement.
        let pod = |row: &sys::grove_pod_row| unsafe {
            PlacedPod {
                name: error::text(row.name),
                group: error::text(row.group),
                node: error::text(row.node),
                candidate: row.candidate,
                surplus: row.surplus == 1,
            }
        };
        // SAFETY: as above.
        let gang = |row: &sys::grove_gang_row| unsafe {
            PlacedGang {
                namespace: error::text(row.gang_namespace),
                name: error::text(row.name),
                outcome: row.outcome.into(),
                optimal: row.optimal == 1,
                pods: pods[row.first_pod..row.first_pod + row.pod_count].iter().map(pod).collect(),
            }
        };
        rows(self, sys::grove_placement_gangs).iter().map(gang).collect()
    }

    /// Writes a PlacementResult message of placement.proto.
    pub fn encode(&self, encoding: Encoding) -> Result<Bytes, Error> {
        // SAFETY: all pointers live during the call.
        bytes(|result, error| unsafe { sys::grove_placement_encode(self.0, encoding.number(), result, error) })
    }

    /// What became of every gang, why, and what would help, as JSON.
    pub fn explain(&self) -> Result<Text, Error> {
        // SAFETY: all pointers live during the call.
        document(|result, error| unsafe { sys::grove_placement_explain(self.0, sys::GROVE_FORMAT_JSON, result, error) })
    }

    /// Breaches of the contract, as JSON: there are none. `index` is the one that made the placement, before it changes.
    pub fn check(&self, index: Option<&Index>) -> Result<Text, Error> {
        let index = index.map_or(ptr::null(), |index| index.0.cast_const_());
        // SAFETY: all pointers live during the call.
        document(|result, error| unsafe {
            sys::grove_placement_check(self.0, index, sys::GROVE_FORMAT_JSON, result, error)
        })
    }
}
