// What a Cluster holds: flat arrays in node order, strings interned.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grove/cluster.hpp"

#include "topology/string_table.h"

namespace grove::topology {

struct ClusterData {
  std::string topology_name;
  std::vector<TopologyLevel> levels;
  Strings strings;

  std::vector<std::string> resources;  // sorted
  std::size_t pods_resource = 0;       // where "pods" stands in it

  // By node.
  std::vector<StringId> names;
  std::vector<std::uint32_t> input_positions;  // empty: nodes are in the order in which they were added
  std::vector<std::uint8_t> usable;
  std::vector<std::uint32_t> taint_lists;       // into `taints`
  std::vector<std::uint32_t> label_lists;       // into `label_keys`
  std::vector<std::uint32_t> first_labels;      // into `label_values`, as many as keys; one more than nodes
  std::vector<std::uint32_t> allocatable_rows;  // into `allocatable`
  std::vector<std::int64_t> free;               // node-major, a row of resources
  std::vector<DomainIndex> node_domains;        // node-major, a row of levels
  std::vector<NodeIndex> by_name;               // nodes sorted by name; empty: they are in that order

  std::vector<std::vector<StringId>> label_keys;
  std::vector<StringId> label_values;
  std::vector<std::int64_t> allocatable;  // rows of resources, each once
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
