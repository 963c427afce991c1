// What a Cluster holds: flat arrays in node order, strings interned.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grove/cluster.hpp"

namespace grove::topology {

using StringId = std::uint32_t;

struct ClusterData {
  std::string topology_name;
  std::vector<TopologyLevel> levels;
  std::vector<std::string> strings;  // by StringId

  std::vector<std::string> resources;  // sorted
  std::size_t pods_resource = 0;       // where "pods" stands in it

  // By node.
  std::vector<StringId> names;
  std::vector<std::uint32_t> input_positions;
  std::vector<std::uint8_t> usable;
  std::vector<std::uint32_t> taint_lists;   // into `taints`
  std::vector<std::uint32_t> first_labels;  // into `labels`; one more than nodes
  std::vector<std::int64_t> allocatable;    // node-major, a row of resources
  std::vector<std::int64_t> free;           // same
  std::vector<DomainIndex> node_domains;    // node-major, a row of levels
  std::vector<NodeIndex> by_name;           // nodes sorted by name
  std::vector<std::pair<StringId, StringId>> labels;
  std::vector<std::vector<Taint>> taints;

  std::vector<std::int64_t> most_allocatable;  // by resource
  std::vector<Domain> domains;
  std::vector<RunningPod> running_pods;
  std::vector<PodClass> running_classes;

  [[nodiscard]] std::size_t node_count() const { return names.size(); }
};

// Slots of a node that does not state "pods": more than any gang has pods.
inline constexpr std::int64_t kUnboundedSlots = std::int64_t{1} << 40;

}  // namespace grove::topology
