// ClusterTopologyBinding: the levels of a cluster's topology, broadest first, and the node labels that carry them
// (spec 01 §5, 06).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"

namespace grove {

struct TopologyLevel {
  std::string domain;  // "zone", "rack", "host", ...
  std::string key;     // node label key

  friend bool operator==(const TopologyLevel&, const TopologyLevel&) = default;
};

// A topology object of a scheduler that somebody else manages.
struct SchedulerTopologyBinding {
  std::string scheduler_name;
  std::string topology_reference;

  friend bool operator==(const SchedulerTopologyBinding&, const SchedulerTopologyBinding&) = default;
};

struct ClusterTopologyBindingSpec {
  std::vector<TopologyLevel> levels;
  std::vector<SchedulerTopologyBinding> scheduler_topology_bindings;

  friend bool operator==(const ClusterTopologyBindingSpec&, const ClusterTopologyBindingSpec&) = default;
};

struct SchedulerTopologyStatus {
  std::string scheduler_name;
  std::string topology_reference;
  bool in_sync = false;
  std::int64_t scheduler_backend_topology_observed_generation = 0;
  std::string message;

  friend bool operator==(const SchedulerTopologyStatus&, const SchedulerTopologyStatus&) = default;
};

struct ClusterTopologyBindingStatus {
  std::int64_t observed_generation = 0;
  std::vector<Condition> conditions;
  std::vector<SchedulerTopologyStatus> scheduler_topology_statuses;

  friend bool operator==(const ClusterTopologyBindingStatus&, const ClusterTopologyBindingStatus&) = default;
};

struct ClusterTopologyBinding {
  static constexpr std::string_view kApiVersion = "grove.io/v1alpha1";
  static constexpr std::string_view kKind = "ClusterTopologyBinding";

  ObjectMeta metadata;
  ClusterTopologyBindingSpec spec;
  ClusterTopologyBindingStatus status;

  friend bool operator==(const ClusterTopologyBinding&, const ClusterTopologyBinding&) = default;
};

}  // namespace grove
