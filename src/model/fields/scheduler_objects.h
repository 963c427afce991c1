// Fields of the objects that scheduler backends read (spec 07).
#pragma once

#include "grove/scheduler_objects.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

template <>
struct FieldTable<KaiTopologyConstraint> {
  using T = KaiTopologyConstraint;
  static constexpr std::string_view kName = "TopologyConstraint";
  static constexpr std::tuple kRows{
      Field("topology", &T::topology),
      Field("requiredTopologyLevel", &T::required_topology_level),
      Field("preferredTopologyLevel", &T::preferred_topology_level),
  };
};

template <>
struct FieldTable<KaiSubGroup> {
  static constexpr std::string_view kName = "SubGroup";
  static constexpr std::tuple kRows{
      Field("name", &KaiSubGroup::name, {.required = true, .always = true}),
      Field("minMember", &KaiSubGroup::min_member),
      Field("minSubGroup", &KaiSubGroup::min_sub_group),
      Field("parent", &KaiSubGroup::parent),
      Field("topologyConstraint", &KaiSubGroup::topology_constraint),
  };
};

template <>
struct FieldTable<KaiPodGroupSpec> {
  static constexpr std::string_view kName = "PodGroupSpec";
  static constexpr std::tuple kRows{
      Field("minMember", &KaiPodGroupSpec::min_member),
      Field("queue", &KaiPodGroupSpec::queue),
      Field("priorityClassName", &KaiPodGroupSpec::priority_class_name),
      Field("topologyConstraint", &KaiPodGroupSpec::topology_constraint, {.always = true}),
      Field("subGroups", &KaiPodGroupSpec::sub_groups),
  };
};

template <>
struct FieldTable<KaiPodGroup> {
  static constexpr std::string_view kName = "PodGroup";
  static constexpr std::tuple kRows{
      Field("metadata", &KaiPodGroup::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &KaiPodGroup::spec, {.always = true}),
  };
};

template <>
struct FieldTable<KaiTopologyLevel> {
  static constexpr std::string_view kName = "TopologyLevel";
  static constexpr std::tuple kRows{
      Field("nodeLabel", &KaiTopologyLevel::node_label, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<KaiTopologySpec> {
  static constexpr std::string_view kName = "TopologySpec";
  static constexpr std::tuple kRows{
      Field("levels", &KaiTopologySpec::levels, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<KaiTopology> {
  static constexpr std::string_view kName = "Topology";
  static constexpr std::tuple kRows{
      Field("metadata", &KaiTopology::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &KaiTopology::spec, {.always = true}),
  };
};

template <>
struct FieldTable<VolcanoLabelSelector> {
  static constexpr std::string_view kName = "LabelSelector";
  static constexpr std::tuple kRows{
      Field("matchLabels", &VolcanoLabelSelector::match_labels),
  };
};

template <>
struct FieldTable<VolcanoSubGroupPolicy> {
  using T = VolcanoSubGroupPolicy;
  static constexpr std::string_view kName = "SubGroupPolicySpec";
  static constexpr std::tuple kRows{
      Field("name", &T::name, {.required = true, .always = true}),
      Field("labelSelector", &T::label_selector),
      Field("matchLabelKeys", &T::match_label_keys),
      Field("subGroupSize", &T::sub_group_size),
      Field("minSubGroups", &T::min_sub_groups),
  };
};

template <>
struct FieldTable<VolcanoPodGroupSpec> {
  using T = VolcanoPodGroupSpec;
  static constexpr std::string_view kName = "PodGroupSpec";
  static constexpr std::tuple kRows{
      Field("minMember", &T::min_member),
      Field("queue", &T::queue),
      Field("priorityClassName", &T::priority_class_name),
      Field("subGroupPolicy", &T::sub_group_policy),
  };
};

template <>
struct FieldTable<VolcanoPodGroup> {
  static constexpr std::string_view kName = "PodGroup";
  static constexpr std::tuple kRows{
      Field("metadata", &VolcanoPodGroup::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &VolcanoPodGroup::spec, {.always = true}),
  };
};

}  // namespace grove::fields
