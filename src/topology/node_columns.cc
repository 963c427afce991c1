#include "topology/node_columns.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"

namespace grove::topology {
namespace {

absl::Status Invalid(const NodeSpec& node, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat("node ", node.name, ": ", what));
}

bool IsAmount(std::int64_t amount) { return amount >= 0 && amount <= ClusterBuilder::kLargestAmount; }

}  // namespace

absl::Status NodeColumns::Add(const NodeSpec& node, const std::vector<TopologyLevel>& levels) {
  if (node.name.empty()) return absl::InvalidArgumentError(absl::StrCat("node ", names_.size(), " has no name"));
  if (names_.size() >= ClusterBuilder::kMostNodes) return absl::InvalidArgumentError("there are more than 2^24 nodes");
  if (level_keys_.size() != levels.size()) {
    for (const TopologyLevel& level : levels) level_keys_.push_back(strings_.Intern(level.key));
  }
  names_in_order_ = names_in_order_ && (names_.empty() || strings_.text(names_.back()) < node.name);
  names_.push_back(strings_.Add(node.name));
  usable_.push_back(node.usable ? 1 : 0);
  auto list = std::find(taints_.begin(), taints_.end(), node.taints);
  if (list == taints_.end()) list = taints_.insert(list, node.taints);
  taint_lists_.push_back(static_cast<std::uint32_t>(list - taints_.begin()));
  if (absl::Status status = AddLabels(node, levels); !status.ok()) return status;
  return AddAmounts(node);
}

absl::Status NodeColumns::AddLabels(const NodeSpec& node, const std::vector<TopologyLevel>& levels) {
  const std::uint32_t previous = names_.size() > 1 ? first_labels_[names_.size() - 2] : 0;
  const std::uint32_t first = first_labels_.back();
  const std::size_t row = level_values_.size();
  level_values_.resize(row + levels.size(), kNoLabel);
  for (std::size_t i = 0; i < node.labels.size(); ++i) {
    const auto& [key_text, value_text] = node.labels[i];
    // Nodes mostly list the same keys in the same order, and neighbours share most values.
    const bool known = previous + i < first;
    const StringId key = strings_.Intern(key_text, known ? labels_[previous + i].first : kNoLabel);
    StringId value = known ? labels_[previous + i].second : kNoLabel;
    if (value_text == node.name) {
      value = names_.back();
    } else {
      value = strings_.Intern(value_text, value);
    }
    for (std::uint32_t at = first; at < labels_.size(); ++at) {
      if (labels_[at].first == key) return Invalid(node, "the label " + key_text + " is stated twice");
    }
    labels_.emplace_back(key, value);
    const auto level = std::find(level_keys_.begin(), level_keys_.end(), key);
    if (level != level_keys_.end()) level_values_[row + static_cast<std::size_t>(level - level_keys_.begin())] = value;
  }
  first_labels_.push_back(static_cast<std::uint32_t>(labels_.size()));
  return absl::OkStatus();
}

std::uint32_t NodeColumns::ResourceOf(std::string_view name, std::uint32_t guess) {
  if (guess < resources_.size() && resources_[guess] == name) return guess;
  const auto found = std::find(resources_.begin(), resources_.end(), name);
  if (found != resources_.end()) return static_cast<std::uint32_t>(found - resources_.begin());
  resources_.emplace_back(name);
  return static_cast<std::uint32_t>(resources_.size() - 1);
}

absl::Status NodeColumns::AddAmounts(const NodeSpec& node) {
  const std::size_t first = amounts_.size();
  const auto at = [&](std::uint32_t resource) {
    auto found = std::find_if(amounts_.begin() + static_cast<std::ptrdiff_t>(first), amounts_.end(),
                              [&](const Amount& amount) { return amount.resource == resource; });
    return found == amounts_.end() ? nullptr : &*found;
  };
  std::uint32_t guess = 0;
  for (const auto& [name, amount] : node.allocatable) {
    const std::uint32_t resource = ResourceOf(name, guess++);
    if (!IsAmount(amount))
      return Invalid(node, absl::StrCat("allocatable ", name, " is ", amount, ", must be from 0 to 2^62"));
    if (at(resource) != nullptr) return Invalid(node, absl::StrCat("allocatable ", name, " is stated twice"));
    amounts_.push_back({.resource = resource, .allocatable = amount, .used = -1});
  }
  guess = 0;
  for (const auto& [name, amount] : node.used) {
    const std::uint32_t resource = ResourceOf(name, guess++);
    if (!IsAmount(amount))
      return Invalid(node, absl::StrCat("used ", name, " is ", amount, ", must be from 0 to 2^62"));
    Amount* found = at(resource);
    if (found == nullptr) {
      amounts_.push_back({.resource = resource, .allocatable = 0, .used = amount});
    } else if (found->used >= 0) {
      return Invalid(node, absl::StrCat("used ", name, " is stated twice"));
    } else {
      found->used = amount;
    }
  }
  first_amounts_.push_back(static_cast<std::uint32_t>(amounts_.size()));
  return absl::OkStatus();
}

// Positions of the nodes by domain path, nodes without a label last, then by name.
std::vector<NodeIndex> NodeColumns::Order(std::size_t level_count, std::vector<NodeIndex>& by_name) const {
  std::vector<NodeIndex> order(names_.size());
  std::iota(order.begin(), order.end(), 0);
  by_name = order;
  const auto name_less = [this](NodeIndex a, NodeIndex b) {
    return strings_.text(names_[a]) < strings_.text(names_[b]);
  };
  if (!names_in_order_) std::sort(by_name.begin(), by_name.end(), name_less);
  std::vector<NodeIndex> name_ranks(names_.size());
  for (NodeIndex i = 0; i < by_name.size(); ++i) name_ranks[by_name[i]] = i;
  const auto path_less = [&](NodeIndex a, NodeIndex b) {
    const StringId* left = level_values_.data() + a * level_count;
    const StringId* right = level_values_.data() + b * level_count;
    for (std::size_t level = 0; level < level_count; ++level) {
      if (left[level] == kNoLabel && right[level] == kNoLabel) break;
      if (left[level] == right[level]) continue;
      if (left[level] == kNoLabel || right[level] == kNoLabel) return right[level] == kNoLabel;
      // Equal texts may have two numbers: names are not looked up.
      const int compared = strings_.text(left[level]).compare(strings_.text(right[level]));
      if (compared != 0) return compared < 0;
    }
    return name_ranks[a] < name_ranks[b];
  };
  if (!std::is_sorted(order.begin(), order.end(), path_less)) std::sort(order.begin(), order.end(), path_less);
  return order;
}

absl::Status NodeColumns::Finish(ClusterData& data) && {
  const std::size_t nodes = names_.size();
  const std::size_t levels = data.levels.size();
  std::vector<NodeIndex> by_name;
  const std::vector<NodeIndex> order = Order(levels, by_name);
  for (std::size_t i = 1; !names_in_order_ && i < nodes; ++i) {
    const std::string& name = strings_.text(names_[by_name[i]]);
    if (name == strings_.text(names_[by_name[i - 1]])) {
      return absl::InvalidArgumentError(absl::StrCat("two nodes have the name ", name));
    }
  }
  ResourceOf("pods", 0);
  data.resources = resources_;
  std::sort(data.resources.begin(), data.resources.end());
  std::vector<std::size_t> columns(resources_.size());
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    columns[i] = static_cast<std::size_t>(
        std::lower_bound(data.resources.begin(), data.resources.end(), resources_[i]) - data.resources.begin());
    if (resources_[i] == "pods") data.pods_resource = columns[i];
  }
  const std::size_t width = resources_.size();
  data.allocatable.assign(nodes * width, 0);
  data.free.assign(nodes * width, 0);
  data.node_domains.resize(nodes * levels);
  data.by_name.resize(nodes);
  data.first_labels.reserve(nodes + 1);
  data.first_labels.push_back(0);
  data.labels.reserve(labels_.size());
  data.names.reserve(nodes);
  data.input_positions.reserve(nodes);
  data.usable.reserve(nodes);
  data.taint_lists.reserve(nodes);
  std::vector<NodeIndex> place(nodes);
  for (NodeIndex to = 0; to < nodes; ++to) {
    const NodeIndex from = order[to];
    place[from] = to;
    data.names.push_back(names_[from]);
    data.input_positions.push_back(from);
    data.usable.push_back(usable_[from]);
    data.taint_lists.push_back(taint_lists_[from]);
    data.labels.insert(data.labels.end(), labels_.begin() + first_labels_[from],
                       labels_.begin() + first_labels_[from + 1]);
    data.first_labels.push_back(static_cast<std::uint32_t>(data.labels.size()));
    std::copy_n(level_values_.begin() + static_cast<std::ptrdiff_t>(from * levels), levels,
                data.node_domains.begin() + static_cast<std::ptrdiff_t>(to * levels));
    data.allocatable[to * width + data.pods_resource] = kUnboundedSlots;
    data.free[to * width + data.pods_resource] = kUnboundedSlots;
    for (std::uint32_t i = first_amounts_[from]; i < first_amounts_[from + 1]; ++i) {
      const Amount& amount = amounts_[i];
      const std::size_t cell = to * width + columns[amount.resource];
      const bool stated = amount.allocatable > 0 || amount.used < 0 || columns[amount.resource] != data.pods_resource;
      if (stated) data.allocatable[cell] = amount.allocatable;
      data.free[cell] = data.allocatable[cell] - std::max<std::int64_t>(amount.used, 0);
    }
  }
  for (std::size_t i = 0; i < nodes; ++i) data.by_name[i] = place[by_name[i]];
  data.taints = std::move(taints_);
  data.strings = std::move(strings_).Take();
  return absl::OkStatus();
}

}  // namespace grove::topology
