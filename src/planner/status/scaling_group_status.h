// The status of a PodCliqueScalingGroup as a function of its member PodCliques (spec 09 §3.3, §3.4).
#pragma once

#include <span>

#include "grove/pod_clique.hpp"
#include "grove/pod_clique_scaling_group.hpp"
#include "grove/pod_clique_set.hpp"

#include "planner/status/expected_hashes.h"

namespace grove::planner {

// Its first owner is the scaling group of that name.
[[nodiscard]] bool IsMemberOf(const PodClique& clique, const PodCliqueScalingGroup& group);

// The status that follows from the status `group` has and its members; members that no replica of the group asks for
// are ignored. The update record (but for its counts), observedGeneration and lastErrors are carried over. O(members +
// replicas * cliques).
[[nodiscard]] PodCliqueScalingGroupStatus ComputeScalingGroupStatus(const PodCliqueScalingGroup& group,
                                                                    const PodCliqueSet& set,
                                                                    const ExpectedHashes& hashes,
                                                                    std::span<const PodClique* const> members,
                                                                    Time now);

}  // namespace grove::planner
