// Turns nodes, one after the other, into the columns of a ClusterData, in the order of their domains.
//
// Nodes of one cluster are much alike: what a node says is compared with what the one before it said, and looked up
// only where it differs.
#pragma once

#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"

#include "grove/cluster.hpp"

#include "topology/cluster_data.h"
#include "topology/string_table.h"

namespace grove::topology {

class NodeColumns {
 public:
  void Reserve(std::size_t nodes, std::size_t levels);
  absl::Status Add(const NodeSpec& node, const std::vector<TopologyLevel>& levels);
  // Fills what describes nodes; node_domains then holds the label value of each level, kNoLabel where there is none.
  // Says whether rows state own_level.
  absl::Status Finish(ClusterData& data, bool& own_levels_known) &&;

  static constexpr StringId kNoLabel = 0xFFFFFFFF;

 private:
  using Row = std::vector<std::int64_t>;

  // Each fills its part of the row, which is the last one then.
  void AddTaints(const NodeSpec& node, NodeRow& row);
  absl::Status AddLabels(const NodeSpec& node, const std::vector<TopologyLevel>& levels, NodeRow& row);
  void FollowPath(NodeRow& row);
  absl::Status AddLabelList(const NodeSpec& node, const std::vector<TopologyLevel>& levels, NodeRow& row);
  absl::Status AddAmounts(const NodeSpec& node, NodeRow& row);
  absl::Status ReadAmounts(const NodeSpec& node, const ResourceAmounts& amounts, std::string_view what, Row& row,
                           std::vector<std::uint32_t>& last);
  void AddFirstResources(const NodeSpec* node);
  std::uint32_t ResourceOf(std::string_view name);
  [[nodiscard]] bool IsAllocatableAsLast(const NodeSpec& node) const;
  [[nodiscard]] bool IsUsedAsLast(const NodeSpec& node) const;
  void Widen();
  std::uint32_t RowOf(const Row& row);
  void SortResources(ClusterData& data);
  std::vector<NodeIndex> Order(std::size_t level_count, std::vector<NodeIndex>& by_name) const;
  void Permute(const std::vector<NodeIndex>& order, std::size_t levels);

  StringTable strings_;
  bool names_in_order_ = true;  // strictly: no name occurs twice
  std::size_t reserved_ = 0;
  std::vector<NodeRow> rows_;
  std::vector<std::vector<Taint>> taints_{{}};

  // Lists of keys, each kept once.
  std::vector<std::vector<StringId>> label_keys_;
  std::vector<std::vector<std::uint32_t>> level_positions_;  // by list: where the key of each level stands
  absl::flat_hash_map<std::vector<StringId>, std::uint32_t> lists_by_keys_;
  std::vector<StringId> level_keys_;
  std::vector<StringId> label_values_;
  // Of the last node: its labels, and the values of the levels' keys among them.
  std::vector<std::string> last_keys_;
  std::vector<StringId> last_values_;
  std::vector<StringId> last_path_;
  std::vector<StringId> level_values_;  // node-major
  bool paths_in_order_ = true;

  // Resources of the first node in the order of their names, others in the order in which they are met.
  std::vector<std::string> resources_;
  std::size_t pods_ = 0;                   // where "pods" stands
  std::vector<std::int64_t> free_;         // node-major
  std::vector<std::int64_t> allocatable_;  // distinct rows
  absl::flat_hash_map<Row, std::uint32_t> rows_by_amounts_;
  // Of the node that is being added, and where the amounts of the last one belong.
  Row allocatable_row_;
  Row used_row_;
  std::vector<std::uint32_t> last_allocatable_;
  std::vector<std::uint32_t> last_used_;
  ResourceAmounts last_amounts_;  // what the last node that was read in full has to allocate
};

}  // namespace grove::topology
