// The status of a PodCliqueSet as a function of its children (spec 09 §3.5, §3.7).
#pragma once

#include <span>

#include "grove/cluster_topology_binding.hpp"
#include "grove/pod_clique.hpp"
#include "grove/pod_clique_scaling_group.hpp"
#include "grove/pod_clique_set.hpp"

#include "planner/status/expected_hashes.h"

namespace grove::planner {

// What the condition TopologyLevelsUnavailable looks at.
struct TopologyObservation {
  bool topology_aware_scheduling = false;
  std::span<const ClusterTopologyBinding> topologies;
};

// The status that follows from the status `set` has, its standalone PodCliques and its scaling groups; children that
// the set does not ask for are ignored. currentGenerationHash, the update record (but for its counts),
// observedGeneration and lastErrors are carried over. O(children).
[[nodiscard]] PodCliqueSetStatus ComputePodCliqueSetStatus(const PodCliqueSet& set, const ExpectedHashes& hashes,
                                                           std::span<const PodClique> cliques,
                                                           std::span<const PodCliqueScalingGroup> groups,
                                                           const TopologyObservation& topology, Time now);

// Writes or removes the condition TopologyLevelsUnavailable (CT-60…CT-67). Missing domains are listed in byte order.
void SetTopologyCondition(const PodCliqueSet& set, const TopologyObservation& topology, Time now,
                          PodCliqueSetStatus& status);

}  // namespace grove::planner
