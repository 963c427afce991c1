// The status of a PodClique as a function of its pods (spec 09 §3.1, §3.2).
#pragma once

#include <span>
#include <string_view>

#include "absl/status/statusor.h"

#include "grove/kubernetes.hpp"
#include "grove/pod_clique.hpp"

#include "planner/status/expected_hashes.h"

namespace grove::planner {

// The status that follows from the status `clique` has and the pods that it controls.
//
// Counts, selector, hashes and, once a generation was observed, conditions; the update record, observedGeneration and
// lastErrors are carried over. NotFound if the clique's template is asked for and the set has none of its name: the
// status is not written then. O(pods).
[[nodiscard]] absl::StatusOr<PodCliqueStatus> ComputePodCliqueStatus(const PodClique& clique, std::string_view set_name,
                                                                     const ExpectedHashes& hashes,
                                                                     std::span<const Pod* const> pods, Time now);

// The last scheduled pod is gone: worth an event `AllScheduledReplicasLost`.
[[nodiscard]] bool LostAllScheduledReplicas(std::int32_t before, std::int32_t after);

}  // namespace grove::planner
