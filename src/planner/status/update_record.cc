#include "planner/status/update_record.h"

#include <charconv>

#include "model/naming.h"

namespace grove::planner {
namespace {

constexpr std::string_view kOnDelete = "OnDelete";

// Index of the set replica that a child belongs to; nullopt if its label does not tell.
std::optional<std::int32_t> ReplicaOf(const ObjectMeta& metadata) {
  const std::string_view text = metadata.labels.Get(keys::kReplicaIndex);
  std::int32_t index = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return index;
}

bool IsSelected(const PodCliqueSetUpdateProgress& progress, std::optional<std::int32_t> replica) {
  return !progress.currently_updating.empty() && progress.currently_updating.front().replica_index == replica;
}

bool IsEligible(const PodCliqueSet& set, const PodClique& clique) {
  if (IsOnDelete(set)) return true;
  const auto& owners = clique.metadata.owner_references;
  if (owners.empty() || owners.front().kind != PodCliqueSet::kKind) return false;
  const std::optional<std::int32_t> replica = ReplicaOf(clique.metadata);
  if (!replica.has_value() || *replica >= set.spec.replicas) return false;
  const auto& progress = set.status.update_progress;
  return !progress.has_value() || progress->update_ended_at.has_value() || IsSelected(*progress, replica);
}

bool IsEligible(const PodCliqueSet& set, const PodCliqueScalingGroup& group) {
  if (IsOnDelete(set)) return true;
  const auto& progress = set.status.update_progress;
  return progress.has_value() && IsSelected(*progress, ReplicaOf(group.metadata));
}

}  // namespace

bool IsOnDelete(const PodCliqueSet& set) {
  return set.spec.update_strategy.has_value() && set.spec.update_strategy->type == kOnDelete;
}

std::optional<PodCliqueUpdateProgress> UpdateToBegin(const PodCliqueSet& set, const PodClique& clique,
                                                     const ExpectedHashes& hashes, Time now) {
  const std::string& generation = hashes.generation();
  if (generation.empty() || !IsEligible(set, clique)) return std::nullopt;
  const auto& progress = clique.status.update_progress;
  const bool is_current = progress.has_value() ? progress->pod_clique_set_generation_hash == generation
                                               : clique.status.current_pod_clique_set_generation_hash == generation;
  const std::string* expected = hashes.Find(clique);
  if (is_current || expected == nullptr) return std::nullopt;
  PodCliqueUpdateProgress begun;
  begun.update_started_at = now;
  if (IsOnDelete(set)) begun.update_ended_at = now;
  begun.pod_clique_set_generation_hash = generation;
  begun.pod_template_hash = *expected;
  return begun;
}

std::optional<PodCliqueScalingGroupUpdateProgress> UpdateToBegin(const PodCliqueSet& set,
                                                                 const PodCliqueScalingGroup& group,
                                                                 const ExpectedHashes& hashes, Time now) {
  const std::string& generation = hashes.generation();
  if (generation.empty() || !IsEligible(set, group)) return std::nullopt;
  const auto& progress = group.status.update_progress;
  if (progress.has_value() && progress->pod_clique_set_generation_hash == generation) return std::nullopt;
  PodCliqueScalingGroupUpdateProgress begun;
  begun.update_started_at = now;
  if (IsOnDelete(set)) begun.update_ended_at = now;
  begun.pod_clique_set_generation_hash = generation;
  return begun;
}

}  // namespace grove::planner
