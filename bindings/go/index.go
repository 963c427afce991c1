package grove

/*
#include "call.h"
*/
import "C"

import "runtime"

// Index is a cluster that changes, for schedulers: nodes and kinds of pods are looked at once, and not again for every gang.
// One goroutine at a time may use it.
type Index struct{ handle *C.grove_index }

// NewIndex prepares a snapshot, whose PodGangs count as dealt with.
func NewIndex(snapshot *Snapshot) (*Index, error) {
	defer runtime.KeepAlive(snapshot)
	index := new(Index)
	return orNil(index, at(func(place *C.outcome) { C.call_index_new(place, snapshot.handle) },
		func(place *C.outcome) error {
			index.handle = (*C.grove_index)(place.handle)
			runtime.SetFinalizer(index, func(i *Index) { C.grove_index_free(i.handle) })
			return nil
		}))
}

func (i *Index) pointer() *C.grove_index {
	if i == nil {
		return nil
	}
	return i.handle
}

// Place decides every gang of the workload. The index stays as it is: see Apply.
func (i *Index) Place(workload *Workload, options *PlaceOptions) (*Placement, error) {
	defer runtime.KeepAlive(i)
	defer runtime.KeepAlive(workload)
	o := options.read()
	return newPlacement(func(place *C.outcome) {
		C.call_index_place(place, i.handle, workload.pointer(), &o.numbers, o.spread, o.replica)
	})
}

// Apply lets a placement come true: its pods run.
func (i *Index) Apply(placement *Placement) error {
	defer runtime.KeepAlive(i)
	defer runtime.KeepAlive(placement)
	return at(func(place *C.outcome) { C.call_index_apply(place, i.handle, placement.pointer()) }, nothing)
}

// Release takes the pods of a placement away again.
func (i *Index) Release(placement *Placement) error {
	defer runtime.KeepAlive(i)
	defer runtime.KeepAlive(placement)
	return at(func(place *C.outcome) { C.call_index_release(place, i.handle, placement.pointer()) }, nothing)
}

// AddPods tells of pods of others that came to nodes: the text of Pod objects.
func (i *Index) AddPods(pods []byte, format Format) error { return i.changePods(pods, format, 1) }

// RemovePods tells that pods of others left: the text that told of them.
func (i *Index) RemovePods(pods []byte, format Format) error { return i.changePods(pods, format, 0) }

func (i *Index) changePods(pods []byte, format Format, come C.uint32_t) error {
	defer runtime.KeepAlive(i)
	return at(func(place *C.outcome) {
		C.call_index_change_pods(place, i.handle, borrowed(pods), C.grove_format(format), come)
	}, nothing)
}

// SetUsable takes a node into service or out of it. What runs there stays.
func (i *Index) SetUsable(node string, usable bool) error {
	defer runtime.KeepAlive(i)
	return at(func(place *C.outcome) { C.call_index_set_usable(place, i.handle, node, number(usable)) }, nothing)
}
