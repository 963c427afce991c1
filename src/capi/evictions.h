// Pods that give room up to a placement, and how they are found in what it is applied to.
#pragma once

#include "grove/cluster_spec.hpp"
#include "grove/placement_index.hpp"

#include "capi/failure.h"

namespace grove::capi {

// A pod of the node gives its room up; it is among the pods of `spec`, or part of what its node uses.
[[nodiscard]] Outcome Evict(const PodClass& pods, NodeSpec& node, ClusterSpec& spec);

// The same of an index, to which no change is made on failure.
[[nodiscard]] Outcome Evict(const PodClass& pods, NodeIndex node, PlacementIndex& index);

}  // namespace grove::capi
