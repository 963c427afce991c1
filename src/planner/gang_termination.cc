#include "planner/gang_termination.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>

#include "model/naming.h"
#include "planner/status/conditions.h"

namespace grove::planner {
namespace {

constexpr std::int64_t kArmingSeconds = 5;
constexpr Duration kDefaultDelay{std::int64_t{4} * 3600 * 1'000'000'000};

// The condition changed later than the object's first moments.
bool ChangedLater(const Condition& condition, const ObjectMeta& metadata, Time now) {
  const Time created = metadata.creation_timestamp.value_or(now);
  const Time changed = condition.last_transition_time.value_or(created);
  return changed.unix_seconds > created.unix_seconds + kArmingSeconds;
}

bool WasScheduled(const PodClique& clique, Time now) {
  const Condition* condition = FindCondition(clique.status.conditions, condition_types::kPodCliqueScheduled);
  return condition != nullptr && (condition->status == kTrue || ChangedLater(*condition, clique.metadata, now));
}

bool WasHealthy(const PodCliqueScalingGroup& group, Time now) {
  const Condition* condition = FindCondition(group.status.conditions, condition_types::kMinAvailableBreached);
  return condition != nullptr && (condition->status == kFalse || ChangedLater(*condition, group.metadata, now));
}

// Seconds until the breach has lasted for the delay; none are left at zero. Whole seconds: API times have no others.
template <class T>
std::int64_t WaitOf(const T& object, const PodCliqueSet& set, Time now) {
  const Condition* breach = FindCondition(object.status.conditions, condition_types::kMinAvailableBreached);
  const Time since = breach == nullptr ? now : breach->last_transition_time.value_or(now);
  const Duration delay = set.spec.template_spec.termination_delay.value_or(kDefaultDelay);
  const std::int64_t seconds = delay.nanoseconds / 1'000'000'000 + (delay.nanoseconds % 1'000'000'000 > 0 ? 1 : 0);
  return seconds - (now.unix_seconds - since.unix_seconds);
}

std::optional<std::int32_t> GroupIndexOf(const PodClique& clique) {
  const std::string_view text = clique.metadata.labels.Get(keys::kScalingGroupReplicaIndex);
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

}  // namespace

bool IsTerminationCandidate(const PodClique& clique, Time now) {
  return HasStatus(clique.status.conditions, condition_types::kMinAvailableBreached, kTrue) &&
         WasScheduled(clique, now);
}

bool IsTerminationCandidate(const PodCliqueScalingGroup& group, Time now) {
  const auto& conditions = group.status.conditions;
  return HasStatus(conditions, condition_types::kMinAvailableBreached, kTrue) && WasHealthy(group, now) &&
         !HasStatus(conditions, condition_types::kGangTerminationInProgress, kTrue);
}

GroupTermination TerminationOf(const PodCliqueScalingGroup& group, std::span<const PodClique* const> members,
                               const PodCliqueSet& set, Time now) {
  GroupTermination result;
  std::map<std::int32_t, std::int64_t> least_wait;
  for (const PodClique* member : members) {
    const std::optional<std::int32_t> index = GroupIndexOf(*member);
    if (!index.has_value() || !IsTerminationCandidate(*member, now)) continue;
    const auto [entry, is_new] = least_wait.try_emplace(*index, std::numeric_limits<std::int64_t>::max());
    entry->second = std::min(entry->second, WaitOf(*member, set, now));
  }
  const std::int64_t left = std::int64_t{group.spec.replicas} - static_cast<std::int64_t>(least_wait.size());
  result.delegated = left < group.spec.min_available.value_or(1);
  if (result.delegated) return result;
  for (const auto& [index, wait] : least_wait) (wait <= 0 ? result.expired : result.waiting).push_back(index);
  return result;
}

SetReplicaOutlook OutlookOf(std::span<const PodClique* const> standalone, std::size_t desired_standalone,
                            std::span<const PodCliqueScalingGroup* const> groups, const PodCliqueSet& set, Time now) {
  if (standalone.size() < desired_standalone) return SetReplicaOutlook::kSkipped;
  std::optional<std::int64_t> least;
  const auto look_at = [&](const auto* object) {
    if (!IsTerminationCandidate(*object, now)) return;
    const std::int64_t wait = WaitOf(*object, set, now);
    least = least.has_value() ? std::min(*least, wait) : wait;
  };
  for (const PodCliqueScalingGroup* group : groups) look_at(group);
  for (const PodClique* clique : standalone) look_at(clique);
  if (!least.has_value()) return SetReplicaOutlook::kNone;
  return *least <= 0 ? SetReplicaOutlook::kTerminate : SetReplicaOutlook::kWaiting;
}

}  // namespace grove::planner
