// Fields of a ClusterTopologyBinding (spec 01 §5).
#pragma once

#include "grove/cluster_topology_binding.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

template <>
struct FieldTable<TopologyLevel> {
  static constexpr std::string_view kName = "TopologyLevel";
  static constexpr std::tuple kRows{
      Field("domain", &TopologyLevel::domain,
            {.required = true,
             .always = true,
             .pattern = schema::Pattern::kTopologyDomain,
             .min_length = 1,
             .max_length = 63}),
      Field("key", &TopologyLevel::key,
            {.required = true,
             .always = true,
             .pattern = schema::Pattern::kTopologyLevelKey,
             .min_length = 1,
             .max_length = 63}),
  };
};

template <>
struct FieldTable<SchedulerTopologyBinding> {
  using T = SchedulerTopologyBinding;
  static constexpr std::string_view kName = "SchedulerTopologyBinding";
  static constexpr std::tuple kRows{
      Field("schedulerName", &T::scheduler_name, {.required = true, .always = true}),
      Field("topologyReference", &T::topology_reference, {.required = true, .always = true}),
  };
};

template <>
struct FieldTable<ClusterTopologyBindingSpec> {
  using T = ClusterTopologyBindingSpec;
  static constexpr std::string_view kName = "ClusterTopologyBindingSpec";
  static constexpr std::tuple kRows{
      Field("levels", &T::levels, {.required = true, .always = true, .min_items = 1}),
      Field("schedulerTopologyBindings", &T::scheduler_topology_bindings),
  };
};

template <>
struct FieldTable<SchedulerTopologyStatus> {
  using T = SchedulerTopologyStatus;
  static constexpr std::string_view kName = "SchedulerTopologyStatus";
  static constexpr std::tuple kRows{
      Field("schedulerName", &T::scheduler_name, {.required = true, .always = true}),
      Field("topologyReference", &T::topology_reference, {.required = true, .always = true}),
      Field("inSync", &T::in_sync, {.required = true, .always = true}),
      Field("schedulerBackendTopologyObservedGeneration", &T::scheduler_backend_topology_observed_generation),
      Field("message", &T::message),
  };
};

template <>
struct FieldTable<ClusterTopologyBindingStatus> {
  using T = ClusterTopologyBindingStatus;
  static constexpr std::string_view kName = "ClusterTopologyBindingStatus";
  static constexpr std::tuple kRows{
      Field("observedGeneration", &T::observed_generation),
      Field("conditions", &T::conditions),
      Field("schedulerTopologyStatuses", &T::scheduler_topology_statuses),
  };
};

template <>
struct FieldTable<ClusterTopologyBinding> {
  using T = ClusterTopologyBinding;
  static constexpr std::string_view kName = "ClusterTopologyBinding";
  static constexpr std::tuple kRows{
      Field("metadata", &T::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &T::spec, {.required = true, .always = true}),
      Field("status", &T::status),
  };
};

}  // namespace grove::fields
