#include "planner/status/pod_clique_status.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_state.h"
#include "planner/status/selectors.h"

namespace grove::planner {
namespace {

std::int32_t CountUpdated(std::span<const Pod* const> pods, std::string_view expected) {
  return static_cast<std::int32_t>(std::ranges::count_if(
      pods, [expected](const Pod* pod) { return pod->metadata.labels.Get(keys::kPodTemplateHash) == expected; }));
}

// The hash that counts as updated: that of the update record, else the label's, else the current one.
std::string_view UpdatedHash(const PodClique& clique) {
  if (clique.status.update_progress.has_value()) return clique.status.update_progress->pod_template_hash;
  const std::string_view label = clique.metadata.labels.Get(keys::kPodTemplateHash);
  if (!label.empty()) return label;
  const auto& current = clique.status.current_pod_template_hash;
  return current.has_value() ? std::string_view{*current} : std::string_view{};
}

// The table of current hashes in spec 09 §3.1.
absl::Status AdvanceHashes(const PodClique& clique, const ExpectedHashes& hashes, PodCliqueStatus& status) {
  const auto& progress = status.update_progress;
  if (progress.has_value() && !progress->update_ended_at.has_value()) return absl::OkStatus();
  if (status.updated_replicas != status.replicas) return absl::OkStatus();
  if (progress.has_value()) {
    status.current_pod_template_hash = progress->pod_template_hash;
    status.current_pod_clique_set_generation_hash = progress->pod_clique_set_generation_hash;
    return absl::OkStatus();
  }
  const std::string* expected = hashes.Find(clique);
  if (expected == nullptr) {
    return absl::NotFoundError(absl::StrCat("no clique template for PodClique ", clique.metadata.name));
  }
  if (hashes.generation().empty()) return absl::OkStatus();
  if (clique.metadata.labels.Get(keys::kPodTemplateHash) == *expected) {
    status.current_pod_template_hash = *expected;
    status.current_pod_clique_set_generation_hash = hashes.generation();
  }
  return absl::OkStatus();
}

void SetScheduled(std::int32_t scheduled, std::int32_t minimum, Time now, PodCliqueStatus& status) {
  const std::string numbers = absl::StrCat("expected at least: ", minimum, ", found: ", scheduled);
  if (scheduled < minimum) {
    SetCondition(status.conditions, condition_types::kPodCliqueScheduled,
                 {kFalse, "InsufficientScheduledPods", absl::StrCat("Insufficient scheduled pods. ", numbers)}, 0, now);
  } else {
    SetCondition(status.conditions, condition_types::kPodCliqueScheduled,
                 {kTrue, "SufficientScheduledPods", absl::StrCat("Sufficient scheduled pods found. ", numbers)}, 0,
                 now);
  }
}

void SetBreached(const PodCounts& counts, std::int32_t minimum, Time now, PodCliqueStatus& status) {
  const auto set = [&](std::string_view value, std::string_view reason, const std::string& message) {
    SetCondition(status.conditions, condition_types::kMinAvailableBreached, {value, reason, message}, 0, now);
  };
  // Starting pods count as good, without a limit in time.
  const std::int32_t usable = counts.scheduled - counts.erred - counts.started_not_ready;
  const std::string numbers = absl::StrCat("expected at least: ", minimum, ", found: ", usable);
  if (status.update_progress.has_value() && !status.update_progress->update_ended_at.has_value()) {
    set(kUnknown, "UpdateInProgress", "Update is in progress");
  } else if (counts.scheduled < minimum) {
    set(kTrue, "ScheduledReplicasBelowMinAvailable",
        absl::StrCat("Scheduled replicas (", counts.scheduled, ") below MinAvailable (", minimum, ")"));
  } else if (usable < minimum) {
    set(kTrue, "InsufficientReadyPods", absl::StrCat("Insufficient ready or starting pods. ", numbers));
  } else {
    set(kFalse, "SufficientReadyPods", absl::StrCat("Either sufficient ready or starting pods found. ", numbers));
  }
}

}  // namespace

absl::StatusOr<PodCliqueStatus> ComputePodCliqueStatus(const PodClique& clique, std::string_view set_name,
                                                       const ExpectedHashes& hashes, std::span<const Pod* const> pods,
                                                       Time now) {
  PodCliqueStatus status = clique.status;
  const PodCounts counts = CountPods(pods);
  status.replicas = counts.present;
  status.ready_replicas = counts.ready;
  status.scheduled_replicas = counts.scheduled;
  status.schedule_gated_replicas = counts.gated;
  if (const std::string_view updated = UpdatedHash(clique); !updated.empty()) {
    status.updated_replicas = CountUpdated(pods, updated);
  }
  if (const absl::Status advanced = AdvanceHashes(clique, hashes, status); !advanced.ok()) return advanced;
  if (!clique.metadata.labels.Contains(keys::kScalingGroup)) {
    status.hpa_pod_selector = SetSelector(set_name, keys::kPodClique, clique.metadata.name);
  }
  if (status.observed_generation.has_value()) {
    const std::int32_t minimum = clique.spec.min_available.value_or(0);
    SetScheduled(counts.scheduled, minimum, now, status);
    SetBreached(counts, minimum, now, status);
  }
  return status;
}

bool LostAllScheduledReplicas(std::int32_t before, std::int32_t after) { return before > 0 && after == 0; }

}  // namespace grove::planner
