// From the domains that a PodCliqueSet names to the node label keys that a PodGang carries (spec 05 §6.1).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "grove/cluster_topology_binding.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"

namespace grove::planner {

// The first explicit topologyName in the order set, scaling groups, cliques; empty if there is none.
[[nodiscard]] std::string_view FirstTopologyName(const PodCliqueSetTemplateSpec& spec);

// The binding of that name, or null.
[[nodiscard]] const ClusterTopologyBinding* FindTopology(std::span<const ClusterTopologyBinding> topologies,
                                                         std::string_view name);

// PG-50…PG-54. Null if there is no constraint, no topology, or the topology lacks every domain named. A domain that it
// lacks beside one that it has is left out.
[[nodiscard]] std::optional<GangTopologyConstraint> TranslateConstraint(
    const std::optional<TopologyConstraint>& constraint, const ClusterTopologyBinding* topology);

}  // namespace grove::planner
