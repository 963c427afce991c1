// PodClique: a group of identical pods in one role (spec 01 §3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"
#include "grove/pod_clique_set.hpp"

namespace grove {

struct PodsSelectedToUpdate {
  std::string current;
  std::vector<std::string> completed;

  friend bool operator==(const PodsSelectedToUpdate&, const PodsSelectedToUpdate&) = default;
};

struct PodCliqueUpdateProgress {
  std::optional<Time> update_started_at;
  std::optional<Time> update_ended_at;
  std::string pod_clique_set_generation_hash;
  std::string pod_template_hash;
  std::optional<PodsSelectedToUpdate> ready_pods_selected_to_update;

  friend bool operator==(const PodCliqueUpdateProgress&, const PodCliqueUpdateProgress&) = default;
};

struct PodCliqueStatus {
  std::optional<std::int64_t> observed_generation;
  std::vector<LastError> last_errors;
  std::int32_t replicas = 0;  // pods that are not terminating
  std::int32_t ready_replicas = 0;
  std::int32_t updated_replicas = 0;
  std::int32_t schedule_gated_replicas = 0;
  std::int32_t scheduled_replicas = 0;
  std::optional<std::string> hpa_pod_selector;  // only of a clique that no scaling group contains
  std::vector<Condition> conditions;
  std::optional<std::string> current_pod_clique_set_generation_hash;
  std::optional<std::string> current_pod_template_hash;
  std::optional<PodCliqueUpdateProgress> update_progress;

  friend bool operator==(const PodCliqueStatus&, const PodCliqueStatus&) = default;
};

struct PodClique {
  static constexpr std::string_view kApiVersion = "grove.io/v1alpha1";
  static constexpr std::string_view kKind = "PodClique";

  ObjectMeta metadata;
  PodCliqueSpec spec;
  PodCliqueStatus status;

  friend bool operator==(const PodClique&, const PodClique&) = default;
};

}  // namespace grove
