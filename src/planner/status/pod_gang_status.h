// When a PodGang is complete, and what its status says then (spec 05 §4.1, §8).
#pragma once

#include <cstdint>
#include <optional>

#include "grove/kubernetes.hpp"
#include "grove/pod_clique.hpp"
#include "grove/pod_gang.hpp"

#include "planner/child_index.h"

namespace grove::planner {

// Pods of the gang that are missing, counted for each of its PodCliques, and those that carry no gang's label or
// another gang's (PG-31, PG-32). nullopt if one of its PodCliques does not exist. O(pods of the gang).
[[nodiscard]] std::optional<std::int64_t> PendingPods(const PodGang& gang, const ChildIndex& children);

// All PodCliques of the gang exist, and no pod is pending (PG-30).
[[nodiscard]] bool IsComplete(const PodGang& gang, const ChildIndex& children);

// The status that the operator writes whole: phase Pending and the one condition Initialized (PG-70…PG-72). The time of
// transition is `now`.
[[nodiscard]] PodGangStatus InitializedStatus(bool complete, Time now);

}  // namespace grove::planner
