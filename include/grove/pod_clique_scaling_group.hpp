// PodCliqueScalingGroup: cliques that are scaled together, a replica being one of each (spec 01 §4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/object_meta.hpp"

namespace grove {

struct PodCliqueScalingGroupSpec {
  std::int32_t replicas = 0;
  std::optional<std::int32_t> min_available;
  std::vector<std::string> clique_names;

  friend bool operator==(const PodCliqueScalingGroupSpec&, const PodCliqueScalingGroupSpec&) = default;
};

struct ReplicaIndicesSelectedToUpdate {
  std::int32_t current = 0;
  std::vector<std::int32_t> completed;

  friend bool operator==(const ReplicaIndicesSelectedToUpdate&, const ReplicaIndicesSelectedToUpdate&) = default;
};

struct PodCliqueScalingGroupUpdateProgress {
  std::optional<Time> update_started_at;
  std::optional<Time> update_ended_at;
  std::string pod_clique_set_generation_hash;
  std::int32_t updated_pod_cliques_count = 0;
  std::int32_t total_pod_cliques_count = 0;
  std::optional<ReplicaIndicesSelectedToUpdate> ready_replica_indices_selected_to_update;

  friend bool operator==(const PodCliqueScalingGroupUpdateProgress&,
                         const PodCliqueScalingGroupUpdateProgress&) = default;
};

struct PodCliqueScalingGroupStatus {
  std::int32_t replicas = 0;
  std::int32_t scheduled_replicas = 0;
  std::int32_t available_replicas = 0;
  std::int32_t updated_replicas = 0;
  std::optional<std::string> selector;
  std::optional<std::int64_t> observed_generation;
  std::vector<LastError> last_errors;
  std::vector<Condition> conditions;
  std::optional<std::string> current_pod_clique_set_generation_hash;
  std::optional<PodCliqueScalingGroupUpdateProgress> update_progress;

  friend bool operator==(const PodCliqueScalingGroupStatus&, const PodCliqueScalingGroupStatus&) = default;
};

struct PodCliqueScalingGroup {
  static constexpr std::string_view kApiVersion = "grove.io/v1alpha1";
  static constexpr std::string_view kKind = "PodCliqueScalingGroup";

  ObjectMeta metadata;
  PodCliqueScalingGroupSpec spec;
  PodCliqueScalingGroupStatus status;

  friend bool operator==(const PodCliqueScalingGroup&, const PodCliqueScalingGroup&) = default;
};

}  // namespace grove
