// Fields of a PodGang (spec 01 §6).
#pragma once

#include "grove/pod_gang.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

template <>
struct FieldTable<GangPackConstraint> {
  static constexpr std::string_view kName = "TopologyPackConstraint";
  static constexpr std::tuple kRows{
      Field("required", &GangPackConstraint::required),
      Field("preferred", &GangPackConstraint::preferred),
  };
};

template <>
struct FieldTable<GangTopologyConstraint> {
  static constexpr std::string_view kName = "TopologyConstraint";
  static constexpr std::tuple kRows{
      Field("packConstraint", &GangTopologyConstraint::pack_constraint),
  };
};

template <>
struct FieldTable<PodGroup> {
  static constexpr std::string_view kName = "PodGroup";
  static constexpr std::tuple kRows{
      Field("name", &PodGroup::name, {.required = true, .always = true}),
      Field("podReferences", &PodGroup::pod_references, {.required = true, .always = true}),
      Field("minReplicas", &PodGroup::min_replicas, {.required = true, .always = true}),
      Field("topologyConstraint", &PodGroup::topology_constraint),
  };
};

template <>
struct FieldTable<TopologyConstraintGroupConfig> {
  using T = TopologyConstraintGroupConfig;
  static constexpr std::string_view kName = "TopologyConstraintGroupConfig";
  static constexpr std::tuple kRows{
      Field("name", &T::name, {.required = true, .always = true}),
      Field("podGroupNames", &T::pod_group_names, {.required = true, .always = true}),
      Field("topologyConstraint", &T::topology_constraint),
  };
};

template <>
struct FieldTable<PodGangSpec> {
  static constexpr std::string_view kName = "PodGangSpec";
  static constexpr std::tuple kRows{
      Field("podgroups", &PodGangSpec::pod_groups, {.required = true, .always = true}),
      Field("topologyConstraint", &PodGangSpec::topology_constraint),
      Field("topologyConstraintGroupConfigs", &PodGangSpec::topology_constraint_group_configs),
      Field("priorityClassName", &PodGangSpec::priority_class_name),
      Field("reuseReservationRef", &PodGangSpec::reuse_reservation_ref),
  };
};

template <>
struct FieldTable<PodGangStatus> {
  static constexpr std::string_view kName = "PodGangStatus";
  static constexpr std::tuple kRows{
      Field("phase", &PodGangStatus::phase, {.required = true, .always = true}),
      Field("conditions", &PodGangStatus::conditions),
      Field("placementScore", &PodGangStatus::placement_score),
  };
};

template <>
struct FieldTable<PodGang> {
  static constexpr std::string_view kName = "PodGang";
  static constexpr std::tuple kRows{
      Field("metadata", &PodGang::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &PodGang::spec, {.required = true, .always = true}),
      Field("status", &PodGang::status),
  };
};

}  // namespace grove::fields
