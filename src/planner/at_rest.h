// From the objects as Grove creates them to the objects as they stand once all of Grove's controllers have come to
// rest, before a scheduler binds a pod: gates of base gangs lifted, statuses written (spec 05 §8, §9, 09 §3).
#pragma once

#include "grove/admission.hpp"
#include "grove/expansion.hpp"

#include "planner/live_index.h"
#include "planner/set_hashes.h"

namespace grove::planner {

// Brings the created objects of `expansion` to rest; `expansion.objects.pod_clique_set` receives finalizer and status.
//
// Objects that exist in `live` go on from the status that they have; their PodCliques and pods are those of
// `expansion`. What only time or a running update decides is added to `expansion.pending`.
//
// Reads the errors that expansion met: an object whose reconciler cannot go on keeps a status without
// observedGeneration. Adds the errors that only show at rest: a PodClique that waits for a base gang which does not
// exist, or whose template cannot be told from its labels. Times are `options.now`. O(objects log(pods of a clique)).
void BringToRest(const PodCliqueSet& set, const SetHashes& hashes, const ExpansionOptions& options,
                 const LiveIndex& live, Expansion& expansion);

// The same for a fresh set as admission leaves it.
void BringToRest(const AdmittedPodCliqueSet& admitted, const ExpansionOptions& options, Expansion& expansion);

}  // namespace grove::planner
