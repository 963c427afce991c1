// PodGangs for the KAI scheduler (spec 07 §4).
#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"
#include "grove/scheduler_objects.hpp"

#include "planner/translate/backend.h"

namespace grove::planner {

extern const Backend kKaiBackend;

// The queue that the set and its cliques agree on (spec 07 §4.2). FailedPrecondition if they name none or several.
[[nodiscard]] absl::StatusOr<std::string> KaiQueueOf(const PodCliqueSet& set);

// The PodGroup that a PodGang becomes before KAI has seen it (spec 07 §4.4).
//
// FailedPrecondition, with nothing made (SB-41), if no PodCliqueSet controls the gang, the queue is not decided, or a
// constraint exists without the name of a topology. O(pod groups).
[[nodiscard]] absl::StatusOr<KaiPodGroup> MakeKaiPodGroup(const PodGang& gang, const PodCliqueSet& set);

}  // namespace grove::planner
