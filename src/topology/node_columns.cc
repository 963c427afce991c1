#include "topology/node_columns.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"

#include "topology/same_text.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
constexpr std::int64_t kNotStated = -1;

absl::Status Invalid(const NodeSpec& node, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat("node ", node.name, ": ", what));
}

// by_node[i] becomes what by_node[order[i]] was; each node has `width` entries.
template <class T>
void Gather(std::vector<T>& by_node, const std::vector<NodeIndex>& order, std::size_t width = 1) {
  std::vector<T> gathered;
  gathered.reserve(by_node.size());
  for (const NodeIndex from : order) {
    const auto first = by_node.begin() + static_cast<std::ptrdiff_t>(from * width);
    gathered.insert(gathered.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  by_node = std::move(gathered);
}

}  // namespace

void NodeColumns::Reserve(std::size_t nodes, std::size_t levels) {
  reserved_ = nodes;
  strings_.Reserve(nodes + nodes / 8 + 64);
  rows_.reserve(nodes);
  level_values_.reserve(nodes * levels);
}

absl::Status NodeColumns::Add(const NodeSpec& node, const std::vector<TopologyLevel>& levels) {
  if (node.name.empty()) return absl::InvalidArgumentError(absl::StrCat("node ", rows_.size(), " has no name"));
  if (rows_.size() >= ClusterBuilder::kMostNodes) return absl::InvalidArgumentError("there are more than 2^24 nodes");
  if (level_keys_.size() != levels.size()) {
    for (const TopologyLevel& level : levels) level_keys_.push_back(strings_.Intern(level.key));
  }
  names_in_order_ = names_in_order_ && (rows_.empty() || LessText(strings_.text(rows_.back().name), node.name));
  // Where it says the same as the node before it, the row stays as it is.
  NodeRow row = rows_.empty() ? NodeRow() : rows_.back();
  row.name = strings_.Add(node.name);
  row.usable = node.usable;
  if (row.taint_list != 0 || !node.taints.empty()) AddTaints(node, row);
  absl::Status status = AddLabels(node, levels, row);
  if (status.ok()) status = AddAmounts(node, row);
  if (status.ok()) rows_.push_back(row);
  return status;
}

void NodeColumns::AddTaints(const NodeSpec& node, NodeRow& row) {
  if (taints_[row.taint_list] == node.taints) return;
  auto list = std::find(taints_.begin(), taints_.end(), node.taints);
  if (list == taints_.end()) list = taints_.insert(list, node.taints);
  row.taint_list = static_cast<std::uint32_t>(list - taints_.begin());
}

absl::Status NodeColumns::AddLabels(const NodeSpec& node, const std::vector<TopologyLevel>& levels, NodeRow& row) {
  const std::size_t count = node.labels.size();
  bool alike = !rows_.empty() && last_keys_.size() == count;
  for (std::size_t i = 0; alike && i < count; ++i) alike = SameText(last_keys_[i], node.labels[i].first);
  if (!alike) {
    if (absl::Status status = AddLabelList(node, levels, row); !status.ok()) return status;
    last_values_.assign(count, kNoLabel);
  }
  // A label says what it said on the node before, or the node's name if it did so there.
  const StringId last_name = rows_.empty() ? kNoLabel : rows_.back().name;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& value = node.labels[i].second;
    StringId& last = last_values_[i];
    if (last != last_name && last != kNoLabel && SameText(strings_.text(last), value)) continue;
    last = SameText(value, node.name) ? row.name : strings_.Intern(value);
  }
  row.first_label = static_cast<std::uint32_t>(label_values_.size());
  if (label_values_.empty()) label_values_.reserve(reserved_ * count);
  label_values_.insert(label_values_.end(), last_values_.begin(), last_values_.end());
  FollowPath(row);
  return absl::OkStatus();
}

// Whether the node comes after the one before it, and how much of their paths they share.
void NodeColumns::FollowPath(NodeRow& row) {
  const std::vector<std::uint32_t>& positions = level_positions_[row.label_list];
  const std::size_t levels = positions.size();
  last_path_.resize(levels, kNoLabel);
  std::size_t own = 0;
  const auto here = [&](std::size_t level) {
    return positions[level] == kNowhere ? kNoLabel : last_values_[positions[level]];
  };
  while (own < levels && last_path_[own] != kNoLabel && here(own) == last_path_[own]) ++own;
  const StringId before = own == levels ? kNoLabel : last_path_[own];
  for (std::size_t level = own; level < levels; ++level) last_path_[level] = here(level);
  level_values_.insert(level_values_.end(), last_path_.begin(), last_path_.end());
  row.own_level = static_cast<std::uint8_t>(own);
  if (rows_.empty() || !paths_in_order_) return;
  // Nodes without a label, and texts that may have two numbers, are left to Order.
  if (own == levels || (last_path_[own] == row.name && before == rows_.back().name)) {
    paths_in_order_ = names_in_order_;
  } else {
    paths_in_order_ = last_path_[own] != kNoLabel && before != kNoLabel &&
                      LessText(strings_.text(before), strings_.text(last_path_[own]));
  }
}

absl::Status NodeColumns::AddLabelList(const NodeSpec& node, const std::vector<TopologyLevel>& levels, NodeRow& row) {
  std::vector<StringId> keys;
  last_keys_.clear();
  for (const auto& [key, value] : node.labels) {
    keys.push_back(strings_.Intern(key));
    last_keys_.push_back(key);
  }
  const auto [at, is_new] = lists_by_keys_.try_emplace(keys, static_cast<std::uint32_t>(label_keys_.size()));
  row.label_list = at->second;
  if (!is_new) return absl::OkStatus();
  std::vector<StringId> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    return Invalid(node, absl::StrCat("the label ", std::string(strings_.text(*twice)), " is stated twice"));
  }
  std::vector<std::uint32_t>& positions = level_positions_.emplace_back(levels.size(), kNowhere);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto found = std::find(keys.begin(), keys.end(), level_keys_[level]);
    if (found != keys.end()) positions[level] = static_cast<std::uint32_t>(found - keys.begin());
  }
  label_keys_.push_back(std::move(keys));
  return absl::OkStatus();
}

void NodeColumns::AddFirstResources(const NodeSpec* node) {
  resources_ = {"pods"};
  if (node != nullptr) {
    for (const auto& [name, amount] : node->allocatable) resources_.push_back(name);
    for (const auto& [name, amount] : node->used) resources_.push_back(name);
  }
  std::sort(resources_.begin(), resources_.end());
  resources_.erase(std::unique(resources_.begin(), resources_.end()), resources_.end());
  pods_ = static_cast<std::size_t>(std::find(resources_.begin(), resources_.end(), "pods") - resources_.begin());
  allocatable_row_.assign(resources_.size(), kNotStated);
  used_row_.assign(resources_.size(), kNotStated);
}

std::uint32_t NodeColumns::ResourceOf(std::string_view name) {
  const auto found = std::find(resources_.begin(), resources_.end(), name);
  if (found != resources_.end()) return static_cast<std::uint32_t>(found - resources_.begin());
  Widen();
  resources_.emplace_back(name);
  return static_cast<std::uint32_t>(resources_.size() - 1);
}

// Makes room for one more resource, of which no node so far has any.
void NodeColumns::Widen() {
  const std::size_t width = resources_.size();
  for (std::vector<std::int64_t>* rows : {&free_, &allocatable_}) {
    std::vector<std::int64_t> wider;
    wider.reserve(rows->size() / width * (width + 1));
    for (std::size_t i = 0; i < rows->size(); ++i) {
      wider.push_back((*rows)[i]);
      if (i % width == width - 1) wider.push_back(0);
    }
    *rows = std::move(wider);
  }
  rows_by_amounts_.clear();
  for (std::uint32_t row = 0; row < allocatable_.size() / (width + 1); ++row) {
    const auto first = allocatable_.begin() + static_cast<std::ptrdiff_t>(row * (width + 1));
    rows_by_amounts_.try_emplace(Row(first, first + static_cast<std::ptrdiff_t>(width + 1)), row);
  }
  allocatable_row_.push_back(kNotStated);
  used_row_.push_back(kNotStated);
}

absl::Status NodeColumns::ReadAmounts(const NodeSpec& node, const ResourceAmounts& amounts, std::string_view what,
                                      Row& row, std::vector<std::uint32_t>& last) {
  last.resize(amounts.size(), 0);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const auto& [name, amount] = amounts[i];
    if (!SameText(resources_[last[i]], name)) last[i] = ResourceOf(name);
    if (amount < 0 || amount > ClusterBuilder::kLargestAmount) {
      return Invalid(node, absl::StrCat(std::string(what), " ", name, " is ", amount, ", must be from 0 to 2^62"));
    }
    if (row[last[i]] != kNotStated)
      return Invalid(node, absl::StrCat(std::string(what), " ", name, " is stated twice"));
    row[last[i]] = amount;
  }
  return absl::OkStatus();
}

absl::Status NodeColumns::AddAmounts(const NodeSpec& node, NodeRow& row) {
  if (resources_.empty()) AddFirstResources(&node);
  if (rows_.empty() || !IsAllocatableAsLast(node)) {
    absl::Status status = ReadAmounts(node, node.allocatable, "allocatable", allocatable_row_, last_allocatable_);
    if (!status.ok()) return status;
    if (allocatable_row_[pods_] == kNotStated) allocatable_row_[pods_] = kUnboundedSlots;
    for (std::int64_t& amount : allocatable_row_) amount = std::max<std::int64_t>(amount, 0);
    row.allocatable_row = RowOf(allocatable_row_);
    for (std::int64_t& amount : allocatable_row_) amount = kNotStated;
    last_amounts_ = node.allocatable;
  }
  const bool as_last = IsUsedAsLast(node);
  if (!as_last) {
    absl::Status status = ReadAmounts(node, node.used, "used", used_row_, last_used_);
    if (!status.ok()) return status;
  }
  const std::size_t width = resources_.size();
  if (free_.capacity() < reserved_ * width) free_.reserve(reserved_ * width);
  const std::int64_t* allocatable = allocatable_.data() + row.allocatable_row * width;
  free_.insert(free_.end(), allocatable, allocatable + width);
  std::int64_t* free = free_.data() + free_.size() - width;
  if (as_last) {
    for (std::size_t i = 0; i < node.used.size(); ++i) free[last_used_[i]] -= node.used[i].second;
    return absl::OkStatus();
  }
  for (std::size_t r = 0; r < width; ++r) {
    free[r] -= std::max<std::int64_t>(used_row_[r], 0);
    used_row_[r] = kNotStated;
  }
  return absl::OkStatus();
}

// True iff the resources in use are those of the last node that said which, in that order, and their amounts possible.
bool NodeColumns::IsUsedAsLast(const NodeSpec& node) const {
  if (node.used.empty()) return true;
  if (node.used.size() != last_used_.size()) return false;
  for (std::size_t i = 0; i < last_used_.size(); ++i) {
    const auto& [name, amount] = node.used[i];
    if (static_cast<std::uint64_t>(amount) > static_cast<std::uint64_t>(ClusterBuilder::kLargestAmount)) return false;
    if (!SameText(resources_[last_used_[i]], name)) return false;
  }
  return true;
}

bool NodeColumns::IsAllocatableAsLast(const NodeSpec& node) const {
  if (last_amounts_.size() != node.allocatable.size() || last_amounts_.empty()) return false;
  for (std::size_t i = 0; i < last_amounts_.size(); ++i) {
    if (node.allocatable[i].second != last_amounts_[i].second) return false;
    if (!SameText(node.allocatable[i].first, last_amounts_[i].first)) return false;
  }
  return true;
}

std::uint32_t NodeColumns::RowOf(const Row& row) {
  const auto next = static_cast<std::uint32_t>(allocatable_.size() / row.size());
  const auto [at, is_new] = rows_by_amounts_.try_emplace(row, next);
  if (is_new) allocatable_.insert(allocatable_.end(), row.begin(), row.end());
  return at->second;
}

// Positions of the nodes by domain path, nodes without a label last, then by name. `by_name` stays empty where nodes
// were added in the order of their names.
std::vector<NodeIndex> NodeColumns::Order(std::size_t level_count, std::vector<NodeIndex>& by_name) const {
  std::vector<NodeIndex> order;
  if (paths_in_order_ && names_in_order_) return order;
  order.resize(rows_.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<NodeIndex> ranks;
  if (!names_in_order_) {
    by_name = order;
    std::sort(by_name.begin(), by_name.end(),
              [this](NodeIndex a, NodeIndex b) { return strings_.text(rows_[a].name) < strings_.text(rows_[b].name); });
    ranks.resize(rows_.size());
    for (NodeIndex i = 0; i < by_name.size(); ++i) ranks[by_name[i]] = i;
  }
  const auto path_less = [&](NodeIndex a, NodeIndex b) {
    const StringId* left = level_values_.data() + a * level_count;
    const StringId* right = level_values_.data() + b * level_count;
    for (std::size_t level = 0; level < level_count; ++level) {
      if (left[level] == kNoLabel && right[level] == kNoLabel) break;
      if (left[level] == right[level]) continue;
      if (left[level] == kNoLabel || right[level] == kNoLabel) return right[level] == kNoLabel;
      // Equal texts may have two numbers: names are not looked up.
      if (left[level] == rows_[a].name && right[level] == rows_[b].name) break;
      const int compared = strings_.text(left[level]).compare(strings_.text(right[level]));
      if (compared != 0) return compared < 0;
    }
    return ranks.empty() ? a < b : ranks[a] < ranks[b];
  };
  if (std::is_sorted(order.begin(), order.end(), path_less)) {
    order.clear();
  } else {
    std::sort(order.begin(), order.end(), path_less);
  }
  return order;
}

void NodeColumns::Permute(const std::vector<NodeIndex>& order, std::size_t levels) {
  Gather(rows_, order);
  Gather(level_values_, order, levels);
  Gather(free_, order, resources_.size());
}

// Brings resources, and the columns of amounts, into the order of their names.
void NodeColumns::SortResources(ClusterData& data) {
  if (resources_.empty()) AddFirstResources(nullptr);
  const std::size_t width = resources_.size();
  std::vector<std::size_t> order(width);  // from where each column comes
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return resources_[a] < resources_[b]; });
  for (std::size_t i = 0; i < width; ++i) {
    data.resources.push_back(resources_[order[i]]);
    if (order[i] == pods_) data.pods_resource = i;
  }
  if (std::is_sorted(order.begin(), order.end())) return;
  Row row(width);
  for (std::vector<std::int64_t>* rows : {&free_, &allocatable_}) {
    for (std::size_t first = 0; first < rows->size(); first += width) {
      std::copy_n(rows->begin() + static_cast<std::ptrdiff_t>(first), width, row.begin());
      for (std::size_t i = 0; i < width; ++i) (*rows)[first + i] = row[order[i]];
    }
  }
}

absl::Status NodeColumns::Finish(ClusterData& data, bool& own_levels_known) && {
  const std::size_t nodes = rows_.size();
  const std::size_t levels = data.levels.size();
  std::vector<NodeIndex> by_name;
  std::vector<NodeIndex> order = Order(levels, by_name);
  for (std::size_t i = 1; i < by_name.size(); ++i) {
    const std::string_view name = strings_.text(rows_[by_name[i]].name);
    if (name == strings_.text(rows_[by_name[i - 1]].name)) {
      return absl::InvalidArgumentError(absl::StrCat("two nodes have the name ", std::string(name)));
    }
  }
  SortResources(data);
  if (!order.empty()) {
    if (by_name.empty()) {
      by_name.resize(nodes);
      std::iota(by_name.begin(), by_name.end(), 0);
    }
    Permute(order, levels);
    std::vector<NodeIndex> place(nodes);
    for (NodeIndex to = 0; to < nodes; ++to) place[order[to]] = to;
    for (NodeIndex& node : by_name) node = place[node];
  }
  own_levels_known = paths_in_order_ && names_in_order_;
  data.nodes = std::move(rows_);
  data.input_positions = std::move(order);
  data.by_name = std::move(by_name);
  data.taints = std::move(taints_);
  data.label_keys = std::move(label_keys_);
  data.label_values = std::move(label_values_);
  data.node_domains = std::move(level_values_);
  data.free = std::move(free_);
  data.allocatable = std::move(allocatable_);
  data.strings = std::move(strings_).Take();
  return absl::OkStatus();
}

}  // namespace grove::topology
