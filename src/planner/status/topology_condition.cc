// The condition TopologyLevelsUnavailable of a PodCliqueSet (spec 06 §6, 09 §3.7).
#include <set>
#include <string>
#include <string_view>

#include "planner/gang_topology.h"
#include "planner/owner.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_clique_set_status.h"

namespace grove::planner {
namespace {

// What the constraints of a set name.
struct ConstraintUse {
  bool any = false;
  std::set<std::string_view> domains;

  void Add(const std::optional<TopologyConstraint>& constraint) {
    if (!constraint.has_value()) return;
    any = true;
    for (const std::string_view domain :
         {std::string_view{RequiredDomain(*constraint)}, std::string_view{PreferredDomain(*constraint)}}) {
      if (!domain.empty()) domains.insert(domain);
    }
  }
};

ConstraintUse UseOf(const PodCliqueSetTemplateSpec& spec) {
  ConstraintUse use;
  use.Add(spec.topology_constraint);
  for (const PodCliqueScalingGroupConfig& group : spec.pod_clique_scaling_groups) use.Add(group.topology_constraint);
  for (const PodCliqueTemplateSpec& clique : spec.cliques) use.Add(clique.topology_constraint);
  return use;
}

// "[a b]": the domains that the topology lacks; empty if it has them all.
std::string MissingDomains(std::set<std::string_view> domains, const ClusterTopologyBinding& topology) {
  for (const TopologyLevel& level : topology.spec.levels) domains.erase(std::string_view{level.domain});
  std::string list;
  for (const std::string_view domain : domains) list.append(list.empty() ? "[" : " ").append(domain);
  if (!list.empty()) list.append("]");
  return list;
}

}  // namespace

void SetTopologyCondition(const PodCliqueSet& set, const TopologyObservation& topology, Time now,
                          PodCliqueSetStatus& status) {
  constexpr std::string_view kAvailable = "AllClusterTopologyLevelsAvailable";
  const auto conclude = [&](std::string_view value, std::string_view reason, std::string_view message) {
    SetCondition(status.conditions, condition_types::kTopologyLevelsUnavailable, {value, reason, message},
                 GenerationOf(set.metadata), now);
  };
  const PodCliqueSetTemplateSpec& spec = set.spec.template_spec;
  const ConstraintUse use = UseOf(spec);
  if (!topology.topology_aware_scheduling) {
    if (use.domains.empty()) return RemoveCondition(status.conditions, condition_types::kTopologyLevelsUnavailable);
    return conclude(kUnknown, "TopologyAwareSchedulingDisabled",
                    "Topology constraints are defined but Topology Aware Scheduling is disabled");
  }
  if (!use.any) return conclude(kFalse, kAvailable, "No topology constraints defined");
  const std::string_view name = FirstTopologyName(spec);
  if (name.empty()) {
    return conclude(kUnknown, "TopologyNameMissing", "PodCliqueSet topology constraints must include topologyName");
  }
  const ClusterTopologyBinding* binding = FindTopology(topology.topologies, name);
  if (binding == nullptr) {
    return conclude(kUnknown, "ClusterTopologyNotFound", "ClusterTopologyBinding resource not found");
  }
  if (const std::string missing = MissingDomains(use.domains, *binding); !missing.empty()) {
    return conclude(kTrue, "ClusterTopologyLevelsUnavailable", "Unavailable topology domains: " + missing);
  }
  conclude(kFalse, kAvailable, "All topology levels are available");
}

}  // namespace grove::planner
