// What a Cluster holds: flat arrays in node order, strings interned.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grove/cluster.hpp"

#include "topology/string_table.h"

namespace grove::topology {

// What is kept of a node beside its amounts and domains.
struct NodeRow {
  StringId name = 0;
  std::uint32_t taint_list = 0;       // into `taints`
  std::uint32_t label_list = 0;       // into `label_keys`
  std::uint32_t first_label = 0;      // into `label_values`, as many as keys
  std::uint32_t allocatable_row = 0;  // into `allocatable`
  bool usable = true;
  // While the snapshot is built: the first level at which the node shares no domain with the one before it.
  std::uint8_t own_level = 0;
};

struct ClusterData {
  std::string topology_name;
  std::vector<TopologyLevel> levels;
  Strings strings;

  std::vector<std::string> resources;  // sorted
  std::size_t pods_resource = 0;       // where "pods" stands in it

  // By node.
  std::vector<NodeRow> nodes;
  std::vector<std::uint32_t> input_positions;  // empty: nodes are in the order in which they were added
  std::vector<std::int64_t> free;              // node-major, a row of resources
  std::vector<DomainIndex> node_domains;       // node-major, a row of levels
  std::vector<NodeIndex> by_name;              // nodes sorted by name; empty: they are in that order

  std::vector<std::vector<StringId>> label_keys;
  std::vector<StringId> label_values;
  std::vector<std::int64_t> allocatable;  // rows of resources, each once
  std::vector<std::vector<Taint>> taints;

  std::vector<std::int64_t> most_allocatable;  // by resource
  std::vector<Domain> domains;
  std::vector<RunningPod> running_pods;
  std::vector<PodClass> running_classes;

  [[nodiscard]] std::size_t node_count() const { return nodes.size(); }
};

// Slots of a node that does not state "pods": more than any gang has pods.
inline constexpr std::int64_t kUnboundedSlots = std::int64_t{1} << 40;

}  // namespace grove::topology
