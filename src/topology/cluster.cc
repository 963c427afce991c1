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
std::string_view Cluster::node_name(NodeIndex node) const { return data_->strings[data_->names[node]]; }
std::uint32_t Cluster::input_position(NodeIndex node) const { return data_->input_positions[node]; }

std::optional<NodeIndex> Cluster::FindNode(std::string_view name) const {
  const auto& by_name = data_->by_name;
  const auto found = std::lower_bound(by_name.begin(), by_name.end(), name,
                                      [this](NodeIndex node, std::string_view key) { return node_name(node) < key; });
  if (found == by_name.end() || node_name(*found) != name) return std::nullopt;
  return *found;
}

std::optional<std::string_view> Cluster::node_label(NodeIndex node, std::string_view key) const {
  for (std::uint32_t i = data_->first_labels[node]; i < data_->first_labels[node + 1]; ++i) {
    const auto [label_key, value] = data_->labels[i];
    if (data_->strings[label_key] == key) return data_->strings[value];
  }
  return std::nullopt;
}

std::span<const Taint> Cluster::node_taints(NodeIndex node) const { return data_->taints[data_->taint_lists[node]]; }
bool Cluster::node_usable(NodeIndex node) const { return data_->usable[node] != 0; }

std::span<const std::string> Cluster::resources() const { return data_->resources; }

std::optional<std::size_t> Cluster::FindResource(std::string_view name) const {
  const auto& resources = data_->resources;
  const auto found = std::lower_bound(resources.begin(), resources.end(), name);
  if (found == resources.end() || *found != name) return std::nullopt;
  return static_cast<std::size_t>(found - resources.begin());
}

std::span<const std::int64_t> Cluster::allocatable(NodeIndex node) const {
  const std::size_t width = data_->resources.size();
  return std::span(data_->allocatable).subspan(node * width, width);
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
    const std::string& value = data_->strings[data_->domains[at].label];
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
  std::size_t total = bytes(data.strings) + bytes(data.names) + bytes(data.input_positions) + bytes(data.usable) +
                      bytes(data.taint_lists) + bytes(data.first_labels) + bytes(data.allocatable) + bytes(data.free) +
                      bytes(data.node_domains) + bytes(data.by_name) + bytes(data.labels) + bytes(data.domains) +
                      bytes(data.running_pods) + bytes(data.running_classes);
  const std::size_t inside = std::string().capacity();
  for (const std::string& text : data.strings) total += text.capacity() > inside ? text.capacity() + 1 : 0;
  return total;
}

}  // namespace grove
