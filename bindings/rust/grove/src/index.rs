//! The index of a scheduler: a cluster prepared for placing, which follows the cluster change by change.
use crate::options::PlaceOptions;
use crate::{finish, Error, Format, Placement, Snapshot, Workload};
use grove_sys as sys;
use std::ptr;

/// A cluster that changes. One thread at a time uses it; what changes it takes it exclusively.
pub struct Index(pub(crate) *mut sys::grove_index);

// SAFETY: the library lets any thread use it, one at a time. It is not `Sync`.
unsafe impl Send for Index {}

impl Drop for Index {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a call and is used by nobody else.
        unsafe { sys::grove_index_free(self.0) }
    }
}

impl Index {
    /// Makes an index of a snapshot, whose PodGangs count as dealt with.
    pub fn new(snapshot: &Snapshot) -> Result<Self, Error> {
        let mut out = Index(ptr::null_mut());
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_index_new(snapshot.0, &mut out.0, error)) }?;
        Ok(out)
    }

    /// Places every gang of a workload. The index stays as it is: see [`Index::apply`].
    pub fn place(&mut self, workload: &Workload, options: &PlaceOptions<'_>) -> Result<Placement, Error> {
        let mut out = Placement(ptr::null_mut());
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_index_place(self.0, workload.0, &options.read(), &mut out.0, error)) }?;
        Ok(out)
    }

    /// Lets a placement come true: its pods run.
    pub fn apply(&mut self, placement: &Placement) -> Result<(), Error> {
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_index_apply(self.0, placement.0, error)) }
    }

    /// Takes the pods of a placement away again.
    pub fn release(&mut self, placement: &Placement) -> Result<(), Error> {
        // SAFETY: all pointers live during the call.
        unsafe { finish(|error| sys::grove_index_release(self.0, placement.0, error)) }
    }

    /// Pods of others came to nodes: the text of Pod objects.
    pub fn add_pods(&mut self, pods: &str, format: Format) -> Result<(), Error> {
        self.change_pods(pods, format, 1)
    }

    /// Pods of others left: the text that told of them.
    pub fn remove_pods(&mut self, pods: &str, format: Format) -> Result<(), Error> {
        self.change_pods(pods, format, 0)
    }

    fn change_pods(&mut self, pods: &str, format: Format, come: u32) -> Result<(), Error> {
        // SAFETY: all pointers live during the call; the length is the text's.
        unsafe {
            finish(|error| {
                let text = pods.as_ptr().cast();
                sys::grove_index_change_pods(self.0, text, pods.len(), format.number(), come, error)
            })
        }
    }

    /// Takes a node into service or out of it. What runs there stays.
    pub fn set_usable(&mut self, node: &str, usable: bool) -> Result<(), Error> {
        // SAFETY: all pointers live during the call; the length is the name's.
        unsafe {
            finish(|error| sys::grove_index_set_usable(self.0, node.as_ptr().cast(), node.len(), usable.into(), error))
        }
    }
}
