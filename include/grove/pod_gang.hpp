// PodGang: which pods a scheduler must place together, how many at least, and how tightly (spec 01 §6, 05).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"

namespace grove {

// Node label keys, not names of domains.
struct GangPackConstraint {
  std::string required;
  std::string preferred;

  friend bool operator==(const GangPackConstraint&, const GangPackConstraint&) = default;
};

struct GangTopologyConstraint {
  std::optional<GangPackConstraint> pack_constraint;

  friend bool operator==(const GangTopologyConstraint&, const GangTopologyConstraint&) = default;
};

// The pods of one PodClique in the gang.
struct PodGroup {
  std::string name;
  std::vector<NamespacedName> pod_references;
  std::int32_t min_replicas = 0;
  std::optional<GangTopologyConstraint> topology_constraint;

  friend bool operator==(const PodGroup&, const PodGroup&) = default;
};

// A constraint on several pod groups of the gang together: one replica of a scaling group.
struct TopologyConstraintGroupConfig {
  std::string name;
  std::vector<std::string> pod_group_names;
  std::optional<GangTopologyConstraint> topology_constraint;

  friend bool operator==(const TopologyConstraintGroupConfig&, const TopologyConstraintGroupConfig&) = default;
};

struct PodGangSpec {
  std::vector<PodGroup> pod_groups;
  std::optional<GangTopologyConstraint> topology_constraint;
  std::vector<TopologyConstraintGroupConfig> topology_constraint_group_configs;
  std::string priority_class_name;
  std::optional<NamespacedName> reuse_reservation_ref;

  friend bool operator==(const PodGangSpec&, const PodGangSpec&) = default;
};

struct PodGangStatus {
  std::string phase;
  std::vector<Condition> conditions;
  std::optional<double> placement_score;

  friend bool operator==(const PodGangStatus&, const PodGangStatus&) = default;
};

struct PodGang {
  static constexpr std::string_view kApiVersion = "scheduler.grove.io/v1alpha1";
  static constexpr std::string_view kKind = "PodGang";

  ObjectMeta metadata;
  PodGangSpec spec;
  PodGangStatus status;

  friend bool operator==(const PodGang&, const PodGang&) = default;
};

}  // namespace grove
