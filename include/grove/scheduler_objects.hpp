// The objects that PodGangs and topologies become for a scheduler (spec 06 §4, 07).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/value.hpp"

namespace grove {

// An object that a backend makes of a PodGang, of whatever kind its scheduler reads.
struct SchedulerObject {
  std::string api_version;
  std::string kind;
  ObjectMeta metadata;  // as in the document
  Value document;       // the whole object

  friend bool operator==(const SchedulerObject&, const SchedulerObject&) = default;
};

// KAI's constraint on a pod group or a part of it.
struct KaiTopologyConstraint {
  std::string topology;
  std::string required_topology_level;
  std::string preferred_topology_level;

  friend bool operator==(const KaiTopologyConstraint&, const KaiTopologyConstraint&) = default;
};

struct KaiSubGroup {
  std::string name;
  std::optional<std::int32_t> min_member;
  std::optional<std::int32_t> min_sub_group;
  std::optional<std::string> parent;
  std::optional<KaiTopologyConstraint> topology_constraint;

  friend bool operator==(const KaiSubGroup&, const KaiSubGroup&) = default;
};

struct KaiPodGroupSpec {
  std::optional<std::int32_t> min_member;
  std::string queue;
  std::string priority_class_name;
  KaiTopologyConstraint topology_constraint;
  std::vector<KaiSubGroup> sub_groups;

  friend bool operator==(const KaiPodGroupSpec&, const KaiPodGroupSpec&) = default;
};

// PodGroup of the KAI scheduler.
struct KaiPodGroup {
  static constexpr std::string_view kApiVersion = "scheduling.run.ai/v2alpha2";
  static constexpr std::string_view kKind = "PodGroup";

  ObjectMeta metadata;
  KaiPodGroupSpec spec;

  friend bool operator==(const KaiPodGroup&, const KaiPodGroup&) = default;
};

struct KaiTopologyLevel {
  std::string node_label;

  friend bool operator==(const KaiTopologyLevel&, const KaiTopologyLevel&) = default;
};

struct KaiTopologySpec {
  std::vector<KaiTopologyLevel> levels;

  friend bool operator==(const KaiTopologySpec&, const KaiTopologySpec&) = default;
};

// Topology of the KAI scheduler.
struct KaiTopology {
  static constexpr std::string_view kApiVersion = "kai.scheduler/v1alpha1";
  static constexpr std::string_view kKind = "Topology";

  ObjectMeta metadata;
  KaiTopologySpec spec;

  friend bool operator==(const KaiTopology&, const KaiTopology&) = default;
};

struct VolcanoLabelSelector {
  StringMap match_labels;

  friend bool operator==(const VolcanoLabelSelector&, const VolcanoLabelSelector&) = default;
};

struct VolcanoSubGroupPolicy {
  std::string name;
  VolcanoLabelSelector label_selector;
  std::vector<std::string> match_label_keys;
  std::optional<std::int32_t> sub_group_size;
  std::optional<std::int32_t> min_sub_groups;

  friend bool operator==(const VolcanoSubGroupPolicy&, const VolcanoSubGroupPolicy&) = default;
};

struct VolcanoPodGroupSpec {
  std::int32_t min_member = 0;
  std::string queue;
  std::string priority_class_name;
  std::vector<VolcanoSubGroupPolicy> sub_group_policy;

  friend bool operator==(const VolcanoPodGroupSpec&, const VolcanoPodGroupSpec&) = default;
};

// PodGroup of the Volcano scheduler.
struct VolcanoPodGroup {
  static constexpr std::string_view kApiVersion = "scheduling.volcano.sh/v1beta1";
  static constexpr std::string_view kKind = "PodGroup";

  ObjectMeta metadata;
  VolcanoPodGroupSpec spec;

  friend bool operator==(const VolcanoPodGroup&, const VolcanoPodGroup&) = default;
};

}  // namespace grove
