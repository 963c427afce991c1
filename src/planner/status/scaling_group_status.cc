#include "planner/status/scaling_group_status.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "model/naming.h"
#include "planner/status/conditions.h"
#include "planner/status/selectors.h"

namespace grove::planner {
namespace {

using Cliques = std::vector<const PodClique*>;

// Members of each replica by index, terminating ones included.
std::vector<Cliques> ByReplica(const PodCliqueScalingGroup& group, std::span<const PodClique* const> members) {
  absl::flat_hash_map<std::string_view, const PodClique*> by_name;
  for (const PodClique* member : members) by_name.emplace(member->metadata.name, member);
  std::vector<Cliques> replicas(static_cast<std::size_t>(std::max(group.spec.replicas, 0)));
  for (std::size_t k = 0; k < replicas.size(); ++k) {
    for (const std::string& name : group.spec.clique_names) {
      const std::string full_name = naming::MemberName(group.metadata.name, static_cast<std::int64_t>(k), name);
      const auto found = by_name.find(std::string_view{full_name});
      if (found != by_name.end()) replicas[k].push_back(found->second);
    }
  }
  return replicas;
}

bool IsLive(const PodClique* clique) { return !clique->metadata.deletion_timestamp.has_value(); }

bool IsScheduledClique(const PodClique* clique) {
  return HasStatus(clique->status.conditions, condition_types::kPodCliqueScheduled, kTrue);
}

bool IsAvailableClique(const PodClique* clique) {
  return clique->status.ready_replicas >= clique->spec.min_available.value_or(0);
}

bool IsBreached(const PodClique* clique) {
  return HasStatus(clique->status.conditions, condition_types::kMinAvailableBreached, kTrue);
}

// The member carries the template and the generation that the set has now; its pods are not looked at.
bool IsCurrent(const PodClique* clique, const ExpectedHashes& hashes) {
  const std::string* expected = hashes.Find(*clique);
  return expected != nullptr && clique->metadata.labels.Get(keys::kPodTemplateHash) == *expected &&
         clique->status.current_pod_template_hash == *expected &&
         clique->status.current_pod_clique_set_generation_hash == hashes.generation();
}

struct ReplicaCounts {
  std::int32_t scheduled = 0;
  std::int32_t available = 0;
  std::int32_t updated = 0;
  std::int32_t not_in_breach = 0;
  std::int32_t converged_cliques = 0;
  bool all_current = true;
};

void CountReplica(const Cliques& members, std::size_t wanted, const ExpectedHashes& hashes, ReplicaCounts& counts) {
  Cliques live;
  std::copy_if(members.begin(), members.end(), std::back_inserter(live), IsLive);
  const auto converged = [&](const PodClique* clique) { return IsConverged(*clique, hashes); };
  const auto current = [&](const PodClique* clique) { return IsLive(clique) && IsCurrent(clique, hashes); };
  counts.converged_cliques += static_cast<std::int32_t>(std::ranges::count_if(live, converged));
  counts.all_current = counts.all_current && members.size() == wanted && std::ranges::all_of(members, current);
  if (live.size() != wanted) return;
  if (std::ranges::none_of(live, IsBreached)) ++counts.not_in_breach;
  if (!std::ranges::all_of(live, IsScheduledClique)) return;
  ++counts.scheduled;
  if (!std::ranges::all_of(live, IsAvailableClique)) return;
  ++counts.available;
  if (!hashes.generation().empty() && std::ranges::all_of(live, converged)) ++counts.updated;
}

void SetBreached(std::int32_t not_in_breach, std::int32_t minimum, Time now, PodCliqueScalingGroupStatus& status) {
  const auto set = [&](std::string_view value, std::string_view reason, const std::string& message) {
    SetCondition(status.conditions, condition_types::kMinAvailableBreached, {value, reason, message}, 0, now);
  };
  const std::string replicas = absl::StrCat("PCSG replicas not in breach (", not_in_breach, ") ");
  const std::string bound = absl::StrCat("MinAvailable (", minimum, ")");
  if (status.update_progress.has_value() && !status.update_progress->update_ended_at.has_value()) {
    set(kUnknown, "UpdateInProgress", "Update is in progress");
  } else if (not_in_breach < minimum) {
    set(kTrue, "InsufficientAvailablePodCliqueScalingGroupReplicas", absl::StrCat(replicas, "below ", bound));
  } else {
    set(kFalse, "SufficientAvailablePodCliqueScalingGroupReplicas", absl::StrCat(replicas, "meets ", bound));
    RemoveCondition(status.conditions, condition_types::kGangTerminationInProgress);
  }
}

bool IsGroupOf(const PodCliqueSet& set, const PodCliqueScalingGroup& group) {
  const std::string_view replica = group.metadata.labels.Get(keys::kReplicaIndex);
  const std::string prefix = absl::StrCat(set.metadata.name, "-", absl::string_view{replica.data(), replica.size()});
  const auto& groups = set.spec.template_spec.pod_clique_scaling_groups;
  return std::ranges::any_of(groups, [&](const PodCliqueScalingGroupConfig& config) {
    return group.metadata.name == absl::StrCat(prefix, "-", config.name);
  });
}

}  // namespace

bool IsMemberOf(const PodClique& clique, const PodCliqueScalingGroup& group) {
  const auto& owners = clique.metadata.owner_references;
  return !owners.empty() && owners.front().kind == PodCliqueScalingGroup::kKind &&
         owners.front().name == group.metadata.name;
}

PodCliqueScalingGroupStatus ComputeScalingGroupStatus(const PodCliqueScalingGroup& group, const PodCliqueSet& set,
                                                      const ExpectedHashes& hashes,
                                                      std::span<const PodClique* const> members, Time now) {
  ReplicaCounts counts;
  const std::size_t wanted = group.spec.clique_names.size();
  for (const Cliques& replica : ByReplica(group, members)) CountReplica(replica, wanted, hashes, counts);

  PodCliqueScalingGroupStatus status = group.status;
  status.replicas = group.spec.replicas;
  status.scheduled_replicas = counts.scheduled;
  status.available_replicas = counts.available;
  status.updated_replicas = counts.updated;
  bool update_in_progress = false;
  if (auto& progress = status.update_progress; progress.has_value()) {
    update_in_progress = !progress->update_ended_at.has_value();
    progress->updated_pod_cliques_count = counts.converged_cliques;
    progress->total_pod_cliques_count = group.spec.replicas * static_cast<std::int32_t>(wanted);
  }
  if (!update_in_progress && counts.all_current && !hashes.generation().empty()) {
    status.current_pod_clique_set_generation_hash = hashes.generation();
  }
  if (IsGroupOf(set, group)) {
    status.selector = SetSelector(set.metadata.name, keys::kScalingGroup, group.metadata.name);
  }
  SetBreached(counts.not_in_breach, group.spec.min_available.value_or(1), now, status);
  return status;
}

}  // namespace grove::planner
