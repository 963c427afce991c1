// Fields of a PodCliqueScalingGroup (spec 01 §4).
#pragma once

#include "grove/pod_clique_scaling_group.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::fields {

template <>
struct FieldTable<PodCliqueScalingGroupSpec> {
  using T = PodCliqueScalingGroupSpec;
  static constexpr std::string_view kName = "PodCliqueScalingGroupSpec";
  static constexpr std::tuple kRows{
      Field("replicas", &T::replicas, {.required = true, .always = true, .default_json = "1"}),
      Field("minAvailable", &T::min_available, {.default_json = "1"}),
      Field("cliqueNames", &T::clique_names, {.required = true, .always = true, .nil_when_absent = true}),
  };
};

template <>
struct FieldTable<ReplicaIndicesSelectedToUpdate> {
  using T = ReplicaIndicesSelectedToUpdate;
  static constexpr std::string_view kName = "ReplicaIndicesSelectedToUpdate";
  static constexpr std::tuple kRows{
      Field("current", &T::current, {.required = true, .always = true}),
      Field("completed", &T::completed),
  };
};

template <>
struct FieldTable<PodCliqueScalingGroupUpdateProgress> {
  using T = PodCliqueScalingGroupUpdateProgress;
  // Go leaves a zero out, and the structural default puts it back: a stored count is always there.
  static constexpr std::string_view kName = "PodCliqueScalingGroupUpdateProgress";
  static constexpr std::tuple kRows{
      Field("updateStartedAt", &T::update_started_at, {.required = true}),
      Field("updateEndedAt", &T::update_ended_at),
      Field("podCliqueSetGenerationHash", &T::pod_clique_set_generation_hash, {.required = true, .always = true}),
      Field("updatedPodCliquesCount", &T::updated_pod_cliques_count, {.always = true, .default_json = "0"}),
      Field("totalPodCliquesCount", &T::total_pod_cliques_count, {.always = true, .default_json = "0"}),
      Field("readyReplicaIndicesSelectedToUpdate", &T::ready_replica_indices_selected_to_update),
  };
};

template <>
struct FieldTable<PodCliqueScalingGroupStatus> {
  using T = PodCliqueScalingGroupStatus;
  static constexpr Rules kCount{.required = true, .always = true, .default_json = "0"};
  static constexpr std::string_view kName = "PodCliqueScalingGroupStatus";
  static constexpr std::tuple kRows{
      Field("replicas", &T::replicas),
      Field("scheduledReplicas", &T::scheduled_replicas, kCount),
      Field("availableReplicas", &T::available_replicas, kCount),
      Field("updatedReplicas", &T::updated_replicas, kCount),
      Field("selector", &T::selector),
      Field("observedGeneration", &T::observed_generation),
      Field("lastErrors", &T::last_errors),
      Field("conditions", &T::conditions),
      Field("currentPodCliqueSetGenerationHash", &T::current_pod_clique_set_generation_hash),
      Field("updateProgress", &T::update_progress),
  };
};

template <>
struct FieldTable<PodCliqueScalingGroup> {
  using T = PodCliqueScalingGroup;
  static constexpr std::string_view kName = "PodCliqueScalingGroup";
  static constexpr std::tuple kRows{
      Field("metadata", &T::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &T::spec, {.required = true, .always = true}),
      Field("status", &T::status),
  };
};

}  // namespace grove::fields
