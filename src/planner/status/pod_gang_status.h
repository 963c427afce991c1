// When a PodGang is complete, and what its status says then (spec 05 §4.1, §8).
#pragma once

#include <cstdint>
#include <span>

#include "grove/kubernetes.hpp"
#include "grove/pod_clique.hpp"
#include "grove/pod_gang.hpp"

#include "planner/child_index.h"

namespace grove::planner {

// All PodCliques of the gang exist, and no pod of them is missing or carries another gang's label (PG-30…PG-32).
// O(pods of the gang).
[[nodiscard]] bool IsComplete(const PodGang& gang, const ChildIndex& children);

// The status that the operator writes whole: phase Pending and the one condition Initialized (PG-70…PG-72). The time of
// transition is `now`.
[[nodiscard]] PodGangStatus InitializedStatus(bool complete, Time now);

}  // namespace grove::planner
