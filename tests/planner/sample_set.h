// Small PodCliqueSets, topologies and pods for the tests of the planner.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grove/expansion.hpp"

#include "model/naming.h"

namespace grove::planner {

inline TopologyConstraint Pack(std::string required, std::string preferred = {}, std::string topology = "fab") {
  TopologyConstraint constraint;
  constraint.topology_name = std::move(topology);
  constraint.pack = TopologyPackConstraint{std::move(required), std::move(preferred)};
  return constraint;
}

inline PodCliqueTemplateSpec Clique(std::string name, std::int32_t replicas, std::int32_t min_available,
                                    std::optional<TopologyConstraint> constraint = std::nullopt) {
  PodCliqueTemplateSpec clique;
  clique.name = std::move(name);
  clique.topology_constraint = std::move(constraint);
  clique.spec.replicas = replicas;
  clique.spec.min_available = min_available;
  return clique;
}

inline PodCliqueScalingGroupConfig Group(std::string name, std::int32_t replicas, std::int32_t min_available,
                                         std::vector<std::string> cliques,
                                         std::optional<TopologyConstraint> constraint = std::nullopt) {
  PodCliqueScalingGroupConfig group;
  group.name = std::move(name);
  group.replicas = replicas;
  group.min_available = min_available;
  group.clique_names = std::move(cliques);
  group.topology_constraint = std::move(constraint);
  return group;
}

inline PodCliqueSet Set(std::string name, std::int32_t replicas, std::vector<PodCliqueTemplateSpec> cliques,
                        std::vector<PodCliqueScalingGroupConfig> groups = {},
                        std::optional<TopologyConstraint> constraint = std::nullopt) {
  PodCliqueSet set;
  set.metadata.name = std::move(name);
  set.metadata.namespace_name = "default";
  set.spec.replicas = replicas;
  set.spec.template_spec.cliques = std::move(cliques);
  set.spec.template_spec.pod_clique_scaling_groups = std::move(groups);
  set.spec.template_spec.topology_constraint = std::move(constraint);
  return set;
}

inline ClusterTopologyBinding Topology(std::string name, std::vector<TopologyLevel> levels) {
  ClusterTopologyBinding topology;
  topology.metadata.name = std::move(name);
  topology.spec.levels = std::move(levels);
  return topology;
}

// The topology of the worked examples of spec 05 §10.
inline ClusterTopologyBinding Fab() {
  return Topology(
      "fab",
      {{"zone", "topo/zone"}, {"block", "topo/block"}, {"rack", "topo/rack"}, {"host", "kubernetes.io/hostname"}});
}

inline OperatorConfiguration Configuration(bool topology_aware, std::vector<std::string> profiles = {},
                                           std::string default_profile = "default-scheduler") {
  OperatorConfiguration configuration;
  configuration.topology_aware_scheduling.enabled = topology_aware;
  for (std::string& profile : profiles) configuration.scheduler.profiles.push_back({std::move(profile), {}});
  configuration.scheduler.default_profile_name = std::move(default_profile);
  return configuration;
}

inline ExpansionOptions Options(bool topology_aware, std::vector<ClusterTopologyBinding> topologies = {Fab()}) {
  ExpansionOptions options;
  options.configuration = Configuration(topology_aware);
  options.topologies = std::move(topologies);
  options.now = Time{1000};
  return options;
}

// A pod as Grove creates it, of PodClique `clique` of set `set` in gang `gang`.
inline Pod MakePod(const std::string& set, const std::string& gang, const std::string& clique, std::string name) {
  Pod pod;
  pod.metadata.name = std::move(name);
  pod.metadata.namespace_name = "default";
  pod.metadata.labels = {{std::string(keys::kManagedBy), std::string(keys::kManager)},
                         {std::string(keys::kPartOf), set},
                         {std::string(keys::kPodGang), gang}};
  OwnerReference owner;
  owner.kind = PodClique::kKind;
  owner.name = clique;
  owner.controller = true;
  pod.metadata.owner_references.push_back(owner);
  pod.spec = Value::FromJson(
      R"({"containers":[],"schedulingGates":[{"name":"grove.io/podgang-pending-creation"}],"hostname":"h"})");
  return pod;
}

}  // namespace grove::planner
