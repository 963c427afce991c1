#include "grove/cluster.hpp"

#include <algorithm>

#include "topology/cluster_data.h"
#include "topology/node_admission.h"

namespace grove {

std::string_view Cluster::topology_name() const { return data_->topology_name; }
std::span<const TopologyLevel> Cluster::levels() const { return data_->levels; }

std::optional<std::size_t> Cluster::FindLevel(std::string_view key_or_domain) const {
  const auto& levels = data_->levels;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].key == key_or_domain) return i;
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].domain == key_or_domain) return i;
  }
  return std::nullopt;
}

std::size_t Cluster::node_count() const { return data_->node_count(); }
std::string_view Cluster::node_name(NodeIndex node) const { return data_->strings[data_->nodes[node].name]; }
std::uint32_t Cluster::input_position(NodeIndex node) const {
  return data_->input_positions.empty() ? node : data_->input_positions[node];
}

std::optional<NodeIndex> Cluster::FindNode(std::string_view name) const {
  const auto ranked = [this](std::size_t rank) {
    return data_->by_name.empty() ? static_cast<NodeIndex>(rank) : data_->by_name[rank];
  };
  std::size_t first = 0;
  for (std::size_t count = node_count(); count > 0;) {
    const std::size_t half = count / 2;
    if (node_name(ranked(first + half)) < name) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  if (first == node_count() || node_name(ranked(first)) != name) return std::nullopt;
  return ranked(first);
}

std::optional<std::string_view> Cluster::node_label(NodeIndex node, std::string_view key) const {
  const topology::NodeRow& row = data_->nodes[node];
  const std::vector<topology::StringId>& keys = data_->label_keys[row.label_list];
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (data_->strings[keys[i]] == key) return data_->strings[data_->label_values[row.first_label + i]];
  }
  return std::nullopt;
}

std::span<const Taint> Cluster::node_taints(NodeIndex node) const {
  return data_->taints[data_->nodes[node].taint_list];
}
bool Cluster::has_taints() const { return data_->taints.size() > 1; }  // the first list is empty
bool Cluster::node_usable(NodeIndex node) const { return data_->nodes[node].usable; }

std::span<const std::string> Cluster::resources() const { return data_->resources; }

std::optional<std::size_t> Cluster::FindResource(std::string_view name) const {
  const auto& resources = data_->resources;
  const auto found = std::lower_bound(resources.begin(), resources.end(), name);
  if (found == resources.end() || *found != name) return std::nullopt;
  return static_cast<std::size_t>(found - resources.begin());
}

std::span<const std::int64_t> Cluster::allocatable(NodeIndex node) const {
  const std::size_t width = data_->resources.size();
  return std::span(data_->allocatable).subspan(data_->nodes[node].allocatable_row * width, width);
}

std::span<const std::int64_t> Cluster::free(NodeIndex node) const {
  const std::size_t width = data_->resources.size();
  return std::span(data_->free).subspan(node * width, width);
}

std::span<const std::int64_t> Cluster::most_allocatable() const { return data_->most_allocatable; }

std::span<const DomainIndex> Cluster::domains_of(NodeIndex node) const {
  const std::size_t levels = data_->levels.size();
  return std::span(data_->node_domains).subspan(node * levels, levels);
}

std::span<const Domain> Cluster::domains() const { return data_->domains; }

DomainIndex Cluster::domain_of(NodeIndex node, std::size_t level) const {
  return data_->node_domains[node * data_->levels.size() + level];
}

std::string Cluster::domain_name(DomainIndex domain) const {
  if (domain == 0) return "cluster";
  if (data_->domains[domain].stands_alone) return std::string(node_name(data_->domains[domain].first_node));
  std::string name;
  for (DomainIndex at = domain; at != 0; at = data_->domains[at].parent) {
    const std::string value(data_->strings[data_->domains[at].label]);
    name = name.empty() ? value : value + "/" + name;
  }
  return name;
}

std::span<const RunningPod> Cluster::running_pods() const { return data_->running_pods; }
std::span<const PodClass> Cluster::running_classes() const { return data_->running_classes; }

bool Cluster::Admits(NodeIndex node, const PodClass& pods) const {
  return node_usable(node) && topology::AdmitsByLabels(*this, node, pods) &&
         topology::ToleratesTaints(*this, node, pods);
}

std::size_t Cluster::memory_bytes() const {
  const auto bytes = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
  const topology::ClusterData& data = *data_;
  std::size_t total = data.strings.bytes() + bytes(data.nodes) + bytes(data.input_positions) + bytes(data.allocatable) +
                      bytes(data.free) + bytes(data.node_domains) + bytes(data.by_name) + bytes(data.label_values) +
                      bytes(data.label_keys) + bytes(data.domains) + bytes(data.running_pods) +
                      bytes(data.running_classes);
  for (const auto& keys : data.label_keys) total += bytes(keys);
  return total;
}

}  // namespace grove
