// Fields of a PodClique (spec 01 §3).
#pragma once

#include "grove/pod_clique.hpp"

#include "model/fields/field_table.h"
#include "model/fields/object_meta.h"
#include "model/fields/pod_clique_set.h"

namespace grove::fields {

template <>
struct FieldTable<PodsSelectedToUpdate> {
  static constexpr std::string_view kName = "PodsSelectedToUpdate";
  static constexpr std::tuple kRows{
      Field("current", &PodsSelectedToUpdate::current, {.required = true, .always = true}),
      Field("completed", &PodsSelectedToUpdate::completed),
  };
};

template <>
struct FieldTable<PodCliqueUpdateProgress> {
  using T = PodCliqueUpdateProgress;
  static constexpr std::string_view kName = "PodCliqueUpdateProgress";
  static constexpr std::tuple kRows{
      Field("updateStartedAt", &T::update_started_at),
      Field("updateEndedAt", &T::update_ended_at),
      Field("podCliqueSetGenerationHash", &T::pod_clique_set_generation_hash, {.required = true, .always = true}),
      Field("podTemplateHash", &T::pod_template_hash, {.required = true, .always = true}),
      Field("readyPodsSelectedToUpdate", &T::ready_pods_selected_to_update),
  };
};

template <>
struct FieldTable<PodCliqueStatus> {
  using T = PodCliqueStatus;
  static constexpr Rules kCount{.required = true, .always = true, .default_json = "0"};
  static constexpr std::string_view kName = "PodCliqueStatus";
  static constexpr std::tuple kRows{
      Field("observedGeneration", &T::observed_generation),
      Field("lastErrors", &T::last_errors),
      Field("replicas", &T::replicas),
      Field("readyReplicas", &T::ready_replicas, kCount),
      Field("updatedReplicas", &T::updated_replicas, kCount),
      Field("scheduleGatedReplicas", &T::schedule_gated_replicas, kCount),
      Field("scheduledReplicas", &T::scheduled_replicas, kCount),
      Field("hpaPodSelector", &T::hpa_pod_selector),
      Field("conditions", &T::conditions),
      Field("currentPodCliqueSetGenerationHash", &T::current_pod_clique_set_generation_hash),
      Field("currentPodTemplateHash", &T::current_pod_template_hash),
      Field("updateProgress", &T::update_progress),
  };
};

template <>
struct FieldTable<PodClique> {
  static constexpr std::string_view kName = "PodClique";
  static constexpr std::tuple kRows{
      Field("metadata", &PodClique::metadata, {.always = true, .type = &schema::kubernetes::kObjectMeta}),
      Field("spec", &PodClique::spec, {.required = true, .always = true}),
      Field("status", &PodClique::status),
  };
};

}  // namespace grove::fields
