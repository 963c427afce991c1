#include "planner/gang_topology.h"

#include <string>
#include <utility>

namespace grove::planner {
namespace {

std::string_view ExplicitName(const std::optional<TopologyConstraint>& constraint) {
  return constraint.has_value() ? std::string_view{constraint->topology_name} : std::string_view{};
}

// PG-52: the node label key of the level of that name; empty if there is no such level.
std::string KeyOf(std::string_view domain, const ClusterTopologyBinding& topology) {
  if (domain.empty()) return {};
  for (const TopologyLevel& level : topology.spec.levels) {
    if (level.domain == domain) return level.key;
  }
  return {};
}

}  // namespace

std::string_view FirstTopologyName(const PodCliqueSetTemplateSpec& spec) {
  if (const std::string_view name = ExplicitName(spec.topology_constraint); !name.empty()) return name;
  for (const PodCliqueScalingGroupConfig& group : spec.pod_clique_scaling_groups) {
    if (const std::string_view name = ExplicitName(group.topology_constraint); !name.empty()) return name;
  }
  for (const PodCliqueTemplateSpec& clique : spec.cliques) {
    if (const std::string_view name = ExplicitName(clique.topology_constraint); !name.empty()) return name;
  }
  return {};
}

const ClusterTopologyBinding* FindTopology(std::span<const ClusterTopologyBinding> topologies, std::string_view name) {
  if (name.empty()) return nullptr;
  for (const ClusterTopologyBinding& topology : topologies) {
    if (topology.metadata.name == name) return &topology;
  }
  return nullptr;
}

std::optional<GangTopologyConstraint> TranslateConstraint(const std::optional<TopologyConstraint>& constraint,
                                                          const ClusterTopologyBinding* topology) {
  if (!constraint.has_value() || topology == nullptr) return std::nullopt;
  GangPackConstraint pack;
  pack.required = KeyOf(RequiredDomain(*constraint), *topology);
  pack.preferred = KeyOf(PreferredDomain(*constraint), *topology);
  if (pack.required.empty() && pack.preferred.empty()) return std::nullopt;  // PG-53
  return GangTopologyConstraint{std::move(pack)};
}

}  // namespace grove::planner
