// Turns nodes, one after the other, into the columns of a ClusterData, in the order of their domains.
#pragma once

#include <vector>

#include "absl/status/status.h"

#include "grove/cluster.hpp"

#include "topology/cluster_data.h"
#include "topology/string_table.h"

namespace grove::topology {

class NodeColumns {
 public:
  absl::Status Add(const NodeSpec& node, const std::vector<TopologyLevel>& levels);
  // Fills what describes nodes; node_domains then holds the label value of each level, kNoLabel where there is none.
  absl::Status Finish(ClusterData& data) &&;

  static constexpr StringId kNoLabel = 0xFFFFFFFF;

 private:
  absl::Status AddLabels(const NodeSpec& node, const std::vector<TopologyLevel>& levels);
  absl::Status AddAmounts(const NodeSpec& node);
  std::uint32_t ResourceOf(std::string_view name, std::uint32_t guess);
  std::vector<NodeIndex> Order(std::size_t level_count, std::vector<NodeIndex>& by_name) const;

  StringTable strings_;
  bool names_in_order_ = true;  // strictly: no name occurs twice
  std::vector<StringId> names_;
  std::vector<std::uint8_t> usable_;
  std::vector<std::uint32_t> taint_lists_;
  std::vector<std::uint32_t> first_labels_{0};
  std::vector<std::pair<StringId, StringId>> labels_;
  std::vector<StringId> level_values_;  // node-major
  std::vector<std::vector<Taint>> taints_{{}};
  std::vector<std::string> resources_;
  struct Amount {
    std::uint32_t resource = 0;
    std::int64_t allocatable = 0;
    std::int64_t used = 0;
  };
  std::vector<std::uint32_t> first_amounts_{0};
  std::vector<Amount> amounts_;
  std::vector<StringId> level_keys_;
};

}  // namespace grove::topology
