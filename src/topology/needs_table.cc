#include "topology/needs_table.h"

#include <algorithm>

#include "absl/hash/hash.h"

#include "topology/node_admission.h"

namespace grove::topology {
namespace {

bool SelectAlike(const PodClass& a, const PodClass& b) {
  return a.requests == b.requests && a.node_selector == b.node_selector && a.node_affinity == b.node_affinity &&
         a.tolerations == b.tolerations && a.host_ports == b.host_ports;
}

// Only for finding candidates; no order depends on it.
std::size_t HashOf(const PodClass& pods) {
  return absl::HashOf(pods.requests, pods.node_selector, pods.node_affinity.size(), pods.tolerations.size(),
                      pods.host_ports.size());
}

}  // namespace

NeedsTable::NeedsTable(const Cluster& cluster)
    : largest_(cluster.resources().size(), 0), pods_resource_(*cluster.FindResource("pods")), columns_(1) {
  const auto most = cluster.most_allocatable();
  largest_.assign(most.begin(), most.end());
}

void NeedsTable::Clear() {
  needs_.clear();
  classes_.clear();
  by_hash_.clear();
  columns_.resize(1);
  covers_.clear();
}

std::uint32_t NeedsTable::Add(const Cluster& cluster, const PodClass& pods, bool one_per_node) {
  std::vector<std::uint32_t>& candidates = by_hash_[HashOf(pods)];
  for (const std::uint32_t entry : candidates) {
    if (needs_[entry].one_per_node == one_per_node && SelectAlike(classes_[entry], pods)) return entry;
  }
  const auto entry = static_cast<std::uint32_t>(needs_.size());
  candidates.push_back(entry);
  PodClass& kept = classes_.emplace_back();
  kept.requests = pods.requests;
  kept.node_selector = pods.node_selector;
  kept.node_affinity = pods.node_affinity;
  kept.tolerations = pods.tolerations;
  kept.host_ports = pods.host_ports;
  ClassNeeds& needs = needs_.emplace_back();
  needs.one_per_node = one_per_node;
  needs.requests.assign(largest_.size(), 0);
  for (const auto& [name, amount] : pods.requests) {
    if (amount == 0 || name == "pods") continue;
    const auto resource = cluster.FindResource(name);
    needs.impossible = needs.impossible || !resource;
    if (resource) needs.requests[*resource] = amount;
  }
  needs.requests[pods_resource_] = 1;
  const auto share = [&](std::size_t r) {
    return largest_[r] == 0 ? 0.0 : static_cast<double>(needs.requests[r]) / static_cast<double>(largest_[r]);
  };
  needs.asked.reserve(largest_.size() -
                      static_cast<std::size_t>(std::count(needs.requests.begin(), needs.requests.end(), 0)));
  for (std::size_t r = 0; r < largest_.size(); ++r) {
    const std::int64_t request = needs.requests[r];
    if (request == 0) continue;
    needs.asked.push_back(
        {.resource = static_cast<std::uint32_t>(r), .amount = request, .inverse = 1.0 / static_cast<double>(request)});
    needs.share = std::max(needs.share, share(r));
  }
  std::sort(needs.asked.begin(), needs.asked.end(), [&](const auto& a, const auto& b) {
    const double left = share(a.resource);
    const double right = share(b.resource);
    return left != right ? left > right : a.resource < b.resource;
  });
  needs.column = ColumnOf(cluster, pods);
  return entry;
}

std::uint32_t NeedsTable::ColumnOf(const Cluster& cluster, const PodClass& pods) {
  const auto nodes = static_cast<NodeIndex>(cluster.node_count());
  const bool any_labels = AdmitsAnyLabels(pods);
  if (any_labels && !cluster.has_taints()) return kEverywhere;
  std::vector<std::uint8_t> column;  // empty as long as every node admits
  for (NodeIndex node = 0; node < nodes; ++node) {
    const bool admits = (any_labels && cluster.node_taints(node).empty()) ||
                        (AdmitsByLabels(cluster, node, pods) && ToleratesTaints(cluster, node, pods));
    if (admits) continue;
    if (column.empty()) column.assign(nodes, 1);
    column[node] = 0;
  }
  const auto same = std::ranges::find(columns_, column);
  if (same != columns_.end()) return static_cast<std::uint32_t>(same - columns_.begin());
  columns_.push_back(std::move(column));
  return static_cast<std::uint32_t>(columns_.size() - 1);
}

bool NeedsTable::Covers(std::uint32_t outer, std::uint32_t inner) {
  if (outer == inner || outer == kEverywhere) return true;
  if (inner == kEverywhere) return false;  // a column of its own excludes some node
  const auto [at, is_new] = covers_.try_emplace(std::pair(outer, inner), true);
  if (is_new) {
    for (std::size_t i = 0; i < columns_[outer].size() && at->second; ++i) {
      at->second = columns_[inner][i] == 0 || columns_[outer][i] != 0;
    }
  }
  return at->second;
}

}  // namespace grove::topology
