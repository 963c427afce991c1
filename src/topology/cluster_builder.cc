#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"

#include "grove/cluster.hpp"

#include "topology/cluster_data.h"
#include "topology/domain_tree.h"
#include "topology/node_columns.h"
#include "topology/string_table.h"

namespace grove {

using topology::ClusterData;
using topology::NodeColumns;
using topology::StringId;

struct ClusterBuilder::Parts {
  std::string topology_name;
  std::vector<TopologyLevel> levels;
  NodeColumns nodes;
  struct Pod {
    std::string node;
    std::uint32_t pod_class = 0;
  };
  std::vector<Pod> pods;
  std::vector<PodClass> classes;
  absl::flat_hash_map<std::size_t, std::vector<std::uint32_t>> classes_by_hash;
  absl::Status fault;  // the first one

  void Fault(const absl::Status& status) {
    if (fault.ok()) fault = status;
  }

  // Equal classes are kept once.
  std::uint32_t ClassOf(const PodClass& pod) {
    std::vector<std::uint32_t>& alike =
        classes_by_hash[absl::HashOf(pod.requests, pod.pod_namespace, pod.labels, pod.host_ports.size())];
    for (const std::uint32_t pod_class : alike) {
      if (classes[pod_class] == pod) return pod_class;
    }
    alike.push_back(static_cast<std::uint32_t>(classes.size()));
    classes.push_back(pod);
    return alike.back();
  }
};

namespace {

absl::Status Invalid(std::string_view what) {
  return absl::InvalidArgumentError(absl::string_view(what.data(), what.size()));
}

absl::Status CheckLevels(const std::vector<TopologyLevel>& levels) {
  if (levels.size() > ClusterBuilder::kMostLevels) {
    return Invalid(
        absl::StrCat("there are ", levels.size(), " levels, at most ", ClusterBuilder::kMostLevels, " are possible"));
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].key.empty()) return Invalid(absl::StrCat("level ", i, " has no node label key"));
    for (std::size_t j = 0; j < i; ++j) {
      if (levels[j].key == levels[i].key) return Invalid("two levels have the key " + levels[i].key);
      if (!levels[i].domain.empty() && levels[j].domain == levels[i].domain) {
        return Invalid("two levels have the domain " + levels[i].domain);
      }
    }
  }
  return absl::OkStatus();
}

// What running pods request leaves the free amounts.
absl::Status TakeRunning(const Cluster& cluster, const PodClass& pods, NodeIndex node, ClusterData& data) {
  const std::size_t row = node * data.resources.size();
  const auto take = [&](std::size_t resource, std::int64_t amount) {
    std::int64_t& free = data.free[row + resource];
    if (free < -ClusterBuilder::kLargestAmount + amount) return false;
    free -= amount;
    return true;
  };
  bool fits = take(data.pods_resource, 1);
  for (const auto& [name, amount] : pods.requests) {
    const auto resource = cluster.FindResource(name);
    if (resource && *resource != data.pods_resource) fits = fits && take(*resource, amount);
  }
  return fits ? absl::OkStatus()
              : Invalid(absl::StrCat("the pods of node ", std::string(cluster.node_name(node)), " sum up beyond 2^62"));
}

}  // namespace

absl::Status CheckPodClass(const PodClass& pods) {
  for (std::size_t i = 0; i < pods.requests.size(); ++i) {
    const auto& [name, amount] = pods.requests[i];
    if (amount < 0 || amount > ClusterBuilder::kLargestAmount) {
      return Invalid(absl::StrCat("the request of ", name, " is ", amount, ", must be from 0 to 2^62"));
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (pods.requests[j].first == name) return Invalid("the resource " + name + " is requested twice");
    }
  }
  for (const HostPort& port : pods.host_ports) {
    if (port.port < 1 || port.port > 65535) return Invalid(absl::StrCat("host port ", port.port, " does not exist"));
  }
  for (std::size_t i = 0; i < pods.labels.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (pods.labels[j].first == pods.labels[i].first)
        return Invalid("the pod label " + pods.labels[i].first + " is repeated");
    }
  }
  return absl::OkStatus();
}

ClusterBuilder::ClusterBuilder(std::vector<TopologyLevel> levels, std::string topology_name)
    : parts_(std::make_unique<Parts>()) {
  parts_->topology_name = std::move(topology_name);
  parts_->levels = std::move(levels);
  parts_->Fault(CheckLevels(parts_->levels));
}
ClusterBuilder::~ClusterBuilder() = default;
ClusterBuilder::ClusterBuilder(ClusterBuilder&&) noexcept = default;
ClusterBuilder& ClusterBuilder::operator=(ClusterBuilder&&) noexcept = default;

void ClusterBuilder::Reserve(std::size_t nodes) {
  parts_->nodes.Reserve(std::min(nodes, kMostNodes), parts_->levels.size());
}

void ClusterBuilder::AddNode(const NodeSpec& node) {
  if (parts_->fault.ok()) parts_->Fault(parts_->nodes.Add(node, parts_->levels));
}

void ClusterBuilder::AddPod(std::string_view node_name, const PodClass& pod) {
  Parts& parts = *parts_;
  parts.Fault(CheckPodClass(pod));
  parts.pods.push_back({.node = std::string(node_name), .pod_class = parts.ClassOf(pod)});
}

absl::StatusOr<Cluster> ClusterBuilder::Build() && {
  Parts& parts = *parts_;
  if (!parts.fault.ok()) return parts.fault;
  auto data = std::make_shared<ClusterData>();
  data->topology_name = std::move(parts.topology_name);
  data->levels = std::move(parts.levels);
  bool own_levels_known = false;
  if (absl::Status status = std::move(parts.nodes).Finish(*data, own_levels_known); !status.ok()) return status;
  topology::BuildDomains(*data, own_levels_known);
  data->most_allocatable.assign(data->resources.size(), 0);
  for (std::size_t cell = 0; cell < data->allocatable.size(); ++cell) {
    std::int64_t& most = data->most_allocatable[cell % data->resources.size()];
    most = std::max(most, data->allocatable[cell]);
  }
  data->running_classes = std::move(parts.classes);

  Cluster cluster(data);
  for (const Parts::Pod& pod : parts.pods) {
    const auto node = cluster.FindNode(pod.node);
    if (!node) return Invalid("a pod runs on the unknown node " + pod.node);
    if (absl::Status status = TakeRunning(cluster, data->running_classes[pod.pod_class], *node, *data); !status.ok()) {
      return status;
    }
    data->running_pods.push_back({.node = *node, .pod_class = pod.pod_class});
  }
  return cluster;
}

}  // namespace grove
